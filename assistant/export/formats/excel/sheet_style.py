"""How every workbook looks: the styles of cells, and the height that words need."""

from collections.abc import Iterable
from math import ceil

from assistant.form.model.typography import TextStyle, Typography
from assistant.values.line_breaking import columns

Look = dict[str, object]
"""Properties of a cell's format, as XlsxWriter calls them."""
_BORDER: Look = {"border": 1, "border_color": "#555555"}
_MIDDLE: Look = {"align": "center", "valign": "vcenter", "text_wrap": True}
_LEFT: Look = {"align": "left", "valign": "vcenter", "text_wrap": True}
_GAP: Look = {"bg_color": "#FFF2A8"}
_HEAD: Look = {"bg_color": "#F3F3EF"}
_DRAFT: Look = {"font_color": "#9A1F1F"}
_DEEPEST = 9
"""Characters a label may stand in."""
_PADDING = 1.5
"""Of the width of a cell, left free."""
_LEADING, _AIR = 14, 4
"""Points of a line of words, and above and below them."""
INDENT = 1.8
"""Width of one step of indent."""
NUMBER = "0.######"
COUNT = "0"
WORDS = "@"


def looks(typography: Typography) -> dict[str, Look]:
    """The styles of cells by name, those of Word documents' tables."""
    styles = typography.styles
    words, head = _font(styles.table_label), _font(styles.table_head)
    body = _font(styles.table_body)
    return {
        "draft": {**_font(styles.table_head, 12), **_DRAFT, **_LEFT},
        "title": {**_font(styles.table_title, 18), **_MIDDLE},
        "year": {**_font(styles.table_year, 12), **_MIDDLE},
        "body": {**body, **_LEFT},
        "signs": {**body, **_LEFT},
        "head": {**head, **_HEAD, **_BORDER, **_MIDDLE},
        "words": {**words, **_BORDER, **_MIDDLE},
        "gap": {**words, **_GAP, **_BORDER, **_MIDDLE},
        "number": {**words, **_BORDER, **_MIDDLE, "num_format": COUNT},
        "decimal": {**words, **_BORDER, **_MIDDLE, "num_format": NUMBER},
        **{
            label_style(indent): {**words, **_BORDER, **_LEFT, "indent": indent}
            for indent in range(_DEEPEST + 1)
        },
    }


def _font(style: TextStyle, size: float = 0) -> Look:
    """A font of no known family, so that no program puts another kind of font in its place."""
    return {"font_name": style.font, "font_size": size or style.size, "font_family": 0}


def label_style(indent: int) -> str:
    """The style of a label that stands in from the left."""
    return f"label {min(indent, _DEEPEST)}"


def fit(cells: Iterable[tuple[str, float]]) -> float:
    """Points that a row needs for the words of its cells in the widths that they have.

    Not every program measures rows of wrapped words itself.
    """
    most = 1
    for text, width in cells:
        room = max(1, width - _PADDING)
        if len(text) * 2 > room or "\n" in text:
            lines = (max(1, ceil(columns(line) / room)) for line in text.split("\n"))
            most = max(most, sum(lines))
    return _LEADING * most + _AIR
