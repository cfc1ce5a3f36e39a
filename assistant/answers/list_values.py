"""Answers with several entries: options chosen, rows of a list; as YAML or as typed."""

import re
from collections.abc import Iterable, Sequence

from assistant.answers.model import Given
from assistant.answers.single_values import find_option, read_cell, read_option
from assistant.answers.split_row import holds_two_rows, split_row
from assistant.answers.states import is_nothing
from assistant.form.model import Column, Fact, Option
from assistant.storage.yaml_text import Node
from assistant.values import Refusal

_ROW_LIMIT = 200
"""Rows of a list; far more than any report has categories."""
_BETWEEN = r"、，,；;\s"
_STRETCH = re.compile(r"(\d{1,3})[-－—–~～至到](\d{1,3})")
_EVERYTHING = ("全部", "全选", "都有", "全都有")


def split_chosen(text: str) -> list[str]:
    """The pieces of a line that chooses several options: 1、3; 网站，微信."""
    return [piece for piece in re.split(rf"[{_BETWEEN}]+", text) if piece]


def read_choices(fact: Fact, node: Node) -> tuple[Option, ...] | Refusal:
    """Read chosen options: a list, or one text with marks or blanks between; 无 is none of them."""
    said = _texts(fact, node)
    if said is None:
        return Refusal("not_a_list", {})
    texts = list(said)
    chosen: list[Option] = []
    for text in texts:
        option = read_option(fact.options, text)
        if isinstance(option, Refusal):
            is_part = len(texts) > 1 and option.code == "no_such_option"
            return Refusal("no_such_part", {**option.details, "part": text}) if is_part else option
        if option in chosen:
            return Refusal("chosen_twice", {"option": option.label})
        chosen.append(option)
    if len(chosen) < fact.at_least:
        return Refusal("too_few", {"least": fact.at_least})
    return tuple(option for option in fact.options if option in chosen)


def _texts(fact: Fact, node: Node) -> Iterable[str] | None:
    """The items of a list of texts, or of one text; labels that hold a mark stay whole."""
    if isinstance(node.value, str):
        said = node.value.strip()
        if find_option(fact.options, said) is not None:
            return [said]
        if is_nothing(said):
            return []
        names = [name for option in fact.options for name in (option.label, option.id)]
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        pieces = re.findall(rf"(?:{known})(?=[{_BETWEEN}]|$)|[^{_BETWEEN}]+", said)
        return [text for piece in pieces for text in _stretch(fact.options, piece)]
    if isinstance(node.value, list) and all(isinstance(item.value, str) for item in node.value):
        return [str(item.value) for item in node.value]
    return None


def _stretch(options: Sequence[Option], text: str) -> Iterable[str]:
    """The numbers that 1-4 or 全部 stands for; any other text as it is."""
    match = _STRETCH.fullmatch(text)
    if text in _EVERYTHING:
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
    items = _typed_rows(node) if isinstance(node.value, str) else node.value
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


def _typed_rows(node: Node) -> list[Node]:
    """The rows of one text: by line breaks, and only where there is none by semicolons."""
    text = str(node.value)
    if is_nothing(text):
        return []
    breaks = r"[\r\n]" if re.search(r"[\r\n]", text) else "[；;]"
    rows = [row for row in re.split(breaks, text) if row.strip()]
    return [Node(row, node.line) for row in rows or [text]]


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
    return _read_cells(columns, [Node(cell, node.line) for cell in cells])


def _read_cells(columns: Sequence[Column], nodes: Sequence[Node]) -> dict[str, object] | Refusal:
    row: dict[str, object] = {}
    for column, node in zip(columns, nodes, strict=True):
        if not isinstance(node.value, str):
            return Refusal("not_one_value", {"column": column.label, "unit": column.unit})
        value = read_cell(column, node.value, row.get(column.goes_with))
        if isinstance(value, Refusal):
            details = {"column": column.label, "unit": column.unit, **value.details}
            return Refusal(value.code, details)
        row[column.id] = value
    return row
