"""The sentences of a report that the templates of its form print themselves, and their answers.

What each clause of the templates tells is learned beforehand. The answers that are told so make the
report again: a sentence whose clauses it has, numbers, names and choices apart, is the templates',
and what it tells stands; any other is the body's own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress, groupby
from operator import attrgetter, not_
from typing import NamedTuple

from assistant.answers import Answer, Answers
from assistant.claims.accounts import BY_LAST_YEAR, accounts_of
from assistant.form.model import Edition
from assistant.published.learned_clauses import Learned, learned_clauses
from assistant.published.masked_clauses import SENTENCE, MaskedClause, Masks, compact
from assistant.published.printed_answers import PrintedAnswers, rows_of
from assistant.published.told_facts import with_choices
from assistant.report import make_passages

_LEAD = re.compile(r"(?P<lead>[\u4e00-\u9fff]{4,30}：)\{\{ ?(?P<name>[a-z][a-z0-9_]*) ?\}\}")
_TELLING = 10
"""Characters of a clause of a template that no report has by chance."""


class Remade(NamedTuple):
    """What of the words of a report is its own, and what was answered in the rest."""

    texts: Mapping[str, Sequence[str]]
    """By own text its own paragraphs, those without a sentence left out."""
    told: Mapping[str, Answer]
    """What the sentences of the templates tell, by question."""


def without_templates(answers: Answers, texts: Mapping[str, Sequence[str]]) -> Remade:
    """The words of a report without the sentences that the templates print by themselves.

    Args:
        answers: What was read of the report.
        texts: Its paragraphs by own text.
    """
    edition, masks = answers.edition, Masks(answers)
    learned = learned_clauses(edition)
    told = [
        _Sentence(each, masks.clauses(each), paragraph)
        for paragraph in _led(texts, edition)
        for each in SENTENCE.findall(paragraph.text)
    ]
    known = [each.is_known(learned, edition) for each in told]
    clauses = (clause for each in compress(told, known) for clause in each.clauses)
    if not any(len(clause.words) >= _TELLING for clause in clauses):
        return Remade(texts, {})
    own = _own(told, known)
    written = {slot: Answer("\n".join(each)) for slot, each in own.items() if slot}
    tells = _answers(told, known, answers, learned)
    filled = _of_some_kind(answers.with_given({**written, **answers.given, **tells}))
    printed = _Printed(with_choices(filled), learned, masks)
    theirs = list(map(printed.has, told))
    return Remade(_own(told, theirs), _answers(told, theirs, answers, learned))


class _Paragraph(NamedTuple):
    at: int
    slot: str
    text: str


class _Sentence(NamedTuple):
    text: str
    clauses: Sequence[MaskedClause]
    paragraph: _Paragraph

    @property
    def words(self) -> frozenset[str]:
        """Its clauses without what differs from report to report."""
        return frozenset(each.words for each in self.clauses)

    def is_known(self, learned: Learned, edition: Edition) -> bool:
        """Whether the templates can print it."""
        return self.words <= learned.clauses.keys() or any(
            rows_of(self.clauses, each, edition) for each in learned.lists
        )


class _Printed:
    """What the templates print of some answers."""

    def __init__(self, answers: Answers, learned: Learned, masks: Masks) -> None:
        blocks = (block.text for block in make_passages(answers))
        self._assumed = with_choices(answers, assumes=True)
        self._literal = {compact(each) for text in blocks for each in SENTENCE.findall(text)}
        told = list(map(masks.clauses, self._literal))
        self._first = {clauses[0].words for clauses in told if clauses} | learned.by_last_year
        self._words = {each.words for clauses in told for each in clauses} | learned.by_last_year
        self._open = cache(self._open_ones)

    def has(self, sentence: _Sentence) -> bool:
        """Whether a sentence is theirs; one with other numbers if it is known what they count."""
        if compact(sentence.text) in self._literal:
            return True
        first = sentence.clauses[0].words if sentence.clauses else ""
        if first not in self._first or not sentence.words <= self._words:
            return False
        return not any(each in sentence.text for each in self._open(sentence.paragraph))

    def _open_ones(self, paragraph: _Paragraph) -> set[str]:
        """The sentences with a number of which nobody knows what it counts."""
        return {
            each.claim.sentence.text.strip()
            for each in accounts_of(self._assumed, {paragraph.slot: paragraph.text})
            if each.verdict == "open" and each.claim.doubt not in BY_LAST_YEAR
        }


def _answers(
    sentences: Iterable[_Sentence], theirs: Iterable[bool], before: Answers, learned: Learned
) -> Mapping[str, Answer]:
    """What the sentences of the templates tell, by question."""
    printed = PrintedAnswers(before, learned)
    for each in compress(sentences, theirs):
        printed.note(each.clauses, each.paragraph.slot)
    return printed.answers


def _own(sentences: Iterable[_Sentence], theirs: Iterable[bool]) -> dict[str, list[str]]:
    """By own text its paragraphs without the sentences that the templates print."""
    own: dict[str, list[str]] = {}
    kept = compress(sentences, map(not_, theirs))
    for paragraph, told in groupby(kept, key=attrgetter("paragraph")):
        own.setdefault(paragraph.slot, []).append("".join(each.text for each in told))
    return own


def _led(texts: Mapping[str, Sequence[str]], edition: Edition) -> Iterator[_Paragraph]:
    """The paragraphs, those with words before an own text in the one that they lead to."""
    leads = _leads(edition)
    told = ((slot, text) for slot, paragraphs in texts.items() for text in paragraphs)
    for at, (slot, text) in enumerate(told):
        lead = next((each for each in leads if text.startswith(each)), "")
        yield _Paragraph(at, leads.get(lead, slot), text.removeprefix(lead))


@lru_cache(maxsize=8)
def _leads(edition: Edition) -> Mapping[str, str]:
    """By the words that a template prints right before an own text which that is."""
    own = {fact.id for fact in edition.own_texts if fact.kind == "text"}
    found = (match for source in edition.templates.values() for match in _LEAD.finditer(source))
    return {match["lead"]: match["name"] for match in found if match["name"] in own}


def _of_some_kind(answers: Answers) -> Answers:
    """The answers with some kind of body where none is known, so that it can call itself."""
    kind = answers.edition.roles.body_kind
    options = next(fact.options for fact in answers.edition.facts if fact.id == kind)
    return answers.with_given({kind: Answer(options[0]), **answers.given})
