"""The colours of the screen: contrast in every theme, choice by option, environment and command."""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem, ColorType
from rich.style import Style
from textual.widgets import OptionList

from assistant.dialog.interview import COMMANDS
from assistant.dialog.session import Session
from assistant.messages.events import Theme
from assistant.messages.themes import THEMES, theme_named, theme_title
from assistant.ui.tui.app import Chat
from assistant.ui.tui.scrolling_page import ScrollingPage
from assistant.ui.tui.theme import fitting
from tests.screen import BEGUN, TODAY, Screen, on_screen, opened, running
from tests.talking import Terminal

SAMPLE = Path("samples/township-2017-corrected/answers.yaml")
ENOUGH, HIGH = 4.5, 7.0
"""WCAG 2 contrast of text: level AA, and AAA for high contrast."""
SIXTEEN = {
    "VGA": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "Windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
}
"""What the sixteen colours are in the terminals that have no more of them."""


def luminance(hexadecimal: str) -> float:
    parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


def shown(color: Color, sixteen: str) -> str:
    """A colour as the terminal paints it."""
    if color.triplet is not None:
        return color.triplet.hex.removeprefix("#")
    assert color.number is not None, f"{color} is whatever the terminal has"
    if color.type is ColorType.EIGHT_BIT:
        return color.get_truecolor().hex.removeprefix("#")
    return sixteen.split()[color.number]


def contrast_of(style: Style, sixteen: str) -> float:
    return contrast(shown(style.color, sixteen), shown(style.bgcolor, sixteen))


def in_256_colours(style: Style) -> Style:
    """What is left of a style where there are no more colours."""
    color, background = (
        each.downgrade(ColorSystem.EIGHT_BIT) for each in (style.color, style.bgcolor)
    )
    return Style(color=color, bgcolor=background)


def styles_on(screen: Screen) -> dict[Style, str]:
    """Every style that text on the screen has, with a text in it."""
    strips = screen.chat.screen._compositor.render_strips(screen.chat.size)
    return {
        segment.style: segment.text
        for strip in strips
        for segment in strip
        if segment.text.strip(" \u3000▁▂▃▄▅▆▇█│╭╮╰╯─")
    }


def seen(shelf, folder: Path, theme: Theme) -> dict[Style, str]:
    """Every style of text on the main screens of a conversation, and of every style of a page."""
    shutil.copy(SAMPLE, folder / "示例镇人民政府-2017.yaml")
    session = Session(shelf, folder, TODAY)
    greeting = session.start()
    styles: dict[Style, str] = {}

    async def look_around() -> None:
        chat = Chat(shelf.sentences, greeting, lambda: (session, greeting), theme)
        async with running(chat, (120, 36)) as screen:
            await screen.until(lambda: chat.session is not None)
            for lines, keys in (
                (("",), ()),
                (("/改 重点领域公开政府信息数 12", "/改 当面 2", "/改 当面 -"), ()),
                ((), ("f6",)),
                ((), ("f6",)),
                ((), ("ctrl+t", "1", "shift+left")),
                ((), ("escape", "ctrl+p", "down")),
            ):
                await screen.say(*lines)
                await screen.press(*keys)
                await screen.settle()
                styles.update(styles_on(screen))
            page = chat.screen_stack[0].query_one("#transcript", ScrollingPage)
            for name in page.COMPONENT_CLASSES:
                styles[page.rich_style + page.get_component_rich_style(name, partial=True)] = name

    asyncio.run(look_around())
    session.close()
    return styles


@pytest.mark.parametrize("theme", THEMES)
def test_all_text_stands_out_from_its_background(theme, shelf, tmp_path):
    styles = seen(shelf, tmp_path, theme)
    assert len(styles) > 12
    limit = HIGH if theme == "contrast" else ENOUGH
    weak = {
        (terminal, text, str(style)): round(contrast_of(each, sixteen), 2)
        for terminal, sixteen in SIXTEEN.items()
        for style, text in styles.items()
        for each in (style, in_256_colours(style))
        if contrast_of(each, sixteen) < limit
    }
    assert not weak
    assert not any(style.dim for style in styles)  # each terminal dims as it likes


def test_every_look_has_a_word_and_a_plain_name(shelf):
    for theme in THEMES:
        assert theme_named(f" {theme.upper()} ", shelf.sentences) == theme
        assert theme_named(theme_title(theme, shelf.sentences), shelf.sentences) == theme
    assert theme_named("红色", shelf.sentences) is None
    assert "look" in COMMANDS


@pytest.mark.parametrize(
    ("colours", "theme"),
    [("truecolor", "dark"), ("256", "dark"), ("standard", "ansi"), (None, "ansi")],
)
def test_few_colours_get_the_sixteen(colours, theme):
    assert fitting(colours) == theme


def test_the_command_changes_the_look_at_once(shelf, tmp_path):
    async def act(screen: Screen) -> None:
        await screen.say("外观 浅色")
        themes = [screen.chat.chosen_theme]
        assert "提示　外观换成了浅色。下次也用它，启动时加上 --theme 浅色。" in screen.said
        background = screen.chat.query_one("#transcript", ScrollingPage).rich_style.bgcolor
        assert background.triplet.hex == "#ffffff"
        await screen.say(*BEGUN, "/外观 contrast")
        themes.append(screen.chat.chosen_theme)
        for _ in range(2):
            await screen.say("/外观")
            themes.append(screen.chat.chosen_theme)
        assert themes == ["light", "contrast", "ansi", "dark"]
        before = screen.interview
        await screen.say("/外观 红色")
        assert "错误　没有“红色”这种外观，可以是：深色、浅色、高对比、终端。" in screen.said
        assert screen.interview.answers is before.answers

    on_screen(shelf, tmp_path, act)


def test_the_menu_changes_the_look(shelf, tmp_path):
    async def run() -> None:
        async with opened(shelf, tmp_path) as screen:
            await screen.say("外观 深色")
            await screen.press("ctrl+p")
            options = screen.chat.screen.query_one(OptionList)
            options.highlighted = [option.id for option in options.options].index("look")
            await screen.press("enter")
            await screen.settle()
            assert screen.chat.chosen_theme == "light"

    asyncio.run(run())


COLOUR = re.compile(rb"\x1b\[([0-9;]*)m")


def painted(folder: Path, *options: str, term: str = "xterm-256color") -> tuple[set[str], int]:
    """The colour codes of the first screen, and the exit code after Ctrl+Q."""
    with closing(Terminal(*options, folder=folder, term=term)) as terminal:
        terminal.wait_for(lambda: "报告是哪个年度".encode() in terminal.output)
        terminal.look(0.3)
        terminal.type("\x11")
        terminal.wait_for(lambda: terminal.process.poll() is not None)
        codes = {
            code for each in COLOUR.findall(terminal.output) for code in codes_of(each.decode())
        }
        return codes, terminal.process.wait(5)


def codes_of(code: str) -> Iterator[str]:
    """The single colours of a code: `38;5;24`, `97`, `39`."""
    yield from re.findall(r"[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+", code)


def test_the_option_goes_before_the_environment(tmp_path, monkeypatch):
    for name in ("COLORTERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NIANBAO_THEME", "light")
    light, code = painted(tmp_path)
    assert (code, "48;5;231" in light) == (0, True)
    dark, _ = painted(tmp_path, "--theme", "深色")
    assert "48;5;231" not in dark
    assert any(each.startswith("48;5;") for each in dark)


@pytest.mark.parametrize("term", ["linux", "xterm-16color"])
def test_sixteen_colours_are_kept_to(term, tmp_path, monkeypatch):
    for name in ("COLORTERM", "NO_COLOR", "NIANBAO_THEME"):
        monkeypatch.delenv(name, raising=False)
    codes, _ = painted(tmp_path, term=term)
    assert {"40", "37", "44", "97"} <= codes
    assert not any(each.startswith(("38", "48")) for each in codes)


@pytest.mark.parametrize("theme", ["深色", "终端"])
def test_no_color_sends_no_colours(theme, tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    codes, _ = painted(tmp_path, "--theme", theme)
    assert codes <= {"0", "1", "7", "39", "49"}
    assert "7" in codes


def test_an_empty_no_color_means_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "")
    codes, _ = painted(tmp_path, "--theme", "深色")
    assert any(each.startswith("48;") for each in codes)


@pytest.mark.parametrize("way", ["option", "environment"])
def test_an_unknown_look_is_refused(way, tmp_path, monkeypatch):
    if way == "environment":
        monkeypatch.setenv("NIANBAO_THEME", "红色")
    given = ["--theme", "红色"] if way == "option" else []
    command = [sys.executable, "-m", "assistant", "chat", str(tmp_path), *given]
    run = subprocess.run(command, input="", capture_output=True, encoding="utf-8")
    assert run.returncode == 2
    assert run.stderr == "错误：没有“红色”这种外观，可以是：深色、浅色、高对比、终端。\n"


def test_plain_mode_says_that_it_has_no_colours(tmp_path):
    command = [sys.executable, "-m", "assistant", "--plain", str(tmp_path)]
    run = subprocess.run(command, input="外观 浅色\n外观\n", capture_output=True, encoding="utf-8")
    assert run.returncode == 0
    assert run.stdout.count("提示　现在是逐行问答，没有颜色，不用换外观。") == 2


def test_nothing_moves_or_blinks(shelf, tmp_path):
    async def act(screen: Screen) -> None:
        assert screen.chat.animation_level == "none"
        assert not screen.box.cursor_blink

    on_screen(shelf, tmp_path, act)


def test_without_colours_everything_that_stands_out_still_does(shelf, tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    async def act(screen: Screen) -> None:
        await screen.say(*BEGUN)
        await screen.press("ctrl+p")
        assert {style.color.name for style in styles_on(screen)} == {"default"}
        strips = screen.chat.screen._compositor.render_strips(screen.chat.size)
        pieces = [segment for strip in strips for segment in strip]
        assert next(each.style for each in pieces if "F4  帮助" in each.text).underline
        assert next(each.style for each in pieces if "上下键选择" in each.text).reverse
        assert next(iter(strips[0])).style.reverse

    on_screen(shelf, tmp_path, act)
