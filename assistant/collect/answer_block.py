"""The cells of one answer, one of a row each or the rows of a list, as the reader takes them."""

from collections.abc import Sequence
from functools import cached_property

from assistant.form.model import Column, Fact, Question
from assistant.storage.yaml_text import Node
from assistant.values import Refusal


class AnswerCells:
    """What stands in the cells of one question."""

    def __init__(self, question: Question, rows: Sequence[Sequence[str]]) -> None:
        """Take the words of the cells, row by row."""
        self.question = question
        self._rows = rows
        self._filled = [at for at, row in enumerate(rows) if any(map(str.strip, row))]
        """The rows in which something stands."""

    @staticmethod
    def columns(question: Question) -> Sequence[Column | None]:
        """The columns of a list; one without a name for anything else."""
        return (isinstance(question, Fact) and question.columns) or (None,)

    @cached_property
    def node(self) -> Node | None:
        """The answer as it would stand in a file, or be typed where one cell says it all.

        So 暂缺, and a whole list in one cell, are read as in the conversation. Nothing is `None`.
        """
        rows = [self._rows[at] for at in self._filled]
        if not rows:
            return None
        if len(rows) == 1 and (alone := _only(rows[0])):
            return Node(alone, 0)
        return Node([self._row(row) for row in rows], 0)

    def _row(self, cells: Sequence[str]) -> Node:
        columns = self.columns(self.question)
        if len(columns) > 1 and (alone := _only(cells)):
            return Node(alone, 0)
        return Node(
            {each.id: Node(text, 0) for each, text in zip(columns, cells, strict=False) if each}, 0
        )

    @property
    def first(self) -> int:
        """The first row in which something stands."""
        return self._filled[0]

    @property
    def typed(self) -> str:
        """The words of the cells, for a person."""
        rows = (self._rows[at] for at in self._filled)
        return "；".join(" ".join(filter(None, map(str.strip, row))) for row in rows)

    def find(self, refusal: Refusal) -> tuple[int, int]:
        """The row and the cell that a refusal speaks of."""
        number, label = refusal.details.get("row", 1), refusal.details.get("column")
        at = number - 1 if isinstance(number, int) and number <= len(self._filled) else 0
        labels = [each.label if each else "" for each in self.columns(self.question)]
        return self._filled[at], labels.index(label) if label in labels else 0


def _only(cells: Sequence[str]) -> str:
    """The words of the one cell in which something stands; empty where there are several."""
    filled = [text for text in cells if text.strip()]
    return filled[0] if len(filled) == 1 else ""
