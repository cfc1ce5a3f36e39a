"""`nianbao verify`: a finished document against the answers it was made from.

With `--accept` the numbers changed in the document are offered back as answers, one by one.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

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
from assistant.cli.verify_lines import VerifyLines
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.verify import Comparison, bases_of, compare, see_measure
from assistant.form.loader import Library
from assistant.form.model import Fact, Question
from assistant.messages import Sentences
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node

_NUMBERS = ("count", "amount")


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
            moved=comparison.moved,
            shortened=[each._asdict() for each in comparison.shortened],
            aside=comparison.aside,
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
    answers = draft.answers
    return compare(lines, found, lambda text: accounts_of(answers, {"": text}), bases_of(answers))


def _suffix(options: argparse.Namespace) -> str:
    return str(options.document.suffix).lower().removeprefix(".")


def _tell(comparison: Comparison, draft: Draft, sentences: Sentences) -> None:
    for line in VerifyLines(draft, sentences).of(comparison):
        console.give(line)


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
