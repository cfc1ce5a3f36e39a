"""Editions kept compiled: the same as read from their files, or not used at all."""

import json
import os
import shutil
from hashlib import sha256

import pytest

from assistant.form.loader import Library, compiled, data_files, edition_folder, open_library
from assistant.storage.errors import LibraryError
from tests.conftest import ROOT
from tests.faults import broken

EDITIONS = ("beijing-2014", "national-2014", "national-2019", "national-2021")
EDITION = "national-2014"
"""Based on another, so that it is made of the files of two folders."""


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A library of its own, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(ROOT / "prompts_templates", tmp_path / "templates")
    return tmp_path / "templates"


@pytest.fixture
def kept(copy):
    """The file in which the edition is kept."""
    Library(copy).edition(EDITION)
    (path,) = (copy.parent / "cache" / "nianbao" / "editions").iterdir()
    return path


@pytest.fixture
def made(monkeypatch):
    """What was validated since; nothing where the cache was used."""
    kinds = []

    def validate(kind, *arguments):
        kinds.append(kind.__name__)
        return true(kind, *arguments)

    true = data_files.validate
    monkeypatch.setattr(edition_folder, "validate", validate)
    return kinds


def everything(folder):
    shelf = Library(folder)
    return [*map(shelf.edition, EDITIONS), shelf.typography, shelf.sentences.sections]


def test_what_is_kept_is_what_was_read(copy, made):
    first = everything(copy)
    assert len(made) == len(EDITIONS)
    again = everything(copy)
    assert len(made) == len(EDITIONS)
    assert again == first
    assert repr(again[-2]) == repr(first[-2])
    for one, other in zip(again, first, strict=True):
        assert one is not other


@pytest.mark.parametrize(
    "file",
    [
        "national-2014/edition.yaml",
        "national-2014/table/1_active.yaml",
        "beijing-2014/edition.yaml",
        "beijing-2014/facts.yaml",
        "beijing-2014/checks.yaml",
        "beijing-2014/terms.yaml",
        "beijing-2014/narrative/5_fees.j2",
    ],
)
def test_a_change_of_any_file_is_seen(file, copy, kept, made):
    path = copy / file
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    Library(copy).edition(EDITION)
    assert made
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


def test_a_file_that_is_new_is_seen(copy, kept, made):
    (copy / EDITION / "terms.yaml").write_text("[]", "utf-8")
    Library(copy).edition(EDITION)
    assert made


def test_another_version_of_the_program_reads_anew(copy, kept, made, monkeypatch):
    monkeypatch.setattr(compiled, "_program", lambda _: b"another")
    Library(copy).edition(EDITION)
    assert made


def test_a_mistake_is_found_behind_a_cache(copy, kept):
    path = copy / "beijing-2014" / "facts.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: line", "kind: lines", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(LibraryError):
            Library(copy).edition(EDITION)


def signed(body, copy):
    """A file as the program itself would write it, whoever wrote it."""
    key = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "_read", lambda _, each: key.append(each))
        Library(copy).edition(EDITION)
    return sha256(key[0] + body).hexdigest().encode() + b"\n" + body


SPOILED = {
    "nothing": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "a byte more": lambda data: data + b" ",
    "another word": lambda data: data.replace("件".encode(), "条".encode(), 1),
    "no digest": lambda data: data.partition(b"\n")[2],
    "other JSON": lambda data: b"[]",
    "bytes": lambda data: b"\xff\x00" * 100,
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_file_is_made_anew(how, copy, kept, made):
    whole = kept.read_bytes()
    kept.write_bytes(SPOILED[how](whole))
    Library(copy).edition(EDITION)
    assert made
    assert kept.read_bytes() == whole


FOREIGN = {
    "a call": ["system", "echo"],
    "a call by its whole name": ["os.system", "echo"],
    "another kind": ["Years", {"first": 2014}],
    "a kind without its fields": ["Edition", {}],
    "a field too many": ["Years", {"first": 2014, "middle": 2015}],
    "a check that its class refuses": ["Deadline", {"years": 1, "month": 13, "day": 1}],
    "depth": json.loads("[" * 900 + "]" * 900),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_edition_is_not_taken_even_with_its_digest(what, copy, kept, made, capfd):
    planted = signed(json.dumps(FOREIGN[what]).encode(), copy)
    kept.write_bytes(planted)
    made.clear()
    assert Library(copy).edition(EDITION).id == EDITION
    assert made
    assert capfd.readouterr().out == ""


def test_a_link_is_not_followed(copy, kept, made, tmp_path):
    kept.rename(tmp_path / "elsewhere.json")
    kept.symlink_to(tmp_path / "elsewhere.json")
    Library(copy).edition(EDITION)
    assert made
    assert not kept.is_symlink()


@pytest.mark.parametrize("folder", ["cache/nianbao", "cache/nianbao/editions"])
def test_a_folder_that_others_may_write_to_is_not_used(folder, copy, kept, made, tmp_path):
    (tmp_path / folder).chmod(0o770)
    Library(copy).edition(EDITION)
    assert made


def test_what_somebody_else_wrote_is_not_used(copy, kept, made, monkeypatch):
    real = os.getuid()
    monkeypatch.setattr(compiled, "cache_folder", lambda _: kept.parent)
    monkeypatch.setattr(os, "getuid", lambda: real + 1)
    Library(copy).edition(EDITION)
    assert made


def test_without_a_cache_an_edition_is_read_all_the_same(copy, made, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    for _ in range(2):
        Library(copy).edition(EDITION)
    assert len(made) == 2


def test_a_disk_that_breaks_at_any_call_costs_only_time(copy, kept):
    wanted = open_library().edition(EDITION).rules
    for at in range(12):
        for how in ("once", "on"):
            with broken(at, how, 28) as disk:
                assert compiled.compiled(tuple, copy, ["text"], lambda: wanted) == wanted
            assert not [each for each in kept.parent.iterdir() if each.name.endswith(".tmp")] or (
                disk.failed in ("unlink", "close")
            )


def test_the_cache_does_not_grow_without_end(copy, kept):
    for number in range(compiled._KEPT + 8):
        compiled.compiled(tuple, copy / str(number), [], tuple)
    assert len(list(kept.parent.iterdir())) == compiled._KEPT
