"""No text makes a regular expression work longer than its length calls for."""

import json
import re
import subprocess
import sys

import pytest

from tests import patterns
from tests.conftest import ROOT

ENOUGH = 500
"""Seconds after which what does not end is stopped; it takes some five."""


def test_the_work_of_every_pattern_grows_with_the_text_and_not_with_its_square():
    """In a process of its own, as a pattern that does not end cannot be stopped from within."""
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.patterns"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
    )
    try:
        said, _ = run.communicate(timeout=ENOUGH)
    except subprocess.TimeoutExpired:
        run.kill()
        said, _ = run.communicate()
        pytest.fail(f"without end: {said.splitlines()[-1]}")
    assert run.returncode == 0
    first, *trials = map(json.loads, said.splitlines())
    assert first["lost"] == [], "say in BUILT how to have them"
    assert first["found"] > 100
    assert len(trials) >= first["found"]
    assert [each for each in trials if "steep" in each] == []


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"\s+$", "search"),
        (r"a*a*b", "fullmatch"),
        (r"(?:a|b)*c", "search"),
        (r"从[^，]*日", "search"),
        (r"(?<=[。\n])(?!\s*其中)", "split"),
        (r"(?P<head>.+?)(?:均|都)*无", "match"),
        (r"(a|aa)+$", "fullmatch"),
    ],
)
def test_a_pattern_whose_work_grows_faster_is_found(pattern, use):
    made = patterns.Found("here", re.compile(pattern), frozenset({use}))

    def is_found() -> bool:
        floor = patterns.floor_of(5_000)
        tried = patterns.trials(made, 5_000)
        return any(patterns.is_steep(made.pattern, how, text, floor) for how, text in tried)

    assert any(is_found() for _ in range(3)), "a floor taken while the machine is busy is too high"


def test_texts_are_made_of_what_a_pattern_looks_for():
    texts = {text[:-1] for text in patterns.hostile(re.compile("截至[^，]{1,99}日|一(?=万)"), 8)}
    assert {"截至" * 4, "日" * 8, "万" * 8} <= texts
