"""What the documents promise: worked examples, commands, exit codes."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from assistant.form.loader import Library
from assistant.form.model import Heading
from assistant.intents import Answered, AskAbout, Command, parse_line, vocabulary
from assistant.lint import lint
from tests.linting import found

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "prompts_templates" / "README.md"
EXAMPLES = re.compile(r"```改前：(?P<file>\S+)\n(?P<old>.*?)```.*?```改后\n(?P<new>.*?)```", re.S)
NEW_FILES = re.compile(r"```新建：(?P<file>\S+)\n(?P<text>.*?)```", re.S)


def worked_examples():
    return list(EXAMPLES.finditer(GUIDE.read_text(encoding="utf-8")))


def test_the_guide_works_a_question_a_rule_a_sentence_and_words():
    files = [match["file"] for match in worked_examples()]
    parts = [Path(file).parts[1] for file in files]
    assert parts == ["table", "checks.yaml", "narrative", "claims.yaml", "values"]


def test_the_lines_of_the_language_that_the_guide_names_are_there():
    text = (ROOT / "assistant" / "values" / "language.toml").read_text(encoding="utf-8")
    rows = [row for row in GUIDE.read_text("utf-8").splitlines() if "`language.toml`" in row]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    assert len(named) > 5
    assert named <= tomllib.loads(text).keys()


@pytest.mark.parametrize("number", range(4))
def test_each_worked_example_can_be_followed_and_proved(number, copy, shelf):
    example = worked_examples()[number]
    path = copy / example["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(example["old"].rstrip()) == 1
    path.write_text(
        text.replace(example["old"].rstrip(), example["new"].rstrip()), encoding="utf-8"
    )
    assert found(copy, example["file"].partition("/")[0], shelf) == []


def test_the_edition_that_the_guide_writes_is_good_as_it_stands(copy):
    for match in NEW_FILES.finditer(GUIDE.read_text(encoding="utf-8")):
        path = copy / match["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match["text"], encoding="utf-8")
    library = Library(copy)
    names = ("example-city", "national-2021", "national-2019")
    edition, base, before = map(library.edition, names)
    assert len(edition.facts) == len(base.facts) + 1
    assert len(edition.checks) == len(base.checks) + 1
    assert not lint(edition, library.sentences, (base, before)).faults


def test_the_changed_rule_and_sentence_take_effect(tmp_path, copy, nianbao):
    for example in worked_examples()[:3]:
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


WORDS = {"全年立案申请75件。": 3, "全年合共收到申请75件。": 4}
"""What is written about 76 applications, and which worked example lets it be understood."""


@pytest.mark.parametrize("said", WORDS)
def test_the_added_word_lets_a_sentence_be_compared(said, tmp_path):
    """In a copy of the program: the words of the language lie within it."""
    for folder in ("assistant", "prompts_templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    example = worked_examples()[WORDS[said]]
    base = "" if example["file"].startswith("assistant/") else "prompts_templates"
    path = tmp_path / base / example["file"]
    county = ROOT / "samples" / "county-2025-with-previous" / "answers.yaml"
    text = re.sub(r"own_requests: .*", f"own_requests: {said}", county.read_text(encoding="utf-8"))
    (tmp_path / "answers.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "check", "answers.yaml"]
    before = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert "75件没有与表核对" in before.stdout
    old = path.read_text(encoding="utf-8")
    assert old.count(example["old"].rstrip()) == 1
    path.write_text(old.replace(example["old"].rstrip(), example["new"].rstrip()), encoding="utf-8")
    after = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert "没有与表核对" not in after.stdout
    assert "算式：75件≠76件" in after.stdout


def test_the_lines_that_the_guides_type_are_understood(edition, sentences):
    typed = {
        "收到3件，网络2件，当面1件": Answered,
        "网站改成28": Answered,
        "没有复议": Answered,
        "什么是规范性文件": AskAbout,
        "/上一题": Command,
        "跳到 微信": Command,
    }
    guides = "".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    asked = edition.questions["meetings_held"]
    for line, kind in typed.items():
        assert f"`{line}`" in guides
        said = parse_line(line, asked, edition, vocabulary(sentences), is_reason=False)
        assert isinstance(said, kind), line


def test_the_targets_of_the_readme_are_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"`make (\w+)`", (ROOT / name).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_counts_of_the_pages_are_those_of_the_editions(edition, shelf):
    pages = [
        (ROOT / "docs" / name / "editions.md").read_text(encoding="utf-8") for name in ("", "zh")
    ]
    english, chinese = (page.replace("\n  ", " ") for page in pages)
    others = len(shelf.edition("national-2014").rows)
    requests = shelf.edition("national-2021").grids_by_id["requests"]
    rows = [row for row in requests.rows if not isinstance(row, Heading)]
    assert f"all {len(edition.rows)} rows, {len(edition.checks)} checks" in english
    assert f"same years elsewhere, {others} rows" in english
    assert f"applications ({len(rows)} rows by {len(requests.columns)} columns)" in english
    assert f"{len(edition.rows)}行，其中{len(edition.cells)}行填数" in chinese
    assert f"其他地区，{others}行" in chinese


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
