"""Labels of rows and columns as real tables print them, and what of them tells nothing apart."""

import re
import unicodedata

from assistant.values.language import phrase

_NUMBERING = phrase(
    r"""(?: {ordinal}{1,3}[、.,] | \({ordinal}{1,3}\)、?                        # 三、（一）
    | \(?[0-9]{1,3}[.、)] | [0-9]{1,3}(?=[\u4e00-\u9fff]) | {of_which} )+"""  # 1. 其中：
)
_NOTE = re.compile(r"\([^()]*\)")
_LONGEST = 400
"""Characters of a text that may be a label; the forms have a fifth of it."""


def squeezed(text: str) -> str:
    """A text without blanks, its marks of one width: 本年新 制作数量 -> 本年新制作数量."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def plain(text: str) -> str:
    """Letters, digits and Chinese characters alone: `第二十条第（一）项` -> `第二十条第一项`."""
    return "".join(each for each in squeezed(text[:_LONGEST]) if each.isalnum()).lower()


def folded_label(label: str) -> str:
    """A label without numbering, marks, blanks and notes in brackets.

    （二）部分公开（区分处理的，只计这一情形） -> 部分公开.
    """
    said = squeezed(label[:_LONGEST])
    numbering = _NUMBERING.match(said)
    bare = said[numbering.end() :] if numbering else said
    return plain(_NOTE.sub("", bare) or bare)
