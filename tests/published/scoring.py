"""What a reader said of a report against what is true."""

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from tests.published.corpus import Contradiction, Report, Truth

Figure = str | Decimal | int | None
Said = Figure | Collection[Figure]
"""Of a cell: a figure, nothing, or several figures of which it is one."""


class Counts(NamedTuple):
    """How many cells were read how; they may be added up."""

    right: int = 0
    wrong: int = 0
    unread: int = 0
    """Nothing was said of a cell that prints a figure."""
    possible: int = 0
    """Several figures were named, the true one among them."""

    def __add__(self, other: tuple[Any, ...]) -> "Counts":
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))


def score(read_cells: Mapping[str, Said], truth: Truth) -> Counts:
    """How the cells that were read compare with the truth.

    A figure where none is printed is wrong, unless it follows from others; then it counts as
    nothing. Several figures without the true one are wrong.
    """
    return Counts(
        *(
            len(cells)
            for cells in (
                _cells(read_cells, truth, "right"),
                wrong_cells(read_cells, truth),
                _cells(read_cells, truth, "unread"),
                _cells(read_cells, truth, "possible"),
            )
        )
    )


def wrong_cells(read_cells: Mapping[str, Said], truth: Truth) -> list[str]:
    """The cells of which something untrue was said."""
    return _cells(read_cells, truth, "wrong")


def unread_cells(read_cells: Mapping[str, Said], truth: Truth) -> list[str]:
    """The cells that print a figure, and of which nothing was said."""
    return _cells(read_cells, truth, "unread")


def _cells(read_cells: Mapping[str, Said], truth: Truth, how: str) -> list[str]:
    names = dict.fromkeys([*truth.accepted, *read_cells])
    return [name for name in names if _judge(name, read_cells.get(name), truth) == how]


def _judge(name: str, said: Said, truth: Truth) -> str:
    if name in truth.loose:
        return "loose"
    accepted = truth.accepted.get(name, frozenset())
    figures = _figures(said)
    if not figures:
        return "unread" if accepted else "nothing"
    if not accepted:
        allowed = truth.permitted.get(name, frozenset())
        return "nothing" if figures & allowed else "wrong"
    if not figures & accepted:
        return "wrong"
    return "right" if len(figures) == 1 else "possible"


def _figures(said: Said) -> frozenset[Decimal | None]:
    """What was said as figures; what is none counts as one that is never true."""
    if said is None:
        return frozenset()
    each = said if isinstance(said, Collection) and not isinstance(said, str) else [said]
    return frozenset(_figure(one) for one in each if one is not None)


def _figure(said: Figure) -> Decimal | None:
    try:
        return Decimal(str(said))
    except InvalidOperation:
        return None


class Audited(NamedTuple):
    """How the findings of an audit compare with what was planted; they may be added up."""

    found: int = 0
    elsewhere: int = 0
    """Found, but filed under another part."""
    missed: int = 0
    false: int = 0
    """Findings about nothing that was planted; what was not understood is none."""

    def __add__(self, other: tuple[Any, ...]) -> "Audited":
        return Audited(*(one + two for one, two in zip(self, other, strict=True)))


class AuditResult(NamedTuple):
    """What an audit found of one report."""

    counts: Audited
    missed: tuple[Contradiction, ...]
    false: tuple[Mapping[str, Any], ...]


NOT_UNDERSTOOD = "没读懂"


def audited(
    findings: Iterable[Mapping[str, Any]], report: Report, *, has_text: bool = True
) -> AuditResult:
    """Compare findings with the planted errors.

    Args:
        findings: Each with `part`, `cells` and `text`, any of them left out.
        report: What was audited.
        has_text: Whether the narrative was part of the file; without it only errors within the
            tables can be seen.
    """
    told = [each for each in findings if each.get("part") != NOT_UNDERSTOOD]
    planted = [
        each
        for each in report.contradictions
        if not each.against and (has_text or each.where == "表内")
    ]
    found = elsewhere = 0
    missed = []
    for contradiction in planted:
        parts = {each.get("part") for each in told if is_about(each, contradiction)}
        found += contradiction.where in parts
        elsewhere += bool(parts) and contradiction.where not in parts
        if not parts:
            missed.append(contradiction)
    false = [
        each for each in told if not any(is_about(each, known) for known in report.contradictions)
    ]
    counts = Audited(found, elsewhere, len(missed), len(false))
    return AuditResult(counts, tuple(missed), tuple(false))


def is_about(finding: Mapping[str, Any], contradiction: Contradiction) -> bool:
    """Whether a finding names a cell of a planted error, or quotes its words."""
    if contradiction.cells & set(finding.get("cells") or ()):
        return True
    words, text = _plain(contradiction.words), _plain(str(finding.get("text") or ""))
    return bool(words) and words in text


def _plain(text: str) -> str:
    return re.sub(r"[\s,，。、]", "", text)


def wrong_facts(facts: Mapping[str, Any], report: Report) -> list[str]:
    """The facts that were read otherwise than they are printed; those not read are none."""
    return [
        f"{key}={said}"
        for key, said in facts.items()
        if said and key in report.facts and str(said) != report.facts[key]
    ]
