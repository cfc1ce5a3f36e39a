"""The shape of an edition: rows of the form, facts, checks, sections."""

from assistant.schema.checks import (
    AtLeast,
    AtMost,
    Atom,
    Balance,
    Check,
    Example,
    Inspection,
    Needs,
    Sum,
    Unusual,
)
from assistant.schema.edition import Edition, LegalBasis, Section, Years, bare_quotes
from assistant.schema.questions import (
    Column,
    Fact,
    Heading,
    Help,
    Indicator,
    Option,
    Question,
    Row,
)

__all__ = [
    "AtLeast",
    "AtMost",
    "Atom",
    "Balance",
    "Check",
    "Column",
    "Edition",
    "Example",
    "Fact",
    "Heading",
    "Help",
    "Indicator",
    "Inspection",
    "LegalBasis",
    "Needs",
    "Option",
    "Question",
    "Row",
    "Section",
    "Sum",
    "Unusual",
    "Years",
    "bare_quotes",
]
