"""The preview: one of three tabs of the report, following the answers."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.messages import Sentences
from assistant.ui.tui.preview_tabs import TABS, Tab, findings, narrative, table
from assistant.ui.tui.selectable_page import SelectablePage

if TYPE_CHECKING:
    from assistant.answers import Answers
    from assistant.report.draft import Draft


class Preview(Vertical):
    """Narrative, table or findings of the answers as they stand."""

    class Appeared(Message):
        """There is room to show something, or another width."""

    def __init__(self, sentences: Sentences) -> None:
        """Start with the narrative and nothing shown."""
        super().__init__(id="preview")
        self.tab: Tab = TABS[0]
        self._sentences = sentences
        self._shown: Answers | None = None
        self._tab_shown: Tab | None = None

    def compose(self) -> ComposeResult:
        """The names of the tabs above the page."""
        yield Static(id="tabs")
        yield SelectablePage(id="tab")

    def on_resize(self) -> None:
        """Ask for what is to be shown."""
        self.post_message(self.Appeared())

    @property
    def page(self) -> SelectablePage:
        """What scrolls."""
        return self.query_one("#tab", SelectablePage)

    def turn_to(self, tab: Tab) -> None:
        """Show a tab from now on, findings from their beginning."""
        self.tab = tab
        self._tab_shown = None

    def follow(self, draft: "Draft", at: str) -> None:
        """Show a draft; what changed since the last one stands out and comes into sight.

        Args:
            draft: The answers with everything that follows from them.
            at: Id of the question on the screen.
        """
        changed = self._changed(draft.answers)
        anchors = [*(name for name in draft.answers.given if name in changed), at]
        if self.tab == "narrative":
            self.page.put(list(narrative(draft, anchors, changed)), anchors)
        elif self.tab == "table":
            rows = table(draft, self.page.text_width, at, changed, self._sentences)
            self.page.put(list(rows), [at, *anchors])
        else:
            self.page.put(list(findings(draft, self._sentences)))
        if self._tab_shown != self.tab == "findings":
            self.page.scroll_to(y=0, animate=False)
        self._tab_shown = self.tab
        self._show_faces()

    def _changed(self, answers: "Answers") -> frozenset[str]:
        """The answers that differ from those shown before."""
        before, self._shown = self._shown, answers
        if before is None:
            return frozenset()
        return frozenset(
            name for name, answer in answers.given.items() if before.given.get(name) != answer
        )

    def _show_faces(self) -> None:
        pieces = [
            (f" {self._sentences.say(f'chat.face_{tab}')} ", "reverse" * (tab == self.tab))
            for tab in TABS
        ]
        hint = (self._sentences.say("chat.face_key"), "$text-muted")
        self.query_one("#tabs", Static).update(Content.assemble(*pieces, hint))
