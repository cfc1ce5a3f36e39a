"""Write the documents of some samples and take pictures of every page: `make looks`.

Needs LibreOffice, pdftoppm and Chromium, and a Chinese font; what is missing is named.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser import CHROMIUM, Browser

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "out" / "looks"
SAMPLES = ("township-2017-corrected", "district-2016-with-previous", "city-2025-busy")
SCREENS = {"phone": 390, "desk": 1280}
DOTS = 80
"""An inch of paper."""
NEEDED = ("soffice", "pdftoppm")


def documents(sample: str) -> Path:
    """Replay a sample in the formats with looks and return the folder it lies in."""
    source, folder = ROOT / "samples" / sample, OUTPUT / sample
    command: list[str | Path]
    command = [sys.executable, "-m", "assistant", "replay", source / "answers.yaml", "-o", folder,
               "--format", "docx,xlsx,html"]  # fmt: skip
    previous = source / "previous.yaml"
    if previous.exists():
        command += ["--previous", previous]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def pictures(folder: Path, name: str) -> list[Path]:
    """One picture a page of an office document."""
    profile = f"-env:UserInstallation={(OUTPUT / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / name)], check=True, capture_output=True)
    pdf = (folder / name).with_suffix(".pdf")
    pdf = pdf.replace(folder / f"{name.replace('.', '-')}.pdf")
    return pages(pdf)


def pages(pdf: Path) -> list[Path]:
    """One picture a page of a printed document."""
    folder = pdf.parent
    for old in folder.glob(f"{pdf.stem}-[0-9]*.png"):
        old.unlink()
    render = ["pdftoppm", "-r", str(DOTS), "-png", str(pdf), str(folder / pdf.stem)]
    subprocess.run(render, check=True)
    return sorted(folder.glob(f"{pdf.stem}-[0-9]*.png"))


def screens(browser: Browser, folder: Path) -> list[Path]:
    """The page as phone and desk show it with a number chosen, and as it is printed."""
    made = []
    for name, width in SCREENS.items():
        browser.open(folder / "answers.html", width=width)
        browser.click("td data")
        made.append(folder / f"answers-html-{name}.png")
        browser.picture(made[-1])
    pdf = folder / "answers-html.pdf"
    browser.paper(pdf)
    return made + pages(pdf)


def main() -> None:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    missing += [] if CHROMIUM else ["chromium"]
    if missing:
        raise SystemExit(f"no pictures: {' and '.join(missing)} not found")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    browser = Browser(OUTPUT)
    for sample in SAMPLES:
        folder = documents(sample)
        made = [*pictures(folder, "answers.docx"), *pictures(folder, "answers.xlsx")]
        for path in (*made, *screens(browser, folder)):
            print(path.relative_to(ROOT))
    browser.close()


if __name__ == "__main__":
    main()
