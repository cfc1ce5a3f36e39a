"""The looks of a Word document, every value with what it rests on."""

from typing import Annotated, Literal

from assistant.form.entry import Limits, Strict

Millimetres = Annotated[float, Limits(ge=0, le=600)]
Points = Annotated[float, Limits(gt=0, le=100)]
Characters = Annotated[float, Limits(ge=0, le=20)]
GridLines = Annotated[float, Limits(ge=0, le=10)]


class Ground(Strict):
    """A clause of the standard, or common practice where none could be verified."""

    basis: Literal["条文", "通行做法"]
    text: str


class Grounded(Strict):
    """A group of values that rest on the same."""

    source: Ground


class Paper(Grounded):
    """Size of a page."""

    width: Millimetres
    height: Millimetres


class Margins(Grounded):
    """From the edges of the paper to the type area."""

    top: Millimetres
    bottom: Millimetres
    left: Millimetres
    right: Millimetres


class CharacterGrid(Grounded):
    """What the type area holds."""

    lines: Annotated[int, Limits(ge=10, le=60)]
    characters: Annotated[int, Limits(ge=10, le=60)]


class LineEdges(Grounded):
    """What stays on one line."""

    units: str
    """Characters behind a number with which no line begins, as 年 of 2025年."""
    word: Annotated[int, Limits(ge=1)]
    """Letters of a word from which its paragraph is not spread over the whole line."""
    places: str
    """Ends of the names of places, as 市 of 某市, behind which a long title goes on."""
    no_places: str
    """What they are no ends before: 市级."""


class PageNumber(Grounded):
    """The number of a page, right on odd ones and left on even ones."""

    font: str
    western: str
    size: Points
    before: str
    after: str
    below: Millimetres
    """Below the type area."""
    indent: Characters
    """From the side."""


class Font(Grounded):
    """A font, and the one to take where it is not installed."""

    name: str
    instead: str


class TextStyle(Grounded):
    """One style of paragraphs."""

    name: str
    """The style's name in Word; an office's own file is asked for the same name."""
    font: str
    western: str
    """Of Latin letters and digits."""
    size: Points
    bold: bool = False
    align: Literal["left", "center", "right", "both"]
    first: Characters = 0
    """Indent of the first line."""
    right: Characters = 0
    line: Points | None = None
    """Exact distance of lines; none is single spacing off the grid."""
    before: GridLines = 0
    after: GridLines = 0
    keep_next: bool = False
    page_break: bool = False
    level: Annotated[int, Limits(ge=0, le=9)] = 0
    """In the outline of headings; 0 for text."""


class Styles(Strict):
    """A style for every role a paragraph has."""

    draft: TextStyle
    title: TextStyle
    heading: TextStyle
    subheading: TextStyle
    paragraph: TextStyle
    note: TextStyle
    signature: TextStyle
    annex_note: TextStyle
    annex_mark: TextStyle
    table_title: TextStyle
    table_year: TextStyle
    table_body: TextStyle
    table_head: TextStyle
    table_label: TextStyle
    table_unit: TextStyle
    table_number: TextStyle
    dense_head: TextStyle
    dense_label: TextStyle
    dense_number: TextStyle


class DenseLook(Strict):
    """A table of many rows and columns, which begins on a new page and finds room on it."""

    rows: Annotated[int, Limits(ge=1)]
    """From so many rows on, where there are several numbers in each."""
    number: Millimetres
    row: Millimetres
    above: Millimetres


class TableLook(Grounded):
    """Columns and rules of a table."""

    unit: Millimetres
    number: Millimetres
    """Of a column of numbers that has room."""
    label: Millimetres
    """The least that is left for labels."""
    row: Millimetres
    """Least height of a row."""
    rule: Points
    margin: Millimetres
    """Between text and rule, left and right."""
    above: Millimetres
    """Between text and rule, above and below."""
    dense: DenseLook


class Typography(Strict):
    """Everything `prompts_templates/typography.yaml` says."""

    paper: Paper
    margins: Margins
    grid: CharacterGrid
    edges: LineEdges
    page_number: PageNumber
    fonts: tuple[Font, ...]
    styles: Styles
    table: TableLook

    @property
    def text_width(self) -> float:
        """Millimetres of the type area."""
        return self.paper.width - self.margins.left - self.margins.right

    @property
    def text_height(self) -> float:
        """Millimetres of the type area."""
        return self.paper.height - self.margins.top - self.margins.bottom

    @property
    def roles(self) -> dict[str, TextStyle]:
        """The styles by role, `{"heading": TextStyle(name="heading 1", …)}`."""
        return {name: getattr(self.styles, name) for name in Styles.__dataclass_fields__}

    def __hash__(self) -> int:
        """Hash by identity: it is read once and never rebuilt."""
        return id(self)
