"""Punctuation of Chinese text: half-width marks, sentences without an end."""

import re
from collections.abc import Iterator

_HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff》」”][,;:?!()]|[,;:?!()][\u4e00-\u9fff《「“]|[\u4e00-\u9fff》」”]\.(?![0-9A-Za-z])"
)
_ENDS = "。！？…"
_CLOSES = "”’』」）)》】"


def half_width_marks(text: str) -> Iterator[str]:
    """Each half-width mark beside Chinese characters, with the one it stands beside: `训,`."""
    yield from (match[0] for match in _HALF_WIDTH.finditer(text))


def has_end(text: str) -> bool:
    """Whether the last sentence of a text has its full stop, perhaps within quotation marks."""
    return text.rstrip().rstrip(_CLOSES)[-1:] in _ENDS or text.rstrip()[-1:] in _ENDS
