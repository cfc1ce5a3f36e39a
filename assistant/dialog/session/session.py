"""One session: the first questions, then the conversation, each answer saved before its echo."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from assistant.answers import Answer, Answers
from assistant.dialog.interview import (
    Interview,
    Turn,
    ask,
    begin,
    command,
    concerning,
    finding_event,
    handle_line,
    is_as_it_stands,
    move,
)
from assistant.dialog.session.answer_file import SessionFile
from assistant.dialog.session.answer_files import (
    Found,
    begin_from,
    file_name,
    find_files,
    keep_last_year,
    last_year_among,
    read_last_year,
    read_published,
    tell_others_of_last_year,
    with_last_year,
)
from assistant.dialog.session.finish import farewell, tell_outdated, write_documents
from assistant.dialog.session.setup_wizard import Chosen, SetupWizard, Stage, WizardStep
from assistant.form.loader import Library
from assistant.messages.events import Event, UiRequest
from assistant.report.draft import Draft
from assistant.storage.errors import AssistantError, FileError
from assistant.values.characters import UNREADABLE

_OWN_REQUESTS = ("write", "delegate", "read_back", "outdated")
"""What a line may want of the session itself, and no front end sees."""


class Session:
    """What both front ends talk to: a line in, events out, and the files behind it.

    Attributes:
        interview: The conversation; None while the first questions are asked.
        ui_request: What the last line wants of the front end, for example `quit`.
        argument: What it names for that: the text to copy.
        ahead: Lines that the last one wants said next, each as if it were typed alone.
        documents: Those that were written last.
        written: The files written last, sheets too; another list each time.
    """

    def __init__(
        self, library: Library, folder: Path, today: date, previous: Path | None = None
    ) -> None:
        """Take the folder to work in; no file is touched yet.

        Args:
            library: Editions and sentences.
            folder: Where answer files are looked for and written.
            today: Decides which report year is offered.
            previous: An answer file of last year given on the command line.
        """
        self.library = library
        self.interview: Interview | None = None
        self.ui_request: UiRequest = ""
        self.argument = ""
        self.ahead: tuple[str, ...] = ()
        self._folder = folder
        self._today = today
        self._previous_path = previous
        self._wizard: SetupWizard | None = None
        self._file: SessionFile | None = None
        self._begun: Callable[[], list[Event]] | None = None
        self._was_warned = False
        self.documents: list[Path] = []
        self.written: list[Path] = []

    @property
    def path(self) -> Path | None:
        """The answer file that is being filled in."""
        return self._file.path if self._file else None

    def start(self, path: Path | None = None) -> list[Event]:
        """Greet: resume the file named, or ask the first questions.

        Raises:
            AssistantError: The file or folder cannot be read, or is held by another session.
        """
        if path is not None:
            return self._resume(path)
        files = find_files(self._folder, self.library)
        aside = self._previous_path.resolve() if self._previous_path else None
        offered = tuple(each for each in files.found if each.path.resolve() != aside)
        self._wizard = SetupWizard(
            self.library, offered, self._today.year, files.only_read, files.reports
        )
        events = [Event("note", self._say("broken_file", name=each.name)) for each in files.broken]
        if files.left_out:
            events.append(Event("note", self._say("left_out", count=files.left_out)))
        return [*events, *self._open(self._wizard.begin())]

    def say(self, line: str, *, at_once: bool = False) -> list[Event]:
        """Take one line and say all that follows from it; what is accepted is on the disk by then.

        Args:
            line: What was typed or pasted.
            at_once: Whether its lines came at once and without the mark of a paste.
        """
        events = self.begin(line, at_once=at_once)
        while self.is_busy:
            events += self.go_on()
        return events

    def begin(self, line: str, *, at_once: bool = False) -> list[Event]:
        """Take one line as `say` does, but of what takes long say only that it is begun."""
        self.ui_request, self.ahead = "", ()
        if UNREADABLE in line:
            return [Event("refusal", self._say("unreadable")), *self.asked()]
        if self.interview is None:
            assert self._wizard is not None  # noqa: S101  start() comes first
            return self._open(self._wizard.step(line))
        turn = handle_line(self.interview, line, at_once=at_once)
        self.ahead = turn.ahead
        return self._settle(turn)

    @property
    def is_busy(self) -> bool:
        """Whether something was begun that `go_on` does."""
        return self._begun is not None

    def go_on(self) -> list[Event]:
        """Do what was begun, which may take long; what it led to comes back."""
        begun, self._begun = self._begun, None
        return begun() if begun is not None else []

    def asked(self) -> list[Event]:
        """The question once more, below what took its place."""
        if self.interview is not None:
            return [ask(self.interview)]
        return [self._wizard.ask()] if self._wizard is not None else []

    def command(self, name: str, argument: str = "", *, typed: str = "") -> list[Event]:
        """Do a command given by a key; text typed and not sent stays as the question's draft."""
        self.ui_request = ""
        if self.interview is None:
            assert self._wizard is not None  # noqa: S101  start() comes first
            return self._open(self._wizard.command(name, argument))
        return self._settle(command(self._keeping(typed), name, argument))

    def move(self, place: str, *, typed: str = "") -> list[Event]:
        """Go to a question as one goes from cell to cell in the table."""
        self.ui_request = ""
        return self._settle(move(self._keeping(typed), place))

    def keep_unsent(self, typed: str) -> None:
        """Keep text that stands in the box, should the window die before it is sent."""
        if self.interview is not None and self._file is not None:
            self._file.unsent.keep(self._keeping(typed).waiting)

    def drop_unsent(self) -> None:
        """Forget the text that waited at what is asked for; somebody emptied the box."""
        if self.interview is not None:
            self.interview = self.interview.with_draft("")
            self.keep_unsent("")

    def _keeping(self, typed: str) -> Interview:
        """The conversation, with text typed and not sent as the draft of its question."""
        assert self.interview is not None  # noqa: S101  asked by the caller
        if not typed.strip() or is_as_it_stands(self.interview, typed):
            return self.interview
        return self.interview.with_draft(typed, is_unsent=True)

    def draft(self) -> Draft | None:
        """Findings and report of the answers as they stand; they are those of a replay."""
        return self.interview.draft if self.interview is not None else None

    @property
    def stage(self) -> Stage | None:
        """Which of the first questions is asked; None when they are answered."""
        return self._wizard.stage if self._wizard and self.interview is None else None

    @property
    def is_saved(self) -> bool:
        """Whether the disk has every answer."""
        saved = self._file.saved if self._file else None
        return self.interview is None or self.interview.answers == saved

    def farewell(self) -> list[Event]:
        """What to know after leaving: where the answers are, and what was typed and not taken."""
        if self.interview is None or self.path is None:
            return []
        kept = self.documents if self.is_saved else None
        return [*farewell(self.interview, self.path, kept, self.library), *self._outdated()]

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _say(self, code: str, /, **details: object) -> str:
        return self.library.sentences.say(f"session.{code}", **details)

    def say_error(self, fault: AssistantError) -> str:
        """The sentence of a fault."""
        return self.library.sentences.say(f"errors.{fault.code}", **fault.details)

    def _open(self, made: WizardStep) -> list[Event]:
        self._wizard = made.wizard
        events = list(made.events)
        self.ui_request = made.ui_request
        if made.chosen is None:
            return events
        if made.chosen.report:
            return [*events, self._reading(made.chosen.report, partial(self._take, made.chosen))]
        return [*events, *self._take(made.chosen)]

    def _reading(self, name: str, act: Callable[[], list[Event]]) -> Event:
        """Begin to read a document, and say so."""
        self._begun = act
        return Event("note", self._say("reading", name=name))

    def _take(self, chosen: Chosen) -> list[Event]:
        try:
            return self._chosen(chosen)
        except AssistantError as fault:
            self.close()
            return [Event("refusal", self.say_error(fault)), *self.asked()]

    def _chosen(self, chosen: Chosen) -> list[Event]:
        if chosen.resume is not None:
            return self._resume(chosen.resume.path)
        if chosen.report:
            assert self._wizard is not None  # noqa: S101  it has been chosen there
            before, told = read_published(self._folder / chosen.report, self.library)
            return self._open(self._wizard.read(before, told))
        assert chosen.edition is not None  # noqa: S101  a new file has its edition
        path = self._folder / file_name(chosen.body, chosen.year, self._folder)
        _, warnings = self._hold(path, is_new=True)
        asked = chosen.edition.roles.body_name
        answers = Answers(chosen.edition, chosen.year, {asked: Answer(chosen.body)})
        beside = chosen.previous.path if chosen.previous else self._previous_path
        if chosen.before is not None:
            beside = keep_last_year(chosen.before, chosen.body, self._folder)
        previous, events = read_last_year(beside, answers, self.library)
        turn = self._begin(answers, previous)
        if chosen.told is not None:
            turn = begin_from(turn, chosen.told)
        details = {"body": chosen.body, "is_read": bool(chosen.before)}
        first = Event("echo", self._say("begun", path=path.name, **details))
        found = concerning(turn.interview, asked)
        events += [finding_event(turn.interview, each) for each in found]
        return [first, *warnings, *events, *self._settle(turn)]

    def _resume(self, path: Path) -> list[Event]:
        file, warnings = self._hold(path)
        reading = file.load(self.library)
        answers = reading.answers
        beside = self._previous_path or self._beside(path, answers)
        previous, events = read_last_year(beside, answers, self.library)
        if beside is None:
            beside_it = [each for each in self._files(path) if each.path != path]
            events = tell_others_of_last_year(beside_it, answers, self.library.sentences)
        faults = [Event("note", each.sentence, finding=each) for each in reading.findings]
        turn = self._begin(answers, previous, file.unsent.read())
        turn = turn._replace(interview=file.journal.recall(turn.interview))
        said = self._settle(turn)
        return [*faults, *warnings, *events, *said[:-1], *self._outdated(), *said[-1:]]

    def _begin(
        self, answers: Answers, previous: Answers | None, unsent: Mapping[str, str] | None = None
    ) -> Turn:
        """Start talking; with text of an earlier session, even none, that one goes on."""
        resumes, year, sentences = unsent is not None, self._today.year, self.library.sentences
        return begin(
            answers, previous, sentences, unsent=unsent or {}, resumes=resumes, this_year=year
        )

    def _beside(self, path: Path, answers: Answers) -> Path | None:
        return last_year_among(self._files(path), answers, path)

    def _files(self, path: Path) -> tuple[Found, ...]:
        """The answer files of a folder; the wizard has looked through it already."""
        if (wizard := self._wizard) is not None:
            return (*wizard.files, *wizard.only_read)
        listing = find_files(path.parent, self.library)
        return (*listing.found, *listing.only_read)

    def _hold(self, path: Path, *, is_new: bool = False) -> tuple[SessionFile, list[Event]]:
        """Take a file; what is said of it is that this disk keeps no other session out."""
        self.close()
        self._file = file = SessionFile(path, is_new=is_new)
        if file.is_locked:
            return file, []
        return file, [Event("note", self._say("unlocked", path=path.name))]

    def _settle(self, turn: Turn) -> list[Event]:
        """Save, then let the events be shown; write the documents when that is wished."""
        assert self._file is not None  # noqa: S101  it is held before anything is said
        before = self.interview.answers if self.interview else turn.interview.answers
        if turn.interview.answers.year != before.year:
            beside = self._beside(self._file.path, turn.interview.answers) or self._previous_path
            turn = with_last_year(turn, beside, self.library)
        self.interview = turn.interview
        self.ui_request, self.argument = turn.ui_request, turn.argument
        self._file.journal.keep(turn.interview)
        events = [*self._save(), *map(self._as_saved, turn.events)]
        events[-1:-1] = self._rename(self._file, before)
        self.keep_unsent("")
        if turn.ui_request == "quit" and not self.is_saved and not self._was_warned:
            self.ui_request, self._was_warned = "", True
            events.append(Event("refusal", self._say("not_saved_yet")))
            return events
        self._was_warned = False
        if turn.ui_request in _OWN_REQUESTS:
            self.ui_request = ""
        if turn.ui_request in ("write", "delegate"):
            events += [*self._write(turn.ui_request, turn.argument), ask(turn.interview)]
        if turn.ui_request == "read_back":
            read = partial(self._read_back, turn.argument)
            events += [self._reading(turn.argument, read)] if turn.argument else read()
        if turn.ui_request == "outdated":
            events[-1:-1] = self._outdated()
        return events

    def _as_saved(self, event: Event) -> Event:
        """An event; what was taken and is not on the disk is no echo, and says so."""
        if event.kind != "echo" or self.is_saved:
            return event
        return event._replace(kind="note", title=self._say("kept_unsaved"))

    def _save(self) -> list[Event]:
        assert self.interview is not None and self._file is not None  # noqa: S101
        answers = self.interview.answers
        if answers == self._file.saved:
            return []
        try:
            aside = self._file.save(answers)
        except FileError as fault:
            return [Event("refusal", self.say_error(fault), self._say("not_saved"))]
        return [Event("note", self._say("set_aside", name=aside.name))] if aside else []

    def _rename(self, file: SessionFile, before: Answers) -> list[Event]:
        """Let the file's name follow the answers that are in it now."""
        old = file.path.name
        try:
            is_renamed = file.rename(before)
        except FileError as fault:
            why = self.say_error(fault)
            return [Event("note", self._say("keeps_name", name=old, why=why))]
        new = file.path.name
        return [Event("note", self._say("file_renamed", old=old, new=new))] if is_renamed else []

    def _outdated(self) -> list[Event]:
        """Name the documents made from other answers; silent where that cannot be told."""
        try:
            draft = self.draft() if self.is_saved else None
            return tell_outdated(draft, self.path, self.library) if draft and self.path else []
        except AssistantError:  # what cannot be read or made is told when it is written
            return []

    def _read_back(self, name: str) -> list[Event]:
        """Propose what a document, or sheets, have otherwise than the answers."""
        from assistant.dialog.session.round_trip import read_back  # noqa: PLC0415  few need it

        draft, path, interview = self.draft(), self.path, self.interview
        assert draft and path and interview  # noqa: S101  there is a file by now
        try:
            turn = read_back(interview, draft, path, name, self.library)
        except AssistantError as fault:
            return [Event("refusal", self.say_error(fault)), ask(interview)]
        self.interview = turn.interview
        return list(turn.events)

    def _write(self, wanted: UiRequest, words: str) -> list[Event]:
        """Write the documents, or sheets for departments; what goes wrong is said."""
        draft, file, interview = self.draft(), self._file, self.interview
        assert draft and file and interview  # noqa: S101  there is a file by now
        try:
            if wanted == "delegate":
                from assistant.dialog.session.round_trip import delegate  # noqa: PLC0415  few need it

                self.written, said = delegate(interview, file.path, words, self.library)
            else:
                self.documents, said = write_documents(draft, file.path, interview, self.library)
                self.written = self.documents
                if not draft.report.is_draft:
                    file.journal.drop()
        except AssistantError as fault:
            return [Event("refusal", self.say_error(fault))]
        return said
