"""The paragraphs that templates make, by permanent names, and the own words in their place.

A template marks the beginning of a passage with its name: `@requests.handled 上年结转…`. The mark
is never printed; a passage without words is a place where own words may stand, and one of a table
stands below it.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Annotated

from assistant.form.entry import Limits, Strict
from assistant.form.model.questions import Fact, Help
from assistant.values.language import words_for

MARK = re.compile(r"@(?P<name>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) ?")
"""Begins a paragraph of a template."""
ANNEX = "annex"
"""What a note of the table behind the report names as its table."""
_ENDS = re.compile(rf"^(?={MARK.pattern})|^#", re.MULTILINE)
_VERSION_SIZE = 8
"""Characters of a version; a form has a few dozen passages."""


class Passage(Strict):
    """One paragraph of the narrative."""

    id: Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    label: str
    """What messages call it: 申请的办理结果."""
    article: str = ""
    """What wants it told, 《条例》第五十条第一款第（三）项; empty where it may be left out."""
    topic: str = ""
    """The own text whose topics of `claims.yaml` its words have."""
    aliases: tuple[str, ...] = ()
    place: bool = False
    """Templates have no words for it: it is a place for own ones."""
    table: str = ""
    """Id of the table that it is the note of, `annex` for the one behind the report; it stands
    below that table and in no template."""

    @property
    def before(self) -> str:
        """Id of the own paragraphs before it."""
        return f"{self.id}_before"

    @property
    def after(self) -> str:
        """Id of the own paragraphs behind it."""
        return f"{self.id}_after"


def wording_facts(passages: Iterable[Passage]) -> dict[str, Fact]:
    """What may be written of each passage, as optional own texts: in its place, before, behind."""
    facts: dict[str, Fact] = {}
    for passage in passages:
        for name, words in ((passage.id, ""), (passage.before, "before"), (passage.after, "after")):
            label = passage.label + (words_for(f"passage_{words}")[0] if words else "")
            facts[name] = Fact(
                id=name,
                kind="text",
                label=label,
                ask="",
                help=Help.missing(),
                required=False,
                place="wording",
                passage=passage.id,
            )
    return facts


def passage_versions(templates: Mapping[str, str]) -> dict[str, str]:
    """What tells the words of each passage from those of another edition of its template."""
    found: dict[str, str] = {}
    for source in templates.values():
        for match in MARK.finditer(source):
            end = _ENDS.search(source, match.end())
            words = source[match.end() : end.start() if end else len(source)].strip()
            found[match["name"]] = sha256(words.encode()).hexdigest()[:_VERSION_SIZE]
    return found
