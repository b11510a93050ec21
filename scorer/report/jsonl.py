"""Scores -> JSON lines: one object an article, in the order given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from scorer.report.record import record
from scorer.types import Score

# ASCII only, so that neither the encoding of the output nor a lone surrogate in a page can break a line; and no NaN,
# which is not JSON.
_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def encode(score: Score) -> str:
    """Write the record of one score as one line of JSON, without a line feed."""
    return _ENCODER.encode(record(score))


def report(scores: Iterable[Score]) -> Iterator[str]:
    """Yield one line an article, with its line feed, as soon as the score is there."""
    for score in scores:
        yield encode(score) + "\n"
