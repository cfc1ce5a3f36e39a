"""Laws that hold for the report of any answers: text = table = figures, in clean Chinese."""

import dataclasses
import re
import unicodedata
from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answers
from assistant.export.proof import VerificationError, prove_report
from assistant.form.loader import open_library
from assistant.report import Block, Report, Span, make_report
from assistant.values import find_numbers
from tests.strategies import EDITIONS, WHOLE_FILES, answers

KINDS_WITH_NUMBERS = {"figure", "legal", "contact", "own", "form", "gap"}
OF_PEOPLE = {"own", "contact"}
MEASURES = "[件条次篇个项份起场期部名宗元]|人次|人(?!员|民)|万元"
NUMERAL = re.compile(rf"(?!万元)[零〇一二两三四五六七八九十百千万亿]+(?:{MEASURES})")
DOUBLED = re.compile(r"[，。；、：！？]\s*[，。；、：！？]|（）|《》|【】")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff，。；：、（）《》][,;:()?!.]|[,;:()?!][\u4e00-\u9fff]")
SPACED = re.compile(r"[\u4e00-\u9fff，。；：、（）《》]\s+[\u4e00-\u9fff，。；：、（）《》]")
CLOSING = tuple("。！？")


class Drawn(NamedTuple):
    """Answers to any form, with last year's or without, and their report."""

    report: Report
    now: Answers
    before: Answers | None
    is_draft: bool


def narrative(report: Report) -> list[Span]:
    return [span for block in report.blocks for span in block.spans]


def spoken(block: Block) -> str:
    """A paragraph with every word of people's own replaced by one letter."""
    return "".join("某" if span.kind in OF_PEOPLE else span.text for span in block.spans)


def every_number_stands_in_a_span_that_names_its_source(drawn: Drawn, data: st.DataObject) -> None:
    report = drawn.report
    for span in report.spans():
        if any(unicodedata.category(character) == "Nd" for character in span.text):
            assert span.kind in KINDS_WITH_NUMBERS, span
        if span.kind in ("figure", "gap", "contact", "own", "whole"):
            assert span.id, span
        if span.kind in ("plain", "whole"):
            assert not NUMERAL.search(span.text), span
            assert not find_numbers(span.text), span


def a_figure_prints_the_same_wherever_it_stands(drawn: Drawn, data: st.DataObject) -> None:
    report, now = drawn.report, drawn.now
    prints: dict[str, set[str]] = {}
    for span in report.figures():
        prints.setdefault(span.id, set()).add(span.text)
    assert {name: texts for name, texts in prints.items() if len(texts) > 1} == {}
    for cell in (cell for table in report.tables for row in table.rows for cell in row.cells):
        if cell.id in now.numbers:
            assert {cell.text} == prints[cell.id]


def every_number_that_is_not_zero_is_told_exactly_once(drawn: Drawn, data: st.DataObject) -> None:
    report, now = drawn.report, drawn.now
    told = Counter(span.id for span in narrative(report) if span.kind in ("figure", "whole"))
    for item in now.edition.cells.values():
        if now.numbers.get(item.id) and not item.table_only:
            ways = (item.id, f"{item.id}.in_yuan", f"{item.id}.in_myriads")
            assert sum(told[way] for way in ways) == 1, item.id


def the_proof_of_any_report_succeeds(drawn: Drawn, data: st.DataObject) -> None:
    report, now, before = drawn.report, drawn.now, drawn.before
    prove_report(report, now, before)


def any_one_altered_print_is_disproved(drawn: Drawn, data: st.DataObject) -> None:
    report, now, before = drawn.report, drawn.now, drawn.before
    places = [
        (at, block, position)
        for at, block in enumerate(report.parts)
        if isinstance(block, Block)
        for position, span in enumerate(block.spans)
        if span.kind == "figure"
    ]
    at, block, position = data.draw(st.sampled_from(places))
    span = block.spans[position]
    other = data.draw(st.sampled_from([span.text + "1", "9" + span.text, "百"]))
    spans = (*block.spans[:position], span._replace(text=other), *block.spans[position + 1 :])
    parts = (*report.parts[:at], block._replace(spans=spans), *report.parts[at + 1 :])
    with pytest.raises(VerificationError):
        prove_report(report._replace(parts=parts), now, before)


def any_one_altered_cell_is_disproved(drawn: Drawn, data: st.DataObject) -> None:
    report, now, before = drawn.report, drawn.now, drawn.before
    places = [
        (table, at, cell)
        for table in report.tables
        for at, row in enumerate(table.rows)
        for cell in row.cells
        if cell.kind == "figure"
    ]
    if not places:
        return
    table, at, cell = data.draw(st.sampled_from(places))
    others = st.sampled_from([cell._replace(text=cell.text + "1"), Span("gap", "待补充", cell.id)])
    other = data.draw(others)
    rows = list(table.rows)
    cells = tuple(other if each is cell else each for each in rows[at].cells)
    rows[at] = rows[at]._replace(cells=cells)
    changed = table._replace(rows=tuple(rows))
    parts = tuple(changed if part is table else part for part in report.parts)
    with pytest.raises(VerificationError):
        prove_report(report._replace(parts=parts), now, before)


def template_text_is_punctuated_as_chinese_is(drawn: Drawn, data: st.DataObject) -> None:
    report = drawn.report
    for block in report.blocks:
        text = spoken(block)
        assert not DOUBLED.search(text), text
        assert not HALF_WIDTH.search(text), text
        assert not SPACED.search(text), text
        assert text.strip() == text, text
        if block.kind == "paragraph" and block.spans[-1].kind not in OF_PEOPLE:
            assert text.endswith(CLOSING), text


def the_same_answers_give_equal_reports(drawn: Drawn, data: st.DataObject) -> None:
    report, now = drawn.report, drawn.now
    again = dataclasses.replace(now, given=dict(now.given))
    assert (
        make_report(again, drawn.before, open_library().sentences, is_draft=drawn.is_draft)
        == report
    )


def a_complete_report_has_no_gap_and_a_gap_names_what_is_missing(
    drawn: Drawn, data: st.DataObject
) -> None:
    report, now = drawn.report, drawn.now
    gaps = [span for span in narrative(report) if span.kind == "gap"]
    assert drawn.is_draft or not gaps
    for span in gaps:
        owner = now.edition.owner(span.id)
        assert now.value(owner) is None, span
        assert owner not in now.numbers, span
        assert now.edition.name(owner) in span.text


LAWS = (
    every_number_stands_in_a_span_that_names_its_source,
    a_figure_prints_the_same_wherever_it_stands,
    every_number_that_is_not_zero_is_told_exactly_once,
    the_proof_of_any_report_succeeds,
    any_one_altered_print_is_disproved,
    any_one_altered_cell_is_disproved,
    template_text_is_punctuated_as_chinese_is,
    the_same_answers_give_equal_reports,
    a_complete_report_has_no_gap_and_a_gap_names_what_is_missing,
)


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@settings(WHOLE_FILES, max_examples=40)
@given(data=st.data())
def test_every_law_holds_for_the_report_of_any_answers(complete: bool, data: st.DataObject) -> None:
    """Drawing the answers of a whole file takes longer than all laws together."""
    edition = data.draw(st.sampled_from(EDITIONS), label="edition")
    now = data.draw(answers(edition, complete=complete))
    before = data.draw(st.none() | answers(edition, complete=complete))
    report = make_report(now, before, open_library().sentences, is_draft=not complete)
    for law in LAWS:
        law(Drawn(report, now, before, not complete), data)
