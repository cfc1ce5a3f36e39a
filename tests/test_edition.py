"""The shipped edition against the official form, printed out beside these tests."""

import csv
import re
from pathlib import Path

import pytest

from assistant.form.loader import Library
from assistant.form.model import Edition, Indicator

DATA = Path(__file__).parent / "data"
"""Holds every row of each form as printed: order, id, parent, kind, unit, full label."""
LEVELS = {
    **{f"R{number:02}": "error" for number in range(1, 12)},
    **dict.fromkeys(("L01", "L02", "L03"), "confirm"),
    **{f"S{number:02}": "notice" for number in range(1, 21)},
    **dict.fromkeys(("S03", "S05"), "confirm"),
    **dict.fromkeys(("T01", "T02", "T03"), "confirm"),
    "M01": "error",
    "M02": "confirm",
}


def printed_form(name: str = "beijing-2014") -> list[dict[str, str]]:
    with (DATA / f"form-{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", ["beijing-2014", "national-2014"])
def test_the_edition_prints_the_form_row_by_row(shelf: Library, name: str) -> None:
    edition = shelf.edition(name)
    shipped = [
        {
            "order": str(order),
            "id": row.id,
            "parent": row.parent,
            "kind": row.kind,
            "unit": row.unit if isinstance(row, Indicator) else "",
            "label": row.printed_label,
        }
        for order, row in enumerate(edition.rows, start=1)
    ]
    assert shipped == printed_form(name)


def test_the_national_form_of_65_rows_says_that_it_is_reconstructed(shelf: Library) -> None:
    national = shelf.edition("national-2014")
    assert len(national.rows) == 65
    assert national.reconstructed
    assert "还原" in national.title
    assert not shelf.edition("beijing-2014").reconstructed


def test_what_two_editions_share_is_written_once(shelf: Library) -> None:
    beijing, national = shelf.edition("beijing-2014"), shelf.edition("national-2014")
    assert national.facts[0] == beijing.facts[0]
    assert {check.key for check in beijing.checks} - {check.key for check in national.checks} == {
        "R11",
        "L01",
        "S05",
    }
    unlike = [row.id for row in national.rows if row not in beijing.rows]
    assert unlike == ["channels"]


def test_what_was_looked_up_makes_no_row_another(shelf: Library) -> None:
    beijing, national = shelf.edition("beijing-2014"), shelf.edition("national-2014")
    row = next(each for each in beijing.rows if each in national.rows)
    like = next(each for each in national.rows if each == row)
    for name in vars(type(row)):
        getattr(row, name)
    assert row == like


def test_of_78_rows_71_take_a_value(edition: Edition) -> None:
    assert len(edition.rows) == 78
    assert len(edition.indicators) == 71
    assert sum(item.kind == "amount" for item in edition.indicators) == 2


def test_amounts_are_in_ten_thousand_yuan_and_nothing_else_is(edition: Edition) -> None:
    for item in edition.indicators:
        assert (item.kind == "amount") == (item.unit == "万元"), item.id


def test_every_parent_stands_above_its_rows_and_no_part_of_the_form_is_left_out(
    edition: Edition,
) -> None:
    above: set[str] = set()
    for row in edition.rows:
        assert row.parent == "" or row.parent in above, row.id
        above.add(row.id)
    tops = [row.number for row in edition.rows if not row.parent]
    assert tops == [f"{number}、" for number in "一二三四五六七八九"]


def test_place_names_lead_to_the_row(edition: Edition) -> None:
    assert edition.place_of("received_in_person") == "三、（一）1."
    assert edition.place_of("refuse_state_secret") == "三、（三）4.其中"
    assert edition.place_of("complaints_total") == "六"
    assert edition.place_of("own_1") == ""


@pytest.mark.parametrize(("code", "level"), LEVELS.items())
def test_every_rule_of_the_form_is_shipped_with_its_level(
    edition: Edition, code: str, level: str
) -> None:
    shipped = [check for check in edition.checks if check.code == code]
    assert {check.level for check in shipped} == {level}


def test_every_rule_says_what_it_rests_on_and_inferred_ones_are_no_errors_of_the_form(
    edition: Edition,
) -> None:
    for check in edition.checks:
        assert check.source.text, check.key
        if check.code[0] == "R":
            assert check.source.basis == "form", check.key
        if check.code[0] in "LS":
            assert check.source.basis != "form", check.key
    assert len({check.key for check in edition.checks}) == len(edition.checks)


def test_the_listed_parts_are_all_the_parts_the_form_has(edition: Edition) -> None:
    """Each sum takes in every row printed below its total, numbered or not."""
    for check in edition.checks:
        if check.kind == "sum" and check.total in {"received_total", "completed_total"} | {
            "replied_total", "reply_refuse", "review_total", "litigation_total", "staff_total",
            "key_total",
        }:  # fmt: skip
            below = [row["id"] for row in printed_form() if row["parent"] == check.total]
            assert list(check.parts) == below, check.key


def test_every_indicator_can_be_asked_and_explained(edition: Edition) -> None:
    for item in edition.indicators:
        assert item.ask.endswith("？"), item.id
        assert item.short, item.id
        assert item.help.brief, item.id
        assert item.help.rule.text, item.id
        assert item.help.rule.basis in ("form", "article", "local", "inferred"), item.id
        assert item.help.rule.source, item.id
        assert item.help.example, item.id
        assert item.aliases, item.id
        assert item.initials.isascii(), item.id
        assert item.initials.islower(), item.id


def test_every_fact_can_be_asked_and_explained(edition: Edition) -> None:
    for fact in edition.facts:
        assert "？" in fact.ask, fact.id
        assert fact.help.brief, fact.id
        assert fact.help.rule.text, fact.id
        assert fact.help.rule.source, fact.id
        assert fact.help.example, fact.id
        assert fact.aliases, fact.id
        assert fact.initials.isascii(), fact.id


def test_no_alias_and_no_initials_belong_to_two_questions(edition: Edition) -> None:
    owners: dict[str, set[str]] = {}
    for name, question in edition.asked.items():
        for word in {*question.aliases, question.initials}:
            owners.setdefault(word, set()).add(name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


def test_inferred_help_says_that_it_is_inferred_and_nothing_else_does(edition: Edition) -> None:
    for question in edition.asked.values():
        rule = question.help.rule
        is_said = "推断" in rule.source and "以主管部门口径为准" in rule.source
        assert is_said == (rule.basis == "inferred"), question.id


def test_help_that_rests_on_an_article_or_the_form_names_the_place(edition: Edition) -> None:
    for question in edition.asked.values():
        rule = question.help.rule
        if rule.basis == "article":
            assert "第" in rule.source or "号" in rule.source, question.id
        elif rule.basis == "form":
            assert rule.source.startswith("统计表"), question.id


@pytest.mark.parametrize("year", range(2014, 2019))
def test_each_year_has_the_law_of_its_time_and_a_deadline(edition: Edition, year: int) -> None:
    names = edition.legal_names(year)
    assert names["regulation"] == "《中华人民共和国政府信息公开条例》"
    assert names["articles"] == "第三十一条、第三十二条"
    assert "国办发〔2014〕32号" in names["form_document"]
    assert not any("2019" in name or "2021" in name for name in names.values())
    deadline = edition.deadline(year)
    assert deadline is not None
    assert (deadline.month, deadline.day) == (3, 31)
    outdated = {term.words for term in edition.outdated if year in term.years}
    assert {"国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号", "国务院令第711号"} <= outdated


@pytest.mark.parametrize("year", [2013, 2019])
def test_other_years_are_not_of_this_edition(edition: Edition, year: int) -> None:
    assert year not in edition.years
    assert edition.legal_names(year) == {}
    assert edition.deadline(year) is None


@pytest.mark.parametrize("edition_id", ["beijing-2014", "national-2014", "national-2021"])
def test_help_tells_to_choose_only_what_can_be_chosen(edition_id: str, shelf: Library) -> None:
    for fact in shelf.edition(edition_id).facts:
        options = {option.label for option in fact.options}
        options |= {option.label for column in fact.columns for option in column.options}
        if not options:
            continue
        told = f"{fact.ask} {fact.help.brief} {fact.help.rule.text} {fact.help.example}"
        assert not re.search("选(?!那)[^“。；，]*(?:政府|部门|机关)", told), fact.id
        chosen = re.findall(r"选((?:“[^”]+”和?)+)", told)
        named = {word for group in chosen for word in re.findall("“([^”]+)”", group)}
        assert named <= options, fact.id
