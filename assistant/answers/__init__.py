"""The answers of one body for one year, and the file they live in."""

from assistant.answers.differences import Difference, difference, fingerprint, shift, with_side
from assistant.answers.entry import read_entry
from assistant.answers.given_values import find_option, split_chosen
from assistant.answers.json_schema import answer_schema
from assistant.answers.list_rows import (
    RowChange,
    called,
    has_names,
    row_changes,
    row_said,
    with_rows,
)
from assistant.answers.load import (
    UNREAD,
    LoadedAnswers,
    check_year,
    findings_of_answers,
    findings_of_edition,
    load,
    read_answers,
    read_given,
)
from assistant.answers.locked_file import LockedAnswerFile
from assistant.answers.model import (
    STATE_NAMES,
    STATE_WORDS,
    Acknowledgement,
    Answer,
    Answers,
    ListRow,
    State,
    can_be_none,
    is_nothing,
    may_be_empty,
    occurred,
    takes_remark,
)
from assistant.answers.references import (
    FigureValues,
    Gap,
    How,
    Place,
    Reference,
    composed,
    listed_counts,
    places_of_references,
    printed_places,
    printed_text,
    reference,
    share,
    told_text,
)
from assistant.answers.write_answers import (
    at_a_glance,
    canonical_text,
    format_answer,
    write_answers,
)
