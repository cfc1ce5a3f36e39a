"""What a page tells of a number that is chosen: its cell, its question, its source."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.form.model import Edition, Question
from assistant.messages import Sentences

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
    basis = sentences.say(f"bases.{rule.basis}")
    source = "" if rule.source == basis else rule.source
    yield "source", sentences.say("web.source_said", source=source, basis=basis)
