"""The documents of the architecture: the picture is today's, and whatever they name is there."""

import ast
import importlib
import re
import runpy
from itertools import chain
from pathlib import Path

import pytest
import yaml

from assistant import __version__

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "assistant"
DRAWING = runpy.run_path(str(ROOT / "docs" / "draw.py"))
FOLDERS = [name for name in chain.from_iterable(DRAWING["layers"]()) if name != "__main__"]
"""As the import contract names them, from the top down."""
BASES = ("", "assistant", "prompts_templates", "docs", "tests")
"""Where the paths that the documents name begin."""
PATH = re.compile(r"[\w-][\w./-]*(?:/|\.(?:py|toml|yaml|j2|css|js|tcss|svg|tsv|md|lock))")
DOTTED = re.compile(rf"^({'|'.join(FOLDERS)})\.(\w+)$", re.M)
AGAIN = "run `make architecture`, look at docs/architecture.svg, and commit it"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_picture_shows_the_imports_of_today():
    assert DRAWING["picture"]() == read("docs/architecture.svg"), AGAIN


def test_the_table_shows_the_folders_of_today():
    assert DRAWING["page"]() == read("docs/architecture.md"), AGAIN


def test_contract_guide_and_folders_name_the_same():
    guide = re.findall(r"^\| `(\w+)/` \|", read("CONTRIBUTING.md"), re.M)
    assert guide == FOLDERS
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == set(FOLDERS)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_folder_says_in_one_line_what_it_is(name):
    text = ast.get_docstring(ast.parse(read(f"assistant/{name}/__init__.py")))
    assert text.partition("\n")[0].endswith(".")


def is_there(path: str) -> bool:
    """Whether a path leads to a file or folder, or is the name of one within the project."""
    if any((ROOT / base / path).exists() for base in BASES):
        return True
    is_name = "/" not in path.rstrip("/")
    return is_name and any(any((ROOT / base).rglob(path)) for base in BASES[1:])


@pytest.mark.parametrize(
    "name", ["CONTRIBUTING.md", "DECISIONS.md", "SECURITY.md", "docs/architecture.md"]
)
def test_every_path_and_module_that_a_document_names_is_there(name):
    text = read(name)
    named = re.findall(r"`([^`\n]+)`", text)
    paths = {word for line in named for word in line.split() if PATH.fullmatch(word)}
    paths -= {"NAME_command.py"}  # stands for any
    assert paths
    assert [path for path in sorted(paths) if not is_there(path)] == []
    links = set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []
    for folder, attribute in DOTTED.findall("\n".join(set(named) - paths)):
        module = importlib.import_module(f"assistant.{folder}")
        assert hasattr(module, attribute), f"{folder}.{attribute}"


def test_decisions_have_dates_and_the_newest_comes_first():
    headings = re.findall(r"^## (.*)$", read("DECISIONS.md"), re.M)
    dates = [re.match(r"(\d{4}-\d\d-\d\d): \S", heading) for heading in headings]
    assert [line for line, date in zip(headings, dates, strict=True) if date is None] == []
    assert [date[1] for date in dates] == sorted((date[1] for date in dates), reverse=True)


def test_the_version_has_its_changes_and_the_guide_installs_it():
    released = re.findall(r"^## (\S+) - \d{4}-\d\d-\d\d$", read("CHANGELOG.md"), re.M)
    assert released[0] == __version__
    assert f"nianbao-{__version__}-py3-none-any.whl" in read("README.zh-CN.md")


def test_the_forge_runs_the_gate_with_actions_of_a_known_version():
    jobs = yaml.safe_load(read(".github/workflows/check.yml"))["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert "make check" in [step.get("run") for step in steps]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action) for action in used)


@pytest.mark.parametrize("folder", ["samples", "tests/pictures", "docs"])
def test_goldens_have_the_line_ends_they_were_written_with(folder):
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    goldens = [path for path in files if path.suffix not in (".png", ".pyc")]
    assert [path.name for path in goldens if b"\r\n" in path.read_bytes()] == []
