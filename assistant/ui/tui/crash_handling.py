"""How the screen ends at a fault that nobody foresaw; how codes reach the terminal unpainted."""

from textual.app import App


class CrashHandling(App[None]):
    """An application that leaves the terminal clean and its fault to who started it.

    Attributes:
        fault: Why it ended early; None where somebody left.
    """

    fault: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        """Keep the first fault instead of printing where it happened."""
        if self.is_headless:
            super()._handle_exception(error)  # a test is told
            return
        self.fault = self.fault or error
        self.exit(return_code=1)


def write_to_terminal(app: App[None], codes: str) -> None:
    """Send control codes past the painting of an application; nothing while it has no terminal."""
    if app._driver is not None:
        app._driver.write(codes)
