"""`nianbao verify --accept`: numbers changed in a document, offered back as answers one by one."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, Answers, Entry, LockedAnswerFile, read_entry
from assistant.cli import console
from assistant.export.verify import Comparison
from assistant.form.model import Fact, Question
from assistant.messages import Sentences
from assistant.storage.yaml_text import Node

_NUMBERS = ("count", "amount")


def accept(
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
