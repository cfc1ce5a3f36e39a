"""What every sheet of a collection form has around its rows: tag, titles, page, input rules."""

from typing import TYPE_CHECKING, NamedTuple

from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assistant.export.formats.excel.sheet_style import (
    cell_at,
    fit,
    label_style,
    merge,
    put,
    set_paper,
)
from assistant.form.model import Column, Indicator, Question
from assistant.messages import Sentences

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LIST_LIMIT = 255
"""Characters that Excel takes for a list of choices."""
Ruled = Question | Column


class InputRules:
    """The rules of one sheet, shared by the cells they are the same for."""

    def __init__(self, sheet: "Worksheet", sentences: Sentences) -> None:
        """Take the sheet."""
        self._sheet = sheet
        self._sentences = sentences
        self._made: dict[str, DataValidation] = {}

    def add(self, place: str, asked: Ruled) -> None:
        """Put the rule of what is asked on its cell."""
        if asked.kind in ("count", "amount"):
            if asked.kind not in self._made:
                self._made[asked.kind] = self._number(asked.kind, place)
            self._made[asked.kind].add(place)
        elif not isinstance(asked, Indicator) and asked.kind == "choice":
            choices = ",".join(option.label for option in asked.options)
            if len(choices) > _LIST_LIMIT or '"' in choices:
                return
            if choices not in self._made:
                self._made[choices] = self._choice(choices)
            self._made[choices].add(place)

    def _choice(self, choices: str) -> DataValidation:
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        rule.errorStyle = "warning"
        self._sheet.add_data_validation(rule)
        return rule

    def _number(self, kind: str, place: str) -> DataValidation:
        """0 and more, whole for counts; words such as 暂缺 only bring a question.

        So does what the program took for a date, a share or a power: 3-1, 12%, 1e3.
        """
        whole = f",{place}=INT({place})" if kind == "count" else ""
        look = f'ISERROR(FIND(LEFT(CELL("format",{place})),"DPS"))'
        rule = DataValidation(
            type="custom",
            formula1=f"AND(ISNUMBER({place}),{place}>=0{whole},{look})",
            allow_blank=True,
            errorStyle="warning",
            errorTitle=self._sentences.say("form.odd_title"),
            error=self._sentences.say(f"form.odd_{kind}"),
            showErrorMessage=True,
        )
        self._sheet.add_data_validation(rule)
        return rule


HEAD = 6
"""Row of the column titles."""
_LABEL = 2
"""Column of the labels, behind that of the ids."""


class SheetPlan(NamedTuple):
    """The columns of a sheet, that of the ids first."""

    widths: tuple[float, ...]
    keys: tuple[str, ...]
    """Behind the ids; empty where nothing is read."""
    titles: tuple[str, ...]
    """Behind the ids; empty where the one before goes on."""
    how: str
    """How it is filled."""


class SheetFrame:
    """A sheet that is filled by departments, written from above."""

    def __init__(
        self, sheet: "Worksheet", plan: SheetPlan, stamp: str, title: str, sentences: Sentences
    ) -> None:
        """Write what stands above the rows."""
        self.sheet, self.plan, self._sentences = sheet, plan, sentences
        self.last = HEAD
        self._rules = InputRules(sheet, sentences)
        for column, text in enumerate((stamp, *plan.keys), 1):
            put(cell_at(sheet, 1, column), text, "words")
        lines = (title, plan.how, sentences.say("form.signs"), sentences.say("form.file"))
        for at, (style, text) in enumerate(zip(("title", *["body"] * 3), lines, strict=True), 2):
            put(cell_at(sheet, at, _LABEL), text, style)
            merge(sheet, (at, _LABEL), (at, len(plan.widths)))
            if at < HEAD - 1:
                sheet.row_dimensions[at].height = fit([(text, sum(plan.widths))]) + 14
        for column, text in enumerate(plan.titles, _LABEL):
            put(cell_at(sheet, HEAD, column), text, "head")

    def next_row(self, name: str, label: str, indent: int, rule: str, least: float = 0) -> None:
        """Begin a row; `least` is the height it has at any rate."""
        self.last += 1
        put(cell_at(self.sheet, self.last, 1), name, "words")
        put(cell_at(self.sheet, self.last, _LABEL), label, label_style(indent))
        for column in range(_LABEL + 1, len(self.plan.widths)):
            put(cell_at(self.sheet, self.last, column), "", "words")
        put(cell_at(self.sheet, self.last, len(self.plan.widths)), rule, label_style(0))
        rooms = [(label, self.plan.widths[1] - 2 * indent), (rule, self.plan.widths[-1])]
        self.sheet.row_dimensions[self.last].height = max(least, fit(rooms))

    def open_cell(self, column: int, asked: "Ruled | None" = None, style: str = "words") -> None:
        """Let a cell of the row be filled, by what is asked, or with any words."""
        cell = cell_at(self.sheet, self.last, column)
        put(cell, "", style)
        cell.protection = Protection(locked=False)
        is_number = asked is not None and asked.kind in ("count", "amount")
        cell.number_format = "General" if is_number else "@"
        if asked is not None:
            self._rules.add(f"{get_column_letter(column)}{self.last}", asked)

    def rule_of(self, question: Question) -> str:
        """The counting rule of a question with what it rests on."""
        rule, say = question.help.rule, self._sentences.say
        basis, source = rule.basis_and_source(self._sentences)
        return say("form.rule", text=rule.text, basis=basis, source=source)

    def finish(self) -> None:
        """Set page and protection; the stamp, the keys and the ids are hidden."""
        sheet, widths = self.sheet, self.plan.widths
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[1].hidden = True
        first = self.plan.keys.index("value") + 2
        sheet.freeze_panes = f"{get_column_letter(first)}{HEAD + 1}"
        sheet.print_title_rows = f"{HEAD}:{HEAD}"
        sheet.print_area = f"B2:{get_column_letter(len(widths))}{self.last}"
        set_paper(sheet, is_wide=True)
        sheet.protection.sheet = True
        sheet.protection.formatCells = False  # a cell that became a date can be made one of numbers
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
