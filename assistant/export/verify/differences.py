"""What a document and its answers may disagree on, and how it is told."""

import re
from itertools import accumulate
from typing import Literal, NamedTuple

from assistant.export.align import Marked
from assistant.export.formats import Line
from assistant.export.formats.document_lines import BORDER
from assistant.values import Number, find_numbers
from assistant.values.characters import shared_start, shortened
from assistant.values.language import measures_like

Where = Literal["table", "text", "own"]
Verdict = Literal["changed", "unknown", "missing", "contradicts", "turned"]
_BLANK_CELLS = f" {BORDER}"
"""What a row begins with whose first cells go on from above."""
_AROUND = 100
"""Characters shown on either side of a number in a long line."""
_DAY = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_ENDS = "。；"


class Difference(NamedTuple):
    """A number on which document and answers disagree."""

    verdict: Verdict
    cell: str
    """Id of the figure or fact, of a sum its parts with + between; empty for words of the form or
    a number nobody knows."""
    kind: str
    """Kind of the span it stands in. Of an unknown number in a sentence `own` when the form has
    nothing of the kind, `open` when its words are not understood; else empty."""
    old: str
    """What the answers say; empty when unknown."""
    new: str
    """What the document says; empty when missing, or when words were changed."""
    sentence: str
    """The sentence or table row: of the document, or of the report where it is missing; of a long
    one what stands around the number."""
    table: str | None = None
    """Of a number whose whole row is missing the section that the table stands in, 三; empty when
    it stands in none."""


class Shortening(NamedTuple):
    """Words with figures that are no longer said, and are no disagreement."""

    words: str
    where: Where
    """Where the document has these figures still; `own` when they are none of the form."""


class Comparison(NamedTuple):
    """What comparing a document gave."""

    agreed: int
    """Numbers that agree."""
    rewordings: tuple[tuple[str, str], ...]
    """Words that changed where no number stands: before, after; empty for none."""
    differences: tuple[Difference, ...]
    moved: tuple[str, ...] = ()
    """Sentences that nobody promised so, whose figures all agree."""
    shortened: tuple[Shortening, ...] = ()
    aside: int = 0
    """Lines of the page around the report, which are not compared."""


def same_things(old: Number, new: Number) -> bool:
    """Whether two numbers count the same things: 3件 and 3宗, not 3件 and 3条."""
    return not (old.unit and new.unit) or new.unit in measures_like(old.unit) or "元" in new.unit


def agree(wanted: Marked, old: Number, given: Marked, new: Number) -> bool:
    """Whether two numbers say the same."""
    if old == new and wanted.text == given.text:
        return True
    return wanted.meaning(old) == given.meaning(new) and same_things(old, new)


def changed_words(line: Line, found: str, sentence: str, named: set[str]) -> list[Difference]:
    """Words that stand for a figure or name the body, and are no longer there."""
    told = [span for span in line.spans if stands_for(span.kind, span.text)]
    present = without_space(found) if told else ""
    return [
        Difference("changed", span.id, span.kind, span.text, "", around(sentence, 0, 0))
        for span in told
        if span.id not in named and without_space(span.text) not in present
    ]


def without_space(text: str) -> str:
    """A text as its words are compared."""
    return "".join(text.split())


def stands_for(kind: str, text: str) -> bool:
    """Whether a span is words that stand for a figure or name the body."""
    return kind in ("whole", "contact") and not find_numbers(text)


def changed(
    line: Line, wanted: Marked, old: Number, given: Marked, new: Number, at: int = 0
) -> Difference:
    """A number of a line, or of the part of it that begins at a place, that is another one now."""
    before, after = wanted.written(old), given.written(new)
    digits = len(before.removesuffix(old.unit).rstrip())
    place = old.start + min(shared_start(before, after), digits - 1)
    cell, kind = source(line, at + place)
    dates = _dates_around(wanted.text, place, given.text, new.start)
    before, after = dates or (before, after)
    sentence = sentence_around(given.text, new.start, new.end)
    return Difference("changed", cell, kind, before, shortened(after), sentence)


def _dates_around(old: str, at: int, new: str, to: int) -> tuple[str, str] | None:
    """The dates that two numbers stand in; `None` unless both do."""
    found = [
        next((m[0] for m in _DAY.finditer(text) if m.start() <= place < m.end()), "")
        for text, place in ((old, at), (new, to))
    ]
    return (found[0], found[1]) if all(found) else None


def missing(line: Line, wanted: Marked, number: Number, at: int = 0) -> Difference:
    """A number that is nowhere; `at` is where the part begins in the line."""
    cell, kind = source(line, at + number.start)
    sentence = sentence_around(wanted.text, number.start, number.end)
    return Difference("missing", cell, kind, wanted.written(number), "", sentence)


def unknown(given: Marked, number: Number) -> Difference:
    """A number that nobody promised."""
    sentence = sentence_around(given.text, number.start, number.end)
    return Difference("unknown", "", "", "", shortened(given.written(number)), sentence)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that a number stands in, or the row; of a long one the part around it."""
    if BORDER in text:
        begin = len(text) - len(text.lstrip(_BLANK_CELLS))
    else:
        reach = 4 * _AROUND
        begin = max(text.rfind(each, max(0, start - reach), start) for each in _ENDS) + 1
        ends = [at for each in _ENDS if (at := text.find(each, end, end + reach)) >= 0]
        text = text[: min(ends) + 1] if ends else text
    return around(text[begin:], start - begin, end - begin)


def around(text: str, start: int, end: int) -> str:
    """A line, or of a long one the part around a number: what is told grows with the line."""
    if len(text) <= 4 * _AROUND:
        return text.strip()
    end = min(end, start + _AROUND)
    first, last = max(0, start - _AROUND), end + _AROUND
    return f"{'…' if first else ''}{text[first:last].strip()}{'…' if last < len(text) else ''}"


def source(line: Line, position: int) -> tuple[str, str]:
    """Id and kind of the span that a character stands in."""
    ends = accumulate(len(span.text) for span in line.spans)
    span = next(span for span, end in zip(line.spans, ends, strict=True) if position < end)
    return span.id, span.kind
