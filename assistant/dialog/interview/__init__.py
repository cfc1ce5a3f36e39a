"""The conversation that fills in an answer file; pure, one contract for every front end."""

from assistant.dialog.interview.apply import foresee
from assistant.dialog.interview.change_findings import concerning, finding_event
from assistant.dialog.interview.command_actions import COMMANDS
from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.handle_line import command, handle_line, move
from assistant.dialog.interview.navigation import begin, shows
from assistant.dialog.interview.overview import place_name, unsent_lines, what_is_open
from assistant.dialog.interview.preview_changes import propose
from assistant.dialog.interview.progress import StillOpen, is_open, left_of, parts
from assistant.dialog.interview.prompt import ask
from assistant.dialog.interview.rewording import is_as_it_stands
from assistant.dialog.interview.state import Interview, Moment, Turn
