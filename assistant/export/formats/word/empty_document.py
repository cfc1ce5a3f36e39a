"""The empty Word document every report is written into, with the office's own styles or ours."""

import io
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section

from assistant.export.formats.package import Package, normalise_zip
from assistant.export.formats.word.elements import make, run
from assistant.export.formats.word.styles import (
    FOOTER,
    GRID,
    HEADER,
    TWIPS,
    TWIPS_PER_MM,
    grid_pitch,
    make_styles,
    style_id,
)
from assistant.form.model.typography import Typography

_PAGE = ("pgSz", "pgMar", "cols", "docGrid")
"""What a section says of the page itself."""
COMPANIONS = {
    "theme": ("/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    "numbering": ("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
}
"""Parts that styles may lean on, with the place, type and relation they get."""


class ReferenceDocument:
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

    def add(self, style: BaseOxmlElement) -> str:
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


_KEPT = ("officeDocument", "core-properties", "styles", "settings", "fontTable")
"""Of the library's template; themes, thumbnails and custom parts tell of other documents."""
_NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞"
    "︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
"""What Word lets no line of simplified Chinese begin with."""
_NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
"""What it lets none end with."""
_MICROSOFT = "http://schemas.microsoft.com/office/word"
_NUMBER = "1"
"""Stands for the number of a page until the program has counted."""


class EmptyDocument(NamedTuple):
    """An empty document."""

    data: bytes
    ids: Mapping[str, str]
    """Ids of the styles by role, and of the style of tables under its name."""
    missing: tuple[str, ...]
    """Names of styles that the office's file lacks; ours stand in for them."""
    text_width: int
    """Twips between the margins."""


@lru_cache(maxsize=4)
def make_base(typography: Typography, reference: Path | None, mark: str) -> EmptyDocument:
    """The empty document, perhaps with an office's own styles and page, and a mark on every head.

    Raises:
        FileError: the office's file cannot be used.
    """
    document = _bare_document()
    package = document.part.package
    own = ReferenceDocument(reference) if reference else None
    names = {role: style.name for role, style in typography.roles.items()}
    names |= {name: name for name in (FOOTER, HEADER, GRID)}
    styles = make_styles(typography)
    missing: tuple[str, ...] = ()
    ids = {role: style_id(name) for role, name in names.items()}
    companions = {"theme": _theme(typography)}
    if own is not None:
        ids, missing = _adopt(own, names, styles)
        styles = own.styles
        companions |= own.companions
    for kind, blob in companions.items():
        place, content_type, relation_type = COMPANIONS[kind]
        part = Part(PackURI(place), content_type, blob, package)
        document.part.relate_to(part, relation_type)
    _replace(document.styles.element, styles)
    _replace(document.settings.element, _settings(typography))
    _name_fonts(document, typography)
    section = document.sections[0]
    page = own.page if own and own.page else _page(typography)
    _replace(section._sectPr, page)
    _number_pages(section, typography, ids, mark)
    edges = (section.page_width, section.left_margin, section.right_margin)
    paper, left, right = (edge.twips if edge is not None else 0 for edge in edges)
    stream = io.BytesIO()
    document.save(stream)
    return EmptyDocument(normalise_zip(stream.getvalue()), ids, missing, paper - left - right)


def _bare_document() -> Word:
    """The library's template without what tells of other documents, their authors and dates."""
    document = Document()
    package = document.part.package
    for source in (package, document.part):
        for name, relation in list(source.rels.items()):
            if relation.reltype.rpartition("/")[2] not in _KEPT:
                del source.rels[name]
    core = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    _replace(core.element, [])
    return document


def _adopt(
    own: ReferenceDocument, names: Mapping[str, str], styles: BaseOxmlElement
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The office's styles by role; those it lacks are added from ours."""
    ids: dict[str, str] = {}
    missing: dict[str, None] = {}
    ours = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
    for role, name in names.items():
        known = own.ids.get(name.lower())
        if known is None:
            known = own.add(ours[style_id(name)])
            missing[name] = None
        ids[role] = known
    return ids, tuple(missing)


def _replace(element: BaseOxmlElement, children: Iterable[BaseOxmlElement]) -> None:
    """Put other children into an element."""
    new = list(children)
    element.clear()
    element.extend(new)


def _page(typography: Typography) -> list[BaseOxmlElement]:
    paper, margins, number = typography.paper, typography.margins, typography.page_number
    line = number.size * 25.4 / 72
    below = margins.bottom - number.below - line
    edges = {side: _twips(getattr(margins, side)) for side in ("top", "right", "bottom", "left")}
    return [
        make("pgSz", w=_twips(paper.width), h=_twips(paper.height)),
        make("pgMar", **edges, header=_twips(margins.top / 2), footer=_twips(below), gutter=0),
        make("cols", space=0),
        make("docGrid", type="lines", linePitch=grid_pitch(typography)),
    ]


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def _settings(typography: Typography) -> list[BaseOxmlElement]:
    """Of the document; Word's own lists of what stands at no edge of a line, and the units."""
    mode = make("compatSetting", name="compatibilityMode", uri=_MICROSOFT, val=15)
    return [
        make("zoom", percent=100),
        make("defaultTabStop", val=420),
        make("evenAndOddHeaders"),
        make("characterSpacingControl", val="compressPunctuation"),
        make("noLineBreaksAfter", lang="zh-CN", val=_NOT_LAST),
        make("noLineBreaksBefore", lang="zh-CN", val=_NOT_FIRST + typography.edges.units),
        make("compat", mode),
        make("themeFontLang", val="en-US", eastAsia="zh-CN"),
        make("decimalSymbol", val="."),
        make("listSeparator", val=","),
    ]


def _name_fonts(document: Word, typography: Typography) -> None:
    """Say which font to take where one is not installed."""
    table = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    for font in typography.fonts:
        table.append(make("font", make("altName", val=font.instead), name=font.name))
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = serialize_part_xml(table)


def _theme(typography: Typography) -> bytes:
    """A theme with our fonts, which Word asks for; no style of ours leans on it."""
    theme = parse_xml((Path(__file__).parent / "theme.xml").read_bytes())
    styles = typography.styles
    for slot, style in (("majorFont", styles.title), ("minorFont", styles.paragraph)):
        (fonts,) = theme.iter(qn(f"a:{slot}"))
        fonts.find(qn("a:latin")).set("typeface", style.western)
        fonts.find(qn("a:ea")).set("typeface", style.font)
    return serialize_part_xml(theme)


def _number_pages(
    section: Section, typography: Typography, ids: Mapping[str, str], mark: str
) -> None:
    """Numbers at the outer edge of each page, and a mark on its head."""
    number = typography.page_number
    indent = int(number.indent * number.size * TWIPS)
    hundredths = int(number.indent * 100)
    right = make("ind", rightChars=hundredths, right=indent)
    left = make("ind", leftChars=hundredths, left=indent)
    for footer, ind, side in (
        (section.footer, right, "right"),
        (section.even_page_footer, left, "left"),
    ):
        footer.is_linked_to_previous = False
        properties = make("pPr", make("pStyle", val=ids[FOOTER]), ind, make("jc", val=side))
        field = [
            make("r", make("fldChar", fldCharType="begin")),
            make("r", _code("PAGE")),
            make("r", make("fldChar", fldCharType="separate")),
            run(_NUMBER),
            make("r", make("fldChar", fldCharType="end")),
        ]
        line = make("p", properties, run(number.before), *field, run(number.after))
        _replace(footer._element, [line])
    if not mark:
        return
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        properties = make("pPr", make("pStyle", val=ids[HEADER]), make("jc", val="right"))
        _replace(header._element, [make("p", properties, run(mark))])


def _code(name: str) -> BaseOxmlElement:
    code = make("instrText")
    code.text = f" {name} "
    return code
