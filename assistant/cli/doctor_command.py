"""`nianbao doctor`: what this terminal can do, and what that means for who works in it."""

import argparse
from pathlib import Path

from assistant.cli import console
from assistant.cli.exit_codes import GOOD, USAGE
from assistant.cli.self_check import Diagnosis, examine
from assistant.form.loader import Library
from assistant.messages import Sentences
from assistant.messages.themes import theme_title


def diagnose(options: argparse.Namespace, shelf: Library) -> int:
    """Tell every fact in one line; 2 when the chat cannot work here."""
    facts = list(examine(shelf, Path()))
    code = USAGE if any(fact.status == "bad" for fact in facts) else GOOD
    sentences = shelf.sentences
    if options.json:
        checks = [
            {"name": fact.name, "status": fact.status, "sentence": _said(fact, sentences)}
            | {"details": fact.details}
            for fact in facts
        ]
        print(console.to_json({"format": 1, "command": "doctor", "exit": code, "checks": checks}))
        return code
    for fact in facts:
        mark = sentences.say(f"doctor.mark_{fact.status}")
        console.give(f"{mark}　{_said(fact, sentences)}")
    console.give(sentences.say("doctor.cannot" if code else "doctor.can"))
    return code


def _said(fact: Diagnosis, sentences: Sentences) -> str:
    code = fact.code if fact.code.startswith("errors.") else f"doctor.{fact.code}"
    details = {
        key: theme_title(value, sentences) if key == "look" else value  # type: ignore[arg-type]
        for key, value in fact.details.items()
    }
    return sentences.say(code, **details)
