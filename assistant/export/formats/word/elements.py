"""Elements of a Word document; the only words about its XML outside the base."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import groupby

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.report import Span

AMBIGUOUS = frozenset("“”‘’…—·")
"""Marks that Word sets in the Latin font unless told that they are Chinese."""


def make(name: str, /, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """An element with attributes in Word's own namespace, `make("sz", val=32)`."""
    values = {qn(f"w:{key}"): str(value) for key, value in attributes.items()}
    element = OxmlElement(f"w:{name}", attrs=values)
    element.extend(children)
    return element


def fonts(east: str, west: str) -> BaseOxmlElement:
    """All four slots of a font."""
    return make("rFonts", ascii=west, hAnsi=west, eastAsia=east, cs=west)


def run(text: str, *, is_gap: bool = False) -> BaseOxmlElement:
    """A stretch of text; a gap is highlighted."""
    return _run([text], is_gap=is_gap)


def _run(stretches: "Iterable[str]", *, is_gap: bool) -> BaseOxmlElement:
    """Stretches of text with hyphens between them, at which no line ends."""
    element = make("r")
    pieces = list(stretches)
    is_told = any(map(needs_telling, pieces))
    if is_told or is_gap:
        properties = make("rPr")
        if is_told:
            properties.append(make("rFonts", hint="eastAsia"))
        if is_gap:
            properties.append(make("highlight", val="yellow"))
        element.append(properties)
    for number, piece in enumerate(pieces):
        if number:
            element.append(make("noBreakHyphen"))
        for at, line in enumerate(piece.split("\n")):
            if at:
                element.append(make("br"))
            words = deepcopy(_WORDS)
            words.text = line
            element.append(words)
    return element


def needs_telling(text: str) -> bool:
    """Whether marks must be told to be Chinese."""
    return not AMBIGUOUS.isdisjoint(text)


_WORDS = make("t")
_WORDS.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def runs(spans: Iterable[Span]) -> Iterator[BaseOxmlElement]:
    """The fewest runs that tell gaps from the rest; telephone numbers stay on one line."""
    for is_gap, group in groupby(spans, key=lambda span: span.kind == "gap"):
        stretches = [""]
        for span in group:
            first, *others = span.text.split("-") if _is_dialled(span) else [span.text]
            stretches[-1] += first
            stretches += others
        yield _run(stretches, is_gap=is_gap)


def _is_dialled(span: Span) -> bool:
    """Whether it is a number with hyphens; in an address they must be found and copied as such."""
    return span.kind == "contact" and not _LETTER.search(span.text)


_LETTER = re.compile("[A-Za-z]")
