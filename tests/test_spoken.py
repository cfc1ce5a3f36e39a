"""What running text calls the cells of the form of 2021, and what it counts together."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answers import Answer, Answers, LoadedAnswers, load, read_answers
from assistant.checks.runner import run_checks
from assistant.form.loader import open_library
from assistant.messages.findings import Finding
from assistant.report.draft import make_draft
from assistant.storage.disk import DecodedText
from tests.conftest import SAMPLES
from tests.data.cases import cases

SAMPLE = SAMPLES / "bureau-2025-typical" / "answers.yaml"
SHELF = open_library()
COMPARED = ("T01", "T02", "T03", "T04", "T10", "T11")


def answers_with(text: str = "") -> Answers:
    """A bureau's answers, with one piece of own text or none."""
    lines = [line for line in SAMPLE.read_text("utf-8").splitlines() if "own_" not in line]
    lines += [f"  own_requests: {text}"] if text else []
    source = DecodedText("\n".join(lines) + "\n", "utf-8", has_mark=False)
    return read_answers(source, SAMPLE, SHELF).answers


def found_in(text: str) -> list[Finding]:
    """What is said of figures in own text beside those answers."""
    found = run_checks(answers_with(text), None, SHELF.sentences).findings
    return [each for each in found if each.code in ("T01", "T04", "T10")]


NUMBERS = {name: str(value) for name, value in answers_with().numbers.items()}


@pytest.mark.parametrize(
    ("words", "cell"),
    cases("spoken_cells"),
)
def test_a_figure_is_compared_however_the_text_calls_it(words: str, cell: str) -> None:
    right = NUMBERS[cell]
    assert found_in(words.format(right) + "。") == []
    wrong = str(int(float(right)) + 7)
    assert [each.cells for each in found_in(words.format(wrong) + "。")] == [("own_requests", cell)]


def test_several_cells_count_together() -> None:
    cells = ("suit_direct.total", "suit_after_review.total")
    whole = sum(int(NUMBERS[cell]) for cell in cells)
    assert found_in(f"行政诉讼{whole}件。") == []
    (finding,) = found_in(f"行政诉讼{whole + 1}件。")
    assert finding.cells == ("own_requests", *cells)
    assert f"合计是{whole}件" in finding.sentence


def test_two_figures_of_one_clause_are_compared_each() -> None:
    licences, penalties = NUMBERS["licence_decisions"], NUMBERS["penalty_decisions"]
    text = f"本局全年办理行政许可{licences}件、行政处罚{int(penalties) + 1}件。"
    assert [each.cells[-1] for each in found_in(text)] == ["penalty_decisions"]
    text = f"本局全年办理行政许可{int(licences) + 1}件、行政处罚{penalties}件。"
    assert [each.cells[-1] for each in found_in(text)] == ["licence_decisions"]


@pytest.mark.parametrize(
    "folder", sorted(SAMPLES.glob("*/answers.yaml")), ids=lambda p: p.parent.name
)
def test_what_the_narrative_says_is_doubted_by_no_rule_for_own_text(folder: Path) -> None:
    answers = load(folder, SHELF).answers
    slot = next(f.id for f in answers.edition.facts if f.span == "own" and f.kind == "text")
    made = make_draft(LoadedAnswers(answers, ()), None, SHELF.sentences)
    for block in made.report.blocks:
        if block.kind != "paragraph" or any(span.kind == "own" for span in block.spans):
            continue
        text = "".join(span.text for span in block.spans)
        told = replace(answers, given={**answers.given, slot: Answer(text)})
        found = run_checks(told, None, SHELF.sentences).findings
        about = [each for each in found if each.cells[:1] == (slot,) and each.code in COMPARED]
        assert not about, text


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("没有结转下年度的申请。", ["carried_out.total"]),
        ("全年零复议、零诉讼。", ["review.total", "suit_direct.total", "suit_after_review.total"]),
        ("未制发规范性文件。", ["norm_made"]),
        ("未作出行政处罚决定。", ["penalty_decisions"]),
        ("本年度没有收到企业的申请。", ["new_received.biz"]),
        ("没有因政府信息公开被申请行政复议。", ["review.total"]),
    ],
)
def test_what_is_denied_in_other_words_is_compared(text: str, cells: list[str]) -> None:
    counted = [cell for cell in cells if NUMBERS[cell] != "0"]
    assert [each.cells[-1] for each in found_in(text)] == counted
    assert counted or text.startswith("本年度没有收到企业"), "the sample has something to deny"


def test_all_are_done_only_where_none_is_carried_on() -> None:
    left = NUMBERS["carried_out.total"]
    found = run_checks(answers_with("所有申请均已办结。"), None, SHELF.sentences).findings
    shown = [each.arithmetic for each in found if each.code == "T10"]
    assert left != "0", "the sample has something to carry on"
    assert shown == [f"0件≠{left}件"]
