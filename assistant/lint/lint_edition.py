"""All proofs of an edition in one run."""

from typing import NamedTuple

from assistant.form.model import Edition
from assistant.lint.lint_checks import lint_rules
from assistant.lint.lint_examples import ZERO, load_stories
from assistant.lint.lint_narrative import lint_narrative
from assistant.lint.lint_questions import lint_questions
from assistant.lint.problems import Fault, ProblemList
from assistant.messages import Sentences


class LintResult(NamedTuple):
    """What lint found, and how many examples it ran."""

    faults: tuple[Fault, ...]
    examples: int


def lint(edition: Edition, sentences: Sentences) -> LintResult:
    """Prove an edition: every fault of its data, in one run.

    Raises:
        LibraryError: An example file cannot be read.
    """
    complaints = ProblemList(sentences)
    if not lint_questions(edition, complaints):
        return LintResult(tuple(complaints.faults), 0)
    stories = load_stories(edition, sentences)
    if ZERO not in stories:
        complaints.add("examples", "no_zero_example")
    lint_rules(edition, stories, sentences, complaints)
    lint_narrative(edition, stories, sentences, complaints)
    return LintResult(tuple(complaints.faults), len(stories) + 2 * len(edition.checks))
