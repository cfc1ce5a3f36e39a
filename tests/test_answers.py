"""The answer file: what it says is kept word for word, what it cannot say is named by its line."""

import dataclasses
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import (
    Acknowledgement,
    Answer,
    Answers,
    LoadedAnswers,
    LockedAnswerFile,
    answer_schema,
    can_be_none,
    load,
    may_be_empty,
    read_answers,
    read_given,
    write_answers,
)
from assistant.answers.model import State
from assistant.form.loader import Library, open_library
from assistant.form.model import Edition, Option, Question
from assistant.messages import Sentences
from assistant.messages.findings import Finding
from assistant.storage.disk import DecodedText, decode
from assistant.storage.errors import EditionError, FileError
from assistant.storage.lock import lock
from assistant.values import Refusal, clean_text
from tests.conftest import ROOT, SAMPLES
from tests.data.cases import cases
from tests.strategies import COUNTS, EDITIONS, answers
from tests.writing import save

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

HEAD = "format: 1\nedition: beijing-2014\nyear: 2017\n"
EDITION = open_library().edition("beijing-2014")
Read = Callable[[str], LoadedAnswers]


def with_answers(entries: str) -> str:
    """An answer file with these entries, the first of them on line 5."""
    return f"{HEAD}answers:\n" + "".join(f"  {line}\n" for line in entries.splitlines())


def found(reading: LoadedAnswers, code: str) -> list[Finding]:
    return [finding for finding in reading.findings if finding.code == code]


def without_lines(given_answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: dataclasses.replace(each, line=0) for name, each in given_answers.items()}


# What was written is read back

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
LEFT_AS_TYPED = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(WORDS, inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)
UNREADABLE = st.dictionaries(
    st.sampled_from(["谁", "数 字", "a: b", "条"]), LEFT_AS_TYPED, min_size=1, max_size=2
)


def _is_kept(text: str) -> bool:
    cleaned = clean_text(text)
    return not isinstance(cleaned, Refusal) and cleaned == text != ""


NOTES = st.one_of(
    st.sampled_from(["财政所下周给数", "{{ 7*7 }}", "# 题", "甲\n  乙", '"引"', "a: b"]),
    WORDS.filter(_is_kept),
)


@st.composite
def one_answer(draw: st.DrawFn, question: Question, plain: Answer) -> Answer:
    states: list[State] = ["given", "given", "given", "absent", "provisional", "unread"]
    if can_be_none(question) and not may_be_empty(question):
        states.append("none")
    state = draw(st.sampled_from(states))
    if state == "unread":
        return Answer(None, "unread", raw=draw(UNREADABLE))
    remark = draw(st.one_of(st.just(""), NOTES))
    return Answer(None if state in ("absent", "none") else plain.value, state, remark)


@st.composite
def kept_answers(draw: st.DrawFn) -> Answers:
    """Answers in every state, with entries nobody asked for and reasons for anything."""
    edition = draw(st.sampled_from(EDITIONS))
    plain = draw(answers(edition, complete=draw(st.booleans())))
    changed = draw(st.sets(st.sampled_from(list(edition.asked)), max_size=6))
    given_answers = {
        name: draw(one_answer(edition.questions[name], each)) if name in changed else each
        for name, each in plain.given.items()
    }
    unknown = draw(
        st.dictionaries(WORDS.filter(lambda name: name not in edition.asked), LEFT_AS_TYPED)
    )
    totals = [name for name in edition.sums if name in edition.cells]
    claimed = draw(
        st.dictionaries(st.sampled_from(totals), COUNTS.map(Answer), max_size=3)
        if totals
        else st.just({})
    )
    reasons = st.builds(
        Acknowledgement,
        NOTES,
        st.dictionaries(
            st.sampled_from([*edition.asked]), st.text("0123456789.甲"), min_size=1, max_size=3
        ),
    )
    acknowledged = draw(st.dictionaries(WORDS, reasons, max_size=3))
    return Answers(edition, plain.year, given_answers, acknowledged, unknown, claimed)


LAW = settings(
    max_examples=40,
)


@LAW
@given(kept_answers())
def test_written_answers_read_back_in_full_and_write_the_same_bytes(written: Answers) -> None:
    text = write_answers(written)
    answers_read = read_answers(
        DecodedText(text, "utf-8", False), Path("答案.yaml"), open_library()
    ).answers
    assert without_lines(answers_read.given) == without_lines(written.given)
    assert (answers_read.year, answers_read.edition) == (written.year, written.edition)
    assert answers_read.unknown == written.unknown
    assert without_lines(answers_read.claimed) == without_lines(written.claimed)
    assert answers_read.acknowledged == written.acknowledged
    assert write_answers(answers_read) == text


@settings(LAW, max_examples=10)
@given(kept_answers())
def test_saved_file_loads_and_saves_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, written: Answers
) -> None:
    path = tmp_path_factory.mktemp("kept") / "示例镇-2017.yaml"
    save(written, path)
    first = path.read_bytes()
    save(load(path, open_library()).answers, path)
    assert path.read_bytes() == first
    assert not path.with_name("示例镇-2017.yaml.bak").exists()  # what stands is not written again


@LAW
@given(st.sampled_from(EDITIONS).flatmap(answers))
def test_plain_answers_raise_no_finding_but_for_questions_that_do_not_apply(
    written: Answers,
) -> None:
    reading = read_answers(
        DecodedText(write_answers(written), "utf-8", False), Path("答案.yaml"), open_library()
    )
    assert {finding.code for finding in reading.findings} <= {"F06", "F12"}
    assert reading.answers.numbers == written.numbers


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *[("contact_office", word) for word in ("暂缺", "待核实", "不适用", "暂缺，甲")],
        *[
            ("other_matters", word)
            for word in ("暂缺", "不适用", "无", "没有", "不填", "不适用 甲")
        ],
        *[("own_1", word) for word in ("暂缺", "待核实", "不适用", "无此情况", "暂缺，甲")],
    ],
)
def test_text_that_speaks_of_a_state_stays_text(
    name: str, words: str, edition: Edition, read_text_of: Read
) -> None:
    text = write_answers(Answers(edition, 2017, {name: Answer(words)}))
    assert read_text_of(text).answers.value(name) == words


def test_optional_answer_that_does_not_exist_is_written_plainly(
    edition: Edition, read_text_of: Read
) -> None:
    given_answers = {
        "contact_email": Answer(None, "none"),
        "report_url": Answer(None, "none", "尚未建站"),
    }
    text = write_answers(Answers(edition, 2017, given_answers))
    assert "  contact_email: 不适用 " in text
    assert "    state: 不适用\n    remark: 尚未建站\n" in text
    reading = read_text_of(text)
    assert reading.findings == ()
    assert without_lines(reading.answers.given) == given_answers


def test_answers_stand_in_the_order_of_the_form_with_their_label(
    read_text_of: Read, edition: Edition
) -> None:
    reading = read_text_of(with_answers("fees_waived: 350元\nactive_total: 145\nbody_name: 甲镇"))
    lines = write_answers(reading.answers).splitlines()
    assert lines[:4] == ["format: 1", "edition: beijing-2014", "year: 2017", "answers:"]
    assert [line.split(":")[0].strip() for line in lines[4:]] == [
        "body_name",
        "active_total",
        "fees_waived",
    ]
    assert lines[5].startswith("  active_total: 145 ")
    assert lines[5].endswith(f"# {edition.name('active_total')}（条）")
    assert "  fees_waived: 0.035 " in lines[6]


def test_comments_of_a_person_are_lost_on_rewriting_but_the_old_file_is_kept(
    tmp_path: Path, shelf: Library
) -> None:
    path = tmp_path / "答案.yaml"
    path.write_text(with_answers("active_total: 145  # 问过老王"), "utf-8")
    before = path.read_bytes()
    save(load(path, shelf).answers, path)
    assert "老王" not in path.read_text("utf-8")
    assert load(path, shelf).answers.value("active_total") == 145
    assert (tmp_path / "答案.yaml.bak").read_bytes() == before


def test_file_held_by_another_session_is_not_written(tmp_path: Path, edition: Edition) -> None:
    path = tmp_path / "答案.yaml"
    save(Answers(edition, 2017, {"trainees": Answer(1)}), path)
    before = path.read_bytes()
    with lock(path), pytest.raises(FileError) as caught:
        save(Answers(edition, 2017, {"trainees": Answer(2)}), path)
    assert caught.value.code == "file_locked"
    assert path.read_bytes() == before


KEEPER = """
import os, sys
from pathlib import Path
from assistant.answers import Answer, Answers, LockedAnswerFile
from assistant.form.loader import open_library
path = Path(sys.argv[1])
edition = open_library().edition("beijing-2014")
with LockedAnswerFile(path) as keeper:
    keeper.save(Answers(edition, 2017, {"trainees": Answer(1)}))
    print("held", flush=True)
    if sys.stdin.readline().strip() == "die":
        os.kill(os.getpid(), 9)
print("freed", flush=True)
sys.stdin.readline()
"""


@contextmanager
def another_keeper(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the file and has written trainees: 1 into it."""
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as other:
        try:
            assert other.stdout.readline() == "held\n"
            yield other
        finally:
            other.kill()


def trainees(edition: Edition, number: int) -> Answers:
    return Answers(edition, 2017, {"trainees": Answer(number)})


def written_in(path: Path) -> object:
    return load(path, open_library()).answers.value("trainees")


def test_keeper_holds_the_file_against_another_program(tmp_path: Path, edition: Edition) -> None:
    path = tmp_path / "答案.yaml"
    with another_keeper(path) as other:
        before = path.read_bytes()
        for attempt in (
            lambda: LockedAnswerFile(path).__enter__(),
            lambda: save(trainees(edition, 2), path),
        ):
            with pytest.raises(FileError) as caught:
                attempt()
            assert caught.value.code == "file_locked"
        assert path.read_bytes() == before
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "freed\n"
        with LockedAnswerFile(path) as keeper:
            assert keeper.save(trainees(edition, 2)) is None
    assert written_in(path) == 2
    assert written_in(tmp_path / "答案.yaml.bak") == 1


def test_death_of_a_keeper_frees_the_file_and_leaves_it_whole(
    tmp_path: Path, edition: Edition
) -> None:
    path = tmp_path / "答案.yaml"
    with another_keeper(path) as other:
        other.stdin.write("die\n")
        other.stdin.flush()
        assert other.wait(timeout=60) == -9
    assert written_in(path) == 1
    with LockedAnswerFile(path) as keeper:
        assert keeper.save(trainees(edition, 2)) is None


def test_keeper_writes_again_and_again_but_never_the_same(tmp_path: Path, edition: Edition) -> None:
    path = tmp_path / "答案.yaml"
    with LockedAnswerFile(path) as keeper:
        for number in range(3):
            assert keeper.save(trainees(edition, number)) is None
        stamp = path.stat().st_mtime_ns, path.stat().st_ino
        assert keeper.save(trainees(edition, 2)) is None
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == stamp
    assert (written_in(path), written_in(tmp_path / "答案.yaml.bak")) == (2, 1)
    with LockedAnswerFile(path):
        pass


@pytest.mark.parametrize("is_new", [True, False])
def test_what_somebody_else_wrote_meanwhile_is_kept(
    is_new: bool, tmp_path: Path, edition: Edition
) -> None:
    path = tmp_path / "答案.yaml"
    if not is_new:
        save(trainees(edition, 1), path)
    (tmp_path / "答案-另存1.yaml").write_bytes("早就有的".encode())
    with LockedAnswerFile(path) as keeper:
        path.write_bytes("有人改过".encode())
        assert keeper.save(trainees(edition, 2)) == tmp_path / "答案-另存2.yaml"
        assert keeper.save(trainees(edition, 3)) is None
        path.write_bytes("又改过".encode())
        assert keeper.save(trainees(edition, 4)) == tmp_path / "答案-另存3.yaml"
        path.unlink()
        assert keeper.save(trainees(edition, 5)) is None
        path.write_bytes(write_answers(trainees(edition, 6)).encode())
        assert keeper.save(trainees(edition, 6)) is None
        assert keeper.save(trainees(edition, 7)) is None
    assert written_in(path) == 7
    kept = [(tmp_path / f"答案-另存{number}.yaml").read_bytes().decode() for number in (1, 2, 3)]
    assert kept == ["早就有的", "有人改过", "又改过"]


def test_full_disk_leaves_the_old_file_and_keeps_the_other_version_once(
    tmp_path: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "答案.yaml"
    with LockedAnswerFile(path) as keeper:
        keeper.save(trainees(edition, 1))
        path.write_bytes("有人改过".encode())
        calls: list[int] = []

        def full(number: int) -> None:
            calls.append(number)
            if len(calls) > 1:  # the other version still finds room
                raise OSError(errno.ENOSPC, "fault")

        with monkeypatch.context() as patch, pytest.raises(FileError) as caught:
            patch.setattr(os, "fsync", full)
            keeper.save(trainees(edition, 2))
        assert caught.value.code == "disk_full"
        assert path.read_bytes().decode() == "有人改过"
        assert keeper.save(trainees(edition, 2)) == tmp_path / "答案-另存1.yaml"
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix == ".yaml") == [
        "答案-另存1.yaml",
        "答案.yaml",
    ]
    assert not list(tmp_path.glob(".nianbao-*.tmp"))


def test_folder_that_vanished_is_said_and_may_come_back(tmp_path: Path, edition: Edition) -> None:
    folder = tmp_path / "盘"
    folder.mkdir()
    with LockedAnswerFile(folder / "答案.yaml") as keeper:
        keeper.save(trainees(edition, 1))
        folder.rename(tmp_path / "走了")
        with pytest.raises(FileError) as caught:
            keeper.save(trainees(edition, 2))
        assert caught.value.code == "file_missing"
        (tmp_path / "走了").rename(folder)
        assert keeper.save(trainees(edition, 2)) is None
    assert written_in(folder / "答案.yaml") == 2
    with pytest.raises(FileError), LockedAnswerFile(tmp_path / "没有" / "答案.yaml"):
        pass
    (tmp_path / "夹.yaml").mkdir()
    with pytest.raises(FileError) as caught, LockedAnswerFile(tmp_path / "夹.yaml"):
        pass
    assert caught.value.code == "file_is_folder"
    with lock(tmp_path / "夹.yaml"):  # the lock was not left behind
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes anywhere")
def test_folder_that_became_read_only_leaves_the_old_file(tmp_path: Path, edition: Edition) -> None:
    with LockedAnswerFile(tmp_path / "答案.yaml") as keeper:
        keeper.save(trainees(edition, 1))
        tmp_path.chmod(0o555)
        try:
            with pytest.raises(FileError) as caught:
                keeper.save(trainees(edition, 2))
        finally:
            tmp_path.chmod(0o755)
        assert caught.value.code == "file_forbidden"
    assert written_in(tmp_path / "答案.yaml") == 1


@pytest.mark.parametrize(
    "sample_name", sorted(each.parent.name for each in SAMPLES.glob("*/answers.yaml"))
)
def test_sample_becomes_canonical_in_one_step(
    sample_name: str, sample: Callable[[str], Answers], read_text_of: Read
) -> None:
    text = write_answers(sample(sample_name))
    again = read_text_of(text).answers
    assert without_lines(again.given) == without_lines(sample(sample_name).given)
    assert write_answers(again) == text


# What is understood


@pytest.mark.parametrize(
    ("entry", "name", "value"),
    [
        ("active_total: １４５条", "active_total", 145),
        ("active_total: 一百四十五", "active_total", 145),
        ("active_total: 无", "active_total", 0),
        ("active_total: 1.2万", "active_total", 12_000),
        ("funding: 350元", "funding", Decimal("0.035")),
        ("funding: 1.2万", "funding", Decimal("1.2")),
        ("signature_date: 2018-03-05", "signature_date", date(2018, 3, 5)),
        ("signature_date: 2018年3月5日", "signature_date", date(2018, 3, 5)),
        ("contact_postcode: 010000", "contact_postcode", "010000"),
        ("body_name: 'no'", "body_name", "no"),
        ("own_1: '甲{{ 7*7 }}'", "own_1", "甲{{ 7*7 }}"),
        ("own_1: |\n  甲。\n  乙。", "own_1", "甲。\n乙。"),
        (
            "systems_revised: [甲办法, 乙办法]",
            "systems_revised",
            ({"title": "甲办法"}, {"title": "乙办法"}),
        ),
        ("active_total: {value: 145, remark: 已核}", "active_total", 145),
        ("active_total: {state: 待核实, value: 145}", "active_total", 145),
        ("active_total: 暂缺", "active_total", None),
        ("active_total: {state: 暂缺, remark: 下周给数}", "active_total", None),
    ],
)
def test_entry_is_understood(entry: str, name: str, value: object, read_text_of: Read) -> None:
    reading = read_text_of(with_answers(entry))
    assert reading.findings == ()
    assert reading.answers.value(name) == value


@pytest.mark.parametrize(
    ("written", "is_same"), [("镇人民政府", True), ("town", True), ("乡镇", False)]
)
def test_choice_is_given_by_its_label_or_id(
    written: str, is_same: bool, read_text_of: Read
) -> None:
    reading = read_text_of(with_answers(f"body_kind: {written}"))
    option = reading.answers.value("body_kind")
    assert (getattr(option, "id", None) == "town") is is_same
    assert bool(found(reading, "F05")) is not is_same


def test_choices_stand_in_the_order_of_the_form(read_text_of: Read) -> None:
    for written in ("[意见箱, 政府网站]", "意见箱、政府网站", "[box, website]"):
        chosen = read_text_of(with_answers(f"channels_used: {written}")).answers.value(
            "channels_used"
        )
        assert isinstance(chosen, tuple)
        labels = [option.label for option in chosen if isinstance(option, Option)]
        assert labels == ["政府网站", "意见箱"]


def test_states_and_remarks_are_kept_apart(read_text_of: Read) -> None:
    given_answers = read_text_of(
        with_answers(
            "funding: {state: 暂缺, remark: 财政所下周给数}\n"
            "active_total: {state: 待核实, value: 145, remark: 等网站组}\n"
            "trainees: 0"
        )
    ).answers.given
    assert without_lines(given_answers) == {
        "funding": Answer(None, "absent", "财政所下周给数"),
        "active_total": Answer(145, "provisional", "等网站组"),
        "trainees": Answer(0),
    }
    assert given_answers["active_total"].line == 6


def test_list_of_counts_gives_its_items_and_its_sum(read_text_of: Read) -> None:
    taken = read_text_of(
        with_answers("categories:\n  - {category: 甲, count: 3条}\n  - {category: 乙, count: 四}")
    ).answers
    assert taken.numbers["categories.count"] == 7
    assert taken.items("categories.count") == (3, 4)


@pytest.mark.parametrize(
    "entry", ["active_total:", "active_total: ''", "active_total: '  '", "own_1:"]
)
def test_blank_entry_is_no_answer_and_no_fault(entry: str, read_text_of: Read) -> None:
    reading = read_text_of(with_answers(entry))
    assert reading.findings == ()
    assert dict(reading.answers.given) == {}


# What is not understood is kept and named


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("active_total: 140余", "vague"),
        ("active_total: -3", "negative"),
        ("active_total: 3件", "foreign_unit"),
        ("active_total: 1e3", "not_a_number"),
        ("active_total: 12.5", "not_whole"),
        ("active_total: 一百二", "odd_numeral"),
        ("active_total: [1, 2]", "not_one_value"),
        ("active_total: {甲: 1}", "not_one_value"),
        ("active_total: 待核实", "provisional_without_value"),
        ("active_total: {state: 待核实}", "provisional_without_value"),
        ("active_total: {remark: 问老王}", "provisional_without_value"),
        ("active_total: {state: 也许, value: 1}", "odd_state"),
        ("active_total: {state: 不适用}", "zero_wanted"),
        ("active_total: 不适用", "zero_wanted"),
        ("active_total: 不适用，本镇没有", "zero_wanted"),
        ("body_name: 不适用", "not_optional"),
        ("body_name: {state: 不适用, remark: 甲}", "not_optional"),
        ("problems: 不适用", "not_optional"),
        ("contact_email: {state: 不适用, value: 甲}", "odd_part"),
        ("active_total: {value: 1, note: 甲}", "odd_part"),
        ("active_total: {value: 1, remark: [甲]}", "odd_part"),
        ("active_total: {state: [暂缺]}", "odd_part"),
        ("active_total: {state: 暂缺, value: 12}", "odd_part"),
        ("active_total: {state: 待核实, value: 约12}", "vague"),
        ('active_total: {value: 1, remark: "甲\\e[31m"}', "control_character"),
        ("funding: 0.0000001", "too_fine"),
        ("body_kind: 乡镇", "no_such_option"),
        ("body_name: [甲]", "not_one_value"),
        ('body_name: "甲\\n乙"', "line_break"),
        ('body_name: "甲\\e[31m"', "control_character"),
        ('own_1: "甲\\uE000乙"', "control_character"),
        ('own_1: "甲\\u202E乙"', "control_character"),
        ("signature_date: 今天", "not_a_date"),
        ("signature_date: 2018-02-30", "no_such_date"),
        ("channels_used: []", "too_few"),
        ("channels_used: [政府网站, website]", "chosen_twice"),
        ("channels_used: [大喇叭]", "no_such_option"),
        ("channels_used: {政府网站: 1}", "not_a_list"),
        ("categories: {甲: 3条}", "not_a_list"),
        ("categories: 甲3条，其他若干，乙4条", "rows_together"),
        ("categories: [{category: 甲}]", "not_a_row"),
        ("categories: [{category: 甲, count: 3, 注: 无}]", "not_a_row"),
        ("categories: [甲]", "not_a_row"),
        ("categories: [{category: 甲, count: [3]}]", "not_one_value"),
        ("categories: [{category: 甲, count: 3件}]", "foreign_unit"),
        ('categories: [{category: "", count: 3}]', "empty"),
        ("categories: [{category: 甲, count: 3}, {category: 甲, count: 4}]", "row_twice"),
        ("systems_revised: [" + "甲, " * 201 + "]", "too_many"),
        ("problems: []", "too_few"),
        ("problems: [{problem: 认识不够到位, measure: 细化公开目录}]", "options_do_not_pair"),
        (
            (
                "problems:\n  - {problem: 认识不够到位, measure: 加强学习培训}\n"
                "  - {problem: awareness, measure: 落实工作责任}"
            ),
            "row_twice",
        ),
        ('problems: [{problem: 认识不够到位, measure: "99"}]', "no_own_words"),
        ("problems: [{problem: 认识不够到位}]", "not_a_row"),
    ],
    ids=lambda value: value[:36],
)
def test_unreadable_entry_is_kept_as_typed_with_line_and_reason(
    entry: str, code: str, read_text_of: Read, edition: Edition, sentences: Sentences
) -> None:
    text = with_answers(f"lead_office: 办公室\n{entry}")
    reading = read_text_of(text)
    (finding,) = reading.findings
    name = entry.split(":", maxsplit=1)[0]
    assert (finding.code, finding.level, finding.cells) == ("F05", "error", (name,))
    assert 6 <= finding.line <= 7
    assert f"第{finding.line}行" in finding.sentence
    assert edition.name(name) in finding.sentence
    assert _fixed_words(sentences.sections["refusals"][code]) in finding.sentence
    answer = reading.answers.given[name]
    assert (answer.value, answer.state) == (None, "unread")
    assert reading.answers.value(name) is None
    assert name not in reading.answers.numbers
    kept = read_text_of(write_answers(reading.answers))
    assert (
        kept.answers.given[name].raw
        == answer.raw
        == yaml.load(text, yaml.BaseLoader)["answers"][name]
    )


def _fixed_words(template: str) -> str:
    """The longest stretch of a sentence that does not depend on its details."""
    pieces = template.replace("}}", "{{").split("{{")[::2]
    return max(pieces, key=len)


def test_wrong_pair_names_both_sides_and_what_would_fit(read_text_of: Read) -> None:
    (finding,) = read_text_of(
        with_answers("problems: [{problem: 内容不够全面, measure: 固定工作人员}]")
    ).findings
    for words in ("第1行", "内容不够全面", "固定工作人员", "细化公开目录", "定期自查"):
        assert words in finding.sentence


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("active_totl", "active_total"),
        ("Trainees", "trainees"),
        ("recieved_online", "received_online"),
    ],
)
def test_unknown_id_is_named_with_the_nearest_one_and_kept(
    written: str, near: str, read_text_of: Read, edition: Edition
) -> None:
    reading = read_text_of(with_answers(f"lead_office: 办公室\n{written}: 约12"))
    (finding,) = reading.findings
    assert (finding.code, finding.level, finding.line) == ("F04", "error", 6)
    for words in ("第6行", f"「{written}」", near, edition.name(near)):
        assert words in finding.sentence
    assert reading.answers.unknown == {written: "约12"}
    assert f"{written}: 约12" in write_answers(reading.answers)


def test_unknown_id_like_no_other_gets_no_guess(read_text_of: Read) -> None:
    (finding,) = read_text_of(with_answers("今年的情况: 很好")).findings
    assert "今年的情况" in finding.sentence
    assert "是不是" not in finding.sentence


def test_thousands_of_unknown_ids_are_all_named(read_text_of: Read) -> None:
    entries = "\n".join(f"active_total_{number}: 1" for number in range(5000))
    assert len(found(read_text_of(with_answers(entries)), "F04")) == 5000


def test_answer_whose_question_does_not_apply_is_kept_and_invisible(
    read_text_of: Read, edition: Edition
) -> None:
    reading = read_text_of(with_answers("leading_group: 未单独成立\nleading_group_head: 镇长"))
    (finding,) = reading.findings
    assert (finding.code, finding.level) == ("F06", "notice")
    assert edition.name("leading_group_head") in finding.sentence
    taken = reading.answers
    assert taken.value("leading_group_head") is None
    assert "leading_group_head" not in taken.active
    assert taken.given["leading_group_head"].value == "镇长"
    assert "leading_group_head: 镇长" in write_answers(taken)
    back = read_text_of(write_answers(taken).replace("未单独成立", "已成立"))
    assert back.answers.value("leading_group_head") == "镇长"


def test_answer_to_a_question_that_may_not_apply_waits_for_its_owner(read_text_of: Read) -> None:
    assert (
        read_text_of(with_answers("leading_group_head: 镇长")).answers.value("leading_group_head")
        is None
    )


def test_unknown_part_of_the_file_is_named(read_text_of: Read) -> None:
    (finding,) = read_text_of(with_answers("trainees: 1") + "备注: 甲\n").findings
    assert (finding.code, finding.level, finding.line) == ("F03", "error", 6)
    assert "备注" in finding.sentence


@pytest.mark.parametrize(
    "entry",
    [
        "L02: 有原因",
        "L02: {reason: ''}",
        "L02: {values: {active_total: 145}}",
        "L02: {reason: 甲, values: [1]}",
        "L02: {reason: 甲, values: {active_total: [1]}}",
        "L02: [甲]",
    ],
)
def test_acknowledgement_without_reason_or_values_is_named(entry: str, read_text_of: Read) -> None:
    reading = read_text_of(f"{HEAD}acknowledged:\n  {entry}\n")
    (finding,) = reading.findings
    assert (finding.code, finding.level, finding.line) == ("F07", "error", 5)
    assert "L02" in finding.sentence
    assert dict(reading.answers.acknowledged) == {}


def test_acknowledgement_is_tied_to_its_values(read_text_of: Read) -> None:
    entry = "L02: {reason: 公开栏张贴未计入渠道, values: {active_total: 145, channel_wechat: 39}}"
    reading = read_text_of(f"{HEAD}acknowledged:\n  {entry}\n")
    assert reading.findings == ()
    assert reading.answers.acknowledged == {
        "L02": Acknowledgement(
            "公开栏张贴未计入渠道", {"active_total": "145", "channel_wechat": "39"}
        )
    }


# Encodings


@pytest.mark.parametrize(
    ("encoding", "code", "word"),
    [
        ("gbk", "F01", "GB18030"),
        ("gb18030", "F01", "GB18030"),
        ("utf-16", "F01", "UTF-16"),
        ("utf-8-sig", "F02", "BOM"),
    ],
)
def test_file_in_another_encoding_is_read_and_said(
    encoding: str, code: str, word: str, shelf: Library
) -> None:
    data = with_answers("body_name: 示例镇人民政府").encode(encoding)
    path = Path("答案.yaml")
    reading = read_answers(decode(data, path), path, shelf)
    (finding,) = reading.findings
    assert (finding.code, finding.level) == (code, "notice")
    assert word in finding.sentence
    assert reading.answers.value("body_name") == "示例镇人民政府"


# Edition, year, format


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("format: 2\nedition: beijing-2014\nyear: 2017\n", ["“2”", "答案.yaml"]),
        ("format: 1.0\nedition: beijing-2014\nyear: 2017\n", ["“1.0”", "答案.yaml"]),
        ("format: ''\nedition: beijing-2014\nyear: 2017\n", ["答案.yaml"]),
        ("format: 1\nedition: shanghai\nyear: 2017\n", ["shanghai", "beijing-2014"]),
        ("format: 1\nedition: ../x\nyear: 2017\n", ["../x", "beijing-2014"]),
        ("format: 1\nedition: beijing-2014\nyear: 2020\n", ["2014—2018", "2020", "答案.yaml"]),
        ("format: 1\nedition: beijing-2014\nyear: 2013\n", ["2014—2018", "2013", "答案.yaml"]),
        ("format: 1\nedition: beijing-2014\nyear: 1999\n", ["2014—2018", "没有适用1999年度"]),
    ],
)
def test_wrong_edition_for_the_year_is_said_with_the_years_that_fit(
    head: str, words: list[str], read_text_of: Read, sentences: Sentences
) -> None:
    with pytest.raises(EditionError) as caught:
        read_text_of(head)
    said = sentences.say(f"errors.{caught.value.code}", **caught.value.details)
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("edition: beijing-2014\nyear: 2017\n", "answers_no_key", "format"),
        ("format: 1\nyear: 2017\n", "answers_no_key", "edition"),
        ("format: 1\nedition: beijing-2014\n", "answers_no_key", "year"),
        ("format: [1]\nedition: beijing-2014\nyear: 2017\n", "answers_no_key", "format"),
        ("format: 1\nedition: {a: b}\nyear: 2017\n", "answers_no_key", "edition"),
        ("format: 1\nedition: beijing-2014\nyear: 一七\n", "answers_year", "第3行"),
        ("format: 1\nedition: beijing-2014\nyear: 17\n", "answers_year", "第3行"),
        ("format: 1\nedition: beijing-2014\nyear: 20170\n", "answers_year", "第3行"),
        (f"{HEAD}answers: [1, 2]\n", "answers_no_mapping", "第4行"),
        (f"{HEAD}answers: 甲\n", "answers_no_mapping", "第4行"),
        (f"{HEAD}acknowledged: 甲\n", "answers_no_mapping", "第4行"),
        ("- 1\n- 2\n", "answers_shape", "答案.yaml"),
        ("随便写的一句话\n", "answers_shape", "答案.yaml"),
    ],
)
def test_file_of_another_shape_is_refused_with_the_place(
    text: str, code: str, words: str, read_text_of: Read, sentences: Sentences
) -> None:
    with pytest.raises(FileError) as caught:
        read_text_of(text)
    assert caught.value.code == code
    said = sentences.say(f"errors.{code}", **caught.value.details)
    assert words in said
    assert "答案.yaml" in said


@pytest.mark.parametrize("rest", ["", "answers:\n", "answers: {}\n", "acknowledged:\n"])
def test_file_without_answers_is_a_beginning(rest: str, read_text_of: Read) -> None:
    reading = read_text_of(HEAD + rest)
    assert reading.findings == ()
    assert dict(reading.answers.given) == {}
    assert read_text_of(write_answers(reading.answers)).answers == reading.answers


SNIPPETS = st.sampled_from(
    ["format: 1", "edition: beijing-2014", "year: 2017", "year: 1999", "answers:", "acknowledged:",
     "  active_total: 12", "  active_total: {state: 暂缺", "  categories:", "    - {category: 甲}",
     "  own_1: |-", "    甲", "  L02: {reason: 甲}", "\t", "[", "- a", "? b", "#", "x: &a [*a]"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=10)), max_size=10).map("\n".join))
def test_any_text_gives_answers_or_a_fault_with_a_sentence(text: str) -> None:
    shelf = open_library()
    for start in ("", HEAD, f"{HEAD}answers:\n  "):
        try:
            read_answers(DecodedText(start + text, "utf-8", False), Path("答案.yaml"), shelf)
        except (FileError, EditionError) as fault:
            assert shelf.sentences.say(f"errors.{fault.code}", **fault.details)


# The published schema


@pytest.fixture(scope="module")
def schema(edition: Edition, sentences: Sentences) -> jsonschema.Draft202012Validator:
    published = answer_schema(edition, sentences)
    jsonschema.Draft202012Validator.check_schema(published)
    return jsonschema.Draft202012Validator(json.loads(json.dumps(published)))


def test_schema_accepts_the_sample_and_what_the_program_writes_of_it(
    schema: jsonschema.Draft202012Validator, sample: Callable[[str], Answers]
) -> None:
    folder = "township-2017-as-published"
    text = (SAMPLES / folder / "answers.yaml").read_text("utf-8")
    for each in (text, write_answers(sample(folder))):
        schema.validate(yaml.safe_load(each))


def accepts(schema: jsonschema.Draft202012Validator, text: str) -> bool:
    return schema.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "备注: 甲\n",
        with_answers("active_totl: 1"),
        with_answers("active_total: -1"),
        with_answers("active_total: [1]"),
        with_answers("active_total: {state: 也许}"),
        with_answers("active_total: {value: 1, note: 甲}"),
        with_answers("body_kind: 乡镇"),
        with_answers("channels_used: []"),
        with_answers("categories: [{category: 甲}]"),
        with_answers("active_total: 不适用"),
        with_answers("active_total: {state: 不适用}"),
        with_answers("body_name: 不适用"),
        with_answers("body_kind: 不适用"),
        with_answers("body_kind: 7"),
        with_answers("signature_date: 不适用"),
        with_answers("problems: 不适用"),
        with_answers("problems: {state: 不适用}"),
        with_answers("problems: [{problem: 1, measure: 88}]"),
        "format: 2\nedition: beijing-2014\nyear: 2017\n",
        "format: 1\nedition: shanghai\nyear: 2017\n",
        "format: 1\nedition: beijing-2014\nyear: 2020\n",
        "edition: beijing-2014\nyear: 2017\n",
        f"{HEAD}acknowledged: {{L02: {{values: {{}}}}}}\n",
    ],
)
def test_schema_refuses_what_the_reader_refuses(
    text: str, schema: jsonschema.Draft202012Validator, read_text_of: Read
) -> None:
    assert not accepts(schema, text)
    try:
        reading = read_text_of(text)
    except (FileError, EditionError):
        return
    assert any(finding.level == "error" for finding in reading.findings)


@pytest.mark.parametrize(
    "entry",
    cases("schema_accepts"),
)
def test_schema_accepts_what_the_reader_accepts(
    entry: str, schema: jsonschema.Draft202012Validator, read_text_of: Read
) -> None:
    assert accepts(schema, with_answers(entry))
    assert read_text_of(with_answers(entry)).findings == ()


def test_schema_names_every_question(edition: Edition, sentences: Sentences) -> None:
    schema: Any = answer_schema(edition, sentences)
    published = schema["properties"]["answers"]["properties"]
    assert {name: each["title"] for name, each in published.items()} == {
        name: question.name for name, question in edition.asked.items()
    }


@pytest.mark.parametrize(
    "entry",
    ["body_name: 示例区第1", "categories: [{category: 类别２, count: 3}]"],
)
def test_words_that_would_run_into_a_number_are_refused(entry: str, read_text_of: Read) -> None:
    reading = read_text_of(f"format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n  {entry}\n")
    assert [finding.code for finding in reading.findings] == ["F05"]
    assert "末尾是数字" in reading.findings[0].sentence


def test_a_lone_mark_is_no_blank_and_is_not_dropped(edition, sentences):
    reading = read_given(edition, 2017, {"active_total": "。"}, sentences)
    assert [finding.code for finding in reading.findings] == ["F05"]
    assert reading.answers.given["active_total"].raw == "。"


@pytest.mark.parametrize("year", [2019, 2020])
@pytest.mark.parametrize("edition", ["national-2021", "beijing-2014", "national-2020"])
def test_the_form_of_2019_is_named_as_not_supported(shelf, read_text_of, year, edition):
    with pytest.raises(EditionError) as fault:
        read_text_of(f"format: 1\nedition: {edition}\nyear: {year}\nanswers: {{}}\n")
    said = shelf.sentences.say(f"errors.{fault.value.code}", **fault.value.details)
    assert "国办公开办函〔2019〕60号的格式编制，本程序不支持这一表式" in said
