"""Asking back: the meanings a line may have, in words, one of them to be chosen."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, has_names, row_changes, row_said
from assistant.dialog.interview.apply import read_answer
from assistant.dialog.interview.numbers_of_text import describe_number
from assistant.dialog.interview.state import Interview, Turn, WantChoice
from assistant.intents import (
    LETTERS,
    AboutNumber,
    Answered,
    AskAbout,
    Blank,
    Command,
    Going,
    Intent,
    InTurn,
    Pasted,
    QuestionIndex,
    Reading,
    Reply,
    UnknownCommand,
    Vocabulary,
    is_free_text,
    names_of,
    nearest,
    pick,
    vocabulary,
)
from assistant.messages.events import Choice, Event
from assistant.values import NUMBERS
from assistant.values.characters import first_line


def disambiguate(
    interview: Interview, readings: Sequence[Reading], typed: str, asked: str = "", page: int = 0
) -> Turn:
    """List the meanings a line may have, to be chosen by letter, on pages where they are many.

    A figure chooses none: it may be the next answer, or the number of an option on the screen.

    Args:
        interview: The conversation.
        readings: What may be chosen.
        typed: The line.
        asked: The question in words, where it is not which meaning the line has.
        page: Which page of them, from 0.
    """
    pending = WantChoice(tuple(readings), typed, interview.standing, asked, page)
    made = replace(interview, pending=pending)
    is_one = len(readings) == 1
    text = asked or interview.say("which_one", typed=first_line(typed), is_one=is_one)
    help_line = interview.say("none_of_these", is_one=is_one, page=page + 1, pages=pending.pages)
    choices = choices_of(interview, pending.shown)
    return Turn(made, (Event("ask", text, lines=(help_line,), choices=choices),))


def changed_rows(interview: Interview, reply: Reply) -> Turn | None:
    """Ask about rows that stand and are written again with something else; `None` of any others."""
    name, question = interview.at, interview.edition.questions[interview.at]
    answer = read_answer(interview, name, reply.text, reply.read)
    if not isinstance(answer, Answer):
        return None
    changes = row_changes(question, interview.answers.given[name], answer)
    if not any(each.old for each in changes):
        return None
    return disambiguate(interview, (Answered(((name, reply.text),)),), reply.text)


def choices_of(interview: Interview, readings: Sequence[Reading]) -> tuple[Choice, ...]:
    """Readings as they stand on the screen, each behind its letter."""
    return tuple(
        Choice(letter, _describe(interview, reading), reading)
        for letter, reading in zip(LETTERS, readings, strict=False)
    )


def suggest(interview: Interview, typed: str) -> tuple[Event, ...]:
    """The readings nearest to a line that was not understood, as lines to be typed instead."""
    readings = nearest(typed, names_of(interview.edition), vocabulary(interview.sentences))
    lines = lines_to_type(interview, readings)
    return (Event("note", interview.say("maybe"), lines=lines),) if lines else ()


def lines_to_type(interview: Interview, readings: Sequence[Intent]) -> tuple[str, ...]:
    """Readings with what to type for each, where nothing is to be chosen by number."""
    names, words = names_of(interview.edition), vocabulary(interview.sentences)
    slash = "/" if interview.pending or is_free_text(interview.question) else ""
    return tuple(
        interview.say(
            "type_instead",
            line=slash + _line_of(reading, names, words),
            does=_describe(interview, reading),
        )
        for reading in readings
    )


def _line_of(reading: Intent, names: QuestionIndex, words: Vocabulary) -> str:
    """What to type for a reading: 跳到 微信."""
    if isinstance(reading, Command):
        return words.main_words[reading.name]
    assert isinstance(reading, Going | AskAbout)  # noqa: S101  the others are never suggested
    word = "jump" if isinstance(reading, Going) else "ask"
    return f"{words.main_words[word]} {names.shortest(reading.topics[0])}"


def _describe(interview: Interview, reading: Reading) -> str:
    """One meaning in words: 把「政府网站公开政府信息数」改为28."""
    say = interview.say
    if isinstance(reading, Blank):
        rows = _rows_at_hand(interview)
        return say("means_kept", count=len(rows)) if rows else say("means_later")
    if isinstance(reading, Reply):
        code = "means_reply" if interview.wanted_reason is None else "means_reason"
        return say(code, text=first_line(reading.text))
    if isinstance(reading, Command):
        return _describe_command(interview, reading)
    if isinstance(reading, Answered):
        entries = [_describe_answer(interview, name, text) for name, text in reading.entries]
        totals = [f"「{_name(interview, name)}」{text}" for name, text in reading.totals]
        changed = dict(reading.entries).keys()
        is_new = bool(changed) and changed.isdisjoint(interview.answers.given)
        told = {"entries": "、".join(entries), "totals": "、".join(totals)}
        return say("means_answers", is_new=is_new, **told)
    if isinstance(reading, Pasted):
        return say("means_pasted", count=len(reading.entries))
    if isinstance(reading, InTurn):
        return say("means_in_turn", count=len(reading.lines))
    if isinstance(reading, AskAbout | Going):
        is_one = len(reading.topics) == 1
        code = "means_question" if isinstance(reading, AskAbout) else "means_going"
        names = "、".join(_name(interview, topic) for topic in reading.topics[:3])
        return say(code, name=names, is_one=is_one, words=reading.words)
    if isinstance(reading, UnknownCommand):
        return reading.word
    assert isinstance(reading, AboutNumber)  # noqa: S101  nothing else is ever asked back
    return describe_number(interview, reading)


def _describe_answer(interview: Interview, name: str, text: str) -> str:
    """An answer to be taken, with the one that it replaces."""
    answer, question = interview.answers.given.get(name), interview.edition.questions[name]
    made = read_answer(interview, name, text)
    if isinstance(made, Answer) and question.kind in NUMBERS:
        text = interview.printed(made, question)
    elif isinstance(made, Answer) and answer is not None and answer.rows and has_names(question):
        say, name_of = interview.say, interview.edition.name
        rows = [
            say("means_answer", name=name_of(f"{name}[{each.name}]"), text=each.new, old=each.old)
            for each in row_changes(question, answer, made)
        ]
        if rows:
            return "、".join(rows)
    old = interview.printed(answer, question) if answer else ""
    old = old if old != text else ""
    return interview.say("means_answer", name=_name(interview, name), text=text, old=old)


def _describe_command(interview: Interview, said: Command) -> str:
    """A command in words: 清除这一题的答案."""
    rows = _rows_at_hand(interview)
    if said.name == "drop_row" and (place := pick(said.argument, len(rows))) is not None:
        return interview.say("means_drop", number=place + 1, text=rows[place])
    if said.argument:
        word = vocabulary(interview.sentences).main_words[said.name]
        return interview.say("means_command", word=f"{word} {said.argument}")
    if said.name == "help" and interview.wanted_reason is not None:
        return interview.say("means_why")
    name = "clear" if said.name == "drop_row" and not rows else said.name
    return interview.sentences.say(f"command_help.{name}")


def _rows_at_hand(interview: Interview) -> tuple[str, ...]:
    """The rows of the list on the screen as they are typed; empty where none is."""
    answer, question = interview.answers.given.get(interview.at), interview.question
    if answer is None or question is None or interview.wanted_reason is not None:
        return ()
    return tuple(row_said(question, row) for row in answer.rows)


def _name(interview: Interview, name: str) -> str:
    edition = interview.edition
    place = edition.place_of(name)
    return f"{place}　{edition.name(name)}" if place else edition.name(name)


def page_meant(interview: Interview, pending: WantChoice, said: str) -> int | None:
    """The page that a line turns to; of an empty one the next, `None` behind the last."""
    last = pending.pages - 1
    if said in interview.say("page_words").split():
        return min(pending.page + 1, last)
    if not said:
        return pending.page + 1 if pending.page < last else None
    return pending.page
