"""What the documents promise: worked examples, commands, exit codes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.intents import Answered, AskAbout, Command, parse_line, vocabulary

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "prompts_templates" / "README.md"
EXAMPLES = re.compile(r"```改前：(?P<file>\S+)\n(?P<old>.*?)```.*?```改后\n(?P<new>.*?)```", re.S)


def worked_examples():
    return list(EXAMPLES.finditer(GUIDE.read_text(encoding="utf-8")))


def test_the_guide_works_a_question_a_rule_and_a_sentence():
    files = [match["file"] for match in worked_examples()]
    assert [Path(file).parts[1] for file in files] == ["table", "checks.yaml", "narrative"]


@pytest.mark.parametrize("number", range(3))
def test_each_worked_example_can_be_followed_and_proved(number, tmp_path, nianbao):
    example = worked_examples()[number]
    copy = tmp_path / "templates"
    shutil.copytree(ROOT / "prompts_templates", copy)
    path = copy / example["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(example["old"].rstrip()) == 1
    path.write_text(
        text.replace(example["old"].rstrip(), example["new"].rstrip()), encoding="utf-8"
    )
    run = nianbao("lint", "--templates", copy)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_changed_rule_and_sentence_take_effect(tmp_path, nianbao):
    copy = tmp_path / "templates"
    shutil.copytree(ROOT / "prompts_templates", copy)
    for example in worked_examples():
        path = copy / example["file"]
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(example["old"].rstrip(), example["new"].rstrip()), encoding="utf-8"
        )
    zero = ROOT / "samples" / "township-2017-all-zero" / "answers.yaml"
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        re.sub(r"funding: 0 ", "funding: 600 ", zero.read_text(encoding="utf-8")), encoding="utf-8"
    )
    run = nianbao("replay", answers, "--templates", copy)
    assert "未收到针对政府信息公开工作的举报和投诉。" in run.stdout
    assert "专项经费超过五百万元" in run.stderr
    assert "专项经费超过" not in nianbao("replay", answers).stderr


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_of_the_readme_exists(name, nianbao):
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = set(re.findall(r"^\s*(?:\.venv/bin/)?nianbao (\w+)(?![\w.])", text, re.M))
    assert {"replay", "verify"} <= commands
    for command in commands:
        assert nianbao(command, "-h").returncode == 0


def test_the_lines_that_the_guides_type_are_understood(edition, sentences):
    typed = {
        "收到3件，网络2件，当面1件": Answered,
        "网站改成28": Answered,
        "没有复议": Answered,
        "什么是规范性文件": AskAbout,
        "/上一题": Command,
        "跳到 微信": Command,
    }
    guides = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    asked = edition.questions["meetings_held"]
    for line, kind in typed.items():
        assert f"`{line}`" in guides
        said = parse_line(line, asked, edition, vocabulary(sentences), is_reason=False)
        assert isinstance(said, kind), line


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_answer_file_of_the_readme_can_be_read(name, nianbao, tmp_path):
    text = (ROOT / name).read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", text, re.S)[1]
    lines = block.splitlines()
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    path = tmp_path / "answers.yaml"
    path.write_text("\n".join(line[margin:] for line in lines), encoding="utf-8")
    run = nianbao("check", path)
    assert run.returncode == 3
    assert "财政所下周给数" in run.stdout
    assert "F0" not in run.stdout.replace("F08", "")


def test_the_targets_of_the_readme_are_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"`make (\w+)`", (ROOT / name).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_counts_of_the_readme_are_those_of_the_edition(edition):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"all\n{len(edition.rows)} rows, {len(edition.checks)} checks" in text


def test_every_pin_has_hashes_and_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^\S+==\S+", text, re.M)
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_the_gate_of_ci_is_make_check():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT).returncode == 0
    assert "make check" in script
