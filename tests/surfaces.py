"""What a person sees and edits of a document, in any format: text to alter and to pack again."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from html import unescape

from assistant.export.formats.package import pack


class Surface:
    """A written document as text, with the stretches of it that are read."""

    ATOM = re.compile(r"[^\n]+")
    """A paragraph or table row."""
    SEEN = re.compile(r"[^\n]+")
    """A stretch that a reader sees; numbers and sentences stand in one."""
    BREAK = "\n"
    """Between two lines of one paragraph."""
    BETWEEN = "\n"
    """Between two paragraphs."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode()

    def pack(self, text: str) -> bytes:
        return text.encode()

    def seen(self, text: str) -> str:
        """The words of a stretch of the text, a line each."""
        return "\n".join(match[0] for match in self.SEEN.finditer(text))

    def numbers(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Where the numbers stand that a reader sees."""
        return [
            match.span()
            for stretch in self.SEEN.finditer(self.text)
            for match in pattern.finditer(self.text, *self.inside(stretch))
        ]

    def inside(self, stretch: re.Match[str]) -> tuple[int, int]:
        return stretch.span()

    def atoms(self) -> list[str]:
        """The paragraphs and rows with words, in order."""
        return [atom for atom in self.ATOM.findall(self.text) if self.seen(atom).strip()]

    def with_atoms(self, atoms: list[str]) -> str:
        """The document with other paragraphs in the places of its own."""
        rest = iter(atoms)
        text = self.ATOM.sub(lambda match: next(rest, ""), self.text)
        return text + "\n".join(rest)

    def paragraph(self, words: str) -> str:
        """A paragraph of these words."""
        return f"\n{words}\n"

    def added(self, words: str) -> str:
        """The document with a paragraph more at its end."""
        return self.text + self.paragraph(words)


class WordSurface(Surface):
    """The main part of a Word file."""

    ATOM = re.compile(r"<w:tr>.*?</w:tr>|<w:p>.*?</w:p>", re.DOTALL)
    SEEN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
    BREAK = "<w:br/>"
    BETWEEN = ""
    MAIN = "word/document.xml"
    HYPHEN = re.compile(r"</w:t><w:noBreakHyphen/><w:t(?: [^>]*)?>")
    """A hyphen at which no line ends; nobody sees that it is another one."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.text = self.HYPHEN.sub("-", self.parts[self.MAIN].decode())

    def pack(self, text: str) -> bytes:
        return pack({**self.parts, self.MAIN: text.encode()})

    def seen(self, text: str) -> str:
        return unescape("\n".join(match[1] for match in self.SEEN.finditer(text)))

    def inside(self, stretch: re.Match[str]) -> tuple[int, int]:
        return stretch.span(1)

    def with_atoms(self, atoms: list[str]) -> str:
        rest = iter(atoms)
        return self.ATOM.sub(
            lambda match: next(rest, "") if self.seen(match[0]).strip() else match[0], self.text
        )

    def paragraph(self, words: str) -> str:
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    def added(self, words: str) -> str:
        return self.text.replace("<w:sectPr>", self.paragraph(words) + "<w:sectPr>")


class WebSurface(Surface):
    """The article of a page, as the editor of a site leaves it: without elements in the text."""

    ATOM = re.compile(r"<tr>.*?</tr>|<(p|h1|h2|h3)\b.*?</\1>", re.DOTALL)
    SEEN = re.compile(r"(?<=>)[^<>]+(?=<)")
    BREAK = "<br>"
    BETWEEN = ""
    INLINE = re.compile(r"</?(?:data|span|mark)\b[^>]*>")

    def __init__(self, data: bytes) -> None:
        self.head, article = data.decode().split("<article>")
        article, self.tail = article.split("</article>")
        self.text = self.INLINE.sub("", article)

    def pack(self, text: str) -> bytes:
        return f"{self.head}<article>{text}</article>{self.tail}".encode()

    def seen(self, text: str) -> str:
        return unescape("\n".join(match[0] for match in self.SEEN.finditer(text)))

    def atoms(self) -> list[str]:
        found = (match[0] for match in self.ATOM.finditer(self.text))
        return [atom for atom in found if self.seen(atom).strip()]

    def paragraph(self, words: str) -> str:
        return f"<p>{words}</p>"


class ExcelSurface(WordSurface):
    """The sheets of the tables, with their words in the cells."""

    ATOM = re.compile(r"<row .*?</row>", re.DOTALL)
    SEEN = re.compile(r"<[tv](?: [^>]*)?>([^<]*)</")
    EDGE = "<!-- next sheet -->"
    SHARED = re.compile(r' t="s"><v>([0-9]+)</v>')

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        sheets = sorted(name for name in self.parts if name.startswith("xl/worksheets/sheet"))
        self.names = sorted(sheets, key=lambda name: int(re.findall("[0-9]+", name)[0]))[:-1]
        text = self.EDGE.join(self.parts[name].decode() for name in self.names)
        strings = self.parts["xl/sharedStrings.xml"].decode()
        shared = re.findall(r"<si>(<t.*?</t>)</si>", strings, re.DOTALL)
        text = self.SHARED.sub(
            lambda match: f' t="inlineStr"><is>{shared[int(match[1])]}</is>', text
        )
        self.text = re.sub("(?<=<v>)[^<]+", self._as_shown, text)

    def _as_shown(self, match: re.Match[str]) -> str:
        """A number as a person sees it: the library may write small ones as 3E-7."""
        return f"{Decimal(match[0]):f}"

    def pack(self, text: str) -> bytes:
        sheets = zip(self.names, text.split(self.EDGE), strict=True)
        return pack({**self.parts, **{name: sheet.encode() for name, sheet in sheets}})


SURFACES: dict[str, Callable[[bytes], Surface]] = {
    "txt": Surface,
    "md": Surface,
    "html": WebSurface,
    "docx": WordSurface,
    "xlsx": ExcelSurface,
}
NARRATED = tuple(suffix for suffix in SURFACES if suffix != "xlsx")
"""Formats that hold the narrative; the others have the tables alone."""
TEXT = ("txt", "md")
"""Formats that any editor of text opens."""
