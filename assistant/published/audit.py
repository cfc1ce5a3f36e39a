"""What is wrong with a published report: in its tables, between text and table, between years.

What could not be read is a part of its own, so that silence about it never looks like praise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from assistant.answers import Answers, FigureValues
from assistant.checks.runner import Outcomes, run_checks
from assistant.claims.accounts import Account, says
from assistant.form.model import Check, Edition
from assistant.messages import Sentences
from assistant.messages.findings import Finding, Level
from assistant.published import unread
from assistant.published.parts import sections_of
from assistant.published.report import Published, with_words

Part = Literal["table", "text", "years", "unread"]
PARTS: tuple[Part, ...] = ("table", "text", "years", "unread")
_PART_OF: dict[str, Part] = {
    **dict.fromkeys(("sum", "at_most", "at_least", "balance", "needs", "among"), "table"),
    **dict.fromkeys(("text_number", "text_denied", "text_all", "text_list", "text_share"), "text"),
    "text_vague": "text",
    **dict.fromkeys(("carried", "rolled", "unusual", "text_law", "text_change"), "years"),
    "text_repeated": "years",
    "text_open": "unread",
}
"""The part that a check of each kind speaks in; a kind that is not named is none of a report that
is published already."""
_ONLY_HINTS = ("at_most", "at_least", "needs", "among", "unusual")
"""Kinds whose notices only say what may be looked at before a report is published."""


class Fault(NamedTuple):
    """One thing that is wrong with a report, or that could not be understood."""

    part: Part
    level: Level
    code: str
    """Of the rule; of what is not read the reason."""
    cells: tuple[str, ...]
    sentence: str
    finding: Finding | None = None
    """What a check said, with its arithmetic and excerpt."""


class Audit(NamedTuple):
    """What an audit of a report found."""

    faults: tuple[Fault, ...]
    """Part by part, errors first."""
    accounts: tuple[Account, ...]
    """What became of every number of the text."""

    def of(self, part: Part) -> tuple[Fault, ...]:
        """The faults of one part."""
        return tuple(each for each in self.faults if each.part == part)


def audit(published: Published, previous: Answers | None, sentences: Sentences) -> Audit:
    """Hold a published report against itself, its form and the year before.

    Args:
        published: The report.
        previous: The answers of the year before, or those of its report.
        sentences: Where all words stand.
    """
    answers = _readable(with_words(published.answers, published.words))
    rules = [r for r in answers.edition.rules if r.kind in _PART_OF and not _wants_answers(r)]
    outcomes = run_checks(answers, previous, sentences, rules)
    faults = [
        *_of_checks(outcomes, published, {rule.code: rule.kind for rule in rules}),
        *_of_form(published, sentences),
        *_unread(published, sentences),
    ]
    order = {"error": 0, "confirm": 1, "notice": 2}
    faults.sort(key=lambda each: (PARTS.index(each.part), order[each.level]))
    return Audit(tuple(faults), outcomes.accounts)


def _wants_answers(rule: Check) -> bool:
    """Whether a rule complains of what is not answered: a report may tell it in words not read."""
    return rule.kind == "needs" and rule.on_missing == "fail"


def _readable(answers: Answers) -> Answers:
    """The answers without what was not read, so that no check takes it for 暂缺."""
    kept = {name: each for name, each in answers.given.items() if each.state != "absent"}
    return replace(answers, given=kept, acknowledged={})


def _of_checks(
    outcomes: Outcomes, published: Published, kinds: Mapping[str, str]
) -> Iterator[Fault]:
    """What the checks say; `kinds` are those of the rules by code."""
    for finding in outcomes.findings:
        kind = kinds.get(finding.code)
        told = outcomes.told.get(finding.key, ())
        is_printed = told and all(_is_as_printed(each, published.answers) for each in told)
        is_hint = finding.level == "notice" and kind in _ONLY_HINTS
        if kind is not None and not is_printed and not is_hint:
            part, cells = _PART_OF[kind], finding.cells
            sentence = with_headings(finding.sentence, published.answers.edition)
            yield Fault(part, finding.level, finding.code, cells, sentence, finding)


def with_headings(sentence: str, edition: Edition) -> str:
    """A sentence that names own texts by the headings that their words stand under in a report."""
    for section in sections_of(edition):
        for part in section.parts:
            if part.slot:
                label = edition.name(part.slot)
                sentence = sentence.replace(f"「{label}」", f"「{part.heading or section.title}」")
    return sentence


def _is_as_printed(account: Account, answers: Answers) -> bool:
    """Whether a text tells a total as it is printed, be its sum as it may."""
    figures = FigureValues(answers)
    for reading in account.claim.readings:
        printed = [answers.claimed[cell].value for cell in reading if cell in answers.claimed]
        if len(printed) == len(reading) and account.verdict == "contradicts":
            total = sum(value for value in printed if isinstance(value, int))
            if says(account.claim, total, figures.unit(reading[0])):
                return True
    return False


def _of_form(published: Published, sentences: Sentences) -> Iterator[Fault]:
    edition, year = published.answers.edition, published.answers.year
    if year not in edition.years:
        sentence = sentences.say("published.other_form", form=edition.title, year=year)
        yield Fault("years", "error", "form", (), sentence)
    if published.foreign:
        words = "、".join(f"「{each}」" for each in published.foreign)
        sentence = sentences.say("published.mixed_forms", words=words, year=year)
        yield Fault("years", "error", "form", (), sentence)


def _unread(published: Published, sentences: Sentences) -> Iterator[Fault]:
    """What stands in the report and was not understood, and what does not stand in it."""
    if not published.read:
        yield Fault("unread", "confirm", "no_table", (), sentences.say("published.no_table"))
        return
    for tell in (unread.blank, unread.doubtful, unread.missing):
        for each in tell(published, sentences):
            yield Fault("unread", "confirm", *each)
    for each in unread.foreign_rows(published, sentences):
        yield Fault("unread", "notice", *each)
