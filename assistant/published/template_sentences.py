"""The sentences of a report that the templates of its form print themselves, and their answers.

They are found by making the report again from what was read of it, with stand-ins for what was not:
a sentence each of whose clauses the templates print, numbers, names and choices apart, is theirs,
and what stands where a stand-in stood is the answer. In the end the report is made from the answers
found; a sentence that it does not have is the body's own after all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from assistant.answers import Answer, Answers
from assistant.form.model import Edition, Fact
from assistant.messages import Sentences
from assistant.published.masked_clauses import pieces
from assistant.published.printed_sentences import TemplateSentences, ToldSentence
from assistant.published.told_facts import with_choices

_TAG = re.compile(r"\{[{%#].{0,400}?[}%#]\}", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LEAD = re.compile(r"(?P<lead>[\u4e00-\u9fff]{4,30}：)\{\{ ?(?P<name>[a-z][a-z0-9_]*) ?\}\}")
_TELLING = 10
"""Characters of words in a template that no report has by chance."""


class Remade(NamedTuple):
    """What of the words of a report is its own, and what was answered in the rest."""

    texts: Mapping[str, Sequence[str]]
    """By own text its own paragraphs, those without a sentence left out."""
    told: Mapping[str, Answer]
    """What the sentences of the templates tell, by question."""


def without_templates(
    answers: Answers, texts: Mapping[str, Sequence[str]], sentences: Sentences
) -> Remade:
    """The words of a report without the sentences that the templates print by themselves.

    Args:
        answers: What was read of the report.
        texts: Its paragraphs by own text.
        sentences: The words of the program.
    """
    said = "".join(chain.from_iterable(texts.values()))
    if not any(each in said for each in _literals(answers.edition)):
        return Remade(texts, {})
    texts = _led(texts, answers.edition)
    made = TemplateSentences(_of_some_kind(answers), sentences)
    taken = {
        slot: [list(made.sentences(slot, paragraph)) for paragraph in paragraphs]
        for slot, paragraphs in texts.items()
    }
    told: Mapping[str, Answer] = made.told.answers(answers)
    written = {slot: Answer("\n".join(each)) for slot, each in _own(taken).items() if slot}
    filled = _of_some_kind(answers.with_given({**written, **told, **answers.given}))
    told, missing = _completed(with_choices(filled), told, made)
    return Remade(_own(taken, missing), told)


def _led(texts: Mapping[str, Sequence[str]], edition: Edition) -> dict[str, list[str]]:
    """The paragraphs, those with words before an own text in the one that they lead to."""
    led: dict[str, list[str]] = {}
    for slot, paragraphs in texts.items():
        for text in paragraphs:
            lead = next((each for each in _leads(edition) if text.startswith(each)), "")
            led.setdefault(_leads(edition).get(lead, slot), []).append(text.removeprefix(lead))
    return led


@lru_cache(maxsize=8)
def _leads(edition: Edition) -> Mapping[str, str]:
    """By the words that a template prints right before an own text which that is."""
    own = {fact.id for fact in edition.own_texts if fact.kind == "text"}
    found = (match for source in edition.templates.values() for match in _LEAD.finditer(source))
    return {match["lead"]: match["name"] for match in found if match["name"] in own}


def _own(
    taken: Mapping[str, Sequence[Sequence[ToldSentence]]], missing: frozenset[str] = frozenset()
) -> dict[str, list[str]]:
    """By own text its paragraphs without the sentences that the templates print."""
    own: dict[str, list[str]] = {}
    for slot, paragraphs in taken.items():
        for paragraph in paragraphs:
            kept = "".join(each.text for each in paragraph if each.is_own_without(missing))
            if kept:
                own.setdefault(slot, []).append(kept)
    return own


def _of_some_kind(answers: Answers) -> Answers:
    """The answers with some kind of body where none is known, so that it can call itself."""
    kind = answers.edition.roles.body_kind
    options = next(fact.options for fact in answers.edition.facts if fact.id == kind)
    return answers.with_given({kind: Answer(options[0]), **answers.given})


@lru_cache(maxsize=8)
def _literals(edition: Edition) -> frozenset[str]:
    """Words of the templates, of which some stand in a report that they printed."""
    stretches = chain.from_iterable(map(_TAG.split, edition.templates.values()))
    words = chain.from_iterable(map(pieces, stretches))
    return frozenset(each for each in words if len(each) >= _TELLING and each.isalpha())


def _completed(
    filled: Answers, told: Mapping[str, Answer], made: TemplateSentences
) -> tuple[Mapping[str, Answer], frozenset[str]]:
    """What was told, with what is told in words alone, 未发布政策解读材料.

    Every such answer is tried: it was told where the templates print with it, and with no other of
    its question, what they do not print without it.

    Args:
        filled: The answers, with what was told in sentences.
        told: What was told in sentences.
        made: The sentences of the templates.

    Returns:
        What was told, and the clauses that the templates do not print of it.
    """
    missing = made.taken - made.printed(filled)
    for fact in filled.edition.facts:
        left: dict[frozenset[str], list[Answer]] = {}
        for answer in _in_words(fact, filled, made.areas(missing)):
            tried = with_choices(filled.with_given({**filled.given, fact.id: answer}))
            left.setdefault(made.taken - made.printed(tried), []).append(answer)
        best = min((each for each in left if each < missing), key=len, default=None)
        if best is not None and len(left[best]) == 1:
            told = {**told, fact.id: left[best][0]}
            filled = with_choices(filled.with_given({**filled.given, fact.id: left[best][0]}))
            missing = best
    return told, missing


def _in_words(fact: Fact, answers: Answers, areas: frozenset[str]) -> Iterator[Answer]:
    """The answers to a question that templates may say in words of their own.

    Args:
        fact: The question.
        answers: What is answered; what it is not is tried, of several choices one more.
        areas: The sources of the templates that something was found of.
    """
    if not any(_names_of(area) & {fact.id} for area in areas):
        return
    if fact.kind == "choices":
        value = answers.value(fact.id)
        chosen = value if isinstance(value, tuple) else ()
        for option in fact.options:
            if option not in chosen and any(f'"{option.id}"' in area for area in areas):
                yield Answer((*chosen, option))
    elif fact.id not in answers.given and fact.kind == "choice":
        yield from map(Answer, fact.options)
    elif fact.id not in answers.given and fact.kind in ("count", "amount"):
        yield Answer(0)


@lru_cache(maxsize=64)
def _names_of(area: str) -> frozenset[str]:
    """The names in the source of a template."""
    return frozenset(_NAME.findall(area))
