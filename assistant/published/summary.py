"""A report that was read, in a few lines: what it is, what was read, and all that was not."""

from collections.abc import Iterator, Sequence

from assistant.answers import Answers, format_answer
from assistant.answers.references import places_of_references
from assistant.messages import Sentences
from assistant.published import unread
from assistant.published.report import Published, differing
from assistant.values.characters import shortened
from assistant.values.print_format import show

_LISTED = 20
"""Cells and rows that are told one by one; of more how many there are."""
_SHOWN = 40
"""Characters that are told of a paragraph."""


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
    yield from _totals(published, sentences)
    doubtful = list(unread.doubtful(published, sentences))
    for each in doubtful[:_LISTED]:
        yield say("published.item", text=each.sentence)
    if doubtful[_LISTED:]:
        yield say("published.more", count=len(doubtful) - _LISTED)
    together = [unread.blank, unread.missing] if published.cells else []
    yield from (each.sentence for tell in together for each in tell(published, sentences))
    rows = list(unread.foreign_rows(published, sentences))
    yield from (each.sentence for each in rows[:_LISTED])
    if rows[_LISTED:]:
        yield say("published.more_rows", count=len(rows) - _LISTED)
    given = [name for name in answers.given if name not in edition.cells]
    texts = [name for name in given if name in published.words]
    facts = [name for name in given if name not in texts]
    if facts:
        yield say("published.facts", names=edition.quoted(facts))
    yield from _guessed(answers, facts, sentences)
    if texts:
        bound = sum(len(places_of_references(str(answers.value(name)))) for name in texts)
        yield say("published.words", count=len(texts), bound=bound)
    if published.left:
        yield say("published.left", count=len(published.left))
        yield from (
            say("published.item", text=shortened(each, _SHOWN)) for each in published.left[:_LISTED]
        )


def _totals(published: Published, sentences: Sentences) -> Iterator[str]:
    """What is wrong in the printed totals: it is told before all that was only not read."""
    answers, edition = published.answers, published.answers.edition
    totals = list(differing(published))
    if totals:
        yield sentences.say("published.totals_differ", count=len(totals))
    for total in totals:
        printed = format_answer(answers.claimed[total], edition.cells[total])
        made = show(answers.numbers[total])
        text = sentences.say(
            "published.total_differs", name=edition.name(total), printed=printed, made=made
        )
        yield sentences.say("published.item", text=text)


def _guessed(answers: Answers, facts: Sequence[str], sentences: Sentences) -> Iterator[str]:
    """The facts that no words of the report say, with what they were taken from."""
    for name in facts:
        answer, question = answers.given[name], answers.edition.questions[name]
        if answer.state == "given" and answer.remark:
            said = format_answer(answer, question)
            how, called = answer.remark, answers.edition.name(name)
            yield sentences.say("published.guessed", name=called, how=how, answer=said)
