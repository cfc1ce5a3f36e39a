"""A document against the lines that its report promises."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from pathlib import Path

from assistant.answers import Answers
from assistant.claims.accounts import accounts_of
from assistant.export.align import Marked, align, mark, pair_numbers
from assistant.export.formats import Line
from assistant.export.formats.document_lines import BORDER, OUTER_SPACE
from assistant.export.verify.differences import (
    Comparison,
    Difference,
    agree,
    changed,
    changed_words,
    missing,
    source,
    unknown,
)
from assistant.export.verify.sentences import compare_prose
from assistant.export.verify.telling import Reading
from assistant.report import reference_to
from assistant.storage.errors import FileError
from assistant.values import NUMERAL_CHARACTERS
from assistant.values.language import any_of

CHARACTERS_LIMIT = 500_000
"""Characters of a document that is compared; a long report has a fiftieth of it."""
NUMBERS_LIMIT = 10_000
"""Numbers of a document that is compared; the largest form has a hundredth of it."""
_NUMERAL = re.compile(f"[0-9０-９]+|[{NUMERAL_CHARACTERS}]+")
_PROSE = re.compile("[，。；]")
_SECTION = re.compile(rf"(?P<number>{any_of('ordinal')}{{1,3}}+)、")
_BEFORE_TITLE = "# " + OUTER_SPACE
_SIGNED = {"contact", "form"}
"""Kinds of the spans of a signature, behind which a table stands in no section."""


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


def compare(
    expected: Sequence[Line],
    found: Sequence[str],
    answers: Answers | None = None,
    previous: Answers | None = None,
) -> Comparison:
    """Compare the lines a report promises with those of a document.

    Args:
        expected: The lines of the report.
        found: Those of the document.
        answers: Those of the report, by which sentences are read that it does not promise; without
            them every word and number must be where it was.
        previous: The answers of the year before.
    """
    sections = answers.edition.sections if answers else ()
    lines = [line for line in expected if line.text.strip()]
    work = _Work(lines, found, {section.title for section in sections})
    if answers is None:
        work.compare_lines(work.pairs, work.lost, work.extra)
        return Comparison(work.agreed, tuple(work.rewordings), tuple(work.differences))
    reading = Reading(
        lambda text: accounts_of(answers, {"": text}, previous=previous), partial(_bases, answers)
    )
    return work.read(reading)


def _bases(answers: Answers, cell: str) -> Sequence[str]:
    """The figures that one is worked out from; of one that is not, itself."""
    edition, figure = answers.edition, reference_to(cell, answers)
    cells = figure.cells if figure is not None else (edition.owner(cell),)
    # no table prints the sum of a heading: it stands in the cells under it
    return [
        each
        for one in cells
        for each in ((one,) if one in edition.cells else edition.sums.get(one, (one,)))
    ]


class _Work:
    """Two documents side by side."""

    def __init__(
        self, lines: Sequence[Line], found: Sequence[str], titles: Collection[str]
    ) -> None:
        self.lines = lines
        self.titles = titles
        self.wanted = [mark(line.text) for line in lines]
        self.given = [mark(text) for text in found]
        self.pairs, self.lost, self.extra = align(self.wanted, self.given)
        self.agreed = 0
        self.rewordings: list[tuple[str, str]] = []
        self.differences: list[Difference] = []
        self.told: dict[str, bool] = {}
        """By id of the figures that agree somewhere, whether a table has them."""

    def compare_lines(
        self, pairs: Iterable[tuple[int, int]], lost: Sequence[int], extra: Iterable[int]
    ) -> None:
        """Compare lines that are the same, or nearly, word for word."""
        for at, to in pairs:
            faults = self._compare_line(at, to)
            self.differences += faults
            if not faults and self.wanted[at].skeleton != self.given[to].skeleton:
                self.rewordings.append((self.wanted[at].text.strip(), self.given[to].text.strip()))
        tables = _tables_of(self.lines, self.titles) if lost else {}
        for at in lost:
            line, wanted = self.lines[at], self.wanted[at]
            faults = [missing(line, wanted, number) for number in wanted.numbers]
            faults = [fault._replace(table=tables.get(at)) for fault in faults]
            self.differences += faults or changed_words(line, "", wanted.text, set())
            if not wanted.numbers:
                self.rewordings.append((wanted.text.strip(), ""))
        for to in extra:
            given = self.given[to]
            self.differences += [unknown(given, number) for number in given.numbers]
            if not given.numbers:
                self.rewordings.append(("", given.text.strip()))

    def _compare_line(self, at: int, to: int) -> list[Difference]:
        """Compare two lines of the same words, or nearly: agreeing numbers, and the rest."""
        line, wanted, given = self.lines[at], self.wanted[at], self.given[to]
        faults: list[Difference] = []
        for old, new in pair_numbers(wanted, given):
            if old and new and agree(wanted, old, given, new):
                self.agreed += 1
                cell, _ = source(line, old.start)
                self.told[cell] = self.told.get(cell, False) or not _is_prose(wanted)
            elif old and new:
                faults.append(changed(line, wanted, old, given, new))
            elif old:
                faults.append(missing(line, wanted, old))
            elif new:
                faults.append(unknown(given, new))
        named = {fault.cell for fault in faults}
        return faults + changed_words(line, given.text, given.text, named)

    def read(self, reading: Reading) -> Comparison:
        """Compare line by line what is unchanged or has no sentences, and read the rest."""
        edited = [pair for pair in self.pairs if self._is_edited(*pair)]
        lost = [at for at in self.lost if _is_prose(self.wanted[at])]
        aside = self._aside(reading)
        extra = [to for to in self.extra if BORDER not in self.given[to].text and to not in aside]
        unread = {*extra, *aside}
        self.compare_lines(
            [pair for pair in self.pairs if pair not in set(edited)],
            [at for at in self.lost if at not in set(lost)],
            [to for to in self.extra if to not in unread],
        )
        ours = sorted([*lost, *(at for at, _ in edited)])
        theirs = sorted([*extra, *(to for _, to in edited)])
        prose = compare_prose(
            reading,
            [self.lines[at] for at in ours],
            [self.given[to].text for to in theirs],
            self.told,
            [line.text for line in self.given],
        )
        return prose._replace(
            agreed=self.agreed + prose.agreed,
            rewordings=(*self.rewordings, *prose.rewordings),
            differences=(*prose.differences, *self.differences),
            aside=len(aside),
        )

    def _is_edited(self, at: int, to: int) -> bool:
        wanted, given = self.wanted[at], self.given[to]
        if wanted.skeleton == given.skeleton or BORDER in wanted.text + given.text:
            return False
        return _is_prose(wanted) or _is_prose(given)

    def _aside(self, reading: Reading) -> set[int]:
        """Lines of the page around the report: no sentence, and nothing that the form counts."""
        body = [to for at, to in self.pairs if _is_prose(self.wanted[at])]
        first = min(body, default=-1)
        last = max((to for _, to in self.pairs), default=len(self.given)) if body else 0
        return {
            to
            for to in self.extra
            if (to < first or (to > last and BORDER not in self.given[to].text))
            and body
            and "。" not in self.given[to].text
            and not any(each.cells for each in reading.accounts(self.given[to].text))
        }


def _is_prose(line: Marked) -> bool:
    return BORDER not in line.text and _PROSE.search(line.text) is not None


def _tables_of(lines: Sequence[Line], titles: Collection[str]) -> dict[int, str]:
    """The rows of tables, each with the number of the section that its table stands in."""
    found: dict[int, str] = {}
    section = ""
    for at, line in enumerate(lines):
        kinds = {span.kind for span in line.spans}
        title = line.text.strip(_BEFORE_TITLE)
        if title in titles:
            heading = _SECTION.match(title)
            section = heading["number"] if heading else ""
        elif kinds <= _SIGNED and "contact" in kinds:
            section = ""
        elif "plain" not in kinds and not _is_prose(mark(line.text)):
            found[at] = section
    return found
