"""Collection sheets: out to departments blank, back filled, and nothing guessed on the way."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.answers import Answer, Answers, LoadedAnswers, format_answer, load, read_entry
from assistant.collect import gather, resolve
from assistant.collect.blank_sheet import write_blank
from assistant.collect.form_tag import ASKED, HEADING, IN_CELLS, IN_WORDS
from assistant.form.loader import open_library
from assistant.report.draft import make_draft
from assistant.storage.errors import FileError
from assistant.storage.yaml_text import Node
from tests.strategies import EDITIONS, WHOLE_FILES, answers
from tests.writing import save

soffice = shutil.which("soffice")


@lru_cache
def blank(edition, year):
    """A blank sheet, written once for all tests."""
    return write_blank(open_library().edition(edition), year, open_library())


class Form:
    """A sheet that a department has."""

    def __init__(self, edition, shelf, path, year=2017):
        self.path = path
        path.write_bytes(blank(edition.id, year))
        self.book = load_workbook(path)
        self.sheet, self.words = self.book.worksheets
        self.rows = {
            row[0].value: row[0].row for row in self.sheet.iter_rows(min_row=7) if row[0].value
        }
        self.places: dict[object, list[int]] = {}
        for row in self.words.iter_rows(min_row=7):
            self.places.setdefault(row[0].value, []).append(row[0].row)

    def fill(self, **values):
        for name, value in values.items():
            self.sheet.cell(self.rows[name], 4).value = value
        self.book.save(self.path)
        return self

    def say(self, **values):
        """Fill the second sheet: rows of cells for a list, else the words of one cell."""
        for name, value in values.items():
            rows = value if isinstance(value, list) else [[value]]
            for at, cells in zip(self.places[name], rows, strict=False):
                for column, content in enumerate(cells, 3):
                    cell = self.words.cell(at, column)
                    cell.value = content
                    cell.data_type = "s" if isinstance(content, str) else "n"
        self.book.save(self.path)
        return self


@pytest.fixture
def form(edition, shelf, tmp_path):
    return lambda name="财务科.xlsx", **values: Form(edition, shelf, tmp_path / name).fill(**values)


def values_of(gathered):
    return {name: each.answer.value for name, each in gathered.entered.items()}


def test_every_question_of_one_cell_has_a_row_with_its_rule(form, edition):
    made = form()
    asked = {name: each for name, each in edition.asked.items() if each.kind in IN_CELLS}
    assert set(made.rows) == set(asked)
    for name, row in made.rows.items():
        rule = made.sheet.cell(row, 6).value
        assert asked[name].help.rule.text in rule
        if asked[name].help.rule.basis == "inferred":
            assert "据表式推断" in rule
    kinds = {validation.type for validation in made.sheet.data_validations.dataValidation}
    assert kinds == {"custom", "list"}


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_every_question_stands_on_one_of_the_two_sheets(edition, shelf, tmp_path):
    made = Form(edition, shelf, tmp_path / "a.xlsx", edition.years.first)
    assert {each.kind for each in edition.asked.values()} == set(ASKED)
    assert [*made.rows, *made.places].count(HEADING) == 1
    assert {*made.rows, *made.places} - {HEADING} == set(edition.asked)
    told = "".join(str(cell.value) for row in made.words.iter_rows() for cell in row)
    for name in made.places.keys() - {HEADING}:
        fact = edition.questions[name]
        options = [*fact.options, *(each for column in fact.columns for each in column.options)]
        assert all(option.label in told for option in options)
        assert fact.help.rule.text in told


def test_only_what_is_to_be_filled_can_be_typed_over(form):
    made = form()
    assert made.sheet.protection.sheet
    unlocked = {
        cell.coordinate[0] for row in made.sheet.iter_rows() for cell in row
        if not cell.protection.locked
    }  # fmt: skip
    assert unlocked == {"D", "E"}
    assert made.words.protection.sheet
    unlocked = {
        cell.coordinate[0] for row in made.words.iter_rows() for cell in row
        if not cell.protection.locked
    }  # fmt: skip
    assert unlocked == {"C", "D", "E"}
    assert made.sheet.column_dimensions["A"].hidden
    assert made.sheet.row_dimensions[1].hidden


def test_the_same_form_gives_the_same_bytes(edition, shelf):
    assert write_blank(edition, 2017, shelf) == write_blank(edition, 2017, shelf)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("active_total", 145),
        ("active_total", "１４５条"),
        ("active_total", "1.2万"),
        ("active_total", "暂缺"),
        ("active_total", "28，待核实"),
        ("active_total", "无"),
        ("funding", 1.5),
        ("funding", "350元"),
        ("body_kind", "镇人民政府"),
        ("signature_date", "2018年3月5日"),
        ("body_name", "=1+1"),
    ],
)
def test_a_cell_is_read_as_the_same_words_typed_would_be(form, edition, shelf, name, typed):
    made = form(**{name: typed})
    made.sheet.cell(made.rows[name], 4).data_type = "n" if not isinstance(typed, str) else "s"
    made.book.save(made.path)
    wanted = read_entry(edition.questions[name], Node(str(typed), 0))
    gathered = gather([made.path], None, shelf)
    if isinstance(wanted, Answer):
        assert gathered.troubles == []
        assert gathered.entered[name].answer == wanted
    else:
        assert [each.refusal for each in gathered.troubles] == [wanted]


def test_a_remark_goes_with_its_answer(form, shelf):
    made = form(funding="暂缺", active_total=3)
    made.sheet.cell(made.rows["funding"], 5).value = "财政所下周给数"
    made.book.save(made.path)
    answers = resolve(gather([made.path], None, shelf))
    assert (answers.given["funding"].state, answers.given["funding"].remark) == (
        "absent",
        "财政所下周给数",
    )


def test_several_sheets_fill_one_file_and_the_same_answer_twice_is_no_conflict(form, shelf):
    one = form("甲.xlsx", active_total=145, received_total=3)
    two = form("乙.xlsx", received_total="3件", funding=1.5)
    gathered = gather([one.path, two.path], None, shelf)
    assert (gathered.conflicts, gathered.troubles) == ({}, [])
    assert values_of(gathered) == {
        "active_total": 145,
        "received_total": 3,
        "funding": Decimal("1.5"),
    }


def as_filled(answer, question):
    """What a department would put into the cells."""
    value = answer.value
    if question.kind == "choices":
        return "、".join(option.label for option in value) or "无"
    if question.kind != "list":
        return value
    names = [column.id for column in question.columns]
    return [[getattr(row[name], "label", row[name]) for name in names] for row in value] or "无"


@settings(WHOLE_FILES, max_examples=4)
@given(data=st.data())
def test_lists_options_and_own_text_come_back_as_they_were_filled(shelf, tmp_path_factory, data):
    edition = data.draw(st.sampled_from(EDITIONS))
    drawn = data.draw(answers(edition)).given
    given = {
        name: each for name, each in drawn.items()
        if edition.questions[name].kind in IN_WORDS and "；" not in str(each.value)
    }  # fmt: skip
    path = tmp_path_factory.mktemp("filled") / "办公室.xlsx"
    made = Form(edition, shelf, path, edition.years.first)
    made.say(**{name: as_filled(each, edition.questions[name]) for name, each in given.items()})
    gathered = gather([path], None, shelf)
    assert gathered.troubles == []
    assert {name: each.answer for name, each in gathered.entered.items()} == given


LISTS = {
    "typed rows": ([["业务动态 12"], ["机构职能", "8条"]], (("业务动态", 12), ("机构职能", 8))),
    "all in one cell": ([["业务动态 12\n机构职能 8"]], (("业务动态", 12), ("机构职能", 8))),
    "rows between": (
        [["业务动态", 12], [None], ["机构职能", 8]],
        (("业务动态", 12), ("机构职能", 8)),
    ),
    "nothing": ([["无"]], ()),
    "absent": ([["暂缺"]], None),
}


@pytest.mark.parametrize(("filled", "wanted"), LISTS.values(), ids=LISTS)
def test_a_list_is_read_as_a_department_writes_it(form, shelf, filled, wanted):
    made = form().say(categories=filled)
    gathered = gather([made.path], None, shelf)
    assert gathered.troubles == []
    answer = gathered.entered["categories"].answer
    rows = [tuple(row.values()) for row in answer.rows]
    assert (rows, answer.state) == ([*(wanted or ())], "absent" if wanted is None else "given")


AMISS = {
    "hole": ({"categories": [["业务动态", 12], [None, 8]]}, 1, "C"),
    "refused": ({"categories": [["业务动态", 12], ["机构职能", "八九条"]]}, 1, "D"),
    "repeated": ({"categories": [["业务动态", 12], ["业务动态", 8]]}, 1, "C"),
    "unpaired": ({"problems": [["更新不够及时", "细化公开目录"]]}, 0, "D"),
    "no option": ({"channels_used": "政府网站、电报"}, 0, "C"),
    "aside": ({"own_1": [["补充", "旁边"]]}, 0, "D"),
}


@pytest.mark.parametrize(("filled", "row", "column"), AMISS.values(), ids=AMISS)
def test_what_cannot_be_read_in_a_list_is_named_with_its_cell(form, shelf, filled, row, column):
    made = form()
    for merge in list(made.words.merged_cells.ranges):
        made.words.unmerge_cells(str(merge))
    made.say(**filled)
    gathered = gather([made.path], None, shelf)
    name = next(iter(filled))
    place = f"{column}{[*made.places[name]][row]}"
    assert [(each.id, each.place.cell) for each in gathered.troubles] == [(name, place)]
    assert gathered.entered == {}


def test_different_lists_are_a_conflict_and_equal_ones_are_not(form, shelf):
    one = form("甲.xlsx").say(categories=[["业务动态", 12]], own_1="补充。")
    two = form("乙.xlsx").say(categories=[["业务动态", 12], ["机构职能", 8]], own_1="补充。")
    gathered = gather([one.path, two.path], None, shelf)
    assert [each.typed for each in gathered.conflicts["categories"]] == [
        "业务动态 12",
        "业务动态 12；机构职能 8",
    ]
    assert gathered.entered.keys() == {"own_1"}
    assert gathered.troubles == []


def test_a_remark_of_a_list_may_stand_at_any_of_its_rows(form, shelf):
    made = form().say(categories=[["业务动态", 12], ["机构职能", 8]])
    made.words.cell(made.places["categories"][1], 5).value = "据网站后台"
    made.words.cell(made.places["own_1"][0], 5).value = "下周给"
    made.book.save(made.path)
    gathered = gather([made.path], None, shelf)
    assert gathered.entered["categories"].answer.remark == "据网站后台"
    assert [(each.fault, each.id) for each in gathered.troubles] == [("lonely", "own_1")]


def break_formula(made):
    made.fill(active_total="=1+1")


def break_merge(made):
    first = made.rows["received_in_person"]
    made.sheet.merge_cells(f"D{first}:D{first + 1}")
    made.fill(received_in_person=3)


def break_row(made):
    made.sheet.cell(made.sheet.max_row + 1, 4).value = 12
    made.fill()


def break_remark(made):
    made.sheet.cell(made.rows["funding"], 5).value = "下周给数"
    made.fill()


BROKEN = {
    "uncounted": break_formula,
    "merged": break_merge,
    "unknown": break_row,
    "lonely": break_remark,
    "refused": lambda made: made.fill(active_total="140余"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_cannot_be_read_is_named_with_its_cell(form, shelf, fault):
    made = form(meetings_held=2)
    BROKEN[fault](made)
    gathered = gather([made.path], None, shelf)
    assert {each.fault for each in gathered.troubles} == {fault}
    for each in gathered.troubles:
        assert (each.place.file, each.place.cell[0]) == ("财务科.xlsx", "D")
    assert resolve(gathered).given.keys() <= {"meetings_held"}


def test_nothing_is_written_until_all_is_clear_or_left_out(form, shelf, tmp_path, here):
    made = form(meetings_held=2)
    for spoil in BROKEN.values():
        spoil(made)
    troubles = gather([made.path], None, shelf).troubles
    assert len(troubles) > 4
    output = tmp_path / "答案.yaml"
    run = here("form", "--read", made.path, "-o", output)
    assert run.returncode == 2
    assert all(f"财务科.xlsx·填报表·{each.place.cell}：" in run.stdout for each in troubles)
    assert not output.exists()
    run = here("form", "--read", made.path, "-o", output, "--leave-out")
    assert run.returncode == 0
    assert load_answers(output, shelf)["meetings_held"].value == 2


def load_answers(path, shelf):
    return load(path, shelf).answers.given


def test_a_conflict_writes_nothing_and_names_both_places(form, shelf, tmp_path, here):
    one, two = form("甲.xlsx", active_total=145), form("乙.xlsx", active_total=146, trainees=9)
    output = tmp_path / "答案.yaml"
    run = here("form", "--read", one.path, two.path, "-o", output)
    assert run.returncode == 2
    assert "「主动公开政府信息数」填得不一样" in run.stdout
    assert "甲.xlsx" in run.stdout
    assert "乙.xlsx" in run.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"甲.xlsx", "乙.xlsx"}


def test_an_answer_file_is_completed_and_never_contradicted(form, edition, shelf, tmp_path, here):
    output = tmp_path / "答案.yaml"
    save(Answers(edition, 2017, {"active_total": Answer(100)}), output)
    before = output.read_bytes()
    made = form(active_total=145, trainees=9)
    run = here("form", "--read", made.path, "-o", output)
    assert run.returncode == 2
    assert "答案文件里是“100”" in run.stdout
    assert output.read_bytes() == before
    made.fill(active_total=100)
    assert here("form", "--read", made.path, "-o", output).returncode == 0
    given = load_answers(output, shelf)
    assert (given["active_total"].value, given["trainees"].value) == (100, 9)
    assert (tmp_path / "答案.yaml.bak").read_bytes() == before


def test_renamed_headings_moved_columns_and_hidden_rows_are_read(form, shelf):
    made = form(active_total=145)
    made.sheet["B6"], made.sheet["D6"] = "名称", "数字"
    made.sheet.title = "Sheet1"
    made.sheet.row_dimensions[made.rows["active_total"]].hidden = True
    made.sheet.move_range(f"E1:E{made.sheet.max_row}", cols=4)
    made.sheet.move_range(f"D1:D{made.sheet.max_row}", cols=1)
    made.book.save(made.path)
    assert values_of(gather([made.path], None, shelf)) == {"active_total": 145}


def test_the_blank_form_and_foreign_files_get_a_sentence(tmp_path, here, nianbao, form):
    path = tmp_path / "空白.xlsx"
    run = nianbao("form", "beijing-2014", "--year", "2017", "-o", path)
    assert (run.returncode, path.exists()) == (0, True)
    assert "beijing-2014、2017年度" in run.stdout + run.stderr
    run = here("form", "beijing-2014", "--year", "2017", "-o", path)
    assert run.returncode == 2
    assert "没有覆盖" in run.stderr
    assert here("form", "beijing-2014", "--year", "2030", "-o", tmp_path / "b.xlsx").returncode == 5
    run = here("form", "--read", tmp_path / "无.xlsx", "-o", tmp_path / "a.yaml")
    assert run.returncode == 2
    assert "找不到" in run.stderr
    assert not (tmp_path / "a.yaml").exists()


def test_old_foreign_and_other_files_are_faults_with_a_sentence(form, edition, shelf, tmp_path):
    old = tmp_path / "旧.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    made = form()
    made.words["A1"] = None
    made.book.save(tmp_path / "掉了一角.xlsx")
    made.sheet["A1"] = None
    made.book.save(tmp_path / "别的.xlsx")
    Form(edition, shelf, tmp_path / "去年.xlsx", 2016).fill(active_total=1)
    bare = form("少栏.xlsx")
    bare.sheet["D1"] = None
    bare.book.save(bare.path)
    good = form("好.xlsx").path
    codes = {"旧.xls": "package_old", "别的.xlsx": "form_foreign", "去年.xlsx": "form_other",
             "掉了一角.xlsx": "form_unstamped", "少栏.xlsx": "form_columns"}  # fmt: skip
    for name, code in codes.items():
        with pytest.raises(FileError, match=code):
            gather([good, tmp_path / name], None, shelf)
        assert shelf.sentences.has(f"errors.{code}")


@pytest.mark.skipif(not soffice, reason="needs LibreOffice")
def test_a_sheet_saved_by_libreoffice_gives_the_same_report(
    sample, form, shelf, sentences, tmp_path
):
    wanted = sample("township-2017-corrected")
    questions = wanted.edition.questions
    cells, words = {}, {}
    for name, answer in wanted.given.items():
        question = questions[name]
        if question.kind in IN_WORDS:
            words[name] = as_filled(answer, question)
        else:
            is_number = question.kind in ("count", "amount")
            cells[name] = answer.value if is_number else format_answer(answer, question)
    made = form(**cells).say(**words)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    folder = tmp_path / "saved"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder]
    subprocess.run([*command, made.path], check=True, capture_output=True)
    gathered = gather([folder / made.path.name], None, shelf)
    assert gathered.troubles == []
    drafts = [
        make_draft(LoadedAnswers(each, ()), None, sentences) for each in (wanted, resolve(gathered))
    ]
    assert drafts[0].report == drafts[1].report


DISGUISED = [
    ("active_total", date(2025, 3, 1), 'm"月"d"日"', "date", "2025年3月1日"),
    ("received_total", 12, "[$-804]yyyy/m/d;@", "date", "1900年1月12日"),
    ("funding", 0.0625, "h:mm", "time", "1:30"),
    ("trainees", True, "General", "truth", "TRUE"),
    ("meetings_held", 12, "0%", "percent", "1200%"),
    ("received_in_person", 0.5, "# ?/?", "fraction", "1/2"),
    ("received_fax", 1200, "0.00E+00", "exponent", "1.20E+3"),
    ("received_online", 12.4, "0", "refused", "12"),
    ("fees_collected", 350, '0"元"', "refused", "350元"),
    ("channel_website", 12345, '0!.0,"万"', "refused", "1.2万"),
    ("channel_weibo", 12, ";;;", "refused", ""),
    ("channel_wechat", 12, '0"件"', "refused", "12件"),
    ("channel_other", "12%", "@", "refused", "12%"),
    ("body_name", date(2025, 3, 1), "yyyy-m-d", "date", "2025年3月1日"),
]
"""Question, what is in its cell, the format of the cell, what is wrong with it, what it shows."""
ITSELF = [
    ("active_total", 1234, "#,##0", 1234),
    ("received_total", 12, '0"件"', 12),
    ("meetings_held", 0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 0),
    ("trainees", 12, "0.00", 12),
    ("funding", 350000, '0"元";-0"元"', None),
    ("channel_website", 20000, '0!.0,"万"', 20000),
    ("signature_date", date(2018, 3, 5), 'yyyy"年"m"月"d"日"', date(2018, 3, 5)),
]
"""The same, with the answer that comes of it; none where it is not the number in the cell."""


def fill_with_formats(made, rows):
    for name, value, code, *_ in rows:
        cell = made.sheet.cell(made.rows[name], 4)
        cell.value, cell.number_format = value, code
    made.book.save(made.path)
    return gather([made.path], None, open_library())


def test_a_cell_that_shows_something_else_than_its_number_is_named(form, sentences, here):
    made = form()
    gathered = fill_with_formats(made, DISGUISED)
    wanted = {(name, fault, text) for name, _, _, fault, text in DISGUISED}
    assert {(each.id, each.fault, each.typed) for each in gathered.troubles} == wanted
    assert gathered.entered == {}
    output = made.path.with_name("答案.yaml")
    run = here("form", "--read", made.path, "-o", output)
    assert run.returncode == 2
    assert f"D{made.rows['active_total']}：" in run.stdout
    assert "这一格是日期（2025年3月1日），不是数" in run.stdout
    assert "填的“12”读不懂：这一格里存的是12.4，与显示的不同" in run.stdout
    assert not output.exists()


def test_a_format_that_only_decorates_a_number_leaves_it_one(form):
    gathered = fill_with_formats(form(), ITSELF)
    wanted = {name: value for name, _, _, value in ITSELF if value is not None}
    assert values_of(gathered) == wanted
    assert [each.id for each in gathered.troubles] == ["funding"]


def test_dates_and_formulas_in_lists_and_remarks_are_named(form, shelf):
    made = form(funding=3).say(categories=[["业务动态", 12]])
    cell = made.words.cell(made.places["categories"][0], 4)
    cell.number_format = "m/d"
    made.sheet.cell(made.rows["funding"], 5).value = "=A1"
    made.book.save(made.path)
    gathered = gather([made.path], None, shelf)
    found = [(each.id, each.fault, each.place.cell[0]) for each in gathered.troubles]
    assert found == [("funding", "uncounted", "E"), ("categories", "date", "D")]


LAST = 100


def put(sheet, place, value):
    sheet[place] = value


STRAY = {
    "below the last row": (lambda made: put(made.sheet, f"D{LAST + 80}", 12), "unknown"),
    "below it, elsewhere": (lambda made: put(made.sheet, f"F{LAST + 80}", "12"), "stray"),
    "right of the last column": (lambda made: put(made.sheet, "H9", 12), "stray"),
    "beside the unit": (lambda made: put(made.sheet, "C9", 12), "stray"),
    "above the titles": (lambda made: put(made.sheet, "D4", 12), "unknown"),
    "over the titles": (lambda made: put(made.sheet, "D6", 12), "unknown"),
    "in a row of a title": (lambda made: put(made.sheet, "D7", "暂缺"), "unknown"),
    "in the titles of a list": (
        lambda made: made.words.cell(made.places[HEADING][0], 4, 12),
        "stray",
    ),
    "on another sheet": (lambda made: put(made.book.create_sheet("统计"), "B2", 12), "strange"),
}


@pytest.mark.parametrize(("change", "fault"), STRAY.values(), ids=STRAY)
def test_a_figure_that_belongs_to_nothing_is_named(form, shelf, change, fault):
    made = form(meetings_held=2)
    for sheet in (made.sheet, made.words):
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
    change(made)
    made.book.save(made.path)
    gathered = gather([made.path], None, shelf)
    assert [each.fault for each in gathered.troubles] == [fault]
    assert gathered.troubles[0].typed in ("12", "暂缺")
    assert gathered.entered.keys() == {"meetings_held"}


def test_notes_of_a_department_are_left_alone(form, shelf):
    made = form(meetings_held=2)
    made.sheet["H9"] = "见附件"
    made.book.create_sheet("说明")["A1"] = "由办公室填写。"
    made.book.save(made.path)
    assert gather([made.path], None, shelf).troubles == []


def without_ids(made):
    made.sheet.delete_cols(1)


def without_first_row_and_column(made):
    made.sheet.delete_cols(1)
    made.sheet.delete_rows(1)


def values_copied(made):
    copy = made.book.create_sheet("复制")
    for row in made.sheet.iter_rows(min_row=2, min_col=2):
        for cell in row:
            copy.cell(cell.row, cell.column).value = cell.value


def ids_emptied(made):
    for row in made.rows.values():
        made.sheet.cell(row, 1).value = None


def ids_in_another_column(made):
    made.sheet.move_range(f"A2:A{made.sheet.max_row}", cols=7)


def ids_moved_down(made):
    made.sheet.move_range(f"A7:A{made.sheet.max_row}", rows=1)


def sorted_without_ids(made):
    rows = sorted(made.rows.values(), key=lambda row: str(made.sheet.cell(row, 2).value))
    cells = [[made.sheet.cell(row, column).value for column in range(2, 7)] for row in rows]
    for row, values in zip(made.rows.values(), cells, strict=True):
        for column, value in enumerate(values, 2):
            made.sheet.cell(row, column).value = value


def keys_twice(made):
    made.sheet["H1"] = "value"


def second_key_lost(made):
    made.words["D1"] = None


LOST = {
    "the column of ids": (without_ids, "form_unstamped"),
    "the first row and column": (without_first_row_and_column, "form_unstamped"),
    "a copy of values": (values_copied, "form_unstamped"),
    "the ids": (ids_emptied, "form_no_ids"),
    "the ids moved": (ids_in_another_column, "form_no_ids"),
    "the ids moved down": (ids_moved_down, "form_shuffled"),
    "rows sorted without ids": (sorted_without_ids, "form_shuffled"),
    "a key twice": (keys_twice, "form_columns"),
    "a second key": (second_key_lost, "form_columns"),
}


@pytest.mark.parametrize(("change", "code"), LOST.values(), ids=LOST)
def test_a_sheet_that_lost_what_nobody_sees_is_refused(form, shelf, change, code):
    made = form(meetings_held=42)
    change(made)
    made.book.save(made.path)
    with pytest.raises(FileError, match=code):
        gather([made.path], None, shelf)
    assert shelf.sentences.has(f"errors.{code}")


def test_rows_sorted_with_their_ids_inserted_or_emptied_of_them_are_read_or_named(form, shelf):
    made = form(meetings_held=2, trainees=9)
    rows = [[cell.value for cell in row] for row in made.sheet.iter_rows(min_row=7)]
    made.sheet.delete_rows(7, len(rows))
    for at, row in enumerate(sorted(rows, key=lambda row: str(row[1])), 8):
        for column, value in enumerate(row, 1):
            made.sheet.cell(at, column).value = None if value == "trainees" else value
    made.sheet["D7"] = 5
    made.book.save(made.path)
    gathered = gather([made.path], None, shelf)
    assert values_of(gathered) == {"meetings_held": 2}
    assert [(each.fault, each.typed) for each in gathered.troubles] == [
        ("unknown", "5"),
        ("unknown", "9"),
    ]
