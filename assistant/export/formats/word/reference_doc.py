"""An office's own styles and page, taken from a Word file of theirs."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from assistant.export.formats.package import Package

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_PAGE = ("pgSz", "pgMar", "cols", "docGrid")
"""What a section says of the page itself."""
COMPANIONS = {
    "theme": ("/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    "numbering": ("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
}
"""Parts that styles may lean on, with the place, type and relation they get."""


class Reference:
    """The styles of a file and what they lean on; its text and page edges are not taken."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            FileError: It cannot be read, is no Word file, is locked, damaged or hostile.
        """
        package = Package(path, "docx")
        parts = {each.kind: each.target for each in package.relations(package.main)}
        if "styles" not in parts:
            raise package.fault("package_broken")
        self.styles: BaseOxmlElement = parse_xml(package.prove_harmless(parts["styles"]))
        self.companions = {
            kind: package.prove_harmless(parts[kind]) for kind in COMPANIONS if kind in parts
        }
        main = parse_xml(package.prove_harmless(package.main))
        sections = main.findall(f"{qn('w:body')}/{qn('w:sectPr')}")
        self.page: list[BaseOxmlElement] = [
            each for section in sections[-1:] for name in _PAGE
            for each in section.findall(qn(f"w:{name}"))
        ]  # fmt: skip

    @property
    def ids(self) -> Mapping[str, str]:
        """Ids of the styles by name in small letters, `{"heading 1": "1"}`."""
        found = {}
        for style in self.styles.findall(qn("w:style")):
            name = style.find(qn("w:name"))
            if name is not None:
                found[name.get(qn("w:val"), "").lower()] = style.get(qn("w:styleId"), "")
        return found

    def add(self, style: "BaseOxmlElement") -> str:
        """Add a style that the file lacks, and return the id it got."""
        ids = set(self.ids.values())
        name = style.get(qn("w:styleId"), "")
        while name in ids:
            name += "0"
        style.set(qn("w:styleId"), name)
        basis = style.find(qn("w:basedOn"))
        if basis is not None:
            kind = style.get(qn("w:type"))
            defaults = [
                each.get(qn("w:styleId"), "")
                for each in self.styles.findall(qn("w:style"))
                if each.get(qn("w:type")) == kind and each.get(qn("w:default")) in ("1", "true")
            ]
            if defaults:
                basis.set(qn("w:val"), defaults[0])
            else:
                style.remove(basis)
        self.styles.append(style)
        return str(name)
