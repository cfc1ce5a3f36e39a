"""From a text to its claims, clause by clause.

A claim is understood only if every word of its clause is known; else it is kept as not understood.
"""

import re
from collections.abc import Iterable, Iterator

from assistant.claims.claim import Claim
from assistant.claims.dealing import dealt_out
from assistant.claims.discourse import Discourse, parse
from assistant.claims.line import OPENING, Sentence, legible
from assistant.claims.numbers_told import Place, read_count, read_share
from assistant.claims.tokens import Token, clauses_of, tokens_of, with_all_apart, without_articles
from assistant.claims.vocabulary import Entry, Name, Vocabulary
from assistant.claims.words_told import read_words
from assistant.values import NUMERAL_CHARACTERS
from assistant.values.grouping import grouped
from assistant.values.language import any_of

_ARTICLE = "一"
"""作了一次核对: it only says that there is something, where it is no figure."""
_SITE = re.compile(rf".{{2,8}}?{any_of('named_sites')}")  # 国际服务门户新增语种
_TELLING = re.compile(
    rf"[0-9{NUMERAL_CHARACTERS}]|{any_of('half_of_about', 'said_none', 'said_all', 'there_was')}"
)
"""What there is in every claim: a number, or a word for a half, none, all or some."""
_KIND = "类"
"""政务动态类 is 政务动态, too, where it is told."""


class Reader:
    """Reads own texts of one set of answers."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        own_names: Iterable[str],
        listed: Iterable[tuple[str, Iterable[str]]],
        year: int,
    ) -> None:
        """Take the words.

        Args:
            vocabulary: Those of the edition.
            own_names: What the body calls itself.
            listed: List facts with the entries of their rows, each with a count of its own.
            year: The report year.
        """
        self._known = vocabulary
        self._year = year
        words = dict.fromkeys(own_names, Entry("passing"))
        self._listed: list[Name] = []
        for fact, entries in listed:
            topic = vocabulary.topic_of(fact)
            for entry in entries if topic else ():
                key = legible(entry).text
                meaning = vocabulary.meaning_of(entry) or frozenset({key})
                for said in {key, key.removesuffix(_KIND)}:
                    if said == key or said not in vocabulary.entries:
                        words[said] = Entry("word", meaning)
                cells = (f"{fact}[{entry}]",)
                self._listed.append(Name(meaning, (cells,), topic, is_printed=True))
        self._own_words = grouped((word[:1], (word, known)) for word, known in words.items())

    def claims_of(self, slot: str, sentences: Iterable[Sentence]) -> Iterator[Claim]:
        """All claims of a text in order; the question that it answers may name its topic."""
        every = tuple(sentences)
        telling = [at for at, each in enumerate(every) if _TELLING.search(each.line.text)]
        if not telling:
            return
        topics = self._known.topics.values()
        asked = self._known.edition.topic_of(slot)
        home = next((each.id for each in topics if asked in each.slots), "")
        told = Discourse(self._known, self._listed, home)
        is_part = False
        for sentence in every[: telling[-1] + 1]:  # behind them nothing is told
            line = sentence.line.text
            found = tokens_of(line, self._known, self._own_words, self._year)
            told.begin_sentence(is_part=is_part, is_of_named=_begins_with_name(sentence, found[0]))
            is_part = line.endswith("；")
            tokens = list(with_all_apart(without_articles(found, line), line))
            clauses = list(dealt_out(clauses_of(tokens, line)))
            for at, (mark, clause) in enumerate(clauses):
                following = clauses[at + 1][1] if at + 1 < len(clauses) else []
                for claim in _read_clause(clause, mark, following, sentence, told):
                    is_one = claim.number is not None and claim.number.value == 1
                    if not (claim.doubt and is_one and claim.written[:1] == _ARTICLE):
                        yield claim


def _begins_with_name(sentence: Sentence, first: Token) -> bool:
    """Whether what nobody knows begins a sentence in quotation marks, or is the name of a site."""
    words = sentence.line.text[: first.end]
    return first.kind == "unknown" and bool(sentence.text[0] in OPENING or _SITE.match(words))


def _read_clause(
    clause: list[Token], mark: str, following: list[Token], sentence: Sentence, told: Discourse
) -> Iterator[Claim]:
    told.open_bracket(mark)
    numbers = [at for at, token in enumerate(clause) if token.kind == "number"]
    if not numbers:
        told.move_time(clause)
        words = read_words(clause, sentence, told)
        if words is not None:
            yield words
        told.before = parse(clause)
        told.take_clause(told.before)
        return
    told.is_excepted |= clause[0].kind == "except"
    begin = 0
    for at, end in zip(numbers, [*numbers[1:], len(clause)], strict=True):
        number = clause[at].number
        assert number is not None  # noqa: S101  a token of a number has one
        parted = _parted(clause[at + 1 : end]) if end < len(clause) else 0
        place = Place(
            clause[at],
            clause[begin:at],
            clause[at + 1 : at + 1 + parted if parted else end],
            mark if begin == 0 else "",
            parted > 0 or at == numbers[-1],
            following,
            sentence,
            number.unit,
            is_first=begin == 0,
        )
        if place.left:
            told.move_time(place.left)
            if place.left[0].kind == "among":
                told.is_listing = True
                told.begin_parts()
        is_share = place.unit == "%"
        yield read_share(place, told) if is_share else read_count(place, told)
        if place.right:
            told.move_time(place.named)
            if "among" in [token.kind for token in place.right]:
                told.begin_parts()
        begin = at + 1 + parted
    if told.is_last_known and begin < len(clause):
        words = read_words(clause[begin:], sentence, told, told.last_meaning)
        if words is not None:
            yield words
    told.before = None


def _parted(between: list[Token]) -> int:
    """How many tokens between two numbers belong to the first: 51件予以公开、18件部分公开."""
    kinds = [token.kind for token in between]
    if not kinds or kinds[0] in ("mark", "with"):
        return 0
    if "mark" in kinds:
        return len(kinds) - 1 - kinds[::-1].index("mark")
    return len(kinds) - 1 if kinds[-1] == "with" else 0
