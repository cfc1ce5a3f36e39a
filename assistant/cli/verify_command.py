"""`nianbao verify`: a finished document against the answers it was made from.

With `--accept` the numbers changed in the document are offered back as answers, one by one.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answers import (
    Answer,
    Answers,
    Entry,
    LoadedAnswers,
    LockedAnswerFile,
    load,
    read_entry,
)
from assistant.answers.last_year import with_last_year
from assistant.claims.accounts import accounts_of
from assistant.cli import console
from assistant.cli.console import DISAGREES, GOOD
from assistant.export.align import mark
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.verify import Comparison, Difference, compare, see_measure
from assistant.form.loader import Library
from assistant.form.model import Fact, Question
from assistant.messages import Sentences
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node

_NUMBERS = ("count", "amount")
_CELLS = " | "
"""Stands between the cells of a table row as documents are read."""
_SHOWN = 10
"""Numbers that were not compared, named one by one."""
_KINDS = {"form": "verify_form", "legal": "verify_legal", "gap": "verify_gap"}


def run(options: argparse.Namespace, library: Library) -> int:
    """Compare a document with its answers; 6 when a number disagrees.

    Raises:
        AssistantError: One of the files cannot be read.
    """
    if _suffix(options) not in FORMATS:
        known = "、".join(FORMATS)
        raise FileError("document_unknown", path=str(options.document), known=known)
    if not options.accept:
        return _verify(options, load(options.answers, library), None, library)
    with LockedAnswerFile(options.answers) as keeper:
        console.warn_unlocked(keeper, library.sentences)
        return _verify(options, keeper.load(library), keeper, library)


def _verify(
    options: argparse.Namespace,
    reading: LoadedAnswers,
    keeper: LockedAnswerFile | None,
    library: Library,
) -> int:
    reading, previous = with_last_year(reading, options.previous, library)
    draft = make_draft(reading, previous, library.sentences)
    kind = FORMATS[_suffix(options)]
    contents = kind.read(options.document)
    see_measure(contents.lines, options.document)
    comparison = _compare(draft, _suffix(options), contents.lines, library)
    if options.json:
        console.give_json(
            "verify",
            document=str(options.document),
            answers=str(options.answers),
            notices=contents.notices,
            agreed=comparison.agreed,
            rewordings=comparison.rewordings,
            differences=[difference._asdict() for difference in comparison.differences],
            accounts=[each.as_json() for each in draft.outcomes.accounts],
        )
    else:
        for code in contents.notices:
            console.give(library.sentences.say(f"command.verify_noticed_{code}"))
        _tell(comparison, draft, library.sentences)
    if keeper is not None:
        made = _accept(comparison, reading.answers, keeper, library.sentences)
        if made is not None:
            draft = make_draft(reading._replace(answers=made), previous, library.sentences)
            comparison = _compare(draft, _suffix(options), contents.lines, library)
            _tell(comparison, draft, library.sentences)
    return DISAGREES if comparison.differences else GOOD


def _compare(draft: Draft, suffix: str, found: Sequence[str], library: Library) -> Comparison:
    lines = FORMATS[suffix].lines(draft, RenderOptions(library))
    return compare(lines, found, lambda text: accounts_of(draft.answers, {"": text}))


def _suffix(options: argparse.Namespace) -> str:
    return str(options.document.suffix).lower().removeprefix(".")


def _count(comparison: Comparison, verdict: str) -> int:
    return sum(1 for each in comparison.differences if each.verdict == verdict)


def _tell(comparison: Comparison, draft: Draft, sentences: Sentences) -> None:
    verdicts = ("changed", "unknown", "missing", "contradicts", "turned")
    counts = {verdict: _count(comparison, verdict) for verdict in verdicts}
    if comparison.agreed < counts["missing"]:
        console.give(sentences.say("command.verify_stranger", agreed=comparison.agreed))
        return
    for sentence, told in groupby(comparison.differences, key=_lost_line):
        group = list(told)
        if sentence and len(group) > 1:
            numbers = "、".join(_label(each, draft, sentences) + each.old for each in group)
            is_whole = _CELLS in sentence and len(group) == len(mark(sentence).numbers)
            code = "verify_missing_row" if is_whole else "verify_missing_line"
            details = {"numbers": numbers, "count": len(group), "sentence": sentence}
            console.give(sentences.say(f"command.{code}", **details))
            continue
        for difference in group:
            _tell_one(difference, draft, sentences)
    for before, after in comparison.rewordings:
        console.give(sentences.say("command.verify_reworded", before=before, after=after))
    still = [each for each in draft.outcomes.accounts if each.verdict == "open"]
    code = "verify_bad" if comparison.differences else "verify_open" if still else "verify_good"
    numbers = "、".join(each.claim.written for each in still[:_SHOWN])
    details = {"agreed": comparison.agreed, "open": len(still), "numbers": numbers, **counts}
    console.give(sentences.say(f"command.{code}", **details))
    if comparison.rewordings:
        count = len(comparison.rewordings)
        console.give(sentences.say("command.verify_rewordings", count=count))


def _lost_line(difference: Difference) -> str:
    """The line that a missing number stood in, so that it is printed once; else empty."""
    return difference.sentence if difference.verdict == "missing" else ""


def _tell_one(difference: Difference, draft: Draft, sentences: Sentences) -> None:
    is_in_words = difference.verdict == "changed" and not difference.new
    code = "verify_words" if is_in_words else f"verify_{difference.verdict}"
    console.give(
        sentences.say(
            f"command.{code}",
            label=_label(difference, draft, sentences),
            old=difference.old,
            new=difference.new,
            sentence=difference.sentence,
        )
    )


def _label(difference: Difference, draft: Draft, sentences: Sentences) -> str:
    if difference.kind in _KINDS and not difference.cell:
        return sentences.say(f"command.{_KINDS[difference.kind]}")
    owner = draft.answers.edition.owner(difference.cell)
    if sentences.has(f"figures.{owner}"):
        return f"「{sentences.say(f'figures.{owner}')}」"
    return draft.answers.edition.quoted([owner])


def _accept(
    comparison: Comparison, answers: Answers, keeper: LockedAnswerFile, sentences: Sentences
) -> Answers | None:
    """Offer what a person changed in a document, and write what is accepted.

    Args:
        comparison: The document against its answers.
        answers: Those answers.
        keeper: Their file, held since they were read, so that what is offered stays what stands
            there however long the person thinks; the version before is kept beside it.
        sentences: How it is said.

    Returns:
        The answers as they stand in the file now; `None` where nothing was accepted.

    Raises:
        FileError: The file cannot be written, or was changed meanwhile by another program.
    """
    taken: dict[str, Answer] = {}
    for name, news in _offers(comparison, answers).items():
        label = answers.edition.name(name)
        if len(news) > 1:
            console.give(sentences.say("command.accept_several", label=label, news="、".join(news)))
            continue
        entry = read_entry(answers.edition.questions[name], Node(news[0], 0))
        if not isinstance(entry, Entry):
            console.give(sentences.say("command.accept_unread", label=label, new=news[0]))
            continue
        old = answers.printed(name)
        console.give(sentences.say("command.accept", label=label, old=old, new=news[0]))
        line = sys.stdin.readline()
        if not line:
            break
        if line.strip().strip("。！").lower() in sentences.say("interview.yes_words").split():
            taken[name] = entry.answer
    if not taken:
        return None
    made = replace(answers, given={**answers.given, **taken})
    keeper.save(made, puts_aside=False)
    kept = keeper.kept.name if keeper.kept is not None else ""
    said = sentences.say("command.accepted", count=len(taken), path=str(keeper.path), kept=kept)
    console.give(said)
    return made


def _offers(comparison: Comparison, answers: Answers) -> dict[str, Sequence[str]]:
    """The asked numbers that a document changed, each with what it says now."""
    found: dict[str, list[str]] = {}
    for difference in comparison.differences:
        question = answers.edition.questions.get(difference.cell)
        is_text = isinstance(question, Fact) and question.kind not in _NUMBERS
        if question is None or is_text or difference.verdict != "changed" or not difference.new:
            continue
        news = found.setdefault(difference.cell, [])
        if all(_says(question, difference.new) != _says(question, each) for each in news):
            news.append(difference.new)
    return {name: found[name] for name in answers.edition.questions if name in found}


def _says(question: Question, text: str) -> object:
    """What a print means: 120人次 and 120 are one answer."""
    entry = read_entry(question, Node(text, 0))
    return entry.answer.value if isinstance(entry, Entry) else text
