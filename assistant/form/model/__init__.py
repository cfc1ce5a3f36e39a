"""The shape of an edition: rows of the form, facts, checks, sections."""

from assistant.form.model.checks import (
    Among,
    AtLeast,
    AtMost,
    Atom,
    Balance,
    BeginsWith,
    Carried,
    Check,
    Example,
    Inspection,
    Length,
    Needs,
    StockFlow,
    Sum,
    Unusual,
    expand_wildcards,
)
from assistant.form.model.claim_words import ClaimExample, ClaimWords, Topic
from assistant.form.model.edition import ROLE_KINDS, Edition, Term
from assistant.form.model.grids import Grid, GridColumn, GridRow
from assistant.form.model.passages import ANNEX, MARK, Passage
from assistant.form.model.questions import (
    Column,
    Fact,
    Heading,
    Indicator,
    Option,
    Question,
    Rule,
    bare_quotes,
    options_named,
)
