"""The annual-report assistant: ask, check, and write text and table from one set of figures."""

__version__ = "0.2.0"
