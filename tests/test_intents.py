"""What an official types, at which question, and what it means: one line of the table each."""

import pytest

from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.intents import (
    Answered,
    AskAbout,
    Blank,
    Command,
    Going,
    Intent,
    Pasted,
    Reply,
    Unclear,
    UnknownCommand,
    parse_line,
    vocabulary,
)
from assistant.intents.meaning import InTurn, NoSuchValue
from tests.data.cases import cases

SITE, OWN, END = "channel_website", "own_1", ""
LONG = {
    "one sign": "甲" * 20_000,
    "slashed": "/" + "上" * 20_000,
    "digits": "9" * 20_000,
    "blanks": f"网站{' ' * 20_000}甲",
    "names": "网站1 " * 2_000 + "甲",
    "one name": "被依法纠错数1 " * 400,
    "two values": "".join(f"网站{number} " for number in range(400)),
    "rows": "网站\t1\n" * 2_000,
    "cells": "网站\t" * 2_000,
    "changes": "单位全称改成甲，" * 300,
    "denials": "没有" * 5_000,
    "questions": "什么是" * 5_000 + "怎么填",
}


def told(intent: Intent | InTurn) -> str:
    """A reading in a few words, as the tables have it."""
    match intent:
        case Blank():
            return "空行"
        case Command(name, argument):
            return f"/{name} {argument}".strip()
        case UnknownCommand(word, near):
            return f"/{word}？ {' '.join(near)}".strip()
        case Reply(text):
            return f"答 {text.strip()}"
        case Answered(entries, wants_consent):
            return _entries(entries) + ("？" if wants_consent else "")
        case Pasted(entries, blank, left_over):
            parts = (f"贴 {_entries(entries)}", *(f"空 {name}" for name in blank))
            return "；".join((*parts, *(f"余 {each.line}" for each in left_over)))
        case AskAbout(topics) | Going(topics):
            verb = "问" if isinstance(intent, AskAbout) else "去"
            return f"{verb} {' '.join(topics)}".strip()
        case NoSuchValue(words):
            return f"没有 {words}"
        case Unclear(readings):
            return " | ".join(map(told, readings))
        case InTurn():
            raise AssertionError(intent)


def _entries(entries: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{name}={text}" for name, text in entries)


@pytest.fixture(scope="session")
def read_as(shelf: Library, edition: Edition):
    """Read a line at a question and tell the reading."""
    words = vocabulary(shelf.sentences)

    def read(line: str, asked: str, *, is_reason: bool = False) -> str:
        question = edition.questions.get(asked)
        return told(parse_line(line, question, edition, words, is_reason=is_reason))

    return read


@pytest.mark.parametrize(("line", "asked", "meaning"), cases("typed_lines"))
def test_line_is_read_as_it_is_meant(line: str, asked: str, meaning: str, read_as) -> None:
    assert read_as(line, asked) == meaning


@pytest.mark.parametrize(("line", "meaning"), cases("typed_reasons"))
@pytest.mark.parametrize("asked", [SITE, OWN, END])
def test_reason_is_kept_unless_the_line_can_be_none(line, meaning, asked, read_as) -> None:
    assert read_as(line, asked, is_reason=True) == meaning


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
@pytest.mark.parametrize("asked", [SITE, OWN])
def test_endless_line_is_read(line: str, asked: str, read_as) -> None:
    assert read_as(line, asked)
