"""PDF files: their paragraphs made whole, their ruled tables as cells, and what is refused."""

import io
import logging
import subprocess
import sys
import time
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.export.formats import FORMATS, READERS
from assistant.export.formats.document_lines import DocumentContents
from assistant.export.formats.pdf import bounded_pages
from assistant.report import Table, make_report
from assistant.storage.errors import FileError
from assistant.values.characters import fold_radicals
from tests.tables import plain
from tests.test_cells_of_documents import assert_bounds, assert_holds, spans, texts

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT, LEFT, RIGHT, TOP, SIZE, ROW = 595.0, 842.0, 60.0, 530.0, 780.0, 10.0, 24.0


class Pages:
    """Draws lines and ruled tables from the top down, on as many pages as they take."""

    def __init__(self, encrypt=None):
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, (WIDTH, HEIGHT), encrypt=encrypt, invariant=True)
        self.top = TOP

    def line(self, text: str, left: float = LEFT, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, self.top, text)
        self.top -= 1.6 * size

    def paragraph(self, text: str) -> None:
        """As an office program breaks it: two characters stand in."""
        words, left = text, LEFT + 2.0 * SIZE
        while words:
            room = len(words)
            while left + pdfmetrics.stringWidth(words[:room], FONT, SIZE) > RIGHT:
                room -= 1
            self.line(words[:room], left)
            words, left = words[room:], LEFT

    def cell(self, text: str, left: float, width: float, height: float) -> None:
        self.canvas.rect(left, self.top - height, width, height)
        self.canvas.setFont(FONT, 6)
        room = max(1, int((width - 4) // 6))
        pieces = [text[at : at + room] for at in range(0, len(text), room)]
        for at, piece in enumerate(pieces):
            self.canvas.drawString(left + 2, self.top - 7 - 7 * at, piece)

    def row(self, cells, height: float = ROW) -> None:
        """Cells of text, width and height."""
        left = LEFT
        for text, width, down in cells:
            if text is not None:
                self.cell(text, left, width, height * down)
            left += width
        self.top -= height

    def new_page(self) -> None:
        self.canvas.showPage()
        self.top = TOP

    def table(self, table: Table) -> None:
        width = (WIDTH - 2 * LEFT) / table.width
        for heads in table.head_rows():
            cells = [
                (None if head.is_below else head.text, width * head.across, head.down)
                for head in heads
            ]
            self.row(cells)
        for row in plain(table).rows:
            if self.top < 80:
                self.new_page()
            self.row([(text, width, 1) for text in row], ROW * 2)

    def save(self) -> bytes:
        self.canvas.save()
        return self.stream.getvalue()


@pytest.fixture
def read(tmp_path):
    def read_pages(pages) -> DocumentContents:
        path = tmp_path / "年报.pdf"
        path.write_bytes(pages if isinstance(pages, bytes) else pages.save())
        contents = READERS["pdf"](path)
        for grid in contents.tables:
            assert_bounds(grid)
        return contents

    return read_pages


@pytest.fixture
def refused(read):
    def code_of(pages) -> str:
        with pytest.raises(FileError) as fault:
            read(pages)
        return fault.value.code

    return code_of


def test_pdf_is_read_and_never_written():
    assert "pdf" not in FORMATS
    assert set(READERS) == {*FORMATS, "htm", "pdf"}


@pytest.mark.parametrize("name", ["city-2025-busy", "township-2017-as-published"])
def test_every_figure_of_a_printed_report_stands_in_its_cell(sample, sentences, read, name):
    report = make_report(sample(name), None, sentences, is_draft=False)
    pages = Pages()
    for part in report.parts:
        if isinstance(part, Table):
            if pages.top < 300:
                pages.new_page()
            pages.table(part)
            pages.top -= 30
            pages.line("——以上为统计表。")
        elif pages.top < 200:
            pages.new_page()
        if not isinstance(part, Table):
            pages.paragraph(part.text)
    contents = read(pages)
    assert len(contents.tables) == len(report.tables)
    assert_holds(contents, list(map(plain, report.tables)))
    whole = [block.text in contents.lines for block in report.blocks]
    assert sum(whole) > 0.8 * len(whole)
    said = "".join(contents.lines)
    assert all(block.text in said for block in report.blocks)


LONG = "本单位在公文起草时确定公开属性，对拟公开的信息逐级审核，共计12345条，" * 3


def test_paragraphs_are_made_whole_over_lines_and_pages(read):
    pages = Pages()
    pages.line("示例市人民政府年度报告", 200, 16)
    pages.paragraph(LONG + "完。")
    pages.paragraph("第二段。")
    pages.top = 60
    full = "公开" * 46
    pages.paragraph(full)
    pages.canvas.drawString(280, 30, "— 1 —")
    pages.new_page()
    pages.line("续完。")
    pages.canvas.drawString(290, 30, "2")
    whole = ["示例市人民政府年度报告", f"{LONG}完。", "第二段。", f"{full}续完。"]
    assert read(pages).lines == whole


def test_tables_go_on_over_pages_unless_something_stands_between(read):
    def row(*cells):
        return [(cell, 100, 1) for cell in cells]

    pages = Pages()
    pages.line("表一")
    pages.row(row("项目", "数量"))
    pages.row(row("甲", "1"))
    pages.canvas.drawString(280, 30, "第 1 页")
    pages.new_page()
    pages.row(row("乙", "2"))
    pages.row(row("总计不含上年结转", "3"))
    pages.new_page()
    pages.row(row("丙", "3", "4"))
    pages.top -= 20
    pages.line("以上不含上年结转的数量。")
    pages.new_page()
    pages.line("表二（不含上年结转的数量）")
    pages.row(row("丁", "5", "6"))
    contents = read(pages)
    assert texts(contents) == [
        [["项目", "数量"], ["甲", "1"], ["乙", "2"], ["总计不含上年结转", "3"]],
        [["丙", "3", "4"]],
        [["丁", "5", "6"]],
    ]
    assert contents.tables[0].lines == (1, 2, 3, 4)
    assert contents.lines[:4] == ["表一", "项目 | 数量", "甲 | 1", "乙 | 2"]


def test_a_header_parted_from_its_columns_goes_on_where_its_edges_are_theirs(read):
    pages = Pages()
    pages.line("因政府信息公开引起的行政复议、行政诉讼")
    pages.row([("行政复议", 100, 1), ("行政诉讼", 200, 1)])
    pages.new_page()
    pages.row([("维持", 50, 1), ("纠正", 50, 1), ("维持", 100, 1), ("纠正", 100, 1)])
    pages.row([("1", 50, 1), ("2", 50, 1), ("3", 100, 1), ("4", 100, 1)])
    pages.new_page()
    pages.row([("合计与上面的各栏对不上的一张表", 130, 1), ("5", 170, 1)])
    found = [spans(grid) for grid in read(pages).tables]
    assert found[0][0] == [("行政复议", 2, 1), ("行政诉讼", 2, 1)]
    assert [[text for text, *_ in row] for row in found[0][1:]] == [
        ["维持", "纠正", "维持", "纠正"], ["1", "2", "3", "4"]
    ]  # fmt: skip
    assert found[1:] == [[[("合计与上面的各栏对不上的一张表", 1, 1), ("5", 1, 1)]]]


def test_spans_of_a_printed_table(read):
    pages = Pages()
    pages.row([("项目", 100, 2), ("数量", 200, 1)])
    pages.row([(None, 100, 1), ("本年", 100, 1), ("上年", 100, 1)])
    pages.row([("收到申请数量合计的全部总数量", 40, 1), ("", 60, 1), ("12", 100, 1), ("", 100, 1)])
    pages.top -= 20
    pages.row([("只有一格的框，不是表", 300, 1)])
    contents = read(pages)
    (grid,) = contents.tables
    assert spans(grid) == [
        [("项目", 2, 2), ("数量", 2, 1)],
        [("本年", 1, 1), ("上年", 1, 1)],
        [("收到申请数量合计的全部总数量", 1, 1), ("", 1, 1), ("12", 1, 1), ("", 1, 1)],
    ]
    assert contents.lines[-1] == "只有一格的框，不是表"


def test_justified_doubled_and_turned_characters(read):
    pages = Pages()
    for at, character in enumerate("邮编100000"):
        pages.canvas.setFont(FONT, SIZE)
        left = LEFT + at * 14 if at < 2 else LEFT + 30 + at * 5
        pages.canvas.drawString(left, TOP, character)
        pages.canvas.drawString(left + 0.4, TOP, character)
    pages.canvas.saveState()
    pages.canvas.rotate(45)
    pages.canvas.drawString(500, 300, "内部资料")
    pages.canvas.restoreState()
    pages.top -= 20
    pages.line("甲乙丙丁戊己庚辛 12 34")
    assert read(pages).lines[0].startswith("邮编")
    assert read_again(read, pages)[1] == "甲乙丙丁戊己庚辛 12 34"


def read_again(read, pages):
    return read(pages.stream.getvalue()).lines


def test_radicals_become_the_characters_they_look_like():
    assert fold_radicals("⺠⻔⻛⻓⻅⼀⼈⾏⾯ 甲A1") == "民门风长见一人行面 甲A1"
    assert all(len(fold_radicals(chr(code))) == 1 for code in range(0x2E80, 0x2FE0))


def empty(number: int, words: str = "") -> bytes:
    pages = Pages()
    for _ in range(number):
        if words:
            pages.line(words)
        pages.canvas.rect(50, 50, 400, 400, fill=1)
        pages.new_page()
    return pages.save()


def test_a_scan_is_refused_also_with_a_cover(refused):
    assert refused(empty(3)) == "pdf_scanned"
    pages = Pages()
    pages.paragraph(LONG)
    for _ in range(2):
        pages.new_page()
        pages.canvas.rect(50, 50, 400, 400, fill=1)
    assert refused(pages) == "pdf_scanned"


def test_a_locked_file_is_refused_and_one_that_anybody_opens_is_read(read, refused):
    locked = Pages(StandardEncryption("口令".encode().hex(), strength=128))
    locked.paragraph(LONG)
    assert refused(locked) == "pdf_locked"
    opens = Pages(StandardEncryption("", "owner", strength=128))
    opens.canvas.drawString(LEFT, TOP, "anybody opens this one")  # Chinese fonts break there
    assert read(opens).lines == ["anybody opens this one"]


def test_too_many_pages_are_refused(read, refused):
    assert refused(empty(201, "文字文字文字文字文字文字")) == "pdf_long"
    assert len(read(empty(3, "文字文字文字文字文字文字")).lines) == 3


WHOLE = empty(2, "文字文字文字文字文字文字")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\3\4", "年度报告".encode(), b"\0" * 2000])
def test_what_is_no_pdf_is_refused(refused, data):
    assert refused(data) == "pdf_broken"


def test_damage_anywhere_is_read_or_refused(read):
    import random

    dice = random.Random(1)
    for _ in range(150):
        data = bytearray(WHOLE)
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            read(bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]))
        except FileError as fault:
            assert fault.code.startswith("pdf_")


def with_page(content: bytes, more: bytes = b"") -> bytes:
    """A file of one page that says this to draw, packed."""
    packed = zlib.compress(content)
    head = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
    resources = b"<</XObject<</A 5 0 R>>/Font<</F 6 0 R>>>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources"
        + resources + b">>",
        head + packed + b"\nendstream",
        more or b"<<>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    trailer = b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF"
    return data + start + trailer % (len(parts) + 1, len(data))


FORM = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 30>>"
RULES = b"".join(
    b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (at, at, at, at) for at in range(0, 600, 7)
)
HOSTILE = {
    "a bomb": b" " * 70_000_000,
    "long drawing": b"q Q\n" * 5_000_000,
    "characters": b"BT /F 9 Tf 9 9 Td (" + b"1" * 30_000 + b") Tj ET",
    "lines": b"0 0 m 9 9 l S\n" * 6_000,
    "rules": b"".join(
        b"0 %d m 9000 %d l S %d 0 m %d 9000 l S\n" % (at, at, at, at) for at in range(0, 9000, 9)
    ),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_asks_for_too_much_is_refused(refused, monkeypatch, content):
    monkeypatch.setattr(bounded_pages, "_CHARACTERS_LIMIT", 20_000)
    monkeypatch.setattr(bounded_pages, "_PATHS_LIMIT", 5_000)
    assert refused(with_page(content)) == "pdf_too_large"


def test_parts_that_draw_themselves_end(refused):
    form = FORM + b"stream\n" + b"/A Do /A Do /A Do /A Do /A Do " + b"\nendstream"
    assert refused(with_page(b"/A Do", form)) in ("pdf_too_large", "pdf_broken", "pdf_scanned")


def test_a_page_of_many_rules_is_read_in_time(read):
    start = time.process_time()
    read(with_page(RULES + b"BT /F 9 Tf 9 9 Td (12345678901234567890) Tj ET"))
    assert time.process_time() - start < 60


def test_without_the_libraries_a_sentence_says_what_to_do(tmp_path, monkeypatch, sentences):
    path = tmp_path / "年报.pdf"
    path.write_bytes(WHOLE)
    for name in [each for each in sys.modules if each.partition(".")[0] == "pdfplumber"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    monkeypatch.delitem(sys.modules, "assistant.export.formats.pdf.read_pdf", raising=False)
    with pytest.raises(FileError) as fault:
        READERS["pdf"](path)
    assert fault.value.code == "pdf_missing"
    said = sentences.say("errors.pdf_missing", path="年报.pdf")
    assert "nianbao[pdf]" in said
    assert "Word" in said


@pytest.mark.parametrize(
    "code", ["missing", "locked", "broken", "scanned", "garbled", "long", "too_large"]
)
def test_every_refusal_has_its_sentence(sentences, code):
    assert "年报.pdf" in sentences.say(f"errors.pdf_{code}", path="年报.pdf", limit=200)


def test_the_libraries_are_loaded_only_with_a_file_and_say_nothing(tmp_path):
    path = tmp_path / "年报.pdf"
    path.write_bytes(WHOLE.replace(b"/Type /Page ", b"/Type /Pege "))
    code = (
        "import sys, logging, pathlib\n"
        "from assistant.export.formats import READERS\n"
        "assert not {'pdfplumber', 'pdfminer'} & set(sys.modules)\n"
        "logging.basicConfig(level=logging.DEBUG)\n"
        "try:\n"
        "    READERS['pdf'](pathlib.Path(sys.argv[1]))\n"
        "except Exception as fault:\n"
        "    print(fault.code)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, path], capture_output=True, encoding="utf-8")
    assert run.stderr == ""
    assert logging.getLogger("pdfminer").level in (logging.NOTSET, logging.CRITICAL)
