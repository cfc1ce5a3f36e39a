"""`python -m nianbao`: the same as the command `nianbao`; the package is called `assistant`."""

import sys

from assistant.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
