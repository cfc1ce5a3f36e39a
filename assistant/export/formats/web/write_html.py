"""A report to a web page, with a box that tells of each number where it comes from."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path

from assistant.export.formats.web import INDENT
from assistant.form.model import Edition
from assistant.form.model.typography import LineEdges
from assistant.messages import Sentences
from assistant.report import Block, PrintedCell, PrintedRow, Span, Table, printed_grid
from assistant.report.draft import Draft
from assistant.values import parse_numeral
from assistant.values.line_breaking import longest_word

_WORDS = (
    "place", "ask", "rule", "source", "in_table", "in_text", "close", "again", "choose",
)  # fmt: skip
"""Words of the box beside the page, by their codes."""


def make_legend(draft: Draft, sentences: Sentences) -> dict[str, dict[str, object]]:
    """All that the box beside the page may say, by the id of the figure.

    `{"words": {"ask": "问题"}, "figures": {"received_total.rate": {"cell": "received_total",
    "how": "……"}}, "cells": {"received_total": {"name": "收到申请数", "ask": "……？"}}}`
    """
    edition = draft.answers.edition
    told = {span.id for span in draft.report.spans() if span.kind in ("figure", "whole", "gap")}
    figures: dict[str, object] = {}
    cells: dict[str, object] = {}
    for name in sorted(told):
        cell = edition.owner(name)
        how = name.removeprefix(cell).removeprefix(".")
        figures[name] = {"cell": cell, "how": _how(how, edition, sentences)}
        if cell not in cells:
            cells[cell] = _cell(cell, edition, sentences)
    words: dict[str, object] = {code: sentences.say(f"web.{code}") for code in _WORDS}
    return {"words": words, "figures": figures, "cells": cells}


def _how(how: str, edition: Edition, sentences: Sentences) -> str:
    """How a figure follows from its cell; empty where it is the cell itself."""
    kind, _, whole = how.partition(".")
    if kind == "share_of":
        return sentences.say("web.share_of", whole=edition.name(whole))
    return sentences.say(f"web.how_{kind}") if sentences.has(f"web.how_{kind}") else ""


def _cell(cell: str, edition: Edition, sentences: Sentences) -> dict[str, str]:
    if sentences.has(f"figures.{cell}"):
        return {"name": sentences.say(f"figures.{cell}")}
    told = {"name": edition.name(cell)}
    place = edition.place_of(cell)
    inside = edition.cells.get(cell)
    part = edition.part_title(inside) if inside is not None and inside.grid else ""
    if part:
        told["place"] = sentences.say("web.place_in_section", place=place, part=part).strip()
    elif place:
        told["place"] = sentences.say("web.place_in_table", place=place)
    question = inside or edition.questions.get(cell)
    if question is not None:
        rule = question.help.rule
        basis, source = rule.basis_and_source(sentences)
        said = sentences.say("web.source_said", source=source, basis=basis)
        told |= {"ask": question.ask, "rule": rule.text, "source": said}
    return told


_HERE = Path(__file__).parent
_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3"}
_SHORT = 32
"""Letters of an address that a phone has room for on one line."""
_FEW = 1
"""Columns of numbers that fit a phone beside the labels, whatever they say."""


@lru_cache(maxsize=1)
def _looks() -> tuple[str, str]:
    """Style and script, which stand beside this module as files of their own."""
    style, script = (
        (_HERE / name).read_text(encoding="utf-8").strip() for name in ("page.css", "page.js")
    )
    return style, script


def _policy(*, has_script: bool) -> str:
    """What a browser may run and load: this style, perhaps this script, and nothing else."""
    style, script = (
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in _looks()
    )
    allowed = f"style-src {style}; " + (f"script-src {script}; " if has_script else "")
    return f"default-src 'none'; {allowed}base-uri 'none'; form-action 'none'"


def write_page(draft: Draft, sentences: Sentences, edges: LineEdges, *, is_public: bool) -> str:
    """The page as text, numbers and addresses whole as the edges of lines want them.

    Args:
        draft: What it says.
        sentences: The words around it.
        edges: What no line ends or begins with.
        is_public: Whether it is for a site: no number leads anywhere, and nothing runs.
    """
    body = "\n".join(_parts(draft.report.parts, _Inline(edges, can_choose=not is_public)))
    behind = "" if is_public else _box(draft, sentences)
    title = draft.report.title or draft.answers.edition.form_title
    mark = sentences.say("documents.draft_title") if draft.report.is_draft else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_policy(has_script=not is_public))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(mark + title)}</title>
<style>{_looks()[0]}</style>
</head>
<body>
<article>
{body}
</article>
{behind}</body>
</html>
"""


def _box(draft: Draft, sentences: Sentences) -> str:
    """The box beside the page, with its data and its script."""
    legend = json.dumps(make_legend(draft, sentences), ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&":  # the end of a script may not stand in its data
        legend = legend.replace(mark, f"\\u{ord(mark):04x}")
    return f"""<aside id="legend" hidden></aside>
<script type="application/json" id="told">{legend}</script>
<script>{_looks()[1]}</script>
"""


class _Inline:
    """Writes stretches of text; every number is an element with an id of its own.

    A number stays on one line with its unit, and so does a telephone number or short address.
    """

    def __init__(self, edges: LineEdges, *, can_choose: bool) -> None:
        self._can_choose = can_choose
        self._counts: dict[str, int] = {}
        self._edges = edges
        self._numbers = _with_units(edges.units)

    def paragraph(self, spans: Sequence[Span]) -> str:
        """The stretches of a paragraph or heading."""
        texts = [span.text for span in spans]
        made: list[str] = []
        for at, span in enumerate(spans):
            element = self.element(span._replace(text=texts[at]), "t")
            if span.kind == "figure" and at + 1 < len(spans) and spans[at + 1].kind == "plain":
                rest = texts[at + 1].lstrip(self._edges.units)
                if unit := texts[at + 1].removesuffix(rest):
                    element = _one(element + escape(unit, quote=False))
                    texts[at + 1] = rest
            made.append(element)
        return "".join(made)

    def is_uneven(self, spans: Iterable[Span]) -> bool:
        """Whether the line before a long word would be spread over the page."""
        return longest_word("".join(span.text for span in spans)) >= self._edges.word

    def element(self, span: Span, place: str) -> str:
        """A stretch of text; what comes from an answer can be chosen."""
        text = self._numbers.sub(lambda match: _one(match[0]), escape(span.text, quote=False))
        if span.kind == "contact" and span.text.isascii() and len(span.text) <= _SHORT:
            text = _one(text)
        if span.kind not in ("figure", "whole", "gap"):
            return text
        if not self._can_choose:
            return f"<mark>{text}</mark>" if span.kind == "gap" else text
        name = escape(self._next_id(place, span.id))
        told = f'id="{name}" data-of="{escape(span.id)}"'
        if span.kind == "figure":
            return f'<data value="{escape(_plain(span.text))}" {told}>{text}</data>'
        tag = "mark" if span.kind == "gap" else "span"
        return f"<{tag} {told}>{text}</{tag}>"

    def _next_id(self, place: str, cell: str) -> str:
        """The id of a number's next element, `t-received_total-2` in the text."""
        name = f"{place}-{cell}"
        self._counts[name] = number = self._counts.get(name, 0) + 1
        return name if number == 1 else f"{name}-{number}"


@lru_cache(maxsize=4)
def _with_units(units: str) -> re.Pattern[str]:
    """A number and the characters behind it that no line begins with."""
    return re.compile(f"(?<![0-9.])[0-9.]++[{re.escape(units)}]++")


def _one(text: str) -> str:
    return f'<span class="one">{text}</span>'


def _parts(parts: Iterable[Block | Table], inline: _Inline) -> Iterator[str]:
    for number, part in enumerate(parts, 1):
        if isinstance(part, Table):
            yield from _table(part, f"table-{number}", inline)
            continue
        tag = _TAGS.get(part.kind, "p")
        kind = "" if tag != "p" or part.kind == "paragraph" else f' class="{part.kind}"'
        if part.kind == "paragraph" and inline.is_uneven(part.spans):
            kind = ' class="uneven"'
        words = _title(part, inline) if part.kind == "title" else inline.paragraph(part.spans)
        yield f"<{tag}{kind}>{words}</{tag}>"


def _title(block: Block, inline: _Inline) -> str:
    """A title in two stretches: it is broken behind the name of the body, if at all."""
    names = [at for at, span in enumerate(block.spans, 1) if span.kind == "contact"]
    cut = names[0] if names else 0
    pieces = (block.spans[:cut], block.spans[cut:])
    return "".join(f"<span>{inline.paragraph(piece)}</span>" for piece in pieces if piece)


def _plain(text: str) -> str:
    """The number that a print says, for machines: 2 of 两; dates stay as they are."""
    numeral = parse_numeral(text)
    return text if numeral is None else str(numeral)


def _table(table: Table, name: str, inline: _Inline) -> Iterator[str]:
    kind = "annex" if table.is_annex else "inner"
    grid = printed_grid(table)
    yield f'<section class="{kind}">'
    for role, spans in table.above():
        tag = "h2" if role == "title" else "p"
        own = f' id="{name}"' if role == "title" else ""
        yield f'<{tag} class="table-{role}"{own}>{inline.paragraph(spans)}</{tag}>'
    size = "wide" if table.numbers > _FEW or table.shared else "narrow"
    # a caption would have to be seen: copies keep what a style hides, and sites drop it
    said = f'aria-labelledby="{name}"' if table.title else f'aria-label="{escape(table.caption)}"'
    # the border is for where a copy goes: there the style may be gone
    yield f'<div class="{size}"><table border="1" {said}>'
    if table.shared:
        yield f'<colgroup><col class="of{grid.width}" span="{grid.width}"></colgroup>'
    if grid.heads:
        yield "<thead>"
        yield from (_row(cells, inline) for cells in grid.heads)
        yield "</thead>"
    yield "<tbody>"
    yield from (_row(cells, inline) for cells in grid.rows)
    yield "</tbody></table></div>\n</section>"


def _row(cells: PrintedRow, inline: _Inline) -> str:
    written = (_cell_element(cell, inline) for cell in cells if not cell.is_below)
    return f"<tr>{''.join(written)}</tr>"


def _cell_element(cell: PrintedCell, inline: _Inline) -> str:
    """A cell; those that say what others are have their direction, over all they reach along."""
    tag, told = "td", ""
    if cell.role == "head":
        tag, told = "th", ' scope="col"'
    elif cell.role == "heading":
        tag, told = "th", ' scope="row" class="group"'
    elif cell.role == "label":
        tag, told = "th", f' scope="row" class="d{cell.indent}"'
    elif cell.role == "number":
        told = ' class="n"'
    told += f' colspan="{cell.across}"' if cell.across > 1 else ""
    told += f' rowspan="{cell.down}"' if cell.down > 1 else ""
    indent = INDENT * cell.indent
    return f"<{tag}{told}>{indent}{inline.element(cell.span, 'c')}</{tag}>"
