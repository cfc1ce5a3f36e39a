"""A report to a web page, with a box that tells of each number where it comes from."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.export.formats.web import INDENT
from assistant.form.model import Edition, Question
from assistant.messages import Sentences
from assistant.report import Block, Head, Span, Table, TableRow
from assistant.values import parse_numeral

if TYPE_CHECKING:
    from assistant.report.draft import Draft

_WORDS = (
    "place", "ask", "rule", "source", "in_table", "in_text", "close", "again", "choose",
)  # fmt: skip
"""Words of the box beside the page, by their codes."""

Legend = dict[str, dict[str, object]]


def make_legend(draft: "Draft", sentences: Sentences) -> Legend:
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
            cells[cell] = dict(_cell(cell, edition, sentences))
    words = {code: sentences.say(f"web.{code}") for code in _WORDS}
    return {"words": dict(words), "figures": figures, "cells": cells}


def _how(how: str, edition: Edition, sentences: Sentences) -> str:
    """How a figure follows from its cell; empty where it is the cell itself."""
    kind, _, whole = how.partition(".")
    if kind == "share_of":
        return sentences.say("web.share_of", whole=edition.name(whole))
    return sentences.say(f"web.how_{kind}") if sentences.has(f"web.how_{kind}") else ""


def _cell(cell: str, edition: Edition, sentences: Sentences) -> Iterator[tuple[str, str]]:
    if sentences.has(f"figures.{cell}"):
        yield "name", sentences.say(f"figures.{cell}")
        return
    yield "name", edition.name(cell)
    place = edition.place_of(cell)
    inside = edition.cells.get(cell)
    part = edition.part_title(inside) if inside is not None and inside.grid else ""
    if part:
        yield "place", sentences.say("web.place_in_section", place=place, part=part).strip()
    elif place:
        yield "place", sentences.say("web.place_in_table", place=place)
    question = inside or edition.questions.get(cell)
    if question is not None:
        yield from _question(question, sentences)


def _question(question: Question, sentences: Sentences) -> Iterator[tuple[str, str]]:
    rule = question.help.rule
    yield "ask", question.ask
    yield "rule", rule.text
    basis, source = rule.basis_and_source(sentences)
    yield "source", sentences.say("web.source_said", source=source, basis=basis)


_HERE = Path(__file__).parent
_TAGS = {"title": "h1", "heading": "h2", "subheading": "h3"}
_FEW = 1
"""Columns of numbers that fit a phone beside the labels, whatever they say."""


@lru_cache(maxsize=1)
def _looks() -> tuple[str, str]:
    """Style and script, which stand beside this module as files of their own."""
    style, script = (
        (_HERE / name).read_text(encoding="utf-8").strip() for name in ("page.css", "page.js")
    )
    return style, script


def _policy() -> str:
    """What a browser may run and load: this style and this script, and nothing else."""
    style, script = (
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in _looks()
    )
    rest = "base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; style-src {style}; script-src {script}; {rest}"


def write_page(draft: "Draft", sentences: Sentences) -> str:
    """The page as text."""
    style, script = _looks()
    ids = _ElementIds()
    body = "\n".join(_parts(draft.report.parts, ids))
    legend = json.dumps(make_legend(draft, sentences), ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&":  # the end of a script may not stand in its data
        legend = legend.replace(mark, f"\\u{ord(mark):04x}")
    title = draft.report.title or draft.answers.edition.form_title
    mark = sentences.say("documents.draft_title") if draft.report.is_draft else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(mark + title)}</title>
<style>{style}</style>
</head>
<body>
<article>
{body}
</article>
<aside id="legend" hidden></aside>
<script type="application/json" id="told">{legend}</script>
<script>{script}</script>
</body>
</html>
"""


class _ElementIds:
    """Gives every number of the page an id of its own, `t-received_total-2` in the text."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def next(self, place: str, cell: str) -> str:
        name = f"{place}-{cell}"
        self._counts[name] = number = self._counts.get(name, 0) + 1
        return name if number == 1 else f"{name}-{number}"


def _parts(parts: Iterable[Block | Table], ids: _ElementIds) -> Iterator[str]:
    for number, part in enumerate(parts, 1):
        if isinstance(part, Table):
            yield from _table(part, f"table-{number}", ids)
            continue
        tag = _TAGS.get(part.kind, "p")
        kind = "" if tag != "p" or part.kind == "paragraph" else f' class="{part.kind}"'
        words = _title(part, ids) if part.kind == "title" else _inline(part.spans, "t", ids)
        yield f"<{tag}{kind}>{words}</{tag}>"


def _title(block: Block, ids: _ElementIds) -> str:
    """A title in two stretches: it is broken behind the name of the body, if at all."""
    names = [at for at, span in enumerate(block.spans, 1) if span.kind == "contact"]
    cut = names[0] if names else 0
    pieces = (block.spans[:cut], block.spans[cut:])
    return "".join(f"<span>{_inline(piece, 't', ids)}</span>" for piece in pieces if piece)


def _inline(spans: Iterable[Span], place: str, ids: _ElementIds) -> str:
    return "".join(_element(span, place, ids) for span in spans)


def _element(span: Span, place: str, ids: _ElementIds) -> str:
    """A stretch of text; what comes from an answer can be chosen."""
    text = escape(span.text, quote=False)
    if span.kind not in ("figure", "whole", "gap"):
        return text
    name = escape(ids.next(place, span.id))
    told = f'id="{name}" data-of="{escape(span.id)}"'
    if span.kind == "figure":
        return f'<data value="{escape(_plain(span.text))}" {told}>{text}</data>'
    tag = "mark" if span.kind == "gap" else "span"
    return f"<{tag} {told}>{text}</{tag}>"


def _plain(text: str) -> str:
    """The number that a print says, for machines: 2 of 两; dates stay as they are."""
    numeral = parse_numeral(text)
    return text if numeral is None else str(numeral)


def _table(table: Table, name: str, ids: _ElementIds) -> Iterator[str]:
    kind = "annex" if table.is_annex else "inner"
    yield f'<section class="{kind}">'
    for role, spans in table.above():
        tag = "h2" if role == "title" else "p"
        own = f' id="{name}"' if role == "title" else ""
        yield f'<{tag} class="table-{role}"{own}>{_inline(spans, "t", ids)}</{tag}>'
    size = "wide" if table.numbers > _FEW else "narrow"
    said = f' aria-labelledby="{name}"' if table.title else ""
    # the border is for where a copy goes: there the style may be gone
    yield f'<div class="{size}"><table border="1"{said}>'
    if table.head:
        yield "<thead>"
        yield from (f"<tr>{''.join(map(_head, row))}</tr>" for row in table.head)
        yield "</thead>"
    yield "<tbody>"
    yield from (_row(table, row, ids) for row in table.rows)
    yield "</tbody></table></div>\n</section>"


def _head(head: Head) -> str:
    scope = "colgroup" if head.across > 1 else "col"
    across = f' colspan="{head.across}"' if head.across > 1 else ""
    down = f' rowspan="{head.down}"' if head.down > 1 else ""
    return f'<th scope="{scope}"{across}{down}>{escape(head.text, quote=False)}</th>'


def _row(table: Table, row: TableRow, ids: _ElementIds) -> str:
    label = f'th scope="row" class="d{row.indent}"'
    tags = [label if column == "label" else "td" for column in table.stub]
    tags += ['td class="n"'] * table.numbers
    cells = zip(tags, table.cells_of(row, INDENT), strict=True)
    written = (f"<{tag}>{_element(cell, 'c', ids)}</{tag[:2]}>" for tag, cell in cells)
    return f"<tr>{''.join(written)}</tr>"
