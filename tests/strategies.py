"""Arbitrary answers for property tests: any numbers, or numbers that keep every binding rule."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from assistant.answers import STATE_WORDS, Answer, Answers, is_nothing
from assistant.form.loader import open_library
from assistant.form.model import Column, Edition, Fact, Indicator, Option
from assistant.values import read_text

COUNTS = st.one_of(
    st.just(0),
    st.integers(0, 30),
    st.integers(0, 99_999),
    st.integers(1, 9).map(lambda n: n * 10_000),
)
AMOUNTS = st.one_of(
    st.just(Decimal(0)),
    st.integers(1, 10**9).map(lambda micro: (Decimal(micro) / 1_000_000).normalize()),
)
NASTY = [
    "{{ 7*7 }}",
    "[red]x[/]",
    "=1+1",
    "a|b",
    "<b>粗</b>",
    "# 题",
    "- 项",
    "1. 项",
    "\\n",
    "*星*",
]
LINES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"]), min_size=1, max_size=20),
)

SHAPED = {
    "postcode": ["100000", "010000"],
    "phone": ["010-00000000", "(010)00000000转8", "01000000000、010-00000001"],
    "email": ["zwgk@example.cn", "a.b-c@example.gov.cn"],
    "url": ["http://www.example.cn/nianbao?a=1", "www.example.cn"],
}
"""Lines of every shape."""


def numbers(item: Indicator | Fact) -> st.SearchStrategy[int | Decimal]:
    return COUNTS if item.kind == "count" else AMOUNTS


def _line_is_kept(text: str) -> bool:
    """Whether a text is words and stays as it is: 没了 or 暂缺 would be heard as something else."""
    says_state = is_nothing(text) or any(word in text for word in STATE_WORDS)
    return read_text(text) == text and not says_state


def _lines(asked: Fact | Column) -> st.SearchStrategy[str]:
    lines = LINES.filter(lambda line: _line_is_kept(line) and line[-1] not in "，。；、：")
    return lines.filter(lambda line: not line[-1].isdecimal()) if asked.before_number else lines


def _rows(fact: Fact) -> st.SearchStrategy[tuple[Mapping[str, Any], ...]]:
    if fact.id == "problems":
        pairs = [
            {"problem": problem, "measure": measure}
            for problem in fact.columns[0].options
            for measure in fact.columns[1].options
            if problem.id in measure.answers
        ]
        return st.lists(
            st.sampled_from(pairs), min_size=1, max_size=4, unique_by=lambda row: row["problem"].id
        ).map(tuple[Mapping[str, Any], ...])
    columns = {
        column.id: COUNTS if column.kind == "count" else _lines(column) for column in fact.columns
    }
    first = fact.columns[0].id
    return st.lists(
        st.fixed_dictionaries(columns), max_size=4, unique_by=lambda row: row[first]
    ).map(tuple)


def _fact(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind in ("count", "amount"):
        return numbers(fact)
    if fact.kind == "choice":
        return st.sampled_from(fact.options)
    if fact.kind == "choices":
        chosen = st.lists(
            st.sampled_from(fact.options),
            min_size=fact.at_least,
            unique_by=lambda option: option.id,
        )
        return chosen.map(lambda options: _in_order(fact, options))
    if fact.kind == "list":
        return _rows(fact)
    if fact.kind == "date":
        return st.dates()
    if fact.shape is not None:
        return st.sampled_from(SHAPED[fact.shape])
    if fact.kind == "text":
        return st.lists(LINES.filter(_line_is_kept), min_size=1, max_size=3).map("\n".join)
    return _lines(fact)


def _in_order(fact: Fact, options: list[Option]) -> tuple[Option, ...]:
    return tuple(option for option in fact.options if option in options)


EDITIONS = [open_library().edition(name) for name in open_library().fillable_ids()]
"""Every form that is filled in; a law draws one of them, so that its examples are shared out."""


WHOLE_FILES = settings(
    max_examples=15,
    phases=[Phase.generate],  # shrinking a whole answer file takes minutes
    suppress_health_check=list(HealthCheck),
)
"""For laws of whole answer files."""


_STRATEGIES: dict[int, tuple[Fact, st.SearchStrategy[Any]]] = {}
"""What each fact may be; made once, as making takes longer than drawing."""


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    if id(fact) not in _STRATEGIES:
        _STRATEGIES[id(fact)] = fact, _fact(fact)
    return _STRATEGIES[id(fact)][1]


def _figure(item: Indicator, chance: Random) -> int | Decimal:
    """A figure like those of `numbers`, without Hypothesis, which takes ten times as long."""
    if item.kind == "count":
        return chance.choice((0, chance.randint(0, 30), chance.randint(0, 99_999)))
    return chance.choice((Decimal(0), (Decimal(chance.randint(1, 10**9)) / 10**6).normalize()))


@st.composite
def answers(draw: st.DrawFn, edition: Edition, *, complete: bool = True) -> Answers:
    """Arbitrary valid answers: every value is one the reader could have given."""
    given: dict[str, Answer] = {}
    chance = draw(st.randoms(use_true_random=True))
    for name, question in edition.asked.items():
        is_optional = isinstance(question, Fact) and not question.required
        if (is_optional or not complete) and chance.random() < 0.5:
            continue
        if isinstance(question, Indicator):
            given[name] = Answer(_figure(question, chance))
        else:
            given[name] = Answer(draw(_values(question)))
    year = draw(st.integers(edition.years.first, edition.years.last or edition.years.first + 8))
    return Answers(edition, year, given)
