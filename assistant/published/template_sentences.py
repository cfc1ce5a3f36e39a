"""The sentences of a report that the templates of its form print themselves.

They are found by making the report again from what was read of it: a sentence each of whose clauses
the templates print, numbers, names and choices apart, is theirs. What was chosen stands in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from assistant.answers import Answer, Answers, ListRow
from assistant.claims.accounts import BY_LAST_YEAR, accounts_of
from assistant.form.model import Edition, Fact, Option
from assistant.messages import Sentences
from assistant.published.told_facts import with_choices
from assistant.report import Block, make_report
from assistant.values.labels import squeezed
from assistant.values.language import phrase

_SENTENCE = re.compile(r"[^。\n]{1,2000}。?")
_CLAUSE = re.compile(r"[，。；：、（）,;:()\s]+")
_NUMBER = phrase(
    r"[0-9][0-9.,]{0,20} | {ordinal}{1,3}(?=个) | 两(?=个) | (?<=[：；，。]){ordinal}{1,3}是"
)
_ENTRY = re.compile(r"(?P<label>[^0-9]{1,30})(?P<count>[0-9]{1,9})(?P<unit>[^0-9]{1,4})")
_LIST = re.compile(r"\u0001(?:[、，；和#]{0,3}\u0001)+")
_CHOICE, _NAME = "\u0001", "\u0002"
_TAG = re.compile(r"\{[{%#].{0,400}?[}%#]\}", re.DOTALL)
_TELLING = 10
"""Characters of words in a template that no report has by chance."""
_LABEL = "\u0003"
"""Stands for a label that only the body knows, in a list of labels with counts."""


class Remade(NamedTuple):
    """What of the words of a report is its own, and what was chosen in the rest."""

    texts: Mapping[str, Sequence[str]]
    """By own text its own paragraphs, those without a sentence left out."""
    chosen: Mapping[str, Answer]
    """The choices and names that the sentences of the templates print, by question."""


def without_templates(
    answers: Answers, texts: Mapping[str, Sequence[str]], sentences: Sentences
) -> Remade:
    """The words of a report without the sentences that the templates print by themselves.

    Args:
        answers: What was read of the report.
        texts: Its paragraphs by own text.
        sentences: The words of the program.
    """
    if not _is_telling(answers.edition, ("".join(each) for each in texts.values())):
        return Remade(texts, {})
    made = _Templates(answers, sentences)
    own: dict[str, list[str]] = {}
    for slot, paragraphs in texts.items():
        for paragraph in paragraphs:
            kept = made.take(slot, paragraph)
            if kept:
                own.setdefault(slot, []).append(kept)
    return Remade(own, {**made.lists, **_chosen(made.taken, answers)})


class _Templates:
    """What the templates of a form print of a report, whatever of it was not read."""

    def __init__(self, answers: Answers, sentences: Sentences) -> None:
        self.taken = ""
        """The sentences that are theirs."""
        self.lists: dict[str, Answer] = {}
        """The lists that were read in them."""
        self._answers = answers
        self._assumed = with_choices(answers, assumes=True)
        self._mask = _Mask(answers)
        self._clauses: set[str] = set()
        self._leads: dict[frozenset[str], _Listing] = {}
        """By the clauses beside a list of labels whose list it is."""
        for filled, previous in _variants(answers):
            report = make_report(filled, previous, sentences, is_draft=False)
            for block in report.blocks:
                if block.passage:
                    self._learn(block)

    def _learn(self, block: Block) -> None:
        facts = {each.id: each for each in self._answers.edition.facts}
        owners = iter([span.id for span in block.spans if span.text == _LABEL])
        for sentence in _SENTENCE.findall(block.text):
            clauses = self._mask.clauses(sentence)
            if _LABEL in sentence:
                lead = frozenset(each for each in clauses if _LABEL not in each)
                around = next(each for each in clauses if _LABEL in each).split(_LABEL)
                self._leads[lead] = _Listing(facts[next(owners)], around[0], around[-1])
            else:
                self._clauses |= clauses

    def take(self, slot: str, paragraph: str) -> str:
        """A paragraph without the sentences of the templates, which are kept apart."""
        kept, open_ones = "", _open(self._assumed, slot, paragraph)
        for sentence in _SENTENCE.findall(paragraph):
            clauses = self._mask.clauses(sentence)
            is_known = not any(each in sentence for each in open_ones)
            if clauses and is_known and self._clauses.issuperset(clauses):
                self.taken += sentence
            elif not self._take_list(sentence, clauses):
                kept += sentence
        return kept

    def _take_list(self, sentence: str, clauses: frozenset[str]) -> bool:
        """Whether a sentence is a list of labels with counts as a template prints it."""
        for lead, listing in self._leads.items():
            if not (lead or listing.before) or not lead <= clauses:
                continue
            rows = _labelled(sentence, lead, listing, self._mask)
            if rows:
                self.lists[listing.fact.id] = Answer(rows)
                return True
        return False


class _Listing(NamedTuple):
    """A list as a template prints it: 其中文字解读2篇、图解1篇."""

    fact: Fact
    before: str
    """What stands before the first label."""
    behind: str
    """What stands behind the last one, of labels alone."""


def _labelled(
    sentence: str, lead: frozenset[str], listing: _Listing, mask: "_Mask"
) -> tuple[dict[str, str | int], ...]:
    """The rows of a list; none where the sentence says anything else."""
    fact, rows = listing.fact, list[dict[str, str | int]]()
    clauses = [each for each in _CLAUSE.split(sentence) if each and not mask.clauses(each) <= lead]
    if not clauses or not clauses[0].startswith(listing.before):
        return ()
    clauses[0] = clauses[0].removeprefix(listing.before)
    if len(fact.columns) == 1:
        is_whole = clauses[-1].endswith(listing.behind)
        clauses[-1] = clauses[-1].removesuffix(listing.behind)
        return tuple({fact.columns[0].id: each} for each in clauses) if is_whole else ()
    label, count = fact.columns
    for clause in clauses:
        row = _ENTRY.fullmatch(clause)
        if row is None or row["unit"] != count.unit:
            return ()
        rows.append({label.id: row["label"], count.id: int(row["count"])})
    return tuple(rows)


def _open(answers: Answers, slot: str, paragraph: str) -> set[str]:
    """The sentences with a number of which nobody knows what it counts: nothing could print it."""
    return {
        each.claim.sentence.text.strip()
        for each in accounts_of(answers, {slot: paragraph})
        if each.verdict == "open" and each.claim.doubt not in BY_LAST_YEAR
    }


def _is_telling(edition: Edition, texts: Iterable[str]) -> bool:
    """Whether words of the templates stand in a report at all."""
    told = "".join(texts)
    return any(each in told for each in _literals(edition))


@lru_cache(maxsize=8)
def _literals(edition: Edition) -> frozenset[str]:
    pieces = (
        piece
        for source in edition.templates.values()
        for stretch in _TAG.split(source)
        for piece in _CLAUSE.split(stretch)
    )
    return frozenset(each for each in pieces if len(each) >= _TELLING and each.isalpha())


class _Mask:
    """Takes from a text what differs from report to report."""

    def __init__(self, answers: Answers) -> None:
        self._choices = _any(_option_texts(answers.edition))
        self._names = _any(_names(answers))

    def clauses(self, sentence: str) -> frozenset[str]:
        """The clauses of a sentence without numbers, names and choices."""
        told = squeezed(sentence) if sentence.isascii() else "".join(sentence.split())
        told = self._choices.sub(_CHOICE, told)
        told = _NUMBER.sub("#", self._names.sub(_NAME, told))
        told = _LIST.sub(_CHOICE, told)
        return frozenset(filter(None, _CLAUSE.split(told)))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    listed = sorted({*words} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)) or "(?!)")


def _option_texts(edition: Edition) -> Iterator[str]:
    for fact in edition.facts:
        is_printed = fact.kind == "choices" or (fact.kind == "choice" and bool(fact.when))
        lists = [fact.options] if is_printed else []
        lists += [column.options for column in fact.columns]
        yield from (option.text or option.label for options in lists for option in options)


def _names(answers: Answers) -> Iterator[str]:
    """What a report may call its body."""
    yield answers.body
    for fact in answers.edition.facts:
        if fact.or_else or fact.suggested:
            yield from fact.suggested
        if fact.id == answers.edition.roles.body_kind:
            yield from (option.text for option in fact.options)


# --- What is not known


def _variants(answers: Answers) -> Iterator[tuple[Answers, Answers | None]]:
    """The answers in every way that templates tell apart, with figures of the year before."""
    several = _filled(answers, 2)
    yield answers, None
    yield several, None
    yield _filled(answers, 1), None
    yield _filled(answers, 0), None
    for change in (lambda now: now, lambda now: now // 2, lambda now: now * 2 + 2, lambda _: 0):
        before = {name: Answer(change(value)) for name, value in several.numbers.items()}
        given = {**several.given, **before}
        yield several, replace(several, year=answers.year - 1, given=given)


def _filled(answers: Answers, count: int) -> Answers:
    """The answers with something for every fact that was not read: so many rows, or none.

    What others hang on has all options, so that nothing is left out for it.
    """
    given = dict(answers.given)
    above = {owner for fact in answers.edition.facts for owner in fact.when}
    for fact in answers.edition.facts:
        if fact.id in above and fact.kind == "choices":
            given[fact.id] = Answer(fact.options)
        elif fact.id not in given and (value := _anything(fact, count)) is not None:
            whole = given.get(fact.part_of)
            given[fact.id] = whole if whole is not None and count > 1 else value
    return answers.with_given(given)


def _anything(fact: Fact, count: int) -> Answer | None:
    if fact.kind in ("count", "amount"):
        return Answer(count)
    if fact.kind == "choices":
        return Answer(fact.options if count else ())
    if fact.kind == "choice":
        return Answer(fact.options[0])
    if fact.kind != "list" or not count:
        return None
    ids = [column.id for column in fact.columns]
    kinds = [column.kind for column in fact.columns]
    if kinds in (["line"], ["line", "count"]):
        labelled: ListRow = {ids[0]: _LABEL, **dict.fromkeys(ids[1:], 1)}
        return Answer((labelled,))
    columns = [column.options[:count] for column in fact.columns]
    rows = zip(*columns, strict=True) if all(columns) else ()
    made: tuple[ListRow, ...] = tuple(dict(zip(ids, row, strict=True)) for row in rows)
    return Answer(made)


# --- What was chosen


def _chosen(text: str, answers: Answers) -> dict[str, Answer]:
    """The choices, rows of choices and names that stand in sentences of the templates."""
    found: dict[str, Answer] = {}
    said: dict[str, int] = {}
    for match in _any(_option_texts(answers.edition)).finditer(text):
        said.setdefault(match[0], match.start())
    above = {owner for fact in answers.edition.facts for owner in fact.when}
    for fact in answers.edition.facts:
        if fact.id in answers.given:
            continue
        if fact.kind == "choice" and fact.when:
            told = _in_order(fact.options, said)
            found |= {fact.id: Answer(told[0])} if len(told) == 1 else {}
        elif fact.kind == "choices" and fact.id in above:
            continue  # it has others asked, and is printed nowhere
        elif fact.kind == "choices" and (options := _in_order(fact.options, said)):
            found[fact.id] = Answer(tuple(each for each in fact.options if each in options))
        elif fact.kind == "list" and (rows := _rows(fact, said)):
            found[fact.id] = Answer(rows)
        elif fact.suggested:
            names = {*_starts(text, fact.suggested)}
            found |= {fact.id: Answer(names.pop())} if len(names) == 1 else {}
    return found


def _starts(text: str, words: Sequence[str]) -> Iterator[str]:
    """The words that begin a clause, those in brackets apart."""
    for clause in re.split("[，。；：]", text):
        yield from (word for word in words if clause.startswith(word))


def _rows(fact: Fact, said: Mapping[str, int]) -> tuple[dict[str, str | Option], ...]:
    columns = {column.id: _in_order(column.options, said) for column in fact.columns}
    if not all(columns.values()) or len({len(options) for options in columns.values()}) > 1:
        return ()
    return tuple(
        dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
    )


def _in_order(options: Sequence[Option], said: Mapping[str, int]) -> list[Option]:
    """The options whose words stand in a text, as they come in it.

    Args:
        options: The options of a question.
        said: Where the words of options stand, those that stand within longer ones left out.
    """
    told = {option: said.get(option.text or option.label, -1) for option in options}
    return sorted((each for each in options if told[each] >= 0), key=lambda each: told[each])
