"""Notes below a table: printed there, part of the report, their numbers accounted for."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from assistant.export.formats import FORMATS, read_document
from assistant.report import Block, Table, make_report
from tests.drafts import OFFICE, drafted
from tests.machines import Talk
from tests.test_claims import town

NOTES = """format: 1
edition: national-2021
year: 2025
answers:
  norm_made: 3
wording:
  documents.note: 其中修订2件。
"""


def test_a_note_stands_right_below_its_table(read_text_of, sentences):
    report = make_report(read_text_of(NOTES).answers, None, sentences, is_draft=False)
    at = next(i for i, part in enumerate(report.parts) if isinstance(part, Table))
    table, note = report.parts[at : at + 2]
    assert isinstance(table, Table)
    assert table.rows[1].label == "行政规范性文件"
    assert isinstance(note, Block)
    assert note.text == "注：其中修订2件。"


def test_a_note_that_says_so_itself_is_not_led_in_twice(read_text_of, sentences):
    text = NOTES.replace("其中修订2件", "注：其中修订2件")
    report = make_report(read_text_of(text).answers, None, sentences, is_draft=False)
    assert [b.text for b in report.blocks if "修订" in b.text] == ["注：其中修订2件。"]


def test_a_note_stays_with_its_table_and_tables_of_one_form_stay_together(read_text_of, sentences):
    report = make_report(read_text_of(NOTES).answers, None, sentences, is_draft=False)
    data = FORMATS["docx"].write(drafted(report), OFFICE)
    body = docx.Document(io.BytesIO(data)).element.body
    note = next(each for each in body.iterchildren(qn("w:p")) if "其中修订" in each.text)
    assert note.style == "附表注"
    assert all(each.pPr.keepNext_val for each in note.getprevious().iter(qn("w:p")))
    assert note.pPr.keepNext_val
    assert note.getnext().tag == qn("w:tbl")


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_every_format_prints_notes(read_text_of, sentences, tmp_path, suffix):
    report = make_report(read_text_of(NOTES).answers, None, sentences, is_draft=True)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(FORMATS[suffix].write(drafted(report), OFFICE))
    lines = read_document(path).lines
    if suffix != "xlsx":  # which has the tables alone
        assert any("注：其中修订2件。" in line for line in lines)


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("加注 行政规范性文件·本年制发件数", "“行政规范性文件·本年制发件数”："),
        ("加注 上年结转", "“上年结转的申请”："),
    ],
)
def test_a_note_of_a_cell_or_row_begins_with_its_name(said, begins):
    now = Talk(town(), None, "trainings")
    now.type(said)
    assert now.interview.at in ("documents.note", "requests.note")
    assert now.interview.drafts[now.interview.at] == begins


def test_numbers_of_a_note_are_accounted_for():
    now = Talk(town(), None, "trainings")
    now.type("加注 培训")  # which stands in no table
    assert now.interview.at == "trainings"
    now.type("加注 上年结转")
    now.type("其中上年结转申请9件。")
    account = next(a for a in now.interview.outcomes.accounts if a.slot == "requests.note")
    assert account.verdict == "contradicts"
    assert account.cells == ("carried_in.total",)
