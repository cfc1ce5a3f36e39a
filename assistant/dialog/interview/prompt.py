"""The question on the screen: where it stands, what it asks, what sums still leave for it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from assistant.answers import Answer, FigureValues, format_answer, printed_text, share
from assistant.dialog.interview.implied_zeros import group_of
from assistant.dialog.interview.progress import left_of, part_title, seldom_open
from assistant.dialog.interview.state import Interview, WantPartner
from assistant.form.model import Balance, Fact, Option, Question, options_named
from assistant.intents import is_free_text, names_of, row_at_hand
from assistant.messages.events import Choice, Event, numbered
from assistant.report import template_block
from assistant.values import NUMBERS, Value
from assistant.values.print_format import show

_MANY = 12
"""Options that push their own question off a small screen, so that it is named below them."""
_ROWS = 3
"""Rows of a list that are told where it goes on; of more the last ones."""
_SMALL_BASE = 5
"""Below this base a difference is shown without a rate, as in the narrative."""


def ask(interview: Interview) -> Event:
    """The question on the screen, or what can be done at the end of the form."""
    question = interview.question
    if question is None:
        return _ask_at_end(interview)
    left = left_of(interview.answers).said(interview.sentences)
    return _ask(interview, question)._replace(left=left)


def _ask(interview: Interview, question: Question) -> Event:
    if isinstance(interview.pending, WantPartner) and isinstance(question, Fact):
        return _ask_partner(interview, question, interview.pending)
    if isinstance(question, Fact) and question.passage:
        return _ask_wording(interview, question)
    if interview.unjudged == question.id:  # a list that is being written: the rest stands above
        rows = tuple(_present(interview, question))
        return interview.with_text(Event("ask", question.ask, title(interview), rows, question.id))
    tell = (_how_to_answer, _row, _group, balance_lines, _last_year, _present)
    lines = [line for each in tell for line in each(interview, question)]
    brief, choices = question.help.brief, _offered(interview, question)
    asked = Event("ask", question.ask, title(interview), (), question.id)
    asked = interview.with_text(asked._replace(intro=brief, choices=choices))
    answer = interview.answers.given.get(question.id)
    if answer is not None and isinstance(answer.value, str):
        asked = asked._replace(standing=interview.printed(answer, question))
    is_told = interview.is_draft_told or (answer is not None and answer.state == "unread")
    if asked.refused and not is_told:
        lines.append(interview.say("draft", text=asked.refused))
    return asked._replace(lines=tuple(lines))


def title(interview: Interview) -> str:
    """The small line above a question: number, place in the form, name, unit."""
    question = interview.question
    if question is None:
        return ""
    edition = interview.edition
    return interview.say(
        "title",
        number=names_of(edition).number_of(question.id) if question.id in edition.asked else 0,
        place=edition.place_of(question.id)
        or part_title(edition, question.id, interview.sentences),
        name=edition.name(question.id),
        unit=edition.unit(question.id),
    )


def _ask_wording(interview: Interview, fact: Fact) -> Event:
    """Ask for the words of a passage, those that stand in the box, or for what is added to it."""
    is_passage = fact.id == fact.passage
    lines = [interview.say("reword_help" if is_passage else "insert_help")]
    article = interview.edition.passages_by_id[fact.passage].article if is_passage else ""
    if article:
        lines.append(interview.say("reword_article", article=article))
    words = words_of_passage(interview, fact.id)
    if words:
        lines.append(interview.say("reword_present", text=words))
    lines += _last_year(interview, fact)
    text = interview.say("reword_ask" if is_passage else "insert_ask", name=fact.label)
    asked = interview.with_text(Event("ask", text, title(interview), tuple(lines), fact.id))
    return asked._replace(draft=asked.draft or words)


def _ask_at_end(interview: Interview) -> Event:
    left = left_of(interview.answers)
    wanted = left.questions + left.tables
    text = interview.say("at_end", wanted=wanted, optional=left.optional)
    return interview.with_text(Event("ask", text, lines=(interview.say("end_help"),)))


def _ask_partner(interview: Interview, fact: Fact, pending: WantPartner) -> Event:
    column = next(column for column in fact.columns if column.goes_with)
    left = pending.lefts[0]
    text = interview.say("ask_partner", left=left.label, column=column.label)
    choices = _numbered(interview, fact, column.options_with(left))
    return Event("ask", text, title(interview), cell=fact.id, choices=choices)


def _how_to_answer(interview: Interview, question: Question) -> Iterator[str]:
    if not isinstance(question, Fact):
        return
    if kind := presumed_kind(interview):
        yield interview.say("presumed", kind=kind.label)
    elif question.options:
        several = question.kind == "choices"
        yield interview.say(
            "choose",
            name=question.name if len(question.options) > _MANY else "",
            several=several,
            none=several and not question.at_least,
            may_lack=not several and not question.required,
        )
    elif question.kind == "list":
        labels, is_choice = [e.label for e in question.columns], bool(question.columns[0].options)
        columns, several = "、".join(labels), len(labels) > 1
        yield interview.say("rows", columns=columns, is_choice=is_choice, several=several)
    elif question.suggested:
        yield interview.say("suggested", left=interview.answers.words_without(question))
    elif not question.required:
        is_kept = question.id in seldom_open(interview.answers, interview.previous)
        is_number = question.kind in NUMBERS
        yield interview.say("optional", is_number=is_number, is_kept=is_kept)


def presumed_kind(interview: Interview) -> Option | None:
    """The kind of body that its name says, where that is asked and has no answer."""
    name, question = interview.edition.roles.body_kind, interview.question
    if not isinstance(question, Fact) or question.id != name or name in interview.answers.given:
        return None
    named = options_named(question.options, interview.answers.body)
    return named[0] if len(named) == 1 else None


def _offered(interview: Interview, question: Question) -> tuple[Choice, ...]:
    """What the screen offers: options, in a list those of its first column, or suggested words."""
    if not isinstance(question, Fact):
        return ()
    if question.suggested:
        return numbered((each, each) for each in question.suggested)
    options = question.columns[0].options if question.kind == "list" else question.options
    return _numbered(interview, question, options)


def _numbered(interview: Interview, fact: Fact, options: tuple[Option, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(number), option.label, option, _leads_to(interview, fact, option))
        for number, option in enumerate(options, start=1)
    )


def _leads_to(interview: Interview, fact: Fact, option: Option) -> str:
    """What an option writes, where its label is other words; else what is asked because of it."""
    if option.text:
        return option.text if option.text != option.label else ""
    facts = interview.edition.facts
    names = [each.label for each in facts if option.id in each.when.get(fact.id, ())]
    return interview.say("asks_for", names="、".join(names)) if names else ""


def _group(interview: Interview, question: Question) -> Iterator[str]:
    """What a binding sum still leaves for its parts."""
    group = group_of(interview.edition, question.id)
    numbers = interview.answers.numbers
    if group is None or group[0] not in numbers:
        return
    total, parts = group
    given = [part for part in parts if part in numbers and part != question.id]
    rest = numbers[total] - sum((numbers[part] for part in given), 0)
    yield interview.say(
        "remainder",
        name=interview.edition.name(total),
        total=show(numbers[total]),
        unit=interview.edition.unit(total),
        rest=show(abs(rest)),
        is_over=rest < 0,
        is_last=len(given) == len(parts) - 1 and interview.followed.isdisjoint(given),
    )


def _row(interview: Interview, question: Question) -> Iterator[str]:
    """How the whole row of a table can be answered at once, at its first cell; later in short."""
    cells = row_at_hand(question, interview.edition, interview.answers.absent)
    if len(cells) > 1 and question is cells[0]:
        grid = interview.edition.grids_by_id[cells[0].grid]
        said = {column.id: column.said for column in grid.columns}
        columns = [said[cell.column] for cell in cells]
        row = next(line for line in grid.lines if line.id == cells[0].row)
        others = (each for each in interview.edition.indicators if each.grid == grid.id)
        given = interview.answers.given
        is_known = any(each.id in given and each.row != row.id for each in others)
        figures = " ".join("1" if cell is cells[0] else "0" for cell in cells)
        yield interview.say(
            "whole_row",
            is_known=is_known,
            question=grid.row_question(row),
            columns="、".join(columns),
            figures=figures,
            first=columns[0],
        )


def _last_year(interview: Interview, question: Question) -> Iterator[str]:
    """Last year's answer; never taken over unasked."""
    previous = interview.previous
    before = interview.edition.carried.get(question.id, "")
    if previous is not None and before in previous.numbers:  # it was carried into this one
        text, unit = show(previous.numbers[before]), interview.edition.unit(before)
        name = interview.edition.name(before)
        yield interview.say("carried_over", name=name, text=text, unit=unit)
        return
    if previous is None or question.id not in previous.active:
        return
    answer = previous.active[question.id]
    if answer.state not in ("given", "provisional", "none"):
        return
    unit = interview.edition.unit(question.id)
    now, then = interview.answers.numbers.get(question.id), previous.numbers.get(question.id)
    yield interview.say(
        "last_year",
        text=interview.told(format_answer(answer, question), FigureValues(previous)),
        unit=unit,
        change=_change(now, then) if now is not None and then is not None else "",
        can_take=previous.edition is interview.edition
        and (
            (may_repeat(question) and answer.state != "provisional") or _is_text(answer, question)
        ),
        by_enter=question.id in seldom_open(interview.answers, interview.previous),
        slash="/" if is_free_text(question) else "",
        is_text=_is_text(answer, question),
    )


def _is_text(answer: Answer, question: Question) -> bool:
    return question.kind == "text" and isinstance(answer.value, str)


def may_repeat(question: Question) -> bool:
    """Whether last year's answer may be taken over: no figure, no date, no own text."""
    if not isinstance(question, Fact) or question.kind not in ("line", "choice", "choices", "list"):
        return False
    return all(column.kind != "count" for column in question.columns)


def _change(now: Value, then: Value) -> str:
    """The difference with its rate, `+12（+24.0%）`; no rate on a small base."""
    difference = now - then
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    shown = sign + show(abs(difference))
    if then < _SMALL_BASE or not difference:
        return shown
    return f"{shown}（{sign}{share(abs(Decimal(difference)), then, 1)}%）"


def _present(interview: Interview, question: Question) -> Iterator[str]:
    """The answer that stands, and how to keep it."""
    answer = interview.answers.given.get(question.id)
    if answer is None:
        return
    text = interview.printed(answer, question)
    if answer.state == "unread":
        yield interview.say("unread", text=text)
        return
    is_long = len(answer.rows) > _ROWS + 1
    if is_long:
        text = interview.printed(replace(answer, value=answer.rows[-_ROWS:]), question)
    yield interview.say(
        "present",
        text=text,
        last=_ROWS if is_long else 0,
        unit=interview.answers.unit_behind(question.id),
        rows=len(answer.rows),
        has_followed=question.id in interview.followed,
    )


class _Rest(NamedTuple):
    """What a binding balance still leaves for the cells of its right side."""

    left: tuple[str, ...]
    whole: Value
    given: Value

    @property
    def said(self) -> dict[str, object]:
        return {"rest": show(abs(self.whole - self.given)), "is_over": self.given > self.whole}


def balance_lines(interview: Interview, question: Question) -> Iterator[str]:
    """What is left of each column where a whole row can be answered; elsewhere of this one."""
    edition = interview.edition
    cells = row_at_hand(question, edition, interview.answers.absent)
    if len(cells) > 1 and question is cells[0]:
        columns = edition.grids_by_id[cells[0].grid].columns
        said = {column.id: column.said for column in columns}
        rests = [(cell, rest) for cell in cells for rest in _rests(interview, cell)]
        if len(rests) > 1:
            parts = [
                interview.say("column_left", column=said[cell.column], unit=cell.unit, **rest.said)
                for cell, rest in rests
            ]
            yield interview.say("columns_left", columns="、".join(parts))
            return
    for rest in _rests(interview, question):
        yield interview.say(
            "balance_left",
            names="、".join(edition.name(cell) for cell in rest.left),
            whole=show(rest.whole),
            given=show(rest.given),
            unit=edition.unit(question.id),
            **rest.said,
        )


def _rests(interview: Interview, question: Question) -> Iterator[_Rest]:
    edition, numbers = interview.edition, interview.answers.numbers
    for check in edition.rules_of.get(question.id, ()):
        if not isinstance(check, Balance) or check.level != "error":
            continue
        left, right = check.left, tuple(edition.asked_in(check.right))
        is_known = all(cell in numbers and cell not in edition.sums for cell in left)
        if question.id not in right or not is_known:
            continue
        whole = sum((numbers[cell] for cell in left), 0)
        given = sum((numbers[cell] for cell in right if cell in numbers and cell != question.id), 0)
        yield _Rest(left, whole, given)


def words_of_passage(interview: Interview, name: str) -> str:
    """What may be reworded there: own words as printed, else those of the template."""
    answer = interview.answers.given.get(name)
    if answer is not None and isinstance(answer.value, str):
        return printed_text(answer.value, interview.figures)
    if name not in interview.edition.passages_by_id:
        return ""
    block = template_block(interview.report, name)
    return block.text if block is not None else ""
