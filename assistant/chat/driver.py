"""The toolkit's way to the terminal, made thrifty for slow lines."""

from textual.driver import Driver

from assistant.chat.frame import Frame


def thrifty(driver: type[Driver], frame: Frame) -> type[Driver]:
    """A driver that leaves out what stands on the terminal already."""

    class Thrifty(driver):  # type: ignore[misc, valid-type]  # which one is known only when it runs
        """Writes through the frame."""

        def write(self, data: str) -> None:
            """Send what differs."""
            super().write(frame.thinned(data))

    return Thrifty
