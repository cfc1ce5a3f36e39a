"""What people changed in a document, as answers: words of passages, own text, contacts, the date.

Every line of the document is given a place in the answers: the passage or own text whose line it
is, or beside which it was put. What differs there is offered; what has no place is named.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from assistant.answers import Answer, Answers, read_entry
from assistant.claims.binding import bound_answer
from assistant.export.align import align, mark
from assistant.export.formats import Line
from assistant.export.formats.document_lines import BORDER, OUTER_SPACE
from assistant.export.verify import Comparison, without_space
from assistant.form.model import Fact, Question
from assistant.messages import Sentences
from assistant.report import Block, Span, template_block, with_template_figures
from assistant.report.draft import Draft
from assistant.storage.yaml_text import Node
from assistant.values import NUMBERS
from assistant.values.grouping import grouped

Reason = Literal["year", "headings", "no_place", "unread"]
_HEADINGS = ("heading", "subheading")
_WITHOUT_WORDS = ("title", *_HEADINGS, "signature")
"""Kinds of blocks that nobody words."""
_FIRST_LINES = 8
"""Lines of a document in which its title stands."""
_GIVEN_IN_LINE = ("contact", "own")
"""Kinds of spans that may be an answer of one line in a sentence of a template."""


class NewNumber(NamedTuple):
    """A number that a document has otherwise."""

    name: str
    news: tuple[str, ...]
    """As the document has it; several where it says it in several ways."""
    answer: Answer | None
    """`None` where it cannot be one: it is not read, or there are several."""

    def why_not(self, answers: Answers, sentences: Sentences) -> str:
        """Why it cannot be taken, in words."""
        code = "accept_several" if len(self.news) > 1 else "accept_unread"
        label, news = answers.edition.name(self.name), "、".join(self.news)
        return sentences.say(f"command.{code}", label=label, news=news)


class Taken(NamedTuple):
    """An answer or own words that a document has otherwise."""

    name: str
    before: str
    """As printed; empty for nothing."""
    after: str
    """As the document has it; empty for left out."""
    answer: Answer | None
    """What stands from now on; `None` for nothing."""


class Refused(NamedTuple):
    """Words of a document that have no place in the answers."""

    text: str
    reason: Reason


class Words(NamedTuple):
    """What taking the words of a document back gives."""

    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...]


def take_words(draft: Draft, lines: Sequence[Line], found: Sequence[str]) -> Words:
    """Find the words that a document has otherwise than its report, whose numbers are its own."""
    return _Document(draft, lines, found).take()


class _Document:
    """A document beside its report, block by block."""

    def __init__(self, draft: Draft, lines: Sequence[Line], found: Sequence[str]) -> None:
        self.draft, self.answers, self.found = draft, draft.answers, found
        self.blocks = [each for each in draft.report.blocks if each.kind != "draft"]
        texts = [line.text for line in lines if line.text.strip()]
        places = list(_places_of(self.blocks, texts))
        self.text_of = {at: texts[place] for at, place in enumerate(places) if place >= 0}
        pairs, _, _ = align(list(map(mark, texts)), list(map(mark, found)))
        to_of = dict(pairs)
        partners = [to_of.get(place, -1) for place in places]
        kept = _in_order(partners)
        self.to_of = {at: to for at, to in enumerate(partners) if at in kept}
        of_blocks = {*places} - {-1}
        first = min(of_blocks, default=0)
        self.of_title = {to for at, to in pairs if at < first}
        self.of_tables = {to for at, to in pairs if at not in of_blocks and at > first}
        self._pair_gaps()
        self.block_at = {to: at for at, to in self.to_of.items()}
        self.refused: list[Refused] = []
        self.new: dict[str, list[str]] = {}
        """By place in the answers the lines that the document has there."""
        self.facts: list[Taken] = []

    def take(self) -> Words:
        if self._is_of_other_year():
            return Words((), (Refused("", "year"),))
        if not self._has_headings():
            return Words((), (Refused("", "headings"),))
        self._place_lines()
        return Words((*self.facts, *self._changed()), tuple(self.refused))

    def _pair_gaps(self) -> None:
        """Pair what stands between the same neighbours: a paragraph that was written anew."""
        ends = [*sorted(self.to_of.items()), (len(self.blocks), len(self.found))]
        for (at, to), (next_at, next_to) in pairwise([(-1, -1), *ends]):
            lost = [n for n in range(at + 1, next_at) if self._place_of(self.blocks[n])]
            free = [n for n in range(to + 1, next_to) if self._is_free(n)]
            if at < 0:  # a title of several lines stands first
                self.to_of |= zip(reversed(lost), reversed(free), strict=False)
            elif next_at < len(self.blocks):
                self.to_of |= zip(lost, free, strict=False)

    def _is_free(self, to: int) -> bool:
        is_taken = to in self.of_tables or to in self.of_title
        return not is_taken and BORDER not in self.found[to]

    def _is_of_other_year(self) -> bool:
        """Whether the title is that of another report year."""
        title = next((without_space(b.text) for b in self.blocks if b.kind == "title"), "")
        behind = title.rpartition(f"{self.answers.year}年")[2]
        first = without_space("".join(self.found[:_FIRST_LINES]))
        named = re.search(rf"([12][0-9]{{3}})年{re.escape(behind)}", first) if behind else None
        return named is not None and named[1] != str(self.answers.year)

    def _has_headings(self) -> bool:
        """Whether every heading stands where it did, in the same words."""
        return all(
            at in self.to_of and _same(self.found[self.to_of[at]], self.text_of.get(at, ""))
            for at, block in enumerate(self.blocks)
            if block.kind in _HEADINGS
        )

    def _place_lines(self) -> None:
        current, is_behind_table = -1, False
        last = max(self.to_of.values(), default=-1)
        for to in range(min(self.to_of.values(), default=0), last + 1):
            if to in self.block_at:
                current, is_behind_table = self.block_at[to], False
                self._take_line(self.blocks[current], self.found[to])
            elif not self._is_free(to):
                is_behind_table = True
            elif is_behind_table:
                self.refused.append(Refused(self.found[to], "no_place"))
            else:
                self._take_added(current, self.found[to])

    def _take_line(self, block: Block, text: str) -> None:
        """Take the line that stands for a block now."""
        name = self._place_of(block)
        if not name:
            if block.kind == "signature":
                self._take_facts(block, text)
            return
        if name == block.passage and not block.wording and self._take_facts(block, text):
            text = block.text
        self.new.setdefault(name, []).append(text)

    def _place_of(self, block: Block) -> str:
        """The own words, or the passage, that a block is; empty for headings and signatures."""
        if block.kind in _WITHOUT_WORDS:
            return ""
        if block.wording or block.passage:
            return block.wording or block.passage
        texts = {fact.id for fact in self.answers.edition.own_texts if fact.kind == "text"}
        return next((span.id for span in block.spans if span.id in texts), "")

    def _take_added(self, current: int, text: str) -> None:
        """Take a paragraph that somebody added behind a block."""
        block = self.blocks[current]
        if block.passage:
            place = self.answers.edition.passages_by_id[block.passage].after
        else:
            place = self._place_of(block) or self._place_behind(block)
        if place:
            self.new.setdefault(place, []).append(text)
        else:
            self.refused.append(Refused(text, "no_place"))

    def _place_behind(self, heading: Block) -> str:
        """Where a paragraph right behind a heading stands: an empty passage, or before the next."""
        outline = self.draft.report.outline
        at = next((n for n, each in enumerate(outline) if each is heading), len(outline))
        following = outline[at + 1] if at + 1 < len(outline) else heading
        passage = self.answers.edition.passages_by_id.get(following.passage)
        if passage is None:
            return self._place_of(following)
        is_free = not following.spans and passage.id not in self.answers.given
        return passage.id if is_free else passage.before

    def _take_facts(self, block: Block, text: str) -> bool:
        """Take answers of one line that a sentence has otherwise; whether that is all."""
        facts = self.answers.edition.facts
        lines = {f.id for f in facts if f.kind in ("line", "date") and f.span in _GIVEN_IN_LINE}
        spans = [span for span in block.spans if span.id in lines]
        found = _between(text, [*_around(block, spans)])
        if not spans or found is None:
            return False
        for span, after in zip(spans, found, strict=True):
            if after != span.text:
                self._offer(span.id, span.text, after)
        return True

    def _offer(self, name: str, before: str, after: str) -> None:
        entry = read_entry(self.answers.edition.questions[name], Node(after, 0))
        if not isinstance(entry, Answer):
            self.refused.append(Refused(after, "unread"))
        elif name not in {each.name for each in self.facts}:
            self.facts.append(Taken(name, before, after, entry))

    def _changed(self) -> Iterator[Taken]:
        """The places whose words are others now."""
        old = grouped((self._place_of(block), block) for block in self.blocks)
        for name in self.answers.edition.questions:
            before = "\n".join(block.text for block in old.get(name, ()))
            after = "\n".join(text.strip(OUTER_SPACE) for text in self.new.get(name, []))
            if _same(before, after):
                continue
            if not after:
                yield Taken(name, before, "", self._left_out(name))
                continue
            entry = read_entry(self.answers.edition.questions[name], Node(after, 0))
            if isinstance(entry, Answer) and isinstance(entry.value, str):
                yield Taken(name, before, after, self._bound(name, entry, old.get(name, ())))
            else:
                self.refused.append(Refused(after, "unread"))

    def _left_out(self, name: str) -> Answer | None:
        """What stands for words left out: that they are, for those of a template; else nothing."""
        edition = self.answers.edition
        block = template_block(self.draft.report, name)
        if name in edition.passages_by_id and block is not None and block.spans:
            return self.answers.worded(name, None)
        return None

    def _bound(self, name: str, answer: Answer, old: Sequence[Block]) -> Answer:
        """Own words with the figures that stood there, and those that their words name."""
        text = str(answer.value)
        template = template_block(self.draft.report, name)
        for block in (*old, *((template,) if template is not None else ())):
            text = with_template_figures(text, block, self.answers)
        given = {**self.answers.given, name: self.answers.worded(name, text)}
        return bound_answer(self.answers.with_given(given), self.draft.previous, name)


def _around(block: Block, spans: Sequence[Span]) -> Iterator[str]:
    """The words of a block before, between and behind some of its spans."""
    words = ""
    for span in block.spans:
        if span in spans:
            yield words
            words = ""
        else:
            words += span.text
    yield words


def _between(text: str, words: Sequence[str]) -> list[str] | None:
    """What stands between words that a text consists of; `None` when it consists of others."""
    first, *others = words
    if not text.startswith(first) or not text.endswith(words[-1]):
        return None
    found, at = list[str](), len(first)
    for number, each in enumerate(others, start=1):
        is_last = number == len(others)
        end = len(text) - len(each) if is_last else text.find(each, at + 1)
        if end <= at:
            return None
        found.append(text[at:end])
        at = end + len(each)
    return found


def _same(one: str, other: str) -> bool:
    return without_space(one) == without_space(other)


def _places_of(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """The place of the line of each block; -1 where a format prints none."""
    said = list(map(without_space, texts))
    at = 0
    for block in blocks:
        text = without_space(block.text)
        place = next((n for n in range(at, len(said)) if said[n].endswith(text)), -1)
        at = max(at, place + 1)
        yield place


def _in_order(partners: Sequence[int]) -> set[int]:
    """The places of the longest row of rising numbers, those below zero apart."""
    tails: list[int] = []
    heads: list[int] = []
    before: dict[int, int] = {}
    for at, to in enumerate(partners):
        if to < 0:
            continue
        place = bisect_left(tails, to)
        before[at] = heads[place - 1] if place else -1
        tails[place : place + 1] = [to]
        heads[place : place + 1] = [at]
    kept: set[int] = set()
    at = heads[-1] if heads else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def take_numbers(comparison: Comparison, answers: Answers) -> list[NewNumber]:
    """The asked numbers that a document changed, in the order of the form."""
    found: dict[str, list[str]] = {}
    for difference in comparison.differences:
        question = answers.edition.questions.get(difference.cell)
        is_text = isinstance(question, Fact) and question.kind not in NUMBERS
        if question is None or is_text or difference.verdict != "changed" or not difference.new:
            continue
        news = found.setdefault(difference.cell, [])
        if all(_says(question, difference.new) != _says(question, each) for each in news):
            news.append(difference.new)
    made = []
    for name in answers.edition.questions:
        if news := found.get(name, []):
            entry = read_entry(answers.edition.questions[name], Node(news[0], 0))
            answer = entry if isinstance(entry, Answer) and len(news) == 1 else None
            made.append(NewNumber(name, tuple(news), answer))
    return made


def _says(question: Question, text: str) -> object:
    """What a print means: 120人次 and 120 are one answer."""
    entry = read_entry(question, Node(text, 0))
    return entry.value if isinstance(entry, Answer) else text
