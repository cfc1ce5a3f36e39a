"""What Excel lets be typed: a warning where the reader would refuse, and never a ban."""

from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

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
