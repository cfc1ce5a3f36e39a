"""Sentences that a person edited: what they say of the figures, wherever it stands now."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.claims.accounts import Account
from assistant.export.align import NumberPair, pair_numbers
from assistant.export.formats import Line
from assistant.export.verify.differences import Difference, agree, changed, source, unknown
from assistant.export.verify.telling import Reading, Telling, figure_of, pair_clauses, wanted_of
from assistant.values import Number


class Edited:
    """The edited sentences of a document beside those that were promised."""

    def __init__(
        self,
        reading: Reading,
        lines: Sequence[Line],
        found: Sequence[str],
        told: Mapping[str, bool],
    ) -> None:
        """Take both.

        Args:
            reading: How sentences are read.
            lines: The lines of the report that are edited or gone.
            found: The lines of the document that nobody promised so.
            told: By id of the figures that agree elsewhere, whether a table has them.
        """
        self.reading = reading
        self.lines = lines
        self.told = dict(told)
        self.ours = Telling([line.text for line in lines], reading)
        self.theirs = Telling(found, reading)
        self.agreed = 0
        self.gone: list[tuple[int, Number]] = []
        """Numbers of the report that their clauses in the document have not, each by clause."""
        self.moved: list[tuple[tuple[str, ...], object]] = []
        """What is told in other words: figures and their number."""
        self.good: set[int] = set()
        """Clauses of the document with a number that agrees."""
        self.right_words: dict[int, list[tuple[str, ...]]] = {}
        """By clause of the document the figures of its words for none and all that agree."""
        self.faults: dict[int, list[Difference]] = {}
        """By clause of the document."""
        self._known_contradictions = {
            (each.claim.written, each.cells)
            for accounts in self.ours.accounts
            for each in accounts
            if each.verdict == "contradicts"
        }
        same = set(self.ours.skeletons())
        self.verbatim = {at for at, words in enumerate(self.theirs.skeletons()) if words in same}
        """Sentences of the document that were promised word for word."""
        self.pairs = pair_clauses(self.ours.clauses, self.theirs.clauses)
        self._part_strangers()
        self.partners = {to: at for at, to in self.pairs.items()}
        for to in range(len(self.theirs.clauses)):
            self._compare_clause(to)
        self._compare_words()

    def figure_at(self, clause: int, number: Number) -> tuple[str, str]:
        """Id and kind of the span that a number of a promised clause stands in."""
        found = self.ours.clauses[clause]
        return source(self.lines[found.line], found.start + number.start)

    def figures_at(self, clause: int, number: Number) -> tuple[str, ...]:
        """What a number of a promised clause is: its figure, and what its words say it is."""
        accounts = self.ours.of_number(clause, number)
        read = [cell for each in accounts if each.verdict == "agrees" for cell in each.cells]
        return (self.figure_at(clause, number)[0], *read)

    def is_same(self, at: int) -> bool:
        """Whether a promised clause still stands in the same words."""
        ours, to = self.ours.clauses[at], self.pairs.get(at)
        return to is not None and self.theirs.clauses[to].marked.skeleton == ours.marked.skeleton

    def _is_in_place(self, at: int) -> bool:
        """Whether a promised clause still stands behind the same one, both in the same words."""
        is_behind = self.pairs.get(at - 1, -2) + 1 == self.pairs.get(at)
        return is_behind and self.is_same(at - 1) and self.is_same(at)

    def is_of(self, figures: Sequence[str], cells: Sequence[str]) -> bool:
        """Whether one of some figures is among others, or worked out from one of them."""
        bases = (base for figure in figures for base in self.reading.bases(figure))
        return any(each in cells for each in (*figures, *bases))

    def _number_pairs(self, at: int, to: int) -> Iterator[NumberPair]:
        return pair_numbers(self.ours.clauses[at].marked, self.theirs.clauses[to].marked)

    def _part_strangers(self) -> None:
        """Part clauses that are only alike: the number of one is another figure, and right."""
        for at, to in list(self.pairs.items()):
            if self.is_same(at):
                continue
            for old, new in self._number_pairs(at, to):
                cells = self._agreeing(to, new) if new else ()
                if old and cells and not self.is_of(self.figures_at(at, old), cells):
                    self.pairs.pop(at, None)

    def _agreeing(self, clause: int, number: Number) -> tuple[str, ...]:
        """The figures that a number of the document is; empty unless all it may be agree."""
        accounts = self.theirs.of_number(clause, number)
        is_certain = accounts and all(each.verdict == "agrees" for each in accounts)
        return accounts[0].cells if is_certain else ()

    def _contradicts(self, clause: int, account: Account) -> bool:
        """Whether words contradict the figures, and did not already as promised."""
        return (
            account.verdict == "contradicts"
            and self.theirs.clauses[clause].sentence not in self.verbatim
            and (account.claim.written, account.cells) not in self._known_contradictions
        )

    def _compare_clause(self, to: int) -> None:
        at = self.partners.get(to)
        if at is None:
            for number in self.theirs.clauses[to].marked.numbers:
                self._take_new(to, number)
            return
        wanted, given = self.ours.clauses[at].marked, self.theirs.clauses[to].marked
        for old, new in self._number_pairs(at, to):
            if old is None or new is None:
                if new is not None:
                    self._take_new(to, new)
                if old is not None:
                    self.gone.append((at, old))
                continue
            cell, kind = self.figure_at(at, old)
            wrong = None if self._is_in_place(at) else self._wrong(to, new)
            if agree(wanted, old, given, new) and not wrong:
                self._take_agreeing(to, (cell,) if kind == "figure" else ())
            elif self._agreeing(to, new):
                self._take_new(to, new)
                self.gone.append((at, old))
            elif wrong and not self.is_of((cell,), wrong.cells):
                self._take_new(to, new)
            else:
                line, place = self.lines[self.ours.clauses[at].line], self.ours.clauses[at].start
                self._take_fault(to, changed(line, wanted, old, given, new, place), new)

    def _wrong(self, to: int, number: Number) -> Account | None:
        accounts = self.theirs.of_number(to, number)
        return next((each for each in accounts if self._contradicts(to, each)), None)

    def _take_new(self, to: int, number: Number) -> None:
        """Take a number that was not promised there: it agrees, contradicts, or is a stranger.

        What counts nothing, as in a date or behind 第, is none of them.
        """
        given = self.theirs.clauses[to].marked
        cells = self._agreeing(to, number)
        if cells:
            self._take_agreeing(to, cells)
            self.moved.append((cells, given.meaning(number)))
            return
        fault = unknown(given, number)
        wrong = self._wrong(to, number)
        accounts = self.theirs.of_number(to, number)
        if wrong:
            old = wanted_of(wrong)
            fault = fault._replace(verdict="contradicts", cell=figure_of(wrong), old=old)
            self._take_fault(to, fault, number)
        elif accounts:
            is_own = self.theirs.is_own(to, number) and not any(e.cells for e in accounts)
            self._take_fault(to, fault._replace(kind="own" if is_own else "open"), number)

    def _take_agreeing(self, to: int, cells: tuple[str, ...]) -> None:
        self.agreed += 1
        self.good.add(to)
        for cell in cells:
            self.told.setdefault(cell, False)

    def _take_fault(self, to: int, fault: Difference, number: Number | None = None) -> None:
        sentence = self.theirs.sentence_of(to, number)
        self.faults.setdefault(to, []).append(fault._replace(sentence=sentence))

    def _compare_words(self) -> None:
        """Take what the document says of none and of all."""
        for to, each in self.theirs.words():
            if self._contradicts(to, each):
                cell, written = figure_of(each), each.claim.written
                wrong = Difference("contradicts", cell, "whole", wanted_of(each), written, "")
                self._take_fault(to, wrong)
            elif each.verdict == "agrees":
                self.right_words.setdefault(to, []).append(each.cells)
