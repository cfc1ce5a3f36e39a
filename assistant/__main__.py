"""`python -m assistant` and the `nianbao` command."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    sys.exit(main())
