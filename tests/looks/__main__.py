"""Write the documents of two samples and take pictures of every page: `python tests/looks`.

Needs LibreOffice and pdftoppm, and a Chinese font; what is missing is named and left out.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUTPUT = ROOT / "out" / "looks"
SAMPLES = ("township-2017-corrected", "district-2016-with-previous")
DOTS = 80
"""An inch of paper."""
_NEEDED = ("soffice", "pdftoppm")


def documents(sample: str) -> Path:
    """Replay a sample as a Word file and return the folder it lies in."""
    source, folder = ROOT / "samples" / sample, OUTPUT / sample
    command = [sys.executable, "-m", "assistant", "replay", source / "answers.yaml", "-o", folder,
               "--format", "docx"]  # fmt: skip
    previous = source / "previous.yaml"
    if previous.exists():
        command += ["--previous", previous]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def pictures(folder: Path, name: str) -> list[Path]:
    """One picture a page of an office document."""
    profile = f"-env:UserInstallation={(OUTPUT / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, folder / name], check=True, capture_output=True)
    pdf = (folder / name).with_suffix(".pdf")
    for old in folder.glob(f"{pdf.stem}-*.png"):
        old.unlink()
    render = ["pdftoppm", "-r", str(DOTS), "-png", pdf, folder / pdf.stem]
    subprocess.run(render, check=True)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def main() -> None:
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        raise SystemExit(f"no pictures: {' and '.join(missing)} not found")
    for sample in SAMPLES:
        for path in pictures(documents(sample), "answers.docx"):
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
