"""Every page for users: its commands run, its typed lines do something, its links lead on."""

import re
import shlex
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant import __version__
from assistant.cli.commands import COMMANDS
from assistant.dialog.session import Session
from tests.serving import Served

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
COUNTY = SAMPLES / "county-2025-with-previous"
PAGES = [
    *("README.md", "README.zh-CN.md", "samples/README.md", "prompts_templates/README.md"),
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
]
LONGEST = 100
"""Lines of a page for users."""
BLOCK = re.compile(r"^ *```(?P<kind>\S*)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"^\| (?:输入|typed) \|.*\n\| ---.*\n((?:\|.*\n)+)", re.MULTILINE)
EXIT = re.compile(r"(?:exit |退出码)(\d)")
WHEEL = re.compile(
    rf"(?:python3 -m )?pip install nianbao-{re.escape(__version__)}-py3-none-any\.whl"
    r"(?:\[(?:pdf|web)\])?"
)
TARGETS = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
CODE = re.compile(r"`([^`\n]+)`")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str = "") -> list[str]:
    """What stands in the blocks of a page that are marked so."""
    found = BLOCK.finditer(text_of(name))
    return [dedent(block["body"]) for block in found if block["kind"] == kind]


def commands(name: str) -> list[str]:
    """The command lines of a page, `["nianbao check answers.yaml  # exit 3"]`."""
    return [line for body in blocks(name) for line in body.splitlines()]


class Words(NamedTuple):
    """A command line taken apart."""

    program: str
    arguments: list[str]
    typed: str
    """The file that it reads as standard input; empty without one."""
    code: int


def words_of(line: str) -> Words:
    written, _, comment = line.partition(" #")
    written, _, typed = written.partition(" < ")
    program, *arguments = shlex.split(written)
    said = EXIT.search(comment)
    return Words(program, arguments, typed.strip(), int(said[1]) if said else 0)


@pytest.fixture(scope="module")
def office(tmp_path_factory, nianbao) -> Path:
    """A folder with the files that the pages name, each in English and in Chinese."""
    folder = tmp_path_factory.mktemp("office")
    now, before = (COUNTY / f"{name}.yaml" for name in ("answers", "previous"))
    both = {
        (
            "answers.yaml",
            "答案.yaml",
            "new.yaml",
            "现在的.yaml",
            "bodies/a.yaml",
            "各单位/甲.yaml",
        ): now,
        ("last-year.yaml", "上年.yaml"): before,
        ("bodies-last-year/a.yaml", "各单位上年/甲.yaml"): before,
        ("bodies/b.yaml", "各单位/乙.yaml"): SAMPLES / "bureau-2025-typical" / "answers.yaml",
        ("beijing.yaml", "北京.yaml"): SAMPLES / "township-2017-corrected" / "answers.yaml",
    }
    for names, source in both.items():
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    old = now.read_text(encoding="utf-8").replace("inspections: 4", "inspections: 3")
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    for name in ("bodies.txt", "单位名单.txt"):
        (folder / name).write_text("示例镇人民政府\n", encoding="utf-8")
    (folder / "lines.txt").write_text("跳到 培训\n退出\n", encoding="utf-8")
    shutil.copytree(SAMPLES, folder / "samples")
    write_documents(folder, nianbao)
    write_sheets(folder, nianbao)
    for english, chinese in {
        "old.yaml": "原来的.yaml",
        "this-year.docx": "本年报告.docx",
        "last-year.docx": "上年报告.docx",
        "edited.docx": "改过的.docx",
        "own.docx": "本单位.docx",
        "official.docx": "原表.docx",
        "finance.xlsx": "财务科.xlsx",
        "legal.xlsx": "法制科.xlsx",
    }.items():
        shutil.copy(folder / english, folder / chinese)
    return folder


def write_documents(folder: Path, nianbao) -> None:
    """The reports of both years, and one that somebody edited."""
    run = nianbao("replay", "last-year.yaml", "-o", "was", "--format", "docx", cwd=folder)
    assert run.returncode == 0, run.stderr
    (folder / "was" / "last-year.docx").rename(folder / "last-year.docx")
    previous = ["--previous", "last-year.yaml", "--format", "docx"]
    for name, output in (("answers", "out"), ("答案", "输出")):
        run = nianbao("replay", f"{name}.yaml", "-o", output, *previous, cwd=folder)
        assert run.returncode == 0, run.stderr
    for name in ("this-year", "own", "official"):
        shutil.copy(folder / "out" / "answers.docx", folder / f"{name}.docx")
    document = Document(str(folder / "this-year.docx"))
    for paragraph in document.paragraphs:
        for piece in paragraph.runs:
            piece.text = piece.text.replace("发布政策解读3篇", "发布政策解读4篇")
    document.save(str(folder / "edited.docx"))


def write_sheets(folder: Path, nianbao) -> None:
    """Two collection sheets, each filled by one department."""
    filled: dict[str, dict[object, float]] = {
        "finance": {"fee_amount": 1.2},
        "legal": {"norm_made": 11, "norm_repealed": 4},
    }
    nianbao("form", "national-2021", "--year", "2025", "-o", "blank.xlsx", cwd=folder)
    for name, answers in filled.items():
        book = load_workbook(folder / "blank.xlsx")
        for row in book.worksheets[0].iter_rows(min_row=7):
            if row[0].value in answers:
                row[3].value = answers[row[0].value]
        book.save(folder / f"{name}.xlsx")
    (folder / "blank.xlsx").unlink()


@pytest.mark.parametrize("name", [name for name in PAGES if commands(name)])
def test_every_command_of_a_page_runs_and_ends_as_it_says(name, office, nianbao, tmp_path):
    folder = tmp_path / "office"
    shutil.copytree(office, folder)
    for line in commands(name):
        words = words_of(line)
        if words.program == "nianbao":
            if words.arguments[:1] == ["lint"]:
                continue  # the gate runs it, which takes eight seconds
            if words.arguments[:1] == ["serve"]:
                Served(*words.arguments[1:], folder=folder).close()  # it ran until it was ended
                continue
            typed = (folder / words.typed).read_text(encoding="utf-8") if words.typed else ""
            run = nianbao(*words.arguments, cwd=folder, input=typed)
            assert run.returncode == words.code, f"{line}\n{run.stdout}{run.stderr}"
        elif words.program == "make":
            assert set(words.arguments) <= TARGETS, line
        else:
            assert WHEEL.fullmatch(line.replace('"', "")), line


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_names_is_there(name):
    text = BLOCK.sub("", text_of(name))
    links = re.findall(r'(?:\]\(|src=")([^)"#]+)', CODE.sub("", text))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []
    known = {
        "-h",
        "--templates",
        *(each for command in COMMANDS.values() for each in options_of(command)),
    }
    inline = CODE.findall(text)
    options = {word for code in inline for word in code.split() if re.match(r"--?[a-z]", word)}
    assert options <= known
    named = {code.split()[1] for code in inline if re.match(r"nianbao [a-z]+( |$)", code)}
    assert named <= COMMANDS.keys()
    targets = {target for code in inline for target in re.findall(r"^make (\w+)", code)}
    assert targets <= TARGETS


def options_of(command) -> set[str]:
    """What can be typed behind a command, `{"-o", "--output"}`."""
    each = [
        one
        for entry in command.arguments
        for one in (entry if isinstance(entry, tuple) else (entry,))
    ]
    return {name for argument in each for name in argument.names}


BEFORE = ("不写 公开平台", "培训改成4", "撤销", "跳到 新收自然人")
"""What is said first, so that there is something to undo, to redo and to take back."""
NOTHING = ("没有找到", "没有可以", "现在没有")
"""How the program begins to say that a line did nothing."""


def typed_lines(name: str) -> list[str]:
    """What the tables of a page let people type."""
    rows = [row for table in TYPED.findall(text_of(name)) for row in table.splitlines()]
    return [line for row in rows for line in re.findall(r"`([^`]+)`", row.split(" | ")[0])]


@pytest.mark.parametrize("line", sorted({line for name in PAGES for line in typed_lines(name)}))
def test_every_line_that_a_page_types_does_something(line, office, shelf, tmp_path):
    """Each in a conversation that has begun the form in force, with two findings."""
    text = (office / "answers.yaml").read_text(encoding="utf-8")
    text = text.replace("legal_service: 1 # 新收", "legal_service: 2 # 新收")
    text = text.replace("norm_valid: 72", "norm_valid: 73")
    begun = tmp_path / "示例县人民政府-2025.yaml"
    begun.write_text(text, encoding="utf-8")
    shutil.copy(office / "last-year.yaml", tmp_path / "示例县人民政府-2024.yaml")
    shutil.copy(office / "edited.docx", tmp_path / "文稿.docx")
    with closing(Session(shelf, tmp_path, date(2026, 1, 15))) as session:
        session.start(begun)
        for before in BEFORE:
            session.say(before)
        said = session.say(line)
    assert "refusal" not in {event.kind for event in said}
    assert [event.text for event in said if event.text.startswith(NOTHING)] == []


@pytest.mark.parametrize("name", ["docs/answer-file.md", "docs/zh/answer-file.md"])
def test_the_answer_file_of_a_page_can_be_read_with_what_is_added_to_it(name, nianbao, tmp_path):
    """Whole files are checked as they stand, then with each block that goes behind one."""
    whole, *added = blocks(name, "yaml")
    for block in ("", *added):
        path = tmp_path / "answers.yaml"
        path.write_text(f"{whole}{block}", encoding="utf-8")
        run = nianbao("check", path)
        assert run.returncode == 3
        assert "财政局下周给数" in run.stdout
        assert not re.search(r"\bF\d\d", run.stdout)
        assert ("L05" in whole + block) == ("请核实0项" in run.stdout)


def test_every_sample_is_told_with_the_findings_it_has():
    told = re.findall(
        r"^\| \[(\S+)\].* \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$",
        text_of("samples/README.md"),
        re.MULTILINE,
    )
    assert {name for name, *_ in told} == {
        path.parent.name for path in SAMPLES.glob("*/answers.yaml")
    }
    for name, missing, *counts in told:
        last = text_of(f"samples/{name}/findings.txt").splitlines()[-1]
        assert ("还没答" in last) == (missing != "0"), name
        assert f"还没答{missing}题；" in last or missing == "0", name
        assert "必须改正{}项，请核实{}项，提示{}项，".format(*counts) in last, name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_users_is_short(name):
    if not name.startswith("prompts_templates/"):
        assert len(text_of(name).splitlines()) <= LONGEST


def test_every_command_is_shown_at_work():
    run = [words_of(line) for name in PAGES for line in commands(name)]
    shown = {each.arguments[0] for each in run if each.program == "nianbao" and each.arguments}
    assert COMMANDS.keys() - {"chat"} <= shown


def test_every_command_has_its_line_on_both_pages_of_commands():
    for name in ("docs/commands.md", "docs/zh/commands.md"):
        told = re.findall(r"^\| `nianbao(?: (\w+))?` \|", text_of(name), re.MULTILINE)
        assert {each or "chat" for each in told} == COMMANDS.keys()
