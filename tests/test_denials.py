"""What own text says there was none of, or of all there were, beside the figures of the table."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Answers
from assistant.checks.runner import run_checks
from assistant.form.loader import open_library
from assistant.messages.findings import Finding
from tests.data.cases import cases

EDITION = open_library().edition("beijing-2014")
COUNTED = {
    "received_total": 3,
    "received_in_person": 1,
    "received_fax": 0,
    "received_online": 2,
    "received_letter": 0,
    "completed_total": 3,
    "completed_on_time": 2,
    "completed_extended": 1,
    "replied_total": 3,
    "reply_agree": 1,
    "review_total": 2,
    "litigation_total": 1,
    "complaints_total": 4,
    "fees_collected": 1,
    "trainings_held": 4,
}


def judged(text: str, numbers: Mapping[str, int] = COUNTED, year: int = 2017) -> list[Finding]:
    """What the two checks say of own text beside some figures."""
    given_ = {name: Answer(value) for name, value in numbers.items()}
    answers = Answers(EDITION, year, given_ | {"own_3": Answer(text)})
    found = run_checks(answers, None, open_library().sentences).findings
    return [each for each in found if each.code in ("T10", "T11")]


def sums(text: str) -> list[str]:
    return [each.arithmetic for each in judged(text)]


DENIALS = [
    ("通过网络未收到申请。", ["0件≠2件"]),
    ("本年度未收到政府信息公开申请。", ["0件≠3件"]),
    ("2017年，本镇没有收到任何形式的政府信息公开申请。", ["0件≠3件"]),
    ("我局未接到公民、法人和其他组织提出的政府信息公开申请。", ["0件≠3件"]),
    ("无政府信息公开申请。", ["0件≠3件"]),
    ("2017年度本镇政府信息公开申请数为零。", ["0件≠3件"]),
    ("全年未收到当面申请。", ["0件≠1件"]),
    ("全年未发生行政复议。", ["0件≠2件"]),
    ("没有发生因政府信息公开引起的行政复议和行政诉讼。", ["0件≠2件", "0件≠1件"]),
    ("未发生针对本镇政府信息公开工作的行政复议、行政诉讼案件。", ["0件≠2件", "0件≠1件"]),
    ("没有公民、法人或者其他组织就政府信息公开提起行政复议。", ["0件≠2件"]),
    ("本年未发生因信息公开申请行政复议、提起行政诉讼的情形。", ["0件≠2件", "0件≠1件"]),
    ("行政复议、行政诉讼均为零。", ["0件≠2件", "0件≠1件"]),
    ("本镇政府信息公开工作未引起行政复议。", ["0件≠2件"]),
    ("无行政诉讼案件。", ["0件≠1件"]),
    ("截至2017年12月31日，未发生行政复议情况。", ["0件≠2件"]),
    ("2017年未发生有关政府信息公开的投诉举报。", ["0件≠4件"]),
    ("全年未因依申请公开收取任何费用。", ["0万元≠1万元"]),
    ("工作平稳,未收费。", ["0万元≠1万元"]),
    ("没有行政复议案件发生。", ["0件≠2件"]),
    ("未收到公民、法人和其他组织的政府信息公开申请。", ["0件≠3件"]),
    ("无因政府信息公开被申请行政复议的情况。", ["0件≠2件"]),
    ("本年度未举办各类培训班。", ["0次≠4次"]),
    ("未组织培训。", ["0次≠4次"]),
]
WHOLES = [
    ("收到申请3件，都是当面申请。", ["1件<3件"]),
    ("全年收到申请3件，均为网络申请。", ["2件<3件"]),
    ("收到的申请均按时答复。", ["2件<3件"]),
    ("收到申请3件，均按时办结。", ["2件<3件"]),
    ("所有申请全部予以公开。", ["1件<3件"]),
    ("全部申请均予以公开。", ["1件<3件"]),
    ("收到的申请均为当面提出。", ["1件<3件"]),
    ("收到的申请，均为当面申请。", ["1件<3件"]),
    ("政府信息公开申请全部通过网络提交。", ["2件<3件"]),
]
SILENT = cases("denials_silent")


@pytest.mark.parametrize(("text", "shown"), [*DENIALS, *WHOLES])
def test_a_statement_without_a_figure_is_compared_with_the_table(
    text: str, shown: list[str]
) -> None:
    assert sums(text) == shown


@pytest.mark.parametrize("text", SILENT)
def test_what_says_nothing_of_the_table_for_certain_is_left_alone(text: str) -> None:
    assert sums(text) == []


@pytest.mark.parametrize("text", [text for text, _ in DENIALS])
def test_what_was_none_may_be_said_to_be(text: str) -> None:
    assert judged(text, dict.fromkeys(COUNTED, 0)) == []
    assert judged(text, {}) == [], "what is not answered yet is not contradicted"


def test_the_form_of_2021_is_compared_by_its_totals() -> None:
    edition = open_library().edition("national-2021")
    suits = {f"suit_direct.{each}": Answer(0) for each in ("upheld", "corrected", "other")}
    answers = Answers(
        edition,
        2025,
        suits | {"suit_direct.pending": Answer(1), "own_requests": Answer("无行政诉讼案件。")},
    )
    found = run_checks(answers, None, open_library().sentences).findings
    assert [(e.code, e.cells[-1]) for e in found if e.code == "T10"] == [
        ("T10", "suit_direct.total")
    ]


PIECES = (
    "本镇",
    "未",
    "没有",
    "无",
    "收到",
    "发生",
    "政府信息公开",
    "的",
    "申请",
    "行政复议",
    "、",
)
MORE = ("均", "按时", "办结", "为零", "，", "。", "因", "引起", "其他", "2016年", "任何", "公民")


@given(st.lists(st.sampled_from(PIECES + MORE), max_size=40).map("".join))
def test_only_what_the_table_counts_is_contradicted(text: str) -> None:
    for finding in judged(text):
        assert finding.excerpt in text
        cell = finding.cells[-1]
        assert COUNTED[cell] > 0
        assert finding.values[cell] == str(COUNTED[cell])


@pytest.mark.parametrize(
    "text",
    [
        "对用户关注度低、无力运维的政务微信申请予以关停。",
        "清理无法更新的网站信息，推进网站无障碍改造。",
        "关停了没人看的政务微信申请。",
        "没人管、无人值守的申请窗口予以撤并。",
        "关停没用的、不再更新的政务微信申请。",
    ],
)
def test_words_that_only_begin_with_none_deny_no_figure(text: str) -> None:
    assert judged(text) == []
