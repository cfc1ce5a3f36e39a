"""From the folder `prompts_templates/` to editions and sentences."""

from assistant.form.loader.data_files import LibraryFiles
from assistant.form.loader.library import Library, open_library, shipped
