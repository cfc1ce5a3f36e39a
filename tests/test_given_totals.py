"""A total given beside the figures: compared with their sum, said when it differs, never kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answers, read_given
from assistant.dialog.session import Session
from assistant.form.loader import open_library
from assistant.form.model import Edition
from assistant.ui.tui.table_editing import fill, said_shortly
from tests.machines import Talk, talk

REQUESTS = ("open.natural", "open.biz")
REVIEW = ("review.upheld", "review.corrected", "review.other", "review.pending")
DIFFERS = "您给的总计是{}件，各格相加是{}件"


def form() -> Edition:
    return open_library().edition("national-2021")


def at(place: str, **typed: str) -> Talk:
    given = {
        "body_name": "示例镇人民政府",
        "applicants": "自然人、商业企业",
        "results": "予以公开、部分公开",
        **typed,
    }
    return Talk(read_given(form(), 2025, given, open_library().sentences).answers, None, place)


def keeps_no_total(answers: Answers) -> bool:
    return not answers.claimed and not answers.given.keys() & answers.edition.sums.keys()


@pytest.mark.parametrize(
    "line",
    [
        "自然人71，商业企业3，总计74",
        "自然人 71 企业 3 总计 74",
        "自然人71件、商业企业3件，合计74件",
        "总计74，自然人71，商业企业3",
        "自然人71，商业企业3，共74件",
        "71 3 74",
        "71\t3\t74",
        "71 3 0 0 0 0 74",
        "予以公开 71 3 0 0 0 0 74",
        "自然人予以公开71，商业企业予以公开3，予以公开总计74",
        "自然人予以公开71，商业企业予以公开3，总计74",
    ],
)
def test_a_total_that_agrees_is_accepted_with_a_word(line: str) -> None:
    now = at("open.natural")
    said = now.type(line)
    assert "总计相符。" in said
    assert now.all(*REQUESTS) == ["71", "3"]
    assert keeps_no_total(now.interview.answers)


@pytest.mark.parametrize(
    "line",
    [
        "自然人71，商业企业4，总计74",
        "71 4 74",
        "71 4 0 0 0 0 74",
        "予以公开 71 4 0 0 0 0 74",
        "自然人予以公开71，商业企业予以公开4，予以公开总计74",
        "予以公开\t71\t4\t0\t0\t0\t0\t74",
    ],
)
def test_a_total_that_differs_is_said_and_the_figures_are_shown_first(line: str) -> None:
    now = at("open.natural")
    said = now.type(line)
    assert DIFFERS.format(74, 75) in said
    assert "将要改动下面2项" in said
    assert now.all(*REQUESTS) == [None, None]
    now.type("是")
    assert now.all(*REQUESTS) == ["71", "4"]
    assert keeps_no_total(now.interview.answers)


def test_a_total_may_be_made_up_by_cells_that_are_still_to_come() -> None:
    now = at("open.natural")
    assert f"{DIFFERS.format(74, 71)}，还有1格没有填" in now.type("自然人71，总计74")
    assert now.all(*REQUESTS) == ["71", None]
    assert "总计相符" in now.type("商业企业3，总计74")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("维持4，未审结1，总计5", "总计相符"),
        ("维持4，纠正0，其他0，未审结1，总计6", DIFFERS.format(6, 5)),
        ("4 0 0 1 5", "总计相符"),
        ("4 0 0 1 6", DIFFERS.format(6, 5)),
        ("行政复议\t4\t0\t0\t1\t6", DIFFERS.format(6, 5)),
        ("4 0 0 1 5 1 0 0 0 1 0 0 0 0 0", "3个总计相符"),
        ("4 0 0 1 5 1 0 0 0 2 0 0 0 0 1", "有2个总计与各格相加不同"),
    ],
)
def test_table_four_has_totals_too(line: str, said: str) -> None:
    now = at("review.upheld")
    assert said in now.type(line)
    now.type("是")
    assert now.given("review.upheld") == "4"
    assert keeps_no_total(now.interview.answers)


@pytest.mark.parametrize(
    ("line", "cell", "given"),
    [
        ("予以公开总计9", "予以公开·总计", 3),
        ("总计9", "予以公开·总计", 3),
        ("总计 9", "予以公开·总计", 3),
        ("自然人办结9", "办理完毕的申请·自然人", 3),
        ("自然人总计9", "办理完毕的申请·自然人", 3),
        ("办理结果总计9", "办理完毕的申请·总计", 5),
        ("（七）总计 9 2 0 0 0 0 5", "办理完毕的申请·自然人", 3),
    ],
)
def test_a_total_alone_is_held_against_what_stands(line: str, cell: str, given: int) -> None:
    figures = {"open.natural": "2", "open.biz": "1"}
    now = at("open.natural", **figures, **{"partial.natural": "1", "partial.biz": "1"})
    before = now.interview.answers
    assert f"「{cell}」{DIFFERS.format(9, given)}" in now.type(line)
    assert now.interview.answers == before
    assert now.interview.pending is None
    assert now.at == "open.natural"


def test_the_row_and_the_column_of_totals_of_a_pasted_table_are_compared() -> None:
    rows = ["予以公开\t2\t1\t0\t0\t0\t0\t3", "部分公开\t1\t0\t0\t0\t0\t0\t1"]
    now = at("open.natural")
    said = now.type("\n".join([*rows, "（七）总计\t3\t1\t0\t0\t0\t0\t4"]))
    assert "9个总计相符" in said
    assert "没有采用：" not in said
    said = now.type("否", "\n".join([*rows, "（七）总计\t3\t2\t0\t0\t0\t0\t5"]))
    assert "有2个总计与各格相加不同：\n「办理完毕的申请·商业企业」您给的总计是2件" in said
    now.type("是")
    assert now.all(*REQUESTS, "partial.natural", "partial.biz") == ["2", "1", "1", "0"]
    assert keeps_no_total(now.interview.answers)


def test_figures_that_are_a_row_with_or_without_its_total_are_asked_back() -> None:
    now = at("open.natural", applicants="自然人、科研机构、社会公益组织、法律服务机构、其他组织")
    said = now.type("2 0 1 0 0 3")
    assert "有几种意思" in said
    assert "核对「三、（一）　予以公开·总计」3" in said
    now.type("B")
    assert now.all("open.natural", "open.ngo", "open.other_org") == ["2", "1", "0"]


@pytest.mark.parametrize("line", ["共3件", "一共3件"])
def test_altogether_alone_is_an_answer(line: str) -> None:
    now = at("open.natural")
    now.type(line)
    assert now.given("open.natural") == "3"


@pytest.mark.parametrize("line", ["自然人71，总计很多", "总计", "自然人71，总计74，总计75"])
def test_what_is_no_total_takes_nothing(line: str) -> None:
    now = at("open.natural")
    now.type(line)
    assert now.all(*REQUESTS) == [None, None]


@pytest.mark.parametrize(("total", "said"), [(3, "总计相符"), (4, DIFFERS.format(4, 3))])
def test_in_the_older_forms_a_total_is_held_against_the_parts(total: int, said: str) -> None:
    now = talk("received_in_person", received_total="3")
    assert said in now.type(f"当面1，网络2，传真0，信函0，总计{total}")
    assert now.given("received_total") == "3"


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Session]:
    """The table on the screen, at the first cell of a row."""
    path = tmp_path / "答案.yaml"
    path.write_text(
        "format: 1\nedition: national-2021\nyear: 2025\nanswers:\n"
        "  body_name: 示例镇人民政府\n  applicants: [自然人, 商业企业]\n"
        "  results: [予以公开, 部分公开]\n",
        encoding="utf-8",
    )
    session = Session(open_library(), tmp_path, date(2026, 1, 8))
    session.start(path)
    session.move("open.natural")
    yield session
    session.close()


def test_in_the_table_a_row_with_its_total_goes_on_to_the_next_row(table: Session) -> None:
    said = fill(table, "71 3 74")
    assert said_shortly(said).text.startswith("予以公开·自然人：71件")
    assert table.interview is not None
    assert table.interview.at == "partial.natural"


def test_in_the_table_a_total_that_differs_is_said_before_its_row_is_taken(table: Session) -> None:
    said = said_shortly(fill(table, "自然人71，商业企业4，总计74"))
    assert said.is_bad
    assert DIFFERS.format(74, 75) in said.text
    assert table.interview is not None
    assert table.interview.is_asked_back
    fill(table, "是")
    assert table.interview.answers.numbers["open.total"] == 75
