"""States as people type them: 暂缺，财政所下周给数; 28件待核实; 不适用; 没有."""

from typing import NamedTuple

from assistant.answers.model import STATE_WORDS, State
from assistant.form.model import Fact, Question

NOTHING = frozenset(
    {
        "无",
        "没有",
        "没有了",
        "没了",
        "不填",
        "无此情况",
        "没有补充",
        "无补充",
        "不补充",
        "没有要补充的",
    }
)
"""Words for an empty list, and for an optional fact that the body does not have."""
_BLANKS = " \t\n\u3000\u00a0"
_MARKS = "，,、；;：:。"
BEHIND_A_LINE = "，,：:、 \t\u3000"
"""What may follow 暂缺 where it could also begin a name."""
_ABSENT, _PROVISIONAL, _NONE = "暂缺", "待核实", "不适用"
_NUMBERS = ("count", "amount")
_WITH_VALUE = (*_NUMBERS, "date", "choice")
"""Kinds whose value and 待核实 can be told apart in one text."""
_WITH_REMARK = (*_WITH_VALUE, "line")
"""Kinds whose remark can be told from a value in one text."""


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
    if _is_option(question, said):
        return None
    if _means_none(question, said):
        return Spoken("none")
    if question.kind in _WITH_REMARK:
        for word in (_ABSENT, _NONE):
            rest = said.removeprefix(word)
            if rest != said and (question.kind != "line" or rest[0] in BEHIND_A_LINE):
                return Spoken(STATE_WORDS[word], remark=_remark(rest))
    if question.kind in _WITH_VALUE and _PROVISIONAL in said:
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
    return frozenset({"不填"}) if question.kind in _NUMBERS else NOTHING


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing, 没有。 for example."""
    return text.strip(_BLANKS).rstrip("。") in NOTHING


def _means_none(question: Question, said: str) -> bool:
    return said.rstrip("。") in words_of_none(question)


def _is_option(question: Question, said: str) -> bool:
    options = question.options if isinstance(question, Fact) else ()
    return any(said in (option.label, option.id) for option in options)


def _read_provisional(said: str) -> Spoken:
    """Take apart 28件待核实, 28（待核实）, 28，待核实：等财务确认, 待核实：28."""
    before, _, after = said.partition(_PROVISIONAL)
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
