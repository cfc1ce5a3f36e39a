"""Help of the command line laid out by columns: a Chinese character takes two."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False  # importing typing for it would cost a sixth of the start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FILLER = "\0"
"""Stands behind a wide character while lengths are counted, and is taken out at the end."""
_NOT_FIRST = "，。、；：）」"


class HelpFormatter(argparse.HelpFormatter):
    """Lays help out as a terminal shows it, without a heading above the list of commands."""

    def format_help(self) -> str:
        """The help without fillers."""
        return super().format_help().replace(FILLER, "")

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = "用法：",
    ) -> None:
        """The usage, lines behind the first below its own beginning."""
        super().add_usage(usage, actions, groups, _filled(prefix or ""))

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        return text.partition("\n")[2] if action.nargs == argparse.PARSER else text

    def _metavar_formatter(
        self, action: argparse.Action, default_metavar: str
    ) -> Callable[[int], tuple[str, ...]]:
        names = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(map(_filled, names(size)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_wrapped(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _wrapped(text, width - len(indent)))


def _filled(text: str) -> str:
    return "".join(each + FILLER * (_columns(each) - 1) for each in text)


def _columns(character: str) -> int:
    from unicodedata import east_asian_width  # noqa: PLC0415  only help needs it

    return 2 if east_asian_width(character) in "WF" else 1


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many columns; words stay whole, no mark begins a line."""
    line, room = "", width
    for unit in _units(text):
        size = sum(map(_columns, unit))
        if size > room and line:
            yield line.rstrip()
            line, room = "", width
        line += unit if line else unit.lstrip()
        room -= size
    yield line


def _units(text: str) -> Iterator[str]:
    """What stays together: a Chinese character with the marks behind it, a word."""
    unit = ""
    for character in text:
        is_word = unit[-1:].isascii() and character.isascii() and character != " "
        if unit and not is_word and character not in _NOT_FIRST:
            yield unit
            unit = ""
        unit += character
    yield unit
