"""What every sheet of a collection form has around its rows: tag, titles, page, input rules."""

from typing import NamedTuple

from assistant.collect.form_tag import VALUE
from assistant.collect.input_rules import InputRules, Ruled
from assistant.export.formats.excel.book_writer import SheetWriter
from assistant.export.formats.excel.sheet_style import fit, label_style
from assistant.form.model import Question
from assistant.messages import Sentences

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
        self, sheet: SheetWriter, plan: SheetPlan, stamp: str, title: str, sentences: Sentences
    ) -> None:
        """Write what stands above the rows."""
        self.sheet, self.plan, self._sentences = sheet, plan, sentences
        self.last = HEAD
        self._rules = InputRules(sentences)
        for column, text in enumerate((stamp, *plan.keys), 1):
            sheet.put(1, column, text, "words")
        lines = (title, plan.how, sentences.say("form.signs"), sentences.say("form.file"))
        for at, (style, text) in enumerate(zip(("title", *["body"] * 3), lines, strict=True), 2):
            sheet.put(at, _LABEL, text, style)
            sheet.merge((at, _LABEL), (at, len(plan.widths)))
            if at < HEAD - 1:
                sheet.set_height(at, fit([(text, sum(plan.widths))]) + 14)
        for column, text in enumerate(plan.titles, _LABEL):
            sheet.put(HEAD, column, text, "head")

    def next_row(self, name: str, label: str, indent: int, rule: str, least: float = 0) -> None:
        """Begin a row; `least` is the height it has at any rate."""
        self.last += 1
        self.sheet.put(self.last, 1, name, "words")
        self.sheet.put(self.last, _LABEL, label, label_style(indent))
        for column in range(_LABEL + 1, len(self.plan.widths)):
            self.sheet.put(self.last, column, "", "words")
        self.sheet.put(self.last, len(self.plan.widths), rule, label_style(0))
        rooms = [(label, self.plan.widths[1] - 2 * indent), (rule, self.plan.widths[-1])]
        self.sheet.set_height(self.last, max(least, fit(rooms)))

    def open_cell(self, column: int, asked: "Ruled | None" = None, style: str = "words") -> None:
        """Let a cell of the row be filled, by what is asked, or with any words."""
        self.sheet.open(self.last, column, style)
        if asked is not None:
            self._rules.add((self.last, column), asked)

    def rule_of(self, question: Question) -> str:
        """The counting rule of a question with what it rests on."""
        rule, say = question.help.rule, self._sentences.say
        basis, source = rule.basis_and_source(self._sentences)
        return say("form.rule", text=rule.text, basis=basis, source=source)

    def finish(self) -> None:
        """Set page and protection; the stamp, the keys and the ids are hidden."""
        widths = self.plan.widths
        self._rules.write(self.sheet)
        self.sheet.set_widths(widths)
        self.sheet.hide_first(widths[0])
        self.sheet.freeze(HEAD + 1, self.plan.keys.index(VALUE) + 2)
        self.sheet.set_print((2, _LABEL), (self.last, len(widths)), [HEAD])
        self.sheet.set_paper(is_wide=True)
        self.sheet.protect()
        self.sheet.accept_numbers_as_words((HEAD + 1, _LABEL), (self.last, len(widths)))
