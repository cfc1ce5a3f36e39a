"""The report as a plain structure: sections of text with spans, and tables."""

from assistant.report.assemble import make_passages, make_report
from assistant.report.printed_grid import (
    CellRole,
    PrintedCell,
    PrintedGrid,
    PrintedRow,
    printed_grid,
)
from assistant.report.rewording import reference_to, template_block, with_template_figures
from assistant.report.structure import (
    AboveRole,
    Block,
    BlockKind,
    Head,
    HeadCell,
    Report,
    Span,
    StubColumn,
    Table,
    TableLabels,
    TableRow,
    column_widths,
)
from assistant.report.template_context import FILTERS
