"""Help and complaints of the command line in Chinese, laid out by columns: a sign takes two."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False  # importing typing for it would cost a sixth of the start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import NoReturn

_TERMS = {
    "positional arguments": "参数",
    "options": "选项",
    "subcommands": "命令",
    "show this help message and exit": "显示这段说明",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "选项%(option)s不明确，可能是：%(matches)s"
    ),
    "ignored explicit argument %r": "这个选项后面不能跟%r",
    "expected one argument": "后面缺少一个内容",
    "expected at least one argument": "后面至少要有一个内容",
    "expected at most one argument": "后面最多一个内容",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r不在可选范围：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r不是有效的内容",
    "argument %(argument_name)s: %(message)s": "参数%(argument_name)s：%(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "没有命令%(parser_name)r，可用的命令：%(choices)s"
    ),
    "not allowed with argument %s": "不能与%s同时使用",
}


def _translate(text: str, *_: object) -> str:
    return _TERMS.get(text, text)


FILLER = "\0"
"""Stands behind a wide character while lengths are counted, and is taken out at the end."""
_TERMINAL = "WF"
"""Widths of Unicode that take two columns of a terminal."""


class HelpFormatter(argparse.HelpFormatter):
    """Lays help out as a terminal shows it, without a heading above the list of commands.

    Attributes:
        groups: The headings within that list, by command.
    """

    groups: Mapping[str, str] = {}

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
        if action.nargs != argparse.PARSER:
            return super()._format_action(action)
        lines, told = "", ""
        self._action_max_length = max(map(len, self.groups), default=0) + 2 * self._indent_increment
        for command in self._iter_indented_subactions(action):
            group = self.groups.get(command.dest, "")
            if group != told:
                lines, told = f"{lines}  {group}\n", group
            lines += super()._format_action(command)
        return lines

    def _metavar_formatter(
        self, action: argparse.Action, default_metavar: str
    ) -> Callable[[int], tuple[str, ...]]:
        names = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(map(_filled, names(size)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_wrapped(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = (line for part in text.split("\n") for line in _wrapped(part, width - len(indent)))
        return "\n".join(indent + line for line in lines)


def _filled(text: str) -> str:
    return "".join(each + FILLER * (_columns(each) - 1) for each in text)


def _columns(text: str) -> int:
    from assistant.values.line_breaking import columns  # noqa: PLC0415  only help needs it

    return columns(text, _TERMINAL)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many columns."""
    from assistant.values.line_breaking import lines_within  # noqa: PLC0415  only help needs it

    for place in lines_within(text, width, measure=_columns):
        yield text[place].rstrip()


class Parser(argparse.ArgumentParser):
    """An argument parser that complains in Chinese and exits with 2."""

    def format_help(self) -> str:
        """The help with full-width colons behind its headings."""
        lines = super().format_help().splitlines()
        return "\n".join(line[:-1] + "：" if line.endswith(":") else line for line in lines) + "\n"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help, and leave."""
        message = message.replace("'", "").replace(", ", "、")
        self.exit(2, f"错误：{message}。\n{self.format_usage()}输入 {self.prog} -h 查看说明。\n")


argparse._ = _translate  # type: ignore[attr-defined]  # its own catalogue is English
argparse.ngettext = lambda _one, many, _count: _translate(many)  # type: ignore[attr-defined]
