"""The screen: transcript, answer box, preview beside it or in its place, keys below."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assistant.chat.body import Body
from assistant.chat.box import AnswerBox, Arrow
from assistant.chat.choosing import Choice
from assistant.chat.desk import Deed, Desk
from assistant.chat.faces import FACE_OF_WISH, Face
from assistant.chat.grid import Cells, fill, is_one_thing, takes_lines, writes_lines
from assistant.chat.handing import Handing
from assistant.chat.hint import Hint
from assistant.chat.keys import BINDINGS, KEYS, KeyLine
from assistant.chat.looks import Coloured
from assistant.chat.menu import MENU_ROOM, Menu
from assistant.chat.speech import paragraphs_of_typed, spoken
from assistant.chat.topline import TopLine
from assistant.errors import AssistantError
from assistant.events import Event, Look
from assistant.looks import LOOK_OF_WISH, look_title
from assistant.wording import Sentences

if TYPE_CHECKING:
    from assistant.session import Session

_WIDE = 100
"""Columns from which the preview stands beside the transcript."""
_OPENING_DELAY = 0.03
"""Seconds that the first question is on the screen before the rest of the program is read."""


class Chat(Coloured, Handing):
    """The full-screen front end of one session.

    Attributes:
        fault: Why the session could not be opened.
    """

    CSS_PATH = "chat.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "AnswerBox"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(
        self,
        sentences: Sentences,
        greeting: Iterable[Event],
        open_session: "Callable[[], tuple[Session, list[Event]]]",
        look: Look | None = None,
    ) -> None:
        """Take what is painted first, and how to open the session with its own greeting."""
        super().__init__(look)
        self.fault: AssistantError | None = None
        self._sentences = sentences
        self._greeting = list(greeting)
        self._desk = Desk(open_session)
        self._asked: list[Event] = []

    def compose(self) -> ComposeResult:
        """The parts of the screen from top to bottom."""
        yield TopLine(self._sentences)
        yield Body(self._sentences)
        yield Hint(self._sentences)
        yield AnswerBox()
        yield KeyLine(self._sentences)

    def on_mount(self) -> None:
        """Greet and wait for the first line."""
        self.title = self._say("title")
        self._cells = Cells(self._box, self.query_one(Hint), self._sentences)
        self._put("")
        self._show(self._greeting)
        self.set_timer(_OPENING_DELAY, lambda: self.run_worker(self._open, thread=True))

    def _open(self) -> None:
        """Open the session beside the first question."""
        try:
            session, greeting = self._desk.open()
        except AssistantError as fault:
            self.fault = fault
            self.call_from_thread(self.exit)
            return
        self.call_from_thread(self._opened, session, greeting)

    def _opened(self, session: "Session", greeting: list[Event]) -> None:
        self._desk.session = session
        if greeting != self._greeting:  # the folder has changed since the first look
            self._show(greeting)
        elif self._asked and self._desk.interview is not None and not self._box.text:
            self._offer(self._asked[-1])
        self._body.follow(session)
        self._desk.catch_up()

    def on_text_area_changed(self) -> None:
        """Complete a command that is being typed."""
        self.query_one(Hint).follow(self._box.text, self._desk.interview)

    def on_answer_box_rested(self, message: AnswerBox.Rested) -> None:
        """Read and keep what stands in the box, also while the screen is being left."""
        for hint in self.query(Hint):
            hint.read(message.text, self._desk.interview)
        self._desk.keep(message.text)

    def on_answer_box_completed(self, message: AnswerBox.Completed) -> None:
        """Take the rest of a command; with none to take, go to the numbers of the preview."""
        line = self.query_one(Hint).completed(message.text)
        if line:
            self._put(line)
        elif self._desk.interview is not None and not message.text.startswith(("/", "／")):
            if not self._body.has_preview:
                self._turn_to(self._body.preview.face)
            self._body.preview.page.focus()
            self._box.placeholder = self._say("choosing")

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """Go from a number of the preview to its question; from nothing, back to the box."""
        self.action_chat()
        place = self._desk.question_of(message.cell)
        if place:
            self._go(place)

    def on_choice_typed(self, message: Choice.Typed) -> None:
        """Give the box what was typed while numbers were chosen."""
        self._box.focus()
        self._box.insert(message.text)

    def on_answer_box_moved(self, message: AnswerBox.Moved) -> None:
        """Go to a neighbour in the table; what was typed is the answer of this cell."""
        if self._desk.interview is not None:
            self._take(message.text, message.arrow)

    def _go(self, place: str) -> None:
        typed = self._box.text
        self._hear(lambda session: session.command("jump", place, typed=typed), typed=typed)

    def on_answer_box_sent(self, message: AnswerBox.Sent) -> None:
        """Take what was sent, in the conversation or for the cell on the screen."""
        text = message.text
        if message.has_rest and takes_lines(self._desk.interview):
            self._put(f"{text}\n{self._box.text}")  # one thing, not complete
            return
        while "\n" in text and not (message.is_pasted or is_one_thing(self._desk.interview, text)):
            line, _, text = text.partition("\n")  # typed ahead: each line meets its own question
            self._take(line)
        self._take(text)

    def _take(self, text: str, arrow: Arrow | None = None) -> None:
        is_cell = self._box.moves_cells and bool(text.strip() or arrow)
        if not self._box.moves_cells:
            self.action_chat()
        if text.strip():
            self._body.transcript.add(list(paragraphs_of_typed(text)))
        self._hear(lambda each: fill(each, text, arrow) if is_cell else each.say(text), typed="")

    def action_command(self, name: str) -> None:
        """Do what a key stands for; nothing typed is lost by it."""
        if isinstance(self.screen, Menu):
            return
        if name == "narrative":
            self._turn_to(self._body.next_face)
        elif name == "menu" and self.size.width >= MENU_ROOM:
            self.push_screen(Menu(self._sentences, KEYS), self._from_menu)
        elif name == "grid" and self._box.moves_cells:
            self.action_chat()
        elif name == "quit" and self._box.warns():
            self._show([Event("note", self._say("unsent"))])
        else:
            if not self._box.moves_cells:
                self.action_chat()
            typed = self._box.text
            self._hear(lambda session: session.command(name, typed=typed), typed=typed)

    def action_page(self, step: int) -> None:
        """Scroll the page in sight."""
        self._body.page_on(step)

    def action_escape(self) -> None:
        """Go back to the transcript; where it is in sight already, empty the box."""
        if self._body.has_only_preview or self._box.moves_cells:
            self.action_chat()
            return
        if self._box.empty(self._say("recall")):
            self._desk.drop()

    def action_chat(self) -> None:
        """Show the transcript, from the preview in its place or from the cells."""
        self._body.show_transcript()
        self._box.focus()
        if not self._box.moves_cells:
            return
        back = self._cells.leave(self._desk.interview)
        if back is None:
            self._show(self._asked)  # what stands in the box stays there
        else:
            self._go(back)

    def action_help_quit(self) -> None:
        """Say how to leave when somebody tries Ctrl+C."""
        self._show([Event("note", self._say("how_to_leave"))])

    @property
    def session(self) -> "Session | None":
        """The sitting; None while it is still being opened behind the first question."""
        return self._desk.session

    @property
    def _box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    @property
    def _body(self) -> Body:
        return self.query_one(Body)

    def _say(self, code: str, /, **details: object) -> str:
        return self._sentences.say(f"chat.{code}", **details)

    def _hear(self, deed: Deed, *, typed: str) -> None:
        session = self.session
        if session is None:
            self._desk.wait(lambda: self._hear(deed, typed=typed))
            return
        events = self._desk.do(deed, session)
        self._show(events, typed=typed)
        wish = session.wish
        if wish == "quit":
            self.exit()
        elif wish in FACE_OF_WISH:
            self._turn_to(FACE_OF_WISH[wish])
            if wish == "grid":
                self._enter_cells()
                return
            self._cells.stop()
        elif wish == "look" or wish in LOOK_OF_WISH:
            name = look_title(self.change_look(LOOK_OF_WISH.get(wish)), self._sentences)
            self._show([Event("note", self._say("look", name=name))])
        self._speak_beside_box(events)

    def _enter_cells(self) -> None:
        """Let the arrows move in the table, from the question on the screen if it is there."""
        if self._desk.interview is not None:
            place = self._cells.enter(self._desk.interview)
            if place:
                self._go(place)
            else:
                self._speak_beside_box([])

    def _speak_beside_box(self, events: list[Event]) -> None:
        """Say shortly what was said of a cell; what takes more room is said in the chat."""
        interview = self._desk.interview
        if self._box.moves_cells and not (interview and self._cells.speak(interview, events)):
            self.action_chat()
        elif self._cells.calls_back(interview):
            self._hear(lambda session: session.command("grid"), typed="")

    def _show(self, events: list[Event], *, typed: str = "") -> None:
        told = [each for each in events if each.kind != "ask" or not self._box.moves_cells]
        page = self._body.transcript
        is_cut = page.add(*spoken(told, self._sentences, page.text_width))
        asked = [event for event in events if event.kind == "ask"]
        self._asked = asked[-1:] or self._asked
        if asked and self._desk.interview is not None and self._box.text == typed:
            self._offer(asked[-1])
        if is_cut:
            self._box.placeholder = self._say("more_below")
        self.query_one(TopLine).follow(self._desk.interview)
        self._body.follow_soon(self.session)

    def _offer(self, asked: Event) -> None:
        """Give back text that was not sent; what was refused comes with the up arrow alone."""
        self._box.remember(asked.refused)
        hint = "placeholder_lines" if writes_lines(self._desk.interview) else "placeholder"
        self._box.give_back(asked.draft, self._say("recall" if asked.refused else hint))

    def _put(self, text: str, placeholder: str = "placeholder") -> None:
        self._box.put(text, self._say(placeholder))

    def _turn_to(self, face: Face | None) -> None:
        """Show a face of the preview, or the transcript for none."""
        if face is None:
            self.action_chat()
            return
        if self._desk.interview is None:
            self._show([Event("note", self._say("no_preview"))])
            return
        if face != "table":
            self._cells.stop()
        self._body.show(face)
        self.call_after_refresh(self._body.follow, self.session)

    def _from_menu(self, choice: str | None) -> None:
        if choice and choice.startswith("/"):
            self._box.begin_command(choice, self._say("placeholder"))
        elif choice:
            self.action_command(choice)
