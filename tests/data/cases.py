"""Tables of cases that a person can read and add to, one file each beside this module."""

import re
from pathlib import Path
from typing import Any

_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def cases(name: str) -> list[Any]:
    """The rows of `<name>.tsv`: texts where it has one column, else tuples of texts.

    `\\t`, `\\n` and `\\r` are what they are in Python, `\\\\` a backslash; `-- ` begins a comment.
    """
    text = Path(__file__).with_name(f"{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("-- ")]
    read = [tuple(map(_unescaped, row)) for row in rows]
    return read if any(len(row) > 1 for row in read) else [row[0] for row in read]


def _unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES[match[1]], cell)
