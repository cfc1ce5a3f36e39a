"""How alike the narratives of invented towns are that answer differently.

`python -m tests.bench.alike` prints the mean likeness of two narratives (difflib, by characters;
1 is the same text) and the share of clauses that stand word for word in another one as well,
numbers apart. Each town answers by chance, but the same on every run, what towns answer, without a
word of its own, as offices in a hurry do. With `-v` two of the narratives are printed.
"""

import argparse
import random
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations, permutations
from statistics import mean
from typing import Any

from assistant.answers import Answer, Answers
from assistant.form.loader import open_library
from assistant.form.model import Edition, Fact, Option
from assistant.messages import Sentences
from assistant.report import make_report

EDITION, YEAR = "national-2021", 2025
SEED = 17
PLACES = "青柳石东白红双金云安兴长大福高和景康龙南"
"""Twenty towns."""
OFFICES = ("党政办公室", "综合办公室", "政务公开办公室")
ROADS = ("人民路", "中心街", "镇府路")
CATEGORIES = ("机构职能", "业务动态", "财政信息", "惠农补贴", "应急管理")
KEY_FIELDS = ("社会救助", "财政资金", "征地补偿")
OF_TOWNS = (
    *("key_fields", "consultations", "messages", "timeliness"),
    *("accounts", "places", "attendance", "inspections"),
)
"""What towns choose to tell on top."""
COUNTS = (0, 1, 2, 3, 5, 12)
_CLAUSE = re.compile(r"[，。；：（）]")
_NUMBER = re.compile(r"[0-9.]+")
_SHORT = 3
"""Clauses of fewer characters say nothing of likeness."""


class Town:
    """One town and the answers that chance gives it."""

    def __init__(self, name: str, edition: Edition, chance: random.Random) -> None:
        """A town of this name that fills in an edition."""
        self.name = name
        self.edition = edition
        self.chance = chance

    def answers(self) -> Answers:
        """Its answer file; all figures that it does not tell of are zero."""
        zeros = {cell.id: Answer(0) for cell in self.edition.indicators}
        facts = {fact.id: self._answer(fact) for fact in self.edition.facts}
        told = {name: answer for name, answer in facts.items() if answer is not None}
        given = {**zeros, **self._figures(), **told, **self._contact()}
        given |= dict.fromkeys(
            ("fee_notices", "fee_noticed", "fee_collected", "accountability"), Answer(0)
        )
        return Answers(self.edition, YEAR).with_given(given)

    def _figures(self) -> dict[str, Answer]:
        received = self._few(9)
        return {
            "new_received.natural": Answer(received),
            "open.natural": Answer(received // 2),
            "unable_not_held.natural": Answer(received - received // 2),
            "norm_valid": Answer(self._few(6)),
            "norm_made": Answer(min(self._few(3), 2)),
        }

    def _few(self, most: int) -> int:
        return self.chance.choice((0, 0, 1, 2, 3, most))

    def _contact(self) -> dict[str, Answer]:
        own = {
            "body_name": f"示例{self.name}镇人民政府",
            "self_name": self.chance.choice(("本镇", "我镇", f"{self.name}镇")),
        }
        if self.chance.random() < 0.8:
            road, number = self.chance.choice(ROADS), self.chance.randint(1, 99)
            own |= {
                "contact_office": self.chance.choice(OFFICES),
                "contact_phone": f"010-{self.chance.randint(10**7, 10**8 - 1)}",
                "contact_address": f"示例县{self.name}镇{road}{number}号",
                "contact_postcode": "100000",
            }
        return {name: Answer(words) for name, words in own.items()}

    def _answer(self, fact: Fact) -> Answer | None:
        """What it answers to a question; `None` leaves it open."""
        if fact.id == "body_kind":
            return Answer(next(each for each in fact.options if each.id == "town"))
        if fact.id in ("applicants", "results"):
            return None  # the figures say it
        if fact.kind == "choice":
            return Answer(self.chance.choice(fact.options))
        if fact.kind == "choices":
            return Answer(self._chosen(fact))
        if fact.kind == "count":
            is_skipped = not fact.required and not fact.when and self.chance.random() < 0.4
            return None if is_skipped else Answer(self.chance.choice(COUNTS))
        rows = self._rows(fact)
        return Answer(rows) if rows else None

    def _chosen(self, fact: Fact) -> tuple[Option, ...]:
        if fact.id == "also_told":
            known = [each for each in fact.options if each.id in OF_TOWNS]
            some = self.chance.sample(known, self.chance.randint(0, 4))
            return tuple(sorted(some, key=fact.options.index))
        count = self.chance.randint(1, min(len(fact.options), 4))
        return tuple(self.chance.sample(fact.options, count))

    def _rows(self, fact: Fact) -> tuple[Mapping[str, Any], ...]:
        """The rows of a list: problems with a measure each, or some kinds with their counts."""
        if fact.id == "problems":
            problem, measure = fact.columns
            some = self.chance.sample(problem.options, self.chance.randint(1, 3))
            return tuple(
                {problem.id: one, measure.id: self.chance.choice(measure.options_with(one))}
                for one in some
            )
        if fact.id == "categories" and self.chance.random() < 0.5:
            return self._counted("category", self.chance.sample(CATEGORIES, 3))
        if fact.id == "key_fields":
            return self._counted("field", self.chance.sample(KEY_FIELDS, 2))
        return ()

    def _counted(self, column: str, kinds: Sequence[str]) -> tuple[Mapping[str, Any], ...]:
        return tuple({column: each, "count": self.chance.randint(1, 90)} for each in kinds)


def narrative(answers: Answers, sentences: Sentences) -> str:
    """The paragraphs of a report, without its headings and tables."""
    report = make_report(answers, None, sentences, is_draft=False)
    return "\n".join(block.text for block in report.blocks if block.kind == "paragraph")


def likeness(texts: Sequence[str]) -> float:
    """The mean likeness of two of the texts, from 0 to 1."""
    pairs = combinations(texts, 2)
    return mean(SequenceMatcher(None, one, two, autojunk=False).ratio() for one, two in pairs)


def shared_clauses(texts: Sequence[str]) -> float:
    """The mean share of the clauses of a text that another one has as well, from 0 to 1."""
    clauses = [
        {_NUMBER.sub("N", each) for each in _CLAUSE.split(text) if len(each.strip()) > _SHORT}
        for text in texts
    ]
    return mean(len(one & two) / len(one) for one, two in permutations(clauses, 2))


def main() -> None:
    """Print the measures, and on request two of the narratives."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", "--verbose", action="store_true", help="print two narratives")
    options = parser.parse_args()
    library = open_library()
    edition, chance = library.edition(EDITION), random.Random(SEED)
    towns = [Town(f"{place}河", edition, chance) for place in PLACES]
    texts = [narrative(town.answers(), library.sentences) for town in towns]
    print(f"{len(texts)} towns, {mean(map(len, texts)):.0f} characters on average")
    print(f"likeness of two: {likeness(texts):.2f}")
    print(f"clauses that stand in another one: {shared_clauses(texts):.0%}")
    for text in texts[:2] if options.verbose else ():
        print(f"\n{text}")


if __name__ == "__main__":
    main()
