"""Two sets of answers: what differs, and which difference changed which sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answers import (
    STATE_NAMES,
    Answer,
    Answers,
    FigureValues,
    format_answer,
    printed_text,
)
from assistant.export.align import align, mark
from assistant.messages import Sentences
from assistant.report import Block, make_report
from assistant.report.draft import Draft


class Change(NamedTuple):
    """One answer that is not the same in both files, `Change("funding", "暂缺", "1.5万元")`."""

    id: str
    """Of the question; `year` for the report year."""
    before: str
    """As it would be typed, with its unit; empty where there is no answer."""
    after: str


def changed_answers(before: Answers, after: Answers) -> list[Change]:
    """The answers that differ, the report year first, then in the order of the form."""
    edition = before.edition
    made = []
    if before.year != after.year:
        made.append(Change("year", str(before.year), str(after.year)))
    for name in edition.questions:
        old, new = before.given.get(name), after.given.get(name)
        if _meaning(old) != _meaning(new):
            made.append(Change(name, _told(old, name, before), _told(new, name, after)))
    return made


def _meaning(answer: Answer | None) -> tuple[object, ...]:
    return () if answer is None else (answer.value, answer.state, answer.remark, answer.raw)


def _told(answer: Answer | None, name: str, answers: Answers) -> str:
    """An answer as people read it, own text with its figures."""
    if answer is None:
        return ""
    edition = answers.edition
    text = printed_text(format_answer(answer, edition.questions[name]), FigureValues(answers))
    if answer.state == "given":
        unit = edition.unit(name)
        noted = f"（{answer.remark}）" if answer.remark else ""
        return f"{text}{unit}{noted}"
    return text or STATE_NAMES.get(answer.state, "")


class Rewrite(NamedTuple):
    """A paragraph that is not the same in both reports."""

    section: str
    """Title of its section; empty above the first one."""
    template: str
    """File it comes from; empty for the mark of a draft."""
    before: str
    """Empty for a paragraph that is new."""
    after: str
    """Empty for one that is gone."""
    causes: tuple[str, ...]
    """Ids of the answers that made it so, each by itself; empty when only several together did."""
    has_other_words: bool
    """The template says it in other words, not only with other figures and facts."""
    is_own: tuple[bool, bool] = (False, False)
    """Whether it is in the body's own words, before and after."""


class _Placed(NamedTuple):
    block: Block
    section: str
    template: str


class _Tried(NamedTuple):
    """An answer that differs: what does away with a paragraph in either report made it so."""

    name: str
    old: frozenset[str]
    """The paragraphs of the old report with this answer of the new."""
    new: frozenset[str]
    """Those of the new report with this answer of the old."""


def rewritten(
    before: Draft, after: Draft, changed: Iterable[str], sentences: Sentences
) -> list[Rewrite]:
    """The paragraphs that differ, in the order of the new report, those that are gone last.

    `changed` are the ids of the answers that differ, `year` for the report year.

    Raises:
        LibraryError: A template is broken.
    """
    olds, news = _placed(before), _placed(after)
    wanted = [mark(each.block.text) for each in olds]
    given = [mark(each.block.text) for each in news]
    pairs, lost, extra = align(wanted, given)
    tried = [
        _Tried(
            name,
            _texts_with(before, name, after, sentences),
            _texts_with(after, name, before, sentences),
        )
        for name in changed
    ]
    made = [
        (to, _rewrite(olds[at], news[to], tried))
        for at, to in pairs
        if olds[at].block.text != news[to].block.text
    ]
    made += [(to, _rewrite(None, news[to], tried)) for to in extra]
    ordered = [rewrite for _, rewrite in sorted(made, key=lambda each: each[0])]
    return ordered + [_rewrite(olds[at], None, tried) for at in lost]


def _placed(draft: Draft) -> list[_Placed]:
    """Every paragraph with its section and its template."""
    edition = draft.answers.edition
    sections = iter(edition.sections)
    title, template = "", edition.preamble
    made = []
    for block in draft.report.blocks:
        if block.kind == "heading":
            section = next(sections)
            title, template = section.title, section.template
        made.append(_Placed(block, title, "" if block.kind == "draft" else template))
    return made


def _rewrite(old: _Placed | None, new: _Placed | None, tried: Sequence[_Tried]) -> Rewrite:
    place = new or old
    assert place is not None  # noqa: S101  one of the two is there
    before, after = (each.block.text.strip() if each else "" for each in (old, new))
    has_other_words = old is None or new is None or _words(old.block) != _words(new.block)
    causes = tuple(
        each.name
        for each in tried
        if (old and old.block.text not in each.old) or (new and new.block.text not in each.new)
    )
    own = [each is not None and bool(each.block.wording) for each in (old, new)]
    words = has_other_words and not any(own)
    return Rewrite(place.section, place.template, before, after, causes, words, (own[0], own[1]))


def _words(block: Block) -> str:
    """The words of the template, a mark for whatever it was given."""
    return "".join(span.text if span.kind == "plain" else "\0" for span in block.spans)


def _texts_with(draft: Draft, name: str, other: Draft, sentences: Sentences) -> frozenset[str]:
    """The paragraphs of the report that would be, with one answer taken from the other file."""
    answers = _with_one(draft.answers, other.answers, name)
    previous = other.previous if name == "year" else draft.previous  # it goes with its year
    report = make_report(answers, previous, sentences, is_draft=draft.report.is_draft)
    return frozenset(block.text for block in report.blocks)


def _with_one(answers: Answers, other: Answers, name: str) -> Answers:
    """The answers with one of the other file, in its place."""
    if name == "year":
        return replace(answers, year=other.year)
    given = dict(answers.given)
    given.pop(name, None)
    if name in other.given:
        given[name] = other.given[name]
    return answers.with_given(given)
