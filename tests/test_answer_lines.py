"""One text, one verdict: what a person types for each kind of question, and back to that text."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import (
    Answer,
    Answers,
    LoadedAnswers,
    answer_schema,
    can_be_none,
    format_answer,
    may_be_empty,
    read_entry,
    takes_remark,
)
from assistant.answers.model import State
from assistant.form.loader import open_library
from assistant.form.model import Column, Fact, Option, Question
from assistant.form.model.questions import Help, Rule
from assistant.report.draft import make_draft
from assistant.storage.yaml_text import Node
from assistant.values import Refusal, clean_text
from tests.strategies import answers

LAW = settings(
    max_examples=60,
)
EDITION = open_library().edition("beijing-2014")
SENTENCES = open_library().sentences
HELP = Help(brief="", rule=Rule(text="", basis="inferred", source=""), example="")
OPTIONS = (
    Option(id="a", label="甲"),
    Option(id="b", label="乙、丙"),
    Option(id="c", label="2"),
    Option(id="d", label="丁"),
)
TYPES = Column(id="type", label="类型", kind="choice", options=OPTIONS)
NAMES = Column(id="name", label="名称", kind="line")
TIMES = Column(id="times", label="次数", kind="count", unit="次")


def made(kind: Any, **parts: Any) -> Fact:
    """A question that no shipped form has."""
    return Fact(id="made", label="新题", ask="", help=HELP, kind=kind, **parts)


MADE = {
    "made_count": made("count", unit="人", required=False),
    "made_amount": made("amount", unit="万元", required=False),
    "made_date": made("date", required=False),
    "made_choice": made("choice", options=OPTIONS, required=False),
    "made_choices": made("choices", options=OPTIONS),
    "made_some": made("choices", options=OPTIONS, at_least=1, required=False),
    "made_list": made("list", columns=(TYPES, NAMES, TIMES)),
    "made_pair": made("list", columns=(NAMES, dataclasses.replace(NAMES, id="other"))),
    "made_back": made("list", columns=(NAMES, TYPES)),
    "made_first": made("list", columns=(TIMES, NAMES)),
}
QUESTIONS: dict[str, Question] = {**EDITION.asked, **MADE}


def typed(name: str, text: str) -> Answer | str:
    """The answer, or the code of the refusal."""
    entry = read_entry(QUESTIONS[name], Node(text, 0))
    return entry if isinstance(entry, Answer) else entry.code


def plain(answer: Answer | str) -> object:
    """An answer in short: its value with labels, or `(state, value, remark)`."""
    if isinstance(answer, str):
        return answer
    value: Any = answer.value
    if isinstance(value, tuple):
        value = [
            [plain_cell(cell) for cell in item.values()]
            if isinstance(item, Mapping)
            else item.label
            for item in value
        ]
    value = plain_cell(value)
    is_plain = answer.state == "given" and not answer.remark
    return value if is_plain else (answer.state, value, answer.remark)


def plain_cell(value: object) -> object:
    return value.label if isinstance(value, Option) else value


TABLE = [
    # states
    ("active_total", "暂缺", ("absent", None, "")),
    ("active_total", "　暂缺。", ("absent", None, "")),
    ("active_total", "暂缺，财政所下周给数", ("absent", None, "财政所下周给数")),
    ("active_total", "暂缺：财政所下周给数。", ("absent", None, "财政所下周给数。")),
    ("active_total", "暂缺 财政所下周给数", ("absent", None, "财政所下周给数")),
    ("active_total", "暂缺（财政所下周给数）", ("absent", None, "财政所下周给数")),
    ("active_total", "暂缺财政所下周给数", ("absent", None, "财政所下周给数")),
    ("active_total", "暂缺，\u202e甲", "control_character"),
    ("active_total", "28待核实", ("provisional", 28, "")),
    ("active_total", "28条 待核实", ("provisional", 28, "")),
    ("active_total", "待核实28", ("provisional", 28, "")),
    ("active_total", "待核实：28", ("provisional", 28, "")),
    ("active_total", "待核实（28）", ("provisional", 28, "")),
    ("active_total", "28（待核实）", ("provisional", 28, "")),
    ("active_total", "28(待核实)", ("provisional", 28, "")),
    ("active_total", "28（待核实：等财务）", ("provisional", 28, "等财务")),
    ("active_total", "28（待核实）等（财务）", ("provisional", 28, "等（财务）")),
    ("active_total", "28，待核实：等财务确认", ("provisional", 28, "等财务确认")),
    ("active_total", "１，２３４，待核实 等财务", ("provisional", 1234, "等财务")),
    ("active_total", "1,234，待核实 等财务", ("provisional", 1234, "等财务")),
    ("active_total", "待核实", "provisional_without_value"),
    ("active_total", "待核实，等财务", "provisional_without_value"),
    ("active_total", "（待核实）", "provisional_without_value"),
    ("active_total", "约28待核实", "vague"),
    ("active_total", "28件待核实", "foreign_unit"),
    ("active_total", "不适用", "zero_wanted"),
    ("active_total", "不填", "not_a_number"),
    ("active_total", "无", 0),
    ("active_total", "没有", 0),
    ("active_total", "无此情况", 0),
    ("funding", "350元，待核实", ("provisional", Decimal("0.035"), "")),
    ("fees_waived", "不适用", "not_optional"),
    ("fees_waived", "没有", Decimal(0)),
    ("made_count", "没有", 0),
    ("made_count", "不填", ("none", None, "")),
    ("made_count", "不适用：没有这项工作", ("none", None, "没有这项工作")),
    ("made_amount", "不填", ("none", None, "")),
    ("signature_date", "2018-03-05待核实", ("provisional", date(2018, 3, 5), "")),
    ("signature_date", "待核实：2018年3月5日", ("provisional", date(2018, 3, 5), "")),
    ("signature_date", "暂缺，等领导定", ("absent", None, "等领导定")),
    ("signature_date", "没有", "not_a_date"),
    ("made_date", "没有", ("none", None, "")),
    # lines and text
    ("lead_office", "暂缺", ("absent", None, "")),
    ("lead_office", "暂缺，机构改革", ("absent", None, "机构改革")),
    ("lead_office", "暂缺 机构改革", ("absent", None, "机构改革")),
    ("lead_office", "暂缺物资科", "暂缺物资科"),
    ("lead_office", "暂缺（甲）", "暂缺（甲）"),
    ("lead_office", "待核实", "provisional_without_value"),
    ("lead_office", "甲科待核实", "甲科待核实"),
    ("lead_office", "无", "no_answer"),
    ("lead_office", "不适用", "not_optional"),
    ("contact_email", "不适用", ("none", None, "")),
    ("contact_email", "不适用，没有开通", ("none", None, "没有开通")),
    ("other_matters", "不适用于本单位", "不适用于本单位"),
    ("contact_email", " 无 ", ("none", None, "")),
    ("contact_email", "没有", ("none", None, "")),
    ("contact_email", "不填", ("none", None, "")),
    ("contact_email", "无此情况", ("none", None, "")),
    ("other_matters", "无线电管理科", "无线电管理科"),
    ("other_matters", "无", ("none", None, "")),
    ("other_matters", "暂缺，等领导定。", "暂缺，等领导定。"),
    ("other_matters", "暂缺", ("absent", None, "")),
    ("other_matters", "没有\n别的", "没有\n别的"),
    # choices
    ("body_kind", "1", "镇人民政府"),
    ("body_kind", "２", "乡人民政府"),
    ("body_kind", "town", "镇人民政府"),
    ("body_kind", "0", "no_such_option"),
    ("body_kind", "7", "no_such_option"),
    ("body_kind", "一", "no_such_option"),
    ("body_kind", "暂缺，等编办", ("absent", None, "等编办")),
    ("body_kind", "1待核实", ("provisional", "镇人民政府", "")),
    ("body_kind", "无", "no_such_option"),
    ("made_choice", "2", "2"),
    ("made_choice", "４", "丁"),
    ("made_choice", "没有", ("none", None, "")),
    ("staff_arrangements", "1、3", ["专人维护", "受理窗口"]),
    ("staff_arrangements", "３ 1", ["专人维护", "受理窗口"]),
    ("staff_arrangements", "1,3", ["专人维护", "受理窗口"]),
    ("staff_arrangements", "1，3；", ["专人维护", "受理窗口"]),
    ("staff_arrangements", "受理窗口，专人维护", ["专人维护", "受理窗口"]),
    ("staff_arrangements", "1、专人维护", "chosen_twice"),
    ("staff_arrangements", "1、5", "no_such_part"),
    ("staff_arrangements", "13", "no_such_option"),
    *[("staff_arrangements", word, []) for word in ("无", "没有", "不填", "无此情况", "不适用")],
    ("staff_arrangements", "暂缺", ("absent", None, "")),
    ("staff_arrangements", "暂缺，甲", "no_such_part"),
    ("channels_used", "无", "too_few"),
    ("channels_used", "不适用", "not_optional"),
    ("made_choices", "乙、丙", ["乙、丙"]),
    ("made_choices", "甲、乙、丙、丁", ["甲", "乙、丙", "丁"]),
    ("made_choices", "2、4", ["2", "丁"]),
    ("made_some", "没有", ("none", None, "")),
    # lists
    ("systems_revised", "甲办法；乙办法", [["甲办法"], ["乙办法"]]),
    ("systems_revised", "甲；乙办法\n\n 《丙办法》\r\n", [["甲；乙办法"], ["丙办法"]]),
    ("systems_revised", "甲办法（2017）", [["甲办法（2017）"]]),
    ("systems_revised", "甲；甲", "row_twice"),
    ("systems_revised", "；", "ends_in_mark"),
    ("lead_office", "0", "no_answer"),
    ("contact_address", "010-00000000", "no_answer"),
    ("own_1", "B", "no_answer"),
    ("systems_revised", "《没了》", "no_answer"),
    ("contact_office", "没有", "no_answer"),
    ("contact_phone", "13 800", "not_a_phone"),
    ("contact_phone", "12345", "12345"),
    ("contact_phone", "(010) 0000-0000转8", "(010) 0000-0000转8"),
    ("systems_revised", " ", "empty"),
    *[("systems_revised", word, []) for word in ("无", "没有", "不填", "不适用")],
    ("categories", "业务动态 112", [["业务动态", 112]]),
    ("categories", "业务动态112条", [["业务动态", 112]]),
    ("categories", "业务动态：112", [["业务动态", 112]]),
    ("categories", "业务动态，112。", [["业务动态", 112]]),
    ("categories", "业务动态\t112条", [["业务动态", 112]]),
    ("categories", "业务动态：\t112条", [["业务动态", 112]]),
    ("categories", "业务动态——１１２", [["业务动态", 112]]),
    ("categories", "业务动态1,234", [["业务动态", 1234]]),
    ("categories", "业务动态 1.2万条", [["业务动态", 12000]]),
    ("categories", "业务动态 十二", [["业务动态", 12]]),
    ("categories", "业务动态：十二条", [["业务动态", 12]]),
    ("categories", "业务动态十二条", [["业务动态", 12]]),
    ("categories", "业务动态：无", [["业务动态", 0]]),
    ("categories", "12345热线 30", [["12345热线", 30]]),
    ("categories", "条约 5", [["条约", 5]]),
    ("categories", "业务动态 112；机构职能 8；", [["业务动态", 112], ["机构职能", 8]]),
    ("categories", "业务动态 112\n机构职能\t8", [["业务动态", 112], ["机构职能", 8]]),
    ("categories", "业务动态 112，机构职能 8", [["业务动态", 112], ["机构职能", 8]]),
    ("categories", "规章2、任免106、其他1", [["规章", 2], ["任免", 106], ["其他", 1]]),
    ("categories", "业务动态112条、机构职能8条", [["业务动态", 112], ["机构职能", 8]]),
    ("categories", "业务动态112条、机构职能若干、其他3", "rows_together"),
    ("categories", "业务动态\t112，机构职能\t8", [["业务动态", 112], ["机构职能", 8]]),
    ("categories", "政策、规划 8", [["政策、规划", 8]]),
    ("categories", "第1、2类 5", [["第1、2类", 5]]),
    ("categories", "业务动态十二", "not_a_row"),
    ("categories", "业务动态", "not_a_row"),
    ("categories", "112", "not_a_row"),
    ("categories", "第十二条", "not_a_row"),
    ("categories", "业务动态 暂缺", "not_a_row"),
    ("categories", "业务动态 -3", "negative"),
    ("categories", "业务动态约112条", "vague"),
    ("categories", "业务动态100余条", "vague"),
    ("categories", "业务动态 十余条", "vague"),
    ("categories", "业务动态 1,23", "odd_grouping"),
    ("categories", "业务动态 1.5", "not_whole"),
    ("categories", "业务动态 112件", "foreign_unit"),
    ("categories", "业务动态 12%", "percent"),
    ("categories", "类别1 5", "ends_in_digit"),
    ("categories", "1" * 60, "no_answer"),
    ("categories", "甲 1；甲 2", "row_twice"),
    ("categories", "不填", []),
    ("problems", "内容不够全面：细化公开目录", [["内容不够全面", "细化公开目录"]]),
    *[
        ("problems", f"content{mark}catalogue", [["内容不够全面", "细化公开目录"]])
        for mark in (":", "：", " : ", "→", "->", "，", ",", "\t", " ", "　", "-", " - ", "—")
    ],
    ("problems", "2：1", [["内容不够全面", "细化公开目录"]]),
    ("problems", "２ ２", [["内容不够全面", "定期自查"]]),
    ("problems", "2：3", "no_own_words"),
    (
        "problems",
        "2：定期自查；1：2",
        [["内容不够全面", "定期自查"], ["认识不够到位", "落实工作责任"]],
    ),
    ("problems", "2：固定工作人员", "options_do_not_pair"),
    ("problems", "内容不够全面", "not_a_row"),
    ("problems", "内容不够全：细化公开目录", "like_option"),
    ("problems", "无", "too_few"),
    ("made_list", "甲：走访 居民 12次", [["甲", "走访 居民", 12]]),
    ("made_list", "乙、丙，走访3", [["乙、丙", "走访", 3]]),
    ("made_list", "甲\t走访\t三", [["甲", "走访", 3]]),
    ("made_list", "甲 3", "not_a_row"),
    ("made_pair", "左：右 侧", [["左", "右 侧"]]),
    ("made_pair", "左", "not_a_row"),
    ("made_back", "走访 居民：乙、丙", [["走访 居民", "乙、丙"]]),
    ("made_back", "走访-4", [["走访", "丁"]]),
    ("made_first", "3次 走访", [[3, "走访"]]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), TABLE)
def test_typed_text_is_understood(name: str, text: str, wanted: object) -> None:
    assert plain(typed(name, text)) == wanted


@pytest.mark.parametrize(("name", "text", "wanted"), TABLE)
def test_answer_in_the_table_comes_back_from_its_line(name: str, text: str, wanted: object) -> None:
    answer = typed(name, text)
    if isinstance(answer, Answer):
        assert typed(name, format_answer(answer, QUESTIONS[name])) == answer


def published(name: str) -> dict[str, object]:
    schema: Any = answer_schema(EDITION, SENTENCES)
    return schema["properties"]["answers"]["properties"][name]


@pytest.mark.parametrize(("name", "text", "wanted"), TABLE)
def test_published_schema_accepts_every_text_that_is_understood(
    name: str, text: str, wanted: object
) -> None:
    if name in MADE or isinstance(typed(name, text), str):
        return
    schema = published(name)
    assert jsonschema.Draft202012Validator(schema).is_valid(text)


@pytest.mark.parametrize("name", list(EDITION.asked))
def test_schema_allows_the_word_of_none_exactly_where_the_reader_does(name: str) -> None:
    schema = published(name)
    validator = jsonschema.Draft202012Validator(schema)
    for value in ("不适用", {"state": "不适用"}, {"state": "不适用", "remark": "甲"}):
        node = (
            value if isinstance(value, str) else {key: Node(each, 0) for key, each in value.items()}
        )
        is_read = isinstance(read_entry(QUESTIONS[name], Node(node, 0)), Answer)
        assert validator.is_valid(value) is is_read


@pytest.mark.parametrize(("code", "name", "text"), [
    ("zero_wanted", "active_total", "不适用"),
    ("not_optional", "body_name", "不适用"),
    ("rows_together", "categories", "甲 1，乙 2"),
    ("not_a_row", "categories", "业务动态"),
    ("provisional_without_value", "active_total", "待核实"),
])  # fmt: skip
def test_refusal_is_a_sentence_a_person_knows_the_words_of(code: str, name: str, text: str) -> None:
    refusal = read_entry(QUESTIONS[name], Node(text, 0))
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    sentence = SENTENCES.say(f"refusals.{code}", **refusal.details)
    assert not any(each in sentence for each in ("category", "count", "state", "value"))
    if code == "not_a_row":
        assert "第1行应当写明：类别、条数" in sentence


def test_several_rows_are_named_by_their_number() -> None:
    refusal = read_entry(QUESTIONS["categories"], Node("甲 1\n\n乙\n", 0))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.details["row"]) == ("not_a_row", 2)


# The law


def _is_written_in_one_text(question: Question, answer: Answer) -> bool:
    """Whether one text can give it at all.

    A line or text that is itself a word of a state means the state when typed; the file says
    `{value: 暂缺}`. A list of one column whose only row is such a word is the same. Remarks and
    待核实 are part of the text where nothing tells them from it (`takes_remark`).
    """
    words = ("暂缺", "待核实", "不适用", "无", "没有", "不填", "无此情况")
    texts: list[object] = [answer.value]
    if question.kind == "list" and len(question.columns) == 1 and isinstance(answer.value, tuple):
        texts = [cell for row in answer.rows[:1] for cell in row.values()]
    speaks = any(isinstance(text, str) and text.startswith(words) for text in texts)
    fits = answer.state == "given" and not answer.remark
    fits = fits or (answer.state != "provisional" and not answer.remark)
    return not speaks and (fits or takes_remark(question, answer.state))


NOTES = st.one_of(
    st.sampled_from(["财政所下周给数", "（甲）", "，甲", "：待核实", "28", "甲\n乙", "）甲（"]),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]), min_size=1, max_size=9),
).filter(lambda note: clean_text(note) == note)


@st.composite
def one_answer(draw: st.DrawFn) -> tuple[str, Answer]:
    complete = draw(answers(EDITION))
    name = draw(st.sampled_from(sorted(complete.given)))
    question, value = QUESTIONS[name], complete.given[name].value
    states: list[State] = ["given", "absent", "provisional"]
    if can_be_none(question) and not may_be_empty(question):
        states.append("none")
    state = draw(st.sampled_from(states))
    has_remark = state != "given" and draw(st.booleans())
    kept = value if state in ("given", "provisional") else None
    answer = Answer(kept, state, draw(NOTES) if has_remark else "")
    return name, answer


@LAW
@given(one_answer().filter(lambda pair: _is_written_in_one_text(QUESTIONS[pair[0]], pair[1])))
def test_line_of_an_answer_typed_gives_the_answer(pair: tuple[str, Answer]) -> None:
    name, answer = pair
    assert typed(name, format_answer(answer, QUESTIONS[name])) == answer


@LAW
@given(answers(EDITION))
def test_all_answers_of_a_body_come_back_from_their_lines(complete: Answers) -> None:
    for name, answer in complete.given.items():
        if _is_written_in_one_text(QUESTIONS[name], answer):
            assert typed(name, format_answer(answer, QUESTIONS[name])) == answer


AWKWARD = st.lists(
    st.sampled_from(["甲", "12", "十二", "条", "次", *"，、： -→；约第2"]),
    min_size=1,
    max_size=6,
).map("".join)  # fmt: skip


@settings(LAW, max_examples=300)
@given(st.lists(st.tuples(AWKWARD, st.integers(0, 3000)), min_size=1, max_size=3))
def test_rows_with_awkward_names_come_back_from_their_lines(rows: list[tuple[str, int]]) -> None:
    for name, columns in (("categories", "category count"), ("made_list", "type name times")):
        entries = [
            dict(zip(columns.split(), ("甲", *row) if name == "made_list" else row, strict=True))
            for row in rows
        ]
        nodes = [
            Node({key: Node(str(cell), 0) for key, cell in each.items()}, 0) for each in entries
        ]
        entry = read_entry(QUESTIONS[name], Node(nodes, 0))
        if isinstance(entry, Answer):
            assert typed(name, format_answer(entry, QUESTIONS[name])) == entry


@settings(LAW, max_examples=300)
@given(st.sampled_from(sorted(QUESTIONS)), st.one_of(AWKWARD, NOTES, st.text(max_size=12)))
def test_any_text_gets_an_answer_or_a_sentence(name: str, text: str) -> None:
    question = QUESTIONS[name]
    entry = read_entry(question, Node(text, 0))
    if isinstance(entry, Refusal):
        unit = getattr(question, "unit", "")
        assert SENTENCES.say(f"refusals.{entry.code}", **{"unit": unit, **entry.details})
        assert entry.code != "empty" or text.strip() in ("", "。")
    else:
        assert format_answer(entry, question) or not text.strip()


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "1," * 10_000, "甲：" * 10_000, "待核实" * 7_000, "\t" * 20_000 + "甲"]
)
@pytest.mark.parametrize(
    "name", ["active_total", "categories", "problems", "staff_arrangements", "made_back"]
)
def test_long_nonsense_is_refused_at_once(name: str, text: str) -> None:  # pytest's own timeout
    assert isinstance(typed(name, text), str)


def test_line_of_what_was_not_read_is_what_was_typed() -> None:
    question = QUESTIONS["active_total"]
    assert format_answer(Answer(None, "unread", raw="约12"), question) == "约12"
    assert (
        format_answer(Answer(None, "unread", raw=["1", {"a": "2", "b": "3"}]), question) == "1；2 3"
    )


# What does not exist is no gap


@pytest.mark.parametrize("name", ["contact_email", "report_url", "other_matters", "own_1"])
def test_optional_answer_that_does_not_exist_is_like_none_at_all(name: str, sample) -> None:
    before = sample("township-2017-corrected")
    without = {key: answer for key, answer in before.given.items() if key != name}
    empty = dataclasses.replace(before, given=without)
    none = dataclasses.replace(before, given={**without, name: Answer(None, "none", "甲")})
    drafts = [make_draft(LoadedAnswers(each, ()), None, SENTENCES) for each in (none, empty)]
    assert drafts[0].findings == drafts[1].findings
    assert drafts[0].report == drafts[1].report
    assert none.numbers == empty.numbers
