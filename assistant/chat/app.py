"""The screen: transcript, answer box, preview beside it or in its place, keys below."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.answers import Answers
from assistant.chat.box import AnswerBox
from assistant.chat.faces import FACES, Face, findings, narrative, table
from assistant.chat.menu import Menu
from assistant.chat.page import Page
from assistant.chat.speech import paragraphs_of, paragraphs_of_typed
from assistant.errors import AssistantError
from assistant.interview import Event, parts
from assistant.session import Session

KEYS = {
    "back": "F2",
    "next": "F3",
    "help": "F4",
    "undo": "F5",
    "narrative": "F6",
    "review": "F7",
    "overview": "F8",
    "finish": "F9",
    "menu": "^P",
    "quit": "^Q",
}
"""The key of each command that has one of its own; `^` is the control key."""
_SHOWN_BELOW = ("back", "next", "help", "undo", "narrative", "review", "finish", "menu", "quit")
_NEED_WORDS = frozenset({"jump", "ask", "change", "drop_row"})
"""Commands that the menu writes into the box, because words must follow."""
_PREVIEW_DELAY = 0.02
"""Seconds that an answer is on the screen before the preview follows."""


def _key(shown: str) -> str:
    return shown.lower().replace("^", "ctrl+")


class Chat(App[None]):
    """The full-screen front end of one session."""

    CSS_PATH = "chat.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(_key(key), f"command('{name}')", priority=True, show=False)
            for name, key in KEYS.items()
        ),
        Binding("pageup", "page(-1)", priority=True, show=False),
        Binding("pagedown", "page(1)", priority=True, show=False),
        Binding("escape", "chat", show=False),
    ]

    def __init__(self, session: Session, events: Iterable[Event]) -> None:
        """Take a session whose greeting has been made."""
        super().__init__()
        self.session = session
        self._greeting = list(events)
        self._face: Face = "narrative"
        self._shown: Answers | None = None
        self._warned_of = ""

    def compose(self) -> ComposeResult:
        """The parts of the screen from top to bottom."""
        yield Static(id="top")
        with Horizontal(id="body"):
            yield Page(id="transcript")
            with Vertical(id="side"):
                yield Static(id="faces")
                yield Page(id="preview")
        yield AnswerBox()
        yield Static(self._key_line(), id="keys")

    def on_mount(self) -> None:
        """Greet and wait for the first line."""
        self.title = self._say("title")
        self._show(self._greeting)
        self.query_one(AnswerBox).focus()

    def on_answer_box_sent(self, message: AnswerBox.Sent) -> None:
        """Take a line."""
        box = self.query_one(AnswerBox)
        box.put("")
        self.action_chat()
        if message.text.strip():
            page = self.query_one("#transcript", Page)
            page.add(list(paragraphs_of_typed(message.text, self.session.shelf.sentences)))
        self._hear(lambda: self.session.say(message.text))

    def action_command(self, name: str) -> None:
        """Do what a key stands for; nothing typed is lost by it."""
        if isinstance(self.screen, Menu):
            return
        if name == "narrative":
            self._turn_face()
        elif name == "menu":
            keys = dict(KEYS)
            self.push_screen(Menu(self.session.shelf.sentences, keys), self._from_menu)
        elif name != "quit" or self._may_leave():
            self.action_chat()
            typed = self.query_one(AnswerBox).text
            self._hear(lambda: self.session.command(name, typed=typed))

    def action_page(self, step: int) -> None:
        """Scroll the page in sight by almost its height."""
        page = self.query_one("#preview" if self._has_only_preview else "#transcript", Page)
        page.scroll_relative(y=step * max(1, page.size.height - 2), animate=False)

    def action_chat(self) -> None:
        """Show the transcript where the preview had taken its place."""
        self.screen.remove_class("-preview")

    def action_help_quit(self) -> None:
        """Say how to leave when somebody tries Ctrl+C."""
        self._show([Event("note", self._say("how_to_leave"))])

    def on_resize(self) -> None:
        """Draw the preview for its new width."""
        self._follow(force=True)

    def _say(self, code: str, /, **details: object) -> str:
        return self.session.shelf.sentences.say(f"chat.{code}", **details)

    def _key_line(self) -> Content:
        pieces = []
        for name in _SHOWN_BELOW:
            pieces += [(f" {KEYS[name]}", "bold"), self._say(f"key_{name}")]
        return Content.assemble(*pieces)

    def _hear(self, speak: Callable[[], list[Event]]) -> None:
        try:
            events = speak()
        except AssistantError as fault:
            events = [Event("refusal", self.session.say_error(fault))]
        wish = self.session.wish
        self._show(events)
        if wish == "quit":
            self.exit()
        elif wish in ("narrative", "table"):
            self._show_face("table" if wish == "table" else "narrative")

    def _show(self, events: list[Event]) -> None:
        sentences = self.session.shelf.sentences
        page = self.query_one("#transcript", Page)
        page.add([each for event in events for each in paragraphs_of(event, sentences)])
        asked = [event for event in events if event.kind == "ask"]
        if asked:
            self.query_one(AnswerBox).put(asked[-1].draft)
            self._warned_of = asked[-1].draft
        self._show_top()
        self.set_timer(_PREVIEW_DELAY, self._follow)

    def _show_top(self) -> None:
        interview = self.session.interview
        if interview is None:
            self.query_one("#top", Static).update(Content(f" {self._say('title')}"))
            return
        all_parts = parts(interview.answers, self.session.shelf.sentences)
        here = next((part for part in all_parts if interview.at in part.names), None)
        text = self._say(
            "top",
            body=interview.answers.value("body_name") or "",
            year=interview.answers.year,
            part=here.title if here else "",
            part_left=here.open if here else 0,
            left=sum(part.open for part in all_parts),
        )
        self.query_one("#top", Static).update(Content(f" {text}"))

    def _follow(self, *, force: bool = False) -> None:
        """Let the preview follow the answers, when it can be seen."""
        draft = self.session.draft() if self._preview_is_seen else None
        interview = self.session.interview
        if draft is None or interview is None:
            return
        page = self.query_one("#preview", Page)
        changed = frozenset(_changed(self._shown, interview.answers))
        self._shown = interview.answers
        anchor = next(iter(changed), interview.at)
        if self._face == "narrative":
            page.put(list(narrative(draft, changed)), anchor)
        elif self._face == "table":
            width = page.scrollable_content_region.width - 1
            page.put(list(table(draft, width, interview.at, changed)), interview.at or anchor)
        else:
            page.put(list(findings(draft, self.session.shelf.sentences)))
        self._show_faces()

    def _show_faces(self) -> None:
        pieces = [
            (f" {self._say(f'face_{face}')} ", "reverse" if face == self._face else "")
            for face in FACES
        ]
        self.query_one("#faces", Static).update(Content.assemble(*pieces, self._say("face_key")))

    @property
    def _has_only_preview(self) -> bool:
        return self.screen.has_class("-preview") and not self.screen.has_class("-wide")

    @property
    def _preview_is_seen(self) -> bool:
        return self.screen.has_class("-wide") or self.screen.has_class("-preview")

    def _turn_face(self) -> None:
        """The next face; where there is no room beside, from the last one back to the chat."""
        if not self._preview_is_seen:
            self._show_face("narrative")
            return
        place = FACES.index(self._face) + 1
        if place == len(FACES) and self._has_only_preview:
            self._face = "narrative"
            self.action_chat()
            return
        self._show_face(FACES[place % len(FACES)])

    def _show_face(self, face: Face) -> None:
        self._face = face
        self.screen.add_class("-preview")
        self.call_after_refresh(self._follow, force=True)

    def _from_menu(self, name: str | None) -> None:
        words = self.session.shelf.sentences
        if not name:
            return
        if name in _NEED_WORDS:
            word = words.say(f"command_words.{name}").split()[0]
            box = self.query_one(AnswerBox)
            box.load_text(f"/{word} ")
            box.move_cursor(box.document.end)
            return
        self.action_command(name)

    def _may_leave(self) -> bool:
        """Whether nothing unsent would be lost; said once, then believed."""
        typed = self.query_one(AnswerBox).text
        if not typed.strip() or typed == self._warned_of:
            return True
        self._warned_of = typed
        self._show([Event("note", self._say("unsent"))])
        return False


def _changed(before: Answers | None, after: Answers) -> Iterable[str]:
    """The answers that differ from those shown last."""
    if before is None or before.year != after.year:
        return ()
    return [name for name in after.given if before.given.get(name) != after.given[name]]
