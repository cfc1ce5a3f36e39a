"""From an answer file to answers and findings; a file is trusted no more than a keyboard."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.answers.entry import read_entry
from assistant.answers.model import Acknowledgement, Answer, Answers
from assistant.form.loader import Library
from assistant.form.model import Edition, Fact, Question
from assistant.messages import Sentences
from assistant.messages.findings import Finding, Level
from assistant.storage.disk import SIZE_LIMIT, DecodedText, decode
from assistant.storage.errors import EditionError, FileError
from assistant.storage.streams import read_file_or_input
from assistant.storage.unforeseen import foreseen
from assistant.storage.yaml_text import Node, as_node, parse, plain
from assistant.values import Refusal, clean_text
from assistant.values.characters import shortened

FORMAT = "1"
_HEAD = ("format", "edition", "year")
UNREAD = "F05"
"""Code of the finding that an answer of the file could not be read."""
_HINT_LIMIT = 100
"""Findings after which an unknown id gets no hint: a search each would take minutes in all."""


class LoadedAnswers(NamedTuple):
    """What a file gave: the answers, and what could not be taken as it stood."""

    answers: Answers
    findings: tuple[Finding, ...]


def load(path: Path, library: Library, *, is_read_only: bool = False) -> LoadedAnswers:
    """Read an answer file, or standard input where `path` is `-`.

    One of which no report will be written may be of a form only read.

    Raises:
        FileError: It cannot be opened, is no text, no YAML, or no answer file.
        EditionError: Its edition is unknown, does not serve its year, or can only be read.
    """
    with foreseen(path):
        data, name = read_file_or_input(path, SIZE_LIMIT)
        return read_answers(decode(data, name), name, library, is_read_only=is_read_only)


def read_answers(
    text: DecodedText, path: Path, library: Library, *, is_read_only: bool = False
) -> LoadedAnswers:
    """Read the text of an answer file, as `load`.

    Raises:
        FileError: It is no YAML, or no answer file.
        EditionError: Its edition is unknown, does not serve its year, or can only be read.
    """
    top = top_of(text, path)
    edition, year = _edition_and_year(top, path, library)
    if edition.reading_only and not is_read_only:
        raise EditionError(
            "answers_reading_only", path=str(path), edition=edition.id, title=edition.title
        )
    found = _findings_of_file(text, top, edition, library.sentences)
    return _loaded(edition, year, parts_of(top, path), library.sentences, found)


def top_of(text: DecodedText, path: Path) -> Mapping[str, Node]:
    """The entries of a file.

    Raises:
        FileError: It is no YAML, or no mapping.
    """
    top = parse(text.text, path)
    if not isinstance(top.value, dict):
        raise FileError("answers_shape", path=str(path), line=top.line)
    return top.value


def is_answer_file(data: bytes, path: Path) -> bool:
    """Whether bytes are an answer file, of whatever edition."""
    try:
        top = top_of(decode(data, path), path)
    except FileError:
        return False
    return all(key in top for key in _HEAD)


def read_given(
    edition: Edition, year: int, given: Mapping[str, object], sentences: Sentences
) -> LoadedAnswers:
    """Read given answers of an example, `{"active_total": "145"}`, like those of a file."""
    nodes = {key: as_node(value) for key, value in given.items()}
    wording = {name: nodes.pop(name) for name in edition.wordings if name in nodes}
    return _loaded(edition, year, AnswerParts(nodes, wording, {}), sentences)


def _edition_and_year(top: Mapping[str, Node], path: Path, library: Library) -> tuple[Edition, int]:
    for key in _HEAD:
        if key not in top or not isinstance(top[key].value, str):
            raise FileError("answers_no_key", path=str(path), key=key)
    if top["format"].value != FORMAT:
        raise EditionError("format_unknown", path=str(path), format=top["format"].value)
    written = str(top["year"].value)
    if not re.fullmatch(r"[12][0-9]{3}", written):
        raise FileError("answers_year", path=str(path), line=top["year"].line, year=written)
    year = int(written)
    name = str(top["edition"].value)
    if name not in library.edition_ids():
        known = "、".join(library.fillable_ids())
        raise EditionError("answers_edition", path=str(path), edition=name, year=year, known=known)
    edition = library.edition(name)
    check_year(edition, year, path, library)
    return edition, year


def check_year(edition: Edition, year: int, path: Path, library: Library) -> None:
    """See that an edition serves the year of a file.

    Raises:
        EditionError: It does not; those that do are named.
    """
    if year in edition.years:
        return
    others = library.editions_of(year)
    raise EditionError(
        "edition_wrong_year" if others else "edition_none_for_year",
        path=str(path),
        edition=edition.id,
        year=year,
        first=edition.years.first,
        last=edition.years.last or "",
        others="；".join(f"{other.id}（{other.title}）" for other in others),
    )


class AnswerParts(NamedTuple):
    """What an answer file holds behind its head, by id, and reasons by the key of a finding."""

    answers: Mapping[str, Node]
    wording: Mapping[str, Node]
    acknowledged: Mapping[str, Node]


def parts_of(top: Mapping[str, Node], path: Path) -> AnswerParts:
    """The parts of an answer file; those that it lacks are empty.

    Raises:
        FileError: One is no mapping.
    """
    return AnswerParts(*(_mapping(top, key, path) for key in AnswerParts._fields))


def _mapping(top: Mapping[str, Node], key: str, path: Path) -> Mapping[str, Node]:
    node = top.get(key)
    if node is None or node.value in ("", []):
        return {}
    if not isinstance(node.value, dict):
        raise FileError("answers_no_mapping", path=str(path), line=node.line, key=key)
    return node.value


def _findings_of_file(
    text: DecodedText, top: Mapping[str, Node], edition: Edition, sentences: Sentences
) -> Iterator[Finding]:
    """What is to be said of a file before its parts are read."""
    if text.encoding != "utf-8":
        yield _finding(sentences, "F01", "notice", "", 0, encoding=text.encoding.upper())
    elif text.has_mark:
        yield _finding(sentences, "F02", "notice", "", 0)
    yield from findings_of_edition(edition, sentences)
    for key, node in top.items():
        if key not in (*_HEAD, *AnswerParts._fields):
            yield _finding(sentences, "F03", "error", key, node.line, name=shortened(key))


def _loaded(
    edition: Edition,
    year: int,
    parts: AnswerParts,
    sentences: Sentences,
    findings: Iterable[Finding] = (),
) -> LoadedAnswers:
    """The answers of a file, with findings of what in it can be none behind those before."""
    answers, found = answers_of(edition, year, parts), list(findings)
    for key, node in parts.acknowledged.items():
        entry, name = read_acknowledgement(node), shortened(key)
        if entry is None:
            found.append(_finding(sentences, "F07", "error", key, node.line, name=name))
        elif isinstance(entry, Refusal):
            why = sentences.say(f"refusals.{entry.code}", **entry.details)
            found.append(_finding(sentences, "F13", "error", key, node.line, name=name, reason=why))
    names = (*answers.unknown, *answers.stray)
    lines = {n: part[n].line for part in parts[:2] for n in names if n in part}
    return LoadedAnswers(answers, (*found, *findings_of_answers(answers, sentences, lines)))


def answers_of(edition: Edition, year: int, parts: AnswerParts) -> Answers:
    """What the parts of a file say, without a word on what in them is wrong."""
    entries, wording, reasons = parts
    read = {
        name: _read_one(question, entries[name])
        for name, question in edition.asked.items()
        if name in entries
    }
    read |= {
        name: read_wording(fact, wording[name])
        for name, fact in edition.wordings.items()
        if name in wording
    }
    claimed = dict(_claims(edition, entries))
    known = edition.asked.keys() | claimed.keys()
    excuses = {key: read_acknowledgement(node) for key, node in reasons.items()}
    return Answers(
        edition,
        year,
        {name: answer for name, answer in read.items() if answer is not None},
        {key: each for key, each in excuses.items() if isinstance(each, Acknowledgement)},
        {name: plain(node) for name, node in entries.items() if name not in known},
        claimed,
        {n: plain(node) for n, node in wording.items() if n not in edition.wordings},
    )


def _claims(edition: Edition, entries: Mapping[str, Node]) -> Iterator[tuple[str, Answer]]:
    """Totals that the file gives although the program works them out."""
    for name, node in entries.items():
        cell = edition.cells.get(name)
        if cell is not None and cell.computed:
            entry = read_entry(cell, node)
            if isinstance(entry, Answer) and entry.state == "given":
                yield name, entry


def _read_one(question: Question, node: Node) -> Answer | None:
    entry = read_entry(question, node)
    if isinstance(entry, Answer):
        return entry
    if entry.code == "empty" and isinstance(node.value, str) and not node.value.strip():
        return None  # a blank is no answer; where one is required, it is found missing
    return Answer(None, "unread", raw=plain(node), line=node.line)


def read_wording(fact: Fact, node: Node) -> Answer | None:
    """Own wording: a text, or a mapping with the version of the passage that it stands for."""
    parts = node.value
    if not isinstance(parts, dict) or not isinstance(parts.get("template", node).value, str):
        return _read_one(fact, node)
    rest = {key: each for key, each in parts.items() if key != "template"}
    answer = _read_one(fact, Node(rest, node.line))
    version = str(parts["template"].value) if "template" in parts else ""
    return answer and replace(answer, template=version if answer.state != "unread" else "")


def findings_of_edition(edition: Edition, sentences: Sentences) -> tuple[Finding, ...]:
    """What is to be said of a form whatever the answers: that its data are reconstructed."""
    if not edition.reconstructed:
        return ()
    return (_finding(sentences, "F12", "notice", "", 0, why=edition.reconstructed),)


def findings_of_answers(
    answers: Answers, sentences: Sentences, lines: Mapping[str, int] | None = None
) -> tuple[Finding, ...]:
    """What is to be said of the answers themselves: not read, not asked, not of this form.

    Args:
        answers: Those of a file or of a conversation.
        sentences: Where the words stand.
        lines: For a file, the lines of the entries that the form does not know; of a conversation
            no line is named, for each saving moves them.
    """
    edition, is_file = answers.edition, lines is not None
    found: list[Finding] = []

    def note(code: str, level: Level, key: str, line: int = 0, /, **details: object) -> None:
        found.append(_finding(sentences, code, level, key, line * is_file, **details))

    for name, answer in answers.given.items():
        if answer.state == "unread":
            label, reason = edition.questions[name].name, _why_unread(answers, name, sentences)
            shown = shortened(answer.raw) if isinstance(answer.raw, str) else ""
            note(UNREAD, "error", name, answer.line, label=label, typed=shown, reason=reason)
    for name, claim in [*answers.claimed.items()][:1]:
        count = len(answers.claimed)
        note("F11", "notice", name, claim.line, label=edition.name(name), count=count)
    for name in answers.unknown:
        near = _nearest_id(edition, name) if len(found) < _HINT_LIMIT else ""
        hint = edition.name(near) if near else ""
        line = (lines or {}).get(name, 0)
        note("F04", "error", name, line, name=shortened(name), near=near, hint=hint)
    for name in answers.stray:
        note("F14", "error", name, (lines or {}).get(name, 0), name=shortened(name))
    idle = [
        name
        for name, answer in answers.given.items()
        if name in answers.idle and answer.state not in ("absent", "none")
    ]
    for name in idle[:1]:
        line = answers.given[name].line
        note("F06", "notice", name, line, label=edition.name(name), count=len(idle))
    return tuple(
        replace(each, cells=(name,))
        if (name := each.key.partition(".")[2]) in edition.questions or name in edition.cells
        else each
        for each in found
    )


def _finding(
    sentences: Sentences, code: str, level: Level, key: str, line: int, /, **details: object
) -> Finding:
    """A finding about the file itself; its code is also that of its sentence."""
    sentence = sentences.say(f"file_findings.{code}", line=line, **details)
    return Finding(code, f"{code}.{key}" if key else code, level, sentence, line=line)


def _why_unread(answers: Answers, name: str, sentences: Sentences) -> str:
    question = answers.edition.questions[name]
    entry = read_entry(question, as_node(answers.given[name].raw))
    assert isinstance(entry, Refusal)  # noqa: S101  what is read has another state
    details = {"unit": answers.edition.unit(name), **entry.details}
    return sentences.say(f"refusals.{entry.code}", **details)


def _nearest_id(edition: Edition, name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

    return next(iter(get_close_matches(shortened(name), edition.asked, n=1, cutoff=0.6)), "")


def read_acknowledgement(node: Node) -> Acknowledgement | Refusal | None:
    """Read a reason with the values it is for; the refusal of its text, `None` where one lacks."""
    entry = plain(node)
    values = entry.get("values", {}) if isinstance(entry, dict) else None
    reason = entry.get("reason") if isinstance(entry, dict) else None
    is_whole = (
        isinstance(reason, str)
        and isinstance(values, dict)
        and values
        and all(isinstance(value, str) for value in values.values())
    )
    if not is_whole:
        return None
    cleaned = clean_text(str(reason))
    if isinstance(cleaned, Refusal):
        return cleaned
    return Acknowledgement(cleaned, values or {}) if cleaned else None
