"""References in own text: printed from figures, proved like them, and followed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import (
    Acknowledgement,
    Answer,
    Answers,
    FigureValues,
    ListRow,
    LoadedAnswers,
    load,
    printed_text,
    reference,
)
from assistant.answers.migrate import migrate
from assistant.checks.runner import run_checks
from assistant.claims.accounts import accounts_of
from assistant.claims.binding import bind
from assistant.export.formats.document_lines import Line
from assistant.export.proof import VerificationError, prove_report
from assistant.export.verify import compare
from assistant.report import Span
from assistant.report.draft import make_draft
from tests.conftest import SAMPLES
from tests.machines import Talk
from tests.test_claims import LIBRARY, town

BEFORE = replace(town(), given={**town().given, "new_received.natural": Answer(5)})
FIGURES = FigureValues(town(), BEFORE)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("收到申请{new_received.total}件。", "收到申请12件。"),
        ("{open.total+partial.total}件", "6件"),
        ("占{open.total/result_total.total}", "占45.45%"),
        ("占{open.total/result_total.total:1}", "占45.5%"),
        ("上年{last_year:new_received.total}件", "上年8件"),
        ("增加{change:new_received.total}件", "增加4件"),
        ("{{ 7*7 }}、{}、{甲}、{open.total", "{{ 7*7 }}、{}、{甲}、{open.total"),
        ("{no.cell}、{open.total*2}、{open.total/0}", "{no.cell}、{open.total*2}、{open.total/0}"),
    ],
)
def test_a_reference_prints_its_figure_and_anything_else_stands_as_typed(
    text: str, printed: str
) -> None:
    assert printed_text(text, FIGURES) == printed


PARTS = [
    *("{", "}", "{{", "}}", "[", "]", "+", "/", ":", "*", ".", " ", "\n", "1", "7*7", "件", "财务"),
    *(
        "last_year",
        "change",
        "open.total",
        "partial.total",
        "norm_repealed",
        "no.cell",
        "__class__",
    ),
]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_braces_of_any_make_lose_nothing_and_work_out_nothing(text: str) -> None:
    pieces = FIGURES.pieces(text)
    stretches = (r"\{[^{}]+\}" if e.reference else re.escape(e.text) for e in pieces)
    assert re.fullmatch("".join(stretches), text)
    printed = [each.text for each in pieces if each.reference]
    assert all(re.fullmatch(r"(?:[0-9]+(?:\.[0-9]+)?%?)?", each) for each in printed)


@pytest.mark.parametrize("slot", ["own_requests", "own_problems", "platform_counts"])
@pytest.mark.parametrize(
    "cell", ["no.cell", "open.total+no.cell", "categories[财务]", "received_total"]
)
def test_a_reference_to_an_unknown_figure_stands_as_typed_and_is_an_error(
    slot: str, cell: str
) -> None:
    text = f"公开{{open.total}}件、{{{cell}}}件"
    row: Mapping[str, str | int] = {"platform": text, "count": 3}
    answer = Answer((row,) if slot == "platform_counts" else f"{text}。")
    answers = replace(town(), given={**town().given, slot: answer})
    draft = make_draft(LoadedAnswers(answers, ()), None, LIBRARY.sentences)
    assert [b.text for b in draft.report.blocks if f"公开5件、{{{cell}}}件" in b.text]
    found = [e for e in draft.outcomes.findings if e.code == "T13" and slot in e.cells]
    assert [each.level for each in found] == ["error"]


def test_references_are_carried_to_another_form_as_written_and_said_where_it_has_no_such_figure(
    sample: Callable[[str], Answers],
) -> None:
    text = "收到申请{received_total}件，重点领域公开{key_total}条。"
    here = sample("township-2017-corrected")
    here = replace(here, given={**here.given, "own_3": Answer(text)})
    carried = migrate(here, LIBRARY.edition("national-2014"), LIBRARY.sentences).answers
    assert carried.value("own_3") == text
    outcomes = run_checks(carried, None, LIBRARY.sentences)
    found = [each for each in outcomes.findings if "own_3" in each.cells and each.is_open]
    assert [each.code for each in found] == ["T13"]
    assert "「key_total」表里没有" in found[0].sentence


@given(st.sampled_from(["", "last_year", "change"]), st.integers(1, 3), st.booleans())
def test_a_reference_is_read_as_it_was_written(how: str, size: int, is_share: bool) -> None:
    cells = ("open.total", "partial.total", "deny_law.total")[:size]
    share = "/result_total.total" if is_share and not how else ""
    text = f"{f'{how}:' if how else ''}{'+'.join(cells)}{share}"
    found = reference(text)
    assert found is not None
    assert str(found) == f"{{{text}}}"
    assert found.part == cells


def draft_with(text: str, **changes: int):
    given_ = {**town().given, **{name: Answer(value) for name, value in changes.items()}}
    answers = replace(town(), given={**given_, "own_requests": Answer(text)})
    return make_draft(LoadedAnswers(answers, ()), BEFORE, LIBRARY.sentences)


def test_the_report_prints_and_proves_the_figures_of_own_text() -> None:
    text = (
        "收到申请{new_received.total}件，予以公开和部分公开{open.total+partial.total}件，"
        "占{open.total/result_total.total}。"
    )
    for draft in (draft_with(text), draft_with(text, **{"open.natural": 4})):
        prove_report(draft.report, draft.answers, BEFORE)
    printed = [block.text for block in draft.report.blocks if "予以公开和部分公开" in block.text]
    assert printed == ["收到申请12件，予以公开和部分公开5件，占40.00%。"]
    spans = {span.id for span in draft.report.spans() if span.kind == "figure"}
    assert {"new_received.total", "open.total+partial.total"} <= spans


def test_what_agrees_for_certain_is_bound_and_nothing_is_changed_by_it() -> None:
    text = "收到申请12件，予以公开5件，占45.45%，走访群众12次，主动公开信息五百二十条。"
    bound = bind(town(), BEFORE, "own_requests", text)
    assert bound.startswith("收到申请{new_received.total}件，予以公开{open.total}件，占{")
    assert "走访群众12次" in bound
    assert "五百二十条" in bound
    assert printed_text(bound, FIGURES) == text
    assert bind(town(), BEFORE, "own_requests", bound) == bound


def test_the_conversation_binds_asks_once_and_says_what_follows() -> None:
    now = Talk(town(), None, "own_requests")
    said = now.type("收到申请12件，走访群众7次。召开发布会3场，发放折页500份。")
    assert "12件＝「新收政府信息公开申请·总计」" in said
    assert "7次" in said
    assert "500份" in said
    now.type("")
    stored = now.interview.answers.given["own_requests"].value
    assert str(stored).startswith("收到申请{new_received.total}件，走访群众7次。")
    assert not still_open(now)
    assert "收到申请13件，走访群众7次。" in now.type("/改 新收政府信息公开申请自然人 10")
    assert not still_open(now), "the sentence as written has not changed"


def still_open(now: Talk) -> list[str]:
    return [each.key for each in now.interview.findings if each.code == "T12" and each.is_open]


@pytest.mark.parametrize(
    ("before", "after", "verdicts"),
    [
        ("未发生行政诉讼。", "发生行政诉讼。", {"contradicts"}),
        ("", "收到申请12件。", set()),
        ("", "收到申请15件。", {"contradicts"}),
        ("", "走访群众13次。", {"unknown"}),
        ("", "全年未收到申请。", {"contradicts"}),
    ],
)
def test_a_sentence_that_people_wrote_into_a_document_is_read(
    before: str, after: str, verdicts: set[str]
) -> None:
    answers = replace(
        town(),
        given={
            **town().given,
            "suit_direct.upheld": Answer(0),
            "suit_after_review.upheld": Answer(0),
        },
    )
    lines = [Line((Span("plain", before or "一、总体情况"),))]
    found = compare(
        lines,
        [*([] if before else ["一、总体情况"]), after],
        answers,
    )
    assert {each.verdict for each in found.differences} == verdicts


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("申请12件，增加4件。", "申请{new_received.total}件，增加{change:new_received.total}件。"),
        ("收到申请比上年增长50.0%。", "收到申请比上年增长{rate:new_received.total}。"),
        ("收到申请同比增加4件。", "收到申请同比增加{change:new_received.total}件。"),
        ("收到申请12件，比上年减少4件。", "收到申请{new_received.total}件，比上年减少4件。"),
        ("收到申请12件，比上年增加3件。", "收到申请{new_received.total}件，比上年增加3件。"),
        ("收到申请12件，比上年增加近4件。", "收到申请{new_received.total}件，比上年增加近4件。"),
        ("收到申请12件，热线工单增加4件。", "收到申请{new_received.total}件，热线工单增加4件。"),
        ("收到申请比2024年增加4件。", "收到申请比2024年增加{change:new_received.total}件。"),
        ("收到申请比2023年增加4件。", "收到申请比2023年增加4件。"),
        ("上年收到申请8件。", "上年收到申请{last_year:new_received.total}件。"),
        ("上年收到申请9件。", "上年收到申请9件。"),
        ("2023年收到申请8件。", "2023年收到申请8件。"),
        (
            "申请由去年的8件增加到12件。",
            "申请由去年的{last_year:new_received.total}件增加到{new_received.total}件。",
        ),
    ],
)
def test_what_is_told_of_last_year_is_bound_where_number_and_direction_are_those_of_the_years(
    text: str, bound: str
) -> None:
    assert bind(town(), BEFORE, "own_requests", text) == bound
    without = bind(town(), None, "own_requests", text)
    assert not re.search("change:|rate:|last_year:", without)


@pytest.mark.parametrize(
    "compared", ["比上年", "较2024年", "与上年相比", "比去年同期", "同比", "较上年度"]
)
def test_a_comparison_with_last_year_silences_nothing_behind_it(compared: str) -> None:
    found = accounts_of(
        town(), {"own_requests": f"收到申请12件，{compared}增加4件，予以公开6件。"}, previous=BEFORE
    )
    assert [each.verdict for each in found] == ["agrees", "agrees", "contradicts"]
    of_last_year = accounts_of(town(), {"own_requests": "去年收到申请8件，予以公开6件。"})
    assert {each.verdict for each in of_last_year} == {"open"}


def test_a_change_that_differs_is_asked_about_with_what_the_years_say() -> None:
    now = Talk(town(), replace(BEFORE, year=2024), "own_requests")
    said = now.type("收到申请12件，比上年增加3件。")
    assert "比上年增加的「新收政府信息公开申请·总计」" in said
    assert "4件" in said
    now.type("a")
    stored = now.interview.answers.given["own_requests"].value
    assert str(stored).endswith("比上年增加{change:new_received.total}件。")


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["增加", "上升", "减少", "下降", "少"]),
    st.sampled_from(["change", "rate"]),
)
def test_words_for_a_change_that_go_the_other_way_than_its_figure_are_an_error(
    now: int, before: int, word: str, how: str
) -> None:
    text = f"收到申请比上年{word}{{{how}:new_received.natural}}。"
    answers = replace(
        town(),
        given={
            **town().given,
            "new_received.natural": Answer(now),
            "own_requests": Answer(text),
        },
    )
    last = replace(town(), given={**town().given, "new_received.natural": Answer(before)})
    found = [e for e in run_checks(answers, last, LIBRARY.sentences).findings if e.code == "T14"]
    is_said_up = word in ("增加", "上升")
    is_true = now > before if is_said_up else now < before
    is_printed = how == "change" or before > 0
    assert len(found) == (is_printed and not is_true)
    assert all(each.is_open and each.level == "error" for each in found)


def test_last_years_words_for_a_change_are_an_error_once_it_turns() -> None:
    text = "收到申请{new_received.total}件，比上年增加{change:new_received.total}件。"
    for natural, codes in ((9, []), (3, ["T14"]), (5, ["T14"])):
        outcomes = draft_with(text, **{"new_received.natural": natural}).outcomes
        found = [each for each in outcomes.findings if "own_requests" in each.cells]
        assert [each.code for each in found if each.is_open] == codes


ROWS = ("财务", "公告", "甲+乙", "甲[乙]", "规划：总体", "长" * 70)


def with_rows(rows: Mapping[str, int], answers: Answers | None = None, **given_: Answer) -> Answers:
    listed: tuple[ListRow, ...] = tuple({"category": e, "count": n} for e, n in rows.items())
    answers = answers or town()
    return replace(answers, given={**answers.given, "categories": Answer(listed), **given_})


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_any_name_is_printed_wherever_it_is_bound(row: str) -> None:
    answers = with_rows({row: 17})
    bound = bind(answers, None, "own_active", f"{row}17条。")
    assert printed_text(bound, FigureValues(answers)) == f"{row}17条。"


def judged(answers: Answers):
    return make_draft(LoadedAnswers(answers, ()), None, LIBRARY.sentences)


@pytest.mark.parametrize("slot", ["own_active", "active.published", "problems"])
def test_a_reference_to_a_row_that_is_gone_is_an_error_named_by_its_place(slot: str) -> None:
    text = "公开财务信息{categories[财务]}条。"
    value = ({"problem": text, "measure": "改进"},) if slot == "problems" else text
    gone = with_rows({"公告": 17}, None, **{slot: Answer(value)})
    key = f"T13.{slot}"
    reasons = {name: Acknowledgement("本单位自己的", {slot: text}) for name in (key, f"T12.{slot}")}
    for answers in (gone, replace(gone, acknowledged=reasons)):
        (found,) = [each for each in judged(answers).findings if each.key == key]
        assert (found.level, found.is_open, found.reason) == ("error", True, "")
        assert "「主动公开信息分类·财务」表里没有" in found.sentence
        assert "categories" not in found.sentence + found.excerpt + found.arithmetic
    there = with_rows({"财务": 17}, None, **{slot: Answer(value)})
    assert not [each for each in judged(there).findings if each.code == "T13"]


@pytest.mark.parametrize(
    ("answer", "is_told"),
    [
        (Answer(None, "none"), True),
        (None, True),
        (Answer(2), False),
        (Answer(None, "absent"), False),
    ],
)
def test_a_reference_to_a_number_that_nobody_will_give_is_an_error(
    answer: Answer | None, is_told: bool
) -> None:
    text = Answer("发布解读{interpretations}篇。")
    told = {} if answer is None else {"interpretations": answer}
    draft = judged(replace(town(), given={**town().given, **told, "own_oversight": text}))
    assert ("T13" in [each.code for each in draft.findings]) == is_told


@pytest.mark.parametrize("text", ["财务{categories[财务]}条。", "解读{interpretations}篇。"])
def test_no_final_report_is_proved_with_a_reference_left_in_it(text: str) -> None:
    draft = judged(with_rows({"公告": 17}, own_active=Answer(text)))
    final = draft.report._replace(is_draft=False)
    prove_report(draft.report, draft.answers, None)
    with pytest.raises(VerificationError):
        prove_report(final, draft.answers, None)


TEXTS = ("own_active", "active.published", "own_platforms")


@given(
    st.lists(st.sampled_from(ROWS), min_size=1, unique=True),
    st.sets(st.sampled_from(ROWS)),
    st.sampled_from(TEXTS),
    st.booleans(),
)
def test_whatever_rows_are_removed_no_final_report_holds_a_reference(
    rows: list[str], kept: set[str], slot: str, is_renamed: bool
) -> None:
    full = with_rows({row: 21 + at for at, row in enumerate(rows)}, complete())
    text = "，".join(f"{row}{21 + at}条" for at, row in enumerate(rows))
    bound = Answer(bind(full, None, slot, f"主动公开信息520条，{text}。"))
    left = {
        row if row in kept else f"新{row}": 21 + at
        for at, row in enumerate(rows)
        if row in kept or is_renamed
    }
    draft = judged(excused(with_rows(left, complete(), **{slot: bound})))
    final = draft.report._replace(is_draft=False)
    is_told = any(each.code == "T13" for each in draft.findings)
    assert is_told == any("{categories" in block.text for block in final.blocks)
    assert draft.report.is_draft == any(each.is_open for each in draft.findings) >= is_told
    if is_told:
        with pytest.raises(VerificationError):
            prove_report(final, draft.answers, None)
    else:
        prove_report(final, draft.answers, None)


@lru_cache(maxsize=1)
def complete() -> Answers:
    """The answers of a report that is finished."""
    return load(SAMPLES / "bureau-2025-typical" / "answers.yaml", LIBRARY).answers


def excused(answers: Answers) -> Answers:
    """The same with a reason for all that one is wanted for."""
    wanted = [each for each in judged(answers).findings if each.wants_reason]
    reasons = {each.key: Acknowledgement("本单位自己的", each.values) for each in wanted}
    return replace(answers, acknowledged={**answers.acknowledged, **reasons})
