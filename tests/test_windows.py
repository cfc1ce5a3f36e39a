"""What Windows does otherwise, shown anywhere by patching the calls of the system."""

import os
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import load
from assistant.dialog.session import Session
from assistant.export.formats import RenderOptions
from assistant.export.publish import Publisher
from assistant.report.draft import make_draft
from assistant.storage import system
from assistant.storage.errors import FileError
from tests.conftest import SAMPLES
from tests.machines import spoken

SAMPLE = SAMPLES / "township-2017-corrected" / "answers.yaml"
FORTY = "/改 政务微信公开政府信息数 40"


@pytest.fixture
def path(tmp_path) -> Path:
    """An answer file in a folder."""
    return Path(shutil.copy(SAMPLE, tmp_path / "答案.yaml"))


class Held:
    """Refuses a call on some names so many times, as while somebody has the file open."""

    def __init__(self, call, times, *names):
        self.call, self.left, self.names, self.refused = call, times, names, 0

    def __call__(self, *arguments, **options):
        names = {Path(each).name for each in arguments if isinstance(each, Path)}
        if names & {*self.names} and self.left:
            self.left -= 1
            self.refused += 1
            raise PermissionError(13, "The process cannot access the file")
        return self.call(*arguments, **options)


@pytest.fixture
def hold(monkeypatch):
    """Have `os.replace` refuse some names, for so many tries, on a system like Windows."""
    monkeypatch.setattr(system, "HOLDS_FILES", True)

    def holding(times, *names):
        held = Held(os.replace, times, *names)
        monkeypatch.setattr(os, "replace", held)
        return held

    return holding


def sit(shelf, path, *lines):
    """What a sitting with this file says, line by line."""
    with closing(Session(shelf, path.parent, date(2018, 1, 15))) as session:
        session.start(path)
        return [session.say(line) for line in lines], session.is_saved


def test_a_file_that_a_scanner_holds_for_a_moment_is_written_all_the_same(path, shelf, hold):
    held = hold(3, path.name)
    (said,), is_saved = sit(shelf, path, FORTY)
    assert held.refused == 3
    assert is_saved
    assert "没有存上" not in spoken(said)
    assert load(path, shelf).answers.value("channel_wechat") == 40


def test_a_file_that_stays_open_is_named_and_nothing_is_said_to_be_accepted(path, shelf, hold):
    before = path.read_bytes()
    held = hold(-1, path.name)
    (said,), is_saved = sit(shelf, path, FORTY)
    assert held.refused > 10
    assert not is_saved
    assert f"「{path}」等了两秒还是读写不了" in spoken(said)
    assert not [each for each in said if each.kind == "echo"]
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if "tmp" in each.name] == []


def test_what_was_not_saved_is_saved_with_the_next_answer(path, shelf, hold, monkeypatch):
    monkeypatch.setattr(system, "_PATIENCE", 0)
    hold(1, path.name)
    said, is_saved = sit(shelf, path, FORTY, "/改 接受培训人员数 7")
    assert is_saved
    assert [any(each.kind == "echo" for each in events) for events in said] == [False, True]
    answers = load(path, shelf).answers
    assert [answers.value(name) for name in ("channel_wechat", "trainees")] == [40, 7]


def test_a_document_that_word_has_open_is_named(path, shelf, hold, monkeypatch):
    monkeypatch.setattr(system, "_PATIENCE", 0)
    publisher = Publisher(path.parent, RenderOptions(shelf))
    reading = load(path, shelf)
    publisher.publish(make_draft(reading, None, shelf.sentences), "报告", ("txt",))
    given = {**reading.answers.given}
    given["trainees"] = given["channel_wechat"]
    changed = reading._replace(answers=reading.answers.with_given(given))
    hold(-1, "报告.txt")
    with pytest.raises(FileError) as fault:
        publisher.publish(make_draft(changed, None, shelf.sentences), "报告", ("txt",))
    assert fault.value.code == "document_blocked"
    assert fault.value.details["path"] == str(path.parent / "报告.txt")


def test_no_time_is_lost_where_a_folder_may_not_be_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(system, "HOLDS_FILES", True)
    monkeypatch.setattr(os, "open", Held(os.open, -1, tmp_path.name))
    monkeypatch.setattr("time.sleep", pytest.fail)
    with pytest.raises(PermissionError):
        system.open_for_reading(tmp_path, follows=True)


def test_elsewhere_a_refusal_is_final(path, hold, monkeypatch):
    held = hold(-1, path.name)
    monkeypatch.setattr(system, "HOLDS_FILES", False)
    with pytest.raises(PermissionError):
        system.replace(path, path)
    assert held.refused == 1
