"""The zip packages that Word and Excel files are: opened warily, and written with fixed bytes."""

import io
import posixpath
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar
from xml.parsers import expat

from assistant.storage.disk import read_bytes
from assistant.storage.errors import FileError

FILE_LIMIT = 32_000_000
"""Bytes of the file itself."""
PART_LIMIT = 8_000_000
"""Bytes of one part unpacked; the text of a report is a hundredth of it."""
WHOLE_LIMIT = 256_000_000
"""Bytes of all parts unpacked, pictures included."""
PARTS_LIMIT = 5_000
DEPTH_LIMIT = 250
"""Elements within each other; Word itself stays below fifty."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of the files of old office programs, and of those with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS = (
    zipfile.BadZipFile, RuntimeError, zlib.error, struct.error, EOFError, OSError, ValueError,
)  # fmt: skip
"""What reading a damaged zip file raises; NotImplementedError is a RuntimeError."""

PackageKind = Literal["docx", "xlsx"]
_TEXTS = (".doc", ".dot", ".wps", ".odt", ".ott", ".rtf")
"""Suffixes of texts of other programs; what has none of them and is no package is a sheet here."""
_LONGEST_TYPE = 200
"""Bytes of the entry in which such a package says what it is."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MAIN = {
    "docx": ("wordprocessingml.document.main", "wordprocessingml.template.main"),
    "xlsx": ("spreadsheetml.sheet.main", "spreadsheetml.template.main"),
}


class Relation(NamedTuple):
    """Where a part points to inside the package; what lies outside is never followed."""

    kind: str
    """Last word of the type, for example `styles`."""
    target: str
    id: str = ""
    """What the part itself calls it."""


class XmlHandler:
    """What is told of the elements of a part, each named `‹namespace› ‹name›`; it hears nothing."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text stands in the element begun last."""


_Reader = TypeVar("_Reader", bound=XmlHandler)


class Package:
    """The parts of a Word or Excel file."""

    def __init__(self, path: Path, kind: PackageKind) -> None:
        """Open a file and look at everything that could do harm before it is read.

        Raises:
            FileError: It cannot be read, is damaged, locked, of another kind, or hostile.
        """
        self.path = path
        self._kind = kind
        self._zip = self._open(read_bytes(path, FILE_LIMIT))
        self.main = self._find_main()

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """One part, unpacked.

        Raises:
            FileError: It is missing, damaged or too large.
        """
        entry = self._zip.NameToInfo.get(name)
        if entry is None:
            raise self.fault("package_broken")
        if entry.file_size > PART_LIMIT:
            raise self.fault("package_too_large")
        try:
            return self._zip.read(entry)
        except _FAULTS as fault:
            raise self.fault("package_broken") from fault

    def parse_xml(self, name: str, reader: _Reader) -> _Reader:
        """Go through the XML of a part with a reader, which comes back.

        Raises:
            FileError: It is damaged, too deep, or brings entities of its own.
        """
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEPTH_LIMIT:
                raise self.fault("package_broken")
            reader.start(tag, attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            reader.end(tag)

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = reader.text
        try:
            parser.Parse(self.read(name), True)  # noqa: FBT003  the interface of expat
        except (expat.ExpatError, ValueError, LookupError) as fault:
            raise self.fault("package_broken") from fault
        return reader

    def prove_harmless(self, name: str) -> bytes:
        """One part for another library to parse: it is whole and brings no entities.

        Raises:
            FileError: It is missing, damaged, too large or hostile.
        """
        self.parse_xml(name, XmlHandler())
        return self.read(name)

    def relations(self, name: str = "") -> list[Relation]:
        """Where a part points to, or the package itself.

        Raises:
            FileError: The list is damaged.
        """
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(listed):
            return []
        found: list[Relation] = []
        for each in self.parse_xml(listed, _Attributes("Relationship")).found:
            if each.get("TargetMode") != "External":
                kind = each.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
                found.append(Relation(kind, target.lstrip("/"), each.get("Id", "")))
        return found

    def fault(self, code: str) -> FileError:
        """The fault of this code, about this file."""
        kind = "docx" if self.path.suffix.lower() in _TEXTS else self._kind
        return FileError(code, path=str(self.path), kind=kind)

    def _refuse_entities(self, *_: object) -> None:
        raise self.fault("package_entities")

    def _open(self, data: bytes) -> zipfile.ZipFile:
        if data.startswith(_OLD):
            raise self.fault("package_locked" if _LOCKED in data else "package_old")
        if data.count(_ENTRY) > PARTS_LIMIT:
            raise self.fault("package_too_large")
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as fault:
            raise self.fault("package_broken") from fault
        entries = opened.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise self.fault("package_locked")
        if sum(entry.file_size for entry in entries) > WHOLE_LIMIT:
            raise self.fault("package_too_large")
        names = [entry.filename for entry in entries]
        is_odd = any(entry.compress_type not in _METHODS for entry in entries)
        if is_odd or len(set(names)) < len(names) or any(map(_leads_out, names)):
            raise self.fault("package_broken")
        if _is_open_document(opened):
            raise self.fault("package_open_document")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise self.fault("package_macros")
        return opened

    def _find_main(self) -> str:
        """The part with the content, which is not always called the same."""
        targets = [each.target for each in self.relations() if each.kind == "officeDocument"]
        said = self.parse_xml("[Content_Types].xml", _Attributes("Override")).found
        types = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in said}
        kinds = [types.get(target, "") for target in targets]
        if any("macroEnabled" in kind for kind in kinds):
            raise self.fault("package_macros")
        if len(targets) != 1 or not self.has(targets[0]):
            raise self.fault("package_broken")
        if not any(main in kinds[0] for main in _MAIN[self._kind]):
            raise self.fault("package_other")
        return targets[0]


def _is_open_document(opened: zipfile.ZipFile) -> bool:
    """Whether a package says of itself that it is one of LibreOffice: odt, ods."""
    entry = opened.NameToInfo.get("mimetype")
    if entry is None or entry.file_size > _LONGEST_TYPE:
        return False
    try:
        return opened.read(entry).startswith(_OPEN_DOCUMENT)
    except _FAULTS:
        return False


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.replace("\\", "/").split("/")


class _Attributes(XmlHandler):
    """Keeps the attributes of every element of one name."""

    def __init__(self, name: str) -> None:
        self._name = f" {name}"
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith(self._name):
            self.found.append(attributes)


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
