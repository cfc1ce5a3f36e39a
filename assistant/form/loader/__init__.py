"""From the folder `prompts_templates/` to editions and sentences."""

from assistant.form.loader.library import Library, library, shipped_folder
from assistant.form.loader.yaml_file import Contents

__all__ = ["Contents", "Library", "library", "shipped_folder"]
