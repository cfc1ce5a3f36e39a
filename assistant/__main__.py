"""`python -m assistant` and the `nianbao` command."""

import signal
import sys


def main() -> int:
    """Run one command; an interrupt while it starts ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from assistant.cli import main as run  # noqa: PLC0415  not before the line above

    return run()


if __name__ == "__main__":
    sys.exit(main())
