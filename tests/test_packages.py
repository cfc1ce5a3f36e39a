"""Word files that are damaged, locked, of another kind or hostile: a sentence, never more."""

import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from assistant.export.formats import FORMATS
from assistant.export.formats.package import DEPTH_LIMIT, PARTS_LIMIT, Package
from assistant.report import make_report
from assistant.storage.errors import FileError
from tests.drafts import OFFICE, drafted
from tests.waiting import at_once

MAIN = "word/document.xml"
TYPES = "[Content_Types].xml"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
ANSWERS = "samples/township-2017-corrected/answers.yaml"
"""Seconds; all of it takes a fraction."""


@pytest.fixture
def parts(sample, sentences) -> dict[str, bytes]:
    report = make_report(sample("township-2017-corrected"), None, sentences, is_draft=False)
    data = FORMATS["docx"].write(drafted(report), OFFICE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], *more: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (*parts.items(), *more):
            archive.writestr(name, data)
    return stream.getvalue()


def with_head(parts: dict[str, bytes], name: str, head: str) -> bytes:
    """The file with something put before the first element of a part."""
    text = parts[name].decode()
    at = text.index("?>") + 2 if text.startswith("<?xml") else 0
    return zipped({**parts, name: (text[:at] + head + text[at:]).encode()})


def claimed(data: bytes, name: str, size: int) -> bytes:
    """The file whose directory claims another unpacked size for a part."""
    at = data.rindex(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def encrypted(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01\x00" + data[at + 10 :]


def fault_of(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "文稿.docx"
    path.write_bytes(data)
    with at_once(), pytest.raises(FileError) as fault:
        FORMATS["docx"].read(path)
    assert fault.value.details["path"] == str(path)
    return fault.value.code


CASES = {
    "empty": (lambda parts: b"", "package_broken"),
    "text": (lambda parts: "年度报告".encode(), "package_broken"),
    "old": (lambda parts: OLD, "package_old"),
    "locked": (lambda parts: OLD + "EncryptedPackage".encode("utf-16-le"), "package_locked"),
    "zip with a password": (lambda parts: encrypted(zipped(parts)), "package_locked"),
    "empty zip": (lambda parts: zipped({}), "package_broken"),
    "another zip": (lambda parts: zipped({"a.txt": b"a"}), "package_broken"),
    "open document": (
        lambda parts: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "package_open_document",
    ),
    "no main part": (
        lambda parts: zipped({name: data for name, data in parts.items() if name != MAIN}),
        "package_broken",
    ),
    "spreadsheet": (
        lambda parts: zipped({
            **parts,
            TYPES: parts[TYPES].replace(b"wordprocessingml.document", b"spreadsheetml.sheet"),
        }),
        "package_other",
    ),
    "macros": (lambda parts: zipped(parts, ("word/vbaProject.bin", b"x")), "package_macros"),
    "macro type": (
        lambda parts: zipped({
            **parts,
            TYPES: parts[TYPES].replace(
                b"openxmlformats-officedocument.wordprocessingml.document.main",
                b"ms-word.document.macroEnabled.main",
            ),
        }),
        "package_macros",
    ),
    "entities": (lambda parts: with_head(parts, MAIN, BOMB), "package_entities"),
    "outside entity": (lambda parts: with_head(parts, MAIN, OUTSIDE), "package_entities"),
    "bare doctype": (lambda parts: with_head(parts, MAIN, "<!DOCTYPE x>"), "package_entities"),
    "entities in types": (lambda parts: with_head(parts, TYPES, BOMB), "package_entities"),
    "bomb": (
        lambda parts: zipped({**parts, MAIN: b"<a>" + b" " * 20_000_000 + b"</a>"}),
        "package_too_large",
    ),
    "many bombs": (
        lambda parts: zipped(parts, *((f"a/{at}.png", bytes(30_000_000)) for at in range(9))),
        "package_too_large",
    ),
    "many parts": (
        lambda parts: zipped(parts, *((f"x/{at}", b"") for at in range(PARTS_LIMIT + 1))),
        "package_too_large",
    ),
    "claims too little": (lambda parts: claimed(zipped(parts), MAIN, 10), "package_broken"),
    "claims too much": (lambda parts: claimed(zipped(parts), MAIN, 2**31), "package_too_large"),
    "way out": (lambda parts: zipped(parts, ("../../etc/passwd", b"x")), "package_broken"),
    "way out, backwards": (lambda parts: zipped(parts, ("..\\a", b"x")), "package_broken"),
    "from the root": (lambda parts: zipped(parts, ("/etc/passwd", b"x")), "package_broken"),
    "deep": (
        lambda parts: zipped({**parts, MAIN: b"<a>" * (DEPTH_LIMIT + 1)}), "package_broken"
    ),
    "no XML": (lambda parts: zipped({**parts, MAIN: b"\x00\x01"}), "package_broken"),
    "unknown encoding": (
        lambda parts: zipped({**parts, MAIN: b"<?xml version='1.0' encoding='ebcdic'?><a/>"}),
        "package_broken",
    ),
    "undeclared prefix": (lambda parts: zipped({**parts, MAIN: b"<w:p/>"}), "package_broken"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code"), CASES.values(), ids=CASES)
def test_each_odd_file_is_refused_with_its_own_sentence(parts, tmp_path, sentences, make, code):
    assert fault_of(make(parts), tmp_path) == code
    assert sentences.has(f"errors.{code}")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(parts, tmp_path):
    assert fault_of(zipped(parts, (MAIN, parts[MAIN])), tmp_path) == "package_broken"


def test_a_part_packed_another_way_is_refused(parts, tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert fault_of(stream.getvalue(), tmp_path) == "package_broken"


def test_what_lies_outside_is_never_followed(parts, tmp_path):
    relations = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    away = 'TargetMode="External"'
    links = "".join(
        f'<Relationship Id="rId9{at}" Type="{kind}/{name}" Target="{target}" {away}/>'
        for at, (name, target) in enumerate(
            [("header", "file:///etc/passwd"), ("footnotes", "http://example.cn/x.xml")]
        )
    )
    changed = relations.replace("</Relationships>", f"{links}</Relationships>").encode()
    path = tmp_path / "文稿.docx"
    path.write_bytes(zipped({**parts, "word/_rels/document.xml.rels": changed}))
    kinds = [each.kind for each in Package(path, "docx").relations(MAIN)]
    assert "header" not in kinds
    assert "footnotes" not in kinds
    assert FORMATS["docx"].read(path).lines


def test_a_file_cut_off_anywhere_is_refused(parts, tmp_path):
    data = zipped(parts)
    for end in range(0, len(data) - 1, max(1, len(data) // 150)):
        assert fault_of(data[:end], tmp_path) == "package_broken"


@pytest.mark.parametrize("seed", range(3))
def test_random_damage_is_read_or_refused(parts, tmp_path, seed):
    """Damage to the file itself, and to the XML in a file that is whole otherwise."""
    dice = random.Random(seed)
    whole, path = zipped(parts), tmp_path / "文稿.docx"
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        xml = bytearray(parts[MAIN])
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(xml))
            xml[at : at + dice.randint(0, 40)] = xml[dice.randrange(len(xml)) :][
                : dice.randint(0, 40)
            ]
        for altered in (bytes(data), zipped({**parts, MAIN: bytes(xml)})):
            path.write_bytes(altered)
            try:
                FORMATS["docx"].read(path)
            except FileError as fault:
                assert fault.code.startswith("package_")


def test_the_elements_of_word_in_any_order_are_read(parts, tmp_path):
    """Every element the reader knows, nested and repeated at random, never stops it."""
    names = ["p", "r", "t", "tbl", "tr", "tc", "del", "ins", "rPr", "pPr", "trPr", "tcPr", "vanish",
             "fldChar", "fldSimple", "instrText", "txbxContent", "cellDel", "moveFrom", "body",
             "rPrChange", "br", "tab", "rt", "sdt", "object", "altChunk"]  # fmt: skip
    path = tmp_path / "文稿.docx"
    for seed in range(150):
        dice = random.Random(seed)

        def some(depth: int, dice: random.Random = dice) -> str:
            name = dice.choice(names)
            kind = dice.choice(["begin", "separate", "end"])
            inside = "".join(some(depth - 1) for _ in range(dice.randint(0, 3))) if depth else "3件"
            if dice.random() < 0.1:
                choice = dice.choice(["Choice", "Fallback", "AlternateContent"])
                inside = f"<m:{choice}>{inside}</m:{choice}>"
            return f'<w:{name} w:fldCharType="{kind}" w:instr=" PAGE ">{inside}</w:{name}>'

        text = "".join(some(6) for _ in range(5))
        xml = (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"{text}</w:document>"
        )
        path.write_bytes(zipped({**parts, MAIN: xml.encode()}))
        FORMATS["docx"].read(path)


@pytest.mark.parametrize("name", ["locked", "old", "macros", "bomb", "entities", "text"])
def test_the_command_says_a_sentence_and_ends_with_2(parts, tmp_path, nianbao, name):
    path = tmp_path / "文稿.docx"
    path.write_bytes(CASES[name][0](parts))
    run = nianbao("verify", path, ANSWERS)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "文稿.docx" in run.stderr
    assert "Traceback" not in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits of memory")
def test_a_bomb_takes_no_memory(parts, tmp_path):
    path = tmp_path / "文稿.docx"
    data = b"<a>" + b"<b/>" * 1_900_000 + b"</a>"
    path.write_bytes(zipped({**parts, MAIN: data}))
    code = (
        "import sys; from pathlib import Path; from assistant.export.formats import FORMATS\n"
        "FORMATS['docx'].read(Path(sys.argv[1]))"
    )

    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))

        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))

    run = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, encoding="utf-8", preexec_fn=limit
    )
    assert run.returncode == 0, run.stderr


def test_a_checksum_that_fails_is_damage(parts, tmp_path):
    data = bytearray(zipped(parts))
    crc = struct.pack("<I", zlib.crc32(parts[MAIN]))
    at = bytes(data).rindex(crc)
    data[at] ^= 0xFF
    assert fault_of(bytes(data), tmp_path) == "package_broken"
