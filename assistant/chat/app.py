"""The screen: transcript, answer box, preview beside it or in its place, keys below."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from assistant.chat.body import Body
from assistant.chat.box import AnswerBox
from assistant.chat.faces import Face
from assistant.chat.grid import cell_beside, cell_title, cells_of, fill, needs_room, said_shortly
from assistant.chat.keys import BINDINGS, KEYS, KeyLine
from assistant.chat.looks import Coloured
from assistant.chat.menu import Menu
from assistant.chat.speech import paragraphs_of, paragraphs_of_typed
from assistant.chat.topline import TopLine
from assistant.errors import AssistantError
from assistant.events import Event, Look, Wish
from assistant.looks import LOOK_OF_WISH, look_title
from assistant.wording import Sentences

if TYPE_CHECKING:
    from assistant.answers import Answers
    from assistant.interview import Interview
    from assistant.session import Session

_WIDE = 100
"""Columns from which the preview stands beside the transcript."""
_FACE_OF_WISH: dict[Wish, Face] = {
    "grid": "table",
    "narrative": "narrative",
    "table": "table",
    "findings": "findings",
}
_OPENING_DELAY = 0.03
"""Seconds that the first question is on the screen before the rest of the program is read."""
_PREVIEW_DELAY = 0.02
"""Seconds that an answer is on the screen before the preview follows."""


class Chat(Coloured):
    """The full-screen front end of one session.

    Attributes:
        session: The sitting; None while it is still being opened behind the first question.
        fault: Why it could not be opened.
    """

    CSS_PATH = "chat.tcss"
    ENABLE_COMMAND_PALETTE = False
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
        self.session: Session | None = None
        self.fault: AssistantError | None = None
        self._sentences = sentences
        self._greeting = list(greeting)
        self._open_session = open_session
        self._early: list[Callable[[], None]] = []
        self._asked: list[Event] = []
        self._came_from: tuple[Answers, str] | None = None
        self._warned_of = ""
        self._following: Timer | None = None

    def compose(self) -> ComposeResult:
        """The parts of the screen from top to bottom."""
        yield TopLine(self._sentences)
        yield Body(self._sentences)
        yield AnswerBox()
        yield KeyLine(self._sentences)

    def on_mount(self) -> None:
        """Greet and wait for the first line."""
        self.title = self._say("title")
        self._put("")
        self._show(self._greeting)
        self._box.focus()
        self.set_timer(_OPENING_DELAY, lambda: self.run_worker(self._open, thread=True))

    def _open(self) -> None:
        """Open the session beside the first question; what was done meanwhile is done after."""
        try:
            session, greeting = self._open_session()
        except AssistantError as fault:
            self.fault = fault
            self.call_from_thread(self.exit)
            return
        self.call_from_thread(self._opened, session, greeting)

    def _opened(self, session: "Session", greeting: list[Event]) -> None:
        self.session = session
        early, self._early = self._early, []
        if greeting != self._greeting:  # the folder has changed since the first look
            self._show(greeting)
        self._follow()
        for act in early:
            act()

    def on_answer_box_moved(self, message: AnswerBox.Moved) -> None:
        """Go to the cell above or below in the table."""
        interview = self.interview
        if interview is None:
            return
        self._go(cell_beside(interview, message.step))

    def _go(self, place: str) -> None:
        typed = self._box.text
        self._hear(lambda session: session.command("jump", place, typed=typed), typed=typed)

    def on_answer_box_sent(self, message: AnswerBox.Sent) -> None:
        """Take a line, in the conversation or for the cell on the screen."""
        is_cell = self._box.moves_cells and bool(message.text.strip())
        if not self._box.moves_cells:
            self.action_chat()
        if message.text.strip():
            self._body.transcript.add(list(paragraphs_of_typed(message.text)))
        said = message.text
        self._hear(lambda each: fill(each, said) if is_cell else each.say(said), typed="")

    def action_command(self, name: str) -> None:
        """Do what a key stands for; nothing typed is lost by it."""
        if isinstance(self.screen, Menu):
            return
        if name == "narrative":
            self._turn_to(self._body.next_face)
        elif name == "menu":
            self.push_screen(Menu(self._sentences, KEYS), self._from_menu)
        elif name == "grid" and self._box.moves_cells:
            self.action_chat()
        elif name != "quit" or self._may_leave():
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
        self._box.remember(self._box.text)
        self._put("", "recall")

    def action_chat(self) -> None:
        """Show the transcript, from the preview in its place or from the cells."""
        self._body.show_transcript()
        if not self._box.moves_cells:
            return
        self._box.leave_cells()
        came_from, self._came_from = self._came_from, None
        if came_from and self.interview and came_from[0] is self.interview.answers:
            self._go(came_from[1])  # only looked at: back to where the person was
        else:
            self._show(self._asked, typed=self._box.text)

    def action_help_quit(self) -> None:
        """Say how to leave when somebody tries Ctrl+C."""
        self._show([Event("note", self._say("how_to_leave"))])

    def on_preview_appeared(self) -> None:
        """Fill the preview for the room it has now."""
        self._follow()

    @property
    def interview(self) -> "Interview | None":
        """The conversation; None before the first questions are answered."""
        return self.session.interview if self.session is not None else None

    @property
    def _box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    @property
    def _body(self) -> Body:
        return self.query_one(Body)

    def _say(self, code: str, /, **details: object) -> str:
        return self._sentences.say(f"chat.{code}", **details)

    def _hear(self, speak: "Callable[[Session], list[Event]]", *, typed: str) -> None:
        session = self.session
        if session is None:
            self._early.append(lambda: self._hear(speak, typed=typed))
            return
        try:
            events = speak(session)
        except AssistantError as fault:
            events = [Event("refusal", session.say_error(fault))]
        self._show(events, typed=typed)
        wish = session.wish
        if wish == "quit":
            self.exit()
        elif wish in _FACE_OF_WISH:
            self._turn_to(_FACE_OF_WISH[wish])
            if wish == "grid":
                self._enter_cells()
                return
            self._box.leave_cells()
        elif wish == "look" or wish in LOOK_OF_WISH:
            name = look_title(self.change_look(LOOK_OF_WISH.get(wish)), self._sentences)
            self._show([Event("note", self._say("look", name=name))])
        if self._box.moves_cells:
            self._say_beside_box(events)

    def _enter_cells(self) -> None:
        """Let the arrows move in the table, from the question on the screen if it is there."""
        if self.interview is None:
            return
        self._box.moves_cells = True
        if self.interview.at in cells_of(self.interview):
            self._say_beside_box([])
        else:
            self._came_from = (self.interview.answers, self.interview.at)
            self.on_answer_box_moved(AnswerBox.Moved(1))

    def _say_beside_box(self, events: list[Event]) -> None:
        """Name the cell and say shortly what was said; what takes more room is said in the chat."""
        interview = self.interview
        if interview is None or needs_room(interview, events):
            self.action_chat()
            return
        self._box.name_cell(cell_title(interview, self._sentences), said_shortly(events))
        self._put(self._box.text, "grid")

    def _show(self, events: list[Event], *, typed: str = "") -> None:
        spoken = [each for each in events if each.kind != "ask" or not self._box.moves_cells]
        self._body.transcript.add(
            [each for event in spoken for each in paragraphs_of(event, self._sentences)]
        )
        asked = [event for event in events if event.kind == "ask"]
        self._asked = asked[-1:] or self._asked
        if asked and self.interview is not None and self._box.text == typed:
            self._offer(asked[-1])
        self.query_one(TopLine).follow(self.interview)
        if self._following is not None:
            self._following.stop()
        self._following = self.set_timer(_PREVIEW_DELAY, self._follow)

    def _offer(self, asked: Event) -> None:
        """Give back text that was not sent; what was refused comes with the up arrow alone."""
        self._box.remember(asked.refused)
        self._put(asked.draft, "recall" if asked.refused else "placeholder")
        self._warned_of = asked.draft

    def _put(self, text: str, placeholder: str = "placeholder") -> None:
        self._box.put(text, self._say(placeholder))

    def _follow(self) -> None:
        """Let the preview follow the answers, when it can be seen."""
        self._following = None
        has_preview = bool(self.query(Body)) and self._body.has_preview  # there is none at the end
        if self.session is None or self.interview is None or not has_preview:
            return
        draft = self.session.draft()
        if draft is not None:
            self._body.preview.follow(draft, self.interview.at)

    def _turn_to(self, face: Face | None) -> None:
        """Show a face of the preview, or the transcript for none."""
        if face is None:
            self.action_chat()
            return
        if self.interview is None:
            self._show([Event("note", self._say("no_preview"))])
            return
        if face != "table":
            self._box.leave_cells()
        self._body.show(face)
        self.call_after_refresh(self._follow)

    def _from_menu(self, choice: str | None) -> None:
        if choice and choice.startswith("/"):
            self._put(choice)
        elif choice:
            self.action_command(choice)

    def _may_leave(self) -> bool:
        """Whether nothing unsent would be lost; said once, then believed."""
        typed = self._box.text
        if not typed.strip() or typed == self._warned_of:
            return True
        self._warned_of = typed
        self._show([Event("note", self._say("unsent"))])
        return False
