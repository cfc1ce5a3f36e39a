"""What an edition must have beside well-formed entries: words to fill it in with, and its roles."""

from collections.abc import Iterator
from pathlib import Path

from assistant.form.model import ROLE_KINDS, Edition, Fact, Indicator
from assistant.storage.errors import LibraryError


def gaps_of(edition: Edition) -> Iterator[tuple[str | int, ...]]:
    """The ways to what an edition lacks to be filled in; one that is only read needs none."""
    if edition.reading_only:
        return
    if not edition.preamble:
        yield ("preamble",)
    for at, section in enumerate(edition.sections):
        if not section.template:
            yield "sections", at, "template"
    for at, row in enumerate(edition.rows):
        if isinstance(row, Indicator):
            yield from (("rows", at, key) for key in _unsaid(row))
    for at, fact in enumerate(edition.facts):
        yield from (("facts", at, key) for key in _unsaid(fact))


def _unsaid(asked: Indicator | Fact) -> Iterator[str]:
    return (key for key in ("ask", "help") if key not in asked.given())


def see_roles(edition: Edition) -> None:
    """See that every role is played by a fact of its kind, and none by that of another.

    Raises:
        LibraryError: One is not.
    """
    facts = {fact.id: fact for fact in edition.facts}
    played: dict[str, str] = {}
    for role, kind in ROLE_KINDS.items():
        name = getattr(edition.roles, role)
        other = played.setdefault(name, role)
        fact = facts.get(name)
        fault = "unknown" if fact is None else "twice" if other != role else "kind"
        if fact is None or fact.kind != kind:
            raise LibraryError(
                "library_role",
                path=str(Path(edition.folder) / "edition.yaml"),
                role=role,
                fact=name,
                fault=fault,
                kind=kind,
                other=other,
            )
