"""A long conversation as JSON, from the first screen to the last question: steps.py.

Each step is a line to type, what the screen shows when it has been taken, whether it was an
answer, and a stretch of the narrative that only the new figure brings about.
"""

import json
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from assistant.answers import load
from assistant.dialog.session import Autoplay, Session, typed_command
from assistant.form.loader import open_library
from assistant.report.draft import Draft

SAMPLE = Path(__file__).parents[2] / "samples" / "township-2017-corrected" / "answers.yaml"
LONG = 150
"""Lines; behind the last answer questions are gone to."""
_BEFORE, _BEHIND, _DEEPEST = 8, 6, 400
"""Characters around a figure, and before it in a paragraph that is sure to be in sight."""


def squeezed(text: str) -> str:
    return "".join(text.split())


def fresh(before: Draft | None, after: Draft | None, cell: str) -> str:
    """What stands around a new figure in the narrative and stood nowhere in it before."""
    if before is None or after is None:
        return ""
    old = squeezed("".join(block.text for block in before.report.blocks))
    for block in after.report.blocks:
        place = 0
        for span in block.spans:
            end = place + len(span.text)
            if span.id == cell and span.kind == "figure" and place < _DEEPEST:
                new = squeezed(block.text[max(0, place - _BEFORE) : end + _BEHIND])
                return "" if new in old else new
            place = end
    return ""


def steps(folder: Path) -> list[dict[str, object]]:
    shelf = open_library()
    player = Autoplay(load(SAMPLE, shelf).answers)
    made: list[dict[str, object]] = []
    with closing(Session(shelf, folder, date.today())) as session:  # noqa: DTZ011
        events = session.start()
        while len(made) < LONG:
            line = player.next_line(session, events)
            if line is None:
                assert session.interview is not None
                names = list(session.interview.edition.asked)
                left = LONG - len(made)
                line = typed_command("jump", session.interview, names[-left])
            before = session.draft()
            events = session.say(line)
            asked = [event for event in events if event.kind == "ask"][-1]
            taken = [event for event in events if event.kind == "echo" and event.cell]
            made.append({
                "line": line,
                "shown": [squeezed(asked.text), *map(squeezed, asked.below[-1:])],
                "is_answer": before is not None and bool(taken),
                "fresh": fresh(before, session.draft(), taken[-1].cell) if taken else "",
            })  # fmt: skip
    return made


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        json.dump(steps(Path(place)), sys.stdout)
