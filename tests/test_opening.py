"""The first screen: which file, year, place and body, and what stands in the folder."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answers
from assistant.dialog.session import Session
from assistant.export.formats import FORMATS
from assistant.form.loader import Library
from assistant.report import make_report
from tests.conftest import SAMPLES
from tests.drafts import OFFICE, drafted
from tests.machines import spoken


def file_of(body: str = "甲局", year: int = 2017, answers: str = "") -> str:
    return (
        f"format: 1\nedition: beijing-2014\nyear: {year}\nanswers:\n  body_name: {body}\n{answers}"
    )


class Screen:
    """The first screen of one folder, and what it said last."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.said = spoken(session.start())

    def type(self, *lines: str) -> str:
        for line in lines:
            self.said = spoken(self.session.say(line))
        return self.said

    @property
    def has_begun(self) -> bool:
        return self.session.interview is not None


Opened = Callable[..., Screen]


@pytest.fixture
def opened(tmp_path: Path, shelf: Library) -> Iterator[Opened]:
    """The first screen in a folder with some files."""
    screens: list[Screen] = []

    def start(files: dict[str, str] | None = None, year: int = 2018) -> Screen:
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        screens.append(Screen(Session(shelf, tmp_path, date(year, 3, 1))))
        return screens[-1]

    yield start
    for screen in screens:
        screen.session.close()


TWO = {"甲局-2017.yaml": file_of(), "乙局-2016.yaml": file_of("乙局", 2016)}
STAGES = {
    "choose": (TWO, []),
    "last_year": (TWO, ["4"]),
    "year": ({}, []),
    "place": ({}, [""]),
}
BODY = ["", "1"]


# Beginning anew.


def test_beginning_anew_asks_year_place_and_body(opened: Opened) -> None:
    screen = opened()
    assert "按回车就是2017年度" in screen.said
    assert "1. 北京市" in screen.type("")
    assert "全称" in screen.type("1")
    assert "已建立示例镇人民政府-2017.yaml" in screen.type("示例镇人民政府")
    interview = screen.session.interview
    assert (interview.answers.year, interview.at) == (2017, "body_kind")
    assert screen.session.path.exists()


@pytest.mark.parametrize(
    ("place", "body", "right"),
    [
        ("1", "河北省示例县示例镇人民政府", "应使用国家统一的表式national-2014"),
        ("2", "北京市示例区示例镇人民政府", "应使用beijing-2014"),
        ("1", "北京市示例区示例镇人民政府", ""),
        ("2", "河北省示例县示例镇人民政府", ""),
        ("1", "示例镇人民政府", ""),
    ],
)
def test_a_form_that_is_not_for_the_place_of_the_body_is_a_finding(
    opened: Opened, place: str, body: str, right: str
) -> None:
    screen = opened()
    said = screen.type("", place, body)
    assert ("M04" in said) == bool(right)
    assert right in said
    assert screen.session.interview.at == "body_kind"


@pytest.mark.parametrize(
    "line", ["2016", "2016年", "2016年度", "２０１６", " 2016 ", "二〇一六", "二零一六年度"]
)
def test_a_year_in_all_its_spellings(opened: Opened, line: str) -> None:
    screen = opened()
    screen.type(line, "北京", "甲局")
    assert screen.session.interview.answers.year == 2016


@pytest.mark.parametrize("line", ["17", "前些年", "20170", "0", "二〇一", "-2017"])
def test_what_is_no_year_is_asked_again(opened: Opened, line: str) -> None:
    assert "看不出是哪一年" in opened().type(line)


@pytest.mark.parametrize("year", range(2014, 2019))
def test_the_deadline_under_the_first_regulation(opened: Opened, year: int) -> None:
    assert f"{year + 1}年3月31日前公布" in opened(year=2026).type(str(year))


@pytest.mark.parametrize(
    ("year", "document"),
    [
        (2019, "〔2019〕60号"),
        (2020, "〔2019〕60号"),
    ],
)
def test_a_year_without_form_names_form_and_deadlines(
    opened: Opened, year: int, document: str
) -> None:
    screen = opened(year=2026)
    said = screen.type(str(year))
    assert f"国办公开办函{document}" in said
    assert f"{year + 1}年1月31日前" in said
    assert "第四十九条" in said
    assert "报告是哪个年度的" in said
    assert not screen.has_begun


def test_a_year_before_the_form(opened: Opened) -> None:
    assert "国办发〔2014〕32号的表式从2014年度起用" in opened().type("2013")


def test_no_later_law_is_quoted_for_an_early_year(opened: Opened) -> None:
    assert "第四十九条" not in opened().type("2013")


@pytest.mark.parametrize("line", ["2018", "2030"])
def test_a_year_that_is_not_over_is_refused(opened: Opened, line: str) -> None:
    assert "还没有过完" in opened().type(line)


@pytest.mark.parametrize(
    ("place", "edition"),
    [
        ("1", "beijing-2014"),
        ("北京", "beijing-2014"),
        ("2", "national-2014"),
        ("其他", "national-2014"),
    ],
)
def test_year_and_place_choose_the_form(opened: Opened, place: str, edition: str) -> None:
    screen = opened()
    said = screen.type("", place)
    assert ("还原" in said) == (edition == "national-2014")
    screen.type("甲局")
    assert screen.session.interview.edition.id == edition


@pytest.mark.parametrize("year", [2021, 2025])
def test_a_year_of_the_form_in_force_asks_no_place(opened: Opened, year: int) -> None:
    screen = opened(year=2026)
    said = screen.type(str(year))
    assert f"{year + 1}年1月31日前" in said
    assert "全称" in said
    screen.type("甲局")
    assert screen.session.interview.edition.id == "national-2021"
    assert screen.session.interview.answers.year == year


def test_back_from_the_body_is_the_year_where_no_place_was_asked(opened: Opened) -> None:
    screen = opened(year=2026)
    assert "报告是哪个年度的" in screen.type("", "/上一题")


@pytest.mark.parametrize("line", ["3", "0", "上海", "", "北"])
def test_a_place_that_is_not_listed_is_asked_again(opened: Opened, line: str) -> None:
    assert "请从列出的地区里选" in opened().type("", line)


@pytest.mark.parametrize(
    "line", ["", "第3", "甲局，", "暂缺", pytest.param("甲" * 100_000, id="long")]
)
def test_a_body_that_cannot_be_printed_is_refused(
    opened: Opened, line: str, tmp_path: Path
) -> None:
    screen = opened()
    assert "全称" in screen.type(*BODY, line)
    assert not screen.has_begun
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("a/b\\c:d*e?f局", "a_b_c_d_e_f局-2017.yaml"),
        ("../../甲局", "_.._甲局-2017.yaml"),
        (".甲局", "甲局-2017.yaml"),
        ("局" * 90, "局" * 60 + "-2017.yaml"),
    ],
)
def test_file_names_hold_no_mark_that_a_system_refuses(
    opened: Opened, tmp_path: Path, body: str, name: str
) -> None:
    opened().type(*BODY, body)
    assert (tmp_path / name).exists()


@pytest.mark.parametrize("typed", ["问一下领导", "示例镇", "示例市示例区", "稍后再说"])
def test_what_does_not_look_like_a_body_is_asked_twice(opened: Opened, typed: str) -> None:
    screen = opened()
    assert f"“{typed}”不像单位全称" in screen.type(*BODY, typed)
    assert "已建立示例镇人民政府-2017.yaml" in screen.type("示例镇人民政府")
    other = opened()
    assert f"已建立{typed}-2017.yaml" in other.type("2", *BODY, typed, typed)


@pytest.mark.parametrize("typed", ["不知道", "暂缺", "0", "010-00000000"])
def test_a_body_has_a_name(opened: Opened, typed: str) -> None:
    screen = opened()
    assert "请输入单位全称。" in screen.type(*BODY, typed)
    assert not screen.has_begun


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "报告年度是数字所属的那一年"),
        ([""], "地区决定用哪一种表"),
        (BODY, "全称与印章一致"),
    ],
)
@pytest.mark.parametrize("typed", ["？", "什么是全称", "这里怎么填", "帮助"])
def test_each_first_question_can_be_asked_about(
    opened: Opened, lines: list[str], told: str, typed: str
) -> None:
    screen = opened()
    screen.type(*lines)
    assert told in screen.type(typed)
    assert not screen.has_begun


# Files of the folder.


def test_files_are_listed_newest_first_and_resumed_by_number_or_name(opened: Opened) -> None:
    screen = opened(TWO)
    assert (
        "1. 接着填甲局2017年度（还剩84题，选答13题，甲局-2017.yaml）\n2. 接着填乙局" in screen.said
    )
    assert "乙局2016年度，已答1题" in screen.type("乙局-2016.yaml")


def test_last_years_file_is_told_from_the_one_to_go_on_with(opened: Opened) -> None:
    files = {"甲局-2017.yaml": file_of(), "甲局-2016.yaml": file_of(year=2016)}
    assert "2. 打开作为上年的甲局2016年度（甲局-2016.yaml）" in opened(files).said


def test_a_single_file_is_resumed_by_enter(opened: Opened) -> None:
    screen = opened({"甲局-2017.yaml": file_of()})
    assert "按回车就接着填" in screen.said
    assert "接着上次的往下填" in screen.type("")


def test_a_finished_file_of_the_year_before_is_last_years_by_enter(opened: Opened) -> None:
    whole = (SAMPLES / "township-2017-corrected" / "answers.yaml").read_text("utf-8")
    screen = opened({"镇-2017.yaml": whole}, 2019)
    assert "1. 打开填完的" in screen.said
    assert "按回车就从它开始填2018年度" in screen.said
    assert "上年的文件镇-2017.yaml已经打开" in screen.type("")
    assert screen.session.interview.answers.year == 2018


@pytest.mark.parametrize("lines", [[], ["3"], ["4"]], ids=["resume", "last year", "report"])
def test_of_one_candidate_enter_takes_it(opened: Opened, lines: list[str], tmp_path: Path) -> None:
    whole = (SAMPLES / "township-2017-corrected" / "report.txt").read_text("utf-8")
    files = {"甲局-2016.yaml": file_of(year=2016), "镇年度报告.txt": whole}
    said = []
    for answer in ("", "1"):
        screen = opened(files, 2019 if "4" in lines else 2018)
        screen.type(*lines)
        assert "按回车就" in screen.said
        said.append(screen.type(answer))
        screen.session.close()
        for path in {*tmp_path.iterdir()} - {tmp_path / name for name in files}:
            path.unlink()
    assert said[0] == said[1]
    assert "没有这个编号" not in said[0]


def test_the_same_body_and_year_resume_the_file_that_is_there(
    opened: Opened, tmp_path: Path
) -> None:
    screen = opened({"旧名.yaml": file_of(answers="  active_total: 9\n")})
    assert "已经有一份（旧名.yaml）" in screen.type("2", *BODY, "甲局")
    assert screen.session.path == tmp_path / "旧名.yaml"
    assert screen.session.interview.answers.value("active_total") == 9


def test_from_last_years_file(opened: Opened) -> None:
    screen = opened({"甲局-2016.yaml": file_of(year=2016, answers="  active_total: 9\n")})
    assert "上年的文件是哪一个" in screen.type("3")
    assert "上年的文件甲局-2016.yaml已经打开" in screen.type("1")
    answers = screen.session.interview.answers
    assert (answers.year, list(answers.given)) == (2017, ["body_name"])
    assert "上年：9条" in screen.type("跳到 11")


def test_last_years_file_is_found_beside_a_new_one(opened: Opened) -> None:
    screen = opened({"甲局-2016.yaml": file_of(year=2016)})
    assert "甲局-2016.yaml已经打开" in screen.type("2", *BODY, "甲局")


def test_no_form_for_the_year_after_the_last(opened: Opened) -> None:
    screen = opened({"甲局-2018.yaml": file_of(year=2018)}, year=2020)
    assert "〔2019〕60号" in screen.type("3", "1")
    assert "要做什么" in screen.said


def test_broken_files_are_named_and_strange_ones_left_alone(opened: Opened, tmp_path: Path) -> None:
    odd = {"坏.yaml": "a: [", "太新.yaml": file_of(year=2025), "别的.yaml": "a: 1\n", "注.txt": "a"}
    (tmp_path / "夹子.yaml").mkdir()
    screen = opened({**odd, **TWO})
    assert all(f"{name}读不出来" in screen.said for name in ("坏.yaml", "太新.yaml"))
    assert not {"别的.yaml", "注.txt", "夹子.yaml"} & set(screen.said.replace("，", "\n").split())
    assert "接着填甲局" in screen.said


def test_copies_and_backups_are_not_mixed_up(opened: Opened) -> None:
    aside = {"甲局-2017-另存1.yaml": file_of(), "甲局-2017.yaml.bak": file_of()}
    screen = opened({**TWO, **aside})
    assert ".bak" not in screen.said
    assert "甲局-2017-另存1.yaml" in screen.said


@pytest.mark.parametrize("year", [2017, 2016])
def test_a_version_put_aside_is_not_the_file(opened: Opened, year: int, tmp_path: Path) -> None:
    files = {f"甲局-{year}{end}.yaml": file_of(year=year) for end in ("", "-另存1")}
    screen = opened(files)
    said = screen.type("3", *BODY, "甲局")
    assert f"甲局-{year}.yaml" in said
    assert "另存" not in said


def test_files_that_are_not_listed_are_mentioned(opened: Opened) -> None:
    screen = opened({f"{number:03}镇.yaml": file_of(f"{number:03}镇") for number in range(205)})
    assert "204镇" in screen.said or "没有列" in screen.said


def test_a_file_held_elsewhere_is_said_and_the_question_stays(
    opened: Opened, shelf: Library, tmp_path: Path
) -> None:
    screen, other = opened(TWO), Screen(Session(shelf, tmp_path, date(2018, 3, 1)))
    other.type("1")
    assert "要做什么" in screen.type("1")
    other.session.close()
    assert "接着上次" in screen.type("1")


# Commands before there is a file.


@pytest.mark.parametrize("stage", STAGES)
def test_quit_help_and_unknown_commands_at_every_stage(opened: Opened, stage: str) -> None:
    files, lines = STAGES[stage]
    screen = opened(files)
    screen.type(*lines)
    asked = screen.said.splitlines()[-1]
    for line in ("帮助", "？", "/help", "/删库", "核对", "/撤销"):
        assert screen.type(line).splitlines()[-1] == asked
    screen.type("退出")
    assert (screen.session.ui_request, screen.has_begun) == ("quit", False)


def test_back_goes_to_the_stage_before(opened: Opened) -> None:
    screen = opened(TWO)
    assert "哪个地区" in screen.type("3", *BODY, "/返回")
    assert "哪个年度" in screen.type("返回")
    assert "要做什么" in screen.type("返回", "返回")
    assert "要做什么" in screen.type("4", "上一题")


@pytest.mark.parametrize("line", ["/退出", "／quit"])
def test_a_slash_commands_where_the_body_is_asked(opened: Opened, line: str) -> None:
    screen = opened()
    screen.type(*BODY, line)
    assert (screen.session.ui_request, screen.has_begun) == ("quit", False)


@pytest.mark.parametrize("line", ["?", "？", "退出", "返回", "帮助", "、退出"])
def test_no_file_is_named_after_a_command(opened: Opened, line: str, tmp_path: Path) -> None:
    opened().type(*BODY, line)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("stage", ["choose", "last_year", "place"])
def test_very_long_numbers_at_a_choice(opened: Opened, stage: str) -> None:
    files, lines = STAGES[stage]
    opened(files).type(*lines, "9" * 5_000)


def test_a_report_that_can_only_be_last_year_of_an_unfinished_year_says_what_to_do(
    shelf: Library, tmp_path: Path, sample: Callable[[str], Answers]
) -> None:
    report = make_report(sample("town-2025-all-zero"), None, shelf.sentences, is_draft=False)
    path = tmp_path / "2025年政府信息公开年报.txt"
    path.write_bytes(FORMATS["txt"].write(drafted(report), OFFICE))
    with closing(Session(shelf, tmp_path, date(2026, 11, 29))) as session:
        said = Screen(session).type(path.name)
    assert "只能作2026年度的上年报告" in said
    assert "请输入年度2025" in said
