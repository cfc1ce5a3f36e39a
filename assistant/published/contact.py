"""Where a report says that questions are answered: telephone, postcode, e-mail, web address."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.form.model import Edition
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
    shapes = {
        fact.id: fact.shape for fact in edition.facts if fact.span == "contact" and fact.shape
    }
    told = {shape: _first(lines[:_MOST_LINES], shape) for shape in shapes.values()}
    return {name: told[shape] for name, shape in shapes.items() if told[shape]}


def _first(lines: Sequence[str], shape: Shape) -> str:
    """The first value of a shape behind the words for it; empty for none."""
    matches = map(_said(shape).search, lines)
    values = (match[1] for match in matches if match)
    return next((each for each in values if not isinstance(read_shaped(each, shape), Refusal)), "")


@lru_cache(maxsize=8)
def _said(shape: Shape) -> re.Pattern[str]:
    return re.compile(f"{any_of(f'says_{shape}')}{_COLON}({_SHAPES[shape]})")
