"""Inputs by chance: whatever comes, there is a sentence, and nothing is taken that was not said.

`NIANBAO_FUZZ=1000000 NIANBAO_SEED=7 pytest -q -n 2 tests/test_fuzz.py` tries a million others.
"""

import os
from collections import Counter
from random import Random

import pytest

from tests import fuzzing

INPUTS = int(os.environ.get("NIANBAO_FUZZ", "20000"))
SEED = int(os.environ.get("NIANBAO_SEED", "0"))
SHARES = {"lines": 60, "answers": 933, "documents": 5, "sheets": 2}
"""Of a thousand inputs, so that each kind costs about the same."""
BATCH = 1_000
BATCHES = max(1, INPUTS // BATCH)
AT_ONCE = max(1, BATCHES // 500)
"""Batches of one test; there are never more than some hundred tests."""
assert sum(SHARES.values()) == BATCH


@pytest.mark.parametrize("first", range(0, BATCHES, AT_ONCE))
def test_no_input_of_any_kind_does_what_it_may_not(first: int) -> None:
    tried = Counter[str]()
    for batch in range(first, min(first + AT_ONCE, BATCHES)):
        for kind, share in SHARES.items():
            runs = max(1, share // fuzzing.KINDS[kind].inputs)
            start = (SEED * 1_000_000 + batch) * BATCH
            for seed in range(start, start + runs):
                tried[kind] += fuzzing.run(kind, seed)
    assert tried.total() >= BATCH


LONG = ["；a|b" * 2_000, "修订制度 回来按期办结…sqdf" * 800, "[red]x[/]é说明/问共" * 2_000,
        f"0{chr(9) * 20_000}件公开", f"1{' ' * 20_000},2,3"]  # fmt: skip
"""Lines that once took a time that grew with the square of their length."""


@pytest.mark.parametrize("line", LONG, ids=lambda line: line[:3].strip())
@pytest.mark.parametrize("start", [2, 3])
def test_a_long_line_takes_no_longer_for_what_it_is_not(start: int, line: str) -> None:
    fuzzing.KINDS["lines"].attempt(start, (line,))


def test_what_fails_is_made_small_and_told_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(base: int, edits: fuzzing.Edits) -> None:
        assert not any("坏" in str(each) for each in edits)

    broken = fuzzing.Kind(lambda random: (3, ("好", "甲乙坏丙", "好")), fails, 1)
    monkeypatch.setitem(fuzzing.KINDS, "broken", broken)
    with pytest.raises(fuzzing.FoundError) as told:
        fuzzing.run("broken", 5)
    assert "seed 5" in str(told.value)
    assert str(told.value).endswith("attempt(3, edits), edits being\n'坏'")


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "LIMIT", 0.05)
    monkeypatch.setattr(fuzzing, "handle_line", lambda *_: any(False for _ in iter(int, 1)))
    fault = fuzzing.fault_of("lines", 0, ("3",))
    assert isinstance(fault, fuzzing.TooSlowError)


@pytest.mark.parametrize("kind", fuzzing.KINDS)
def test_a_seed_always_makes_the_same_input(kind: str) -> None:
    draws = [fuzzing.KINDS[kind].draw(Random(f"{kind} 7")) for _ in range(2)]
    assert draws[0] == draws[1]
