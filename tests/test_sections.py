"""Part by part: what is passed, and the tables before the narrative."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answers
from assistant.dialog.interview.progress import in_tables, open_questions, parts
from assistant.form.loader import open_library
from assistant.intents import is_free_text
from tests.machines import HERE, Talk, line_for

FORMS = [("beijing-2014", 2017), ("national-2021", 2025)]


def fresh(edition: str, year: int) -> Talk:
    return Talk(Answers(open_library().edition(edition), year, {}))


def here(now: Talk) -> str:
    """The part that the question on the screen is in; empty at the end of the form."""
    known = parts(now.interview.answers, now.interview.sentences)
    return next((each.title for each in known if now.at in each.names), "")


@pytest.mark.parametrize(("edition", "year"), FORMS)
def test_part_after_part_is_passed_and_told_with_what_stays_open(edition: str, year: int) -> None:
    now = fresh(edition, year)
    known = parts(now.interview.answers, now.interview.sentences)
    for part in known:
        assert here(now) == part.title
        said = now.type("/跳过本部分")
        assert f"「{part.title}」先放下：{part.left.said(now.interview.sentences)}" in said
    assert now.at == ""
    assert now.interview.answers.given == {}
    assert "已经在表尾了" in now.type("跳过本部分")


@pytest.mark.parametrize("word", ["跳过本部分", "这部分先不填", "下一部分"])
@pytest.mark.parametrize("at", ["1", "主动公开", "own_requests", "signature_date"])
def test_a_part_is_passed_from_wherever_one_stands(word: str, at: str) -> None:
    now = fresh("national-2021", 2025)
    now.type(f"/跳到 {at}")
    before = here(now)
    slash = "/" if is_free_text(now.interview.question) else ""
    now.type(slash + word)
    assert here(now) != before


@pytest.mark.parametrize("word", ["只填表", "先填表"])
@pytest.mark.parametrize(("edition", "year"), FORMS)
@given(st.lists(HERE, min_size=1, max_size=120))
@settings(max_examples=10)
def test_only_the_tables_are_asked_until_they_are_filled(
    edition: str, year: int, word: str, lines: list[int]
) -> None:
    now = fresh(edition, year)
    form = now.interview.edition
    assert "先只问表里的数" in now.type(f"/{word}")
    for each in lines:
        assert now.interview.only_tables
        assert in_tables(form, now.at)
        now.type(line_for(now.interview, each), *["/继续"] * (now.interview.pending is not None))
        now.type("/继续")
        waiting = [n for n in open_questions(now.interview.answers) if in_tables(form, n)]
        if not waiting:
            assert not now.interview.only_tables
            return


def test_when_the_tables_are_filled_the_others_follow() -> None:
    now = fresh("national-2021", 2025)
    now.type("/只填表")
    for _ in range(200):
        if not now.interview.only_tables:
            break
        now.type("无" if now.interview.edition.questions[now.at].kind == "choices" else "0")
    assert "表都填完了，接着问文稿里要写的情况" in now.type("/只填表")
    assert not now.interview.only_tables
    assert not in_tables(now.interview.edition, now.at)
    assert now.at in open_questions(now.interview.answers)


def test_everything_is_asked_again_when_that_is_said() -> None:
    now = fresh("national-2021", 2025)
    now.type("/只填表")
    assert in_tables(now.interview.edition, now.at)
    assert "表外的题也接着问" in now.type("全部都填")
    assert not in_tables(now.interview.edition, now.at)
    assert "现在就是全部题都问" in now.type("/全部都填")
