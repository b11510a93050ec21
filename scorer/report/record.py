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
        # Where each stretch of one zone, or of none, begins. Only an inline dateline lies in another zone.
        self._starts, self._labels = [0], [""]
        outer = Span(0, 0, "")
        for zone in article.zones:
            if zone.label in _NOT_A_PLACE:
                continue
            if zone.end <= outer.end:
                self._starts[-1:] = (zone.start, zone.end, outer.end)
                self._labels[-1:] = (zone.label, outer.label, "")
            else:
                self._starts += (zone.start, zone.end)
                self._labels += (zone.label, "")
                outer = zone

    def line_column(self, at: int) -> tuple[int, int]:
        """Give line and column of the character `at`."""
        line = bisect_right(self._line_starts, at)
        return line, at - self._line_starts[line - 1] + 1

    def zone(self, at: int) -> str | None:
        """Name the zone of the character `at`, None between zones; an inline dateline is one, not the body round it."""
        return self._labels[bisect_right(self._starts, at) - 1] or None


def record(score: Score) -> dict[str, object]:
    """Put what a score says into types that JSON has. NaN and what was withheld are None."""
    article = score.article
    places = Places(article)
    return {
        "id": score.id,
        "path": score.path,
        "url": article.url,
        "headline": score.headline,
        "sensationalism": _number(score.sensationalism),
        "reliability": _number(score.reliability),
        "clickbait_strength": _number(score.clickbait_strength),
        "abstained": score.abstained,
        "withheld": dict(score.withheld),
        "intervals": {target: list(interval) for target, interval in score.intervals.items()},
        "intercepts": dict(score.intercepts),
        "signals": {
            name: {
                "value": _number(measurement.value),
                "evidence": [_evidence(article, places, span) for span in measurement.evidence],
                "contributions": {target: float(added[name]) for target, added in score.contributions.items() if name in added},
            }
            for name, measurement in score.measurements.items()
        },
        "zones": [{"zone": zone.label, "start": zone.start, "end": zone.end} for zone in article.zones],
        "links": [
            {"start": link.start, "end": link.end, "text": article.text[link.start : link.end], **destination._asdict()}
            for link, destination in zip(article.links, article.destinations, strict=True)
        ],
        "metadata": article.metadata._asdict()
        | {
            "genre": list(article.metadata.genre),
            "disagreements": [disagreement._asdict() for disagreement in article.metadata.disagreements],
        },
        "switched_off": list(score.switched_off),
        "model": {key: score.model.get(key, "") for key in ("name", "version", "sha256")},
    }


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and isfinite(value) else None


def _evidence(article: Article, places: Places, span: Span) -> dict[str, object]:
    start, end, _ = span
    line, column = places.line_column(start)
    text = article.text[start:end]
    return {"start": start, "end": end, "text": text, "line": line, "column": column, "zone": places.zone(start)}
