"""Which figures the words of a claim name together."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.claims.claim import Cells
from assistant.claims.vocabulary import Meaning, Name, Vocabulary
from assistant.form.model import Sum
from assistant.values.language import measures_like

_SHORT = 4
"""Names whose words have no more characters (办结, 予以公开) take their sense from the topic."""


class Reading(NamedTuple):
    """One way to understand some words."""

    cells: tuple[tuple[str, ...], ...]
    """What they may be the sum of, the likeliest first."""
    topic: str
    size: int
    """How many words the name has; the longest name counts."""
    is_explicit: bool
    """The topic itself is named."""
    is_head: bool
    """Nothing but the topic is named: 申请."""
    is_bare: bool = False
    """Nothing but the topic and what may stand beside its names: 公开信息, never a part of it."""
    is_printed: bool = False
    """By a name of the printed form, which gives way to one that is listed."""
    perhaps: tuple[tuple[str, ...], ...] = ()
    """Cells that somebody may mean by the same words."""
    like_whole: tuple[tuple[str, ...], ...] = ()
    """Of a kind of applicants its cells where the whole is what somebody may mean."""
    is_inherited: bool = False
    """With words of the number before; it is admissible, not the first meaning."""


def readings_of(
    meaning: Meaning,
    known: Vocabulary,
    listed: Sequence[Name] = (),
    *,
    is_joined: bool,
    unit: str = "",
) -> tuple[Reading, ...]:
    """The figures that words name, all of them used; those of the longest name.

    Where they are joined several may be named together, 行政复议和行政诉讼; no unit fits any.
    """
    single = [
        *_single(meaning, known, unit, is_joined=is_joined),
        *_of_names(listed, meaning, known, unit, is_joined=is_joined),
    ]
    if not single and is_joined:
        joined = (each for each in _joined(meaning, known) if _fits(each, unit, known))
        single = [  # parts of one total may be added, and whole topics: 复议和诉讼
            e for e in joined if not unit or e.is_head or wholes_of(e.cells[0], known)
        ]
    longest = max((each.size for each in single), default=0)
    best = [each for each in single if each.size == longest]
    chosen = [each for each in best if not each.is_printed] or best
    return tuple({each.cells: each for each in chosen}.values())


@lru_cache(maxsize=2_000)
def _single(
    meaning: Meaning, known: Vocabulary, unit: str, *, is_joined: bool
) -> tuple[Reading, ...]:
    """What single names of an edition mean; texts say the same words again and again."""
    names = _possible(meaning, known)
    return tuple(_of_names(names, meaning, known, unit, is_joined=is_joined))


def _of_names(
    names: Iterable[Name], meaning: Meaning, known: Vocabulary, unit: str, *, is_joined: bool
) -> Iterator[Reading]:
    return (
        reading
        for name in names
        if name.meaning <= meaning
        for reading in _with_rest(name, meaning, known, is_joined=is_joined)
        if _fits(reading, unit, known)
    )


def _possible(meaning: Meaning, known: Vocabulary) -> Iterator[Name]:
    return (name for word in sorted(meaning) for name in known.by_word.get(word, ()))


def _fits(reading: Reading, unit: str, known: Vocabulary) -> bool:
    if not unit:
        return True
    wanted = known.unit(reading.cells[0][0])
    if wanted in ("元", "万元"):
        return unit in ("元", "万元")
    return unit in measures_like(wanted)


def _with_rest(
    name: Name, meaning: Meaning, known: Vocabulary, *, is_joined: bool
) -> Iterator[Reading]:
    """The readings of a name when all other words stand beside it or name its columns."""
    beside = known.beside[name.topic] | name.group
    rest = meaning - name.meaning - beside
    if rest and not name.rows:
        return
    is_long = any(len(word) > _SHORT for word in name.meaning)
    is_explicit = is_long or bool(known.nouns[name.topic] & meaning)
    is_head = name.meaning <= known.nouns[name.topic]
    is_total = all(cell in known.totals for cell in name.readings[0])
    is_bare = is_total and name.meaning <= known.nouns[name.topic] | known.beside[name.topic]
    if name.rows:
        columns, left = _columns(name, meaning - name.meaning, known, is_joined=is_joined)
        if columns and not left - beside:
            cells = tuple(_narrowed(rows, columns, known) for rows in name.rows)
            wide = tuple(rows for each in name.perhaps if (rows := known.rows_of(each)))
            yield Reading(
                cells,
                name.topic,
                len(name.meaning) + 1,
                is_explicit,
                is_head=False,
                is_printed=name.is_printed,
                like_whole=tuple(_narrowed(rows, columns, known) for rows in wide),
            )
            return
    if not rest and name.readings[0]:
        yield Reading(
            name.readings,
            name.topic,
            len(name.meaning),
            is_explicit,
            is_head,
            is_bare,
            name.is_printed,
            name.perhaps,
        )


def _narrowed(rows: tuple[str, ...], columns: tuple[str, ...], known: Vocabulary) -> Cells:
    """The cells of some rows in some columns of their table; of all, the totals of the rows."""
    grid = known.grid_of[rows[0]]
    by_place = grid.by_place
    counted = [column.id for column in grid.columns if not column.computed]
    if set(counted) == set(columns):
        columns = tuple(column.id for column in grid.columns if column.computed) or columns
    return tuple(by_place[row, column].id for row in rows for column in columns)


def _columns(
    name: Name, rest: Meaning, known: Vocabulary, *, is_joined: bool
) -> tuple[tuple[str, ...], Meaning]:
    """The columns that the other words name, and what is left; several only when joined."""
    grid = known.grid_of[name.rows[0][0]].id
    fitting = [each for each in known.columns if each.grid == grid and each.meaning <= rest]
    fitting.sort(key=lambda each: -len(each.meaning))
    columns: dict[str, None] = {}
    left = rest
    for each in fitting:
        if each.meaning <= left and (not columns or is_joined):
            columns |= dict.fromkeys(each.columns)
            left -= each.meaning
    return tuple(columns), left


def _joined(meaning: Meaning, known: Vocabulary) -> Iterator[Reading]:
    """Several names that together use all words: 予以公开和部分公开."""
    fitting = sorted(
        (e for e in _possible(meaning, known) if e.meaning <= meaning and e.readings[0]),
        key=lambda each: (-len(each.meaning), each.is_printed),
    )
    left, cells, topics, names = meaning, dict[str, None](), list[str](), list[Name]()
    for name in fitting:
        fresh = name.meaning & left
        if fresh != name.meaning or (topics and not name.meaning - known.beside[topics[0]]):
            continue
        left -= name.meaning | name.group
        cells |= dict.fromkeys(name.readings[0])
        topics.append(name.topic)
        names.append(name)
    for topic in topics:
        left -= known.beside[topic]
    is_even = len({len(name.meaning) for name in names}) == 1  # not 复议、诉讼被纠错
    if len(topics) > 1 and is_even and not left:
        nouns = frozenset[str]().union(*(known.nouns[each] for each in topics))
        ordered = tuple(sorted(cells, key=lambda cell: known.order.get(cell, 0)))
        yield Reading(
            (ordered,),
            topics[0],
            0,
            bool(nouns & meaning),
            all(name.meaning <= nouns for name in names),
        )


def rest_of(told: Sequence[Cells], known: Vocabulary) -> Iterator[Cells]:
    """What is left of a total behind the last of its parts: 其他22件, all but the told ones."""
    named = {cell for cells in told for cell in cells}
    for rule in known.edition.rules:
        if isinstance(rule, Sum) and told and set(told[-1]) <= set(rule.parts):
            yield tuple(part for part in rule.parts if part not in named)


def wholes_of(cells: tuple[str, ...], known: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """What cells may be a share of: a total that counts them all, or the total of each."""
    owners = [known.operand(cell) for cell in cells]
    shared = [
        (rule.total,)
        for rule in known.edition.rules
        if isinstance(rule, Sum) and set(owners) <= set(rule.parts)
    ]
    if len(cells) == 1:
        shared += [(total,) for total in known.edition.claims.parts.get(cells[0], ())]
    if shared or len(cells) < 2:
        return tuple(dict.fromkeys(shared))
    each = [wholes_of((cell,), known) for cell in cells]
    if all(each):
        return (tuple(dict.fromkeys(found[0][0] for found in each)),)
    return ()
