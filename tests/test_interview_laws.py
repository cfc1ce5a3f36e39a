"""What holds of any conversation, whatever is typed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import (
    Answer,
    Answers,
    format_answer,
    load,
    read_answers,
    read_given,
    write_answers,
)
from assistant.dialog.interview import Interview, command, handle_line
from assistant.dialog.interview.state import WantChoice, WantReason
from assistant.form.loader import open_library
from assistant.form.model import Edition, Fact
from assistant.intents import LETTERS, Reply
from assistant.storage.disk import DecodedText
from assistant.values.characters import with_end
from tests.conftest import SAMPLES
from tests.machines import (
    GROUNDED,
    NAVIGATION,
    SCRIPT,
    Sittings,
    Talk,
    line_for,
    spoken,
    talk,
    values,
)
from tests.strategies import answers

LAW = settings(
    max_examples=100,
)
EDITION = open_library().edition("beijing-2014")
START = st.sampled_from([*EDITION.questions, ""])
BEGUN = {
    **GROUNDED,
    "leading_group": "已成立",
    "leading_group_head": "镇长",
    "active_total": "3",
    "channel_gazette": "0",
    "channel_website": "1",
    "categories": "业务动态 2；机构职能 1",
    "systems_revised": "甲办法",
}


def begun(at: str) -> Talk:
    return talk(at, {"lead_office": "党政办公室", "active_total": "9"}, **BEGUN)


def play(now: Talk, script: list[int | str]) -> Talk:
    for wanted in script:
        now.type(line_for(now.interview, wanted))
    return now


def picture(interview: Interview) -> str:
    """Everything that a step must leave alone."""
    return repr((values(interview.answers), interview.answers.acknowledged, interview.drafts))


@LAW
@given(START, SCRIPT)
def test_every_line_is_answered_names_what_it_changes_and_leaves_the_state_before_it(
    at: str, script: list[int | str]
) -> None:
    now = begun(at)
    for wanted in script:
        before, shown = now.interview, picture(now.interview)
        line = line_for(before, wanted)
        now.type(line)
        assert picture(before) == shown
        assert now.turn.ui_request or now.kinds[-1] in ("ask", "help")
        places = {"", *now.interview.answers.asked, *EDITION.wordings}
        assert now.interview.at in places
        asks = [event for event in now.turn.events if event.kind == "ask"]
        if asks and isinstance(now.interview.pending, WantReason):
            assert asks[-1].finding is not None, "a reason is heard, another thing asked"
        one, other = values(before.answers), values(now.interview.answers)
        said = [event for event in now.turn.events if event.kind != "ask" or "删" in line]
        changed = [each for each in EDITION.questions if one.get(each) != other.get(each)]
        silent = [name for name in changed if EDITION.name(name) not in spoken(said)]
        assert not silent, (line, said)


@LAW
@given(START, SCRIPT)
def test_the_same_lines_lead_to_the_same_place(at: str, script: list[int | str]) -> None:
    first = play(begun(at), script)
    again = play(begun(at), list(first.lines))
    assert again.turn == first.turn


@LAW
@given(START, st.lists(NAVIGATION, max_size=20))
def test_going_about_changes_no_answer(at: str, lines: list[str]) -> None:
    now = begun(at)
    before = now.interview.answers
    now.type(*lines)
    assert now.interview.answers == before


@LAW
@given(START, SCRIPT)
def test_undo_of_everything_and_redo_of_everything(at: str, script: list[int | str]) -> None:
    now = begun(at)
    first = now.interview.answers
    last = play(now, script).interview
    there = last
    while there.is_asked_back:  # what was asked back is left first
        there = command(there, "undo").interview
        assert there.answers == last.answers
    for _ in last.past:
        there = command(there, "undo").interview
    assert there.answers == first
    assert not there.past
    for _ in last.past:
        there = command(there, "redo").interview
        assert there.at in {"", *there.answers.asked, *EDITION.wordings}
    assert (there.answers, there.future) == (last.answers, last.future)


@LAW
@given(START, SCRIPT, st.integers(1, len(EDITION.asked)))
def test_the_file_gives_back_what_was_taken_and_the_end_and_every_question_can_be_reached(
    at: str, script: list[int | str], number: int
) -> None:
    now = play(begun(at), script)
    made = now.interview.answers
    text = DecodedText(write_answers(made), "utf-8", has_mark=False)
    back, findings = read_answers(text, Path("答案.yaml"), open_library())
    assert values(back) == values(made)
    assert back.acknowledged == made.acknowledged
    assert {each.code for each in findings} <= {"F06"}, findings
    assert handle_line(now.interview, "/完成").ui_request == "write"
    assert handle_line(now.interview, "/退出").ui_request == "quit"
    name = list(EDITION.asked)[number - 1]
    there = handle_line(now.interview, f"/跳到 {number}").interview.at
    assert there == name or name not in made.asked


def type_anew(name: str, answer: Answer, edition: Edition = EDITION) -> object:
    """Type an answer at its question, where nothing stands yet; what is taken."""
    line = format_answer(answer, edition.questions[name])
    asked = edition.questions[name]
    above = asked.when.items() if isinstance(asked, Fact) else ()
    below = {owner: wanted[0] for owner, wanted in above if wanted}
    started = read_given(edition, edition.years.first, below, open_library().sentences).answers
    now = Talk(started, None, name)
    now.type(line)
    pending = now.interview.pending
    if isinstance(pending, WantChoice):  # the line is a command's word as well
        now.type(LETTERS[[type(each) for each in pending.readings].index(Reply)])
    taken = now.interview.answers.given.get(name)
    return None if taken is None else (taken.value, taken.state)


def finished(name: str, answer: Answer, edition: Edition = EDITION) -> object:
    """What an answer says, a text with its full stop, which is added where it is typed."""
    is_text = getattr(edition.questions[name], "kind", "") == "text"
    return with_end(answer.value) if is_text and isinstance(answer.value, str) else answer.value


def can_be_typed(name: str, answer: Answer) -> bool:
    """Whether its line is no command, and holds all that the answer says."""
    question = EDITION.questions[name]
    line = format_answer(answer, question).strip()
    is_text = isinstance(question, Fact) and question.kind in ("line", "text", "list")
    is_number = isinstance(question, Fact) and bool(question.suggested) and line.isdecimal()
    return not is_number and not (is_text and (line[:1] in ("/", "／") or line in ("?", "？")))


@pytest.mark.parametrize("folder", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
def test_what_replay_takes_can_be_typed(folder: str) -> None:
    source = load(SAMPLES / folder / "answers.yaml", open_library()).answers
    for name, answer in source.given.items():
        if answer.state != "unread":
            taken = type_anew(name, answer, source.edition)
            assert taken == (finished(name, answer, source.edition), answer.state), name


@settings(LAW, max_examples=10)
@given(answers(EDITION, complete=False))
def test_whatever_a_file_may_hold_can_be_typed(made: Answers) -> None:
    for name, answer in made.given.items():
        if can_be_typed(name, answer):
            assert type_anew(name, answer) == (finished(name, answer), answer.state), name


STORED = """\
format: 1
edition: beijing-2014
year: 2017
answers:
  systems_revised: [{title: 甲办法}, {title: 甲办法}]
  categories:
    state: 待核实
    remark: 等数
    value: [{category: 甲, count: 1}, {category: 乙, count: 2}]
"""


def stored(at: str) -> Talk:
    text = DecodedText(STORED, "utf-8", has_mark=False)
    return Talk(read_answers(text, Path("答案.yaml"), open_library()).answers, None, at)


def test_enter_does_not_write_over_an_unread_list() -> None:
    now = stored("systems_revised")
    assert "甲办法" in now.type("")


@pytest.mark.parametrize("line", ["/删行 1", "丙 4"])
def test_a_provisional_list_stays_provisional(line: str) -> None:
    now = stored("categories")
    now.type(line)
    answer = now.interview.answers.given["categories"]
    assert (answer.state, answer.remark) == ("provisional", "等数")


Sittings.TestCase.settings = settings(LAW, max_examples=25, stateful_step_count=30)
TestSittings = Sittings.TestCase
