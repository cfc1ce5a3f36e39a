"""What a person would type to give the answers of a file, one line after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.answers import (
    Answer,
    Answers,
    FigureValues,
    format_answer,
    printed_text,
    takes_remark,
)
from assistant.dialog.interview.numbers_of_text import findings_at_hand, has_several, slot_at_hand
from assistant.dialog.interview.progress import neighbour
from assistant.dialog.interview.prompt import ask
from assistant.dialog.interview.state import (
    Interview,
    WantChoice,
    WantConsent,
    WantPartner,
    WantReason,
)
from assistant.dialog.session.session import Session
from assistant.form.model import Fact
from assistant.intents import LETTERS, Reply, is_free_text, names_of, vocabulary
from assistant.messages.events import Event
from assistant.values.characters import with_end

_KEEP = ""
"""Enter alone: puts off a reason, and drops what was asked back."""
_NO_TEXT = ("/", "／", "?", "？")
"""Text that begins like this is a command, whatever the question."""


class Autoplay:
    """Says what to type next.

    Attributes:
        wanted: The answers that are to be given.
    """

    def __init__(self, wanted: Answers) -> None:
        """Take the answers; nothing has been tried to give them yet."""
        self.wanted = wanted
        self._tried: set[tuple[str, str, str, int]] = set()
        """Line by place and answers; what led nowhere is not typed there again while they stand."""

    def next_line(self, session: Session, events: Iterable[Event]) -> str | None:
        """The line to type now; `None` when everything is said that these answers can say.

        Args:
            session: The session as it stands.
            events: What it said last.
        """
        if session.interview is not None:
            return self.line_at(session.interview)
        if session.stage == "body":
            return self.wanted.body
        screen = [each for each in events if each.kind == "ask"][-1]
        return _key_of(self.wanted.edition.place, screen) or str(self.wanted.year)

    def line_at(self, interview: Interview) -> str | None:
        """The same of a conversation, wherever somebody has taken it."""
        now = interview.answers
        standing = tuple((name, repr(_said(answer))) for name, answer in now.given.items())
        for line in self._lines(interview):
            mark = (line, interview.prompt, repr(interview.pending), hash(standing))
            if mark not in self._tried or (interview.pending is not None and not line):
                self._tried.add(mark)
                return line
        return None

    def left_out(self) -> tuple[str, ...]:
        """Ids of the answers that cannot be typed: not read, or looking like a command."""
        active = self.wanted.active
        return tuple(name for name, answer in active.items() if not self._can_type(name, answer))

    def _can_type(self, name: str, answer: Answer) -> bool:
        question = self.wanted.edition.questions[name]
        if answer.state == "unread":
            return False
        if answer.remark and answer.state != "given" and not takes_remark(question, answer.state):
            return False
        if not isinstance(question, Fact) or question.kind not in ("line", "text", "list"):
            return True
        rows = format_answer(answer, question).splitlines()
        return not any(row.startswith(_NO_TEXT) for row in rows)

    def _lines(self, interview: Interview) -> Iterator[str]:
        """What may be typed here, the best first."""
        pending = interview.pending
        if isinstance(pending, WantReason):
            yield self._reason(interview)
            yield _KEEP
        elif isinstance(pending, WantChoice):
            kinds = [type(each) for each in pending.readings]
            if Reply in kinds:
                yield LETTERS[kinds.index(Reply)]
            yield _KEEP
        elif isinstance(pending, WantConsent):
            yield interview.say("no_words").split()[0]
        else:
            yield from self._answers(interview)
            yield from self._reasons(interview)

    def _answers(self, interview: Interview) -> Iterator[str]:
        """The answer to this question, or the way to one that waits."""
        here, waiting = interview.at, self._waiting(interview.answers)
        if here in waiting:
            yield self._answer(interview, self.wanted.active[here])
        if self._is_extra(interview.answers, here):
            yield typed_command("clear", interview)
        elif here in interview.followed and here not in waiting:
            yield _KEEP
        ahead = [name for name in waiting if _is_behind(interview, name)]
        is_next = ahead[:1] == [neighbour(interview, 1)]
        if is_next and here not in interview.answers.given:
            yield typed_command("next", interview)
        for name in (*ahead, *(each for each in waiting if each not in ahead)):
            if name != here:
                yield typed_command("jump", interview, name)
        for name in interview.answers.active:
            if name != here and self._is_extra(interview.answers, name):
                yield typed_command("jump", interview, name)

    def _waiting(self, now: Answers) -> list[str]:
        """The questions whose answer is not yet what is wanted, in the order of asking."""
        return [
            name
            for name, answer in self.wanted.active.items()
            if self._can_type(name, answer)
            and (name not in now.given or not _is_said(now, now.given[name], answer))
        ]

    def _is_extra(self, now: Answers, name: str) -> bool:
        """Whether something stands there that the file leaves open, a zero that followed."""
        return name in now.active and name not in self.wanted.given

    def _answer(self, interview: Interview, answer: Answer) -> str:
        question = interview.question
        assert question is not None  # noqa: S101  an answer waits for it
        whole, screen = format_answer(answer, question), ask(interview)
        present = interview.answers.given.get(question.id)
        if question.kind == "list" and not answer.rows and present is not None and present.rows:
            return typed_command("clear", interview)
        if not isinstance(question, Fact) or answer.state != "given" or not answer.value:
            return whole
        if question.kind == "choice":
            return _key_of(answer.value, screen) or whole
        if question.kind == "choices" and isinstance(answer.value, tuple):
            return "、".join(_key_of(option, screen) for option in answer.value)
        return self._row(interview, question, screen, answer) if question.kind == "list" else whole

    def _row(self, interview: Interview, question: Fact, screen: Event, answer: Answer) -> str:
        """The next row of a list; where options are chosen, one of them after the other."""
        present = interview.answers.given.get(question.id)
        rows = present.rows if present else ()
        if list(rows) != list(answer.rows[: len(rows)]) or len(rows) >= len(answer.rows):
            return typed_command("clear", interview)
        row = answer.rows[len(rows)]
        if not question.columns[0].options:
            return format_answer(Answer((row,)), question)
        if isinstance(interview.pending, WantPartner):
            return _key_of(row[question.columns[1].id], screen)
        first = question.columns[0]
        chosen = (str(n) for n, each in enumerate(first.options, 1) if each == row[first.id])
        return next(chosen, "")

    def _reason(self, interview: Interview) -> str:
        """The reason that the file gives for what is asked, where it holds for these values."""
        excused = self._excused(interview)
        given = {excused.get(each.key, "") for each in findings_at_hand(interview)}
        if len(given) == 1 and any(given) and not has_several(interview):
            return given.pop()
        # Enter alone would agree to numbers of own text
        return typed_command("next", interview) if slot_at_hand(interview) else _KEEP

    def _reasons(self, interview: Interview) -> Iterator[str]:
        """The reasons of the file that have not been asked for on the way."""
        excused = self._excused(interview)
        for finding in interview.findings:
            if finding.wants_reason and finding.key in excused:
                word = typed_command("reason", interview)
                yield f"{word} {finding.key} {excused[finding.key]}"

    def _excused(self, interview: Interview) -> dict[str, str]:
        """The reasons of the file that hold for the values as they stand, by finding."""
        given = replace(interview.answers, acknowledged=self.wanted.acknowledged)
        found = replace(interview, answers=given).findings
        open_now = {each.key: each.arithmetic for each in interview.findings}
        return {
            each.key: each.reason
            for each in found
            if each.reason and open_now.get(each.key) == each.arithmetic
        }


def typed_command(name: str, interview: Interview, place: str = "") -> str:
    """A command as it can be typed here, `下一题`, `跳到 38`; with a slash among free text."""
    word = vocabulary(interview.sentences).main_words[name]
    edition = interview.edition
    number = str(names_of(edition).number_of(place)) if place in edition.asked else place
    slash = "/" if is_free_text(interview.question) else ""
    return f"{slash}{word} {number}".strip()


def _is_said(now: Answers, given: Answer, wanted: Answer) -> bool:
    """Whether an answer that stands is the one of the file; own text is by what it prints.

    A text that was typed has its full stop.
    """
    if isinstance(given.value, str) and isinstance(wanted.value, str):
        figures = FigureValues(now)
        texts = [with_end(printed_text(text, figures)) for text in (given.value, wanted.value)]
        given, wanted = (replace(e, value=t) for e, t in zip((given, wanted), texts, strict=True))
    return _said(given) == _said(wanted)


def _said(answer: Answer) -> tuple[object, ...]:
    """What can be typed of an answer; the remark of a given one stands in files alone."""
    return answer.value, answer.state, answer.remark if answer.state != "given" else ""


def _is_behind(interview: Interview, name: str) -> bool:
    """Whether a question comes further down the form than the one on the screen."""
    order = names_of(interview.edition).number_of
    return bool(interview.at) and order(name) > order(interview.at)


def _key_of(value: object, screen: Event) -> str:
    """What chooses a value that is offered, `2` of `2. 未单独成立`; empty where it is not."""
    return next((choice.key for choice in screen.choices if choice.value == value), "")
