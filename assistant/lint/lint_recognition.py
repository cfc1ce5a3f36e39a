"""What a printed form says: its marks, the labels of its rows as published, the form before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from assistant.form.model import Edition, Fact, GridColumn, GridRow, Heading, Indicator
from assistant.form.model.edition import LABEL_DIGITS
from assistant.form.model.grids import Grid
from assistant.form.model.questions import Row
from assistant.lint.problems import ProblemList
from assistant.values.labels import folded_label, squeezed

_HEAD, _TABLE = "edition.yaml", "table"
_Labelled = Heading | Indicator | GridRow | GridColumn


def lint_labels(edition: Edition, problems: ProblemList) -> None:
    """The edition has a mark, and each label that tables print is that of one row or column."""
    if not edition.marks:
        problems.add(_HEAD, "no_mark")
    for lines in _tables(edition):
        owners = [(folded_label(line.label), line) for line in lines]
        for line in lines:
            for label in line.printed:
                _lint_label(label, line, owners, problems)
        owners_of_printed = [(folded_label(p), line) for line in lines for p in line.printed]
        for at, (label, line) in enumerate(owners_of_printed):
            for other, owner in owners_of_printed[:at]:
                if other == label:
                    problems.add(_TABLE, "printed_twice", name=line.id, other=owner.id, label=label)


def _tables(edition: Edition) -> Iterator[Sequence[_Labelled]]:
    """What may be told apart by labels alone: rows, and columns, of one table."""
    yield edition.rows
    for grid in edition.grids:
        yield grid.rows
        yield grid.columns


def _lint_label(
    label: str, line: _Labelled, owners: Iterable[tuple[str, _Labelled]], problems: ProblemList
) -> None:
    """Another label of a row or column is neither its own once more nor that of another."""
    for folded, owner in owners:
        if folded == folded_label(label):
            code = "printed_needless" if owner is line else "printed_twice"
            problems.add(_TABLE, code, name=line.id, other=owner.id, label=label)


def lint_kin(edition: Edition, others: Sequence[Edition], problems: ProblemList) -> None:
    """Marks and place are its own among all editions, and the edition that it follows is there."""
    for other in others:
        if _is_offered_like(edition, other) and edition.folder not in other.based_on:
            problems.add(_HEAD, "place_twice", place=edition.place, other=other.id)
        if _shares_marks(edition, other):
            continue
        labels = [squeezed(label) for label in _labels(other)]
        for mark in edition.marks:
            if any(squeezed(mark) in label for label in labels):
                problems.add(_HEAD, "mark_elsewhere", mark=mark, other=other.id)
    if edition.follows:
        _lint_follows(edition, {other.id: other for other in others}, problems)


def _is_offered_like(one: Edition, other: Edition) -> bool:
    """Whether both can be filled in for one year, where people choose between them by place."""
    is_offered = not (one.reading_only or other.reading_only) and one.years.meets(other.years)
    return is_offered and one.place == other.place


def _shares_marks(one: Edition, other: Edition) -> bool:
    """Whether one is based on the other and has its marks: by them nobody can tell them apart."""
    is_based = other.folder in one.based_on or one.folder in other.based_on
    return is_based and one.marks == other.marks


def _labels(edition: Edition) -> Iterator[str]:
    """Everything that the printed form of an edition says."""
    yield edition.form_title
    yield from edition.marks
    for grid in edition.grids:
        yield from (grid.title, grid.stub, grid.over)
        for column in grid.columns:
            yield from (column.label, column.group, *column.printed)
    for row in (*edition.rows, *(row for grid in edition.grids for row in grid.rows)):
        yield from (row.printed_label, *row.printed)


def _lint_follows(edition: Edition, others: dict[str, Edition], problems: ProblemList) -> None:
    """The form of the years before ends where this begins; what both ask is the same."""
    before = others.get(edition.follows)
    if before is None:
        problems.add(_HEAD, "unknown_id", owner="follows", name=edition.follows)
        return
    wanted = edition.years.first - 1
    if before.years.last != wanted:
        problems.add(_HEAD, "follows_years", other=before.id, year=wanted)
    for name in edition.questions.keys() & before.questions.keys():
        here, there = edition.questions[name], before.questions[name]
        if (here.kind, here.unit) != (there.kind, there.unit):
            file = "facts.yaml" if isinstance(here, Fact) else _TABLE
            problems.add(file, "follows_unlike", name=name, other=before.id)


def lint_official_labels(edition: Edition, problems: ProblemList) -> None:
    """Name every table whose labels are not those of the hash that the edition carries for it.

    An edition based on another needs no hashes: what it says of a table is its own.
    """
    made = _label_hashes(edition.rows, edition.grids)
    if edition.labels is None:
        if not edition.based_on:
            hashes = ", ".join(f"{name}: {value}" for name, value in made.items())
            problems.add(_HEAD, "labels_unhashed", hashes=hashes)
        return
    carried = edition.labels.sha256
    for name in carried.keys() - made.keys():
        problems.add(_HEAD, "unknown_id", owner="labels", name=name)
    for name, value in made.items():
        if carried.get(name) != value:
            source = edition.labels.source
            problems.add(_TABLE, "labels_altered", name=name, source=source, made=value)


def _label_hashes(rows: Iterable[Row], grids: Iterable[Grid]) -> Mapping[str, str]:
    """The first 16 digits of the SHA-256 of what each table prints but for numbers, line by line.

    Args:
        rows: Those of the annex; each of its parts counts as a table, by the id of its first row.
        grids: The tables of the sections, by their ids.
    """
    printed: dict[str, list[str]] = {}
    parts: dict[str, str] = {}
    for row in rows:
        part = parts[row.id] = parts.get(row.parent, row.id)
        unit = row.unit if isinstance(row, Indicator) else ""
        printed.setdefault(part, []).append(f"{row.number}\t{row.label}\t{unit}")
    for grid in grids:
        printed[grid.id] = [
            f"{grid.title}\t{grid.stub}\t{grid.over}",
            *(f"{column.group}\t{column.label}" for column in grid.columns),
            *(f"{row.number}\t{row.label}" for row in grid.rows),
        ]
    return {
        name: sha256("\n".join(lines).encode()).hexdigest()[:LABEL_DIGITS]
        for name, lines in printed.items()
    }
