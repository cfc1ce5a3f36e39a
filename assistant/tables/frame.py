"""The frame of a table: which rows are headers, and where words stand before figures."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from string import digits
from typing import NamedTuple

from assistant.form.model import Grid
from assistant.tables.align import Item
from assistant.tables.cell_grid import Spot
from assistant.tables.cell_texts import Content, content_of, is_glued
from assistant.tables.form_lines import FormLine, FormLines, name_of
from assistant.tables.header import Anchors, Order, order_of, read_header

_HEAD = 8
"""Rows without a figure above the figures that may be a header."""
_MOST_HEAD_LINES = 50
"""Lines of a header whose cells came on lines of their own."""
_MOST_LABEL_LINES = 5
"""Lines that a label is broken into."""


class _Above(NamedTuple):
    """What holds for a row by what stands above it."""

    anchors: Mapping[str, Anchors]
    """By table where its columns stand."""
    orders: Mapping[str, Order]
    """What words say of the columns of each table."""
    head: str
    """What the last rows without a figure say, word for word."""
    title: str
    """The table of the form whose title stands last."""


class TableFrame:
    """The rows of a grid with the headers that hold for them."""

    def __init__(self, rows: Sequence[Sequence[Spot]], form: FormLines, *, is_text: bool) -> None:
        """Read the headers.

        Args:
            rows: The cells over each column, row by row.
            form: The rows and columns of the form.
            is_text: Whether the cells were cut out of lines.
        """
        self.rows = rows
        self.form = form
        self._is_text = is_text
        self._grids = form.edition.grids_by_id
        self._texts = [
            [spot.cell.text for spot in dict.fromkeys(row) if spot.row == at]
            for at, row in enumerate(rows)
        ]
        """What the cells say that begin in each row."""
        self.above = list(self._find_headers())
        """By row what holds for it."""

    def anchors(self, item: Item, line: FormLine) -> Anchors | None:
        """Where the columns of a row of the form stand, if its cells stand as its header does."""
        found = self.above[item.row].anchors.get(line.grid)
        if found is None or not found.has(line.cells):
            return None
        return found if self._is_as_wide(item.row, found) else None

    def has_other_columns(self, at: int, grid: str) -> bool:
        """Whether the header above a row names the columns of a table in another order or number.

        Then the number of its cells does not say which is which.
        """
        found = self.above[at].anchors.get(grid)
        return self.order(at, grid) == "other" if found is None else not found.in_order

    def order(self, at: int, grid: str) -> Order:
        """What the words above a row say of the columns of a table."""
        return self.above[at].orders.get(grid, "")

    def items(self) -> list[Item]:
        """The words and figures that stand beside one another, from top to bottom."""
        return [item for at in range(len(self.rows)) for item in self._items(at)]

    def glued(self, item: Item, line: FormLine) -> Spot | None:
        """The only filled cell of a row, where it holds the digits of all and no other has one."""
        filled = [spot for spot in item.values if content_of(spot.cell.text) != "blank"]
        has_room = len(item.values) >= len(line.cells)
        is_one = len(filled) == 1 and not has_room
        return filled[0] if is_one and is_glued(filled[0].cell.text, len(line.cells)) else None

    def _find_headers(self) -> Iterator[_Above]:
        """Read every run of rows without figures as a header of the figures below it."""
        head: list[Sequence[Spot]] = []
        block: list[str] = []
        words: list[str] = []
        above = _Above({}, {}, "", "")
        for at, (row, texts) in enumerate(zip(self.rows, self._texts, strict=True)):
            if self._has_figure(at):
                told = self._read_words(block, texts)
                kept = {name: each for name, each in above.anchors.items() if name not in told}
                above = _Above(
                    {**kept, **self._read_head(head)}, {**above.orders, **told},
                    "".join(words) or above.head, above.title,
                )  # fmt: skip
                head, block, words = [], [], []
            else:
                head = [*head, row][-_HEAD:]
                block = [*block, name_of("".join(texts))][-_MOST_HEAD_LINES:]
                words = [*words, *texts][-_MOST_HEAD_LINES:]
            if self.form.titles:
                named = (self.form.titles.get(name_of(text)) for text in texts)
                above = above._replace(title=next(filter(None, named), above.title))
            yield above

    def _has_figure(self, at: int) -> bool:
        """Whether a figure begins in a row, be it miswritten."""
        return any(content_of(text) in ("figure", "odd") for text in self._texts[at])

    def _read_words(self, block: Sequence[str], texts: Sequence[str]) -> Mapping[str, Order]:
        """What words say of the columns of each table, those before the figures among them.

        What names a row stands in no header, but for that of a table whose rows have no names.
        """
        own = "".join(takewhile(lambda text: content_of(text) == "word", texts))
        is_row = bool(self.form.called(own))
        found: dict[str, Order] = {}
        for name, grid in self._grids.items():
            is_apart = is_row and grid.layout == "rows"
            order = order_of(block if is_apart else [*block, name_of(own)], grid)
            if order:
                found[name] = order
        return found

    def _read_head(self, head: Sequence[Sequence[Spot]]) -> dict[str, Anchors]:
        found: dict[str, Anchors] = {}
        for name, grid in self._grids.items() if head and not self._is_text else ():
            anchors = read_header(head, grid, self.form)
            if anchors is not None:
                found[name] = anchors
        return found

    def _items(self, at: int) -> Iterator[Item]:
        """The stretches of a row that have words before cells that may hold figures."""
        if self.is_header(at) or self._counts_up(at):
            return
        item = Item(at, 0, [], [], [])
        for spot in dict.fromkeys(self.rows[at]):
            content = content_of(spot.cell.text)
            if spot.row < at:
                self._take_above(item, spot, content)
            elif content == "word" or (content == "unit" and self._is_broken_off(at, spot)):
                if item.words and item.has_figure and not self.form.called(spot.cell.text):
                    item.values.append(spot)
                    continue
                if item.words and item.has_figure:
                    yield item
                    item = Item(at, item.segment + 1, [], [], [])
                item.words.append(spot.cell.text)
                item.values = []
            elif content != "unit" and (content != "blank" or item.words):
                item.values.append(spot)
        is_heading = not item.values and any(map(self.form.called, item.words))
        if is_heading or (item.values and (item.words or item.has_figure)):
            if self._is_text and item.words:
                item.broken += self._words_above(at, _MOST_LABEL_LINES)
            yield item

    def _take_above(self, item: Item, spot: Spot, content: Content) -> None:
        """A cell that began in a row above: words over the label, or a figure of several rows."""
        if content == "word":
            item.above.append(spot.cell.text)
        elif item.words or not item.above:
            item.values.append(spot)

    def _counts_up(self, at: int) -> bool:
        """Whether a row has one word counted up in place of names of columns: 数据1, 数据2."""
        odd = [name_of(text) for text in self._texts[at] if content_of(text) == "odd"]
        stem = odd[0].rstrip(digits) if len(odd) > 1 else ""
        counted = [f"{stem}{number}" for number in range(1, len(odd) + 1)]
        return bool(stem) and odd == counted

    def is_header(self, at: int) -> bool:
        """Whether a row has names of columns and no figure."""
        words = [text for text in self._texts[at] if content_of(text) == "word"]
        return not self._has_figure(at) and self.form.has_columns(words, self._grids.values())

    def _is_broken_off(self, at: int, spot: Spot) -> bool:
        """Whether a measure word that begins a line is the end of the label above: 事/项."""
        return self._is_text and spot.column == 0 and len(self.rows[at]) > 1

    def _words_above(self, at: int, most: int) -> list[str]:
        """The lines right above a row that have words alone, the last of them included."""
        words: list[str] = []
        for row in reversed(self.rows[max(0, at - most) : at]):
            told = [(spot.cell.text, content_of(spot.cell.text)) for spot in row]
            if words and any(content in ("figure", "odd") for _, content in told):
                break
            words.insert(0, "".join(text for text, content in told if content == "word"))
        return words

    def across(self, item: Item) -> FormLine | None:
        """The line of a table that has all its cells in one row, known by its header alone."""
        for line in (*self.form.unnamed, *self.form.pieces):
            if self.anchors(item, line) is not None:
                return line
            has_room = len(item.cut_to(len(line.cells))) == len(line.cells)
            if has_room or self.glued(item, line) is not None:
                is_under = self._is_titled if line.names else self._has_grid_above
                if is_under(item.row, line):
                    return line
        return None

    def _is_titled(self, at: int, line: FormLine) -> bool:
        """Whether the columns of a table stand right above a row, and what names it above them."""
        grid = self._grids[line.grid]
        block = next(self._blocks_above(at))
        begins = self._header_in(block, grid) or 0
        return begins > 0 and line in self.form.called(block[begins - 1])

    def _has_grid_above(self, at: int, line: FormLine) -> bool:
        """Whether the header of a table stands above a row, in cells or in lines of words."""
        anchors = self.above[at].anchors.get(line.grid)
        if anchors is not None and anchors.has(line.cells):
            return True
        above = "".join(map(name_of, self._words_above(at + 1, _MOST_HEAD_LINES)))
        return all(name_of(row.label) in above for row in self._grids[line.grid].lines)

    def _is_as_wide(self, at: int, anchors: Anchors) -> bool:
        """Whether the cells of a row stand where those of its header do."""
        row = self.rows[at]
        return len(row) == anchors.width or any(spot.cell.place for spot in row)

    def names_columns(self, at: int, grid: Grid) -> bool:
        """Whether the header above a row has the columns of a table and no others.

        Lines may break its words.
        """
        blocks = self._blocks_above(at)
        return any(self._header_in(block, grid) is not None for block in blocks)

    def is_under_columns(self, at: int) -> bool:
        """Whether names of columns of the form stand above a row, other such rows between."""
        return self.is_header(self._worded_above[at])

    @cached_property
    def _worded_above(self) -> Sequence[int]:
        """By row the last one above it that has words; the first row where none has."""
        found, last = list[int](), 0
        for at, texts in enumerate(self._texts):
            found.append(last)
            if any(content_of(text) == "word" for text in texts):
                last = at
        return found

    def _blocks_above(self, at: int) -> Iterator[list[str]]:
        """The words of the rows above one, from one row with figures to the next, nearest first."""
        block: list[str] = []
        for above in reversed(range(max(0, at - _MOST_HEAD_LINES), at)):
            if self._has_figure(above):
                yield block
                block = []
            elif words := name_of("".join(self._texts[above])):
                block.insert(0, words)
        yield block

    def _header_in(self, block: Sequence[str], grid: Grid) -> int | None:
        """Where some last lines are the header of a table, from its corner or title; or nowhere.

        What stands between corner and columns would be a column that the form does not have.
        """
        told = ""
        for at in reversed(range(len(block))):
            told = block[at] + told
            begins = at == 0 or self._is_title(block[at - 1], grid)
            if self.form.is_header(told, grid, has_corner=not begins):
                return at
        return None

    def _is_title(self, words: str, grid: Grid) -> bool:
        """Whether words are the title of a table, or of the part of one that is a table itself."""
        return self.form.is_title(words) and all(
            line.grid == grid.id for line in self.form.called(words)
        )
