"""What a line would change, shown first and changed only when told to.

Totals that are given beside the figures are held against their sum, and are never an answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from assistant.answers import Answer, Answers, at_a_glance, has_names, row_changes
from assistant.dialog.interview.apply import other_words, read_answer
from assistant.dialog.interview.change_findings import summarised
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.state import Interview, Turn, WantConsent
from assistant.form.model import Edition, Question
from assistant.intents import Entries, Pasted, Read
from assistant.messages.events import Event
from assistant.values import Refusal, Value, read
from assistant.values.print_format import show

_AT_A_GLANCE = 8
"""Changes of a proposal, or cells, that are told one by one."""


def propose(
    interview: Interview, entries: Entries, read: Mapping[str, Read], beside: Sequence[Event] = ()
) -> Turn:
    """Show what would change; what could not be taken is told at once and left out.

    It fits on a screen: of a long one there is a summary, and 看明细 lists all of it.

    Args:
        interview: The conversation.
        entries: Questions with the text of their answers.
        read: What those texts were read as, by question.
        beside: What else is to be told of what was typed, pasted or read.
    """
    found = {name: read_answer(interview, name, text, read.get(name)) for name, text in entries}
    refused = [each for each in found.values() if isinstance(each, Event)]
    given = {name: each for name, each in found.items() if isinstance(each, Answer)}
    good = tuple(each for each in entries if each[0] in given)
    if refused:
        lines = [f"{each.title}：{each.text}" for each in refused]
        text = interview.say("not_usable", count=len(refused))
        beside = (*beside, Event("refusal", text, lines=tuple(lines)))
    changed = interview.answers.with_given({**interview.answers.given, **given})
    news = [each for each in good if not _stands(interview, each[0], given[each[0]])]
    if not news:
        made, told = summarised(interview, beside)
        same = note(interview, "pasted_same", count=len(good))
        return shows(made, *told, same if good else note(interview, "pasted_nothing"))
    count = len(news)
    lines = list(_lines(interview, changed, news, given))
    if count < len(good):
        lines.append(interview.say("unchanged", count=len(good) - count))
    again = Event("ask", interview.say("consent", count=count, is_below=False))
    asked = Event("ask", interview.say("consent", count=count, is_below=True), lines=tuple(lines))
    made, events = summarised(interview, (*beside, asked))
    return Turn(replace(made, pending=WantConsent(good, read, again, interview.standing)), events)


def _stands(interview: Interview, name: str, answer: Answer) -> bool:
    """Whether a question has this answer already."""
    present = interview.answers.given.get(name)
    return present is not None and replace(present, line=answer.line) == answer


def _lines(
    interview: Interview,
    changed: Answers,
    news: Sequence[tuple[str, str]],
    given: Mapping[str, Answer],
) -> Iterator[str]:
    """Every change, a line each; of many those in one row of a table share a line."""
    if len(news) <= _AT_A_GLANCE:
        for name, text in news:
            yield _would_be(interview, changed, name, text, given[name])
        return
    edition, zeros, rows = interview.edition, 0, 0
    for row, several in groupby(news, key=lambda each: _row_of(edition, each[0])):
        cells, rows = list(several), rows + 1
        if not row:
            for name, text in cells:
                yield _would_be(interview, changed, name, text, given[name], is_apart=False)
            continue
        told = [name for name, _ in cells if given[name].value or interview.answers.printed(name)]
        zeros += not told
        if told:
            yield interview.say(
                "row_would_be",
                name=edition.line_name(row),
                cells="、".join(_cell_would_be(interview, changed, name) for name in told),
                rest=len(cells) - len(told),
            )
    if zeros:
        yield interview.say("rows_of_zeros", count=zeros, is_all=zeros == rows)


def _row_of(edition: Edition, name: str) -> str:
    """The row of a table with several columns that a cell stands in; empty for anything else."""
    cell = edition.cells.get(name)
    grid = edition.grids_by_id.get(cell.grid) if cell else None
    return cell.row if cell and grid and len(grid.columns) > 1 else ""


def _cell_would_be(interview: Interview, changed: Answers, name: str) -> str:
    edition = interview.edition
    column = edition.line_name(edition.cells[name].column)
    old, new = interview.answers.printed(name), changed.printed(name)
    return interview.say("cell_would_be", name=column, old=old, new=new)


def _would_be(
    interview: Interview,
    changed: Answers,
    name: str,
    text: str,
    answer: Answer,
    *,
    is_apart: bool = True,
) -> str:
    """One change as it is understood, with what was typed where that is other words."""
    question = interview.edition.questions[name]
    if cells := _rows_would_be(interview, question, answer):
        return interview.say("row_would_be", name=interview.edition.name(name), cells=cells, rest=0)
    shown = replace(interview, answers=changed)
    understood = text if answer.rows else shown.printed(answer, question)
    is_choice = not answer.rows and isinstance(answer.value, tuple)
    is_brief = is_choice and not is_apart
    new = at_a_glance(answer, question, interview.sentences) if is_brief else understood
    if answer.state == "given" and answer.remark:  # 镇人民政府（由名称推断）
        new = interview.sentences.say("marks.remarked", text=new, remark=answer.remark)
    return interview.say(
        "would_be",
        name=interview.edition.name(name),
        old=interview.answers.printed(name),
        new=new,
        typed=other_words(question, understood, text),
    )


def _rows_would_be(interview: Interview, question: Question, answer: Answer) -> str:
    """The rows of a list that would be new or others; empty where none stand yet."""
    given = interview.answers.given.get(question.id)
    if not has_names(question) or given is None or not given.rows:
        return ""
    return "、".join(
        interview.say("cell_would_be", name=each.name, old=each.old, new=each.new)
        for each in row_changes(question, given, answer)
    )


def propose_pasted(interview: Interview, pasted: Pasted) -> Turn:
    """Show what a paste would change, blank cells and what fits nowhere named before it."""
    events = []
    if pasted.crossed:  # nobody can say whether a line of it stands for a heading
        heading = interview.edition.rows_by_id[pasted.crossed].printed_label
        return shows(interview, Event("refusal", interview.say("pasted_across", heading=heading)))
    if pasted.blank:
        names = [f"「{interview.edition.name(name)}」" for name in pasted.blank]
        events.append(_named(interview, "pasted_blank", names))
    if pasted.beside:
        events.append(_named(interview, "pasted_beside", pasted.beside))
    if pasted.left_over:
        lines = tuple(
            interview.say("pasted_line", line=each.line, why=interview.say(f"pasted_{each.why}"))
            for each in pasted.left_over
        )
        text = interview.say("pasted_over", count=len(pasted.left_over))
        events.append(Event("refusal", text, lines=lines))
    compared = compare_totals(interview, pasted.entries, pasted.read, pasted.totals)
    events += compared.events
    if not pasted.entries:
        made, told = summarised(interview, events)
        nothing = () if compared.events else (note(interview, "pasted_nothing"),)
        return shows(made, *told, *nothing)
    return propose(interview, pasted.entries, pasted.read, events)


def _named(interview: Interview, code: str, names: Sequence[str]) -> Event:
    """A remark on some cells: few stand in its sentence, many below it."""
    is_few = len(names) <= _AT_A_GLANCE
    said = note(interview, code, count=len(names), names="、".join(names) if is_few else "")
    return said if is_few else said._replace(lines=tuple(names))


class Compared(NamedTuple):
    """What is said of some totals."""

    events: tuple[Event, ...]
    differs: bool
    """Whether one of them cannot be right together with the figures."""


class _Total(NamedTuple):
    """A total beside the figures it counts."""

    cell: str
    given: Value
    whole: Value
    """The sum of the figures that are there."""
    missing: int
    """Cells without one."""

    @property
    def state(self) -> str:
        """`agrees`, `open` while cells are missing that may make it up, or `differs`."""
        if self.given == self.whole:
            return "agrees"
        return "open" if self.missing and self.given > self.whole else "differs"


def compare_totals(
    interview: Interview, entries: Entries, answers: Mapping[str, Read], totals: Entries
) -> Compared:
    """Compare totals with the sums of the cells they count, those just given first of all.

    Args:
        interview: The conversation before the answers.
        entries: The answers of the line.
        answers: What they were read as, by question.
        totals: The totals with their figures, `(("open.total", "3"),)`.
    """
    numbers: dict[str, Value] = dict(interview.answers.numbers)
    for name, _ in entries:
        value = getattr(answers.get(name), "value", None)
        if isinstance(value, Value):
            numbers[name] = value
    found = [total for each in totals if (total := _work_out(interview, numbers, *each))]
    told = tuple(_say(interview, total) for total in found if total.state != "agrees")
    if not told:
        agreed = (note(interview, "totals_agree", count=len(found)),) if found else ()
        return Compared(agreed, differs=False)
    differs = any(total.state == "differs" for total in found)
    is_one = len(told) == 1
    text = told[0] if is_one else interview.say("totals_compared", count=len(told))
    lines = () if is_one else told
    return Compared((Event("refusal" if differs else "note", text, lines=lines),), differs)


def _work_out(
    interview: Interview, numbers: Mapping[str, Value], cell: str, text: str
) -> _Total | None:
    edition = interview.edition
    given = read(text, edition.cells[cell].kind, edition.cells[cell].unit)
    if isinstance(given, Refusal):
        return None
    parts = tuple(edition.asked_in(edition.bound[cell]))
    known = [numbers[part] for part in parts if part in numbers]
    return _Total(cell, given, sum(known, 0), len(parts) - len(known))


def _say(interview: Interview, total: _Total) -> str:
    edition = interview.edition
    return interview.say(
        "total_differs",
        name=edition.name(total.cell),
        given=show(total.given),
        whole=show(total.whole),
        unit=edition.unit(total.cell),
        missing=total.missing,
    )
