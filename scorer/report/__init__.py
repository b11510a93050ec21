"""Scores -> text: one file a format. `record` is what the machine-readable ones have in common."""
