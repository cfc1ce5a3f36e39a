"""The rows of a list that are written again: one with another figure is a change of that row."""

from collections.abc import Iterator
from typing import NamedTuple

from assistant.answers.model import Answer, ListRow
from assistant.answers.write_answers import format_answer
from assistant.form.model import Fact, Option, Question


class RowChange(NamedTuple):
    """A row that is new or says something else than before: `(2, "动态类", "36", "38")`."""

    number: int
    """Its place among the rows, from 1."""
    name: str
    old: str
    """What stood behind its name; empty of a new row."""
    new: str
    text: str
    """The row as it is typed."""


def with_rows(question: Question, present: Answer, text: str, typed: Answer | None) -> str:
    """Rows written to those that stand, as one text: below them, or in the place of their like.

    Args:
        question: The list.
        present: The rows that stand.
        text: What was written.
        typed: What it is by itself; `None` where it is refused.
    """
    rows = {called(each): each for each in present.rows}
    again = typed.rows if typed and has_names(question) else ()
    if not any(called(each) in rows for each in again):
        added = text if "\n" in text else text.replace("；", "\n").replace(";", "\n")
        return "\n".join([*(row_said(question, each) for each in present.rows), added])
    rows |= {called(each): each for each in again}
    return "".join(f"{row_said(question, each)}\n" for each in rows.values())


def row_changes(question: Question, before: Answer | None, after: Answer) -> Iterator[RowChange]:
    """What is different in the rows of a list, in their order; what was taken away is not told."""
    old = before.rows if before else ()
    named = old if has_names(question) else ()
    known = {called(each): row_said(question, each) for each in named}
    for number, row in enumerate(after.rows, start=1):
        if row not in old:
            name, text = called(row), row_said(question, row)
            stood, new = (
                said.removeprefix(name).lstrip("\t ：") for said in (known.get(name, ""), text)
            )
            yield RowChange(number, name, stood, new, text)


def has_names(question: Question) -> bool:
    """Whether each row of a list has a name of its own, with more behind it."""
    columns = question.columns if isinstance(question, Fact) else ()
    return len(columns) > 1 and columns[0].unique


def called(row: ListRow) -> str:
    """What a row is called: 动态类."""
    first = next(iter(row.values()))
    return first.label if isinstance(first, Option) else str(first)


def row_said(question: Question, row: ListRow) -> str:
    """A row as it is typed: 动态类 36."""
    return format_answer(Answer((row,)), question).strip()
