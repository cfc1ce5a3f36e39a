"""Lines and questions to draw from, made of the names of an edition, and how they are read."""

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import strategies as st

from assistant.form.loader import open_library
from assistant.form.model import Edition, Fact, Indicator, Option, Question
from assistant.intents import (
    Answered,
    AskAbout,
    Going,
    Intent,
    Pasted,
    Unclear,
    is_free_text,
    parse_line,
    vocabulary,
)
from assistant.intents.meaning import InTurn
from assistant.intents.question_index import bare
from assistant.values import MEASURES

SHELF = open_library()
WORDS = vocabulary(SHELF.sentences)
COMMAND_WORDS = {
    word: name
    for name, text in SHELF.sentences.sections["command_words"].items()
    for word in text.split()
}
every_edition = pytest.mark.parametrize("edition_id", SHELF.fillable_ids())
every_list = pytest.mark.parametrize(
    "edition_id", [name for name in SHELF.fillable_ids() if SHELF.edition(name).rows]
)
"""Editions whose form is a list of rows with one number each."""

VERBS = [
    "改成",
    "改为",
    "是",
    "有",
    "：",
    "=",
    "把",
    "没有",
    "什么是",
    "怎么填",
    "其中",
    "数",
    "待核实",
]
MARKS = ["，", "、", "。", "；", " ", "\u3000", "\t", "\n", "\r\n", "“", "”", "？", "/", "／", "|"]
NUMBERS = ["0", "3", "２８", "1,234", "二十三", "十", "两", "没有", "暂缺", "12.5", "约5"]
REST = [
    "\x00",
    "\x1b[0m",
    "\u202e",
    "\ud800",
    "\ue000",
    "😀",
    "İ",
    "ß",
    "٣",
    "½",
    "𝟙",
    "{{",
    "[red]",
]


def read(line: str, asked: Question | None, edition: Edition, *, is_reason: bool = False) -> Intent:
    return parse_line(line, asked, edition, WORDS, is_reason=is_reason)


@cache
def spoken(edition: Edition) -> list[tuple[str, str]]:
    """Every name of every question with the question."""
    found: list[tuple[str, str]] = []
    for name, question in edition.asked.items():
        said = [question.label, question.name, *question.aliases]
        if isinstance(question, Indicator):
            said += [question.short, "" if question.grid else question.as_part]
        found += [(text, name) for text in dict.fromkeys(said) if text]
    return found


@cache
def owners(edition: Edition) -> dict[str, set[str]]:
    """The questions of every name."""
    found: dict[str, set[str]] = {}
    for text, name in spoken(edition):
        found.setdefault(bare(text), set()).add(name)
    return found


@cache
def sole_names(edition: Edition) -> list[tuple[str, str]]:
    """The names of cells that no other question has."""
    return [
        (text, name)
        for text, name in spoken(edition)
        if len(owners(edition)[bare(text)]) == 1 and isinstance(edition.questions[name], Indicator)
    ]


def places(edition: Edition) -> list[Question | None]:
    return [*edition.asked.values(), None]


def short_places(edition: Edition) -> list[Question | None]:
    """Where any line but an answer may be something else than one."""
    return [asked for asked in places(edition) if not is_free_text(asked)]


def drawn(data: st.DataObject, questions: list[Question | None]) -> Question | None:
    """One of some questions, told by its id when a law fails."""
    by_id = {asked.id if asked else "": asked for asked in questions}
    return by_id[data.draw(st.sampled_from(list(by_id)))]


@cache
def lines(edition: Edition) -> st.SearchStrategy[str]:
    """Any text, and texts that look most like something that is meant."""
    names = [text for text, _ in spoken(edition)]
    rows = [row.printed_label for row in edition.rows]
    options = [
        option.label for fact in edition.facts for option in (*fact.options, *options_of(fact))
    ]
    codes = [check.code for check in edition.checks]
    few = [*NUMBERS, *VERBS, *MARKS, *MEASURES, *codes, *REST]
    piece = st.sampled_from([*names, *COMMAND_WORDS, *rows, *options, *few * 6])
    return st.one_of(st.lists(piece, max_size=9).map("".join), st.text(max_size=40))


def options_of(fact: Fact) -> Iterator[Option]:
    return (option for column in fact.columns for option in column.options)


def questions_in(intent: Intent | InTurn) -> set[str]:
    """Every question that a reading names."""
    match intent:
        case Answered(entries):
            return {name for name, _ in entries}
        case Pasted(entries, blank):
            return {name for name, _ in entries} | set(blank)
        case AskAbout(topics) | Going(topics):
            return set(topics)
        case Unclear(readings):
            return set().union(*map(questions_in, readings))
        case _:
            return set()
