"""The answers that the sentences of templates tell, each where its stand-in stood."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from assistant.answers import Answer, Answers, ListRow, read_entry
from assistant.form.model import Edition, Fact, Option, options_named
from assistant.published.learned_clauses import ALL, Learned, Listing
from assistant.published.masked_clauses import (
    BETWEEN_OPTIONS,
    NAME,
    NUMBER,
    Hole,
    MaskedClause,
    pieces,
    words_of,
)
from assistant.storage.yaml_text import Node
from assistant.values import NUMBERS

_ENTRY = re.compile(r"(?P<label>[^0-9]{1,30})(?P<count>[0-9]{1,9})(?P<unit>[^0-9]{1,4})")


class PrintedAnswers:
    """Collects what sentences tell."""

    def __init__(self, before: Answers, learned: Learned) -> None:
        """Start without any, beside what was read before."""
        self._before, self._learned = before, learned
        self._facts = {fact.id: fact for fact in before.edition.facts}
        self._told = defaultdict[tuple[str, str], list[str | tuple[Option, ...]]](list)
        """By question and column what is told of it: options, or a number or name in words."""
        self._lists: dict[str, Answer] = {}
        self._said: set[str] = set()
        """The clauses, and what the body calls itself."""

    def note(self, clauses: Sequence[MaskedClause], slot: str) -> None:
        """Take what a sentence tells, and what stands in it where only one answer can stand."""
        for clause in clauses:
            self._said |= {clause.words.replace(ALL, "")}
            learned = self._learned.clauses.get(clause.words)
            for name, option in learned.told if learned else ():
                chosen = tuple(each for each in self._facts[name].options if each.id == option)
                self._told[name, ""].append(chosen or "0")
            for hole, known in zip(clause.holes, learned.holes if learned else (), strict=False):
                self._said |= {hole.text} if hole.mark == NAME else set()
                fits = {each: told for each in known if (told := self._fitting(hole, *each[1:]))}
                here = {each: told for each, told in fits.items() if each[0] == slot} or fits
                sources = {(name, column): told for (_, name, column), told in here.items()}
                for source, told in sources.items() if len(sources) == 1 else ():
                    self._told[source].append(told)
        for listing in self._learned.lists:
            if rows := rows_of(clauses, listing, self._before.edition):
                self._lists.setdefault(listing.fact, Answer(rows))

    @property
    def answers(self) -> dict[str, Answer]:
        """What was told in one way alone, by question."""
        answers = {name: self._answer(fact) for name, fact in self._facts.items()}
        found = {name: each for name, each in answers.items() if each is not None} | self._lists
        for name, fact in self._facts.items():
            if fact.as_whole and fact.as_whole.replace(ALL, "") in self._said:
                whole = found.get(fact.part_of, self._before.given.get(fact.part_of))
                found |= {name: whole} if whole and name not in found else {}
        kind = self._before.edition.roles.body_kind
        options = self._facts[kind].options
        named = options_named(options, self._before.body) or options
        kinds = [each for each in options if each.text in self._said and each in named]
        return found | ({kind: Answer(kinds[0])} if len(kinds) == 1 else {})

    def _fitting(self, hole: Hole, name: str, column: str) -> str | tuple[Option, ...]:
        """What a hole says as an answer to a question; empty where it can be none."""
        fact = self._facts.get(name)
        if fact is None:
            return ""
        if hole.mark == NUMBER:
            return hole.text if fact.kind in NUMBERS else ""
        if hole.mark == NAME:
            return hole.text if hole.text in fact.suggested else ""
        options = next((each.options for each in fact.columns if each.id == column), fact.options)
        return tuple(_options(hole.text, options))

    def _answer(self, fact: Fact) -> Answer | None:
        told = self._told[fact.id, ""]
        if fact.kind == "list":
            columns = {each.id: _once(self._told[fact.id, each.id]) for each in fact.columns}
            is_even = len({len(options) for options in columns.values()}) == 1
            rows = zip(*columns.values(), strict=True) if is_even else ()
            listed: tuple[ListRow, ...] = tuple(
                dict(zip(columns, row, strict=True)) for row in rows
            )
            return Answer(listed) if listed else None
        if fact.kind == "choices":
            before = self._before.value(fact.id)
            chosen = before if isinstance(before, tuple) else ()
            return Answer(_once([chosen, *told])) if told else None
        if len(set(told)) != 1:
            return None
        if isinstance(told[0], tuple):
            return Answer(told[0][0]) if len(told[0]) == 1 else None
        entry = read_entry(fact, Node(told[0], 0))
        return entry if isinstance(entry, Answer) else None


def rows_of(
    clauses: Sequence[MaskedClause], listing: Listing, edition: Edition
) -> tuple[ListRow, ...]:
    """The rows that a sentence lists, if it is that list; the report made of them says if it is."""
    others = [each for each in clauses if each.words not in listing.lead]
    is_led = len(clauses) - len(others) >= len(listing.lead) and (listing.lead or listing.before)
    if not is_led or not others or not others[0].text.startswith(listing.before):
        return ()
    told = list(chain.from_iterable(pieces(each.text) for each in others))
    told[0] = told[0].removeprefix(listing.before)
    told[-1] = told[-1].removesuffix(listing.behind)
    fact = edition.questions[listing.fact]
    label, *counts = fact.columns if isinstance(fact, Fact) else ()
    if not counts:
        parted = (each.split(listing.between) if listing.between else [each] for each in told)
        return tuple({label.id: each} for each in chain.from_iterable(parted))
    rows = [row for each in told if (row := _ENTRY.fullmatch(each))]
    if len(rows) < len(told) or any(row["unit"] != counts[0].unit for row in rows):
        return ()
    return tuple({label.id: row["label"], counts[0].id: int(row["count"])} for row in rows)


def _options(text: str, options: Iterable[Option]) -> Iterator[Option]:
    """The options that words are, one behind the other; none where anything else is among them."""
    by_words = {words_of(each): each for each in options}
    found: list[Option] = []
    at = 0
    while at < len(text):
        words = max((each for each in by_words if text.startswith(each, at)), key=len, default="")
        if not words:
            return
        found.append(by_words[words])
        at += len(words)
        between = BETWEEN_OPTIONS.match(text, at)
        at = between.end() if between else at
    yield from found


def _once(told: Iterable[Iterable[object]]) -> tuple[Option, ...]:
    options = (each for each in chain.from_iterable(told) if isinstance(each, Option))
    return tuple(dict.fromkeys(options))
