"""The screen: transcript, answer box, preview beside it or in its place, keys below."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from assistant.messages import Sentences
from assistant.messages.events import Event, Theme
from assistant.messages.themes import THEME_OF_REQUEST, theme_title
from assistant.storage.errors import AssistantError
from assistant.ui.tui.answer_box import AnswerBox, Arrow
from assistant.ui.tui.clipboard import put_on_clipboard
from assistant.ui.tui.command_menu import MENU_ROOM, CommandMenu
from assistant.ui.tui.crash_handling import CrashHandling
from assistant.ui.tui.keyboard import KEYS, KEYS_IN_BROWSER, Keyboard, KeyLine
from assistant.ui.tui.main_area import MainArea
from assistant.ui.tui.preview_tabs import TAB_OF_REQUEST, Tab
from assistant.ui.tui.scrolling_page import ScrollingPage
from assistant.ui.tui.several_lines import (
    SLASHES,
    first_at_once,
    first_line,
    first_part,
    wants_a_look,
    writes_lines,
)
from assistant.ui.tui.status_and_hint import HintLine, StatusLine
from assistant.ui.tui.table_editing import TableCursor, fill
from assistant.ui.tui.theme import ThemedApp
from assistant.ui.tui.transcript import is_only_refused, paragraphs_of_typed, spoken

if TYPE_CHECKING:
    from assistant.dialog.interview import Interview
    from assistant.dialog.session import Session

Action = Callable[["Session"], list[Event]]
"""What is done with the session; what it says comes back."""
_WIDE = 100
"""Columns from which the preview stands beside the transcript."""
_OPENING_DELAY = 0.03
"""Seconds that the first question is on the screen before the rest of the program is read."""


class Chat(ThemedApp, Keyboard, CrashHandling):
    """The full-screen front end of one session.

    Attributes:
        session: None while it is opened behind the first question, or reads a document; what is
            done meanwhile waits.
    """

    CSS_PATH = "chat.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "AnswerBox"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  as Textual has it

    def __init__(
        self,
        sentences: Sentences,
        greeting: Iterable[Event],
        open_session: "Callable[[], tuple[Session, list[Event]]]",
        theme: Theme | None = None,
    ) -> None:
        """Take what is painted first, and how to open the session with its own greeting."""
        super().__init__(theme)
        self._sentences = sentences
        self._greeting = list(greeting)
        self.session: Session | None = None
        self._open_session = open_session
        self._waiting: list[Callable[[], object]] = []
        self._asked: list[Event] = []

    def compose(self) -> ComposeResult:
        """The parts of the screen from top to bottom."""
        yield StatusLine(self._sentences)
        yield MainArea(self._sentences)
        yield HintLine(self._sentences)
        yield AnswerBox()
        yield KeyLine(self._sentences)

    def on_mount(self) -> None:
        """Greet and wait for the first line."""
        self.title = self._say("title")
        self._cells = TableCursor(self.box, self.query_one(HintLine), self._sentences)
        self._put("")
        self._show(self._greeting)
        self.set_timer(_OPENING_DELAY, lambda: self.run_worker(self._open, thread=True))

    def _open(self) -> None:
        """Open the session beside the first question."""
        try:
            session, greeting = self._open_session()
        except AssistantError as fault:
            self.fault = fault
            self.call_from_thread(self.exit)
            return
        self.call_from_thread(self._opened, session, greeting)

    def _opened(self, session: "Session", greeting: list[Event]) -> None:
        self.session = session
        if greeting != self._greeting:  # the folder has changed since the first look
            self._show(greeting)
        elif self._asked and self.interview is not None and not self.box.text:
            self._offer(self._asked[-1])
        self.body.follow(session)
        self._catch_up()

    def _catch_up(self) -> None:
        """Do what waited for the session."""
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _go_on(self, session: "Session") -> None:
        """Do what takes long beside the screen that says so."""
        events = self._act(lambda each: each.go_on(), session)
        self.call_from_thread(self._gone_on, session, events)

    def _gone_on(self, session: "Session", events: list[Event]) -> None:
        self.session = session
        self._hear(lambda _: events, typed="")
        self._catch_up()

    def on_text_area_changed(self) -> None:
        """Complete a command that is being typed."""
        for hint in self.query(HintLine):  # there is none while the screen is being left
            hint.follow(self.box.text, self.interview)

    def on_answer_box_rested(self) -> None:
        """Read and keep what stands in the box, also while the screen is being left."""
        for box in self.query(AnswerBox):
            for hint in self.query(HintLine):
                hint.read(box.text, self.interview)
            self._keep(box.text)

    def complete(self, text: str) -> None:
        """Take the rest of a command; with none to take, go to the numbers of the preview."""
        line = self.query_one(HintLine).completed(text)
        if line:
            self._put(line)
        elif self.interview is not None and not text.startswith(SLASHES):
            if not self.body.has_preview:
                self._turn_to(self.body.preview.tab)
            self.focus_on(self.body.preview.page)
            self.box.placeholder = self._say("choosing")

    def choose(self, cell: str) -> None:
        """Go from a number of the preview to its question; from nothing, back to the box."""
        self._show_chat()
        if self.interview is not None:
            place = self.interview.edition.question_of(cell)
            if place in self.interview.edition.questions:
                self._go(place)

    def move(self, text: str, arrow: Arrow) -> None:
        """Go to a neighbour in the table; what was typed is the answer of this cell."""
        if self.interview is not None:
            self._tell(text, arrow)

    def _go(self, place: str) -> None:
        typed = self.box.text
        self._hear(lambda session: session.command("jump", place, typed=typed), typed=typed)

    def send(self, text: str, *, is_pasted: bool = False, at_once: bool = False) -> None:
        """Say what was sent, in the conversation or for the cell on the screen.

        Lines that are not one thing each meet their own question, until something is said that a
        person should see first; the others go back into the box.
        """
        unfinished = self.box.text
        first: Callable[[str, Interview | None], str] = first_at_once if at_once else first_part
        # a terminal marks what is one thing
        said = text if is_pasted else first(text, self.interview)
        while True:
            text = text[len(said) + 1 :]
            events = self._tell(said, at_once=at_once)
            if ahead := self.session.ahead if self.session is not None else ():
                text, first = "\n".join((*ahead, *filter(None, [text]))), first_line
            if not text or self.has_left:
                return
            if wants_a_look(events, self.interview):
                self._put(f"{text}\n{unfinished}")  # its Enter stays, before what is typed next
                return
            said = first(text, self.interview)

    def _tell(self, text: str, arrow: Arrow | None = None, *, at_once: bool = False) -> list[Event]:
        is_cell = self.box.moves_cells and bool(text.strip() or arrow)
        if not self.box.moves_cells:
            self._show_chat()
        if text.strip():
            self.body.transcript.add(list(paragraphs_of_typed(text, self._sentences)))
        if is_cell:
            return self._hear(lambda each: fill(each, text, arrow, at_once=at_once), typed="")
        return self._hear(lambda each: each.begin(text, at_once=at_once), typed="")

    async def command(self, name: str) -> None:
        """Do what a key stands for; nothing typed is lost by it."""
        if name == "narrative":
            self._turn_to(self.body.next_tab)
        elif name == "menu" and self.size.width >= MENU_ROOM:
            keys = KEYS_IN_BROWSER if self.is_web else KEYS
            await self.push_screen(CommandMenu(self._sentences, keys))
        elif name == "grid" and self.box.moves_cells:
            self._show_chat()
        elif name == "quit" and self.box.warns():
            self._show([Event("note", self._say("unsent"))])
        else:
            if not self.box.moves_cells:
                self._show_chat()
            typed = self.box.text
            self._hear(lambda session: session.command(name, typed=typed), typed=typed)

    def escape(self) -> None:
        """Go back to the transcript; where it is in sight already, empty the box."""
        if self.body.has_only_preview or self.box.moves_cells:
            self._show_chat()
            return
        if self.box.empty(self._say("recall")) and self.session is not None:
            self.session.drop_unsent()

    def say_how_to_leave(self) -> None:
        """Say which key leaves, when somebody tries Ctrl+C."""
        self._show([Event("note", self._say("how_to_leave"))])

    def _show_chat(self) -> None:
        """Show the transcript, from the preview in its place or from the cells."""
        self.body.show_transcript()
        self.focus_on(self.box)
        if not self.box.moves_cells:
            return
        back = self._cells.leave(self.interview)
        if back is None:
            self._show(self._asked)  # what stands in the box stays there
        else:
            typed = self.box.text
            self._hear(lambda session: session.move(back, typed=typed), typed=typed)

    @property
    def interview(self) -> "Interview | None":
        """The conversation; None before the first questions are answered."""
        return self.session.interview if self.session is not None else None

    def _say(self, code: str, /, **details: object) -> str:
        return self._sentences.say(f"chat.{code}", **details)

    def _hear(self, action: Action, *, typed: str) -> list[Event]:
        session = self.session
        if session is None:
            self._waiting.append(lambda: self._hear(action, typed=typed))
            return []
        before = session.written
        events = self._act(action, session)
        if session.is_busy:
            self.session = None  # what is typed meanwhile waits
            self.run_worker(partial(self._go_on, session), thread=True)
        if self.is_web and session.written is not before:
            events += self._act(self._deliver, session)
        self._leave_cells_for_question()
        self._show(events, typed=typed)
        ui_request = session.ui_request
        if ui_request == "quit":
            self.has_left = True
            self.exit()
        elif ui_request in TAB_OF_REQUEST:
            self._turn_to(TAB_OF_REQUEST[ui_request])
            if ui_request == "grid":
                self._enter_cells()
                return events
            self._cells.stop()
        elif ui_request == "copy":
            way = put_on_clipboard(self, session.argument)
            self._show([Event("note", self._say(f"copied_{way}"))])
        elif ui_request == "look" or ui_request in THEME_OF_REQUEST:
            name = theme_title(self.turn_theme(THEME_OF_REQUEST.get(ui_request)), self._sentences)
            self._show([Event("note", self._say("look", name=name))])
        self._speak_beside_box(events)
        return events

    @staticmethod
    def _act(action: Action, session: "Session") -> list[Event]:
        """Do an action; what goes wrong is said like anything else."""
        try:
            return action(session)
        except AssistantError as fault:
            return [Event("refusal", session.say_error(fault))]

    def _keep(self, typed: str) -> None:
        """Keep what stands in the box, should the window die; a command is no text to keep."""
        if self.session is not None and not typed.startswith(SLASHES):
            self.session.keep_unsent(typed)

    def _deliver(self, session: "Session") -> list[Event]:
        """Offer what was written to the browser; nothing is said of it beside the page."""
        from assistant.ui.tui.browser_driver import deliver  # noqa: PLC0415  a terminal needs none

        for path in session.written:
            deliver(self, path)
        return []

    def _leave_cells_for_question(self) -> None:
        """Let the chat ask back, and say all that led to it; the table goes on behind it."""
        interview = self.interview
        if self.box.moves_cells and interview is not None and interview.is_asked_back:
            self._cells.wait()
            self.body.show_transcript()
            self.focus_on(self.box)

    def _enter_cells(self) -> None:
        """Let the arrows move in the table, from the question on the screen if it is there."""
        if self.interview is not None:
            place = self._cells.enter(self.interview)
            if place:
                self._go(place)
            else:
                self._speak_beside_box([])

    def _speak_beside_box(self, events: list[Event]) -> None:
        """Say shortly what was said of a cell; what takes more room is said in the chat."""
        interview = self.interview
        if self.box.moves_cells and not (interview and self._cells.speak(interview, events)):
            self._show_chat()
        elif self._cells.calls_back(interview):
            self._hear(lambda session: session.command("grid"), typed="")

    def _show(self, events: list[Event], *, typed: str = "") -> None:
        told = [each for each in events if each.kind != "ask" or not self.box.moves_cells]
        page = self.body.transcript
        before, read = spoken(told, self._sentences, page.text_width)
        if is_only_refused(told):
            question = spoken(told[-1:], self._sentences, page.text_width)[1]
            others = read[: len(read) - len(question)]
            read = others if page.stays_in_sight(question, others) else read
        is_cut = page.add(before, read)
        asked = [event for event in events if event.kind == "ask"]
        self._asked = asked[-1:] or self._asked
        if asked and self.interview is not None and self.box.text == typed:
            self._offer(asked[-1])
        if is_cut and not self.body.has_only_preview:
            self.box.placeholder = self._say("more_below")
        self.query_one(StatusLine).follow(self.interview)
        self.body.follow_soon(self.session)

    def on_scrolling_page_end_in_sight(self, message: ScrollingPage.EndInSight) -> None:
        """Say no longer that something stands below."""
        if message.page is self.body.transcript and message.page.is_at_end:
            self._forget_more_below()

    def _forget_more_below(self) -> None:
        if self.box.placeholder == self._say("more_below"):
            self.box.placeholder = self._say("placeholder")

    def _offer(self, asked: Event) -> None:
        """Give back text that was not sent; what was refused, or stands, by the up arrow alone."""
        self.box.remember(asked.standing)
        self.box.remember(asked.refused)
        hint = "placeholder_lines" if writes_lines(self.interview) else "placeholder"
        hint = "recall" if asked.refused else "recall_standing" if asked.standing else hint
        self.box.give_back(asked.draft, self._say(hint))

    def _put(self, text: str, placeholder: str = "placeholder") -> None:
        self.box.put(text, self._say(placeholder))

    def _turn_to(self, tab: Tab | None) -> None:
        """Show a tab of the preview, or the transcript for none."""
        if tab is None:
            self._show_chat()
            return
        if self.interview is None:
            self._show([Event("note", self._say("no_preview"))])
            return
        if tab != "table":
            self._cells.stop()
        self.body.show(tab)
        if self.body.has_only_preview:
            self._forget_more_below()  # it was of the transcript
        self.call_after_refresh(self.body.follow, self.session)

    async def close_menu(self, choice: str) -> None:
        """Do what was chosen in the menu."""
        self.pop_screen()
        if choice.startswith("/"):
            self._keep(self.box.text)
            self.box.begin_command(choice, self._say("placeholder"))
        elif choice:
            await self.command(choice)
