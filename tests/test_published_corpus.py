"""The invented reports: each is what its data file says, in every format it is written in."""

from itertools import combinations

import pytest

from assistant.export.formats import READERS
from assistant.form.model import Balance, Sum
from tests.published.builders import BUILDERS, frame
from tests.published.corpus import NAMES, Table, figure, load, reports

FORMS = sorted({report.edition for report in reports()})


def edition_of(report, shelf):
    if report.edition not in shelf.edition_ids():
        pytest.skip(f"there is no edition {report.edition} yet")
    return shelf.edition(report.edition)


def broken_sums(report, edition):
    """The cells of each sum and balance of the form that its figures do not satisfy."""
    figures = report.cells
    for rule in edition.rules:
        if rule.level != "error" or not isinstance(rule, Sum | Balance):
            continue
        left = (rule.total,) if isinstance(rule, Sum) else rule.left
        right = rule.parts if isinstance(rule, Sum) else rule.right
        if any(figures.get(each) is None for each in (*left, *right)):
            continue
        if sum(figures[each] for each in left) != sum(figures[each] for each in right):
            yield {*left, *right}


def test_the_corpus_is_as_various_as_it_says():
    assert len(NAMES) == 12
    assert FORMS == ["beijing-2014", "national-2014", "national-2019", "national-2021"]
    clean = [report for report in reports() if report.is_clean]
    assert 4 <= len(clean) < len(NAMES)
    planted = [each for report in reports() for each in report.contradictions]
    assert {each.where for each in planted} == {"表内", "文表", "上下年"}
    years = {report.facts["year"] for report in reports() if report.edition == "national-2021"}
    assert years == {"2021", "2022", "2023", "2024", "2025"}


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_form_has_its_figure(name, shelf):
    report = load(name)
    assert set(report.cells) == set(edition_of(report, shelf).cells)
    assert {key for key in report.permitted if report.cells.get(key) is not None} == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_are_those_that_the_tables_print(name):
    report = load(name)
    seen = []
    for table in report.tables:
        for (row, at), cell in table.ids.items():
            number = figure(table.rows[row][at].text)
            seen.append(cell)
            if number is not None:
                assert number in (report.cells.get(cell), report.permitted.get(cell)), cell
            elif report.cells[cell] is not None:
                assert not table.rows[row][at].text.strip(), cell
    assert len(seen) == len(set(seen))
    told = {key for key, value in report.cells.items() if value is not None}
    assert told <= set(seen)


@pytest.mark.parametrize("name", NAMES)
def test_sums_fail_only_where_an_error_is_planted(name, shelf):
    report = load(name)
    planted = [each.cells for each in report.contradictions if each.where == "表内"]
    broken = list(broken_sums(report, edition_of(report, shelf)))
    assert [cells for cells in broken if not any(cells & each for each in planted)] == []


@pytest.mark.parametrize("name", NAMES)
def test_planted_errors_quote_the_report_and_name_its_cells(name):
    report = load(name)
    words = [part.text for part in report.parts if not isinstance(part, Table)]
    words += [cell.text for table in report.tables for row in table.rows for cell in row]
    for planted in report.contradictions:
        assert planted.cells <= set(report.cells)
        assert planted.cells or planted.words
        assert any(planted.words in text for text in words), planted.words
        assert planted.against in ("", report.previous)


def test_two_years_of_a_body_are_two_years():
    pairs = [(load(report.previous), report) for report in reports() if report.previous]
    assert pairs
    for before, after in pairs:
        assert before.facts["body"] == after.facts["body"]
        assert int(before.facts["year"]) + 1 == int(after.facts["year"])


def test_no_two_reports_tell_the_same():
    for one, other in combinations(reports(), 2):
        texts = [
            {
                part.text
                for part in each.parts
                if not isinstance(part, Table) and part.kind == "text"
            }
            for each in (one, other)
        ]
        assert len(texts[0] & texts[1]) <= (3 if one.name == other.previous else 0)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_of_a_table_fill_its_frame(name):
    for table in load(name).tables:
        assert all(slot.cell is not None for row in frame(table) for slot in row)
        assert 0 < table.head < len(table.rows)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("manner", sorted(BUILDERS))
def test_the_readers_of_the_project_find_every_figure_in_every_format(name, manner, tmp_path):
    report, builder = load(name), BUILDERS[manner]
    suffix = builder.suffix.rpartition(".")[2]
    path = tmp_path / f"{name}.{builder.suffix}"
    path.write_bytes(builder.build(report))
    text = squeezed("\n".join(READERS[suffix](path).lines))
    for table in report.tables:
        for row in table.rows:
            if manner == "txt-glued":
                assert squeezed("".join(cell.text for cell in row)) in text
            assert [cell.text for cell in row if squeezed(cell.text) not in text] == []
    if builder.has_text:
        told = [part.text for part in report.parts if not isinstance(part, Table)]
        assert [each for each in told if squeezed(each) not in text] == []


def squeezed(text):
    return "".join(text.replace("<br>", "").split())
