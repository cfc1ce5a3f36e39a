"""The shape of an edition: rows of the form, facts, checks, sections."""

from assistant.schema.checks import (
    AllOf,
    AtLeast,
    AtMost,
    Balance,
    BeginsWith,
    Carried,
    Check,
    Inspection,
    Length,
    Needs,
    Rolled,
    Sum,
    Unusual,
)
from assistant.schema.edition import Edition, Line, bare_quotes
from assistant.schema.entries import Atom, Example
from assistant.schema.grids import Grid, GridColumn, GridRow
from assistant.schema.questions import (
    Column,
    Fact,
    Heading,
    Help,
    Indicator,
    Option,
    Question,
    Row,
    Rule,
)
from assistant.schema.spreading import spread
from assistant.schema.terms import LegalBasis, Section, Term, Years

__all__ = [
    "AllOf",
    "AtLeast",
    "AtMost",
    "Atom",
    "Balance",
    "BeginsWith",
    "Carried",
    "Check",
    "Column",
    "Edition",
    "Example",
    "Fact",
    "Grid",
    "GridColumn",
    "GridRow",
    "Heading",
    "Help",
    "Indicator",
    "Inspection",
    "LegalBasis",
    "Length",
    "Line",
    "Needs",
    "Option",
    "Question",
    "Rolled",
    "Row",
    "Rule",
    "Section",
    "Sum",
    "Term",
    "Unusual",
    "Years",
    "bare_quotes",
    "spread",
]
