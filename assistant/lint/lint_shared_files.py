"""The files that all editions share: `wording.yaml` and `typography.yaml`."""

from collections import Counter
from itertools import chain

from assistant.form.model.typography import Typography
from assistant.lint.problems import Fault, ProblemList
from assistant.messages import Sentences
from assistant.storage.errors import LibraryError

_WORDING, _TYPOGRAPHY = "wording.yaml", "typography.yaml"
_POINT = 25.4 / 72
"""Millimetres."""
_LEAST_TEXT = 100
"""Millimetres of a type area that can be read."""


def lint_sentences(sentences: Sentences, shipped: Sentences) -> tuple[Fault, ...]:
    """Compare the sentences of an expert's copy with the shipped ones, code by code."""
    problems = ProblemList(shipped)
    for code in shipped.codes:
        if not sentences.has(code):
            problems.add(_WORDING, "no_sentence", name=code)
    for code in sentences.codes:
        try:
            problems.check_marks(_WORDING, code, sentences.words(code))
            known = shipped.names(code) if shipped.has(code) else frozenset()
            for name in sorted(sentences.names(code) - known):
                problems.add(_WORDING, "odd_name", code=code, name=name)
        except LibraryError:
            problems.add(_WORDING, "broken_sentence", name=code)
    return tuple(problems.faults)


def lint_typography(typography: Typography, sentences: Sentences) -> tuple[Fault, ...]:
    """Find values that contradict each other."""
    problems = ProblemList(sentences)
    width, height = typography.text_width, typography.text_height
    if min(width, height) < _LEAST_TEXT:
        problems.add(_TYPOGRAPHY, "no_room", width=f"{width:g}", height=f"{height:g}")
    body = typography.styles.paragraph
    if body.line is not None and body.line * typography.grid.lines * _POINT > height + _POINT:
        problems.add(
            _TYPOGRAPHY, "lines_too_high", line=f"{body.line:g}", lines=typography.grid.lines
        )
    look = typography.table
    if look.label + look.unit + look.number > width:
        problems.add(_TYPOGRAPHY, "table_too_wide", width=f"{width:g}")
    styles = typography.roles
    names = Counter(style.name for style in styles.values())
    for name, count in names.items():
        if count > 1:
            problems.add(_TYPOGRAPHY, "style_twice", name=name)
    known = {font.name for font in typography.fonts}
    number = typography.page_number
    used = chain(
        (number.font, number.western),
        *((style.font, style.western) for style in styles.values()),
    )
    for font in dict.fromkeys(used):
        if font not in known:
            problems.add(_TYPOGRAPHY, "font_unknown", name=font)
    return tuple(problems.faults)
