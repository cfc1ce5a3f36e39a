"""One order and one time for everything in a zip file: the same content, the same bytes."""

import io
import zipfile

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip file can tell."""
_FIRST = ("[Content_Types].xml", "_rels/.rels")
"""What readers want to find at the beginning."""
_LEVEL = 6
_UNIX = 3
_MODE = 0o644 << 16


def normalise_zip(data: bytes) -> bytes:
    """The same zip file with fixed times, order and attributes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return pack({name: source.read(name) for name in source.namelist()})


def pack(parts: dict[str, bytes]) -> bytes:
    """A zip file of these parts, for example `{"word/document.xml": b"<w:document …"}`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target:
        for name in sorted(parts, key=lambda name: (name not in _FIRST, name)):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            target.writestr(entry, parts[name])
    return stream.getvalue()
