"""The form of 2019 and 2020: it is read, and last year's of 2021, and never filled in."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answers, FigureValues, load, printed_text, read_given
from assistant.checks.runner import run_checks
from assistant.collect.blank_sheet import write_blank
from assistant.dialog.session import Session
from assistant.form.loader import Library
from assistant.form.model import Edition, Heading
from assistant.published.last_year import load_last_year
from assistant.storage.errors import AssistantError, EditionError
from assistant.values import Refusal, read
from tests.conftest import SAMPLES
from tests.data.cases import cases
from tests.linting import change, found
from tests.machines import spoken

READ = "national-2019"
REFUSED = "只能用来读取已公布的报告，不能填报"
BODY = "示例县人民政府"


@pytest.fixture(scope="module")
def form(shelf: Library) -> Edition:
    return shelf.edition(READ)


def file_of(form: Edition, **numbers: str) -> str:
    """An answer file of 2020, every number zero but for those given."""
    words = {"body_name": BODY, "body_kind": "县（市、区）人民政府"}
    words["signature_date"] = "2021年3月1日"
    figures = {cell.id: "0" for cell in form.indicators} | numbers
    lines = [f"  {name}: {value}\n" for name, value in {**words, **figures}.items()]
    return f"format: 1\nedition: {form.id}\nyear: 2020\nanswers:\n{''.join(lines)}"


CARRIED = {"carried_in.natural": "4", "open.natural": "3", "other.natural": "1",
           "licence_decisions": "10"}  # fmt: skip
GONE_ON = {f"carried_out.{who}": count for who, count in
           (("natural", "4"), ("biz", "2"), ("legal_service", "1"))}  # fmt: skip


@pytest.fixture
def before(form: Edition, tmp_path: Path) -> Path:
    """Last year's file: seven applications were carried on."""
    path = tmp_path / "去年.yaml"
    path.write_text(file_of(form, **CARRIED, **GONE_ON), "utf-8")
    return path


@pytest.fixture
def now(tmp_path: Path) -> Path:
    """A file of 2021, that of the county a few years earlier."""
    text = (SAMPLES / "county-2025-with-previous" / "answers.yaml").read_text("utf-8")
    path = tmp_path / "今年.yaml"
    text = text.replace("year: 2025", "year: 2021").replace("2026年", "2022年")
    path.write_text(text.replace("2025年", "2021年"), "utf-8")
    return path


# What it is.


def test_it_can_be_read_and_not_filled_in(shelf: Library) -> None:
    assert READ in shelf.edition_ids()
    assert READ not in shelf.fillable_ids()
    for year in (2019, 2020):
        assert shelf.editions_of(year) == ()
        assert [each.id for each in shelf.readable_editions(year)] == [READ]
    assert shelf.edition_to_fill().id == "national-2021"
    assert {each.id for each in shelf.readable_editions()} == set(shelf.edition_ids())


def test_the_tables_of_applications_and_cases_are_those_of_2021(
    shelf: Library, form: Edition
) -> None:
    later = shelf.edition("national-2021")
    for name in ("requests", "disputes"):
        here, there = form.grids_by_id[name], later.grids_by_id[name]
        kept = [row for row in there.rows if not row.id.startswith("other_")]
        assert [(row.id, row.printed_label, row.parent) for row in here.rows] == [
            (row.id, row.printed_label, row.parent) for row in kept
        ]
        assert [(c.id, c.label, c.group, c.computed) for c in here.columns] == [
            (c.id, c.label, c.group, c.computed) for c in there.columns
        ]
    assert not isinstance(form.rows_by_id["other"], Heading)


def test_what_both_forms_ask_by_one_id_is_the_same(shelf: Library, form: Edition) -> None:
    later = shelf.edition("national-2021")
    shared = form.cells.keys() & later.cells.keys()
    assert {each for each in shared if "." not in each} == {
        "licence_decisions", "penalty_decisions", "coercion_decisions"}  # fmt: skip
    assert {form.cells[each].unit for each in shared} == {"件"}
    kind = "body_kind"
    assert form.questions[kind].options == later.questions[kind].options  # type: ignore[union-attr]


def test_the_first_table_is_of_other_cells(form: Edition) -> None:
    inside = [cell for cell in form.cells.values() if "." not in cell.id]
    assert [(cell.id, cell.kind, cell.unit) for cell in inside if cell.row in ("norm", "fee")] == [
        ("norm_created", "count", "件"),
        ("norm_disclosed", "count", "件"),
        ("norm_public", "count", "件"),
        ("fee_before", "count", "项"),
        ("fee_change", "change", "项"),
    ]
    assert (form.cells["procurement_amount"].kind, form.unit("procurement_amount")) == (
        "amount",
        "万元",
    )
    assert len(inside) == 22


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0", 0), ("+3", 3), ("-2", -2), ("－2项", -2), ("−2", -2), ("增3", 3), ("减少 2 项", -2),
     ("负2", -2), ("无", 0), ("12", 12)],
)  # fmt: skip
def test_a_change_has_a_sign(typed: str, value: int) -> None:
    assert read(typed, "change", "项") == value


@pytest.mark.parametrize("typed", ["", "-", "+", "--2", "增", "约3", "+1.5", "减5件", "/"])
def test_what_is_no_change_is_refused(typed: str) -> None:
    assert isinstance(read(typed, "change", "项"), Refusal)


def test_a_change_is_kept_with_its_sign(shelf: Library, form: Edition) -> None:
    reading = read_given(form, 2020, {"licence_change": "-2", "fee_change": "+1"}, shelf.sentences)
    assert reading.findings == ()
    assert reading.answers.numbers == {"licence_change": -2, "fee_change": 1}
    assert reading.answers.printed("licence_change") == "-2"


def judged(form: Edition, shelf: Library, **numbers: str) -> set[str]:
    """The keys of what is found in a report of 2020 that has all else zero."""
    figures = {cell.id: "0" for cell in form.indicators} | numbers
    given: dict[str, object] = {**figures, "body_kind": "镇人民政府"}
    answers = read_given(form, 2020, given, shelf.sentences).answers
    found = run_checks(answers, None, shelf.sentences).findings
    return {each.key for each in found if each.code != "M01"}


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ({}, set()),
        ({"new_received.natural": "1", "other.natural": "1"}, set()),
        ({"new_received.natural": "1"}, {"R01.natural"}),
        ({"result_total.natural": "1"}, {"R02.natural"}),
        ({"review.total": "1"}, {"R04.review"}),
        ({"reg_created": "1"}, {"L03.created"}),
        ({"own_requests": "未收到政府信息公开申请。"}, set()),
        ({"own_requests": "收到政府信息公开申请3件。"}, {"T01.own_requests"}),
        ({"own_requests": "其他处理3件。"}, {"T01.own_requests"}),
        ({"own_management": "按照国办公开办函〔2021〕30号编制。"}, {"T05.own_management"}),
    ],
)
def test_a_report_of_those_years_is_audited(
    form: Edition, shelf: Library, numbers: Mapping[str, str], found: set[str]
) -> None:
    keys = judged(form, shelf, **numbers)
    assert {key.split(".")[0] for key in keys} == {key.split(".")[0] for key in found}, keys


# What is refused.


def test_a_file_of_it_is_refused_by_every_command_that_writes(
    here: Callable, form: Edition, tmp_path: Path
) -> None:
    path = tmp_path / "答案.yaml"
    path.write_text(file_of(form), "utf-8")
    new = tmp_path / "new.yaml"
    for words in (
        ("check", path),
        ("replay", path),
        ("replay", path, "-o", tmp_path / "out"),
        ("replay", path, "--show"),
        ("chat", "--plain", path),
        ("diff", path, path),
        ("migrate", path, "--to", "national-2021", "-o", new),
        ("form", READ, "-o", tmp_path / "sheet.xlsx"),
        ("schema", READ),
    ):
        run = here(*words)
        assert run.returncode == 5, words
        assert REFUSED in run.stderr, words
        assert f"{READ}（《政府信息公开工作年度报告格式（试行）》" in run.stderr
    assert {each.name for each in tmp_path.iterdir() if each.suffix != ".lock"} == {path.name}


def test_nothing_is_carried_over_to_it(here: Callable, tmp_path: Path) -> None:
    source = SAMPLES / "township-2017-as-published" / "answers.yaml"
    run = here("migrate", source, "--to", READ, "-o", tmp_path / "new.yaml")
    assert (run.returncode, REFUSED in run.stderr) == (5, True)
    assert not (tmp_path / "new.yaml").exists()


def test_a_sheet_of_it_is_not_collected(
    nianbao: Callable, shelf: Library, form: Edition, tmp_path: Path, copy: Path
) -> None:
    sheet = tmp_path / "填报表.xlsx"
    later = shelf.edition("national-2021")
    data = write_blank(later, 2021, shelf)
    sheet.write_bytes(data)
    head = copy / "national-2021" / "edition.yaml"
    head.write_text(head.read_text("utf-8") + "reading_only: yes\n", "utf-8")
    new = tmp_path / "new.yaml"
    run = nianbao("form", "--read", sheet, "-o", new, "--templates", copy)
    assert (run.returncode, REFUSED in run.stderr) == (5, True)
    assert not new.exists()


def test_no_list_of_forms_names_it(here: Callable, tmp_path: Path, shelf: Library) -> None:
    run = here("form", "nowhere")
    assert "beijing-2014、national-2014、national-2021。" in run.stderr
    path = tmp_path / "答案.yaml"
    path.write_text("format: 1\nedition: nowhere\nyear: 2019\nanswers: {}\n", "utf-8")
    run = here("check", path)
    assert "本程序不支持这一表式" in run.stderr
    assert READ not in run.stderr
    with closing(Session(shelf, tmp_path, date(2021, 3, 1))) as session:
        session.start()
        said = spoken(session.say("2020"))
        assert "2020年度没有可用的表式" in said
        assert "试行" not in said


def test_the_form_and_the_schema_by_default_are_of_the_last_that_is_filled_in(
    nianbao: Callable, copy: Path
) -> None:
    (copy / READ).rename(copy / "zz-read")
    run = nianbao("schema", "--templates", copy)
    assert json.loads(run.stdout)["properties"]["edition"] == {"const": "national-2021"}


# As last year's form.


def test_what_was_carried_on_is_what_arrives(here: Callable, before: Path, now: Path) -> None:
    run = here("check", now, "--previous", before)
    assert run.returncode in (0, 3, 4), run.stderr
    assert "L01" not in run.stdout
    before.write_text(before.read_text("utf-8").replace("out.biz: 2", "out.biz: 0"), "utf-8")
    run = here("check", now, "--previous", before)
    assert "L01" in run.stdout
    assert "2≠0" in run.stdout


def test_documents_in_force_are_not_held_against_those_disclosed(
    shelf: Library, before: Path, now: Path
) -> None:
    this = load(now, shelf).answers
    last = load_last_year(before, this, shelf).answers
    outcomes = run_checks(this, last, shelf.sentences)
    assert outcomes.by_check["L02"] == "waiting"
    assert outcomes.by_check["L01"] == "passed"
    assert outcomes.by_check["S08"] == "failed"  # 行政许可 10 and 42


def test_the_report_of_2021_is_written_with_it_beside(
    here: Callable, before: Path, now: Path, tmp_path: Path
) -> None:
    run = here("replay", now, "--previous", before, "-o", tmp_path / "out", "--format",
               "txt,md,html,docx,xlsx", "--review")  # fmt: skip
    assert run.returncode in (0, 3, 4), run.stderr
    assert "错误" not in run.stderr.splitlines()[-1]
    assert {each.suffix for each in (tmp_path / "out").iterdir()} >= {".txt", ".docx", ".xlsx"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{last_year:result_total.total}", "4"),
        ("{change:result_total.total}", r"\d+"),
        ("{change:licence_decisions}", "32"),
        ("{last_year:carried_out.total}", "7"),
        ("{change:norm_valid}", r"\{change:norm_valid\}"),
        ("{last_year:other_other.total}", r"\{last_year:other_other.total\}"),
        ("{rate:fee_amount}", r"\{rate:fee_amount\}"),
        ("{change:trainings}", r"\{change:trainings\}"),
    ],
)
def test_a_figure_that_the_older_form_lacks_is_not_compared(
    shelf: Library, before: Path, now: Path, text: str, printed: str
) -> None:
    this = load(now, shelf).answers
    last = load_last_year(before, this, shelf).answers
    assert re.fullmatch(printed, printed_text(text, FigureValues(this, last)))


@pytest.mark.parametrize(
    ("edition", "year", "code"),
    [("national-2021", 2022, "previous_not_before"), ("beijing-2014", 2018, None),
     ("national-2014", 2018, None)],
)  # fmt: skip
def test_it_is_last_years_form_of_no_other(
    shelf: Library, before: Path, edition: str, year: int, code: str | None
) -> None:
    this = Answers(shelf.edition(edition), year)
    with pytest.raises(AssistantError) as fault:
        load_last_year(before, this, shelf)
    assert fault.value.code == (code or "previous_other_edition")


def test_a_file_before_2019_is_not_followed(shelf: Library) -> None:
    path = SAMPLES / "township-2017-as-published" / "answers.yaml"
    with pytest.raises(EditionError) as fault:
        load_last_year(path, Answers(shelf.edition("national-2021"), 2021), shelf)
    assert fault.value.code == "previous_other_edition"


def test_two_versions_of_2021_are_compared_with_it_beside(
    here: Callable, before: Path, now: Path, tmp_path: Path
) -> None:
    other = tmp_path / "改过.yaml"
    other.write_text(
        now.read_text("utf-8").replace("licence_decisions: 42", "licence_decisions: 43"), "utf-8"
    )
    run = here("diff", now, other, "--previous", before)
    assert run.returncode == 0, run.stderr
    assert "43" in run.stdout


def test_the_conversation_finds_it_and_does_not_offer_to_go_on_with_it(
    shelf: Library, form: Edition, tmp_path: Path
) -> None:
    (tmp_path / "去年.yaml").write_text(file_of(form, **CARRIED, **GONE_ON), "utf-8")
    with closing(Session(shelf, tmp_path, date(2022, 1, 15))) as session:
        said = spoken(session.start())
        assert "去年.yaml" not in said
        assert "2021年度" in said
        said = spoken([*session.say(""), *session.say(BODY)])
        assert "上年的文件去年.yaml已经打开" in said
        session.say("县（市、区）人民政府")
        session.say("/跳到 涉及的申请人")
        session.say("自然人")
        said = spoken(session.say("/跳到 上年结转自然人"))
        assert "上年的「结转下年度的申请·自然人」：4件，本年应与它相同" in said
        assert "上年：10件" in spoken(session.say("/跳到 行政许可"))
        said = spoken(session.say("/跳到 单位类型"))
        assert "上年：县（市、区）人民政府" in said
        assert "同上年" not in said
        assert "没有上年的答案可用" in spoken(session.say("/同上年"))
        for line in ("/总览", "/核对", "/文稿", "/都同上年", "/跳到 联系电话", ""):
            session.say(line)
    with closing(Session(shelf, tmp_path, date(2022, 1, 15))) as session:
        said = spoken(session.start(tmp_path / f"{BODY}-2021.yaml"))
        assert "上年的文件去年.yaml已经打开" in said


# The proof of such a form.


@pytest.mark.parametrize(("file", "old", "new", "named"), cases("lint_faults_of_reading"))
def test_each_mistake_is_found_and_named(
    shelf: Library, copy: Path, file: str, old: str, new: str, named: str
) -> None:
    change(copy / file, old, new)
    said = "\n".join(found(copy, file.partition("/")[0], shelf))
    assert bool(said) == bool(named), said
    assert all(words in said for words in named.split("；")), said


def test_a_form_ends_where_the_one_that_follows_begins(here: Callable, copy: Path) -> None:
    head = copy / READ / "edition.yaml"
    text = head.read_text("utf-8").replace("first: 2019, last: 2020", "first: 2019, last: 2019")
    head.write_text(text, "utf-8")
    run = here("lint", "national-2021", "--templates", copy)
    assert run.returncode == 3
    assert f"follows写的{READ}，最后一个适用年度应是2020年度" in run.stdout


def test_a_form_that_is_only_read_has_no_narrative(here: Callable, copy: Path) -> None:
    folder = copy / READ / "narrative"
    folder.mkdir()
    (folder / "1_overview.j2").write_text("甲。\n", "utf-8")
    (copy / READ / "passages.yaml").write_text("- {id: a.b, label: 甲}\n", "utf-8")
    run = here("lint", READ, "--templates", copy)
    assert run.returncode == 3
    assert "1_overview.j2" in run.stdout
    assert "a.b" in run.stdout


def test_a_form_based_on_another_may_share_its_marks(here: Callable, copy: Path) -> None:
    folder = copy / "mine"
    folder.mkdir()
    (folder / "edition.yaml").write_text(
        "based_on: beijing-2014\ntitle: 某市的统计表\nplace: 某市\nis_special: yes\n", "utf-8"
    )
    run = here("lint", "mine", "national-2014", "--templates", copy)
    assert run.returncode == 0, run.stdout


def test_a_broken_neighbour_does_not_keep_a_form_from_its_proof(here: Callable, copy: Path) -> None:
    (copy / "beijing-2014" / "edition.yaml").write_text("title: [\n", "utf-8")
    run = here("lint", READ, "--templates", copy)
    assert run.returncode == 0, run.stdout + run.stderr
