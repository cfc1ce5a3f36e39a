"""Build wheel and sdist, try both in empty environments, and say what is left to do.

`make release`; nothing is uploaded and nothing is tagged.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
SAMPLE = Path("samples", "township-2017-corrected")


def install(package: Path, place: Path) -> Path:
    """Make an environment with nothing but a package and the locked versions of what it needs.

    Args:
        package: A wheel, an sdist, or the folder of one.
        place: Where the environment is made.

    Returns:
        Its `nianbao` command.
    """
    venv.create(place)
    pins = place / "pins.txt"
    pins.write_text(
        "".join(
            f"{each.metadata['Name']}=={each.version}\n"
            for each in importlib.metadata.distributions()
            if each.metadata["Name"] != "nianbao"
        )
    )
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        place,
        "install",
        "-q",
        "--no-compile",
    ]
    run([*pip, "--disable-pip-version-check", "-c", pins, package], place)
    return place / ("Scripts" if os.name == "nt" else "bin") / "nianbao"


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command in a folder; its output, or the end of this program with what it said."""
    made = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    if made.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {made.returncode}\n{made.stderr}")
    return made.stdout


def try_out(package: Path, samples: Path, version: str) -> None:
    """Install a package, ask for its version and replay a sample far from this folder."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        command = install(package, folder / "environment")
        said = run([command, "--version"], folder).strip()
        if said != f"nianbao {version}":
            sys.exit(f"{package.name} says it is {said}")
        answers = samples / "answers.yaml"
        run([command, "replay", answers, "-o", "out", "--final", "--format", "txt,docx"], folder)
        written = (folder / "out" / "answers.txt").read_bytes()
        if written != (samples / "report.txt").read_bytes():
            sys.exit(f"{package.name} writes another report than {samples}")
    print(f"{package.name}: installs, says its version, and replays {samples.name}")


def main() -> None:
    """Do all of it; the first thing that is wrong ends it."""
    shutil.rmtree(DIST, ignore_errors=True)
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", DIST, ROOT], ROOT)
    wheel, sdist = next(DIST.glob("*.whl")), next(DIST.glob("*.tar.gz"))
    version = wheel.name.split("-")[1]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d$", changes, re.M):
        sys.exit(f"CHANGELOG.md has no section for {version}")
    try_out(wheel, ROOT / SAMPLE, version)
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(sdist) as archive:
            archive.extractall(place, filter="data")
        source = next(Path(place).iterdir())
        try_out(source, source / SAMPLE, version)
    print(
        f"\ndist/ holds {wheel.name} and {sdist.name}. What is left to do:\n"
        "  make check and git status: green, and nothing uncommitted\n"
        f"  git tag -a v{version} -m {version} && git push origin v{version}\n"
        f"  upload both files to the release v{version}, with its section of CHANGELOG.md"
    )


if __name__ == "__main__":
    main()
