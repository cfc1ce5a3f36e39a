"""Written files that were made from other answers are named, until they are written anew."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import LockedAnswerFile
from assistant.dialog.session import Session
from assistant.export.formats import FORMATS
from assistant.form.loader import Library
from assistant.storage.errors import FileError
from assistant.storage.written_files import RECORD
from tests.conftest import SAMPLES
from tests.machines import spoken
from tests.talking import Terminal

FINAL = SAMPLES / "department-2018-first-year" / "answers.yaml"
WITH_PREVIOUS = SAMPLES / "county-2025-with-previous"
NAME, CHANGED, BACK = "示例.yaml", "/改 牵头科室 办公室", "/改 牵头科室 综合科"
FINALS = [f"示例.{suffix}" for suffix in FORMATS]
DRAFTS = [f"示例-草稿.{suffix}" for suffix in FORMATS]
TOLD = "不是按现在的答案和表式写出的"


class Sitting:
    """Sittings one after the other about one answer file, and what each says of its files."""

    def __init__(self, folder: Path, shelf: Library) -> None:
        self.path, self._shelf = folder / NAME, shelf
        self.open_again()

    def open_again(self) -> None:
        """Begin the next sitting about the file."""
        self._session = Session(self._shelf, self.path.parent, date(2027, 3, 1))
        self.greeting = spoken(self._session.start(self.path))

    def type(self, *lines: str) -> str:
        return spoken([event for line in lines for event in self._session.say(line)])

    def close(self) -> str:
        """Leave; what is said after that."""
        said = spoken(self._session.farewell())
        self._session.close()
        return said

    def named(self) -> list[str]:
        """The files that overview, farewell and the next greeting name, all three the same."""
        told = [self.type("/总览"), self.close()]
        self.open_again()
        told.append(self.greeting)
        (names,) = {tuple(sorted(names_in(said))) for said in told}
        return list(names)


def names_in(said: str) -> list[str]:
    """The files that are said to be made from other answers."""
    told = [line for line in said.splitlines() if TOLD in line]
    assert len(told) <= 1, told
    return re.findall(r"示例[\w-]*\.[a-z]+", told[0]) if told else []


Opened = Callable[..., Sitting]


@pytest.fixture
def opened(tmp_path: Path, shelf: Library) -> Iterator[Opened]:
    """A sitting about a copy of some answers; their documents are written."""
    sittings: list[Sitting] = []

    def start(source: Path = FINAL) -> Sitting:
        shutil.copy(source, tmp_path / NAME)
        sittings.append(Sitting(tmp_path, shelf))
        assert names_in(sittings[-1].greeting) == []
        sittings[-1].type("/完成")
        return sittings[-1]

    yield start
    for sitting in sittings:
        sitting.close()


def test_files_are_named_after_a_change_until_they_are_written_anew(opened: Opened) -> None:
    sitting = opened()
    assert sitting.named() == []
    sitting.type(CHANGED)
    assert sitting.named() == sorted(FINALS)
    sitting.type("/完成")
    assert sitting.named() == []


@pytest.mark.parametrize("back", ["/撤销", BACK])
def test_nothing_is_said_when_the_answers_are_what_they_were(opened: Opened, back: str) -> None:
    sitting = opened()
    sitting.type(CHANGED, back)
    assert sitting.named() == []


def test_a_filtered_overview_says_nothing_of_files(opened: Opened) -> None:
    sitting = opened()
    sitting.type(CHANGED)
    assert names_in(sitting.type("/总览 暂缺")) == []


def test_an_answer_file_in_another_order_says_the_same(opened: Opened) -> None:
    sitting = opened()
    head, _, answers = sitting.path.read_text(encoding="utf-8").partition("answers:\n")
    entries = re.split(r"^(?=  \w)", answers, flags=re.MULTILINE)
    bare = [re.sub(r" +#.*", "", entry) for entry in reversed(entries)]
    sitting.path.write_text(f"# 备注\n{head}answers:\n{''.join(bare)}", encoding="utf-8")
    sitting.close()
    sitting.open_again()
    assert sitting.named() == []


def test_a_reason_counts_for_it_stands_on_the_review_sheet(opened: Opened) -> None:
    sitting = opened(SAMPLES / "township-2017-many-faults" / "answers.yaml")
    text = sitting.path.read_text(encoding="utf-8")
    sitting.path.write_text(text.replace("reason: ", "reason: 经核实，"), encoding="utf-8")
    assert sitting.path.read_text(encoding="utf-8") != text
    sitting.close()
    sitting.open_again()
    assert sitting.named() == sorted(DRAFTS)


def test_last_years_answers_count_where_they_are_used(opened: Opened, tmp_path: Path) -> None:
    previous = tmp_path / "上年.yaml"
    shutil.copy(WITH_PREVIOUS / "previous.yaml", previous)
    sitting = opened(WITH_PREVIOUS / "answers.yaml")
    assert sitting.named() == []
    text = previous.read_text(encoding="utf-8")
    changed = text.replace("norm_valid: ", "norm_valid: 1", 1)
    assert changed != text
    previous.write_text(changed, encoding="utf-8")
    sitting.close()
    sitting.open_again()
    assert sitting.named() == sorted(FINALS)


def test_a_record_of_the_version_before_says_nothing(opened: Opened) -> None:
    sitting = opened()
    record = sitting.path.with_name(RECORD)
    text = record.read_text(encoding="utf-8")
    plain = re.sub(r"^[0-9a-f]{64} [0-9a-f]{64}  .*\n", "", text, flags=re.MULTILINE)
    assert plain != text
    record.write_text(plain, encoding="utf-8")
    sitting.type(CHANGED)
    assert sitting.named() == []
    assert "另取名" not in sitting.type("/完成")
    sitting.type(BACK)
    assert sitting.named() == sorted(FINALS)


def test_the_version_before_reads_the_files_of_this_one(opened: Opened) -> None:
    """It knew lines of a hash, two blanks and a name, and passed over all others."""
    sitting = opened()
    lines = sitting.path.with_name(RECORD).read_text(encoding="utf-8").splitlines()
    known = [line for line in lines if re.fullmatch(r"[0-9a-f]{64}  .+", line)]
    assert set(FINALS) <= {line[66:] for line in known}


def test_the_record_stays_small_and_right_however_often_files_are_written(opened: Opened) -> None:
    sitting = opened()
    record = sitting.path.with_name(RECORD)
    sizes = []
    for line in (CHANGED, BACK) * 12:
        sitting.type(line)
        sitting.type("/完成")
        sizes.append(record.stat().st_size)
    assert max(sizes[12:]) <= max(sizes[:12])
    assert sitting.named() == []
    sitting.type(CHANGED)
    assert sitting.named() == sorted(FINALS)


def test_deleted_files_are_not_named(opened: Opened) -> None:
    sitting = opened()
    sitting.type(CHANGED)
    for name in FINALS[1:]:
        sitting.path.with_name(name).unlink()
    assert sitting.named() == FINALS[:1]


def test_an_edited_file_is_not_named_and_the_one_beside_it_is(opened: Opened) -> None:
    sitting = opened()
    edited = sitting.path.with_name(FINALS[0])
    edited.write_text("改过的文稿\n", encoding="utf-8")
    sitting.type(CHANGED)
    assert FINALS[0] not in sitting.named()
    sitting.type("/完成")
    assert sitting.named() == []
    sitting.type(BACK)
    assert "示例-2.txt" in sitting.named()
    assert FINALS[0] not in sitting.named()
    assert edited.read_text(encoding="utf-8") == "改过的文稿\n"


def test_a_final_stays_named_beside_the_draft_of_newer_answers(opened: Opened) -> None:
    sitting = opened()
    sitting.type("/跳到 2", "/清除")
    assert "写出定稿" in sitting.type("/总览")
    for name in FINALS[2:]:
        sitting.path.with_name(name).unlink()
    written = sitting.type("/完成").splitlines()
    (told,) = [line for line in written if "以前写出的定稿还在" in line]
    assert told == f"以前写出的定稿还在，不是按现在的答案写的：{'、'.join(FINALS[:2])}"
    assert all(sitting.path.with_name(name).exists() for name in DRAFTS)
    assert sitting.named() == sorted(FINALS[:2])


@pytest.mark.parametrize("source", [FINAL, SAMPLES / "township-2017-many-faults" / "answers.yaml"])
def test_no_older_final_is_named_where_none_is_left(opened: Opened, source: Path) -> None:
    sitting = opened(source)
    sitting.type(CHANGED)
    assert "以前写出的定稿" not in sitting.type("/完成")


def test_a_draft_is_not_named_beside_the_final_of_the_same_answers(opened: Opened) -> None:
    sitting = opened()
    sitting.type("/跳到 2", "/清除", "/完成", "/撤销")
    assert sitting.named() == []
    sitting.type(CHANGED)
    assert sitting.named() == sorted([*FINALS, *DRAFTS])


def test_answers_that_could_not_be_saved_are_no_reason(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = opened()

    def fails(*_: object, **__: object) -> None:
        raise FileError("disk_full", path=NAME)

    with monkeypatch.context() as broken:
        broken.setattr(LockedAnswerFile, "save", fails)
        sitting.type(CHANGED)
        said = sitting.close()
    assert names_in(said) == []
    sitting.open_again()
    assert sitting.named() == []


# Real processes.


def test_what_replay_wrote_counts_like_what_the_conversation_wrote(nianbao, tmp_path: Path) -> None:
    path = shutil.copy(FINAL, tmp_path / NAME)
    formats = ",".join(FORMATS)

    def converse(*lines: str) -> list[str]:
        typed = "".join(f"{line}\n" for line in lines)
        run = nianbao("chat", "--plain", path, input=typed)
        assert (run.returncode, run.stderr) == (0, "")
        return [line for line in run.stdout.splitlines() if TOLD in line]

    nianbao("replay", path, "-o", tmp_path, "--format", formats)
    assert converse() == []
    (told,) = converse(CHANGED)
    assert set(names_in(told)) == set(FINALS)
    assert told in converse()
    assert TOLD not in nianbao("check", path).stdout
    nianbao("replay", path, "-o", tmp_path, "--format", formats)
    assert converse() == []


def test_a_full_screen_that_was_killed_tells_it_at_the_next_start(tmp_path: Path) -> None:
    pytest.importorskip("termios")
    path = shutil.copy(FINAL, tmp_path / NAME)

    def shows(words: str) -> None:
        terminal.wait_for(lambda: words in "".join(terminal.text.split()))

    with closing(Terminal("chat", path, folder=tmp_path)) as terminal:
        shows("接着上次的往下填")
        terminal.type("/完成\r")
        shows("已写出并核对")
        terminal.type(f"{CHANGED}\r")
        shows("牵头科室：办公室")
    with closing(Terminal("chat", path, folder=tmp_path)) as terminal:
        shows(TOLD)
        terminal.type("/退出\r")
        terminal.wait_for(lambda: terminal.process.poll() is not None)
        after = terminal.output.decode().rpartition("\x1b[?1049l")[2]
        assert set(names_in(after)) == set(FINALS)
