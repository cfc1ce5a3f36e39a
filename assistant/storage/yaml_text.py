"""YAML as text: no type is guessed, nothing is executed, places are kept; and back."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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
        events = _events(text, path)
        nodes = [_node(event, events, path, 0) for event in events]  # what follows is refused
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        if _TOO_DEEP in (fault.problem or ""):
            raise FileError("yaml_too_deep", path=str(path), line=line) from fault
        code, line = _likely_slip(text, line)
        raise FileError(code, path=str(path), line=line) from fault
    except (yaml.YAMLError, UnicodeError) as fault:
        raise FileError("yaml_broken_character", path=str(path)) from fault
    if not nodes:
        raise FileError("file_empty", path=str(path))
    return nodes[0]


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


def _events(text: str, path: Path) -> Iterator[yaml.Event]:
    """The events that carry content, of the only document in a YAML stream."""
    next_event = _LOADER(text).get_event
    count = documents = 0
    while (event := next_event()) is not None:
        if event.__class__ not in _FRAME:
            count += 1
            if count > EVENTS_LIMIT:
                raise _refusal("yaml_too_many", event, path)
            yield event
        elif event.__class__ is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _refusal("yaml_two_documents", event, path)


_FRAME = frozenset(
    {yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent}
)
_ENDS = frozenset({yaml.SequenceEndEvent, yaml.MappingEndEvent})


def _refusal(code: str, event: yaml.Event, path: Path, **details: object) -> FileError:
    return FileError(code, path=str(path), line=_line_of(event), **details)


def _line_of(event: yaml.Event) -> int:
    """Counted from 1."""
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _node(event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> Node:
    """The value that an event begins; those of a list or mapping follow up to its end."""
    if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
        return Node(event.value, _line_of(event))
    if isinstance(event, yaml.AliasEvent):
        raise _refusal("yaml_alias", event, path)
    assert isinstance(event, yaml.NodeEvent)  # noqa: S101  nothing else is left
    if event.anchor is not None:
        raise _refusal("yaml_anchor", event, path)
    if getattr(event, "tag", None) is not None:
        raise _refusal("yaml_tag", event, path)
    if depth >= DEPTH_LIMIT:
        raise _refusal("yaml_too_deep", event, path)
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    items: list[Node] = []
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for each in events:
        if each.__class__ in _ENDS:
            break
        item = _node(each, events, path, depth + 1)
        if not is_mapping:
            items.append(item)
            continue
        key = item.value
        if not isinstance(key, str):
            raise _refusal("yaml_odd_key", event, path)
        value = _node(next(events), events, path, depth + 1)
        if key in lines:
            raise _refusal("yaml_duplicate", each, path, key=key, first=lines[key])
        lines[key], entries[key] = item.line, value
    return Node(entries if is_mapping else items, _line_of(event))


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
