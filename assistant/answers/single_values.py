"""The smallest answers: a line, an option by label, id or number, a cell of a list."""

import re
from collections.abc import Sequence

from assistant.answers.states import is_nothing
from assistant.form.model import Column, Fact, Option
from assistant.values import Refusal, read, read_line, wordless

_PAUSES = "，。；、："
"""A line stands in the middle of a sentence and may not end in one of these."""
_TITLE = re.compile("《[^《》]+》")
_ORDINAL = re.compile(r"[0-9０-９]{1,3}")


def find_option(
    options: Sequence[Option], text: str, numbered: Sequence[Option] | None = None
) -> Option | None:
    """Find an option by label or id, else by its number on the screen.

    Args:
        options: What can be chosen.
        text: What was typed, for example 镇人民政府, `town`, `1`.
        numbered: What the numbers count when the screen shows fewer than `options`.
    """
    wanted = text.strip()
    for option in options:
        if wanted in (option.label, option.id):
            return option
    shown = options if numbered is None else numbered
    number = read(wanted, "count", "") if _ORDINAL.fullmatch(wanted) else 0
    return shown[number - 1] if isinstance(number, int) and 1 <= number <= len(shown) else None


def read_option(
    options: Sequence[Option], text: str, numbered: Sequence[Option] | None = None
) -> Option | Refusal:
    """Read one option as `find_option`; the refusal names what can be chosen, the nearest first."""
    if not text.strip():
        return Refusal("empty", {})
    option = find_option(options, text, numbered)
    if option is None:
        near = [each for each in numbered or options if text.strip() in each.label]
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
    if not isinstance(partner, Option):
        return read_option(column.options, text)
    fitting = column.options_with(partner)
    value = read_option(column.options, text, fitting)
    if isinstance(value, Refusal) or partner.id in value.answers:
        return value
    options = "、".join(option.label for option in fitting)
    details = {"left": partner.label, "right": value.label, "options": options}
    return Refusal("options_do_not_pair", details)


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
