"""No silent wrong cell: what is read of a table is so, however the table was altered or copied.

`NIANBAO_MUTANTS=2000 NIANBAO_SEED=7 pytest -q -s tests/test_recognise.py` alters others.
"""

import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from random import Random

import pytest

from assistant.form.model import Edition
from assistant.report import make_report
from assistant.tables.cell_grid import CellGrid, GridCell
from assistant.tables.cell_texts import cuts, value_of
from assistant.tables.recognise import TableReading, recognise
from assistant.tables.text_rows import rows_of_text
from tests.published.corpus import MappedGrid, Report, Truth, mapped_grids, reports, truth_of
from tests.published.layouts import LAYOUTS, lines_of
from tests.published.mutants import KINDS, Mutant, mutate, truth_after
from tests.published.scoring import Counts, score, wrong_cells
from tests.tables import plain

SEED = int(os.environ.get("NIANBAO_SEED", "0"))
MUTANTS = int(os.environ.get("NIANBAO_MUTANTS", "30"))
"""Of each kind."""
MANNERS = ("cells", *LAYOUTS)
"""As a document gives them, and as lines of text; those with tabs are a copy out of one."""
TABLES = [(report, mapped) for report in reports() for mapped in mapped_grids(report)]

every_kind = pytest.mark.parametrize("kind", sorted(KINDS))
every_manner = pytest.mark.parametrize("manner", MANNERS)


def read(grid: CellGrid, manner: str, edition: Edition) -> TableReading:
    if manner == "cells":
        return recognise(grid, edition)
    return recognise(rows_of_text(lines_of(grid, manner)), edition)


def figures(found: TableReading, edition: Edition) -> dict:
    """The cells that count as read."""
    return {
        name: value_of(edition.cells[name], each.texts[0])
        for name, each in found.cells.items()
        if each.is_read
    }


def altered(kind: str) -> Iterator[tuple[str, Report, MappedGrid, Mutant]]:
    """The tables in turn that have a place for a kind; a mutant has a name that repeats it."""
    made = 0
    for number in count():
        report, mapped = TABLES[(number * 13 + len(kind)) % len(TABLES)]
        name = f"{SEED} {number}"
        mutant = mutate(mapped, kind, Random(name))
        if mutant is not None:
            yield f"{report.name} {name}", report, mapped, mutant
            made += 1
        if made == MUTANTS:
            return


def truth_in(manner: str, truth: Truth, kind: str, mapped: MappedGrid) -> Truth:
    """The truth as far as a copy shows it: 3 that stands twice in a row without borders is 33."""
    if manner != "glued" or kind != "cell doubled":
        return truth
    rows = Counter(row for row, _ in mapped.ids)
    alone = {name for (row, _), name in mapped.ids.items() if rows[row] == 1}
    accepted = {
        name: values | {Decimal(f"{each}{each}") for each in values if str(each).isdecimal()}
        for name, values in truth.accepted.items()
        if name in alone
    }
    return truth._replace(accepted=truth.accepted | accepted)


@pytest.fixture(scope="module")
def edition_2021(shelf) -> Edition:
    return shelf.edition("national-2021")


@every_kind
def test_no_cell_of_an_altered_table_is_read_wrong(shelf, kind):
    wrong = []
    read_right = 0
    for name, report, mapped, mutant in altered(kind):
        edition = shelf.edition(report.edition)
        truth = truth_after(truth_of(report, mapped.ids.values()), mutant)
        for manner in MANNERS:
            said = figures(read(mutant.grid, manner, edition), edition)
            shown = truth_in(manner, truth, kind, mapped)
            read_right += score(said, shown).right
            wrong += [(name, manner, cell, said[cell]) for cell in wrong_cells(said, shown)]
    assert wrong == []
    assert read_right > MUTANTS * 10, "nothing wrong is easy where nothing is read"


LEAST = {
    "cells": 0.98,
    "tabs": 0.85,
    "spaces": 0.8,
    "borders": 0.85,
    "one a line": 0.8,
    "glued": 0.7,
}
"""Of the figures of whole tables how many are read."""


@every_manner
def test_the_figures_of_a_whole_table_are_read(shelf, manner):
    total = Counts()
    for report, mapped in TABLES:
        edition = shelf.edition(report.edition)
        said = figures(read(mapped.grid, manner, edition), edition)
        truth = truth_of(report, mapped.ids.values())
        assert wrong_cells(said, truth) == [], report.name
        total += score(said, truth)
    assert total.right >= LEAST[manner] * (total.right + total.unread)


# --- What altered tables taught, one by one


def read_lines(edition: Edition, *lines: str) -> dict[str, str]:
    found = recognise(rows_of_text(lines), edition)
    return {name: each.texts[0] for name, each in found.cells.items() if each.is_read}


HEAD_2021 = "信息内容本年制发件数本年废止件数现行有效件数"


def test_digits_without_a_sum_are_cut_only_where_there_is_one_way(edition_2021):
    nothing = {"norm_made": "0", "norm_repealed": "0", "norm_valid": "0"}
    assert read_lines(edition_2021, HEAD_2021, "行政规范性文件000") == nothing
    assert read_lines(edition_2021, HEAD_2021, "行政规范性文件684") == {}, "6 and 84 as well"


def test_a_figure_beside_blank_cells_of_its_row_is_not_cut(edition_2021):
    head = tuple(map(GridCell, ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")))
    row = tuple(map(GridCell, ("行政规范性文件", "", "", "123")))
    found = recognise(CellGrid((head, row)), edition_2021).cells
    assert found["norm_valid"].texts == ("123",) and found["norm_valid"].is_read
    assert {found[name].why for name in ("norm_made", "norm_repealed")} == {"blank"}


def test_a_header_with_other_columns_proves_nothing(edition_2021):
    head = "信息内容", "本年处理决定数量"
    assert read_lines(edition_2021, *head, "行政处罚52") == {"penalty_decisions": "52"}
    older = "信息内容上一年项目数量本年增/减处理决定数量"
    assert read_lines(edition_2021, older, "行政处罚52346") == {}
    swapped = "信息内容 现行有效件数 本年制发件数 本年废止件数"
    assert read_lines(edition_2021, swapped, "行政规范性文件 9 3 2") == {}
    in_order = "信息内容 本年制发件数 本年废止件数 现行有效件数"
    assert len(read_lines(edition_2021, in_order, "行政规范性文件 3 2 9")) == 3


COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ORDERS = {
    "as the form has it": COLUMNS,
    "two swapped": ("自然人", "社会公益组织", "科研机构", "商业企业", *COLUMNS[4:]),
    "total first": ("总计", *COLUMNS[:-1]),
    "one gone": (*COLUMNS[:2], *COLUMNS[3:]),
    "one renamed": (*COLUMNS[:2], "事业单位", *COLUMNS[3:]),
    "one twice": (*COLUMNS[:4], "商业企业", *COLUMNS[5:]),
}
OPEN = {"自然人": 1, "商业企业": 2, "科研机构": 4, "社会公益组织": 8, "法律服务机构": 16,
        "其他": 32, "总计": 63, "事业单位": 4}  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_figures_stand_where_their_header_says_or_nowhere(edition_2021, order):
    head, row = ORDERS[order], [str(OPEN[name]) for name in ORDERS[order]]
    names = {
        column.label: f"open.{column.id}" for column in edition_2021.grids_by_id["requests"].columns
    }
    cells = tuple(map(GridCell, ("", *head))), tuple(map(GridCell, ("（一）予以公开", *row)))
    said = figures(recognise(CellGrid(cells), edition_2021), edition_2021)
    wanted = {names[name]: OPEN[name] for name in head if name in names}
    assert said == ({} if order == "one twice" else wanted)

    for lines in ([*head, "（一）予以公开", *row], [" ".join(head), " ".join(["予以公开", *row])]):
        found = recognise(rows_of_text(lines), edition_2021)
        said = figures(found, edition_2021)
        if order == "as the form has it":
            assert said == wanted
        else:
            assert said == {}
            assert {each.why for each in found.cells.values()} == {"columns"}


def test_a_row_whose_digits_fit_its_own_sum_alone_is_open(edition_2021):
    digits = "4213813142497"  # 421, 38, 1, 3, 14, 2, and 497 for 479
    assert cuts(digits, [7]) == [("421", "38", "1", "31", "4", "2", "497")]
    assert read_lines(edition_2021, f"1.本机关不掌握相关政府信息{digits}") == {}


def test_a_row_that_comes_twice_does_not_prove_itself(edition_2021):
    assert read_lines(edition_2021, "行政处罚 52", "行政处罚 52") == {}


def test_a_figure_over_several_columns_is_of_none(edition_2021):
    head = tuple(map(GridCell, ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")))
    for figures_of_row, wanted in (
        ([GridCell("52"), GridCell("3"), GridCell("46")], {"penalty_decisions"}),
        ([GridCell("52346", 3)], set()),
    ):
        grid = CellGrid((head, (GridCell("行政处罚"), *figures_of_row)))
        found = recognise(grid, edition_2021)
        assert {name for name, each in found.cells.items() if each.is_read} == wanted


def test_blank_lines_part_rows_and_only_between_figures_are_cells(edition_2021):
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", ""]
    row = ["行政规范性文件", "3", "2", "9", ""]
    assert len(read_lines(edition_2021, *head, *row)) == 3
    for lost in (1, 2, 3):
        assert read_lines(edition_2021, *head, *row[:lost], *row[lost + 1 :]) == {}
    parted = ["行政规范性文件", "", "3", "2", ""]
    assert read_lines(edition_2021, *head, *parted) == {}


def test_a_label_that_ends_with_a_column_is_no_damaged_row(edition_2021):
    lines = ["予以公开·其他\t件\t7", "其他处理（逾期不补正）·其他\t件\t7"]
    assert recognise(rows_of_text(lines), edition_2021).cells.keys() <= {
        "open.other_org",
        "other_no_correction.other_org",
    }


def test_a_large_table_that_ran_together_is_cut_by_all_its_sums(sample, sentences, edition_2021):
    answers = sample("city-2025-busy")
    table = next(each for each in make_report(answers, None, sentences, is_draft=False).tables
                 if len(each.rows) > 20)  # fmt: skip
    lines = list(map("".join, plain(table).rows))
    read_right = read_lines(edition_2021, *lines)
    assert len(read_right) == 175
    assert all(Decimal(text) == answers.numbers[name] for name, text in read_right.items())


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("（单位：万元）", "12"),
        ("（单位：元）", "0.0012"),
        ("（单位：亿元）", "120000"),
        ("", "12"),
    ],
)
def test_a_figure_is_in_the_unit_that_its_header_says(edition_2021, head, value):
    rows = ("信息内容", f"本年收费金额{head}"), ("行政事业性收费", "12")
    grid = CellGrid(tuple(tuple(map(GridCell, row)) for row in rows))
    assert figures(recognise(grid, edition_2021), edition_2021) == {"fee_amount": Decimal(value)}
    for lines in ([*rows[0], *rows[1]], [" ".join(row) for row in rows]):
        (found,) = recognise(rows_of_text(lines), edition_2021).cells.values()
        assert value_of(edition_2021.cells["fee_amount"], found.texts[0]) == Decimal(value)


def test_a_unit_that_is_none_of_money_makes_no_figure(edition_2021):
    rows = ("信息内容", "本年收费金额（单位：美元）"), ("行政事业性收费", "12")
    grid = CellGrid(tuple(tuple(map(GridCell, row)) for row in rows))
    assert figures(recognise(grid, edition_2021), edition_2021) == {}


def test_a_figure_over_blanks_beside_its_column_is_of_that_column(edition_2021):
    head = tuple(map(GridCell, ("信息内容", "本年处理决定数量", "", "")))
    grid = CellGrid((head, (GridCell("行政许可"), GridCell("\u200b52", 3))))
    assert figures(recognise(grid, edition_2021), edition_2021) == {"licence_decisions": 52}


def test_quotes_of_a_file_of_values_are_no_part_of_a_cell(edition_2021):
    assert read_lines(edition_2021, '"3.其他"\t1\t0\t0\t0\t0\t0\t1')["other_other.natural"] == "1"
