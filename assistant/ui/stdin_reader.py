"""What comes in from a terminal or a pipe: bytes of any encoding as text, lines one by one."""

import os
import re
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, lookup
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from codecs import IncrementalDecoder

if sys.platform != "win32":
    import select

_CHUNK = 1 << 16
LINE_LIMIT = 200_000
"""Bytes of a line that are kept, and characters: any answer of so many is refused as too long."""
_AT_ONCE = 0.05
"""Seconds in which the next row of a paste is there."""
_UTF8, _CHINESE = "utf-8", "gb18030"
_SURE = re.compile("[\u0800-\U0010ffff]")
"""Characters of three bytes in UTF-8, which the pairs of GB18030 hardly ever look like."""
_DOUBTED = re.compile("[\u0100-\u036f\u0400-\u07ff]")
"""Letters of two bytes in UTF-8 that nobody types beside Chinese: 示 in GB18030 looks like ʾ."""


class Decoder:
    """Bytes as they come, in UTF-8 or GB18030, to text; a character may come in pieces.

    What can be read in both ways is read like what came before, and before that as the locale
    says. Where Chinese came in UTF-8, what is not UTF-8 is damaged.
    """

    def __init__(self, encoding: str = _UTF8) -> None:
        """Take the encoding that the locale names."""
        self._is_chinese = False
        with suppress(LookupError):  # `cp936` is gbk
            self._is_chinese = lookup(encoding).name.startswith("gb")
        self._is_surely_utf8 = False
        self._held = b""

    def decode(self, data: bytes, *, is_last: bool = False) -> str:
        """The text of everything that has come, without a character whose end is missing.

        Bytes that are no text in either encoding come out as `characters.UNREADABLE`.
        """
        data = self._held + data
        found = dict(_readings(data, is_last=is_last))
        self._is_surely_utf8 |= _UTF8 in found and _SURE.search(found[_UTF8][0]) is not None
        if self._is_surely_utf8:
            found.pop(_CHINESE, None)
        if not found:
            self._held = b""
            return data.decode(_UTF8, "replace")
        self._is_chinese = self._prefers_chinese(found)
        text, self._held = found[_CHINESE if self._is_chinese else _UTF8]
        return text

    def forget(self) -> None:
        """Let go of a character whose end will not come."""
        self._held = b""

    def _prefers_chinese(self, found: Mapping[str, tuple[str, bytes]]) -> bool:
        if len(found) == 1:
            return _CHINESE in found
        return self._is_chinese or _DOUBTED.search(found[_UTF8][0]) is not None


def _readings(data: bytes, *, is_last: bool) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """The text and the held back end of some bytes, by encoding, where they are text in it."""
    for encoding in (_UTF8, _CHINESE):
        decoder = getincrementaldecoder(encoding)()
        with suppress(UnicodeDecodeError):
            yield encoding, (decoder.decode(data, is_last), decoder.getstate()[0])


def lines_of(source: TextIO) -> Iterator[str]:
    """Every line without its end; rows of a table, with tabs, that came at once as one text.

    Args:
        source: Standard input, or any text in memory, all of which came at once.
    """
    incoming = _Incoming(source)
    held: list[str] = []
    room = LINE_LIMIT
    while (line := incoming.next_line()) is not None:
        if held and "\t" not in line:
            yield "\n".join(held)
            held.clear()
        if "\t" not in line:
            yield line
            continue
        held.append(line)
        room -= len(line)
        if room < 0 or not incoming.has_more():
            yield "\n".join(held)
            held.clear()
            room = LINE_LIMIT
    if held:
        yield "\n".join(held)


class _Incoming:
    """Reads a descriptor by itself: only so is it known whether another line is there.

    As in an answer file, a byte order mark in front is none of the text, and one of UTF-16 says
    how all of it is written.
    """

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._descriptor = _descriptor_of(source)
        self._decoder = Decoder(source.encoding or _UTF8)
        self._read = b""
        self._is_over = False
        self._has_begun = False
        self._wide: IncrementalDecoder | None = None

    def next_line(self) -> str | None:
        """The next line; None at the end. Of an endless one the beginning, with a bad end."""
        if self._descriptor is None:
            line = self._source.readline()
            return line.rstrip("\r\n") if line else None
        end, kept = b"", b""
        while not end and not (self._is_over and not self._read):
            if not self._read:
                self._read = self._more(self._descriptor)
            piece, end, self._read = self._read.partition(b"\n")
            kept += piece[: LINE_LIMIT - len(kept)]
        if not kept and not end:
            return None
        line = self._decoder.decode(kept, is_last=len(kept) < LINE_LIMIT)
        self._decoder.forget()
        return line.rstrip("\r")

    def _more(self, descriptor: int) -> bytes:
        """Some bytes more, none at the end."""
        data = os.read(descriptor, _CHUNK)
        self._is_over = not data
        if not self._has_begun:
            self._has_begun = True
            if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
                self._wide = getincrementaldecoder("utf-16")("replace")
            data = data.removeprefix(BOM_UTF8)
        return self._wide.decode(data, self._is_over).encode() if self._wide else data

    def has_more(self) -> bool:
        """Whether another line is there already."""
        if self._descriptor is None:
            return True
        if b"\n" in self._read or self._is_over:
            return bool(self._read)
        if sys.platform == "win32":  # nothing tells there whether a pipe holds something
            return True
        return bool(select.select([self._descriptor], [], [], _AT_ONCE)[0])


def _descriptor_of(source: TextIO) -> int | None:
    """The descriptor to read; None for text in memory and for consoles of Windows.

    Those give text, whatever their code page; a pipe or a file gives bytes there too.
    """
    if sys.platform == "win32" and source.isatty():
        return None
    try:
        return source.fileno()
    except OSError:  # text in memory
        return None
