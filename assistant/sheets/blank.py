"""A blank collection sheet: a row for each question, its counting rule beside it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.documents.excel.looks import (
    cell_at,
    fit,
    label_style,
    merge,
    new_workbook,
    put,
    set_paper,
    to_bytes,
)
from assistant.schema import Edition, Fact, Indicator, Question
from assistant.sheets.stamp import ASKED, REMARK, VALUE, Stamp
from assistant.wording import Sentences

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from assistant.library import Library

_WIDTHS = {"A": 4, "B": 44, "C": 8, "D": 16, "E": 22, "F": 64}
_HEAD = 6
"""Row of the column titles."""
_LIST_LIMIT = 255
"""Characters that Excel takes for a list of choices."""


class _Row(NamedTuple):
    """A title over the rows that follow, or a question with its place in the form."""

    label: str
    indent: int
    question: Question | None


def write(edition: Edition, year: int, shelf: "Library") -> bytes:
    """The sheet as a file.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    sentences = shelf.sentences
    workbook = new_workbook(shelf.typography)
    sheet = workbook.create_sheet(sentences.say("form.sheet"))
    title = sentences.say("form.title", title=edition.title, year=year)
    _write_top(sheet, Stamp(edition.id, year), title, sentences)
    rules = _Rules(sheet, sentences)
    last = _HEAD
    for last, row in enumerate(_rows(edition, sentences), _HEAD + 1):
        _write_row(sheet, last, row, sentences)
        if row.question is not None:
            rules.add(f"D{last}", row.question)
    _finish(sheet, last)
    return to_bytes(workbook, title)


def _rows(edition: Edition, sentences: Sentences) -> Iterator[_Row]:
    """The questions in the order of the form, each under the rows above it, other facts last."""
    told: set[str] = set()
    questions = [each for each in edition.questions.values() if each.kind in ASKED]
    for question in questions:
        if not isinstance(question, Indicator):
            continue
        for above in reversed(list(edition.ancestors(question))):
            if above.id not in told and above.id not in edition.questions:
                yield _Row(above.printed_label, edition.depth(above), None)
            told.add(above.id)
        yield _Row(question.printed_label, edition.depth(question), question)
    facts = [each for each in questions if isinstance(each, Fact)]
    if facts:
        yield _Row(sentences.say("form.facts"), 0, None)
        yield from (_Row(each.label, 1, each) for each in facts)


def _write_top(sheet: "Worksheet", stamp: Stamp, title: str, sentences: Sentences) -> None:
    for column, text in enumerate((str(stamp), "", "", VALUE, REMARK), 1):
        put(cell_at(sheet, 1, column), text, "words")
    lines = (title, sentences.say("form.how"), sentences.say("form.signs"))
    for at, (style, text) in enumerate(zip(("title", "body", "body"), lines, strict=True), 2):
        put(cell_at(sheet, at, 2), text, style)
        merge(sheet, (at, 2), (at, len(_WIDTHS)))
        sheet.row_dimensions[at].height = fit([(text, sum(_WIDTHS.values()))]) + 14
    put(cell_at(sheet, _HEAD - 1, 2), sentences.say("form.file"), "body")
    merge(sheet, (_HEAD - 1, 2), (_HEAD - 1, len(_WIDTHS)))
    for column, text in enumerate(sentences.say("form.columns").split(), 2):
        put(cell_at(sheet, _HEAD, column), text, "head")


def _write_row(sheet: "Worksheet", at: int, row: _Row, sentences: Sentences) -> None:
    question = row.question
    put(cell_at(sheet, at, 2), row.label, label_style(row.indent))
    rule = _rule(question, sentences) if question else ""
    put(cell_at(sheet, at, 3), question.unit if question else "", "words")
    put(cell_at(sheet, at, 6), rule, label_style(0))
    for column in (4, 5):
        cell = cell_at(sheet, at, column)
        put(cell, "", "words")
        if question is not None:
            cell.protection = Protection(locked=False)
            is_number = column == 4 and question.kind in ("count", "amount")
            cell.number_format = "General" if is_number else "@"
    if question is not None:
        put(cell_at(sheet, at, 1), question.id, "words")
    rooms = [(row.label, _WIDTHS["B"] - 2 * row.indent), (rule, _WIDTHS["F"])]
    sheet.row_dimensions[at].height = fit(rooms)


def _rule(question: Question, sentences: Sentences) -> str:
    rule = question.help.rule
    basis = sentences.say(f"bases.{rule.basis}")
    source = "" if rule.source == basis else rule.source
    return sentences.say("form.rule", text=rule.text, basis=basis, source=source)


def _finish(sheet: "Worksheet", last: int) -> None:
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = f"D{_HEAD + 1}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.print_area = f"B2:F{last}"
    set_paper(sheet, is_wide=True)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


class _Rules:
    """What Excel lets be typed: a warning where the reader would refuse, and never a ban."""

    def __init__(self, sheet: "Worksheet", sentences: Sentences) -> None:
        self._sheet = sheet
        self._sentences = sentences
        self._numbers: dict[str, DataValidation] = {}

    def add(self, place: str, question: Question) -> None:
        """Put the rule of a question on its cell."""
        if question.kind in ("count", "amount"):
            if question.kind not in self._numbers:
                self._numbers[question.kind] = self._number(question.kind, place)
            self._numbers[question.kind].add(place)
        elif isinstance(question, Fact) and question.options:
            choices = ",".join(option.label for option in question.options)
            if len(choices) <= _LIST_LIMIT and '"' not in choices:
                rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
                rule.errorStyle = "warning"
                self._sheet.add_data_validation(rule)
                rule.add(place)

    def _number(self, kind: str, place: str) -> DataValidation:
        """0 and more, whole for counts; words such as 暂缺 only bring a question."""
        whole = f",{place}=INT({place})" if kind == "count" else ""
        rule = DataValidation(
            type="custom",
            formula1=f"AND(ISNUMBER({place}),{place}>=0{whole})",
            allow_blank=True,
            errorStyle="warning",
            errorTitle=self._sentences.say("form.odd_title"),
            error=self._sentences.say(f"form.odd_{kind}"),
            showErrorMessage=True,
        )
        self._sheet.add_data_validation(rule)
        return rule
