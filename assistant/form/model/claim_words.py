"""What running text calls the figures of a form: `claims.yaml` of an edition."""

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import product
from math import prod

from assistant.form.entry import Strict

_CHOICE = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)")
"""What a word may have, `[至|到]`, and one of what it must have, `(下|次)`."""
_MOST_SPELLINGS = 1_000
"""Words that one entry may stand for."""


class Named(Strict):
    """One figure, a cell or a sum of cells, and what running text calls it."""

    figure: str
    """`open.total`, `open.total + partial.total`, `deny_*.total`."""
    said: tuple[str, ...] = ()
    """Phrases of known words in any order; each is read as the words it is made of."""
    or_else: tuple[str, ...] = ()
    """Other figures that the same words may mean; a number is right if it is one of them."""
    perhaps: tuple[str, ...] = ()
    """Figures that somebody may mean by the same words, so that a person must look."""
    none_if_all: tuple[str, ...] = ()
    """Said of all, these words say that there is none of it: 均已办结 of what is carried on."""


class Ratio(Strict):
    """A rate by its name: 办结率."""

    topic: str
    """The topic that the text must be speaking of."""
    said: tuple[str, ...]
    part: str
    whole: str


class Topic(Strict):
    """What is spoken of together, so that short names are certain once it has been named."""

    id: str
    slots: tuple[str, ...] = ()
    """Own texts that speak of it from their first word on."""
    nouns: tuple[str, ...] = ()
    """Words that name the topic itself: beside one of them a short name is certain."""
    beside: tuple[str, ...] = ()
    """Words that may stand beside its names without narrowing them."""
    cells: tuple[str, ...] = ()
    """The cells, rows and lists whose printed names belong to it: `new_received.*`, `reg_made`."""
    named: tuple[Named, ...] = ()


class ClaimExample(Strict):
    """A sentence and what it says of the figures, for lint to prove the vocabulary with."""

    say: str
    """`全年{收到}申请8件`: a word in braces stands for every word of its meaning in turn, and
    `{passing}` for every one that narrows nothing."""
    means: dict[str, str] = field(default_factory=dict)
    """By each number, or by the first words of what is said of none or all, the figure that it is:
    `{8: new_received.total, 均: open.total/result_total.total, 3: own}`; `own` is none of the
    form's."""
    slot: str = ""
    """The own text that it stands in; empty for one that names no topic."""


class ClaimWords(Strict):
    """The vocabulary of one edition for what own text claims."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words of one meaning, by the one that stands for them: `{"收到": ("受理", "接到")}`; a family
    of them in one entry, `转[至|到](下|次)年[度]`."""
    passing: tuple[str, ...] = ()
    """Words that narrow nothing in this field, beside those of the language."""
    topics: tuple[Topic, ...] = ()
    rates: tuple[Ratio, ...] = ()
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By cell what it may be said to be all or a share of, where no sum of the form says so."""
    examples: tuple[ClaimExample, ...] = ()

    def __post_init__(self) -> None:
        """See that no entry stands for more words than anybody means.

        Raises:
            ValueError: One does.
        """
        for word in (each for words in self.words.values() for each in words):
            if prod(len(each) for each in _choices(word)) > _MOST_SPELLINGS:
                raise ValueError(word)

    def spelled(self) -> dict[str, tuple[str, ...]]:
        """The words of each meaning one by one, families written out; first what stands for it."""
        found: dict[str, tuple[str, ...]] = {}
        for head, words in self.words.items():
            spelled = ("".join(each) for word in words for each in product(*_choices(word)))
            found[head] = tuple(dict.fromkeys((head, *spelled)))
        return found


def _choices(word: str) -> Iterator[tuple[str, ...]]:
    """Piece by piece what may stand there: 转, 至 or nothing, 年 of `转[至]年`."""
    at = 0
    for match in _CHOICE.finditer(word):
        yield (word[at : match.start()],)
        yield ("", *match[1].split("|")) if match[2] is None else tuple(match[2].split("|"))
        at = match.end()
    yield (word[at:],)
