"""A line of 100,000 characters, the whole way from the keyboard to what is said: lines.py ANSWERS.

Prints the slowest of some shapes in seconds, beside a walk that matches each of its characters, as
JSON: {"floor": 0.01, "at a figure": 0.1, "at a text": 0.1, "own text": 0.1}. Own text is as long
as a text may be and is checked again at every line.
"""

import json
import re
import sys
from itertools import count
from pathlib import Path

from assistant.answers import load
from assistant.dialog.interview import begin, handle_line
from assistant.form.loader import open_library
from assistant.values import TEXT_LIMIT
from tests.bench.measuring import medians

LENGTH = 100_000
PIECES = (
    "本镇高度重视政府信息公开工作，收到申请3件，均按时办结；未收到行政复议。",
    "9",
    "，",
    "当面申请数",
    "二十三",
    "共3件，其中1件，占3%，",
    "甲；",
)
_WALK = re.compile("[^甲]|乙")
_STARTS = count()
"""Where each line begins within its text, so that none is read a second time."""


def main(path: Path) -> None:
    shelf = open_library()
    answers = load(path, shelf).answers
    interview = begin(answers, None, shelf.sentences, resumes=False).interview
    figure = next(reversed(answers.edition.indicators)).id
    text = next(each.id for each in reversed(answers.edition.facts) if each.kind == "text")
    taken = {"floor": medians({"": lambda: sum(1 for _ in _WALK.finditer("x" * LENGTH))}, 9)[""]}
    for name, asked, length in (
        ("at a figure", figure, LENGTH),
        ("at a text", text, LENGTH),
        ("own text", text, TEXT_LIMIT),
    ):
        here = interview.at_question(asked)
        tasks = {
            each: lambda text=each * length, here=here, length=length: handle_line(
                here, text[next(_STARTS) :][:length]
            )
            for each in PIECES
        }
        taken[name] = max(medians(tasks, 3).values())
    print(json.dumps(taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
