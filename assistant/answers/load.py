"""From an answer file to answers and findings; a file is trusted no more than a keyboard."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from assistant.answers.entry import Entry, read_entry
from assistant.answers.model import Acknowledgement, Answer, Answers
from assistant.form.loader import Library
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.messages.findings import Finding, Level
from assistant.storage import DecodedText, decode, read_bytes
from assistant.storage.errors import EditionError, FileError
from assistant.storage.yaml_text import Node, parse, plain
from assistant.values import Refusal, clean_text
from assistant.values.characters import shortened

FORMAT = "1"
_HEAD = ("format", "edition", "year")
_TOP = (*_HEAD, "answers", "acknowledged")
_HINT_LIMIT = 100
"""Findings after which an unknown id gets no hint: a search each would take minutes in all."""


class LoadedAnswers(NamedTuple):
    """What a file gave: the answers, and what could not be taken as it stood."""

    answers: Answers
    findings: tuple[Finding, ...]


def load(path: Path, library: Library) -> LoadedAnswers:
    """Read an answer file.

    Raises:
        FileError: It cannot be opened, is no text, no YAML, or no answer file.
        EditionError: Its edition is unknown or does not serve its year.
    """
    return read_answers(decode(read_bytes(path), path), path, library)


def read_answers(text: DecodedText, path: Path, library: Library) -> LoadedAnswers:
    """Read the text of an answer file.

    Raises:
        FileError: It is no YAML, or no answer file.
        EditionError: Its edition is unknown or does not serve its year.
    """
    top = parse(text.text, path)
    if not isinstance(top.value, dict):
        raise FileError("answers_shape", path=str(path), line=top.line)
    edition, year = _edition_and_year(top.value, path, library)
    reader = _AnswerReader(edition, library.sentences)
    reader.note_encoding(text)
    reader.note_reconstruction()
    reader.note_unknown_top(top.value)
    return reader.read(
        year, _mapping(top.value, "answers", path), _mapping(top.value, "acknowledged", path)
    )


def is_answer_file(data: bytes, path: Path) -> bool:
    """Whether bytes are an answer file, of whatever edition."""
    try:
        top = parse(decode(data, path).text, path).value
    except FileError:
        return False
    return isinstance(top, dict) and all(key in top for key in _HEAD)


def read_given(
    edition: Edition, year: int, given: Mapping[str, object], sentences: Sentences
) -> LoadedAnswers:
    """Read given answers of an example, `{"active_total": "145"}`, like those of a file."""
    nodes = {key: _as_node(value) for key, value in given.items()}
    return _AnswerReader(edition, sentences).read(year, nodes, {})


def _as_node(value: object) -> Node:
    if isinstance(value, dict):
        return Node({str(key): _as_node(item) for key, item in value.items()}, 0)
    if isinstance(value, list):
        return Node([_as_node(item) for item in value], 0)
    return Node(str(value), 0)


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
        known = "、".join(library.edition_ids())
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


def _mapping(top: Mapping[str, Node], key: str, path: Path) -> Mapping[str, Node]:
    node = top.get(key)
    if node is None or node.value in ("", []):
        return {}
    if not isinstance(node.value, dict):
        raise FileError("answers_no_mapping", path=str(path), line=node.line, key=key)
    return node.value


class _AnswerReader:
    """Collects answers and findings of one file."""

    def __init__(self, edition: Edition, sentences: Sentences) -> None:
        self.edition = edition
        self.sentences = sentences
        self.findings: list[Finding] = []

    def note(self, code: str, level: Level, key: str, line: int = 0, /, **details: object) -> None:
        """Add a finding about the file itself; `code` is also that of its sentence."""
        sentence = self.sentences.say(f"file_findings.{code}", line=line, **details)
        is_cell = key in self.edition.questions or key in self.edition.cells
        cells = (key,) if is_cell else ()
        self.findings.append(
            Finding(code, f"{code}.{key}" if key else code, level, sentence, cells, line=line)
        )

    def note_encoding(self, text: DecodedText) -> None:
        if text.encoding != "utf-8":
            self.note("F01", "notice", "", encoding=text.encoding.upper())
        elif text.has_mark:
            self.note("F02", "notice", "")

    def note_reconstruction(self) -> None:
        if self.edition.reconstructed:
            self.note("F12", "notice", "", why=self.edition.reconstructed)

    def note_unknown_top(self, top: Mapping[str, Node]) -> None:
        for key, node in top.items():
            if key not in _TOP:
                self.note("F03", "error", key, node.line, name=shortened(key))

    def read(
        self, year: int, entries: Mapping[str, Node], acknowledged: Mapping[str, Node]
    ) -> LoadedAnswers:
        taken: dict[str, Answer] = {}
        for name in self.edition.questions:
            if name in entries:
                answer = self._read_one(name, entries[name])
                if answer is not None:
                    taken[name] = answer
        claimed = dict(self._read_claims(entries))
        unknown = {
            name: plain(node)
            for name, node in entries.items()
            if name not in self.edition.questions and name not in claimed
        }
        for name in unknown:
            self._note_unknown(name, entries[name].line)
        answers = Answers(
            self.edition, year, taken, dict(self._read_reasons(acknowledged)), unknown, claimed
        )
        self._note_inactive(answers)
        return LoadedAnswers(answers, tuple(self.findings))

    def _read_claims(self, entries: Mapping[str, Node]) -> Iterator[tuple[str, Answer]]:
        """Totals that the file gives although the program works them out."""
        for name, node in entries.items():
            cell = self.edition.cells.get(name)
            if cell is not None and cell.computed:
                entry = read_entry(cell, node)
                if isinstance(entry, Entry) and entry.answer.state == "given":
                    self.note("F11", "notice", name, node.line, label=self.edition.name(name))
                    yield name, entry.answer

    def _note_unknown(self, name: str, line: int) -> None:
        from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

        ids = list(self.edition.questions) if len(self.findings) < _HINT_LIMIT else []
        shown = shortened(name)
        near = get_close_matches(shown, ids, n=1, cutoff=0.6)
        hint = self.edition.name(near[0]) if near else ""
        self.note("F04", "error", name, line, name=shown, near=near[0] if near else "", hint=hint)

    def _note_inactive(self, answers: Answers) -> None:
        for name, answer in answers.given.items():
            if name not in answers.active and answer.state not in ("absent", "none"):
                self.note("F06", "notice", name, answer.line, label=self.edition.name(name))

    def _read_one(self, name: str, node: Node) -> Answer | None:
        question = self.edition.questions[name]
        entry = read_entry(question, node)
        if isinstance(entry, Entry):
            return entry.answer
        if entry.code == "empty" and isinstance(node.value, str) and not node.value.strip():
            return None  # a blank is no answer; where one is required, it is found missing
        reason = self.sentences.say(
            f"refusals.{entry.code}", **self._details(question.id, entry.details)
        )
        shown = shortened(node.value) if isinstance(node.value, str) else ""
        self.note("F05", "error", name, node.line, label=question.name, typed=shown, reason=reason)
        return Answer(None, "unread", raw=plain(node), line=node.line)

    def _details(self, name: str, details: Mapping[str, object]) -> dict[str, object]:
        return {"unit": self.edition.unit(name), **details}

    def _read_reasons(self, entries: Mapping[str, Node]) -> Iterator[tuple[str, Acknowledgement]]:
        for key, node in entries.items():
            entry = read_acknowledgement(node)
            if isinstance(entry, Acknowledgement):
                yield key, entry
            elif entry is None:
                self.note("F07", "error", key, node.line, name=shortened(key))
            else:
                reason = self.sentences.say(f"refusals.{entry.code}", **entry.details)
                self.note("F13", "error", key, node.line, name=shortened(key), reason=reason)


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
