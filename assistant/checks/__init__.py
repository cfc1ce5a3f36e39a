"""Findings of given answers: rules over figures, rules over own text, what is missing, in words."""
