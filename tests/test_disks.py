"""Disks as they are: no modes, no locks, links, other people's files, pipes, full and read only."""

import errno
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import Answer, Answers, LockedAnswerFile, load
from assistant.cli import main
from assistant.dialog.session import Session
from assistant.storage import system
from assistant.storage.disk import read_bytes
from assistant.storage.errors import FileError
from assistant.storage.lock import lock
from assistant.storage.written_files import RECORD
from tests.conftest import ROOT, SAMPLES
from tests.machines import spoken
from tests.writing import save

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes, links and pipes of Unix")

SAMPLE = SAMPLES / "township-2017-corrected" / "answers.yaml"
NOVEMBER = datetime(2023, 11, 14, 12).timestamp()  # noqa: DTZ001  noon wherever this runs
FORTY = "/改 政务微信公开政府信息数 40"


@pytest.fixture
def path(tmp_path) -> Path:
    """An answer file in a folder."""
    return Path(shutil.copy(SAMPLE, tmp_path / "答案.yaml"))


def wechat(path: Path, shelf) -> object:
    return load(path, shelf).answers.value("channel_wechat")


def sit(shelf, path: Path, *lines: str) -> str:
    """What a sitting with this file says."""
    with closing(Session(shelf, path.parent, date(2018, 1, 15))) as session:
        events = session.start(path)
        for line in lines:
            events += session.say(line)
        return spoken([*events, *session.farewell()])


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise OSError(number, "refused")

    return refuse


# Modes and owners


def test_a_disk_that_refuses_modes_and_owners_takes_the_answers(path, shelf, monkeypatch):
    path.chmod(0o640)
    monkeypatch.setattr(system, "set_mode", refusing(errno.EPERM))
    monkeypatch.setattr(system, "set_owner", refusing(errno.EPERM))
    assert "没有存上" not in sit(shelf, path, FORTY)
    assert wechat(path, shelf) == 40


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_stays_also_that_of_earlier_versions(mode, path, shelf):
    path.chmod(mode)
    os.utime(path, (NOVEMBER, NOVEMBER))
    sit(shelf, path, FORTY)
    kept = list(path.parent.glob("*.bak"))
    assert len(kept) == 2
    assert {stat.S_IMODE(each.stat().st_mode) for each in (path, *kept)} == {mode}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_stays_also_that_of_earlier_versions(path, shelf):
    os.chown(path, 1234, 2345)
    sit(shelf, path, FORTY)
    owners = {
        (each.stat().st_uid, each.stat().st_gid) for each in (path, *path.parent.glob("*.bak"))
    }
    assert owners == {(1234, 2345)}


# Locks


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL])
def test_a_disk_without_locks_works_and_says_so(number, path, shelf, monkeypatch, capsys):
    monkeypatch.setattr(system, "take_lock", refusing(number))
    assert "不支持文件锁，有人同时打开答案.yaml也拦不住" in sit(shelf, path, FORTY)
    assert wechat(path, shelf) == 40
    other = path.with_name("新.yaml")
    assert main(["migrate", str(path), "--to", "national-2014", "-o", str(other)]) == 0
    assert "不支持文件锁" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES])
def test_only_a_lock_that_somebody_has_is_said_to_be_held(number, path, monkeypatch):
    monkeypatch.setattr(system, "take_lock", refusing(number))
    with pytest.raises(FileError) as caught, lock(path):
        pass
    assert caught.value.code == "file_locked"


def test_without_locks_the_other_ones_answers_are_kept_all_the_same(path, shelf, monkeypatch):
    monkeypatch.setattr(system, "take_lock", refusing(errno.ENOLCK))
    with closing(Session(shelf, path.parent, date(2018, 1, 15))) as one:
        one.start(path)
        sit(shelf, path, FORTY)
        assert "另存为答案-另存1.yaml" in spoken(one.say("/改 接受培训人员数 7"))
    assert wechat(path.with_name("答案-另存1.yaml"), shelf) == 40


# Links


def test_a_link_is_followed_and_stays(path, shelf, tmp_path):
    (tmp_path / "别处").mkdir()
    link = tmp_path / "别处" / "答案.yaml"
    link.symlink_to(path)
    sit(shelf, link, FORTY)
    assert link.is_symlink()
    assert wechat(path, shelf) == 40
    assert (tmp_path / "答案.yaml.bak").exists()
    assert [each.name for each in link.parent.iterdir()] == ["答案.yaml"]
    with (
        LockedAnswerFile(path),
        pytest.raises(FileError, match="file_locked"),
        LockedAnswerFile(link),
    ):
        pass


def test_a_link_to_itself_is_refused_and_one_to_nowhere_is_no_free_name(tmp_path, edition):
    (tmp_path / "圈.yaml").symlink_to("圈.yaml")
    (tmp_path / "空.yaml").symlink_to("没有.yaml")
    for name, code in (("圈.yaml", "file_loop"), ("空.yaml", "answers_there")):
        with (
            pytest.raises(FileError) as caught,
            LockedAnswerFile(tmp_path / name, is_new=code[0] == "a"),
        ):
            pass
        assert caught.value.code == code


def test_a_name_that_is_a_link_was_made_by_somebody_and_stays(shelf, tmp_path):
    real = Path(shutil.copy(SAMPLE, tmp_path / "真的.yaml"))
    link = tmp_path / "示例镇人民政府-2017.yaml"
    link.symlink_to(real)
    assert "改名" not in sit(shelf, link, "/年度 2016")
    assert link.is_symlink()


PLANTED = [".答案.yaml.lock", ".答案.yaml.unsent", RECORD, f".{RECORD}.lock", "答案.yaml.bak"]


@pytest.mark.parametrize("name", PLANTED)
@pytest.mark.parametrize("how", ["symbolic", "hard"])
def test_a_planted_link_is_neither_followed_nor_written_through(name, how, path, shelf, tmp_path):
    victim = tmp_path / "别人的"
    victim.write_bytes(b"victim\n")
    place = tmp_path / name
    place.symlink_to(victim) if how == "symbolic" else os.link(victim, place)
    try:
        with closing(Session(shelf, tmp_path, date(2018, 1, 15))) as session:
            session.start(path)
            session.say("/跳到 own_1")
            session.keep_unsent("半句话")
            session.say(FORTY)
            session.say("/完成")
    except FileError as fault:
        assert fault.code == "place_odd"
        assert "移走" in shelf.sentences.say("errors.place_odd", **fault.details)
    assert victim.read_bytes() == b"victim\n"


# What other people put there


def test_somebody_elses_bak_stays_at_the_first_saving(path, shelf):
    mine = path.with_name("答案.yaml.bak")
    shutil.copy(path, mine)  # by hand, before an evening of changes
    before = mine.read_bytes()
    sit(shelf, path, FORTY, "/改 接受培训人员数 7")
    sit(shelf, path, "/改 接受培训人员数 8")
    assert mine.read_bytes() == before
    kept = load(path.with_name("答案.yaml-2.bak"), shelf).answers
    assert kept.value("trainees") == 7
    assert not path.with_name("答案.yaml-3.bak").exists()


def test_somebody_elses_bak_stays_at_a_renaming_and_ours_follows(shelf, tmp_path):
    path = Path(shutil.copy(SAMPLE, tmp_path / "示例镇人民政府-2017.yaml"))
    os.utime(path, (NOVEMBER, NOVEMBER))
    foreign = tmp_path / "示例镇人民政府-2016.yaml.bak"
    foreign.write_text("the only copy of last year")
    sit(shelf, path, "/年度 2016")
    assert foreign.read_text() == "the only copy of last year"
    day = date(2023, 11, 14)
    assert {each.name for each in tmp_path.glob("示例*")} == {
        "示例镇人民政府-2016.yaml",
        "示例镇人民政府-2016.yaml.bak",
        "示例镇人民政府-2016.yaml-2.bak",
        f"示例镇人民政府-2016.yaml.{day}.bak",
    }


# Days


def test_the_last_version_of_three_earlier_days_stays(tmp_path, edition, shelf):
    path = tmp_path / "答案.yaml"
    for day in range(5):
        for number in (1, 2):
            save(Answers(edition, 2017, {"trainees": Answer(10 * day + number)}), path)
        noon = NOVEMBER + day * 86_400
        os.utime(path, (noon, noon))
    save(Answers(edition, 2017, {"trainees": Answer(99)}), path)
    days = [date(2023, 11, 14 + day) for day in range(5)]
    kept = {
        f"答案.yaml.{day}.bak": load(tmp_path / f"答案.yaml.{day}.bak", shelf) for day in days[2:]
    }
    assert [each.answers.value("trainees") for each in kept.values()] == [22, 32, 42]
    dated = {each.name for each in tmp_path.glob("*.bak")} - {"答案.yaml.bak"}
    assert dated == set(kept)
    with closing(Session(shelf, tmp_path, date(2018, 1, 15))) as session:
        assert ".bak" not in spoken(session.start())


def test_a_file_that_cannot_be_read_takes_no_days_place(tmp_path, edition):
    path = tmp_path / "答案.yaml"
    path.write_text("坏了: [", encoding="utf-8")
    os.utime(path, (NOVEMBER, NOVEMBER))
    save(Answers(edition, 2017, {"trainees": Answer(1)}), path)
    assert [each.name for each in tmp_path.glob("*.bak")] == ["答案.yaml.bak"]


# Pipes, devices, sizes


def pipe(folder: Path, name: str) -> Path:
    os.mkfifo(folder / name)
    return folder / name


@pytest.mark.parametrize(
    "typed",
    [
        ("check", "管.yaml"),
        ("check", str(SAMPLE), "--previous", "管.yaml"),
        ("verify", "管.txt", str(SAMPLE)),
        ("verify", "管.docx", str(SAMPLE)),
        ("verify", str(SAMPLE.with_name("report.txt")), "管.yaml", "--accept"),
        ("replay", str(SAMPLE), "-o", "出", "--format", "docx", "--reference-doc", "管.docx"),
        ("form", "--read", "管.xlsx", "-o", "新.yaml"),
        ("diff", "管.yaml", str(SAMPLE)),
        ("migrate", "管.yaml", "--to", "national-2014", "-o", "新.yaml"),
    ],
    ids=lambda typed: " ".join(Path(each).name for each in typed),
)
def test_a_pipe_is_refused_at_once(typed, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("管.yaml", "管.txt", "管.docx", "管.xlsx"):
        pipe(tmp_path, name)
    assert main(list(typed)) == 2
    assert "不是普通文件" in capsys.readouterr().err


def test_a_sitting_waits_for_no_pipe(tmp_path, shelf):
    with pytest.raises(FileError, match="file_not_regular"):
        sit(shelf, pipe(tmp_path, "管.yaml"))
    assert [each.name for each in tmp_path.iterdir()] == ["管.yaml"]


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "答案.yaml"
    path.write_bytes(b"1")
    really = system.open_for_reading

    def late(place: Path, *, follows: bool) -> int:
        place.unlink()
        os.mkfifo(place)
        return really(place, follows=follows)

    monkeypatch.setattr(system, "open_for_reading", late)
    with pytest.raises(FileError, match="file_not_regular"):
        read_bytes(path)


def test_a_file_that_grew_beyond_all_bounds_is_not_read(path, shelf):
    with LockedAnswerFile(path) as keeper:
        answers = keeper.load(shelf).answers
        with path.open("ab") as stream:
            stream.truncate(1 << 40)  # a hole; nobody could read it
        with pytest.raises(FileError) as caught:
            keeper.save(answers)
        assert caught.value.code == "file_too_large"


# Real faults

SAVING = """
import sys
from pathlib import Path
from assistant.answers import Answer, LockedAnswerFile
from assistant.storage.errors import FileError
from assistant.form.loader import open_library
from dataclasses import replace
path, shelf = Path(sys.argv[1]), open_library()
with LockedAnswerFile(path) as keeper:
    before = keeper.load(shelf).answers
    given = {**before.given, "own_1": Answer("本年度按计划完成。" * int(sys.argv[2]))}
    try:
        keeper.save(replace(before, given=given))
    except FileError as fault:
        print(fault.code, fault.details["path"])
"""


def saving(path: Path, times: int, **options: Any) -> str:
    """Save long answers in a process of its own, which lives with that disk or those limits."""
    run = subprocess.run(
        [sys.executable, "-c", SAVING, str(path), str(times)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of its own with room for a few answer files."""
    place = tmp_path / "盘"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("this system lets no test mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full_keeps_the_old_file(small_disk, shelf):
    path = Path(shutil.copy(SAMPLE, small_disk / "答案.yaml"))
    before = path.read_bytes()
    filler = small_disk / "满"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(b"x" * 64_000)
    assert saving(path, 600) == f"disk_full {path}\n"
    assert path.read_bytes() == before
    assert not list(small_disk.glob(".nianbao-*.tmp"))
    filler.unlink()
    assert saving(path, 20) == ""


def test_a_disk_that_became_read_only_keeps_the_old_file(small_disk, shelf):
    path = Path(shutil.copy(SAMPLE, small_disk / "答案.yaml"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(FileError) as caught, LockedAnswerFile(path):
        pass
    assert caught.value.code == "file_read_only"
    assert str(path) in str(caught.value.details)


def test_a_write_that_the_system_cuts_short_keeps_the_old_file(path):
    before = path.read_bytes()

    def allow_little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    assert saving(path, 700, preexec_fn=allow_little) == f"file_fault {path}\n"
    assert path.read_bytes() == before
    assert {each.name for each in path.parent.iterdir()} == {path.name}


def test_a_failed_write_names_file_and_folder(path, monkeypatch, shelf):
    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(system, "write", refusing(errno.ENOSPC))
    said = sit(shelf, Path(path.name), FORTY)
    assert f"「{path}」没有写成" in said
    assert not re.search("「[.]+」", said)
