"""Lines of a pipe or a plain terminal, rows that came at once together."""

import os
import sys
from collections.abc import Iterator
from typing import TextIO

if sys.platform != "win32":
    import select

_CHUNK = 1 << 16
_AT_ONCE = 0.05
"""Seconds in which the next row of a paste is there."""


def lines_of(source: TextIO) -> Iterator[str]:
    """Every line without its end; rows of a table, with tabs, that came at once as one text.

    Args:
        source: Standard input, or any text in memory, all of which came at once.
    """
    incoming = _Incoming(source)
    held: list[str] = []
    while (line := incoming.next_line()) is not None:
        if held and "\t" not in line:
            yield "\n".join(held)
            held.clear()
        if "\t" not in line:
            yield line
            continue
        held.append(line)
        if not incoming.has_more():
            yield "\n".join(held)
            held.clear()
    if held:
        yield "\n".join(held)


class _Incoming:
    """Reads a descriptor by itself: only so is it known whether another line is there."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._descriptor = _descriptor_of(source)
        self._read = b""
        self._is_over = False

    def next_line(self) -> str | None:
        """The next line; None at the end."""
        if self._descriptor is None:
            line = self._source.readline()
            return line.rstrip("\r\n") if line else None
        while b"\n" not in self._read and not self._is_over:
            data = os.read(self._descriptor, _CHUNK)
            self._read += data
            self._is_over = not data
        line_read, end, self._read = self._read.partition(b"\n")
        if not line_read and not end:
            return None
        return line_read.decode(self._source.encoding, "surrogateescape").rstrip("\r")

    def has_more(self) -> bool:
        """Whether another line is there already."""
        if self._descriptor is None:
            return True
        if b"\n" in self._read or self._is_over:
            return bool(self._read)
        return bool(select.select([self._descriptor], [], [], _AT_ONCE)[0])


def _descriptor_of(source: TextIO) -> int | None:
    """The descriptor to read; None for text in memory, and where consoles are read otherwise."""
    if sys.platform == "win32":
        return None
    try:
        return source.fileno()
    except OSError:  # text in memory
        return None
