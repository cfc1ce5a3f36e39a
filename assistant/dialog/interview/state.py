"""The state of a conversation: answers, place, drafts, undo, and what was asked back."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR
from decimal import Decimal
from typing import NamedTuple

from assistant.answers import (
    Answer,
    Answers,
    FigureValues,
    LoadedAnswers,
    Reference,
    findings_of_answers,
    findings_of_edition,
    format_answer,
    told_text,
)
from assistant.checks.runner import Outcomes, run_checks
from assistant.form.model import Edition, Option, Question
from assistant.intents import LETTERS, Entries, Read, Reading
from assistant.messages import Sentences
from assistant.messages.events import Event, UiRequest
from assistant.messages.findings import Finding
from assistant.report import Report, make_report
from assistant.report.draft import Draft, make_draft


class Moment(NamedTuple):
    """What undo goes back to."""

    answers: Answers
    at: str


class WantReason(NamedTuple):
    """A written reason is wanted for the first of these findings."""

    keys: tuple[str, ...]
    named: int = 0
    """How many of them, from the first, one reason was asked for by name; what the numbers of an
    own text are is not asked then."""
    at: int | None = None
    """The place of the one number of an own text that the reason is for."""


class WantPartner(NamedTuple):
    """Left halves of rows are chosen; the right half of the first is wanted."""

    lefts: tuple[Option, ...]


class OwnNumber(NamedTuple):
    """A number of last year's words that does not follow from the figures of this year."""

    at: int
    """Where it stands in the words of this year."""
    written: str
    unit: str
    quoted: str
    """Last year's clause with it, as it was printed; up to the next number."""
    figures: tuple[Reference, ...] = ()
    """The figure that it names; else those that had its value last year."""
    is_year: bool = False
    """A year, which may stay as it is."""


class WantOwnNumber(NamedTuple):
    """Last year's words are offered; this year's number is wanted for the first of those left."""

    name: str
    """The text that they are for."""
    text: str
    """The words of this year, with last year's numbers where they are still wanted."""
    left: tuple[OwnNumber, ...]
    """In the order of the text."""
    behind: "Standing" = None


Standing = WantReason | WantPartner | None
"""What stays wanted while something else is asked back."""


class WantConsent(NamedTuple):
    """A proposal stands to be taken or left."""

    entries: Entries
    read: Mapping[str, Read]
    """What each entry was read as, by question."""
    asked: Event
    """The question without what would change, which has been shown."""
    behind: Standing = None


class WantChoice(NamedTuple):
    """A line had several meanings; one of them is to be chosen by its number."""

    readings: tuple[Reading, ...]
    typed: str
    behind: Standing = None
    asked: str = ""
    """The question in words, where it is not which meaning a line has."""
    page: int = 0
    """Which of the pages that its letters reach is shown, from 0."""

    @property
    def shown(self) -> tuple[Reading, ...]:
        """The readings of that page."""
        return self.readings[self.page * len(LETTERS) :][: len(LETTERS)]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-len(self.readings) // len(LETTERS))


Pending = WantReason | WantConsent | WantChoice | WantOwnNumber | WantPartner | None


class Checker:
    """The checks of a conversation, run once for each set of answers; a few are remembered."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._run: deque[tuple[Answers, Answers | None, Outcomes]] = deque(maxlen=4)
        self._draft: Draft | None = None
        self._told: tuple[Answers, Answers | None, Report] | None = None

    def outcomes(
        self, answers: Answers, previous: Answers | None, sentences: Sentences
    ) -> Outcomes:
        """What the checks say of answers beside those of last year."""
        for then, before, found in self._run:
            if then is answers and before is previous:
                return found
        found = run_checks(answers, previous, sentences)
        self._run.append((answers, previous, found))
        return found

    def report(self, answers: Answers, previous: Answers | None, sentences: Sentences) -> Report:
        """What answers print, gaps and all; the last one is remembered."""
        now = self._told
        if now is None or now[0] is not answers or now[1] is not previous:
            report = make_report(answers, previous, sentences, is_draft=False)
            now = self._told = answers, previous, report
        return now[2]

    def draft(self, answers: Answers, previous: Answers | None, sentences: Sentences) -> Draft:
        """The report of answers with all that is found of them; the last one is remembered."""
        now = self._draft
        if now is None or now.answers is not answers or now.previous is not previous:
            said = findings_of_edition(answers.edition, sentences)
            said += findings_of_answers(answers, sentences)
            outcomes = self.outcomes(answers, previous, sentences)
            now = make_draft(LoadedAnswers(answers, said), previous, sentences, outcomes)
            self._draft = now
        return now


@dataclass(frozen=True)
class Interview:
    """One conversation about one answer file; every step makes a new one."""

    answers: Answers
    previous: Answers | None
    sentences: Sentences = field(repr=False)
    this_year: int = MAXYEAR
    """The calendar year; reports are written for years before it."""
    at: str = ""
    """The question on the screen; empty at the end of the form."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """Text that was typed and not taken, by question or finding."""
    unsent: frozenset[str] = frozenset()
    """Where that text was never sent, so that it waits in the box; the rest was refused."""
    past: tuple[Moment, ...] = ()
    future: tuple[Moment, ...] = ()
    pending: Pending = None
    help_step: int = 0
    """How much help of the question on the screen has been shown."""
    is_draft_told: bool = False
    """Whether it has been said since one came here that the text typed here was not taken."""
    origin: str | None = None
    """The question on the screen before the last jump; empty for the end of the form."""
    returns: bool = False
    """Whether one came by a jump to mend the answer on the screen, and goes back once it is."""
    is_done: bool = False
    """Whether the question on the screen has just been answered and may be left."""
    followed: frozenset[str] = frozenset()
    """Cells that were filled with the zero of their total and not answered since."""
    unjudged: str = ""
    """A list whose rows are being written; what checks say of it is held back until then."""
    warned_of: frozenset[tuple[str, str]] = frozenset()
    """Text not sent, by question or finding, that stood in the way of finishing and was told."""
    shown: str = ""
    """Key of the finding that was shown last, for taking its correction."""
    only_tables: bool = False
    """Whether one question of the tables follows the other, and what the narrative needs waits."""
    details: tuple[str, ...] = ()
    """All that the last summary was made of, a line each."""
    checker: Checker = field(default_factory=Checker, repr=False, compare=False)

    @property
    def outcomes(self) -> Outcomes:
        """What the checks say of the answers as they stand."""
        return self.checker.outcomes(self.answers, self.previous, self.sentences)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What they find."""
        return self.outcomes.findings

    @property
    def draft(self) -> Draft:
        """Findings and report of the answers as they stand; they are those of a replay."""
        return self.checker.draft(self.answers, self.previous, self.sentences)

    @property
    def figures(self) -> FigureValues:
        """What the figures of the answers print, beside those of last year."""
        return FigureValues(self.answers, self.previous)

    @property
    def report(self) -> Report:
        """The report of the answers as they stand, gaps and all."""
        return self.checker.report(self.answers, self.previous, self.sentences)

    @property
    def edition(self) -> Edition:
        """The form that is being filled in."""
        return self.answers.edition

    @property
    def question(self) -> Question | None:
        """The question on the screen; `None` at the end of the form."""
        return self.edition.questions.get(self.at)

    @property
    def prompt(self) -> str:
        """What is asked for: a question's id, or the key of a finding that wants a reason."""
        return self.pending.keys[0] if isinstance(self.pending, WantReason) else self.at

    def printed(self, answer: Answer, question: Question) -> str:
        """An answer as people read it: own text with its figures, 不填 where there is none."""
        if question.id in self.edition.passages_by_id and answer.state == "none":
            return self.say("passage_left_out")
        if answer.state == "none":
            return self.say("untold", remark=answer.remark)
        return self.told(format_answer(answer, question), self.figures)

    def told(self, text: str, figures: FigureValues) -> str:
        """Own text with its figures; one that is not there yet by its name."""
        return told_text(text, figures, self.sentences)

    def say(self, code: str, /, **details: object) -> str:
        """A sentence of the section `interview`."""
        return self.sentences.say(f"interview.{code}", **details)

    @property
    def standing(self) -> Standing:
        """What is wanted apart from an answer to something asked back."""
        pending = self.pending
        if isinstance(pending, WantChoice | WantConsent | WantOwnNumber):
            return pending.behind
        return pending

    @property
    def is_asked_back(self) -> bool:
        """Whether something other than a reason is wanted before one can go on."""
        return self.pending is not None and not isinstance(self.pending, WantReason)

    @property
    def wanted_reason(self) -> WantReason | None:
        """The reasons still wanted, also behind something asked back."""
        return self.standing if isinstance(self.standing, WantReason) else None

    def at_question(self, name: str) -> "Interview":
        """The same conversation at another question; nothing is checked, nothing is lost."""
        made = replace(self, at=name, pending=None, help_step=0)
        return replace(made, returns=False, is_done=False, is_draft_told=False)

    def after_jump_to(self, name: str) -> "Interview":
        """The same conversation at a question that was named, remembering where it was."""
        origin = self.origin if name == self.at else self.at
        made = self.at_question(name)
        return replace(made, origin=origin, returns=name in self.answers.given)

    def with_draft(self, text: str, name: str = "", *, is_unsent: bool = False) -> "Interview":
        """Keep text that was typed and not taken as the draft of a question or a reason."""
        place = name or self.prompt
        drafts = {key: each for key, each in self.drafts.items() if key != place}
        unsent = self.unsent | {place} if is_unsent else self.unsent - {place}
        kept = {**drafts, place: text} if text.strip() else drafts
        return replace(self, drafts=kept, unsent=unsent)

    @property
    def waiting(self) -> Mapping[str, str]:
        """Text typed and not sent, by question or finding."""
        return {key: text for key, text in self.drafts.items() if key in self.unsent}

    def with_text(self, event: Event) -> Event:
        """What is asked, with the text that was typed there before."""
        text = self.drafts.get(self.prompt, "")
        if self.prompt in self.unsent:
            return event._replace(draft=text)
        return event._replace(refused=text)

    @property
    def last_years_figure(self) -> int | Decimal | None:
        """Last year's figure of the question on the screen, where there is one."""
        return None if self.previous is None else self.previous.numbers.get(self.at)

    def record(self, answers: Answers) -> "Interview":
        """Other answers, with the present ones to go back to."""
        if answers == self.answers:
            return self
        past = (*self.past, Moment(self.answers, self.at))
        return replace(self.with_answers(answers), past=past, future=())

    def with_answers(self, answers: Answers) -> "Interview":
        """Other answers; last year's file stays beside them while it is of the year before."""
        is_before = self.previous is not None and self.previous.year == answers.year - 1
        return replace(self, answers=answers, previous=self.previous if is_before else None)


class Turn(NamedTuple):
    """What one line led to."""

    interview: Interview
    events: tuple[Event, ...]
    ui_request: UiRequest = ""
    ahead: tuple[str, ...] = ()
    """Lines to be said next, as if they had been typed one after the other."""
    argument: str = ""
    """What is named for what the front end or the session is to do: a document."""

    def behind(self, *said: Event) -> "Turn":
        """The same with something said before."""
        return self._replace(events=(*said, *self.events))


Action = Callable[[Interview, str], Turn]
"""What a command does with the words behind it."""
