"""The conversation that fills in an answer file; pure, one contract for every front end."""

from assistant.interview.asking import ask
from assistant.interview.beginning import begin
from assistant.interview.changing import foresee
from assistant.interview.commands import COMMANDS
from assistant.interview.engine import command, move, step
from assistant.interview.judging import concerning, finding_event
from assistant.interview.playing import Playing, typed_command
from assistant.interview.progress import Left, Part, left_of, parts
from assistant.interview.review import place_name, unsent_lines, what_is_open
from assistant.interview.state import Interview, Turn

__all__ = [
    "COMMANDS",
    "Interview",
    "Left",
    "Part",
    "Playing",
    "Turn",
    "ask",
    "begin",
    "command",
    "concerning",
    "finding_event",
    "foresee",
    "left_of",
    "move",
    "parts",
    "place_name",
    "step",
    "typed_command",
    "unsent_lines",
    "what_is_open",
]
