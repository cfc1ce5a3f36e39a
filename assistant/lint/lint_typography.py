"""`typography.yaml`: the page adds up, the grid fits, every font and style is told once."""

from collections import Counter
from itertools import chain

from assistant.form.model.typography import Typography
from assistant.lint.problems import Fault, ProblemList
from assistant.messages import Sentences

_FILE = "typography.yaml"
_POINT = 25.4 / 72
"""Millimetres."""
_LEAST_TEXT = 100
"""Millimetres of a type area that can be read."""


def lint_typography(typography: Typography, sentences: Sentences) -> tuple[Fault, ...]:
    """Find values that contradict each other."""
    complaints = ProblemList(sentences)
    width, height = typography.text_width, typography.text_height
    if min(width, height) < _LEAST_TEXT:
        complaints.add(_FILE, "no_room", width=f"{width:g}", height=f"{height:g}")
    body = typography.styles.paragraph
    if body.line is not None and body.line * typography.grid.lines * _POINT > height + _POINT:
        complaints.add(_FILE, "lines_too_high", line=f"{body.line:g}", lines=typography.grid.lines)
    look = typography.table
    if look.label + look.unit + look.number > width:
        complaints.add(_FILE, "table_too_wide", width=f"{width:g}")
    styles = typography.roles
    names = Counter(style.name for style in styles.values())
    for name, count in names.items():
        if count > 1:
            complaints.add(_FILE, "style_twice", name=name)
    known = {font.name for font in typography.fonts}
    number = typography.page_number
    used = chain(
        (number.font, number.western),
        *((style.font, style.western) for style in styles.values()),
    )
    for font in dict.fromkeys(used):
        if font not in known:
            complaints.add(_FILE, "font_unknown", name=font)
    return tuple(complaints.faults)
