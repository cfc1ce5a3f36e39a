"""Undo and redo outlive the session, and never lead to answers that were none."""

import errno
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from itertools import cycle
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Answers, read_answers, write_answers
from assistant.dialog.interview import Interview, begin, command
from assistant.dialog.session import Session
from assistant.dialog.session.journal import Journal
from assistant.form.loader import Library, open_library
from assistant.storage.disk import DecodedText
from tests.conftest import SAMPLES
from tests.faults import Broken, How, Killed, broken
from tests.machines import CHANNELS, SCRIPT, Talk, line_for, moments, spoken, talk, values

NAME = "答案.yaml"
JOURNAL = f".{NAME}.undo"
STEPS = st.lists(st.sampled_from(["undo", "redo", "leave"]), max_size=12)


def reread(answers: Answers) -> Answers:
    """Answers as their file gives them back."""
    text = DecodedText(write_answers(answers), "utf-8", has_mark=False)
    return read_answers(text, Path(NAME), open_library()).answers


def came_back(interview: Interview, path: Path, answers: Answers | None = None) -> Interview:
    """The conversation at the same place in the next session, perhaps with other answers there."""
    now = reread(interview.answers if answers is None else answers)
    turn = begin(now, interview.previous, interview.sentences, resumes=True)
    return Journal(path).recall(turn.interview).at_question(interview.at)


def left(interview: Interview, path: Path) -> bytes:
    """Leave the conversation; what stands in the journal."""
    kept = path.with_name(JOURNAL)
    kept.unlink(missing_ok=True)
    Journal(path).keep(interview)
    return kept.read_bytes() if kept.exists() else b""


def told(interview: Interview) -> tuple[object, ...]:
    """All that a moment of a conversation says."""
    answers = interview.answers
    return values(answers), answers.acknowledged, answers.year, interview.at


def turned(interview: Interview, name: str) -> tuple[Interview, str]:
    """Undo or redo, and what is said of it."""
    turn = command(interview, name)
    return turn.interview, spoken(each for each in turn.events if each.kind == "echo")


def turned_all(interview: Interview, name: str) -> Iterator[tuple[object, str]]:
    """Every moment there is to go to, and what is said on the way."""
    while interview.past if name == "undo" else interview.future:
        interview, said = turned(interview, name)
        yield told(interview), said


def talked(script: list[int | str]) -> Interview:
    """A conversation in which all that was asked back is answered or left."""
    now = talk("active_total", {"active_total": "9"}, lead_office="党政办公室", **CHANNELS)
    for wanted in script:
        now.type(line_for(now.interview, wanted))
    there = now.interview
    while there.is_asked_back:
        there = command(there, "undo").interview
    return there


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    """Where an answer file may be."""
    with TemporaryDirectory() as folder:
        yield Path(folder) / NAME


@given(SCRIPT, STEPS)
def test_leaving_and_coming_back_is_not_having_left(
    path: Path, script: list[int | str], steps: list[str]
) -> None:
    stayed = back = talked(script)
    for step in ("leave", *steps, "leave"):
        if step == "leave":
            left(back, path)
            back = came_back(back, path)
        else:
            (stayed, there), (back, here) = turned(stayed, step), turned(back, step)
            assert (told(back), here) == (told(stayed), there)
    for name in ("undo", "redo"):
        assert [*turned_all(back, name)] == [*turned_all(stayed, name)]


@given(SCRIPT, st.integers(0), st.binary(max_size=3))
def test_a_journal_that_is_cut_or_spoilt_changes_no_answer(
    path: Path, script: list[int | str], at: int, behind: bytes
) -> None:
    now = talked(script)
    whole = left(now, path)
    path.with_name(JOURNAL).write_bytes(whole[: at % (len(whole) + 1)] + behind)
    back = came_back(now, path)
    assert values(back.answers) == values(now.answers)
    assert not back.past or [*turned_all(back, "undo")] == [*turned_all(now, "undo")]


@given(SCRIPT, st.data())
def test_a_journal_with_anything_in_it_is_no_failure(
    path: Path, script: list[int | str], data: st.DataObject
) -> None:
    now = talked(script)
    kept = json.loads(left(now, path) or '{"undo": 1, "here": 0, "states": [], "steps": []}')
    odd = st.sampled_from(
        [None, 7, -1, "甲", [], {}, [[]], [["甲"] * 3], {"甲": ["乙"]}, [[{}, {}]]]
    )
    spoilt = data.draw(st.sampled_from(["here", "states", "steps"]))
    if isinstance(kept[spoilt], list) and kept[spoilt] and data.draw(st.booleans()):
        kept[spoilt][data.draw(st.integers(0, len(kept[spoilt]) - 1))] = data.draw(odd)
    else:
        kept[spoilt] = data.draw(odd)
    path.with_name(JOURNAL).write_text(json.dumps(kept), "utf-8")
    back = came_back(now, path)
    assert told(back)[:3] == told(now)[:3]
    assert all(each in moments(now) for each in moments(back)), "what is kept leads to what was"


@given(SCRIPT)
def test_answers_that_were_changed_elsewhere_have_no_way_back(
    path: Path, script: list[int | str]
) -> None:
    now = talked(script)
    left(now, path)
    given = {**now.answers.given, "other_appendix": Answer("别处改的")}
    answers = now.answers.with_given({**given, "lead_office": Answer("别处改的")})
    back = came_back(now, path, answers)
    assert (back.past, back.future) == ((), ())


def test_an_earlier_version_that_was_put_back_finds_its_place(path: Path) -> None:
    now = talk("active_total", **CHANNELS)
    now.type("/改 主动公开政府信息数 4", "/改 主动公开政府信息数 5")
    left(now.interview, path)
    back = came_back(now.interview, path, now.interview.past[-1].answers)
    assert [len(back.past), len(back.future)] == [1, 1]
    assert told(command(back, "redo").interview)[0] == told(now.interview)[0]


def changed(interview: Interview, count: int, times: int = 1) -> Interview:
    """Change an own text so often, to one that is so many sentences long."""
    for number in range(count):
        given = {**interview.answers.given, "own_1": Answer(f"新增第{number}处公开栏。" * times)}
        interview = interview.record(interview.answers.with_given(given))
    return interview


def test_the_last_hundred_changes_are_kept(path: Path) -> None:
    now = changed(talk().interview, 150)
    left(now, path)
    back = came_back(now, path)
    assert len(back.past) == 100
    assert [*turned_all(back, "undo")] == [*turned_all(now, "undo")][:100]
    for _ in range(75):
        now = command(now, "undo").interview
    left(now, path)
    back = came_back(now, path)
    assert (len(back.past), len(back.future)) == (50, 50), "those nearest to the present"


def test_long_texts_do_not_make_it_grow(path: Path) -> None:
    now = changed(talk().interview, 40, 400)
    assert 100_000 < len(left(now, path)) < 260_000
    assert 3 < len(came_back(now, path).past) < 40
    now = changed(now, 1, 10_000)
    assert left(now, path) == b"", "no room for a single one"


def test_a_change_costs_its_difference(path: Path, sample: Callable[[str], Answers]) -> None:
    now = Talk(sample("township-2017-corrected")).interview
    sizes = [len(left(changed(now, count), path)) for count in (1, 2, 3)]
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0] < 300


# Sessions


def sitting(shelf: Library, path: Path, *lines: str, leave: bool = True) -> str:
    """What a session with this file says."""
    with closing(Session(shelf, path.parent, date(2018, 1, 15))) as session:
        events = session.start(path)
        for line in (*lines, *["/退出"][:leave]):
            events += session.say(line)
        return spoken(events)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLES / "township-2017-corrected" / "answers.yaml", tmp_path / NAME))


def test_the_next_sitting_says_what_it_undoes(shelf: Library, answers: Path) -> None:
    before = write_answers(reread_file(answers))
    sitting(shelf, answers, "/改 接受培训人员数 7", "/跳到 own_1", "本年度更换了公开栏。")
    said = sitting(shelf, answers, "/撤销", "/撤销")
    assert "已撤销" in said
    assert "接受培训人员数：100" in said
    assert "没有可以撤销" not in said
    again = sitting(shelf, answers, "/重做", "/撤销", "/撤销")
    assert "没有可以撤销的改动" in again
    assert write_answers(reread_file(answers)) == before


def test_year_reason_and_paragraph_are_turned_back(shelf: Library, answers: Path) -> None:
    shutil.copy(SAMPLES / "township-2017-as-published" / "answers.yaml", answers)
    before = write_answers(reread_file(answers))
    lines = ("/年度 2016", "/改写 收到申请", "收到的申请均已答复。", "/说明 L02 公开栏未逐条计入")
    sitting(shelf, answers, *lines)
    after = reread_file(answers)
    assert after.year == 2016
    assert after.acknowledged
    assert any(name in after.edition.wordings for name in after.given)
    said = sitting(shelf, answers, *["/撤销"] * 3)
    assert write_answers(reread_file(answers)) == before
    assert "2017年度" in said
    sitting(shelf, answers, *["/重做"] * 3)
    assert write_answers(reread_file(answers)) == write_answers(after)


def test_the_finished_report_ends_it(shelf: Library, answers: Path) -> None:
    journal = answers.with_name(JOURNAL)
    sitting(shelf, answers, "/改 接受培训人员数 7")
    assert journal.exists()
    said = sitting(shelf, answers, "/完成", "/总览")
    assert "正式" in said or "写" in said
    assert not journal.exists()
    sitting(shelf, answers, "/改 接受培训人员数 8", "/完成", "/撤销")
    assert journal.exists(), "there is something to redo"
    assert "接受培训人员数：8" in sitting(shelf, answers, "/重做")


def test_a_draft_does_not_end_it(shelf: Library, answers: Path) -> None:
    said = sitting(shelf, answers, "/改 接受培训人员数 暂缺", "/完成")
    assert "草稿" in said
    assert answers.with_name(JOURNAL).exists()


def test_it_follows_the_name_of_the_file(shelf: Library, tmp_path: Path) -> None:
    source = SAMPLES / "township-2017-corrected" / "answers.yaml"
    old = Path(shutil.copy(source, tmp_path / "示例镇人民政府-2017.yaml"))
    sitting(shelf, old, "/年度 2016")
    assert [each.name for each in tmp_path.glob(".*.undo")] == [".示例镇人民政府-2016.yaml.undo"]
    sitting(shelf, tmp_path / "示例镇人民政府-2016.yaml", "/撤销")
    assert [each.name for each in tmp_path.glob(".*.undo")] == [".示例镇人民政府-2017.yaml.undo"]
    assert write_answers(reread_file(old)) == write_answers(reread_file(source))


def reread_file(path: Path) -> Answers:
    return read_answers(
        DecodedText(path.read_text("utf-8"), "utf-8", has_mark=False), path, open_library()
    ).answers


def test_what_lost_its_answer_file_goes_after_an_hour(shelf: Library, answers: Path) -> None:
    gone, foreign = (answers.with_name(f".{each}.yaml.undo") for each in ("甲", "乙"))
    sitting(shelf, answers, "/改 接受培训人员数 7")
    shutil.copy(answers.with_name(JOURNAL), gone)
    foreign.write_bytes(b"mine")
    sitting(shelf, answers)
    assert gone.exists(), "its file may be on the way to another folder"
    for each in (gone, foreign, answers.with_name(JOURNAL)):
        os.utime(each, (time.time() - 4000,) * 2)
    sitting(shelf, answers)
    assert not gone.exists()
    assert foreign.exists()
    assert answers.with_name(JOURNAL).exists()


def test_a_new_file_has_nothing_of_an_earlier_one_of_its_name(
    shelf: Library, tmp_path: Path
) -> None:
    wizard, path = ("", "1", "示例镇人民政府"), tmp_path / "示例镇人民政府-2017.yaml"
    for turn in (1, 2):
        with closing(Session(shelf, tmp_path, date(2018, 3, 1))) as session:
            session.start()
            for line in wizard:
                session.say(line)
            assert "没有可以" in spoken(session.say("/重做")), turn
            session.say("1")
            session.keep_unsent("半句")
        path.unlink()
        assert len([*tmp_path.glob(".*.undo"), *tmp_path.glob(".*.unsent")]) == 2
    with closing(Session(shelf, tmp_path, date(2018, 3, 1))) as session:
        session.start()
        for line in wizard:
            session.say(line)
    with closing(Session(shelf, tmp_path, date(2018, 3, 1))) as session:
        assert not session.start(path)[-1].draft


def test_it_is_no_answer_file_and_no_report(
    shelf: Library, answers: Path, here: Callable[..., CompletedProcess[str]]
) -> None:
    sitting(shelf, answers, "/改 接受培训人员数 7")
    with closing(Session(shelf, answers.parent, date(2018, 1, 15))) as session:
        assert "undo" not in spoken(session.start())
    for named in (answers.parent, answers.parent / "*"):
        run = here("check", named)
        assert "undo" not in run.stdout + run.stderr


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_who_may_not_read_the_answers_reads_no_change(shelf: Library, answers: Path) -> None:
    answers.chmod(0o600)
    sitting(shelf, answers, "/改 接受培训人员数 7")
    assert stat.S_IMODE(answers.with_name(JOURNAL).stat().st_mode) == 0o600


# A disk that breaks


def test_whatever_breaks_undo_leads_to_what_was(
    shelf: Library, answers: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sitting(shelf, answers, "/改 接受培训人员数 7")

    def answered(at: int, how: How) -> tuple[Path, Broken]:
        folder = shutil.copytree(answers.parent, tmp_path_factory.mktemp("盘") / "甲")
        with closing(Session(shelf, folder, date(2018, 1, 15))) as session:
            session.start(folder / NAME)
            with suppress(Killed), broken(at, how, errno.ENOSPC) as disk:
                session.say("/改 接受培训人员数 8")
        return folder / NAME, disk

    _, counted = answered(-1, "once")
    assert {"write", "replace"} <= {*counted.calls}
    ways: tuple[How, ...] = ("kill", "once", "kill", "on")
    for at, how in zip(range(len(counted.calls)), cycle(ways), strict=False):
        path, _ = answered(at, how)
        stands = reread_file(path).value("trainees")
        with closing(Session(shelf, path.parent, date(2018, 1, 15))) as again:
            again.start(path)
            before = [each.answers.value("trainees") for each in again.interview.past]
        assert (stands, before) in ((7, []), (7, [100]), (8, []), (8, [100, 7])), (
            how,
            counted.calls[at],
        )
        assert how != "kill" or before, "a kill leaves the way back"
