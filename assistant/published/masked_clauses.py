"""Sentences in clauses, without what differs from report to report: numbers, names, choices."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.answers import Answers
from assistant.form.model import Edition, Option
from assistant.published.stand_ins import NAMES, OPTIONS
from assistant.values.language import any_of

SENTENCE = re.compile(r"[^。\n]{1,2000}。?")
CHOICE, NAME, NUMBER = "\u0001", "\u0002", "\u0003"
"""What stands in a clause for options, for the name of the body, for a number."""
_CLAUSE = re.compile(rf"(?:[，。；：、（）,;:()\s]|{any_of('of_which')})+")
_ORDINAL = any_of("ordinal")
_NUMBER = (
    rf"[0-9][0-9.,]{{0,20}}(?:万元?|元)?|{_ORDINAL}{{1,3}}(?=个)|两(?=个)"
    rf"|(?<=[：；，。]){_ORDINAL}{{1,3}}是"
)
BETWEEN_OPTIONS = re.compile(rf"[、，；和]{{0,2}}(?:{_ORDINAL}{{1,3}}是)?")
_MARKS = {"choice": CHOICE, "name": NAME, "number": NUMBER}


class Hole(NamedTuple):
    """A place of a clause where something stands that differs from report to report."""

    mark: str
    """What stands for it in the words of the clause."""
    text: str
    at: int
    """In the sentence without blanks."""


class MaskedClause(NamedTuple):
    """A clause without numbers, names and choices."""

    words: str
    holes: tuple[Hole, ...]

    @property
    def text(self) -> str:
        """The clause as it stands."""
        texts = (hole.text for hole in self.holes)
        return "".join(next(texts) if each in _MARKS.values() else each for each in self.words)


class Masks:
    """Takes from a text what differs from report to report."""

    def __init__(self, answers: Answers) -> None:
        """Take the form, for its options, and the name of the body."""
        self.options = any_word(_option_texts(answers.edition))
        option = f"(?:{self.options.pattern}|[{'-'.join(OPTIONS)}])"
        name = f"(?:{any_word(_names(answers)).pattern}|[{'-'.join(NAMES)}])"
        self._holes = re.compile(
            rf"(?P<choice>{option}(?:{BETWEEN_OPTIONS.pattern}{option})*)"
            rf"|(?P<name>{name})|(?P<number>{_NUMBER})"
        )

    def clauses(self, sentence: str) -> list[MaskedClause]:
        """The clauses of a sentence in order."""
        told = compact(sentence)
        holes: list[Hole] = []

        def mark(found: re.Match[str]) -> str:
            holes.append(Hole(_MARKS[found.lastgroup or ""], found[0], found.start()))
            return holes[-1].mark

        made: list[MaskedClause] = []
        at = 0
        for words in filter(None, _CLAUSE.split(self._holes.sub(mark, told))):
            count = sum(map(words.count, _MARKS.values()))
            made.append(MaskedClause(words, tuple(holes[at : at + count])))
            at += count
        return made


def compact(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())


def pieces(sentence: str) -> list[str]:
    """A sentence in clauses word for word, its marks left out."""
    return [each for each in _CLAUSE.split(compact(sentence)) if each]


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some words, the longest first; for none one that nothing matches."""
    listed = sorted({*words} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)) or "(?!)")


def words_of(option: Option) -> str:
    """What a narrative prints for an option."""
    return option.text or option.label


def _option_texts(edition: Edition) -> Iterator[str]:
    for fact in edition.facts:
        if fact.id in edition.off_tables:
            continue
        is_printed = fact.kind == "choices" or (fact.kind == "choice" and bool(fact.when))
        lists = [fact.options] if is_printed else []
        lists += [column.options for column in fact.columns]
        yield from (words_of(option) for options in lists for option in options)


def _names(answers: Answers) -> Iterator[str]:
    """What a report may call its body."""
    yield answers.body
    for fact in answers.edition.facts:
        yield from fact.suggested
        if fact.id == answers.edition.roles.body_kind:
            yield from (option.text for option in fact.options)
