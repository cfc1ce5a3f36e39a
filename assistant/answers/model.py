"""Answers as values: what was given, what applies, and in which state an answer is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.form.model import Edition, Fact, Grid, Option, Question
from assistant.values import NUMBERS, Value
from assistant.values.language import words_for
from assistant.values.print_format import show, show_date

State = Literal["given", "absent", "provisional", "none", "unread"]
"""Zero is given; absent is 暂缺; provisional is 待核实; none is 不适用, the body has no such thing;
unread is kept as it was typed."""
_SAID: tuple[State, ...] = ("absent", "provisional", "none")
STATE_WORDS: dict[str, State] = {
    word: state for state in _SAID for word in words_for(f"state_{state}")
}
STATE_NAMES: dict[State, str] = {state: word for word, state in STATE_WORDS.items()}

NOTHING = frozenset(words_for("nothing", "nothing_more", "blank"))
"""Words for an empty list, and for an optional fact that the body does not have."""
_BLANKS = " \t\n\u3000\u00a0"
_MARKS = "，,、；;：:。"
BEHIND_A_LINE = "，,：:、 \t\u3000"
"""What may follow 暂缺 where it could also begin a name."""
_WITH_VALUE = (*NUMBERS, "date", "choice")
"""Kinds whose value and 待核实 can be told apart in one text."""
_WITH_REMARK = (*_WITH_VALUE, "line")
"""Kinds whose remark can be told from a value in one text."""

ListRow = Mapping[str, "str | Value | Option"]
"""One row of a list fact by column, for example `{"category": "业务动态", "count": 112}`."""
Given = Value | str | date | Option | tuple[Option, ...] | tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its state."""

    value: Given | None
    """None when absent, none or unread."""
    state: State = "given"
    remark: str = ""
    """The preparer's note; never printed in the report."""
    raw: object = None
    """What the file said, kept word for word when it could not be read."""
    line: int = 0
    """Line of the answer file."""
    template: str = ""
    """Of own wording, the version of the passage whose words it stands for."""

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """The rows of a list; empty for every other answer."""
        items = self.value if isinstance(self.value, tuple) else ()
        return tuple(item for item in items if isinstance(item, dict))

    def counts(self, column: str) -> tuple[int, ...]:
        """The numbers in a column of a list, row by row."""
        return tuple(cell for row in self.rows if isinstance(cell := row[column], int))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A written reason for a finding, tied to the values it excused."""

    reason: str
    values: Mapping[str, str]
    """Printed value by cell, for example `{"active_total": "145"}`."""


@dataclass(frozen=True)
class Answers:
    """The answers of one body for one year."""

    edition: Edition = field(repr=False)
    year: int
    given: Mapping[str, Answer] = field(default_factory=dict)
    """By question id, in the order of the edition."""
    acknowledged: Mapping[str, Acknowledgement] = field(default_factory=dict)
    """By key of the finding, for example `L03.channel_wechat`."""
    unknown: Mapping[str, object] = field(default_factory=dict)
    """Entries with an id the edition does not have, kept as they were."""
    claimed: Mapping[str, Answer] = field(default_factory=dict)
    """Totals that a file gives although they are computed; only checks look at them."""
    stray: Mapping[str, object] = field(default_factory=dict)
    """Wording of passages that the edition does not have, kept as it was."""

    def with_given(self, given: Mapping[str, Answer]) -> "Answers":
        """The same file with other answers, in the order of the form."""
        order = self.edition.questions
        return replace(self, given={name: given[name] for name in order if name in given})

    def worded(self, passage: str, text: str | None) -> Answer:
        """Own words in the place of a passage as it is now; `None` leaves it out."""
        version = self.edition.versions.get(passage, "")
        return Answer(text, "none" if text is None else "given", template=version)

    def applies(self, question: Question) -> bool:
        """Whether a question is to be asked, given the facts it depends on."""
        if not isinstance(question, Fact):
            return question.id not in self.absent
        if question.passage:
            return question.id in self.given
        return question.id not in self._unchosen and question.id not in self.settled

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The questions that apply, in the order of asking."""
        return tuple(name for name, each in self.edition.questions.items() if self.applies(each))

    @cached_property
    def _unchosen(self) -> frozenset[str]:
        """Facts that hang on an option which is not chosen, or on a fact that is not asked."""
        unasked: set[str] = set()
        for fact in self.edition.facts:
            for owner, wanted in fact.when.items():
                answer = None if owner in unasked else self.given.get(owner)
                value = answer.value if answer else None
                options = value if isinstance(value, tuple) else (value,)
                chosen = {each.id for each in options if isinstance(each, Option)}
                if chosen.isdisjoint(wanted) if wanted else value:
                    unasked.add(fact.id)
        return frozenset(unasked)

    @cached_property
    def settled(self) -> Mapping[str, bool]:
        """Facts that need no answer, as the number they rest on is zero or untold; true for zero.

        A number above zero that is given nevertheless stands, for the checks to speak of.
        """
        settled: dict[str, bool] = {}
        for fact in self.edition.facts:
            own, owner = self.given.get(fact.id), self.given.get(fact.rests_on)
            stands = own is not None and (own.value or own.state not in ("given", "none"))
            if stands or not self._unchosen.isdisjoint((fact.id, fact.rests_on)):
                continue
            if fact.rests_on in settled:
                settled[fact.id] = settled[fact.rests_on]
            elif owner is not None and (owner.value == 0 or owner.state == "none"):
                settled[fact.id] = owner.value == 0
        return settled

    @cached_property
    def absent(self) -> frozenset[str]:
        """Cells of rows or columns that did not occur: they are zero and not asked."""
        chosen: dict[str, frozenset[str]] = {}
        for fact in {fact for fact, _ in self.edition.cells_of_choice}:
            answer = self.given.get(fact)
            if answer is not None and isinstance(answer.value, tuple):
                options = (each for each in answer.value if isinstance(each, Option))
                chosen[fact] = frozenset(option.id for option in options)
        return frozenset(
            cell
            for (fact, name), cells in self.edition.cells_of_choice.items()
            if fact in chosen and name not in chosen[fact]
            for cell in cells
        )

    @cached_property
    def active(self) -> Mapping[str, Answer]:
        """The answers whose question applies; the others are invisible to all that follows."""
        inactive = self._unchosen | self.settled.keys() | self.absent
        if not inactive:
            return self.given
        return {name: answer for name, answer in self.given.items() if name not in inactive}

    @cached_property
    def idle(self) -> frozenset[str]:
        """Answers that are kept and enter nothing; a zero that holds anyway is none of them."""
        return frozenset(self.given.keys() - self.active.keys() - self.settled.keys())

    def value(self, name: str) -> Given | None:
        """The value of an active answer; `None` when there is none yet."""
        answer = self.active.get(name)
        return answer.value if answer else None

    def is_dropped(self, passage: str) -> bool:
        """Whether a passage of the narrative is left out."""
        answer = self.active.get(passage)
        return answer is not None and answer.state == "none"

    @property
    def body(self) -> str:
        """The name of the body; empty until it is given."""
        return str(self.value(self.edition.roles.body_name) or "")

    def words_without(self, fact: Fact) -> str:
        """What the report prints where a fact is not given: those of the one named `or_else`."""
        other = self.edition.questions.get(fact.or_else)
        value = self.value(fact.or_else)
        if value is None:
            return self.words_without(other) if isinstance(other, Fact) else ""
        return value.text if isinstance(value, Option) else str(value)

    @property
    def called(self) -> str:
        """What the report calls the body, 本镇; empty where the form does not ask or not yet."""
        fact = self.edition.self_name
        return str(self.value(fact.id) or self.words_without(fact)) if fact else ""

    @cached_property
    def numbers(self) -> Mapping[str, Value]:
        """Every number by cell, `{"active_total": 145, "categories.count": 155}`.

        A list column of counts stands with its sum, a computed cell with that of its parts; a cell
        that did not occur, and a fact that there can be none of, with zero. Missing answers are
        left out, and so is what hangs on them.
        """
        naught = (name for name, is_zero in self.settled.items() if is_zero)
        zeros = self.edition.zeros
        numbers = {name: zeros[name] for name in (*self.absent, *naught)}
        for name, answer in self.active.items():
            if isinstance(answer.value, int | Decimal):
                numbers[name] = answer.value
            elif isinstance(answer.value, tuple) and answer.rows:
                question = self.edition.questions[name]
                columns = question.columns if isinstance(question, Fact) else ()
                counted = [column.id for column in columns if column.kind == "count"]
                numbers |= {f"{name}.{column}": sum(answer.counts(column)) for column in counted}
        for cell, parts in self.edition.sums.items():
            known = [numbers[part] for part in parts if part in numbers]
            if len(known) == len(parts):
                numbers[cell] = sum(known, zeros[cell])
        return numbers

    def items(self, cell: str) -> tuple[Value, ...]:
        """The numbers of a list column, or the single number of a cell; empty when missing."""
        owner = self.edition.owner(cell)
        column = cell.removeprefix(owner).removeprefix(".")
        if not column:
            number = self.numbers.get(cell)
            return () if number is None else (number,)
        answer = self.active.get(owner)
        return answer.counts(column) if answer else ()

    def unit_behind(self, name: str) -> str:
        """The unit said behind an answer; empty unless it is a number that was given."""
        answer = self.given.get(name)
        is_given = answer is not None and answer.state == "given" and name in self.numbers
        return self.edition.unit(name) if is_given else ""

    def printed(self, cell: str) -> str:
        """What an acknowledgement stores of a cell: its printed value or its text."""
        number = self.numbers.get(cell)
        if number is not None:
            return show(number)
        value = self.value(cell)
        if isinstance(value, Option):
            return value.label
        if isinstance(value, date):
            return show_date(value)
        return value if isinstance(value, str) else ""


def occurred(grid: Grid, given: Mapping[str, Answer], edition: Edition) -> dict[str, Answer]:
    """The rows and columns that occurred, as answers, where every cell of a table is given."""
    asked = [cell for cell in grid.by_place.values() if not cell.computed]
    if not all(cell.id in given and given[cell.id].value is not None for cell in asked):
        return {}
    found: dict[str, Answer] = {}
    facts = {fact.id: fact for fact in edition.facts}
    for name, side in ((grid.rows_from, "row"), (grid.columns_from, "column")):
        if (fact := facts.get(name)) is not None:
            told = {getattr(cell, side) for cell in asked if given[cell.id].value}
            found[name] = Answer(tuple(each for each in fact.options if each.id in told))
    return found


# --- States as people type them: 暂缺，财政所下周给数; 28件待核实; 不适用; 没有


class Spoken(NamedTuple):
    """A state found in a text, for example `Spoken("provisional", "28件", "等网站组")`."""

    state: State
    value: str = ""
    """Still to be read; empty unless provisional."""
    remark: str = ""


def read_state(question: Question, text: str) -> Spoken | None:
    """Find the state that a text speaks of; `None` when it is to be read as a value.

    Text of several lines, lists and choices know only the bare words; a line also 暂缺 and 不适用
    with a remark behind a mark; numbers, dates and single choices also a value with 待核实.
    """
    said = text.strip(_BLANKS)
    if said in STATE_WORDS:
        return Spoken(STATE_WORDS[said])
    if said.isdecimal() or _is_option(question, said):
        return None
    if said.rstrip("。") in words_of_none(question):
        return Spoken("none")
    if question.kind in _WITH_REMARK:
        for word in (STATE_NAMES["absent"], STATE_NAMES["none"]):
            rest = said.removeprefix(word)
            if rest != said and (question.kind != "line" or rest[0] in BEHIND_A_LINE):
                return Spoken(STATE_WORDS[word], remark=_remark(rest))
    if question.kind in _WITH_VALUE and STATE_NAMES["provisional"] in said:
        return _read_provisional(said)
    return None


def takes_remark(question: Question, state: State) -> bool:
    """Whether the text of an answer can carry this state with a remark."""
    kinds = _WITH_VALUE if state == "provisional" else _WITH_REMARK
    return question.kind in kinds


def can_be_none(question: Question) -> bool:
    """Whether 不适用 answers it: an optional fact, or a list that may be empty."""
    return isinstance(question, Fact) and (not question.required or may_be_empty(question))


def may_be_empty(question: Question) -> bool:
    """Whether it is a list or choices that may hold nothing; then 不适用 is that nothing."""
    return isinstance(question, Fact) and (
        question.kind in ("list", "choices") and question.at_least == 0
    )


def words_of_none(question: Question) -> frozenset[str]:
    """The words that give an optional fact the state none, 不适用 apart; 无 as a number is 0."""
    if not isinstance(question, Fact) or question.required or may_be_empty(question):
        return frozenset()
    return frozenset(words_for("blank")) if question.kind in NUMBERS else NOTHING


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing, 没有。 for example."""
    return text.strip(_BLANKS).rstrip("。") in NOTHING


def _is_option(question: Question, said: str) -> bool:
    options = question.options if isinstance(question, Fact) else ()
    return any(said in (option.label, option.id) for option in options)


def _read_provisional(said: str) -> Spoken:
    """Take apart 28件待核实, 28（待核实）, 28，待核实：等财务确认, 待核实：28."""
    before, _, after = said.partition(STATE_NAMES["provisional"])
    value = before.rstrip(_MARKS + _BLANKS)
    if value.endswith(("（", "(")):
        value = value[:-1].rstrip(_MARKS + _BLANKS)
        is_closed = after.startswith(("）", ")"))
        after = after[1:] if is_closed else after.rstrip(_BLANKS).removesuffix("）")
        after = after if is_closed else after.removesuffix(")")
    if value:
        return Spoken("provisional", value, _remark(after))
    return Spoken("provisional", after.strip(_MARKS + _BLANKS + "（）()"))


def _remark(rest: str) -> str:
    """The remark behind a state word, without the mark between them."""
    noted = rest.strip(_BLANKS)
    if noted[:1] in ("（", "(") and noted[-1:] in ("）", ")"):
        return noted[1:-1].strip(_BLANKS)
    return noted[1:].strip(_BLANKS) if noted[:1] and noted[0] in _MARKS else noted
