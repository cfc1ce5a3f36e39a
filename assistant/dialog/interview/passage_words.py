"""The words of a passage as they stand, and own ones that say the same."""

from assistant.answers import FigureValues, printed_text
from assistant.dialog.interview.state import Interview
from assistant.report import make_report, template_block


def words_of_passage(interview: Interview, name: str) -> str:
    """What may be reworded there: own words as printed, else those of the template."""
    answer = interview.answers.given.get(name)
    if answer is not None and isinstance(answer.value, str):
        return printed_text(answer.value, FigureValues(interview.answers, interview.previous))
    if name not in interview.edition.passages_by_id:
        return ""
    report = make_report(interview.answers, interview.previous, interview.sentences, is_draft=False)
    block = template_block(report, name)
    return block.text if block is not None else ""
