"""All proofs of an edition in one run; its ids, names, help, and what its entries name."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from assistant.form.model import Edition, Fact, Indicator, bare_quotes, expand_wildcards
from assistant.form.model.checks import POINTED
from assistant.lint.lint_claims import lint_claims
from assistant.lint.lint_examples import (
    ZERO,
    Examples,
    lint_check_examples,
    lint_harmony,
    load_examples,
)
from assistant.lint.lint_narrative import lint_narrative, lint_no_narrative
from assistant.lint.lint_recognition import lint_kin, lint_labels, lint_official_labels
from assistant.lint.lint_told import RESERVED
from assistant.lint.problems import Fault, ProblemList
from assistant.messages import Sentences

_CHECKS = "checks.yaml"


class LintResult(NamedTuple):
    """What lint found, and how many examples it ran."""

    faults: tuple[Fault, ...]
    examples: int


def lint(
    edition: Edition, sentences: Sentences, others: Iterable[Edition] | None = None
) -> LintResult:
    """Prove an edition: every fault of its data, in one run.

    Without the other editions of its library nothing is said of what it has to do with them.

    Raises:
        LibraryError: An example file cannot be read.
    """
    problems = ProblemList(sentences, edition)
    if not _lint_questions(edition, problems):
        return LintResult(tuple(problems.faults), 0)
    examples = load_examples(edition, sentences)
    if ZERO not in examples:
        problems.add("examples", "no_zero_example")
    _lint_checks(edition, examples, problems)
    lint_labels(edition, problems)
    lint_official_labels(edition, problems)
    if others is not None:
        lint_kin(edition, tuple(others), problems)
    if edition.reading_only:
        lint_no_narrative(edition, examples, problems)
    else:
        lint_narrative(edition, examples, problems)
    return LintResult(tuple(problems.faults), len(examples) + 2 * len(edition.checks))


def _lint_questions(edition: Edition, problems: ProblemList) -> bool:
    """Check every row and fact; returns whether ids are sound enough to go on."""
    _lint_ids(edition, problems)
    if problems.faults:
        return False
    _lint_words(edition, problems)
    _lint_deadlines(edition, problems)
    _lint_departments(edition, problems)
    _lint_terms(edition, problems)
    for name, question in edition.asked.items() if not edition.reading_only else ():
        file = "facts.yaml" if isinstance(question, Fact) else "table"
        _lint_help(file, question, problems)
        if isinstance(question, Fact):
            _lint_conditions(edition, question, problems)
            others = (question.or_else, question.part_of, question.none_without, question.besides)
            for other in filter(None, others):
                if not isinstance(edition.asked.get(other), Fact):
                    problems.add(file, "unknown_id", owner=name, name=other)
        texts = (question.ask, question.help.brief, question.help.rule.text, question.help.example)
        for text in texts:
            problems.check_marks(file, name, text)
    return True


def _lint_ids(edition: Edition, problems: ProblemList) -> None:
    seen: set[str] = set()
    placed = Counter(name for section in edition.sections for name in section.tables)
    for name in sorted(edition.grids_by_id.keys() | placed.keys()):
        if placed[name] != 1 or name not in edition.grids_by_id:
            problems.add("edition.yaml", "grid_unplaced", name=name)
    for row in (*(row for grid in edition.grids for row in grid.rows), *edition.rows):
        if row.id in seen:
            problems.add("table", "doubled_id", name=row.id)
        seen.add(row.id)
    for cell in edition.cells.values():
        if cell.grid and cell.id in seen:
            problems.add("table", "doubled_id", name=cell.id)
        seen.add(cell.id)
    for fact in edition.facts:
        if fact.id in seen:
            problems.add("facts.yaml", "doubled_id", name=fact.id)
        if fact.place not in ("before", "after", *edition.grids_by_id):
            problems.add("facts.yaml", "odd_place", name=fact.id)
        seen.add(fact.id)
    for name in sorted(seen & RESERVED):
        problems.add(
            "table" if name in edition.rows_by_id else "facts.yaml", "reserved_id", name=name
        )
    _lint_choices(edition, problems)
    _lint_groups(edition, problems)


def _lint_groups(edition: Edition, problems: ProblemList) -> None:
    """A group of columns is named by columns, and its sums have ids of their own."""
    for grid in edition.grids:
        ids = Counter([*(each.id for each in grid.columns), *(each.id for each in grid.groups)])
        for name in (name for name, count in ids.items() if count > 1):
            problems.add("table", "doubled_id", name=name)
        known = {column.group for column in grid.columns}
        for group in (each for each in grid.groups if each.label not in known):
            problems.add("table", "unknown_id", owner=group.id, name=group.label)


def _lint_choices(edition: Edition, problems: ProblemList) -> None:
    """The facts that say which rows or columns occurred may stay empty and name only those."""
    facts = {fact.id: fact for fact in edition.facts}
    for grid in edition.grids:
        lines = {row.id for row in grid.lines if not row.computed}
        columns = {column.id for column in grid.columns if not column.computed}
        for name, known in ((grid.rows_from, lines), (grid.columns_from, columns)):
            fact = facts.get(name)
            is_fit = fact is not None and fact.kind == "choices" and not fact.required
            odd = [option.id for option in fact.options if option.id not in known] if fact else []
            if name and (not is_fit or odd):
                names = "、".join(odd) or "—"
                problems.add("facts.yaml", "odd_choice", grid=grid.id, fact=name, names=names)


def _lint_words(edition: Edition, problems: ProblemList) -> None:
    """Every name of speech belongs to one question."""
    owners: dict[str, str] = {}
    for name, question in edition.asked.items():
        words = {*question.aliases, question.initials, question.name} - {""}
        if isinstance(question, Indicator):
            words.add(question.short)
        for word in sorted(map(bare_quotes, words)):
            other = owners.setdefault(word, name)
            if other != name and not _is_label_of_form(edition, word):
                problems.add("table", "doubled_word", word=word, one=other, other=name)


def _lint_deadlines(edition: Edition, problems: ProblemList) -> None:
    """A deadline holds for kinds of body that can be chosen."""
    role = edition.roles.body_kind
    known = {option.id for fact in edition.facts if fact.id == role for option in fact.options}
    for name in (name for each in edition.deadlines for name in each.kinds if name not in known):
        problems.add("edition.yaml", "unknown_id", owner="deadlines", name=name)


def _lint_departments(edition: Edition, problems: ProblemList) -> None:
    """A department has questions that there are, and each question one department."""
    rows = {above.id for cell in edition.indicators for above in edition.ancestors(cell)}
    known = {*edition.asked, *edition.grids_by_id, *rows, *edition.omitted}
    for department in edition.departments:
        for name in (name for name in department.questions if name not in known):
            problems.add("edition.yaml", "unknown_id", owner=department.name, name=name)
    for name in edition.asked:
        if len(departments := edition.departments_of(name)) > 1:
            names = "、".join(departments)
            problems.add("edition.yaml", "doubled_department", name=edition.name(name), names=names)


def _lint_terms(edition: Edition, problems: ProblemList) -> None:
    """A term is explained once, in Chinese marks."""
    words = Counter(bare_quotes(word) for term in edition.terms for word in term.words)
    for word in (word for word, count in words.items() if count > 1):
        problems.add("terms.yaml", "term_twice", word=word)
    for term in edition.terms:
        for text in (term.rule.text, term.rule.source):
            problems.check_marks("terms.yaml", term.words[0], text)


def _is_label_of_form(edition: Edition, word: str) -> bool:
    """The form itself uses some labels twice, such as 其他情形数 of reviews and of suits."""
    return sum(item.name == word for item in edition.cells.values()) > 1


def _lint_help(file: str, question: Indicator | Fact, problems: ProblemList) -> None:
    if not question.ask:
        problems.add(file, "not_asked", name=question.id)
    steps = {
        "help.brief": question.help.brief,
        "help.rule.text": question.help.rule.text,
        "help.rule.source": question.help.rule.source,
        "help.example": question.help.example,
        "aliases": "".join(question.aliases),
        "initials": question.initials,
    }
    for part, text in steps.items():
        if not text:
            problems.add(file, "no_help", name=question.id, part=part)


def _lint_conditions(edition: Edition, fact: Fact, problems: ProblemList) -> None:
    order = list(edition.asked)
    for owner, wanted in fact.when.items():
        question = edition.questions.get(owner)
        options = question.options if isinstance(question, Fact) else ()
        unknown = [each for each in wanted if all(each != option.id for option in options)]
        if unknown or question is None:
            name = f"{owner}: {'、'.join(unknown)}"
            problems.add("facts.yaml", "unknown_id", owner=fact.id, name=name)
    for owner in (*fact.when, *filter(None, (fact.rests_on,))):
        if owner in order and order.index(owner) > order.index(fact.id):
            problems.add("facts.yaml", "asked_later", owner=fact.id, name=owner)
    for column in fact.columns:
        known = [
            option.id
            for other in fact.columns
            if other.id == column.goes_with
            for option in other.options
        ]
        for option in column.options:
            for partner in option.answers:
                if partner not in known:
                    problems.add("facts.yaml", "unknown_id", owner=option.id, name=partner)


def _lint_checks(edition: Edition, examples: Examples, problems: ProblemList) -> None:
    """Every check is there once, names what there is, and holds in its examples and with others."""
    known = _cells(edition)
    _lint_sums(edition, problems)
    lint_claims(edition, examples, problems)
    seen: set[str] = set()
    for check in edition.checks:
        if check.key in seen:
            problems.add(_CHECKS, "check_twice", key=check.key)
            continue
        seen.add(check.key)
        problems.check_marks(_CHECKS, check.key, check.say)
        unknown = [
            name
            for rule in (list(expand_wildcards(check, edition.numeric)) or [check])
            for name in rule.operands
            if name not in known and name != "year" and not name[0].isdigit()
        ]
        pointed = [name for each in check.reasons for name in POINTED.findall(each)]
        unknown += [name for name in pointed if name not in edition.questions]
        for name in unknown:
            problems.add(_CHECKS, "unknown_id", owner=check.key, name=name)
        if not unknown:
            lint_check_examples(check, edition, examples, problems)
    lint_harmony(edition, examples, problems)


def _cells(edition: Edition) -> set[str]:
    """Everything a check may name: numbers, list columns, facts and their options."""
    options = {option.id for fact in edition.facts for option in fact.options}
    columns = {f"{fact.id}.{column.id}" for fact in edition.facts for column in fact.columns}
    return {*edition.numeric, *edition.questions, *options, *columns}


def _lint_sums(edition: Edition, problems: ProblemList) -> None:
    """Every computed cell is the total of a sum that binds."""
    for cell in edition.cells.values():
        if cell.computed and cell.id not in edition.sums:
            problems.add("table", "no_sum", name=cell.id)
        if cell.kind == "change" and not edition.reading_only:
            problems.add("table", "change_asked", name=cell.id)
