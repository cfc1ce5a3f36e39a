"""The numbers of an own text in the conversation: one account, one Enter, letters to change one."""

import pytest

from tests.machines import Talk
from tests.test_claims import town

# the town counts 12 new applications, 13 finished, 5 granted, 2 refused
TEXT = (
    "收到申请14件，办结申请13件，其中予以公开6件，占46.15%，不予公开2件，"
    "召开会议3次，回复来信12封。"
)


class AtText(Talk):
    """A conversation at an own text of a town whose figures are there."""

    def __init__(self) -> None:
        """Begin; nothing is typed yet."""
        super().__init__(town(), None, "own_requests")
        self.said = ""


def talk() -> AtText:
    return AtText()


@pytest.fixture
def told():
    """A conversation in which a text of seven numbers was just sent."""
    now = talk()
    now.said = now.type(TEXT)
    return now


def text_of(now) -> str:
    return now.interview.answers.given["own_requests"].value


def reasons_of(now) -> set[str]:
    return {key.partition(".")[0] for key in now.interview.answers.acknowledged}


def test_one_account_names_every_number_that_somebody_must_look_at(told) -> None:
    assert "有4处与表不符，2个数没有与表核对" in told.said
    assert "A. 收到申请14件　与表不符：「新收政府信息公开申请·总计」是12件" in told.said
    assert "占46.15%　与表不符：「予以公开·总计」占「办理完毕的申请·总计」是45.45%" in told.said
    assert "F. 回复来信12封　表里没有" in told.said
    assert told.said.count("收到申请14件，") == 1  # the sentence is said once


def test_enter_agrees_to_own_numbers_and_leaves_what_contradicts(told) -> None:
    said = told.type("")
    assert "12封）的理由：" in said
    assert "理由以后再写" in said
    assert reasons_of(told) == {"T12"}
    assert {each.code for each in told.interview.findings if each.is_open} >= {"T01", "T03"}


def test_a_letter_prints_the_figure_of_the_form(told) -> None:
    told.type("A", "A")
    assert text_of(told).startswith("收到申请{new_received.total}件，")
    said = told.type("B", "A")
    assert "有2处与表不符" in said
    assert "其中予以公开{open.total}件" in text_of(told)


def test_a_share_is_printed_from_its_figures(told) -> None:
    told.type("D", "A")
    assert "占{open.total/result_total.total}，" in text_of(told)


def test_a_reason_for_one_number_outlives_the_change_of_another(told) -> None:
    told.type("A", "C", "A")
    assert "T01" in reasons_of(told)
    told.type("A", "A")  # another number of the same sentence
    kept = [each for each in told.interview.findings if each.code == "T01" and each.reason]
    assert len(kept) == 1
    assert not any(each.expired_reason for each in told.interview.findings)


def test_one_sentence_is_no_reason_for_several_numbers(told) -> None:
    said = told.type("文字说的是另一口径的数")
    assert "先输入字母选一处" in said
    assert not told.interview.answers.acknowledged


def test_a_bound_number_is_unbound_and_bound_to_another_figure() -> None:
    now = talk()
    now.type("收到申请12件，予以公开5件。")
    assert text_of(now) == "收到申请{new_received.total}件，予以公开{open.total}件。"
    said = now.type("/文中数字 依申请公开的补充")
    assert "B. 予以公开5件　「予以公开·总计」，随表变" in said
    said = now.type("B")
    assert "按写的印，不随表变" in said
    letter = next(line[0] for line in said.splitlines() if line.endswith("按写的印，不随表变"))
    now.type(letter)
    assert text_of(now) == "收到申请{new_received.total}件，予以公开5件。"
    now.type("/撤销")
    assert text_of(now).endswith("予以公开{open.total}件。")


def test_more_numbers_than_letters_are_told_page_by_page() -> None:
    now = talk()
    said = now.type("".join(f"走访{place}村{place}户。" for place in range(11, 26)))
    assert "A. 走访11村　表里没有" in said
    assert "I. 看其余22个" in said
    assert "A. 走访15村　表里没有" in now.type("I")


def test_numbers_are_listed_only_of_an_own_text() -> None:
    now = talk()
    assert "先到一段本单位自己写的文字" in now.type("/文中数字")
    now.type("更换了公开栏。")
    assert "没有要核对的数" in now.type("/文中数字 依申请公开的补充")


def test_after_undo_the_numbers_of_a_text_are_told_as_one(told) -> None:
    told.type("A", "A")
    said = told.type("/撤销")
    assert said.count("　与表不符：") == 4
    assert "输入“/文中数字 依申请公开的补充”" in said


def test_a_number_whose_words_name_a_figure_is_never_told_to_be_nowhere_in_the_table() -> None:
    now = talk()
    said = now.type("收到12件申请，其中7件涉及征地，剩余2件结转下年度办理。")
    assert "剩余2件　看不出是不是「结转下年度的申请·总计」（2件）" in said
    said = now.type("B")
    assert "A. 印「结转下年度的申请·总计」2件，以后随表变" in said


def test_a_number_that_the_table_has_is_never_told_to_be_nowhere_in_it() -> None:
    said = talk().type("来访接待室转来11件。")
    assert "转来11件　看不出是不是「办理完毕的申请·总计」（11件）" in said


def test_totals_are_offered_before_their_columns() -> None:
    now = talk()
    said = now.type("收到申请12件。来访接待室转来2件。")
    said = now.type("A")
    offered = [line for line in said.splitlines() if "，以后随表变" in line]
    places = ["·总计」" in line for line in offered]
    assert places == sorted(places, reverse=True)
    assert any(places)
