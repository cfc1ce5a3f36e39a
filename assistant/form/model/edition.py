"""One official form with its questions, checks and narrative, and for which years it holds."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from assistant.form.entry import Limits, Strict, wrong_shape
from assistant.form.model.by_year import Deadline, LegalBasis, OutdatedTerm, Years
from assistant.form.model.claim_words import ClaimWords
from assistant.form.model.form_index import FormIndex, Line
from assistant.form.model.questions import Fact, Indicator, Question, Rule
from assistant.storage.errors import LibraryError

_TEMPLATES_LIMIT = 100_000
"""Characters of all templates; those at hand have a tenth of it."""
_CELLS_LIMIT = 2_000
"""Numbers of the form; the largest at hand has 200."""
_CHECKS_LIMIT = 500
_OPERANDS_LIMIT = 1_000_000
"""Operands of all checks, times the cells where a check runs over rows or columns."""
LABEL_DIGITS = 16
"""Of the hash of a table's labels: enough to notice a slip, which is all that it is for."""
_FIRST_CELL = re.compile(r"[\[+/]")
"""What ends the first cell of a reference."""


class Section(Strict):
    """One of the numbered sections of the narrative."""

    title: str
    template: str = ""
    """Empty where nothing is written, in a form that can only be read."""
    tables: tuple[str, ...] = ()
    """Ids of the grids that are printed behind its text."""
    texts: dict[str, str] = field(default_factory=dict)
    """Own texts by the heading within the section that their words stand under, in a form without
    templates; under `""` the one for all other words."""


class Department(Strict):
    """Who in a body usually has some of the answers."""

    name: str
    """What it does, for bodies call it differently: 财务机构."""
    questions: tuple[str, ...]
    """Ids of facts, of tables and rows with all that is asked in them."""
    source: str
    """Why those; no form says it."""


class Term(Strict):
    """What a term of the field means, for those who ask in the conversation."""

    words: tuple[str, ...]
    rule: Rule


class OfficialLabels(Strict):
    """The labels of every table as they were when somebody held them against their source."""

    source: str
    sha256: dict[str, Annotated[str, Limits(pattern=rf"^[0-9a-f]{{{LABEL_DIGITS}}}$")]]
    """The first digits of a hash, by table, as `lint` makes it."""


class Roles(Strict):
    """Which facts the program itself must know, by id; all else it takes from the data as it is.

    Every role is needed, and no two are played by one fact; the loader sees to it.
    """

    body_name: str
    """The line with the full name of the body: asked first, names the file and the screen."""
    body_kind: str
    """The choice of the kind of body, whose options `deadlines` name."""
    signature_date: str
    """The date that the check of kind `signed` holds against the deadline."""


ROLE_KINDS = {"body_name": "line", "body_kind": "choice", "signature_date": "date"}
"""The kind that the fact of each role must have."""


class Edition(FormIndex):
    """Everything `prompts_templates/‹id›/` says, checked and frozen."""

    id: str
    title: str
    place: str
    """Where it holds, as people say it."""
    is_special: bool = False
    """It holds for its place alone; elsewhere the edition of the year that is not special does."""
    years: Years
    reading_only: bool = False
    """Published reports are read with it, and it is last year's form; no report is written."""
    follows: str = ""
    """Id of the form of the years before, whose files can be last year's; empty for none."""
    marks: tuple[str, ...] = ()
    """Phrases by which its printed form is recognised among all."""
    reconstructed: str = ""
    """Why its rows are not certain; empty where the printed form was at hand."""
    labels: OfficialLabels | None = None
    """What tells the labels of its tables as published; an edition based on another needs none."""
    form_title: str = ""
    """Title of the statistical table, an annex; empty when all tables stand in sections."""
    roles: Roles
    preamble: str = ""
    """Template of title and preamble; empty as those of the sections."""
    sections: tuple[Section, ...]
    legal: tuple[LegalBasis, ...]
    deadlines: tuple[Deadline, ...]
    outdated: tuple[OutdatedTerm, ...]
    departments: tuple[Department, ...] = ()
    """Whom collection sheets go to; what none of them has is left to who writes the report."""
    terms: tuple[Term, ...] = ()
    claims: ClaimWords = field(default_factory=ClaimWords)
    """What running text calls the figures, beside the names that the form prints."""
    folder: str
    """Where it was read from, for complaints about templates."""
    made_of: str = ""
    """A hash of its files, for what is worked out of them and kept."""
    based_on: tuple[str, ...] = ()
    """Folders of the editions whose entries it shares, nearest first; none when it stands alone."""
    omitted: frozenset[str] = frozenset()
    """Ids and codes of those editions which it leaves out."""

    def __post_init__(self) -> None:
        """See that whatever goes through it comes to an end.

        Raises:
            LibraryError: It is larger than one can be that is meant to be used, or a row stands in
                none or in one that stands below it.
        """
        cells = sum(len(grid.lines) * len(grid.columns) for grid in self.grids) + len(self.rows)
        operands = sum(
            len(check.operands) * (cells if any("*" in each for each in check.operands) else 1)
            for check in self.checks
        )
        for what, count, limit in (
            ("templates", sum(map(len, self.templates.values())), _TEMPLATES_LIMIT),
            ("cells", cells, _CELLS_LIMIT),
            ("checks", len(self.checks), _CHECKS_LIMIT),
            ("operands", operands, _OPERANDS_LIMIT),
        ):
            if count > limit:
                raise LibraryError("library_bound", path=self.folder, what=what, limit=limit)
        seen = {""}
        for row in (*(row for grid in self.grids for row in grid.rows), *self.rows):
            if row.parent not in seen:
                path = Path(self.folder) / "table"
                raise wrong_shape(path, f"{row.id} → parent → {row.parent}", "parent")
            seen.add(row.id)

    @cached_property
    def own_texts(self) -> tuple[Fact, ...]:
        """All facts whose words are the body's own, those of passages behind the others."""
        return tuple(f for f in (*self.facts, *self.wordings.values()) if f.span == "own")

    @cached_property
    def self_name(self) -> Fact | None:
        """What the body calls itself, 本镇, where its kind does not say it; `None` if not asked."""
        return next((fact for fact in self.facts if fact.or_else == self.roles.body_kind), None)

    @cached_property
    def self_names(self) -> tuple[str, ...]:
        """What bodies may call themselves: the words of the kinds, then those suggested."""
        kind, own = self.questions[self.roles.body_kind], self.self_name
        options = kind.options if isinstance(kind, Fact) else ()
        named = (*(option.text for option in options), *(own.suggested if own else ()))
        return tuple(dict.fromkeys(filter(None, named)))

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its files stand: in its own folder, else in those of editions it is based on."""
        return tuple(map(Path, (self.folder, *self.based_on)))

    def __repr__(self) -> str:
        """The name alone; all the rest would fill pages."""
        return f"Edition({self.id!r})"

    def __hash__(self) -> int:
        """Hash by identity: an edition is read once and never rebuilt."""
        return id(self)

    def topic_of(self, text: str) -> str:
        """The own text whose topics of `claims.yaml` a text has: of wording that of its passage."""
        fact = self.wordings.get(text)
        return text if fact is None else self.passages_by_id[fact.passage].topic

    def ancestors(self, row: Line) -> Iterator[Line]:
        """The rows above a row, nearest first; those of a cell begin with its own row."""
        while row.parent:
            row = self.rows_by_id[row.parent]
            yield row

    def depth(self, row: Line) -> int:
        """Level of a row below the part it belongs to; 0 for the part itself."""
        return sum(1 for _ in self.ancestors(row))

    def place_of(self, cell: str) -> str:
        """Where a cell stands in the form, 三、（一）1.; empty for facts."""
        row = self.rows_by_id.get(cell)
        if row is None:
            return ""
        numbers = [above.number for above in self.ancestors(row)]
        place = "".join(reversed(numbers)) + row.number
        grid = self.grids_by_id.get(row.grid) if isinstance(row, Indicator) else None
        return place.rstrip("、：") or (grid.title if grid else "")

    def part_title(self, question: Question) -> str:
        """The part of the form that a question belongs to; empty for facts before and after."""
        grid = question.place if isinstance(question, Fact) else question.grid
        if grid in self.grids_by_id:
            return next(each.title for each in self.sections if grid in each.tables)
        if isinstance(question, Fact):
            return ""
        return [question, *self.ancestors(question)][-1].printed_label

    def departments_of(self, name: str) -> tuple[str, ...]:
        """The departments that usually have the answer to a question; lint wants one at most."""
        question = self.asked[name]
        if isinstance(question, Fact):
            own = {name, question.place}
        else:
            own = {name, question.grid, *(each.id for each in self.ancestors(question))}
        return tuple(d.name for d in self.departments if not own.isdisjoint(d.questions))

    def owner(self, cell: str) -> str:
        """The question that a cell belongs to, itself or that of a list column or derived figure.

        `owner("categories.count")` is `categories`, `owner("open.total.rate")` is `open.total`,
        `owner("categories[财务]")` is `categories`, `owner("open.total/result_total.total")`
        is `open.total`.
        """
        if cell in self.figures:  # nearly every one
            return cell
        name = cell = _FIRST_CELL.split(cell, maxsplit=1)[0]
        while name and name not in self.figures and name not in self.questions:
            name = name.rpartition(".")[0]
        return name or cell.partition(".")[0]

    def question_of(self, cell: str) -> str:
        """The question to go to for a cell: of a computed one, the first it is made of."""
        owner = self.owner(cell)
        while owner in self.sums:
            owner = self.sums[owner][0]
        return owner

    def asked_in(self, cells: Iterable[str]) -> Iterator[str]:
        """The asked cells that some cells are made of; one that is asked is itself."""
        for cell in cells:
            parts = self.sums.get(cell)
            yield from self.asked_in(parts) if parts else (cell,)

    def name(self, cell: str) -> str:
        """What messages call an answer, a list column included."""
        fact, _, entry = cell.partition("[")
        if entry:
            return f"{self._names.get(fact, fact)}·{entry.removesuffix(']')}"
        return self._names.get(cell) or self._names.get(self.owner(cell), cell)

    def line_name(self, line: str) -> str:
        """What messages call a row or column of a grid; empty for none."""
        return self._line_names.get(line, "")

    def quoted(self, cells: Iterable[str]) -> str:
        """The names of answers as sentences list them, 「收到申请数」、「年末实有申请数」."""
        return "、".join(f"「{self.name(cell)}」" for cell in cells)

    def quoted_sum(self, cells: tuple[str, ...]) -> str:
        """The names of cells that are counted together: of all rows under a heading its label."""
        return self.quoted(self.together(cells))

    def together(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The sum of a heading where some cells are all under it, else the cells themselves."""
        name = self._sums_by_cells.get(frozenset(cells))
        return (name,) if name else cells

    def unit(self, cell: str) -> str:
        """Unit of an answer, list column or row of a list, `categories[财务]`; empty for text."""
        unit = self.numeric.get(cell)
        if unit is not None:
            return unit
        fact, bracket, _ = cell.partition("[")
        question = self.questions.get(fact)
        if bracket:
            columns = question.columns if isinstance(question, Fact) else ()
            return next((column.unit for column in columns if column.kind == "count"), "")
        return question.unit if question else ""

    def legal_names(self, year: int) -> Mapping[str, str]:
        """The laws and documents a report of this year may cite, by template name."""
        return next((basis.names for basis in self.legal if year in basis.years), {})

    def deadline(self, year: int, kind: str = "") -> Deadline | None:
        """The last day of publication for a report year, where the law names one.

        Args:
            year: The report year.
            kind: The kind of body by id; without it only what holds for all is found.
        """
        fitting = (each for each in self.deadlines if year in each.years)
        return next((each for each in fitting if not each.kinds or kind in each.kinds), None)
