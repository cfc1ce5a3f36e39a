"""The three tabs of the preview as paragraphs: narrative, table, findings."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import cell_len

from assistant.checks.finding_format import full, heading
from assistant.messages import Sentences
from assistant.messages.events import UiRequest
from assistant.ui.tui.line_layout import StyledParagraph, StyledText, plain, wrap
from assistant.values.line_breaking import even_room, lines_within

if TYPE_CHECKING:
    from assistant.report import Block, Span, Table, TableRow
    from assistant.report.draft import Draft

Tab = Literal["narrative", "table", "findings"]
TABS: tuple[Tab, ...] = ("narrative", "table", "findings")
TAB_OF_REQUEST: dict[UiRequest, Tab] = {
    "grid": "table",
    "narrative": "narrative",
    "table": "table",
    "findings": "findings",
}
_KINDS = {"title": "heading", "heading": "heading", "subheading": "strong", "draft": "dim"}
_SPANS = {"figure": "figure", "whole": "figure", "gap": "dim"}
_VALUE_WIDTH, _UNIT_WIDTH, _MARK_WIDTH = 9, 5, 3
_LEAST_VALUE, _LEAST_LABEL = 7, 12
"""Columns that a number among several and a label beside numbers keep."""
_INDENT = "　"
_BLANK = "＿＿"
"""In the place of an answer that is still missing; the finished document names it there."""
_OWN_MARK = "※　"
"""Before a paragraph in the body's own words."""


def narrative(
    draft: "Draft", anchors: Sequence[str], changed: frozenset[str]
) -> Iterator[StyledParagraph]:
    """The six sections; figures are told apart, changed ones stand out, gaps are short blanks."""
    for block in draft.report.blocks:
        names = {span.id for span in block.spans}
        anchor = next((name for name in anchors if name in names), "")
        yield StyledParagraph(tuple(_pieces(block, changed)), anchor=anchor)


def _pieces(block: "Block", changed: frozenset[str]) -> Iterator[StyledText]:
    if block.kind in ("paragraph", "note"):
        mark = _OWN_MARK if block.wording else _INDENT * 2
        yield StyledText(mark, "dim", block.wording or block.passage)
    for span in block.spans:
        style = _SPANS.get(span.kind) or _KINDS.get(block.kind, "")
        text = _BLANK if span.kind == "gap" else span.text
        yield StyledText(text, "changed" if span.id and span.id in changed else style, span.id)


def table(
    draft: "Draft", width: int, at: str, changed: frozenset[str], sentences: Sentences
) -> Iterator[StyledParagraph]:
    """The rows of the form: label, unit, numbers, state; the row of the question stands out."""
    shown = _CellStyles(at, changed, draft.answers.absent, _marks(draft, sentences))
    parts = tuple(map(stacked, draft.report.tables))
    for part in parts:
        if part.title:
            yield plain(part.title, "heading", hold="ends")
        if part.numbers > 1:
            yield from _table_head(part, width)
        elif any(other.numbers > 1 for other in parts):  # else it seems to stand in their columns
            head = "".join(part.column_heads()[-1][-1:])
            yield plain(_indented(head, max(0, width - _MARK_WIDTH)), "dim", hold="stays")
        for row in part.rows:
            yield from _table_row(row, width, shown)


def _marks(draft: "Draft", sentences: Sentences) -> dict[str, str]:
    """One word by cell: 缺 or 待 for its state, else 误 or 核 for what checks say."""
    from assistant.report.draft import standing  # noqa: PLC0415  the first question needs none

    found = standing(draft.answers, draft.findings)
    return {cell: sentences.say(f"chat.mark_{kind}") for cell, kind in found.items()}


def _table_head(part: "Table", width: int) -> Iterator[StyledParagraph]:
    """What stands above several columns of numbers, broken into their width."""
    heads = [head[-1] if head else "" for head in part.column_heads()[-part.numbers :]]
    for band in _bands(len(heads), width):
        size = _value_width(len(heads), width)
        broken = [_halved(each, max(2, (size - 1) // 2 * 2)) for each in heads[band]]
        for pieces in zip_longest(*broken, fillvalue=""):
            line = "".join(" " * (size - cell_len(each)) + each for each in pieces)
            yield plain(_indented(line, width - _MARK_WIDTH), "dim", hold="stays")


def _halved(head: str, room: int) -> list[str]:
    """A head in lines of about the same length, where it can be of whole words of two characters.

    `_halved("商业企业", 6)` gives 商业 and 企业, `_halved("社会公益组织", 8)` 社会公益 and 组织.
    """
    even = even_room(cell_len(head), room, step=4)
    return [head[place] for place in lines_within(head, even, measure=cell_len)]


def _bands(numbers: int, width: int) -> list[slice]:
    """The numbers of a row that stand in one line each."""
    fits = _in_line(numbers, width)
    return [slice(start, start + fits) for start in range(0, numbers, fits)]


def _in_line(numbers: int, width: int) -> int:
    """How many numbers a line takes, evenly where not all of a row find room."""
    most = max(1, (width - _MARK_WIDTH + 1) // _LEAST_VALUE)  # the first needs no gap before it
    return -(-numbers // -(-numbers // most))


def _value_width(numbers: int, width: int) -> int:
    return min(_VALUE_WIDTH, (width - _MARK_WIDTH + 1) // _in_line(numbers, width))


def _indented(text: str, width: int) -> str:
    """A text at the right end of its room, without blanks for which there is none."""
    lead = width - cell_len(text)
    return " " * lead + text.removeprefix(" " * -lead)


class _CellStyles(NamedTuple):
    """How cells are told apart."""

    at: str
    """The one that is asked for."""
    changed: frozenset[str]
    absent: frozenset[str]
    """Those that are zero by a choice and not asked."""
    marks: Mapping[str, str]

    def style(self, name: str) -> str:
        if name and name == self.at:
            return "ask"
        return "changed" if name in self.changed else ""

    def value_style(self, cell: "Span") -> str:
        """The style of what stands in a cell; the one asked for is seen also when it is empty."""
        if cell.id and cell.id == self.at:
            return "cell"
        is_dim = cell.kind == "gap" or cell.id in self.absent
        return "dim" if is_dim else self.style(cell.id) or "figure"


def _table_row(row: "TableRow", width: int, shown: _CellStyles) -> Iterator[StyledParagraph]:
    names = [cell.id for cell in row.cells]
    anchor = shown.at if shown.at in names else next(iter(names), "")
    style = shown.style(anchor)
    indent = 2 * row.indent
    bands = _bands(len(names), width) if names else []
    size = _value_width(len(names), width) if names else 0
    unit = row.unit + " " * (_UNIT_WIDTH - cell_len(row.unit)) if row.unit else ""
    room = width - (len(names) * size + cell_len(unit) + _MARK_WIDTH if names else 0)
    is_apart = len(names) > 1 and room < _LEAST_LABEL  # the numbers stand below the label
    label = plain(row.label, style if names else "strong", indent=indent, hang=indent + 2)
    lines = [
        line.pieces for line in wrap(label, width - 1 if is_apart else max(_LEAST_LABEL, room) - 1)
    ]
    for pieces in lines if is_apart else lines[:-1]:
        yield StyledParagraph(pieces, anchor=anchor)
    last = () if is_apart else lines[-1]
    if not names:
        yield StyledParagraph(last, anchor=anchor)
    for band in bands:
        values = [_indented(cell.text, size) for cell in row.cells[band]]
        filled = sum(map(cell_len, (unit, *values, *(piece.text for piece in last))))
        lead = width - _MARK_WIDTH - filled
        values[0] = values[0].removeprefix(" " * -lead)
        last = (*last, StyledText(" " * lead + unit, "dim"))
        for cell, value in zip(row.cells[band], values, strict=True):
            last = (*last, StyledText(value, shown.value_style(cell), cell.id))
        mark = next((shown.marks[name] for name in names[band] if name in shown.marks), "  ")
        yield StyledParagraph((*last, StyledText(f" {mark}", "error")), anchor=anchor)
        last = ()


def findings(draft: "Draft", sentences: Sentences) -> Iterator[StyledParagraph]:
    """Every finding in full; missing answers as one line each."""
    yield plain(sentences.say("telling.counts", **draft.counts), "heading")
    if not draft.findings:
        yield plain("")
        yield plain(sentences.say("chat.nothing_open"))
    for finding in draft.others:
        yield plain("")
        style = "dim" if finding.reason else finding.level
        cell = draft.answers.edition.question_of(finding.cells[0]) if finding.cells else ""
        text = heading(finding, sentences)
        text = sentences.say(f"chat.level_{finding.level}", heading=text)
        yield plain(text, style, hang=2, anchor=cell, cell=cell)
        for line in full(finding, draft.answers.edition, sentences):
            yield plain(line, "", indent=2, hang=4)
    if draft.missing:
        yield plain("")
        yield plain(sentences.say("chat.missing", count=len(draft.missing)), "error")
        for cell, finding in draft.missing.items():
            yield plain(finding.sentence, indent=2, hang=4, anchor=cell, cell=cell)


def stacked(part: "Table") -> "Table":
    """A table whose groups of columns stand one below the other; any other table as it is."""
    if part.stub or len(part.rows) != 1:
        return part
    heads = part.column_heads()
    groups = [
        (above, [head[-1] for head in members])
        for above, members in groupby(heads, key=lambda head: head[:-1])
    ]
    columns = groups[0][1]
    if len(groups) < 2 or any(each != columns for _, each in groups):
        return part
    rows = _rows(part.rows[0], [above for above, _ in groups])
    return part._replace(head=(part.head[-1][: len(columns)],), rows=tuple(rows))


def _rows(row: "TableRow", groups: Sequence[tuple[str, ...]]) -> Iterator["TableRow"]:
    """The heading of each group with its cells, below what stands over several groups."""
    size = len(row.cells) // len(groups)
    before: tuple[str, ...] = ()
    for number, above in enumerate(groups):
        for depth, label in enumerate(above):
            if above[: depth + 1] != before[: depth + 1]:
                is_last = depth == len(above) - 1
                cells = row.cells[number * size : (number + 1) * size] if is_last else ()
                yield row._replace(depth=depth, label=label, cells=cells)
        before = above
