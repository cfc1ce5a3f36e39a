"""Styles of a Word document, from the typography or from an office's own file."""

from math import floor

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.export.formats.word.elements import fonts, make
from assistant.form.model.typography import TextStyle, Typography

TWIPS = 20
"""To a point."""
_INCH, _POINTS = 25.4, 72
"""Millimetres and points."""
TWIPS_PER_MM = TWIPS * _POINTS / _INCH
_HALVES = 2
_HUNDREDTHS = 100
_BEFORE_KERN = 5
"""Place of the spacing among the properties of letters."""
NORMAL, BODY, NO_TABLE = "Normal", "Body Text", "Normal Table"
FOOTER = "footer"
HEADER = "header"
GRID = "Table Grid"


def grid_pitch(typography: Typography) -> int:
    """Twips from one line of the grid to the next."""
    return int(typography.text_height * TWIPS_PER_MM / typography.grid.lines)


def make_styles(typography: Typography) -> BaseOxmlElement:
    """The styles part: defaults, one style for every role, page edges and tables."""
    body = typography.styles.paragraph
    return make(
        "styles",
        make(
            "docDefaults",
            make("rPrDefault", _letters(body.font, body.western, body.size)),
            make("pPrDefault"),
        ),
        _named(NORMAL, make("pPr", *_free()), _letters(body.font, body.western, body.size),
               kind="paragraph", is_default=True),
        _named("Default Paragraph Font", kind="character", is_default=True),
        _named(NO_TABLE, make("tblPr", make("tblInd", w=0, type="dxa"), margins(0, 0)),
               kind="table", is_default=True),
        _named("No List", kind="numbering", is_default=True),
        *(_style(style, typography) for style in typography.roles.values()),
        *(_edge(name, typography) for name in (HEADER, FOOTER)),
        _grid(typography),
    )  # fmt: skip


def style_id(name: str) -> str:
    """The id of a style of ours."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def _squeeze(typography: Typography) -> int:
    """Twips by which characters of the text stand closer, so that a line holds enough of them."""
    pitch = typography.text_width / _INCH * _POINTS / typography.grid.characters
    return floor((pitch - typography.styles.paragraph.size) * TWIPS)


def _named(
    name: str, *children: BaseOxmlElement, kind: str, is_default: bool = False
) -> BaseOxmlElement:
    style = make("style", make("name", val=name), type=kind, styleId=style_id(name))
    if is_default:
        style.set(qn("w:default"), "1")
    else:
        style.append(make("basedOn", val=style_id(NORMAL if kind == "paragraph" else NO_TABLE)))
    if name.startswith("heading "):
        style.append(make("next", val=style_id(BODY)))
    is_basis = is_default and kind != "paragraph"
    style.append(make("uiPriority", val=99 if is_basis else 0))
    style.append(make("semiHidden") if is_basis else make("qFormat"))
    style.extend(children)
    return style


def _style(style: TextStyle, typography: Typography) -> BaseOxmlElement:
    pitch = grid_pitch(typography)
    is_off_grid = style.line is None or style.line * TWIPS > pitch
    line, rule = (240, "auto") if style.line is None else (int(style.line * TWIPS), "exact")
    before, after = int(style.before * pitch), int(style.after * pitch)
    spacing = make("spacing", before=before, after=after, line=line, lineRule=rule)
    properties = make(
        "pPr",
        *([make("keepNext")] if style.keep_next else []),
        *([make("pageBreakBefore")] if style.page_break else []),
        *_free(),
        *([make("snapToGrid", val=0)] if is_off_grid else []),
        spacing,
        _indent(style.size, first=style.first, right=style.right),
        make("jc", val=style.align),
        *([make("outlineLvl", val=style.level - 1)] if style.level else []),
    )
    letters = _letters(style.font, style.western, style.size, is_bold=style.bold)
    if style.size == typography.styles.paragraph.size:
        letters.insert(_BEFORE_KERN, make("spacing", val=_squeeze(typography)))
    return _named(style.name, properties, letters, kind="paragraph")


def _free() -> list[BaseOxmlElement]:
    """Lines fall as the grid has them; digits stand beside Chinese without a gap.

    Marks do not hang over the edge of the type area.
    """
    names = ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN")
    return [make(name, val=0) for name in names]


def _letters(east: str, west: str, size: float, *, is_bold: bool = False) -> BaseOxmlElement:
    return make(
        "rPr",
        fonts(east, west),
        make("b", val=int(is_bold)),
        make("bCs", val=int(is_bold)),
        make("i", val=0),
        make("color", val="000000"),
        make("kern", val=0),
        make("sz", val=int(size * _HALVES)),
        make("szCs", val=int(size * _HALVES)),
        make("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )


def _indent(size: float, **characters: float) -> BaseOxmlElement:
    """Indents in characters, and in twips for programs that count no characters."""
    indent = make("ind")
    for side, number in {"left": 0.0, "right": 0.0, **characters}.items():
        name = "firstLine" if side == "first" else side
        indent.set(qn(f"w:{name}Chars"), str(int(number * _HUNDREDTHS)))
        indent.set(qn(f"w:{name}"), str(int(number * size * TWIPS)))
    return indent


def _edge(name: str, typography: Typography) -> BaseOxmlElement:
    """The style of what stands on head or foot of every page."""
    number = typography.page_number
    single = make("spacing", before=0, after=0, line=240, lineRule="auto")
    properties = make("pPr", *_free(), make("snapToGrid", val=0), single, _indent(number.size))
    letters = _letters(number.font, number.western, number.size)
    return _named(name, properties, letters, kind="paragraph")


def _grid(typography: Typography) -> BaseOxmlElement:
    """The style of tables: rules all around, text close to them."""
    look = typography.table
    width = int(look.rule * 8)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = [make(side, val="single", sz=width, space=0, color="000000") for side in sides]
    properties = make(
        "tblPr",
        make("tblBorders", *rules),
        margins(int(look.margin * TWIPS_PER_MM), int(look.above * TWIPS_PER_MM)),
    )
    return _named(GRID, properties, kind="table")


def margins(width: int, height: int) -> BaseOxmlElement:
    """Twips free within a cell, left and right, above and below."""
    sides = {"top": height, "left": width, "bottom": height, "right": width}
    return make("tblCellMar", *(make(side, w=value, type="dxa") for side, value in sides.items()))
