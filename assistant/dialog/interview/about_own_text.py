"""What is said of the numbers of own text: what each is, and which sentences follow a change."""

from collections.abc import Iterator

from assistant.answers import FigureValues
from assistant.claims.line import sentences_of
from assistant.dialog.interview.numbers_of_text import name_of_figure
from assistant.dialog.interview.state import Interview
from assistant.messages.events import Event
from assistant.values.characters import clipped

_SHOWN = 60
"""Characters of a sentence that follows a change."""
_NAMED = 6
"""Figures of a text named one by one."""


def about_own_text(
    before: Interview, made: Interview, named: frozenset[str], typed: frozenset[str]
) -> Iterator[Event]:
    """The figures of texts just typed, and the sentences of others that print other figures.

    Args:
        before: The conversation before the change.
        made: The conversation after it.
        named: The questions whose answers were changed.
        typed: Those of them whose answers were typed.
    """
    for name in made.answers.given:
        answer = made.answers.given[name]
        if not isinstance(answer.value, str):
            continue
        if name in typed:
            yield from _bound(made, name)
        elif name not in named and "{" in answer.value:
            yield from _followed(before, made, name, answer.value)


def _bound(made: Interview, name: str) -> Iterator[Event]:
    told = [
        f"{each.claim.written}＝{name_of_figure(made, each.reference)}"
        for each in made.outcomes.accounts
        if each.slot == name and each.verdict == "bound" and each.reference
    ]
    if told:
        names = list(dict.fromkeys(told))
        figures = "，".join(names[:_NAMED])
        text = made.say(
            "numbers_bound", figures=figures, name=made.edition.name(name), rest=len(names) - _NAMED
        )
        yield Event("note", text, cell=name)


def _followed(before: Interview, made: Interview, name: str, text: str) -> Iterator[Event]:
    old, new = (
        [
            sentence.text
            for sentence in sentences_of(each.told(text, FigureValues(each.answers, each.previous)))
        ]
        for each in (before, made)
    )
    for sentence in (each for each in new if each not in old):
        text = made.say(
            "text_follows", name=made.edition.name(name), sentence=clipped(sentence, _SHOWN)
        )
        yield Event("note", text, cell=name)
