"""A report proved against its answers, and its document against it, before it is given away."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from pathlib import Path

from assistant.answers import Answers, FigureValues, Reference, composed
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.formats.document_lines import trimmed
from assistant.form.model import Fact, Indicator
from assistant.report import Report, Span
from assistant.report.draft import Draft
from assistant.report.figures import SHARE_PLACES, SMALL_BASE
from assistant.storage.errors import AssistantError
from assistant.values import Value, parse_numeral

_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_CALENDAR = re.compile("[年月至日]+")
CALENDAR_DAYS: Mapping[str, tuple[int | None, ...]] = {
    "year": (None,),
    "period": (None, 1, 1, 12, 31),
    "year_end": (None, 12, 31),
}
"""The numbers of the figures that the report year gives, None for the year itself."""


class VerificationError(AssistantError):
    """A report or document does not say what its answers say; it must not get a name."""


def prove_report(report: Report, answers: Answers, previous: Answers | None) -> None:
    """Read every printed figure back and compare it with the answers it came from.

    Raises:
        VerificationError: A figure is printed wrong, without an answer, or not in spite of one; or
            a final report has a reference, or nothing, in the place of a figure.
    """
    if not report.is_draft:
        _prove_filled(report, FigureValues(answers))
    seen: dict[str, str] = {}
    others: list[Span] = []
    for kind, text, cell in report.spans():
        if kind == "figure":
            if text != seen.setdefault(cell, text):
                raise VerificationError("proof_two_prints", cell=cell, one=seen[cell], other=text)
        elif kind in ("gap", "whole"):
            others.append(Span(kind, text, cell))
    for cell, text in seen.items():
        expected = _expected(cell, answers, previous)
        if not expected or _printed(cell, text) != expected:
            raise _wrong_print(cell, text, expected)
    for kind, text, cell in others:
        now = answers.numbers.get(cell)
        is_whole = kind == "whole" and now in _wholes(cell, answers)
        if not (is_whole or (kind == "gap" and now is None)):
            raise _wrong_print(cell, text, () if now is None else (Decimal(now),))


def _prove_filled(report: Report, figures: FigureValues) -> None:
    for block in report.blocks:
        left = [piece.reference for piece in figures.pieces(block.text) if piece.reference]
        gaps = [each.text for each in figures.gaps(block.text)]
        gaps += [span.text for span in block.spans if span.kind == "gap"]
        if left or gaps:
            raise VerificationError("proof_reference", text=str([*left, *gaps][0]))


def _wrong_print(cell: str, text: str, expected: Sequence[Decimal]) -> VerificationError:
    value = "、".join(map(str, expected))
    return VerificationError("proof_wrong_print", cell=cell, printed=text, value=value)


def _printed(cell: str, text: str) -> tuple[Decimal, ...]:
    """The numbers of a print, several in a date; empty when it is none."""
    if cell.endswith(".number"):
        numeral = parse_numeral(text)
        return () if numeral is None else (Decimal(numeral),)
    if cell.endswith(".in_myriads"):
        text = f"{text.removesuffix('万')}0000" if text.endswith("万") else ""
    if _NUMBER.fullmatch(text):  # nearly every one
        return (Decimal(text),)
    pieces = _CALENDAR.split(text.removesuffix("日"))
    return tuple(map(Decimal, pieces)) if all(map(_NUMBER.fullmatch, pieces)) else ()


_OTHER_UNITS = {".in_yuan": Decimal(10_000), ".in_myriads": Decimal(1)}
"""How a figure is said in other words than the form's, by the end of its id, and the factor."""


def _expected(cell: str, answers: Answers, previous: Answers | None) -> tuple[Decimal, ...]:
    """Work the numbers of a figure out from the answers alone; empty when there are none."""
    if cell in answers.edition.figures:  # nearly every one
        number = answers.numbers.get(cell)
        return () if number is None else (Decimal(number),)
    for unit, times in _OTHER_UNITS.items():
        if cell.endswith(unit):
            inner = _expected(cell.removesuffix(unit), answers, previous)
            return tuple(number * times for number in inner)
    if cell in CALENDAR_DAYS:
        days = CALENDAR_DAYS[cell]
        return tuple(Decimal(answers.year if number is None else number) for number in days)
    if named := composed(cell):
        return _referred(named, answers, previous)
    owner = answers.edition.owner(cell)
    how = cell.removeprefix(owner).removeprefix(".")
    position, _, column = how.partition(".")
    if how == "number" or position.isdecimal():
        rows = answers.value(owner)
        rows = rows if isinstance(rows, tuple) else ()
        if how == "number":
            return (Decimal(len(rows)),)
        counts = answers.items(f"{owner}.{column}")[int(position) - 1 : int(position)]
        return tuple(map(Decimal, counts))
    now = answers.numbers.get(owner)
    before = previous.numbers.get(owner) if previous else None
    value = _derived(how, now, before, answers)
    return () if value is None else (Decimal(value),)


def _referred(named: Reference, answers: Answers, previous: Answers | None) -> tuple[Decimal, ...]:
    """The number of a reference in own text; empty when a figure of it is missing."""
    part = FigureValues(answers).sum(named.part)
    before = FigureValues(previous).sum(named.part) if previous and named.how else None
    if named.how == "last_year":
        part = before
    if named.how in ("change", "rate"):
        part = None if part is None or before is None else abs(Decimal(part) - before)
    if named.how == "rate":
        return (_percent(Decimal(part), before),) if part is not None and before else ()
    if part is None:
        return ()
    if not named.whole:
        return (Decimal(part),)
    whole = FigureValues(answers).sum(named.whole)
    return (_percent(Decimal(part), whole, named.places),) if whole else ()


def _derived(how: str, now: Value | None, before: Value | None, answers: Answers) -> Value | None:
    if not how:
        return now
    if how == "previous":
        return before
    if now is None:
        return None
    if how.startswith("share_of."):
        whole = answers.numbers.get(how.removeprefix("share_of."))
        return _percent(Decimal(now), whole) if whole else None
    if before is None:
        return None
    change = abs(Decimal(now) - before)
    if how == "rate":
        return _percent(change, before) if before >= SMALL_BASE else None
    return change if how == "difference" else None


def _wholes(cell: str, answers: Answers) -> tuple[Value | None, ...]:
    """The totals of which a part said in words must equal one."""
    edition = answers.edition
    row = edition.cells.get(cell)
    above = edition.ancestors(row) if row is not None else ()
    owners = [up.id for up in above if isinstance(up, Indicator)][:1]
    fact = edition.questions.get(cell)
    owners += [fact.part_of] if isinstance(fact, Fact) and fact.part_of else []
    return tuple(answers.numbers.get(total) for total in (*owners, *edition.totals.get(cell, ())))


def _percent(part: Decimal, whole: Value, places: int = SHARE_PLACES) -> Decimal:
    return (part * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def prove_document(draft: Draft, options: RenderOptions, path: Path, suffix: str) -> None:
    """Read a finished document back and compare it line by line with its draft.

    Raises:
        VerificationError: A line is missing, too many, or not what the report says.
    """
    kind = FORMATS[suffix]
    expected = trimmed([line.text for line in kind.lines(draft, options)])
    read = kind.read(path).lines
    for line, found in zip_longest(expected, read, fillvalue="") if read != expected else ():
        if line != found:
            raise VerificationError("proof_wrong_line", line=line, found=found)
