"""Checks: their operands, their two examples, and that they can all hold at once."""

from collections.abc import Mapping

from assistant.answers import read_given
from assistant.checks import Outcomes, operands, run_checks
from assistant.lint.examples import ZERO, Story
from assistant.lint.faults import Complaints
from assistant.schema import Check, Edition, Example
from assistant.wording import Sentences

_FILE = "checks.yaml"
_NEEDS_PREVIOUS = frozenset({"unusual", "text_repeated"})


def lint_rules(
    edition: Edition, stories: Mapping[str, Story], sentences: Sentences, complaints: Complaints
) -> None:
    """Check every rule of an edition."""
    known = _cells(edition)
    seen: set[str] = set()
    for check in edition.checks:
        if check.key in seen:
            complaints.add(_FILE, "check_twice", key=check.key)
            continue
        seen.add(check.key)
        complaints.check_marks(_FILE, check.key, check.say)
        unknown = [name for name in operands(check) if name not in known and name != "year"]
        for name in unknown:
            complaints.add(_FILE, "unknown_id", owner=check.key, name=name)
        if not unknown:
            _lint_examples(check, edition, stories, sentences, complaints)
    _lint_harmony(edition, stories, sentences, complaints)


def _cells(edition: Edition) -> set[str]:
    """Everything a check may name: numbers, list columns, options, constants."""
    cells = set(edition.questions)
    for fact in edition.facts:
        cells |= {f"{fact.id}.{column.id}" for column in fact.columns if column.kind == "count"}
        cells |= {option.id for option in fact.options}
    constants = {name for check in edition.checks for name in operands(check) if name[0].isdigit()}
    return cells | constants


def _judge(
    check: Check,
    example: Example,
    edition: Edition,
    stories: Mapping[str, Story],
    sentences: Sentences,
) -> tuple[Outcomes, str]:
    """Run the checks on an example; with the first complaint of the reader, if there is one."""
    year = example.year or edition.years.last
    if example.complete and ZERO in stories:
        reading = stories[ZERO].reading
    else:
        reading = read_given(edition, year, example.answers, sentences)
    previous = None
    if example.previous or check.kind in _NEEDS_PREVIOUS:
        previous = read_given(edition, year - 1, example.previous, sentences).answers
    unread = next((each.sentence for each in reading.findings if each.level == "error"), "")
    return run_checks(reading.answers, previous, sentences), unread


def _lint_examples(
    check: Check,
    edition: Edition,
    stories: Mapping[str, Story],
    sentences: Sentences,
    complaints: Complaints,
) -> None:
    outcomes, unread = _judge(check, check.passes, edition, stories, sentences)
    if unread:
        complaints.add(_FILE, "example_unread", key=check.key, sentence=unread)
    elif outcomes.by_check[check.key] != "passed":
        said = next((each.sentence for each in outcomes.findings if each.code == check.code), "—")
        complaints.add(_FILE, "passes_fails", key=check.key, sentence=said)
    outcomes, unread = _judge(check, check.fails, edition, stories, sentences)
    if unread:
        complaints.add(_FILE, "example_unread", key=check.key, sentence=unread)
    elif outcomes.by_check[check.key] != "failed":
        complaints.add(_FILE, "fails_passes", key=check.key)


def _lint_harmony(
    edition: Edition, stories: Mapping[str, Story], sentences: Sentences, complaints: Complaints
) -> None:
    """Some example passes every binding rule at once, so that none rules out another."""
    binding = {check.key for check in edition.checks if check.level != "notice"}
    broken: list[set[str]] = []
    for story in stories.values():
        outcomes = run_checks(story.reading.answers, story.previous, sentences)
        broken.append({key for key in binding if outcomes.by_check[key] == "failed"})
    if broken and all(broken):
        fewest = min(len(keys) for keys in broken)
        closest = next(keys for keys in broken if len(keys) == fewest)
        complaints.add(_FILE, "contradiction", keys="、".join(sorted(closest)))
