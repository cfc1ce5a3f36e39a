"""`nianbao schema`: the JSON Schema of an answer file, or of the JSON results."""

import argparse

from pydantic import TypeAdapter

from assistant.answers import answer_schema
from assistant.cli import console
from assistant.cli.exit_codes import GOOD
from assistant.cli.json_results import RunResult
from assistant.form.loader import Library


def print_schema(options: argparse.Namespace, shelf: Library) -> int:
    """Print one schema.

    Raises:
        AssistantError: The edition is unknown or broken.
    """
    if options.result:
        print(console.to_json(TypeAdapter(RunResult).json_schema()))
        return GOOD
    name = options.edition or shelf.edition_ids()[-1]
    print(console.to_json(answer_schema(shelf.edition(name), shelf.sentences)))
    return GOOD
