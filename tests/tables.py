"""Tables of every make, standing anywhere in a report: what the formats must be ready for."""

from typing import NamedTuple

from hypothesis import strategies as st

from assistant.report import Block, Head, Report, Span, Table, TableRow, printed_grid

KINDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
FIGURES = st.sampled_from([0, 1, 7, 12, 30, 145, 9_876, 12_345]).map(str)


def wide(values: list[str]) -> Table:
    """Seven columns under a header of two levels, rows of three levels, no units."""
    labels = [
        (0, "一、本年新收申请数量"),
        (0, "三、本年度办理结果"),
        (1, "（一）予以公开"),
        (1, "（三）不予公开"),
        (2, "1.属于国家秘密"),
        (2, "2.其他法律行政法规禁止公开"),
    ]
    head = (
        (
            Head("（第一项加第二项之和，等于第三项加第四项之和）", down=2),
            Head(KINDS[0], down=2),
            Head("法人或其他组织", across=5),
            Head(KINDS[6], down=2),
        ),
        tuple(Head(kind) for kind in KINDS[1:6]),
    )
    numbers = iter(values)
    rows = []
    for at, (depth, label) in enumerate(labels):
        filled = () if at in (1, 3) else cells("wide", at, numbers, 7)
        rows.append(TableRow(depth, False, label, "", filled))
    return Table("", (), (), ("label",), head, tuple(rows), is_annex=False)


def bare(values: list[str]) -> Table:
    """Three groups of five columns, one row, no label."""
    groups = ("行政复议", "未经复议直接起诉", "复议后起诉")
    head = (
        tuple(Head(group, across=5) for group in groups),
        tuple(Head(result) for _ in groups for result in RESULTS),
    )
    row = TableRow(0, False, "", "", cells("bare", 0, iter(values), 15))
    return Table("", (), (), (), head, (row,), is_annex=False)


def block(values: list[str]) -> Table:
    """A heading over all columns, then several columns with units."""
    head = (
        (Head("第二十条第（一）项", across=5),),
        tuple(map(Head, ("信息内容", "单位", "本年制发件数", "本年废止件数", "现行有效件数"))),
    )
    numbers = iter(values)
    rows = tuple(
        TableRow(0, False, label, "件", cells("block", at, numbers, 3))
        for at, label in enumerate(("规章", "行政规范性文件"))
    )
    year = (Span("form", "（"), Span("figure", "2023", "year"), Span("form", "年度）"))
    return Table("主动公开情况", year, (), ("label", "unit"), head, rows, is_annex=False)


def cells(name: str, row: int, numbers, columns: int) -> tuple[Span, ...]:
    return tuple(
        Span("figure", next(numbers), f"{name}.{row}.{column}") for column in range(columns)
    )


def in_the_midst(report: Report, values: list[str]) -> Report:
    """The report with one such table behind each of its first headings."""
    tables = iter((block(values), bare(values), wide(values), block(values[::-1])))
    parts: list[Block | Table] = []
    for part in report.parts:
        parts.append(part)
        if isinstance(part, Block) and part.kind == "heading" and (table := next(tables, None)):
            parts.append(table)
    return report._replace(parts=tuple(parts))


class Laid(NamedTuple):
    """The words of a table by row and column, those of a cell over several in each of them."""

    rows: list[list[str]]
    heads: list[tuple[str, ...]]
    """What stands above each column."""
    label_end: int


def plain(table: Table) -> Laid:
    """As formats have it that merge no cells: a heading is a row without numbers."""
    blank = [""] * table.numbers
    rows = [row.left(table.stub) + ([cell.text for cell in row.cells] or blank)
            for row in table.rows]  # fmt: skip
    return Laid(rows, table.column_heads(), len(table.stub))


def merged(table: Table) -> Laid:
    """As it is printed where cells can be merged."""
    grid = printed_grid(table)
    rows: list[list[str]] = []
    for cells in grid.rows:
        row: list[str] = []
        for cell in cells:
            text = rows[-1][cell.column] if cell.is_below else cell.span.text
            row += [text] * cell.across
        assert len(row) == grid.width
        rows.append(row)
    heads: list[tuple[str, ...]] = [()] * grid.width
    for cells in grid.heads:
        for cell in cells:
            for column in range(cell.column, cell.column + cell.across):
                heads[column] += () if cell.is_below else (cell.span.text,)
    return Laid(rows, heads, grid.label_end)
