"""The likely correction of a figure that breaks a rule."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Answers, with_rows
from assistant.checks.runner import run_checks
from assistant.dialog.interview.change_findings import in_order
from assistant.form.loader import open_library
from assistant.intents import read_typed
from assistant.messages.findings import Finding, Fix
from assistant.values import Refusal, Value, read
from tests.machines import Talk
from tests.strategies import answers as any_answers
from tests.test_claims import town

EDITION = open_library().edition("beijing-2014")
SENTENCES = open_library().sentences
LAW = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking 71 numbers takes minutes
)
SUMS = {
    check.total: check.parts
    for check in EDITION.checks
    if check.kind == "sum" and check.level == "error"
}
ROWS = {
    "normative": ("规范性文件", 22),
    "daily": ("业务动态", 112),
    "finance": ("财务公开", 11),
    "bodies": ("机构职能", 10),
}

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def judge(given: Answers) -> dict[str, Finding]:
    return {finding.key: finding for finding in run_checks(given, None, SENTENCES).findings}


def made(numbers: Mapping[str, Any], year: int = 2017) -> Answers:
    return Answers(EDITION, year, {name: Answer(value) for name, value in numbers.items()})


def proposals(finding: Finding) -> list[dict[str, str]]:
    return [dict(fix.changes) for fix in finding.fixes]


def applied(given: Answers, fix: Fix) -> Answers:
    """The answers with a proposal carried out, each number read as typed."""
    changed = dict(given.given)
    for cell, text in fix.changes.items():
        question = EDITION.questions[cell]
        if question.kind == "list":
            row = read_typed(question, text)
            assert isinstance(row, Answer), (text, row)
            made = read_typed(question, with_rows(question, given.given[cell], text, row))
            assume(not isinstance(made, Refusal) or made.code != "row_twice")  # in no file
            assert isinstance(made, Answer), (text, made)
            changed[cell] = made
            continue
        assert question.kind in ("count", "amount")
        value = read(text, question.kind, question.unit)
        assert isinstance(value, int | Decimal), (cell, text)
        changed[cell] = Answer(value)
    return Answers(EDITION, given.year, changed)


# --- the slips of the hand -----------------------------------------------------------------


def test_swapped_digits_are_proposed_first_and_on_both_sides_alike() -> None:
    found = judge(made({"active_normative_published": 154, "active_total": 145}))["R08"]
    assert {"active_normative_published": "145"} in proposals(found)[:2]
    assert {"active_total": "154"} in proposals(found)[:2]
    assert "数位颠倒" in found.fixes[0].sentence


def test_a_swapped_total_comes_before_a_changed_part() -> None:
    numbers = {"completed_total": 21, "completed_on_time": 10, "completed_extended": 2}
    found = judge(made(numbers))["R02"]
    assert proposals(found)[0] == {"completed_total": "12"}
    assert "21" in found.fixes[0].sentence
    assert "12" in found.fixes[0].sentence


@pytest.mark.parametrize(("typed", "true"), [(300, 30), (3, 30)])
def test_a_digit_too_many_or_too_few_is_recognised(typed: int, true: int) -> None:
    numbers = {"completed_total": typed, "completed_on_time": 28, "completed_extended": 2}
    found = judge(made(numbers))["R02"]
    assert {"completed_total": str(true)} in proposals(found)
    assert "错位" in found.fixes[proposals(found).index({"completed_total": str(true)})].sentence


def test_a_value_in_the_neighbouring_row_is_put_back() -> None:
    """A refusal for another legal reason was typed one row lower, under the next heading."""
    numbers: dict[str, object] = dict.fromkeys(
        (*SUMS["replied_total"], *SUMS["reply_refuse"], *SUMS["received_total"]), 0
    )
    numbers |= {
        "received_total": 4,
        "received_online": 4,
        "completed_total": 4,
        "completed_on_time": 4,
        "completed_extended": 0,
        "replied_total": 4,
        "reply_agree": 1,
        "reply_refuse": 3,
        "reply_not_this_agency": 3,
    }
    found = judge(made(numbers))
    assert {"R03", "R04"} <= set(found)
    for key in ("R03", "R04"):
        wanted = {"reply_not_this_agency": "0", "refuse_other_law": "3"}
        assert proposals(found[key])[0] == wanted, key
        sentence = found[key].fixes[0].sentence
        assert sentence.index("不属于本行政机关公开") < sentence.index("法律法规规定的其他情形")
        assert "填错了行" in sentence


def test_neighbours_of_different_units_are_never_exchanged() -> None:
    numbers = {"reading_points": 1, "staff_total": 0, "staff_full_time": 0, "staff_part_time": 1}
    found = judge(made(numbers))["R07"]
    assert {"staff_total": "1"} in proposals(found)
    assert not any("reading_points" in changes for changes in proposals(found))


@pytest.mark.parametrize(
    ("cell", "key", "typed", "true"),
    [("funding", "S18.funding", "125000", "12.5"), ("fees_collected", "S18.fees", "350", "0.035")],
)
def test_yuan_typed_into_a_cell_of_ten_thousand_yuan_is_recognised(
    cell: str, key: str, typed: str, true: str
) -> None:
    found = judge(made({cell: Decimal(typed)}))[key]
    assert {cell: true} in proposals(found)


def _with_rows(*names: str, total: int) -> Answers:
    rows = tuple(
        {"category": label, "count": count} for label, count in (ROWS[name] for name in names)
    )
    return made({"active_total": total, "categories": rows})


def test_a_list_row_too_many_is_named_and_no_number_changed_for_it() -> None:
    found = judge(_with_rows(*ROWS, total=145))["T02.categories"]
    assert "机构职能" in found.fixes[0].sentence
    assert "多列" in found.fixes[0].sentence
    assert proposals(found)[0] == {}
    assert {"active_total": "155"} in proposals(found)


def test_rows_that_explain_nothing_are_not_named() -> None:
    found = judge(_with_rows("normative", "daily", "finance", total=140))["T02.categories"]
    assert proposals(found) == [{"active_total": "145"}, {}]
    assert [dict(each) for each in found.choices[1:]] == [
        {"categories": row} for row in ("规范性文件 17", "业务动态 107", "财务公开 6")
    ]
    assert "之一可能多填了5" in found.fixes[1].sentence


def test_no_cell_is_said_to_hold_more_than_it_does() -> None:
    """Only the five online applications can be four too many."""
    parts = dict(zip(SUMS["received_total"], (2, 0, 5, 0), strict=True))
    found = judge(made({"received_total": 3, **parts}))["R01"]
    assert {"received_online": "1"} in proposals(found)
    assert not any("传真申请数" in fix.sentence for fix in found.fixes)


# --- choosing among corrections ------------------------------------------------------------


def test_corrections_of_equal_rank_are_all_named() -> None:
    numbers = {
        "received_total": 3,
        "received_in_person": 0,
        "received_fax": 0,
        "received_online": 0,
        "received_letter": 0,
        "completed_total": 3,
        "replied_total": 3,
    }
    found = judge(made(numbers))["R01"]
    assert len(found.fixes) == 1
    for part in SUMS["received_total"]:
        assert f"「{EDITION.name(part)}」" in found.fixes[0].sentence
    assert "少填了3" in found.fixes[0].sentence
    assert proposals(found) == [{}], "four readings are no single change"


def test_what_the_text_tells_decides_between_equal_corrections() -> None:
    numbers = {
        "received_total": 3,
        "received_in_person": 0,
        "received_fax": 0,
        "received_online": 0,
        "received_letter": 0,
        "completed_total": 3,
        "replied_total": 3,
        "own_3": "3件都是当面申请。",
    }
    assert proposals(judge(made(numbers))["R01"]) == [{"received_in_person": "3"}]


def test_a_correction_that_breaks_another_rule_gives_way_to_one_that_does_not() -> None:
    """Raising the total would contradict the applications completed and answered."""
    numbers = {
        "completed_total": 5,
        "completed_on_time": 3,
        "completed_extended": 0,
        "received_total": 5,
        "replied_total": 5,
        "reply_already_public": 0,
    }
    found = judge(made(numbers))["R02"]
    assert "completed_total" not in {cell for changes in proposals(found) for cell in changes}
    sentence = found.fixes[0].sentence
    assert EDITION.name("completed_on_time") in sentence or "completed_on_time" in str(
        proposals(found)
    )


def test_a_notice_proposes_slips_of_the_hand_and_nothing_else() -> None:
    assert judge(made({"completed_total": 2, "received_total": 3}))["S01"].fixes == ()
    found = judge(made({"completed_total": 21, "received_total": 12}))["S01"]
    assert {"completed_total": "12"} in proposals(found)


# --- laws ----------------------------------------------------------------------------------


def _composed(draw: st.DrawFn, total: int, parts: int) -> list[int]:
    """A total cut into parts."""
    cuts = sorted(draw(st.integers(0, total)) for _ in range(parts - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


@st.composite
def consistent(draw: st.DrawFn) -> Answers:
    """Answers that keep every error and confirm rule, as a careful office would give them."""
    numbers: dict[str, Value] = {
        item.id: 0 if item.kind == "count" else Decimal(0) for item in EDITION.indicators
    }
    requests = draw(st.integers(1, 400))
    totals = {
        "received_total": requests,
        "completed_total": requests,
        "replied_total": requests,
        "review_total": draw(st.integers(0, 5)),
        "litigation_total": draw(st.integers(0, 5)),
        "staff_total": draw(st.integers(1, 40)),
        "key_total": draw(st.integers(0, 99)),
    }
    keys = next(
        check.parts for check in EDITION.checks if check.key == "S05" and check.kind == "sum"
    )
    for total, parts in {**SUMS, "key_total": keys}.items():
        numbers[total] = totals.get(total, numbers[total])
        numbers |= zip(parts, _composed(draw, int(numbers[total]), len(parts)), strict=True)
    active = draw(st.integers(int(totals["key_total"]) + 1, 3000))
    published = draw(st.integers(1, active))
    numbers |= {
        "active_total": active,
        "active_normative_published": published,
        "active_normative_issued": published + draw(st.integers(0, 5)),
        "channel_website": active,
        "channel_wechat": draw(st.integers(0, active)),
        "meetings_held": draw(st.integers(0, 9)),
        "trainings_held": 4,
        "trainees": draw(st.integers(4, 300)),
        "funding": Decimal(draw(st.integers(0, 9999))) / 100,
    }
    return made(numbers)


def _held(given: Answers) -> set[str]:
    """Keys of the binding findings."""
    return {key for key, finding in judge(given).items() if finding.level != "notice"}


@given(consistent())
@LAW
def test_a_careful_office_breaks_no_binding_rule_over_figures(given: Answers) -> None:
    assert not {key for key in _held(given) if key[0] in "RLST"}


def _keeps_the_law(given: Answers) -> None:
    findings = judge(given)
    broken = {key for key, finding in findings.items() if finding.level != "notice"}
    for finding in findings.values():
        for fix in finding.fixes:
            assert fix.sentence
            assert not any(text.startswith("-") for text in fix.changes.values())
            if fix.changes:
                after = judge(applied(given, fix))
                assert finding.key not in after
                binding = {key for key, each in after.items() if each.level != "notice"}
                assert binding <= broken


@given(any_answers(EDITION, complete=False))
@settings(LAW, max_examples=25)
def test_a_correction_mends_its_rule_and_breaks_no_other_whatever_the_answers(
    given: Answers,
) -> None:
    _keeps_the_law(given)


@given(consistent(), st.data())
@LAW
def test_a_correction_of_one_wrong_cell_mends_its_rule_and_breaks_no_other(
    given: Answers, data: st.DataObject
) -> None:
    cell = data.draw(st.sampled_from([item.id for item in EDITION.indicators]))
    old = given.numbers[cell]
    new = data.draw(st.integers(0, 4000)) if isinstance(old, int) else old * 10_000
    told = f"收到申请{given.numbers['received_total']}件。"
    _keeps_the_law(made({**given.numbers, cell: new, "own_3": told}))


def _slipped(kind: str, value: int) -> int:
    if kind == "tenfold":
        return value * 10
    digits = str(value)
    return int(digits[:-2] + digits[-1] + digits[-2])


@pytest.mark.parametrize("kind", ["swapped", "tenfold"])
@given(given=consistent(), data=st.data())
@LAW
def test_the_true_total_is_proposed_after_a_slip_of_the_hand(
    kind: str, given: Answers, data: st.DataObject
) -> None:
    totals = ["received_total", "completed_total", "replied_total", "staff_total"]
    total = data.draw(st.sampled_from(totals))
    true = int(given.numbers[total])
    assume(true >= 10)
    wrong = _slipped(kind, true)
    assume(wrong != true and len(str(wrong)) >= len(str(true)))
    found = judge(made({**given.numbers, total: wrong}))
    keys = {check.key for check in EDITION.checks if getattr(check, "total", "") == total}
    for key in keys & set(found):
        assert {total: str(true)} in proposals(found[key])


@given(given=consistent(), data=st.data())
@settings(LAW, max_examples=25)
def test_the_true_part_is_named_unless_another_change_leaves_fewer_findings(
    given: Answers, data: st.DataObject
) -> None:
    total = data.draw(st.sampled_from(["received_total", "completed_total"]))
    part = data.draw(st.sampled_from(SUMS[total]))
    true = int(given.numbers[part])
    wrong = data.draw(st.integers(0, 500))
    assume(wrong != true)
    found = judge(made({**given.numbers, part: wrong}))
    key = next(check.key for check in EDITION.checks if getattr(check, "total", "") == total)
    said = [fix.sentence for fix in found[key].fixes]
    is_named = {part: str(true)} in proposals(found[key]) or any(
        EDITION.name(part) in sentence for sentence in said
    )
    better = [
        judge(
            made({**given.numbers, part: wrong, **{cell: int(new) for cell, new in each.items()}})
        )
        for each in proposals(found[key])
    ]
    assert is_named or any(len(left) < len(judge(given)) for left in better)


NATIONAL = open_library().edition("national-2021")
STOCKS = st.integers(0, 10_000)


def beside_last_year(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, Finding]:
    """The findings of this year's figures beside those of last year, by key."""
    this, last = (
        Answers(NATIONAL, year, {name: Answer(value) for name, value in numbers.items()})
        for year, numbers in ((2025, now), (2024, before))
    )
    return {finding.key: finding for finding in run_checks(this, last, SENTENCES).findings}


def choices(finding: Finding) -> list[dict[str, str]]:
    return [dict(choice) for fix in finding.fixes for choice in fix.choices]


@settings(LAW, max_examples=20)
@given(before=STOCKS, made=STOCKS, repealed=STOCKS, typed=STOCKS)
def test_a_stock_that_does_not_follow_from_last_year_has_the_one_that_does(
    before: int, made: int, repealed: int, typed: int
) -> None:
    due = before + made - repealed
    assume(due >= 0 and typed != due)
    now = {"norm_made": made, "norm_repealed": repealed, "norm_valid": typed}
    found = beside_last_year(now, {"norm_valid": before})
    finding = next(each for key, each in found.items() if key.startswith("L02"))
    assert finding.fixes
    for change in choices(finding):
        mended = {**now, **{cell: int(new) for cell, new in change.items()}}
        keys = beside_last_year(mended, {"norm_valid": before})
        assert not any(key.startswith("L02") for key in keys)


def test_the_stock_that_follows_is_among_the_corrections() -> None:
    now = {"norm_made": 3, "norm_repealed": 2, "norm_valid": 8}
    finding = next(
        each
        for key, each in beside_last_year(now, {"norm_valid": 8}).items()
        if key.startswith("L02")
    )
    assert {"norm_valid": "9"} in choices(finding)


def test_what_was_carried_over_is_proposed_as_last_year_has_it() -> None:
    found = beside_last_year({"carried_in.natural": 0}, {"carried_out.natural": 1})
    finding = next(each for key, each in found.items() if key.startswith("L01"))
    assert choices(finding) == [{"carried_in.natural": "1"}]


# --- own text whose numbers follow the table --------------------------------------------------

TOWN = town()
FOLLOWING = {
    "new_received.total": "全年新收申请{}件",
    "open.total": "予以公开{}件",
    "partial.total": "部分公开{}件",
    "unable_not_held.total": "本机关不掌握{}件",
    "deny_secret.total": "属于国家秘密的{}件",
    "carried_out.total": "结转下年度{}件",
}
"""Words that name a figure, for a text that has all its numbers from the table."""


def beside(text: str, changes: Mapping[str, int]) -> list[list[Mapping[str, str]]]:
    """The corrections of all findings of figures, beside an own text."""
    figures = {name: Answer(value) for name, value in changes.items()}
    given = {**TOWN.given, **figures, "own_requests": Answer(text)}
    outcomes = run_checks(replace(TOWN, given=given), TOWN, SENTENCES)
    assert all(each.verdict == "bound" for each in outcomes.accounts), text
    return [[*each.choices] for each in outcomes.findings if each.choices]


@given(
    st.lists(st.sampled_from(sorted(FOLLOWING)), min_size=1, max_size=4, unique=True),
    st.sampled_from(["new_received.natural", "open.natural", "unable_not_held.natural"]),
    st.integers(1, 9),
)
@LAW
def test_a_text_that_follows_the_table_hides_no_correction(
    told: list[str], cell: str, more: int
) -> None:
    changes = {cell: int(TOWN.numbers[cell]) + more}
    spoken = [FOLLOWING[name].format(f"{{{name}}}") for name in told]
    changed = "比上年增加{change:new_received.total}件" if "new_" in cell else "比上年有变化"
    text = "，".join([*spoken, changed]) + "。"
    found = beside(text, changes)
    assert found
    assert found == beside("另文说明。", changes)


def test_what_was_just_changed_comes_last_though_own_text_speaks_of_it() -> None:
    now = Talk(TOWN, None, "own_requests")
    now.type("全年新收申请{new_received.total}件，本机关不掌握{unable_not_held.total}件。")
    now.type("/改 unable_not_held.natural 3")
    (finding,) = [each for each in now.interview.findings if each.code == "R01"]
    first, *_, last = [dict(each) for each in in_order(now.interview, finding).choices]
    assert (first, last) == ({"new_received.natural": "10"}, {"unable_not_held.natural": "2"})


def test_a_text_that_names_a_figure_by_itself_still_bars_its_change() -> None:
    for text, is_free in (
        ("全年新收申请{new_received.total}件。", True),
        ("全年新收申请12件。", False),
    ):
        given = {**TOWN.given, "open.natural": Answer(6), "own_requests": Answer(text)}
        (found,) = [
            each
            for each in run_checks(replace(TOWN, given=given), None, SENTENCES).findings
            if each.code == "R01"
        ]
        assert ({"new_received.natural": "10"} in found.choices) == is_free
