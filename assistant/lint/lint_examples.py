"""The expert's examples: given answers, expected findings and sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Answers, LoadedAnswers, read_given
from assistant.form.loader import LibraryFiles
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.storage.errors import LibraryError

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


def load_stories(edition: Edition, sentences: Sentences) -> dict[str, WorkedExample]:
    """Read every example of an edition, by file name without suffix.

    Raises:
        LibraryError: A file is no example; file and key are named.
    """
    folder = Path(edition.folder) / "examples"
    raw = _load_all(folder)
    if edition.based_on:
        below = _load_all(Path(edition.based_on) / "examples")
        raw = {
            name: _laid_over(raw.get(name, {}), below.get(name, {}), edition.omitted)
            for name in sorted(raw.keys() | below.keys())
        }
    return {name: _make_story(name, _merge(name, raw, folder), edition, sentences) for name in raw}


def _load(path: Path, contents: LibraryFiles) -> dict[str, object]:
    content = contents.data(path)
    if not isinstance(content, dict) or not content.keys() <= _KEYS:
        odd = "、".join(sorted(set(content) - _KEYS)) if isinstance(content, dict) else ""
        shape = "extra_forbidden" if odd else "mapping"
        raise LibraryError(
            "library_shape", path=str(path), place=odd, shape=shape, written="", expected=""
        )
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


def _merge(name: str, raw: Mapping[str, dict[str, object]], folder: Path) -> dict[str, object]:
    """An example over the one it stands on; `answers` are merged, all else is replaced."""
    content = raw[name]
    below = content.get("based_on")
    if below is None:
        return content
    if below not in raw or below == name:
        raise LibraryError(
            "library_shape",
            path=str(folder / f"{name}.yaml"),
            place=str(below),
            shape="based_on",
            written="",
            expected="",
        )
    base = _merge(str(below), raw, folder)
    inherited: dict[str, object] = {key: base[key] for key in ("year", "others") if key in base}
    answers = {**_part(base, "answers"), **_part(content, "answers")}
    return inherited | content | {"answers": answers}


def _part(content: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = content.get(name, {})
    return part if isinstance(part, dict) else {}


def _make_story(
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
