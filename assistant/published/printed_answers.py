"""The answers that stand in the sentences of templates, each where its stand-in stood."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from assistant.answers import Answer, Answers, ListRow, read_entry
from assistant.form.model import Edition, Fact, Option, options_named
from assistant.published.masked_clauses import (
    BETWEEN_OPTIONS,
    NAME,
    NUMBER,
    Hole,
    MaskedClause,
    words_of,
)
from assistant.published.stand_ins import AnswerSource
from assistant.storage.yaml_text import Node
from assistant.values import Value
from assistant.values.print_format import show

Origins = Sequence[Set[tuple[str, AnswerSource]]]
"""By hole of a clause what stands there in some report of the form, each with the own text of its
part."""
_Options = tuple[Option, ...]


class PrintedAnswers:
    """Collects what stands in the holes of clauses."""

    def __init__(self, edition: Edition) -> None:
        """Start without any."""
        self._facts = {fact.id: fact for fact in edition.facts}
        self._told: dict[AnswerSource, list[str | _Options]] = {}
        self._edition = edition
        self._wholes: set[str] = set()
        self._called: set[str] = set()
        """What the body calls itself."""
        self.lists: dict[str, Answer] = {}
        """Rows of labels that only the body knows, by question."""

    def note(self, clause: MaskedClause, origins: Origins, slot: str) -> None:
        """Take what stands in a clause, where only one answer can stand there."""
        for hole, known in zip(clause.holes, origins, strict=True):
            self._called |= {hole.text} if hole.mark == NAME else set()
            fits = {each: told for each in known if (told := self._fitting(hole, each[1]))}
            here = {each: told for each, told in fits.items() if each[0] == slot} or fits
            sources = {source: told for (_, source), told in here.items()}
            if len(sources) == 1:
                source, told = sources.popitem()
                self._told.setdefault(source, []).append(told)

    def note_wholes(self, names: Iterable[str]) -> None:
        """Numbers that are told as all of another: 均已采纳."""
        self._wholes.update(name for name in names if name in self._facts)

    def knows(self, clause: MaskedClause, origins: Origins, figures: Mapping[str, Value]) -> bool:
        """Whether each number of a clause is the answer to one question, or the figure it prints.

        Args:
            clause: The clause.
            origins: What can stand in its holes.
            figures: What was read of the tables.
        """
        for hole, known in zip(clause.holes, origins, strict=True):
            names = {source.name for _, source in known}
            name = names.pop() if len(names) == 1 else ""
            is_figure = name in figures and show(figures[name]) == hole.text
            if hole.mark == NUMBER and not is_figure and name not in self._facts:
                return False
        return True

    def answers(self, before: Answers) -> dict[str, Answer]:
        """What was told in one way alone, by question.

        Args:
            before: What was read before, numbers that others are all of among it.
        """
        found = dict(self.lists)
        for fact in self._facts.values():
            answer = self._answer(fact)
            if answer is not None:
                found.setdefault(fact.id, answer)
        for name in self._wholes:
            whole = self._facts[name].part_of
            answer = found.get(whole, before.given.get(whole))
            if answer is not None:
                found.setdefault(name, answer)
        kinds = self._kinds(before.body)
        return found | (
            {self._edition.roles.body_kind: Answer(kinds[0])} if len(kinds) == 1 else {}
        )

    def _kinds(self, name: str) -> list[Option]:
        """The kinds that a body of a name may be of, which calls itself so: 本市."""
        options = self._facts[self._edition.roles.body_kind].options
        named = options_named(options, name) or options
        return [option for option in options if option.text in self._called and option in named]

    def _fitting(self, hole: Hole, source: AnswerSource) -> str | _Options:
        """What a hole says as an answer to a question; empty where it can be none."""
        fact = self._facts.get(source.name)
        if fact is None:
            return ""
        if hole.mark == NUMBER:
            return hole.text if fact.kind in ("count", "amount") else ""
        if hole.mark == NAME:
            return hole.text if hole.text in fact.suggested else ""
        column = next((each for each in fact.columns if each.id == source.column), None)
        return tuple(_options(hole.text, column.options if column else fact.options))

    def _answer(self, fact: Fact) -> Answer | None:
        if fact.kind == "list":
            rows = tuple(self._rows(fact))
            return Answer(rows) if rows else None
        told = self._told.get(AnswerSource(fact.id), [])
        if fact.kind == "choices":
            options = _once(each for options in told for each in options)
            return Answer(options) if options else None
        if len(set(told)) != 1:
            return None
        if isinstance(told[0], tuple):
            return Answer(told[0][0]) if len(told[0]) == 1 else None
        entry = read_entry(fact, Node(told[0], 0))
        return entry if isinstance(entry, Answer) else None

    def _rows(self, fact: Fact) -> Iterator[ListRow]:
        """The rows of a list of options, where each column tells as many."""
        columns: Mapping[str, _Options] = {
            column.id: _once(
                each
                for told in self._told.get(AnswerSource(fact.id, column.id), [])
                for each in told
            )
            for column in fact.columns
        }
        if len({len(options) for options in columns.values()}) == 1:
            for row in zip(*columns.values(), strict=True):
                yield dict(zip(columns, row, strict=True))


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


def _once(options: Iterable[str | Option]) -> _Options:
    return tuple(dict.fromkeys(each for each in options if isinstance(each, Option)))
