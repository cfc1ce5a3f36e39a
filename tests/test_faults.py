"""Every call to the disk made to fail, one after the other: nothing is lost, nothing half done."""

import errno
import io
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answer, Answers, LockedAnswerFile, load
from assistant.cli import main
from assistant.collect.blank_sheet import write_blank
from assistant.dialog.session import Session
from assistant.export.formats import FORMATS
from assistant.export.publish import Publisher
from assistant.messages import Sentences
from assistant.report.draft import make_draft
from assistant.storage.disk import temporary_file
from assistant.storage.errors import FileError
from assistant.storage.written_files import RECORD, Coming, FolderRecord, put_together
from tests.conftest import SAMPLES
from tests.drafts import OFFICE
from tests.faults import Broken, How, Killed, broken, litter
from tests.writing import save

NUMBERS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EPERM)
NAME = "答案.yaml"
TIDYING = ("unlink", "close", "look", "about")
"""What fails while tidying up leaves what was to be tidied."""
READING = ("look", "open_for_reading", "about", "read", "close")
"""Where the record of what was written cannot be read, its versions count as somebody else's."""
YESTERDAY = 1_700_000_000


def ways(count: int, numbers: tuple[int, ...] = NUMBERS) -> Iterator[tuple[int, How, int]]:
    """Every call with every fault, a disk that stays full, and a kill."""
    for at in range(count):
        for number in numbers:
            yield at, "once", number
        yield at, "on", errno.ENOSPC
        yield at, "kill", 0


def few_ways(count: int) -> Iterator[tuple[int, How, int]]:
    """Every call with a fault, a disk that stays full, and a kill."""
    return ways(count, (errno.EIO,))


def some_ways(count: int) -> Iterator[tuple[int, How, int]]:
    """Every call, each time with the next kind of fault; for work that takes longer."""
    kinds: list[tuple[How, int]]
    kinds = [*(("once", each) for each in NUMBERS), ("on", errno.EIO), ("kill", 0)]
    for at, (how, number) in zip(range(count), itertools.cycle(kinds), strict=False):
        yield at, how, number


def every_third(count: int) -> Iterator[tuple[int, How, int]]:
    """The same with every third call; each kind of fault comes up all the same."""
    return itertools.islice(some_ways(count), 0, None, 3)


class Trial:
    """One work in a folder of its own, done with a broken disk."""

    def __init__(self, folder: Path, sentences: Sentences, *ends: str) -> None:
        self.folder, self.sentences, self.ends = folder, sentences, ends
        self.fault: FileError | None = None
        self.is_killed = False
        self.disk: Broken | None = None

    def run(self, work: Callable[[], object], at: int, how: How, number: int) -> "Trial":
        """Do the work and see that a fault is one with a sentence that names a file here."""
        with broken(at, how, number) as self.disk:
            try:
                work()
            except FileError as fault:
                self.fault = fault
            except Killed:
                self.is_killed = True
        if self.fault is not None:
            said = self.sentences.say(f"errors.{self.fault.code}", **self.fault.details)
            assert str(self.folder) in said, said
            assert "「.」" not in said
        is_held = self.fault is not None and self.fault.code == "file_locked"
        if not self.is_killed and not is_held and self.disk.failed not in TIDYING:
            assert litter(self.folder, *self.ends) == [], (self.disk.failed, self.disk.calls[at:])
        return self


def trials(
    quick: Path,
    sentences: Sentences,
    make: Callable[[Path], Callable[[], object]],
    chosen: Callable[[int], Iterable[tuple[int, How, int]]],
    ends: tuple[str, ...] = (".tmp", ".lock"),
) -> Iterator[Trial]:
    """One trial for each way to break the work that `make` prepares in a folder."""
    numbered = itertools.count()

    def folder() -> Path:
        path = quick / str(next(numbered))
        path.mkdir()
        return path

    work = make(folder())
    with broken(-1, "once") as counted:
        work()
    assert len(counted.calls) > 5
    for way in chosen(len(counted.calls)):
        place = folder()
        work = make(place)
        yield Trial(place, sentences, *ends).run(work, *way)


def trainees(edition, number: int) -> Answers:
    return Answers(edition, 2017, {"trainees": Answer(number)})


def written_in(path: Path, shelf) -> object:
    return load(path, shelf).answers.value("trainees")


@pytest.fixture
def quick(tmp_path) -> Iterator[Path]:
    """A folder in memory where there is one: thousands of files are written here."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        dir=memory if os.access(memory, os.W_OK) else tmp_path
    ) as path:
        yield Path(path)


@pytest.fixture
def old_file(tmp_path_factory, edition) -> Callable[[Path], Path]:
    """An answer file of an earlier day, with a version before it, put into a folder."""
    made = tmp_path_factory.mktemp("old")
    path = made / NAME
    save(trainees(edition, 0), path)
    save(trainees(edition, 1), path)
    os.utime(path, (YESTERDAY, YESTERDAY))

    def put(folder: Path) -> Path:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return folder / NAME

    return put


def test_saving_leaves_the_old_or_the_new_answers(quick, sentences, shelf, edition, old_file):
    def make(folder: Path) -> Callable[[], object]:
        path = old_file(folder)

        def work() -> None:
            with LockedAnswerFile(path) as keeper:
                assert keeper.load(shelf).answers.value("trainees") == 1
                keeper.save(trainees(edition, 2))

        return work

    for trial in trials(quick, sentences, make, few_ways):
        path = trial.folder / NAME
        stands = written_in(path, shelf)
        assert stands in (1, 2)
        if trial.fault is None and not trial.is_killed:
            assert stands == 2, trial.disk.failed
        with LockedAnswerFile(path) as keeper:  # whatever happened, one can go on
            assert keeper.load(shelf).answers.value("trainees") == stands
            assert keeper.save(trainees(edition, 3)) is None
        assert written_in(path, shelf) == 3
        is_unknown = trial.disk.how == "once" and trial.disk.failed in READING
        if not is_unknown:
            assert written_in(path.with_name(f"{NAME}.bak"), shelf) == stands
            assert not list(trial.folder.glob("*.yaml-2*")), "its own versions are known"


def test_the_first_saving_of_a_file_writes_it_whole_or_not(quick, sentences, shelf, edition):
    def make(folder: Path) -> Callable[[], object]:
        def work() -> None:
            with LockedAnswerFile(folder / NAME, is_new=True) as keeper:
                keeper.save(trainees(edition, 1))

        return work

    for trial in trials(quick, sentences, make, ways):
        path = trial.folder / NAME
        if trial.fault is None and not trial.is_killed:
            assert path.exists()
        if path.exists() and path.stat().st_size:
            assert written_in(path, shelf) == 1


def test_renaming_loses_neither_file_nor_versions(quick, sentences, shelf, old_file):
    def make(folder: Path) -> Callable[[], object]:
        path = old_file(folder)

        def work() -> None:
            with LockedAnswerFile(path) as keeper:
                keeper.move(folder / "新名.yaml")

        return work

    for trial in trials(quick, sentences, make, some_ways):
        old, new = trial.folder / NAME, trial.folder / "新名.yaml"
        there = [each for each in (old, new) if each.exists()]
        assert {written_in(each, shelf) for each in there} == {1}
        if not trial.is_killed and trial.disk.failed != "unlink":
            assert there == ([new] if trial.fault is None else [old])
        kept = [each for each in trial.folder.glob("*.bak") if each.stat().st_size]
        assert {written_in(each, shelf) for each in kept} == {0}


def test_files_that_go_together_are_all_old_or_all_new(quick, sentences):
    names = ("甲.txt", "乙.txt", "丙.txt")

    def put(folder: Path, data: bytes) -> list[Path]:
        record = FolderRecord(folder)
        spots = [record.spot(folder / name, data) for name in names]
        with (
            temporary_file(data, spots[0].path, durable=False) as one,
            temporary_file(data, spots[1].path, durable=False) as two,
            temporary_file(data, spots[2].path, durable=False) as three,
        ):
            files = zip((one, two, three), spots, strict=True)
            put_together([Coming(file, spot, data) for file, spot in files], record)
        return [spot.path for spot in spots]

    def make(folder: Path) -> Callable[[], object]:
        put(folder, b"old")
        (folder / "丙.txt").unlink()
        return lambda: reported.update({folder: put(folder, b"new")})

    reported: dict[Path, list[Path]] = {}

    for trial in trials(quick, sentences, make, few_ways):
        stand = [
            (trial.folder / name).read_bytes() if (trial.folder / name).exists() else b""
            for name in names
        ]
        if trial.is_killed:
            assert set(stand) <= {b"old", b"new", b""}
        elif trial.fault is None:
            assert [path.read_bytes() for path in reported[trial.folder]] == [b"new"] * 3
            assert trial.disk.failed in READING or stand == [b"new"] * 3
        elif trial.disk.failed != "unlink":
            assert trial.fault.code == "documents_mixed" or stand == [b"old", b"old", b""]
        paths = put(trial.folder, b"later")
        assert [path.read_bytes() for path in paths] == [b"later"] * 3
        assert trial.disk.failed in READING or [each.name for each in paths] == [*names]


def test_a_finish_is_all_old_or_all_new(quick, sentences, shelf):
    reading = load(SAMPLES / "township-2017-corrected" / "answers.yaml", shelf)
    answers = reading.answers
    given = {**answers.given, "trainees": Answer(101)}
    later = reading._replace(answers=Answers(answers.edition, answers.year, given))
    old, new = (make_draft(each, None, sentences) for each in (reading, later))
    formats = ("txt", "md")
    wanted = {name: FORMATS[name].write(new, OFFICE) for name in formats}
    before = {name: FORMATS[name].write(old, OFFICE) for name in formats}

    def make(folder: Path) -> Callable[[], object]:
        Publisher(folder, OFFICE).publish(old, "报告", formats)

        def work() -> None:
            written = Publisher(folder, OFFICE).publish(new, "报告", formats)
            reported[folder] = {each.path.suffix[1:]: each.path.read_bytes() for each in written}

        return work

    reported: dict[Path, dict[str, bytes]] = {}

    for trial in trials(quick, sentences, make, some_ways):
        stand = {name: (trial.folder / f"报告.{name}").read_bytes() for name in formats}
        if trial.is_killed:
            assert all(stand[name] in (before[name], wanted[name]) for name in formats)
        else:
            assert reported.get(trial.folder, before) == (before if trial.fault else wanted)
            is_mixed = trial.fault is not None and trial.fault.code == "documents_mixed"
            is_unknown = trial.disk.failed in READING  # some may have got another name
            expected = before if trial.fault else wanted
            assert is_mixed or is_unknown or stand == expected, trial.disk.failed
            assert all(stand[name] in (before[name], wanted[name]) for name in formats)


def test_an_answer_is_said_to_be_saved_only_when_it_is(quick, sentences, shelf):
    sessions: dict[Path, Session] = {}

    def make(folder: Path) -> Callable[[], object]:
        path = folder / NAME
        shutil.copy(SAMPLES / "township-2017-corrected" / "answers.yaml", path)
        os.utime(path, (YESTERDAY, YESTERDAY))
        session = sessions[folder] = Session(shelf, folder, date(2018, 1, 15))
        session.start(path)

        def work() -> None:
            events = session.say("/改 接受培训人员数 40")
            if not session.is_saved:
                (refusal,) = (each for each in events if each.kind == "refusal")
                assert str(folder) in refusal.text

        return work

    for trial in trials(quick, sentences, make, every_third, (".tmp",)):
        session = sessions[trial.folder]
        assert trial.fault is None, "a sitting goes on"
        stands = written_in(trial.folder / NAME, shelf)
        assert stands in (100, 40)
        if not trial.is_killed and session.is_saved:
            assert stands == 40
        if not trial.is_killed:
            session.say("/改 接受培训人员数 41")
            assert session.is_saved
            assert written_in(trial.folder / NAME, shelf) == 41
            kept = [
                each for each in trial.folder.glob("*.bak") if each.name.startswith(f"{NAME}.b")
            ]
            assert all(
                FolderRecord(trial.folder).knows(each.name, each.read_bytes()) for each in kept
            )
        session.close()
        assert not list(trial.folder.glob("*另存*")), "its own writing is nobody else's"


def test_what_is_accepted_from_a_document_is_written_whole_or_not(
    quick, sentences, shelf, capsys, monkeypatch
):
    codes: dict[Path, int] = {}
    sample = SAMPLES / "township-2017-corrected"
    changed = (sample / "report.txt").read_text("utf-8").replace("39", "40")

    def make(folder: Path) -> Callable[[], object]:
        shutil.copy(sample / "answers.yaml", folder / NAME)
        (folder / "稿.txt").write_text(changed, "utf-8")

        def work() -> None:
            capsys.readouterr()
            monkeypatch.setattr(sys, "stdin", io.StringIO("是\n" * 9))
            command = ["verify", str(folder / "稿.txt"), str(folder / NAME), "--accept"]
            codes[folder] = main(command)

        return work

    for trial in trials(quick, sentences, make, every_third):
        said = capsys.readouterr()
        stands = load(trial.folder / NAME, shelf).answers.value("channel_wechat")
        assert stands in (39, 40)
        if not trial.is_killed and codes[trial.folder] != 2:
            assert stands == 40
        if not trial.is_killed and codes[trial.folder] == 2:
            assert "已经存入" not in said.out
            assert str(trial.folder) in said.err


COMMANDS = {
    "carrying": ("migrate", NAME, "--to", "national-2014", "-o", "新.yaml"),
    "collecting": ("form", "--read", "表.xlsx", "-o", "新.yaml"),
    "a blank sheet": ("form", "beijing-2014", "--year", "2017", "-o", "新.xlsx"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_makes_a_file_makes_it_whole(command, quick, sentences, shelf, capsys):
    codes: dict[Path, int] = {}
    sheet = write_blank(shelf.edition("beijing-2014"), 2017, shelf)

    def make(folder: Path) -> Callable[[], object]:
        shutil.copy(SAMPLES / "township-2017-corrected" / "answers.yaml", folder / NAME)
        (folder / "表.xlsx").write_bytes(sheet)
        typed = [str(folder / each) if "." in each else each for each in command]

        def work() -> None:
            capsys.readouterr()
            codes[folder] = main(typed)

        return work

    for trial in trials(quick, sentences, make, every_third):
        made = trial.folder / command[-1]
        said = capsys.readouterr().err
        if trial.is_killed:
            continue
        if codes[trial.folder] == 0:
            assert made.stat().st_size > 50
        else:
            assert not made.exists() or made.stat().st_size > 50, "its folder was not synced"
            assert "错误：" in said
            assert str(trial.folder) in said
        assert (trial.folder / NAME).exists()
        assert RECORD not in said
