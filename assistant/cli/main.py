"""`nianbao`: the one table of commands, what can be typed, and how what goes wrong ends it."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys

from assistant import __version__
from assistant.cli.help_layout import HelpFormatter, Parser

TYPE_CHECKING = False  # importing typing for it would cost a sixth of the start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

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
    from assistant.form.loader import library  # noqa: PLC0415
    from assistant.storage.errors import AssistantError  # noqa: PLC0415

    console.prepare()
    try:
        shelf = library(options.templates.resolve() if options.templates else None)
        _ = shelf.sentences
    except AssistantError as fault:
        console.tell(console.wordless(fault))
        return console.USAGE
    except Exception as fault:
        console.tell(console.speechless(fault))
        return console.USAGE
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return _run(options, shelf)


def _run(options: argparse.Namespace, shelf: Library) -> int:
    """Do what the command asks; whatever ends it early is told in a sentence."""
    from pathlib import Path  # noqa: PLC0415  as above

    from assistant.cli import console  # noqa: PLC0415
    from assistant.storage.errors import AssistantError, EditionError, system_error  # noqa: PLC0415

    told: Exception
    try:
        return COMMANDS[options.command].run(options, shelf)
    except BrokenPipeError:
        raise
    except OSError as fault:  # only the output is left to fail; files have their own faults
        _silence()
        told = system_error(fault, Path("标准输出"))
    except MemoryError:
        told = AssistantError("out_of_memory")
    except KeyboardInterrupt:
        console.tell(console.say_error(AssistantError("interrupted"), shelf.sentences))
        return console.USAGE
    except Exception as fault:
        told = fault
    console.tell_fault(told, shelf.sentences)
    return console.EDITION if isinstance(told, EditionError) else console.USAGE


class Command:
    """One command of `nianbao`.

    Attributes:
        summary: Its line of help.
        add_arguments: Adds its arguments to its parser.
    """

    def __init__(self, summary: str, add_arguments: Callable[[Parser], None], module: str) -> None:
        """Take the help, the arguments, and the module of this folder whose `run` does it."""
        self.summary = summary
        self.add_arguments = add_arguments
        self._module = module

    def run(self, options: argparse.Namespace, shelf: Library) -> int:
        """Import the module, only now, run the command and return its exit code."""
        from importlib import import_module  # noqa: PLC0415  --version and -h need none of this

        code: int = import_module(f"assistant.cli.{self._module}").run(options, shelf)
        return code


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks for; a file or folder alone, or nothing, is the conversation."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    first = given[0] if given else "-"
    if first in ("-h", "--help", "--version"):
        return make_parser(COMMANDS).parse_args(given)
    if first in COMMANDS:
        return make_parser([first]).parse_args(given)
    if first[:1] == "-" or os.path.exists(first) or _is_path(first):  # noqa: PTH110
        return make_parser(["chat"]).parse_args(["chat", *given])
    return make_parser([]).error(f"没有命令“{first}”，也没有叫这个名字的文件或文件夹")


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
    parser.add_argument(
        "--version", action="version", version=f"nianbao {__version__}", help="显示版本"
    )
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令")
    for name in names:
        entry = COMMANDS[name]
        command = commands.add_parser(
            name,
            help=entry.summary,
            description=entry.summary,
            prog=f"nianbao {name}",
            formatter_class=HelpFormatter,
            allow_abbrev=False,
        )
        entry.add_arguments(command)
        command.add_argument(
            "--templates", type=_path, metavar="文件夹", help="改用另一份prompts_templates"
        )
    return parser


def _add_chat(command: Parser) -> None:
    command.add_argument(
        "path",
        nargs="?",
        type=_path,
        metavar="答案文件",
        help="接着填哪一个答案文件，或在哪个文件夹里填；默认当前文件夹",
    )
    command.add_argument("--previous", type=_path, metavar="上年文件", help="上年的答案文件")
    command.add_argument("--plain", action="store_true", help="不用全屏界面，逐行问答")
    _add_look(command)


def _add_look(command: Parser) -> None:
    command.add_argument(
        "--theme",
        metavar="外观",
        help="深色、浅色、高对比或终端（只用终端自己的16种颜色）；也可写在环境变量NIANBAO_THEME里",
    )


def _add_replay(command: Parser) -> None:
    _add_inputs(command)
    command.add_argument("-o", "--output", type=_path, metavar="文件夹", help="写到哪个文件夹")
    command.add_argument(
        "--show", action="store_true", help="在对话里演示一遍：把答案一题一题打进去，原文件不动"
    )
    command.add_argument(
        "--speed", default="中", metavar="快慢", help="演示的快慢：慢、中、快，或每秒几个字，默认中"
    )
    _add_look(command)
    command.add_argument("--final", action="store_true", help="定稿：还有未了事项时什么也不写")
    command.add_argument(
        "--format",
        default="txt,md",
        metavar="格式",
        help="写哪些格式（txt,md,html,docx,xlsx），默认txt,md",
    )
    command.add_argument(
        "--review", action="store_true", help="Word文稿最后附一页核对单，给审核人看"
    )
    command.add_argument(
        "--reference-doc",
        type=_path,
        metavar="样式文件",
        help="Word文稿改用这个docx里的样式和页面设置",
    )
    _add_jobs(command)


def _add_check(command: Parser) -> None:
    _add_inputs(command)
    _add_jobs(command)
    command.set_defaults(
        output=None, final=False, format="txt,md", reference_doc=None, show=False, review=False
    )


def _add_inputs(command: Parser) -> None:
    command.add_argument(
        "paths", nargs="+", type=_path, metavar="答案文件", help="答案文件，或装有答案文件的文件夹"
    )
    command.add_argument(
        "--previous",
        type=_path,
        metavar="上年文件",
        help="上年的答案文件；处理文件夹时给上年的文件夹，按相同的文件名对应",
    )
    _add_json(command)


def _add_json(options: argparse._ActionsContainer) -> None:
    options.add_argument("--json", action="store_true", help="以JSON输出结果")


def _add_jobs(command: Parser) -> None:
    command.add_argument(
        "--jobs", type=_count, default=1, metavar="个数", help="同时用几个进程，默认1"
    )


def _add_verify(command: Parser) -> None:
    command.add_argument(
        "document", type=_path, metavar="文稿", help="要核对的txt、md、html、docx或xlsx文件"
    )
    command.add_argument("answers", type=_path, metavar="答案文件", help="文稿所依据的答案文件")
    command.add_argument("--previous", type=_path, metavar="上年文件", help="上年的答案文件")
    how = command.add_mutually_exclusive_group()
    _add_json(how)
    how.add_argument(
        "--accept", action="store_true", help="文稿里改过的数，一个一个问要不要改进答案文件"
    )


def _add_form(command: Parser) -> None:
    command.add_argument("edition", nargs="?", metavar="表式", help="写哪个表式的空白填报表")
    command.add_argument("--year", type=int, metavar="年度", help="空白填报表的年度，默认上一年")
    command.add_argument(
        "--read", nargs="+", type=_path, metavar="填报表", help="读入一个或几个填好的填报表"
    )
    command.add_argument("-o", "--output", type=_path, metavar="文件", help="写到哪个文件")
    command.add_argument(
        "--leave-out", action="store_true", help="有冲突或读不懂的不写入，先写入其余的"
    )


def _add_diff(command: Parser) -> None:
    command.add_argument("before", type=_path, metavar="原文件", help="原来的答案文件")
    command.add_argument("after", type=_path, metavar="现文件", help="现在的答案文件")
    command.add_argument(
        "--previous",
        type=_path,
        metavar="上年文件",
        help="上年的答案文件，两个文件共用；年度不同的，只用于它的下一年那个",
    )
    _add_json(command)


def _add_lint(command: Parser) -> None:
    command.add_argument("editions", nargs="*", metavar="表式", help="只检查这些表式")


def _add_schema(command: Parser) -> None:
    command.add_argument("edition", nargs="?", metavar="表式", help="答案文件的表式")
    command.add_argument(
        "--result", action="store_true", help="输出replay和check的JSON结果的Schema"
    )


def _add_doctor(command: Parser) -> None:
    _add_json(command)


def _add_migrate(command: Parser) -> None:
    command.add_argument("answers", type=_path, metavar="答案文件", help="要转的答案文件")
    command.add_argument("--to", required=True, metavar="表式", help="转到哪一种表式")
    command.add_argument(
        "-o", "--output", type=_path, required=True, metavar="新文件", help="写成哪一个新文件"
    )


COMMANDS = {
    "chat": Command("一问一答地填写（不写命令就是它）", _add_chat, "chat_command"),
    "replay": Command("读取答案文件，核对并生成文稿和表格", _add_replay, "replay_command"),
    "check": Command("只核对答案文件，列出需要处理的问题", _add_check, "replay_command"),
    "verify": Command("核对成文的文稿与答案文件是否一致", _add_verify, "verify_command"),
    "form": Command("写出空白填报表（xlsx），或者把填好的读进答案文件", _add_form, "form_command"),
    "diff": Command(
        "比较两个答案文件：哪些答案不同，文稿因此有哪些不同", _add_diff, "diff_command"
    ),
    "migrate": Command(
        "把答案文件转到同一年度的另一种表式，转不了的逐项列出", _add_migrate, "migrate_command"
    ),
    "lint": Command(
        "检查表式数据：问题、规则和文稿模板，供维护表式的人用", _add_lint, "lint_command"
    ),
    "schema": Command(
        "输出答案文件格式的说明（JSON Schema），供别的程序使用", _add_schema, "json_results"
    ),
    "doctor": Command("检查这台终端和当前文件夹能不能用，怎样用", _add_doctor, "doctor_command"),
}
"""In the order of the help."""


def _path(text: str) -> Path:
    from pathlib import Path  # noqa: PLC0415  --version and -h need no paths

    return Path(text)


_MOST_JOBS = 64


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"应是1到{_MOST_JOBS}之间的整数")
    return int(text)
