"""Take the picture of a finished page for the documents: `make page FONTS=folder`.

The fonts that GB/T 9704 wants belong to others; the free Fandol fonts stand in for them, from the
folder (Debian has them in texlive-lang-chinese). Needs LibreOffice and pdftoppm. Other versions of
them draw other dots: look at the picture before committing it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageOps

from tests.looks.__main__ import NEEDED, OUTPUT, ROOT, documents, pictures

SAMPLE = "county-2025-with-previous"
PICTURE = ROOT / "docs" / "pictures" / "word-page.png"
DOTS = 90
"""An inch of paper."""
EDGE, SHADES = 192, 16
"""Grey of the line around the paper; how many greys there are."""
STAND_INS = {
    "FandolFang": ("仿宋", "仿宋_GB2312", "FangSong"),
    "FandolKai": ("楷体", "楷体_GB2312", "KaiTi"),
    "FandolHei": ("黑体", "SimHei"),
    "FandolSong": ("方正小标宋简体", "宋体", "SimSun", "Times New Roman"),
}


def use_fonts(folder: Path) -> None:
    """Let every program that is started from now on draw with the stand-ins."""
    aliases = [
        f"<match><test name='family'><string>{name}</string></test><edit name='family'"
        f" mode='assign' binding='strong'><string>{family}</string></edit></match>"
        for family, names in STAND_INS.items()
        for name in names
    ]
    OUTPUT.mkdir(parents=True, exist_ok=True)
    written = OUTPUT / "fonts.conf"
    body = f"<dir>{escape(str(folder.resolve()))}</dir>{''.join(aliases)}"
    written.write_text(
        f"<fontconfig><include>/etc/fonts/fonts.conf</include>{body}</fontconfig>", encoding="utf-8"
    )
    os.environ["FONTCONFIG_FILE"] = str(written)


def main() -> None:
    fonts = Path(*sys.argv[1:2])
    missing = [name for name in NEEDED if shutil.which(name) is None]
    missing += [] if list(fonts.glob("FandolFang*")) else [f"Fandol fonts in {fonts.resolve()}"]
    if missing:
        raise SystemExit(f"no picture: {' and '.join(missing)} not found")
    use_fonts(fonts)
    folder = documents(SAMPLE)
    pictures(folder, "answers.docx")
    render = ["pdftoppm", "-r", str(DOTS), "-gray", "-png", "-singlefile", "-f", "1"]
    subprocess.run([*render, folder / "answers-docx.pdf", folder / "page"], check=True)
    with Image.open(folder / "page.png") as page:
        framed = ImageOps.expand(page.convert("L"), border=1, fill=EDGE)
        framed.quantize(SHADES).save(PICTURE, bits=4, optimize=True)
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
