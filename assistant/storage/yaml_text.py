"""YAML as text: no type is guessed, nothing is executed, places are kept; and back."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

import yaml

from assistant.storage.errors import FileError

EVENTS_LIMIT = 30_000
"""Keys, values and ends of lists in one file; the largest file at hand has 2,700."""
DEPTH_LIMIT = 16
"""Levels of nesting; an answer file uses five."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff“《（]")
_COMMENT_COLUMN = 30
_TOO_DEEP = "nesting depth"
"""In the complaint of parsers that look ahead and have a limit themselves, as PyYAML 6.0.4 has."""
_KEY_LIMIT = 1_000
"""Characters of a key on the line of its value; YAML looks no further for the colon."""


class Node(NamedTuple):
    """A YAML value with the line it stands on, for example `Node("145", 7)`."""

    value: "str | list[Node] | dict[str, Node]"
    line: int
    """Counted from 1."""


def parse(text: str, path: Path) -> Node:
    """Parse YAML as text: no type is guessed, nothing is executed.

    The parser is read event by event, so that nesting, aliases and tags are refused before
    anything is built from them.

    Raises:
        FileError: Not YAML, two equal keys, nested too deep, an alias, a tag, or empty.
    """
    try:
        events = _Events(text, path)
        node = _build(events, 0)
        events.take()  # what follows the document is refused, never passed over
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        if _TOO_DEEP in (fault.problem or ""):
            raise FileError("yaml_too_deep", path=str(path), line=line) from fault
        code, line = _likely_slip(text, line)
        raise FileError(code, path=str(path), line=line) from fault
    except (yaml.YAMLError, UnicodeError) as fault:
        raise FileError("yaml_broken_character", path=str(path)) from fault
    if node is None:
        raise FileError("file_empty", path=str(path))
    return node


_SLIPS = (
    ("yaml_tab_indent", re.compile(r"[ ]*\t")),
    ("yaml_wide_colon", re.compile(r"\s*[A-Za-z_][\w.]*\s*：")),
    ("yaml_no_space", re.compile(r"\s*[A-Za-z_][\w.]*:\S")),
)


def _likely_slip(text: str, line: int) -> tuple[str, int]:
    """The usual slip on the line the parser stopped at, or on the one before it."""
    lines = text.splitlines()
    for number in (line - 1, line):
        for code, pattern in _SLIPS:
            if 0 < number <= len(lines) and pattern.match(lines[number - 1]):
                return code, number
    return "yaml_broken", line


class _Events:
    """The content events of the only document in a YAML stream."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self._next_event = _LOADER(text).get_event
        self._documents = 0
        self._count = 0

    def take(self) -> yaml.Event | None:
        """The next event that carries content, or `None` at the end of the stream."""
        while (event := self._next_event()) is not None:
            if event.__class__ not in _FRAME:
                self._count += 1
                if self._count > EVENTS_LIMIT:
                    raise self.refuse("yaml_too_many", event)
                return cast("yaml.Event", event)
            if event.__class__ is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    raise self.refuse("yaml_two_documents", event)
        return None

    def refuse(self, code: str, event: yaml.Event, **details: object) -> FileError:
        return FileError(code, path=str(self.path), line=event_line(event), **details)


_FRAME = frozenset(
    {yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent}
)
_ENDS = frozenset({yaml.SequenceEndEvent, yaml.MappingEndEvent})


def event_line(event: yaml.Event) -> int:
    """Line of a YAML event, counted from 1."""
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _build(events: _Events, depth: int) -> Node | None:
    """Build the next value, or `None` at the end of the sequence, mapping or document."""
    event = events.take()
    if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
        return Node(event.value, event_line(event))
    if event is None or event.__class__ in _ENDS:
        return None
    if isinstance(event, yaml.AliasEvent):
        raise events.refuse("yaml_alias", event)
    assert isinstance(event, yaml.NodeEvent)  # noqa: S101  nothing else is left
    if event.anchor is not None:
        raise events.refuse("yaml_anchor", event)
    if getattr(event, "tag", None) is not None:
        raise events.refuse("yaml_tag", event)
    if depth >= DEPTH_LIMIT:
        raise events.refuse("yaml_too_deep", event)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while (item := _build(events, depth + 1)) is not None:
            items.append(item)
        return Node(items, event_line(event))
    return _build_mapping(events, event, depth)


def _build_mapping(events: _Events, start: yaml.Event, depth: int) -> Node:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    while (key := _build(events, depth + 1)) is not None:
        if not isinstance(key.value, str):
            raise events.refuse("yaml_odd_key", start)
        value = _build(events, depth + 1)
        first = lines.setdefault(key.value, key.line)
        if key.value in entries:
            raise FileError(
                "yaml_duplicate", path=str(events.path), line=key.line, key=key.value, first=first
            )
        assert value is not None  # noqa: S101  the parser gives every key a value
        entries[key.value] = value
    return Node(entries, event_line(start))


def plain(node: Node) -> object:
    """Drop the line numbers: nested dicts, lists and strings, as pydantic wants them."""
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def as_node(value: object) -> Node:
    """The other way: nested dicts, lists and text as nodes that stand on no line."""
    if isinstance(value, dict):
        return Node({str(key): as_node(item) for key, item in value.items()}, 0)
    if isinstance(value, list):
        return Node([as_node(item) for item in value], 0)
    return Node(str(value), 0)


@lru_cache(maxsize=1)
def _unprintable() -> re.Pattern[str]:
    """Line breaks, tabs, and what YAML takes only escaped; compiled when something is written."""
    return re.compile(
        "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    )


def scalar(text: str) -> str:
    """Write one line of text so that the parser gives back exactly it."""
    is_plain = (
        _PLAIN.match(text) is not None
        and _unprintable().search(text) is None
        and not (": " in text or " #" in text or "\\" in text or '"' in text)
        and not text.endswith((":", " "))
    )
    if is_plain:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + _unprintable().sub(lambda match: f"\\u{ord(match[0]):04X}", escaped) + '"'


def emit(key: str, value: object, comment: str = "", indent: int = 0) -> str:
    """Write one entry in block style with a trailing comment, ending in a line break.

    `emit("year", "2017", "报告年度")` -> `year: 2017                    # 报告年度`.
    """
    margin = " " * indent
    head = f"{margin}{scalar(key)}:"
    if len(head) > _KEY_LIMIT:
        head = f"{margin}? {scalar(key)}\n{margin}:"
    note = f"# {comment}" if comment else ""
    if isinstance(value, str) and _is_block(value):
        body = "".join(f"{margin}  {line}\n" for line in value.split("\n"))
        return _with_comment(f"{head} |-", note) + body
    if isinstance(value, str) or not value:
        return _with_comment(f"{head} {_short(value)}", note)
    return _with_comment(head, note) + emit_body(value, indent + 2)


def _is_block(text: str) -> bool:
    """Whether text has several lines that block style gives back exactly."""
    has_lines = "\n" in text and text[0] not in " \n" and text[-1] != "\n"
    return has_lines and _unprintable().search(text.replace("\n", "")) is None


def _short(value: object) -> str:
    """Text or an empty collection on one line."""
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return scalar(str(value))


def _with_comment(line: str, note: str) -> str:
    return f"{line:<{_COMMENT_COLUMN}} {note}\n" if note else f"{line}\n"


def emit_body(value: object, indent: int) -> str:
    """Write the entries of a mapping or the items of a list."""
    if isinstance(value, dict):
        return "".join(emit(str(key), item, indent=indent) for key, item in value.items())
    assert isinstance(value, list)  # noqa: S101  plain data is text, lists and mappings
    lines = []
    for item in value:
        is_nested = isinstance(item, dict | list) and item
        body = emit_body(item, indent + 2).lstrip(" ") if is_nested else _short(item) + "\n"
        lines.append(" " * indent + "- " + body)
    return "".join(lines)
