"""What was understood of an answer, said back."""

from assistant.answers import Answer, Answers, ListRow, format_answer
from assistant.dialog.interview.state import Interview
from assistant.form.model import Fact, Question
from assistant.messages.events import Event


def echo(interview: Interview, answers: Answers, name: str, text: str) -> Event:
    """Say an answer back: of a list only the rows that are new, of other words also those typed.

    Args:
        interview: The conversation before the answer.
        answers: The answers with it.
        name: Id of the question.
        text: What was typed.
    """
    edition = interview.edition
    answer, question = answers.given[name], edition.questions[name]
    given = interview.answers.given.get(name)
    before = given.rows if given is not None else ()
    if before and answer.rows[: len(before)] == before and len(answer.rows) > len(before):
        return _echo_rows(interview, question, len(before), answer.rows[len(before) :])
    understood = format_answer(answer, question)
    unit = edition.unit(name) if answer.state == "given" and name in answers.numbers else ""
    lines = tuple(understood.split("\n"))
    sentence = interview.say(
        "taken",
        name=edition.name(name),
        text="" if len(lines) > 1 else understood,
        unit=unit,
        typed="" if len(lines) > 1 else other_words(question, understood, text),
        state=interview.say("none_taken") if answer.state == "none" else "",
    )
    return Event("echo", sentence, cell=name, lines=lines if len(lines) > 1 else ())


def other_words(question: Question, understood: str, text: str) -> str:
    """What was typed, where what was understood is told in other words; else empty."""
    typed = text.strip()
    is_heard = typed in (understood, understood + question.unit) or _is_plain(question)
    return "" if is_heard else typed


def _echo_rows(
    interview: Interview, question: Question, before: int, added: tuple[ListRow, ...]
) -> Event:
    lines = tuple(
        interview.say(
            "row_taken", number=number, text=format_answer(Answer((row,)), question).strip()
        )
        for number, row in enumerate(added, start=before + 1)
    )
    name = question.name
    if len(lines) == 1:
        sentence = interview.say("taken", name=name, text=lines[0], unit="", typed="", state="")
        return Event("echo", sentence, cell=question.id)
    return Event(
        "echo", interview.say("rows_taken", name=name, count=len(lines)), "", lines, question.id
    )


def _is_plain(question: Question) -> bool:
    """Whether an answer says itself: picked from the screen, or rows of a list."""
    return isinstance(question, Fact) and (question.kind == "list" or bool(question.options))
