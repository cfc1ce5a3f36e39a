"""What becomes of every number of own text, and of words for none and all."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Answers, load
from assistant.checks.runner import run_checks
from assistant.claims.accounts import Account, accounts_of
from assistant.claims.binding import bind
from assistant.form.loader import open_library
from assistant.form.model import Edition, Option
from assistant.messages.findings import MOST
from assistant.report.draft import make_draft
from assistant.values import TEXT_LIMIT
from tests.conftest import ROOT, SAMPLES
from tests.data.cases import cases

LIBRARY = open_library()
FORM = LIBRARY.edition("national-2021")
ALL = [LIBRARY.edition(name) for name in LIBRARY.edition_ids()]
FIGURES = {
    "new_received.natural": 9,
    "new_received.biz": 3,
    "carried_in.natural": 1,
    "open.natural": 5,
    "partial.natural": 1,
    "deny_secret.natural": 1,
    "deny_third_party.biz": 1,
    "unable_not_held.natural": 2,
    "unable_not_held.biz": 1,
    "carried_out.natural": 1,
    "carried_out.biz": 1,
    "review.upheld": 3,
    "review.pending": 1,
    "suit_direct.upheld": 1,
    "suit_after_review.upheld": 1,
    "norm_made": 2,
    "norm_repealed": 0,
    "norm_valid": 14,
    "active_total": 520,
    "trainings": 3,
    "fee_collected": 200,
}
"""Figures of an invented town; all other cells are zero."""


def town(form: Edition = FORM) -> Answers:
    figures = {cell.id: Answer(FIGURES.get(cell.id, 0)) for cell in form.indicators}
    facts = {name: Answer(FIGURES[name]) for name in ("active_total", "trainings", "fee_collected")}
    return Answers(form, 2025, {"body_name": Answer("示例镇人民政府"), **figures, **facts})


def read(text: str, slot: str = "own_requests") -> list[Account]:
    return accounts_of(town(), {slot: text})


@pytest.mark.parametrize(("text", "written", "verdict", "cell"), cases("claims"))
def test_each_number_gets_its_account(text: str, written: str, verdict: str, cell: str) -> None:
    slot = "own_active" if "信息" in text and "申请" not in text else "own_requests"
    found = [each for each in read(text, slot) if each.claim.written == written]
    assert found, [each.claim.written for each in read(text, slot)]
    assert found[-1].verdict == verdict
    assert cell == "-" or found[-1].cells[0] == cell


def town_with_channels() -> Answers:
    row: dict[str, str | int | Decimal | Option] = {"platform": "政府网站", "count": 390}
    kind: dict[str, str | int | Decimal | Option] = {"category": "政务动态类", "count": 110}
    lists = {"platform_counts": Answer((row,)), "categories": Answer((kind,))}
    return Answers(FORM, 2025, {**town().given, **lists})


@pytest.mark.parametrize(
    ("text", "verdict", "cell"),
    [
        ("加强政府网站建设，更新栏目12个，公开信息390条。", "agrees", "platform_counts[政府网站]"),
        ("政府网站新设专栏6个，全年公开信息520条。", "agrees", "active_total"),
        ("政府网站新设专栏6个，全年公开信息400条。", "open", "active_total"),
        ("政府网站新设专栏6个。全年公开信息400条。", "contradicts", "active_total"),
        ("公开政务动态110条。", "agrees", "categories[政务动态类]"),
    ],
)
def test_words_of_own_lists_are_known_and_may_narrow_a_total(
    text: str, verdict: str, cell: str
) -> None:
    *_, last = accounts_of(town_with_channels(), {"own_platforms": text})
    assert (last.verdict, last.cells) == (verdict, (cell,))


def printed_names(form: Edition) -> list[tuple[str, str]]:
    """What the form prints for a figure, with its cell; a column of one table is no name."""
    named = [(c.short, c.id) for c in form.cells.values() if not c.grid or c.computed]
    named += [(c.name, c.id) for c in form.cells.values() if not c.grid]
    return [(name, cell) for name, cell in named if not fnmatchcase(cell, "result_total.*")]


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.id)
def test_a_wrong_value_behind_any_printed_name_is_heard(form: Edition) -> None:
    figures = {cell.id: Answer(7 + at) for at, cell in enumerate(form.indicators)}
    answers = Answers(form, form.years.first, figures)
    vague = []
    for name, cell in printed_names(form):
        homes = [
            slot
            for topic in form.claims.topics
            if any(
                fnmatchcase(each, own) for own in topic.cells for each in (cell, cell.split(".")[0])
            )
            for slot in topic.slots
        ]
        text = f"{name}{answers.numbers[cell] + 90_000}{form.unit(cell)}。"
        found = accounts_of(answers, {next(iter(homes), "other_matters"): text})
        assert [each.verdict for each in found] in (["contradicts"], ["open"]), text
        if found[0].verdict == "open":
            vague.append(name)
    twice = [name for name, _ in printed_names(form)]
    assert all(twice.count(name) > 1 or name == "维持具体行政行为数" for name in vague), vague


@pytest.mark.parametrize("folder", sorted(SAMPLES.glob("*/")), ids=lambda path: path.name)
def test_the_narrative_of_a_sample_is_never_doubted_were_it_own_text(folder: Path) -> None:
    """Only how a figure changed, and what another year had, is not told by this year's figures."""
    loaded, last = load(folder / "answers.yaml", LIBRARY), folder / "previous.yaml"
    before = load(last, LIBRARY).answers if last.exists() else None
    blocks = make_draft(loaded, before, LIBRARY.sentences).report.blocks
    told = [block.text for block in blocks if all(span.kind != "own" for span in block.spans)]
    found = [each for text in told for each in accounts_of(loaded.answers, {"": text})]
    assert {each.verdict for each in found if each.claim.doubt not in ("change", "other_time")} == {
        "agrees"
    }


@given(
    st.text(
        st.sampled_from(
            "收到申请办结予以公开行政复议1234567890件条，。、；其中均未占%（）《》{}\n"
        ),
        max_size=200,
    )
)
def test_any_text_is_read_to_its_end(text: str) -> None:
    for each in read(text):
        assert text[each.claim.at :].startswith(each.claim.written) or each.claim.number is None
        assert each.verdict in ("agrees", "contradicts", "open")


@pytest.mark.parametrize(
    "text",
    [
        "收到申请A12件。",
        "收到申请12A件。",
        "收到申请12kg。",
        "收到申请v15件。",
        "COVID15。",
        "申请5G15件。",
    ],
)
def test_a_number_glued_to_latin_letters_is_never_a_figure(text: str) -> None:
    assert {each.verdict for each in read(text)} <= {"open"}


@pytest.mark.parametrize("text", cases("names_with_numbers"))
def test_a_number_in_a_name_counts_nothing(text: str) -> None:
    assert read(text) == []


def test_a_part_is_bound_to_what_its_whole_is_bound_to() -> None:
    wide = "{new_received.total+carried_in.total}"
    text = f"受理申请{wide}件，其中自然人申请10件。"
    part = "{new_received.natural+carried_in.natural}"
    assert bind(town(), None, "own_requests", text) == text.replace("10", part)
    asked = text.replace(wide, "13")
    assert bind(town(), None, "own_requests", asked) == asked


@pytest.mark.parametrize("pieces", [500, TEXT_LIMIT // 10])
def test_each_number_of_a_long_text_gets_its_account(pieces: int) -> None:
    written = [f"{100 + at % 900}份" for at in range(pieces)]
    text = "".join(f"发放折页{each}。\n" for each in written)
    found = read(text)
    assert [each.claim.written for each in found] == written
    assert {each.verdict for each in found} == {"open"}
    given = {**town().given, "own_requests": Answer(text)}
    rules = [check for check in FORM.rules if check.kind == "text_open"]
    told = run_checks(Answers(FORM, 2025, given), None, LIBRARY.sentences, rules).findings
    assert [each.is_open for each in told] == [True] * (MOST + 1)
    assert str(pieces - MOST) in told[-1].sentence


def test_open_numbers_hold_a_report_back_until_a_person_has_looked() -> None:
    text = "走访群众12次。收到申请12件。"
    answers = Answers(FORM, 2025, {**town().given, "own_requests": Answer(text)})
    rules = [check for check in FORM.rules if check.kind == "text_open"]
    (finding,) = run_checks(answers, None, LIBRARY.sentences, rules).findings
    assert finding.code == "T12"
    assert finding.is_open
    assert finding.arithmetic == "12次"
    assert finding.values == {"own_requests": "走访群众12次。", "own_requests.12次": ""}


def test_accounts_are_published_as_json(tmp_path, nianbao) -> None:
    source = (SAMPLES / "bureau-2025-typical" / "answers.yaml").read_text("utf-8")
    lines = [line for line in source.splitlines() if "own_requests:" not in line]
    text = "  own_requests: 收到申请{new_received.total}件，走访群众12次。\n"
    path = tmp_path / "答案.yaml"
    path.write_text("\n".join(lines).replace("  own_active:", f"{text}  own_active:"), "utf-8")
    run = nianbao("check", path, "--json")
    (file,) = json.loads(run.stdout)["files"]
    told = {each["written"]: each for each in file["accounts"]}
    assert told["12次"] == {
        "slot": "own_requests",
        "at": 12,
        "written": "12次",
        "account": "open",
        "cells": [],
    }
    assert told["30件"]["account"] == "bound"
    assert told["30件"]["cells"] == ["new_received.total"]


def test_every_process_reads_the_same_of_a_text() -> None:
    code = (
        "from tests.test_claims import read\n"
        "told = read('自然人四件，其他组织一件', 'requests.handled')\n"
        "print([each.claim.readings for each in told])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in "0123"
    ]
    assert len({run.stdout for run in runs}) == 1


SHARES = [  # the town finished 11, made 5 public, did not hold 3; 9 of 12 came from citizens
    ("本机关不掌握的占近三成。", "agrees"),
    ("四分之三的申请来自自然人。", "agrees"),
    ("一半以上由自然人提出。", "agrees"),
    ("三成多本机关不掌握。", "contradicts"),
    ("超过一半予以公开。", "contradicts"),
    ("予以公开占办结总数的一半。", "contradicts"),
    ("近九成由自然人提出。", "contradicts"),
    ("予以公开占办结总数的百分之四十五点四五。", "agrees"),
    ("收到留言12条，其中一半予以公开。", "open"),
    ("予以公开5件，其中一半来自自然人。", "contradicts"),
    ("超过一半的科室参加了培训。", "open"),
    ("志愿者近半为退休人员。", "open"),
    ("任务过半。", "open"),
    ("不超过一半的稿件有配图。", "open"),
]


@pytest.mark.parametrize(("text", "verdict"), SHARES)
def test_a_share_in_words_is_compared_or_asked_about(text: str, verdict: str) -> None:
    told = [
        each for each in accounts_of(town(), {"own_requests": text}) if each.claim.kind == "share"
    ]
    assert [each.verdict for each in told] == [verdict]


def test_a_share_that_words_give_is_told_beside_what_the_figures_yield() -> None:
    given_ = {**town().given, "own_requests": Answer("三成多本机关不掌握，超过一半予以公开。")}
    found = run_checks(Answers(FORM, 2025, given_), None, LIBRARY.sentences).findings
    told = [each.arithmetic for each in found if each.code == "T03"]
    assert told == ["3÷11=27.27%≠三成多", "5÷11=45.45%≠超过一半"]


@pytest.mark.parametrize(
    "text",
    [
        "三成立。",
        "一成不变。",
        "工作成效明显。",
        "半年来。",
        "用了半天、大半年。",
        "一半时间。",
        "半岛。",
        "统一成册。",
    ],
)
def test_words_that_are_no_shares_are_not_asked_about(text: str) -> None:
    assert not accounts_of(town(), {"own_requests": text})
