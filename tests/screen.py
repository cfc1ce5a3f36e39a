"""A full-screen conversation driven from a test: lines typed, keys pressed, what stands there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from time import monotonic, process_time
from unittest.mock import patch

from textual.events import Key
from textual.pilot import Pilot

from assistant.dialog.session import Session
from assistant.form.loader import Library
from assistant.ui.tui import Chat
from assistant.ui.tui.answer_box import AnswerBox
from assistant.ui.tui.main_area import MainArea, Preview
from assistant.ui.tui.scrolling_page import ScrollingPage
from assistant.ui.tui.status_and_hint import HintLine

TODAY = date(2018, 1, 15)
_SLICE = 0.005


async def _shortly_idle(_: float) -> None:
    """Wait after a key until a slice of time has gone by with hardly any work.

    Textual waits twice after each key, each time four times as long as this. The pause after all
    keys, behind which a test looks at the screen, is left as it is.
    """
    until = monotonic() + 1
    while monotonic() < until:
        worked = process_time()
        await asyncio.sleep(_SLICE)
        if process_time() - worked < _SLICE / 5:
            return


async def settled(chat: Chat, pilot: Pilot[None]) -> None:
    """Wait until the preview has followed what was said last."""
    for _ in range(200):
        await pilot.pause(0.02)
        if not chat.query_one(MainArea).is_following:
            break
    await pilot.pause()


class Screen:
    """The program as a person meets it."""

    def __init__(self, chat: Chat, pilot: Pilot[None]) -> None:
        self.chat = chat
        self.pilot = pilot

    @property
    def session(self) -> Session:
        return self.chat.session

    @property
    def interview(self):
        return self.session.interview

    @property
    def box(self) -> AnswerBox:
        return self.chat.query_one(AnswerBox)

    @property
    def said(self) -> list[str]:
        """Every line of the transcript."""
        return self.chat.query_one("#transcript", ScrollingPage).lines_of_text

    @property
    def hint(self) -> str:
        """What stands above the box; empty while it does not speak."""
        hint = self.chat.query_one(HintLine)
        return str(hint.render()) if hint.has_class("-speaks") else ""

    @property
    def preview(self) -> Preview:
        return self.chat.query_one(Preview)

    @property
    def shown(self) -> list[str]:
        """The screen, line by line."""
        strips = self.chat.screen._compositor.render_strips(self.chat.size)
        return [strip.text for strip in strips]

    async def say(self, *lines: str) -> None:
        """Put lines into the box as a paste would, and send each."""
        for line in lines:
            self.box.load_text(line)
            self.chat.post_message(Key("enter", "\r"))
            done = asyncio.Event()
            self.chat.call_later(done.set)  # behind the key in the one queue
            await done.wait()
            await self._followed()
        await self.pilot.pause()

    async def _followed(self) -> None:
        """Wait until the preview has followed a line."""
        body = self.chat.screen_stack[0].query_one(MainArea)
        await self.pilot.pause(0)
        for _ in range(400):
            if not body.is_following:
                break
            await self.pilot.pause(_SLICE)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def settle(self) -> None:
        await settled(self.chat, self.pilot)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()


@asynccontextmanager
async def opened(
    shelf: Library,
    folder: Path,
    size: tuple[int, int] = (80, 24),
    path: Path | None = None,
    previous: Path | None = None,
) -> AsyncIterator[Screen]:
    """The program started in a folder, or with an answer file."""
    session = Session(shelf, folder, TODAY, previous)
    greeting = session.start(path)
    chat = Chat(shelf.sentences, greeting, lambda: (session, greeting), "dark")
    try:
        with patch("textual.app.wait_for_idle", _shortly_idle):
            async with chat.run_test(size=size) as pilot:
                while chat.session is None:
                    await pilot.pause(0.01)
                yield Screen(chat, pilot)
    finally:
        session.close()


def on_screen(
    shelf: Library, folder: Path, act: Callable[[Screen], Awaitable[None]], **how: object
) -> None:
    """Run one conversation to its end."""

    async def run() -> None:
        async with opened(shelf, folder, **how) as screen:
            await act(screen)

    asyncio.run(run())


BEGUN = ("2017", "1", "示例镇人民政府")
"""The lines that lead from the first screen to the first question of the form."""
BEFORE_TABLE = ("1", "2", "办公室", "无", "1", "", "2")
"""Answers to the questions before the table, the body kind first."""
