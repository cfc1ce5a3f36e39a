"""Rows and facts: ids, parents, names, help."""

from collections import Counter

from assistant.form.model import Edition, Fact, Indicator, bare_quotes
from assistant.lint.problems import ProblemList


def lint_questions(edition: Edition, complaints: ProblemList) -> bool:
    """Check every row and fact; returns whether ids are sound enough to go on."""
    _lint_ids(edition, complaints)
    if complaints.faults:
        return False
    _lint_words(edition, complaints)
    _lint_deadlines(edition, complaints)
    _lint_terms(edition, complaints)
    for name, question in edition.questions.items():
        file = "facts.yaml" if isinstance(question, Fact) else "table"
        _lint_help(file, question, complaints)
        if isinstance(question, Fact):
            _lint_conditions(edition, question, complaints)
        texts = (question.ask, question.help.brief, question.help.rule.text, question.help.example)
        for text in texts:
            complaints.check_marks(file, name, text)
    return True


def _lint_ids(edition: Edition, complaints: ProblemList) -> None:
    seen: set[str] = set()
    placed = Counter(name for section in edition.sections for name in section.tables)
    for name in sorted(edition.grids_by_id.keys() | placed.keys()):
        if placed[name] != 1 or name not in edition.grids_by_id:
            complaints.add("edition.yaml", "grid_unplaced", name=name)
    for row in (*(row for grid in edition.grids for row in grid.rows), *edition.rows):
        if row.id in seen:
            complaints.add("table", "doubled_id", name=row.id)
        seen.add(row.id)
    for cell in edition.cells.values():
        if cell.grid and cell.id in seen:
            complaints.add("table", "doubled_id", name=cell.id)
        seen.add(cell.id)
    for fact in edition.facts:
        if fact.id in seen:
            complaints.add("facts.yaml", "doubled_id", name=fact.id)
        if fact.place not in ("before", "after", *edition.grids_by_id):
            complaints.add("facts.yaml", "odd_place", name=fact.id)
        seen.add(fact.id)
    _lint_choices(edition, complaints)


def _lint_choices(edition: Edition, complaints: ProblemList) -> None:
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
                complaints.add("facts.yaml", "odd_choice", grid=grid.id, fact=name, names=names)


def _lint_words(edition: Edition, complaints: ProblemList) -> None:
    """Every name of speech belongs to one question."""
    owners: dict[str, str] = {}
    for name, question in edition.questions.items():
        words = {*question.aliases, question.initials, question.name} - {""}
        if isinstance(question, Indicator):
            words.add(question.short)
        for word in sorted(map(bare_quotes, words)):
            other = owners.setdefault(word, name)
            if other != name and not _is_label_of_form(edition, word):
                complaints.add("table", "doubled_word", word=word, one=other, other=name)


def _lint_deadlines(edition: Edition, complaints: ProblemList) -> None:
    """A deadline holds for kinds of body that can be chosen."""
    role = edition.roles.body_kind
    known = {option.id for fact in edition.facts if fact.id == role for option in fact.options}
    for name in (name for each in edition.deadlines for name in each.kinds if name not in known):
        complaints.add("edition.yaml", "unknown_id", owner="deadlines", name=name)


def _lint_terms(edition: Edition, complaints: ProblemList) -> None:
    """A term is explained once, in Chinese marks."""
    words = Counter(bare_quotes(word) for term in edition.terms for word in term.words)
    for word in (word for word, count in words.items() if count > 1):
        complaints.add("terms.yaml", "term_twice", word=word)
    for term in edition.terms:
        for text in (term.rule.text, term.rule.source):
            complaints.check_marks("terms.yaml", term.words[0], text)


def _is_label_of_form(edition: Edition, word: str) -> bool:
    """The form itself uses some labels twice, such as 其他情形数 of reviews and of suits."""
    return sum(item.name == word for item in edition.cells.values()) > 1


def _lint_help(file: str, question: Indicator | Fact, complaints: ProblemList) -> None:
    if not question.ask:
        complaints.add(file, "not_asked", name=question.id)
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
            complaints.add(file, "no_help", name=question.id, part=part)


def _lint_conditions(edition: Edition, fact: Fact, complaints: ProblemList) -> None:
    for owner, wanted in fact.when.items():
        question = edition.questions.get(owner)
        options = question.options if isinstance(question, Fact) else ()
        if all(option.id != wanted for option in options):
            complaints.add("facts.yaml", "unknown_id", owner=fact.id, name=f"{owner}: {wanted}")
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
                    complaints.add("facts.yaml", "unknown_id", owner=option.id, name=partner)
