"""What is left out on its way to the terminal must stand there already."""

from contextlib import closing
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from pyte import Stream

from assistant.ui.tui.screen_diff import ScreenDiff
from tests.emulator import TORN, Screen
from tests.talking import HEIGHT, WIDTH, Terminal

SIZE = (4, 9)
WIDE = "年报（，）"
STYLES = ("", "1", "7;38;5;253;48;5;234", "31")
WRITE = st.tuples(
    st.integers(1, SIZE[0]),
    st.integers(1, SIZE[1]),
    st.lists(
        st.tuples(st.sampled_from(STYLES), st.text(st.sampled_from(f"ab  “…{WIDE}"), max_size=6)),
        max_size=3,
    ),
)


def as_output(row: int, column: int, pieces: list[tuple[str, str]]) -> str:
    """One stretch of output, cut off at the right edge as the toolkit does."""
    out, room = f"\x1b[{row};{column}H", SIZE[1] - column + 1
    for style, text in pieces:
        kept = text
        while sum(map(width, kept)) > room:
            kept = kept[:-1]
        room -= sum(map(width, kept))
        out += f"\x1b[{style}m{kept}\x1b[0m" if style else kept
    return out


def width(character: str) -> int:
    return 2 if character in WIDE else 1


@given(st.lists(st.lists(WRITE, min_size=1, max_size=4), max_size=6))
def test_the_same_screen_comes_about(updates):
    size = SIZE[1] + 2, SIZE[0]  # the cursor may come to stand behind the last column
    plain, thin, frame = Screen(*size), Screen(*size), ScreenDiff()
    plain_stream, thin_stream = Stream(plain), Stream(thin)
    for update in updates:
        data = "".join(as_output(*write) for write in update)
        plain_stream.feed(data)
        thin_stream.feed(frame.diff(data))
        for row, column in product(range(SIZE[0]), range(SIZE[1])):
            cell = plain.buffer[row][column]
            assert cell == TORN or thin.buffer[row][column] == cell
        assert (thin.cursor.x, thin.cursor.y) == (plain.cursor.x, plain.cursor.y)


def test_what_stands_there_is_not_sent_again():
    frame = ScreenDiff()
    line = "\x1b[2;1H\x1b[1m年报\x1b[0m 145 条"
    assert frame.diff(line) == "\x1b[2;1H\x1b[0;1m年报\x1b[0m 145 条\x1b[2;12H"
    assert frame.diff(line) == "\x1b[2;12H"
    assert frame.diff(line.replace("145", "146")) == "\x1b[2;8H6\x1b[2;12H"
    frame.forget()
    assert "年报" in frame.diff(line)


def test_what_is_not_understood_is_sent_as_it_is():
    frame = ScreenDiff()
    frame.diff("\x1b[1;1H年报")
    for data in ("\x1b[?2026h", "\x1b[?1000h\x1b[?1003h", "\x1b[>1u"):
        assert frame.diff(data) == data
    assert frame.diff("\x1b[1;1H年报") == "\x1b[1;5H"
    for data in (
        "\x1b[?1049h",
        "\x1b[2J",
        "\x1b]0;年报助手\x07",
        "\x1b[1;1H\x07",
        "\x1b[1;1He\u0301",
    ):
        assert frame.diff(data) == data
        assert "年报" in frame.diff("\x1b[1;1H年报")


def test_a_key_sends_no_more_than_its_letter_needs(tmp_path):
    with closing(Terminal(folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: "报告是哪个年度".encode() in terminal.output)
        terminal.rest()
        before = len(terminal.output)
        terminal.type("2")
        terminal.wait_for(lambda: len(terminal.output) > before)
        terminal.rest()
        assert len(terminal.output) - before < 300
        before = len(terminal.output)
        terminal.type("\x0c")  # Ctrl+L paints everything anew
        terminal.wait_for(lambda: len(terminal.output) - before > HEIGHT * WIDTH)
