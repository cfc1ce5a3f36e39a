"""Shares, rates and differences: rounded half up, derived once, never from too small a base."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Answers
from assistant.form.model import Edition
from assistant.report.figures import CLOSE, OPEN, Figure, Figures, make_figures


def pair(part, whole):
    home = Figures()
    return (
        Figure(home, "part", label="其中", unit="件", value=part),
        Figure(home, "whole", label="合计", unit="件", value=whole),
    )


def against(now, before, unit="件"):
    return Figure(
        Figures(), "cell", label="收到申请数", unit=unit, value=now, previous_value=before
    )


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (528, 530, "99.6"),
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (5, 16, "31.3"),
        (1, 80, "1.3"),
        (1, 400, "0.3"),
        (1, 1000, "0.1"),
        (9, 80, "11.3"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2, "50.0"),
        (7, 7, "100.0"),
        (1999, 2000, "100.0"),
        (Decimal("0.035"), Decimal("0.56"), "6.3"),
    ],
)
def test_a_share_is_rounded_half_up_to_one_place(part, whole, text):
    of_part, of_whole = pair(part, whole)
    share = of_part.share_of(of_whole)
    assert (share.text, share.unit) == (text, "%")
    assert share.value == Decimal(text)


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_share_is_the_nearest_tenth_and_the_upper_of_two(part, whole):
    of_part, of_whole = pair(part, whole)
    tenths, rest = divmod(part * 1000, whole)
    tenths += 2 * rest >= whole
    share = of_part.share_of(of_whole)
    assert share.text == f"{tenths // 10}.{tenths % 10}"


@pytest.mark.parametrize(("part", "whole"), [(3, 0), (0, 0), (None, 5), (3, None), (None, None)])
def test_without_part_or_whole_there_is_no_share(part, whole):
    of_part, of_whole = pair(part, whole)
    assert of_part.share_of(of_whole) is None


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (36, 31, "16.1"),
        (31, 36, "13.9"),
        (17, 16, "6.3"),
        (85, 80, "6.3"),
        (81, 80, "1.3"),
        (79, 80, "1.3"),
        (0, 5, "100.0"),
        (5, 5, "0.0"),
        (2001, 2000, "0.1"),
        (Decimal("5.3125"), Decimal(5), "6.3"),
    ],
)
def test_a_rate_is_the_unsigned_change_rounded_half_up(now, before, text):
    figure = against(now, before)
    assert figure.has_rate
    assert (figure.rate.text, figure.rate.unit) == (text, "%")


@pytest.mark.parametrize("before", [None, 0, 1, 4, Decimal(0), Decimal("4.999999")])
def test_below_a_base_of_five_there_is_no_rate(before):
    figure = against(12, before)
    assert not figure.has_rate
    with pytest.raises(ValueError, match="cell"):
        _ = figure.rate


@pytest.mark.parametrize(
    ("now", "before", "text", "rose", "fell"),
    [
        (8, 5, "3", True, False),
        (5, 8, "3", False, True),
        (5, 5, "0", False, False),
        (3, 0, "3", True, False),
        (0, 3, "3", False, True),
        (Decimal("1.25"), Decimal("0.5"), "0.75", True, False),
        (Decimal("0.5"), Decimal("0.500001"), "0.000001", False, True),
    ],
)
def test_a_difference_is_unsigned_exact_and_in_the_unit_of_its_figure(
    now, before, text, rose, fell
):
    figure = against(now, before)
    assert (figure.difference.text, figure.difference.unit) == (text, "件")
    assert (figure.rose, figure.fell) == (rose, fell)
    assert figure.previous.text == str(before)


@pytest.mark.parametrize(("now", "before"), [(None, 5), (5, None), (None, None)])
def test_a_change_needs_both_years(now, before):
    figure = against(now, before)
    assert not figure.has_previous
    assert not figure.rose
    assert not figure.fell
    assert figure.difference.is_missing


@pytest.mark.parametrize(
    ("value", "is_zero", "is_missing"),
    [(0, True, False), (Decimal(0), True, False), (3, False, False), (None, False, True)],
)
def test_zero_is_given_and_missing_is_not_zero(value, is_zero, is_missing):
    figure = against(value, None)
    assert (figure.is_zero, figure.is_missing) == (is_zero, is_missing)
    assert (figure.text == "") == is_missing


@pytest.mark.parametrize("value", [0, 3, None])
def test_a_figure_is_neither_true_nor_false(value):
    with pytest.raises(TypeError, match="cell"):
        bool(against(value, None))


def test_a_figure_printed_twice_is_one_print():
    of_part, of_whole = pair(2, 3)
    assert of_part.share_of(of_whole) is of_part.share_of(of_whole)
    assert str(of_part) == str(of_part)
    figure = against(9, 6)
    assert figure.rate is figure.rate
    assert figure.difference is figure.difference
    assert figure.previous is figure.previous


def test_shares_of_different_wholes_are_different_figures():
    home = Figures()
    part, one, other = (
        Figure(home, name, label=name, unit="件", value=value)
        for name, value in (("part", 1), ("one", 2), ("other", 4))
    )
    assert [part.share_of(one).text, part.share_of(other).text] == ["50.0", "25.0"]
    assert part.share_of(one).id != part.share_of(other).id


def test_a_print_carries_its_figure_between_marks_and_its_unit_behind_them():
    home = Figures()
    first = Figure(home, "first", label="一", unit="件", value=12)
    second = Figure(home, "second", label="二", unit="万元", value=Decimal("2.035"))
    for figure, text, unit in ((first, "12", "件"), (second, "2.035", "万元")):
        mark = str(figure)[1]
        assert str(figure) == f"{OPEN}{mark}{text}{CLOSE}{unit}"
        assert home.at(mark) is figure


def test_an_amount_below_one_unit_is_said_in_the_unit_that_people_use():
    home = Figures()
    for value, told in (("0.1275", "1275元"), ("1.5", "1.5万元"), ("0", "0万元")):
        said = str(Figure(home, f"x{value}", label="一", unit="万元", value=Decimal(value)))
        assert "".join(c for c in said if c.isdigit() or c in ".万元") == told


def test_every_number_of_the_answers_is_one_figure(edition: Edition):
    rows: Any = ({"category": "甲", "count": 3}, {"category": "乙", "count": 0})
    given_answers = {
        "categories": Answer(rows),
        "received_total": Answer(3),
        "funding": Answer(Decimal("1.5")),
        "fees_waived": Answer(Decimal(0)),
    }
    before = Answers(edition, 2016, {"received_total": Answer(7)})
    figures = make_figures(Answers(edition, 2017, given_answers), before)
    names = [figure.id for figure in figures]
    assert len(names) == len(set(names))
    assert {item.id for item in edition.indicators} <= set(names)
    assert figures["received_total"].text == "3"
    assert figures["received_total"].previous.text == "7"
    assert figures["funding"].text == "1.5"
    assert figures["fees_waived"].is_zero
    assert figures["received_online"].is_missing
    assert figures["categories.number"].text == "两"
    assert [figures[f"categories.{at}.count"].text for at in (1, 2)] == ["3", "0"]
    assert str(figures["year"]).endswith("年")
    assert figures["period"].text == "2017年1月1日至12月31日"


@pytest.mark.parametrize(
    ("visits", "said"),
    [(5_360_000, "536万次"), (10_000, "1万次"), (1_723_809, "1723809次"), (9_000, "9000次")],
)
def test_a_count_of_whole_myriads_is_said_in_them(visits, said):
    marked = str(Figure(Figures(), "visits", label="网站访问次数", unit="次", value=visits))
    assert "".join(each for each in marked if each < "\U000f0000") == said
