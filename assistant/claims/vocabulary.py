"""The words of an edition for its figures: what each means, and which figure several mean."""

import operator
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Literal, NamedTuple

from assistant.claims.line import legible
from assistant.form.model import ClaimWords, Edition, Grid, GridRow, Heading, Indicator, Sum, Topic
from assistant.values import NUMBERS, find_numbers
from assistant.values.grouping import grouped
from assistant.values.language import words_for

Kind = Literal[
    "word",  # means something of the form
    "passing",  # narrows nothing
    "with",  # 和, 、 between what is counted together
    "report",  # 今年
    "last_year",
    "other_time",
    "plan",
    "scope",  # 各村
    "part",  # 另有
    "change",  # 比上年增加
    "level",  # 增加到
    "share",  # 占
    "rate",  # 率
    "none",  # 未
    "all",  # 均
    "unknown",
    "except",  # 除
    "among",  # 其中, 中
    "means",  # 通过
    "case",  # 案件
    "of",  # 的
    "back",  # 有关申请: what was spoken of before
    "way",  # 网络, 信函: three of them are all there are
    "each",  # 分别
    "sum",  # 合计
    "include",  # 含
    "such",  # 等
]
_MEANINGS: tuple[tuple[Kind, str], ...] = (
    ("passing", "passing"),
    ("passing", "list_marks"),
    ("report", "time_of_report"),
    ("last_year", "time_of_last_year"),
    ("other_time", "time_of_others"),
    ("plan", "time_of_plans"),
    ("scope", "scope_of_others"),
    ("with", "counted_with"),
    ("part", "part_only"),
    ("change", "change_words"),
    ("level", "level_words"),
    ("share", "share_words"),
    ("rate", "rate_words"),
    ("none", "said_none"),
    ("all", "said_all"),
    ("except", "said_not_of_all"),
    ("way", "ways_to_apply"),
    ("among", "among_words"),
    ("means", "means_words"),
    ("case", "case_words"),
    ("of", "of_words"),
    ("back", "back_words"),
    ("each", "dealt_out"),
    ("sum", "sum_words"),
    ("include", "included_words"),
    ("such", "behind_examples"),
)
YEAR = "\0"
"""Where a word names a year by its digits."""
_COUNT = "数"
"""How labels end that say what they count: 其他情形数."""
_IN_NAMES = (
    "word",
    "passing",
    "sum",
    "include",
    "with",
    "report",
    "among",
    "back",
    "means",
    "case",
    "of",
)
Meaning = frozenset[str]
"""What a name means: the words it is made of, each by the one that stands for it."""


class Entry(NamedTuple):
    """A word that is known."""

    kind: Kind
    meaning: Meaning = frozenset()


class Name(NamedTuple):
    """A name of figures, cells or whole rows."""

    meaning: Meaning
    readings: tuple[tuple[str, ...], ...]
    """Each the cells that are counted together, the likeliest first."""
    topic: str
    rows: tuple[tuple[str, ...], ...] = ()
    """By reading the rows of a table that it totals, if it does; a column may narrow it further."""
    is_printed: bool = False
    """Made of the printed form, not listed in `claims.yaml`, which comes first."""
    group: Meaning = frozenset()
    """What the heading above says, which may stand beside it: 因国家秘密[不予公开]."""
    perhaps: tuple[tuple[str, ...], ...] = ()
    """Readings that a person must look at."""


class ColumnName(NamedTuple):
    """A name of columns of a table."""

    meaning: Meaning
    grid: str
    columns: tuple[str, ...]


class Rate(NamedTuple):
    """A rate that has a name of its own, 办结率."""

    part: tuple[str, ...]
    whole: tuple[str, ...]
    topic: str


class _Printed(NamedTuple):
    """A name that the form prints."""

    name: str
    cells: tuple[str, ...]
    rows: tuple[str, ...] = ()
    heading: str = ""


class Vocabulary:
    """All words of an edition, compiled once."""

    def __init__(self, edition: Edition) -> None:
        """Compile them."""
        self.edition = edition
        self.entries: dict[str, Entry] = {}
        self._sizes: dict[str, list[int]] = {}
        self.names: list[Name] = []
        self.columns: list[ColumnName] = []
        self.none_if_all: list[Name] = []
        self.rates: dict[Meaning, Rate] = {}
        self._counts = {
            fact.id: f"{fact.id}.{column.id}"
            for fact in edition.facts
            for column in fact.columns
            if column.kind == "count"
        }
        self.grid_of = {row.id: grid for grid in edition.grids for row in grid.lines}
        self.topics = {topic.id: topic for topic in edition.claims.topics}
        self._take_words(edition.claims)
        self.nouns = {t.id: frozenset(map(_key, t.nouns)) for t in edition.claims.topics}
        self.beside = {
            t.id: frozenset(w for each in t.beside for w in self.meaning_of(each) or (_key(each),))
            for t in edition.claims.topics
        }
        self._take_named(edition.claims)
        for topic in edition.claims.topics:
            self._take_printed(topic)
        sums = [rule for rule in edition.rules if isinstance(rule, Sum)]
        self.totals = frozenset(rule.total for rule in sums)
        self.parts = frozenset(part for rule in sums for part in rule.parts)
        self.titled = list(_before_numbers(self.entries))
        self.words_of_years = {
            -1: dict(_words_of_year(self.entries, "time_of_last_year")),
            1: dict(_words_of_year(self.entries, "time_of_next_year")),
        }
        self.order = {cell: at for at, cell in enumerate(edition.numeric)}
        self.rest_words = frozenset(map(_key, words_for("rest_words")))
        self.column_words = frozenset(word for each in self.columns for word in each.meaning)
        self.by_word = grouped((min(name.meaning), name) for name in dict.fromkeys(self.names))

    # --- Words

    def _take_words(self, claims: ClaimWords) -> None:
        found: dict[str, Entry] = {}
        for kind, meaning in _MEANINGS:
            found |= dict.fromkeys(words_for(meaning), Entry(kind))
        found |= {_key(word): Entry("passing") for word in claims.passing}
        for head, spelled in claims.spelled().items():
            entry = Entry("word", frozenset({_key(head)}))
            found |= {_key(word): entry for word in spelled}
        for word, entry in found.items():
            self._add(word, entry)

    def longest(self, text: str, at: int, end: int | None = None) -> str:
        """The longest word that stands at a place and ends before another; empty for none."""
        room = (len(text) if end is None else end) - at
        for size in self._sizes.get(text[at : at + 2], ()):
            if size <= room and (word := text[at : at + size]) in self.entries:
                return word
        one = text[at]
        return one if one in self.entries else ""

    def meaning_of(self, name: str) -> Meaning:
        """The words that a name is made of; empty when one of them is not known."""
        found: set[str] = set()
        text, at = _key(name), 0
        while at < len(text):
            word = self.longest(text, at)
            if not word and text[at] not in "（）":
                return frozenset()
            entry = self.entries.get(word)
            if entry is not None:
                if entry.kind not in _IN_NAMES:
                    return frozenset()
                found |= entry.meaning
            at += len(word) or 1
        return frozenset(found)

    def _read(self, name: str) -> Meaning:
        """The meaning of a name; what is not known becomes a word of its own."""
        return self.meaning_of(name) or self._learn(name)

    def _learn(self, name: str) -> Meaning:
        key = _key(name).removesuffix(_COUNT)
        if key in self.entries and self.entries[key].kind != "word":
            return frozenset()
        meaning = frozenset({key})
        self._add(key, Entry("word", meaning))
        return meaning

    def _add(self, key: str, entry: Entry) -> None:
        sizes = self._sizes.setdefault(key[:2], [])
        if len(key) not in sizes:
            insort(sizes, len(key), key=operator.neg)
        self.entries[key] = entry

    def unit(self, cell: str) -> str:
        """The unit of a cell, or of the counts of a list: 条 of `categories[财务]`."""
        return self.edition.unit(cell)

    def operand(self, cell: str) -> str:
        """What checks call a cell: `categories.count` for `categories[财务]`."""
        fact, bracket, _ = cell.partition("[")
        return self._counts.get(fact, fact) if bracket else cell

    def topic_of(self, cell: str) -> str:
        """The topic that a cell, row or list belongs to; empty for none."""
        topics = self.topics.values()
        return next((topic.id for topic in topics if _belongs(cell, topic)), "")

    # --- Figures

    def cells_of(self, figure: str) -> tuple[str, ...]:
        """The cells of `a + b_*.total`; those that the edition lacks are left out."""
        known = self.edition.numeric
        found: dict[str, None] = {}
        for part in map(str.strip, figure.split("+")):
            found |= dict.fromkeys(name for name in known if fnmatchcase(name, part))
        return tuple(found)

    def _take_named(self, claims: ClaimWords) -> None:
        for topic in claims.topics:
            for named in topic.named:
                readings = tuple(map(self.cells_of, (named.figure, *named.or_else)))
                perhaps = tuple(map(self.cells_of, named.perhaps))
                if readings[0]:
                    self._name_figures(named.said, readings, topic, self.names, perhaps)
                    self._name_figures(named.none_if_all, readings[:1], topic, self.none_if_all)
        for rate in claims.rates:
            part, whole = self.cells_of(rate.part), self.cells_of(rate.whole)
            for said in rate.said:
                self.rates[self._read(said)] = Rate(part, whole, rate.topic)

    def _name_figures(
        self,
        said: Iterable[str],
        readings: tuple[tuple[str, ...], ...],
        topic: Topic,
        names: list[Name],
        perhaps: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        for phrase in said:
            meaning = self._read(phrase)
            rows = tuple(map(self.rows_of, readings))
            name = Name(meaning, readings, topic.id, rows if all(rows) else (), perhaps=perhaps)
            names.append(name)

    def rows_of(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The rows of which these cells are the totals; empty when they are not."""
        found = [self.edition.cells.get(cell) for cell in cells]
        lines = [cell.row for cell in found if cell and cell.grid and cell.computed]
        totals = [cell for cell in found if cell and cell.column == self._total(cell.grid)]
        return tuple(lines) if len(lines) == len(totals) == len(cells) else ()

    def _total(self, grid: str) -> str:
        """The column that tells a row when none is named; empty for none."""
        columns = self.edition.grids_by_id[grid].columns if grid else ()
        computed = [column.id for column in columns if column.computed]
        return computed[0] if computed else columns[0].id if len(columns) == 1 else ""

    def _take_printed(self, topic: Topic) -> None:
        """Take the printed names of the cells and rows of a topic."""
        printed = sorted(self._printed(topic), key=lambda each: len(each.name))
        for name, cells, rows, heading in printed:
            group = self._read(heading) if heading else frozenset[str]()
            meaning = self._read(name)
            if "（" in name:
                self._add(_key(name), Entry("word", meaning))
            if meaning and (cells or rows):
                lines = (rows,) if rows else ()
                self.names.append(Name(meaning, (cells,), topic.id, lines, True, group))  # noqa: FBT003

    def _printed(self, topic: Topic) -> Iterator[_Printed]:
        for grid in self.edition.grids:
            lines = [row for row in grid.rows if _belongs(row.id, topic)]
            for row in lines:
                yield from self._printed_row(grid, row)
            if lines:
                self._take_columns(grid)
        for line in self.edition.rows:
            if isinstance(line, Indicator) and _belongs(line.id, topic):
                above = self.edition.rows_by_id.get(line.parent)
                heading = above.short if isinstance(above, Indicator) else ""
                for name in dict.fromkeys((line.name, line.short, *line.aliases)):
                    yield _Printed(name, (line.id,), heading=heading)
        for fact in self.edition.facts:
            if _belongs(fact.id, topic) and fact.kind in NUMBERS:
                for name in dict.fromkeys((fact.label, *fact.aliases)):
                    yield _Printed(name, (fact.id,))

    def _printed_row(self, grid: Grid, row: Heading | GridRow) -> Iterator[_Printed]:
        lines = tuple(each.id for each in grid.lines if row.id in (each.parent, each.id))
        total = self._total(grid.id)
        cells = tuple(grid.by_place[line, total].id for line in lines) if total else ()
        short = (row.short,) if isinstance(row, GridRow) else ()
        columns = {column.label for column in grid.columns}
        above = self.edition.rows_by_id[row.parent].label if row.parent else ""
        for name in dict.fromkeys((row.label, *row.aliases, *short)):
            if name not in columns:
                yield _Printed(name, cells, lines, above)

    def _take_columns(self, grid: Grid) -> None:
        if any(each.grid == grid.id for each in self.columns):
            return
        for column in grid.columns:
            if not column.computed:
                for name in dict.fromkeys((column.label, column.said)):
                    self._add_columns(name, grid, (column.id,))
        for group in dict.fromkeys(column.group for column in grid.columns if column.group):
            inside = tuple(column.id for column in grid.columns if column.group == group)
            self._add_columns(group, grid, inside)

    def _add_columns(self, name: str, grid: Grid, columns: tuple[str, ...]) -> None:
        meaning = self._read(name)
        if meaning:
            self.columns.append(ColumnName(meaning, grid.id, columns))


def _before_numbers(entries: Mapping[str, Entry]) -> Iterator[str]:
    """Words that come before the numbers and titles in them: 《条例》, 两项合计."""
    for word, entry in entries.items():
        if "《" in word or (entry.kind in ("sum", "all", "none") and find_numbers(word)):
            yield word


def _words_of_year(entries: Mapping[str, Entry], meaning: str) -> Iterator[tuple[str, Entry]]:
    """Words of the form that name a year, with `YEAR` for its digits."""
    years = words_for(meaning)
    for word, entry in entries.items():
        year = next((each for each in years if each in word), "") if entry.kind == "word" else ""
        if year and "《" not in word:
            for named in ("年", "年度"):
                yield word.replace(year, YEAR + named), entry


def _belongs(name: str, topic: Topic) -> bool:
    return any(fnmatchcase(name, each) for each in topic.cells)


def _key(word: str) -> str:
    return legible(word).text


@lru_cache(maxsize=8)
def vocabulary(edition: Edition) -> Vocabulary:
    """The vocabulary of an edition."""
    return Vocabulary(edition)
