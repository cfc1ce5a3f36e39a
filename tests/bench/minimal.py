"""The floor of a screen: a Textual application of one input line and nothing else."""

from textual.app import App, ComposeResult
from textual.widgets import Input


class Minimal(App[None]):
    """Asks for something and does nothing with it."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Input(placeholder="READY")


if __name__ == "__main__":
    Minimal().run()
