"""Signs of doubtful width: what stands for them where the terminal draws them two columns wide."""

import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from rich.cells import cell_len

from assistant.ui.tui.screen_diff import PROBE, PROBES, ScreenDiff, WidthSubstitutes, too_wide
from tests.talking import Terminal

EVERY_SIGN = [
    chr(code)
    for code in range(0x20000)
    if unicodedata.east_asian_width(chr(code)) == "A" and cell_len(chr(code)) == 1
]
OURS = ("prompts_templates", "samples")
SAMPLE = Path("samples/township-2017-corrected/answers.yaml")


def test_every_doubtful_sign_has_a_narrow_one():
    for sign in EVERY_SIGN:
        other = sign.translate(WidthSubstitutes(PROBES))
        assert cell_len(other) == 1
        assert unicodedata.east_asian_width(other) in ("Na", "N"), sign


def test_only_what_is_drawn_too_wide_is_changed():
    text = "“三公”经费：10+1=11≠12，①℃─│▁"
    assert text.translate(WidthSubstitutes("")) == text
    assert text.translate(WidthSubstitutes("─")) == "“三公”经费：10+1=11≠12，①℃-|+"
    assert text.translate(WidthSubstitutes("“")) == '"三公"经费：10+1=11#12，1?─│▁'
    plain = "年报，、。；：？！（）【】「」《》　１２ab12"
    assert plain.translate(WidthSubstitutes(PROBES)) == plain


def test_our_own_signs_have_a_likeness():
    """A question mark stands for a sign only where somebody else has written it."""
    texts = [
        path.read_text(encoding="utf-8")
        for place in OURS
        for path in Path(place).rglob("*")
        if path.suffix in (".yaml", ".j2", ".txt", ".md")
    ]
    for sign in {each for text in texts for each in text} & set(EVERY_SIGN):
        assert sign.translate(WidthSubstitutes(PROBES)) != "?", sign


def test_answers_that_make_no_sense_change_nothing():
    assert [too_wide(each) for each in ([1, 1], [2, 1], [1, 2], [2, 2])] == ["", "“", "─", "“─"]
    assert [too_wide(each) for each in ([0, 77], [], [1])] == ["", "", ""]


def test_the_probe_leaves_the_screen_as_it_is():
    frame = ScreenDiff()
    frame.diff("\x1b[1;1H\x1b[7m 年报助手\x1b[0m")
    assert frame.diff(PROBE) == PROBE + "\x1b[1;1H\x1b[0;7m 年\x1b[0m"
    assert frame.diff("\x1b[1;1H\x1b[7m 年报助手\x1b[0m") == "\x1b[1;10H"


@pytest.mark.parametrize(("width", "quote"), [(1, "“?”"), (2, '"?"')])
def test_a_terminal_is_asked_and_believed(width, quote, tmp_path):
    (tmp_path / "a.yaml").write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    with closing(Terminal(folder=tmp_path)) as terminal:
        terminal.wait_for(lambda: PROBE.encode() in terminal.output)
        terminal.type(f"\x1b[1;{width + 1}R" * len(PROBES))
        terminal.rest()
        terminal.output = b""
        terminal.type("\x0c")
        terminal.wait_for(lambda: quote in terminal.output.decode(errors="replace"))
        terminal.rest()
        shown = terminal.output.decode()
        assert ("“" in shown, "─" in shown) == (width == 1, width == 1)
        terminal.type("\x11")
        terminal.wait_for(lambda: terminal.process.poll() is not None)
