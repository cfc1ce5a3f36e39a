"""All proofs of an edition in one run."""

from typing import NamedTuple

from assistant.lint.examples import ZERO, load_stories
from assistant.lint.faults import Complaints, Fault
from assistant.lint.narrative import lint_narrative
from assistant.lint.questions import lint_questions
from assistant.lint.rules import lint_rules
from assistant.schema import Edition
from assistant.wording import Sentences


class Proof(NamedTuple):
    """What lint found, and how many examples it ran."""

    faults: tuple[Fault, ...]
    examples: int


def lint(edition: Edition, sentences: Sentences) -> Proof:
    """Prove an edition: every fault of its data, in one run.

    Raises:
        LibraryError: An example file cannot be read.
    """
    complaints = Complaints(sentences)
    if not lint_questions(edition, complaints):
        return Proof(tuple(complaints.faults), 0)
    stories = load_stories(edition, sentences)
    if ZERO not in stories:
        complaints.add("examples", "no_zero_example")
    lint_rules(edition, stories, sentences, complaints)
    lint_narrative(edition, stories, sentences, complaints)
    return Proof(tuple(complaints.faults), len(stories) + 2 * len(edition.checks))
