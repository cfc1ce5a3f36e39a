"""Answers that name their questions, or fill a row of a table.

网站28，微信5; 把单位全称改成某镇人民政府; 3 0 0 0 0 1; 自然人3，其他组织1; 规章 0 0 0.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from assistant.form.model import Edition, GridColumn, Indicator, Question
from assistant.form.model.edition import bare_quotes
from assistant.intents.line import Line, is_free_text
from assistant.intents.meaning import Answered, Entries, Unclear
from assistant.intents.question_index import QuestionIndex, as_said, bare, unnumbered
from assistant.values import MEASURES, Refusal, Value, read
from assistant.values.language import phrase

_BETWEEN = re.compile(r"[，,；;、。\s]*+")
"""What may stand between two named numbers."""
_BEFORE = phrase(r"{please|of_which}?")
_NUMBER = phrase(
    r"""{number_word}? \s*+ {change|ought|equals|colon|be|have|fill}? \s*+
    (?P<value>
        (?: [0-9０-９]{1,3} (?:[,，][0-9０-９]{3})+ (?![0-9０-９]) (?:[.．][0-9０-９]+)?  # 1,234
          | [0-9０-９]+ (?:[.．][0-9０-９]+)?                                           # 28, 0.5
          | {numeral}+ )                                                               # 二十八
        (?: \s*+ {scale} )? (?: \s*+ {unit} )?                                         # 百万 件
      | {no_number} )""",
    unit="|".join(MEASURES),
)
"""A number behind a name: 28, 改成28件, 数量：1,234."""
_ORDER = phrase(r"{number_word}? \s*+ {change|ought|equals|colon} \s*+")
"""What stands between a name and an answer of any kind."""
_SEPARATOR = re.compile(r"[，,；;。\s]++")
_CHANGE = phrase(r"{change}")
_QUOTES = "“”"
_LIMIT = 9
"""Readings that can still be told apart on one screen."""
_LONGEST_NUMBER = 60
"""Characters of a number with its unit; no longer run of digits is tried."""
_MOST = 500
"""Named answers of one line; more than twice the questions of a form."""

NOTHING = frozenset({"", "-", "－", "—", "–", "/", "／"})
"""What stands in a cell for nothing."""
_GAPS = re.compile(r"[\s、；;]+")
_PIECES = re.compile(r"[\s，,、；;。]+")
_FIGURE = phrase(r"{equals|colon|be|have}? \s*+ (?P<value>.+)")
"""What stands behind the name of a column: 共3件."""
_LONGEST_LABEL = 200
"""Characters of a label with the headings before it; the forms have a quarter of it."""
_MOST_CELLS = 60
"""Cells of a line that may be one row; the forms have ten."""

Named = Answered | Unclear


class _Pair(NamedTuple):
    """A name and where its answer stands in the line."""

    name: str
    start: int
    end: int


def read_named(line: Line) -> Named | None:
    """Read a line that is nothing but named answers; `None` when it is anything else."""
    return read_numbers(line) or _read_orders(line)


def read_named_as_printed(line: Line) -> Named | None:
    """The same, of a line with the numbering and the unit of the form: （一）收到申请数（件） 3."""
    return read_named(line.saying(as_said(line.text)))


def read_numbers(line: Line) -> Named | None:
    """Read a line that is nothing but named numbers."""
    text = bare_quotes(line.text)
    pairs: list[tuple[str, str]] = []
    at = 0
    while len(pairs) < _MOST and (pair := _number_at(text, _past(_BETWEEN, text, at), line.index)):
        pairs.append((pair.name, text[pair.start : pair.end]))
        at = pair.end
    is_whole = _past(_BETWEEN, text, at) == len(text)
    return _resolve(pairs, line) if pairs and is_whole else None


def says_change(line: Line) -> bool:
    """Whether a line says 改成, as no answer does."""
    return bool(_CHANGE.search(line.text))


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """The place behind what a pattern that may match nothing finds at a place."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _names_at(text: str, at: int, index: QuestionIndex) -> Iterator[tuple[int, int]]:
    """The names at a place, behind 把 or 其中 or right there, the longest first."""
    begins = dict.fromkeys((_past(_BEFORE, text, at), at))
    return ((start, end) for start in begins for end in index.ends(text, start))


def _number_at(text: str, at: int, index: QuestionIndex) -> _Pair | None:
    """A named number; the next name or the end follows it: 网站二十三公经费3 begins with 20."""
    for start, end in _names_at(text, at, index):
        found = _NUMBER.match(text, end)
        if found and len(found["value"]) > _LONGEST_NUMBER:
            continue
        while found and not _ends_or_names(text, found.end(), index):
            found = _NUMBER.match(text, end, found.end() - 1)
        if found:
            return _Pair(text[start:end], found.start("value"), found.end())
    return None


def _ends_or_names(text: str, at: int, index: QuestionIndex) -> bool:
    behind = _past(_BETWEEN, text, at)
    return behind == len(text) or any(True for _ in _names_at(text, behind, index))


def _order_at(text: str, start: int, end: int, index: QuestionIndex) -> _Pair | None:
    """A named answer of any kind that fills a stretch of the text."""
    for begun, named in _names_at(text, start, index):
        order = _ORDER.match(text, named, end)
        if order and order.end() < end and "\n" not in text[order.end() : end]:
            return _Pair(text[begun:named], order.end(), end)
    return None


def _begins_order(text: str, start: int, index: QuestionIndex) -> bool:
    return any(_ORDER.match(text, named) for _, named in _names_at(text, start, index))


def _read_orders(line: Line) -> Named | None:
    """Read 单位全称改成某镇人民政府; an own text may go on where another name begins."""
    index, text = line.index, bare_quotes(line.text)
    whole = _order_at(text, 0, len(text), index)
    if whole is None:
        return None
    marks = (mark.span() for mark in _SEPARATOR.finditer(text))
    found = (each for each in marks if _begins_order(text, each[1], index))
    borders = list(islice(found, _MOST + 1))
    if len(borders) > _MOST:
        return None
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(text)]
    parts = [_order_at(text, *span, index) for span in zip(starts, ends, strict=True)]
    named = [part for part in parts if part]
    split = _resolve(_answers(line.text, named), line)
    if len(parts) == 1 or not any(_takes_all(part.name, index) for part in named):
        return split if len(named) == len(parts) else None
    uncut = _resolve(_answers(line.text, [whole]), line)
    readings = [each for reading in (split, uncut) if reading for each in _readings(reading)]
    return Unclear(tuple(readings[:_LIMIT]))


def _answers(text: str, parts: list[_Pair]) -> list[tuple[str, str]]:
    """Names and their answers, each with the quotation marks it was typed with."""
    kept = [place for place, each in enumerate(text) if each not in _QUOTES] + [len(text)]
    return [(each.name, text[kept[each.start - 1] + 1 : kept[each.end]].strip()) for each in parts]


def _takes_all(name: str, index: QuestionIndex) -> bool:
    return any(is_free_text(index.edition.questions[each]) for each in index.exact[bare(name)])


def _readings(named: Named) -> tuple[Answered, ...]:
    each = named.readings if isinstance(named, Unclear) else (named,)
    return tuple(reading for reading in each if isinstance(reading, Answered))


def _resolve(pairs: list[tuple[str, str]], line: Line) -> Named | None:
    """Give every name its question; `None` when that can be done in more ways than a screen holds.

    A name of several questions takes the one of the group at hand. Two answers to one question
    are two readings.
    """
    index = line.index
    choices = [index.exact[bare(name)] for name, _ in pairs]
    settled = {ids[0] for ids in choices if len(ids) == 1}
    settled |= {line.asked.id} if line.asked else set()
    parts = {index.part_of(name) for name in settled}
    readings: list[Mapping[str, str]] = [{}]
    for ids, (_, value) in zip(choices, pairs, strict=True):
        near = tuple(name for name in ids if len(ids) > 1 and index.part_of(name) in parts)
        group = near if len(near) == 1 else ids
        made: list[Mapping[str, str]] = []
        for each in (more for reading in readings for more in _with(reading, group, value)):
            made += [each] if each not in made else []
        if len(made) > _LIMIT:
            return None
        readings = made
    answered = tuple(
        Answered(tuple(sorted(each.items(), key=lambda entry: index.number_of(entry[0]))))
        for each in readings
    )
    return answered[0] if len(answered) == 1 else Unclear(answered)


def _with(
    reading: Mapping[str, str], group: tuple[str, ...], value: str
) -> Iterator[Mapping[str, str]]:
    for name in [each for each in group if each not in reading] or group:
        if reading.get(name, value) != value:
            yield reading
        yield {**reading, name: value}


def row_at_hand(
    asked: Question | None, edition: Edition, absent: frozenset[str]
) -> tuple[Indicator, ...]:
    """The cells of the row that the question on the screen stands in, from left to right.

    Args:
        asked: The question on the screen.
        edition: The form.
        absent: Cells that are zero because their row or column did not occur.
    """
    if not isinstance(asked, Indicator) or asked.grid not in edition.grids_by_id:
        return ()
    cells = edition.grids_by_id[asked.grid].of_row(asked.row)
    return tuple(cell for cell in cells if not cell.computed and cell.id not in absent)


def read_row(line: Line) -> Answered | None:
    """Read a line that fills the row at hand; `None` when it is anything else."""
    cells = row_at_hand(line.asked, line.index.edition, line.absent)
    if not cells or "\n" in line.text:
        return None
    grid = line.index.edition.grids_by_id[cells[0].grid]
    pieces = _PIECES.split(line.text)
    printed = _read_printed(pieces, cells, tuple(grid.of_row(cells[0].row)))
    if printed is not None or len(cells) < 2:
        return printed
    return _read_figures(line, pieces, cells) or _read_columns(pieces, cells, grid.columns)


def _read_printed(
    figures: Sequence[str], cells: Sequence[Indicator], printed: Sequence[Indicator]
) -> Answered | None:
    """Figures for all columns of the form, those that are not asked for and perhaps the total."""
    given = pair(printed, figures) if len(figures) > len(cells) else None
    asked = {cell.id for cell in cells}
    if given is None or any(figure.strip("0０") for name, figure in given if name not in asked):
        return None
    return Answered(tuple((name, figure) for name, figure in given if name in asked))


def _read_figures(line: Line, pieces: Sequence[str], cells: Sequence[Indicator]) -> Answered | None:
    """Figures for the whole row, or from the question on the screen to its end."""
    is_number = not isinstance(read(line.text, cells[0].kind, cells[0].unit), Refusal)
    figures = _GAPS.split(line.text) if is_number else pieces  # 1,234 is one figure
    rest = [cell for place, cell in enumerate(cells) if line.asked in cells[: place + 1]]
    wanted = cells if len(figures) == len(cells) else rest
    if len(figures) < 2 or len(figures) != len(wanted):
        return None
    pairs = list(zip(wanted, figures, strict=True))
    if any(isinstance(read(each, cell.kind, cell.unit), Refusal) for cell, each in pairs):
        return None
    return Answered(tuple((cell.id, each) for cell, each in pairs))


def _read_columns(
    pieces: Sequence[str], cells: Sequence[Indicator], columns: Sequence[GridColumn]
) -> Answered | None:
    """Figures behind the names of their columns, or behind a piece of a name: 企业1."""
    by_column = {cell.column: cell for cell in cells}
    taken: dict[str, str] = {}
    for piece in filter(None, pieces):
        found = _read_column(piece, columns, by_column)
        if found is None or found[0] in taken:
            return None
        taken[found[0]] = found[1]
    return Answered(tuple(taken.items())) if taken else None


def _read_column(
    piece: str, columns: Sequence[GridColumn], cells: Mapping[str, Indicator]
) -> tuple[str, str] | None:
    """The cell and the figure of 商业企业1, by the longest name there is."""
    longest = max(len(f"{each.label}\n{each.said}") for each in columns)
    for at in range(min(len(piece) - 1, longest), 0, -1):
        named = [each for each in columns if piece[:at] in (each.label, each.said)]
        if not named and at > 1:
            named = [each for each in columns if piece[:at] in f"{each.label}\n{each.said}"]
        cell = cells.get(named[0].id) if len(named) == 1 else None
        figure = _FIGURE.fullmatch(piece, at) if cell else None
        if cell and figure and not isinstance(read(figure["value"], cell.kind, cell.unit), Refusal):
            return cell.id, figure["value"]
    return None


def read_across(line: Line) -> Answered | None:
    """Read a row of a table by its label: 规章 0 0 0."""
    row = row_of_grid(line.text, line.index)
    across = pair(*row) if row else None
    entries = tuple((name, figure) for name, figure in across or () if figure)
    return Answered(entries) if entries else None


def row_of_grid(
    text: str, index: QuestionIndex
) -> tuple[tuple[Indicator, ...], Sequence[str]] | None:
    """The cells of the row that a line repeats, and what stands behind its label."""
    parts = [
        part.strip() for part in (text.split("\t") if "\t" in text else re.split(r"\s+", text))
    ]
    if len(parts) > _MOST_CELLS:
        return None
    found: list[tuple[int, int]] = []
    joined = ""  # merged headings stand before it
    for start, part in enumerate(parts[:-1], start=1):
        joined += part if len(joined) <= _LONGEST_LABEL else ""
        called = (bare(unnumbered(each)) for each in (part, joined) if len(each) <= _LONGEST_LABEL)
        found += [
            (row, start) for name in called if (row := index.grid_row_of.get(name)) is not None
        ]
    if not found:
        return None
    row, start = min(found)
    return index.grid_rows[row][1], parts[start:]


def pair(cells: Sequence[Indicator], figures: Sequence[str]) -> Entries | None:
    """The asked cells of a row with their figures, empty where there is none.

    `None` where they do not fit or add up: figures of computed columns are not taken, only
    compared with the sum of the others.
    """
    asked = [cell for cell in cells if not cell.computed]
    wanted = cells if len(figures) == len(cells) else asked
    if len(figures) != len(wanted):
        return None
    given = {
        cell.id: "" if figure in NOTHING else figure
        for cell, figure in zip(wanted, figures, strict=True)
    }
    values: dict[str, Value] = {}
    for cell in wanted:
        value = read(given[cell.id] or "0", cell.kind, cell.unit)
        if isinstance(value, Refusal):
            return None
        values[cell.id] = value
    whole = sum((values[cell.id] for cell in asked), 0)
    totals = (values[cell.id] for cell in wanted if cell.computed and given[cell.id])
    if any(total != whole for total in totals):
        return None
    return tuple((cell.id, given[cell.id]) for cell in asked)
