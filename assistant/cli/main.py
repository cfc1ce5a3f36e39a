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
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Any

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
    from pathlib import Path  # noqa: PLC0415  as above

    from assistant.cli import console  # noqa: PLC0415
    from assistant.storage.errors import AssistantError, EditionError, system_error  # noqa: PLC0415

    told: Exception
    try:
        return COMMANDS[options.command].run(options, library)
    except BrokenPipeError:
        raise
    except OSError as fault:  # only the output is left to fail; files have their own faults
        _silence()
        told = system_error(fault, Path("标准输出"))
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
    parser.add_argument("--version", action="store_true", help="显示版本")
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
        for each in (*entry.arguments, _TEMPLATES):
            if isinstance(each, Argument):
                command.add_argument(*each.names, **each.settings)
            else:
                group = command.add_mutually_exclusive_group()
                for one in each:
                    group.add_argument(*one.names, **one.settings)
        command.set_defaults(**entry.defaults)
    return parser


def _path(text: str) -> Path:
    from pathlib import Path  # noqa: PLC0415  --version and -h need no paths

    return Path(text)


_MOST_JOBS = 64
_LAST_PORT = 65_535


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"应是1到{_MOST_JOBS}之间的整数")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"应是1到{_LAST_PORT}之间的整数")
    return int(text)


class Argument:
    """One argument as argparse takes it; without a word for its value it is a flag."""

    def __init__(self, names: str, text: str, metavar: str = "", **settings: object) -> None:
        """Take its names, its help, and what its value is called; of a flag nothing is."""
        self.names = names.split()
        self.settings: dict[str, Any] = {"help": text, **settings}
        if metavar:
            self.settings["metavar"] = metavar
        else:
            self.settings["action"] = "store_true"


class Command:
    """One command of `nianbao`.

    Attributes:
        summary: Its line of help.
        arguments: What can be typed behind it; those of a tuple exclude each other.
        defaults: What it asks for without an argument of its own.
    """

    def __init__(
        self,
        module: str,
        summary: str,
        *arguments: Argument | tuple[Argument, ...],
        **defaults: object,
    ) -> None:
        """Take the module of this folder whose `run` does it, its help and its arguments."""
        self.summary = summary
        self.arguments = arguments
        self.defaults = defaults
        self._module = module

    def run(self, options: argparse.Namespace, library: Library) -> int:
        """Import the module, only now, run the command and return its exit code."""
        from importlib import import_module  # noqa: PLC0415  --version and -h need none of this

        code: int = import_module(f"assistant.cli.{self._module}").run(options, library)
        return code


_TEMPLATES = Argument("--templates", "改用另一份prompts_templates", "文件夹", type=_path)
_JSON = Argument("--json", "以JSON输出结果")
_PREVIOUS = Argument("--previous", "上年的答案文件，或者上年公布的报告", "上年文件", type=_path)
_REPORT_YEAR = Argument(
    "--year", "读哪一年度的报告；报告里没有写明或者有几个年度时用", "年度", type=int
)
_THEME = Argument(
    "--theme",
    "深色、浅色、高对比或终端（只用终端自己的16种颜色）；也可写在环境变量NIANBAO_THEME里",
    "外观",
)
_JOBS = Argument("--jobs", "同时用几个进程，默认1", "个数", type=_count, default=1)
_INPUTS = (
    Argument("paths", "答案文件，或装有答案文件的文件夹", "答案文件", nargs="+", type=_path),
    Argument(
        "--previous",
        "上年的答案文件；处理文件夹时给上年的文件夹，按相同的文件名对应",
        "上年文件",
        type=_path,
    ),
    _JSON,
)

COMMANDS = {
    "chat": Command(
        "chat_command",
        "一问一答地填写（不写命令就是它）",
        Argument(
            "path",
            "接着填哪一个答案文件，或在哪个文件夹里填；默认当前文件夹",
            "答案文件",
            nargs="?",
            type=_path,
        ),
        _PREVIOUS,
        Argument("--plain", "不用全屏界面，逐行问答"),
        _THEME,
    ),
    "serve": Command(
        "serve_command",
        "在这台电脑的浏览器里一问一答地填写（要装nianbao[web]）",
        Argument(
            "folder",
            "在哪个文件夹里填；默认当前文件夹",
            "文件夹",
            nargs="?",
            type=_path,
            default=".",
        ),
        Argument(
            "--bodies",
            "每行一个单位名称的文件；每个单位一个地址，在同名的文件夹里填",
            "单位名单",
            type=_path,
        ),
        Argument("--port", "用哪个端口，默认自动找一个空的", "端口", type=_port, default=0),
        _THEME,
    ),
    "replay": Command(
        "replay_command",
        "读取答案文件，核对并生成文稿和表格",
        *_INPUTS,
        Argument("-o --output", "写到哪个文件夹", "文件夹", type=_path),
        Argument("--show", "在对话里演示一遍：把答案一题一题打进去，原文件不动"),
        Argument("--speed", "演示的快慢：慢、中、快，或每秒几个字，默认中", "快慢", default="中"),
        _THEME,
        Argument("--final", "定稿：还有未了事项时什么也不写"),
        Argument(
            "--format",
            "写哪些格式（txt,md,html,docx,xlsx），默认txt,md",
            "格式",
            default="txt,md",
        ),
        Argument("--review", "Word文稿最后附一页核对单，给审核人看"),
        Argument("--public", "网页只有正文和表，没有问题、依据和脚本，发布到网站用"),
        Argument(
            "--reference-doc", "Word文稿改用这个docx里的样式和页面设置", "样式文件", type=_path
        ),
        _JOBS,
    ),
    "check": Command(
        "replay_command",
        "只核对答案文件，列出需要处理的问题",
        *_INPUTS,
        _JOBS,
        output=None,
        final=False,
        format="txt,md",
        reference_doc=None,
        show=False,
        review=False,
        public=False,
    ),
    "verify": Command(
        "verify_command",
        "核对成文的文稿与答案文件是否一致",
        Argument("document", "要核对的txt、md、html、docx或xlsx文件", "文稿", type=_path),
        Argument("answers", "文稿所依据的答案文件", "答案文件", type=_path),
        _PREVIOUS,
        (_JSON, Argument("--accept", "文稿里改过的数和文字，一处一处问要不要改进答案文件")),
        Argument("--yes", "与--accept合用：拿得准的都改进答案文件，不问；其余的列出来"),
    ),
    "read": Command(
        "read_command",
        "把已经公布的报告（Word、网页、Excel、文本、PDF）读成答案文件",
        Argument("report", "公布的报告", "报告", type=_path),
        Argument("-o --output", "写成哪一个新的答案文件", "答案文件", type=_path),
        _REPORT_YEAR,
        _JSON,
    ),
    "audit": Command(
        "audit_command",
        "核对已经公布的报告：表内、文字与表、上下年，读不懂的也列出来",
        Argument("report", "公布的报告", "报告", type=_path),
        _PREVIOUS,
        _REPORT_YEAR,
        _JSON,
    ),
    "form": Command(
        "form_command",
        "写出空白填报表（xlsx），或者把填好的填报表、官方统计表读进答案文件",
        Argument(
            "edition", "写哪个表式的空白填报表；读入时，认不准表式的写明它", "表式", nargs="?"
        ),
        Argument(
            "--year",
            "空白填报表的年度，默认上一年；读入时，表里没有写年度的写明它",
            "年度",
            type=int,
        ),
        Argument(
            "--read",
            "读入一个或几个填好的填报表（xlsx）或官方统计表（docx、xlsx、html）",
            "填报表",
            nargs="+",
            type=_path,
        ),
        Argument("-o --output", "写到哪个文件", "文件", type=_path),
        Argument("--leave-out", "有冲突或读不懂的不写入，先写入其余的"),
    ),
    "diff": Command(
        "diff_command",
        "比较两个答案文件：哪些答案不同，文稿因此有哪些不同",
        Argument("before", "原来的答案文件", "原文件", type=_path),
        Argument("after", "现在的答案文件", "现文件", type=_path),
        Argument(
            "--previous",
            "上年的答案文件，两个文件共用；年度不同的，只用于它的下一年那个",
            "上年文件",
            type=_path,
        ),
        _JSON,
    ),
    "migrate": Command(
        "migrate_command",
        "把答案文件转到同一年度的另一种表式，转不了的逐项列出",
        Argument("answers", "要转的答案文件", "答案文件", type=_path),
        Argument("--to", "转到哪一种表式", "表式", required=True),
        Argument("-o --output", "写成哪一个新文件", "新文件", required=True, type=_path),
    ),
    "lint": Command(
        "lint_command",
        "检查表式数据：问题、规则和文稿模板，供维护表式的人用",
        Argument("editions", "只检查这些表式", "表式", nargs="*"),
    ),
    "schema": Command(
        "json_results",
        "输出答案文件格式的说明（JSON Schema），供别的程序使用",
        Argument("edition", "答案文件的表式", "表式", nargs="?"),
        Argument("--result", "输出replay和check的JSON结果的Schema"),
    ),
    "doctor": Command("doctor_command", "检查这台终端和当前文件夹能不能用，怎样用", _JSON),
}
"""In the order of the help."""
