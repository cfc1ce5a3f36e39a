"""A Word file that a person has edited: what counts is what the paper will say."""

import dataclasses
from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.export.formats import FORMATS, DocumentContents
from assistant.export.formats.package import pack
from assistant.export.verify import compare
from assistant.report import make_report
from tests.drafts import OFFICE, drafted
from tests.surfaces import WordSurface

WORD = FORMATS["docx"]
RECEIVED = "收到政府信息公开申请3件"
ROW = "收到申请数"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CHOICES = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


class File:
    """The township's Word file, to be altered as XML."""

    def __init__(self, draft, folder: Path) -> None:
        self.draft = draft
        self.surface = WordSurface(WORD.write(draft, OFFICE))
        self.text = self.surface.text
        self.path = folder / "改.docx"

    def read(self, text: str, **parts: str) -> DocumentContents:
        """Read the file with other XML in its main part, or in others: `settings=...`."""
        changed = {f"word/{name}.xml": xml.encode() for name, xml in parts.items()}
        main = {WordSurface.MAIN: text.encode()}
        self.path.write_bytes(pack({**self.surface.parts, **changed, **main}))
        return WORD.read(self.path)

    def compare(self, text: str):
        return compare(WORD.lines(self.draft, OFFICE), self.read(text).lines)

    def found(self, text: str) -> list[tuple[str, str, str]]:
        found = self.compare(text).differences
        return [(each.verdict, each.cell, each.new) for each in found]

    def split(self, words: str, *pieces: str) -> str:
        """The text with one stretch of words cut into runs, some of them wrapped."""
        assert self.text.count(words) == 1
        head, tail = self.text.split(words)
        run, end = "<w:r><w:t>", "</w:t></w:r>"
        middle = "".join(f"{run}{piece}{end}" if piece[:1] != "<" else piece for piece in pieces)
        return f"{head}{end}{middle}{run}{tail}"


def run(text: str, kind: str = "t") -> str:
    return f"<w:r><w:{kind}>{text}</w:{kind}></w:r>"


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="某" w:date="2018-01-01T00:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="某">{run(text, "delText")}</w:del>'


@pytest.fixture
def file(sample, sentences, tmp_path) -> File:
    township = sample("township-2017-corrected")
    given = {**township.given, "meetings_held": Answer(12)}
    now = dataclasses.replace(township, given=given)
    return File(drafted(make_report(now, None, sentences, is_draft=False), now), tmp_path)


def test_an_untouched_file_has_nothing_to_notice(file):
    assert file.read(file.text).notices == ()
    assert file.found(file.text) == []


def test_a_number_cut_into_runs_is_still_one_number(file):
    text = file.split("会议或专题会议12次", "会议或专题会议1", "2", "次")
    assert file.found(text) == []
    assert file.compare(text).rewordings == ()


def test_what_a_revision_inserts_counts_and_what_it_deletes_does_not(file):
    text = file.split(RECEIVED, "收到政府信息公开申请", deleted("3"), inserted("8"), "件")
    assert file.found(text) == [("changed", "received_total", "8件")]
    assert file.read(text).notices == ("revisions",)


def test_a_revision_that_ends_where_it_began_agrees(file):
    text = file.split(RECEIVED, "收到政府信息公开申请", deleted("8"), inserted("3"), "件")
    assert file.found(text) == []
    assert file.read(text).notices == ("revisions",)


def test_what_was_moved_counts_where_it_went(file):
    moved = f'<w:moveTo w:id="4">{run("申请3件")}</w:moveTo>'
    gone = f'<w:moveFrom w:id="3">{run("申请3件")}</w:moveFrom>'
    text = file.split(RECEIVED, "收到政府信息公开", gone, moved)
    assert file.found(text) == []
    assert file.read(text).notices == ("revisions",)


def test_a_row_that_a_revision_deletes_is_missing(file):
    rows = file.text.split("<w:trPr>")
    at = next(at for at, row in enumerate(rows) if ROW in row)
    rows[at] = '<w:del w:id="5"/>' + rows[at]
    text = "<w:trPr>".join(rows)
    assert file.found(text) == [("missing", "received_total", "")]


def test_paragraphs_joined_by_a_revision_are_one(file):
    first, second = (
        "未发生因政府信息公开引起的行政复议和行政诉讼。",
        "未收到对政府信息公开工作的举报投诉。",
    )
    mark = '<w:rPr><w:del w:id="6"/></w:rPr></w:pPr>'
    head, tail = file.text.split(first)
    at = head.rindex("</w:pPr>")
    text = head[:at] + mark + head[at + len("</w:pPr>") :] + first + tail
    assert first + second in file.read(text).lines


def test_content_controls_links_and_tags_are_read(file):
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('申请8件')}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink w:anchor="x">{run("收到政府")}</w:hyperlink>'
    tag = f'<w:smartTag w:element="x">{run("信息公开")}</w:smartTag>'
    text = file.split(RECEIVED, link, tag, control)
    assert file.found(text) == [("changed", "received_total", "8件")]


def test_a_text_box_is_read_once(file):
    inside = f"<w:txbxContent><w:p>{run('另收到申请7件。')}</w:p></w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent {CHOICES}>"
        f'<mc:Choice Requires="wps"><w:drawing>{inside}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    text = file.split(RECEIVED, "收到政府信息公开", box, "申请3件")
    assert file.found(text) == [("unknown", "", "7件")]
    assert file.compare(text).rewordings == ()
    text = file.split(
        RECEIVED, "收到政府信息公开", f"<w:r><w:pict>{inside}</w:pict></w:r>", "申请3件"
    )
    assert file.found(text) == [("unknown", "", "7件")]


def test_numbers_of_pages_are_no_content_and_results_of_other_fields_are(file):
    def field(code: str, result: str) -> str:
        parts = ('<w:fldChar w:fldCharType="begin"/>', f"<w:instrText> {code} </w:instrText>",
                 '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{result}</w:t>",
                 '<w:fldChar w:fldCharType="end"/>')  # fmt: skip
        return "".join(f"<w:r>{part}</w:r>" for part in parts)

    simple = f'<w:fldSimple w:instr=" NUMPAGES ">{run("9")}</w:fldSimple>'
    text = file.split(RECEIVED, "收到政府信息公开", field("PAGE", "4"), simple, "申请3件")
    assert file.found(text) == []
    text = file.split(RECEIVED, "收到政府信息公开申请", field("FORMTEXT", "8"), "件")
    assert file.found(text) == [("changed", "received_total", "8件")]


def test_hidden_text_is_not_read_and_said(file):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>3</w:t></w:r>"
    text = file.split(RECEIVED, "收到政府信息公开申请", hidden, "8件")
    assert file.found(text) == [("changed", "received_total", "8件")]
    assert file.read(text).notices == ("hidden",)
    shown = hidden.replace("<w:vanish/>", '<w:vanish w:val="0"/>')
    assert file.found(file.split(RECEIVED, "收到政府信息公开申请", shown, "件")) == []


def test_comments_and_embedded_files_are_said(file):
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    assert file.read(file.split(RECEIVED, comment, RECEIVED)).notices == ("comments",)
    embedded = "<w:r><w:object/></w:r>"
    assert file.read(file.split(RECEIVED, embedded, RECEIVED)).notices == ("unread",)


def test_a_line_broken_by_hand_is_two_lines(file):
    text = file.text.replace(
        "未作出不同意公开的答复。", "</w:t><w:br/><w:t>未作出不同意公开的答复。"
    )
    assert "未作出不同意公开的答复。" in file.read(text).lines
    assert file.found(text) == []


def test_cells_of_several_paragraphs_and_tables_within_cells_are_read(file):
    cells = file.text.split("<w:tc>")
    at = next(at for at, cell in enumerate(cells) if ROW in cell)
    cells[at] = cells[at].replace("申请数", "</w:t></w:r></w:p><w:p><w:r><w:t>申请数")
    assert file.found("<w:tc>".join(cells)) == []
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('另有7件')}</w:p></w:tc></w:tr></w:tbl>"
    cells[at] = cells[at].replace("</w:tc>", f"{inner}</w:tc>")
    assert ("unknown", "", "7件") in file.found("<w:tc>".join(cells))


def test_a_number_that_left_its_cell_is_missing_and_the_others_stay(file):
    rows = file.surface.atoms()
    at = next(at for at, row in enumerate(rows) if "兼职人员数" in row)
    rows[at] = rows[at].replace('<w:t xml:space="preserve">1</w:t>', "")
    assert file.found(file.surface.with_atoms(rows)) == [("missing", "staff_part_time", "")]


def test_footnotes_and_page_heads_are_read(file):
    space = f'xmlns:w="{TRANSITIONAL}"'
    note = f"<w:footnote><w:p>{run('另收到申请7件。')}</w:p></w:footnote>"
    notes = f"<w:footnotes {space}>{note}</w:footnotes>"
    relations = file.surface.parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="rId90" Type="{kind}/footnotes" Target="footnotes.xml"/>'
    more += f'<Relationship Id="rId91" Type="{kind}/header" Target="/word/header9.xml"/>'
    file.surface.parts["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", f"{more}</Relationships>"
    ).encode()
    head = f"<w:hdr {space}><w:p>{run('办公室8号')}</w:p></w:hdr>"
    lines = file.read(file.text, footnotes=notes, header9=head).lines
    assert lines[-2:] == ["另收到申请7件。", "办公室8号"]


def test_the_strict_dialect_is_read_the_same(file):
    plain = file.read(file.text)
    assert file.read(file.text.replace(TRANSITIONAL, STRICT)) == plain


def test_the_command_says_revisions_and_names_the_cell(file, nianbao, tmp_path):
    answers = Path("samples/township-2017-corrected/answers.yaml")
    text = file.split("会议或专题会议12次", "会议或专题会议", deleted("12"), inserted("2"), "次")
    rows = text.split("<w:tc>")
    at = next(at for at, cell in enumerate(rows) if "（一）召开政府信息公开工作会议" in cell)
    rows[at + 2] = rows[at + 2].replace(">12<", ">3<")
    file.read("<w:tc>".join(rows))
    run = nianbao("verify", file.path, answers)
    assert run.returncode == 6
    assert "修订" in run.stdout
    changed = [line for line in run.stdout.splitlines() if line.startswith("【改动】")]
    assert len(changed) == 1
    assert "召开政府信息公开工作会议" in changed[0]
    assert "应为2，文稿写的是3" in changed[0]
