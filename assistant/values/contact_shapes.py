"""Lines of a fixed shape: postcode, telephone, e-mail, web address."""

import re
import unicodedata
from typing import Literal

from assistant.values.read_value import Refusal, read_line

Shape = Literal["postcode", "phone", "email", "url"]

_NUMBER = r"(?:\+?\(?[0-9](?:[() -]{0,2}[0-9]){6,14}(?:转[0-9]{1,6})?|1[0-9]{4})"
"""A telephone number of seven digits and more, or a hotline such as 12345."""
_SHAPES: dict[Shape, re.Pattern[str]] = {
    "postcode": re.compile(r"[0-9]{6}"),
    "phone": re.compile(rf"{_NUMBER}(?:[、,;/]{_NUMBER})*"),
    "email": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "url": re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/:?#]\S*)?"),
}

_CODES: dict[Shape, str] = {
    "postcode": "not_a_postcode",
    "phone": "not_a_phone",
    "email": "not_an_email",
    "url": "not_a_url",
}


def read_shaped(text: str, shape: Shape) -> str | Refusal:
    """Read a line of a shape; full-width letters, digits and marks become half-width.

    `read_shaped("１０００００", "postcode")` gives "100000"; the refusal's code names the
    shape, for example `not_a_postcode`.
    """
    line = read_line(text)
    if isinstance(line, Refusal):
        return line
    narrow = unicodedata.normalize("NFKC", line).replace("—", "-").replace("–", "-")
    if _SHAPES[shape].fullmatch(narrow) is None:
        return Refusal(_CODES[shape], {"text": line})
    return narrow
