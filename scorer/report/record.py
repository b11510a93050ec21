"""Score -> dict: what every machine-readable output says of an article (docs/output.md, docs/output.schema.json)."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import isfinite

from scorer.types import Article, Score, Span

# Quotations and attributions lie inside the others, so "which zone is this in" asks for one of these.
_NOT_A_PLACE = ("quote", "attribution")


class Places:
    """Where the characters of an article stand: line, column, zone.

    A line ends at a line feed (the two characters CR LF end one line); a column counts characters, a tab as one. Both
    begin at 1.
    """

    def __init__(self, article: Article) -> None:
        """Find where the lines and zones of `article` begin."""
        sizes = [len(line) + 1 for line in article.text.split("\n")]
        self._line_starts = [0, *accumulate(sizes[:-1])]
        self._zones = [zone for zone in article.zones if zone.label not in _NOT_A_PLACE]
        self._zone_starts = [zone.start for zone in self._zones]

    def line_column(self, at: int) -> tuple[int, int]:
        """Give line and column of the character `at`."""
        line = bisect_right(self._line_starts, at)
        return line, at - self._line_starts[line - 1] + 1

    def zone(self, span: Span) -> str | None:
        """Name the zone `span` begins in, None between zones; an inline dateline is one, not the body round it."""
        last = bisect_right(self._zone_starts, span.start)
        for zone in reversed(self._zones[max(0, last - 2) : last]):  # two: only an inline dateline lies in another
            if span.start < zone.end:
                return zone.label
        return None


def record(score: Score) -> dict[str, object]:
    """Put what a score says into types that JSON has. NaN and what was withheld are None."""
    article = score.article
    places = Places(article)
    return {
        "id": score.id,
        "path": score.path,
        "headline": score.headline,
        "sensationalism": _number(score.sensationalism),
        "reliability": _number(score.reliability),
        "clickbait_strength": _number(score.clickbait_strength),
        "abstained": score.abstained,
        "withheld": dict(score.withheld),
        "signals": {
            name: {
                "value": _number(measurement.value),
                "evidence": [_evidence(article, places, span) for span in measurement.evidence],
                "contributions": {
                    target: float(added[name]) for target, added in score.contributions.items() if name in added
                },
            }
            for name, measurement in score.measurements.items()
        },
        "zones": [{"zone": zone.label, "start": zone.start, "end": zone.end} for zone in article.zones],
        "model": {key: score.model.get(key, "") for key in ("name", "version", "sha256")},
    }


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and isfinite(value) else None


def _evidence(article: Article, places: Places, span: Span) -> dict[str, object]:
    line, column = places.line_column(span.start)
    return {
        "start": span.start,
        "end": span.end,
        "text": article.text[span.start : span.end],
        "line": line,
        "column": column,
        "zone": places.zone(span),
    }
