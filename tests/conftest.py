"""What every test may use: the shipped library, samples, and answers made in a line."""

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from assistant.answers import Answers, LoadedAnswers, load, read_answers
from assistant.cli import main
from assistant.form.loader import Library, open_library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.storage.disk import DecodedText
from tests.command_processes import CommandProcesses

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
settings.register_profile(
    "any machine",  # what an example takes says something of the machine alone
    deadline=None,
    derandomize="NIANBAO_CHANCE" not in os.environ,  # a gate that falls by luck says nothing
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
settings.load_profile("any machine")

_FIRST = ("test_kill.py", "test_wheel.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-samples", action="store_true", help="write the goldens anew")
    parser.addoption("--rewrite-pictures", action="store_true", help="draw the screens anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits longest comes first, so that no worker waits for another at the end."""
    items.sort(key=lambda item: item.path.name not in _FIRST)


def pytest_collection_finish() -> None:
    """What every test shares is there to the end, and never looked at again as garbage."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled templates go to a folder of this test run."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def shelf() -> Library:
    return open_library()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the domain data that may be changed."""
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "prompts_templates", folder)
    return folder


@pytest.fixture(scope="session")
def edition(shelf: Library) -> Edition:
    return shelf.edition("beijing-2014")


@pytest.fixture(scope="session")
def sentences(shelf: Library) -> Sentences:
    return shelf.sentences


@pytest.fixture(scope="session")
def sample(shelf: Library) -> Callable[[str], Answers]:
    """The answers of a sample folder, `sample("township-2017-as-published")`."""
    return lambda name: load(SAMPLES / name / "answers.yaml", shelf).answers


@pytest.fixture(scope="session")
def read_text_of(shelf: Library) -> Callable[[str], LoadedAnswers]:
    """Read the text of an answer file that stands nowhere on the disk."""

    def read(text: str) -> LoadedAnswers:
        return read_answers(DecodedText(text, "utf-8", False), Path("答案.yaml"), shelf)

    return read


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command as `nianbao` does, but in this process, where its start is no question."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        code = main(list(map(str, arguments)))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(list(map(str, arguments)), code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def command_processes() -> Iterator[CommandProcesses | None]:
    """One importing of the program for all commands; `None` where processes cannot be forked."""
    if not hasattr(os, "fork"):
        yield None
        return
    with closing(CommandProcesses()) as processes:
        yield processes


@pytest.fixture(scope="session")
def nianbao(
    command_processes: CommandProcesses | None,
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command in a process of its own: `nianbao("check", path)`.

    Where something must hold from the start of Python, as with `preexec_fn=` and `env=`, the
    program is started anew; else it is forked.
    """

    def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
        words = list(map(str, arguments))
        if command_processes is not None and options.keys() <= {"cwd", "input"}:
            folder, typed = options.get("cwd", ROOT), options.get("input", "")
            return command_processes.run(words, folder, typed)
        environment = {**os.environ, "PYTHONUTF8": "1", **options.pop("env", {})}
        return subprocess.run(
            [sys.executable, "-m", "assistant", *words],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            **{"cwd": ROOT, **options},
        )

    return run
