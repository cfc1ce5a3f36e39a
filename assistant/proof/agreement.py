"""Text = table = figures, shown anew from what was printed."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from assistant.answers import Answers
from assistant.documents import FORMATS
from assistant.documents.lines import trimmed
from assistant.errors import AssistantError
from assistant.figures import SHARE_PLACES
from assistant.report import Report
from assistant.values import Value


class DisproofError(AssistantError):
    """A report or document does not say what its answers say; it must not get a name."""


def prove_report(report: Report, answers: Answers, previous: Answers | None) -> None:
    """Read every printed figure back and compare it with the answers it came from.

    Raises:
        DisproofError: A printed figure differs; it is named.
    """
    seen: dict[str, str] = {}
    for span in report.figures():
        if span.text != seen.setdefault(span.id, span.text):
            raise DisproofError(
                "proof_two_prints", cell=span.id, one=seen[span.id], other=span.text
            )
    for cell, text in seen.items():
        expected = _expected(cell, answers, previous)
        if expected is not None and _printed_value(text) != expected:
            raise DisproofError("proof_wrong_print", cell=cell, printed=text, value=str(expected))


def _printed_value(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).isdecimal() else None


def _expected(cell: str, answers: Answers, previous: Answers | None) -> Decimal | None:
    """Work a figure out from the answers alone; `None` for years and counts in words."""
    owner, _, how = cell.partition(".")
    now = answers.numbers.get(owner)
    before = previous.numbers.get(owner) if previous else None
    if not how:
        return None if now is None else Decimal(now)
    if how == "previous" and before is not None:
        return Decimal(before)
    if how == "difference" and now is not None and before is not None:
        return abs(Decimal(now) - before)
    if how == "rate" and now is not None and before:
        return _percent(abs(Decimal(now) - before), before)
    if how.startswith("share_of.") and now is not None:
        return _percent(Decimal(now), answers.numbers[how.removeprefix("share_of.")])
    position, _, column = how.partition(".")
    if position.isdecimal():
        return Decimal(answers.items(f"{owner}.{column}")[int(position) - 1])
    return None


def _percent(part: Decimal, whole: Value) -> Decimal:
    return (part * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-SHARE_PLACES), ROUND_HALF_UP)


def prove_document(report: Report, path: Path, suffix: str) -> None:
    """Read a finished document back and compare it line by line with its report.

    Raises:
        DisproofError: A line is missing, too many, or not what the report says.
    """
    kind = FORMATS[suffix]
    expected = trimmed([line.text for line in kind.lines(report)])
    found = kind.read(path)
    if found == expected:
        return
    for at, line in enumerate(expected):
        if at >= len(found) or found[at] != line:
            raise DisproofError(
                "proof_wrong_line", line=line, found=found[at] if at < len(found) else ""
            )
    raise DisproofError("proof_wrong_line", line="", found=found[len(expected)])
