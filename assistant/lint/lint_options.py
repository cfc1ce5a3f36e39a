"""Options that nobody will read of: the narrative neither prints them nor decides by them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answers import Answer
from assistant.form.model import Edition, Fact, Option
from assistant.lint.lint_examples import Examples
from assistant.lint.problems import ProblemList
from assistant.report import make_report


def lint_options(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """An option of a fact is printed, decides something, or is chosen in an example.

    Raises:
        LibraryError: A template is broken.
    """
    tables = {name for grid in edition.grids for name in (grid.rows_from, grid.columns_from)}
    for fact in edition.facts:
        if fact.options and fact.id not in tables:
            options = tuple(_undecided(fact, edition, examples))
            for option in _unprinted(fact, options, examples, problems):
                problems.add(
                    "facts.yaml",
                    "option_untold",
                    name=fact.id,
                    option=option.id,
                    label=option.label,
                )


def _undecided(fact: Fact, edition: Edition, examples: Examples) -> Iterator[Option]:
    """The options that no example has chosen, no template names and no question waits for."""
    given = [example.reading.answers.value(fact.id) for example in examples.values()]
    chosen = {each for value in given for each in (value if isinstance(value, tuple) else (value,))}
    awaited = {name for other in edition.facts for name in other.when.get(fact.id, ())}
    sources = "\n".join(edition.templates.values())
    for option in fact.options:
        named = rf"\b{fact.id}\b[^{{}}%]{{0,200}}[\"']{re.escape(option.id)}[\"']"
        if option not in chosen and option.id not in awaited and not re.search(named, sources):
            yield option


def _unprinted(
    fact: Fact, options: Sequence[Option], examples: Examples, problems: ProblemList
) -> Iterable[Option]:
    """Those whose words stand in the report of no example in which they are chosen instead."""
    left = list(options)
    for example in examples.values():
        for option in tuple(left):
            value = Answer(option if fact.kind == "choice" else (option,))
            answers = example.reading.answers
            made = replace(answers, given={**answers.given, fact.id: value})
            report = make_report(made, example.previous, problems.sentences, is_draft=False)
            words = option.text or option.label
            if any(words in block.text for block in report.blocks):
                left.remove(option)
    return left
