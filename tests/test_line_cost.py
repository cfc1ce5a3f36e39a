"""No line hangs: the work of reading one grows no faster than the line."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import NamedTuple

import pytest

from assistant.answers import Answer, Answers, read_entry
from assistant.checks.own_text import TEXT
from assistant.checks.runner import run_checks
from assistant.form.model import Edition, Question
from assistant.intents import names_of, names_rows, nearest
from assistant.storage.yaml_text import Node
from assistant.values import TEXT_LIMIT
from tests.data.drawn_lines import SHELF, WORDS, read
from tests.machines import talk

PROSE = "群众反映材料较多，公开栏改版以后没有计入统计的口径、单位全称改成某某镇人民政府。"
NAME = "当面申请数"
SHAPES = {
    "prose": PROSE,
    "digits": "9",
    "grouped digits": "1,234",
    "numerals": "二十三",
    "denials": "没有",
    "true denials": "没有复议，",
    "commas": "，",
    "blanks": " ",
    "brackets": "（",
    "one name": NAME,
    "one named number": f"{NAME}5 ",
    "one change": f"{NAME}改成1，",
    "own text": "单位全称改成甲，",
    "slips": "制发改成",
    "rows": f"{NAME}\t1\n",
    "lines": "甲\n",
    "cells": "甲\t",
    "column": "1\n",
    "figures": "1 ",
    "listed figures": "1，",
    "deferrals": "需要",
    "put off": "我再要先去还得",
    "questions": "什么是",
    "letters": "A、",
    "options": "自然人、网站和",
    "numbering": "三、（一）1.其中：",
    "year": "我把报告的年度错了",
}
ALL_SHAPES = [*SHAPES, "names"]
"""The last has the names of all questions one after the other."""
SHORT, TIMES, LONG = 500, 4, 100_000
PLACES = ("count", "count of a table", "choices", "text", "list")
CALLS = 12
"""Calls a character that no line may need, however long."""
PASSES = 200
"""Times that methods of text may go over a whole line; one is a single call, however long it is."""
EDITIONS = ["national-2014", "national-2021"]
Reader = Callable[[str], object]


def filled(edition: Edition, shape: str, length: int) -> str:
    """A line of a shape, so many characters long."""
    names = "".join(f"{each.label}5，" for each in edition.asked.values())
    piece = SHAPES.get(shape, names)
    line = (piece * (length // len(piece) + 1))[:length]
    return f"甲{line}乙" if shape == "blanks" else line


def readers(edition: Edition) -> dict[str, Reader]:
    """What reads a line, by the kind of question on the screen, and what reads it besides."""
    kinds = {
        f"{each.kind}{' of a table' if getattr(each, 'grid', '') else ''}": each
        for each in reversed(list(edition.asked.values()))
    }
    places = [kind for kind in PLACES if kind in kinds]
    index = names_of(edition)
    return {
        **{kind: partial(read, asked=kinds[kind], edition=edition) for kind in places},
        "a reason": partial(read, asked=kinds["count"], edition=edition, is_reason=True),
        "nearest": partial(nearest, index=index, words=WORDS),
        "rows": partial(names_rows, index=index),
    }


class Work(NamedTuple):
    """What reading a line took."""

    calls: Counter[str]
    """How often each function was called, those of the standard library and of C too."""
    lengths: list[int]
    """Of each text that one of its own methods went over."""


def work(do: Reader, line: str) -> Work:
    """Read a line and count."""
    names: list[str] = []
    lengths: list[int] = []

    def count(frame: FrameType, event: str, arg: object) -> None:
        if event == "call":
            names.append(frame.f_code.co_name)
        elif event == "c_call":
            text = getattr(arg, "__self__", None)
            lengths.append(len(text) if isinstance(text, str) else 0)

    sys.setprofile(count)
    try:
        do(line)
    finally:
        sys.setprofile(None)
    return Work(Counter({"C": len(lengths)}) + Counter(names), lengths)


def calls(do: Reader, line: str) -> Counter[str]:
    """How often each function was called."""
    return work(do, line).calls


@pytest.fixture(scope="module", autouse=True)
def names_are_known() -> None:
    """Collect the names of the editions before calls are counted."""
    for edition in map(SHELF.edition, EDITIONS):
        for reader in readers(edition).values():
            for line in (PROSE, "甲 1\n乙 2", "没有甲"):
                reader(line)


@pytest.mark.parametrize("shape", ALL_SHAPES)
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_work_grows_no_faster_than_the_line(edition_id: str, shape: str) -> None:
    """Four times as long it would be sixteen times the work, if it grew with the square."""
    edition = SHELF.edition(edition_id)
    short, long = (filled(edition, shape, length) for length in (SHORT, SHORT * TIMES))
    for place, reader in readers(edition).items():
        once, more = (calls(reader, line).total() for line in (short, long))
        assert more <= 2 * TIMES * once + SHORT, place


@pytest.mark.parametrize("shape", ALL_SHAPES)
def test_endless_line_is_read_in_few_calls(shape: str) -> None:
    edition = SHELF.edition(EDITIONS[-1])
    line = filled(edition, shape, LONG)
    for place, reader in readers(edition).items():
        if place in ("count", "a reason", "nearest"):
            done = work(reader, line)
            assert done.calls.total() <= CALLS * LONG, place
            assert sum(done.lengths) <= PASSES * LONG, place


OWN_TEXT = {
    **SHAPES,
    "own prose": "本镇高度重视政府信息公开工作，收到申请3件，均按时办结；未收到行政复议。",
    "shares": "共3件，其中1件，占3%，",
    "lists": "其中1件、2件，",
    "claims": "主动公开政府信息1条，",
    "another's": "诉求1件，办结1件，",
    "sentences": "甲；",
    "until": "截至",
    "titles": "《",
    "year of another": "2015年，",
    "of": "的",
}
CALLS_OF_CHECKS = 40
"""Calls a character that all checks of own text may need, however long it is."""


@pytest.mark.parametrize("shape", OWN_TEXT)
def test_own_text_is_checked_in_few_calls(shape: str) -> None:
    edition = SHELF.edition(EDITIONS[-1])
    slot = next(fact.id for fact in edition.facts if fact.kind == "text" and fact.span == "own")
    numbers = {cell: Answer(1) for cell in edition.questions if cell in edition.cells}
    text = Answer((OWN_TEXT[shape] * TEXT_LIMIT)[:TEXT_LIMIT])
    answers = Answers(edition, edition.years.first, {**numbers, slot: text})
    rules = [each for each in edition.rules if each.kind in TEXT]
    few = replace(answers, given={**numbers, slot: Answer("收到申请3件。")})
    run_checks(few, None, SHELF.sentences, rules)  # what is made once an edition is made
    done = calls(lambda _: run_checks(answers, None, SHELF.sentences, rules), "")
    assert done.total() <= CALLS_OF_CHECKS * TEXT_LIMIT


def _read(question: Question, node: Node, _: str) -> object:
    return read_entry(question, node)


@pytest.mark.parametrize("shape", OWN_TEXT)
def test_long_answer_is_read_in_few_calls(shape: str) -> None:
    """At a question of every kind and shape, from a file as from the keyboard."""
    length = LONG // 10
    asked = {
        (each.kind, getattr(each, "shape", ""), len(getattr(each, "columns", ()))): each
        for each in SHELF.edition(EDITIONS[-1]).asked.values()
    }
    for question in asked.values():
        node = Node((OWN_TEXT[shape] * length)[:length], 0)
        done = calls(partial(_read, question, node), "")
        assert done.total() <= CALLS * length, question.id


@pytest.mark.parametrize(
    ("line", "readings"), [("39", 1), ("网站改成39", 2), ("3\n2\n1", 4), ("9x", 1)]
)
def test_an_answer_is_read_once(line: str, readings: int) -> None:
    """What is read besides is the line as an answer to the question on the screen."""
    now = talk("channel_website")
    now.type("/跳到 channel_website")
    assert calls(now.type, line)["read_entry"] == readings
