"""Readers of given values: lines, options, cells, rows of a list; from YAML or as typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answers.model import Given, is_nothing
from assistant.form.model import Column, Fact, Option, options_named
from assistant.storage.yaml_text import Node
from assistant.values import NUMERAL_CHARACTERS, Refusal, read, read_line, to_half_width, wordless
from assistant.values.characters import is_chinese
from assistant.values.language import any_of, characters_of, words_for

_PAUSES = "，。；、："
"""A line stands in the middle of a sentence and may not end in one of these."""
_TITLE = re.compile("《[^《》]+》")
_ORDINAL = re.compile(r"[0-9０-９]{1,3}")
_ROW_LIMIT = 200
"""Rows of a list; far more than any report has categories."""
_BETWEEN_OPTIONS = r"、，,；;\s"
_LINE_END, _ROW_END = re.compile(r"[\r\n]"), re.compile("[；;]")
_STRETCH = re.compile(rf"(\d{{1,3}})[-－—–~～{characters_of('through')}](\d{{1,3}})")  # 1-4
_BLANKS = " \t\u3000\u00a0"
_BETWEEN = _BLANKS + "：:→，,、-－—–"
"""What may stand between two cells."""
_TAIL_LIMIT = 48
"""Characters at the end of a row in which its number is sought."""
_LIKE = 0.8
"""Likeness from which words may be a slip for an option: one character in five to nine is wrong."""
_OWN_WORDS = 2
"""Chinese characters from which there are words at all: 3件 is a figure."""
_OPPOSITE = frozenset(words_for("opposite"))
"""What a line begins with that says what a body is not: 不是管委会."""
_MEASURE = any_of("measure")
_FIGURE = re.compile(rf"[{NUMERAL_CHARACTERS}]+{_MEASURE}")
"""三件, which is a figure and no words."""
_GAP = rf"\s{{0,{_TAIL_LIMIT}}}+"
_DIGITS = rf"[0-9][0-9,，]{{0,{_TAIL_LIMIT}}}+(?:\.[0-9]{{1,{_TAIL_LIMIT}}}+)?"
_COUNT = re.compile(  # 约1.2万余 条左右, at the end of a row
    rf"(?:{any_of('about', 'about_next_to', 'fewer', 'minus')}|[-−﹣])?"
    rf"{_DIGITS}{_GAP}[百千]?[万亿]?{_GAP}{any_of('some_more')}?{_GAP}(?:{_MEASURE}|%)?"
    rf"{any_of('more_or_less', 'bound')}?$"
)
_ROW_MARK = re.compile("[、，]|,(?![0-9]{3})")
"""Between the rows of a list that are written one behind the other; 1,234 is one figure."""
_TOGETHER = re.compile(rf"(?:[0-9]\s*{_MEASURE}|[\s：:][0-9]+)\s*[，,、]")
"""The end of one row and the beginning of another: 业务动态112条，机构职能8条."""


# --- Single values


def find_option(
    options: Sequence[Option], text: str, numbered: Sequence[Option] | None = None
) -> Option | None:
    """Find an option by label or id, by its number on the screen, else by the name of a body.

    Args:
        options: What can be chosen.
        text: What was typed, for example 镇人民政府, `town`, `1`, 管委会.
        numbered: What the numbers count when the screen shows fewer than `options`.
    """
    wanted = text.strip()
    for option in options:
        if wanted in (option.label, option.id):
            return option
    shown = options if numbered is None else numbered
    number = read(wanted, "count", "") if _ORDINAL.fullmatch(wanted) else 0
    if isinstance(number, int) and 1 <= number <= len(shown):
        return shown[number - 1]
    named = options_named(options, wanted) if wanted[:1] not in _OPPOSITE else ()
    return named[0] if len(named) == 1 else None


def read_option(
    options: Sequence[Option], text: str, numbered: Sequence[Option] | None = None
) -> Option | Refusal:
    """Read one option as `find_option`; the refusal names what can be chosen, the nearest first."""
    if not text.strip():
        return Refusal("empty", {})
    option = find_option(options, text, numbered)
    if option is None:
        named = options_named(options, text.strip())
        near = [each for each in numbered or options if text.strip() in each.label or each in named]
        shown = [*near, *(each for each in numbered or options if each not in near)]
        listed, known = ("、".join(each.label for each in part) for part in (near, shown))
        return Refusal("no_such_option", {"options": known, "near": listed})
    return option


def read_cell(column: Column, text: str, partner: object = None) -> object:
    """Read one cell of a row; `partner` is the option to the left that it must go with."""
    if column.kind == "count":
        return read(text, "count", column.unit)
    if column.kind == "line":
        line = read_own_line(column, text)
        is_titled = column.titled and isinstance(line, str) and bool(_TITLE.fullmatch(line))
        if isinstance(line, str) and is_titled and is_nothing(line[1:-1]):
            return Refusal("no_answer", {"text": line})
        return line[1:-1] if is_titled else line
    if column.own and is_own_words(column, text):
        return read_own_line(column, text)
    if isinstance(partner, str):  # own words want words: 规章数：3 is no row
        named = next((o for o in column.options if text.strip() in (o.label, o.id)), None)
        return named or Refusal("no_such_option", {"options": "", "near": ""})
    if not isinstance(partner, Option):
        return read_option(column.options, text)
    fitting = column.options_with(partner)
    value = read_option(column.options, text, fitting)
    if isinstance(value, Refusal) or partner.id in value.answers:
        return value
    options = "、".join(option.label for option in fitting)
    details = {"left": partner.label, "right": value.label, "options": options}
    return Refusal("options_do_not_pair", details)


def is_own_words(column: Column, text: str) -> bool:
    """Whether a text is words, and none of the options nor a slip for one."""
    figure = read(text, "count", "")
    is_figure = isinstance(figure, int) or _FIGURE.fullmatch(text.strip()) is not None
    has_words = sum(map(is_chinese, text)) >= _OWN_WORDS and not is_figure
    is_option = find_option(column.options, text) is not None
    return has_words and not is_option and not _slip_for(column, text)


def _slip_for(column: Column, text: str) -> str:
    """The label that a text is but for one character or two that changed places; else empty."""
    from difflib import get_close_matches  # noqa: PLC0415  only odd words need it

    said = text.strip()
    labels = [each.label for each in column.options if abs(len(each.label) - len(said)) <= 1]
    return next(iter(get_close_matches(said, labels, n=1, cutoff=_LIKE)), "")


def _no_own_words(columns: Sequence[Column], column: Column, text: str) -> Refusal:
    """The refusal of a cell that is no option, where own words could stand."""
    if near := _slip_for(column, text):
        return Refusal("like_option", {"text": text, "near": near})
    return Refusal("no_own_words", {"text": text, "columns": "：".join(c.label for c in columns)})


def read_own_line(asked: Fact | Column, text: str) -> str | Refusal:
    """Read a line of words; where a number is printed behind it, it may not end in a digit."""
    line = read_line(text)
    if isinstance(line, Refusal):
        return line
    if isinstance(asked, Fact) and len(line) > asked.longest:
        return Refusal("text_too_long", {"limit": asked.longest})
    if line[-1] in _PAUSES:
        return Refusal("ends_in_mark", {})
    if is_nothing(line):
        return Refusal("no_answer", {"text": line})
    if asked.before_number and line[-1].isdecimal():
        return wordless(line) or Refusal("ends_in_digit", {"line": line})
    return wordless(line) or line


# --- Several options, rows of a list


def split_chosen(text: str) -> list[str]:
    """The pieces of a line that chooses several options: 1、3; 网站，微信."""
    return [piece for piece in re.split(f"[{_BETWEEN_OPTIONS}]+", text) if piece]


def read_choices(fact: Fact, node: Node) -> tuple[Option, ...] | Refusal:
    """Read chosen options: a list, or one text with marks or blanks between; 无 is none of them."""
    said = _texts(fact, node)
    if said is None:
        return Refusal("not_a_list", {})
    texts = list(said)
    chosen: set[str] = set()
    for text in texts:
        option = read_option(fact.options, text)
        if isinstance(option, Refusal):
            is_part = len(texts) > 1 and option.code == "no_such_option"
            return Refusal("no_such_part", {**option.details, "part": text}) if is_part else option
        if option.id in chosen:
            return Refusal("chosen_twice", {"option": option.label})
        chosen.add(option.id)
    if len(chosen) < fact.at_least:
        return Refusal("too_few", {"least": fact.at_least})
    return tuple(option for option in fact.options if option.id in chosen)


def _texts(fact: Fact, node: Node) -> Iterable[str] | None:
    """The items of a list of texts, or of one text; labels that hold a mark stay whole."""
    if isinstance(node.value, str):
        said = node.value.strip()
        if find_option(fact.options, said) is not None:
            return [said]
        if is_nothing(said):
            return []
        pieces = _piece_of(fact.options).findall(said)
        return [text for piece in pieces for text in _stretch(fact.options, piece)]
    if isinstance(node.value, list) and all(isinstance(item.value, str) for item in node.value):
        return [str(item.value) for item in node.value]
    return None


def _piece_of(options: Sequence[Option]) -> re.Pattern[str]:
    """An option by label or id with what ends it behind, or anything up to the next mark."""
    names = sorted((name for each in options for name in (each.label, each.id)), key=len)
    known = "|".join(map(re.escape, reversed(names)))
    return re.compile(rf"(?:{known})(?=[{_BETWEEN_OPTIONS}]|$)|[^{_BETWEEN_OPTIONS}]+")


def _stretch(options: Sequence[Option], text: str) -> Iterable[str]:
    """The numbers that 1-4 or 全部 stands for; any other text as it is."""
    match = _STRETCH.fullmatch(text)
    if text in words_for("every_option"):
        first, last = 1, len(options)
    elif match is not None:
        first, last = map(int, match.groups())
    else:
        return [text]
    is_there = 1 <= first <= last <= len(options)
    return map(str, range(first, last + 1)) if is_there else [text]


def read_rows(fact: Fact, node: Node) -> Given | Refusal:
    """Read the rows of a list: mappings, or one text, a row a line or ； between; 无 is none."""
    if isinstance(node.value, str) and not node.value.strip():
        return Refusal("empty", {})
    items = _typed_rows(fact.columns, node) if isinstance(node.value, str) else node.value
    if not isinstance(items, list):
        return Refusal("not_a_list", {})
    if len(items) > _ROW_LIMIT:
        return Refusal("too_many", {"limit": _ROW_LIMIT})
    rows: list[dict[str, object]] = []
    for number, item in enumerate(items, start=1):
        row = _read_row(fact.columns, item)
        if isinstance(row, Refusal):
            return Refusal(row.code, {"row": number, **row.details})
        for column in fact.columns:
            if column.unique and any(row[column.id] == other[column.id] for other in rows):
                shown = row[column.id]
                label = shown.label if isinstance(shown, Option) else shown
                return Refusal("row_twice", {"row": number, "entry": label})
        rows.append(row)
    if len(rows) < fact.at_least:
        return Refusal("too_few", {"least": fact.at_least})
    return tuple(rows)  # type: ignore[return-value]


def _typed_rows(columns: Sequence[Column], node: Node) -> list[Node]:
    """The rows of one text: by line breaks, else by semicolons; in these by commas, if counted."""
    text = str(node.value)
    if is_nothing(text):
        return []
    breaks = _LINE_END if _LINE_END.search(text) else _ROW_END
    rows = [row for row in breaks.split(text) if row.strip()]
    return [Node(each, node.line) for row in rows or [text] for each in counted_rows(columns, row)]


def counted_rows(columns: Sequence[Column], row: str) -> list[str]:
    """The rows that stand in one with commas between, 规章22、规范性文件34; else the one row."""
    pieces = _ROW_MARK.split(row)
    is_counted = len(columns) > 1 and columns[-1].kind == "count"
    if not is_counted or row.strip(_BLANKS).count("\t") == len(columns) - 1:
        return [row]
    are_words = all(sum(map(is_chinese, piece)) >= _OWN_WORDS for piece in pieces)
    return pieces if are_words and all(split_row(columns, each) for each in pieces) else [row]


def _read_row(columns: Sequence[Column], node: Node) -> dict[str, object] | Refusal:
    cells = node.value
    if isinstance(cells, str):
        return _read_typed_row(columns, node)
    known = [column.id for column in columns]
    if not isinstance(cells, dict) or set(cells) != set(known):
        return Refusal("not_a_row", {"columns": "、".join(known)})
    return _read_cells(columns, [cells[name] for name in known])


def _read_typed_row(columns: Sequence[Column], node: Node) -> dict[str, object] | Refusal:
    cells = split_row(columns, str(node.value))
    if cells is None:
        return Refusal("not_a_row", {"columns": "、".join(column.label for column in columns)})
    is_pasted = str(node.value).strip().count("\t") == len(columns) - 1
    if not is_pasted and holds_two_rows(columns, cells):
        return Refusal("rows_together", {})
    is_parted = is_pasted or "：" in str(node.value) or ":" in str(node.value)
    nodes = [Node(cell, node.line) for cell in cells]
    return _read_cells(columns, nodes, takes_own=is_parted)


def _read_cells(
    columns: Sequence[Column], nodes: Sequence[Node], *, takes_own: bool = True
) -> dict[str, object] | Refusal:
    """Read the cells of a row; own words beside options only where they are parted by a colon."""
    row: dict[str, object] = {}
    for column, node in zip(columns, nodes, strict=True):
        if not isinstance(node.value, str):
            return Refusal("not_one_value", {"column": column.label, "unit": column.unit})
        asked = column if takes_own or not column.own else replace(column, own=False)
        value = read_cell(asked, node.value, row.get(column.goes_with))
        if isinstance(value, Refusal) and column.own and value.code == "no_such_option":
            value = _no_own_words(columns, column, node.value)
        if isinstance(value, Refusal):
            details = {"column": column.label, "unit": column.unit, **value.details}
            return Refusal(value.code, details)
        row[column.id] = value
    return row


# --- A row typed on one line, taken apart into its cells: 业务动态 112条


def split_row(columns: Sequence[Column], text: str) -> list[str] | None:
    """Take a typed row apart, one text a column; `None` when it cannot be.

    With as many tabs as a spreadsheet puts between the cells, these are the borders. Else a
    count is taken from the end, an option from the beginning, by the longest label that fits.
    """
    row = text.strip(_BLANKS)
    if len(columns) == 1:
        return [row]
    pasted = [cell.strip(_BLANKS) for cell in row.split("\t")]
    if len(pasted) == len(columns) and all(pasted):
        return [cell.rstrip("：，、") or cell for cell in pasted]
    cells = _take_apart(columns, row)
    return cells if cells and all(cells) else None


def holds_two_rows(columns: Sequence[Column], cells: Sequence[str]) -> bool:
    """Whether a name holds what looks like the count of a row before it."""
    has_count = any(column.kind == "count" for column in columns)
    return has_count and any(
        column.kind == "line" and _TOGETHER.search(to_half_width(cell)) is not None
        for column, cell in zip(columns, cells, strict=True)
    )


def _take_apart(columns: Sequence[Column], row: str) -> list[str] | None:
    if len(columns) == 1:
        return [row.strip(_BLANKS)]
    first, last = columns[0], columns[-1]
    if last.kind == "count":
        head, tail = _cut_count(last, row)
        rest = _take_apart(columns[:-1], head) if tail else None
        return [*rest, tail] if rest else None
    if first.kind == "choice" or last.kind != "choice":
        head, tail = _cut_option(first.options, row) if first.options else _cut_first(row)
        rest = _take_apart(columns[1:], tail) if tail else None
        return [head, *rest] if rest else None
    head, tail = _cut_last_option(last.options, row)
    rest = _take_apart(columns[:-1], head) if head else None
    return [*rest, tail] if rest else None


def _cut_count(column: Column, row: str) -> tuple[str, str]:
    """Cut the longest number off the end; a numeral only where it cannot be part of a name."""
    line = row.rstrip(_BLANKS + "。")
    start = max(0, len(line) - _TAIL_LIMIT)
    window = to_half_width(line[start:])
    match = _COUNT.search(window) or _count_in_words(column.unit).search(window)
    if match is None:
        return row, ""
    at = start + match.start()
    return line[:at].rstrip(_BETWEEN), line[at:]


def _count_in_words(unit: str) -> re.Pattern[str]:
    """A number in words at the end of a row: `业务动态 三条`, `业务动态 没有`, `业务动态三条`."""
    numeral = rf"[{NUMERAL_CHARACTERS}]+\s*{any_of('some_more')}?"
    none = rf"{any_of('nothing')}|{any_of('none_of')}(?:{re.escape(unit)})?"
    return re.compile(
        rf"(?<=[\s：:])(?:{numeral}\s*(?:{re.escape(unit)})?|{none})$"
        rf"|(?<![{characters_of('before_ordinal')}{NUMERAL_CHARACTERS}]){numeral}{re.escape(unit)}$"
    )


def _cut_first(row: str) -> tuple[str, str]:
    """Cut at the first mark between cells."""
    match = re.search(rf"[{re.escape(_BETWEEN)}]", row)
    if match is None:
        return row, ""
    return row[: match.start()], row[match.start() :].lstrip(_BETWEEN + ">")


def _cut_option(options: Sequence[Option], row: str) -> tuple[str, str]:
    """Cut an option off the beginning; the longest name that a mark follows."""
    names = (name for option in options for name in (option.label, option.id))
    for name in sorted(names, key=len, reverse=True):
        if row.startswith(name) and row[len(name) : len(name) + 1] in tuple(_BETWEEN):
            return name, row[len(name) :].lstrip(_BETWEEN + ">")
    head, mark, tail = row.replace(":", "：").partition("：")
    return (head, tail.lstrip(_BETWEEN + ">")) if mark else _cut_first(row)


def _cut_last_option(options: Sequence[Option], row: str) -> tuple[str, str]:
    """Cut an option off the end; the longest that a mark precedes."""
    for match in re.finditer(rf"[{re.escape(_BETWEEN)}]+", row):
        tail = row[match.end() :].lstrip(">")
        if find_option(options, tail) is not None:
            return row[: match.start()], tail
    return row, ""
