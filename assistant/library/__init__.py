"""From the folder `prompts_templates/` to editions and sentences."""

from assistant.library.contents import Contents
from assistant.library.shelf import Library, library, shipped_folder

__all__ = ["Contents", "Library", "library", "shipped_folder"]
