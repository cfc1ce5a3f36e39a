"""The one table of commands: what each is called, what can be typed behind it, who does it."""

from __future__ import annotations

import argparse
import sys

TYPE_CHECKING = False  # importing typing for it would cost a sixth of the start
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from assistant.form.loader import Library


def _path(text: str) -> Path:
    from pathlib import Path  # noqa: PLC0415  --version and -h need no paths

    return Path(text)


_MOST_JOBS = 64
_LAST_PORT = 65_535


def _up_to(most: int) -> Callable[[str], int]:
    """A whole number from 1 to `most`, as argparse reads it."""

    def read(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"应是1到{most}之间的整数")
        return int(text)

    return read


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
        group: Under which heading of the help it stands.
        summary: Its line of help.
        examples: What is typed for it most often, one a line.
        arguments: What can be typed behind it; those of a tuple exclude each other.
        defaults: What it asks for without an argument of its own.
    """

    def __init__(
        self,
        module: str,
        group: str,
        summary: str,
        examples: str,
        *arguments: Argument | tuple[Argument, ...],
        **defaults: object,
    ) -> None:
        """Take the module of this folder whose `run` does it, its help and its arguments."""
        self.group = group
        self.summary = summary
        self.examples = examples
        self.arguments = arguments
        self.defaults = defaults
        self._module = module

    def run(self, options: argparse.Namespace, library: Library) -> int:
        """Import the module, only now, run the command and return its exit code."""
        from importlib import import_module  # noqa: PLC0415  --version and -h need none of this

        from assistant.storage.streams import write_out  # noqa: PLC0415

        code: int = import_module(f"assistant.cli.{self._module}").run(options, library)
        write_out("", sys.stdout, is_all=True)
        return code


TEMPLATES = Argument("--templates", "改用另一份prompts_templates", "文件夹", type=_path)
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
_JOBS = Argument("--jobs", "同时用几个进程，默认1", "个数", type=_up_to(_MOST_JOBS), default=1)
_INPUTS = (
    Argument("paths", "答案文件，或装有答案文件的文件夹", "答案文件", nargs="+", type=_path),
    Argument(
        "--previous",
        "上年的答案文件；处理文件夹时给上年的文件夹，按相同的文件名对应",
        "上年文件",
        type=_path,
    ),
    _JSON,
    Argument("--summary", "另写一份汇总表（xlsx或csv），每个单位一行", "汇总表", type=_path),
)

FILL, CHECK, PUBLISHED, UPKEEP = "填写", "核对和文稿", "公布的报告", "程序和表式"

COMMANDS = {
    "chat": Command(
        "chat_command",
        FILL,
        "一问一答地填写（不写命令就是它）",
        "nianbao\nnianbao 示例镇人民政府-2025.yaml --previous 示例镇人民政府-2024.yaml",
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
        FILL,
        "在这台电脑的浏览器里一问一答地填写（要装nianbao[web]）",
        "nianbao serve\nnianbao serve 各镇 --bodies 名单.txt",
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
        Argument(
            "--port",
            "用哪个端口，默认自动找一个空的",
            "端口",
            type=_up_to(_LAST_PORT),
            default=0,
        ),
        _THEME,
    ),
    "new": Command(
        "shipped_command",
        FILL,
        "从一个示例建立新的答案文件，改成自己的数据用",
        "nianbao samples\nnianbao new --sample township-2017-corrected -o 答案.yaml",
        Argument("--sample", "照哪一个示例，名称见nianbao samples", "示例", required=True),
        Argument("-o --output", "写成哪一个新文件，默认用示例的名称", "新文件", type=_path),
    ),
    "samples": Command("shipped_command", FILL, "列出带来的示例", "nianbao samples"),
    "form": Command(
        "form_command",
        FILL,
        "写出空白填报表（xlsx），或者把填好的填报表、官方统计表读进答案文件",
        "nianbao form -o 填报表.xlsx\nnianbao form --read 办公室.xlsx 信访科.xlsx -o 答案.yaml",
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
    "check": Command(
        "replay_command",
        CHECK,
        "只核对答案文件，列出需要处理的问题",
        'nianbao check 答案.yaml\nnianbao check 各镇 --json\nnianbao check "各镇/*.yaml"',
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
    "replay": Command(
        "replay_command",
        CHECK,
        "读取答案文件，核对并生成文稿和表格",
        "nianbao replay 答案.yaml -o 文稿 --final --format docx,xlsx\n"
        "nianbao replay 各镇 -o 文稿 --previous 上年各镇 --jobs 2",
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
    "verify": Command(
        "verify_command",
        CHECK,
        "核对成文的文稿与答案文件是否一致",
        "nianbao verify 文稿.docx 答案.yaml\nnianbao verify 文稿.docx 答案.yaml --accept",
        Argument("document", "要核对的txt、md、html、docx或xlsx文件", "文稿", type=_path),
        Argument("answers", "文稿所依据的答案文件", "答案文件", type=_path),
        _PREVIOUS,
        (_JSON, Argument("--accept", "文稿里改过的数和文字，一处一处问要不要改进答案文件")),
        Argument("--yes", "与--accept合用：拿得准的都改进答案文件，不问；其余的列出来"),
    ),
    "diff": Command(
        "diff_command",
        CHECK,
        "比较两个答案文件：哪些答案不同，文稿因此有哪些不同",
        "nianbao diff 答案.yaml.bak 答案.yaml",
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
        CHECK,
        "把答案文件转到同一年度的另一种表式，转不了的逐项列出",
        "nianbao migrate 答案.yaml --to national-2014 -o 新答案.yaml",
        Argument("answers", "要转的答案文件", "答案文件", type=_path),
        Argument("--to", "转到哪一种表式", "表式", required=True),
        Argument("-o --output", "写成哪一个新文件", "新文件", required=True, type=_path),
    ),
    "read": Command(
        "read_command",
        PUBLISHED,
        "把已经公布的报告（Word、网页、Excel、文本、PDF）读成答案文件",
        "nianbao read 上年报告.docx -o 上年.yaml",
        Argument("report", "公布的报告", "报告", type=_path),
        Argument("-o --output", "写成哪一个新的答案文件", "答案文件", type=_path),
        _REPORT_YEAR,
        _JSON,
    ),
    "audit": Command(
        "audit_command",
        PUBLISHED,
        "核对已经公布的报告：表内、文字与表、上下年，读不懂的也列出来",
        "nianbao audit 报告.docx --previous 上年报告.docx",
        Argument("report", "公布的报告", "报告", type=_path),
        _PREVIOUS,
        _REPORT_YEAR,
        _JSON,
    ),
    "doctor": Command(
        "doctor_command",
        UPKEEP,
        "检查这台终端和当前文件夹能不能用，怎样用",
        "nianbao doctor",
        _JSON,
    ),
    "templates": Command(
        "shipped_command",
        UPKEEP,
        "把表式数据抄出一份，改动以后用--templates指定",
        "nianbao templates -o 表式\nnianbao lint --templates 表式",
        Argument("-o --output", "抄到哪个新文件夹", "文件夹", type=_path, required=True),
    ),
    "lint": Command(
        "lint_command",
        UPKEEP,
        "检查表式数据：问题、规则和文稿模板，供维护表式的人用",
        "nianbao lint\nnianbao lint --templates 表式",
        Argument("editions", "只检查这些表式", "表式", nargs="*"),
    ),
    "schema": Command(
        "json_results",
        UPKEEP,
        "输出答案文件格式的说明（JSON Schema），供别的程序使用",
        "nianbao schema national-2021\nnianbao schema --result",
        Argument("edition", "答案文件的表式", "表式", nargs="?"),
        Argument("--result", "输出replay和check的JSON结果的Schema"),
    ),
}
"""In the order of the help."""
