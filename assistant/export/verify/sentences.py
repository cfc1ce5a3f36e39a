"""Edited prose, one answer a sentence: what it says now, and what it no longer says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.export.formats import Line
from assistant.export.proof import CALENDAR_DAYS
from assistant.export.verify.differences import (
    Comparison,
    Difference,
    Shortening,
    Where,
    around,
    missing,
    stands_for,
    without_space,
)
from assistant.export.verify.prose import Edited
from assistant.export.verify.telling import Reading, is_number_alone_gone
from assistant.values import Number
from assistant.values.grouping import grouped


class _Loss(NamedTuple):
    """Something of the figures that a clause of the report said."""

    clause: int
    where: Where | None
    """Where it is told still; `None` when nowhere."""
    difference: Difference | None = None
    """What is told of it then."""


class _Dropped(NamedTuple):
    """What is gone side by side."""

    clauses: range
    differences: list[Difference]
    shortening: Shortening | None
    """All of it, when everything of the figures in it is told elsewhere."""


def compare_prose(
    reading: Reading,
    lines: Sequence[Line],
    found: Sequence[str],
    told: Mapping[str, bool],
    document: Sequence[str],
) -> Comparison:
    """Compare the lines of a report that are edited or gone with what a document has instead.

    Args:
        reading: How sentences are read.
        lines: The lines of the report.
        found: Those of the document that nobody promised so.
        told: By id of the figures that agree elsewhere, whether a table has them.
        document: All lines of the document.
    """
    edited = Edited(reading, lines, found, told)
    losses = _losses_of(edited, without_space("".join(document)))
    dropped = list(_dropped_of(edited, list(losses)))
    faults = [fault for to in sorted(edited.faults) for fault in edited.faults[to]]
    faults += [fault for each in dropped for fault in each.differences]
    faults = list(_once(faults))
    moved: list[str] = []
    rewordings: list[tuple[str, str]] = []
    answered = _answered(edited, dropped)
    for sentence, clauses in _sentences(edited):
        if clauses & answered:
            continue
        before = _promised(edited, clauses)
        words = around(edited.theirs.sentences[sentence].text, 0, 0)
        if clauses & edited.good or (not before and clauses & edited.right_words.keys()):
            moved.append(words)
        else:
            rewordings.append((before, words))
    covered = {at for each in dropped for at in each.clauses}
    rewordings += [(words, "") for words in _silent(edited, covered)]
    shortened = tuple(_by_line(edited, dropped))
    return Comparison(edited.agreed, tuple(rewordings), tuple(faults), tuple(moved), shortened)


_WORDS = ("turned", "contradicts", "changed")
"""What is told of words for none and all, the most telling last."""


def _once(faults: Sequence[Difference]) -> Iterator[Difference]:
    """Of words that are wrong in several ways only the most telling, once for a sentence."""
    words = {e for e in faults if e.kind == "whole" and e.sentence and e.verdict in _WORDS}
    worst: dict[str, int] = {}
    for each in words:
        place = _WORDS.index(each.verdict)
        worst[each.sentence] = max(place, worst.get(each.sentence, 0))
    for each in faults:
        if each not in words or _WORDS.index(each.verdict) == worst[each.sentence]:
            yield each


def _answered(edited: Edited, dropped: Sequence[_Dropped]) -> set[int]:
    """Clauses of the document whose sentence is answered: by a fault, or by what alone it lost."""
    clauses, lossy = edited.ours.clauses, set[int]()
    found = set(edited.faults)
    for each in dropped:
        found |= {edited.pairs[at] for at in each.clauses if at in edited.pairs}
        lossy |= {clauses[at].sentence for at in each.clauses}
    for _, told in _sentences(edited):
        partners = [edited.partners.get(to, -1) for to in told]
        is_shorter = any(at >= 0 and clauses[at].sentence in lossy for at in partners)
        if is_shorter and all(at >= 0 and edited.is_same(at) for at in partners):
            found |= told
    return found


def _by_line(edited: Edited, dropped: Sequence[_Dropped]) -> Iterator[Shortening]:
    """What was shortened, once for each line of the report; no sentence with more wrong in it."""
    found: dict[int, list[Shortening]] = {}
    clauses = edited.ours.clauses
    wrong = {clauses[edited.partners[to]].sentence for to in edited.faults if to in edited.partners}
    for each in dropped:
        sentence = clauses[each.clauses[0]].sentence
        if each.shortening and sentence not in wrong:
            found.setdefault(clauses[each.clauses[0]].line, []).append(each.shortening)
    for several in found.values():
        yield several[0]._replace(words="；".join(each.words for each in several))


def _sentences(edited: Edited) -> Iterator[tuple[int, set[int]]]:
    """The sentences of the document that nobody promised so, each with its clauses."""
    found = edited.theirs.by_sentence()
    return ((at, {*found[at]}) for at in found if at not in edited.verbatim)


def _promised(edited: Edited, clauses: set[int]) -> str:
    """The sentences that some clauses of the document come from."""
    ours = edited.ours
    found = {ours.clauses[edited.partners[to]].sentence for to in clauses if to in edited.partners}
    return "".join(ours.sentences[at].text.strip() for at in sorted(found))


def _silent(edited: Edited, covered: set[int]) -> Iterator[str]:
    """The sentences without any figure that are gone."""
    words = {at for at, _ in edited.ours.words()}
    for sentence, clauses in edited.ours.by_sentence().items():
        has_numbers = any(edited.ours.clauses[at].marked.numbers for at in clauses)
        is_gone = not any(at in edited.pairs or at in covered or at in words for at in clauses)
        if is_gone and not has_numbers:
            yield edited.ours.sentences[sentence].text.strip()


def _losses_of(edited: Edited, document: str) -> Iterator[_Loss]:
    """What is no longer said of the figures, clause by clause; the document is without space."""
    lost = [
        (at, number)
        for at, clause in enumerate(edited.ours.clauses)
        if at not in edited.pairs
        for number in clause.marked.numbers
    ]
    for at, number in (*edited.gone, *lost):
        yield from _of_number(edited, at, number)
    yield from _of_words(edited)
    yield from _of_spans(edited, document)


def _of_number(edited: Edited, at: int, gone: Number) -> Iterator[_Loss]:
    clause = edited.ours.clauses[at]
    cell, kind = edited.figure_at(at, gone)
    accounts = edited.ours.of_number(at, gone)
    if kind == "own" and not accounts:
        return
    cells = accounts[0].cells if kind == "own" and accounts[0].verdict == "agrees" else (cell,)
    meaning = clause.marked.meaning(gone)
    figures = edited.figures_at(at, gone)
    if any(meaning == number and edited.is_of(figures, told) for told, number in edited.moved):
        return
    where = _where(edited, cells) if kind == "figure" or cells != (cell,) else None
    if kind == "own" and cells == (cell,):
        where = "own"
    to = edited.pairs.get(at)
    if to is not None and is_number_alone_gone(clause.marked, edited.theirs.clauses[to].marked):
        where = None
    if where and (to in edited.faults or cell in CALENDAR_DAYS):
        return
    fault = missing(edited.lines[clause.line], clause.marked, gone, clause.start)
    sentence = edited.ours.sentence_of(at, gone)
    yield _Loss(at, where, None if where else fault._replace(sentence=sentence))


def _where(edited: Edited, cells: tuple[str, ...]) -> Where | None:
    """Where the document tells some figures, or those that they are worked out from."""
    told = edited.told
    found = [e for c in cells for e in ((c,) if c in told else edited.reading.bases(c))]
    if any(each not in told for each in found):
        return None
    return "table" if all(told[each] for each in found) else "text"


def _of_words(edited: Edited) -> Iterator[_Loss]:
    """Words for none and all that were taken away against the figures."""
    kept = [set(each.cells) for _, each in edited.theirs.words()]
    kept += [set(cells) for cells, _ in edited.moved]
    for at, each in edited.ours.words():
        if each.verdict != "agrees" or edited.is_same(at) or set(each.cells) in kept:
            continue
        to = edited.pairs.get(at)
        where = _where(edited, each.cells) if to is None else None
        sentence = "" if to is None else edited.theirs.sentence_of(to)
        turned = Difference("turned", each.cells[0], "whole", each.claim.written, "", sentence)
        yield _Loss(at, where, None if where else turned)


def _of_spans(edited: Edited, document: str) -> Iterator[_Loss]:
    """Words that stand for a figure or name the body."""
    for at, line in enumerate(edited.lines):
        place = 0
        for span in line.spans:
            start, place = place, place + len(span.text)
            clause = edited.ours.clause_at(at, start)
            if not stands_for(span.kind, span.text) or edited.is_same(clause):
                continue
            to = edited.pairs.get(clause)
            theirs = edited.theirs
            said = document if to is None else without_space(theirs.lines[theirs.clauses[to].line])
            if without_space(span.text) in said:
                continue
            faults = edited.faults.get(to, []) if to is not None else []
            right = edited.right_words.get(to, []) if to is not None else []
            if any(e.cell == span.id for e in faults) or any(span.id in e for e in right):
                continue
            is_figure = span.kind == "whole" and to is None
            where = _where(edited, (span.id,)) if is_figure else None
            told = edited.ours.sentence_of(clause) if to is None else edited.theirs.sentence_of(to)
            fault = Difference("changed", span.id, span.kind, span.text, "", told)
            yield _Loss(clause, where, None if where else fault)


def _dropped_of(edited: Edited, losses: list[_Loss]) -> Iterator[_Dropped]:
    """What is gone, in stretches as long as possible; stretches of nothing are left out."""
    by_clause = grouped((loss.clause, loss) for loss in losses)
    order: tuple[Where, ...] = ("text", "table", "own")
    clauses = edited.ours.clauses
    for run in _runs(edited):
        lost = [loss for at in run for loss in by_clause.get(at, ())]
        if not lost:
            continue
        told = [at for at in run if at in by_clause or not clauses[at].marked.numbers]
        first, last = clauses[told[0]], clauses[told[-1]]
        words = edited.ours.lines[first.line][first.start : last.end].strip()
        faults = [loss.difference for loss in lost if loss.difference]
        if run[0] not in edited.pairs:
            shown = around(words, 0, 0)
            faults = [e._replace(sentence=shown) if e.verdict == "missing" else e for e in faults]
        places = [loss.where for loss in lost]
        where = next(each for each in order if each in places) if not faults else None
        yield _Dropped(run, faults, Shortening(words, where) if where else None)


def _runs(edited: Edited) -> Iterator[range]:
    """Clauses that are gone side by side, and each of the others by itself."""
    clauses, begin = edited.ours.clauses, 0
    for at in range(1, len(clauses) + 1):
        is_on = at < len(clauses) and clauses[at].line == clauses[at - 1].line
        if not (is_on and at not in edited.pairs and at - 1 not in edited.pairs):
            yield range(begin, at)
            begin = at
