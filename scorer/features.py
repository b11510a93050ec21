"""Article -> {signal: Measurement}; many of them -> the table a model takes."""

from __future__ import annotations

from scorer.signals import SIGNALS
from scorer.types import Article, Measurement

_MEASURES = tuple((signal.name, signal.measure) for signal in SIGNALS)


def measure(article: Article) -> dict[str, Measurement]:
    """Every signal's measurement of an article, in the order of `scorer.signals.SIGNALS`."""
    return {name: measure_one(article) for name, measure_one in _MEASURES}
