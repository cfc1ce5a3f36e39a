"""Numbers in running text: which are found, what they mean, and what only looks like one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values import count_in_words, find_numbers
from assistant.values.print_format import show

FOUND = [
    # text, what stands there, value, unit, whether it is only about that many
    ("主动公开145条。", "145条", 145, "条", False),
    ("主动公开 145 条", "145 条", 145, "条", False),
    ("收到３件", "３件", 3, "件", False),
    ("共1,234条", "1,234条", 1234, "条", False),
    ("参加人员100人次", "100人次", 100, "人次", False),
    ("经费1.2万元", "1.2万元", Decimal("1.2"), "万元", False),
    ("经费１．２万元", "１．２万元", Decimal("1.2"), "万元", False),
    ("经费12万元", "12万元", 12, "万元", False),
    ("费用350元", "350元", 350, "元", False),
    ("经费3千万元", "3千万元", 3000, "万元", False),
    ("点击3百万次", "3百万次", 3_000_000, "次", False),
    ("点击1.2万次", "1.2万次", 12_000, "次", False),
    ("占99.61%", "99.61%", Decimal("99.61"), "%", False),
    ("占９９．６１％", "９９．６１％", Decimal("99.61"), "%", False),
    ("占50%", "50%", 50, "%", False),
    ("三件都是当面申请", "三件", 3, "件", False),
    ("召开会议两次", "两次", 2, "次", False),
    ("设查阅点一个", "一个", 1, "个", False),
    ("公开一百四十五条", "一百四十五条", 145, "条", False),
    ("发放一万零五百份", "一万零五百份", 10_500, "份", False),
    ("140余条", "140余条", 140, "条", True),
    ("140多条", "140多条", 140, "条", True),
    ("三十余条", "三十余条", 30, "条", True),
    ("二十多次", "二十多次", 20, "次", True),
    ("三十来件", "三十来件", 30, "件", True),
    ("5万余条", "5万余条", 50_000, "条", True),
    ("约12件", "12件", 12, "件", True),
    ("大约 12 件", "12 件", 12, "件", True),
    ("近200条", "200条", 200, "条", True),
    ("将近二百条", "二百条", 200, "条", True),
    ("接近200条", "200条", 200, "条", True),
    ("超过200条", "200条", 200, "条", True),
    ("逾200条", "200条", 200, "条", True),
    ("几十件", "几十件", 10, "件", True),
    ("数十件", "数十件", 10, "件", True),
    ("申请总数三件", "三件", 3, "件", False),
]


@pytest.mark.parametrize(("text", "written", "value", "unit", "is_vague"), FOUND)
def test_number_is_found_with_its_place_value_and_unit(
    text: str, written: str, value: object, unit: str, is_vague: bool
) -> None:
    (number,) = find_numbers(text)
    assert text[number.start : number.end] == written
    assert (number.value, number.unit, number.is_vague) == (value, unit, is_vague)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有数字的一句话。",
        "一是加强学习；二是明确责任。",
        "统一部署",
        "统一条件",
        "第一平台",
        "第三条",
        "第一次",
        "唯一件",
        "万一",
        "十分重视",
        "一些群众",
        "一致同意",
        "个人信息",
        "一次性告知",
        "千方百计",
        "一百二条",
        "二〇一七条",
        "两三件",
        "三五个",
    ],
)
def test_words_that_only_look_like_numbers_are_passed_over(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2018年3月5日", [2018, 3, 5]),
        ("收到3件，其中网络2件、当面一件。", [3, 2, 1]),
        ("主动公开145条，占全部信息的99.61%。", [145, Decimal("99.61")]),
        ("一件一件办，共两件", [1, 1, 2]),
        ("比2016年增加12条", [2016, 12]),
        ("国办发〔2014〕32号", [2014, 32]),
    ],
)
def test_several_numbers_come_in_the_order_of_the_text(text: str, values: list[object]) -> None:
    assert [number.value for number in find_numbers(text)] == values


@given(st.integers(0, 10**9), st.sampled_from(["件", "条", "人次", "万元", "元", "次", "份"]))
def test_every_printed_number_is_found_again(value: int, unit: str) -> None:
    text = f"本年度共{show(value)}{unit}。"
    (number,) = find_numbers(text)
    assert (number.value, number.unit, number.is_vague) == (value, unit, False)
    assert text[number.start : number.end] == f"{value}{unit}"


@given(st.integers(1, 10**9).map(lambda micro: Decimal(micro) / 10**6))
def test_every_printed_amount_is_found_again(value: Decimal) -> None:
    (number,) = find_numbers(f"经费{show(value)}万元。")
    assert (number.value, number.unit) == (value, "万元")


@given(st.integers(1, 99))
def test_every_small_count_in_words_is_found_before_a_measure_word(number: int) -> None:
    assert [each.value for each in find_numbers(f"共{count_in_words(number)}件。")] == [number]


@pytest.mark.parametrize("word", ["万", "一", "约", "1,", "约1条", "9", " "])
def test_endless_text_is_read_to_its_end(word: str) -> None:
    assert find_numbers(f"{word * 4000}件。共三件。")[-1].value == 3


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(
            "0123456789０９,.，。余多约近几数第一二十百千万亿零〇两件条个人次元%％ 年月日",
            max_size=30,
        ),
    )
)
def test_any_text_gives_numbers_in_order_that_do_not_overlap(text: str) -> None:
    numbers = find_numbers(text)
    ends = [0, *(number.end for number in numbers)]
    assert all(number.start >= end for number, end in zip(numbers, ends, strict=False))
    assert all(number.start < number.end <= len(text) for number in numbers)
    assert all(number.value >= 0 for number in numbers)
