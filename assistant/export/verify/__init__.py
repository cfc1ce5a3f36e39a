"""A finished document against its report, and a report against its answers."""
