"""Scores -> one JSON array, an article a line, in the order given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorer.report.jsonl import encode
from scorer.types import Score


def report(scores: Iterable[Score]) -> Iterator[str]:
    """Yield the array piece by piece; the pieces together are one JSON text."""
    before = "[\n"
    for score in scores:
        yield before + encode(score)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
