"""How answers become blocks and rows: gaps, draft mark, enumerations, own text, templates."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import Answer, Answers
from assistant.form.model import Edition, Indicator
from assistant.messages import Sentences
from assistant.messages.templates import Templates
from assistant.report import FILTERS, Report, Span, make_report
from assistant.report.template_context import numbered
from assistant.storage.errors import LibraryError
from tests.data.cases import cases

TOWNSHIP = "township-2017-as-published"
NONE = object()
"""Takes an answer away."""


@pytest.fixture
def township(sample: Callable[[str], Answers]) -> Answers:
    return sample(TOWNSHIP)


@pytest.fixture
def report_of(sentences: Sentences) -> Callable[..., Report]:
    def make(answers: Answers, *, is_draft: bool = False, templates: Templates | None = None):
        return make_report(answers, None, sentences, is_draft=is_draft, templates=templates)

    return make


def changed(answers: Answers, **values: Any) -> Answers:
    given = {**answers.given, **{name: Answer(value) for name, value in values.items()}}
    kept = {name: answer for name, answer in given.items() if answer.value is not NONE}
    return dataclasses.replace(answers, given=kept)


def speaking(edition: Edition, source: str) -> Templates:
    """The templates of an edition, all silent but the preamble."""
    silent = {section.template: "" for section in edition.sections}
    return Templates({**silent, edition.preamble: source}, [Path("narrative")], FILTERS)


@pytest.fixture
def speak(township: Answers, report_of: Callable[..., Report]) -> Callable[..., list[str]]:
    """The paragraphs that a template makes of the township's answers."""

    def render(source: str, answers: Answers = township) -> list[str]:
        report = report_of(answers, templates=speaking(answers.edition, source))
        return [block.text for block in report.blocks if block.kind != "heading"]

    return render


def spans(report: Report, kind: str):
    return [span for block in report.blocks for span in block.spans if span.kind == kind]


def table_cells(report: Report) -> list[Span]:
    return [cell for table in report.tables for row in table.rows for cell in row.cells]


def test_every_missing_indicator_is_a_gap_in_text_and_table(township, report_of):
    for item in township.edition.indicators:
        report = report_of(changed(township, **{item.id: NONE}))
        told = [span.text for span in spans(report, "gap") if span.id == item.id]
        name = township.edition.name(item.id)
        assert set(told) <= {f"【待补充：{name}】"}, item.id
        cells = [cell for cell in table_cells(report) if cell.id == item.id]
        assert [(cell.kind, cell.text) for cell in cells] == [("gap", "待补充")]
        assert item.table_only or told or _hides(item, township), item.id


def _hides(item: Indicator, answers: Answers) -> bool:
    """A part is not told while its group is denied as a whole."""
    owner = answers.edition.ancestors(item)
    return any(answers.numbers.get(above.id) == 0 for above in owner)


def test_every_missing_required_fact_is_a_gap_in_the_text(township, report_of):
    silent = []
    for fact in township.edition.facts:
        if not fact.required or not township.applies(fact):
            continue
        gaps = spans(report_of(changed(township, **{fact.id: NONE})), "gap")
        if not any(f"【待补充：{fact.label}】" == span.text for span in gaps):
            silent.append(fact.id)
    assert silent == []


def test_a_missing_optional_fact_is_no_gap(township, report_of):
    optional = {fact.id: NONE for fact in township.edition.facts if not fact.required}
    assert not spans(report_of(changed(township, **optional)), "gap")


def test_answers_without_any_number_make_a_report_of_gaps(edition, report_of):
    report = report_of(Answers(edition, 2017), is_draft=True)
    cells = table_cells(report)
    assert {cell.kind for cell in cells} == {"gap"}
    assert {span.id for span in report.figures()} <= {"year", "period", "year_end"}


@pytest.mark.parametrize("is_draft", [True, False])
def test_only_a_draft_carries_the_draft_mark_and_carries_it_first(township, report_of, is_draft):
    report = report_of(township, is_draft=is_draft)
    at = [place for place, block in enumerate(report.blocks) if block.kind == "draft"]
    assert at == ([0] if is_draft else [])
    assert ("草稿" in report.blocks[0].text) == is_draft


def test_a_report_has_title_six_sections_in_order_and_the_signature(township, report_of):
    report = report_of(township)
    heads = [block.text for block in report.blocks if block.kind == "heading"]
    assert heads == [section.title for section in township.edition.sections]
    assert len(heads) == 6
    assert report.blocks[0].kind == "title"
    assert [block.text for block in report.blocks if block.kind == "signature"] == [
        "示例镇人民政府",
        "2018年3月5日",
    ]


def test_the_table_holds_every_row_of_the_form_in_its_order(township, report_of):
    rows = report_of(township).tables[0].rows
    assert [row.label for row in rows] == [row.printed_label for row in township.edition.rows]
    values = {cell.id: cell.text for row in rows for cell in row.cells}
    assert values["active_total"] == "145"
    assert values["received_in_person"] == "0"
    assert len(values) == len(township.edition.indicators)


@pytest.mark.parametrize(
    "offence",
    cases("template_offences"),
)
def test_what_only_python_may_do_is_refused_with_file_and_line(township, report_of, offence):
    source = f"年度报告\n\n{offence}\n"
    with pytest.raises(LibraryError) as fault:
        report_of(township, templates=speaking(township.edition, source))
    assert fault.value.code == "template_broken"
    assert fault.value.details["path"] == str(Path("narrative") / township.edition.preamble)
    assert fault.value.details["line"] in (3, 4)


@pytest.mark.parametrize("attribute", ["index", "index0", "length", "revindex", "cycle"])
def test_a_template_asks_of_loop_only_whether_it_is_first_or_last(edition, attribute):
    source = "甲\n{% for row in categories.rows %}{{ loop." + attribute + " }}{% endfor %}"
    templates = speaking(edition, source)
    assert list(templates.offences(edition.preamble)) == [(2, f"loop.{attribute}")]
    allowed = "{% for row in rows %}{% if loop.first or loop.last %}甲{% endif %}{% endfor %}"
    assert not list(speaking(edition, allowed).offences(edition.preamble))


@pytest.mark.parametrize("source", ["共3件。", "共３件。", "共{{ received_total.text }}件。"])
def test_a_number_of_the_template_itself_is_refused(township, report_of, source):
    with pytest.raises(LibraryError) as fault:
        report_of(township, templates=speaking(township.edition, source))
    assert fault.value.code == "number_in_template"
    assert fault.value.details["path"] == str(Path("narrative") / township.edition.preamble)


WAYS = ("received_in_person", "received_fax", "received_online", "received_letter")
LISTED = "[" + ", ".join(WAYS) + "]"


@pytest.mark.parametrize(
    ("counts", "listed", "parts", "shares"),
    [
        ((0, 0, 0, 0), "", "", ""),
        ((1, 0, 0, 0), "当面申请1件", "为当面申请", "为当面申请"),
        ((0, 0, 2, 0), "网络申请2件", "均为网络申请", "均为网络申请"),
        (
            (2, 0, 1, 0),
            "当面申请2件、网络申请1件",
            "其中当面申请2件、网络申请1件",
            "其中当面申请2件、网络申请1件",
        ),
        (
            (4, 0, 2, 0),
            "当面申请4件、网络申请2件",
            "其中当面申请4件、网络申请2件",
            "其中当面申请4件，占66.7%；网络申请2件，占33.3%",
        ),
        (
            (2, 2, 2, 2),
            "当面申请2件、传真申请2件、网络申请2件、信函申请2件",
            "其中当面申请2件、传真申请2件、网络申请2件、信函申请2件",
            "其中"
            + "；".join(f"{way}申请2件，占25.0%" for way in ("当面", "传真", "网络", "信函")),
        ),
    ],
)
def test_an_enumeration_drops_zeros(township, speak, counts, listed, parts, shares):
    ways = dict(zip(WAYS, counts, strict=True))
    answers = changed(township, received_total=sum(counts), **ways)
    source = (
        f"{{% if {LISTED}|any_told %}}有{{% else %}}无{{% endif %}}{{{{ {LISTED}|listed }}}}\n"
        f"甲{{{{ {LISTED}|parts_of(received_total) }}}}\n"
        f"乙{{{{ {LISTED}|shares_of(received_total) }}}}\n"
    )
    told = "有" if sum(counts) else "无"
    assert speak(source, answers) == [told + listed, "甲" + parts, "乙" + shares]


@pytest.mark.parametrize(
    ("total", "ways"), [(1, (2, 0, 1, 0)), (5, (2, 0, 1, 0)), (5, (2, 0, 0, 0))]
)
def test_parts_that_do_not_make_up_their_total_get_no_share(township, speak, total, ways):
    answers = changed(township, received_total=total, **dict(zip(WAYS, ways, strict=True)))
    filters = ("shares_of", "parts_of")
    source = "\n".join(f"{{{{ {LISTED}|{name}(received_total) }}}}" for name in filters)
    shares, parts = speak(source, answers)
    assert shares == parts
    assert parts == "其中当面申请2件" + ("、网络申请1件" if ways[2] else "")


@pytest.mark.parametrize(("part", "share"), [(1, ""), (2, "，占0.1%"), (3, "，占0.2%")])
def test_a_part_below_a_tenth_of_a_percent_gets_no_share(township, speak, part, share):
    answers = changed(
        township, received_total=2000, **dict(zip(WAYS, (part, 0, 2000 - part, 0), strict=True))
    )
    (told,) = speak(f"{{{{ {LISTED}|shares_of(received_total) }}}}", answers)
    assert told.startswith(f"其中当面申请{part}件{share}；网络申请")


def test_a_part_that_is_the_whole_is_told_in_words_that_carry_its_figure(township, report_of):
    blocks = report_of(changed(township, received_in_person=3)).blocks
    told = [span for block in blocks for span in block.spans if span.id == "received_in_person"]
    assert [(span.kind, span.text) for span in told] == [("whole", "均为当面申请")]


def test_an_enumeration_of_nouns_with_inner_marks_is_parted_by_semicolons(township, speak):
    assert speak("{{ [key_finance, key_audit]|listed }}") == [
        "财政预算决算、“三公”经费和行政经费信息10条；政府部门预算执行审计结果等信息1条"
    ]


@pytest.mark.parametrize(
    ("channels", "text"),
    [
        ("{{ ['甲']|joined }}", "甲"),
        ("{{ ['甲', '乙']|joined }}", "甲和乙"),
        ("{{ ['甲', '乙', '丙']|joined }}", "甲、乙和丙"),
        ("{{ ['甲', '乙', '丙', '丁']|joined }}", "甲、乙、丙和丁"),
        ("无{{ []|joined }}", "无"),
        ("{{ ['办法', '规定']|titled }}", "《办法》《规定》"),
        ("{{ categories.rows|column('category')|joined }}",
         "规范性文件信息、业务动态信息、财务公开信息和机构职能信息"),
    ],
)  # fmt: skip
def test_words_are_joined_as_prose_joins_them(speak, channels, text):
    assert speak(channels) == [text]


def test_items_are_numbered_as_prose_numbers_them():
    marks = [mark for mark, _ in numbered(range(99))]
    assert marks[:3] == ["一是", "二是", "三是"]
    assert marks[8:12] == ["九是", "十是", "十一是", "十二是"]
    assert [marks[18], marks[19], marks[20], marks[98]] == [
        "十九是",
        "二十是",
        "二十一是",
        "九十九是",
    ]
    assert [item for _, item in numbered("甲乙")] == ["甲", "乙"]


def test_problems_are_counted_in_words_and_numbered(township, report_of):
    text = "".join(block.text for block in report_of(township).blocks)
    assert "存在两个方面的问题：一是部分工作人员" in text
    assert "；二是公开的内容" in text


def test_own_text_of_several_lines_becomes_paragraphs(township, report_of):
    report = report_of(changed(township, own_3="第一段。\n\n第二段。\n第三段。"))
    own = [block for block in report.blocks if any(span.id == "own_3" for span in block.spans)]
    assert [block.text for block in own] == ["第一段。", "第二段。", "第三段。"]
    assert {block.kind for block in own} == {"paragraph"}
    assert {span.kind for block in own for span in block.spans} == {"own"}


@pytest.mark.parametrize("mark", ["# ", "## ", "### "])
def test_own_text_never_becomes_a_heading(township, report_of, mark):
    report = report_of(changed(township, own_1=f"{mark}题\n{mark}又题"))
    own = [block for block in report.blocks if block.spans[0].id == "own_1"]
    assert [(block.kind, block.text) for block in own] == [
        ("paragraph", f"{mark}题"),
        ("paragraph", f"{mark}又题"),
    ]


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% if %}", "{# x #}", "7*7", "２０１７"])
def test_text_of_the_body_is_printed_as_typed_and_never_rendered(township, report_of, text):
    names = ["own_2", "leading_group_members", "contact_address", "lead_office", "body_name"]
    report = report_of(changed(township, **dict.fromkeys(names, text)))
    kinds = {fact.id: fact.span for fact in township.edition.facts}
    for name in names:
        found = [span for block in report.blocks for span in block.spans if span.id == name]
        assert found, name
        assert {(span.kind, span.text) for span in found} == {(kinds[name], text)}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("副职领导、各科室负责人", "任组长，成员包括副职领导、各科室负责人，日常"),
        ("办公室主任、副主任", "任组长，成员包括办公室主任、副主任，日常"),
        ("副镇长任副组长，各科室负责人为成员", "任组长，副镇长任副组长，各科室负责人为成员，日常"),
        ("成员由各科室负责人担任", "任组长，成员由各科室负责人担任，日常"),
        (NONE, "任组长，成员包括【待补充：领导小组成员】，日常"),
    ],
)
def test_members_told_as_a_list_or_as_a_clause_make_a_sentence(
    township, report_of, answer, sentence
):
    report = report_of(changed(township, leading_group_members=answer))
    assert any(sentence in block.text for block in report.blocks)


def test_an_enumeration_tells_missing_items_as_gaps(township, report_of):
    answers = changed(township, received_fax=NONE)
    source = f"{{{{ {LISTED}|listed }}}}"
    report = report_of(answers, templates=speaking(township.edition, source))
    assert report.blocks[0].text == "传真申请【待补充：传真申请数】件"
    assert report.blocks[0].spans[1].kind == "gap"


def test_the_law_cited_is_marked_as_law_and_follows_the_year(township, report_of):
    legal = [span.text for span in spans(report_of(township), "legal")]
    assert sorted(legal) == sorted(township.edition.legal_names(2017).values())


def test_figures_of_one_report_do_not_leak_into_the_next(township, report_of):
    before = report_of(township)
    report_of(changed(township, received_total=9))
    assert report_of(township) == before
