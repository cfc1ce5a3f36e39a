"""What the screen looks like, as pictures to be read: look at the SVG files when one changes."""

import asyncio
import html
import re
import shutil
from itertools import groupby
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from rich.cells import cell_len

from assistant.ui.tui import Chat
from tests.screen import BEFORE_TABLE, BEGUN, opened

PICTURES = Path(__file__).parent / "pictures"
SAMPLE = Path("samples/township-2017-corrected/answers.yaml")
ONE_FILE = "示例镇人民政府-2017.yaml"
SCENES = {
    "first-screen": ((80, 24), False, (), ()),
    "wrong-answer-and-help": ((80, 24), False, (*BEGUN, *BEFORE_TABLE, "十几条", "?"), ()),
    "finding-wants-reason": ((120, 36), True, ("", "/改 重点领域公开政府信息数 12"), ()),
    "table-filled-in": ((120, 36), False, (*BEGUN, *BEFORE_TABLE, "145", "22"), ("ctrl+t",)),
    "findings-without-room": ((80, 24), True, ("", "/改 当面 2", "/核对"), ()),
    "menu": ((80, 24), False, BEGUN, ("ctrl+p",)),
}
FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC','Source Han Mono SC','NSimSun',monospace"
COLUMN = 12.2
"""Width of a column in the toolkit's pictures."""
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_TEXT = re.compile(
    r'<text (class="[^"]*") x="([^"]*)" (y="[^"]*") textLength="[^"]*" ([^>]*)>([^<]*)<'
)


def picture_of(chat: Chat) -> str:
    """The screen as SVG that loads nothing, a Chinese character as wide as two columns."""
    drawn = chat.export_screenshot(title=chat.title)
    drawn = _FONT_FACE.sub("", drawn)
    drawn = re.sub(r"font-family: [^;]*;", f"font-family: {FONTS};", drawn)
    drawn = drawn.replace("font-variant-east-asian: full-width;", "")
    drawn = re.sub(r"terminal-[0-9]+", "screen", drawn)
    lines = _TEXT.sub(_placed, drawn).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _placed(match: re.Match[str]) -> str:
    """Narrow and wide stretches each at their own column, whatever font draws them."""
    name, left, top, rest, text = match.groups()
    at, drawn = float(left), []
    for (width, is_ambiguous), characters in groupby(html.unescape(text), _shape_of):
        stretch = "".join(characters)
        length = width * len(stretch) * COLUMN
        if stretch.strip():
            place = f'x="{at:.1f}" {top} textLength="{length:.1f}"'
            place += ' lengthAdjust="spacingAndGlyphs"' * is_ambiguous
            shown = html.escape(stretch).replace(" ", "&#160;")
            drawn.append(f"<text {name} {place} {rest}>{shown}</text>")
        at += length
    return "".join(drawn).removesuffix("/text>")


def _shape_of(character: str) -> tuple[int, bool]:
    """Columns, and whether fonts draw it wider than that."""
    return cell_len(character), east_asian_width(character) == "A"


@pytest.mark.parametrize("name", SCENES)
def test_picture(name, shelf, tmp_path, request):
    size, is_filled, lines, keys = SCENES[name]
    if is_filled:
        shutil.copy(SAMPLE, tmp_path / ONE_FILE)

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
