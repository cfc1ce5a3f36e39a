"""`python -m assistant` and the `nianbao` command."""

import signal
import sys


def main() -> int:
    """Run one command; an interrupt while it starts ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if getattr(sys, "frozen", False):  # what --jobs starts there is this program once more
        from multiprocessing import freeze_support  # noqa: PLC0415  as below

        freeze_support()
    from assistant.cli import main as run  # noqa: PLC0415  not before the line above

    return run()


if __name__ == "__main__":
    sys.exit(main())
