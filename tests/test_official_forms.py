"""Official tables that departments filled: read like our own sheets, nothing in them lost."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant.answers import Answer, Answers, format_answer
from assistant.collect import Wanted, gather, resolve
from assistant.collect.blank_sheet import write_blank
from assistant.export.formats import FORMATS
from assistant.report import make_report
from assistant.storage.errors import AssistantError, FileError
from tests.drafts import OFFICE, drafted
from tests.published.builders import BUILDERS, frame
from tests.published.corpus import Cell, Table, Words, load
from tests.strategies import EDITIONS, WHOLE_FILES, answers, numbers
from tests.writing import save


@pytest.fixture
def edition_2021(shelf):
    return shelf.edition("national-2021")


BLANKS = {
    "national-2021": "county-2022",
    "national-2014": "bureau-2018",
    "beijing-2014": "township-2016",
}
"""A report of each form whose tables are emptied."""
SUFFIXES = ("docx", "xlsx", "html")
TITLE = "二、主动公开政府信息情况（2024年度）"


def filled(edition, values, title=TITLE, extra=()):
    """The official tables of a form with some figures, everything else blank."""
    report = load(BLANKS[edition])
    tables = []
    for table in report.tables:
        rows = [list(row) for row in table.rows]
        for (row, at), name in table.ids.items():
            rows[row][at] = rows[row][at]._replace(text=str(values.get(name, "")))
        tables.append(table._replace(rows=tuple(map(tuple, rows))))
    heading = (Words("heading", title),) if title else ()
    return report._replace(parts=(*heading, *tables, *extra))


def write(folder, name, edition="national-2021", values=None, **how):
    path = folder / name
    suffix = name.rpartition(".")[2]
    path.write_bytes(BUILDERS[suffix].build(filled(edition, values or {}, **how)))
    return path


def places(edition):
    """The sheet and the cell of every figure in the workbook of a form."""
    found = {}
    for number, table in enumerate(load(BLANKS[edition]).tables, 1):
        for row, slots in enumerate(frame(table)):
            begun = [column for column, slot in enumerate(slots) if slot.begins and slot.cell]
            for at, column in enumerate(begun):
                if name := table.ids.get((row, at)):
                    found[name] = (f"表{number}", row + 1, column + 1)
    return found


PLACES = places("national-2021")
YEAR = Wanted("", 2024)
REQUESTS = "表5"


def change(path, *changes):
    """Put values, with their formats, into the cells of answers."""
    book = load_workbook(path)
    for name, value, code in changes:
        sheet, row, column = PLACES[name]
        cell = book[sheet].cell(row, column)
        cell.value = value
        cell.number_format = code
    book.save(path)
    return path


def values_of(gathered):
    return {name: each.answer.value for name, each in gathered.entered.items()}


def faults_of(gathered):
    return [(each.fault, each.id, each.typed) for each in gathered.troubles]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(WHOLE_FILES, max_examples=6)
@given(data=st.data())
def test_any_figures_in_a_blank_of_the_form_come_back_as_they_were(
    shelf, tmp_path_factory, suffix, data
):
    edition = shelf.edition(data.draw(st.sampled_from(list(BLANKS))))
    values = {
        cell.id: data.draw(numbers(cell))
        for cell in edition.indicators if data.draw(st.booleans())
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("filled")
    year = edition.years.last or 2024
    path = write(folder, f"科.{suffix}", edition.id, values, title=f"统计表（{year}年度）")
    gathered = gather([path], None, shelf, Wanted(edition.id, year))
    assert faults_of(gathered) == []
    assert values_of(gathered) == values
    assert (gathered.conflicts, gathered.answers.year) == ({}, year)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(WHOLE_FILES, max_examples=6)
@given(data=st.data())
def test_the_tables_of_any_report_come_back_as_its_answers(
    shelf, sentences, tmp_path_factory, suffix, data
):
    edition = data.draw(st.sampled_from(EDITIONS))
    now = data.draw(answers(edition))
    report = make_report(now, None, sentences, is_draft=False)
    path = tmp_path_factory.mktemp("report") / f"年报.{suffix}"
    path.write_bytes(FORMATS[suffix].write(drafted(report, now), OFFICE))
    gathered = gather([path], None, shelf, Wanted(edition.id, now.year))
    assert faults_of(gathered) == []
    assert values_of(gathered) == {cell.id: now.numbers[cell.id] for cell in edition.indicators}


WHOLE = {name: value for name, value in load("county-2022").cells.items() if value is not None}


def test_of_a_whole_table_follows_what_occurred(edition_2021, shelf, tmp_path):
    path = write(tmp_path, "全.docx", values=WHOLE)
    gathered = gather([path], None, shelf)
    applicants = format_answer(gathered.chosen["applicants"], edition_2021.questions["applicants"])
    assert applicants.split("、") == [
        "自然人",
        "商业企业",
        "社会公益组织",
        "法律服务机构",
        "其他组织",
    ]
    assert resolve(gathered).given["applicants"] == gathered.chosen["applicants"]
    first = next(name for name in WHOLE if name.endswith(".natural"))
    part = {name: value for name, value in WHOLE.items() if name != first}
    assert gather([write(tmp_path, "缺.docx", values=part)], None, shelf).chosen == {}


def test_two_departments_make_a_whole_and_what_was_said_is_not_overruled(
    edition_2021, shelf, tmp_path
):
    cells = list(WHOLE)
    one = write(tmp_path, "甲.docx", values={name: WHOLE[name] for name in cells[:90]})
    two = write(tmp_path, "乙.xlsx", values={name: WHOLE[name] for name in cells[90:]})
    gathered = gather([one, two], None, shelf, YEAR)
    assert gathered.conflicts == {}
    assert set(gathered.chosen) == {"applicants", "results"}
    facts = {fact.id: fact for fact in edition_2021.facts}
    natural = Answer(facts["applicants"].options[:1])
    present = Answers(edition_2021, 2024, {"applicants": natural})
    again = gather([one, two], present, shelf)
    assert again.chosen == {}
    unchosen = [each for each in again.troubles if each.fault == "unchosen"]
    assert {each.id for each in unchosen} == {"applicants"}
    assert all(each.typed.strip() != "0" for each in unchosen)
    assert "business" not in {each.id for each in unchosen}


def test_blanks_say_nothing_and_a_zero_contradicts_a_number(shelf, tmp_path):
    first, second = list(PLACES)[:2]
    one = write(tmp_path, "甲.docx", values={first: 0})
    two = write(tmp_path, "乙.xlsx", values={first: 3, second: 4})
    three = write(tmp_path, "丙.html", values={second: "4"})
    gathered = gather([one, two, three], None, shelf, YEAR)
    assert values_of(gathered) == {second: 4}
    (several,) = gathered.conflicts.values()
    assert [(each.place.file, each.typed) for each in several] == [
        ("甲.docx", "0"),
        ("乙.xlsx", "3"),
    ]
    assert gathered.troubles == []


def test_a_total_of_nothing_makes_no_zeros(edition_2021, shelf, tmp_path):
    total = next(name for name in PLACES if edition_2021.cells[name].computed)
    for suffix in SUFFIXES:
        gathered = gather([write(tmp_path, f"a.{suffix}", values={total: 0})], None, shelf, YEAR)
        assert (gathered.entered, gathered.troubles) == ({}, [])


def test_a_total_that_differs_is_named_with_both_numbers(
    edition_2021, shelf, tmp_path, here, sentences
):
    total = next(name for name in edition_2021.sums if name in PLACES)
    parts = edition_2021.sums[total]
    right = dict.fromkeys(parts, 2)
    path = tmp_path
    for suffix in SUFFIXES:
        path = write(tmp_path, f"a.{suffix}", values={**right, total: 2 * len(parts)})
        gathered = gather([path], None, shelf, YEAR)
        assert (gathered.troubles, values_of(gathered)) == ([], right)
        path = write(tmp_path, f"b.{suffix}", values={**right, total: 99})
        (problem,) = gather([path], None, shelf, YEAR).troubles
        told = (problem.fault, problem.id, problem.typed, problem.other)
        assert told == ("total", total, "99", str(2 * len(parts)))
    run = here("form", "--read", path, "-o", tmp_path / "答案.yaml")
    assert f"填的是99，它的各项加起来是{2 * len(parts)}" in run.stdout


def test_a_total_over_what_several_departments_give_is_right(edition_2021, shelf, tmp_path):
    total = next(name for name in edition_2021.sums if name in PLACES)
    first, *rest = edition_2021.sums[total]
    one = write(tmp_path, "甲.html", values={first: 5})
    two = write(tmp_path, "乙.html", values={**dict.fromkeys(rest, 1), total: 5 + len(rest)})
    assert gather([one, two], None, shelf, YEAR).troubles == []
    assert [each.fault for each in gather([two], None, shelf, YEAR).troubles] == ["total"]


DISGUISED = [
    (date(2025, 3, 1), 'm"月"d"日"', "date", "2025年3月1日"),
    (0.0625, "h:mm", "time", "1:30"),
    (True, "General", "truth", "TRUE"),
    (12, "0%", "percent", "1200%"),
    (0.5, "# ?/?", "fraction", "1/2"),
    (1200, "0.00E+00", "exponent", "1.20E+3"),
    (12.4, "0", "refused", "12"),
    (12, ";;;", "refused", ""),
    (12345, '0!.0,"万"', "refused", "1.2万"),
    ("=1+1", "General", "uncounted", ""),
    ("12%", "@", "refused", "12%"),
    ("约3", "@", "refused", "约3"),
    ("三五件", "@", "refused", "三五件"),
    ("2025年3月1日", "@", "refused", "2025年3月1日"),
]
"""What is in a cell, its format, what is wrong with it, what it shows."""


@pytest.mark.parametrize(("value", "code", "fault", "text"), DISGUISED)
def test_a_cell_that_is_no_plain_number_is_named(
    edition_2021, shelf, tmp_path, value, code, fault, text
):
    asked = [name for name in PLACES if not edition_2021.cells[name].computed]
    for name in (asked[0], asked[20], asked[-1]):
        row = {each: 1 for each in asked if PLACES[each][:2] == PLACES[name][:2]}
        path = change(write(tmp_path, "科.xlsx", values=row), (name, value, code))
        gathered = gather([path], None, shelf, YEAR)
        assert faults_of(gathered) == [(fault, name, text)]
        sheet, number, column = PLACES[name]
        place = gathered.troubles[0].place
        assert place == ("科.xlsx", sheet, f"{chr(64 + column)}{number}")
        assert gathered.entered.keys() == row.keys() - {name}


def test_an_error_is_named_and_a_total_nobody_worked_out_is_not(edition_2021, shelf, tmp_path):
    name = next(name for name in PLACES if not edition_2021.cells[name].computed)
    total = next(name for name in PLACES if edition_2021.cells[name].computed)
    path = change(
        write(tmp_path, "科.xlsx"), (name, "#REF!", "General"), (total, "=1+1", "General")
    )
    assert faults_of(gather([path], None, shelf, YEAR)) == [("shows_error", name, "#REF!")]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_words_of_a_state_are_read_as_on_our_own_sheets(edition_2021, shelf, tmp_path, suffix):
    asked = [name for name in PLACES if not edition_2021.cells[name].computed]
    typed = {"暂缺": (None, "absent"), "28，待核实": (28, "provisional"), "无": (0, "given"),
             "１４５件": (145, "given"), "1.2万": (12000, "given")}  # fmt: skip
    for at in (10, 30, len(asked) - len(typed)):
        values = dict(zip(asked[at:], typed, strict=False))
        gathered = gather([write(tmp_path, f"a.{suffix}", values=values)], None, shelf, YEAR)
        assert faults_of(gathered) == []
        said = {
            name: (each.answer.value, each.answer.state) for name, each in gathered.entered.items()
        }
        assert said == {name: typed[text] for name, text in values.items()}


def test_hidden_rows_columns_and_sheets_are_read_as_on_our_own_sheets(shelf, tmp_path):
    path = write(tmp_path, "科.xlsx", values=WHOLE)
    wanted = values_of(gather([path], None, shelf, YEAR))
    book = load_workbook(path)
    book[REQUESTS].row_dimensions[4].hidden = True
    book[REQUESTS].column_dimensions["E"].hidden = True
    book["表6"].sheet_state = "hidden"
    book.save(path)
    gathered = gather([path], None, shelf, YEAR)
    assert (values_of(gathered), gathered.troubles) == (wanted, [])


def edited(path, sheet, edit):
    book = load_workbook(path)
    edit(book.create_sheet(sheet) if sheet not in book.sheetnames else book[sheet])
    book.save(path)
    return path


def put(*cells):
    def edit(sheet):
        for place, value in cells:
            sheet[place] = value

    return edit


def cover(sheet):
    """A figure under a merged cell, as programs leave it there that only change the merges."""
    sheet["D3"], sheet["E3"] = "", 77
    sheet.merged_cells.add("D3:E3")


STRAY = {
    "a column": (REQUESTS, put(("L4", 77), ("L6", 78)), "no_column", "L4", "77、78"),
    "a cell": (REQUESTS, put(("L4", 77)), "stray", "L4", "77"),
    "a row": (REQUESTS, put(("A40", "四、其他统计"), ("D40", 7)), "no_row", "D40", "7"),
    "a row without name": (REQUESTS, put(("D40", 7), ("E40", 8)), "no_row", "D40", "7、8"),
    "a date": (REQUESTS, put(("L4", date(2025, 3, 1))), "stray", "L4", "2025年3月1日"),
    "another sheet": ("统计", put(("A1", "合计"), ("B2", 7), ("B3", 8)), "passed", "B2", "7、8"),
    "many": ("统计", put(*((f"B{row}", row) for row in range(2, 20))), "passed", "B2",
             "2、3、4、5、6等18个数"),
    "under a merged cell": (REQUESTS, cover, "covered", "E3", "77"),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "edit", "fault", "cell", "typed"), STRAY.values(), ids=STRAY)
def test_figures_that_belong_to_nothing_are_named_once(
    shelf, tmp_path, sheet, edit, fault, cell, typed
):
    asked = {name: 1 for name, place in PLACES.items() if place[0] == "表6"}
    path = edited(write(tmp_path, "科.xlsx", values=WHOLE), sheet, edit)
    gathered = gather([path], None, shelf, YEAR)
    strays = [each for each in gathered.troubles if not each.id]
    assert [(each.fault, each.place.cell, each.typed) for each in strays] == [(fault, cell, typed)]
    assert len(gathered.entered) >= len(asked)


def test_figures_of_other_tables_rows_and_columns_of_a_document_are_named(shelf, tmp_path):
    cell = Cell
    other = Table(((cell("车辆"), cell("数量")), (cell("轿车"), cell("7"))), {}, 1)
    report = filled("national-2021", WHOLE, extra=(other,))
    parts = list(report.parts)
    table = parts[5]
    rows = [
        (*row, cell(text))
        for row, text in zip(table.rows, ("上年", "", *["55"] * 40), strict=False)
    ]
    rows.append(tuple(map(cell, ("五、另外的", "", "", "9", *[""] * 7))))
    parts[5] = table._replace(rows=tuple(rows))
    path = tmp_path / "科.docx"
    path.write_bytes(BUILDERS["docx"].build(report._replace(parts=tuple(parts))))
    gathered = gather([path], None, shelf, YEAR)
    assert [(each.fault, each.place.sheet) for each in gathered.troubles] == [
        ("no_row", "第5个表"), ("no_column", "第5个表"), ("passed", "第7个表")]  # fmt: skip
    assert [each.typed for each in gathered.troubles][::2] == ["9", "7"]
    assert len(gathered.entered) == 166


def test_notes_numbering_telephones_and_days_are_no_figures(shelf, tmp_path):
    notes = put(("L1", "备注"), ("L4", "见附件"), ("A40", "填报人："), ("B40", "张三"),
                ("A41", "联系电话："), ("B41", 13800138000), ("A42", "填报日期"),
                ("B42", date(2025, 1, 5)), ("A43", "2024年度"))  # fmt: skip
    path = edited(write(tmp_path, "科.xlsx", values=WHOLE), REQUESTS, notes)
    gathered = gather([path], None, shelf, YEAR)
    assert (len(gathered.entered), gathered.troubles) == (166, [])


def test_one_figure_far_below_a_header_of_blank_rows_is_read(edition_2021, shelf, tmp_path):
    asked = [name for name in PLACES if PLACES[name][0] == REQUESTS]
    name = [each for each in asked if not edition_2021.cells[each].computed][-1]
    for suffix in SUFFIXES:
        path = write(tmp_path, f"a.{suffix}", values={name: 12345678})
        gathered = gather([path], None, shelf, YEAR)
        assert (values_of(gathered), gathered.troubles) == ({name: 12345678}, [])


def test_tables_below_one_another_and_empty_rows_between_are_read(shelf, tmp_path):
    path = write(tmp_path, "科.xlsx", values=WHOLE)
    wanted = values_of(gather([path], None, shelf, YEAR))
    book = load_workbook(path)
    whole, last = book.create_sheet("全部"), 0
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows():
            for cell in row:
                whole.cell(last + cell.row, cell.column).value = cell.value
        for merged in sheet.merged_cells.ranges:
            merged.shift(row_shift=last)
            whole.merge_cells(str(merged))
        last += sheet.max_row + 1
        whole.row_dimensions[last].height = 30
        book.remove(sheet)
    book.save(path)
    gathered = gather([path], None, shelf, YEAR)
    assert (values_of(gathered), gathered.troubles) == (wanted, [])


def merge(sheet):
    sheet.merge_cells("D4:E4")


def swap(sheet):
    first, second = ([cell.value for cell in sheet[row]] for row in (3, 4))
    for column, (one, two) in enumerate(zip(first, second, strict=True), 1):
        if one is not None or two is not None:
            sheet.cell(3, column).value, sheet.cell(4, column).value = two, one


def twice(sheet):
    for cell in sheet[3]:
        sheet.cell(30, cell.column).value = cell.value
    sheet["D30"] = 99999


UNSURE = {
    "merged": (merge, {"table_merged"}),
    "order": (swap, {"table_order"}),
    "twice": (twice, {"table_twice", "table_order"}),
}


@pytest.mark.parametrize(("edit", "faults"), UNSURE.values(), ids=UNSURE)
def test_what_a_table_leaves_open_is_named_with_its_reason(shelf, tmp_path, here, edit, faults):
    path = edited(write(tmp_path, "科.xlsx", values=WHOLE), REQUESTS, edit)
    gathered = gather([path], None, shelf, YEAR)
    assert {each.fault for each in gathered.troubles if each.fault != "total"} <= faults
    assert gathered.troubles
    run = here("form", "--read", path, "--year", "2024", "-o", tmp_path / "答案.yaml")
    assert run.returncode == 2
    assert all(
        f"科.xlsx·{REQUESTS}·{each.place.cell}：" in run.stdout for each in gathered.troubles
    )


# --- Which form, which year


@pytest.mark.parametrize("edition", BLANKS)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_form_is_known_by_its_tables(shelf, tmp_path, edition, suffix):
    wanted = shelf.edition(edition)
    year = wanted.years.last or 2024
    path = write(tmp_path, f"a.{suffix}", edition, title="")
    assert gather([path], None, shelf, Wanted("", year)).answers.edition is wanted


def refusal(paths, shelf, present=None, wanted=None):
    with pytest.raises(AssistantError) as caught:
        gather(paths, present, shelf, wanted or Wanted())
    assert shelf.sentences.has(f"errors.{caught.value.code}")
    return caught.value.code


def own_sheet(shelf, folder, year=2024, edition="national-2021"):
    path = folder / f"填报-{year}.xlsx"
    path.write_bytes(write_blank(shelf.edition(edition), year, shelf))
    return path


def test_the_year_comes_from_the_answer_file_our_sheets_the_person_or_the_words(
    edition_2021, shelf, tmp_path
):
    silent = write(tmp_path, "无年.html", title="")
    assert refusal([silent], shelf) == "form_no_year"
    present = Answers(edition_2021, 2023)
    assert gather([silent], present, shelf).answers.year == 2023
    assert gather([silent, own_sheet(shelf, tmp_path)], None, shelf).answers.year == 2024
    assert gather([silent], None, shelf, Wanted("", 2022)).answers.year == 2022
    for title in (TITLE, "某局2024年政府信息公开工作年度报告", "2024年统计表，2025年1月5日填",
                  "自2024年1月1日至12月31日"):  # fmt: skip
        said = write(tmp_path, "有年.html", title=title)
        assert gather([said, silent], None, shelf).answers.year == 2024
    two = write(tmp_path, "两年.html", title="2023年与2024年")
    assert refusal([two], shelf) == "form_no_year"


def test_other_years_and_other_forms_are_refused(edition_2021, shelf, tmp_path):
    said = write(tmp_path, "今年.html")
    assert refusal([said], shelf, Answers(edition_2021, 2023)) == "form_other_year"
    assert refusal([said, own_sheet(shelf, tmp_path, 2023)], shelf) == "form_other_year"
    assert refusal([said], shelf, wanted=Wanted("", 2023)) == "form_other_year"
    assert (
        refusal([own_sheet(shelf, tmp_path)], shelf, wanted=Wanted("", 2023)) == "form_not_wanted"
    )
    old = write(tmp_path, "旧.html", "beijing-2014", title="")
    assert refusal([old], shelf, Answers(edition_2021, 2023)) == "form_other_table"
    assert refusal([said, old], shelf) in ("form_foreign", "form_other_table")
    assert refusal([said], shelf, wanted=Wanted("national-2014", 2017)) == "form_other_table"
    read = tmp_path / "2020.html"
    read.write_bytes(BUILDERS["html"].build(load("city-2020")))
    assert refusal([read], shelf) == "edition_reading_only"


OTHER_YEARS = (
    "某局2023年政府信息公开工作年度报告",
    "某局二〇二三年政府信息公开工作年度报告",
    "某局2023年政府信息公开统计表",
    "某局（2023年度）",
)


@pytest.mark.parametrize("title", OTHER_YEARS)
def test_a_file_whose_title_says_another_year_is_refused(edition_2021, shelf, tmp_path, title):
    other = write(tmp_path, "去年.docx", title=title)
    assert gather([other], None, shelf).answers.year == 2023
    assert refusal([other], shelf, Answers(edition_2021, 2024)) == "form_other_year"
    assert refusal([other], shelf, wanted=YEAR) == "form_other_year"
    now = write(tmp_path, "今年.docx")
    assert refusal([now, other], shelf) == "form_years"
    assert refusal([now, other], shelf, wanted=YEAR) == "form_other_year"


def test_what_a_report_tells_of_other_years_is_not_its_year(shelf, tmp_path):
    told = Words("text", "与2023年度相比，2024年度新收申请增加3件。")
    said = write(tmp_path, "年报.docx", title="某局2024年政府信息公开工作年度报告", extra=[told])
    assert gather([said], None, shelf, YEAR).answers.year == 2024


def test_one_sheet_of_another_year_is_named(shelf, tmp_path, here):
    path = write(tmp_path, "科.xlsx", values=WHOLE)
    book = load_workbook(path)
    sheets = book.sheetnames
    for sheet in book.worksheets:
        sheet.cell(60, 1).value = "2024年度"
    book[REQUESTS].cell(60, 1).value = "2023年度"
    book.save(path)
    for options in ((), ("--year", "2024")):
        run = here("form", "--read", path, "-o", tmp_path / "答案.yaml", *options)
        assert run.returncode == 2
        assert f"「{REQUESTS}」" in run.stderr
        assert "2023年度" in run.stderr
        assert "2024年度" in run.stderr
        assert (f"「{sheets[0]}」是2024年度" in run.stderr) is not bool(options)


def test_our_sheets_and_official_tables_are_read_together(shelf, tmp_path, here):
    own = own_sheet(shelf, tmp_path)
    book = load_workbook(own)
    sheet = book.worksheets[0]
    row = next(row[0].row for row in sheet.iter_rows(min_row=7) if row[0].value in PLACES)
    name = sheet.cell(row, 1).value
    sheet.cell(row, 4).value = 8
    book.save(own)
    table = write(tmp_path, "科.docx", values={**WHOLE, name: 8})
    gathered = gather([table, own], None, shelf)
    assert (gathered.conflicts, len(gathered.entered)) == ({}, 166)
    output = tmp_path / "答案.yaml"
    table = write(tmp_path, "科.docx", values={**WHOLE, name: 9})
    run = here("form", "--read", own, table, "-o", output)
    assert (run.returncode, output.exists()) == (2, False)
    assert "科.docx·第" in run.stdout
    run = here("form", "--read", own, table, "-o", output, "--leave-out")
    assert (run.returncode, output.exists()) == (0, True)


def foreign_book():
    book = load_workbook(io.BytesIO(BUILDERS["xlsx"].build(filled("national-2021", {}))))
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    sheet = book.worksheets[0]
    sheet.delete_rows(1, 50)
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "车辆", "数量", "其他", 5
    return book


def test_a_file_that_is_neither_is_refused_with_what_is_taken(shelf, tmp_path, here):
    foreign_book().save(tmp_path / "别的.xlsx")
    words = load("county-2022")
    prose = words._replace(parts=tuple(each for each in words.parts if isinstance(each, Words)))
    (tmp_path / "文字.docx").write_bytes(BUILDERS["docx"].build(prose))
    for name in ("别的.xlsx", "文字.docx"):
        with pytest.raises(FileError, match="form_foreign"):
            gather([write(tmp_path, "科.docx"), tmp_path / name], None, shelf)
        run = here("form", "--read", tmp_path / name, "-o", tmp_path / "答案.yaml")
        assert run.returncode == 2
        assert "官方统计表" in run.stderr
        assert "docx、xlsx、html" in run.stderr


def test_an_answer_file_is_completed_by_an_official_table(edition_2021, shelf, tmp_path, here):
    name = next(name for name in PLACES if not edition_2021.cells[name].computed)
    output = tmp_path / "答案.yaml"
    save(Answers(edition_2021, 2024, {name: Answer(int(Decimal(WHOLE[name])) + 1)}), output)
    path = write(tmp_path, "科.docx", values=WHOLE, title="")
    run = here("form", "--read", path, "-o", output)
    assert run.returncode == 2
    assert "填得不一样" in run.stdout
    save(Answers(edition_2021, 2024), output)
    run = here("form", "--read", path, "-o", output)
    assert run.returncode == 0
    assert "选定「涉及的申请人」" in run.stdout


def test_figures_are_those_of_the_column_that_stands_over_them(shelf, tmp_path):
    path = write(tmp_path, "科.xlsx", values={"open.biz": 3, "open.ngo": 5, "open.total": 8})
    rename(path, {"商业企业": "社会公益组织", "社会公益组织": "商业企业"})
    gathered = gather([path], None, shelf, YEAR)
    assert values_of(gathered) == {"open.biz": 5, "open.ngo": 3}
    assert faults_of(gathered) == []


def test_where_a_header_names_a_column_twice_nothing_is_read_and_it_is_said_once(shelf, tmp_path):
    values = {f"{row}.{column}": 1 for row in ("open", "partial") for column in ("biz", "ngo")}
    path = rename(write(tmp_path, "科.xlsx", values=values), {"法律服务机构": "商业企业"})
    gathered = gather([path], None, shelf, YEAR)
    assert values_of(gathered) == {}
    assert faults_of(gathered) == [("table_columns", "", "1、1、1、1")]


def rename(path, names):
    """Give heads of a workbook other names."""
    book = load_workbook(path)
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        if cell.value in names:
            cell.value = names[cell.value]
    book.save(path)
    return path


def as_text(table):
    """The rows of a table as paragraphs with tabs."""
    rows = ("\t".join(cell.text for cell in row) for row in table.rows)
    return [Words("text", row) for row in rows]


def test_a_table_that_became_paragraphs_is_read_as_one(edition_2021, shelf, tmp_path):
    report = filled("national-2021", WHOLE)
    parts = [each for part in report.parts
             for each in (as_text(part) if isinstance(part, Table) else [part])]  # fmt: skip
    path = tmp_path / "段落.docx"
    path.write_bytes(BUILDERS["docx"].build(report._replace(parts=tuple(parts))))
    gathered = gather([path], None, shelf)
    assert values_of(gathered) == {
        name: WHOLE[name] for name in edition_2021.asked if name in WHOLE
    }
    assert faults_of(gathered) == []


def test_figures_outside_tables_are_named_where_a_whole_table_is_missing(shelf, tmp_path):
    report = filled("national-2021", {"reg_made": 3})
    tables = [part for part in report.parts if not isinstance(part, Table)][:1]
    tables += [part for part in report.parts if isinstance(part, Table)][:4]
    told = [Words("text", f"事项{number}\t{number}") for number in range(1, 9)]
    path = tmp_path / "缺表.docx"
    path.write_bytes(BUILDERS["docx"].build(report._replace(parts=(*tables, *told))))
    gathered = gather([path], None, shelf)
    assert values_of(gathered) == {"reg_made": 3}
    (problem,) = gathered.troubles
    assert (problem.fault, problem.place.sheet) == ("text", "正文")


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
@pytest.mark.parametrize("dash", ["-", "/", "—"])
def test_a_dash_that_no_total_makes_a_zero_is_named(shelf, tmp_path, suffix, dash):
    values = {"reg_made": 3, "reg_repealed": dash, "reg_valid": dash}
    gathered = gather([write(tmp_path, f"科.{suffix}", values=values)], None, shelf, YEAR)
    assert values_of(gathered) == {"reg_made": 3}
    (problem,) = gathered.troubles
    assert (problem.fault, problem.typed, problem.other) == ("table_dash", dash, "2")
    assert problem.place.cell


def test_remarks_are_told_and_their_digits_named_as_such(shelf, tmp_path):
    path = write(tmp_path, "科.xlsx", values=WHOLE)
    book = load_workbook(path)
    sheet, row, column = PLACES["open.total"]
    cells = book[sheet]
    cells.cell(row - 4, column + 1).value = "备注"
    cells.cell(row, column + 1).value = "其中1件撤回"
    cells.cell(row + 1, column + 1).value = 7
    book.save(path)
    gathered = gather([path], None, shelf, YEAR)
    assert faults_of(gathered) == [("remark", "", "7")]
    assert [each.typed for each in gathered.remarks] == ["其中1件撤回"]
    assert len(gathered.entered) == 166


def test_a_column_of_remarks_ends_with_its_table(edition_2021, shelf, tmp_path):
    report = filled("national-2021", WHOLE)
    tables = [part for part in report.parts if isinstance(part, Table)]
    requests, disputes = tables[-2:]
    width = sum(cell.across for cell in requests.rows[0])
    book = Workbook()
    sheet = book.active
    for at, row in enumerate((*frame(requests), *frame(disputes)), 1):
        for column, slot in enumerate(row, 1):
            if slot.begins and slot.cell:
                sheet.cell(at, column).value = slot.cell.text
    sheet.cell(1, width + 1).value = "备注"
    book.save(tmp_path / "科.xlsx")
    gathered = gather([tmp_path / "科.xlsx"], None, shelf, YEAR)
    read = {name for name in edition_2021.asked if "." in name and name in WHOLE}
    assert values_of(gathered).keys() == read


def test_what_stands_outside_tables_is_named_by_its_line(shelf, tmp_path):
    report = load("county-2022")
    path = tmp_path / "科.lines.txt"
    path.write_bytes(BUILDERS["txt-lines"].build(report) + "来信来访\n9\n".encode())
    lines = path.read_text("utf-8").splitlines()
    (problem,) = [each for each in gather([path], None, shelf).troubles if each.typed == "9"]
    number = next(at for at, line in enumerate(filter(str.strip, lines), 1) if "来信来访" in line)
    assert problem.place.cell == f"第{number}行"


def test_a_row_with_words_for_figures_that_comes_twice_shows_these_words(shelf, tmp_path):
    name = "licence_decisions"
    report = filled("national-2021", {name: "约三十"})
    tables = []
    for table in report.tables:
        at = next((row for (row, _), each in table.ids.items() if each == name), None)
        rows = table.rows if at is None else (*table.rows[: at + 1], *table.rows[at:])
        tables.append(table._replace(rows=rows))
    heading = next(part for part in report.parts if not isinstance(part, Table))
    path = tmp_path / "科.xlsx"
    path.write_bytes(BUILDERS["xlsx"].build(report._replace(parts=(heading, *tables))))
    twice = [each for each in gather([path], None, shelf, YEAR).troubles if each.id == name]
    assert [(each.fault, each.typed) for each in twice] == [("table_twice", "约三十、约三十")]
