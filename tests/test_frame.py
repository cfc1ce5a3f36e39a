"""What is left out on its way to the terminal must stand there already."""

import re
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.tui.screen_diff import ScreenDiff
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
CODE = re.compile(r"\x1b\[([\d;]*)([Hm])|([^\x1b])")


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


class Emulator:
    """A terminal that draws a blank where half of a wide character is written over."""

    def __init__(self) -> None:
        self.cells = {}
        self.at = (1, 1)
        self.style = ""

    def feed(self, data: str) -> None:
        for code, kind, character in CODE.findall(data):
            if kind == "H":
                row, column = code.split(";")
                self.at = (int(row), int(column))
            elif kind == "m":
                for each in ("0",) if code in ("", "0") else (code,):
                    self.style = "" if each == "0" else each.removeprefix("0;")
            else:
                self.draw(character)

    def draw(self, character: str) -> None:
        row, column = self.at
        size = width(character)
        for place in range(column, column + size):
            self.wipe(row, place)
        self.cells[row, column] = (character, self.style)
        if size == 2:
            self.cells[row, column + 1] = ("half", self.style)
        self.at = (row, column + size)

    def wipe(self, row: int, column: int) -> None:
        if self.cells.get((row, column), ("",))[0] == "half":
            self.cells[row, column - 1] = ("torn", "")
        if self.cells.get((row, column + 1), ("",))[0] == "half":
            self.cells[row, column + 1] = ("torn", "")


@given(st.lists(st.lists(WRITE, min_size=1, max_size=4), max_size=6))
def test_the_same_screen_comes_about(updates):
    plain, thin, frame = Emulator(), Emulator(), ScreenDiff()
    for update in updates:
        data = "".join(as_output(*write) for write in update)
        plain.feed(data)
        thin.feed(frame.diff(data))
        for place, cell in plain.cells.items():
            if cell[0] != "torn":
                assert thin.cells[place] == cell
        assert thin.at == plain.at


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
        while terminal.look(0.5):
            pass
        before = len(terminal.output)
        terminal.type("2")
        while terminal.look(0.5):
            pass
        assert 0 < len(terminal.output) - before < 300
        before = len(terminal.output)
        terminal.type("\x0c")
        while terminal.look(0.5):
            pass
        assert len(terminal.output) - before > HEIGHT * WIDTH  # Ctrl+L paints everything anew
