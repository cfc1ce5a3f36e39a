"""Counts that a report tells in its text alone, where a sentence names exactly one of them."""

from collections.abc import Mapping, Sequence
from itertools import chain

from assistant.answers import Answer, Answers, read_entry
from assistant.claims.accounts import claims_of
from assistant.claims.claim import Claim
from assistant.form.model import Fact
from assistant.storage.yaml_text import Node
from assistant.values import NUMBERS


def told_facts(answers: Answers, texts: Mapping[str, Sequence[str]]) -> dict[str, Answer]:
    """The counts and amounts that the words of a report say for certain, by question.

    What two sentences say differently is not among them.

    Args:
        answers: What was read of the report so far.
        texts: Its paragraphs by own text.
    """
    found: dict[str, list[Answer]] = {}
    said = "\n".join(chain.from_iterable(texts.values()))
    alone = [(slot, text) for slot, paragraphs in texts.items() for text in paragraphs]
    claims = (claims_of(answers, {slot: text}) for slot, text in alone)
    for _, claim in chain.from_iterable(claims):
        fact, written = _said(answers, claim)
        entry = read_entry(fact, Node(written, 0)) if fact else None
        if fact and isinstance(entry, Answer):
            found.setdefault(fact.id, []).append(entry)
    alike = {name: {str(each.value) for each in told} for name, told in found.items()}
    single = {name: told[0] for name, told in found.items() if len(alike[name]) == 1}
    for fact in answers.edition.facts:
        whole = single.get(fact.part_of)
        if fact.id not in found and whole is not None and fact.as_whole in said:
            single[fact.id] = whole
    return single


def with_choices(answers: Answers, *, assumes: bool = False) -> Answers:
    """The answers with the options chosen that what was read hangs on.

    Args:
        answers: What was read.
        assumes: Whether a single choice that was not read is chosen as well, of all that serve the
            first; a report that says nothing of it leaves it open.
    """
    given = dict(answers.given)
    wanted: dict[str, set[str]] = {}
    for fact in reversed(answers.edition.facts):  # what another hangs on stands before it
        if fact.id in wanted and (fact.kind == "choices" or (assumes and fact.id not in given)):
            before = given[fact.id].value if fact.id in given else ()
            kept = before if isinstance(before, tuple) else ()
            asked = wanted[fact.id]
            options = tuple(each for each in fact.options if each.id in asked or each in kept)
            given[fact.id] = Answer(options if fact.kind == "choices" else options[0])
        for owner, options_of in fact.when.items():
            if fact.id in given and options_of:
                wanted.setdefault(owner, set()).add(options_of[0])
    return answers.with_given(given)


def _said(answers: Answers, claim: Claim) -> tuple[Fact | None, str]:
    """The fact that a claim is of and what it says; none where it is of no one for certain."""
    names = claim.readings[0] if len(claim.readings) == 1 else ()
    fact = answers.edition.questions.get(names[0]) if len(names) == 1 else None
    is_open = claim.doubt or claim.perhaps or (claim.number and claim.number.is_vague)
    if not isinstance(fact, Fact) or fact.kind not in NUMBERS or is_open:
        return None, ""
    written = {"number": claim.written, "none": "0"}.get(claim.kind, "")
    return (fact, written) if written else (None, "")
