"""What the cells of a collection sheet let in while somebody types."""

from assistant.answers import STATE_NAMES, State
from assistant.export.formats.excel.book_writer import InputRule, Place, SheetWriter
from assistant.export.formats.excel.workbook_cells import column_letters
from assistant.form.model import Column, Indicator, Question
from assistant.messages import Sentences

Ruled = Question | Column
_FIGURES = ("count", "amount")
"""Kinds of answers that are numbers."""
_LIST_LIMIT = 255
"""Characters that Excel takes for a list of choices."""
_SIGNS = "-/:%=EDPS年月日－／：％"
"""What stands in dates, times, shares, TRUE, FALSE, powers and formulas, and in no figure; of
dates written with points, two of these.

D, P and S are also what CELL calls the formats of dates, shares and powers.
"""
_STATES: tuple[State, ...] = ("absent", "provisional", "none")


def figure_formula(kind: str, place: str) -> str:
    """The formula that is true for what may be typed into a cell of a figure.

    The cell keeps what is typed as words, so a date is still seen as it was typed. Only what the
    reader of sheets refuses as well is refused; behind a word such as 暂缺 anything may follow.

    Args:
        kind: `count` or `amount`.
        place: The cell, `D8`.
    """
    states = ",".join(f'FIND("{STATE_NAMES[state]}",{place})' for state in _STATES)
    shown = f'UPPER({place})&LEFT(CELL("format",{place}))'
    signs = f'FIND(MID("{_SIGNS}",ROW($1:${len(_SIGNS)}),1),{shown})'
    points = f'FIND(".",{place},1+FIND(".",{place}))'
    whole = f"IFERROR(MOD(VALUE({place}),1)=0,TRUE)" if kind == "count" else "TRUE"
    return f"=OR(COUNT({states}),AND({whole},SUMPRODUCT(COUNT({signs},{points}))=0))"


class InputRules:
    """The rules of one sheet, each for the cells of one column that it is the same for."""

    def __init__(self, sentences: Sentences) -> None:
        """Begin with no cells."""
        self._sentences = sentences
        self._cells: dict[tuple[str, int, tuple[str, ...]], list[Place]] = {}

    def add(self, place: Place, asked: Ruled) -> None:
        """Keep a cell that has a rule by what is asked there."""
        options: tuple[str, ...] = ()
        if not isinstance(asked, Indicator) and asked.kind == "choice":
            options = tuple(option.label for option in asked.options)
            if len(",".join(options)) > _LIST_LIMIT or any(
                set(each) & {",", '"'} for each in options
            ):
                return
        elif asked.kind not in _FIGURES:
            return
        self._cells.setdefault((asked.kind, place[1], options), []).append(place)

    def write(self, sheet: SheetWriter) -> None:
        """Put every rule on its cells; one of a list only asks back, since words may be typed."""
        say = self._sentences.say
        for (kind, column, options), cells in self._cells.items():
            rule = InputRule(options)
            if kind in _FIGURES:
                formula = figure_formula(kind, f"{column_letters(column)}{cells[0][0]}")
                rule = InputRule(formula, say("form.odd_title"), say(f"form.odd_{kind}"))
            sheet.validate(cells, rule)
