"""Reports of the corpus as files: each format in the manner in which one meets it."""

import importlib
import io
import re
from collections.abc import Callable, Iterator
from html import escape
from importlib.util import find_spec
from typing import Any, NamedTuple

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.published.corpus import Cell, Report, Table, Words

NUMBER = re.compile(r"0|[1-9]\d*(\.\d+)?")


class Builder(NamedTuple):
    """How a format is written."""

    suffix: str
    """Of the file; what stands before its last full stop is the manner."""
    build: Callable[[Report], bytes]
    has_text: bool = True
    """Whether the narrative is in it, not the tables alone."""
    is_certain: bool = True
    """Whether every cell is kept apart; else blank ones are lost, or all digits run together."""


class Slot(NamedTuple):
    """A place of the table's frame: the cell that covers it, and whether it begins there."""

    cell: Cell | None
    begins: bool


def frame(table: Table) -> list[list[Slot]]:
    """The table place by place, every row as wide as the widest."""
    covered: dict[tuple[int, int], Slot] = {}
    for at, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (at, column) in covered:
                column += 1
            for down in range(cell.down):
                for across in range(cell.across):
                    covered[at + down, column + across] = Slot(cell, down == across == 0)
    width = 1 + max(column for _, column in covered)
    return [
        [covered.get((at, column), Slot(None, True)) for column in range(width)]
        for at in range(len(table.rows))
    ]


def html(report: Report) -> bytes:
    """A page of a site, its menu before the report and its footer behind."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN"><head><meta charset="utf-8">',
        f"<title>{escape(_title(report))}</title>",
        "<style>td{border:1px solid #000}</style></head><body>",
    ]
    lines += [f'<div class="top">{escape(line)}</div>' for line in report.shell.before]
    lines.append('<div id="zoom" class="article">')
    for part in report.parts:
        if isinstance(part, Table):
            lines += _html_table(part)
        else:
            tag = {"title": "h1", "heading": "p", "text": "p"}[part.kind]
            inner = f"<strong>{escape(part.text)}</strong>" if part.kind == "heading" else None
            lines.append(f"<{tag}>{inner or escape(part.text)}</{tag}>")
    lines.append("</div>")
    lines += [f"<p>{escape(line)}</p>" for line in report.shell.after]
    return "\n".join([*lines, "</body></html>", ""]).encode()


def _html_table(table: Table) -> Iterator[str]:
    yield "<table><tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(map(_html_cell, row))}</tr>"
    yield "</tbody></table>"


def _html_cell(cell: Cell) -> str:
    spans = [
        f' {name}="{number}"'
        for name, number in (("colspan", cell.across), ("rowspan", cell.down))
        if number > 1
    ]
    inner = "<br>".join(map(escape, cell.text.split("\n"))) or "&nbsp;"
    return f"<td{''.join(spans)}><p>{inner}</p></td>"


def word(report: Report) -> bytes:
    """A Word file; cells are merged as Word merges them."""
    document = docx.Document()
    for part in report.parts:
        if isinstance(part, Table):
            _word_table(document, part)
            continue
        paragraph = document.add_paragraph()
        paragraph.add_run(part.text).bold = part.kind != "text"
        if part.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _word_table(document: Any, table: Table) -> None:
    slots = frame(table)
    made = document.add_table(len(slots), len(slots[0]))
    made.style = "Table Grid"
    places = [row.cells for row in made.rows]  # asked for once: each time takes all of them
    for at, row in enumerate(slots):
        for column, slot in enumerate(row):
            if slot.cell is None or not slot.begins:
                continue
            first = places[at][column]
            if slot.cell.across > 1 or slot.cell.down > 1:
                last = places[at + slot.cell.down - 1][column + slot.cell.across - 1]
                first = first.merge(last)
            first.text = slot.cell.text


def workbook(report: Report) -> bytes:
    """The tables alone, a sheet each, as an office keeps them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(report.tables, 1):
        sheet = book.create_sheet(f"表{number}")
        for at, row in enumerate(frame(table), 1):
            for column, (cell, begins) in enumerate(row, 1):
                if cell is None or not begins:
                    continue
                text = cell.text
                if text:
                    sheet.cell(at, column, float(text) if NUMBER.fullmatch(text) else text)
                if cell.across > 1 or cell.down > 1:
                    sheet.merge_cells(
                        start_row=at,
                        start_column=column,
                        end_row=at + cell.down - 1,
                        end_column=column + cell.across - 1,
                    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def markdown(report: Report) -> bytes:
    """Pipe tables; a merged cell is written at its first place and leaves the others blank."""
    lines: list[str] = []
    for part in report.parts:
        if isinstance(part, Table):
            for at, row in enumerate(frame(part)):
                texts = [slot.cell.text if slot.cell and slot.begins else "" for slot in row]
                lines.append(f"| {' | '.join(text.replace(chr(10), '<br>') for text in texts)} |")
                if at == 0:
                    lines.append("|---" * len(row) + "|")
            lines.append("")
        else:
            mark = {"title": "# ", "heading": "## ", "text": ""}[part.kind]
            lines += [mark + part.text, ""]
    return "\n".join(lines).encode()


def _text(lay_out: Callable[[tuple[Cell, ...]], str]) -> Callable[[Report], bytes]:
    """A copied page as text, its tables row by row."""

    def build(report: Report) -> bytes:
        lines = [*report.shell.before, ""]
        for part in report.parts:
            if isinstance(part, Table):
                lines += [line for row in part.rows if (line := lay_out(row)).strip(" ")]
            else:
                lines.append(part.text if part.kind != "text" else f"　　{part.text}")
        return "\n".join([*lines, "", *report.shell.after, ""]).encode()

    return build


def _one_line(cell: Cell) -> str:
    return " ".join(cell.text.split("\n"))


def _tabs(row: tuple[Cell, ...]) -> str:
    return "\t".join(map(_one_line, row))


def _spaces(row: tuple[Cell, ...]) -> str:
    return " ".join(text for cell in row if (text := "".join(cell.text.split())))


def _each_on_a_line(row: tuple[Cell, ...]) -> str:
    return "\n".join(map(_one_line, row)) + "\n"


def _glued(row: tuple[Cell, ...]) -> str:
    return "".join("".join(cell.text.split("\n")) for cell in row)


def pdf(report: Report) -> bytes:
    """Ruled tables in a PDF, on sheets that hold the largest of them; wants reportlab."""
    platypus = importlib.import_module("reportlab.platypus")
    styles = importlib.import_module("reportlab.lib.styles")
    metrics = importlib.import_module("reportlab.pdfbase.pdfmetrics")
    fonts = importlib.import_module("reportlab.pdfbase.cidfonts")
    pages = importlib.import_module("reportlab.lib.pagesizes")
    metrics.registerFont(fonts.UnicodeCIDFont("STSong-Light"))

    def style(size: int) -> Any:
        return styles.ParagraphStyle(
            "cjk", fontName="STSong-Light", fontSize=size, leading=size * 1.4, wordWrap="CJK"
        )

    buffer = io.BytesIO()
    document = platypus.SimpleDocTemplate(buffer, pagesize=pages.A3)
    story: list[Any] = []
    for part in report.parts:
        if isinstance(part, Words):
            size = 16 if part.kind == "title" else 11
            story.append(platypus.Paragraph(escape(part.text), style(size)))
        else:
            story += [_pdf_table(platypus, part, style(7), document.width), platypus.Spacer(1, 8)]
    document.build(story)
    return buffer.getvalue()


def _pdf_table(platypus: Any, table: Table, style: Any, width: float) -> Any:
    slots = frame(table)
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    texts: list[list[Any]] = []
    for at, row in enumerate(slots):
        texts.append([])
        for column, (cell, begins) in enumerate(row):
            is_here = cell is not None and begins
            lines = "<br/>".join(map(escape, cell.text.split("\n"))) if cell and is_here else ""
            texts[-1].append(platypus.Paragraph(lines, style) if lines else "")
            if cell and is_here and (cell.across > 1 or cell.down > 1):
                end = (column + cell.across - 1, at + cell.down - 1)
                commands.append(("SPAN", (column, at), end))
    labels = max(1, len(slots[0]) - max(map(len, _figures_by_row(table)), default=0))
    narrow = min(46.0, width / len(slots[0]))
    wide = (width - narrow * (len(slots[0]) - labels)) / labels
    widths = [wide] * labels + [narrow] * (len(slots[0]) - labels)
    return platypus.Table(texts, colWidths=widths, style=commands, repeatRows=0)


def _figures_by_row(table: Table) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for (row, _), name in table.ids.items():
        rows.setdefault(row, []).append(name)
    return list(rows.values())


def _title(report: Report) -> str:
    titles = [part.text for part in report.parts if isinstance(part, Words)]
    return titles[0] if titles else report.name


BUILDERS = {
    "html": Builder("html", html),
    "docx": Builder("docx", word),
    "xlsx": Builder("xlsx", workbook, has_text=False),
    "md": Builder("md", markdown),
    "txt-tabs": Builder("tabs.txt", _text(_tabs)),
    "txt-lines": Builder("lines.txt", _text(_each_on_a_line)),
    "txt-spaces": Builder("spaces.txt", _text(_spaces), is_certain=False),
    "txt-glued": Builder("glued.txt", _text(_glued), is_certain=False),
}
if find_spec("reportlab"):
    BUILDERS["pdf"] = Builder("pdf", pdf)
