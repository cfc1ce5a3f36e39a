"""The same text by a peer: cookiecutter's replay of a template in which every number is a variable.

cookiecutter is no part of the project; it is installed into a folder of its own for this run, where
a registry is reachable.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.bench.measuring import Task

VERSION = "2.6.0"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_START = "from cookiecutter.__main__ import main; main()"


def install(folder: Path) -> bool:
    """Put cookiecutter into a folder; false when no registry gives it."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--target", str(folder), f"cookiecutter=={VERSION}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def replay(text: str, library: Path, folder: Path) -> Task:
    """The command that writes this text, from a template and a replay file made for it.

    Args:
        text: A finished narrative and its tables.
        library: Where cookiecutter was installed.
        folder: Where template, replay file and output lie.
    """
    numbers: dict[str, str] = {}

    def as_variable(match: re.Match[str]) -> str:
        name = f"n{len(numbers)}"
        numbers[name] = match[0]
        return "{{ cookiecutter." + name + " }}"

    project = folder / "template" / "{{ cookiecutter.slug }}"
    project.mkdir(parents=True)
    (project / "report.txt").write_text(_NUMBER.sub(as_variable, text), encoding="utf-8")
    context = {"slug": "out", **numbers}
    (folder / "template" / "cookiecutter.json").write_text(json.dumps(context), encoding="utf-8")
    saved = folder / "replay.json"
    saved.write_text(json.dumps({"cookiecutter": context}), encoding="utf-8")
    config = folder / "config.yaml"
    config.write_text(f"replay_dir: {folder}\ncookiecutters_dir: {folder}\n", encoding="utf-8")
    output = folder / "written"
    start = f"import sys; sys.path.insert(0, {str(library)!r}); {_START}"
    command = [sys.executable, "-c", start, "--config-file", str(config), "--output-dir"]
    command += [str(output), "--replay-file", str(saved), str(folder / "template")]
    return Task(command, output)
