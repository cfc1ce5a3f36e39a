"""What data files were made into, kept as JSON in the user's cache.

A cached value is used only if it was made of the very same texts by the very same program, lies in
a folder that nobody else may write to, and is as it was written; else it is as good as absent.
Decoding calls nothing but the constructors of the model.
"""

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from assistant import __version__
from assistant.form.entry import KINDS, Strict
from assistant.storage.disk import cache_folder, discard, read_present, rename, temporary_file
from assistant.storage.errors import FileError

_KEPT = 32
"""Files that stay in the cache; those written last."""

Made = TypeVar("Made")


def compiled(
    kind: type[Made],
    place: Path,
    texts: Iterable[str],
    make: Callable[[], Made],
    folders: tuple[str, ...] = ("form",),
) -> Made:
    """What is made of some texts: out of the cache, else made now and kept there.

    Args:
        kind: What it is.
        place: The file or folder that it is made of; there is one cached value for each.
        texts: All that it is made of.
        make: Makes it; whatever it raises, nothing is kept then.
        folders: Those of the program that say what is made.
    """
    folder = cache_folder("editions")
    if folder is None:
        return make()
    path = folder / f"{sha256(os.fsencode(place)).hexdigest()[:32]}.json"
    key = sha256(_program(folders))
    for text in (str(place), *texts):
        data = text.encode("utf-8", "surrogatepass")
        key.update(b"%d " % len(data) + data)
    kept = _read(path, key.digest())
    if isinstance(kept, kind):
        return kept
    made = make()
    with suppress(FileError, ValueError):  # a full disk, or half a character, only costs time
        _write(path, key.digest(), made)
    return made


@cache
def _program(folders: tuple[str, ...]) -> bytes:
    """The version and the sources that say what is made of texts."""
    program = Path(__file__).parents[2]
    sources = sorted(path for name in folders for path in (program / name).rglob("*.[pt]*[yl]"))
    code = b"".join(path.read_bytes() for path in sources)
    return sha256(__version__.encode() + code).digest()


def _read(path: Path, key: bytes) -> object:
    """The cached value of this key; `None` when there is none that can be trusted."""
    try:
        data, about = read_present(path, follows=False)
        digest, _, body = data.partition(b"\n")
        is_own = os.name == "nt" or about.st_uid == os.getuid()
        if not is_own or digest.decode() != sha256(key + body).hexdigest():
            return None
        return _made(json.loads(body))
    except Exception:  # whatever is wrong with it, it is made anew
        return None


def _write(path: Path, key: bytes, value: object) -> None:
    body = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()
    data = sha256(key + body).hexdigest().encode() + b"\n" + body
    with temporary_file(data, path, durable=False) as temporary:
        rename(temporary, path)
    with suppress(OSError):
        kept = sorted(path.parent.glob("*.json"), key=lambda each: each.stat().st_mtime_ns)
        for old in kept[:-_KEPT]:
            discard(old)


def _plain(value: object) -> object:
    """A value as JSON: texts, numbers and dicts as they are, all else `[kind, part, …]`."""
    match value:
        case Strict():
            return [type(value).__name__, {k: _plain(v) for k, v in value.given().items()}]
        case tuple() if hasattr(value, "_asdict"):
            return [type(value).__name__, value._asdict()]
        case tuple() | list() | frozenset():
            return [type(value).__name__, *map(_plain, value)]
        case Decimal():
            return ["Decimal", str(value)]
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case _:
            return value


def _made(data: Any) -> Any:
    """The value that `_plain` wrote.

    Raises:
        Exception: It wrote none such.
    """
    if data.__class__ is dict:
        return {name: _made(each) for name, each in data.items()}
    if data.__class__ is not list:
        return data
    kind, *parts = data
    if kind in KINDS:
        return KINDS[kind](**_made(parts[0]))
    return _OTHERS[kind](map(_made, parts))


_OTHERS: dict[str, Callable[[Iterable[Any]], object]] = {
    "tuple": tuple,
    "list": list,
    "frozenset": frozenset,
    "Decimal": lambda parts: Decimal(*parts),
}
