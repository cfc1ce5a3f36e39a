"""What the words of a report claim of the figures of the form, and whether the figures agree."""
