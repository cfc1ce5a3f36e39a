"""A line and where it was said: what every reader of a line is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from assistant.answers import Answer, read_entry
from assistant.form.model import Fact, Question
from assistant.intents.commands import Vocabulary, pick
from assistant.intents.meaning import Command, Intent, Read
from assistant.intents.question_index import QuestionIndex
from assistant.storage.yaml_text import Node
from assistant.values.language import phrase

_SEE = phrase(r"^{see} \s*+")
"""What may stand before the code of a check: 看 R01."""


def read_typed(question: Question, text: str) -> Read:
    """What a text is as the answer of a question, or the refusal of it."""
    suggested = question.suggested if isinstance(question, Fact) else ()
    if suggested and (place := pick(text, len(suggested))) is not None:
        text = suggested[place]
    return read_entry(question, Node(text, 0))


def is_free_text(question: Question | None) -> bool:
    """Whether any line could be an answer, so that only a slash commands."""
    return isinstance(question, Fact) and (
        question.kind in ("line", "text")
        or any(column.kind == "line" for column in question.columns)
    )


@dataclass(frozen=True)
class Standing:
    """What is answered where a line is said."""

    given: Mapping[str, Answer] = field(default_factory=dict)
    """The answers that apply, by question."""
    absent: frozenset[str] = frozenset()
    """Cells of a table that are not asked, because their row or column did not occur."""
    last_year: int | Decimal | None = None
    """Last year's figure of what is asked, in its unit, where one is known."""
    spoken_of: tuple[str, ...] = ()
    """The questions that the finding at hand speaks of."""
    total: str = ""
    """That of them which is the sum of the others; empty where there is none."""


NOTHING = Standing()


@dataclass(frozen=True)
class Line:
    """A line and where it was said."""

    typed: str
    """As it came, line breaks and blanks around it included."""
    asked: Question | None
    """The question on the screen; `None` at the end of the form."""
    index: QuestionIndex
    words: Vocabulary
    standing: Standing = NOTHING

    @cached_property
    def text(self) -> str:
        """The line without blanks around it."""
        return self.typed.strip()

    @cached_property
    def answer(self) -> Read | None:
        """The text as an answer to the question on the screen; `None` where nothing is asked."""
        return None if self.asked is None else read_typed(self.asked, self.text)

    @property
    def is_answer(self) -> bool:
        """Whether the text answers the question on the screen as it stands."""
        return isinstance(self.answer, Answer)

    @property
    def is_apart(self) -> bool:
        """Whether a blank stands in it, as between a command and its object."""
        return " " in self.text.replace("\u3000", " ")

    @cached_property
    def command(self) -> Command | None:
        """The command that the text says without a slash; the code of a check goes to it."""
        code = _SEE.sub("", self.text).upper()
        is_code = code in self.index.codes
        return self.words.read_plain(self.text) or (Command("jump", code) if is_code else None)

    def saying(self, text: str) -> "Line":
        """Another line, or a piece of this one, said in the same place."""
        return replace(self, typed=text)


Reader = Callable[[Line], Intent | None]
"""Reads one meaning; `None` where a line is anything else."""
