"""From `typography.yaml` to its model."""

from pathlib import Path

from pydantic import ValidationError

from assistant.library.contents import read_contents
from assistant.library.shapes import shape_fault, worst_mistake
from assistant.schema.typography import Typography


def read_typography(path: Path) -> Typography:
    """Read the looks of Word documents.

    Raises:
        LibraryError: The file is missing or wrong; the entry is named.
    """
    content = read_contents(path)
    try:
        return Typography.model_validate(content)
    except ValidationError as fault:
        mistake = worst_mistake(fault)
        raise shape_fault(path, [str(step) for step in mistake["loc"]], mistake) from fault
