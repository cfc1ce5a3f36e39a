"""A full-screen conversation driven from a test: lines typed, keys pressed, what stands there."""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any
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
from tests.waiting import PATIENCE

TODAY = date(2018, 1, 15)
_SOON, _PAINTINGS = 0.05, 20
"""Seconds within which a timer paints what has changed; how often at most, where it never ends."""


async def _idle(_: float = 0) -> None:
    """Wait until nothing is to be done now, nor by a timer that is due soon.

    Textual's own way is to wait until the process uses little of the processor for a while, which
    takes long where nothing is to be done, and is wrong where others keep the processor busy.
    """
    loop = asyncio.get_running_loop()
    assert isinstance(loop, asyncio.BaseEventLoop)
    for _ in range(_PAINTINGS):
        await asyncio.sleep(0)
        while loop._ready:  # type: ignore[attr-defined]
            await asyncio.sleep(0)
        times = [each.when() for each in loop._scheduled if not each.cancelled()]  # type: ignore[attr-defined]
        if min(times, default=math.inf) > loop.time() + _SOON:
            break
        await asyncio.sleep(max(0.0, min(times) - loop.time()))


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
        await self.settle()

    async def until(self, is_there: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = monotonic() + PATIENCE
        while not is_there():
            assert monotonic() < end, "\n".join(self.shown)
            await self.pilot.pause(0.005)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def settle(self) -> None:
        """Wait until the preview has followed what was said last."""
        body = self.chat.screen_stack[0].query_one(MainArea)
        await self.pilot.pause()
        await self.until(lambda: not body.is_following)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()


@asynccontextmanager
async def running(chat: Chat, size: tuple[int, int]) -> AsyncIterator[Screen]:
    """A program on a screen of this size."""
    with patch("textual.app.wait_for_idle", _idle), patch("textual.pilot.wait_for_idle", _idle):
        async with chat.run_test(size=size) as pilot:
            yield Screen(chat, pilot)


@asynccontextmanager
async def opened(
    shelf: Library,
    folder: Path,
    size: tuple[int, int] = (80, 24),
    path: Path | None = None,
    previous: Path | None = None,
    today: date = TODAY,
) -> AsyncIterator[Screen]:
    """The program started in a folder, or with an answer file."""
    session = Session(shelf, folder, today, previous)
    greeting = session.start(path)
    chat = Chat(shelf.sentences, greeting, lambda: (session, greeting), "dark")
    try:
        async with running(chat, size) as screen:
            await screen.until(lambda: chat.session is not None)
            yield screen
    finally:
        session.close()


def on_screen(
    shelf: Library, folder: Path, act: Callable[[Screen], Awaitable[None]], **how: Any
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
