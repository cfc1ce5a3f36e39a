"""The sentences that the templates of a form print, and what stands in those of a report.

Templates are learned by making the report in every way that they tell apart, with stand-ins for
what was not read of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.answers import Answer, Answers, ListRow
from assistant.claims.accounts import BY_LAST_YEAR, accounts_of
from assistant.form.model import Edition, Fact
from assistant.messages import Sentences
from assistant.published.masked_clauses import SENTENCE, MaskedClause, Masks, compact, pieces
from assistant.published.printed_answers import PrintedAnswers
from assistant.published.stand_ins import AnswerSource, last_years, sources_of, variants
from assistant.published.told_facts import with_choices
from assistant.report import Block, Span, make_report
from assistant.values.language import any_of

_COMPARED = re.compile(any_of("compared"))
_ENTRY = re.compile(r"(?P<label>[^0-9]{1,30})(?P<count>[0-9]{1,9})(?P<unit>[^0-9]{1,4})")
_HEADING = re.compile(r"^## ", re.MULTILINE)
_PASSAGE = re.compile(r"^@([a-z][a-z0-9_.]*)", re.MULTILINE)


class ToldSentence(NamedTuple):
    """A sentence of a report."""

    text: str
    clauses: frozenset[str] | None
    """The clauses that the templates print; `None` where it is the body's own."""

    def is_own_without(self, missing: frozenset[str]) -> bool:
        """Whether it is the body's own, as the templates do not print some clauses after all."""
        return self.clauses is None or bool(self.clauses & missing)


class _Listing(NamedTuple):
    """A list as a template prints it: 其中文字解读2篇、图解1篇."""

    fact: Fact
    before: str
    """What stands before the first label."""
    between: str
    """What stands between two labels of one clause."""
    behind: str
    """What stands behind the last one, of labels alone."""


class TemplateSentences:
    """What the templates of a form print of a report, whatever of it was not read."""

    def __init__(self, answers: Answers, sentences: Sentences) -> None:
        """Learn what the templates print of these answers."""
        self.told = PrintedAnswers(answers.edition)
        self.taken: frozenset[str] = frozenset()
        """The clauses of the sentences that are theirs, but those about last year."""
        self._answers, self._sentences = answers, sentences
        self._assumed = with_choices(answers, assumes=True)
        self._masks = Masks(answers)
        self._known: dict[str, list[set[tuple[str, AnswerSource]]]] = {}
        """By clause what stands in each of its holes, with the own text of its part."""
        self._printed_by: dict[str, set[str]] = {}
        """By clause the sources of the parts of templates that print it."""
        self._wholes: dict[str, str] = {}
        """By clause the number that it tells as all of another."""
        self._firsts: set[str] = set()
        """The clauses that sentences begin with."""
        self._leads: dict[tuple[frozenset[str], str], _Listing] = {}
        """By the clauses beside a list of labels, and what stands before it, whose list it is."""
        self._by_last_year: frozenset[str] = frozenset()
        self._printed: set[str] = set()
        """The sentences that they print of what was read, word for word."""
        self._learned: set[tuple[str, tuple[Span, ...]]] = set()
        """The blocks that were learned, by passage; most are the same in many ways."""
        for filled in variants(answers):
            self._learn(filled, None)

    def sentences(self, slot: str, paragraph: str) -> Iterator[ToldSentence]:
        """The sentences of a paragraph; what those of the templates tell is noted."""
        open_ones: set[str] | None = None
        for sentence in SENTENCE.findall(paragraph):
            clauses = self._masks.clauses(sentence)
            is_known = self._knows(clauses, sentence)
            if is_known and not self._is_certain(clauses, sentence):
                if open_ones is None:
                    open_ones = _open(self._assumed, slot, paragraph)
                is_known = not any(each in sentence for each in open_ones)
            words = frozenset(each.words for each in clauses)
            taken = words if is_known else self._take_list(sentence, words)
            if taken is not None:
                self._note(slot, [each for each in clauses if each.words in taken])
                taken -= self._by_last_year
                self.taken |= taken
            yield ToldSentence(sentence, taken)

    def printed(self, answers: Answers) -> frozenset[str]:
        """The clauses that the templates print of some answers, without a year before."""
        report = make_report(answers, None, self._sentences, is_draft=False)
        texts = (block.text for block in report.blocks if block.passage)
        sentences = (each for text in texts for each in SENTENCE.findall(text))
        return frozenset(each.words for told in sentences for each in self._masks.clauses(told))

    def areas(self, clauses: Iterable[str]) -> frozenset[str]:
        """The sources of the parts of templates that print some clauses."""
        return frozenset(area for each in clauses for area in self._printed_by[each])

    def _learn(self, answers: Answers, previous: Answers | None) -> None:
        report = make_report(answers, previous, self._sentences, is_draft=False)
        stand_ins = sources_of(self._answers.edition)
        for block in report.blocks:
            if not block.passage or (block.passage, block.spans) in self._learned:
                continue
            self._learned.add((block.passage, block.spans))
            slot = self._answers.edition.passages_by_id[block.passage].topic
            text, figures, wholes = _laid_out(block)
            self._wholes |= wholes
            area = _areas(self._answers.edition)[block.passage]
            for match in SENTENCE.finditer(text):
                clauses = self._masks.clauses(match[0])
                self._printed.add(match[0])
                listed = self._learn_list(match[0], clauses)
                self._firsts |= {each.words for each in clauses[:1] if not listed}
                for clause in clauses:
                    self._printed_by.setdefault(clause.words, set()).add(area)
                    if clause.words in listed:
                        continue
                    known = self._known.setdefault(clause.words, [set() for _ in clause.holes])
                    for hole, origins in zip(clause.holes, known, strict=True):
                        marks = {stand_ins[each] for each in hole.text if each in stand_ins}
                        figure = figures.get(match.start() + hole.at, "")
                        source = marks.pop() if len(marks) == 1 else AnswerSource(figure)
                        origins.add((slot, source))

    def _learn_list(self, sentence: str, clauses: Sequence[MaskedClause]) -> frozenset[str]:
        """The clauses of a sentence that are a list of labels which only the body knows."""
        edition = self._answers.edition
        facts = {each.id: each for each in edition.facts}
        for mark, source in sources_of(edition).items():
            if mark not in sentence or not _is_label(facts[source.name], source.column):
                continue
            told = [each for each in pieces(sentence) if mark in each]
            before, between, *rest = told[0].split(mark)
            behind = told[-1].rpartition(mark)[2]
            listing = _Listing(facts[source.name], before, between if rest else "", behind)
            listed = {clause.words for each in told for clause in self._masks.clauses(each)}
            lead = frozenset(each.words for each in clauses) - listed
            self._leads.setdefault((lead, before), listing)
            return frozenset(listed)
        return frozenset()

    def _knows(self, clauses: Sequence[MaskedClause], sentence: str) -> bool:
        """Whether the templates print all clauses of a sentence, and begin one with the first."""
        words = {each.words for each in clauses}
        is_learned = words <= self._known.keys() or bool(self._by_last_year)
        if not is_learned and _COMPARED.search(sentence):
            before = frozenset(self._known)
            for filled, previous in last_years(self._answers):
                self._learn(filled, previous)
            self._by_last_year = frozenset(self._known) - before
        return bool(clauses) and clauses[0].words in self._firsts and words <= self._known.keys()

    def _is_certain(self, clauses: Sequence[MaskedClause], sentence: str) -> bool:
        """Whether all numbers of a sentence are what the templates print there."""
        figures = self._answers.numbers
        return compact(sentence) in self._printed or all(
            self.told.knows(each, self._known[each.words], figures) for each in clauses
        )

    def _note(self, slot: str, clauses: Sequence[MaskedClause]) -> None:
        for clause in clauses:
            self.told.note(clause, self._known[clause.words], slot)
        words = [each.words for each in clauses]
        self.told.note_wholes(self._wholes[each] for each in words if each in self._wholes)

    def _take_list(self, sentence: str, clauses: frozenset[str]) -> frozenset[str] | None:
        """The clauses beside a list of labels, where a sentence is one as a template prints it."""
        for (lead, before), listing in self._leads.items():
            if not (lead or before) or not lead <= clauses:
                continue
            rows = _labelled(sentence, lead, listing, self._masks)
            if rows:
                self.told.lists[listing.fact.id] = Answer(rows)
                return lead
        return None


def _laid_out(block: Block) -> tuple[str, dict[int, str], dict[str, str]]:
    """A block without blanks, by place the figure that begins there, by words for all whose."""
    text, figures, wholes = "", dict[int, str](), dict[str, str]()
    for span in block.spans:
        if span.kind == "figure":
            figures[len(text)] = span.id
        elif span.kind == "whole":
            wholes[compact(span.text)] = span.id
        text += compact(span.text)
    return text, figures, wholes


def _is_label(fact: Fact, name: str) -> bool:
    return fact.kind == "list" and any(
        column.id == name and column.kind == "line" for column in fact.columns
    )


def _labelled(
    sentence: str, lead: frozenset[str], listing: _Listing, masks: Masks
) -> tuple[ListRow, ...]:
    """The rows of a list; none where the sentence says anything else."""
    fact, rows = listing.fact, list[ListRow]()
    told = [
        each
        for each in pieces(sentence)
        if not {clause.words for clause in masks.clauses(each)} <= lead
    ]
    if not told or not told[0].startswith(listing.before):
        return ()
    told[0] = told[0].removeprefix(listing.before)
    if len(fact.columns) == 1:
        is_whole = told[-1].endswith(listing.behind)
        told[-1] = told[-1].removesuffix(listing.behind)
        if listing.between:
            told = [label for each in told for label in each.split(listing.between)]
        return tuple({fact.columns[0].id: each} for each in told) if is_whole else ()
    label, count = fact.columns
    for clause in told:
        row = _ENTRY.fullmatch(clause)
        if row is None or row["unit"] != count.unit:
            return ()
        rows.append({label.id: row["label"], count.id: int(row["count"])})
    return tuple(rows)


def _open(answers: Answers, slot: str, paragraph: str) -> set[str]:
    """The sentences with a number of which nobody knows what it counts."""
    return {
        each.claim.sentence.text.strip()
        for each in accounts_of(answers, {slot: paragraph})
        if each.verdict == "open" and each.claim.doubt not in BY_LAST_YEAR
    }


@lru_cache(maxsize=8)
def _areas(edition: Edition) -> Mapping[str, str]:
    """By passage the source of the part of its template under one heading."""
    parts = (part for source in edition.templates.values() for part in _HEADING.split(source))
    return {name: part for part in parts for name in _PASSAGE.findall(part)}
