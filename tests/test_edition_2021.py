"""The form in force against the official one, printed out cell by cell beside these tests."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answers import Acknowledgement, read_given
from assistant.checks.runner import run_checks
from assistant.form.model import Edition, Grid
from assistant.report import make_report
from tests.strategies import EDITIONS

FORM = Path(__file__).parent / "data" / "form-national-2021.tsv"
"""Every cell of the form: table, id, number and label of its row, group and label of its column."""
SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
LEVELS = {
    **{f"R{number:02}": "error" for number in range(1, 11)},
    "M01": "error",
    **{f"L{number:02}": "confirm" for number in range(1, 11)},
    **dict.fromkeys(("M02", "T01", "T02", "T03"), "confirm"),
    **{f"S{number:02}": "notice" for number in range(1, 10)},
}


@pytest.fixture(scope="module")
def form(shelf) -> Edition:
    return shelf.edition("national-2021")


def printed_form() -> list[dict[str, str]]:
    with FORM.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def above(grid: Grid, row_id: str) -> str:
    """The label of a row behind those of the headings it stands under, in table four."""
    rows = {row.id: row for row in grid.rows}
    row = rows[row_id]
    return (above(grid, row.parent) + "·" if row.parent else "") + row.label


def number_of(form: Edition, grid: Grid, row_id: str) -> str:
    """The number of a row as the frozen form writes it: 三（三）1."""
    row = form.rows_by_id[row_id]
    numbers = [each.number for each in (row, *form.ancestors(row))][::-1]
    return grid.title or "".join(each.rstrip("、") for each in numbers[:-1]) + numbers[-1]


def test_the_sections_are_those_of_the_form(form):
    assert [section.title for section in form.sections] == SECTIONS


def test_every_cell_stands_as_the_form_prints_it(form):
    shipped = []
    for part, section in zip("一二三四五六", form.sections, strict=True):
        for name in section.tables:
            grid = form.grids_by_id[name]
            columns = {column.id: column for column in grid.columns}
            for (row, column), cell in grid.by_place.items():
                label = above(grid, row) if grid.layout == "across" else form.rows_by_id[row].label
                shipped.append(
                    {
                        "table": part,
                        "id": cell.id,
                        "row number": number_of(form, grid, row),
                        "row": label,
                        "column group": columns[column].group,
                        "column": columns[column].label,
                        "unit": cell.unit,
                        "kind": cell.kind,
                        "computed": "yes" if cell.computed else "no",
                    }
                )
    assert shipped == printed_form()


def test_the_words_in_the_corner_are_those_of_the_form(form):
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert form.grids_by_id["requests"].stub == note


def test_of_200_cells_166_are_asked(form):
    assert len(form.cells) == 10 + 175 + 15
    assert len(form.indicators) == 10 + 24 * 6 + 12
    assert set(form.sums) == {each.id for each in form.figures.values() if each.computed}


def test_a_row_can_be_asked_as_a_whole(form):
    for name in ("requests", "disputes"):
        grid = form.grids_by_id[name]
        for row in grid.lines:
            assert row.label in grid.row_question(row).replace("‘", "“").replace("’", "”")
            assert "””" not in grid.row_question(row)
            assert grid.row_question(row).endswith("？")
            assert [cell.row for cell in grid.of_row(row.id)] == [row.id] * len(grid.columns)


@pytest.mark.parametrize(("code", "level"), LEVELS.items())
def test_every_rule_has_its_level(form, code, level):
    assert {check.level for check in form.checks if check.code == code} == {level}


def test_each_entry_stands_for_the_identities_of_the_form(form):
    counts = Counter(rule.code for rule in form.rules)
    wanted = {"R01": 7, "R02": 7, "R03": 25, "R04": 3, "L01": 7, "L02": 2}
    assert {code: counts[code] for code in wanted} == wanted


def test_a_column_that_does_not_balance_is_named_with_its_arithmetic(form, sentences, judged):
    found = judged(
        **{"new_received.biz": 3, "carried_in.biz": 1, "open.biz": 2, "carried_out.biz": 1}
    )
    assert [(each.key, each.arithmetic) for each in found] == [("R01.biz", "3+1=4≠2+1=3")]
    assert "商业企业" in found[0].sentence


def test_computed_totals_hold_of_themselves(form, judged):
    assert judged(**{"new_received.biz": 3, "open.biz": 3}) == []


def test_a_total_that_the_file_gives_is_compared_and_not_printed(form, sentences, given):
    reading = given(**{"open.natural": 2, "new_received.natural": 2, "open.total": 3})
    assert [each.code for each in reading.findings] == ["F11"]
    found = run_checks(reading.answers, None, sentences).findings
    assert [(each.key, each.arithmetic) for each in found if each.code[0] == "R"] == [
        ("R03.open", "2+0+0+0+0+0=2≠3")
    ]
    report = make_report(reading.answers, None, sentences, is_draft=False)
    prints = {span.text for span in report.figures() if span.id == "open.total"}
    assert prints == {"2"}


def test_what_did_not_occur_is_zero_and_not_asked(form, given):
    answers = given(applicants=["自然人"], results=["予以公开"]).answers
    asked = [name for name, each in form.asked.items() if answers.applies(each)]
    cells = [name for name in asked if form.cells.get(name) and form.cells[name].grid == "requests"]
    assert cells == [
        f"{row}.natural" for row in ("new_received", "carried_in", "open", "carried_out")
    ]
    assert answers.numbers["open.biz"] == answers.numbers["partial.natural"] == 0
    none = given(applicants="没有", results="没有").answers
    assert none.numbers["result_total.total"] == none.numbers["new_received.total"] == 0


HANDLED = {
    "new_received.natural": 20, "new_received.biz": 12, "new_received.other_org": 3,
    "open.natural": 18, "deny_law.natural": 2, "deny_law.biz": 4, "deny_process.biz": 8,
    "other_other.other_org": 3, "suit_direct.upheld": 1, "suit_after_review.pending": 2,
}  # fmt: skip


def test_headings_and_groups_of_columns_have_sums(form, given):
    answers = given(**HANDLED).answers
    wanted = {
        "new_received.org": 15, "deny.total": 14, "deny.natural": 2, "deny.biz": 12, "deny.org": 12,
        "unable.total": 0, "other.total": 3, "other.org": 3, "deny_law.org": 4,
        "result_total.org": 15, "suits.total": 3, "suits.pending": 2,
    }  # fmt: skip
    assert {name: answers.numbers[name] for name in wanted} == wanted
    classes = ("open", "partial", "deny", "unable", "notproc", "other")
    parts = sum(answers.numbers[f"{each}.total"] for each in classes)
    assert parts == answers.numbers["result_total.total"]
    assert form.name("deny.total") == "不予公开·总计"
    assert not {"deny.total", "new_received.org", "suits.total"} & {*form.cells, *form.asked}


def test_sums_of_headings_are_printed_and_proved_in_own_text(form, sentences, given):
    own = "不予公开{deny.total}件，占{deny.total/result_total.total:1}，其中企业{deny.biz}件。"
    report = make_report(
        given(**HANDLED, own_requests=own).answers, None, sentences, is_draft=False
    )
    texts = [block.text for block in report.blocks]
    assert "不予公开14件，占40.0%，其中企业12件。" in texts


def test_a_sum_that_the_file_gives_is_no_answer(given):
    assert [each.code for each in given(**{"deny.total": 3}).findings] == ["F04"]


def test_a_number_of_all_under_a_heading_becomes_a_reference_to_its_sum(sentences, given):
    text = "不予公开14件。"
    accounts = run_checks(given(**HANDLED, own_requests=text).answers, None, sentences).accounts
    assert [(each.verdict, str(each.reference)) for each in accounts] == [
        ("agrees", "{deny.total}")
    ]
    wrong = run_checks(
        given(**HANDLED, own_requests="不予公开13件。").answers, None, sentences
    ).findings
    assert [each.code for each in wrong if each.code == "T01"] == ["T01"]


@pytest.mark.parametrize(
    ("open_ones", "withheld", "sentence"),
    [
        (27, 2, "全年办结29件，其中予以公开27件、不予公开2件。"),
        (27, 3, "全年办结30件，其中予以公开27件，占90.0%；不予公开3件，占10.0%。"),
        (1999, 1, "全年办结2000件，其中予以公开1999件，占100.0%；不予公开1件。"),
        (999, 1, "全年办结1000件，其中予以公开999件，占99.9%；不予公开1件，占0.1%。"),
        (30, 0, "全年办结30件，均予以公开。"),
    ],
)
def test_shares_are_told_of_thirty_and_of_what_is_not_too_small(
    given, sentences, open_ones, withheld, sentence
):
    counts = {"open.natural": open_ones, "deny_law.natural": withheld}
    answers = given(**counts, **{"new_received.natural": open_ones + withheld}).answers
    report = make_report(answers, None, sentences, is_draft=False)
    assert any(sentence in block.text for block in report.blocks)


def test_a_choice_taken_back_hides_the_answers_below_it(form, given):
    answers = given(applicants=["商业企业"], **{"open.natural": 2, "open.biz": 1}).answers
    assert answers.numbers["open.total"] == 1
    assert "open.natural" not in answers.active
    assert "open.natural" in answers.given


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_question_of_every_form_can_be_asked_and_explained(edition):
    for name, question in edition.asked.items():
        rule = question.help.rule
        assert "？" in question.ask, name
        assert "{" not in question.ask, name
        assert question.help.brief, name
        assert question.help.example, name
        assert question.aliases, name
        assert question.initials.isascii(), name
        is_said = "推断" in rule.source and "以主管部门口径为准" in rule.source
        assert is_said == (rule.basis == "inferred"), name


@pytest.mark.parametrize("year", [2021, 2025])
def test_each_year_has_its_law_and_its_deadlines(form, year):
    names = form.legal_names(year)
    assert names["article"] == "第五十条"
    assert "〔2021〕30号" in names["form_document"]
    assert form.deadline(year, "town") is None
    department, government = form.deadline(year, "department"), form.deadline(year, "lead")
    assert (department.month, department.day) == (1, 31)
    assert (government.month, government.day) == (3, 31)
    outdated = {term.words for term in form.outdated if year in term.years}
    assert {"国办公开办函〔2019〕60号", "国办发〔2014〕32号"} <= outdated


@pytest.fixture
def given(form, shelf):
    """Read answers in which every cell that is not named is zero."""

    def read(**answers):
        zeros = {cell.id: 0 for cell in form.indicators}
        if "applicants" in answers:
            zeros = {}
        return read_given(form, 2025, {**zeros, **answers}, shelf.sentences)

    return read


@pytest.fixture
def judged(given, sentences):
    """The findings of rules over figures."""

    def judge(**answers):
        found = run_checks(given(**answers).answers, None, sentences).findings
        return [each for each in found if each.code[0] == "R"]

    return judge


PLATFORMS = [
    # the total, the figures of the platforms, what is found with its arithmetic
    (75, {"政府网站": 75, "政务新媒体": 35}, {}),
    (75, {"示例镇政府网站": 70, "新媒体": 35}, {}),
    (75, {"政府网站": 30, "政务新媒体": 35}, {"L05": "30+35=65<75"}),
    (75, {"政府网站": 90, "政务新媒体": 75}, {"L06": "政府网站90>75"}),
    (75, {"政府网站": 90, "政务新媒体": 76}, {"L06": "政府网站90>75、政务新媒体76>75"}),
    (75, {"政府网站": 75, "公开栏": 5}, {"L07": ""}),
    (0, {"政府网站": 0}, {}),
    (0, {"政府网站": 2}, {"R05": "", "L06": "政府网站2>0"}),
    (None, {"政府网站": 90}, {}),
    (75, {}, {}),
]


@pytest.mark.parametrize(("total", "rows", "found"), PLATFORMS)
def test_figures_of_platforms_are_held_against_the_total_and_the_choice(
    given, sentences, total, rows, found
):
    answers: dict[str, object] = {"channels_used": ["政府网站", "政务新媒体"]}
    if rows:
        answers["platform_counts"] = [{"platform": name, "count": n} for name, n in rows.items()]
    if total is not None:
        answers["active_total"] = total
    findings = run_checks(given(**answers).answers, None, sentences).findings
    judged = {each.code: each for each in findings if each.code in ("R05", "L05", "L06", "L07")}
    assert {code: each.arithmetic for code, each in judged.items()} == found
    assert all(not each.fixes for code, each in judged.items() if code == "L06")


def test_a_platform_that_was_not_chosen_is_named_and_excused_by_name(given, shelf, sentences):
    def judge(*names, **reasons):
        answers = given(
            channels_used=["政府网站"],
            platform_counts=[{"platform": name, "count": 3} for name in names],
        ).answers
        found = run_checks(replace(answers, acknowledged=reasons), None, sentences).findings
        return next(each for each in found if each.code == "L07")

    finding = judge("政府网站", "示例广播", "公开栏")
    assert "“示例广播”“公开栏”，「使用的平台」没有选（选的是政府网站）" in finding.sentence
    reason = Acknowledgement("广播由政府网站办理。", finding.values)
    assert judge("政府网站", "示例广播", "公开栏", L07=reason).reason
    assert not judge("政府网站", "示例广播", "电子屏", L07=reason).reason


OWN_TEXT = [
    # own text, the figure it contradicts
    ("本年举办政府信息公开培训5次。", "trainings"),
    ("组织培训5次，覆盖各科室。", "trainings"),
    ("主动公开政府信息150条。", "active_total"),
    ("全年收到政府信息公开申请2件。", "new_received.total"),
    ("收到申请2件，均已答复。", "new_received.total"),
    ("收到申请0件。", "new_received.total"),
    ("发布政策解读材料1篇。", "interpretations"),
    ("制发行政规范性文件3件。", "norm_made"),
]


@pytest.mark.parametrize(("text", "cell"), OWN_TEXT)
def test_own_text_that_contradicts_a_figure_is_found(form, sentences, given, text, cell):
    figures = {"trainings": 4, "active_total": 140, "interpretations": 2, "new_received.natural": 3}
    answers = given(**figures, own_active=text).answers
    found = [each for each in run_checks(answers, None, sentences).findings if each.code == "T01"]
    assert [each.cells[-1] for each in found] == [cell]


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("镇人民政府", ["L03"]),
        ("县（市、区）人民政府", ["L03"]),
        ("县级以上人民政府部门", ["L03.bodies"]),
        ("其他机关", ["L03.bodies"]),
        ("政府信息公开工作主管部门", []),
        ("设区的市人民政府", []),
    ],
)
def test_regulations_of_who_cannot_make_them_are_one_finding(given, sentences, kind, keys):
    row = {"reg_made": 2, "reg_repealed": 1, "reg_valid": 4}
    found = [
        each
        for each in run_checks(given(body_kind=kind, **row).answers, None, sentences).findings
        if each.code == "L03"
    ]
    assert [each.key for each in found] == keys
    for finding in found:
        assert finding.values.items() >= {name: str(value) for name, value in row.items()}.items()
        assert bool(finding.reasons) == (finding.key == "L03.bodies")


def test_reasons_for_the_single_cells_of_regulations_are_told_to_be_idle(given, sentences):
    answers = given(body_kind="镇人民政府", reg_made=2).answers
    reason = Acknowledgement("依法有规章制定权。", {"reg_made": "2"})
    told = run_checks(replace(answers, acknowledged={"L03.made": reason}), None, sentences)
    assert [each.level for each in told.findings if each.key == "F08.L03.made"] == ["notice"]
    assert next(each for each in told.findings if each.key == "L03").is_open
