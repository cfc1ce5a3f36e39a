"""The layout of the code: small modules, quick starts, sentences for every code."""

import ast
import re
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialog.interview import COMMANDS
from assistant.messages.templates import Templates
from assistant.report import FILTERS

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "assistant").rglob("*.py"))
MODULE_LIMIT, FUNCTION_LIMIT = 400, 45


@cache
def trees():
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def name_of(path):
    return str(path.relative_to(ROOT))


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_modules_and_functions_stay_small():
    too_long = [name_of(path) for path in MODULES if len(lines_of(path)) > MODULE_LIMIT]
    for path in MODULES:
        for node in ast.walk(trees()[path]):
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.body[0].lineno + 1
                if length > FUNCTION_LIMIT:
                    too_long.append(f"{name_of(path)}: {node.name} of {length} lines")
    assert too_long == []


def test_every_module_says_what_it_is_for():
    assert [name_of(path) for path in MODULES if not ast.get_docstring(trees()[path])] == []


def test_no_module_knows_a_network_but_the_server_of_a_browser_on_this_computer():
    network = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "requests"}
    server = {"aiohttp", "textual_serve"}
    for path, tree in trees().items():
        nodes = list(ast.walk(tree))
        named = [each.name for node in nodes if isinstance(node, ast.Import) for each in node.names]
        named += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        forbidden = network if path.parent.name == "browser" else network | server
        assert not forbidden & {name.partition(".")[0] for name in named}, name_of(path)


def loaded_by(*arguments):
    """The outside libraries that a command loads."""
    code = (
        "import sys\n"
        "from assistant.cli import main\n"
        "try:\n"
        f"    main({list(map(str, arguments))!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print('LOADED', *sorted(names))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    return set(run.stdout.splitlines()[-1].split()[1:])


OFFICE = {"docx", "lxml", "xlsxwriter", "pdfplumber", "pdfminer"}
"""What reads and writes the files of word processors: large, and seldom needed."""
ANSWERS = "samples/township-2017-corrected/answers.yaml"


@pytest.fixture(scope="module")
def is_compiled():
    """A first start has validated the edition and kept what came of it."""
    loaded_by("check", ANSWERS)


def test_the_version_is_said_without_loading_any_library():
    assert not loaded_by("--version") & {"jinja2", "pydantic", "yaml", "babel", "multiprocessing"}


@pytest.mark.parametrize("formats", ["", "txt", "md", "txt,md"])
@pytest.mark.usefixtures("is_compiled")
def test_a_replay_to_text_loads_no_process_pool_no_screen_and_no_office(tmp_path, formats):
    command = ["replay", "-o", tmp_path, "--format", formats] if formats else ["check"]
    loaded = loaded_by(*command, ANSWERS)
    assert "jinja2" in loaded
    assert not loaded & {"multiprocessing", "concurrent", "textual", "rich", "pydantic", *OFFICE}


@pytest.mark.usefixtures("is_compiled")
def test_a_run_over_several_files_loads_no_validation():
    loaded = loaded_by("check", ANSWERS, "samples/township-2017-all-zero/answers.yaml")
    assert "jinja2" in loaded
    assert not loaded & {"multiprocessing", "pydantic", *OFFICE}


@pytest.mark.usefixtures("is_compiled")
def test_the_conversation_starts_without_office_and_validation(tmp_path):
    (tmp_path / "答案.yaml").write_bytes((ROOT / ANSWERS).read_bytes())
    loaded = loaded_by("chat", tmp_path / "答案.yaml", "--plain")
    assert "yaml" in loaded
    assert not loaded & {"pydantic", *OFFICE}


def test_the_screen_is_read_without_office():
    code = (
        "import sys, assistant.ui.tui.app, assistant.dialog.session; print('LOADED', *sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, check=True
    )
    assert not set(run.stdout.split()) & OFFICE


def test_every_code_in_the_program_has_its_sentence(sentences):
    raised = re.compile(
        r"(?:FileError|EditionError|LibraryError|VerificationError)\(\s*\"(\w+)\"|refuse\(\"(\w+)\""
    )
    refused = re.compile(r"Refusal\(\s*\"(\w+)\"")
    said = re.compile(r"say\(\s*\"([a-z]+\.\w+)\"")
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        for match in raised.finditer(source):
            assert sentences.has(f"errors.{match[1] or match[2]}"), match[0]
        for match in refused.finditer(source):
            assert sentences.has(f"refusals.{match[1]}"), match[0]
        for match in said.finditer(source):
            assert sentences.has(match[1]), match[0]


def test_every_sentence_is_used(sentences):
    program = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    free = {"checks", "fixes", "levels", "marks", "doctor"}  # said by kind, slip, level or fact
    composed = set(re.findall(r"say\(\s*f[\"'](?:\w+\.)?(\w+_)\{", program))
    named = set(re.findall(r"\w+", program))
    named |= {word[at + 1 :] for word in named for at, each in enumerate(word) if each == "_"}
    for section, texts in sentences.sections.items():
        for code in texts:
            word = code.removeprefix("verify_") if section == "command" else code
            assert section in free or word in named or code.startswith(tuple(composed)), (
                section,
                code,
            )


def test_every_command_has_words_of_its_own_and_an_explanation(sentences):
    said = {name: text.split() for name, text in sentences.sections["command_words"].items()}
    words = [word.lower() for own in said.values() for word in own]
    assert set(said) == set(COMMANDS) == set(sentences.sections["command_help"])
    assert len(words) == len(set(words))


def test_sentences_are_written_with_full_width_marks(sentences):
    half_width = re.compile(r"[\u4e00-\u9fff」”][,;:?!]|[,;?!][\u4e00-\u9fff「“]")
    for section, texts in sentences.sections.items():
        for code, text in texts.items():
            words = re.sub(r"\{[{%].*?[}%]\}", "", text)
            assert not half_width.search(words), (section, code, text)


def test_the_first_question_is_painted_without_templates_and_models():
    code = (
        "import sys\n"
        "import assistant.cli.chat_command, assistant.ui.tui, assistant.dialog.welcome\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"jinja2", "pydantic", "babel", "docx", "xlsxwriter"}


@given(detail=st.one_of(st.text(max_size=20), st.integers(), st.decimals(allow_nan=False)))
def test_a_sentence_of_slots_says_what_its_template_says(sentences, detail):
    templates = Templates(sentences._texts, [Path()])
    plain = [code for code, text in sentences._texts.items() if "{{" in text and "{%" not in text]
    code = plain[hash(str(detail)) % len(plain)]
    details = dict.fromkeys(sentences.names(code), detail)
    assert sentences.say(code, **details) == templates.render(code, details)


def test_the_floor_of_the_bench_can_fill_the_templates():
    floor = runpy.run_path(str(ROOT / "tests/bench/floor.py"))
    assert set(floor["FILTERS"]) == set(FILTERS)
