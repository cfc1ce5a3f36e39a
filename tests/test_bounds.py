"""What is too much is told in a sentence, soon and with little memory; nothing hides in JSON."""

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Acknowledgement, Answer, read_entry
from assistant.checks.runner import run_checks
from assistant.export.formats import FORMATS, Line
from assistant.export.verify import CHARACTERS_LIMIT, NUMBERS_LIMIT, compare, see_measure
from assistant.messages.findings import MOST
from assistant.report import Span
from assistant.report.draft import make_draft
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node
from assistant.values import Refusal, find_numbers
from assistant.values.characters import escaped, is_unseen
from tests.conftest import ROOT, SAMPLES
from tests.drafts import OFFICE

FOLDER = SAMPLES / "township-2017-corrected"
ANSWERS = FOLDER / "answers.yaml"
GOOD = ANSWERS.read_text("utf-8")
REPORT = (FOLDER / "report.txt").read_text("utf-8")
MILLION = "9" * 1_000_000


def with_entry(name, entry):
    text, count = re.subn(rf"^  {name}:.*\n", f"  {name}: {entry}\n", GOOD, flags=re.MULTILINE)
    assert count == 1
    return text


def with_more(entries):
    return GOOD.replace("answers:\n", f"answers:\n{entries}", 1)


def little_room():
    """300 MB beside what Python and its libraries map, and a few seconds of work."""
    resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (6, 6))


def in_little_room(folder, *arguments, said=None):
    """Run Python there; it must come to its end."""
    run = subprocess.run(
        [sys.executable, *arguments],
        input=said,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        cwd=folder,
        preexec_fn=little_room,
    )
    assert run.returncode == 0, run.stderr[-500:]
    return run


CROWD = [
    ["check", "数.yaml"],
    ["check", "稀.yaml"],
    ["check", "列.yaml"],
    ["verify", "数.txt", "好.yaml"],
    ["verify", "多.txt", "好.yaml"],
]


def test_what_is_much_too_much_takes_little_room_and_no_time(tmp_path):
    """One after the other in one process, as each start takes longer than all of the work."""
    (tmp_path / "好.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "数.yaml").write_text(with_entry("active_total", MILLION), "utf-8")
    (tmp_path / "列.yaml").write_text(with_more(f"  z: [{','.join('1' * 600_000)}]\n"), "utf-8")
    (tmp_path / "数.txt").write_text(REPORT + MILLION, "utf-8")
    (tmp_path / "多.txt").write_text(REPORT + "1 " * 330_000, "utf-8")
    with (tmp_path / "稀.yaml").open("wb") as stream:
        stream.truncate(3_000_000_000)
    code = (
        "import sys, json\nfrom assistant.cli import main\n"
        "print(*(main(command) for command in json.loads(sys.argv[1])))"
    )
    run = in_little_room(tmp_path, "-c", code, json.dumps(CROWD))
    assert run.stdout.splitlines()[-1] == "3 2 2 2 2"
    assert "Traceback" not in run.stderr
    assert len(run.stdout + run.stderr) < 5_000


def test_a_line_of_20_megabytes_is_refused_like_any_long_answer(tmp_path):
    (tmp_path / "答案.yaml").write_text(GOOD, "utf-8")
    lines = "1" * 20_000_000 + "\n退出\n"
    run = in_little_room(tmp_path, "-m", "assistant", "chat", "--plain", "答案.yaml", said=lines)
    assert len(run.stdout) < 1_000_000
    assert (tmp_path / "答案.yaml").read_text("utf-8") == GOOD


@pytest.mark.parametrize("digits", [101, 5_000, 1_000_000])
@pytest.mark.parametrize("unit", ["", "件", "元", "万件", "万元", "%"])
def test_a_number_without_end_is_one_number(digits, unit):
    number, *others = find_numbers(f"共{'9' * digits}{unit}。")
    assert not others
    assert number.value > 10**50


def test_own_text_with_a_number_without_end_is_told(sample, sentences):
    answers = sample("township-2017-corrected")
    text = f"本镇主动公开政府信息{'9' * 500}条。"
    given = {**answers.given, "own_2": Answer(text)}
    findings = run_checks(type(answers)(answers.edition, 2017, given), None, sentences).findings
    assert any(finding.code == "T01" for finding in findings)


def test_a_name_too_long_for_any_title_is_refused_where_it_is_typed(shelf, edition, sentences):
    for name in ("beijing-2014", "national-2014", "national-2021"):
        question = shelf.edition(name).questions["body_name"]
        taken, refused = (read_entry(question, Node("镇" * count, 0)) for count in (100, 101))
        assert isinstance(taken, Answer)
        assert isinstance(refused, Refusal)
        assert refused.code == "text_too_long"
        assert "100" in sentences.say(f"refusals.{refused.code}", **refused.details)


def test_a_name_too_long_for_any_title_is_a_finding_of_the_file(read_text_of):
    reading = read_text_of(with_entry("body_name", "镇" * 241))
    assert [finding.key for finding in reading.findings] == ["F05.body_name"]


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_a_title_of_any_length_is_written(suffix, sample, sentences, tmp_path):
    """A title comes from a template, so that its length is nobody's answer alone."""
    answers = sample("township-2017-corrected")
    given = {**answers.given, "body_name": Answer("镇" * 400)}
    from assistant.answers import LoadedAnswers

    reading = LoadedAnswers(type(answers)(answers.edition, 2017, given), ())
    draft = make_draft(reading, None, sentences)
    path = tmp_path / f"报告.{suffix}"
    path.write_bytes(FORMATS[suffix].write(draft, OFFICE))
    assert path.stat().st_size


def test_a_long_entry_that_nobody_knows_is_told_in_short(read_text_of):
    reading = read_text_of(with_more(f"  {'x' * 1_000}: 1\n  {'甲' * 1_000}: 1\n"))
    told = [finding.sentence for finding in reading.findings if finding.code == "F04"]
    assert len(told) == len(reading.answers.unknown) == 2
    assert all(len(sentence) < 400 for sentence in told)


@pytest.mark.parametrize("entry", ["  x{}: 1\n", "  x{}: [[1], [1]]\n", "  x{}: {{a: 1, b: 1}}\n"])
def test_a_file_of_more_entries_than_any_form_has_is_not_read(entry, read_text_of):
    with pytest.raises(FileError) as fault:
        read_text_of(with_more("".join(map(entry.format, range(16_000)))))
    assert fault.value.code == "yaml_too_many"
    assert fault.value.details["line"]


def test_a_text_of_nothing_but_faults_is_told_up_to_a_number_and_stays_open(sample, sentences):
    answers = sample("township-2017-corrected")
    given = {**answers.given, "own_2": Answer("2015年，" * 3_300 + "。")}
    made = type(answers)(answers.edition, 2017, given)
    outcomes = run_checks(made, None, sentences)
    told = [finding for finding in outcomes.findings if finding.key.startswith("T03")]
    assert len(told) == MOST + 1
    assert "还有" in told[-1].sentence
    # also for the one that stands for those nobody has seen
    excused = {finding.key: Acknowledgement("甲", finding.values) for finding in told}
    outcomes = run_checks(type(answers)(answers.edition, 2017, given, excused), None, sentences)
    assert outcomes.by_check["T03"] == "failed"
    assert any(finding.is_open and finding.code == "T03" for finding in outcomes.findings)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("字" * (CHARACTERS_LIMIT + 1), "document_long"),
        ("1件，" * (NUMBERS_LIMIT + 1), "document_numbers"),
        ("一件，" * (NUMBERS_LIMIT + 1), "document_numbers"),
    ],
)
def test_a_document_that_can_be_no_report_is_not_compared(text, code):
    with pytest.raises(FileError) as fault:
        see_measure([text], Path("文稿.txt"))
    assert fault.value.code == code
    see_measure([text[: NUMBERS_LIMIT // 2]], Path("文稿.txt"))


def told_of(count):
    """All that is said of a line with so many numbers, each of them another one."""
    old = "".join(f"甲{at}件，" for at in range(count))
    new = "".join(f"甲{at + 1}件，" for at in range(count))
    comparison = compare([Line((Span("figure", old, "active_total"),))], [new])
    assert len(comparison.differences) == count
    return comparison.differences


def test_what_is_told_of_a_line_grows_with_the_line_and_not_with_its_square():
    some, more = (sum(len(each.sentence) for each in told_of(count)) for count in (400, 1_600))
    assert more < 6 * some


def test_around_a_number_of_a_long_line_stands_what_tells_where_it_is():
    for at, difference in enumerate(told_of(1_000)):
        assert f"甲{at + 1}件" in difference.sentence
    short = compare([Line((Span("figure", "共3件。", "active_total"),))], ["共4件。"])
    assert short.differences[0].sentence == "共4件。"


TEXT = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    ["\u202e甲", "\x85", "\u2028", "\x1b[31m", "\U000f0000", "\ud800", "\\u202e", "\x7f", "甲\n乙"]
)


@given(value=st.dictionaries(TEXT, st.lists(TEXT, max_size=3), max_size=3))
def test_json_means_the_same_and_shows_every_character(value):
    said = escaped(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(said) == value
    assert not any(is_unseen(each) for each in said if each != "\n")


def test_json_on_a_screen_has_no_character_that_turns_it_round(tmp_path, nianbao):
    path = tmp_path / "答\u202e案.yaml"
    path.write_text(GOOD, "utf-8")
    run = nianbao("check", path, "--json")
    assert "\u202e" not in run.stdout
    assert "\\u202e" in run.stdout
    assert json.loads(run.stdout)["files"][0]["path"] == str(path)
