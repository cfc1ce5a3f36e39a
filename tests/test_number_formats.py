"""What a cell shows of its number: plain numbers stay numbers, everything else says what it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from assistant.export.formats.excel.number_formats import show
from assistant.export.formats.excel.read_xlsx import BUILT_IN, open_book
from assistant.export.formats.package import pack
from assistant.storage.errors import FileError

DAY = ("2025年3月1日", "date")
DATES = [
    *(
        '[$-804]yyyy"年"m"月"d"日";@',
        'yyyy"年"m"月"d"日"',
        "m/d/yyyy",
        "m/d",
        "mmm-yy",
        "d",
        "aaaa",
    ),
    *('[$-404]e"年"m"月"d"日"', "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "YYYY/M/D", "ggge"),
    *("yyyy-m-d h:mm", "[$-804]m月d日", "d/m/bb"),
]
TIMES = ["h:mm", "[h]:mm", "mm:ss", "[mm]:ss", "上午/下午h", "h AM/PM", '[$-804]h"时"mm"分"']
SHOWN = [
    *[(code, "12", "12", "plain") for code in ("", "General", "@", "0", "#,##0", "0_ ", "[Red]0")],
    *[(code, "12", "12", "plain") for code in ("[DBNum1]General", "G/通用格式", "0.0", "*-0")],
    ("0.0#", "12.5", "12.5", "plain"),
    ("# ##0", "1200", "1200", "plain"),
    ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "1200", "1200", "plain"),
    ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-7", "-7", "plain"),
    ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "0", "plain"),
    ("#,##0 ;(#,##0)", "-5", "-5", "plain"),
    ('0"件"', "12", "12件", "plain"),
    (r"0\件", "12", "12件", "plain"),
    ("0件", "12", "12件", "plain"),
    ('G/通用格式"元"', "350", "350元", "plain"),
    ('"¥"#,##0.00', "350", "¥350", "plain"),
    ("[$¥-804]#,##0", "350", "¥350", "plain"),
    ("000000", "10000", "010000", "plain"),
    ("[>=100]0!.0,;0", "12", "12", "plain"),
    ('"第d"0', "3", "第d3", "plain"),
    ("0", "12.4", "12", "other"),
    ("0.0", "0.25", "0.3", "other"),
    ("0,", "12345", "12", "other"),
    ("0!.0,", "12345", "1.2", "other"),
    ('0!.0,"万"', "20000", "2.0万", "other"),
    ("[>=100]0!.0,;0", "12345", "1.2", "other"),
    ("0;0", "-5", "5", "other"),
    ("(0)", "5", "(5)", "other"),
    ('"1"0', "2", "12", "other"),
    (";;;", "12", "", "other"),
    ("#,###", "0", "", "other"),
    ('0;-0;"无"', "0", "无", "other"),
    *[(code, "45717", *DAY) for code in DATES],
    ("yyyy-m-d h:mm", "45717.25", "2025年3月1日 6:00", "date"),
    ("m/d", "60", "1900年2月29日", "date"),
    ("m/d", "59", "1900年2月28日", "date"),
    ("m/d", "-1", "####", "date"),
    ("m/d", "99999999", "####", "date"),
    *[(code, "0.0625", "1:30", "time") for code in TIMES],
    ("[h]:mm", "1.5", "36:00", "time"),
    ("0%", "12", "1200%", "percent"),
    ("0.00%", "0.125", "12.5%", "percent"),
    ("# ?/?", "0.5", "1/2", "fraction"),
    ("# ?/?", "12", "12", "fraction"),
    ("0.00E+00", "1200", "1.20E+3", "exponent"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "number", "text", "look"), SHOWN)
def test_a_number_is_shown_as_its_format_says(code, number, text, look):
    assert show(code, number) == (text, look)


def test_the_formats_without_a_code_are_known():
    for number, code in BUILTIN_FORMATS.items():
        looks = show(BUILT_IN.get(number, "General"), "45717.25").look
        assert (looks in ("date", "time")) == is_date_format(code), (number, code)
        assert (looks == "percent") == ("%" in code)


@given(
    micro=st.integers(-(10**12), 10**12), decimals=st.integers(0, 6), grouped=st.booleans(),
    unit=st.sampled_from(["", '"件"', "_ "]),
)  # fmt: skip
def test_a_number_is_itself_exactly_where_no_digit_is_cut(micro, decimals, grouped, unit):
    number = Decimal(micro) / 1_000_000
    code = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "") + unit
    text, look = show(code, f"{number.normalize():f}")
    assert (look == "plain") == (round(number, decimals) == number)
    if look == "plain":
        assert Decimal(text.removesuffix("件")) == number


@given(code=st.text(max_size=30) | st.text('0#?.,%/;@[]"\\!_*hmsdyeE+-$¥万', max_size=30))
@pytest.mark.parametrize("number", ["0", "-3", "12.5", "45717", "999999999999999"])
def test_any_format_shows_something_and_never_fails(code, number):
    text, look = show(code, number)
    assert isinstance(text, str)
    if look == "plain" and text.removeprefix("-").isdecimal():
        assert Decimal(text) == Decimal(number)


TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BARE = {
    "[Content_Types].xml": f'<T xmlns="t"><Override PartName="/b.xml" ContentType="{TYPE}"/></T>',
    "_rels/.rels": '<R xmlns="r"><Relationship Type="x/officeDocument" Target="b.xml"/></R>',
    "_rels/b.xml.rels": '<R xmlns="r"><Relationship Type="x/styles" Target="styles.xml"/>'
    '<Relationship Id="first" Type="x/worksheet" Target="sheet.xml"/></R>',
    "styles.xml": """<styleSheet>
<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf xfId="0"/><xf numFmtId="31"/></cellXfs>
<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>""",
}


def cells_of(path, sheet, workbook=""):
    """The cells of a bare workbook."""
    parts = {
        **BARE,
        "b.xml": f'<b xmlns:r="r">{workbook}<sheet name="表" r:id="first"/></b>',
        "sheet.xml": f"<worksheet>{sheet}</worksheet>",
    }
    path.write_bytes(pack({name: text.encode() for name, text in parts.items()}))
    (read,) = open_book(path)
    return [(cell.text, cell.look) for row in read.rows for cell in row.cells.values()]


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ('<row><c s="1"><v>45717</v></c></row>', DAY),
        ('<row><c s="2"><v>0.5</v></c></row>', ("50%", "percent")),
        ('<row><c s="3"><v>45717</v></c></row>', DAY),
        ('<row s="1" customFormat="1"><c><v>45717</v></c></row>', DAY),
        ('<row s="1"><c><v>45717</v></c></row>', ("45717", "plain")),
        ('<row s="1" customFormat="1"><c s="0"><v>45717</v></c></row>', ("45717", "plain")),
        ('<col min="1" max="3" style="1"/><row><c><v>45717</v></c></row>', DAY),
        ('<row><c s="9"><v>45717</v></c></row>', ("45717", "plain")),
        ('<row><c t="d"><v>2025-03-01T00:00:00</v></c></row>', DAY),
        ('<row><c t="b"><v>1</v></c></row>', ("TRUE", "truth")),
        ('<row><c t="b"><v>0</v></c></row>', ("FALSE", "truth")),
        ('<row><c t="str" s="1"><f>A1</f><v>3-1</v></c></row>', ("3-1", "plain")),
    ],
)  # fmt: skip
def test_the_format_of_a_cell_is_its_own_or_that_of_its_row_or_column(tmp_path, sheet, cell):
    assert cells_of(tmp_path / "表.xlsx", sheet) == [cell]


def test_readings_of_characters_are_no_words_of_a_cell(tmp_path):
    words = "<is><t>示例</t><rPh><t>シレイ</t></rPh></is>"
    sheet = f'<row><c t="inlineStr">{words}</c></row>'
    assert cells_of(tmp_path / "表.xlsx", sheet) == [("示例", "plain")]


def test_a_cell_that_is_told_twice_is_a_fault(tmp_path):
    sheet = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    with pytest.raises(FileError, match="package_broken"):
        cells_of(tmp_path / "表.xlsx", sheet)


def test_a_workbook_may_count_its_days_from_1904(tmp_path):
    sheet = '<row><c s="1"><v>44255</v></c></row>'
    cells = cells_of(tmp_path / "表.xlsx", sheet, '<workbookPr date1904="1"/>')
    assert cells == [DAY]
