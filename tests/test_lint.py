"""`nianbao lint` finds what an expert can get wrong, and says where."""

import shutil
from pathlib import Path

import pytest

from assistant.form.loader import Library
from assistant.lint import lint_typography
from assistant.storage.errors import LibraryError
from tests.data.cases import cases

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


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "prompts_templates", folder)
    return folder


def test_the_shipped_edition_is_without_fault(nianbao):
    run = nianbao("lint")
    assert run.returncode == 0, run.stdout
    assert "没有发现问题" in run.stdout


@pytest.mark.parametrize(("file", "old", "new", "named"), FAULTS)
def test_each_mistake_is_found_and_named(file, old, new, named, copy, nianbao):
    path = copy / EDITION / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = nianbao("lint", EDITION, "--templates", copy)
    said = run.stdout + run.stderr
    assert run.returncode in (2, 3), said
    assert "Traceback" not in said
    assert Path(file).parts[0].removesuffix(".yaml") in said
    assert named in said


@pytest.mark.parametrize(("old", "new", "named"), LOOKS)
def test_each_mistake_of_the_typography_is_found_and_named(old, new, named, copy, sentences):
    path = copy / "typography.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        said = [fault.message for fault in lint_typography(Library(copy).typography, sentences)]
    except LibraryError as fault:
        said = [sentences.say(f"errors.{fault.code}", **fault.details)]
        assert "typography.yaml" in said[0]
    assert [each for each in said if named in each], said


def test_a_mistake_of_the_typography_is_said_by_the_command(copy, nianbao):
    path = copy / "typography.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("label: 46", "label: 146"), encoding="utf-8")
    run = nianbao("lint", "--templates", copy)
    assert run.returncode == 3
    assert "typography.yaml" in run.stdout


@pytest.mark.parametrize(
    ("edition", "file", "old", "new", "named"),
    [
        *(("national-2021", *each) for each in FAULTS_OF_GRIDS),
        *(("national-2014", *each) for each in FAULTS_OF_BASES),
    ],
)
def test_each_mistake_in_a_later_form_is_found_and_named(
    edition, file, old, new, named, copy, nianbao
):
    path = copy / edition / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = nianbao("lint", edition, "--templates", copy)
    said = run.stdout + run.stderr
    assert run.returncode in (2, 3), said
    assert "Traceback" not in said
    assert named in said


def test_an_unknown_edition_is_said_with_the_known_ones(nianbao):
    run = nianbao("lint", "beijing-2015")
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
def test_each_mistake_in_a_sentence_is_found(old, new, named, copy, nianbao):
    path = copy / "wording.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = nianbao("lint", EDITION, "--templates", copy)
    assert run.returncode == 3, run.stdout + run.stderr
    assert named in run.stdout


def test_a_broken_sentence_is_no_traceback(copy, nianbao):
    path = copy / "wording.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("找不到「{{ path }}」", "找不到{{"), encoding="utf-8")
    run = nianbao("check", "没有.yaml", "--templates", copy)
    assert run.returncode == 2
    assert "wording.yaml" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_missing_wording_file_is_said(copy, nianbao):
    (copy / "wording.yaml").unlink()
    run = nianbao("lint", EDITION, "--templates", copy)
    assert run.returncode == 2
    assert "wording.yaml" in run.stderr
