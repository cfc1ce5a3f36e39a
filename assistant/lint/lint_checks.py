"""Checks: their operands, their two examples, and that they can all hold at once."""

from collections.abc import Mapping

from assistant.answers import read_given
from assistant.checks.runner import Outcomes, run_checks
from assistant.form.model import Check, Edition, Example, expand_wildcards
from assistant.lint.lint_examples import ZERO, WorkedExample
from assistant.lint.problems import ProblemList
from assistant.messages import Sentences
from assistant.report.draft import make_draft

_FILE = "checks.yaml"
_NEEDS_PREVIOUS = frozenset({"unusual", "carried", "rolled", "text_repeated"})


def lint_rules(
    edition: Edition,
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
    complaints: ProblemList,
) -> None:
    """Check every rule of an edition."""
    known = _cells(edition)
    _lint_sums(edition, complaints)
    for word, cells in edition.spoken.items():
        for name in set(cells) - set(edition.numeric):
            complaints.add("edition.yaml", "unknown_id", owner=word, name=name)
    seen: set[str] = set()
    for check in edition.checks:
        if check.key in seen:
            complaints.add(_FILE, "check_twice", key=check.key)
            continue
        seen.add(check.key)
        complaints.check_marks(_FILE, check.key, check.say)
        unknown = [
            name
            for rule in (list(expand_wildcards(check, edition.numeric)) or [check])
            for name in rule.operands
            if name not in known and name != "year" and not name[0].isdigit()
        ]
        for name in unknown:
            complaints.add(_FILE, "unknown_id", owner=check.key, name=name)
        if not unknown:
            _lint_examples(check, edition, stories, sentences, complaints)
    _lint_harmony(edition, stories, sentences, complaints)


def _cells(edition: Edition) -> set[str]:
    """Everything a check may name: numbers, list columns, facts and their options."""
    options = {option.id for fact in edition.facts for option in fact.options}
    return {*edition.numeric, *edition.questions, *options}


def _lint_sums(edition: Edition, complaints: ProblemList) -> None:
    """Every computed cell is the total of a sum that binds."""
    for cell in edition.cells.values():
        if cell.computed and cell.id not in edition.sums:
            complaints.add("table", "no_sum", name=cell.id)


def _judge(
    check: Check,
    example: Example,
    edition: Edition,
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
) -> tuple[Outcomes, str]:
    """Run the checks on an example; with the first complaint of the reader, if there is one."""
    year = example.year or edition.years.known[-1]
    answers = dict(example.answers)
    if example.complete and ZERO in stories:
        answers = {**stories[ZERO].given, **answers}
    reading = read_given(edition, year, answers, sentences)
    previous = None
    if example.previous or check.kind in _NEEDS_PREVIOUS:
        previous = read_given(edition, year - 1, example.previous, sentences).answers
    unread = next((each.sentence for each in reading.findings if each.level == "error"), "")
    if check.kind == "length":  # judged on the written report
        return make_draft(reading, previous, sentences).outcomes, unread
    rules = [each for each in edition.rules if each.key == check.key]
    return run_checks(reading.answers, previous, sentences, rules), unread


def _lint_examples(
    check: Check,
    edition: Edition,
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
    complaints: ProblemList,
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
    edition: Edition,
    stories: Mapping[str, WorkedExample],
    sentences: Sentences,
    complaints: ProblemList,
) -> None:
    """Some example passes every binding rule at once, so that none rules out another."""
    binding = {check.key for check in edition.checks if check.level != "notice"}
    broken: list[set[str]] = []
    for story in stories.values():
        outcomes = run_checks(story.reading.answers, story.previous, sentences)
        broken.append({key for key in binding if outcomes.by_check.get(key) == "failed"})
    if broken and all(broken):
        fewest = min(len(keys) for keys in broken)
        closest = next(keys for keys in broken if len(keys) == fewest)
        complaints.add(_FILE, "contradiction", keys="、".join(sorted(closest)))
