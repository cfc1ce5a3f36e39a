"""The middle of the screen: the transcript, and the preview beside it or in its place."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from assistant.messages import Sentences
from assistant.ui.tui.preview import Preview
from assistant.ui.tui.preview_tabs import TABS, Tab
from assistant.ui.tui.scrolling_page import ScrollingPage

if TYPE_CHECKING:
    from assistant.dialog.session import Session

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
