"""Edited prose, one answer a sentence."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.export.formats import Line
from assistant.export.verify.differences import (
    Comparison,
    Difference,
    Shortening,
    around,
    without_space,
)
from assistant.export.verify.dropped import Dropped, dropped_of, losses_of
from assistant.export.verify.prose import Edited
from assistant.export.verify.telling import Reading


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
    losses = losses_of(edited, without_space("".join(document)))
    dropped = list(dropped_of(edited, list(losses)))
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


def _answered(edited: Edited, dropped: Sequence[Dropped]) -> set[int]:
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


def _by_line(edited: Edited, dropped: Sequence[Dropped]) -> Iterator[Shortening]:
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
