"""A report that was read, in a few lines: what it is, what was read, and all that was not."""

from collections.abc import Iterator

from assistant.answers import format_answer
from assistant.answers.references import places_of_references
from assistant.messages import Sentences
from assistant.published.audit import said_of
from assistant.published.report import Published, differing
from assistant.values.print_format import show

_LISTED = 20
"""Cells that are named one by one; of more how many there are."""


def summary(published: Published, sentences: Sentences) -> Iterator[str]:
    """What a report is, what was read, and all that was not."""
    answers, edition = published.answers, published.answers.edition
    say = sentences.say
    for code in published.notices:
        yield say(f"command.verify_noticed_{code}")
    yield say("published.of", body=published.title.body, year=answers.year, form=edition.title)
    if not published.cells:
        yield say("published.no_table")
    else:
        counts = len(published.read), len(published.uncertain)
        yield say("published.counts", read=counts[0], uncertain=counts[1])
    shown = [name for name, each in published.uncertain.items() if each.why != "blank"]
    for name in shown[:_LISTED]:
        yield say("published.item", text=said_of(published, name, sentences))
    blank = [name for name, each in published.uncertain.items() if each.why == "blank"]
    if blank:
        names = edition.quoted(blank) if len(blank) <= _LISTED else ""
        yield say("published.blank", count=len(blank), names=names)
    if len(shown) > _LISTED:
        yield say("published.more", count=len(shown) - _LISTED)
    if published.missing and published.cells:
        names = edition.quoted(published.missing) if len(published.missing) <= _LISTED else ""
        yield say("published.missing", count=len(published.missing), names=names)
    for row in published.unplaced[:_LISTED]:
        yield say("published.unplaced", text=row.text)
    for total in differing(published):
        yield say(
            "published.total_differs",
            name=edition.name(total),
            printed=format_answer(answers.claimed[total], edition.cells[total]),
            made=show(answers.numbers[total]),
        )
    given = [name for name in answers.given if name not in edition.cells]
    texts = [name for name in given if name in published.words]
    facts = [name for name in given if name not in texts]
    if facts:
        yield say("published.facts", names=edition.quoted(facts))
    if texts:
        bound = sum(len(places_of_references(str(answers.value(name)))) for name in texts)
        yield say("published.words", count=len(texts), bound=bound)
