"""From a text to its claims: which figure each number, 未收到 and 均 speaks of, if that is certain.

A claim is understood only if every word of its clause is known; else it is kept as not understood.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from assistant.claims.figures_named import Reading, readings_of, wholes_of
from assistant.claims.line import Sentence, legible, sentences_of
from assistant.claims.tokens import Token, clauses_of, tokens_of
from assistant.claims.vocabulary import Entry, Meaning, Name, Vocabulary
from assistant.values import Number

ClaimKind = Literal["number", "share", "none", "all"]
Doubt = Literal["", "unknown", "several", "other_time", "plan", "scope", "change"]
_ALL_WAYS = 3
"""So many ways named together (网络、信函和窗口) are all of them; fewer are a part."""
_TIMES: Mapping[str, Doubt] = {"report": "", "other_time": "other_time", "plan": "plan"}


class Claim(NamedTuple):
    """What a number, or the words for none and all, say of the figures."""

    kind: ClaimKind
    at: int
    """Where it stands in the text, in characters."""
    written: str
    """The number with its unit, or the words."""
    sentence: Sentence
    readings: tuple[tuple[str, ...], ...] = ()
    """The cells that it may be the sum of, the likeliest first; empty when it names none."""
    perhaps: tuple[tuple[str, ...], ...] = ()
    """Readings that a person must look at."""
    wholes: tuple[tuple[str, ...], ...] = ()
    """Of a share, and of what is said of all: what it may be a share of."""
    number: Number | None = None
    doubt: Doubt = ""
    """Why it is not compared; then its readings, if any, are guesses."""


class _Parse(NamedTuple):
    """Some tokens taken together."""

    meaning: Meaning
    kinds: frozenset[str]
    is_joined: bool
    """和, 及 or 合计 stand between its words."""


@dataclass
class _State:
    """What was said before, within one text."""

    topic: str = ""
    home: str = ""
    """The topic of the text, by the question that it answers."""
    context: Meaning = frozenset()
    """The words of what the parts that follow belong to."""
    time: Doubt = ""
    last: Claim | None = None
    """The number before, in the same sentence."""
    last_meaning: Meaning = frozenset()
    is_last_known: bool = True
    before: "_Parse | None" = None
    """The clause before, if it has no number."""
    claims: list[Claim] = field(default_factory=list)


class Reader:
    """Reads own texts of one set of answers."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        own_names: Iterable[str],
        listed: Mapping[str, Sequence[str]],
        year: int,
    ) -> None:
        """Take the words.

        Args:
            vocabulary: Those of the edition.
            own_names: What the body calls itself.
            listed: By list fact the entries of its rows, whose counts are figures of their own.
            year: The report year.
        """
        self._known = vocabulary
        words = dict.fromkeys(own_names, Entry("passing"))
        self._listed: list[Name] = []
        for fact, entries in listed.items():
            topic = vocabulary.topic_of(fact)
            for entry in entries if topic else ():
                key = legible(entry).text
                meaning = vocabulary.meaning_of(entry) or frozenset({key})
                words[key] = Entry("word", meaning)
                self._listed.append(Name(meaning, ((f"{fact}[{entry}]",),), topic, is_printed=True))
        self._own_words: dict[str, list[tuple[str, Entry]]] = {}
        for word, known in words.items():
            self._own_words.setdefault(word[:1], []).append((word, known))
        self._year = year
        self._column_words = frozenset[str]().union(*(each.meaning for each in vocabulary.columns))

    def claims_of(self, slot: str, text: str) -> list[Claim]:
        """All claims of a text in order.

        Args:
            slot: The question it answers, which may name its topic.
            text: The text as written.
        """
        topics = self._known.topics.values()
        topic = next((each.id for each in topics if slot in each.slots), "")
        state = _State(topic, topic)
        for sentence in sentences_of(text):
            state.time, state.last, state.before, state.is_last_known = "", None, None, True
            state.last_meaning = frozenset()
            tokens = tokens_of(sentence.line.text, self._known, self._own_words, self._year)
            clauses = list(clauses_of(tokens, sentence.line.text))
            for at, (mark, clause) in enumerate(clauses):
                following = clauses[at + 1][1] if at + 1 < len(clauses) else []
                self._read_clause(clause, mark, following, sentence, state)
        return state.claims

    # --- Clauses

    def _read_clause(
        self,
        clause: list[Token],
        mark: str,
        following: list[Token],
        sentence: Sentence,
        state: _State,
    ) -> None:
        numbers = [at for at, token in enumerate(clause) if token.kind == "number"]
        if not numbers:
            self._read_words(clause, sentence, state)
            return
        before = -1
        for place, at in enumerate(numbers):
            is_last = place == len(numbers) - 1
            right = clause[at + 1 :] if is_last else clause[at + 1 : numbers[place + 1]]
            self._read_number(
                clause,
                at,
                clause[before + 1 : at],
                right,
                is_last=is_last,
                mark=mark if place == 0 else "",
                following=following,
                sentence=sentence,
                state=state,
            )
            before = at
        self._read_predicate(clause, numbers[-1], sentence, state)
        state.before = None

    def _read_words(self, clause: list[Token], sentence: Sentence, state: _State) -> None:
        """Read a clause without a number: a context, a denial, or what is said of all."""
        self._move_time(clause, state)
        parse = _parse(clause)
        kinds = parse.kinds
        if "none" in kinds or "all" in kinds:
            claim = self._word_claim(clause, sentence, state)
            if claim is not None:
                state.claims.append(claim)
        if not kinds & {"unknown", "scope", "way"} and parse.meaning:
            found = readings_of(parse.meaning, self._known, self._listed, is_joined=parse.is_joined)
            topic = found[0].topic if found else self._topic_of(parse.meaning)
            if topic and not (self._is_near(topic, state) or (found and found[0].is_explicit)):
                topic = ""
            if topic:
                state.topic, state.context = topic, parse.meaning
        elif (topic := self._topic_of(parse.meaning)) and "unknown" in kinds:
            state.context = frozenset()
        state.before = parse

    def _is_near(self, topic: str, state: _State) -> bool:
        """Whether a topic is the one that is spoken of, or that of the text."""
        nouns = self._known.nouns
        return any(nouns[topic] == nouns[each] for each in (state.topic, state.home) if each)

    def _topic_of(self, meaning: Meaning) -> str:
        return next((name for name, nouns in self._known.nouns.items() if nouns & meaning), "")

    def _move_time(self, tokens: list[Token], state: _State) -> None:
        for token in tokens:
            if token.kind in _TIMES:
                state.time = _TIMES[token.kind]
            elif token.kind == "level" and state.time == "other_time":
                state.time = ""

    # --- Numbers

    def _read_number(
        self,
        clause: list[Token],
        at: int,
        left: list[Token],
        right: list[Token],
        *,
        is_last: bool,
        mark: str,
        following: list[Token],
        sentence: Sentence,
        state: _State,
    ) -> None:
        token = clause[at]
        number = token.number
        assert number is not None  # noqa: S101  a number token has one
        self._move_time(left, state)
        own = _parse(left)
        if number.unit == "%":
            claim = self._share(token, left, sentence, state)
        else:
            claim = self._count(
                token, own, left, right, mark, following, sentence, state, is_last=is_last
            )
        self._move_time(right, state)
        state.claims.append(claim)

    def _make(self, kind: ClaimKind, token: Token, sentence: Sentence, **more: object) -> Claim:
        start, end = sentence.line.span(token.start, token.end)
        written = sentence.text[start - sentence.at : end - sentence.at]
        return Claim(kind, start, written, sentence, number=token.number, **more)  # type: ignore[arg-type]

    def _count(
        self,
        token: Token,
        own: _Parse,
        left: list[Token],
        right: list[Token],
        mark: str,
        following: list[Token],
        sentence: Sentence,
        state: _State,
        *,
        is_last: bool,
    ) -> Claim:
        number = token.number
        assert number is not None  # noqa: S101
        named = _until_predicate(right)
        both = _parse([*left, *named]) if is_last or not own.meaning else own
        is_sibling = bool(left) and left[0].kind in ("mark", "with") and state.last is not None
        doubt = self._doubt(both, state)
        if not doubt and is_sibling and not state.is_last_known and state.last:
            doubt = "unknown"  # 涉及征地的复议6件、诉讼5件
        found: tuple[Reading, ...] = ()
        if not doubt:
            found, meaning = self._find(token, own, both, mark, following, state)
            found = (*self._by_predicate(right[len(named) :], found, state, number.unit), *found)
            doubt = "" if found else "unknown"
        if doubt:
            state.is_last_known = False
            guess = self._resolve(both.meaning, state, is_joined=False, unit=number.unit)
            cells = guess[0].cells[:1] if guess else ()
            claim = self._make("number", token, sentence, readings=cells, doubt=doubt)
            state.last_meaning = frozenset() if "unknown" in both.kinds else both.meaning
            if doubt in ("other_time", "plan", "change") and guess:
                state.topic, state.context = guess[0].topic, both.meaning - self._column_words
            if "unknown" in both.kinds and not is_sibling and mark != "（":
                state.topic, state.context = "", frozenset()
            state.last = claim
            return claim
        readings = tuple(cells for reading in found for cells in reading.cells)
        perhaps = tuple(cells for reading in found for cells in reading.perhaps)
        is_one = len({reading.cells[0] for reading in found if not reading.is_inherited}) == 1
        claim = self._make(
            "number",
            token,
            sentence,
            readings=tuple(dict.fromkeys(readings)),
            perhaps=perhaps,
            doubt="" if is_one else "several",
        )
        first = found[0]
        if meaning & self._known.nouns[first.topic] or not state.context:
            state.context = meaning - self._column_words
        state.topic, state.last, state.last_meaning = first.topic, claim, meaning
        state.is_last_known = True
        return claim

    def _doubt(self, parse: _Parse, state: _State) -> Doubt:
        if "change" in parse.kinds and "level" not in parse.kinds:
            return "change"
        if state.time:
            return state.time
        if "scope" in parse.kinds:
            return "scope"
        if parse.kinds & {"unknown", "none", "except", "share", "rate", "way"}:
            return "unknown"
        return ""

    def _find(
        self,
        token: Token,
        own: _Parse,
        both: _Parse,
        mark: str,
        following: list[Token],
        state: _State,
    ) -> tuple[tuple[Reading, ...], Meaning]:
        """The readings of a number, by its own clause, then by more and more around it."""
        number = token.number
        assert number is not None  # noqa: S101
        parses = [both] if own.meaning == both.meaning else [both, own]
        is_part = "part" in both.kinds
        if is_part and following:
            parses = [_parse([*following])._replace(is_joined=False), *parses]
            parses[0] = parses[0]._replace(meaning=parses[0].meaning | both.meaning)
            if parses[0].kinds & {"unknown", "number", "none"}:
                parses = parses[1:]
        if not both.meaning:
            unit_before = (
                state.last.number.unit if state.last and state.last.number else number.unit
            )
            if both.kinds & {"level", "report"} or mark == "（" or unit_before != number.unit:
                parses = [_Parse(state.last_meaning, frozenset(), is_joined=False)]
            elif state.before is not None and "unknown" not in state.before.kinds:
                parses = [state.before]
            else:
                return (), frozenset()
        several: tuple[tuple[Reading, ...], Meaning] = ((), frozenset())
        for parse in parses:
            if not parse.meaning:
                continue
            for meaning in self._widened(parse.meaning, state):
                found = self._resolve(meaning, state, is_joined=parse.is_joined, unit=number.unit)
                found = tuple(each for each in found if not (is_part and each.is_head))
                if len({each.cells[0] for each in found}) > 1:
                    several = several if several[0] else (found, meaning)
                elif found:
                    if meaning == parse.meaning:
                        found = (*found, *self._within_column(meaning, state, number.unit))
                    return found, meaning
        return several

    def _by_predicate(
        self, rest: list[Token], found: tuple[Reading, ...], state: _State, unit: str
    ) -> tuple[Reading, ...]:
        """What 247件申请已全部办结 counts besides applications: those that are dealt with."""
        said = _parse(rest)
        if not found or not found[0].is_head or "all" not in said.kinds or not said.meaning:
            return ()
        if said.kinds & {"unknown", "none"}:
            return ()
        more = self._resolve(said.meaning, state, is_joined=False, unit=unit)
        return tuple(each._replace(is_inherited=True) for each in more)

    def _within_column(self, meaning: Meaning, state: _State, unit: str) -> tuple[Reading, ...]:
        """The same within the kind of applicant that was named before: 公益组织部分公开1件，予以公开2件."""
        inherited = state.last_meaning & self._column_words
        if not inherited or meaning & self._column_words:
            return ()
        found = self._resolve(meaning | inherited, state, is_joined=False, unit=unit)
        return tuple(each._replace(is_inherited=True) for each in found)

    def _widened(self, meaning: Meaning, state: _State) -> Iterator[Meaning]:
        yield meaning
        if state.context:
            yield meaning | state.context
        if state.topic and len(self._known.nouns[state.topic]) == 1:
            yield meaning | self._known.nouns[state.topic]

    def _resolve(
        self, meaning: Meaning, state: _State, *, is_joined: bool, unit: str = ""
    ) -> tuple[Reading, ...]:
        found = readings_of(meaning, self._known, self._listed, is_joined=is_joined, unit=unit)
        nouns = self._known.nouns
        return tuple(
            each
            for each in found
            if each.is_explicit
            or not nouns[each.topic]
            or (state.topic and nouns[each.topic] & nouns[state.topic])
        )

    # --- Shares

    def _share(self, token: Token, left: list[Token], sentence: Sentence, state: _State) -> Claim:
        """Read a share: 占办结总数的39.27%, 纠错率为5.8%."""
        kinds = {each.kind for each in left}
        doubt = self._doubt(
            _Parse(frozenset(), frozenset(kinds - {"share", "rate"}), is_joined=False), state
        )
        if doubt or not kinds & {"share", "rate"}:
            return self._make("share", token, sentence, doubt=doubt or "unknown")
        at = max(n for n, each in enumerate(left) if each.kind in ("share", "rate"))
        named, behind = _parse(left[:at]), _parse(left[at + 1 :])
        rate = self._known.rates.get(named.meaning) if "rate" in kinds else None
        if rate is not None:
            if not state.topic or self._known.nouns[rate.topic] != self._known.nouns[state.topic]:
                return self._make("share", token, sentence, doubt="unknown")
            return self._make("share", token, sentence, readings=(rate.part,), wholes=(rate.whole,))
        parts: tuple[tuple[str, ...], ...] = ()
        base = behind.meaning
        if named.meaning:
            for meaning in self._widened(named.meaning, state):
                found = self._resolve(meaning, state, is_joined=named.is_joined)
                if found:
                    parts = tuple(cells for each in found for cells in each.cells)
                    break
        if (
            (not parts or "share" in kinds)
            and state.last
            and state.is_last_known
            and (not parts or not _has_own_part(left[:at]))
        ):
            base = base or (named.meaning if parts else frozenset())
            parts = state.last.readings
        if not parts:
            return self._make("share", token, sentence, doubt="unknown")
        wholes = wholes_of(parts[0], self._known)
        if state.context and not base:
            found = self._resolve(state.context, state, is_joined=False)
            wholes += tuple(cells for each in found for cells in each.cells if cells != parts[0])
        if base:
            found = self._resolve(base, state, is_joined=behind.is_joined)
            named_wholes = tuple(cells for each in found for cells in each.cells)
            wholes = tuple(each for each in named_wholes if each != parts[0]) or wholes
        if not wholes:
            return self._make("share", token, sentence, doubt="unknown")
        return self._make("share", token, sentence, readings=parts[:1], wholes=wholes)

    # --- None and all

    def _read_predicate(
        self, clause: list[Token], at: int, sentence: Sentence, state: _State
    ) -> None:
        """Read 均已审结 behind the last number of a clause."""
        rest = clause[at + 1 :]
        if state.is_last_known and any(token.kind in ("all", "none") for token in rest):
            claim = self._word_claim(rest, sentence, state, subject=state.last_meaning)
            if claim is not None:
                state.claims.append(claim)

    def _word_claim(
        self,
        clause: list[Token],
        sentence: Sentence,
        state: _State,
        subject: Meaning = frozenset(),
    ) -> Claim | None:
        """What a clause says of none or of all; `None` when that is nothing of the form."""
        at = next(n for n, token in enumerate(clause) if token.kind in ("none", "all"))
        head, rest = _parse(clause[:at]), _parse(clause[at + 1 :])
        kinds = head.kinds | rest.kinds
        if clause[0].kind == "back" and state.before is not None:
            return None
        is_none = "none" in {token.kind for token in clause}
        words = self._known.beside.get(state.topic, frozenset())
        meaning = rest.meaning | (head.meaning if is_none or not rest.meaning else frozenset())
        if not meaning:
            return None
        whole = clause[at:]
        token = Token("word", whole[0].start, whole[-1].end)
        doubt = "" if "unknown" not in kinds else "unknown"
        doubt = self._word_doubt(clause, kinds, state) or doubt
        if is_none:
            return self._denial(token, meaning, rest, doubt, sentence, state)
        return self._of_all(
            token, rest.meaning, subject or head.meaning or words, doubt, sentence, state
        )

    def _word_doubt(self, clause: list[Token], kinds: frozenset[str], state: _State) -> str:
        denied = sum(token.kind == "none" for token in clause)
        if kinds & {"except", "part"} or (
            denied > 1 and "with" not in kinds and "mark" not in kinds
        ):
            return "except"
        if state.before is not None and "except" in state.before.kinds:
            return "except"
        if state.time or "change" in kinds:
            return "time"
        return "scope" if "scope" in kinds else ""

    def _denial(
        self,
        token: Token,
        meaning: Meaning,
        rest: _Parse,
        doubt: str,
        sentence: Sentence,
        state: _State,
    ) -> Claim | None:
        if doubt not in ("", "unknown", "scope"):
            return None
        for wide in self._widened(meaning, state):
            found = self._resolve(wide, state, is_joined=True)
            if len({each.cells[0] for each in found}) == 1:
                cells = tuple(dict.fromkeys(found[0].cells[0]))
                why: Doubt = doubt  # type: ignore[assignment]
                if why and not found[0].is_explicit:
                    return None
                return self._make("none", token, sentence, readings=(cells,), doubt=why)
        return None

    def _of_all(
        self,
        token: Token,
        said: Meaning,
        subject: Meaning,
        doubt: str,
        sentence: Sentence,
        state: _State,
    ) -> Claim | None:
        if doubt not in ("", "unknown") or not said:
            return None
        for wide in (said | subject, *self._widened(said, state)):
            for name in self._known.none_if_all:
                if (
                    name.meaning <= wide
                    and wide - name.meaning
                    <= self._known.beside[name.topic] | self._known.nouns[name.topic]
                ):
                    if doubt:
                        return None
                    return self._make("none", token, sentence, readings=name.readings[:1])
        for wide in (said, said | subject, *self._widened(said, state)):
            found = self._resolve(wide, state, is_joined=False)
            wholes = wholes_of(found[0].cells[0], self._known) if found else ()
            if wholes and not doubt:
                return self._make(
                    "all", token, sentence, readings=found[0].cells[:1], wholes=wholes
                )
        return None


def _has_own_part(tokens: list[Token]) -> bool:
    """Whether a clause names the part of its share itself: 自然人申请占76.6%."""
    return any(token.kind == "word" for token in tokens)


def _until_predicate(tokens: list[Token]) -> list[Token]:
    """What stands behind a number, up to what is said of all of them."""
    ends = ("all", "none", "among")
    at = next((n for n, each in enumerate(tokens) if each.kind in ends), len(tokens))
    return tokens[:at]


def _parse(tokens: list[Token]) -> _Parse:
    meaning = frozenset(word for token in tokens for word in token.meaning)
    kinds = frozenset(token.kind for token in tokens)
    if "way" in kinds:
        ways = sum(token.kind == "way" for token in tokens)
        kinds -= {"way"} if ways >= _ALL_WAYS else frozenset()
    inner = tokens[1:] if tokens and tokens[0].kind in ("mark", "with") else tokens
    joined = any(token.kind in ("with", "mark") for token in inner)
    return _Parse(meaning, kinds, joined)
