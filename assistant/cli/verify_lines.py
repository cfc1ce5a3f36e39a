"""What `nianbao verify` says of a comparison, one line a sentence or row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.export.align import mark
from assistant.export.verify import Comparison, Difference
from assistant.messages import Sentences
from assistant.report.draft import Draft

_SHOWN = 10
"""Numbers that were not compared, named one by one."""
_KINDS = {"form": "verify_form", "legal": "verify_legal", "gap": "verify_gap"}
_UNCOMPARED = ("own", "open")
_ANSWERED = ("contradicts", *_UNCOMPARED)
"""What the claims of a sentence come to, told before the sentence."""
_COUNTED = ("changed", "unknown", "missing", "turned", "contradicts")


@dataclass(frozen=True)
class VerifyLines:
    """Says what came of comparing a document."""

    _draft: Draft
    """What it was compared with."""
    _sentences: Sentences

    def _say(self, code: str, **details: object) -> str:
        return self._sentences.say(f"command.{code}", **details)

    def of(self, comparison: Comparison) -> Iterator[str]:
        """All lines in order, the last of them what it comes to."""
        counts = Counter(map(_code, comparison.differences))
        if comparison.agreed < counts["missing"]:
            yield self._say("verify_stranger", agreed=comparison.agreed)
            return
        for place, told in groupby(comparison.differences, key=_place):
            group = list(told)
            yield from self._missing(group) if place[0] else self._standing(place[1], group)
        yield from (self._say("verify_moved", sentence=words) for words in comparison.moved)
        for words, where in comparison.shortened:
            yield self._say(f"verify_shortened_{where}", words=words)
        for before, after in comparison.rewordings:
            yield self._say("verify_reworded", before=before, after=after)
        if comparison.aside:
            yield self._say("verify_aside", count=comparison.aside)
        yield self._sum(comparison, counts)
        if comparison.rewordings:
            yield self._say("verify_rewordings", count=len(comparison.rewordings))

    def _sum(self, comparison: Comparison, counts: Counter[str]) -> str:
        still = [e for e in self._draft.outcomes.accounts if e.verdict == "open"]
        if comparison.differences:
            is_compared = counts.keys() - set(_UNCOMPARED)
            numbers = {code: counts[code] for code in _COUNTED}
            return self._say(
                "verify_bad" if is_compared else "verify_uncompared",
                agreed=comparison.agreed,
                uncompared=sum(counts[code] for code in _UNCOMPARED),
                **numbers,
            )
        named = "、".join(each.claim.written for each in still[:_SHOWN])
        code = "verify_open" if still else "verify_good"
        return self._say(code, agreed=comparison.agreed, open=len(still), numbers=named)

    def _missing(self, group: Sequence[Difference]) -> Iterator[str]:
        """A line that is gone, or what is gone of it."""
        first, sentence = group[0], group[0].sentence
        if len(group) == 1 and first.table is None:
            yield self._say(
                "verify_missing", label=self._label(first), old=first.old, sentence=sentence
            )
        elif first.table is not None and len(group) == len(mark(sentence).numbers):
            yield self._say("verify_missing_row", table=first.table, sentence=sentence)
        else:
            numbers = "、".join(self._label(each) + each.old for each in group)
            yield self._say(
                "verify_missing_line", numbers=numbers, count=len(group), sentence=sentence
            )

    def _standing(self, sentence: str, group: Sequence[Difference]) -> Iterator[str]:
        """A sentence or row of the document."""
        new = [each for each in group if each.new]
        if any(_code(each) in _ANSWERED for each in new):
            verdicts = "；".join(self._verdicts(new))
            yield self._say("verify_sentence", verdicts=verdicts, sentence=sentence)
        else:
            changed = dict.fromkeys(each for each in new if _code(each) == "changed")
            if changed:  # a date is told once, however much of it changed
                changes = "；".join(map(self._change, changed))
                yield self._say("verify_changed", changes=changes, sentence=sentence)
            strangers = [each.new for each in new if _code(each) == "unknown"]
            if 1 < len(strangers) == len(mark(sentence).numbers):
                yield self._say("verify_extra_row", sentence=sentence)
            elif strangers:
                yield self._say("verify_unknown", new="、".join(strangers), sentence=sentence)
        for each in group:
            if not each.new:
                code = "verify_turned" if each.verdict == "turned" else "verify_words"
                yield self._say(code, label=self._label(each), old=each.old, sentence=sentence)

    def _verdicts(self, told: Sequence[Difference]) -> Iterator[str]:
        """What its claims come to, the worst first."""
        wrong = [each for each in told if _code(each) in ("contradicts", "changed")]
        if wrong:
            wanted = "、".join(map(self._wanted, wrong))
            yield self._say("verify_contradicts", wanted=wanted)
        for code, kinds in (("verify_own", ("own", "unknown")), ("verify_unread", ("open",))):
            numbers = "、".join(each.new for each in told if _code(each) in kinds)
            if numbers:
                yield self._say(code, numbers=numbers)

    def _wanted(self, difference: Difference) -> str:
        is_share = difference.old.endswith("%")
        code = "verify_wanted_share" if is_share else "verify_wanted"
        return self._say(code, label=self._label(difference), old=difference.old)

    def _change(self, difference: Difference) -> str:
        return self._say(
            "verify_change", label=self._label(difference), old=difference.old, new=difference.new
        )

    def _label(self, difference: Difference) -> str:
        if difference.kind in _KINDS and not difference.cell:
            return self._say(_KINDS[difference.kind])
        edition = self._draft.answers.edition
        cells = edition.together(tuple(map(edition.owner, difference.cell.split("+"))))
        owner, count = cells[0], len(cells)
        if self._sentences.has(f"figures.{owner}"):
            return f"「{self._sentences.say(f'figures.{owner}')}」"
        label = edition.quoted([owner])
        return self._say("verify_sum", label=label, count=count) if count > 1 else label


def _code(difference: Difference) -> str:
    """What a difference counts as: its verdict, and of an unknown number why."""
    if difference.verdict == "unknown" and difference.kind:
        return difference.kind
    return difference.verdict


def _place(difference: Difference) -> tuple[bool, str]:
    """What is told together: of a line that is gone, or of one that is there."""
    return difference.verdict == "missing", difference.sentence
