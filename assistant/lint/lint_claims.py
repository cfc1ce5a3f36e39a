"""What running text calls the figures: its names, and the sentences that prove it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import NamedTuple

from assistant.answers import Answers
from assistant.claims.accounts import reader_of
from assistant.claims.claim import Claim
from assistant.claims.line import sentences_of
from assistant.claims.reading import Reader
from assistant.form.model import ClaimExample, Edition
from assistant.lint.lint_examples import ZERO, Examples
from assistant.lint.problems import ProblemList

_FILE = "claims.yaml"
_OWN = "own"
"""What an example calls a number that is none of the form's."""
_PASSING = "passing"
_PLACE = re.compile(r"\{([^{}]*)\}")
"""A place of an example that every word of a meaning is put into."""
_Cells = frozenset[str]
_Words = Mapping[str, Sequence[str]]
"""The words that may stand in a place, by its name."""


class _Meaning(NamedTuple):
    """What a number is, or words are, said to be."""

    part: _Cells
    whole: _Cells = frozenset()


def lint_claims(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """The words for figures name what there is, and are read as their examples say."""
    _lint_names(edition, problems)
    claims = edition.claims
    if ZERO not in examples or not (claims.words or claims.topics):
        return
    reader = reader_of(_with_lists(examples))
    words = {_PASSING: ("", *claims.passing), **claims.spelled()}
    for example in claims.examples:
        if _lint_example_names(example, edition, problems):
            _lint_reading(example, words, reader, edition, problems)
    for owner, name in _unproved(edition):
        problems.add(_FILE, "claim_unproved", owner=owner, name=name)


def _with_lists(examples: Examples) -> Answers:
    """The answers of zero, with the longest lists of other examples: their rows are names."""
    base = examples[ZERO].reading.answers
    every = (pair for each in examples.values() for pair in each.reading.answers.given.items())
    lists = dict(sorted(every, key=lambda pair: len(pair[1].rows)))
    lists = {name: answer for name, answer in lists.items() if answer.rows}
    return replace(base, given={**base.given, **lists})


def _lint_names(edition: Edition, problems: ProblemList) -> None:
    """What running text calls figures names figures and texts that there are."""
    claims = edition.claims
    slots = {(topic.id, slot) for topic in claims.topics for slot in topic.slots}
    for owner, name in slots:
        if name not in edition.questions:
            problems.add(_FILE, "unknown_id", owner=owner, name=name)
    named = [(topic.id, each) for topic in claims.topics for each in topic.named]
    figures = [
        (owner, figure)
        for owner, each in named
        for figure in (each.figure, *each.or_else, *each.perhaps)
    ]
    figures += [(rate.topic, figure) for rate in claims.rates for figure in (rate.part, rate.whole)]
    figures += [
        (part, figure) for part, wholes in claims.parts.items() for figure in (part, *wholes)
    ]
    for owner, figure in figures:
        for cell in _cells(figure):
            known = any(fnmatchcase(name, cell) for name in edition.numeric)
            if not known and not edition.omitted:
                problems.add(_FILE, "unknown_id", owner=owner, name=cell)


def _lint_example_names(example: ClaimExample, edition: Edition, problems: ProblemList) -> bool:
    """Whether an example can be read: it names words, texts and figures that there are.

    One of a figure that the edition leaves out is left out with it.
    """
    figures = [_meaning_of(written, edition) for written in example.means.values()]
    cells = {cell for each in figures for cell in each.part | each.whole}
    if cells & edition.omitted:
        return False
    words = {*edition.claims.words, _PASSING}
    known = {*edition.numeric, *edition.questions}
    unknown = [cell for cell in sorted(cells) if cell.partition("[")[0] not in known]
    unknown += [word for word in _PLACE.findall(example.say) if word not in words]
    unknown += [example.slot] if example.slot and example.slot not in edition.questions else []
    for name in unknown:
        problems.add(_FILE, "unknown_id", owner=example.say, name=name)
    return not unknown


def _lint_reading(
    example: ClaimExample, words: _Words, reader: Reader, edition: Edition, problems: ProblemList
) -> None:
    """Every number of an example is read as it says, and nothing else is read."""
    meant = {key: _meaning_of(wanted, edition) for key, wanted in example.means.items()}
    for text in _variants(example.say, words):
        left = list(reader.claims_of(example.slot, sentences_of(text)))
        for key, wanted in example.means.items():
            claim = next((each for each in left if _is_named(each, key)), None)
            if claim is not None:
                left.remove(claim)
            if claim is None or not _is_read(claim, meant[key]):
                problems.add(
                    _FILE, "claim_misread", say=text, part=key, wanted=wanted, read=_told(claim)
                )
        for claim in left:
            problems.add(_FILE, "claim_unexpected", say=text, part=claim.written, read=_told(claim))


def _variants(say: str, words: _Words) -> Iterator[str]:
    """The sentences of an example, until every word has stood in its place."""
    longest = max((len(words[name]) for name in _PLACE.findall(say)), default=1)
    for at in range(longest):
        yield _PLACE.sub(lambda place: words[place[1]][at % len(words[place[1]])], say)  # noqa: B023  called at once


def _is_named(claim: Claim, key: str) -> bool:
    """Whether a key of an example is this claim: 8 is 8件 and never 80件."""
    rest = claim.written.removeprefix(key)
    return rest != claim.written and not (key[-1:].isdigit() and rest[:1].isdigit())


def _cells(figure: str) -> Iterator[str]:
    return (cell.strip() for cell in figure.split("+"))


def _meaning_of(written: str, edition: Edition) -> _Meaning:
    """The meaning that an example writes, `open.total + deny_*.total / result_total.total`."""
    if written.strip() == _OWN:
        return _Meaning(frozenset())
    part, _, whole = written.partition("/")
    return _Meaning(_all(part, edition), _all(whole, edition) if whole else frozenset())


def _all(figure: str, edition: Edition) -> _Cells:
    """The cells of a sum; a name that fits none stays as it is."""
    found = set[str]()
    for cell in _cells(figure):
        if cell in edition.numeric:
            found.add(cell)
        else:
            found |= {name for name in edition.numeric if fnmatchcase(name, cell)} or {cell}
    return frozenset(found)


def _is_read(claim: Claim, wanted: _Meaning) -> bool:
    wholes = [frozenset(each) for each in claim.wholes] or [frozenset[str]()]
    return _part(claim) == wanted.part and (not wanted.part or wanted.whole in wholes)


def _part(claim: Claim) -> _Cells:
    """The cells of a claim as it is compared, by its first reading; none where it is not."""
    is_compared = claim.readings and claim.doubt in ("", "several")
    return frozenset(claim.readings[0] if is_compared else ())


def _told(claim: Claim | None) -> str:
    """A reading as an example would write it; empty for none at all."""
    if claim is None:
        return ""
    if not _part(claim):
        return _OWN
    whole = "/" + "+".join(claim.wholes[0]) if claim.wholes else ""
    return "+".join(claim.readings[0]) + whole


def _unproved(edition: Edition) -> Iterator[tuple[str, str]]:
    """The entries that no example is about, each with the group it stands in."""
    claims = edition.claims
    tried = {name for each in claims.examples for name in _PLACE.findall(each.say)}
    yield from (("words", word) for word in claims.words if word not in tried)
    if claims.passing and _PASSING not in tried:
        yield _PASSING, _PASSING
    written = [figure for example in claims.examples for figure in example.means.values()]
    meant = [_meaning_of(figure, edition) for figure in written]
    parts = {each.part for each in meant}
    told = {cell for part in parts for cell in part}
    rows = told | {edition.cells[cell].row for cell in told & edition.cells.keys()}
    for topic in claims.topics:
        if not any(fnmatchcase(row, cells) for row in rows for cells in topic.cells):
            yield "topics", topic.id
        for each in topic.named:
            if _all(each.figure, edition) not in parts:
                yield topic.id, each.figure
    shares = [(rate.topic, rate.part, rate.whole) for rate in claims.rates]
    shares += [("parts", part, each) for part, wholes in claims.parts.items() for each in wholes]
    for owner, part, whole in shares:
        if _Meaning(_all(part, edition), _all(whole, edition)) not in meant:
            yield owner, f"{part}/{whole}"
