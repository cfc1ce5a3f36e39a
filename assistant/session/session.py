"""One sitting: the first questions, then the conversation, each answer saved before its echo."""

from datetime import date
from pathlib import Path

from assistant.answers import Answer, Answers, Keeper, load, read_answers, write_answers
from assistant.documents import FORMATS, Office
from assistant.draft import Draft, make_draft
from assistant.errors import AssistantError, FileError
from assistant.events import Event, Wish
from assistant.files import Text
from assistant.findings import Finding
from assistant.interview import (
    Interview,
    Turn,
    ask,
    begin,
    command,
    concerning,
    finding_event,
    move,
    step,
    unsent_lines,
    wanted_questions,
    what_is_open,
)
from assistant.library import Library
from assistant.publish import Publisher
from assistant.session.folder import Found, describe, file_name, find_files
from assistant.session.opening import Chosen, Opening, Step
from assistant.session.unsent import Unsent


class Session:
    """What both front ends talk to: a line in, events out, and the files behind it.

    Attributes:
        interview: The conversation; None while the first questions are asked.
        wish: What the last line wants of the front end, for example `quit`.
    """

    def __init__(
        self, shelf: Library, folder: Path, today: date, previous: Path | None = None
    ) -> None:
        """Take the folder to work in; no file is touched yet.

        Args:
            shelf: Editions and sentences.
            folder: Where answer files are looked for and written.
            today: Decides which report year is offered.
            previous: An answer file of last year given on the command line.
        """
        self.shelf = shelf
        self.interview: Interview | None = None
        self.wish: Wish = ""
        self._folder = folder
        self._today = today
        self._previous_path = previous
        self._opening: Opening | None = None
        self._keeper: Keeper | None = None
        self._unsent: Unsent | None = None
        self._saved: Answers | None = None
        self._was_warned = False
        self._documents: list[Path] = []
        self._draft: Draft | None = None
        self._draft_of: Answers | None = None

    @property
    def path(self) -> Path | None:
        """The answer file that is being filled in."""
        return self._keeper.path if self._keeper else None

    def start(self, path: Path | None = None) -> list[Event]:
        """Greet: resume the file named, or ask the first questions.

        Raises:
            AssistantError: The file or folder cannot be read, or is held by another session.
        """
        if path is not None:
            return self._resume(path)
        files = find_files(self._folder, self.shelf)
        self._opening = Opening(self.shelf, files.found, self._today.year)
        events = [Event("note", self._say("broken_file", name=each.name)) for each in files.broken]
        if files.left_out:
            events.append(Event("note", self._say("left_out", count=files.left_out)))
        return [*events, *self._open(self._opening.begin())]

    def say(self, line: str) -> list[Event]:
        """Take one line and say what follows from it; what is accepted is on the disk by then."""
        self.wish = ""
        if self.interview is None:
            assert self._opening is not None  # noqa: S101  start() comes first
            return self._open(self._opening.step(line))
        return self._settle(step(self.interview, line))

    def command(self, name: str, argument: str = "", *, typed: str = "") -> list[Event]:
        """Do a command given by a key; text typed and not sent stays as the question's draft."""
        self.wish = ""
        if self.interview is None:
            assert self._opening is not None  # noqa: S101  start() comes first
            return self._open(self._opening.command(name, argument))
        return self._settle(command(self._keeping(typed), name, argument))

    def move(self, place: str, *, typed: str = "") -> list[Event]:
        """Go to a question as one goes from cell to cell in the table."""
        self.wish = ""
        return self._settle(move(self._keeping(typed), place))

    def keep_unsent(self, typed: str) -> None:
        """Keep text that stands in the box, should the window die before it is sent."""
        if self.interview is not None and self._unsent is not None:
            made = self._keeping(typed)
            self._unsent.keep(made.waiting)

    def drop_unsent(self) -> None:
        """Forget the text that waited at what is asked for; somebody emptied the box."""
        if self.interview is not None:
            self.interview = self.interview.keeps("")
            self.keep_unsent("")

    def _keeping(self, typed: str) -> Interview:
        """The conversation, with text typed and not sent as the draft of its question."""
        assert self.interview is not None  # noqa: S101  asked by the caller
        return self.interview.keeps(typed, is_unsent=True) if typed.strip() else self.interview

    def draft(self) -> Draft | None:
        """Findings and report of the answers as they stand, read back as replay would."""
        if self.interview is None:
            return None
        answers = self.interview.answers
        if self._draft is None or self._draft_of is not answers:
            text = Text(write_answers(answers), "utf-8", has_mark=False)
            reading = read_answers(text, self.path or Path(), self.shelf)
            self._draft = make_draft(reading, self.interview.previous, self.shelf.sentences)
            self._draft_of = answers
        return self._draft

    @property
    def is_saved(self) -> bool:
        """Whether the disk has every answer."""
        return self.interview is None or self.interview.answers == self._saved

    def farewell(self) -> list[Event]:
        """What to know after leaving: where the answers are, and what was typed and not taken."""
        interview, path = self.interview, self.path
        if interview is None or path is None:
            return []
        if self.is_saved:
            wanted = len(wanted_questions(interview.answers))
            lines = tuple(self._say("document", path=str(each)) for each in self._documents)
            saved = Event("note", self._say("left", path=str(path), left=wanted), lines=lines)
        else:
            saved = Event("refusal", self._say("lost", path=str(path)))
        edition, drafts = interview.edition, []
        for key, text in interview.drafts.items():
            name = edition.name(key) if key in edition.questions else key
            drafts.append(self._say("draft", name=name, text=text))
        said = self._say("drafts", waits=bool(interview.waiting))
        return [saved, *([Event("note", said, lines=tuple(drafts))] if drafts else [])]

    def close(self) -> None:
        """Let go of the file."""
        if self._keeper is not None:
            self._keeper.__exit__(None, None, None)
            self._keeper = None

    def _say(self, code: str, /, **details: object) -> str:
        return self.shelf.sentences.say(f"session.{code}", **details)

    def say_error(self, fault: AssistantError) -> str:
        """The sentence of a fault."""
        return self.shelf.sentences.say(f"errors.{fault.code}", **fault.details)

    def _open(self, made: Step) -> list[Event]:
        self._opening = made.opening
        events = list(made.events)
        self.wish = made.wish
        if made.chosen is None:
            return events
        try:
            return [*events, *self._chosen(made.chosen)]
        except AssistantError as fault:
            self.close()
            return [*events, Event("refusal", self.say_error(fault)), self._opening.ask()]

    def _chosen(self, chosen: Chosen) -> list[Event]:
        if chosen.resume is not None:
            return self._resume(chosen.resume.path)
        assert chosen.edition is not None  # noqa: S101  a new file has its edition
        path = self._folder / file_name(chosen.body, chosen.year)
        if path.exists():
            raise FileError("answers_there", path=str(path))
        answers = Answers(chosen.edition, chosen.year, {"body_name": Answer(chosen.body)})
        previous, events = self._load_previous(
            chosen.previous.path if chosen.previous else None, answers
        )
        self._hold(path)
        turn = begin(answers, previous, self.shelf.sentences, resumes=False)
        first = Event("echo", self._say("begun", path=path.name, body=chosen.body))
        found = concerning(turn.interview, "body_name")
        events += [finding_event(turn.interview, each) for each in found]
        return [first, *events, *self._settle(turn)]

    def _resume(self, path: Path) -> list[Event]:
        self._hold(path)
        reading = load(path, self.shelf)
        answers = reading.answers
        beside = self._previous_path or self._beside(describe(path, answers))
        previous, events = self._load_previous(beside, answers)
        faults = [self._fault(finding) for finding in reading.findings]
        kept = self._unsent.read() if self._unsent else {}
        turn = begin(answers, previous, self.shelf.sentences, unsent=kept, resumes=True)
        self._saved = answers
        return [*faults, *events, *self._settle(turn)]

    @staticmethod
    def _fault(finding: Finding) -> Event:
        return Event("note", finding.sentence, finding=finding)

    def _beside(self, found: Found) -> Path | None:
        """Last year's file of the same body in the same folder."""
        opening = self._opening  # it has looked through the folder already
        files = opening.files if opening else find_files(found.path.parent, self.shelf).found
        for each in files:
            if (each.body, each.year, each.edition) == (found.body, found.year - 1, found.edition):
                return each.path
        return None

    def _load_previous(
        self, path: Path | None, answers: Answers
    ) -> tuple[Answers | None, list[Event]]:
        path = path or self._previous_path
        if path is None:
            return None, []
        previous = load(path, self.shelf).answers
        if previous.edition is not answers.edition or previous.year != answers.year - 1:
            raise FileError(
                "previous_not_before", path=str(path), year=previous.year, wanted=answers.year - 1
            )
        return previous, [Event("note", self._say("with_previous", name=path.name))]

    def _hold(self, path: Path) -> None:
        self.close()
        keeper = Keeper(path)
        keeper.__enter__()
        self._keeper = keeper
        self._unsent = Unsent(path)
        self._saved = None

    def _settle(self, turn: Turn) -> list[Event]:
        """Save, then let the events be shown; write the documents when that is wished."""
        self.interview, self.wish = turn.interview, turn.wish
        events = [*self._save(), *turn.events]
        self.keep_unsent("")
        if turn.wish == "quit" and not self.is_saved and not self._was_warned:
            self.wish, self._was_warned = "", True
            events.append(Event("refusal", self._say("not_saved_yet")))
            return events
        self._was_warned = False
        if turn.wish == "write":
            self.wish = ""
            events += [*self._write(turn.interview), ask(turn.interview)]
        return events

    def _save(self) -> list[Event]:
        assert self.interview is not None and self._keeper is not None  # noqa: S101
        answers = self.interview.answers
        if answers == self._saved:
            return []
        try:
            aside = self._keeper.save(answers)
        except FileError as fault:
            text = self.say_error(fault)
            return [Event("refusal", text, self._say("not_saved"))]
        self._saved = answers
        return [Event("note", self._say("set_aside", name=aside.name))] if aside else []

    def _write(self, interview: Interview) -> list[Event]:
        draft, path = self.draft(), self.path
        assert draft is not None and path is not None  # noqa: S101  there is a file by now
        try:
            publisher = Publisher(path.parent, Office(self.shelf))
            name = self._say("document_name", name=path.stem, is_draft=draft.report.is_draft)
            published = publisher.publish(draft, name, FORMATS)
        except AssistantError as fault:
            return [Event("refusal", self.say_error(fault))]
        self._documents = [each.path for each in published]
        lines = [
            self._say("renamed" if each.is_renamed else "written", path=str(each.path))
            for each in published
        ]
        code = "written_draft" if draft.report.is_draft else "written_final"
        drafts = self._say("document_name", name=path.stem, is_draft=True)
        old = [name for each in FORMATS if (path.parent / (name := f"{drafts}.{each}")).exists()]
        if old and not draft.report.is_draft:
            lines.append(self._say("old_draft", names="、".join(old)))
        lines += [self._say("not_in", text=text) for text in unsent_lines(interview)]
        lines.append(self._say("next_steps", open=what_is_open(interview)))
        return [Event("echo", self._say(code), lines=tuple(lines))]
