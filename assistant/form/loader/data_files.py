"""The files of the library: within their folder, harmless to print, bounded, validated."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.storage.disk import decode, read_bytes
from assistant.storage.errors import FileError, LibraryError
from assistant.values.characters import UNREADABLE, is_unseen

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

SIZE_LIMIT = 1_000_000
"""Bytes of all files of an edition; those at hand have a tenth of it."""
_SHOWN = 100
"""Characters of what stands in a file that a message repeats."""
_UNKNOWN_KEY = "unexpected_keyword_argument"
_SHAPES = {_UNKNOWN_KEY: "extra_forbidden"}
"""pydantic's names of mistakes by those that `errors.library_shape` knows, where they differ."""
_ESCAPED = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|N\{|[0-7abefrvLNP_])")
"""A character that YAML or a template makes of others, so that nobody sees in the file what it is;
that of a line end is not among them."""

Content = TypeVar("Content")
_ADAPTERS: "dict[object, TypeAdapter[Any]]" = {}
"""What validates each model; to make one takes longer than what it does."""


class LibraryFiles:
    """Reads files that belong together, and no more than `SIZE_LIMIT` of them."""

    def __init__(self, root: Path) -> None:
        """Take the folder that none of them may lead out of; nothing is read yet."""
        self._root = root.resolve()
        self._left = SIZE_LIMIT
        self._harmless = set("\n\r\t")
        """What nobody sees and everybody uses, and what was looked at before."""

    def text(self, path: Path) -> str:
        """The text of a file.

        Raises:
            LibraryError: It is missing, a link to elsewhere, no text, holds characters that nobody
                sees, written or escaped, or that were lost, or makes the files too large.
        """
        try:
            if not path.resolve().is_relative_to(self._root):
                raise LibraryError("library_elsewhere", path=str(path))
            data = read_bytes(path)
            text = decode(data, path).text
        except FileError as fault:
            raise LibraryError(fault.code, **fault.details) from fault
        except RuntimeError as fault:  # a link that leads to itself
            raise LibraryError("file_loop", path=str(path)) from fault
        self._left -= len(data)
        if self._left < 0:
            raise LibraryError("library_large", path=str(path), limit=SIZE_LIMIT)
        for character in set(text) - self._harmless:
            if is_unseen(character) or character == UNREADABLE:
                code = "library_lost" if character == UNREADABLE else "library_unseen"
                raise _odd(code, path, text, text.index(character), f"U+{ord(character):04X}")
            self._harmless.add(character)
        if escaped := _ESCAPED.search(text):
            raise _odd("library_escaped", path, text, escaped.start(), escaped[0])
        return text


def _odd(code: str, path: Path, text: str, at: int, what: str) -> LibraryError:
    """The error that something odd stands at a place of a text; the line is named."""
    line = text.count("\n", 0, at) + 1
    return LibraryError(code, path=str(path), line=line, what=what)


def read_yaml(text: str, path: Path) -> object:
    """YAML as dicts, lists and strings.

    Raises:
        LibraryError: It is none; the file and the line are named.
    """
    from assistant.storage.yaml_text import parse, plain  # noqa: PLC0415  not for what is compiled

    try:
        return plain(parse(text, path))
    except FileError as fault:
        raise LibraryError(fault.code, **fault.details) from fault


def validate(
    kind: type[Content],
    content: object,
    place: "Callable[[ErrorDetails], tuple[Path, Sequence[str]]]",
) -> Content:
    """The entries of data files as their model; the only use of pydantic in a process.

    Args:
        kind: The dataclass that says what the content must be.
        content: Dicts, lists and strings.
        place: Names the file of a mistake and the way to it inside.

    Raises:
        LibraryError: Something is wrong: a misspelt key, which explains a missing one, before all.
    """
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415  as above

    adapter = _ADAPTERS.get(kind) or _ADAPTERS.setdefault(kind, TypeAdapter(kind))
    try:
        made: Content = adapter.validate_python(content)
    except ValidationError as fault:
        mistakes = fault.errors(include_url=False)
        mistake = min(mistakes, key=lambda each: each["type"] != _UNKNOWN_KEY)
        path, where = place(mistake)
        written, expected = mistake["input"], str(mistake.get("ctx", {}).get("expected", ""))
        raise LibraryError(
            "library_shape",
            path=str(path),
            place=" → ".join(step[:_SHOWN] for step in where),
            shape=_SHAPES.get(mistake["type"], mistake["type"]),
            written=written[:_SHOWN] if isinstance(written, str) else "",
            expected=expected.replace("'", "").replace(" or ", "、").replace(", ", "、"),
        ) from fault
    return made
