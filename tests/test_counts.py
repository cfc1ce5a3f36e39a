"""What is left and what was found is one number wherever it is told."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answers, load, read_answers, write_answers
from assistant.dialog.interview import left_of
from assistant.dialog.session import Session
from assistant.export.formats.review_sheet import review_rows
from assistant.form.loader import open_library
from assistant.report.draft import Draft, make_draft
from assistant.storage.disk import DecodedText
from assistant.ui.tui.preview_tabs import findings
from tests.conftest import SAMPLES
from tests.machines import HERE, SCRIPT, Talk, answers_of, line_for, spoken

_TOLD = re.compile(
    r"(?:还没答(\d+)题；)?必须改正(\d+)项，请核实(\d+)项，提示(\d+)项，已说明(\d+)项"
)
_RECAPPED = re.compile(r"有(\d+)处必须改正")
_SAMPLES = sorted(each.parent.name for each in SAMPLES.glob("*/answers.yaml"))
Counts = tuple[int, ...]
"""Missing, errors, to confirm, notices, explained."""


def told(text: str) -> list[Counts]:
    """The counts that a text tells."""
    return [tuple(int(each or 0) for each in found.groups()) for found in _TOLD.finditer(text)]


def counted(counts: dict[str, int]) -> Counts:
    return tuple(counts[name] for name in ("missing", "error", "confirm", "notice", "acknowledged"))


def in_conversation(answers: Answers, previous: Answers | None) -> Iterator[list[Counts]]:
    """What 核对, 完成, the tab of the findings and the review sheet tell."""
    sentences = open_library().sentences
    now = Talk(answers, previous)
    for line in ("/核对", "/完成"):
        yield (said := told(now.type(line)))
        shown = [each for each in now.turn.events if each.kind == "finding"]
        assert len(shown) == sum(said[0][1:]), "each of them is shown"
    draft = now.interview.draft
    tab = findings(draft, sentences)
    yield told("\n".join("".join(piece.text for piece in each.pieces) for each in tab))
    yield told("\n".join(str(cell) for row in review_rows(draft, sentences) for cell in row.cells))


def replayed(answers: Answers) -> Draft:
    """The draft of the file that holds these answers."""
    library = open_library()
    text = DecodedText(write_answers(answers), "utf-8", False)
    return make_draft(read_answers(text, Path("答案.yaml"), library), None, library.sentences)


@pytest.mark.parametrize("name", _SAMPLES)
def test_the_counts_of_a_sample_are_the_same_everywhere(
    name: str, here: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    copytree(SAMPLES / name, tmp_path / name)
    path, before = tmp_path / name / "answers.yaml", tmp_path / name / "previous.yaml"
    beside = ["--previous", before] if before.exists() else []
    (wanted,) = told(here("check", path, *beside).stdout)
    (result,) = json.loads(here("check", "--json", path, *beside).stdout)["files"]
    assert counted(result["counts"]) == wanted
    assert len(result["missing"]) == wanted[0]
    library = open_library()
    previous = load(before, library).answers if beside else None
    assert [*in_conversation(load(path, library).answers, previous)] == [[wanted]] * 4
    with closing(Session(library, path.parent, date(2026, 3, 1))) as session:
        recapped = _RECAPPED.findall(spoken(session.start(path)))
    assert recapped == [str(wanted[1])] * bool(wanted[1])


@settings(max_examples=20)
@given(SCRIPT)
def test_the_counts_are_the_same_everywhere_whatever_is_typed(lines: list[int | str]) -> None:
    now = Talk(answers_of({}))
    for each in lines:
        now.type(line_for(now.interview, each))
    wanted = counted(dict(now.interview.draft.counts))
    assert [*in_conversation(now.interview.answers, None)] == [[wanted]] * 4
    assert counted(dict(replayed(now.interview.answers).counts)) == wanted


def test_answers_that_do_not_apply_are_one_notice() -> None:
    group = {
        "leading_group": "未单独成立",
        "leading_group_head": "镇长",
        "leading_group_members": "3",
    }
    now = Talk(answers_of(group))
    idle = [each.sentence for each in now.interview.draft.findings if each.code == "F06"]
    assert len(idle) == 1
    assert "等2题现在不需要回答" in idle[0]


@pytest.mark.parametrize(("edition", "year"), [("beijing-2014", 2017), ("national-2021", 2025)])
@given(st.lists(HERE, min_size=1, max_size=40), st.integers(0, 240))
@settings(max_examples=25)
def test_every_answer_makes_what_is_left_smaller(
    edition: str, year: int, lines: list[int], begin: int
) -> None:
    form = open_library().edition(edition)
    now = Talk(Answers(form, year, {}))
    now.type(f"/跳到 {begin}")
    for each in lines:
        before, at = now.interview, now.at
        now.type(line_for(before, each))
        after = now.interview.answers
        is_new = at not in before.answers.given and at in after.given
        if is_new and {*after.asked} <= {*before.answers.asked}:
            then, left = left_of(before.answers), left_of(after)
            assert any(new < old for old, new in zip(then, left, strict=True)), at
            assert left.said(before.sentences) != then.said(before.sentences)


def test_questions_are_numbered_from_the_first_that_is_asked(tmp_path: Path) -> None:
    library = open_library()
    with closing(Session(library, tmp_path, date(2026, 3, 1))) as session:
        session.start()
        assert session.say("2025")[-1].title == "第1题"
        assert session.say("示例镇人民政府")[-1].title.startswith("第2题　")
        assert session.interview is not None
        for place, name in enumerate(session.interview.edition.asked, start=1):
            if session.interview.answers.applies(session.interview.edition.questions[name]):
                assert session.say(f"/跳到 {place}")[-1].title.startswith(f"第{place}题　")
                assert session.interview.at == name
        overview = spoken(each for each in session.say("/总览") if each.kind == "list")
        numbers = [int(each) for each in re.findall(r"^(\d+)\. ", overview, re.MULTILINE)]
        assert numbers[0] == 1
        assert numbers == sorted(numbers)
