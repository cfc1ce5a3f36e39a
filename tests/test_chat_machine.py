"""Whatever is typed, pressed or resized: no dead end, no lost answer, no fault."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.events import Paste

from assistant.answers import load
from assistant.form.loader import open_library
from assistant.ui.tui.keyboard import KEYS, binding_of
from tests.machines import CHOSEN, GARBAGE, HERE, NAMED, NAVIGATION, OWN, PASTES, line_for, values
from tests.screen import BEFORE_TABLE, BEGUN, on_screen

SHELF = open_library()
LINE = st.one_of(
    *[HERE] * 3,
    NAVIGATION.filter(lambda line: line != "/退出"),
    *map(st.sampled_from, (NAMED, PASTES, CHOSEN, GARBAGE)),
)
KEY = st.sampled_from(
    [binding_of(name) for name in KEYS if name != "quit"]
    + ["pageup", "pagedown", "escape", "up", "down", "enter", "ctrl+j", "ctrl+c", "ctrl+z", "tab"]
)
ACTIONS = st.one_of(
    st.tuples(st.just("say"), LINE),
    st.tuples(st.just("press"), KEY),
    st.tuples(st.just("type"), st.text("0123456789微信没有，\n", max_size=4)),
    st.tuples(st.just("paste"), st.sampled_from((*PASTES, *OWN))),
    st.tuples(st.just("write"), st.sampled_from(OWN)),
    st.tuples(st.just("resize"), st.tuples(st.integers(1, 140), st.integers(1, 50))),
)


@settings(max_examples=8)
@given(st.lists(ACTIONS, min_size=6, max_size=14))
def test_the_screen_stands_whatever_happens(actions):
    async def act(screen):
        await screen.say(*BEGUN, *BEFORE_TABLE)
        for kind, what in actions:
            if kind == "resize":
                await screen.resize(*what)
            elif kind == "type":
                screen.box.insert(what)
            elif kind == "paste":
                screen.chat.post_message(Paste(what))
                await screen.press("enter")
            elif kind == "write":
                await screen.say("/跳到 依申请公开情况的补充", what)
            elif kind == "press":
                await screen.press(what)
            else:
                await screen.say(line_for(screen.interview, what))
            assert screen.chat.is_running
            assert screen.session.is_saved
        await screen.press("escape", "escape")
        await screen.resize(80, 24)
        await screen.settle()
        assert screen.chat.focused is screen.box
        asked = screen.interview.question
        await screen.say("/下一题")
        assert screen.interview.at != (asked.id if asked else "?")
        there = load(screen.session.path, SHELF).answers
        assert values(there) == values(screen.interview.answers)

    with tempfile.TemporaryDirectory() as folder:
        on_screen(SHELF, Path(folder), act)
