"""A blank collection form: one sheet with a row for each number, one for words and lists."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook

from assistant.collect.form_tag import IN_CELLS, REMARK, VALUE, FormTag
from assistant.collect.sheet_frame import SheetFrame, SheetPlan
from assistant.collect.text_sheet import write_words
from assistant.export.formats.excel.sheet_style import cell_at, new_workbook, put, to_bytes
from assistant.form.model import Edition, Fact, Indicator, Question
from assistant.messages import Sentences

if TYPE_CHECKING:
    from assistant.form.loader import Library

_WIDTHS = (4, 44, 8, 16, 22, 64)
_UNIT, _VALUE, _REMARK = 3, 4, 5


class _FormRow(NamedTuple):
    """A title over the rows that follow, or a question with its place in the form."""

    label: str
    indent: int
    question: Question | None


def write(edition: Edition, year: int, shelf: "Library") -> bytes:
    """The form as a file.

    Raises:
        LibraryError: A sentence or the typography is wrong.
    """
    sentences = shelf.sentences
    workbook = new_workbook(shelf.typography)
    title = sentences.say("form.title", title=edition.title, year=year)
    stamp = str(FormTag(edition.id, year))
    _write_cells(workbook, edition, stamp, title, sentences)
    write_words(workbook, edition, stamp, title, sentences)
    return to_bytes(workbook, title)


def _write_cells(
    workbook: Workbook, edition: Edition, stamp: str, title: str, sentences: Sentences
) -> None:
    """The sheet of what one cell can hold."""
    titles = tuple(sentences.say("form.columns").split())
    plan = SheetPlan(_WIDTHS, ("", "", VALUE, REMARK), titles, sentences.say("form.how"))
    sheet = workbook.create_sheet(sentences.say("form.sheet"))
    frame = SheetFrame(sheet, plan, stamp, title, sentences)
    for label, indent, question in _rows(edition, sentences):
        if question is None:
            frame.next_row("", label, indent, "")
            continue
        frame.next_row(question.id, label, indent, frame.rule_of(question))
        put(cell_at(sheet, frame.last, _UNIT), question.unit, "words")
        frame.open_cell(_VALUE, question)
        frame.open_cell(_REMARK)
    frame.finish()


def _rows(edition: Edition, sentences: Sentences) -> Iterator[_FormRow]:
    """The questions in the order of the form, each under the rows above it, other facts last."""
    told: set[str] = set()
    questions = [each for each in edition.questions.values() if each.kind in IN_CELLS]
    for question in questions:
        if not isinstance(question, Indicator):
            continue
        for above in reversed(list(edition.ancestors(question))):
            if above.id not in told and above.id not in edition.questions:
                yield _FormRow(above.printed_label, edition.depth(above), None)
            told.add(above.id)
        yield _FormRow(question.printed_label, edition.depth(question), question)
    facts = [each for each in questions if isinstance(each, Fact)]
    if facts:
        yield _FormRow(sentences.say("form.facts"), 0, None)
        yield from (_FormRow(each.label, 1, each) for each in facts)
