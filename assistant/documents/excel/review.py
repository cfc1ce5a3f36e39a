"""The review sheet: findings, reasons, what is open, changes from last year; for a person."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.workbook.defined_name import DefinedName

from assistant.answers import STATE_NAMES
from assistant.documents.excel.content import REVIEW
from assistant.documents.excel.looks import fit, label_style, merge, put, put_number, set_paper
from assistant.draft import standing
from assistant.wording import Sentences

if TYPE_CHECKING:
    from openpyxl import Workbook

    from assistant.draft import Draft

_WIDTHS = (11, 11, 14, 38, 18)
_LONG = 2
"""Columns on the left that hold words or numbers short enough to be centred."""
_Rows = Iterator[tuple[str, tuple[str | Decimal, ...]]]
"""A style, and the words and numbers of a row."""


def add_review(workbook: "Workbook", draft: "Draft", sentences: Sentences) -> None:
    """Add the sheet.

    Raises:
        LibraryError: A sentence is broken.
    """
    name = sentences.say("excel.review")
    sheet = workbook.create_sheet(name)
    rows = [*_head(draft, sentences), *_findings(draft, sentences), *_open(draft, sentences)]
    rows += [*_changes(draft, sentences), ("signs", (sentences.say("excel.review_signs"),))]
    for at, (style, row) in enumerate(rows, 1):
        for column, content in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(content, Decimal):
                put_number(cell, content)
            else:
                is_long = style == "words" and column > _LONG
                put(cell, content, label_style(0) if is_long else style)
        if len(row) == 1:
            merge(sheet, (at, 1), (at, len(_WIDTHS)))
            sheet.row_dimensions[at].height = 34 if style in ("title", "signs") else 24
        else:
            sheet.row_dimensions[at].height = fit(zip(map(str, row), _WIDTHS, strict=True))
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    set_paper(sheet, is_wide=False)
    sheet.print_area = f"A1:E{len(rows)}"
    workbook.defined_names[REVIEW] = DefinedName(REVIEW, attr_text=f"'{name}'!$A$1", hidden=True)


def _head(draft: "Draft", sentences: Sentences) -> _Rows:
    body = str(draft.answers.value("body_name") or "")
    yield "title", (sentences.say("excel.review"),)
    yield "body", (sentences.say("excel.review_of", body=body, year=draft.answers.year),)
    yield "body", (sentences.say("excel.review_counts", **draft.counts),)


def _titles(code: str, sentences: Sentences) -> tuple[str, ...]:
    return tuple(sentences.say(f"excel.columns_{code}").split())


def _findings(draft: "Draft", sentences: Sentences) -> _Rows:
    yield "body", (sentences.say("excel.part_findings"),)
    if not draft.findings:
        yield "body", (sentences.say("excel.nothing"),)
        return
    yield "head", _titles("findings", sentences)
    edition = draft.answers.edition
    for each in draft.findings:
        level = sentences.say(f"levels.{each.level}")
        cell = each.cells[0] if each.cells else ""
        place = edition.place_of(cell) or edition.name(cell)
        text = "\n".join(filter(None, (each.sentence, each.excerpt, each.arithmetic)))
        yield "words", (level, each.code, place, text, each.reason)


def _open(draft: "Draft", sentences: Sentences) -> _Rows:
    """Answers that are missing, to be confirmed, or could not be read."""
    names = {"unread": sentences.say("excel.unread"), **STATE_NAMES}
    answers = draft.answers
    found = [
        (name, answers.given[name])
        for name, why in standing(answers, ()).items()
        if why in ("absent", "provisional", "unread")
    ]
    yield "body", (sentences.say("excel.part_open"),)
    if not found:
        yield "body", (sentences.say("excel.nothing"),)
        return
    yield "head", _titles("open", sentences)
    for name, answer in found:
        printed = answers.printed(name) if answer.value is not None else ""
        place = answers.edition.place_of(name)
        yield (
            "words",
            (names[answer.state], printed, place, answers.edition.name(name), answer.remark),
        )


def _changes(draft: "Draft", sentences: Sentences) -> _Rows:
    """Every number that differs from last year's."""
    if draft.previous is None:
        return
    now, before = draft.answers.numbers, draft.previous.numbers
    changed = [name for name in now if name in before and now[name] != before[name]]
    yield "body", (sentences.say("excel.part_changes"),)
    if not changed:
        yield "body", (sentences.say("excel.nothing"),)
        return
    yield "head", _titles("changes", sentences)
    edition = draft.answers.edition
    for name in changed:
        this, last = Decimal(now[name]), Decimal(before[name])
        yield "words", (this, last, this - last, edition.name(name), "")
