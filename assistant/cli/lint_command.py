"""`nianbao lint`: prove the data under `prompts_templates/`."""

import argparse

from assistant.cli import console
from assistant.cli.console import ERRORS, GOOD, heaviest
from assistant.form.loader import Library, library
from assistant.lint import lint, lint_sentences, lint_typography
from assistant.lint.problems import Fault


def run(options: argparse.Namespace, shelf: Library) -> int:
    """Check editions and say every fault with its file; 3 when there is one.

    Raises:
        AssistantError: An edition cannot be read at all.
    """
    code = GOOD
    shared = {
        "wording.yaml": lint_sentences(shelf.sentences, library().sentences),
        "typography.yaml": lint_typography(shelf.typography, shelf.sentences),
    }
    for name, faults in shared.items():
        for fault in faults:
            console.give(_line(fault, shelf))
        if faults:
            console.give(shelf.sentences.say("command.lint_bad", edition=name, count=len(faults)))
            code = ERRORS
    for name in options.editions or shelf.edition_ids():
        edition = shelf.edition(name)
        proof = lint(edition, shelf.sentences)
        for fault in proof.faults:
            console.give(_line(fault, shelf))
        if proof.faults:
            line = shelf.sentences.say("command.lint_bad", edition=name, count=len(proof.faults))
            code = heaviest((code, ERRORS))
        else:
            line = shelf.sentences.say(
                "command.lint_good",
                edition=name,
                indicators=len(edition.indicators),
                facts=len(edition.facts),
                checks=len(edition.checks),
                examples=proof.examples,
            )
        console.give(line)
    return code


def _line(fault: Fault, shelf: Library) -> str:
    return shelf.sentences.say("command.lint_fault", file=fault.file, message=fault.message)
