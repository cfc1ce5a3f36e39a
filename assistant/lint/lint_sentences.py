"""`wording.yaml`: every sentence is there, parses, and names only what it is given."""

from assistant.lint.problems import Fault, ProblemList
from assistant.messages import Sentences
from assistant.storage.errors import LibraryError

_FILE = "wording.yaml"


def lint_sentences(sentences: Sentences, shipped: Sentences) -> tuple[Fault, ...]:
    """Compare the sentences of an expert's copy with the shipped ones, code by code."""
    complaints = ProblemList(shipped)
    for code in shipped.codes:
        if not sentences.has(code):
            complaints.add(_FILE, "no_sentence", name=code)
    for code in sentences.codes:
        try:
            complaints.check_marks(_FILE, code, sentences.words(code))
            known = shipped.names(code) if shipped.has(code) else frozenset()
            for name in sorted(sentences.names(code) - known):
                complaints.add(_FILE, "odd_name", code=code, name=name)
        except LibraryError:
            complaints.add(_FILE, "broken_sentence", name=code)
    return tuple(complaints.faults)
