"""Draw the folders of the program from its own imports: `make architecture`.

Writes the picture `docs/architecture.svg` and the table of folders in `docs/architecture.md`.
What a folder is comes from the first line of its `__init__.py`, the layers come from the import
contract in `pyproject.toml`, the lines and libraries from the syntax tree. The same program
always gives the same bytes.
"""

import ast
import colorsys
import re
import sys
import textwrap
import tomllib
from html import escape
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "assistant"
PICTURE = ROOT / "docs" / "architecture.svg"
PAGE = ROOT / "docs" / "architecture.md"
TABLE = re.compile(r"(?<=<!-- folders -->\n).*?(?=<!-- end of folders -->)", re.DOTALL)
"""Where the table of folders stands in the page."""

WIDTH, TOP, ROW = 1120, 58, 46
LEFT, STEP, BOX, TALL = 62, 40, 116, 30
"""Left edge of the first box, from box to box, and a box's width and height."""
LETTER = 6.5
"""Width of a letter of the sentences."""
STYLE = """<style>
text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:#1f2933}
.name,.code{font:600 14px ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace}
.name{fill:#fff}.code{font-size:11px;font-weight:400}.title{font-weight:600}.pale{fill:#616e7c}
.middle{text-anchor:middle}.end{text-anchor:end}
.into{stroke:#9aa5b1;stroke-width:1.5;fill:none}.head{fill:#616e7c}
.drop{stroke-width:2;fill:none;opacity:.75}
</style>"""


class Folder(NamedTuple):
    """A folder of the program, or the module by which it starts."""

    name: str
    layer: int
    """0 at the top."""
    says: str
    """What it is, in a sentence."""
    uses: frozenset[str]
    """Names of the folders that it imports from."""
    libraries: tuple[str, ...]
    """Import names of what it uses from elsewhere, `("docx", "lxml")`."""


def layers() -> list[list[str]]:
    """The import contract from top to bottom, `[["__main__"], ["cli"], …, ["lint", "collect"]]`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    written = next(each["layers"] for each in contracts if each["type"] == "layers")
    return [[name.strip() for name in layer.split("|")] for layer in written]


def sentence(path: Path) -> str:
    """The first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def imported(path: Path) -> set[str]:
    """Everything a module imports anywhere in it, `{"assistant.values", "docx.shared"}`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def folders() -> list[Folder]:
    """The folders of the program with what they use, from the top layer down."""
    names = list(chain.from_iterable(layers()))
    return [_folder(name, at, names) for at, layer in enumerate(layers()) for name in layer]


def _folder(name: str, layer: int, names: list[str]) -> Folder:
    folder = PACKAGE / name
    modules = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    parts = [each.split(".") for path in modules for each in imported(path)]
    own = {part[1] for part in parts if part[0] == PACKAGE.name and len(part) > 1}
    others = {part[0] for part in parts} - sys.stdlib_module_names - {PACKAGE.name}
    says = sentence(folder / "__init__.py" if folder.is_dir() else modules[0])
    return Folder(name, layer, says, frozenset(own & set(names) - {name}), tuple(sorted(others)))


def table() -> str:
    """The folders and the folders in them as a Markdown table, each with its sentence."""
    lines = ["| folder | what it is |", "| --- | --- |"]
    for folder in folders():
        top = PACKAGE / folder.name
        if top.is_dir():
            lines.append(f"| **`{folder.name}/`** | {folder.says} |")
            inner = sorted(path.parent for path in top.rglob("__init__.py") if path.parent != top)
            for part in inner:
                name = part.relative_to(PACKAGE).as_posix()
                lines.append(f"| `{name}/` | {sentence(part / '__init__.py')} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page of the architecture with the table of today."""
    return TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8"))


def picture() -> str:
    """The folders as steps of a stair, and a dot wherever an upper one uses a lower one, as SVG."""
    drawn = folders()
    tall = TOP + ROW * len(drawn) + 16
    title = "The folders of assistant/ and what they import"
    legend = (
        "A dot says that the folder above it uses the folder to its right."
        " Every line falls: nothing imports from above."
    )
    size = f'viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}"'
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}">',
        STYLE,
        f'<rect width="{WIDTH}" height="{tall}" rx="10" fill="#fff"/>',
        _text(20, 26, title, "title"),
        _text(20, 45, legend, "pale"),
        _text(WIDTH - 20, 45, "libraries", "pale end"),
        *_bands(drawn),
        *_lines(drawn),
        *(_box(folder, at, _colour(at, len(drawn))) for at, folder in enumerate(drawn)),
        "</svg>\n",
    ]
    return "\n".join(pieces)


def _bands(drawn: list[Folder]) -> list[str]:
    """Every second layer in a shade, each with its number from the ground up."""
    pieces = []
    highest = drawn[-1].layer
    for layer in range(highest + 1):
        rows = [at for at, folder in enumerate(drawn) if folder.layer == layer]
        top, tall = TOP + ROW * rows[0], ROW * len(rows)
        if layer % 2 == 0:
            band = f'<rect x="8" y="{top}" width="{WIDTH - 16}" height="{tall}" rx="6"'
            pieces.append(f'{band} fill="#f3f6f9"/>')
        pieces.append(_text(28, top + tall // 2 + 5, str(highest - layer), "pale middle"))
    return pieces


def _lines(drawn: list[Folder]) -> list[str]:
    """What leads into each folder, what falls from each, and the dots where they meet."""
    place = {folder.name: at for at, folder in enumerate(drawn)}
    leading, falling, dots = [], [], []
    for at, folder in enumerate(drawn):
        colour, level = _colour(at, len(drawn)), _level(at)
        above = [place[user.name] for user in drawn if folder.name in user.uses]
        if above:
            end = LEFT + STEP * at
            leading.append(f'<path class="into" d="M{_drop(min(above))} {level}H{end - 6}"/>')
            leading.append(f'<path class="head" d="M{end - 8} {level - 5}l8 5-8 5z"/>')
        below = sorted(_level(place[name]) for name in folder.uses)
        if below:
            drop = f"M{_drop(at)} {level}V{below[-1]}"
            falling.append(f'<path class="drop" d="{drop}" stroke="{colour}"/>')
        dots += [f'<circle cx="{_drop(at)}" cy="{y}" r="4.5" fill="{colour}"/>' for y in below]
    return [*leading, *falling, *dots]


def _box(folder: Folder, at: int, colour: str) -> str:
    """A folder with its name, its sentence and the libraries that it knows."""
    left, level = LEFT + STEP * at, _level(at)
    name = f"{folder.name}/" if (PACKAGE / folder.name).is_dir() else f"{folder.name}.py"
    known = ", ".join(folder.libraries)
    start, end = left + BOX + 12, WIDTH - 32 - round(len(known) * 6.7)
    said = textwrap.wrap(folder.says.replace("`", ""), int((end - start) / LETTER))
    first = level + 5 - 8 * (len(said) - 1)
    box = f'<rect x="{left}" y="{level - TALL // 2}" width="{BOX}" height="{TALL}" rx="6"'
    return "\n".join(
        [
            f'{box} fill="{colour}"/>',
            _text(left + BOX // 2, level + 5, name, "name middle"),
            *(_text(start, first + 16 * row, line) for row, line in enumerate(said)),
            *([_text(WIDTH - 20, level + 4, known, "pale code end")] if known else []),
        ]
    )


def _text(x: int, y: int, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{named}>{escape(words, quote=False)}</text>'


def _drop(row: int) -> int:
    """Where the line of a folder falls."""
    return LEFT + STEP * row + 18


def _level(row: int) -> int:
    """Half the height of a row."""
    return TOP + ROW * row + ROW // 2


def _colour(at: int, count: int) -> str:
    """From blue at the top to green on the ground."""
    share = at / (count - 1)
    red, green, blue = colorsys.hls_to_rgb((225 - 75 * share) / 360, 0.42 - 0.08 * share, 0.52)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
