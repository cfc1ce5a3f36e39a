"""The expert's examples: those of `examples/`, and the two of every check."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Answers, LoadedAnswers, read_given
from assistant.checks.runner import Outcomes, run_checks
from assistant.form.entry import wrong_shape
from assistant.form.loader import LibraryFiles
from assistant.form.loader.data_files import read_yaml
from assistant.form.loader.edition_folder import file_of
from assistant.form.model import Check, Edition, Example
from assistant.lint.problems import ProblemList
from assistant.messages import Sentences
from assistant.report.draft import ON_REPORT, make_draft
from assistant.storage.errors import LibraryError

_CHECKS = "checks.yaml"
_NEEDS_PREVIOUS = frozenset({"unusual", "carried", "rolled", "text_repeated"})
_DOUBLED = re.compile(r"[，。；、：]{2,}|[\u4e00-\u9fff，。；] +[\u4e00-\u9fff，。；]|（）")
"""Doubled marks, stray spaces and empty brackets."""
_AROUND = 6
"""Characters shown on either side of them."""
ZERO = "zero"
"""The example that others stand on: every number 0, every required fact given."""
_KEYS = frozenset(
    {"title", "based_on", "year", "others", "answers", "previous", "findings", "says", "never_says"}
)


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One file of `examples/`."""

    name: str
    reading: LoadedAnswers
    previous: Answers | None
    given: Mapping[str, object]
    """The answers as the file writes them, those it stands on included."""
    findings: frozenset[str] | None
    """Keys of exactly the findings expected; None leaves them open."""
    says: tuple[str, ...]
    never_says: tuple[str, ...]


Examples = Mapping[str, WorkedExample]
"""By file name without suffix."""


def load_examples(edition: Edition, sentences: Sentences) -> dict[str, WorkedExample]:
    """Read every example of an edition, by file name without suffix.

    Raises:
        LibraryError: A file is no example; file and key are named.
    """
    own, *others = (folder / "examples" for folder in edition.folders)
    raw = _load_all(own)
    for folder in others:
        below = _load_all(folder)
        raw = {
            name: _laid_over(raw.get(name, {}), below.get(name, {}), edition.omitted)
            for name in sorted(raw.keys() | below.keys())
        }
    return {
        name: _make_example(name, _merge(name, raw, edition), edition, sentences) for name in raw
    }


def _load(path: Path, contents: LibraryFiles) -> dict[str, object]:
    content = read_yaml(contents.text(path), path)
    if not isinstance(content, dict) or not content.keys() <= _KEYS:
        odd = "、".join(sorted(set(content) - _KEYS)) if isinstance(content, dict) else ""
        raise wrong_shape(path, odd, "extra_forbidden" if odd else "mapping")
    return content


def _load_all(folder: Path) -> dict[str, dict[str, object]]:
    contents = LibraryFiles(folder.parent.parent)
    return {path.stem: _load(path, contents) for path in sorted(folder.glob("*.yaml"))}


def _laid_over(
    own: Mapping[str, object], below: Mapping[str, object], omitted: frozenset[str]
) -> dict[str, object]:
    """An example over the one of the same name below; answers that were left out are gone."""
    merged: dict[str, object] = {**below, **own}
    for part in ("answers", "previous"):
        if part in merged:
            kept = {key: value for key, value in _part(below, part).items() if key not in omitted}
            merged[part] = {**kept, **_part(own, part)}
    return merged


def _merge(
    name: str, raw: Mapping[str, dict[str, object]], edition: Edition, above: tuple[str, ...] = ()
) -> dict[str, object]:
    """An example over the one it stands on; `answers` are merged, all else is replaced."""
    content, names = raw[name], (*above, name)
    below = content.get("based_on")
    if below is None:
        return content
    path = file_of(edition.folders, f"examples/{name}.yaml")
    if not isinstance(below, str) or below not in raw:
        raise wrong_shape(path, str(below), "based_on")
    if below in names:
        raise wrong_shape(path, " → ".join((*names, below)), "based_on_itself")
    base = _merge(below, raw, edition, names)
    inherited: dict[str, object] = {key: base[key] for key in ("year", "others") if key in base}
    answers = {**_part(base, "answers"), **_part(content, "answers")}
    return inherited | content | {"answers": answers}


def _part(content: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = content.get(name, {})
    return part if isinstance(part, dict) else {}


def _make_example(
    name: str, content: Mapping[str, object], edition: Edition, sentences: Sentences
) -> WorkedExample:
    year = int(str(content.get("year", edition.years.known[-1])))
    previous = None  # last year's answers are this year's but for what differs and own text
    if isinstance(content.get("previous"), dict):
        own = {fact.id for fact in edition.facts if fact.kind == "text"}
        given = _part(content, "answers")
        kept = {key: value for key, value in given.items() if key not in own}
        before = {**kept, **_part(content, "previous")}
        filled = _filled(before, content, edition)
        previous = read_given(edition, year - 1, filled, sentences).answers
    given = _filled(_part(content, "answers"), content, edition)
    expected = content.get("findings")
    return WorkedExample(
        name,
        read_given(edition, year, given, sentences),
        previous,
        given,
        frozenset(map(str, expected)) if isinstance(expected, list) else None,
        _texts(content.get("says")),
        _texts(content.get("never_says")),
    )


def _filled(
    given: Mapping[str, object], content: Mapping[str, object], edition: Edition
) -> Mapping[str, object]:
    if "others" not in content:
        return given
    return {**{item.id: content["others"] for item in edition.indicators}, **given}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def lint_check_examples(
    check: Check, edition: Edition, examples: Examples, problems: ProblemList
) -> None:
    """A check passes in the one of its examples and fails in the other."""
    try:
        _lint_check(check, edition, examples, problems)
    except LibraryError:
        return  # a template is broken, which is named where it stands


def _lint_check(check: Check, edition: Edition, examples: Examples, problems: ProblemList) -> None:
    outcomes, unread = _judge(check, check.passes, edition, examples, problems.sentences)
    if unread:
        problems.add(_CHECKS, "example_unread", key=check.key, sentence=unread)
    elif outcomes.by_check[check.key] != "passed":
        said = next((each.sentence for each in outcomes.findings if each.code == check.code), "—")
        problems.add(_CHECKS, "passes_fails", key=check.key, sentence=said)
    outcomes, unread = _judge(check, check.fails, edition, examples, problems.sentences)
    if unread:
        problems.add(_CHECKS, "example_unread", key=check.key, sentence=unread)
    elif outcomes.by_check[check.key] != "failed":
        problems.add(_CHECKS, "fails_passes", key=check.key)


def _judge(
    check: Check, example: Example, edition: Edition, examples: Examples, sentences: Sentences
) -> tuple[Outcomes, str]:
    """Run the checks on an example; with the first complaint of the reader, if there is one."""
    year = example.year or edition.years.known[-1]
    answers = dict(example.answers)
    if example.complete and ZERO in examples:
        answers = {**examples[ZERO].given, **answers}
    reading = read_given(edition, year, answers, sentences)
    previous = None
    if example.previous or check.kind in _NEEDS_PREVIOUS:
        previous = read_given(edition, year - 1, example.previous, sentences).answers
    unread = next((each.sentence for each in reading.findings if each.level == "error"), "")
    if check.kind in ON_REPORT:  # judged on the written report
        return make_draft(reading, previous, sentences).outcomes, unread
    rules = [each for each in edition.rules if each.key == check.key]
    return run_checks(reading.answers, previous, sentences, rules), unread


def lint_harmony(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """Some example passes every binding rule at once, so that none rules out another."""
    binding = {check.key for check in edition.checks if check.level != "notice"}
    broken: list[set[str]] = []
    for example in examples.values():
        outcomes = run_checks(example.reading.answers, example.previous, problems.sentences)
        broken.append({key for key in binding if outcomes.by_check.get(key) == "failed"})
    if broken and all(broken):
        fewest = min(len(keys) for keys in broken)
        closest = next(keys for keys in broken if len(keys) == fewest)
        problems.add(_CHECKS, "contradiction", keys="、".join(sorted(closest)))


def lint_findings(example: WorkedExample, found: set[str], problems: ProblemList) -> None:
    """An example has exactly the findings that it names, by their keys."""
    if example.findings is not None and found != example.findings:
        wanted = "、".join(sorted(example.findings)) or "—"
        shown = "、".join(sorted(found)) or "—"
        file, name = f"examples/{example.name}.yaml", example.name
        problems.add(file, "expected_findings", example=name, wanted=wanted, found=shown)


def lint_expectations(examples: Examples, problems: ProblemList) -> None:
    """Every example has the findings and the sentences that it says, well punctuated."""
    for example in examples.values():
        file, name = f"examples/{example.name}.yaml", example.name
        draft = make_draft(example.reading, example.previous, problems.sentences)
        lint_findings(example, {finding.key for finding in draft.findings}, problems)
        texts = [block.text for block in draft.report.blocks]
        text = "\n".join(texts)
        for sentence in example.says:
            if sentence not in text:
                problems.add(file, "expected_sentence", example=name, text=sentence)
        for sentence in example.never_says:
            if sentence in text:
                problems.add(file, "unexpected_sentence", example=name, text=sentence)
        for block in texts:
            for match in _DOUBLED.finditer(block):
                place = block[max(0, match.start() - _AROUND) : match.end() + _AROUND]
                problems.add("narrative", "doubled_mark", example=name, text=place)
