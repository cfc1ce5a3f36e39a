"""`nianbao`: what was typed, the command it asks for, and how what goes wrong ends it."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys

from assistant import __version__
from assistant.cli.commands import COMMANDS, TEMPLATES, Argument
from assistant.cli.help_layout import HelpFormatter, Parser

TYPE_CHECKING = False  # importing typing for it would cost a sixth of the start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.form.loader import Library


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = read_options(arguments)
    gc.disable()  # a start makes many objects and no garbage
    try:
        return _start(options)
    except BrokenPipeError:
        # Whoever read the output has seen enough; closing it again must not complain.
        _silence()
        return 0
    finally:
        gc.freeze()  # nor does the end of a process look for any


def _silence() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _start(options: argparse.Namespace) -> int:
    """Read the sentences, without which nothing could be told, and run the command."""
    # pydantic would look through every installed package for plugins, which we do not want.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from assistant.cli import console  # noqa: PLC0415  --version and -h need none of this
    from assistant.form.loader import open_library  # noqa: PLC0415
    from assistant.storage.errors import AssistantError  # noqa: PLC0415

    console.prepare()
    try:
        library = open_library(options.templates.resolve() if options.templates else None)
        _ = library.sentences
    except AssistantError as fault:
        console.tell(console.wordless(fault))
        return console.USAGE
    except Exception as fault:
        console.tell(console.speechless(fault))
        return console.USAGE
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return _run(options, library)


def _run(options: argparse.Namespace, library: Library) -> int:
    """Do what the command asks; whatever ends it early is told in a sentence."""
    from assistant.cli import console  # noqa: PLC0415  as above
    from assistant.storage.errors import AssistantError, EditionError  # noqa: PLC0415
    from assistant.storage.streams import OutputError  # noqa: PLC0415

    told: Exception
    try:
        return COMMANDS[options.command].run(options, library)
    except BrokenPipeError:
        raise
    except OutputError as fault:
        _silence()
        told = fault
    except MemoryError:
        told = AssistantError("out_of_memory")
    except KeyboardInterrupt:
        console.tell(console.say_error(AssistantError("interrupted"), library.sentences))
        return console.USAGE
    except Exception as fault:
        told = fault
    console.tell_fault(told, library.sentences)
    return console.EDITION if isinstance(told, EditionError) else console.USAGE


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for; a file or folder alone, or nothing, is the conversation."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    first = given[0] if given else "-"
    if first == "--version":  # argparse would lay it out like help, which takes as long again
        print(f"nianbao {__version__}")
        sys.exit()
    if first in ("-h", "--help"):
        return make_parser(COMMANDS).parse_args(given)
    if first in COMMANDS:
        return _parsed(first, given)
    if first[:1] == "-" or os.path.exists(first) or _is_path(first):  # noqa: PTH110
        return _parsed("chat", ["chat", *given])
    hint = _nearest(first, COMMANDS)
    return make_parser([]).error(f"没有命令“{first}”，也没有叫这个名字的文件或文件夹{hint}")


def _parsed(name: str, given: list[str]) -> argparse.Namespace:
    """What is typed behind a command; of an option that it does not have the nearest is told."""
    parser = make_parser([name])
    options, unknown = parser.parse_known_args(given)
    if unknown:
        known = ["--help", "--templates"]
        for each in COMMANDS[name].arguments:
            for one in (each,) if isinstance(each, Argument) else each:
                known += one.names
        hint = _nearest(unknown[0].partition("=")[0], known)
        parser.error(f"不认识的参数：{' '.join(unknown)}{hint}")
    return options


def _nearest(typed: str, known: Iterable[str]) -> str:
    """What may have been meant, as the end of a complaint; empty where nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415  most runs have no complaint

    near = get_close_matches(typed, known, 1)
    return f"，是不是想写“{near[0]}”" if near else ""


def _is_path(text: str) -> bool:
    """Whether a word that is neither command nor file was meant for a file."""
    return "/" in text or "\\" in text or bool(os.path.splitext(text)[1])  # noqa: PTH122


def make_parser(names: Iterable[str]) -> Parser:
    """The parser of some commands; to make all takes as long as to read a small file."""
    parser = Parser(
        prog="nianbao",
        usage="nianbao [答案文件或文件夹] [--previous 上年文件] [--plain]\n      nianbao 命令 ...",
        description="年报助手：一题一题地问，核对政府信息公开工作年度报告的数据，写出文字与表格一致的文稿。"
        "不写命令就开始问答；每个命令有哪些选项，输入“nianbao 命令 -h”查看。",
        epilog="退出码：0 正常；2 用法或文件有误；3 有必须改正的错误；4 有待核实的事项；"
        "5 表式与年度不符；6 文稿与答案不一致。",
        formatter_class=HelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令")
    HelpFormatter.groups = {name: COMMANDS[name].group for name in names}
    for name in names:
        entry = COMMANDS[name]
        command = commands.add_parser(
            name,
            help=entry.summary,
            description=entry.summary,
            epilog=f"例：\n{entry.examples}",
            prog=f"nianbao {name}",
            formatter_class=HelpFormatter,
            allow_abbrev=False,
        )
        for each in (*entry.arguments, TEMPLATES):
            if isinstance(each, Argument):
                command.add_argument(*each.names, **each.settings)
            else:
                group = command.add_mutually_exclusive_group()
                for one in each:
                    group.add_argument(*one.names, **one.settings)
        command.set_defaults(**entry.defaults)
    return parser
