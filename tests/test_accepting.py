"""Numbers that a person changed in a document, offered back as answers one by one."""

import os
import shutil
import subprocess
import sys
from io import StringIO

import pytest

from assistant.answers import LockedAnswerFile, load
from assistant.cli import main
from assistant.form.loader import open_library
from assistant.storage.errors import FileError
from tests.conftest import ROOT, SAMPLES

SAMPLE = SAMPLES / "township-2017-corrected"


@pytest.fixture
def office(tmp_path, nianbao):
    """A folder with answers and a document in which one number was changed everywhere."""
    answers, document = tmp_path / "答案.yaml", tmp_path / "文稿.txt"
    shutil.copy(SAMPLE / "answers.yaml", answers)
    text = (SAMPLE / "report.txt").read_text("utf-8")
    assert text.count("100") > 1
    lines = [
        line.replace("100人次", "120人次") if "人次" in line else line for line in text.split("\n")
    ]
    lines = [line[:-3] + "120" if line.endswith("  100") else line for line in lines]
    document.write_text("\n".join(lines), "utf-8")

    def run(typed: str):
        return nianbao("verify", document, answers, "--accept", input=typed)

    return answers, run


def trainees(path):
    return load(path, open_library()).answers.numbers["trainees"]


def test_a_change_that_is_wanted_becomes_the_answer(office):
    answers, run = office
    ended = run("是\n")
    assert "「接受培训人员数」答案是100，文稿写的是120人次" in ended.stdout
    assert trainees(answers) == 120
    assert trainees(answers.with_name(answers.name + ".bak")) == 100
    assert ended.returncode == 0, ended.stdout
    assert ended.stdout.splitlines()[-1].startswith("一致")


@pytest.mark.parametrize("typed", ["否\n", "", "也许\n"])
def test_a_change_that_is_not_wanted_changes_nothing(office, typed):
    answers, run = office
    before = answers.read_bytes()
    ended = run(typed)
    assert answers.read_bytes() == before
    assert ended.returncode == 6


def test_the_answers_are_held_while_the_person_thinks(office, tmp_path):
    """Who fills the file in meanwhile is told so, and undone by nobody."""
    answers, _ = office
    command = [sys.executable, "-m", "assistant", "verify", tmp_path / "文稿.txt", answers]
    with subprocess.Popen(
        [*command, "--accept"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
    ) as asking:
        while "写进答案文件吗" not in asking.stdout.readline():
            pass
        with pytest.raises(FileError, match="file_locked"), LockedAnswerFile(answers):
            pass
        said, _ = asking.communicate("是\n", timeout=60)
    assert "改动以前的另存为答案.yaml.bak" in said
    assert trainees(answers) == 120
    with LockedAnswerFile(answers):
        pass


def test_what_another_program_changes_meanwhile_is_not_undone(
    office, monkeypatch, tmp_path, capsys
):
    answers, _ = office
    changed = answers.read_bytes().replace(b"channel_wechat: 39", b"channel_wechat: 40")

    class Thinking(StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]
            answers.write_bytes(changed)
            return "是\n"

    monkeypatch.setattr(sys, "stdin", Thinking())
    assert main(["verify", str(tmp_path / "文稿.txt"), str(answers), "--accept"]) == 2
    assert "在这期间被别的程序改过，没有写入" in capsys.readouterr().err
    assert answers.read_bytes() == changed
    assert not list(tmp_path.glob("*.bak"))


def test_two_prints_of_one_number_are_not_chosen_from(office, tmp_path):
    answers, run = office
    document = tmp_path / "文稿.txt"
    text = document.read_text("utf-8").replace("120人次", "130人次")
    document.write_text(text, "utf-8")
    ended = run("是\n")
    assert "有几种写法" in ended.stdout
    assert trainees(answers) == 100
    assert ended.returncode == 6
