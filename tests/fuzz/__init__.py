"""Fuzzing the readers and the parsers: `make fuzz`."""
