"""Blank sheets out to departments; filled ones, and official tables, back into an answer file."""

from assistant.collect.cells import Entered
from assistant.collect.department_files import is_sheet
from assistant.collect.gather import gather, resolve, told
from assistant.collect.which_form import Wanted
