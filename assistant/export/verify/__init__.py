"""A document, also an edited one, against the report of its answers."""

from assistant.export.verify.comparison import CHARACTERS_LIMIT, NUMBERS_LIMIT, compare, see_measure
from assistant.export.verify.differences import Comparison, Difference, Shortening, without_space
