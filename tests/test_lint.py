"""`nianbao lint` finds what an expert can get wrong, and says where."""

import shutil
from pathlib import Path

import pytest

from assistant.form.loader import Library
from assistant.lint import lint_typography
from assistant.storage.errors import LibraryError

ROOT = Path(__file__).parent.parent
EDITION = "beijing-2014"
FAULTS = [
    ("table/3_requests.yaml", "initials: dmsq", "initials: sdsq", "sdsq"),
    ("table/3_requests.yaml", "  parent: received_total", "  parent: nowhere", "nowhere"),
    ("table/3_requests.yaml", "id: received_fax", "id: received_online", "received_online"),
    ("table/3_requests.yaml", "aliases: [当面,", "aliases: [收到,", "收到"),
    ("table/3_requests.yaml", "？\n  help:\n    brief: 填申请人到场", "?\n  help:\n    brief: 填,申请人", "半角"),
    ("table/6_complaints.yaml", "  short:", "  table_only: yes\n  short:", "complaints_total"),
    ("facts.yaml", "when: {leading_group: established}", "when: {leading_group: maybe}", "maybe"),
    ("facts.yaml", "answers: [content]}", "answers: [contents]}", "contents"),
    ("checks.yaml", "total: received_total", "total: received_sum", "received_sum"),
    ("checks.yaml", "code: R02", "code: R01", "R01"),
    ("checks.yaml", "right: [press_total]", "right: [active_total]", "R09"),
    ("checks.yaml", "passes: {answers: {key_total: 11, active_total: 145}}", "passes: {answers: {key_total: 146, active_total: 145}}", "L01"),
    ("checks.yaml", "fails: {answers: {key_total: 145, active_total: 11}}", "fails: {answers: {key_total: 1, active_total: 11}}", "L01"),
    ("checks.yaml", "fails: {answers: {staff_total: 0}}", "fails: {answers: {staff_total: 约3}}", "S12"),
    ("checks.yaml", "right: [\"1\"]", "right: [\"0\"]", "S12"),
    ("narrative/4_disputes.j2", "未收到对", "未收到全部3件对", "3件"),
    ("narrative/4_disputes.j2", "未收到对", "未收到两件对", "两件"),
    ("narrative/4_disputes.j2", "{{ complaints_total }}", "若干", "complaints_total"),
    ("narrative/4_disputes.j2", "{{ complaints_total }}", "{{ complaints_total }}（{{ complaints_total }}）", "complaints_total"),
    ("narrative/4_disputes.j2", "{{ complaints_total }}。", "{{ complaints_total }}。。", "。。"),
    ("narrative/4_disputes.j2", "{{ complaints_total }}", "{{ complaints_total + 1 }}", "Add"),
    ("narrative/4_disputes.j2", "{{ complaints_total }}", "{{ complaints_total|int }}", "int"),
    ("narrative/4_disputes.j2", "{{ complaints_total }}", "{{ complaint }}", "complaint"),
    ("narrative/4_disputes.j2", "{% if complaints_total.is_zero %}", "{% if complaints_total %}", "complaints_total"),
    ("narrative/4_disputes.j2", "{% if complaints_total.is_zero %}", "{% if complaints_total is defined %}", "Test"),
    ("narrative/4_disputes.j2", "{% if complaints_total.is_zero %}", "{% if complaints_total.is_zero", "第"),
    ("narrative/5_fees.j2", "{% if own_5.is_given %}", "{% if own_5.is_given and own_1.id == \"x\" %}", "5_fees.j2" ),
    ("narrative/2_active.j2", "{% if not loop.last %}", "{% if not loop.index %}", "loop.index"),
    ("examples/zero.yaml", "findings: [S12, T07]", "findings: [S12]", "T07"),
    ("examples/zero.yaml", "本镇未收到政府信息公开申请；", "本镇没收到政府信息公开申请；", "没收到"),
    ("examples/zero.yaml", "others: 0", "other: 0", "other"),
    ("edition.yaml", "template: 5_fees.j2", "template: 5_fee.j2", "5_fee.j2"),
    ("edition.yaml", "years: {first: 2014, last: 2018}\nform_title", "years: {first: 2013, last: 2018}\nform_title", "2013"),
    ("edition.yaml", "form_title:", "form_titel:", "form_titel"),
    ("checks.yaml", "basis: article, text: 报告应引用", "basis: guess, text: 报告应引用", "T05 → source → basis"),
    ("checks.yaml", "when: [fees_collected>0]", "when: [fees_collected＞0]", "fees_collected＞0"),
    ("checks.yaml", "  level: notice\n  left: [completed_total]", "  level: warning\n  left: [completed_total]", "error、confirm、notice"),
    ("table/6_complaints.yaml", "kind: count", "kind: counts", "complaints_total"),
]  # fmt: skip

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


FAULTS_OF_GRIDS = [
    ("table/3_requests.yaml", "  - id: open\n", "  - id: partial\n", "partial"),
    ("table/3_requests.yaml", "rows_from: results", "rows_from: body_kind", "body_kind"),
    ("table/3_requests.yaml", "    parent: handled\n    number: （七）", "    parent: nowhere\n    number: （七）", "nowhere"),
    ("table/3_requests.yaml", "kind: count", "kind: counts", "kind"),
    ("table/4_disputes.yaml", "brief: 计因", "briefs: 计因", "briefs"),
    ("table/2_4_fees.yaml", "      amount:", "      sum:", "fee"),
    ("facts.yaml", "place: requests", "place: request", "applicants"),
    ("facts.yaml", "    - {id: natural, label: 自然人}", "    - {id: person, label: 自然人}", "person"),
    ("checks.yaml", 'total: "result_total.*"', 'total: "result_sum.*"', "result_sum"),
    ("checks.yaml", "- code: R03\n  kind: sum\n  level: error", "- code: R03\n  kind: sum\n  level: confirm", "new_received.total"),
    ("checks.yaml", 'left: ["new_received.*", "carried_in.*"]', 'left: ["new_received.*", "carried_out.*"]', "R01"),
    ("checks.yaml", "  limit: 1000", "  limit: 100000", "S09"),
    ("checks.yaml", "  left_times: 0.0001", "  left_times: 0", "S03"),
    ("edition.yaml", "tables: [disputes]", "tables: [dispute]", "disputes"),
    ("narrative/1_overview.j2", "办理完毕{{ result_total.total }}", "办理完毕{{ result_total }}", "1_overview.j2"),
    ("narrative/1_overview.j2", "carried_in.total, result_total.total", "carried_in.totals, result_total.total", "1_overview.j2"),
]  # fmt: skip
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
