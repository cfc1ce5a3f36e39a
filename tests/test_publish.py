"""The one way out: nothing unproved gets a name, nothing a person changed is overwritten."""

import dataclasses
import errno
import os
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import Answer, Answers, LoadedAnswers
from assistant.export.formats import FORMATS, DocumentContents, Line, RenderOptions
from assistant.export.proof import VerificationError
from assistant.export.publish import Publisher
from assistant.report import Span
from assistant.report.draft import Draft, make_draft
from assistant.storage import system
from assistant.storage.errors import AssistantError, FileError
from assistant.storage.written_files import RECORD
from tests.drafts import OFFICE

ALL = tuple(FORMATS)


@pytest.fixture
def draft(sample, sentences) -> Callable[..., Draft]:
    """The township's draft, with some answers changed."""

    def make(**values: Any) -> Draft:
        answers: Answers = sample("township-2017-as-published")
        given = {**answers.given, **{name: Answer(value) for name, value in values.items()}}
        return make_draft(
            LoadedAnswers(dataclasses.replace(answers, given=given), ()), None, sentences
        )

    return make


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the record, temporary ones included."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != RECORD}


class Wrong:
    """A plain-text format that prints something else than it promises."""

    def __init__(self, spoil: Callable[[bytes], bytes]) -> None:
        self.spoil = spoil

    def lines(self, draft: Draft, office: RenderOptions) -> list[Line]:
        return FORMATS["md"].lines(draft, office)

    def write(self, draft: Draft, office: RenderOptions) -> bytes:
        return self.spoil(FORMATS["md"].write(draft, office))

    def read(self, path: Path) -> DocumentContents:
        return FORMATS["md"].read(path)


SPOILED = {
    "digit": lambda data: data.replace(b"145", b"146", 1),
    "cell": lambda data: data.replace(b"| 145 |", b"| 146 |"),
    "word": lambda data: data.replace("政府".encode(), "政务".encode(), 1),
    "lost": lambda data: data[: data.rindex(b"|", 0, -100)],
    "more": lambda data: data + "另有一件。\n".encode(),
    "empty": lambda data: b"",
    "no text": lambda data: b"\0" + data,
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_document_that_does_not_say_its_report_gets_no_name(draft, tmp_path, monkeypatch, spoil):
    whole = FORMATS["md"].write(draft(), OFFICE)
    assert spoil(whole) != whole
    monkeypatch.setitem(FORMATS, "wrong", Wrong(spoil))
    (tmp_path / "报告.wrong").write_bytes(b"old")
    with pytest.raises(AssistantError) as fault:
        Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["wrong"])
    assert isinstance(fault.value, VerificationError | FileError)
    assert contents(tmp_path) == {"报告.wrong": b"old"}


def test_a_report_that_does_not_say_its_answers_gets_no_file(draft, tmp_path):
    made = draft()
    *parts, table = made.report.parts
    row = next(row for row in table.rows if row.cells and row.cells[0].id == "active_total")
    wrong = row._replace(cells=(Span("figure", "146", "active_total"),))
    rows = tuple(wrong if each is row else each for each in table.rows)
    report = made.report._replace(parts=(*parts, table._replace(rows=rows)))
    with pytest.raises(VerificationError) as fault:
        Publisher(tmp_path, OFFICE).publish(dataclasses.replace(made, report=report), "报告", ALL)
    assert fault.value.details["cell"] == "active_total"
    assert contents(tmp_path) == {}


def test_no_format_is_written_when_one_fails(draft, tmp_path, monkeypatch):
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt", "md"])
    before = contents(tmp_path)
    monkeypatch.setitem(FORMATS, "wrong", Wrong(SPOILED["empty"]))
    with pytest.raises(VerificationError):
        Publisher(tmp_path, OFFICE).publish(draft(active_total=146), "报告", ["txt", "wrong", "md"])
    assert contents(tmp_path) == before


def test_what_is_published_is_what_the_format_wrote(draft, tmp_path):
    written = Publisher(tmp_path / "新" / "文件夹", OFFICE).publish(draft(), "报告", ALL)
    assert [(each.path.name, each.is_renamed) for each in written] == [
        (f"报告.{suffix}", False) for suffix in ALL
    ]
    for each, suffix in zip(written, ALL, strict=True):
        assert each.path.read_bytes() == FORMATS[suffix].write(draft(), OFFICE)


def test_the_same_answers_give_the_same_bytes_anywhere(draft, tmp_path):
    for name in ("one", "other"):
        Publisher(tmp_path / name, OFFICE).publish(draft(), "报告", ALL)
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


@pytest.mark.parametrize("is_same_publisher", [True, False])
def test_publishing_again_changes_nothing_and_adds_nothing(draft, tmp_path, is_same_publisher):
    publisher = Publisher(tmp_path, OFFICE)
    publisher.publish(draft(), "报告", ALL)
    before, record = contents(tmp_path), (tmp_path / RECORD).read_bytes()
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    again = publisher if is_same_publisher else Publisher(tmp_path, OFFICE)
    assert not any(each.is_renamed for each in again.publish(draft(), "报告", ALL))
    assert contents(tmp_path) == before
    assert (tmp_path / RECORD).read_bytes() == record


@pytest.mark.parametrize("is_same_publisher", [True, False])
def test_new_answers_overwrite_the_programs_own_untouched_file(draft, tmp_path, is_same_publisher):
    publisher = Publisher(tmp_path, OFFICE)
    for total in (145, 146, 147, 146):
        if not is_same_publisher:
            publisher = Publisher(tmp_path, OFFICE)
        made = draft(active_total=total)
        written = publisher.publish(made, "报告", ALL)
        assert not any(each.is_renamed for each in written)
        assert contents(tmp_path) == {
            f"报告.{suffix}": FORMATS[suffix].write(made, OFFICE) for suffix in ALL
        }


def test_a_file_edited_by_a_person_is_kept_and_the_new_one_named_anew(draft, tmp_path):
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ALL)
    mine = tmp_path / "报告.txt"
    edited = mine.read_bytes() + "领导批示。\n".encode()
    mine.write_bytes(edited)
    for total in (146, 147):
        made = draft(active_total=total)
        written = Publisher(tmp_path, OFFICE).publish(made, "报告", ALL)
        assert [(each.path.name, each.is_renamed) for each in written] == [
            ("报告-2.txt", True),
            *((f"报告.{suffix}", False) for suffix in ALL[1:]),
        ]
        found = contents(tmp_path)
        assert set(found) == {"报告-2.txt", *(f"报告.{suffix}" for suffix in ALL)}
        assert found["报告.txt"] == edited
        assert found["报告-2.txt"] == FORMATS["txt"].write(made, OFFICE)


def test_names_are_counted_on_while_people_edit_each_file(draft, tmp_path):
    for number in (1, 2, 3):
        written = Publisher(tmp_path, OFFICE).publish(
            draft(active_total=100 + number), "报告", ["txt"]
        )
        name = "报告.txt" if number == 1 else f"报告-{number}.txt"
        assert [each.path.name for each in written] == [name]
        written[0].path.write_bytes(b"mine")
    assert set(contents(tmp_path).values()) == {b"mine"}


@pytest.mark.parametrize(
    "strange", [b"", b"mine", b"\0" * 3_000_000], ids=["empty", "small", "large"]
)
def test_a_file_the_program_never_wrote_is_kept(draft, tmp_path, strange):
    (tmp_path / "报告.txt").write_bytes(strange)
    written = Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    assert [(each.path.name, each.is_renamed) for each in written] == [("报告-2.txt", True)]
    assert (tmp_path / "报告.txt").read_bytes() == strange


def test_a_file_with_the_very_bytes_to_be_written_is_nobodys_change(draft, tmp_path):
    (tmp_path / "报告.txt").write_bytes(FORMATS["txt"].write(draft(), OFFICE))
    written = Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    assert [each.is_renamed for each in written] == [False]


def test_a_folder_in_the_place_of_a_document_is_left_alone(draft, tmp_path):
    (tmp_path / "报告.txt").mkdir()
    (tmp_path / "报告.txt" / "x").write_bytes(b"x")
    written = Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    assert [each.path.name for each in written] == ["报告-2.txt"]
    assert (tmp_path / "报告.txt" / "x").read_bytes() == b"x"


@pytest.mark.parametrize(
    "record",
    [b"", b"\0\xff", b"\n\n", b"not a record\n", "坏".encode("gbk"), b"0" * 64 + b"  \n"],
)
def test_a_broken_record_only_makes_the_program_careful(draft, tmp_path, record):
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    before = contents(tmp_path)
    (tmp_path / RECORD).write_bytes(record)
    written = Publisher(tmp_path, OFFICE).publish(draft(active_total=146), "报告", ["txt"])
    assert [each.path.name for each in written] == ["报告-2.txt"]
    assert contents(tmp_path)["报告.txt"] == before["报告.txt"]


@pytest.mark.parametrize(
    "name", ["a b", "报告.2017", "-x", "。", "甲\u2028乙", "甲\x85乙", "a'\"$(b)"]
)
def test_any_name_is_remembered_as_the_programs_own(draft, tmp_path, name):
    for total in (145, 146):
        written = Publisher(tmp_path, OFFICE).publish(draft(active_total=total), name, ALL)
        assert [each.path.name for each in written] == [f"{name}.{suffix}" for suffix in ALL]
        assert len(contents(tmp_path)) == len(ALL)


@pytest.mark.skipif(os.name == "nt", reason="names are always text on Windows")
def test_a_name_in_a_foreign_encoding_is_a_name(draft, tmp_path):
    name = os.fsdecode("示例镇".encode("gbk"))
    for total in (145, 146):
        written = Publisher(tmp_path, OFFICE).publish(draft(active_total=total), name, ["txt"])
        assert [each.is_renamed for each in written] == [False]
    assert len(contents(tmp_path)) == 1


def test_a_name_from_answers_never_leaves_the_folder(draft, tmp_path):
    made = draft(body_name="../../etc/passwd")
    Publisher(tmp_path / "out", OFFICE).publish(made, "报告", ALL)
    assert sorted(path.name for path in tmp_path.rglob("报告*")) == sorted(
        f"报告.{suffix}" for suffix in ALL
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_in_the_place_of_the_folder_is_a_file_error(tmp_path):
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(FileError) as fault:
        Publisher(tmp_path / "out", OFFICE)
    assert fault.value.code == "folder_is_file"
    with pytest.raises(FileError):
        Publisher(tmp_path / "out" / "deeper", OFFICE)
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_a_folder_that_vanished_is_a_file_error(draft, tmp_path):
    publisher = Publisher(tmp_path / "out", OFFICE)
    (tmp_path / "out").rmdir()
    with pytest.raises(FileError) as fault:
        publisher.publish(draft(), "报告", ALL)
    assert fault.value.code == "file_missing"


def test_a_name_too_long_is_a_file_error_and_leaves_nothing(draft, tmp_path):
    with pytest.raises(FileError) as fault:
        Publisher(tmp_path, OFFICE).publish(draft(), "长" * 200, ALL)
    assert fault.value.code == "file_name_too_long"
    assert contents(tmp_path) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_place_of_a_document_does_not_stop_the_program(draft, tmp_path):
    os.mkfifo(tmp_path / "报告.txt")
    written = Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    assert [each.path.name for each in written] == ["报告-2.txt"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user with limits")
def test_a_read_only_folder_is_a_file_error_and_stays_as_it_is(draft, tmp_path):
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    before = contents(tmp_path)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(FileError) as fault:
            Publisher(tmp_path, OFFICE).publish(draft(active_total=146), "报告", ["txt"])
    finally:
        tmp_path.chmod(0o755)
    assert fault.value.code == "file_forbidden"
    assert contents(tmp_path) == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_document_that_is_open_elsewhere_stops_all_of_them(
    draft, sentences, tmp_path, monkeypatch, number
):
    """As Windows refuses to replace what Word has open."""
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ALL)
    before = contents(tmp_path)
    really = system.replace

    def refuse(old: Path, new: Path) -> None:
        if new.name == "报告.docx":
            raise OSError(number, "open elsewhere")
        really(old, new)

    monkeypatch.setattr(system, "replace", refuse)
    with pytest.raises(FileError) as fault:
        Publisher(tmp_path, OFFICE).publish(draft(active_total=146), "报告", ALL)
    assert fault.value.code == "document_blocked"
    said = sentences.say(f"errors.{fault.value.code}", **fault.value.details)
    assert f"「{tmp_path / '报告.docx'}」改不了，可能正在Word或WPS里打开着" in said
    assert contents(tmp_path) == before
    monkeypatch.undo()
    written = Publisher(tmp_path, OFFICE).publish(draft(active_total=147), "报告", ALL)
    assert not any(each.is_renamed for each in written)


def test_a_document_that_somebody_changes_this_moment_stops_all_of_them(
    draft, tmp_path, monkeypatch
):
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt", "md"])
    before = contents(tmp_path)
    really = system.replace

    def late(old: Path, new: Path) -> None:
        if new.name == "报告.txt":
            (tmp_path / "报告.md").write_bytes(b"mine")
        really(old, new)

    monkeypatch.setattr(system, "replace", late)
    with pytest.raises(FileError, match="changed_meanwhile"):
        Publisher(tmp_path, OFFICE).publish(draft(active_total=146), "报告", ["txt", "md"])
    assert contents(tmp_path) == {**before, "报告.md": b"mine"}


def test_an_earlier_version_that_stands_again_is_still_known(draft, tmp_path):
    publisher = Publisher(tmp_path, OFFICE)
    for total in (145, 146, 147, 145):
        publisher.publish(draft(active_total=total), "报告", ["txt"])
    for total in range(200, 230):
        publisher.publish(draft(active_total=total), "别的", ["txt"])
    (written,) = publisher.publish(draft(active_total=148), "报告", ["txt"])
    assert not written.is_renamed


def test_the_record_does_not_grow_without_end(draft, tmp_path):
    for total in range(145, 175):
        Publisher(tmp_path, OFFICE).publish(draft(active_total=total), "报告", ["txt"])
    assert len((tmp_path / RECORD).read_text("utf-8").splitlines()) <= 20
    assert [each.name for each in tmp_path.glob("*.txt")] == ["报告.txt"], "it is known as ours"


def test_a_record_that_was_cut_off_knows_what_is_whole_in_it(draft, tmp_path):
    Publisher(tmp_path, OFFICE).publish(draft(), "报告", ["txt"])
    with (tmp_path / RECORD).open("ab") as stream:
        stream.write(b"0123abc")
    for total in (146, 147):
        publisher = Publisher(tmp_path, OFFICE)
        assert not publisher.publish(draft(active_total=total), "报告", ["txt"])[0].is_renamed


def test_a_batch_adds_a_line_for_each_new_file(draft, tmp_path):
    publisher = Publisher(tmp_path, OFFICE)
    sizes = []
    for name in "甲乙丙丁":
        publisher.publish(draft(), name, ["txt"])
        sizes.append((tmp_path / RECORD).stat().st_size)
    assert {after - before for before, after in pairwise(sizes)} == {sizes[0]}


def test_the_work_for_a_file_does_not_grow_with_those_before_it(draft, tmp_path, monkeypatch):
    read = [0]

    def counting(number: int, count: int, real: Callable[[int, int], bytes] = system.read) -> bytes:
        data = real(number, count)
        read[-1] += len(data)
        return data

    monkeypatch.setattr(system, "read", counting)
    publisher, made = Publisher(tmp_path, OFFICE), draft()
    for name in "甲乙丙丁戊己":
        publisher.publish(made, name, ["txt"])
        read.append(0)
    assert len(set(read[2:-1])) == 1, "what the record said before is not read again"


def test_what_two_runs_note_at_the_same_time_is_known_to_both(draft, tmp_path):
    one, other = Publisher(tmp_path, OFFICE), Publisher(tmp_path, OFFICE)
    for name in "甲乙丙":
        one.publish(draft(), f"{name}一", ["txt"])
        other.publish(draft(), f"{name}二", ["txt"])
    for name in ("甲一", "甲二", "丙一", "丙二"):
        for each in (one, other):
            (written,) = each.publish(draft(active_total=148), name, ["txt"])
            assert not written.is_renamed
            each.publish(draft(), name, ["txt"])


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a place nobody may write to")
def test_a_place_nobody_may_write_to_is_a_file_error(draft):
    with pytest.raises(FileError):
        Publisher(Path("/proc/self"), OFFICE).publish(draft(), "报告", ALL)
    with pytest.raises(FileError):
        Publisher(Path("/proc/self/报告"), OFFICE)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("is_broken", [True, False])
def test_a_link_is_somebody_elses_and_neither_followed_nor_replaced(draft, tmp_path, is_broken):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "报告.txt").symlink_to(tmp_path / "elsewhere.txt")
    made = draft(funding=Decimal("1.5"))
    if not is_broken:
        (tmp_path / "elsewhere.txt").write_bytes(FORMATS["txt"].write(made, OFFICE))
    written = Publisher(tmp_path / "out", OFFICE).publish(made, "报告", ["txt"])
    assert [each.path.name for each in written] == ["报告-2.txt"]
    assert (tmp_path / "out" / "报告.txt").is_symlink()
    assert (tmp_path / "elsewhere.txt").exists() is not is_broken
