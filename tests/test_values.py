"""One reader for every number, date and text a person types: what it takes, what it refuses."""

import unicodedata
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import pytest
from babel.core import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.messages import Sentences
from assistant.values import (
    Refusal,
    clean_text,
    count_in_words,
    parse_numeral,
    print_format,
    read,
    read_date,
    read_line,
    read_shaped,
    read_text,
)
from assistant.values.line_breaking import NOT_FIRST, NOT_LAST, lines_within
from assistant.values.print_format import show, show_date, show_fixed
from tests.data.cases import cases
from tests.strategies import AMOUNTS, COUNTS, NASTY

DIGITS = "零一二三四五六七八九"

COUNTS_TAKEN = [
    ("0", 0),
    ("00", 0),
    ("12", 12),
    ("１２３", 123),
    ("1,234", 1234),
    ("1，234", 1234),
    ("１，２３４", 1234),
    ("12,345,678", 12_345_678),
    (" 12 ", 12),
    ("\t12\n", 12),
    ("\u300012\u3000", 12),
    ("12件", 12),
    ("12 件", 12),
    ("１２件", 12),
    ("12。", 12),
    ("12.0", 12),
    ("十", 10),
    ("十二", 12),
    ("十二件", 12),
    ("二十", 20),
    ("一百四十五", 145),
    ("一百零五", 105),
    ("一百一十", 110),
    ("两", 2),
    ("两件", 2),
    ("两百", 200),
    ("二百", 200),
    ("两千零二", 2002),
    ("一万零五百", 10_500),
    ("三十万零五", 300_005),
    ("一亿零一", 100_000_001),
    ("无", 0),
    ("没有", 0),
    ("零", 0),
    ("〇", 0),
    ("1.2万", 12_000),
    ("1.2万件", 12_000),
    ("１.２万", 12_000),
    ("12万", 120_000),
    ("十二万", 120_000),
    ("3百", 300),
    ("3百万", 3_000_000),
    ("1.2亿", 120_000_000),
    ("999999999999", 999_999_999_999),
]

AMOUNTS_TAKEN = cases("amounts_taken")

COUNTS_REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("\u3000", "empty"),
    ("140余", "vague"),
    ("140 余", "vague"),
    ("140多", "vague"),
    ("约12", "vague"),
    ("大约12", "vague"),
    ("近200", "vague"),
    ("12左右", "vague"),
    ("十几", "vague"),
    ("三十来件", "vague"),
    ("-3", "negative"),
    ("－３", "negative"),
    ("−3", "negative"),
    ("负三", "negative"),
    ("12.5", "not_whole"),
    ("1.23456万", "not_whole"),
    ("1,23,4", "odd_grouping"),
    ("1,2345", "odd_grouping"),
    ("1，23", "odd_grouping"),
    ("3条", "foreign_unit"),
    ("三条", "foreign_unit"),
    ("3人次", "foreign_unit"),
    ("350元", "foreign_unit"),
    ("3kg", "foreign_unit"),
    ("99%", "percent"),
    ("９９％", "percent"),
    ("百分之五", "percent"),
    ("一百二", "odd_numeral"),
    ("三万五", "odd_numeral"),
    ("一百十", "odd_numeral"),
    ("二〇一七", "odd_numeral"),
    ("一二", "odd_numeral"),
    ("百", "odd_numeral"),
    ("十两", "odd_numeral"),
    ("两十", "odd_numeral"),
    ("一万零", "odd_numeral"),
    ("二千五十", "odd_numeral"),
    ("1_000", "not_a_number"),
    ("1e3", "not_a_number"),
    ("NaN", "not_a_number"),
    ("Infinity", "not_a_number"),
    ("0x10", "not_a_number"),
    ("1 2", "not_a_number"),
    ("12.", "not_a_number"),
    (".5", "not_a_number"),
    ("1.2.3", "not_a_number"),
    ("+3", "not_a_number"),
    ("3/4", "not_a_number"),
    ("½", "not_a_number"),
    ("①", "not_a_number"),
    ("²", "not_a_number"),
    ("٣", "not_a_number"),
    ("壹佰", "not_a_number"),
    ("很多", "not_a_number"),
    ("{{ 7*7 }}", "not_a_number"),
    ("=1+1", "not_a_number"),
    ("万" * 100_000, "odd_numeral"),
    ("一" * 100_000, "odd_numeral"),
    ("9" * 100_000, "too_large"),
    ("1000000000000", "too_large"),
    ("1000000000000000000000000000000", "too_large"),
    ("10000亿", "too_large"),
]

AMOUNTS_REFUSED = [
    ("", "empty"),
    ("0.0000001", "too_fine"),
    ("1.1234567", "too_fine"),
    ("0.001元", "too_fine"),
    ("-0.5", "negative"),
    ("约1.2万元", "vague"),
    ("1.2万余元", "vague"),
    ("5件", "foreign_unit"),
    ("5美元", "foreign_unit"),
    ("1000000000000", "too_large"),
    ("1e3", "not_a_number"),
]


@pytest.mark.parametrize(("typed", "value"), COUNTS_TAKEN)
def test_count_is_taken(typed: str, value: int) -> None:
    taken = read(typed, "count", "件")
    assert taken == value
    assert type(taken) is int


@pytest.mark.parametrize(("typed", "value"), AMOUNTS_TAKEN)
def test_amount_is_taken_exactly_in_ten_thousand_yuan(typed: str, value: str) -> None:
    taken = read(typed, "amount", "万元")
    assert taken == Decimal(value)
    assert type(taken) is Decimal
    assert show(taken) == value


@pytest.mark.parametrize(
    ("typed", "code"), COUNTS_REFUSED, ids=[repr(typed[:12]) for typed, _ in COUNTS_REFUSED]
)
def test_count_is_refused_with_its_reason(typed: str, code: str, sentences: Sentences) -> None:
    _assert_refused(read(typed, "count", "件"), code, sentences)


@pytest.mark.parametrize(("typed", "code"), AMOUNTS_REFUSED)
def test_amount_is_refused_with_its_reason(typed: str, code: str, sentences: Sentences) -> None:
    _assert_refused(read(typed, "amount", "万元"), code, sentences)


def _assert_refused(outcome: object, code: str, sentences: Sentences) -> None:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.code == code
    assert sentences.say(f"refusals.{code}", **{"unit": "件", **outcome.details})


@pytest.mark.parametrize("unit", ["件", "条", "人次", "人", "个", "次", "篇", "份"])
def test_unit_of_the_question_may_be_written_and_no_other(unit: str) -> None:
    assert read(f"3{unit}", "count", unit) == 3
    other = "条" if unit != "条" else "件"
    refusal = read(f"3{other}", "count", unit)
    assert refusal == Refusal("foreign_unit", {"written": other})


@given(st.one_of(COUNTS, st.integers(0, 10**12 - 1)))
def test_printed_count_reads_back(value: int) -> None:
    assert read(show(value), "count", "件") == value
    assert read(f"{value:,}", "count", "件") == value


@given(st.one_of(AMOUNTS, st.integers(0, 10**18 - 1).map(lambda micro: Decimal(micro) / 10**6)))
def test_printed_amount_reads_back(value: Decimal) -> None:
    printed = show(value)
    assert read(printed, "amount", "万元") == value
    assert "E" not in printed
    assert "," not in printed


@given(st.integers(0, 10**10))
def test_yuan_and_ten_thousand_yuan_name_the_same_amount(cents: int) -> None:
    yuan = Decimal(cents) / 100
    assert read(f"{yuan:f}元", "amount", "万元") == yuan / 10_000


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [(Decimal("50.0"), 1, "50.0"), (Decimal("99.61"), 2, "99.61"), (Decimal(7), 0, "7")],
)
def test_fixed_decimals_are_printed_in_full(value: Decimal, places: int, printed: str) -> None:
    assert show_fixed(value, places) == printed


def in_chinese(number: int) -> str:
    """The canonical numeral: 零 once for every gap, 十 without 一 at the very start."""
    words = _section(number)
    return words[1:] if words.startswith("一十") else words


def _section(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    for place, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= place:
            head, rest = divmod(number, place)
            zero = "零" if 0 < rest < place // 10 else ""
            return _section(head) + name + zero + (_section(rest) if rest else "")
    raise AssertionError(number)


@given(st.one_of(st.integers(0, 10**8), st.integers(0, 2000)))
def test_every_canonical_numeral_reads_back(number: int) -> None:
    numeral = in_chinese(number)
    assert parse_numeral(numeral) == number
    assert read(numeral, "count", "件") == number
    assert parse_numeral(numeral.replace("零", "〇")) == number


@example("一万〇十")
@example("一亿零十万")
@given(st.text("零〇一二两三四五六七八九十百千万亿", max_size=8))
def test_numeral_means_one_number_or_none(text: str) -> None:
    number = parse_numeral(text)
    if number is None:
        return
    spoken = text.replace("两", "二").replace("〇", "零")
    assert spoken in (in_chinese(number), _section(number))


@pytest.mark.parametrize("number", range(1, 100))
def test_small_count_in_words_reads_back(number: int) -> None:
    assert parse_numeral(count_in_words(number)) == number


@pytest.mark.parametrize("number", [-1, 0, 100])
def test_count_in_words_stops_at_two_digits(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        count_in_words(number)


TYPED = st.one_of(
    st.text(max_size=30),
    st.text(
        "0123456789０１９,，.．-－+%％ \u3000零一二两三十百千万亿余约件条元人次无没有E_",
        max_size=12,
    ),
    st.text("٠١٢²³½①ⅣⅠ𝟙۵", min_size=1, max_size=4),
)


@given(TYPED, st.sampled_from([("count", "件"), ("count", "人次"), ("amount", "万元")]))
def test_any_text_gives_a_value_or_a_refusal_with_a_sentence(
    typed: str, question: tuple[Literal["count", "amount"], str]
) -> None:
    kind, unit = question
    outcome = read(typed, kind, unit)
    if isinstance(outcome, Refusal):
        assert outcome.code in REFUSAL_CODES
    else:
        assert outcome >= 0
        assert read(show(outcome), kind, unit) == outcome
        assert type(outcome) is (int if kind == "count" else Decimal)


REFUSAL_CODES = {
    "empty", "not_a_number", "vague", "negative", "percent", "foreign_unit", "odd_grouping",
    "odd_numeral", "not_whole", "too_large", "too_fine", "not_a_date", "no_such_date",
    "line_break", "text_too_long", "control_character",
}  # fmt: skip


def test_every_refusal_has_a_sentence_with_an_example(sentences: Sentences) -> None:
    assert set(sentences.sections["refusals"]) >= REFUSAL_CODES
    for code in ("empty", "not_a_number", "vague", "foreign_unit", "not_whole", "not_a_date"):
        said = sentences.say(f"refusals.{code}", unit="件", written="条")
        assert any(character.isdigit() for character in said)


@pytest.mark.parametrize(
    "typed",
    [
        "2018年3月5日",
        "2018-03-05",
        "2018-3-5",
        "2018/3/5",
        "2018.3.5",
        " ２０１８年３月５日 ",
        "二〇一八年三月五日",
        "二零一八年三月五日",
    ],
)
def test_date_is_taken(typed: str) -> None:
    assert read_date(typed) == date(2018, 3, 5)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("今天", "not_a_date"),
        ("3月5日", "not_a_date"),
        ("2018年3月", "not_a_date"),
        ("18-3-5", "not_a_date"),
        ("20180305", "not_a_date"),
        ("٢٠١٨-٠٣-٠٥", "not_a_date"),
        ("2018年2月29日", "no_such_date"),
        ("2018-13-1", "no_such_date"),
        ("二〇一八年二月三十日", "no_such_date"),
        ("一八年三月五日", "not_a_date"),
        ("0000-01-01", "no_such_date"),
    ],
)
def test_date_is_refused_with_its_reason(typed: str, code: str, sentences: Sentences) -> None:
    _assert_refused(read_date(typed), code, sentences)


@given(st.dates())
def test_printed_date_reads_back(day: date) -> None:
    assert read_date(show_date(day)) == day
    assert read_date(day.isoformat()) == day


def test_date_is_printed_as_in_official_documents() -> None:
    assert show_date(date(2018, 3, 5)) == "2018年3月5日"


@given(st.text(max_size=12))
def test_any_text_gives_a_date_or_a_refusal(typed: str) -> None:
    assert isinstance(read_date(typed), date | Refusal)


@pytest.mark.parametrize("text", NASTY)
def test_text_with_marks_of_other_languages_is_kept_as_typed(text: str) -> None:
    assert clean_text(text) == text
    assert read_line(text) == text
    assert read_text(f"甲\n{text}") == f"甲\n{text}"


INVISIBLE = [
    "\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9b", "\xad", "\u200b",
    "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\ue000", "\uf8ff", "\ufeff", "\ufffe",
    "\ud800", "\U000e0041", "\U000f0000", "\U0010fffd",
]  # fmt: skip


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda each: f"U+{ord(each):04X}")
def test_invisible_character_is_refused_by_its_number(character: str, sentences: Sentences) -> None:
    for reader in (clean_text, read_line, read_text):
        refusal = reader(f"甲{character}乙")
        _assert_refused(refusal, "control_character", sentences)
        assert isinstance(refusal, Refusal)
        assert refusal.details == {"number": f"U+{ord(character):04X}"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("甲\r\n乙", "甲\n乙"),
        ("甲\r乙", "甲\n乙"),
        ("  甲  ", "甲"),
        ("甲\n\n\n乙\n", "甲\n乙"),
        ("　　甲　", "甲"),
    ],
)
def test_line_ends_and_outer_space_are_normalised(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize("reader", [read_line, read_text])
@pytest.mark.parametrize("blank", ["", " ", "\n", "\u3000\n \u3000", "\t"])
def test_blank_text_is_empty(reader, blank: str) -> None:
    assert reader(blank) == Refusal("empty", {})


def test_one_line_has_no_line_break() -> None:
    assert read_line("甲\n乙") == Refusal("line_break", {})
    assert read_line("甲\n") == "甲"


def test_endless_text_is_refused() -> None:
    refusal = read_text("甲" * 100_001)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "text_too_long"


@given(st.text(max_size=40))
def test_cleaning_loses_no_visible_character_and_is_done_once(typed: str) -> None:
    cleaned = clean_text(typed)
    if isinstance(cleaned, Refusal):
        assert cleaned.code == "control_character"
        return
    assert clean_text(cleaned) == cleaned
    assert "".join(cleaned.split()) == "".join(typed.split())
    assert not any(
        unicodedata.category(each) in ("Cc", "Cf", "Co") for each in cleaned if each != "\n"
    )


@pytest.mark.parametrize(
    ("shape", "text", "line"),
    [
        ("postcode", "１０００００", "100000"),
        ("phone", "（０１０）0000 0000", "(010)0000 0000"),
        ("phone", "010—00000000", "010-00000000"),
        ("phone", "010-00000000、010-00000001", "010-00000000、010-00000001"),
        ("phone", "010-00000000转12", "010-00000000转12"),
        ("email", "ｚｗｇｋ＠example.cn", "zwgk@example.cn"),
        ("url", "www.example.cn", "www.example.cn"),
    ],
)
def test_a_line_of_a_shape_is_read_in_any_width(shape, text, line):
    assert read_shaped(text, shape) == line
    assert read_shaped(line, shape) == line


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("postcode", "10000"),
        ("postcode", "1000000"),
        ("postcode", "不知"),
        ("phone", "党政办"),
        ("phone", "12"),
        ("email", "zwgk"),
        ("email", "zwgk@example"),
        ("email", "a b@example.cn"),
        ("url", "示例网站"),
        ("url", "javascript:1"),
    ],
)
def test_a_line_of_another_shape_is_refused_with_an_example(shape, text, sentences):
    refusal = read_shaped(text, shape)
    assert isinstance(refusal, Refusal)
    said = sentences.say(f"refusals.{refusal.code}", **refusal.details)
    assert "例如" in said or "应是" in said


@given(
    text=st.text(alphabet="甲乙，。（）“”、 ab1%\n", max_size=60),
    room=st.integers(4, 20),
    hangs=st.booleans(),
)
def test_no_line_begins_or_ends_with_a_mark_that_may_not_and_none_is_lost(text, room, hangs):
    places = list(lines_within(text, room, hangs=hangs))
    assert "".join("".join(text[place] for place in places).split()) == "".join(text.split())
    for before, after in pairwise(places):
        if before.stop == after.start:  # neither a line break nor a blank came between
            end, begin = text[after.start - 1 : after.start + 1]
            assert begin not in NOT_FIRST
            assert end not in NOT_LAST
            assert " " in end + begin or not (end + begin).isascii()


def test_numbers_are_printed_with_the_marks_that_babel_has_for_them() -> None:
    known = Locale("zh", script="Hans", territory="CN").number_symbols["latn"]
    for name, mark in print_format._LOCALE.number_symbols["latn"].items():
        assert known[name] == mark
    assert show(Decimal("-12000.5")) == "-12000.5"
