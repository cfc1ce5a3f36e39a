"""Asking back: the meanings a line may have, in words, one of them to be chosen."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.events import Event
from assistant.intents import (
    Answered,
    AskAbout,
    Command,
    Going,
    Intent,
    Reply,
    UnknownCommand,
    vocabulary,
)
from assistant.interview.state import Interview, Turn, WantChoice


def ask_back(interview: Interview, readings: Sequence[Intent], typed: str) -> Turn:
    """List the meanings a line may have, to be chosen by number."""
    lines = tuple(
        interview.say("option", number=number, label=_describe(interview, reading))
        for number, reading in enumerate(readings, start=1)
    )
    made = replace(interview, pending=WantChoice(tuple(readings), typed, interview.standing))
    return Turn(made, (Event("ask", interview.say("which_one", typed=typed), lines=lines),))


def _describe(interview: Interview, reading: Intent) -> str:
    """One meaning in words: 把「政府网站公开政府信息数」改为28."""
    say = interview.say
    if isinstance(reading, Reply):
        return say("means_reply", text=reading.text.strip())
    if isinstance(reading, Command):
        words = vocabulary(interview.sentences).main_words[reading.name]
        return say("means_command", word=f"{words} {reading.argument}".strip())
    if isinstance(reading, Answered):
        entries = [f"「{_name(interview, name)}」{text}" for name, text in reading.entries]
        return say("means_answers", entries="、".join(entries))
    if isinstance(reading, AskAbout):
        return say("means_question", name=_names(interview, reading.topics))
    if isinstance(reading, Going):
        return say("means_going", name=_names(interview, reading.topics))
    assert isinstance(reading, UnknownCommand)  # noqa: S101  nothing else is ever asked back
    return reading.word


def _names(interview: Interview, topics: Sequence[str]) -> str:
    return "、".join(_name(interview, topic) for topic in topics[:3])


def _name(interview: Interview, name: str) -> str:
    edition = interview.edition
    place = edition.place_of(name)
    return f"{place}　{edition.name(name)}" if place else edition.name(name)
