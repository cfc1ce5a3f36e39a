"""An edition from elsewhere is data: it says what it is given, and comes to an end."""

import resource
import shutil
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.form.loader import Library, open_library
from assistant.messages import template_sandbox, templates
from assistant.messages.templates import Templates
from assistant.report import FILTERS, make_report
from assistant.storage.errors import LibraryError
from assistant.values.characters import UNREADABLE, is_unseen
from tests.conftest import SAMPLES

EDITION = "beijing-2014"
DOUBLED = 40
"""Doublings: of anything that is doubled so often there is no end."""


def nested(inner, word):
    return f"{word}(" * DOUBLED + inner + ")" * DOUBLED


def chain(body, last):
    macros = (f"{{% macro m{at}() %}}{body.replace('NEXT', f'm{at + 1}()')}{{% endmacro %}}"
              for at in range(DOUBLED))  # fmt: skip
    return "".join(macros) + f"{{% macro m{DOUBLED}() %}}{last}{{% endmacro %}}{{{{ m0() }}}}"


ROWS = "{% for row in categories.rows %}"
FORBIDDEN = {
    "padding by a format": "{{ '{:>900000000}'.format(1) }}",
    "padding by a method": "{{ 'x'.ljust(300000000) }}",
    "padding by a sign": "{{ '%900000000d' % 1 }}",
    "padding by a filter": "{{ body_name|center(900000000) }}",
    "a method by a name": "{% set pad = law.regulation.ljust %}{{ pad(300000000) }}",
    "a list times a number": "{{ [1] * 10**9 }}",
    "a power": "{{ 9**9**9 }}",
    "joining in a loop": "{% set a = 'x' %}" + ROWS + "{% set a = a ~ a %}{% endfor %}",
    "a range": "{% for at in range(1000000000) %}{% endfor %}",
    "the letters of a method": "{% for a in 'x'.ljust(3000) %}{% endfor %}",
    "the letters of an answer": "{% for letter in body_name %}{{ letter }}{% endfor %}",
    "the letters of a law": "{% for letter in law.regulation %}甲{% endfor %}",
    "a list of its own": "{% for each in [year, year] %}甲{% endfor %}",
    "a loop with a condition": "{% for row in categories.rows if row.count %}{% endfor %}",
    "a loop in itself": "{% for row in categories.rows recursive %}{{ loop(row) }}{% endfor %}",
    "turns of a loop": ROWS + "{{ loop.cycle('甲', '乙') }}{% endfor %}",
    "the loop itself": ROWS + "{{ loop }}{% endfor %}",
    "itself": "{{ self }}",
    "a block": "{% block a %}{{ self.a() }}{% endblock %}",
    "including": "{% include '0_preamble.j2' %}",
    "extending": "{% extends '0_preamble.j2' %}",
    "importing a whole file": "{% import 'phrases.j2' as phrases %}",
    "a caller": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}甲{% endcall %}",
    "arguments without number": "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(year) }}",
    "words kept from a macro": "{% macro m() %}甲{% endmacro %}{% set a = m() %}{{ a }}",
    "words kept from a block": "{% set a %}甲{% endset %}{{ a }}",
    "a list of lists": "{% set a = [year, year] %}" + "{% set a = [a, a] %}" * DOUBLED + "{{ a }}",
    "a place in a text": "{{ body_name[0] }}",
    "a mapping": "{{ {'a': year} }}",
    "a fraction": "{{ 1e999 }}",
    "what Python keeps": "{{ received_total.__class__ }}",
    "conditions in conditions": "{% if year.is_zero %}" * 60 + "{% endif %}" * 60,
    "filters behind filters": "{{ categories.rows" + "|joined" * 60 + " }}",
}
EXCESS = {
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "macros that call twice": chain("{{ NEXT }}{{ NEXT }}", "甲"),
    "macros that call twice and say nothing": chain("{% if NEXT == NEXT %}{% endif %}", ""),
    "words that a macro doubles": "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}"
    "{{ " + nested("body_name", "d") + " }}",
    "words that a list doubles": "{% macro d(x) %}{{ [x, x]|joined }}{% endmacro %}"
    "{{ " + nested("body_name", "d") + " }}",
    "loops in loops": ROWS * 15 + "甲" + "{% endfor %}" * 15,
    "long words in a macro": "{% macro m() %}"
    + "甲" * 50_000
    + "{% endmacro %}"
    + "{{ m() }}" * 500,
    "brackets": "{{ " + "(" * 5_000 + "year" + ")" * 5_000 + " }}",
    "lists": "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
    "braces": "{" * 20_000,
    "a circle of imports": "{% from '0_preamble.j2' import m %}",
}


def rendered(source, answers, sentences, **more):
    """What comes of answers where one template says all."""
    edition = answers.edition
    silent = {section.template: "" for section in edition.sections}
    sources = {**silent, edition.preamble: source, **more}
    templates = Templates(sources, [Path("narrative")], FILTERS)
    return make_report(answers, None, sentences, is_draft=False, templates=templates)


@pytest.fixture
def township(sample):
    return sample("township-2017-as-published")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_that_computes_is_refused_before_it_does(what, township, sentences):
    with pytest.raises(LibraryError) as fault:
        rendered(FORBIDDEN[what], township, sentences)
    assert (fault.value.code, fault.value.details["fault"]) == ("template_broken", "forbidden")
    assert fault.value.details["line"] == 1


@pytest.mark.parametrize("what", EXCESS)
def test_a_template_without_end_is_stopped(what, township, sentences):
    with pytest.raises(LibraryError) as fault:
        rendered(EXCESS[what], township, sentences)
    assert (fault.value.code, fault.value.details["fault"]) == ("template_broken", "excess")


def test_templates_that_each_go_through_the_next_one_twice_are_stopped(township, sentences):
    twice = '{{% from "{0}.j2" import m with context %}}' * 2 + "{{% macro m() %}}{{% endmacro %}}"
    more = {f"{at}.j2": twice.format(at + 1) for at in range(DOUBLED)}
    more[f"{DOUBLED}.j2"] = "{% macro m() %}{% endmacro %}"
    with pytest.raises(LibraryError) as fault:
        rendered('{% from "0.j2" import m with context %}', township, sentences, **more)
    assert fault.value.details["fault"] == "excess"


def test_a_template_is_named_by_its_name_and_never_by_a_path(township, sentences, tmp_path):
    (tmp_path / "secret.j2").write_text("{% macro m() %}{% endmacro %}")
    for name in (str(tmp_path / "secret.j2"), "../narrative/phrases.j2"):
        with pytest.raises(LibraryError):
            rendered(f'{{% from "{name}" import m %}}', township, sentences)


def test_the_longest_report_is_far_from_any_bound(township, sentences):
    """Rows of two texts of 9,000 characters: more than an answer file can hold."""
    rows = tuple({"problem": "问" * 9_000, "measure": "措" * 9_000} for _ in range(99))
    answer = type(township.given["body_name"])(rows)
    answers = type(township)(township.edition, 2017, {**township.given, "problems": answer})
    report = rendered(township.edition.templates["6_problems.j2"], answers, sentences)
    assert sum(len(block.text) for block in report.blocks) > 1_700_000


def test_code_compiled_under_other_rules_is_not_taken_up(
    township, sentences, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    source = "{% set gap = '甲'.ljust(2) %}{{ body_name }}"
    with monkeypatch.context() as older:
        older.setattr(template_sandbox, "offences", lambda *_: ())
        older.setattr(templates, "_rules", lambda: b"older")
        older.setattr(template_sandbox.Sandbox, "call", ImmutableSandboxedEnvironment.call)
        assert rendered(source, township, sentences).blocks
    assert list(tmp_path.rglob("*.cache"))
    with pytest.raises(LibraryError):
        rendered(source, township, sentences)


def test_a_cache_that_others_may_write_to_is_not_used(township, sentences, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "nianbao").mkdir()
    (tmp_path / "nianbao").chmod(0o777)
    assert rendered("{{ body_name }}", township, sentences).blocks
    assert not list(tmp_path.rglob("*.cache"))


BOMBS = ["padding by a format", "macros that call twice"]


def short_of_room():
    """As a small office computer: 1 GB, and 10 seconds of work."""
    resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


@pytest.mark.parametrize("what", BOMBS)
def test_a_hostile_edition_ends_in_a_sentence(what, copy, nianbao):
    template = copy / EDITION / "narrative" / "1_overview.j2"
    bomb = {**FORBIDDEN, **EXCESS}[what]
    template.write_text(template.read_text("utf-8") + bomb, "utf-8")
    answers = SAMPLES / "township-2017-corrected" / "answers.yaml"
    run = nianbao("check", answers, "--templates", copy, preexec_fn=short_of_room)
    assert run.returncode == 2, run.stderr
    assert "1_overview.j2" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("code", ["errors.file_missing", "command.clean"])
def test_a_sentence_that_computes_is_not_said(code, copy):
    section, _, name = code.partition(".")
    path = copy / "wording.yaml"
    lines = path.read_text("utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"  {name}:"))
    lines[at] = f"  {name}: \"{{{{ '甲'.ljust(300000000) }}}}\""
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(LibraryError) as fault:
        Library(copy).sentences.say(code, path="答案.yaml")
    assert fault.value.details["fault"] == "forbidden"
    assert section


def test_a_sentence_is_short(copy):
    path = copy / "wording.yaml"
    text = path.read_text("utf-8").replace("  clean:", "  clean: 甲" + "{{ a }}" * 500 + " #", 1)
    path.write_text(text, "utf-8")
    with pytest.raises(LibraryError) as fault:
        _ = Library(copy).sentences
    assert fault.value.code == "library_shape"


def changed(copy, file, old, new):
    path = copy / EDITION / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


LINKED = [
    "beijing-2014/edition.yaml",
    "beijing-2014/facts.yaml",
    "beijing-2014/table/7_fees.yaml",
    "beijing-2014/narrative/5_fees.j2",
    "beijing-2014",
    "wording.yaml",
    "typography.yaml",
]


@pytest.mark.parametrize("name", LINKED)
def test_a_link_out_of_the_folder_is_not_followed(name, copy, tmp_path):
    """Else a report would print what stands in a file of the person who makes it."""
    place = copy / name
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    shelf = Library(copy)
    with pytest.raises(LibraryError) as fault:
        _ = (shelf.edition(EDITION), shelf.sentences, shelf.typography)
    assert fault.value.code == "library_elsewhere"


def test_a_link_within_the_folder_is_a_file_like_any_other(copy):
    place = copy / EDITION / "narrative" / "5_fees.j2"
    place.rename(copy / "fees.j2")
    place.symlink_to(copy / "fees.j2")
    assert "5_fees.j2" in Library(copy).edition(EDITION).templates


@pytest.mark.parametrize(
    "base", ["../beijing-2014", "/beijing-2014", "..", ".", "x/../y", "", "''"]
)
def test_the_edition_below_stands_in_the_same_folder(base, copy):
    shutil.copytree(copy / EDITION, copy.parent / EDITION)
    path = copy / "national-2014" / "edition.yaml"
    text = path.read_text("utf-8").replace(f"based_on: {EDITION}", f"based_on: {base}")
    path.write_text(
        text.replace("/beijing-2014", str(copy.parent / EDITION), base[:1] == "/"), "utf-8"
    )
    with pytest.raises(LibraryError) as fault:
        Library(copy).edition("national-2014")
    assert fault.value.details["shape"] == "based_on"


UNSEEN = {
    "marks of figures": ("narrative/5_fees.j2", "{% if", "\U000f0000\U000f0105甲\U000f0001{% if"),
    "a direction": ("facts.yaml", "label: 单位全称", "label: 单位\u202e全称"),
    "no width": ("edition.yaml", "title: ", "title: \u200b"),
    "a lost one": ("facts.yaml", "label: 单位全称", "label: 单位\ufffd全称"),
    "escaped in YAML": ("facts.yaml", "label: 单位全称", r'label: "单位\uE000全称"'),
    "a bell": ("checks.yaml", "code: R02", r'code: "R02\a"'),
    "escaped in a template": ("narrative/5_fees.j2", "{% if", r'{{ "\U000f0001" }}{% if'),
}


@pytest.mark.parametrize("what", UNSEEN)
def test_characters_that_nobody_sees_are_refused_with_their_line(what, copy):
    changed(copy, *UNSEEN[what])
    with pytest.raises(LibraryError) as fault:
        Library(copy).edition(EDITION)
    wanted = "lost" if "lost" in what else "escaped" if "\\" in UNSEEN[what][2] else "unseen"
    assert fault.value.code == f"library_{wanted}"
    assert fault.value.details["line"]
    said = open_library().sentences.say(f"errors.{fault.value.code}", **fault.value.details)
    assert not any(is_unseen(each) or each == UNREADABLE for each in said)


ROW = "- {{id: r{at}, kind: heading, label: 甲, parent: r{above}}}\n"
CELL = (
    "- {{id: {name}, kind: count, label: 甲, ask: 甲, unit: 件, short: 甲, computed: {computed}, "
    "help: {{brief: 甲, rule: {{text: 甲, basis: form, source: 甲}}, example: 甲}}}}\n"
)
CELLS = (
    "id: big\nkind: count\nunit: 件\n"
    "columns:\n"
    + "".join(f"  - {{id: c{at}, label: 甲}}\n" for at in range(45))
    + "rows:\n"
    + "".join(f"  - {{id: r{at}, kind: row, label: 甲, short: 甲}}\n" for at in range(45))
)
LARGE = {
    "a long template": (
        "narrative/5_fees.j2",
        "{% if",
        "甲" * 100_000 + "{% if",
        "string_too_long",
    ),
    "long templates": ("narrative/7_more.j2", "", "{{ year }}" * 9_500, "templates"),
    "many cells": ("table/z.yaml", "", CELLS, "cells"),
    "rows above each other": (
        "table/z.yaml",
        "",
        ROW.format(at=1, above=2) + ROW.format(at=2, above=1),
        "parent",
    ),
    "a row above itself": ("table/z.yaml", "", ROW.format(at=1, above=1), "parent"),
    "a large file": ("table/z.yaml", "", "#" * 1_000_000, "library_large"),
    "a long number": (
        "checks.yaml",
        'right: ["1000"]',
        f'right: ["{"9" * 5_000}"]',
        "string_too_long",
    ),
    "a large number": (
        "checks.yaml",
        'right: ["1000"]',
        'right: ["1e999999999"]',
        "string_pattern_mismatch",
    ),
    "a long year": (
        "checks.yaml",
        "when: [fees_collected>0]",
        f"when: [year>={'9' * 5_000}]",
        "value_error",
    ),
    "a large factor": (
        "checks.yaml",
        "  left: [funding]",
        "  left_times: 1e999\n  left: [funding]",
        "less_than_equal",
    ),
    "many operands": (
        "checks.yaml",
        "left: [funding]",
        'left: ["*", ' + "funding, " * 20_000 + "]",
        "operands",
    ),
    "a year before all": (
        "edition.yaml",
        "years: {first: 2014",
        "years: {first: -2014",
        "greater_than_equal",
    ),
    "a month too many": ("edition.yaml", "month: 3", "month: 13", "value_error"),
    "a long title": ("edition.yaml", "\ntitle: ", "\ntitle: " + "长" * 2_001, "string_too_long"),
}


@pytest.mark.parametrize("what", LARGE)
def test_an_edition_without_measure_is_refused(what, copy, sentences):
    file, old, new, said = LARGE[what]
    if old:
        changed(copy, file, old, new)
    else:
        (copy / EDITION / file).write_text(new, "utf-8")
    with pytest.raises(LibraryError) as fault:
        Library(copy).edition(EDITION)
    told = fault.value
    assert said in (told.code, told.details.get("shape"), told.details.get("what"))
    assert len(sentences.say(f"errors.{told.code}", **told.details)) < 500


def test_totals_of_totals_are_found_once_however_many_ways_lead_up(copy):
    """Each of forty totals counts in the next by two ways: one by one there would be no end."""
    names = (f"t{at}{side}" for at in range(DOUBLED) for side in "abc")
    rows = "".join(CELL.format(name=name, computed="yes") for name in names)
    (copy / EDITION / "table" / "z.yaml").write_text(rows, "utf-8")
    checks = copy / EDITION / "checks.yaml"
    sums = "".join(
        f"- {{code: Z{at:02}, variant: {side}, kind: sum, level: error, total: t{at}{side}, "
        f"parts: [{parts}], source: {{basis: form, text: 甲}}, "
        "passes: {answers: {}}, fails: {answers: {}}}\n"
        for at in range(DOUBLED)
        for side, parts in (
            ("a", f"t{at - 1}c" if at else "active_total"),
            ("b", f"t{at - 1}c" if at else "active_total"),
            ("c", f"t{at}a, t{at}b"),
        )
    )
    checks.write_text(checks.read_text("utf-8") + sums, "utf-8")
    totals = Library(copy).edition(EDITION).totals
    assert len(totals["active_total"]) == 3 * DOUBLED
