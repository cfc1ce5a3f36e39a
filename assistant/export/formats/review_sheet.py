"""The review sheet 核对单: what is found, explained, open and changed; for a person."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Literal, NamedTuple

from assistant.answers import STATE_NAMES, format_answer
from assistant.messages import Sentences
from assistant.report.draft import Draft, standing
from assistant.values.characters import shortened, visible

REVIEW = "nianbao_review"
"""A name within a file that points to its review sheet, so that it is found when renamed."""
WIDTHS = (11, 11, 14, 38, 18)
"""Of its columns, in characters of ASCII."""
_SHOWN = 2_000
"""Characters shown of what could not be read; a cell of Excel takes 32,767."""
SHORT = 2
"""Columns on the left that hold words or numbers short enough to be centred."""


class ReviewRow(NamedTuple):
    """A line across the sheet, or the cells of a row."""

    role: Literal["title", "body", "head", "words", "signs"]
    cells: tuple[str | Decimal, ...]


def review_rows(draft: Draft, sentences: Sentences) -> Iterator[ReviewRow]:
    """The rows of the sheet, in every format that has one.

    Raises:
        LibraryError: A sentence is broken.
    """
    parts = (part(draft, sentences) for part in (_head, _findings, _open, _changes))
    signs = ReviewRow("signs", (sentences.say("review_sheet.signs"),))
    for role, cells in chain(*parts, [signs]):
        shown = (visible(cell) if isinstance(cell, str) else cell for cell in cells)
        yield ReviewRow(role, tuple(shown))  # what could not be read may hold anything


def _head(draft: Draft, sentences: Sentences) -> Iterator[ReviewRow]:
    yield ReviewRow("title", (sentences.say("review_sheet.title"),))
    of = sentences.say("review_sheet.of", body=draft.answers.body, year=draft.answers.year)
    yield ReviewRow("body", (of,))
    told = sentences.say("telling.counts", **draft.counts)
    yield ReviewRow("body", (sentences.say("review_sheet.counts", told=told, **draft.counts),))


def _part(code: str, rows: Sequence[ReviewRow], sentences: Sentences) -> Iterator[ReviewRow]:
    """A part of the sheet with its heads, or that there is nothing in it."""
    yield ReviewRow("body", (sentences.say(f"review_sheet.part_{code}"),))
    if rows:
        heads = sentences.say(f"review_sheet.columns_{code}").split()
        yield ReviewRow("head", tuple(heads))
        yield from rows
    else:
        yield ReviewRow("body", (sentences.say("review_sheet.nothing"),))


def _findings(draft: Draft, sentences: Sentences) -> Iterator[ReviewRow]:
    edition, rows = draft.answers.edition, list[ReviewRow]()
    for each in draft.findings:
        level = sentences.say(f"levels.{each.level}")
        cell = each.cells[0] if each.cells else ""
        place = edition.place_of(cell) or edition.name(cell)
        text = "\n".join(filter(None, (each.sentence, each.excerpt, each.arithmetic)))
        rows.append(ReviewRow("words", (level, each.code, place, text, each.reason)))
    return _part("findings", rows, sentences)


def _open(draft: Draft, sentences: Sentences) -> Iterator[ReviewRow]:
    """Answers that are missing, to be confirmed, or could not be read."""
    names = {"unread": sentences.say("review_sheet.unread"), **STATE_NAMES}
    answers, edition, rows = draft.answers, draft.answers.edition, list[ReviewRow]()
    for name, why in standing(answers, ()).items():
        if why not in ("absent", "provisional", "unread"):
            continue
        answer = answers.given[name]
        printed = answers.printed(name) if answer.value is not None else ""
        if answer.state == "unread":
            printed = shortened(format_answer(answer, edition.questions[name]), _SHOWN)
        place = edition.place_of(name)
        cells = (names[answer.state], printed, place, edition.name(name), answer.remark)
        rows.append(ReviewRow("words", cells))
    return _part("open", rows, sentences)


def _changes(draft: Draft, sentences: Sentences) -> Iterator[ReviewRow]:
    """Every number that differs from last year's."""
    if draft.previous is None:
        return iter(())
    now, before, edition = draft.answers.numbers, draft.previous.numbers, draft.answers.edition
    rows: list[ReviewRow] = []
    for name in (each for each in now if each in before and now[each] != before[each]):
        this, last = Decimal(now[name]), Decimal(before[name])
        rows.append(ReviewRow("words", (this, last, this - last, edition.name(name), "")))
    return _part("changes", rows, sentences)
