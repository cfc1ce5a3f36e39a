"""The first questions: which file, which year, which place, which body. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from assistant.answers import Answer, Answers, read_entry
from assistant.dialog.session.answer_files import Found, year_before
from assistant.dialog.welcome import ask_year, welcome
from assistant.export.formats import is_document
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.intents import Command, UnknownCommand, names_of, pick, vocabulary
from assistant.messages.events import Event, UiRequest, numbered
from assistant.messages.themes import change_theme
from assistant.storage.yaml_text import Node
from assistant.values import read_year
from assistant.values.language import any_of, words_for
from assistant.values.print_format import show_date

Stage = Literal["choose", "year", "place", "body", "last_year", "report"]
_YEAR = re.compile(rf"(?P<year>\S{{4}})\s*{any_of('year')}?")  # 2017年度
_FIRST_YEAR = 1000
"""Below it a year was mistyped."""
_BODY = re.compile(f"{any_of('body_end')}$")
"""How the name of a body ends."""
_ASKS = re.compile(f"[?？]$|{any_of('question_word')}")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class Chosen(NamedTuple):
    """What the first questions led to: a file to resume, or a new one to begin."""

    resume: Found | None = None
    edition: Edition | None = None
    year: int = 0
    body: str = ""
    previous: Found | None = None
    report: str = ""
    """The name of last year's published report, to be read before anything else is known."""
    before: Answers | None = None
    """Last year's answers as they were read from it."""
    told: Event | None = None
    """What is said of them."""


class WizardStep(NamedTuple):
    """What a line of the first questions led to."""

    wizard: "SetupWizard"
    events: tuple[Event, ...]
    chosen: Chosen | None = None
    ui_request: UiRequest = ""


@dataclass(frozen=True)
class SetupWizard:
    """The state of the first questions."""

    library: Library
    files: tuple[Found, ...]
    this_year: int
    """The calendar year of today; reports are written for years before it."""
    only_read: tuple[Found, ...] = ()
    """Files of forms that can only be read: not offered, but perhaps last year's."""
    reports: tuple[str, ...] = ()
    """Names of documents beside them, which may be last year's published report."""
    before: Answers | None = None
    """Last year's answers as they were read from its report."""
    told: Event | None = None
    """What is said of them once there is a file."""
    stage: Stage = "choose"
    year: int = 0
    edition: Edition | None = None
    doubted: str = ""
    """What was typed for the body and does not look like one; typed again it is."""

    def say(self, code: str, /, **details: object) -> str:
        """A sentence of the section `opening`."""
        return self.library.sentences.say(f"opening.{code}", **details)

    def begin(self) -> WizardStep:
        """The welcome and the first question."""
        first = self if self.files or self.reports else replace(self, stage="year")
        return WizardStep(first, (welcome(self.library.sentences), first.ask()))

    def ask(self) -> Event:
        """The question of this stage."""
        if self.stage == "year":
            return ask_year(self.library.sentences, self.this_year)
        if self.stage == "body":
            assert self.edition is not None  # noqa: S101  the stage before chose it
            number = names_of(self.edition).number_of(self.edition.roles.body_name)
            title = self.say("number", number=number)
            return Event("ask", self.say("ask_body"), title, (self.say("body_help"),))
        if self.stage == "place":
            places = [(place, place) for place in self._places()]
            text = self.say("ask_place", is_one=len(places) == 1)
            return Event("ask", text, choices=numbered(places))
        if self.stage == "last_year":
            files = [(self._file_label(each, "last_file"), each) for each in self.files]
            text = self.say("which_last_year", is_one=len(files) == 1)
            return Event("ask", text, choices=numbered(files))
        if self.stage == "report":
            names = [(name, name) for name in self.reports]
            text = self.say("which_report", count=len(names))
            return Event("ask", text, choices=numbered(names))
        labels = [(self._file_label(each, "file"), each) for each in self.files]
        others = [(self.say(code), None) for code in self._others]
        text = self.say("choose", by_enter=self._by_enter, year=self.this_year - 1)
        return Event("ask", text, choices=numbered([*labels, *others]))

    @property
    def _by_enter(self) -> Literal["", "resume", "rolled"]:
        """What Enter does where one file alone is there: go on with it, or with the year after it.

        A finished one of the year before last is what this year's report begins from.
        """
        if len(self.files) != 1:
            return ""
        file = self.files[0]
        is_done = not (file.left.questions or file.left.tables)
        is_rolled = file.year + 1 in self.library.edition(file.edition).years
        is_due = file.year + 1 == self.this_year - 1
        return "rolled" if is_done and is_rolled and is_due else "resume"

    @property
    def _others(self) -> tuple[str, ...]:
        """What can be done besides going on with a file."""
        return ("anew", "rolled", "published") if self.files else ("anew", "published")

    def step(self, line: str) -> WizardStep:
        """Take one line."""
        text = line.strip().strip("\u3000").translate(_FULL_WIDTH)
        words = vocabulary(self.library.sentences)
        said = words.read_slashed(text) if text else None
        if said is None and (self.stage != "body" or words.is_word(text) or text in ("?", "？")):
            said = words.read_plain(text)
        if said is None and _ASKS.search(text):
            said = Command("help")
        if isinstance(said, Command):
            return self.command(said.name, said.argument)
        if isinstance(said, UnknownCommand):
            return self._again(self.say("no_command"))
        offered = self.ask().choices
        only = offered[0].key if len(offered) == 1 else ""
        return self._stages[self.stage](self, text or only)

    def command(self, name: str, argument: str = "") -> WizardStep:
        """Do what a command can do before there is a file."""
        if name == "quit":
            return WizardStep(self, (), ui_request="quit")
        if name == "look":
            said, ui_request = change_theme(argument, self.library.sentences)
            return WizardStep(self, said, ui_request=ui_request)
        if name == "back":
            has_place = len(self.library.editions_of(self.year)) > 1
            before: dict[Stage, Stage] = {
                "body": "place" if has_place else "year",
                "place": "year",
                "last_year": "choose",
                "report": "choose",
            }
            first: Stage = "choose" if self.files or self.reports else "year"
            stage = before.get(self.stage, first)
            moved = replace(self, stage=stage)
            return WizardStep(moved, (moved.ask(),))
        if name in ("help", "menu"):
            text = self.say("help", about=self.say(f"help_{self.stage}"))
            return WizardStep(self, (Event("help", text), self.ask()))
        return self._again(self.say("no_command"))

    def _again(self, text: str) -> WizardStep:
        return WizardStep(self, (Event("refusal", text), self.ask()))

    def _to(self, stage: Stage, *events: Event, **changes: object) -> WizardStep:
        moved = replace(self, stage=stage, **changes)  # type: ignore[arg-type]
        return WizardStep(moved, (*events, moved.ask()))

    def _file_label(self, found: Found, code: str) -> str:
        still = found.left.said(self.library.sentences)
        is_done = not (found.left.questions or found.left.tables)
        named = {"body": found.body, "year": found.year, "name": found.path.name}
        return self.say(
            code, still=still, is_done=is_done, is_last_year=self._is_last_year(found), **named
        )

    def _is_last_year(self, found: Found) -> bool:
        """Whether a file is there for the one of the next year, which is gone on with."""
        edition_of = self.library.edition
        return any(
            year_before(self.files, edition_of(each.edition), each.year, each.body) is found
            for each in self.files
        )

    def _file_meant(self, text: str) -> Found | None:
        place = pick(text, len(self.files))
        if place is not None:
            return self.files[place]
        return next((each for each in self.files if text == each.path.name), None)

    def _choose(self, text: str) -> WizardStep:
        count = len(self.files)
        if not text and self._by_enter:
            is_resumed = self._by_enter == "resume"
            chosen = Chosen(resume=self.files[0])
            return WizardStep(self, (), chosen) if is_resumed else self._last_year("1")
        if _names_report(text):
            return WizardStep(self, (), Chosen(report=text))
        stages: dict[str, Stage] = {"anew": "year", "rolled": "last_year", "published": "report"}
        for number, code in enumerate(self._others, start=count + 1):
            if text in (str(number), self.say(code)):
                return self._to(stages[code], before=None, told=None)
        if found := self._file_meant(text):
            return WizardStep(self, (), Chosen(resume=found))
        return self._again(self.say("not_there"))

    def _last_year(self, text: str) -> WizardStep:
        found = self._file_meant(text)
        if found is None:
            return self._again(self.say("not_there"))
        year, edition = found.year + 1, self.library.edition(found.edition)
        if year not in edition.years:
            moved = replace(self, stage="choose")
            return moved._again(self._no_form(year))
        return self._start(edition, year, found.body, found)

    def _report(self, text: str) -> WizardStep:
        place = pick(text, len(self.reports))
        name = self.reports[place] if place is not None else text
        if not _names_report(name):
            return self._again(self.say("no_report"))
        return WizardStep(self, (), Chosen(report=name))

    def read(self, before: Answers, told: Event) -> WizardStep:
        """Go on from last year's report: to its body this year, or to the question for the body.

        Args:
            before: Last year's answers as they were read.
            told: What is said of them.
        """
        year = before.year + 1
        fitting = [
            each
            for each in self.library.editions_of(year)
            if before.edition.id in (each.id, each.follows)
        ]
        if not fitting or year >= self.this_year:
            too_new = self.say("report_of_last", before=before.year, year=year)
            return self._again(too_new if fitting else self._no_form(year))
        made = replace(self, edition=fitting[0], year=year, before=before, told=told)
        if not before.body:
            return made._to("body")
        return made._start(fitting[0], year, before.body, None)

    def _read_year(self, text: str) -> WizardStep:
        if _names_report(text):
            return WizardStep(self, (), Chosen(report=text))
        is_last = not text or text.rstrip("。") in words_for("last_year")
        match = _YEAR.fullmatch(str(self.this_year - 1) if is_last else text)
        year = read_year(match["year"]) if match else None
        if year is None or year < _FIRST_YEAR:
            return self._again(self.say("odd_year"))
        if year >= self.this_year:
            return self._again(self.say("year_not_over", year=year))
        editions = self.library.editions_of(year)
        if not editions:
            again = self._again(self._no_form(year))
            return again._replace(
                events=(again.events[0], *self._deadline(year), *again.events[1:])
            )
        if len(editions) == 1 and not editions[0].is_special:
            return self._to("body", *self._deadline(year), year=year, edition=editions[0])
        return self._to("place", *self._deadline(year), year=year)

    def _places(self) -> list[str]:
        return [each.place for each in self.library.editions_of(self.year)]

    def _no_form(self, year: int) -> str:
        editions = map(self.library.edition, self.library.fillable_ids())
        known = "、".join(each.title for each in editions)
        return self.say("no_form", year=year, known=known)

    def _deadline(self, year: int) -> Iterator[Event]:
        """When the report of a year is due, where an edition or the wording knows it."""
        for edition in self.library.editions_of(year):
            deadline = edition.deadline(year)
            if deadline is not None:
                last = show_date(deadline.day_for(year))
                said = self.say("deadline", year=year, last=last, source=deadline.source)
                yield Event("note", said)
                return
        if said := self.say("deadline_by_kind", year=year, next=year + 1):
            yield Event("note", said)

    def _read_place(self, text: str) -> WizardStep:
        places = self._places()
        place = pick(text, len(places))
        chosen = places[place] if place is not None else text
        meant = [each for each in places if len(chosen) > 1 and each.startswith(chosen)]
        if len(meant) != 1:
            return self._again(self.say("which_place", places="、".join(places)))
        editions = self.library.editions_of(self.year)
        edition = editions[places.index(meant[0])]
        notes = [Event("note", edition.reconstructed)] if edition.reconstructed else []
        return self._to("body", *notes, edition=edition)

    def _read_body(self, text: str) -> WizardStep:
        assert self.edition is not None  # noqa: S101  the stage before chose it
        question = self.edition.questions[self.edition.roles.body_name]
        entry = read_entry(question, Node(text, 0))
        if isinstance(entry, Answer) and isinstance(entry.value, str):
            body = entry.value
            if _BODY.search(body) or body == self.doubted:
                return self._start(self.edition, self.year, body, None)
            return replace(self, doubted=body)._again(self.say("odd_body", body=body))
        if isinstance(entry, Answer) or entry.code in ("empty", "no_answer"):
            return self._again(self.say("empty_body"))
        return self._again(self.library.sentences.say(f"refusals.{entry.code}", **entry.details))

    def _start(self, edition: Edition, year: int, body: str, previous: Found | None) -> WizardStep:
        there = [each for each in self.files if (each.body, each.year) == (body, year)]
        if there:
            event = Event("note", self.say("there_already", name=there[0].path.name))
            return WizardStep(self, (event,), Chosen(resume=there[0]))
        last = previous or year_before((*self.files, *self.only_read), edition, year, body)
        chosen = Chosen(None, edition, year, body, last, before=self.before, told=self.told)
        return WizardStep(self, (), chosen)

    _stages: ClassVar[Mapping[Stage, Callable[["SetupWizard", str], WizardStep]]] = {
        "choose": _choose,
        "last_year": _last_year,
        "report": _report,
        "year": _read_year,
        "place": _read_place,
        "body": _read_body,
    }


def _names_report(text: str) -> bool:
    """Whether a line is the name of a document."""
    return is_document(Path(text)) and "." in text
