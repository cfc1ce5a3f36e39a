"""Bad files and bad commands, run for real: a Chinese sentence and the place, never a traceback."""

import json
import os
import re
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.export.formats import FORMATS
from tests.conftest import SAMPLES

Nianbao = Callable[..., subprocess.CompletedProcess[str]]

GOOD_FILE = SAMPLES / "township-2017-corrected" / "answers.yaml"
GOOD = GOOD_FILE.read_text("utf-8")
HEAD = "format: 1\nedition: beijing-2014\nyear: 2017\n"
ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){3,}")
LAUGHS = "answers:\n  a: &a [甲, 甲]\n" + "".join(
    f"  {name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def with_entry(name: str, entry: str, text: str = GOOD) -> str:
    """The good file with one answer replaced."""
    line = f"  {name}: {entry}\n"
    text, count = re.subn(rf"^  {name}:.*\n", lambda _: line, text, flags=re.MULTILINE)
    assert count == 1, name
    return text


def said_well(run: subprocess.CompletedProcess[str]) -> str:
    """Everything a run said, which must be Chinese sentences without terminal escapes."""
    said = run.stdout + run.stderr
    assert "Traceback" not in said
    assert "\x1b" not in said
    assert run.returncode >= 0, "the process died"
    assert ENGLISH.search(said) is None, ENGLISH.search(said)
    return said


UNREADABLE = {
    "空": (b"", 2, ["空文件"]),
    "只有说明": ("# 还没有填\n".encode(), 2, ["空文件"]),
    "没有答案": (HEAD.encode(), 3, ["还没有答案", "单位全称"]),
    "答案留空": (f"{HEAD}answers:\n".encode(), 3, ["还没有答案"]),
    "随便一句": ("今天天气很好。\n".encode(), 2, ["不是答案文件"]),
    "列表": (b"- 1\n- 2\n", 2, ["不是答案文件"]),
    "写法有误": (f"{HEAD}answers:\n  a: b: c\n".encode(), 2, ["第5行"]),
    "两份": (f"{GOOD}---\n{GOOD}".encode(), 2, ["又是一份答案"]),
    "重复": (f"{GOOD}answers: {{}}\n".encode(), 2, ["「answers」", "第4行"]),
    "错值": (with_entry("active_total", "140余").encode(), 3, ["“140余”", "准确的数"]),
    "负数": (with_entry("trainees", "-1").encode(), 3, ["“-1”", "不能是负数"]),
    "错编号": (GOOD.replace("trainees", "trainee").encode(), 3, ["「trainee」", "trainees"]),
    "合计不符": (with_entry("received_total", "4").encode(), 3, ["申请", "4"]),
    "待核实": (with_entry("trainees", "{state: 待核实, value: 50}").encode(), 4, ["待核实的数"]),
    "暂缺": (with_entry("trainees", "暂缺").encode(), 3, ["标为暂缺"]),
    "国标码": (GOOD.encode("gb18030"), 0, ["GB18030编码"]),
    "国标扩展码": (GOOD.encode("gbk"), 0, ["GB18030编码"]),
    "有标记": (GOOD.encode("utf-8-sig"), 0, ["BOM"]),
    "双字节": (GOOD.encode("utf-16"), 0, ["UTF-16编码"]),
    "半截双字节": (GOOD.encode("utf-16")[:-1], 2, ["不是文本文件"]),
    "零字节": (GOOD.encode() + b"\0", 2, ["不是文本文件"]),
    "乱码": (bytes(range(256)) * 40, 2, ["不是文本文件"]),
    "控制字符": (GOOD.encode() + b"# \x1b[31m\n", 2, ["不能显示的字符"]),
    "方括号": (b"[" * 100_000, 2, ["第1行", "嵌套太深"]),
    "短横": (b"- " * 100_000, 2, ["第1行", "嵌套太深"]),
    "引用": (f"{HEAD}{LAUGHS}".encode(), 2, ["第5行", "起名"]),
    "标记": (f"{HEAD}answers: !!python/object:os.system\n".encode(), 2, ["第4行", "标记"]),
    "太大": (GOOD.encode() + b"#" * 3_000_000, 2, ["超过"]),
    "年度不符": (GOOD.replace("year: 2017", "year: 2020").encode(), 5, ["2014—2018年度", "2020"]),
    "没有年度": (GOOD.replace("year: 2017", "year: 1999").encode(), 5, ["1999年度"]),
    "年度不是数": (GOOD.replace("year: 2017", "year: 去年").encode(), 2, ["第3行", "“去年”"]),
    "新格式": (GOOD.replace("format: 1", "format: 2").encode(), 5, ["“2”"]),
    "别的表式": (GOOD.replace("beijing-2014", "shanghai").encode(), 5, ["shanghai"]),
    "表式是路径": (GOOD.replace("beijing-2014", "../x").encode(), 5, ["../x", "beijing-2014"]),
}
"""What stands in the file, the exit code, and words of what is said."""
ONE_BY_ONE = ["错值", "待核实", "国标码", "乱码", "方括号", "短横", "引用", "年度不符"]
"""Run in a process of their own; the others only in the batch that runs them all."""


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_bad_file_alone_gets_its_exit_code_and_sentence(
    name: str, tmp_path: Path, nianbao: Nianbao
) -> None:
    data, code, words = UNREADABLE[name]
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(data)
    run = nianbao("check", path)
    said = said_well(run)
    assert run.returncode == code, said
    assert [word for word in words if word not in said] == [], said
    assert code in (0, 3, 4) or path.name in said


def test_bad_files_in_a_batch_are_each_told_and_stop_no_other(
    tmp_path: Path, nianbao: Nianbao
) -> None:
    folder, out = tmp_path / "上报", tmp_path / "输出"
    folder.mkdir()
    for name, (data, _, _) in UNREADABLE.items():
        (folder / f"{name}.yaml").write_bytes(data)
    (folder / "完好.yaml").write_text(GOOD, "utf-8")
    run = nianbao("replay", folder, "-o", out, "--json")
    said_well(run)
    assert run.returncode == 2
    results = {Path(each["path"]).stem: each for each in json.loads(run.stdout)["files"]}
    assert {name: each["exit"] for name, each in results.items()} == {
        "完好": 0,
        **{name: code for name, (_, code, _) in UNREADABLE.items()},
    }
    for name, (_, code, words) in UNREADABLE.items():
        said = results[name].get("message", json.dumps(results[name], ensure_ascii=False))
        assert [word for word in words if word not in said] == [], name
        assert code in (0, 3, 4) or f"{name}.yaml" in said
        assert (out / f"{name}.txt").exists() is (code in (0, 3, 4))
    assert results["完好"]["status"] == "final"
    assert not [path for path in out.iterdir() if path.suffix == ".tmp"]


def _missing(folder: Path) -> list[object]:
    return ["check", folder / "没有.yaml"]


def _empty_folder(folder: Path) -> list[object]:
    (folder / "空夹").mkdir()
    (folder / "空夹" / "说明.txt").write_text("甲")
    return ["check", folder / "空夹"]


def _folder_named_like_a_file(folder: Path) -> list[object]:
    (folder / "夹.yaml").mkdir()
    return ["verify", GOOD_FILE.with_suffix(".txt"), folder / "夹.yaml"]


def _fifo(folder: Path) -> list[object]:
    os.mkfifo(folder / "管道.yaml")
    return ["check", folder / "管道.yaml"]


def _output_is_a_file(folder: Path) -> list[object]:
    (folder / "文件").write_text("甲")
    return ["replay", GOOD_FILE, "-o", folder / "文件"]


def _output_below_a_file(folder: Path) -> list[object]:
    (folder / "文件").write_text("甲")
    return ["replay", GOOD_FILE, "-o", folder / "文件" / "输出"]


def _final_without_output(_: Path) -> list[object]:
    return ["replay", GOOD_FILE, "--final"]


def _batch_without_output(_: Path) -> list[object]:
    return ["replay", GOOD_FILE, GOOD_FILE]


def _previous_missing(folder: Path) -> list[object]:
    return ["check", GOOD_FILE, "--previous", folder / "去年.yaml"]


def _unknown_edition(_: Path) -> list[object]:
    return ["schema", "shanghai"]


def _templates_missing(folder: Path) -> list[object]:
    return ["check", GOOD_FILE, "--templates", folder / "数据"]


def _unknown_option(_: Path) -> list[object]:
    return ["check", GOOD_FILE, "--nosuch"]


def _unknown_command(_: Path) -> list[object]:
    return ["nosuch"]


def _no_argument(_: Path) -> list[object]:
    return ["check"]


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (_missing, 2, ["找不到", "没有.yaml"]),
        (_empty_folder, 2, ["空夹", "没有答案文件"]),
        (_folder_named_like_a_file, 2, ["夹.yaml"]),
        (_fifo, 2, ["管道.yaml", "不是普通文件"]),
        (_output_is_a_file, 2, ["文件", "这里要的是文件夹"]),
        (_output_below_a_file, 2, ["输出"]),
        (_final_without_output, 2, ["-o"]),
        (_batch_without_output, 2, ["-o"]),
        (_previous_missing, 2, ["找不到", "去年.yaml"]),
        (_unknown_edition, 5, ["shanghai", "beijing-2014", "--templates"]),
        (_templates_missing, 2, ["wording.yaml"]),
        (_unknown_option, 2, ["--nosuch", "用法"]),
        (_unknown_command, 2, ["nosuch", "用法"]),
        (_no_argument, 2, ["缺少参数", "用法"]),
    ],
)
def test_bad_command_gets_its_exit_code_and_sentence(
    make: Callable[[Path], list[object]],
    code: int,
    words: list[str],
    tmp_path: Path,
    nianbao: Nianbao,
) -> None:
    run = nianbao(*make(tmp_path))
    said = said_well(run)
    assert run.returncode == code, said
    assert [word for word in words if word not in said] == [], said


@pytest.mark.parametrize("name", ["\x1b[31m红\n行.yaml", os.fsdecode(b"\xff\xfe.yaml")])
def test_strange_file_name_is_shown_harmlessly(name: str, tmp_path: Path, nianbao: Nianbao) -> None:
    path = tmp_path / name
    said_well(nianbao("check", path))
    path.write_text(GOOD, "utf-8")
    run = nianbao("replay", path, "-o", tmp_path / "输出")
    assert run.returncode == 0, said_well(run)


# Disks that take nothing


@pytest.mark.parametrize("limit", [0, 5_000])
def test_write_that_is_cut_short_leaves_nothing_half_written(
    limit: int, tmp_path: Path, nianbao: Nianbao
) -> None:
    def allow_little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    out = tmp_path / "输出"
    run = nianbao("replay", GOOD_FILE, "-o", out, preexec_fn=allow_little)
    said = said_well(run)
    assert run.returncode == 2
    assert "输出" in said
    assert list(out.iterdir()) == []


def test_write_that_is_cut_short_leaves_the_older_documents_whole(
    tmp_path: Path, nianbao: Nianbao
) -> None:
    def allow_little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    path, out = tmp_path / "答案.yaml", tmp_path / "输出"
    path.write_text(GOOD, "utf-8")
    assert nianbao("replay", path, "-o", out).returncode == 0
    before = {each.name: each.read_bytes() for each in out.iterdir()}
    path.write_text(with_entry("trainees", "51"), "utf-8")
    run = nianbao("replay", path, "-o", out, preexec_fn=allow_little)
    assert run.returncode == 2, said_well(run)
    assert {each.name: each.read_bytes() for each in out.iterdir()} == before


# Text of the body


MARKS = [
    "{{ 7*7 }}",
    "{% if 1 %}",
    "[red]x[/]",
    "=1+1",
    "甲|乙",
    "<b>粗</b>",
    "*星*",
    "`码`",
    "&amp;",
]

OFFICE = "<b>{{ 7*7 }}|[x]</b>"


def test_text_of_the_body_comes_out_as_typed(tmp_path: Path, nianbao: Nianbao) -> None:
    own = json.dumps("\n".join(f"{mark}是原样。" for mark in MARKS), ensure_ascii=False)
    text = with_entry("contact_office", f'"{OFFICE}"', with_entry("own_3", own))
    path = tmp_path / "答案.yaml"
    path.write_text(text, "utf-8")
    run = nianbao("replay", path, "-o", tmp_path)
    said_well(run)
    assert run.returncode == 4, "7*7 names no figure of the form"
    plain = (tmp_path / "答案.txt").read_text("utf-8")
    marked = (tmp_path / "答案.md").read_text("utf-8")
    unescaped = "\n".join(FORMATS["md"].read(tmp_path / "答案.md").lines)
    for mark in [*MARKS, OFFICE]:
        assert mark in plain
        assert mark in run.stdout
        assert mark in unescaped
    assert "49" not in plain
    assert re.search(r"(?<!\\)[<*`]", marked) is None
    assert nianbao("verify", tmp_path / "答案.md", path).returncode == 0


@pytest.mark.parametrize("typed", ['"甲\\e[31m乙"', '"甲\\u202E乙"', '"甲\\uE000乙"', '"甲\\a乙"'])
def test_text_with_a_hidden_character_is_refused_with_its_reason(
    typed: str, tmp_path: Path, nianbao: Nianbao
) -> None:
    path = tmp_path / "答案.yaml"
    path.write_text(with_entry("own_3", typed), "utf-8")
    run = nianbao("check", path)
    said = said_well(run)
    assert run.returncode == 3
    assert "看不见的控制字符（U+" in said
    assert "依申请公开情况的补充" in said
