"""The review sheet as a page of a Word file: the rows of Excel, and no part of the proof."""

import io
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from assistant.answers import LoadedAnswers
from assistant.export.formats import FORMATS
from assistant.export.formats.review_sheet import review_rows
from assistant.export.proof import prove_document
from assistant.export.verify import compare
from assistant.report.draft import make_draft
from assistant.values.print_format import show
from tests.drafts import OFFICE
from tests.surfaces import SURFACES

WORD = FORMATS["docx"]
REVIEWED = OFFICE._replace(has_review=True)
START, END = '<w:bookmarkStart w:id="0"', "<w:sectPr>"


class Reviewed:
    """A Word file with the page, and the same one without it."""

    def __init__(self, draft, folder):
        self.draft, self.path = draft, folder / "报告.docx"
        self.plain = SURFACES["docx"](WORD.write(draft, OFFICE))
        self.surface = SURFACES["docx"](WORD.write(draft, REVIEWED))
        self.text = self.surface.text
        self.page = self.text[self.text.rindex("<w:p>", 0, self.text.index(START)) :]
        self.page = self.page[: self.page.index(END)]

    def read(self, text):
        self.path.write_bytes(self.surface.pack(text))
        return WORD.read(self.path)

    def compare(self, text):
        return compare(WORD.lines(self.draft, REVIEWED), self.read(text).lines)


@pytest.fixture(scope="module")
def draft(sample, sentences):
    now, before = sample("township-2017-many-faults"), sample("township-2017-corrected")
    return make_draft(LoadedAnswers(now, ()), before, sentences)


@pytest.fixture
def made(draft, tmp_path):
    return Reviewed(draft, tmp_path)


def as_seen(cell):
    return cell if isinstance(cell, str) else show(Decimal(cell))


def test_the_page_says_what_the_sheet_says(made, draft, sentences):
    rows = [list(map(as_seen, row.cells)) for row in review_rows(draft, sentences)]
    assert len(rows) > 20
    wanted = "".join(cell for row in rows for cell in row).replace("\n", "")
    assert made.surface.seen(made.page).replace("\n", "") == wanted
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(draft, OFFICE)))
    sheet = book.worksheets[-1]
    assert [as_seen(row[0]) for row in sheet.iter_rows(values_only=True)] == [
        row[0] for row in rows
    ]


def test_what_could_not_be_read_is_shown_as_it_was_written(sample, sentences):
    made = make_draft(LoadedAnswers(sample("town-2025-many-faults"), ()), None, sentences)
    unread = [row.cells for row in review_rows(made, sentences) if row.cells[0] == "读不懂"]
    assert [cells[1] for cells in unread] == [
        str(each.raw) for each in made.answers.given.values() if each.state == "unread"
    ]
    assert unread


@pytest.mark.parametrize("odd", ["\\x07", "\\u202e", "\\uffff", "\\ue000"])
def test_what_could_not_be_read_may_hold_anything(read_text_of, sentences, odd):
    """Some of these no Word or Excel file can hold, and a reader sees none."""
    reading = read_text_of(
        "format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n"
        f'  body_name: 某镇\n  active_total: "3{odd}5"\n'
        f'acknowledged:\n  L02: {{reason: "理{odd}由", values: {{a: "1"}}}}\n'
    )
    made = make_draft(reading, None, sentences)
    page = SURFACES["docx"](WORD.write(made, REVIEWED))
    assert "3\ufffd5" in page.seen(page.text)
    assert FORMATS["xlsx"].write(made, OFFICE)


def test_the_report_before_the_page_is_the_report_without_it(made):
    assert made.text.replace(made.page, "") == made.plain.text
    assert made.page.count("<w:pageBreakBefore/>") == 1
    assert made.page.count("<w:tblHeader/>") == made.page.count("<w:tbl>") > 1


def test_whatever_the_report_becomes_the_page_neither_adds_nor_hides_a_number(made):
    atoms = made.plain.atoms()
    for at in range(0, len(atoms), 9):
        spoilt = made.plain.with_atoms([*atoms[:at], atoms[at].replace("1", "7"), *atoms[at + 2 :]])
        assert made.read(spoilt.replace(END, made.page + END)).lines == made.read(spoilt).lines


def test_a_page_written_on_is_passed_over_and_said(made, tmp_path):
    contents = made.read(made.text.replace("审核人：", "审核人：张三，共核对7777项"))
    assert "7777" not in "".join(contents.lines)
    assert "review" in contents.notices
    prove_document(made.draft, REVIEWED, made.path, "docx")


def test_a_page_that_was_emptied_is_not_said(made):
    emptied = made.text.replace(made.page, made.page[: made.page.index("</w:p>")] + "</w:p>")
    emptied = emptied.replace("核对单", "")
    assert made.read(emptied).notices == ()


def test_a_report_drawn_into_the_page_is_missing_and_not_passed_over(made):
    start = made.text[made.text.index(START) :].partition(">")[0] + ">"
    moved = made.text.replace(start, "").replace("<w:body>", f"<w:body>{start}")
    lost = [each for each in made.compare(moved).differences if each.verdict == "missing"]
    assert len(lost) > 100


def test_what_stands_behind_the_page_counts(made):
    behind = made.text.replace(END, made.surface.paragraph("另有申请77件。") + END)
    found = made.compare(behind).differences
    assert [(each.verdict, each.new) for each in found] == [("unknown", "77件")]


def test_replay_writes_the_page_and_verify_says_that_it_is_there(tmp_path, here):
    sample = "samples/township-2017-corrected/answers.yaml"
    arguments = ["replay", sample, "-o", tmp_path, "--review"]
    refused = here(*arguments)
    assert (refused.returncode, "--format docx" in refused.stderr) == (2, True)
    assert here(*arguments, "--format", "docx,xlsx").returncode == 0
    proved = here("verify", tmp_path / "answers.docx", sample)
    assert (proved.returncode, "附有核对单" in proved.stdout) == (0, True)


def test_tables_of_the_page_are_called_what_stands_above_them(made, draft, sentences):
    rows = list(review_rows(draft, sentences))
    heads = [row.cells[0] for row, below in pairwise(rows) if below.role == "head"]
    captions = re.findall('<w:tblCaption w:val="([^"]*)"', made.page)
    assert captions == heads
    assert len(heads) == 3
