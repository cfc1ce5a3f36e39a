"""No form in Python: an edition may call everything by other names, and says the roles of facts."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.form.loader import Library, open_library
from assistant.form.model import MARK, Column, Edition, Fact
from assistant.storage.yaml_text import parse, plain
from tests.conftest import ROOT, SAMPLES
from tests.talking import as_input, conversation

DATA = ROOT / "prompts_templates"
FORM, RENAMED = "national-2021", "renamed"
TODAY = date(2026, 6, 1)
KEYED = {"answers", "previous", "cells", "names", "when", "parts", "sha256"}
"""Keys of the data files below which ids stand as keys, not names of the model."""
WORD = re.compile(r"(?<![\w|])(?:[A-Z][0-9]{2}|[a-z_]\w*)(?!\w)")
"""A code or an id in a value or an expression; behind | stands the name of a filter."""
EXPRESSION = re.compile(r"\{[{%].*?[}%]\}", re.S)
EXITS = {
    "bureau-2025-typical": 0,
    "city-2025-busy": 0,
    "county-2025-with-previous": 0,
    "town-2025-all-zero": 0,
    "town-2025-many-faults": 3,
}


def new_name(name: str) -> str:
    """Another id that begins and ends otherwise: body_name -> x_eman_ydob."""
    return f"x_{name[::-1]}"


def ids_of(form: Edition) -> set[str]:
    """Every id: questions, rows, columns, tables, options, and what templates call the laws."""
    ids = {row.id for row in form.rows} | {name for each in form.legal for name in each.names}
    for grid in form.grids:
        ids |= {grid.id, *(each.id for each in (*grid.rows, *grid.columns, *grid.groups))}
    ids |= {part for passage in form.passages for part in passage.id.split(".")}
    asked: list[Fact | Column] = [column for fact in form.facts for column in fact.columns]
    for each in (*form.facts, *asked):
        ids |= {each.id, *(option.id for option in each.options)}
    return ids


def new_names(form: Edition) -> dict[str, str]:
    """The other name of every id, code of a check and id of a cell without a point."""
    names = {name: new_name(name) for name in ids_of(form)}
    letters = sorted({check.code[0] for check in form.checks})
    names |= {check.code: "ABCDEFGH"[letters.index(check.code[0])] + check.code[1:]
              for check in form.checks}  # fmt: skip
    for grid in form.grids:
        if grid.joint == "_":
            rows, columns = ([each.id for each in part] for part in (grid.lines, grid.columns))
            names |= {f"{row}_": f"{new_name(row)}_" for row in rows}
            names |= {f"_{column}": f"_{new_name(column)}" for column in columns}
            names |= {f"{row}_{column}": f"{new_name(row)}_{new_name(column)}"
                      for row in rows for column in columns}  # fmt: skip
    return names


class Renamer:
    """Puts other names in place of ids, whole words only, wherever an id may stand."""

    def __init__(self, form: Edition) -> None:
        self.names = new_names(form)

    def text(self, text: str) -> str:
        """A value of YAML or an expression of a template."""
        return WORD.sub(lambda match: self.names.get(match[0], match[0]), text)

    def template(self, text: str) -> str:
        marked = MARK.sub(lambda match: self.text(match[0]), text)
        return EXPRESSION.sub(lambda match: self.text(match[0]), marked)

    def data(self, value: object, key: str = "", *, is_keyed: bool = False) -> object:
        """What a data file holds; the keys of a mapping are ids where it is keyed by them."""
        if isinstance(value, dict):
            return {
                self.text(name) if is_keyed else name: self.data(
                    each, name, is_keyed=name in KEYED or (is_keyed and isinstance(each, list))
                )
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [self.data(each, key, is_keyed=is_keyed) for each in value]
        return value if key in ("kind", "basis", "span") else self.text(str(value))

    def file(self, source: Path, target: Path) -> None:
        """Write a file anew with the other names."""
        text = source.read_text("utf-8")
        if source.suffix == ".j2":
            target.write_text(self.template(text), "utf-8")
            return
        content = self.data(plain(parse(text, source)))
        if isinstance(content, dict) and content.get("edition") == FORM:
            content["edition"] = RENAMED
        if isinstance(content, dict):
            content.pop("follows", None)  # that form is not there
        target.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture(scope="module")
def renamer(shelf: Library) -> Renamer:
    return Renamer(shelf.edition(FORM))


@pytest.fixture(scope="module")
def renamed(renamer: Renamer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library with one form, in which every id is another."""
    folder = tmp_path_factory.mktemp("library")
    for source in sorted((DATA / FORM).rglob("*.*")):
        target = folder / RENAMED / source.relative_to(DATA / FORM)
        target.parent.mkdir(parents=True, exist_ok=True)
        renamer.file(source, target)
    for name in ("wording.yaml", "typography.yaml"):
        shutil.copy(DATA / name, folder)
    return folder


@pytest.fixture
def answers(renamer: Renamer, tmp_path: Path):
    """The answer files of a sample with the other names, as arguments of a command."""

    def made(name: str) -> list[object]:
        for source in (SAMPLES / name).glob("*.yaml"):
            renamer.file(source, tmp_path / source.name)
        has_previous = (tmp_path / "previous.yaml").exists()
        previous = ["--previous", tmp_path / "previous.yaml"] if has_previous else []
        return [tmp_path / "answers.yaml", *previous]

    return made


def test_every_id_and_code_is_another_one(renamed, shelf):
    here, there = shelf.edition(FORM), open_library(renamed).edition(RENAMED)
    assert not ids_of(here) & ids_of(there)
    assert len(ids_of(here)) == len(ids_of(there)) > 100
    assert not {each.code for each in here.checks} & {each.code for each in there.checks}
    assert not {*here.questions, *here.cells} & {*there.questions, *there.cells}


def test_a_form_with_other_ids_is_without_fault(renamed, here):
    run = here("lint", "--templates", renamed)
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    assert run.stdout.startswith(f"{RENAMED}：没有发现问题。指标166项，")


@pytest.mark.parametrize("name", EXITS)
def test_a_sample_with_other_ids_gives_the_same_report(
    name, renamed, renamer, answers, here, tmp_path
):
    files = answers(name)
    run = here("replay", *files, "-o", tmp_path, "--templates", renamed)
    assert run.returncode == EXITS[name], run.stderr
    for suffix in ("txt", "md"):
        written = (tmp_path / f"answers.{suffix}").read_bytes()
        assert written == (SAMPLES / name / f"report.{suffix}").read_bytes()


@pytest.mark.parametrize("name", EXITS)
def test_a_sample_with_other_ids_has_the_same_findings(name, renamed, renamer, answers, here):
    run = here("check", *answers(name), "--templates", renamed)
    assert run.returncode == EXITS[name], run.stderr
    wanted = renamer.text((SAMPLES / name / "findings.txt").read_text("utf-8"))
    assert run.stdout.splitlines()[1:] == wanted.splitlines()[1:]


def test_documents_and_sheets_of_a_form_with_other_ids_agree(renamed, answers, here, tmp_path):
    path, *_ = answers("bureau-2025-typical")
    formats, more = "txt,md,html,docx,xlsx", ("--templates", renamed)
    run = here("replay", path, "-o", tmp_path, "--format", formats, "--review", *more)
    assert run.returncode == 0, run.stderr
    for suffix in formats.split(","):
        run = here("verify", tmp_path / f"answers.{suffix}", path, *more)
        assert run.returncode == 0, run.stdout
    sheet = tmp_path / "sheet.xlsx"
    assert here("form", RENAMED, "--year", 2025, "-o", sheet, *more).returncode == 0
    assert here("form", "--read", sheet, "-o", path, *more).returncode in (0, 4)


def test_a_conversation_about_a_form_with_other_ids_ends_in_the_same_report(
    renamed, answers, nianbao, tmp_path
):
    name = "county-2025-with-previous"
    source, *previous = answers(name)
    follow, folder = tmp_path / "甲", tmp_path / "乙"
    follow.mkdir()
    folder.mkdir()
    lines = conversation(source, follow, open_library(renamed), TODAY, *previous[1:])
    run = nianbao(
        "chat", "--plain", folder, *previous, "--templates", renamed, input=as_input(lines)
    )
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    (report,) = folder.glob("*.txt")
    assert report.read_bytes() == (SAMPLES / name / "report.txt").read_bytes()


NAMED = "  body_name: body_name "
KIND = "  body_kind: body_kind "
SIGNED = "  signature_date: signature_date "
FAULTS = {
    "a role is lacking": (KIND, "# ", ["roles → body_kind", "缺少这一项"]),
    "their key is misspelt": ("roles:\n", "role:\n", ["位置：role。", "没有这一项"]),
    "a role is written twice": (KIND, f"{NAMED}\n{KIND}", ["第12行的「body_name」与第11行重复"]),
    "a fact plays two roles": (
        KIND,
        "  body_kind: body_name ",
        ["roles → body_kind", "“body_name”已经写在body_name里"],
    ),
    "a fact is not there": (
        NAMED,
        "  body_name: active_total ",
        ["roles → body_name", "没有编号为“active_total”的问题"],
    ),
    "a fact is of another kind": (
        SIGNED,
        "  signature_date: contact_phone ",
        ["roles → signature_date", "“contact_phone”的kind应是date"],
    ),
    "there is no such role": (
        SIGNED,
        f"  phone: contact_phone\n{SIGNED}",
        ["roles → phone", "没有这一项"],
    ),
    "a deadline is of no kind of body": ("kinds: [department]", "kinds: [ministry]", ["ministry"]),
}


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "templates"
    shutil.copytree(DATA, folder)
    return folder


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("what", FAULTS)
def test_what_is_wrong_with_a_role_is_said_with_file_and_role(what, copy, here):
    old, new, named = FAULTS[what]
    edition = FORM if "deadline" in what else "beijing-2014"
    change(copy / edition / "edition.yaml", old, new)
    run = here("lint", edition, "--templates", copy)
    said = run.stdout + run.stderr
    assert run.returncode in (2, 3), said
    for words in ("edition.yaml", *named):
        assert words in said


@pytest.mark.parametrize("name", ["year", "year_end", "period", "law"])
def test_a_fact_cannot_be_called_what_the_program_calls_the_year_and_its_laws(name, copy, here):
    change(copy / FORM / "facts.yaml", "- id: trainings", f"- id: {name}")
    run = here("lint", FORM, "--templates", copy)
    assert run.returncode == 3
    assert f"【national-2021/facts.yaml】编号{name}是程序自己用的" in run.stdout


def test_an_edition_without_any_role_is_refused(copy, here):
    path = copy / FORM / "edition.yaml"
    path.write_text(re.sub(r"roles:\n(?:  .*\n)+", "", path.read_text("utf-8")), "utf-8")
    run = here("lint", FORM, "--templates", copy)
    assert run.returncode == 2
    assert f"「{path}」有误，位置：roles。缺少这一项。" in run.stderr


def test_roles_are_inherited_and_seen_to_where_they_are(copy, here):
    path = copy / "national-2014" / "edition.yaml"
    assert "roles" not in path.read_text("utf-8")
    beijing, national = map(Library(copy).edition, ("beijing-2014", "national-2014"))
    assert national.roles == beijing.roles
    change(path, "omit: [", "omit: [signature_date, ")
    run = here("lint", "national-2014", "--templates", copy)
    assert run.returncode == 2
    assert str(path) in run.stderr
    assert "roles → signature_date" in run.stderr


def test_an_edition_without_its_roles_is_no_traceback_for_an_answer_file(copy, here):
    change(copy / FORM / "edition.yaml", NAMED, "  body_name: name ")
    run = here("check", SAMPLES / "town-2025-all-zero" / "answers.yaml", "--templates", copy)
    assert run.returncode == 2
    assert "roles → body_name" in run.stderr
    assert "Traceback" not in run.stderr
