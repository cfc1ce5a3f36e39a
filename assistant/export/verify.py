"""A report against its answers, and a document, also an edited one, against its report."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.answers import Answers, FigureValues, reference
from assistant.claims.accounts import Account
from assistant.export.align import Marked, align, mark, pair_numbers, shared_start
from assistant.export.formats import FORMATS, Line, RenderOptions
from assistant.export.formats.document_lines import trimmed
from assistant.form.model import Indicator
from assistant.report import Report
from assistant.report.draft import Draft
from assistant.report.figures import SHARE_PLACES, SMALL_BASE
from assistant.storage.errors import AssistantError, FileError
from assistant.values import NUMERAL_CHARACTERS, Number, Value, find_numbers, parse_numeral
from assistant.values.characters import shortened
from assistant.values.language import measures_like
from assistant.values.print_format import show

Verdict = Literal["changed", "unknown", "missing", "contradicts", "turned"]
CHARACTERS_LIMIT = 500_000
"""Characters of a document that is compared; a long report has a fiftieth of it."""
NUMBERS_LIMIT = 10_000
"""Numbers of a document that is compared; the largest form has a hundredth of it."""
_AROUND = 100
"""Characters shown on either side of a number in a long line."""
_NUMERAL = re.compile(f"[0-9０-９]+|[{NUMERAL_CHARACTERS}]+")
_SPACE = re.compile(r"\s+")


class Difference(NamedTuple):
    """A number on which document and answers disagree."""

    verdict: Verdict
    cell: str
    """Id of the figure or fact; empty for words of the form or a number nobody knows."""
    kind: str
    """Kind of the span it stands in; empty for an unknown number."""
    old: str
    """What the answers say; empty when unknown."""
    new: str
    """What the document says; empty when missing, or when words were changed."""
    sentence: str
    """The sentence or table row: of the document, or of the report where it is missing; of a long
    one what stands around the number."""


class Comparison(NamedTuple):
    """What comparing a document gave."""

    agreed: int
    """Numbers that agree."""
    rewordings: tuple[tuple[str, str], ...]
    """Lines whose words changed and whose numbers agree: before, after; empty for none."""
    differences: tuple[Difference, ...]


def see_measure(found: Sequence[str], path: Path) -> None:
    """See that a document is no larger than what can be a report.

    Raises:
        FileError: It is larger, or has more numbers.
    """
    count = sum(map(len, found))
    if count > CHARACTERS_LIMIT:
        raise FileError("document_long", path=str(path), limit=CHARACTERS_LIMIT)
    if sum(sum(1 for _ in _NUMERAL.finditer(line)) for line in found) > NUMBERS_LIMIT:
        raise FileError("document_numbers", path=str(path), limit=NUMBERS_LIMIT)


Judge = Callable[[str], Sequence[Account]]
"""What becomes of the numbers of a text that people wrote, and of its words for none and all."""


def compare(
    expected: Sequence[Line], found: Sequence[str], judge: Judge = lambda _: ()
) -> Comparison:
    """Compare the lines a report promises with those of a document.

    Args:
        expected: The lines of the report.
        found: Those of the document.
        judge: Reads what the report does not promise; without it nothing of that is known.
    """
    lines = [line for line in expected if line.text.strip()]
    wanted = [mark(line.text) for line in lines]
    given = [mark(text) for text in found]
    pairs, lost, extra = align(wanted, given)
    agreed = 0
    rewordings: list[tuple[str, str]] = []
    differences: list[Difference] = []
    for at, to in pairs:
        same, faults = _compare_line(lines[at], wanted[at], given[to])
        agreed += same
        differences += faults
        if not faults and wanted[at].skeleton != given[to].skeleton:
            rewordings.append((wanted[at].text.strip(), given[to].text.strip()))
    for at in lost:
        faults = [_missing(lines[at], wanted[at], number) for number in wanted[at].numbers]
        differences += faults or _changed_words(lines[at], "", wanted[at].text, set())
        if not wanted[at].numbers:
            rewordings.append((wanted[at].text.strip(), ""))
    for to in extra:
        differences += [_unknown(given[to], number) for number in given[to].numbers]
        if not given[to].numbers:
            rewordings.append(("", given[to].text.strip()))
    judge = cache(judge)  # each number of a sentence asks for all of it
    differences, moved = _read_anew(differences, judge)
    agreed += moved
    kept = []
    for before, after in rewordings:
        turned = list(_turned(before, after, judge))
        differences += turned
        kept += [] if turned else [(before, after)]
    return Comparison(agreed, tuple(kept), tuple(differences))


def _read_anew(differences: Sequence[Difference], judge: Judge) -> tuple[list[Difference], int]:
    """Numbers that the report does not promise, read as claims of their sentences.

    Returns:
        The differences that are left, and how many numbers agree: those are told in other words,
        and what is missing of them in prose has only moved.
    """
    left: list[Difference] = []
    moved: list[tuple[str, ...]] = []
    for each in differences:
        told = judge(each.sentence) if each.verdict == "unknown" else ()
        fitting = [account for account in told if account.claim.written == each.new]
        wrong = next((account for account in fitting if account.verdict == "contradicts"), None)
        if wrong is not None:
            old = show(wrong.value or 0)
            left.append(each._replace(verdict="contradicts", cell=wrong.cells[0], old=old))
        elif fitting and all(account.verdict == "agrees" for account in fitting):
            moved.append(fitting[0].cells)
        else:
            left.append(each)
    again = [cells[0] for cells in moved if len(cells) == 1]
    for cell in again:
        gone = next((e for e in left if e.cell == cell and _is_lost_prose(e)), None)
        if gone is not None:
            left.remove(gone)
    return left, len(moved)


def _is_lost_prose(difference: Difference) -> bool:
    return difference.verdict == "missing" and "。" in difference.sentence


def _turned(before: str, after: str, judge: Judge) -> Iterator[Difference]:
    """Words for none and all that a rewording took away or put in against the figures."""
    old, new = ([e for e in judge(t) if e.claim.number is None] for t in (before, after))
    for each in new:
        if each.verdict == "contradicts":
            yield Difference("contradicts", each.cells[0], "", "", each.claim.written, after)
    kept = [set(each.cells) for each in new]
    for each in old if after else ():
        if each.verdict == "agrees" and set(each.cells) not in kept:
            yield Difference("turned", each.cells[0], "", each.claim.written, "", after)


def _compare_line(line: Line, wanted: Marked, given: Marked) -> tuple[int, list[Difference]]:
    """Compare two lines of the same words, or nearly: agreeing numbers, and the rest."""
    agreed = 0
    faults: list[Difference] = []
    for old, new in pair_numbers(wanted, given):
        if old and new and wanted.meaning(old) == given.meaning(new) and _same_things(old, new):
            agreed += 1
        elif old and new:
            faults.append(_changed(line, wanted, old, given, new))
        elif old:
            faults.append(_missing(line, wanted, old))
        elif new:
            faults.append(_unknown(given, new))
    named = {fault.cell for fault in faults}
    return agreed, faults + _changed_words(line, given.text, given.text, named)


def _same_things(old: Number, new: Number) -> bool:
    """Whether two numbers count the same things: 3件 and 3宗, not 3件 and 3条."""
    return not (old.unit and new.unit) or new.unit in measures_like(old.unit) or "元" in new.unit


def _changed_words(line: Line, found: str, sentence: str, named: set[str]) -> list[Difference]:
    """Words that stand for a figure or name the body, and are no longer there."""
    present = _SPACE.sub("", found)
    return [
        Difference("changed", span.id, span.kind, span.text, "", _around(sentence, 0, 0))
        for span in line.spans
        if span.kind in ("whole", "contact")
        and span.id not in named
        and _SPACE.sub("", span.text) not in present
        and not find_numbers(span.text)
    ]


def _changed(line: Line, wanted: Marked, old: Number, given: Marked, new: Number) -> Difference:
    before, after = wanted.written(old), given.written(new)
    digits = len(before.removesuffix(old.unit).rstrip())
    place = old.start + min(shared_start(before, after), digits - 1)
    cell, kind = _source(line, place)
    dates = _dates_around(line.text, place, given.text, new.start)
    before, after = dates or (before, after)
    sentence = _around(given.text, new.start, new.end)
    return Difference("changed", cell, kind, before, shortened(after), sentence)


def _dates_around(old: str, at: int, new: str, to: int) -> tuple[str, str] | None:
    """The dates that two numbers stand in; `None` unless both do."""
    found = [
        next((m[0] for m in _DAY.finditer(text) if m.start() <= place < m.end()), "")
        for text, place in ((old, at), (new, to))
    ]
    return (found[0], found[1]) if all(found) else None


def _missing(line: Line, wanted: Marked, number: Number) -> Difference:
    cell, kind = _source(line, number.start)
    sentence = _around(wanted.text, number.start, number.end)
    return Difference("missing", cell, kind, wanted.written(number), "", sentence)


def _unknown(given: Marked, number: Number) -> Difference:
    sentence = _around(given.text, number.start, number.end)
    return Difference("unknown", "", "", "", shortened(given.written(number)), sentence)


def _around(text: str, start: int, end: int) -> str:
    """A line, or of a long one the part around a number: what is told grows with the line."""
    if len(text) <= 4 * _AROUND:
        return text.strip()
    end = min(end, start + _AROUND)
    first, last = max(0, start - _AROUND), end + _AROUND
    return f"{'…' if first else ''}{text[first:last].strip()}{'…' if last < len(text) else ''}"


def _source(line: Line, position: int) -> tuple[str, str]:
    """Id and kind of the span that a character stands in."""
    ends = accumulate(len(span.text) for span in line.spans)
    span = next(span for span, end in zip(line.spans, ends, strict=True) if position < end)
    return span.id, span.kind


_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DAY = re.compile("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_COMPOSED = re.compile(r"[\[+/:]")
"""What only the references of own text have in their names."""
_CALENDAR = re.compile("[年月至日]+")
_CALENDAR_DAYS: Mapping[str, tuple[int | None, ...]] = {
    "year": (None,),
    "period": (None, 1, 1, None, 12, 31),
    "year_end": (None, 12, 31),
}
"""The numbers of the figures that the report year gives, None for the year itself."""


class VerificationError(AssistantError):
    """A report or document does not say what its answers say; it must not get a name."""


def prove_report(report: Report, answers: Answers, previous: Answers | None) -> None:
    """Read every printed figure back and compare it with the answers it came from.

    Raises:
        VerificationError: A figure is printed wrong, without an answer, or not in spite of one.
    """
    seen: dict[str, str] = {}
    spans = list(report.spans())
    for span in spans:
        if span.kind == "figure" and span.text != seen.setdefault(span.id, span.text):
            raise VerificationError(
                "proof_two_prints", cell=span.id, one=seen[span.id], other=span.text
            )
    for cell, text in seen.items():
        expected = _expected(cell, answers, previous)
        if not expected or _printed(cell, text) != expected:
            raise _wrong_print(cell, text, expected)
    for span in spans:
        if span.kind not in ("gap", "whole"):
            continue
        now = answers.numbers.get(span.id)
        is_whole = span.kind == "whole" and now in _wholes(span.id, answers)
        if not (is_whole or (span.kind == "gap" and now is None)):
            raise _wrong_print(span.id, span.text, () if now is None else (Decimal(now),))


def _wrong_print(cell: str, text: str, expected: Sequence[Decimal]) -> VerificationError:
    value = "、".join(map(str, expected))
    return VerificationError("proof_wrong_print", cell=cell, printed=text, value=value)


def _printed(cell: str, text: str) -> tuple[Decimal, ...]:
    """The numbers of a print, several in a date; empty when it is none."""
    if cell.endswith(".number"):
        numeral = parse_numeral(text)
        return () if numeral is None else (Decimal(numeral),)
    pieces = _CALENDAR.split(text.removesuffix("日"))
    return tuple(map(Decimal, pieces)) if all(map(_NUMBER.fullmatch, pieces)) else ()


def _expected(cell: str, answers: Answers, previous: Answers | None) -> tuple[Decimal, ...]:
    """Work the numbers of a figure out from the answers alone; empty when there are none."""
    if cell in _CALENDAR_DAYS:
        days = _CALENDAR_DAYS[cell]
        return tuple(Decimal(answers.year if number is None else number) for number in days)
    if _COMPOSED.search(cell):
        return _referred(cell, answers, previous)
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


def _referred(cell: str, answers: Answers, previous: Answers | None) -> tuple[Decimal, ...]:
    """The number of a reference in own text; empty when a figure of it is missing."""
    named = reference(cell)
    if named is None:
        return ()
    part = FigureValues(answers).sum(named.part)
    before = FigureValues(previous).sum(named.part) if previous and named.how else None
    if named.how == "last_year":
        part = before
    if named.how == "change":
        part = None if part is None or before is None else abs(Decimal(part) - before)
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
    found = kind.read(path).lines
    if found == expected:
        return
    for at, line in enumerate(expected):
        if at >= len(found) or found[at] != line:
            raise VerificationError(
                "proof_wrong_line", line=line, found=found[at] if at < len(found) else ""
            )
    raise VerificationError("proof_wrong_line", line="", found=found[len(expected)])
