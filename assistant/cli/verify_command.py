"""`nianbao verify`: a finished document against the answers it was made from.

With `--accept` what people changed in the document is offered back to the answers, one by one.
"""

import argparse
from collections.abc import Sequence
from functools import partial

from assistant.answers import LoadedAnswers, LockedAnswerFile, load
from assistant.cli import console
from assistant.cli.accept_changes import Acceptance, Asking, Document, save
from assistant.cli.console import DISAGREES, GOOD
from assistant.cli.verify_lines import VerifyLines
from assistant.export.formats import FORMATS, RenderOptions, read_document
from assistant.export.verify import Comparison, compare, see_measure
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.published.last_year import with_last_year
from assistant.report.draft import Draft, make_draft
from assistant.storage.errors import FileError
from assistant.storage.unforeseen import foreseen


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
    with foreseen(options.answers):
        draft = make_draft(reading, previous, library.sentences)
    kind = FORMATS[_suffix(options)]
    contents = read_document(options.document)
    with foreseen(options.document):
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
        format_lines = partial(kind.lines, options=RenderOptions(library))
        document = Document(format_lines, contents.lines, comparison)
        agrees = None if options.yes else Asking(library.sentences)
        accepting = Acceptance(reading, previous, library.sentences, agrees=agrees)
        accepting.accept(document)
        if accepting.count:
            save(accepting, keeper, library.sentences)
            made = reading._replace(answers=accepting.answers)
            draft = make_draft(made, previous, library.sentences)
            comparison = _compare(draft, _suffix(options), contents.lines, library)
            _tell(comparison, draft, library.sentences)
    return DISAGREES if comparison.differences else GOOD


def _compare(draft: Draft, suffix: str, found: Sequence[str], library: Library) -> Comparison:
    lines = FORMATS[suffix].lines(draft, RenderOptions(library))
    return compare(lines, found, draft.answers, draft.previous)


def _suffix(options: argparse.Namespace) -> str:
    return str(options.document.suffix).lower().removeprefix(".")


def _tell(comparison: Comparison, draft: Draft, sentences: Sentences) -> None:
    for line in VerifyLines(draft, sentences).of(comparison):
        console.give(line)
