"""From `typography.yaml` to its model."""

from pathlib import Path

from pydantic import ValidationError

from assistant.form.loader.validation_errors import shape_fault, worst_mistake
from assistant.form.loader.yaml_file import LibraryFiles
from assistant.form.model.typography import Typography


def read_typography(folder: Path) -> Typography:
    """Read the looks of Word documents from the folder of the library.

    Raises:
        LibraryError: The file is missing or wrong; the entry is named.
    """
    path = folder / "typography.yaml"
    content = LibraryFiles(folder).data(path)
    try:
        return Typography.model_validate(content)
    except ValidationError as fault:
        mistake = worst_mistake(fault)
        raise shape_fault(path, [str(step) for step in mistake["loc"]], mistake) from fault
