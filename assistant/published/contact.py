"""Where a report says that questions are answered: telephone, postcode, e-mail, web address."""

import re
from collections.abc import Sequence

from assistant.form.model import Edition, Fact
from assistant.values import Refusal, Shape, read_shaped
from assistant.values.language import any_of

_COLON = r"\s{0,4}[：:]?\s{0,4}"
_SHAPES: dict[Shape, str] = {
    "phone": r"[0-9０-９()（）+－—–\-]{5,30}",
    "postcode": r"[0-9０-９]{6}(?![0-9０-９])",
    "email": r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,100}",
    "url": r"(?:https?://)?[A-Za-z0-9\-]{1,60}(?:\.[A-Za-z0-9\-]{1,60}){1,6}(?:[/?#][!-~]{0,200})?",
}
_MOST_LINES = 5_000


def find_contacts(lines: Sequence[str], edition: Edition) -> dict[str, str]:
    """The contact facts of a form that a report prints, by id; the first of each shape."""
    found: dict[str, str] = {}
    wanted = [
        fact
        for fact in edition.facts
        if isinstance(fact, Fact) and fact.span == "contact" and fact.shape is not None
    ]
    for fact in wanted:
        assert fact.shape is not None  # noqa: S101  chosen above
        pattern = re.compile(f"{any_of(f'says_{fact.shape}')}{_COLON}({_SHAPES[fact.shape]})")
        for line in lines[:_MOST_LINES]:
            match = pattern.search(line)
            text = match[1] if match else ""
            if text and not isinstance(read_shaped(text, fact.shape), Refusal):
                found[fact.id] = text
                break
    return found
