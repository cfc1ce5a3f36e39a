"""What is open, and all answers by part with their states."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from assistant.answers import format_answer
from assistant.dialog.interview.change_findings import finding_event
from assistant.dialog.interview.implied_zeros import absent_line
from assistant.dialog.interview.progress import is_open, left_of, parts
from assistant.dialog.interview.state import Interview
from assistant.form.model import Indicator
from assistant.intents import names_of
from assistant.messages.events import Event
from assistant.report.draft import Standing, standing

_MARKED = ("error", "confirm", "unread")
"""What a line of the overview says behind the answer; 暂缺 and 待核实 stand in the answer."""
_NAMED = 6
"""Checks named where the documents have been written."""
_SHOWN = 12
"""Missing questions listed by name; more are counted."""


def review(interview: Interview) -> Iterator[Event]:
    """What stands in the way of a final report, missing answers gathered into one event."""
    draft = interview.draft
    missing = list(draft.missing)
    yield Event("list", interview.sentences.say("telling.counts", **draft.counts))
    if missing:
        lines = tuple(_missing_line(interview, name) for name in missing[:_SHOWN])
        rest = len(missing) - len(lines)
        more = (interview.say("more_missing", count=rest),) if rest else ()
        yield Event("note", interview.say("missing"), lines=lines + more, cell=missing[0])
    for finding in draft.others:
        event = finding_event(interview, finding)
        explain = (interview.say("can_explain", code=finding.code),) if finding.wants_reason else ()
        yield event._replace(lines=event.lines + explain)


def what_is_open(interview: Interview) -> str:
    """In one line what keeps the report from being final, and where to go for it; else empty."""
    missing = list(interview.draft.missing)
    findings = [each for each in interview.draft.others if each.is_open]
    others = {each.code: each.level for each in findings}
    if not missing and not others:
        return ""
    number = str(names_of(interview.edition).number_of(missing[0])) if missing else ""
    codes = [each.code for each in findings if each.cells]
    return interview.say(
        "what_is_open",
        missing=len(missing),
        errors=_listed(code for code, level in others.items() if level == "error"),
        confirms=_listed(code for code, level in others.items() if level == "confirm"),
        place=number or next(iter(codes), ""),
    )


def unsent_lines(interview: Interview) -> Iterator[str]:
    """Text that was typed and not sent, with its question or rule."""
    questions = names_of(interview.edition)
    for key, text in interview.waiting.items():
        is_question = key in interview.edition.questions
        yield interview.say(
            "unsent_line",
            name=place_name(interview, key),
            number=questions.number_of(key) if is_question else "",
            text=text.replace("\n", " "),
        )


def place_name(interview: Interview, key: str) -> str:
    """Where text was typed: the name of a question, the code of a rule, or the end of the form."""
    if key in interview.edition.questions:
        return interview.edition.name(key)
    return key.partition(".")[0] or interview.say("the_end")


def _listed(codes: Iterable[str]) -> str:
    """Codes one after the other, of many the first ones."""
    found = list(codes)
    return "、".join(found[:_NAMED]) + f"等{len(found)}条" * (len(found) > _NAMED)


def _missing_line(interview: Interview, name: str) -> str:
    answer = interview.answers.given.get(name)
    question = interview.edition.questions[name]
    return interview.say(
        "missing_line",
        number=names_of(interview.edition).number_of(name),
        name=interview.edition.name(name),
        state="" if answer is None else answer.state,
        text="" if answer is None else interview.printed(answer, question),
    )


def overview(interview: Interview, words: str = "") -> Iterator[Event]:
    """Every part with its answers and their states, or only those that some words choose.

    Args:
        interview: The conversation.
        words: The word of a filter such as 有误, or of a part such as 三; empty for all.
    """
    marks = standing(interview.answers, interview.findings)
    chosen = _chosen(interview, words.strip(), marks)
    if chosen is None:
        filters = "、".join(_filter_words(interview, code)[0] for code in _FILTERS)
        yield Event("note", interview.say("which_filter", words=words.strip(), filters=filters))
        return
    if not chosen:
        yield Event("note", interview.say("nothing_chosen", words=words.strip()))
    for part in parts(interview.answers, interview.sentences):
        names = [name for name in part.names if name in chosen]
        if names:
            lines = [_answer_line(interview, name, marks.get(name)) for name in names]
            if len(names) == len(part.names):
                lines += absent_line(interview, part.title)
            still = part.left.said(interview.sentences)
            head = interview.say("part", title=part.title, total=len(part.names), still=still)
            yield Event("list", head, lines=tuple(lines), cell=names[0])


def _filter_words(interview: Interview, code: str) -> list[str]:
    return interview.say(f"filter_{code}").split()


def _chosen(
    interview: Interview, words: str, marks: Mapping[str, Standing]
) -> frozenset[str] | None:
    """The questions that a filter or a part's name leaves; `None` for words that are neither."""
    everything = interview.answers.asked
    if not words:
        return frozenset(everything)
    for code, leaves in _FILTERS.items():
        if words in _filter_words(interview, code):
            return frozenset(name for name in everything if leaves(interview, name, marks))
    for part in parts(interview.answers, interview.sentences):
        if words == part.title.partition("、")[0] or (len(words) > 1 and words in part.title):
            return frozenset(part.names)
    return None


def _changed_much(interview: Interview) -> frozenset[str]:
    """What the checks against last year speak of."""
    codes = {check.code for check in interview.edition.checks if check.kind == "unusual"}
    found = [finding for finding in interview.findings if finding.code in codes]
    return frozenset(cell for finding in found for cell in finding.cells)


_FILTERS: Mapping[str, Callable[[Interview, str, Mapping[str, Standing]], bool]] = {
    "error": lambda _, name, marks: marks.get(name) in ("error", "unread"),
    "confirm": lambda _, name, marks: marks.get(name) == "confirm",
    "absent": lambda _, name, marks: marks.get(name) == "absent",
    "provisional": lambda _, name, marks: marks.get(name) == "provisional",
    "open": lambda interview, name, _: is_open(interview.answers, name),
    "changed": lambda interview, name, _: name in _changed_much(interview),
}
"""What each filter of the overview leaves, by the code of its words."""


def _answer_line(interview: Interview, name: str, mark: Standing | None) -> str:
    answer = interview.answers.given.get(name)
    question = interview.edition.questions[name]
    before = interview.previous.active.get(name) if interview.previous else None
    has_before = isinstance(question, Indicator) and before is not None
    return interview.say(
        "answer_line",
        number=names_of(interview.edition).number_of(name),
        name=interview.edition.name(name),
        text="" if answer is None else interview.printed(answer, question).replace("\n", "；"),
        unit=interview.answers.unit_behind(name),
        before=format_answer(before, question) if before is not None and has_before else "",
        mark=interview.say(f"mark_{mark}") if mark in _MARKED else "",
    )


def recap(interview: Interview) -> Event:
    """Where a resumed conversation stands."""
    names = interview.answers.asked
    done = sum(not is_open(interview.answers, name) for name in names)
    lines = tuple(
        interview.say("recap_part", title=part.title, still=part.left.said(interview.sentences))
        for part in parts(interview.answers, interview.sentences)
    )
    text = interview.say(
        "recap",
        body=interview.answers.body,
        year=interview.answers.year,
        done=done,
        still=left_of(interview.answers).said(interview.sentences),
        open=interview.draft.counts["error"],
    )
    return Event("note", text, lines=lines)
