"""The measures of reading: what counts as read, what as wrong, and mutants that are fair."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

import pytest

from tests.published.corpus import (
    MappedGrid,
    Report,
    Truth,
    figure,
    load,
    mapped_grids,
    reports,
    truth_of,
)
from tests.published.mutants import KINDS, mutants, mutate, truth_after
from tests.published.scoring import Audited, Counts, audited, score, wrong_cells

TRUTH = Truth(
    {"a": frozenset({Decimal(1)}), "b": frozenset({Decimal("0.5")})}, {"c": frozenset({Decimal(0)})}
)


@pytest.mark.parametrize(
    ("read", "counts"),
    [
        ({}, Counts(unread=2)),
        ({"a": "1", "b": "0.50"}, Counts(right=2)),
        ({"a": 1, "b": Decimal("0.5"), "c": 0}, Counts(right=2)),
        ({"a": "2", "b": None}, Counts(wrong=1, unread=1)),
        ({"a": {"1", "11"}, "b": ["5", "50"]}, Counts(wrong=1, possible=1)),
        ({"a": "1", "b": "0.5", "c": "3", "d": "7"}, Counts(right=2, wrong=2)),
        ({"a": "一", "b": set()}, Counts(wrong=1, unread=1)),
    ],
)
def test_a_cell_is_right_wrong_unread_or_possible(read, counts):
    assert score(read, TRUTH) == counts


def test_findings_are_compared_with_what_was_planted():
    report = load("bureau-2023")
    about = {"part": "文表", "cells": ["open.total"], "text": "…"}
    quoted = {"part": "表内", "text": "写的是“行政复议4件，均获维持”"}
    false = {"part": "文表", "code": "T01", "cells": ["carried_in.total"]}
    not_understood = {"part": "没读懂", "text": "…"}
    assert audited([], report).counts == Audited(missed=2)
    result = audited([about, quoted, false, not_understood], report)
    assert result.counts == Audited(found=1, elsewhere=1, false=1)
    assert result.false == (false,)
    assert audited([], report, has_text=False).counts == Audited()


def as_printed(mapped: MappedGrid):
    """Every figure where it stands."""
    return {name: figure(mapped.grid.rows[row][at].text) for (row, at), name in mapped.ids.items()}


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.name)
def test_who_reads_what_stands_there_is_right(report):
    total = Counts()
    for mapped in mapped_grids(report):
        total += score(as_printed(mapped), truth_of(report, mapped.ids.values()))
    assert (total.wrong, total.possible) == (0, 0)
    assert total.right + total.unread == len(report.truth.accepted)
    blanks = {"town-2021": 147, "bureau-2023": 21}
    assert total.unread == blanks.get(report.name, 0)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mutant_is_altered_always_the_same_and_has_its_place(kind):
    made = 0
    for report in reports():
        for mapped in mapped_grids(report):
            one, again = (mutate(mapped, kind, Random(7)) for _ in range(2))
            assert one == again
            if one is not None:
                made += 1
                assert one.grid != mapped.grid
                assert {*one.readings, *one.loose} <= set(mapped.ids.values())
    assert made >= 10


PLACES_KEPT = ("cells swapped", "labels swapped", "digit changed")
HEADS_CHANGED = (
    "header labels swapped", "group labels swapped", "columns swapped", "groups swapped",
)  # fmt: skip


def wrong_as_printed(report: Report, kind: str) -> Iterator[list[str]]:
    """What who reads altered tables of a report as they stand reads wrong, table by table."""
    for mapped in mapped_grids(report):
        truth = truth_of(report, mapped.ids.values())
        for seed in range(20):
            mutant = mutate(mapped, kind, Random(seed))
            if mutant is not None:
                read = as_printed(mapped._replace(grid=mutant.grid))
                yield wrong_cells(read, truth_after(truth, mutant))


@pytest.mark.parametrize("kind", PLACES_KEPT)
def test_who_reads_an_altered_table_as_it_stands_is_not_wrong(kind):
    for report in reports():
        assert not any(wrong_as_printed(report, kind))


@pytest.mark.parametrize("kind", HEADS_CHANGED)
def test_who_reads_past_a_changed_header_is_wrong(kind):
    caught = sum(map(bool, wrong_as_printed(load("district-2024"), kind)))
    assert caught >= 10


def test_who_goes_on_as_if_nothing_had_been_altered_is_wrong():
    report = load("district-2024")
    mapped = mapped_grids(report)[1]
    truth = truth_of(report, mapped.ids.values())
    old = as_printed(mapped)
    for seed in range(20):
        mutant = mutate(mapped, "digit changed", Random(seed))
        assert len(wrong_cells(old, truth_after(truth, mutant))) == 1


def test_who_counts_cells_from_the_left_is_wrong_when_one_is_lost():
    report = load("district-2024")
    mapped = mapped_grids(report)[1]
    truth = truth_of(report, mapped.ids.values())
    caught = 0
    for seed in range(50):
        mutant = mutate(mapped, "cell dropped", Random(seed))
        rows = tuple((*row, row[-1]) for row in mutant.grid.rows)
        read = as_printed(mapped._replace(grid=mutant.grid._replace(rows=rows)))
        caught += bool(wrong_cells(read, truth_after(truth, mutant)))
    assert caught >= 25


def test_mutants_come_in_any_number():
    mapped = mapped_grids(load("zone-2025"))[4]
    made = list(mutants(mapped, 1, 220))
    assert made == list(mutants(mapped, 1, 220))
    assert {kind for kind, _ in made} == set(KINDS) - {"group labels swapped", "groups swapped"}
    assert len(made) > 180
