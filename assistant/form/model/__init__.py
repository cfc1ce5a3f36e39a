"""The shape of an edition: rows of the form, facts, checks, sections."""

from assistant.form.model.check_fields import Atom, Example
from assistant.form.model.checks import (
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
    StockFlow,
    Sum,
    Unusual,
)
from assistant.form.model.edition import ROLE_KINDS, Edition, Line, Roles, bare_quotes
from assistant.form.model.grids import Grid, GridColumn, GridRow
from assistant.form.model.questions import (
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
from assistant.form.model.terms import LegalBasis, Section, Term, Years
from assistant.form.model.wildcards import expand_wildcards

__all__ = [
    "ROLE_KINDS",
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
    "Roles",
    "Row",
    "Rule",
    "Section",
    "StockFlow",
    "Sum",
    "Term",
    "Unusual",
    "Years",
    "bare_quotes",
    "expand_wildcards",
]
