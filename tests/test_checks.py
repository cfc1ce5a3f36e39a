"""Rules over figures: what they say, when they wait, and which reasons excuse them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assistant.answers import Acknowledgement, Answer, Answers
from assistant.checks.runner import Outcome, Outcomes, run_checks
from assistant.form.loader import open_library
from assistant.form.model import Check, Edition, Indicator
from assistant.messages import Sentences
from assistant.report.draft import ON_REPORT
from tests.strategies import answers as any_answers

EDITION = open_library().edition("beijing-2014")
FACTS = {fact.id: fact for fact in EDITION.facts}
BODY_KINDS = {option.id: option for option in FACTS["body_kind"].options}
SENTENCES = open_library().sentences
LAW = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking 71 numbers takes minutes
)

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def judge(
    numbers: Mapping[str, object], *checks: Check, year: int = 2017, **options: Any
) -> Outcomes:
    """Run some checks, or all of the edition, over given numbers."""
    edition = EDITION
    if checks:
        edition = replace(EDITION, checks=checks)
    answers = _answers(edition, year, numbers, options.get("acknowledged"))
    before = options.get("previous")
    previous = None if before is None else _answers(edition, year - 1, before, None)
    return run_checks(answers, previous, SENTENCES)


def _answers(edition: Edition, year: int, numbers: Mapping[str, Any], reasons: Any) -> Answers:
    given = {name: Answer(value) for name, value in numbers.items()}
    return Answers(edition, year, given, reasons or {})


def check(kind: str, **parts: object) -> Check:
    """A check of its own; `check("sum", total="x", parts=["y"])`."""
    example: dict[str, object] = {"answers": {}}
    entry = {
        "code": "R99",
        "level": "error",
        "source": {"basis": "form", "text": "表"},
        "passes": example,
        "fails": example,
        "kind": kind,
    }
    return TypeAdapter(Check).validate_python(entry | parts)


# --- every kind ---------------------------------------------------------------------------

SUM = {
    "total": "completed_total",
    "parts": ["completed_on_time", "completed_extended"],
}
COMPARED = {
    "left": ["completed_on_time", "completed_extended"],
    "right": ["completed_total"],
}
NEEDED = {
    "when": ["completed_total>0", "completed_total=replied_total"],
    "then": ["completed_on_time>0", "completed_extended=0"],
    "say": "请核对。",
}


def cells(total: int, on_time: int, extended: int, **more: int) -> dict[str, int]:
    return {
        "completed_total": total,
        "completed_on_time": on_time,
        "completed_extended": extended,
        **more,
    }


@pytest.mark.parametrize(
    ("kind", "parts", "numbers", "arithmetic"),
    [
        ("sum", SUM, cells(3, 2, 1), None),
        ("sum", SUM, cells(3, 2, 2), "2+2=4≠3"),
        ("sum", SUM, cells(3, 0, 0), "0+0=0≠3"),
        ("balance", COMPARED, cells(3, 2, 1), None),
        ("balance", COMPARED, cells(3, 2, 2), "2+2=4≠3"),
        ("at_most", COMPARED, cells(4, 2, 2), None),
        ("at_most", COMPARED, cells(3, 2, 2), "2+2=4>3"),
        ("at_least", COMPARED, cells(4, 2, 2), None),
        ("at_least", COMPARED, cells(5, 2, 2), "2+2=4<5"),
        ("at_most", {"left": ["completed_total"], "right": ["10"]}, cells(10, 0, 0), None),
        ("at_most", {"left": ["completed_total"], "right": ["10"]}, cells(11, 0, 0), "11>10"),
        ("at_least", {"left": ["completed_total"], "right": ["1"]}, cells(0, 0, 0), "0<1"),
        ("needs", NEEDED, cells(0, 0, 9, replied_total=0), None),
        ("needs", NEEDED, cells(3, 0, 9, replied_total=2), None),
        ("needs", NEEDED, cells(3, 1, 9, replied_total=3), None),
        ("needs", NEEDED, cells(3, 0, 0, replied_total=3), None),
        ("needs", NEEDED, cells(3, 0, 9, replied_total=3), ""),
    ],
)
def test_each_kind_holds_or_fails_with_its_arithmetic(
    kind: str, parts: dict[str, object], numbers: dict[str, int], arithmetic: str | None
) -> None:
    outcomes = judge(numbers, check(kind, **parts))
    assert [finding.arithmetic for finding in outcomes.findings] == (
        [] if arithmetic is None else [arithmetic]
    )
    assert outcomes.by_check == {"R99": "passed" if arithmetic is None else "failed"}


@pytest.mark.parametrize(
    ("year", "outcome"), [(2014, "passed"), (2017, "passed"), (2018, "failed")]
)
def test_a_condition_may_be_the_report_year(year: int, outcome: str) -> None:
    rule = check("needs", when=["year>=2018"], then=["completed_total=0"], say="请核对。")
    assert judge({"completed_total": 1}, rule, year=year).by_check["R99"] == outcome


@pytest.mark.parametrize(
    ("chosen", "outcome"), [("town", "failed"), ("street", "passed"), (None, "waiting")]
)
def test_a_condition_may_be_the_kind_of_body(chosen: str | None, outcome: str) -> None:
    rule = check("needs", when=["body_kind=town"], then=["completed_total=0"], say="请核对。")
    kind = {} if chosen is None else {"body_kind": BODY_KINDS[chosen]}
    assert judge({"completed_total": 1, **kind}, rule).by_check["R99"] == outcome


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [
        (36, 3, "36-3=33"),
        (3, 36, "36-3=33"),
        (14, 0, "14-0=14"),
        (10, 0, None),  # within the floor
        (150, 100, None),  # exactly the ratio
        (151, 100, "151-100=51"),
        (100, 100, None),
    ],
)
def test_a_change_is_unusual_beyond_ratio_and_floor(now: int, before: int, shown: str) -> None:
    rule = check("unusual", level="notice", cells=["active_total"], ratio="0.5", floor=10)
    outcomes = judge({"active_total": now}, rule, previous={"active_total": before})
    assert [finding.arithmetic for finding in outcomes.findings] == ([shown] if shown else [])
    assert [finding.key for finding in outcomes.findings] == (["R99.active_total"] * bool(shown))


def test_without_last_years_file_or_figure_a_comparison_waits() -> None:
    rule = check("unusual", level="notice", cells=["active_total"], ratio="0.5", floor=10)
    assert judge({"active_total": 9}, rule).by_check["R99"] == "waiting"
    assert judge({"active_total": 9}, rule, previous={}).by_check["R99"] == "waiting"
    assert judge({}, rule, previous={"active_total": 9}).by_check["R99"] == "waiting"


@pytest.mark.parametrize("missing", ["completed_total", "completed_on_time", "completed_extended"])
@pytest.mark.parametrize(
    ("kind", "parts"),
    [("sum", SUM), ("balance", COMPARED), ("at_most", COMPARED), ("at_least", COMPARED)],
)
def test_a_missing_operand_makes_a_rule_wait_or_counts_as_zero_as_the_rule_says(
    kind: str, parts: dict[str, object], missing: str
) -> None:
    numbers = cells(5, 2, 2)
    del numbers[missing]
    assert judge(numbers, check(kind, **parts)).by_check == {"R99": "waiting"}
    lenient = judge(numbers, check(kind, on_missing="fail", **parts))
    as_zero = judge({**numbers, missing: 0}, check(kind, **parts))
    assert lenient.by_check == as_zero.by_check
    assert [finding.arithmetic for finding in lenient.findings] == [
        finding.arithmetic for finding in as_zero.findings
    ]


def test_a_condition_waits_only_while_its_outcome_hangs_on_what_is_missing() -> None:
    rule = check("needs", **NEEDED)
    assert judge({"completed_total": 0}, rule).by_check["R99"] == "passed"
    assert judge({"completed_on_time": 1}, rule).by_check["R99"] == "passed"
    assert judge(cells(3, 0, 9), rule).by_check["R99"] == "waiting"
    assert judge({"completed_total": 3, "replied_total": 3}, rule).by_check["R99"] == "waiting"


def test_missing_and_provisional_answers_are_found_one_by_one() -> None:
    given = {
        "active_total": Answer(None, "absent", "财政所下周给数"),
        "key_total": Answer(11, "provisional", "等核对"),
        "funding": Answer(Decimal("0.5")),
    }
    outcomes = run_checks(Answers(EDITION, 2017, given), None, SENTENCES)
    found = {finding.key: finding for finding in outcomes.findings}
    assert found["M01.active_total"].level == "error"
    assert "财政所下周给数" in found["M01.active_total"].sentence
    assert "M01.received_total" in found
    assert "M01.funding" not in found
    assert "M01.key_total" not in found
    assert found["M02.key_total"].level == "confirm"
    assert "等核对" in found["M02.key_total"].sentence
    assert found["M02.key_total"].values == {"key_total": "11"}


def test_optional_and_inactive_questions_are_never_missing() -> None:
    alone = {"leading_group": FACTS["leading_group"].options[1]}
    keys = {finding.key for finding in judge(alone).findings}
    assert not {"M01.own_1", "M01.categories", "M01.leading_group_head"} & keys
    group = {"leading_group": FACTS["leading_group"].options[0]}
    assert "M01.leading_group_head" in {finding.key for finding in judge(group).findings}


def test_inactive_facts_are_invisible_to_every_check() -> None:
    established, none = FACTS["leading_group"].options
    told = {"leading_group_head": "收到申请9件。收到申请9件的的镇长", "received_total": 3}

    def keys(option: object) -> set[str]:
        return {finding.key for finding in judge({"leading_group": option, **told}).findings}

    assert "T01.leading_group_head.received_total" in keys(established)
    assert not [key for key in keys(none) if "leading_group_head" in key]


# --- cells of one rule, and reasons --------------------------------------------------------

EXCEEDED = {
    "active_total": 145,
    "channel_gazette": 0,
    "channel_website": 150,
    "channel_weibo": 0,
    "channel_wechat": 390,
    "channel_other": 0,
}


def test_a_rule_on_each_cell_gives_one_finding_a_cell() -> None:
    found = [finding for finding in judge(EXCEEDED).findings if finding.code == "L03"]
    assert [finding.key for finding in found] == ["L03.channel_website", "L03.channel_wechat"]
    assert [finding.arithmetic for finding in found] == ["150>145", "390>145"]
    assert found[1].cells == ("channel_wechat", "active_total")
    assert found[1].values == {"channel_wechat": "390", "active_total": "145"}


def test_findings_come_in_the_order_of_the_rules_and_name_their_cells() -> None:
    given = {item.id: 7 for item in EDITION.indicators if item.kind == "count"}
    order = [rule.key for rule in EDITION.checks]
    findings = judge(given).findings
    places = [max(order.index(key) for key in order if f.key.startswith(key)) for f in findings]
    assert places == sorted(places)
    for finding in findings:
        assert finding.sentence
        assert set(finding.cells) <= {*EDITION.questions}, finding.key


def reason(**values: str) -> Acknowledgement:
    return Acknowledgement("按发布次数计", values)


def test_a_reason_holds_for_the_values_it_excused_and_for_no_others() -> None:
    def outcome(**values: str) -> tuple[str, str, bool]:
        reasons = {"L03.channel_wechat": reason(**values)}
        outcomes = judge(EXCEEDED, acknowledged=reasons)
        found = next(each for each in outcomes.findings if each.key == "L03.channel_wechat")
        return found.reason, found.expired_reason, found.is_open

    assert outcome(channel_wechat="390", active_total="145") == ("按发布次数计", "", False)
    assert outcome(channel_wechat="391", active_total="145") == ("", "按发布次数计", True)
    assert outcome(channel_wechat="390", active_total="144") == ("", "按发布次数计", True)
    assert outcome(channel_wechat="390") == ("", "按发布次数计", True)


def test_cells_left_out_of_a_reason_count_as_zero() -> None:
    numbers = {**EXCEEDED, "channel_website": 0, "channel_wechat": 39}
    reasons = {"L02": reason(active_total="145", channel_wechat="39")}
    assert judge(numbers, acknowledged=reasons).by_check["L02"] == "acknowledged"
    more = {**numbers, "channel_other": 1}
    assert judge(more, acknowledged=reasons).by_check["L02"] == "failed"


def test_a_rule_is_acknowledged_only_when_each_of_its_findings_is() -> None:
    website = reason(channel_website="150", active_total="145")
    wechat = reason(channel_wechat="390", active_total="145")
    one = {"L03.channel_website": website}
    assert judge(EXCEEDED, acknowledged=one).by_check["L03"] == "failed"
    both = {**one, "L03.channel_wechat": wechat}
    outcomes = judge(EXCEEDED, acknowledged=both)
    assert outcomes.by_check["L03"] == "acknowledged"
    assert outcomes.keys("acknowledged") == ("L03",)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("R01", "F09"),  # an error cannot be excused
        ("S06", "F09"),  # a notice need not be
        ("L02", "F08"),  # holds
        ("L03.channel_weibo", "F08"),  # this cell is right
        ("L03", "F08"),  # not the key of a finding
        ("X77", "F08"),
    ],
)
def test_a_reason_that_excuses_nothing_is_said(key: str, code: str) -> None:
    numbers = {
        **EXCEEDED,
        "received_total": 3,
        "received_in_person": 0,
        "received_fax": 0,
        "received_online": 0,
        "received_letter": 0,
        "completed_total": 3,
        "completed_on_time": 0,
    }
    outcomes = judge(numbers, acknowledged={key: reason(received_total="3")})
    stray = [finding for finding in outcomes.findings if finding.code[0] == "F"]
    assert [(finding.code, finding.level) for finding in stray] == [(code, "notice")]
    assert key.split(".", maxsplit=1)[0] in stray[0].sentence
    assert "channel_" not in stray[0].sentence
    assert ("没有这个编号的规则" in stray[0].sentence) == (key == "X77")
    assert not any(finding.reason for finding in outcomes.findings)
    assert outcomes.by_check["R01"] == "failed"


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("L03.channel_weibo", "对L03（政务微博公开政府信息数）的说明"),
        ("T01.own_1.2", "对T01（基本情况的补充）的说明"),
        ("L03.channel_wiebo", "对L03.channel_wiebo的说明"),  # as it is written in the file
    ],
)
def test_a_stray_reason_is_named_as_the_form_names_it(key: str, named: str) -> None:
    outcomes = judge({}, acknowledged={key: reason(received_total="3")})
    assert any(named in finding.sentence for finding in outcomes.findings)


@pytest.mark.parametrize(
    ("count", "reasons_told"),
    [
        (146, ("有的信息属于几个类别，按类别重复计数",)),
        (144, ("只列了主要类别，其余未列", "只对一个平台的信息作了分类")),
    ],
)
def test_only_reasons_that_can_be_the_case_are_offered(
    count: int, reasons_told: tuple[str, ...]
) -> None:
    given_ = {"active_total": 145, "categories": ({"category": "业务动态", "count": count},)}
    (finding,) = (each for each in judge(given_).findings if each.code == "T02")
    assert finding.reasons == reasons_told


# --- the rules of the shipped edition against a second statement of them -------------------

KEYS = [
    "key_finance", "key_housing", "key_food", "key_environment", "key_bidding",
    "key_work_safety", "key_land", "key_pricing", "key_credit", "key_audit",
    "key_public_enterprise", "key_other",
]  # fmt: skip
CHANNELS = [
    "channel_gazette", "channel_website", "channel_weibo", "channel_wechat", "channel_other",
]  # fmt: skip

OTHER_REPLIES = [
    "reply_agree", "reply_partial", "reply_refuse", "reply_not_this_agency", "reply_not_exist",
    "reply_amend", "reply_other_way",
]  # fmt: skip

Rule = Callable[[SimpleNamespace], bool]


def is_at_most(cell, limit, n):
    return getattr(n, cell) <= getattr(n, limit)


RULES: dict[str, Rule] = {
    "R01": lambda n: (
        n.received_total
        == n.received_in_person + n.received_fax + n.received_online + n.received_letter
    ),
    "R02": lambda n: n.completed_total == n.completed_on_time + n.completed_extended,
    "R03": lambda n: (
        n.replied_total
        == n.reply_already_public
        + n.reply_agree
        + n.reply_partial
        + n.reply_refuse
        + n.reply_not_this_agency
        + n.reply_not_exist
        + n.reply_amend
        + n.reply_other_way
    ),
    "R04": lambda n: (
        n.reply_refuse
        == n.refuse_state_secret
        + n.refuse_trade_secret
        + n.refuse_privacy
        + n.refuse_security
        + n.refuse_not_gov_info
        + n.refuse_other_law
    ),
    "R05": lambda n: n.review_total == n.review_upheld + n.review_corrected + n.review_other,
    "R06": lambda n: (
        n.litigation_total == n.litigation_upheld + n.litigation_corrected + n.litigation_other
    ),
    "R07": lambda n: n.staff_total == n.staff_full_time + n.staff_part_time,
    "R08": lambda n: n.active_normative_published <= n.active_total,
    "R09": lambda n: n.press_principal <= n.press_total,
    "R10": lambda n: n.interview_principal <= n.interview_total,
    **{f"R11.{cell}": partial(is_at_most, cell, "key_total") for cell in KEYS},
    "L01": lambda n: n.key_total <= n.active_total,
    "L02": lambda n: sum(getattr(n, cell) for cell in CHANNELS) >= n.active_total,
    **{f"L03.{cell}": partial(is_at_most, cell, "active_total") for cell in CHANNELS},
    "S01": lambda n: n.completed_total == n.received_total,
    "S02": lambda n: n.replied_total == n.completed_total,
    "S03": lambda n: n.active_normative_issued >= n.active_normative_published,
    "S04": lambda n: not (n.active_normative_issued > 0 and n.active_normative_published == 0),
    "S05": lambda n: sum(getattr(n, cell) for cell in KEYS) == n.key_total,
    "S06": lambda n: not (n.completed_total > 0 and n.completed_on_time == 0),
    "S07": lambda n: (
        not (
            n.replied_total > 0
            and n.reply_already_public == n.replied_total
            and not any(getattr(n, cell) for cell in OTHER_REPLIES)
            and n.completed_extended > 0
        )
    ),
    "S08": lambda n: not (n.received_total == 0 and n.replied_total > 0),
    "S09.trainings": lambda n: not (n.trainings_held > 0 and n.trainees == 0),
    "S09.trainees": lambda n: not (n.trainees > 0 and n.trainings_held == 0),
    "S10": lambda n: n.trainees >= n.trainings_held,
    "S11": lambda n: not (n.dedicated_bodies > 0 and n.staff_full_time == 0),
    "S12": lambda n: n.staff_total >= 1,
    "S13": lambda n: not (n.fees_collected > 0 and n.replied_total == 0),
    "S14": lambda n: (
        n.response_hot_topics == 0
        or n.press_total > 0
        or n.interview_total > 0
        or n.respond_weibo_wechat > 0
        or n.respond_other > 0
    ),
    "S15": lambda n: not (n.interpretation_articles > 0 and n.active_normative_issued == 0),
    "S16": lambda n: n.active_total == 0 or n.channel_website > 0,
    "S17": lambda n: n.review_total + n.litigation_total <= n.replied_total + n.received_total,
    "S18.funding": lambda n: n.funding <= 1000,
    "S18.fees": lambda n: n.fees_collected <= 100,
    "S20": lambda n: n.year < 2018 or n.fees_collected == 0,
}
COMPARED_YEARLY = "S19"


def _same_as_restated(given: Answers) -> None:
    numbers = SimpleNamespace(year=given.year, **{
        name: value for name, value in given.numbers.items() if "." not in name
    })  # fmt: skip
    broken = {key for key, holds in RULES.items() if not holds(numbers)}
    outcomes = run_checks(given, None, SENTENCES)
    found = [finding.key for finding in outcomes.findings if finding.code[0] in "RLS"]
    assert sorted(found) == sorted(broken)
    for key, outcome in outcomes.by_check.items():
        if key[0] in "RLS" and key != COMPARED_YEARLY:
            is_broken = any(each == key or each.startswith(f"{key}.") for each in broken)
            assert outcome == ("failed" if is_broken else "passed"), key


@given(any_answers(EDITION))
@LAW
def test_every_rule_judges_arbitrary_answers_as_the_form_says(given: Answers) -> None:
    _same_as_restated(given)


def _tiny(item: Indicator) -> st.SearchStrategy[Answer]:
    if item.kind == "amount":
        money = [Decimal(0), Decimal("0.035"), Decimal(100), Decimal("100.01"), Decimal(1000)]
        return st.sampled_from([*money, Decimal("1000.01")]).map(Answer)
    return st.integers(0, 2).map(Answer)


@given(
    st.fixed_dictionaries({item.id: _tiny(item) for item in EDITION.indicators}),
    st.integers(2014, 2018),
)
@LAW
def test_every_rule_judges_small_numbers_on_both_sides_of_its_edge(
    given: dict[str, Answer], year: int
) -> None:
    _same_as_restated(Answers(EDITION, year, given))


def test_replies_are_not_all_of_one_kind_while_another_kind_has_some() -> None:
    zeros = dict.fromkeys(OTHER_REPLIES, 0)
    given = {"replied_total": 3, "reply_already_public": 3, "completed_extended": 2}
    assert judge({**given, **zeros}).by_check["S07"] == "failed"
    assert judge({**given, **zeros, "reply_agree": 3}).by_check["S07"] == "passed"


def test_the_second_statement_covers_every_rule_over_figures() -> None:
    stated = {key if key[:3] in ("S09", "S18") else key[:3] for key in RULES}
    shipped = {rule.key for rule in EDITION.checks if rule.code[0] in "RLS"}
    assert shipped == stated | {COMPARED_YEARLY}


@given(any_answers(EDITION, complete=False))
@settings(LAW, max_examples=30)
def test_some_rules_alone_find_what_they_find_among_all(given: Answers) -> None:
    rules = [
        rule
        for rule in EDITION.rules
        if rule.kind not in ("missing", "provisional") and rule.kind not in ON_REPORT
    ]
    keys = {rule.key for rule in rules}
    found, some = run_checks(given, None, SENTENCES), run_checks(given, None, SENTENCES, rules)
    assert keys < found.by_check.keys()
    heads = tuple(f"{key}." for key in keys)
    assert some.findings == tuple(
        each for each in found.findings if each.key in keys or each.key.startswith(heads)
    )
    assert some.by_check == {key: at for key, at in found.by_check.items() if key in keys}


@given(any_answers(EDITION, complete=False))
@settings(LAW, max_examples=30)
def test_every_check_has_one_outcome_and_every_finding_a_key_of_its_own(given: Answers) -> None:
    outcomes = run_checks(given, None, SENTENCES)
    judged = [rule.key for rule in EDITION.checks if rule.kind not in ON_REPORT]
    assert list(outcomes.by_check) == judged
    assert sum(len(outcomes.keys(kind)) for kind in get_args(Outcome)) == len(judged)
    keys = [finding.key for finding in outcomes.findings]
    assert len(set(keys)) == len(keys)


def test_nothing_given_leaves_every_rule_over_figures_waiting() -> None:
    outcomes = judge({}, year=2017)
    waiting = {key for key, outcome in outcomes.by_check.items() if outcome == "waiting"}
    # S20 speaks of later years only, and so holds in 2017 whatever the fees
    assert waiting >= {rule.key for rule in EDITION.checks if rule.code[0] in "RLS"} - {"S20"}
    assert judge({}, year=2018).by_check["S20"] == "waiting"


# --- the published report of a township ----------------------------------------------------


def test_the_published_township_report_has_exactly_its_known_contradictions(
    sample: Callable[[str], Answers], sentences: Sentences
) -> None:
    found = run_checks(sample("township-2017-as-published"), None, sentences).findings
    assert [(finding.key, finding.level) for finding in found] == [
        ("R01", "error"),
        ("L02", "confirm"),
        ("S03", "confirm"),
        ("S06", "notice"),
        ("S07", "notice"),
        ("S11", "notice"),
        ("S15", "notice"),
        ("S16", "notice"),
        ("T02.categories", "confirm"),
    ]
    arithmetic = {finding.key: finding.arithmetic for finding in found}
    assert arithmetic["R01"] == "0+0+0+0=0≠3"
    assert arithmetic["L02"] == "0+0+0+39+0=39<145"
    assert arithmetic["S03"] == "0<22"
    assert arithmetic["T02.categories"] == "22+112+11+10=155≠145"
