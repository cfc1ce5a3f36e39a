"""What can go wrong with files and data; a wrong answer is a finding, never one of these."""


class AssistantError(Exception):
    """A fault of a file, folder or data set that stops the work on it.

    Attributes:
        code: Key of the sentence in `wording.yaml`, section `errors`.
        details: What that sentence names, for example `{"path": "a.yaml", "line": 3}`.
    """

    def __init__(self, code: str, **details: object) -> None:
        """Keep the code of the sentence and the details it names."""
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with the details intact."""
        return (_rebuild, (type(self), self.code, self.details))


def _rebuild(leaf: type[AssistantError], code: str, details: dict[str, object]) -> AssistantError:
    return leaf(code, **details)


class FileError(AssistantError):
    """A file or folder cannot be read, written or locked."""


class LibraryError(AssistantError):
    """The data under `prompts_templates/` is wrong; names file and entry."""


class EditionError(AssistantError):
    """The edition named does not serve the report year, or the file needs migration."""
