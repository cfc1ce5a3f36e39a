"""The colours of the screen: dark, light, high contrast, and the terminal's own sixteen."""

import os
import sys
from typing import NamedTuple

from rich.console import Console
from textual.app import App
from textual.constants import DRIVER
from textual.driver import Driver
from textual.events import CursorPosition
from textual.theme import Theme as TextualTheme

from assistant.messages.events import Theme
from assistant.messages.themes import THEMES
from assistant.ui.tui.crash_handling import write_to_terminal
from assistant.ui.tui.screen_diff import PROBE, PROBES, ScreenDiff, too_wide

_PREFIX = "nianbao-"
_PROBE_DELAY = 0.05
"""Seconds after which the first words are sure to be painted."""


class _Palette(NamedTuple):
    """Colours by what they are for; those of 256 are used, so that none is shown as another."""

    background: str
    surface: str
    text: str
    muted: str
    ask: str
    echo: str
    error: str
    confirm: str
    notice: str
    heading: str
    frame: str
    bar: str
    bar_text: str
    bar_key: str


_PALETTES: dict[Theme, _Palette] = {
    "dark": _Palette(
        *("#121212", "#1c1c1c", "#e4e4e4", "#a8a8a8"),
        *("#ffaf00", "#87d787", "#ff8787", "#ffd75f", "#87d7ff", "#5fafff"),
        *("#5f87af", "#005f87", "#ffffff", "#ffd75f"),
    ),
    "light": _Palette(
        *("#ffffff", "#eeeeee", "#1c1c1c", "#5f5f5f"),
        *("#5f00af", "#005f00", "#af0000", "#5f5f00", "#005f87", "#005faf"),
        *("#5f87af", "#d7d7d7", "#000000", "#00005f"),
    ),
    "contrast": _Palette(
        *("#000000", "#000000", "#ffffff", "#ffffff"),
        *("#ffff00", "#00ff00", "#ffafaf", "#ffd700", "#00ffff", "#00ffff"),
        *("#ffffff", "#ffffff", "#000000", "#000000"),
    ),
    "ansi": _Palette(
        *("ansi_black", "ansi_black", "ansi_white", "ansi_white"),
        *("ansi_bright_yellow", "ansi_bright_green", "ansi_bright_red", "ansi_bright_yellow"),
        *("ansi_bright_cyan", "ansi_bright_cyan"),
        *("ansi_cyan", "ansi_blue", "ansi_bright_white", "ansi_bright_yellow"),
    ),
}


_NAMES = {
    "ansi-background": "background",
    "ansi-foreground": "text",
    "text": "text",
    "text-muted": "muted",
    "text-primary": "heading",
    "text-secondary": "notice",
    "text-accent": "ask",
    "text-success": "echo",
    "text-warning": "confirm",
    "text-error": "error",
    "surface": "surface",
    "border": "frame",
    "footer-background": "bar",
    "footer-foreground": "bar_text",
    "footer-key-foreground": "bar_key",
    "scrollbar": "frame",
    "scrollbar-hover": "frame",
    "scrollbar-active": "text",
    "scrollbar-background": "surface",
    "scrollbar-background-hover": "surface",
    "scrollbar-background-active": "surface",
    "screen-selection-background": "text",
    "screen-selection-foreground": "background",
}
"""The colours that the style sheet and the toolkit name, none of them mixed by the toolkit."""


class ThemedApp(App[None]):
    """An application in one of the themes, without anything that moves by itself."""

    def __init__(self, theme: Theme | None) -> None:
        """Take the theme; none means what suits the terminal."""
        chosen = theme or fitting(colour_system())
        self._frame = ScreenDiff()
        self._widths: list[int] = []
        super().__init__(ansi_color=_sends_sixteen(chosen))
        self.animation_level = "none"
        for each, palette in _PALETTES.items():
            self.register_theme(_theme(each, palette))
        # Not by assignment: the style sheet would be read twice before the first paint.
        self.set_reactive(App.theme, _PREFIX + chosen)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[Driver]:
        """The driver of the toolkit; in a terminal it sends only what differs there."""
        if sys.platform == "win32" or DRIVER is not None:
            return super().get_driver_class()
        from assistant.ui.tui.terminal_driver import thrifty  # noqa: PLC0415  it needs what Windows lacks

        return thrifty(self._frame, lambda: self.call_later(self.repaint))

    def on_mount(self) -> None:
        """Ask the terminal how wide it draws signs, once the first words are on the screen."""
        self.set_timer(_PROBE_DELAY, self._probe)

    def _probe(self) -> None:
        if self._frame.is_begun:
            write_to_terminal(self, PROBE)

    def on_cursor_position(self, event: CursorPosition) -> None:
        """Take the terminal's answers, and show narrow signs where it draws them too wide."""
        if len(self._widths) == len(PROBES):
            return
        self._widths.append(event.x)
        if len(self._widths) == len(PROBES) and too_wide(self._widths):
            self._frame.substitute(too_wide(self._widths))
            self.repaint()

    def on_resize(self) -> None:
        """Paint anew what a terminal of another size may have moved."""
        self._frame.forget()

    def repaint(self) -> None:
        """Paint everything anew, after another program has written across the screen."""
        self._frame.forget()
        self.screen.refresh(layout=True)

    @property
    def chosen_theme(self) -> Theme:
        """The colours on the screen."""
        return next(theme for theme in THEMES if self.theme == _PREFIX + theme)

    def turn_theme(self, theme: Theme | None) -> Theme:
        """Paint everything in other colours, the next ones for none; which they are."""
        chosen = theme or THEMES[(THEMES.index(self.chosen_theme) + 1) % len(THEMES)]
        self.ansi_color = _sends_sixteen(chosen)
        self.theme = _PREFIX + chosen
        return chosen


def _sends_sixteen(theme: Theme) -> bool | None:
    """Whether colours go to the terminal by their names; None for as its theme has it.

    Under NO_COLOR as well: the toolkit takes out names alone, and makes grey of all others.
    """
    return True if theme == "ansi" or "NO_COLOR" in os.environ else None


def colour_system() -> str | None:
    """The colours of this terminal as the toolkit will see them: `truecolor`, `256`, `standard`."""
    return Console(force_terminal=True).color_system


def fitting(color_system: str | None) -> Theme:
    """The theme for a terminal by the colours that it can show, `256` or `standard`."""
    return "dark" if color_system in ("256", "truecolor") else "ansi"


def _theme(theme: Theme, palette: _Palette) -> TextualTheme:
    colours = palette._asdict()
    return TextualTheme(
        name=_PREFIX + theme,
        primary=palette.heading,
        secondary=palette.notice,
        warning=palette.confirm,
        error=palette.error,
        success=palette.echo,
        accent=palette.ask,
        foreground=palette.text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.bar,
        boost=palette.surface,
        dark=theme != "light",
        ansi=theme == "ansi",
        variables={name: colours[use] for name, use in _NAMES.items()},
    )
