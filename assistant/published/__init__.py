"""A published report read back: its form, year and body, figures and words, and their faults."""
