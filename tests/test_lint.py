"""`nianbao lint` finds what an expert can get wrong, and says where."""

import re
from pathlib import Path

import pytest

from assistant.form.loader import Library
from assistant.lint import lint_typography
from assistant.lint.lint_recognition import lint_official_labels
from assistant.lint.problems import ProblemList
from assistant.storage.errors import LibraryError
from tests.data.cases import cases
from tests.linting import change, found

ROOT = Path(__file__).parent.parent
EDITION = "beijing-2014"
FAULTS = cases("lint_faults")  # fmt: skip

LOOKS = [
    ("left: 28\n", "left: 128\n", "毫米"),
    ("line: 28.95\n    source: {basis: 通行做法, text: GB/T 9704—2012第5.2.2条", "line: 40\n    source: {basis: 通行做法, text: GB/T 9704—2012第5.2.2条", "40磅"),
    ("label: 46", "label: 146", "156毫米"),
    ("name: 附表项目", "name: 附表单位", "附表单位"),
    ("    font: 黑体\n", "    font: 黑体子\n", "黑体子"),
    ("    align: center\n", "    align: middle\n", "styles → draft → align"),
    ("  signature:\n", "  signatur:\n", "signatur"),
    ("basis: 通行做法", "basis: 惯例", "条文、通行做法"),
]  # fmt: skip


FAULTS_OF_GRIDS = cases("lint_faults_of_grids")  # fmt: skip
FAULTS_OF_BASES = [
    ("edition.yaml", "based_on: beijing-2014", "based_on: beijing-2015", "beijing-2015"),
    ("edition.yaml", "based_on: beijing-2014", "based_on: national-2014", "national-2014"),
    ("edition.yaml", "omit: [key_total", "omit: [key_totals", "key_totals"),
    ("edition.yaml", "omit: [key_total, ", "omit: [", "key_total"),
    ("table/1_active.yaml", "number: （二）", "number: （二）\n  after: nowhere", "channels"),
    ("table/1_active.yaml", "id: channels", "id: chanels\n  after: nowhere", "nowhere"),
    ("checks.yaml", "cells: [active_total", "cells: [key_total", "key_total"),
]


MINE = "based_on: national-2014\ntitle: 某市的统计表\nplace: 某市\nis_special: yes\n"


def test_the_shipped_edition_is_without_fault(here):
    run = here("lint")
    assert run.returncode == 0, run.stdout
    assert "没有发现问题" in run.stdout


@pytest.mark.parametrize(
    ("edition", "file", "old", "new", "named"),
    [
        *((EDITION, *each) for each in FAULTS),
        *(("national-2021", *each) for each in FAULTS_OF_GRIDS),
        *(("national-2014", *each) for each in FAULTS_OF_BASES),
    ],
)
def test_each_mistake_is_found_and_named(edition, file, old, new, named, copy, shelf):
    change(copy / edition / file, old, new)
    said = "\n".join(found(copy, edition, shelf))
    assert named in said
    if edition == EDITION:
        assert Path(file).parts[0].removesuffix(".yaml") in said


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("code: R02", "code: R01", 3), ("kind: sum", "kind: sums", 2), ("fails: ", "failing: ", 2)],
)
def test_the_command_ends_by_what_it_found(old, new, code, copy, here):
    change(copy / EDITION / "checks.yaml", old, new)
    run = here("lint", EDITION, "--templates", copy)
    assert run.returncode == code
    assert "checks" in run.stdout + run.stderr


@pytest.mark.parametrize(("old", "new", "named"), LOOKS)
def test_each_mistake_of_the_typography_is_found_and_named(old, new, named, copy, sentences):
    change(copy / "typography.yaml", old, new)
    try:
        said = [fault.message for fault in lint_typography(Library(copy).typography, sentences)]
    except LibraryError as fault:
        said = [sentences.say(f"errors.{fault.code}", **fault.details)]
        assert "typography.yaml" in said[0]
    assert [each for each in said if named in each], said


def test_a_mistake_of_the_typography_is_said_by_the_command(copy, here):
    change(copy / "typography.yaml", "label: 46", "label: 146")
    run = here("lint", EDITION, "--templates", copy)
    assert run.returncode == 3
    assert "typography.yaml" in run.stdout


def test_an_unknown_edition_is_said_with_the_known_ones(here):
    run = here("lint", "beijing-2015")
    assert run.returncode == 5
    assert "beijing-2014" in run.stderr


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("  F01: ", "  F00: ", "file_findings.F01"),
        ("{{ encoding }}", "{{ encodng }}", "encodng"),
        ("  clean: 没有", "  clean: 没有{{", "command.clean"),
        ("找不到「{{ path }}」。请", "找不到「{{ path }}」.请,", "errors.file_missing"),
    ],
)
def test_each_mistake_in_a_sentence_is_found(old, new, named, copy, here):
    change(copy / "wording.yaml", old, new)
    run = here("lint", EDITION, "--templates", copy)
    assert run.returncode == 3, run.stdout + run.stderr
    assert named in run.stdout


def test_a_broken_sentence_is_no_traceback(copy, here):
    path = copy / "wording.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("找不到「{{ path }}」", "找不到{{"), encoding="utf-8")
    run = here("check", "没有.yaml", "--templates", copy)
    assert run.returncode == 2
    assert "wording.yaml" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_missing_wording_file_is_said(copy, here):
    (copy / "wording.yaml").unlink()
    run = here("lint", EDITION, "--templates", copy)
    assert run.returncode == 2
    assert "wording.yaml" in run.stderr


@pytest.fixture
def mine(copy):
    """The head of an edition based on one that is itself based on one."""
    path = copy / "mine" / "edition.yaml"
    path.parent.mkdir()
    path.write_text(MINE, encoding="utf-8")
    return path


def test_an_edition_may_be_based_on_one_that_is_based_on_another(mine, copy, here):
    run = here("lint", "mine", "--templates", copy)
    assert run.returncode == 0, run.stdout + run.stderr
    shelf = Library(copy)
    own, below = shelf.edition("mine"), shelf.edition("national-2014")
    assert (own.rows, own.facts, own.checks) == (below.rows, below.facts, below.checks)
    assert [path.name for path in own.folders] == ["mine", "national-2014", "beijing-2014"]
    assert own.omitted == below.omitted


def test_what_an_edition_in_the_middle_left_out_may_be_written_again(mine, copy):
    mine.write_text(MINE + "omit: [L02]\n", encoding="utf-8")
    row = (copy / "beijing-2014" / "table" / "1_active.yaml").read_text(encoding="utf-8")
    table = mine.parent / "table"
    table.mkdir()
    entry = row[row.index("- id: key_total") : row.index("- id: key_finance")]
    (table / "1_active.yaml").write_text(entry + "  after: active_total\n", encoding="utf-8")
    own = Library(copy).edition("mine")
    names = [row.id for row in own.rows]
    assert names.index("key_total") == names.index("active_total") + 1
    assert own.omitted == {"L02"} | Library(copy).edition("national-2014").omitted - {"key_total"}


def test_an_edition_below_itself_is_said_with_the_way_round(mine, copy, here):
    path = copy / "beijing-2014" / "edition.yaml"
    path.write_text("based_on: mine\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    run = here("lint", "mine", "--templates", copy)
    assert run.returncode == 2
    assert "mine → national-2014 → beijing-2014 → mine" in run.stderr
    assert "based_on" in run.stderr


def test_examples_that_stand_on_each_other_are_said(copy, here):
    folder = copy / EDITION / "examples"
    for one, other in (("甲", "乙"), ("乙", "甲")):
        (folder / f"{one}.yaml").write_text(f"based_on: {other}\n", encoding="utf-8")
    run = here("lint", EDITION, "--templates", copy)
    assert run.returncode == 2
    assert "乙 → 甲 → 乙" in run.stderr


ALTERED = [
    ("beijing-2014", "table/1_active.yaml", "label: 主动公开规范性文件数", "label: 规范性文件数", "active"),
    ("beijing-2014", "table/9_meetings.yaml", "unit: 次", "unit: 场", "meetings_training"),
    ("national-2021", "table/3_requests.yaml", "label: 商业企业", "label: 企业", "requests"),
    ("national-2021", "table/4_disputes.yaml", "label: 复议后起诉", "label: 复议后诉", "disputes"),
]  # fmt: skip


@pytest.mark.parametrize(("edition", "file", "old", "new", "table"), ALTERED)
def test_an_altered_official_label_is_found_with_its_table(
    edition, file, old, new, table, copy, sentences
):
    path = copy / edition / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    said = altered(copy, edition, sentences)
    assert len(said) == 1, said
    assert said[0].startswith(f"{edition}/{file}: {table}这张表")
    digits = said[0].partition(f"{table}: ")[2][:16]
    head = path.parent.parent / "edition.yaml"
    meant = re.sub(rf"\b{table}: [0-9a-f]{{16}}", f"{table}: {digits}", head.read_text("utf-8"))
    head.write_text(meant, encoding="utf-8")
    assert altered(copy, edition, sentences) == []


def altered(folder, edition, sentences):
    """What lint says of the official labels of an edition, a line each."""
    problems = ProblemList(sentences, shelf := Library(folder).edition(edition))
    lint_official_labels(shelf, problems)
    return [f"{fault.file}: {fault.message}" for fault in problems.faults]


def test_an_edition_without_hashes_is_told_what_to_write(mine, copy, sentences):
    head = copy / EDITION / "edition.yaml"
    text = head.read_text(encoding="utf-8")
    block = text[text.index("labels:\n") : text.index("# 文稿可以引用")]
    head.write_text(text.replace(block, ""), encoding="utf-8")
    (said,) = altered(copy, EDITION, sentences)
    written = said.partition("写上“")[2].partition("”")[0].replace("…", "某处")
    head.write_text(text.replace(block, written + "\n"), encoding="utf-8")
    assert altered(copy, EDITION, sentences) == []
    assert altered(copy, "mine", sentences) == []
