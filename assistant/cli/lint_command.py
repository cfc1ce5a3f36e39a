"""`nianbao lint`: prove the data under `prompts_templates/`."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress

from assistant.cli import console
from assistant.cli.console import ERRORS, GOOD, heaviest
from assistant.form.loader import Library, open_library
from assistant.form.model import Edition
from assistant.lint import lint, lint_sentences, lint_typography
from assistant.lint.problems import Fault
from assistant.storage.errors import LibraryError


def run(options: argparse.Namespace, library: Library) -> int:
    """Check editions and say every fault with its file; 3 when there is one.

    Raises:
        AssistantError: An edition cannot be read at all.
    """
    code = GOOD
    shared = {
        "wording.yaml": lint_sentences(library.sentences, open_library().sentences),
        "typography.yaml": lint_typography(library.typography, library.sentences),
    }
    for name, faults in shared.items():
        code = heaviest((code, _tell(name, faults, library)))
    for name in options.editions or library.edition_ids():
        edition = library.edition(name)
        proof = lint(edition, library.sentences, _others(name, library))
        code = heaviest((code, _tell(name, proof.faults, library)))
        if not proof.faults:
            line = library.sentences.say(
                "command.lint_good",
                edition=name,
                indicators=len(edition.indicators),
                facts=len(edition.facts),
                checks=len(edition.checks),
                examples=proof.examples,
            )
            console.give(line)
    return code


def _tell(name: str, faults: Sequence[Fault], library: Library) -> int:
    """Say every fault of an edition or file, and how many there are; the exit code."""
    say = library.sentences.say
    for fault in faults:
        console.give(say("command.lint_fault", file=fault.file, message=fault.message))
    if faults:
        console.give(say("command.lint_bad", edition=name, count=len(faults)))
    return ERRORS if faults else GOOD


def _others(name: str, library: Library) -> Iterator[Edition]:
    """The other editions; one that cannot be read is named when its own turn comes."""
    for other in library.edition_ids():
        if other != name:
            with suppress(LibraryError):
                yield library.edition(other)
