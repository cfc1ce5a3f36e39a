"""One step of the conversation: state and line in, new state and what is said out. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers import STATE_NAMES, Answer
from assistant.dialog.interview.apply import take
from assistant.dialog.interview.change_findings import list_at_hand, standing_answers
from assistant.dialog.interview.command_actions import COMMANDS
from assistant.dialog.interview.disambiguate import changed_rows, disambiguate, page_meant, suggest
from assistant.dialog.interview.help import answer_question, told_beside
from assistant.dialog.interview.implied_zeros import rest_of_row, without_absent
from assistant.dialog.interview.last_year_text import LEFT_OUT, command_for_number, take_own_number
from assistant.dialog.interview.navigation import (
    end_list,
    go_on,
    go_to,
    go_to_open,
    note,
    put_off_reason,
    reasons_at_hand,
    shows,
    take_reason,
)
from assistant.dialog.interview.number_actions import about_number
from assistant.dialog.interview.numbers_of_text import numbers_offered
from assistant.dialog.interview.partners import (
    ask_partners,
    chosen_halves,
    leave_out,
    propose_beside,
    take_partner,
)
from assistant.dialog.interview.preview_changes import compare_totals, propose, propose_pasted
from assistant.dialog.interview.progress import is_open, neighbour, seldom_open
from assistant.dialog.interview.prompt import presumed_kind
from assistant.dialog.interview.rewording import is_as_it_stands, keep_words
from assistant.dialog.interview.state import (
    Interview,
    Turn,
    WantChoice,
    WantConsent,
    WantOwnNumber,
    WantPartner,
    WantReason,
)
from assistant.form.model import Fact, Question
from assistant.intents import (
    AboutNumber,
    Answered,
    AskAbout,
    Blank,
    Command,
    Entries,
    Going,
    Intent,
    InTurn,
    Meant,
    NoSuchValue,
    Pasted,
    Read,
    Reply,
    Unclear,
    UnknownCommand,
    is_free_text,
    parse_line,
    pick_letter,
    read_lettered,
    read_typed,
    shown_first,
    vocabulary,
)
from assistant.messages.events import Event
from assistant.values import NUMBERS, Refusal
from assistant.values.characters import first_line

_ASTRAY = ("not_a_number", "no_such_option", "no_such_part", "not_a_date", "foreign_unit")
"""Refusals of what may have been meant for something else."""
_SHOWN = 20
"""Characters of an odd line that are said back."""


def handle_line(interview: Interview, line: str, *, at_once: bool = False) -> Turn:
    """Do what a line means.

    Args:
        interview: The state; it is not changed.
        line: What was typed or pasted, line breaks included.
        at_once: Whether its lines came at once and without the mark of a paste; then nothing of
            several lines is taken before it was shown or asked about.

    Returns:
        The new state, what is said, and what only a front end can do.
    """
    pending = interview.pending
    is_asked_back = isinstance(pending, WantConsent | WantChoice | WantOwnNumber)
    if is_asked_back and (told := told_beside(interview, _without_question(interview, line))):
        return told
    if isinstance(pending, WantConsent):
        return _consent(interview, pending, line)
    if isinstance(pending, WantChoice):
        return _choice(interview, pending, line)
    if isinstance(pending, WantOwnNumber):
        return _own_number(interview, pending, line)
    meant = _meaning(interview, line)
    if at_once and not isinstance(meant, AboutNumber):
        meant = shown_first(meant, line)
    return _taken_back(interview, meant) or _do(interview, meant, line)


def command(interview: Interview, name: str, argument: str = "") -> Turn:
    """Do a command given by a key; `COMMANDS` has the names."""
    made, dropped = _dropped(interview)
    said = Command(name, argument)
    stays = told_beside(interview, said) or _taken_back(interview, said)
    return stays or _do(made, said, "").behind(*dropped)


def _without_question(interview: Interview, line: str) -> Intent:
    """What a line means where no question takes it as its answer."""
    words = vocabulary(interview.sentences)
    return parse_line(line, None, interview.edition, words, standing=standing_answers(interview))


def _taken_back(interview: Interview, meant: Meant) -> Turn | None:
    """What was asked back is left when 撤销 is said to it; the answer before it stays."""
    if meant != Command("undo"):
        return None
    if isinstance(interview.pending, WantPartner):
        return leave_out(interview, interview.pending)
    made, dropped = _dropped(interview)
    is_asked = isinstance(interview.pending, WantConsent | WantChoice | WantOwnNumber)
    return shows(made, *dropped) if is_asked else None


def move(interview: Interview, name: str) -> Turn:
    """Go to a question as one goes from cell to cell; 回来 still knows the last jump."""
    made, dropped = _dropped(interview)
    return shows(made.at_question(name), *dropped)


def _dropped(interview: Interview) -> tuple[Interview, tuple[Event, ...]]:
    """The conversation without what was asked back, and the words that say so."""
    made = _left(interview)
    if isinstance(interview.pending, WantConsent | WantOwnNumber):
        return made, (note(made, "not_taken"),)
    if isinstance(interview.pending, WantChoice):
        pending = interview.pending
        if pending.asked or not any(isinstance(e, Reply | Answered) for e in pending.readings):
            return made, ()  # nothing was to be taken
        has_newer = bool(made.drafts.get(made.prompt))
        kept = made if has_newer else made.with_draft(interview.pending.typed)
        typed = first_line(interview.pending.typed)
        return kept, (note(made, "none_chosen", typed=typed),)
    return made, ()


def _meaning(interview: Interview, line: str) -> Meant:
    offered = numbers_offered(interview)
    place = pick_letter(line, len(offered))
    if place is not None:
        return offered[place]
    chosen = read_lettered(line, reasons_at_hand(interview))
    return chosen or parse_line(
        line,
        interview.question,
        interview.edition,
        vocabulary(interview.sentences),
        is_reason=isinstance(interview.pending, WantReason),
        standing=standing_answers(interview),
    )


def _do(interview: Interview, intent: Meant, line: str) -> Turn:
    if isinstance(intent, AboutNumber):
        return about_number(interview, intent)
    match intent:
        case Blank():
            return _blank(interview)
        case Command(name, argument):
            return COMMANDS[name](interview, argument)
        case Reply():
            return _reply(interview, intent)
        case Answered():
            return _answered(interview, intent)
        case Pasted():
            return propose_pasted(interview, intent)
        case AskAbout():
            return answer_question(interview, intent)
        case Going():
            return go_to(interview, intent)
        case Unclear(readings):
            return disambiguate(interview, readings, line.strip())
        case UnknownCommand() | NoSuchValue():
            return _unknown(interview, intent)


def _answered(interview: Interview, meant: Answered) -> Turn:
    """Take named answers; beside a total that cannot be right they are shown first."""
    compared = compare_totals(interview, meant.entries, meant.read, meant.totals)
    rest = () if compared.events else rest_of_row(interview, meant)
    wanted = without_absent(interview, (*meant.entries, *rest))
    if not wanted:
        count = len(meant.entries)
        same = (note(interview, "pasted_same", count=count),) if count else ()
        return shows(interview, *compared.events, *same)
    if meant.wants_consent or compared.differs:
        return propose(interview, wanted, meant.read, compared.events)
    return _before_ask(_take(interview, wanted, meant.read), compared.events)


def _left(interview: Interview) -> Interview:
    """The conversation without what was asked back; what was wanted before stays wanted."""
    return replace(interview, pending=interview.standing)


def _blank(interview: Interview) -> Turn:
    """Enter alone keeps what stands, says none where that is allowed, and destroys nothing."""
    question = interview.question
    if isinstance(interview.pending, WantReason):
        return put_off_reason(interview)
    if isinstance(interview.pending, WantPartner):
        return leave_out(interview, interview.pending)
    if question is None:
        return shows(interview)
    if question.id in interview.edition.wordings:
        return keep_words(interview)
    draft = interview.drafts.get(question.id, "")
    if draft and question.id in interview.unsent:
        return shows(interview, note(interview, "unsent"))
    if draft:
        return shows(interview.with_draft(""), note(interview, "still_draft", text=draft))
    if list_at_hand(interview):
        return end_list(interview)
    if not is_open(interview.answers, question.id):
        if question.id in interview.followed:  # it is passed with all that stand at zero like it
            return go_to_open(interview, question.id)
        return shows(interview.at_question(neighbour(interview, 1)))
    return _blank_open(interview, question)


def _blank_open(interview: Interview, question: Question) -> Turn:
    """Enter alone at a question without an answer."""
    if option := presumed_kind(interview):
        return _take(interview, ((question.id, option.label),), {})
    if question.id in seldom_open(interview.answers, interview.previous):
        return COMMANDS["same"](interview, "")
    nothing = STATE_NAMES["none"] if question.kind in NUMBERS else "无"  # 无 would be a zero
    answer = read_typed(question, nothing) if isinstance(question, Fact) else None
    if isinstance(answer, Answer) and not answer.value:  # 无 may be a word of its own
        return _take(interview, ((question.id, nothing),), {question.id: answer})
    slash = "/" if is_free_text(question) else ""
    text = interview.say("still_blank", kind=question.kind, slash=slash)
    return shows(interview, Event("refusal", text, cell=question.id))


def _reply(interview: Interview, reply: Reply) -> Turn:
    text = reply.text
    if isinstance(interview.pending, WantReason):
        return take_reason(interview, text)
    question = interview.question
    if question is None:
        said = note(interview, "not_understood", typed=first_line(text))
        return shows(interview, said, *suggest(interview, text))
    if isinstance(interview.pending, WantPartner) and isinstance(question, Fact):
        return take_partner(interview, question, interview.pending, text)
    if list_at_hand(interview) and (turn := _below_rows(interview, reply)):
        return turn
    if is_as_it_stands(interview, text):
        return _blank(interview)
    lefts = chosen_halves(question, text)
    if lefts and isinstance(question, Fact):
        return ask_partners(interview, question, lefts)
    read = reply.read or read_typed(question, text)
    if isinstance(read, Refusal) and (turn := propose_beside(interview, question, text)):
        return turn
    near = suggest(interview, text) if isinstance(read, Refusal) and read.code in _ASTRAY else ()
    return _before_ask(_take(interview, ((question.id, text),), {question.id: read}), near)


def _before_ask(turn: Turn, said: tuple[Event, ...]) -> Turn:
    return turn._replace(events=(*turn.events[:-1], *said, *turn.events[-1:]))


def _below_rows(interview: Interview, reply: Reply) -> Turn | None:
    """Leave a list whose rows are written, or change one; where 无 is said it is asked which."""
    is_done = reply.text.strip().strip("。") in interview.say("done_words").split()
    is_nothing = isinstance(reply.read, Answer) and reply.read == Answer(())
    if is_done or (is_nothing and interview.unjudged == interview.at):
        return _blank(interview)
    if not is_nothing:
        return changed_rows(interview, reply)
    asked = interview.say("clear_list", count=len(interview.answers.given[interview.at].rows))
    return disambiguate(interview, (Blank(), Command("clear")), reply.text, asked)


def _take(interview: Interview, entries: Entries, read: Mapping[str, Read]) -> Turn:
    """Take answers and go on; a list stays on the screen for its next row."""
    is_shown = isinstance(interview.pending, WantConsent)
    made, events = take(_left(interview), entries, read, is_shown=is_shown)
    if list_at_hand(made) and entries[0][0] == made.at:
        return shows(made, *events)
    if all(event.kind == "refusal" for event in events):
        return shows(made, *events)
    part = neighbour(made, 1)
    if [name for name, _ in entries] == [made.at] and part in made.followed and not made.pending:
        # who types along the form goes on typing there
        return shows(made.at_question(part), *events)
    return go_on(made, events)


def _consent(interview: Interview, pending: WantConsent, line: str) -> Turn:
    answer = line.strip().strip("。！").lower()
    if answer in interview.say("yes_words").split():
        return _take(interview, pending.entries, pending.read)
    again = Turn(interview, (pending.asked,))
    return _beside(interview, line, again) if answer else again


def _own_number(interview: Interview, pending: WantOwnNumber, line: str) -> Turn:
    """Take this year's number in last year's words; a command or no leaves them."""
    made, dropped = _dropped(interview)
    if line.strip() in interview.say("no_words").split():
        return shows(made, *dropped)
    said = command_for_number(_meaning(made, line), line)
    if said is not None and line.strip() not in LEFT_OUT:
        return _do(made, said, line).behind(*dropped)
    return take_own_number(interview, pending, line)


def _choice(interview: Interview, pending: WantChoice, line: str) -> Turn:
    place = pick_letter(line, len(pending.shown))
    if not line.strip() and len(pending.readings) == 1:
        place = 0
    if place is not None:
        chosen = pending.shown[place]
        if isinstance(chosen, InTurn):
            return Turn(_left(interview), (), ahead=chosen.lines)
        return _do(_left(interview), chosen, pending.typed)
    page = page_meant(interview, pending, line.strip())
    if page is None:
        made, dropped = _dropped(interview)
        return shows(made, *dropped)
    again = disambiguate(interview, pending.readings, pending.typed, pending.asked, page)
    return again if page != pending.page else _beside(interview, line, again)


def _beside(interview: Interview, line: str, again: Turn) -> Turn:
    """What a line does that is none of the answers to what is asked back.

    It is no answer to the question behind that, which is not asked now. What names its question
    is shown first; whatever else would change an answer is refused.

    Args:
        interview: The conversation, with what is asked back.
        line: The line.
        again: The same asked once more.
    """
    made, dropped = _dropped(interview)
    meant = _without_question(interview, line)
    if (taken_back := _taken_back(interview, meant)) is not None:
        return taken_back
    if line.strip().strip("。！").lower() in interview.say("no_words").split():
        return shows(made, *dropped)
    if isinstance(meant, Answered):
        meant = replace(meant, wants_consent=True)
    is_useless = isinstance(meant, Reply) or (isinstance(meant, Pasted) and not meant.entries)
    is_named = isinstance(meant, Command) and bool(meant.argument) and meant.name != "change"
    turn = _do(made, meant, line).behind(*dropped)
    if not is_useless and (is_named or turn.interview.answers == interview.answers):
        return turn
    code = "not_offered" if isinstance(interview.pending, WantChoice) else "not_agreed"
    refusal = Event("refusal", interview.say(code, typed=first_line(line, _SHOWN)))
    *before, asked = again.events
    return again._replace(events=(*before, refusal, asked._replace(refused=line)))


def _unknown(interview: Interview, said: UnknownCommand | NoSuchValue) -> Turn:
    """Say that there is no such command, or no such value to be changed."""
    if isinstance(said, NoSuchValue):
        return shows(interview, note(interview, "no_such_value", words=said.words))
    words = vocabulary(interview.sentences).main_words
    shown = "、".join(f"/{words[name]}" for name in said.near)
    text = interview.say("unknown_command", word=said.word, near=shown)
    return shows(interview, Event("refusal", text))
