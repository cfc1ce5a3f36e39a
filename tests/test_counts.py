"""The number of findings is one number, wherever it is told."""

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

from assistant.answers import Answers, load, read_answers, write_answers
from assistant.dialog.session import Session
from assistant.export.formats.review_sheet import review_rows
from assistant.form.loader import open_library
from assistant.report.draft import Draft, make_draft
from assistant.storage.disk import DecodedText
from assistant.ui.tui.preview_tabs import findings
from tests.conftest import SAMPLES
from tests.machines import SCRIPT, Talk, answers_of, line_for, spoken

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
