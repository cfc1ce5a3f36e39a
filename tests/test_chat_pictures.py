"""What the screen looks like, as pictures to be read: look at the SVG files when one changes."""

import asyncio
import html
import re
from functools import partialmethod
from itertools import groupby
from pathlib import Path
from unicodedata import east_asian_width
from unittest.mock import patch

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.ui.tui import Chat
from tests.screen import BEFORE_TABLE, BEGUN, opened

PICTURES = Path(__file__).parent / "pictures"
SAMPLES = Path("samples")
TOWN = {"示例镇人民政府-2017.yaml": "township-2017-corrected/answers.yaml"}
BEGUN_FILE = "示例县人民政府-2025.yaml"
COUNTY = {
    BEGUN_FILE: "county-2025-with-previous/answers.yaml",
    "示例县人民政府-2024.yaml": "county-2025-with-previous/previous.yaml",
}
NOT_YET = re.compile(r"^  (?:new_received|review)\..*\n", re.MULTILINE)
"""What the county still has to answer in the file that it has begun."""
SCENES = {
    "answer-beside-narrative": (
        (120, 36),
        COUNTY,
        ("1", "自然人61，商业企业14，法律服务机构1"),
        (),
    ),
    "first-screen": ((80, 24), {}, (), ()),
    "wrong-answer-and-help": ((80, 24), {}, (*BEGUN, *BEFORE_TABLE, "十几条", "?"), ()),
    "finding-wants-reason": ((120, 36), TOWN, ("", "/改 重点领域公开政府信息数 12"), ()),
    "table-filled-in": ((120, 36), COUNTY, ("1",), ("ctrl+t", *"61", "enter", *"14", "enter")),
    "findings-without-room": ((80, 24), TOWN, ("", "/改 当面 2", "/核对"), ()),
    "menu": ((80, 24), {}, BEGUN, ("ctrl+p",)),
}
FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC','Source Han Mono SC','NSimSun',monospace"
COLUMN = 10.0
"""Width of a column: half the height of the letters, so that a Chinese character is a square."""
_DRAWING = {"font_aspect_ratio": COLUMN / 20}
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_TEXT = re.compile(
    r'<text (class="[^"]*") x="([^"]*)" (y="[^"]*") textLength="[^"]*" ([^>]*)>([^<]*)<'
)


def picture_of(chat: Chat) -> str:
    """The screen as SVG that loads nothing, a Chinese character as wide as two columns."""
    with patch.object(Console, "export_svg", partialmethod(Console.export_svg, **_DRAWING)):
        drawn = chat.export_screenshot(title=chat.title)
    drawn = _FONT_FACE.sub("", drawn)
    drawn = re.sub(r"font-family: [^;]*;", f"font-family: {FONTS};", drawn)
    drawn = drawn.replace("font-variant-east-asian: full-width;", "")
    drawn = re.sub(r"terminal-[0-9]+", "screen", drawn)
    lines = _TEXT.sub(_placed, drawn).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _placed(match: re.Match[str]) -> str:
    """Narrow and wide stretches each at their own column and drawn to their own length.

    Whatever font a reader has, its letters are made as wide as their columns: nothing is set apart
    within a stretch, and nothing runs into the next.
    """
    name, left, top, rest, text = match.groups()
    at, drawn = float(left), []
    for (width, is_space, _), characters in groupby(html.unescape(text), _shape_of):
        stretch = "".join(characters)
        length = width * len(stretch) * COLUMN
        if not is_space:
            place = f'x="{at:g}" {top} textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
            drawn.append(f"<text {name} {place} {rest}>{html.escape(stretch)}</text>")
        at += length
    return "".join(drawn).removesuffix("/text>")


def _shape_of(character: str) -> tuple[int, bool, bool]:
    """Columns, whether nothing is drawn, and whether fonts may draw it wider than its columns."""
    return cell_len(character), character.isspace(), east_asian_width(character) == "A"


@pytest.mark.parametrize("name", SCENES)
def test_picture(name, shelf, tmp_path, request):
    size, files, lines, keys = SCENES[name]
    for file, sample in files.items():
        text = (SAMPLES / sample).read_text(encoding="utf-8")
        text = NOT_YET.sub("", text) if file == BEGUN_FILE else text
        (tmp_path / file).write_text(text, encoding="utf-8")

    async def draw() -> str:
        async with opened(shelf, tmp_path, size) as screen:
            for line in lines:
                await screen.say(line)
                await screen.settle()  # what changed since then stands out
            await screen.press(*keys)
            await screen.settle()
            return picture_of(screen.chat)

    drawn = asyncio.run(draw())
    path = PICTURES / f"{name}.svg"
    if request.config.getoption("--rewrite-pictures"):
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8"), "look at it, then run make pictures"
    assert "url(http" not in drawn
    assert "href" not in drawn
