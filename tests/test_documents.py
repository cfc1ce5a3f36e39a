"""Every format: the same bytes again, read back line for line, and never a mark from a person."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answers import Answer, Answers
from assistant.export.formats import FORMATS, Line, txt
from assistant.export.formats.document_lines import trimmed
from assistant.export.verify import compare
from assistant.report import Report, Span, make_report
from assistant.storage.errors import FileError
from assistant.values.line_breaking import columns
from tests import tables
from tests.data.cases import cases
from tests.drafts import OFFICE, drafted
from tests.strategies import EDITIONS, WHOLE_FILES, answers
from tests.surfaces import NARRATED, TEXT

law = WHOLE_FILES
every_format = pytest.mark.parametrize("suffix", list(FORMATS))

MARKS = cases("marks")
INDENTED = [f"甲\n    {mark}" for mark in ("code", "# t", "- x", "1. x", "> q", "---")]


@pytest.fixture
def township(sample) -> Answers:
    return sample("township-2017-as-published")


@pytest.fixture
def report_of(sentences):
    def make(now: Answers, **values: Any) -> Report:
        given = {**now.given, **{name: Answer(value) for name, value in values.items()}}
        return make_report(dataclasses.replace(now, given=given), None, sentences, is_draft=False)

    return make


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("documents")


def written(report: Report, suffix: str) -> bytes:
    return FORMATS[suffix].write(drafted(report), OFFICE)


def lines_of(report: Report, suffix: str) -> list[Line]:
    return FORMATS[suffix].lines(drafted(report), OFFICE)


def read_back(report: Report, suffix: str, place: Path) -> list[str]:
    path = place / f"x.{suffix}"
    path.write_bytes(written(report, suffix))
    return FORMATS[suffix].read(path).lines


def printed_in(report: Report, suffix: str) -> list[Span]:
    """The figures of a report that a format prints."""
    if suffix in NARRATED:
        return list(report.figures())
    spans = (span for table in report.tables for span in table.spans)
    return [span for span in spans if span.kind == "figure"]


def promised(report: Report, suffix: str) -> list[str]:
    return trimmed([line.text for line in lines_of(report, suffix)])


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@law
@given(data=st.data())
def test_a_document_is_read_back_as_it_was_promised(sentences, place, complete, data):
    edition = data.draw(st.sampled_from(EDITIONS), label="edition")
    now = data.draw(answers(edition, complete=complete))
    report = make_report(now, None, sentences, is_draft=not complete)
    for suffix in FORMATS:
        assert read_back(report, suffix, place) == promised(report, suffix)
        assert written(report, suffix) == written(report, suffix)


@every_format
@pytest.mark.parametrize("text", MARKS + INDENTED)
def test_text_that_looks_like_marks_is_read_back(township, report_of, place, suffix, text):
    lines = text.partition("\n")[0]
    report = report_of(township, own_1=text, own_4=f"甲\n{text}", contact_address=lines)
    assert read_back(report, suffix, place) == promised(report, suffix)


@every_format
@pytest.mark.parametrize("space", ["\u2003", "\u2009", "\u202f", "\u1680", "\u00a0", "\u3000", " "])
def test_odd_spaces_do_not_part_a_document_from_its_report(
    township, report_of, place, suffix, space
):
    text = f"甲{space}\n{space}乙{space}丙{space}"
    name = f"甲{space}乙{space}"
    report = report_of(township, own_1=text, body_name=name, contact_office=name)
    assert read_back(report, suffix, place) == promised(report, suffix)


@every_format
def test_every_line_of_the_report_keeps_its_spans(township, report_of, suffix):
    report = report_of(township)
    spans = [span for line in lines_of(report, suffix) for span in line.spans]
    figures = [span for span in spans if span.kind == "figure"]
    assert figures == printed_in(report, suffix)


@pytest.mark.parametrize("suffix", TEXT)
@pytest.mark.parametrize(
    "edited",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("gb18030"),
        lambda text: text.replace("\n", "\n\n\n").encode(),
        lambda text: text.replace("\n", " \u3000\n").encode(),
    ],
    ids=["crlf", "bom", "utf-16", "gb18030", "blank-lines", "trailing-space"],
)
def test_a_document_saved_by_another_editor_reads_the_same(
    township, report_of, tmp_path, suffix, edited
):
    report = report_of(township)
    path = tmp_path / f"改.{suffix}"
    path.write_bytes(edited(written(report, suffix).decode()))
    assert FORMATS[suffix].read(path).lines == promised(report, suffix)


@every_format
@pytest.mark.parametrize("data", [b"\0\1\2\3", b"\xff\xfe\x00", b"PK\3\4\0\0"])
def test_what_is_no_text_is_a_file_error(tmp_path, suffix, data):
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(data)
    with pytest.raises(FileError):
        FORMATS[suffix].read(path)


def parsed(report: Report):
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return parser.parse(written(report, "md").decode())


PLAIN = {"text"}
BLOCKS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline",
    "blockquote_open", "blockquote_close",
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
    "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip


def assert_all_is_plain(report: Report) -> None:
    tokens = parsed(report)
    assert {token.type for token in tokens} <= BLOCKS
    paragraphs = []
    in_table = False
    for at, token in enumerate(tokens):
        in_table = (in_table or token.type == "table_open") and token.type != "table_close"
        if token.type == "inline":
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special"}, token.content
            if not in_table:
                tag = tokens[at - 1].tag
                paragraphs.append((tag, "".join(child.content for child in token.children)))
    heads = {"title": "h1", "heading": "h2", "subheading": "h3"}
    wanted = [(heads.get(block.kind, "p"), block.text.strip()) for block in report.blocks]
    (table,) = report.tables
    wanted += [
        ("h2", table.title),
        ("p", "".join(span.text for span in table.year)),
        ("p", "".join(span.text for span in table.body).strip()),
    ]
    assert paragraphs == wanted


@pytest.mark.parametrize("text", MARKS + INDENTED)
def test_in_markdown_every_text_of_a_person_is_plain_text(township, report_of, text):
    line = text.partition("\n")[0]
    report = report_of(
        township,
        own_1=text,
        own_2=f"甲\n{text}\n乙",
        other_matters=text,
        body_name=line,
        contact_address=line,
        leading_group_members=line,
        categories=({"category": line, "count": 3},),
    )
    assert_all_is_plain(report)


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@law
@given(data=st.data())
def test_in_markdown_any_answers_make_headings_paragraphs_and_one_table(
    edition, sentences, complete, data
):
    now = data.draw(answers(edition, complete=complete))
    assert_all_is_plain(make_report(now, None, sentences, is_draft=not complete))


def test_the_markdown_table_is_the_form(township, report_of):
    report = report_of(township)
    tokens = parsed(report)
    assert sum(token.type == "table_open" for token in tokens) == 1
    rows: list[list[str]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        if token.type in ("td_open", "th_open"):
            rows[-1].append(tokens[at + 1].content)
    assert {len(row) for row in rows} == {3}
    (table,) = report.tables
    assert rows[0] == [head.text for head in table.head[0]]
    assert rows[1:] == [
        [row.label, row.unit, row.cells[0].text if row.cells else ""] for row in table.rows
    ]
    assert len(rows) - 1 == 78
    styles = {token.attrs.get("style") for token in tokens if token.type == "td_open"}
    assert "text-align:right" in styles


def rows_of(report: Report) -> list[str]:
    """The lines of the table between its rules, header and all."""
    lines = written(report, "txt").decode().splitlines()
    rules = [at for at, line in enumerate(lines) if line == "-" * txt.PAGE_WIDTH]
    return lines[rules[-3] + 1 : rules[-2]] + lines[rules[-2] + 1 : rules[-1]]


def assert_is_aligned(report: Report) -> None:
    rows = rows_of(report)
    assert max(map(columns, rows)) <= 78
    ends = iter(rows[1:])
    for row in report.tables[0].rows:
        if row.unit:
            # a label may take several lines; the number ends the last of them
            (cell,) = row.cells
            line = next(line for line in ends if line.endswith(f" {cell.text}"))
            assert columns(line) == 78, line
            label = line.removesuffix(cell.text).rstrip()
            assert label.endswith(f"  {row.unit}"), line
    assert columns(rows[0]) == 78


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@law
@given(data=st.data())
def test_in_plain_text_the_numbers_end_in_one_column_of_a_page_of_78(
    edition, sentences, complete, data
):
    now = data.draw(answers(edition, complete=complete))
    assert_is_aligned(make_report(now, None, sentences, is_draft=not complete))


@pytest.mark.parametrize("value", [0, 10**7, 10**8 - 1, 10**8, 10**11, 10**12 - 1])
def test_in_plain_text_the_largest_numbers_still_fit(edition, township, report_of, value):
    counts = {item.id: value for item in edition.indicators if item.kind == "count"}
    assert_is_aligned(report_of(township, **counts))


def test_in_plain_text_no_line_of_the_table_begins_with_a_closing_mark(township, report_of):
    for value in (0, 10**9, 10**11):
        for line in rows_of(report_of(township, active_total=value)):
            assert line.strip()[0] not in "，、。；：）》”？！", line


def test_every_column_says_what_stands_above_it():
    heads = tables.wide(["0"] * 60).column_heads()
    assert heads[1] == ("自然人",)
    assert heads[3] == ("法人或其他组织", "科研机构")
    assert heads[7] == ("总计",)
    assert [len(head) for head in tables.bare(["0"] * 15).column_heads()] == [2] * 15


@law
@given(values=st.lists(tables.FIGURES, min_size=60, max_size=60))
def test_tables_of_any_make_are_read_back_wherever_they_stand(township, report_of, place, values):
    report = tables.in_the_midst(report_of(township), values)
    assert len(report.tables) == 5
    for suffix in FORMATS:
        assert read_back(report, suffix, place) == promised(report, suffix)
        lines = lines_of(report, suffix)
        figures = [span for line in lines for span in line.spans if span.kind == "figure"]
        assert figures == printed_in(report, suffix)
        assert compare(lines, promised(report, suffix)).differences == ()


def test_in_markdown_a_table_with_a_header_of_two_levels_is_one_table(township, report_of):
    report = tables.in_the_midst(report_of(township), ["3"] * 60)
    tokens = parsed(report)
    assert sum(token.type == "table_open" for token in tokens) == len(report.tables)


def test_in_plain_text_many_columns_fit_the_page(township, report_of):
    for table in (tables.wide(["145"] * 60), tables.bare(["12"] * 15), tables.block(["9876"] * 6)):
        lines = [line.text for line in txt.table_lines(table)]
        assert max(map(columns, lines)) <= txt.PAGE_WIDTH, "\n".join(lines)
        numbers = [line for line in lines if line.endswith(("145", "12", "9876"))]
        assert len({columns(line) for line in numbers}) == 1
