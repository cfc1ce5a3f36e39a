"""The conversation line by line, in real processes: pipes, a plain terminal, what cuts it off."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import load
from tests.talking import Terminal, as_input, contents, conversation
from tests.waiting import PATIENCE

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
NAMES = sorted(path.parent.name for path in SAMPLES.glob("*/answers.yaml"))
CORRECTED = "township-2017-corrected"
UNREADABLE = "township-2017-many-faults"
ANSWERS = "示例镇人民政府-2017.yaml"
A_LINE = re.compile(r"(?:(?:问|答|错误|核对|提示)　|　　)\S.*")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
TODAY = date(2026, 6, 1)
PIPES: dict[str, Any] = {"capture_output": True, "encoding": "utf-8"}
HOME = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def typed(shelf, tmp_path_factory):
    """What a person types to give all answers of a sample, from the first screen to the last."""
    known = {}

    def lines(name):
        if name not in known:
            source, previous = SAMPLES / name / "answers.yaml", previous_of(name)
            folder = tmp_path_factory.mktemp("follow")
            known[name] = conversation(source, folder, shelf, TODAY, previous)
        return known[name]

    return lines


def previous_of(name):
    path = SAMPLES / name / "previous.yaml"
    return path if path.exists() else None


def answers_in(folder):
    (path,) = folder.glob("*.yaml")
    return path


def check_documents(folder, name):
    """Whether what was written is the report of the sample, byte for byte."""
    for suffix in (".txt", ".md"):
        (path,) = folder.glob(f"*{suffix}")
        has_errors = (SAMPLES / name / f"report{suffix}").read_text("utf-8").count("【草稿】")
        assert path.stem == answers_in(folder).stem + "-草稿" * bool(has_errors)
        assert path.read_bytes() == (SAMPLES / name / f"report{suffix}").read_bytes()


def start(*arguments, **options):
    """The program with open pipes, to be talked to while it runs."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=HOME, **options)


def read_until(process, words):
    """The output up to a line that holds some words."""
    lines = []
    for line in process.stdout:
        lines.append(line.decode())
        if words in lines[-1]:
            return lines
    raise AssertionError("".join(lines))


def has_come(terminal, words):
    """Whether some words have been written to a terminal."""
    return words.encode() in terminal.output


def say(process, *lines):
    process.stdin.write(as_input(lines).encode())
    process.stdin.flush()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_in_conversation_is_what_replay_accepts(name, typed, shelf, nianbao, tmp_path):
    previous = ["--previous", previous_of(name)] if previous_of(name) else []
    run = nianbao("chat", "--plain", tmp_path, *previous, input=as_input(typed(name)))
    assert (run.returncode, run.stderr) == (0, "")
    wanted = load(SAMPLES / name / "answers.yaml", shelf).answers
    found = load(answers_in(tmp_path), shelf)
    assert contents(found.answers) == contents(wanted)
    assert not found.findings
    if name != UNREADABLE:
        check_documents(tmp_path, name)
    for line in run.stdout.splitlines():
        assert A_LINE.fullmatch(line)
        assert not HALF_WIDTH.search(line)
    assert "\x1b" not in run.stdout


def test_a_pipe_without_any_argument_is_a_conversation_in_this_folder(typed, nianbao, tmp_path):
    home = {"PYTHONPATH": str(ROOT)}
    run = nianbao(input=as_input(typed(CORRECTED)), cwd=tmp_path, env=home)
    assert (run.returncode, run.stderr) == (0, "")
    check_documents(tmp_path, CORRECTED)
    check = nianbao("check", tmp_path / ANSWERS)
    assert check.stdout == (SAMPLES / CORRECTED / "findings.txt").read_text(encoding="utf-8")


def test_a_reason_typed_when_it_is_asked_for_lets_the_report_be_final(shelf, nianbao, tmp_path):
    text = (SAMPLES / CORRECTED / "answers.yaml").read_text(encoding="utf-8")
    source = tmp_path / "答案.yaml"
    reason = (
        "acknowledged:\n  L02:\n    reason: 六条为当面宣读，未经渠道\n"
        "    values: {active_total: 145, channel_website: 100, channel_wechat: 39}\n"
    )
    text = text.replace("channel_website: 106", "channel_website: 100")
    source.write_text(text + reason, encoding="utf-8")
    folder, follow = tmp_path / "甲", tmp_path / "乙"
    folder.mkdir()
    follow.mkdir()
    lines = conversation(source, follow, shelf, TODAY)
    assert "六条为当面宣读，未经渠道" in lines
    nianbao("chat", "--plain", folder, input=as_input(lines))
    wanted, found = (load(path, shelf).answers for path in (source, answers_in(folder)))
    assert contents(found) == contents(wanted)
    assert found.acknowledged["L02"].reason == wanted.acknowledged["L02"].reason
    assert nianbao("check", answers_in(folder)).returncode == 0


def test_a_terminal_that_can_do_nothing_gets_plain_lines(tmp_path):
    pytest.importorskip("termios")
    terminal = Terminal("chat", folder=tmp_path, term="dumb")

    for wait_for, line in [
        ("四位数字", "2017"),
        ("哪个地区", "1"),
        ("全称是什么", "示例镇人民政府"),
    ]:
        terminal.wait_for(partial(has_come, terminal, wait_for))
        terminal.type(line + "\n")
    terminal.wait_for(partial(has_come, terminal, "第2题"))
    terminal.type("1\n\x04")
    terminal.wait_for(lambda: terminal.process.poll() is not None)
    assert terminal.process.returncode == 0
    terminal.close()
    assert not has_come(terminal, "\x1b")
    assert has_come(terminal, "答　单位类型：镇人民政府")
    assert "body_kind: 镇人民政府" in answers_in(tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize("cut", [4, 45])
def test_the_end_of_the_input_saves_and_the_next_run_goes_on(cut, typed, shelf, nianbao, tmp_path):
    lines = typed(CORRECTED)
    first = nianbao("chat", "--plain", tmp_path, input=as_input(lines[:cut]))
    assert (first.returncode, first.stderr) == (0, "")
    asked = [line for line in first.stdout.splitlines() if line.startswith("问　第")][-1]
    saved = contents(load(answers_in(tmp_path), shelf).answers)
    second = nianbao("chat", "--plain", tmp_path, input="\n")
    assert (second.returncode, second.stderr) == (0, "")
    recap = next(line for line in second.stdout.splitlines() if "接着上次的往下填" in line)
    assert f"已答{len(saved) - 2}题" in recap
    again = [line for line in second.stdout.splitlines() if line.startswith("问　第")][-1]
    place = re.compile(r"第\d+题")
    skipped = "/下一题" in lines[:cut]
    assert skipped or place.search(again)[0] == place.search(asked)[0]
    assert contents(load(answers_in(tmp_path), shelf).answers) == saved


def test_the_rest_can_be_given_in_a_second_run(typed, nianbao, tmp_path):
    lines = typed(CORRECTED)
    cut = lines.index("/下一题")
    nianbao("chat", "--plain", tmp_path, input=as_input(lines[:cut]))
    run = nianbao("chat", "--plain", tmp_path, input=as_input(["", *lines[cut:]]))
    assert (run.returncode, run.stderr) == (0, "")
    check_documents(tmp_path, CORRECTED)


def test_documents_are_printed_as_they_are_when_asked_for(typed, nianbao, tmp_path):
    lines = [*typed(CORRECTED)[:-1], "文稿", "退出"]
    run = nianbao("chat", "--plain", tmp_path, input=as_input(lines))
    assert (SAMPLES / CORRECTED / "report.txt").read_text(encoding="utf-8") in run.stdout


def test_a_text_of_several_lines_is_typed_with_backslashes(typed, shelf, nianbao, tmp_path):
    lines = [*typed(CORRECTED)[:-2], "/跳到 基本情况的补充", "六月学习。\n十月座谈。", "/退出"]
    nianbao("chat", "--plain", tmp_path, input=as_input(lines))
    answers = load(answers_in(tmp_path), shelf).answers
    assert answers.value("own_1") == "六月学习。\n十月座谈。"


def test_a_reader_that_closes_early_gets_no_complaint(typed, tmp_path):
    command = f"{sys.executable} -m assistant chat --plain {tmp_path} | head -1"
    lines = as_input(typed(CORRECTED))
    run = subprocess.run(command, shell=True, env=HOME, input=lines, **PIPES)
    assert run.stdout.startswith("提示　")
    assert run.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("delay", [0, 0.013, 0.029, 0.051, 0.5])
def test_interrupting_it_loses_nothing_that_was_said(delay, typed, shelf, tmp_path):
    process = start("chat", "--plain", tmp_path)
    say(process, *typed(CORRECTED)[:25])
    seen = read_until(process, "第2题")
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")
    seen += output.decode().splitlines()
    assert all(A_LINE.fullmatch(line.rstrip()) for line in seen)
    assert "已经存好" in seen[-1]
    echoes = [line for line in seen if line.startswith("答　") and "已建立" not in line]
    saved = contents(load(tmp_path / ANSWERS, shelf).answers)
    assert len(saved) - 3 in (len(echoes), len(echoes) + 1)
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("later", [0, 40])
def test_interrupting_it_while_it_starts_shows_no_traceback(later, tmp_path):
    """It is interrupted between two imports, soon after it has begun to run."""
    command = [sys.executable, "-X", "importtime", "-m", "assistant", "chat", "--plain", tmp_path]
    silent, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=pipe, env=HOME, encoding="utf-8"
    ) as process:
        assert any(line.split()[-1:] == ["argparse"] for line in process.stderr)
        assert len(list(islice(process.stderr, later))) == later
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
    assert "Traceback" not in errors


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_that_takes_no_more_is_told_at_once_and_at_the_end(typed, shelf, tmp_path):
    command = f"ulimit -f 2; exec {sys.executable} -m assistant chat --plain {tmp_path}"
    lines = as_input(typed(CORRECTED)[:-2])
    run = subprocess.run(["sh", "-c", command], env=HOME, input=lines, **PIPES)
    assert (run.returncode, run.stderr) == (2, "")
    lines = run.stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if "没有存上" in line)
    assert lines[place].startswith("错误　")
    assert lines[-1].startswith("错误　")
    echoes = [line for line in lines[:place] if line.startswith("答　") and "已建立" not in line]
    found = load(tmp_path / ANSWERS, shelf)
    assert not found.findings
    assert len(contents(found.answers)) - 3 == len(echoes)
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize("text", [b"\xff\xfe", "镇".encode("gb18030"), b"12\xe5\x8a", b"\0\x1b[2J"])
def test_what_is_no_text_is_refused_wherever_it_is_typed(text, typed, shelf, tmp_path):
    lines = [line.encode() for line in typed(CORRECTED)[:20]]
    for place in (4, 6, 9, 15, 21, 24):
        lines.insert(place - 1, text)
    process = start("chat", "--plain", tmp_path)
    output, errors = process.communicate(b"\n".join(lines) + b"\n", timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")
    for line in output.decode().splitlines():
        assert A_LINE.fullmatch(line)
    assert b"\x1b" not in output
    assert output.decode().count("错误　") == 6
    found = load(answers_in(tmp_path), shelf)
    assert "\ufffd" not in answers_in(tmp_path).read_text(encoding="utf-8")
    wanted = contents(load(SAMPLES / CORRECTED / "answers.yaml", shelf).answers)
    assert contents(found.answers).items() <= wanted.items()
    assert found.answers.value("key_finance") == 10


def test_a_file_in_use_is_refused_in_chinese(typed, nianbao, tmp_path):
    process = start("chat", "--plain", tmp_path)
    say(process, *typed(CORRECTED)[:5])
    read_until(process, "第4题")
    path = tmp_path / ANSWERS
    before = path.read_bytes()
    run = nianbao("chat", "--plain", path, input="镇长\n")
    assert run.returncode == 2
    assert re.fullmatch(r"错误：「.*」正被另一个年报助手使用。请先关掉那一个再试。\n", run.stderr)
    run = nianbao("chat", "--plain", tmp_path, input="1\n退出\n")
    assert "正被另一个年报助手使用" in run.stdout
    assert path.read_bytes() == before
    say(process, "镇长")
    assert "答　领导小组组长：镇长" in process.communicate(timeout=PATIENCE)[0].decode()
    assert nianbao("chat", "--plain", path, input="").returncode == 0


def test_an_answer_file_that_changes_meanwhile_is_kept_aside(typed, shelf, tmp_path):
    process = start("chat", "--plain", tmp_path)
    say(process, *typed(CORRECTED)[:5])
    read_until(process, "第4题")
    path = tmp_path / ANSWERS
    other = path.read_text(encoding="utf-8") + "  leading_group_head: 书记\n"
    path.write_text(other, encoding="utf-8")
    say(process, "镇长")
    output, _ = process.communicate(timeout=PATIENCE)
    assert "另存为" in output.decode()
    (aside,) = tmp_path.glob("*另存1.yaml")
    assert aside.read_text(encoding="utf-8") == other
    assert load(path, shelf).answers.value("leading_group_head") == "镇长"


ROWS = "（一）收到申请数\t件\t3\n1.当面申请数\t件\t1\n3.网络申请数\t件\t2"


def test_rows_that_come_at_once_are_one_proposal(nianbao, tmp_path):
    lines = ["2017", "1", "示例镇人民政府", ROWS, "是", "", "退出"]
    done = nianbao("chat", "--plain", tmp_path, input="\n".join(lines))
    assert "将要改动下面3项" in done.stdout
    assert "received_online: 2" in answers_in(tmp_path).read_text(encoding="utf-8")


def test_rows_pasted_into_a_plain_terminal_are_one_proposal(tmp_path):
    pytest.importorskip("termios")
    with closing(Terminal("chat", folder=tmp_path, term="dumb")) as terminal:
        for wait_for, line in [
            ("四位数字", "2017"),
            ("哪个地区", "1"),
            ("全称是什么", "示例镇人民政府"),
            ("第2题", ROWS),
            ("将要改动下面3项", "是"),
        ]:
            terminal.wait_for(partial(has_come, terminal, wait_for))
            terminal.type(line + "\n")
        saved = answers_in(tmp_path).read_text
        terminal.wait_for(lambda: "received_online: 2" in saved(encoding="utf-8"))


def test_a_look_at_the_table_ends_with_the_question(nianbao, tmp_path):
    lines = ["2017", "1", "示例镇人民政府", "填表", "退出"]
    done = nianbao("chat", "--plain", tmp_path, input="\n".join(lines))
    shown = done.stdout.splitlines()
    told = next(number for number, line in enumerate(shown) if "不能在表格里移动" in line)
    assert shown[told + 1].startswith("问　第2题")
