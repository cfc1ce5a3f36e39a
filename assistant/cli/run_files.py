"""What became of each answer file of a run, and of all of them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from assistant.cli.console import GOOD, heaviest
from assistant.export.publish import Published
from assistant.form.model import Edition, Sum
from assistant.messages.findings import Finding
from assistant.report.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFile:
    """One answer file of a run; the JSON results tell its fields."""

    path: str
    exit: int
    status: str
    """`final`, `draft` or `failed`; one that failed has a message and nothing else."""
    message: str = ""
    edition: str = ""
    year: int = 0
    body: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    findings: Sequence[Finding] = ()
    accounts: Sequence[Mapping[str, object]] = ()
    not_evaluated: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)


@lru_cache(maxsize=16)
def _last_totals(edition: Edition) -> tuple[str, ...]:
    """The sums of a form that count in no other one, in its order."""
    parts = {part for rule in edition.rules if isinstance(rule, Sum) for part in rule.parts}
    return tuple(name for name in edition.cells if name in edition.bound and name not in parts)


def run_file(path: str, code: int, draft: Draft, published: Sequence[Published]) -> RunFile:
    """What became of an answer file that could be read, and whose documents are written."""
    answers, edition = draft.answers, draft.answers.edition
    known = (name for name in _last_totals(edition) if name in answers.numbers)
    return RunFile(
        path=path,
        exit=code,
        status="draft" if draft.report.is_draft else "final",
        edition=edition.id,
        year=answers.year,
        body=answers.body,
        counts=dict(draft.counts),
        totals={name: f"{Decimal(answers.numbers[name]):f}" for name in known},
        missing=list(draft.missing),
        findings=draft.findings,
        accounts=[each.as_json() for each in draft.outcomes.accounts],
        not_evaluated=list(draft.outcomes.keys("waiting")),
        written=[str(each.path) for each in published if not each.is_renamed],
        renamed=[str(each.path) for each in published if each.is_renamed],
    )


class RunSummary:
    """The counts and the heaviest exit code of a run, kept instead of its results."""

    def __init__(self) -> None:
        """Start without a file."""
        self.counts = {"total": 0, "good": 0, "open": 0, "failed": 0}
        self.exit = GOOD

    def watch(self, results: Iterable[RunFile]) -> Iterator[RunFile]:
        """The same results, counted while they pass."""
        for result in results:
            kind = "failed" if result.status == "failed" else "open"
            self.counts["total"] += 1
            self.counts["good" if result.exit == GOOD else kind] += 1
            self.exit = heaviest((self.exit, result.exit))
            yield result
