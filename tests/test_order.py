"""Keys in the order typed, whatever the load: nothing that happens between two of them matters."""

import asyncio
import os
import random
import re
import shutil
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.events import Key, Paste

from assistant.form.loader import Library, open_library
from assistant.messages.events import Event
from assistant.ui.stdin_reader import Decoder
from assistant.ui.tui.key_events import KeysTyped
from assistant.values.characters import UNREADABLE
from tests.screen import BEFORE_TABLE, BEGUN, Screen, on_screen, opened
from tests.talking import STARTS, Terminal

SHELF = open_library()
PULSES = int(os.environ.get("NIANBAO_PULSES", "12"))
"""Rounds of six lines that are typed while the process is stopped and continued."""
ROUNDS = int(os.environ.get("NIANBAO_ORDERS", "10"))
"""Interleavings of keys with everything else."""


# Bytes to text

CHINESE = st.text(st.sampled_from("示例镇人民政府公开信息，。12ab \r"), min_size=1, max_size=12)


def in_pieces(data: bytes, cuts: Sequence[int]) -> Iterator[bytes]:
    places = sorted({each % (len(data) + 1) for each in cuts} | {0, len(data)})
    return (data[begin:end] for begin, end in pairwise(places))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.lists(st.integers(0, 80)))
def test_utf8_is_read_whatever_pieces_it_comes_in(text: str, cuts: list[int]) -> None:
    decoder = Decoder()
    text = "示" + text  # Chinese has come, so that letters of two bytes are letters
    pieces = in_pieces(text.encode(), cuts)
    assert "".join(map(decoder.decode, pieces)) == text


@given(CHINESE, st.lists(st.integers(0, 80)), st.sampled_from(["utf-8", "gb18030", "GBK"]))
def test_gb18030_is_read_whatever_the_locale_says(text: str, cuts: list[int], locale: str) -> None:
    decoder = Decoder(locale)
    assert decoder.decode("例".encode("gb18030")) == "例"
    assert "".join(map(decoder.decode, in_pieces(text.encode("gb18030"), cuts))) == text


@given(st.binary(max_size=30))
def test_any_bytes_are_text_or_marked(data: bytes) -> None:
    text = Decoder().decode(data, is_last=True)
    assert UNREADABLE in text or data in (text.encode(), text.encode("gb18030"))


def test_what_is_damaged_where_chinese_came_in_utf8_is_no_other_encoding() -> None:
    decoder = Decoder()
    assert decoder.decode("示例镇".encode()) == "示例镇"
    assert UNREADABLE in decoder.decode(b"12\xe5\x8a", is_last=True)
    assert UNREADABLE in decoder.decode("镇".encode("gb18030"), is_last=True)


# Keys to lines


class OwnClock(asyncio.SelectorEventLoop):
    """A loop whose time a test can let go by."""

    gone_by = 0.0

    def time(self) -> float:
        return super().time() + self.gone_by


def keys_of(text: str) -> list[Key]:
    names = {"\n": Key("enter", "\r"), "\t": Key("tab", "\t")}
    return [names.get(each) or Key(each, each) for each in text]


FIGURES = st.text("0123456789\n", min_size=1, max_size=9)
HAPPENINGS = st.one_of(
    st.tuples(st.just("type"), FIGURES),
    st.tuples(st.just("type"), FIGURES),
    st.tuples(st.just("time"), st.sampled_from((0.0, 0.005, 0.03, 0.3, 2.0))),
    st.tuples(st.just("repaint"), st.none()),
    st.tuples(st.just("resize"), st.tuples(st.integers(30, 130), st.integers(8, 40))),
)


async def reached(folder: Path, happenings: Sequence[tuple[str, Any]], marks: bool) -> list[str]:
    """The lines that the session heard, and what stands in the box at the end."""
    async with opened(SHELF, folder, path=figures_open(folder)) as screen:
        heard: list[str] = []
        say = screen.session.begin

        def hear(line: str, **how: Any) -> list[Event]:
            heard.append(line)
            return say(line, **how)

        setattr(screen.session, "begin", hear)  # noqa: B010
        for kind, what in happenings:
            if kind == "type":
                screen.chat.post_message(KeysTyped(keys_of(str(what)), marks_pastes=marks))
            elif kind == "repaint":
                screen.chat.call_later(screen.chat.repaint)
            elif kind == "resize":
                await screen.pilot.resize_terminal(*what)
            else:
                loop = asyncio.get_running_loop()
                assert isinstance(loop, OwnClock)
                loop.gone_by += float(str(what))
                await screen.pilot.pause(0)
        await screen.pilot.pause()
        return [*heard, screen.box.text]


def lines_in(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n") if line]


@settings(max_examples=ROUNDS)
@given(st.lists(HAPPENINGS, min_size=2, max_size=9), st.booleans())
def test_the_session_hears_the_lines_that_were_typed(
    tmp_path_factory: pytest.TempPathFactory,
    happenings: list[tuple[str, object]],
    marks: bool,
) -> None:
    folder = tmp_path_factory.mktemp("order")
    with asyncio.Runner(loop_factory=OwnClock) as runner:
        found = runner.run(reached(folder, happenings, marks))
    typed = "".join(str(what) for kind, what in happenings if kind == "type")
    assert lines_in(found) == lines_in([typed])


async def at_once(screen: Screen, text: str) -> None:
    """Type what comes in one piece."""
    screen.chat.post_message(KeysTyped(keys_of(text), marks_pastes=False))
    await screen.settle()


def on_own_screen(shelf: Library, folder: Path, act: Callable[[Screen], Awaitable[None]]) -> None:
    async def begun(screen: Screen) -> None:
        await screen.say(*BEGUN)
        await act(screen)

    on_screen(shelf, folder, begun)


BURST = "制度甲\n制度乙\n/跳到 微信\n"


def test_a_command_in_lines_that_came_at_once_is_no_row_of_a_list(
    shelf: Library, tmp_path: Path
) -> None:
    async def act(screen: Screen) -> None:
        await screen.say("/跳到 制定修订的制度")
        await at_once(screen, BURST)
        shown = "\n".join(screen.said)
        assert "A. 作为这一题的答案：制度甲……" in shown
        assert "B. 当作一行一行分别输入的，共2行" in shown
        assert "rules_made" not in screen.interview.answers.given
        assert screen.box.text == "/跳到 微信\n"
        screen.box.load_text("")
        await screen.say("A\n/跳到 微信")
        assert screen.interview.at == "channel_wechat", "what is asked back takes its own line"
        await screen.say("/跳到 制定修订的制度")
        rows = screen.interview.answers.given[screen.interview.at].rows
        assert [list(row.values()) for row in rows] == [["制度甲"], ["制度乙"]]

    on_own_screen(shelf, tmp_path, act)


def test_lines_that_came_at_once_can_be_taken_one_after_the_other(
    shelf: Library, tmp_path: Path
) -> None:
    async def act(screen: Screen) -> None:
        await screen.say("/跳到 联系科室")
        await at_once(screen, "党政办公室\n示例镇大街1号\n")
        answers = screen.interview.answers
        assert answers.value("contact_office") == "党政办公室", "a line is for one question"
        assert answers.value("contact_address") == "示例镇大街1号"
        await screen.say("/跳到 基本情况的补充")
        at = screen.interview.at
        await at_once(screen, "新增电子屏一块。\n另有公开栏两处。\n")
        assert screen.interview.answers.value(at) is None
        await screen.say("B")
        assert screen.interview.answers.value(at) == "新增电子屏一块。"

    on_own_screen(shelf, tmp_path, act)


def test_lines_taken_in_turn_stop_at_what_is_asked_back(shelf: Library, tmp_path: Path) -> None:
    async def act(screen: Screen) -> None:
        await screen.say("/跳到 制定修订的制度")
        await at_once(screen, "制度甲\n网站改成28\n制度乙\n")
        await screen.say(screen.said[-2].strip()[0])
        rows = screen.interview.answers.given[screen.interview.at].rows
        assert [list(row.values()) for row in rows] == [["制度甲"]]
        assert screen.interview.is_asked_back
        assert screen.box.text == "制度乙\n"

    on_own_screen(shelf, tmp_path, act)


def test_what_comes_behind_a_refusal_waits_in_the_box(shelf: Library, tmp_path: Path) -> None:
    async def act(screen: Screen) -> None:
        await screen.say(*BEFORE_TABLE)
        await at_once(screen, "1x\n20\n5")
        assert "active_total" not in screen.interview.answers.given
        assert screen.box.text == "20\n5"
        screen.box.load_text("")
        await at_once(screen, "1x\n20\n")
        await screen.press("5", "enter")
        assert screen.interview.is_asked_back, "two lines are never one figure"
        assert not screen.interview.answers.numbers
        await screen.say("否")
        await at_once(screen, "145\n20\n5")
        numbers = screen.interview.answers.numbers
        assert (numbers["active_total"], screen.box.text) == (145, "5")

    on_own_screen(shelf, tmp_path, act)


def test_keys_are_done_in_their_order_also_where_they_move_between_parts_of_the_screen(
    shelf: Library, tmp_path: Path
) -> None:
    async def act(screen: Screen) -> None:
        await screen.say(*BEFORE_TABLE)
        f2, f3, menu = Key("f2", None), Key("f3", None), Key("ctrl+p", None)
        pieces = [*keys_of("12"), f2, f3, *keys_of("3\n"), menu, Key("escape", None), *keys_of("7")]
        screen.chat.post_message(KeysTyped(pieces, marks_pastes=False))
        await screen.settle()
        assert screen.interview.answers.numbers["active_total"] == 123
        assert screen.box.text == "7"
        screen.box.load_text("")
        screen.chat.post_message(KeysTyped([Paste("4"), *keys_of("5\n")], marks_pastes=True))
        await screen.pilot.pause()
        assert 45 in screen.interview.answers.numbers.values()

    on_own_screen(shelf, tmp_path, act)


# The program in a process of its own

CELLS = (
    *("deny_third_party.biz", "deny_third_party.legal_service", "unable_unclear.natural"),
    *("unable_unclear.biz", "notproc_petition.natural", "other_other.biz"),
)


def value_of(path: Path, name: str) -> str | None:
    found = re.search(rf"^  {re.escape(name)}: (\S+)", path.read_text(encoding="utf-8"), re.M)
    return found[1] if found else None


def stands_in(path: Path, lines: Sequence[str]) -> bool:
    return [value_of(path, each) for each in CELLS] == lines


@contextmanager
def pulses(terminal: Terminal, chance: random.Random) -> Iterator[None]:
    """Stop and continue the process again and again meanwhile."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.is_set():
            for number, least, most in (
                (signal.SIGSTOP, 0.02, 0.15),
                (signal.SIGCONT, 0.01, 0.08),
            ):
                terminal.process.send_signal(number)
                time.sleep(chance.uniform(least, most))

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        terminal.process.send_signal(signal.SIGCONT)


def figures_open(folder: Path) -> Path:
    """An answer file of which some cells of the table are open, in rows that no check closes."""
    path = folder / "示例县人民政府-2025.yaml"
    text = Path("samples/county-2025-with-previous/answers.yaml").read_text(encoding="utf-8")
    left_open = (*CELLS, "carried_out.biz")
    kept = [line for line in text.splitlines() if line.strip().split(":")[0] not in left_open]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return path


def type_lines(terminal: Terminal, lines: Sequence[str], between: float) -> None:
    for line in lines:
        for key in (*line, "\r"):
            terminal.type(key)
            terminal.look(between)


@pytest.mark.parametrize("marks", [True, False])
def test_figures_typed_while_the_process_stands_still_stay_in_their_order(
    tmp_path: Path, marks: bool
) -> None:
    path = figures_open(tmp_path)
    chance = random.Random(os.environ.get("NIANBAO_SEED", "5"))
    with closing(Terminal(path.name, folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: b"\x1b[?2004$p" in terminal.output)
        if marks:
            terminal.type("\x1b[?2004;2$y")
        for _ in range(max(1, PULSES // 2)):
            type_lines(terminal, [f"/跳到 {CELLS[0]}"], 0)
            terminal.rest()
            lines = [str(chance.randint(1, 99)) for _ in CELLS]
            with pulses(terminal, chance):
                type_lines(terminal, lines, 0.01)
            assert terminal.process.poll() is None
            if marks:
                terminal.wait_for(partial(stands_in, path, lines))
            terminal.rest()
            found = [value_of(path, each) for each in CELLS]
            is_right = all(each in (None, line) for each, line in zip(found, lines, strict=True))
            assert is_right, f"{found} of {lines}: {terminal.text}"
            type_lines(terminal, ["否"], 0)
            terminal.rest()
            undone = len(CELLS) + 1  # 否 at a figure is asked back, which is left first
            type_lines(terminal, ["/撤销"] * undone, 0.02)
            cleared = lambda: all(value_of(path, each) is None for each in CELLS)  # noqa: E731
            terminal.wait_for(cleared)


@pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="tells that a process stands still"
)
def test_signals_at_any_moment_leave_the_screen_right(tmp_path: Path) -> None:
    path = tmp_path / "示例镇人民政府-2017.yaml"
    shutil.copy("samples/township-2017-corrected/answers.yaml", path)
    chance = random.Random(os.environ.get("NIANBAO_SEED", "5"))
    with closing(Terminal(path.name, folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: "第9题" in terminal.text)
        for _ in range(PULSES):
            terminal.type(
                chance.choice(["/总览\r", "\x1b[17~", "/文稿\r", "/核对\r", "?\r", "\x0c"])
            )
            terminal.look(chance.uniform(0.001, 0.05))
            for _ in range(chance.randint(0, 2)):
                terminal.process.send_signal(signal.SIGWINCH)
            stop = chance.choice([signal.SIGSTOP, signal.SIGTSTP])
            terminal.process.send_signal(stop)
            terminal.wait_for(lambda: terminal.states == {"T"})
            terminal.process.send_signal(signal.SIGCONT)
        assert terminal.process.poll() is None
        terminal.type("\r/跳到 微信\r")
        terminal.wait_for(lambda: "第30题" in terminal.text)
        terminal.rest()
        before, sent = terminal.text, len(terminal.output)
        terminal.type("\x0c")
        terminal.wait_for(lambda: len(terminal.output) > sent)
        terminal.rest()
        assert terminal.text == before, "what was painted anew is what stood there"
        terminal.type("40\r")
        terminal.wait_for(lambda: value_of(path, "channel_wechat") == "40")
        terminal.type("/退出\r/退出\r")
        with suppress(OSError):
            terminal.wait_for(lambda: terminal.process.poll() is not None)
        assert b"Traceback" not in terminal.output
        assert terminal.process.wait() == 0


def test_a_terminal_may_send_gb18030_and_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "示例镇人民政府-2017.yaml"
    shutil.copy("samples/township-2017-as-published/answers.yaml", path)
    with closing(Terminal(path.name, folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: "制定修订的制度" in terminal.text)
        terminal.type_bytes("示例制度".encode("gb18030") + b"\r")
        terminal.wait_for(lambda: "答　制定修订的制度：示例制度" in terminal.text)
        terminal.type_bytes(b"\xff\xfe12\r")
        terminal.wait_for(lambda: "认不出来的字符" in terminal.text)
        assert terminal.process.poll() is None
    assert "\ufffd" not in path.read_text(encoding="utf-8")


FAULTY = """
import os, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))
from assistant.cli import main
from assistant.dialog.session import Session
begin = Session.begin
def fail(session, line, **how):
    if line == "9":
        raise RuntimeError("nobody foresaw it")
    return begin(session, line, **how)
Session.begin = fail
sys.exit(main(sys.argv[1:]))
"""


def test_a_fault_that_nobody_foresaw_ends_the_screen_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "示例镇人民政府-2017.yaml"
    shutil.copy("samples/township-2017-corrected/answers.yaml", path)
    monkeypatch.setitem(STARTS, "with a fault", f"import site; site.main()\n{FAULTY}")
    with closing(Terminal(path.name, folder=tmp_path, started="with a fault")) as terminal:
        terminal.wait_for(lambda: "第9题" in terminal.text)
        terminal.type("/改 微信 41\r")
        terminal.wait_for(lambda: value_of(path, "channel_wechat") == "41")
        terminal.type("9\r")
        terminal.wait_for(lambda: terminal.process.poll() is not None)
        assert terminal.process.returncode == 2
        said = terminal.output.decode().rpartition("\x1b[?1049l")[2]
    assert "错误编号" in said
    assert "答案已经存好" in said
    assert "Traceback" not in said
    assert "RuntimeError" not in said
