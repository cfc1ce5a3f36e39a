"""Help in three steps, terms explained from the edition's own help, the menu of commands."""

from dataclasses import replace

from assistant.checks.finding_format import full, heading
from assistant.dialog.interview.change_findings import details_told
from assistant.dialog.interview.disambiguate import disambiguate, lines_to_type
from assistant.dialog.interview.last_year_text import ask_own_number
from assistant.dialog.interview.navigation import shows
from assistant.dialog.interview.numbers_of_text import finding_at_hand
from assistant.dialog.interview.state import Interview, Turn, WantChoice, WantConsent, WantOwnNumber
from assistant.form.model import Question, Rule
from assistant.intents import AskAbout, Command, Meant, names_of, vocabulary
from assistant.messages.events import Event
from assistant.messages.findings import Finding

_RELATED = 3
"""Questions that may be offered behind the meaning of a term; more only hold its words."""
_STEPS = 2
"""Steps of help behind the line that stands below every question: rule, example."""


def help_here(interview: Interview) -> Turn:
    """The next step of help for the question on the screen; its first line is there already.

    Where a reason is wanted, what the rule says and why a reason is.
    """
    question, finding = interview.question, finding_at_hand(interview)
    if finding is not None:
        return shows(interview, _about_finding(interview, finding))
    if question is None:
        return Turn(interview, (Event("help", interview.say("end_help")),))
    step = interview.help_step % _STEPS
    made = replace(interview, help_step=interview.help_step + 1)
    text = _example(interview, question) if step else _rule(interview, question)
    return Turn(made, (text,))


def _about_finding(interview: Interview, finding: Finding) -> Event:
    lines = (*full(finding, interview.edition, interview.sentences), interview.say("why_reason"))
    text = heading(finding, interview.sentences)
    return Event("help", text, lines=lines, cell=interview.at, finding=finding)


def _rule(interview: Interview, question: Question) -> Event:
    rule = question.help.rule
    basis, source = rule.basis_and_source(interview.sentences)
    text = interview.say("rule", text=rule.text, basis=basis, source=source)
    lines = (interview.say("more_help"),)
    return Event("help", text, _name(interview, question), lines, question.id)


def _example(interview: Interview, question: Question) -> Event:
    text = interview.say("example", text=question.help.example)
    return Event("help", text, _name(interview, question), (), question.id)


def _name(interview: Interview, question: Question) -> str:
    return interview.say("about", name=interview.edition.name(question.id))


def told_beside(interview: Interview, meant: Meant) -> Turn | None:
    """Help, details and the meaning of a term where something is asked back, which stays asked.

    Returns:
        `None` where nothing is asked back, or something else was said.
    """
    pending = interview.pending
    if isinstance(pending, WantConsent):
        again, code = Turn(interview, (pending.asked,)), "help_consent"
    elif isinstance(pending, WantChoice):
        listed = (pending.readings, pending.typed, pending.asked, pending.page)
        again, code = disambiguate(interview, *listed), "help_choice"
    elif isinstance(pending, WantOwnNumber):
        again, code = ask_own_number(interview, pending), "help_own_number"
    else:
        return None
    told: tuple[Event, ...]
    if meant == Command("help"):
        is_meaning = isinstance(pending, WantChoice) and not pending.asked
        told = (Event("help", interview.say(code, is_meaning=is_meaning)),)
    elif meant == Command("details"):
        told = (details_told(interview),)
    elif isinstance(meant, AskAbout):
        told = tuple(e for e in answer_question(interview, meant).events if e.kind != "ask")
    else:
        return None
    return again.behind(*told)


def explain(interview: Interview, words: str) -> Turn:
    """Explain what some words mean."""
    return answer_question(interview, AskAbout(names_of(interview.edition).mentioned(words), words))


def answer_question(interview: Interview, about: AskAbout) -> Turn:
    """Answer 什么是…: what the term means, then the help of its question; several are listed."""
    questions = [interview.edition.questions[name] for name in about.topics]
    term = names_of(interview.edition).term(about.words)
    meaning = (_meaning(interview, about.words, term.rule),) if term else ()
    if meaning and len(questions) > _RELATED:
        questions = []
    if not questions:
        unknown = Event("note", interview.say("unknown_term", words=about.words))
        return shows(interview, *(meaning or (unknown,)))
    if len(questions) == 1:
        return shows(interview, *meaning, _all_help(interview, questions[0]))
    lines = lines_to_type(interview, [AskAbout((each.id,), each.name) for each in questions])
    related = Event("note", interview.say("related", words=about.words), lines=lines)
    return shows(interview, *meaning, related)


def _meaning(interview: Interview, words: str, rule: Rule) -> Event:
    basis, source = rule.basis_and_source(interview.sentences)
    text = interview.say("meaning", text=rule.text, basis=basis, source=source)
    return Event("help", text, interview.say("about", name=words))


def _all_help(interview: Interview, question: Question) -> Event:
    lines = (_rule(interview, question).text, _example(interview, question).text)
    return Event("help", question.help.brief, _name(interview, question), lines, question.id)


def menu(interview: Interview) -> Event:
    """Every command with what it does."""
    words = vocabulary(interview.sentences)
    lines = tuple(
        interview.say(
            "menu_line",
            word=words.main_words[name],
            does=interview.sentences.say(f"command_help.{name}"),
        )
        for name in words.names
    )
    return Event("help", interview.say("menu"), lines=lines)
