"""Which row of a table is which row of the form: by label, in the order of the form."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.tables.cell_grid import Spot
from assistant.tables.cell_texts import content_of, is_glued
from assistant.tables.form_lines import FormLine, FormLines

Doubt = Literal["", "order", "twice", "unclear"]
"""Why the label of a row is not believed: it stands where the form has another, comes again, or is
that of several rows which all could stand there."""
_EXACT = 1_000
_HEADING = 10
"""What a label counts without figures: it only tells apart rows that are called alike."""
_ALIKE = 100
"""What a label counts that is damaged; the more alike the more."""


@dataclass
class Item:
    """Words and figures that stand beside one another in a row of a table."""

    row: int
    segment: int
    """Which of several in one row it is, from the left."""
    words: list[str]
    above: list[str]
    """Words of merged cells that begin in a row above."""
    values: list[Spot]
    broken: list[str] = field(default_factory=list)
    """Lines of words right above, the last of which may belong to the label."""
    line: FormLine | None = None
    doubt: Doubt = ""
    likely: Mapping[FormLine, int] = field(default_factory=dict)
    """The rows of the form that it may be, each with how much it is."""

    @property
    def has_figure(self) -> bool:
        """Whether a figure stands in it, be it miswritten."""
        return any(content_of(spot.cell.text) in ("figure", "odd") for spot in self.values)

    def cut_to(self, count: int) -> list[Spot]:
        """Its cells, without blank ones at both ends where there are more than some."""
        values = list(self.values)
        for end in (-1, 0):
            while len(values) > count and content_of(values[end].cell.text) == "blank":
                values.pop(end)
        return values

    @property
    def is_exact(self) -> bool:
        """Whether it names one row of figures alone, as it is printed."""
        return len(self.likely) == 1 and max(self.likely.values()) >= _EXACT


def find_likely(item: Item, form: FormLines, across: FormLine | None) -> dict[FormLine, int]:
    """The rows of the form that the words before some figures name, or may have named.

    Args:
        item: The words and figures.
        form: The form.
        across: The row that needs no label, where the header above says that it is that.
    """
    if across is not None:
        return {across: _EXACT}
    for label in _labels(item):
        lines = form.called(label)
        if lines:
            others = _others(item, form)
            fitting = [line for line in lines if all(any(map(line.is_within, o)) for o in others)]
            of_all = [  # the heading that all others of one label stand within
                line
                for line in fitting
                if not line.cells and all(each.is_within(line) for each in fitting)
            ]
            told = item.has_figure
            return {line: _EXACT if told and line.cells else _HEADING for line in of_all or fitting}
    words = "".join(item.words) if item.has_figure else ""
    alike = form.like(words).items()
    return {line: int(_ALIKE * ratio) for line, ratio in alike if _may_fill(item, line)}


def _may_fill(item: Item, line: FormLine) -> bool:
    """Whether there are cells enough for a row, or digits that its sum can tell apart."""
    filled = [s.cell.text for s in item.values if content_of(s.cell.text) != "blank"]
    is_run = len(filled) == 1 and line.cells[-1].computed and is_glued(filled[0], len(line.cells))
    return is_run or len(item.values) >= sum(not cell.computed for cell in line.cells)


def _labels(item: Item) -> list[str]:
    """The last words, then more and more of those before them, then a label broken into lines."""
    words = item.words
    joined = ["".join(words[at:]) for at in range(len(words) - 1, -1, -1)]
    told = "".join(words)
    lines = item.broken
    broken = ["".join(lines[at:]) + told for at in range(len(lines) - 1, -1, -1)]
    return [each for each in (*joined, *broken) if each]


def _others(item: Item, form: FormLines) -> list[tuple[FormLine, ...]]:
    """The rows that each word beside the label names, where it names any."""
    words = [word for word in (*item.above, *item.words) if word]
    return [lines for word in words if (lines := form.called(word))]


def align(items: Sequence[Item], part: str) -> None:
    """Give each item its row of the form, and say where the order leaves a doubt.

    Args:
        items: The items of a table from top to bottom.
        part: The part of the form that is meant where a label is that of several rows.
    """
    for segment in {item.segment for item in items}:
        beside = [item for item in items if item.segment == segment and item.likely]
        for item, line in zip(beside, _in_order(beside), strict=True):
            item.line = line
        for at, item in enumerate(beside):
            _decide(item, beside[:at], beside[at + 1 :], part)
        _doubt(beside)


def _in_order(items: Sequence[Item]) -> list[FormLine | None]:
    """The rows that together count most when every one stands below the one before."""
    lines = sorted({line for item in items for line in item.likely}, key=lambda line: line.at)
    place = {line: at for at, line in enumerate(lines)}
    best: list[tuple[int, tuple[int, int] | None]] = [(0, None)] * (len(lines) + 1)
    chosen: list[dict[int, tuple[int, tuple[int, int] | None]]] = []
    for number, item in enumerate(items):
        found: dict[int, tuple[int, tuple[int, int] | None]] = {}
        for line, weight in item.likely.items():
            before = best[place[line]]
            found[place[line]] = before[0] + weight, before[1]
        chosen.append(found)
        for at, (count, _) in sorted(found.items(), reverse=True):
            for behind in range(at + 1, len(best)):
                if best[behind][0] >= count:
                    break
                best[behind] = count, (number, at)
    taken: list[FormLine | None] = [None] * len(items)
    last = best[-1][1]
    while last is not None:
        number, at = last
        taken[number] = lines[at]
        last = chosen[number][at][1]
    return taken


def _decide(item: Item, before: Sequence[Item], behind: Sequence[Item], part: str) -> None:
    """Of several rows with the label take that in the part at hand; without one there is doubt."""
    if item.line is None or item.likely[item.line] < _EXACT:
        return
    first = max((each.line.at for each in before if each.line), default=-1)
    last = min((each.line.at for each in behind if each.line), default=sys.maxsize)
    fitting = [line for line in item.likely if first < line.at < last]
    if len(fitting) > 1:
        above = next((each.line.part for each in reversed(before) if each.line), part)
        near = [line for line in fitting if line.part == above]
        item.line = near[0] if near else item.line
        item.doubt = "" if near else "unclear"


def _doubt(items: Sequence[Item]) -> None:
    """Doubt the rows whose own label stands against the order, and those it stands against."""
    placed = [item for item in items if item.line is not None and item.line.cells]
    for item in items:
        if item.line is not None or not item.is_exact:
            continue
        (line,) = item.likely
        item.line, item.doubt = line, "order"
        for other in placed:
            assert other.line is not None  # noqa: S101  they are placed
            if other.line.at == line.at:
                item.doubt = other.doubt = "twice"
            elif (other.row < item.row) != (other.line.at < line.at):
                other.doubt = other.doubt or "order"
