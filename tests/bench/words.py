"""Word files written by the assistant and by a bare template, in turns: words.py ANSWERS.

Prints what one file takes in seconds, as JSON: {"floor": 0.001, "docx": 0.02}; and what it takes
to open one with its library and read all text, to read and compare one, to read it back to its
answers, and to audit it: "open", "verify", "read", "audit".
"""

import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document

from assistant.answers import load
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.verify import compare
from assistant.form.loader import open_library
from assistant.published.audit import audit
from assistant.published.report import Published, read_report
from assistant.report.draft import Draft, make_draft
from tests.bench.measuring import medians

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
CELL = "<w:tc>" + PARAGRAPH + "</w:tc>"
ROW = "<w:tr>" + CELL * 3 + "</w:tr>"


def floor(parts: dict[str, bytes], draft: Draft) -> bytes:
    """The same words by string templates, into a zip file whose other parts are ready."""
    body = "".join(PARAGRAPH.format(escape(block.text)) for block in draft.report.blocks)
    for table in draft.report.tables:
        rows = [(row.label, row.unit, *(cell.text for cell in row.cells), "") for row in table.rows]
        body += "<w:tbl>" + "".join(ROW.format(*map(escape, row)) for row in rows) + "</w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.writestr("word/document.xml", main)
    return stream.getvalue()


def all_text(path: Path) -> list[str]:
    """Every paragraph and every cell, as the library itself reads them."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def main(path: Path) -> None:
    shelf = open_library()
    draft = make_draft(load(path, shelf), None, shelf.sentences)
    office = RenderOptions(shelf)
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"].write(draft, office))) as archive:
        parts = {
            name: archive.read(name) for name in archive.namelist() if name != "word/document.xml"
        }
    kind = FORMATS["docx"]
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "x.docx"
        written.write_bytes(kind.write(draft, office))

        def read() -> Published:
            return read_report(kind.read(written), written, shelf)

        taken = medians(
            {
                "floor": lambda: floor(parts, draft),
                "docx": lambda: kind.write(draft, office),
                "open": lambda: all_text(written),
                "verify": lambda: compare(kind.lines(draft, office), kind.read(written).lines),
                "read": read,
                "audit": lambda: audit(read(), None, shelf.sentences),
            }
        )
    print(json.dumps(taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
