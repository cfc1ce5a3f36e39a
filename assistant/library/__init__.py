"""From the folder `prompts_templates/` to editions and sentences."""

from assistant.library.shelf import Library, library, shipped_folder

__all__ = ["Library", "library", "shipped_folder"]
