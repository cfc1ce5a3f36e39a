"""What a text has spoken of so far, by which the next words are understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from assistant.claims.claim import Cells, Claim, Doubt
from assistant.claims.figures_named import Reading, readings_of
from assistant.claims.tokens import Token
from assistant.claims.vocabulary import Meaning, Name, Vocabulary
from assistant.values import Number

_ALL_WAYS = 3
"""So many ways named together (网络、信函和窗口) are all of them; fewer are a part."""
_NOT_UNDERSTOOD = frozenset({"unknown", "such", "none", "except", "share", "rate", "way", "back"})


class Parse(NamedTuple):
    """Some tokens taken together."""

    meaning: Meaning = frozenset()
    kinds: frozenset[str] = frozenset()
    is_joined: bool = False
    """和, 及 or 、 stand between its words."""
    first: str = ""
    """The kind of its first word: by what means, 通过网站; what is in it, 含撤回的."""


def parse(tokens: Sequence[Token]) -> Parse:
    """Take tokens together; a mark or 和 before them joins nothing."""
    if not tokens:
        return _NOTHING
    every = [token.kind for token in tokens]
    kinds, first = frozenset(every), every[0]
    if "way" in kinds and every.count("way") >= _ALL_WAYS:
        kinds -= {"way"}
    if "back" in kinds and first != "back":
        kinds -= {"back"}
    inner = every[first in ("mark", "with") :]
    meaning = frozenset[str]().union(*[token.meaning for token in tokens])
    return Parse(meaning, kinds, "with" in inner or "mark" in inner, first)


_NOTHING = Parse()


@dataclass
class Discourse:
    """What was said before, within one text."""

    known: Vocabulary
    listed: Sequence[Name]
    """Names of rows of lists, beside those of the vocabulary."""
    home: str
    """The topic of the text, by the question that it answers; empty for none."""
    topic: str = ""
    context: Meaning = frozenset()
    """The words of what the parts that follow belong to."""
    time: Doubt = ""
    last: Claim | None = None
    """The number before, in the same sentence."""
    last_meaning: Meaning = frozenset()
    is_last_known: bool = True
    is_listing: bool = False
    """其中 has been said in the sentence: parts follow, never the whole."""
    whole: str = ""
    """The topic of what parts are told of: 行政复议12件，其中…; empty while no parts are told."""
    columns: Meaning = frozenset()
    """The kind of applicants that parts are told of: 企业申请的14件中."""
    is_excepted: bool = False
    """The sentence takes something out of what follows: 除结转的5件外."""
    before: Parse | None = None
    """The clause before, if it has no number."""
    opened: Parse | None = None
    """The clause before the bracket, if it has no number."""
    is_of_named: bool = False
    """Whether the sentence speaks of something with a name of its own."""
    subject: Meaning = frozenset()
    """Words of the sentence from what is not understood: 政府网站 of 加强政府网站建设."""

    is_fresh: bool = True
    """Nothing that is not known was told so far, so that short names need no topic."""
    _resolved: dict[tuple[Meaning, bool, str], tuple[Reading, ...]] = field(default_factory=dict)
    """What words of this text were found to name."""
    left: tuple[str, str, Decimal] | None = None
    """Topic and unit of the whole in the sentence, and what of it is not told to be anything."""
    told_cells: list[Cells] = field(default_factory=list)
    """What the numbers of the sentence so far are, the last one last."""

    def __post_init__(self) -> None:
        """Begin with the topic of the text."""
        self.topic = self.home

    def begin_sentence(self, *, is_part: bool, is_of_named: bool = False) -> None:
        """Forget what only its own sentence knows; nothing behind a semicolon.

        `is_of_named` where it begins with a name in quotation marks that nobody knows: it speaks of
        a site or a column of its own, “国际服务门户”已有10个语种，发布信息520条.
        """
        self.is_listing, self.is_of_named = False, is_of_named
        if is_part:
            return
        self.time, self.last, self.before, self.is_last_known = "", None, None, True
        self.last_meaning = self.subject = frozenset()
        self.told_cells, self.opened, self.left = [], None, None
        self.whole, self.columns, self.is_excepted = "", frozenset(), False

    def begin_parts(self) -> None:
        """Know that what follows are parts of what was told last."""
        self.whole = self.topic
        self.columns = self.last_meaning & self.known.column_words

    def is_part(self, reading: Reading, meaning: Meaning) -> bool:
        """Whether figures may be parts of the whole: no results of 行政复议12件中."""
        is_named = bool(self.known.nouns[reading.topic] & meaning)
        return not self.whole or is_named or self.is_topic(reading.topic, self.whole)

    def open_bracket(self, mark: str) -> None:
        """Keep what stands before a bracket until it is closed."""
        if mark == "（":
            self.opened = self.before if self.before and self.before.meaning else None
        elif mark != "）":
            self.opened = None

    def move_time(self, tokens: Sequence[Token]) -> None:
        """Take the time that tokens speak of; 比上年增加 says of the report year what it says."""
        kinds = [token.kind for token in tokens if token.kind not in ("passing", "unknown")]
        is_compared = False
        for before, kind, behind in zip(["", *kinds], kinds, [*kinds[1:], ""], strict=False):
            if kind == "last_year":
                is_with = before == "with" and behind in ("change", "last_year")  # 与上年相比
                is_compared = before == "change" or is_with or (is_compared and before == kind)
                self.time = self.time if is_compared else kind
            elif kind in ("other_time", "plan"):
                self.time = kind
            elif kind == "report" or (kind == "level" and self.time != "plan"):
                self.time = ""

    def doubt(self, told: Parse) -> Doubt:
        """Why a number with these words around it says nothing of the table; empty for none."""
        is_understood = not told.kinds & (_NOT_UNDERSTOOD | {"scope"})
        if "change" in told.kinds and "level" not in told.kinds:
            return "unknown" if not is_understood else self.time or "change"
        if self.time:
            return "other_time" if self.time == "last_year" and not is_understood else self.time
        is_narrowed = self._is_narrowed and "unknown" in self.before_kinds
        if "scope" in told.kinds or is_narrowed or self.is_of_named:
            return "scope"
        return "unknown" if told.kinds & _NOT_UNDERSTOOD else ""

    @property
    def before_kinds(self) -> frozenset[str]:
        """What the clause before is made of, if it has no number."""
        return self.before.kinds if self.before else frozenset()

    @property
    def is_beside_unknown(self) -> bool:
        """Whether the number before is not known; of one of last year it is known what it is."""
        return bool(self.last and not self.is_last_known and self.last.doubt != "last_year")

    @property
    def _is_narrowed(self) -> bool:
        """Whether the clause before says by what means: 通过网站，."""
        return self.before is not None and self.before.first == "means"

    @property
    def is_bracket_narrow(self) -> bool:
        """Whether the clause before, in brackets, says of which alone: （不含乡镇）."""
        is_known = not self.before_kinds & {"unknown", "scope"}
        return self.before is not None and not is_known and self.before.first != "include"

    def widened(self, meaning: Meaning) -> Iterator[Meaning]:
        """Some words, then with what was spoken of, then with the noun of the topic.

        Short words of another topic, 收到留言5件，答复4件, belong first to what was spoken of.
        """
        if self.before is not None and self._is_narrowed and self.before.meaning:
            yield meaning | self.before.meaning
            return
        if self.context and self._is_foreign(meaning):
            yield meaning | self.context
        yield meaning
        if self.context:
            yield meaning | self.context
        if self.topic and len(self.known.nouns[self.topic]) == 1:
            yield meaning | self.known.nouns[self.topic]

    def resolve(
        self, meaning: Meaning, *, is_joined: bool = False, unit: str = ""
    ) -> tuple[Reading, ...]:
        """The figures that words name here; short names only while their topic is spoken of."""
        key = (meaning, is_joined, unit)
        if key not in self._resolved:
            self._resolved[key] = readings_of(
                meaning, self.known, self.listed, is_joined=is_joined, unit=unit
            )
        return tuple(
            each
            for each in self._resolved[key]
            if each.is_explicit or self.is_fresh or self.is_topic(each.topic, self.topic)
        )

    def rest_of_whole(self, meaning: Meaning, number: Number) -> tuple[Reading, ...]:
        """What 剩余2件结转下年度 counts, where the parts before it leave just so many of 12件."""
        if self.left is None or self.left[1:] != (number.unit, Decimal(number.value)):
            return ()
        found = self.named(meaning, unit=number.unit)
        return tuple(each for each in found if each.topic == self.left[0])

    def named(self, meaning: Meaning, *, unit: str) -> tuple[Reading, ...]:
        """The figures that words name, whatever is spoken of here."""
        return readings_of(meaning, self.known, self.listed, is_joined=False, unit=unit)

    def _is_foreign(self, meaning: Meaning) -> bool:
        """Whether words name, by short names alone, something of a topic not spoken of."""
        found = self.resolve(meaning)
        near = (each.is_explicit or self.is_topic(each.topic, self.topic) for each in found)
        return bool(found and self.topic) and not any(near)

    def first_cells(self, meaning: Meaning, *, is_joined: bool = False) -> tuple[Cells, ...]:
        """All that words may name, by themselves or with what is around them; empty for nothing."""
        for wide in self.widened(meaning):
            found = self.resolve(wide, is_joined=is_joined)
            if found:
                return tuple(cells for each in found for cells in each.cells)
        return ()

    def is_topic(self, topic: str, spoken: str) -> bool:
        """Whether a topic is the one spoken of, or shares its noun."""
        nouns = self.known.nouns
        return bool(spoken) and (topic == spoken or bool(nouns[topic] & nouns[spoken]))

    def is_whole(self, reading: Reading) -> bool:
        """Whether a whole behind 其中 is no part of what was told before: 复议 of 复议和诉讼."""
        cells = set(reading.cells[0])
        return self.is_listing and not any(cells < set(each) for each in self.told_cells)

    def of_subject(self, reading: Reading) -> Iterator[Reading]:
        """What the words of a whole may count too: what the sentence spoke of before."""
        if not reading.is_bare:
            return
        for name in self.listed:
            is_like = self.known.unit(name.readings[0][0]) == self.known.unit(reading.cells[0][0])
            if name.topic == reading.topic and name.meaning <= self.subject and is_like:
                yield reading._replace(cells=name.readings, is_bare=False)

    def take_clause(self, told: Parse) -> None:
        """Take a clause without a number as what the next ones speak of: 办结的申请中."""
        if not told.meaning or told.kinds & {"unknown", "scope", "way"}:
            self.is_fresh &= "unknown" not in told.kinds
            self.subject |= told.meaning
            if named := self._topic_of(told.meaning):
                self.topic, self.context = named, frozenset()
            return
        found = readings_of(told.meaning, self.known, self.listed, is_joined=told.is_joined)
        is_near = found and any(self.is_topic(found[0].topic, t) for t in (self.topic, self.home))
        named = found[0].topic if found and (is_near or found[0].is_explicit) else ""
        topic = named or ("" if found else self._topic_of(told.meaning))
        if topic:
            self.topic, self.context = topic, told.meaning
            if "among" in told.kinds:
                self.begin_parts()

    def _topic_of(self, meaning: Meaning) -> str:
        return next((name for name, nouns in self.known.nouns.items() if nouns & meaning), "")

    def take_number(self, claim: Claim, reading: Reading, meaning: Meaning) -> None:
        """Take a number that is understood."""
        is_whole = all(cell in self.known.totals for cell in reading.cells[0])
        words = meaning - self.known.column_words
        is_of_whole = self.is_listing and words <= self.context
        is_named = meaning & self.known.nouns[reading.topic] or is_whole or not self.context
        if is_named and not is_of_whole:
            self.context = words
        self.topic, self.last, self.last_meaning = reading.topic, claim, meaning
        self.is_last_known = True
        self.told_cells.append(claim.readings[0])
        if is_whole and not self.is_listing and claim.number:
            self.left = reading.topic, claim.number.unit, Decimal(claim.number.value)

    def take_sum(self, claim: Claim) -> None:
        """Take a number that adds up those before it."""
        self.last, self.last_meaning, self.is_last_known = claim, frozenset(), True

    def take_unknown(self, claim: Claim, told: Parse, *, guessed: str, is_part: bool) -> None:
        """Take a number that is not compared.

        `guessed` is the topic that its words name all the same, empty for none; a part stands in a
        list or in brackets, which end nothing that was spoken of.
        """
        self.is_last_known, self.last = False, claim
        if self.left and claim.number and claim.number.unit == self.left[1]:
            self.left = *self.left[:2], self.left[2] - Decimal(claim.number.value)
        self.last_meaning = frozenset() if "unknown" in told.kinds else told.meaning
        self.subject |= told.meaning
        if guessed and claim.doubt in ("last_year", "other_time", "plan", "change"):
            self.topic, self.context = guessed, told.meaning - self.known.column_words
        if "unknown" in told.kinds and not is_part:
            self.is_fresh = False
            self.topic, self.context = "", frozenset()
