"""Giving the answers of a file line by line leads to the same answers, whatever the file holds."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import (
    Acknowledgement,
    Answers,
    FigureValues,
    load,
    printed_text,
    read_answers,
)
from assistant.checks.runner import run_checks
from assistant.dialog.interview import Interview, begin, handle_line
from assistant.dialog.session import Autoplay, typed_command
from assistant.form.loader import open_library
from assistant.storage.disk import DecodedText
from assistant.values.characters import with_end
from tests.conftest import SAMPLES
from tests.machines import SCRIPT, answers_of, line_for
from tests.strategies import answers

EDITION = open_library().edition("beijing-2014")
SENTENCES = open_library().sentences
PLAYS = int(os.environ.get("NIANBAO_PLAYS", "4"))
LAW = settings(
    max_examples=PLAYS,
)
MOST = 600
REASONS = st.sampled_from(["公开栏张贴未计入渠道", "情况属实，见台账", "确属实际情况"])


def play(wanted: Answers, begun: Interview | None = None) -> tuple[Interview, list[str]]:
    """Type until nothing is left to say."""
    empty = Answers(wanted.edition, wanted.year, {})
    now = begun or begin(empty, None, SENTENCES, resumes=False).interview
    playing = Autoplay(wanted)
    lines: list[str] = []
    while True:
        line = playing.line_at(now)
        if line is None:
            return now, lines
        lines.append(line)
        assert len(lines) < MOST, lines[-6:]
        now = handle_line(now, line).interview


def contents(made: Answers, left_out: tuple[str, ...]) -> dict[str, object]:
    """What can be typed of the answers that are asked for; text as it is printed, with its end."""
    figures = FigureValues(made)

    def said(value: object) -> object:
        return with_end(printed_text(value, figures)) if isinstance(value, str) else value

    return {
        name: (said(answer.value), answer.state, answer.remark if answer.state != "given" else "")
        for name, answer in made.active.items()
        if name not in left_out
    }


@st.composite
def acknowledged(draw: st.DrawFn) -> Answers:
    """Answers with reasons for some of what the checks say of them."""
    made = draw(answers(EDITION, complete=draw(st.booleans())))
    reasons = {
        finding.key: Acknowledgement(draw(REASONS), finding.values)
        for finding in run_checks(made, None, SENTENCES).findings
        if finding.level == "confirm" and draw(st.booleans())
    }
    return Answers(made.edition, made.year, made.given, reasons)


@LAW
@given(acknowledged())
def test_the_same_answers_come_about(wanted):
    playing = Autoplay(wanted)
    now, _ = play(wanted)
    left_out = playing.left_out()
    assert contents(now.answers, left_out) == contents(wanted, left_out)
    if not left_out:
        assert {key: each.reason for key, each in now.answers.acknowledged.items()} == {
            key: each.reason for key, each in wanted.acknowledged.items()
        }


@settings(LAW, max_examples=PLAYS // 2)
@given(acknowledged(), st.lists(SCRIPT, max_size=1))
def test_wherever_somebody_has_taken_the_conversation(wanted, scripts):
    now = begin(Answers(EDITION, 2017, {}), None, SENTENCES, resumes=False).interview
    for script in scripts:
        for each in script:
            now = handle_line(now, line_for(now, each)).interview
    wanted = Answers(EDITION, 2017, wanted.given)
    left_out = Autoplay(wanted).left_out()
    now, _ = play(wanted, now)
    assert contents(now.answers, left_out) == contents(wanted, left_out)


@pytest.mark.parametrize("folder", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
def test_every_sample(folder):
    wanted = load(SAMPLES / folder / "answers.yaml", open_library()).answers
    now, lines = play(wanted)
    left_out = Autoplay(wanted).left_out()
    assert contents(now.answers, left_out) == contents(wanted, left_out)
    assert len(lines) < 2 * len(wanted.given), "little more than a line an answer"


def test_what_cannot_be_typed_is_named():
    text = (
        "format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n"
        "  body_name: 示例镇人民政府\n  active_total: 约三条\n  lead_office: /退出\n"
    )
    wanted = read_answers(
        DecodedText(text, "utf-8", has_mark=False), Path("a.yaml"), open_library()
    ).answers
    assert set(Autoplay(wanted).left_out()) == {"active_total", "lead_office"}
    now, lines = play(wanted)
    assert list(now.answers.given) == ["body_name"]
    assert "/退出" not in lines


def test_what_is_asked_back_is_answered():
    wanted = answers_of({"body_name": "示例镇人民政府", "own_1": "跳到 微信"})
    now, lines = play(wanted)
    assert now.answers.given["own_1"].value == "跳到 微信。"
    assert lines[lines.index("跳到 微信") + 1] == "A"


def test_a_reason_for_other_values_is_not_given():
    typed = {"body_name": "示例镇人民政府", "active_total": "3", "channel_website": "1"}
    zeros = dict.fromkeys(("channel_gazette", "channel_weibo", "channel_wechat"), "0")
    wanted = answers_of({**typed, **zeros, "channel_other": "0"})
    stale = Acknowledgement("公开栏张贴未计入渠道", {"active_total": "9"})
    now, _ = play(Answers(wanted.edition, wanted.year, wanted.given, {"L02": stale}))
    assert not now.answers.acknowledged


def test_commands_have_a_slash_among_free_text():
    now = begin(Answers(EDITION, 2017, {}), None, SENTENCES, resumes=False).interview
    assert typed_command("next", now.at_question("own_1")) == "/下一题"
    assert typed_command("jump", now.at_question("active_total"), "own_1").startswith("跳到 ")
