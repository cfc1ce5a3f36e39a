"""From the folder `prompts_templates/` to editions and sentences."""

from assistant.form.loader.library import Library, library, shipped_folder
from assistant.form.loader.yaml_file import LibraryFiles

__all__ = ["Library", "LibraryFiles", "library", "shipped_folder"]
