"""`nianbao verify`: a finished document against the answers it was made from."""

import argparse

from assistant.answers import Answers, LoadedAnswers, LockedAnswerFile, load
from assistant.cli import console
from assistant.cli.accept_command import accept
from assistant.cli.exit_codes import DISAGREES, GOOD
from assistant.cli.input_files import with_previous
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.verify import Comparison, Difference, compare, see_measure
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError

_KINDS = {"form": "verify_form", "legal": "verify_legal", "gap": "verify_gap"}


def verify(options: argparse.Namespace, shelf: Library) -> int:
    """Compare a document with its answers; 6 when a number disagrees.

    Raises:
        AssistantError: One of the files cannot be read.
    """
    if _suffix(options) not in FORMATS:
        known = "、".join(FORMATS)
        raise FileError("document_unknown", path=str(options.document), known=known)
    if not options.accept:
        return _verify(options, load(options.answers, shelf), None, shelf)
    with LockedAnswerFile(options.answers) as keeper:
        console.warn_unlocked(keeper, shelf.sentences)
        return _verify(options, keeper.load(shelf), keeper, shelf)


def _verify(
    options: argparse.Namespace,
    reading: LoadedAnswers,
    keeper: LockedAnswerFile | None,
    shelf: Library,
) -> int:
    previous: Answers | None = None
    if options.previous is not None:
        reading, previous = with_previous(reading, options.previous, shelf)
    draft = make_draft(reading, previous, shelf.sentences)
    kind = FORMATS[_suffix(options)]
    contents = kind.read(options.document)
    see_measure(contents.lines, options.document)
    comparison = compare(kind.lines(draft, RenderOptions(shelf)), contents.lines)
    if options.json:
        print(console.to_json(_result(options, comparison, contents.notices)))
    else:
        for code in contents.notices:
            console.give(shelf.sentences.say(f"command.verify_noticed_{code}"))
        _tell(comparison, draft, shelf.sentences)
    if keeper is not None:
        made = accept(comparison, reading.answers, keeper, shelf.sentences)
        if made is not None:
            draft = make_draft(reading._replace(answers=made), previous, shelf.sentences)
            comparison = compare(kind.lines(draft, RenderOptions(shelf)), contents.lines)
            _tell(comparison, draft, shelf.sentences)
    return DISAGREES if comparison.differences else GOOD


def _suffix(options: argparse.Namespace) -> str:
    return str(options.document.suffix).lower().removeprefix(".")


def _count(comparison: Comparison, verdict: str) -> int:
    return sum(1 for each in comparison.differences if each.verdict == verdict)


def _tell(comparison: Comparison, draft: Draft, sentences: Sentences) -> None:
    counts = {verdict: _count(comparison, verdict) for verdict in ("changed", "unknown", "missing")}
    if comparison.agreed < counts["missing"]:
        console.give(sentences.say("command.verify_stranger", agreed=comparison.agreed))
        return
    for difference in comparison.differences:
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
    for before, after in comparison.rewordings:
        console.give(sentences.say("command.verify_reworded", before=before, after=after))
    code = "verify_bad" if comparison.differences else "verify_good"
    console.give(sentences.say(f"command.{code}", agreed=comparison.agreed, **counts))
    if comparison.rewordings:
        count = len(comparison.rewordings)
        console.give(sentences.say("command.verify_rewordings", count=count))


def _label(difference: Difference, draft: Draft, sentences: Sentences) -> str:
    if difference.kind in _KINDS and not difference.cell:
        return sentences.say(f"command.{_KINDS[difference.kind]}")
    owner = draft.answers.edition.owner(difference.cell)
    if sentences.has(f"figures.{owner}"):
        return f"「{sentences.say(f'figures.{owner}')}」"
    return draft.answers.edition.quoted([owner])


def _result(
    options: argparse.Namespace, comparison: Comparison, notices: tuple[str, ...]
) -> dict[str, object]:
    return {
        "format": 1,
        "command": "verify",
        "document": str(options.document),
        "answers": str(options.answers),
        "notices": list(notices),
        "agreed": comparison.agreed,
        "rewordings": [list(pair) for pair in comparison.rewordings],
        "differences": [difference._asdict() for difference in comparison.differences],
    }
