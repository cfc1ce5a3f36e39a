"""What the program uses of what Textual keeps to itself: a new Textual is told at once."""

import ast
import inspect
from pathlib import Path

import pytest
import textual
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.widgets import TextArea

TUI = Path(__file__).parent.parent / "assistant" / "ui" / "tui"
HOMES = ("terminal_driver.py", "crash_handling.py", "browser_driver.py")
PRIVATE = {
    App: ("_handle_exception", "_driver"),
    LinuxDriver: ("_sigtstp_application", "_sigcont_application", "process_message"),
}
IN_SOURCE = {
    LinuxDriver: ("self._key_thread", "self.exit_event"),
    Driver: ("self._app", "self._loop"),
}


def changed(what: object) -> str:
    homes = " and ".join(HOMES)
    return f"Textual {textual.__version__} has no {what}, which {homes} of the screen rest on"


@pytest.mark.parametrize("owner", PRIVATE, ids=lambda owner: owner.__name__)
def test_what_is_overridden_or_called_is_there(owner):
    source = inspect.getsource(owner)
    for name in PRIVATE[owner]:
        assert hasattr(owner, name) or f"self.{name}" in source, changed(f"{owner.__name__}.{name}")


@pytest.mark.parametrize("owner", IN_SOURCE, ids=lambda owner: owner.__name__)
def test_what_is_kept_on_a_driver_is_there(owner):
    source = inspect.getsource(owner)
    for name in IN_SOURCE[owner]:
        assert name in source, changed(f"{name} in {owner.__name__}")


def test_the_parser_of_keys_is_fed_and_ticks():
    parser = pytest.importorskip(
        "textual._xterm_parser", reason=changed("_xterm_parser")
    ).XTermParser()
    assert [key.key for key in parser.feed("1\r")] == ["1", "enter"], changed(
        "feed() that gives keys"
    )
    assert list(parser.tick()) == [], changed("tick()")


def test_no_other_file_of_the_screen_uses_such_a_part():
    kept = (App, LinuxDriver, ModalScreen, ScrollView, TextArea)
    private = {name for owner in kept for name in dir(owner) if name.startswith("_")}
    private |= {"_driver", "_app", "_loop", "_key_thread"}
    for path in sorted(TUI.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        own = {node.name for node in nodes if isinstance(node, functions)}
        own |= {
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
        used = {node.attr for node in nodes if isinstance(node, ast.Attribute)} - own
        hidden = {name for name in own if name in private and not name.startswith("__")}
        modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        reached = {name for name in used & private if not name.startswith("__")} | hidden
        reached |= {name for name in modules if name.startswith(("textual._", "rich._"))}
        if path.name not in HOMES:
            assert not reached, f"{path.name}: {sorted(reached)}"
