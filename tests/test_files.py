"""Files: bounded reading, YAML as mere text, writing that leaves the old or the new one whole."""

import errno
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.messages import Sentences
from assistant.storage import system
from assistant.storage.disk import (
    SIZE_LIMIT,
    decode,
    make_folder,
    read_bytes,
    rename,
    temporary_file,
)
from assistant.storage.errors import FileError
from assistant.storage.lock import lock
from assistant.storage.written_files import RECORD
from assistant.storage.yaml_text import emit, parse, plain
from tests.waiting import PATIENCE, at_once
from tests.writing import write_durably

HERE = Path("答案.yaml")
Say = Callable[[FileError], str]


@pytest.fixture
def say(sentences: Sentences) -> Say:
    """The sentence of a fault, which must name the file."""

    def say_it(fault: FileError) -> str:
        sentence = sentences.say(f"errors.{fault.code}", **fault.details)
        assert Path(str(fault.details["path"])).name in sentence
        return sentence

    return say_it


def refused(work: Callable[[], object]) -> FileError:
    with pytest.raises(FileError) as caught:
        work()
    return caught.value


# Reading bytes


def test_file_of_the_largest_size_is_read_and_a_byte_more_is_refused(
    tmp_path: Path, say: Say
) -> None:
    path = tmp_path / "大.yaml"
    path.write_bytes(b"#" * SIZE_LIMIT)
    assert len(read_bytes(path)) == SIZE_LIMIT
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))
    fault = refused(lambda: read_bytes(path))
    assert fault.code == "file_too_large"
    assert str(SIZE_LIMIT) in say(fault)


def _missing(folder: Path) -> Path:
    return folder / "没有.yaml"


def _below_a_file(folder: Path) -> Path:
    (folder / "文件").write_text("甲")
    return folder / "文件" / "答案.yaml"


def _folder(folder: Path) -> Path:
    (folder / "夹").mkdir()
    return folder / "夹"


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "管道.yaml")
    return folder / "管道.yaml"


def _device(folder: Path) -> Path:
    (folder / "设备.yaml").symlink_to("/dev/zero")
    return folder / "设备.yaml"


def _loop(folder: Path) -> Path:
    (folder / "圈.yaml").symlink_to(folder / "圈.yaml")
    return folder / "圈.yaml"


def _long_name(folder: Path) -> Path:
    return folder / ("长" * 200 + ".yaml")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_missing, "file_missing"),
        (_below_a_file, "file_missing"),
        (_folder, "file_is_folder"),
        (_fifo, "file_not_regular"),
        (_device, "file_not_regular"),
        (_loop, "file_loop"),
        (_long_name, "file_name_too_long"),
    ],
)
def test_what_is_no_readable_file_is_said_at_once(
    make: Callable[[Path], Path], code: str, tmp_path: Path, say: Say
) -> None:
    path = make(tmp_path)
    fault = refused(lambda: read_bytes(path))
    assert fault.code == code
    assert say(fault)


def test_name_with_a_null_character_is_a_missing_file(sentences: Sentences) -> None:
    fault = refused(lambda: read_bytes(Path("甲\0乙.yaml")))
    assert fault.code == "file_missing"
    assert "\0" not in sentences.say("errors.file_missing", **fault.details)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "file_forbidden"),
        (errno.EPERM, "file_forbidden"),
        (errno.EROFS, "file_read_only"),
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EIO, "file_fault"),
    ],
)
def test_fault_of_the_system_while_naming_a_file_has_a_sentence(
    number: int, code: str, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "答案.yaml"
    path.write_text("旧")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "fault")

    monkeypatch.setattr(os, "replace", fail)
    fault = refused(lambda: write_durably(path, b"new"))
    assert fault.code == code
    assert say(fault)
    assert path.read_text() == "旧"
    assert names(tmp_path) == ["答案.yaml"]


# Decoding

CHINESE = "body_name: 示例镇人民政府\n"


@pytest.mark.parametrize(
    ("data", "encoding", "has_mark"),
    [
        (CHINESE.encode(), "utf-8", False),
        (CHINESE.encode("utf-8-sig"), "utf-8", True),
        (CHINESE.encode("gbk"), "gb18030", False),
        (CHINESE.encode("gb18030"), "gb18030", False),
        (CHINESE.encode("utf-16"), "utf-16", True),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16", True),
        (b"year: 2017\n", "utf-8", False),
        (b"", "utf-8", False),
    ],
)
def test_encoding_is_recognised_and_said(data: bytes, encoding: str, has_mark: bool) -> None:
    text = decode(data, HERE)
    assert (text.encoding, text.has_mark) == (encoding, has_mark)
    assert text.text in (CHINESE, "year: 2017\n", "")


def test_rare_character_of_gb18030_is_read() -> None:
    assert decode("示例𠀀镇".encode("gb18030"), HERE).text == "示例𠀀镇"


@pytest.mark.parametrize(
    "data",
    [
        b"year: 20\x0017\n",
        b"\x00\x01\x02\x03",
        b"\xff\xff\xff\xff",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x08\x00",
        CHINESE.encode("utf-16-le"),
        CHINESE.encode("utf-32"),
        b"\xff\xfea",
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, say: Say) -> None:
    fault = refused(lambda: decode(data, HERE))
    assert fault.code == "file_not_text"
    assert say(fault)


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=80).map(str.encode)))
def test_any_bytes_give_a_tree_or_a_named_fault(data: bytes) -> None:
    try:
        node = parse(decode(data, HERE).text, HERE)
    except FileError as fault:
        assert fault.details["path"] == str(HERE)
    else:
        assert node.line >= 1


@settings(max_examples=200)
@given(st.text("-?:,[]{}#&*!|>'\"%@` \n\tab1甲", max_size=40))
def test_any_play_with_yaml_marks_gives_a_tree_or_a_named_fault(text: str) -> None:
    try:
        parse(text, HERE)
    except FileError as fault:
        assert fault.code.startswith(("yaml_", "file_empty"))


# Parsing

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 1\na: 2\n", "yaml_duplicate", 3),
        ("a:\n  - 1\nb: 1\na: 2\n", "yaml_duplicate", 4),
        ("answers:\n  x: 1\n  y: 2\n  x: 1\n", "yaml_duplicate", 4),
        ("a: {x: 1, x: 2}\n", "yaml_duplicate", 1),
        (LAUGHS, "yaml_anchor", 1),
        ("a: &a\n  - *a\n", "yaml_anchor", 1),
        ("a: &name x\n", "yaml_anchor", 1),
        ("a: *nobody\n", "yaml_alias", 1),
        ("a: 1\nb: !!python/object/apply:os.system [id]\n", "yaml_tag", 2),
        ("a: !!int 3\n", "yaml_tag", 1),
        ("a: ! 3\n", "yaml_tag", 1),
        ("!!map {a: 1}\n", "yaml_tag", 1),
        ("a: 1\n---\nb: 2\n", "yaml_two_documents", 2),
        ("---\na: 1\n---\nb: 2\n", "yaml_two_documents", 3),
        ("a: 1\n...\n---\nb: 2\n", "yaml_two_documents", 3),
        ("{a: 1}\nb: 2\n", "yaml_broken", 2),
        ("a: 1\n...\nb: [", "yaml_broken", 3),
        ("a: b: c\n", "yaml_broken", 1),
        ("a: 1\n b: 2\n", "yaml_broken", 2),
        ("a: 1\n\tb: 2\n", "yaml_tab_indent", 2),
        ("a: [1, 2\n", "yaml_broken", 2),
        ("? [a, b]\n: 1\n", "yaml_odd_key", 1),
        ("[" * 100_000, "yaml_too_deep", 1),
        ("{a: " * 100_000, "yaml_too_deep", 1),
        ("- " * 100_000, "yaml_too_deep", 1),
        ("a:\n" + "".join(" " * n + "b:\n" for n in range(1, 40)), "yaml_too_deep", 17),
    ],
    ids=lambda value: repr(value[:14]) if isinstance(value, str) else None,
)
def test_bad_yaml_is_refused_with_its_line(text: str, code: str, line: int, say: Say) -> None:
    with at_once():
        fault = refused(lambda: parse(text, HERE))
    assert (fault.code, fault.details["line"]) == (code, line)
    assert f"第{line}行" in say(fault)


def test_two_equal_keys_are_both_named(say: Say) -> None:
    text = "b: 1\na:\n  - 甲\n  - 乙\nc: 1\na: 2\n"
    fault = refused(lambda: parse(text, HERE))
    assert (fault.details["first"], fault.details["line"]) == (2, 6)
    assert "第2行" in say(fault)


@pytest.mark.parametrize("text", ["", " \n\n", "# 只有说明\n", "\n# 一\n# 二\n"])
def test_file_without_content_is_said_to_be_empty(text: str, say: Say) -> None:
    fault = refused(lambda: parse(text, HERE))
    assert fault.code == "file_empty"
    assert say(fault)


@pytest.mark.parametrize("text", ["a: \x07\n", "a: \x1b[31m\n", "a: \x7f\n"])
def test_control_character_in_a_file_is_refused(text: str, say: Say) -> None:
    fault = refused(lambda: parse(text, HERE))
    assert fault.code == "yaml_broken_character"
    assert say(fault)


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "null", "~", "1e3", "0x10", "010", "1_000", "2018-03-05", "1:30", ".nan", "0.10"],
)
def test_no_type_is_guessed(word: str) -> None:
    assert plain(parse(f"a: {word}\n", HERE)) == {"a": word}


def test_lines_are_counted_from_one() -> None:
    top: Any = parse("# 说明\na: 1\n\nb:\n  c: 2\n", HERE)
    assert top.value["a"].line == 2
    assert top.value["b"].value["c"].line == 5


def test_windows_line_ends_are_read() -> None:
    assert plain(parse("a: 1\r\nb: 2\r\n", HERE)) == {"a": "1", "b": "2"}


# Writing YAML

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(" \t\n\r\x85\u2028#:-'\"\\|>&*!%@`[]{},?=~.甲a1\x07\x1b\ufeff", max_size=8),
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=300)
@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=3))
def test_what_is_written_reads_back(entries: dict[str, object]) -> None:
    text = "".join(emit(key, value, "说明（条）") for key, value in entries.items())
    assert plain(parse(text, HERE)) == entries


@settings(max_examples=100)
@given(WORDS, TREES)
def test_written_text_is_printable_and_ends_its_line(key: str, value: object) -> None:
    text = emit(key, value)
    assert text.endswith("\n")
    assert all(each.isprintable() or ord(each) > 0x7F for each in text.replace("\n", ""))


@pytest.mark.parametrize("value", ["甲", "甲\n乙", {"丙": ["1", {"k" * 1_500: "2"}]}, [], ""])
@pytest.mark.parametrize("length", [990, 1_024, 1_025, 40_000])
def test_an_endless_key_reads_back(length: int, value: object) -> None:
    entries = {"x" * length: value, "乙" * length: value, "a: " * (length // 3): value}
    text = emit("answers", entries)
    assert plain(parse(text, HERE)) == {"answers": entries}


def test_entry_is_written_as_people_write_it() -> None:
    assert emit("year", "2017", "报告年度") == "year: 2017                     # 报告年度\n"
    assert emit("own", "甲\n乙", indent=2) == "  own: |-\n    甲\n    乙\n"
    assert emit("x", ["甲", "乙"]) == "x:\n  - 甲\n  - 乙\n"
    assert emit("x", []) == "x: []\n"
    assert emit("x", "{{ 7*7 }}") == 'x: "{{ 7*7 }}"\n'


# Writing to disk


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.name != RECORD)


def test_one_previous_version_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "答案.yaml"
    for version in (b"1", b"2", b"3"):
        write_durably(path, version)
    assert path.read_bytes() == b"3"
    assert (tmp_path / "答案.yaml.bak").read_bytes() == b"2"
    assert names(tmp_path) == ["答案.yaml", "答案.yaml.bak"]


def test_first_version_leaves_no_backup(tmp_path: Path) -> None:
    write_durably(tmp_path / "答案.yaml", b"1")
    assert names(tmp_path) == ["答案.yaml"]


def test_written_file_has_the_mode_of_an_ordinary_new_file(tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("")
    write_durably(tmp_path / "乙", b"")
    assert (tmp_path / "乙").stat().st_mode == (tmp_path / "甲").stat().st_mode


def test_disk_that_cannot_sync_a_folder_still_takes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def only_files(number: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{number}"):  # noqa: PTH112  a link of the system
            raise OSError(errno.EINVAL, "fault")
        sync(number)

    monkeypatch.setattr(os, "fsync", only_files)
    write_durably(tmp_path / "答案.yaml", b"1")
    assert (tmp_path / "答案.yaml").read_bytes() == b"1"


def test_full_disk_at_the_sync_leaves_the_old_file(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "答案.yaml"
    write_durably(path, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "fault")

    monkeypatch.setattr(os, "fsync", full)
    fault = refused(lambda: write_durably(path, b"new"))
    assert fault.code == "disk_full"
    assert "原来的文件完好" in say(fault)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["答案.yaml"]


@pytest.mark.parametrize("make", [_missing, _below_a_file])
def test_place_that_does_not_exist_is_said(
    make: Callable[[Path], Path], tmp_path: Path, say: Say
) -> None:
    path = make(tmp_path / "无") if make is _missing else make(tmp_path)
    fault = refused(lambda: write_durably(path, b"1"))
    assert fault.code == "file_missing"
    assert say(fault)
    with pytest.raises(FileError), lock(path):
        pass


def test_folder_in_the_place_of_a_file_is_said_and_left_alone(tmp_path: Path, say: Say) -> None:
    (tmp_path / "答案.yaml").mkdir()
    fault = refused(lambda: write_durably(tmp_path / "答案.yaml", b"1"))
    assert fault.code == "file_is_folder"
    assert say(fault)
    with temporary_file(b"1", tmp_path / "答案.yaml", durable=False) as temporary:
        fault = refused(lambda: rename(temporary, tmp_path / "答案.yaml"))
    assert fault.code == "file_is_folder"
    assert names(tmp_path) == ["答案.yaml"]


def test_folder_cannot_be_made_where_a_file_stands(tmp_path: Path, say: Say) -> None:
    (tmp_path / "文件").write_text("甲")
    fault = refused(lambda: make_folder(tmp_path / "文件"))
    assert fault.code == "folder_is_file"
    assert say(fault)
    assert refused(lambda: make_folder(tmp_path / "文件" / "里")).code == "file_missing"
    make_folder(tmp_path / "一" / "二")
    make_folder(tmp_path / "一" / "二")
    assert (tmp_path / "一" / "二").is_dir()


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from assistant.storage.errors import FileError
    from tests.writing import write_durably
    path = Path(sys.argv[1]) / "答案.yaml"
    try:
        write_durably(path, b"x" * 60_000)
    except FileError as fault:
        print(fault.code)
    names = sorted(each.name for each in path.parent.iterdir() if each.suffix)
    print(path.read_bytes()[:3].decode(), *names)
    """
)


def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parent.parent
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )


def test_write_that_the_system_cuts_short_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "答案.yaml").write_bytes(b"old")

    def allow_little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = run([sys.executable, "-c", WRITER, str(tmp_path)], preexec_fn=allow_little)
    assert done.stdout.split() == ["file_fault", "old", "答案.yaml"], done.stderr


@pytest.mark.parametrize(
    ("then", "code"), [("", "disk_full"), ('mount -o remount,ro "$1" &&', "file_read_only")]
)
def test_full_or_read_only_disk_leaves_the_old_file(then: str, code: str, tmp_path: Path) -> None:
    mount = 'mount -t tmpfs -o size=16k none "$1"'
    own_mounts = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    try:
        can = run([*own_mounts, mount, "sh", str(tmp_path)]).returncode == 0
    except OSError:
        can = False
    if not can:
        pytest.skip("this system lets no process mount a small disk of its own")
    script = f'{mount} && printf old > "$1/答案.yaml" && {then} exec "$2" -c "$3" "$1"'
    done = run([*own_mounts, script, "sh", str(tmp_path), sys.executable, WRITER])
    assert done.stdout.split() == [code, "old", "答案.yaml"], done.stderr


# Locks

HOLDER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from assistant.storage.lock import lock
    with lock(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
    """
)


def test_second_writer_is_refused_until_the_first_dies(tmp_path: Path, say: Say) -> None:
    path = tmp_path / "答案.yaml"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(FileError) as caught, lock(path):
            pass
        assert caught.value.code == "file_locked"
        assert say(caught.value)
        with lock(tmp_path / "别的.yaml"):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=PATIENCE)
    with lock(path):
        pass


def test_lock_is_freed_at_the_end_of_the_work_and_by_its_failure(tmp_path: Path) -> None:
    path = tmp_path / "答案.yaml"
    with pytest.raises(ZeroDivisionError), lock(path):
        raise ZeroDivisionError
    with lock(path), pytest.raises(FileError), lock(path):
        pass
    with lock(path):
        pass


def test_lock_needs_no_answer_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with lock(tmp_path / "答案.yaml"):
        pass
    with pytest.raises(ZeroDivisionError), lock(tmp_path / "答案.yaml"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_goes_away_is_never_held_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opened the file before its holder removed it must not take it for the next one."""
    take, opened = system.take_lock, []

    def late(number: int) -> None:
        opened.append(os.fstat(number).st_ino)
        if len(opened) == 1:
            (tmp_path / ".答案.yaml.lock").unlink()
        take(number)

    monkeypatch.setattr(system, "take_lock", late)
    with lock(tmp_path / "答案.yaml"):
        assert len(opened) == 2
        assert (tmp_path / ".答案.yaml.lock").stat().st_ino == opened[1]
        with pytest.raises(FileError), lock(tmp_path / "答案.yaml"):
            pass
    assert list(tmp_path.iterdir()) == []
