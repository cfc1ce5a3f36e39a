"""The middle of the screen: the transcript, and the preview beside it or in its place."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from assistant.messages import Sentences
from assistant.ui.tui.preview_tabs import TABS, Tab, findings, narrative, table
from assistant.ui.tui.scrolling_page import ScrollingPage, SelectablePage

if TYPE_CHECKING:
    from assistant.answers import Answers
    from assistant.dialog.session import Session
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


_DELAY = 0.02
"""Seconds that an answer is on the screen before the preview follows."""


class MainArea(Horizontal):
    """Where there is room both stand side by side; elsewhere one of them is in sight."""

    def __init__(self, sentences: Sentences) -> None:
        """Begin with the transcript in sight."""
        super().__init__(id="body")
        self._sentences = sentences
        self._following: Timer | None = None
        self._session: Session | None = None

    def compose(self) -> ComposeResult:
        """Both pages."""
        yield ScrollingPage(id="transcript")
        yield Preview(self._sentences)

    @property
    def transcript(self) -> ScrollingPage:
        """What was said."""
        return self.query_one("#transcript", ScrollingPage)

    @property
    def preview(self) -> Preview:
        """What the answers lead to."""
        return self.query_one(Preview)

    @property
    def has_both(self) -> bool:
        """Whether there is room for both."""
        return self.screen.has_class("-wide")

    @property
    def has_preview(self) -> bool:
        """Whether the preview is in sight."""
        return self.has_both or self.screen.has_class("-preview")

    @property
    def has_only_preview(self) -> bool:
        """Whether the preview stands in the place of the transcript."""
        return self.has_preview and not self.has_both

    @property
    def next_tab(self) -> Tab | None:
        """The tab that a turn leads to; None for back to the transcript."""
        place = TABS.index(self.preview.tab) + 1
        if not self.has_preview:
            return TABS[0]
        if place == len(TABS) and self.has_only_preview:
            return None
        return TABS[place % len(TABS)]

    def follow(self, session: "Session | None") -> None:
        """Let the preview follow the answers, when it can be seen."""
        self._following, self._session = None, session
        if session is None or session.interview is None:
            return
        if not self.is_attached or not self.has_preview:  # the screen is being left
            return
        if not self.preview.page.size:  # it comes into sight; then it will ask for this
            return
        draft = session.draft()
        if draft is not None:
            self.preview.follow(draft, session.interview.at)

    def on_preview_appeared(self) -> None:
        """Fill the preview for the room it has now."""
        self.follow(self._session)

    def follow_soon(self, session: "Session | None") -> None:
        """The same a moment later, when what was said is on the screen."""
        if self._following is not None:
            self._following.stop()
        painted = partial(self.call_after_refresh, self.follow, session)
        self._following = self.set_timer(_DELAY, painted)

    @property
    def is_following(self) -> bool:
        """Whether the preview is still to follow."""
        return self._following is not None

    def show(self, tab: Tab) -> None:
        """Bring a tab of the preview into sight."""
        self.preview.turn_to(tab)
        self.screen.add_class("-preview")

    def show_transcript(self) -> None:
        """Bring the transcript into sight again."""
        self.screen.remove_class("-preview")

    def page_on(self, step: int) -> None:
        """Scroll the page in sight by almost its height."""
        page = self.preview.page if self.has_only_preview else self.transcript
        page.scroll_relative(y=step * max(1, page.size.height - 2), animate=False)
