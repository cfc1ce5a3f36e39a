"""What a PDF file may ask of the machine: measured before a page is drawn, and while it is."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import list_value, stream_value
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

STREAM_LIMIT, WHOLE_LIMIT = 64_000_000, 256_000_000
"""Bytes of one packed part unpacked, and of all of them; fonts and pictures are the largest."""
_STEP = 8_000_000
_LAYERS = 3
"""How often a part may be packed within itself."""
_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"
_EFFORT_LIMIT = 16_000_000
"""Bytes of all pages that say what to draw; a page of a report takes a hundredth of a million."""
_EFFORT_OF_PART = 1_000
_CHARACTERS_LIMIT, _PATHS_LIMIT = 400_000, 100_000
"""Characters and lines of all pages."""
_CROSSINGS_LIMIT, _CROSSINGS_OF_PAGE = 100_000, 10_000
"""Places in which rules might cross; a page of tables has a thousand."""


class ExcessError(Exception):
    """A file asks for more than any report."""


def prove_bounded(data: bytes) -> None:
    """Unpack every part as far as it may go.

    Raises:
        ExcessError: One part, or all of them, are too large.
    """
    whole = 0
    for match in _STREAM.finditer(data):
        end = data.find(_END, match.end())
        whole += _unpacked(data[match.end() : end if end >= 0 else len(data)], _LAYERS)
        if whole > WHOLE_LIMIT:
            raise ExcessError


def _unpacked(packed: bytes, layers: int) -> int:
    """The bytes that a part takes unpacked; what is no such part takes none."""
    engine, size, first = zlib.decompressobj(), 0, b""
    try:
        while packed and not engine.eof:
            piece = engine.decompress(packed, _STEP)
            first = first or piece
            size += len(piece)
            packed = engine.unconsumed_tail
            if size > STREAM_LIMIT:
                raise ExcessError
    except zlib.error:
        return size
    is_inner = layers > 1 and size == len(first) and size > 0
    return size + (_unpacked(first, layers - 1) if is_inner else 0)


@dataclass
class Effort:
    """What drawing all pages of a file has taken so far."""

    bytes: int = 0
    characters: int = 0
    paths: int = 0
    crossings: int = 0

    def cross(self, crossings: int) -> None:
        """Look for tables on a page, or stop."""
        self.crossings += crossings
        if crossings > _CROSSINGS_OF_PAGE or self.crossings > _CROSSINGS_LIMIT:
            raise ExcessError

    def check(self) -> None:
        """Stop where it is more than any report takes."""
        if (
            self.bytes > _EFFORT_LIMIT
            or self.characters > _CHARACTERS_LIMIT
            or self.paths > _PATHS_LIMIT
        ):
            raise ExcessError


class _Device(PDFPageAggregatorWithMarkedContent):
    """Takes what a page draws, and counts it."""

    effort: Effort

    def render_char(self, *args: object, **kwargs: object) -> float:
        self.effort.characters += 1
        self.effort.check()
        return super().render_char(*args, **kwargs)

    def paint_path(self, *args: object, **kwargs: object) -> None:
        self.effort.paths += 1
        self.effort.check()
        super().paint_path(*args, **kwargs)


class _Interpreter(PDFPageInterpreter):
    """Reads what a page says to draw, parts within parts included, and counts it."""

    device: _Device

    def execute(self, streams: Sequence[object]) -> None:
        for stream in list_value(streams):
            data = stream_value(stream).get_data()
            self.device.effort.bytes += len(data) + _EFFORT_OF_PART
        self.device.effort.check()
        super().execute(streams)


def draw(page: Page, effort: Effort) -> None:
    """Draw a page, so that it can be asked for what stands on it.

    Raises:
        ExcessError: It takes more than any report.
    """
    manager = page.pdf.rsrcmgr
    device = _Device(manager, pageno=page.page_number, laparams=None)
    device.effort = effort
    _Interpreter(manager, device).process_page(page.page_obj)
    layout: LTPage = device.get_result()
    page._layout = layout  # else it draws by itself, without measure
