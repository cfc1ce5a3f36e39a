"""What each clause tells that the templates of a form print, learned from invented reports.

It is learned once for each form and kept in the user's cache.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import field
from functools import lru_cache
from pathlib import Path

from assistant.answers import Answer, Answers
from assistant.form.entry import Strict
from assistant.form.loader.compiled import compiled
from assistant.form.model import Edition, Option
from assistant.published.masked_clauses import SENTENCE, MaskedClause, Masks, compact
from assistant.published.stand_ins import LABELS, AnswerSource, invented, stand_ins, year_before
from assistant.report import Block, make_passages
from assistant.report.figures import make_figures
from assistant.storage.errors import LibraryError

_REPORTS = 200
"""So many invented reports print nearly every clause that templates can print."""
ALL = "均"
"""What words that a number is all of another leave out where that is one: 已采纳."""
_GAP = "【"
"""What stands before what was not answered."""
_LABEL = re.compile(rf"([{'-'.join(LABELS)}])")
_Said = frozenset[tuple[str, str]]
"""Questions, each with the id of an option, or nothing for a zero."""


class LearnedClause(Strict):
    """What a clause tells."""

    holes: tuple[tuple[tuple[str, str, str], ...], ...] = ()
    """By place that differs from report to report what can stand there: the own text of its part,
    the question and the column."""
    told: tuple[tuple[str, str], ...] = ()
    """Questions that are answered wherever it is printed, each with the id of an option, or nothing
    for a zero."""


class Listing(Strict):
    """A list of labels that only the body knows, as a template prints it: 各单位中，甲2件."""

    fact: str
    lead: frozenset[str]
    """The clauses beside it."""
    before: str
    """What stands before the first label."""
    between: str
    """What stands between two labels of one clause."""
    behind: str
    """What stands behind the last one, of labels alone."""


class Learned(Strict):
    """What the templates of a form can say."""

    clauses: dict[str, LearnedClause] = field(default_factory=dict)
    by_last_year: frozenset[str] = frozenset()
    """The clauses that compare with the year before."""
    lists: tuple[Listing, ...] = ()
    """Those that say most beside the labels first, which hold of fewer sentences."""


@lru_cache(maxsize=8)
def learned_clauses(edition: Edition) -> Learned:
    """What the templates of a form can say, out of the cache when nothing has changed since."""
    if not edition.templates:
        return Learned()
    place = Path(edition.folder) / "narrative"
    folders = ("published", "report", "values")
    return compiled(Learned, place, [edition.made_of], _Learner(edition).learn, folders)


class _Learner:
    """Collects what invented reports say."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._masks = Masks(Answers(edition, edition.years.first))
        self._sources = {mark: source for source, mark in stand_ins(edition).items()}
        self._templates = "".join(edition.templates.values())
        self._holes: dict[str, list[set[tuple[str, str, str]]]] = {}
        self._invented: list[tuple[Answers, _Said]] = []
        self._reports = defaultdict[str, list[int]](list)
        """By clause the reports that print it without a year before."""
        self._lists: dict[tuple[str, frozenset[str], str], tuple[str, str]] = {}

    def learn(self) -> Learned:
        """What the reports say."""
        for number in range(_REPORTS):
            answers = invented(self._edition, number)
            self._invented.append((answers, frozenset(self._in_words(answers))))
            previous = None if number % 3 else year_before(answers, number)
            with suppress(LibraryError):  # what templates cannot print tells nothing
                for words in self._printed(answers, previous):
                    self._reports[words] += [number] * (previous is None)
        by_last_year = frozenset(words for words, found in self._reports.items() if not found)
        self._add_names()
        told = {words: tuple(self._told(words)) for words in list(self._holes)}
        clauses = {
            words: LearnedClause(
                holes=tuple(tuple(sorted(each)) for each in holes), told=told.get(words, ())
            )
            for words, holes in self._holes.items()
        }
        lists = tuple(
            Listing(fact=fact, lead=lead, before=before, between=between, behind=behind)
            for (fact, lead, before), (between, behind) in sorted(
                self._lists.items(), key=lambda each: (-len(each[0][1]), -len(each[0][2]))
            )
        )
        return Learned(clauses=clauses, by_last_year=by_last_year, lists=lists)

    def _printed(self, answers: Answers, previous: Answers | None) -> set[str]:
        """The clauses of a report, learned where they are new."""
        return {each for block in make_passages(answers, previous) for each in self._learn(block)}

    def _learn(self, block: Block) -> Iterator[str]:
        slot = self._edition.passages_by_id[block.passage].topic
        text, figures = "", dict[int, str]()
        for span in block.spans:
            figures |= {len(text): span.id} if span.kind == "figure" else {}
            text += compact(span.text)
        for match in SENTENCE.finditer(text):
            clauses = [] if _GAP in match[0] else self._masks.clauses(match[0])
            for clause in self._without_labels(clauses):
                known = self._holes.setdefault(clause.words, [set() for _ in clause.holes])
                for hole, origins in zip(clause.holes, known, strict=True):
                    marks = {self._sources[each] for each in hole.text if each in self._sources}
                    figure = AnswerSource(figures.get(match.start() + hole.at, ""))
                    origins.add((slot, *(marks.pop() if len(marks) == 1 else figure)))
                yield clause.words

    def _without_labels(self, clauses: Sequence[MaskedClause]) -> list[MaskedClause]:
        """The clauses of a sentence but for a list of labels which only the body knows."""
        listed = [each.words for each in clauses if _LABEL.search(each.words)]
        others = [each for each in clauses if each.words not in listed]
        if listed:
            before, mark, behind = _LABEL.split(listed[0], maxsplit=1)
            between, *more = _LABEL.split(behind)[::2]
            key = (self._sources[mark].name, frozenset(each.words for each in others), before)
            if more or key not in self._lists:
                self._lists[key] = (between if more else "", _LABEL.split(listed[-1])[-1])
        return others

    def _in_words(self, answers: Answers) -> Iterator[tuple[str, str]]:
        """What is answered that templates may say in words of their own."""
        for fact in self._edition.facts:
            value = answers.value(fact.id)
            if fact.kind == "choices" and isinstance(value, tuple):
                options = (each.id for each in value if isinstance(each, Option))
                yield from ((fact.id, each) for each in options if f'"{each}"' in self._templates)
            elif isinstance(value, Option) and f"{fact.id}.id " in self._templates:
                yield fact.id, value.id
            elif value == 0 or answers.settled.get(fact.id):
                yield fact.id, ""

    def _told(self, words: str) -> Iterator[tuple[str, str]]:
        """What a clause tells in words alone: without the answer it is not printed."""
        reports = [self._invented[each] for each in self._reports[words]]
        common = frozenset.intersection(*(said for _, said in reports)) if reports else ()
        for name, option in sorted(common):
            answers = next((each for each, _ in reports if name in each.active), None)
            with suppress(LibraryError):
                if answers and words not in self._printed(_without(answers, name, option), None):
                    yield name, option

    def _add_names(self) -> None:
        """The clauses that name a number or say that it is all, however seldom it is printed."""
        for figure in make_figures(self._invented[0][0]):
            whole = figure.as_whole
            for said in (f"{figure.as_part}1{figure.unit}", whole, whole.replace(ALL, "")):
                for clause in self._masks.clauses(said):
                    self._holes.setdefault(clause.words, [set() for _ in clause.holes])
                    if said.replace(ALL, "") == whole.replace(ALL, ""):
                        self._reports.pop(clause.words, None)


def _without(answers: Answers, name: str, option: str) -> Answers:
    """The answers without one, or without one of the options chosen."""
    given = dict(answers.given)
    rows = given.pop(name).value
    if isinstance(rows, tuple):
        left = tuple(each for each in rows if isinstance(each, Option) and each.id != option)
        given[name] = Answer(left)
    return answers.with_given(given)
