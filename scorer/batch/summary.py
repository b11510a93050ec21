"""The rows of a run -> what is said of it at its end. Keeps counts, not rows."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from scorer.report.layout import printable
from scorer.report.wording import ELEVATED, HIGH
from scorer.types import TARGETS

_TOP = 10
_BINS = 1000  # a quantile is right to a thousandth
_MOST_REASONS = 1000  # kinds that are counted apart; a run has a dozen
_WIDEST = 100
_TITLES = {"sensationalism": "Sensationalism", "reliability": "Reliability", "clickbait_strength": "Clickbait strength"}
_DIGITS = re.compile(r"\d[\d,.]*")

Ranked = tuple[float, str, str]


class Overview:
    """What the rows of a run have in common."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self.n_rows = self.n_failed = self.n_abstained = self.n_kept = self.n_over = 0
        self._histograms = {target: np.zeros(_BINS, dtype=np.int64) for target in TARGETS}
        self._most: list[Ranked] = []
        self._least: list[Ranked] = []
        self._reasons: dict[str, Counter[str]] = {"failed": Counter(), "abstained": Counter()}
        self._examples: dict[str, str] = {}

    def add(self, rows: pa.Table, n_kept: int) -> None:
        """Count rows, of which `n_kept` are written."""
        self.n_rows += len(rows)
        self.n_kept += n_kept
        self.n_failed += len(rows) - rows["failed"].null_count
        self.n_abstained += len(rows) - rows["abstained"].null_count
        for target, histogram in self._histograms.items():
            values = rows[target].drop_null().to_numpy()
            histogram += np.bincount((values * _BINS).astype(int).clip(0, _BINS - 1), minlength=_BINS)
        ids, headlines = rows["id"].to_pylist(), rows["headline"].to_pylist()
        self._most = _first(self._most, rows["sensationalism"].to_pylist(), ids, headlines, sign=-1)
        self._least = _first(self._least, rows["reliability"].to_pylist(), ids, headlines, sign=1)
        for column, counter in self._reasons.items():
            for name, reason in zip(ids, rows[column].to_pylist(), strict=True):
                if reason is not None:
                    kind = _DIGITS.sub("#", reason)
                    kind = kind if kind in counter or len(counter) < _MOST_REASONS else "other reasons"
                    counter[kind] += 1
                    self._examples.setdefault(kind, name)

    def lines(self, n_inputs: int, n_passed_over: int, seconds: float) -> Iterator[str]:
        """Say it, line by line; so many of the inputs were found to be no pages, and have no row."""
        n_scored = self.n_rows - self.n_failed - self.n_abstained
        rate = n_inputs / max(seconds, 1e-3)
        passed_over = f" ({n_passed_over:,} passed over: no pages)" if n_passed_over else ""
        yield (
            f"{_count(n_inputs, 'input')}{passed_over}, {_count(self.n_rows, 'row')} in {_duration(seconds)} "
            f"({rate:,.0f} inputs a second): "
            f"{n_scored:,} scored, {self.n_abstained:,} not scored, {self.n_failed:,} failed"
        )
        if self.n_kept != self.n_rows:
            yield f"{self.n_kept:,} kept by --where; the figures below are of all {self.n_rows:,}"
        yield ""
        yield f"{'':20}{'scored':>10}{f'low <{ELEVATED}':>12}{f'high >={HIGH}':>12}{'10 %':>8}{'median':>8}{'90 %':>8}"
        for target, histogram in self._histograms.items():
            total = int(histogram.sum())
            shares = [histogram[: int(ELEVATED * _BINS)].sum(), histogram[int(HIGH * _BINS) :].sum()]
            said = "".join(f"{share / total:12.1%}" if total else f"{'–':>12}" for share in shares)
            said += "".join(f"{_quantile(histogram, q):8.2f}" if total else f"{'–':>8}" for q in (0.1, 0.5, 0.9))
            yield f"{_TITLES[target]:20}{total:10,}{said}"
        for title, ranked, sign in (("Most sensational", self._most, -1), ("Least reliable", self._least, 1)):
            if ranked:
                yield from ("", title)
                yield from (_cut(f"  {sign * value:.3f}  {name}  {headline}") for value, name, headline in ranked)
        for title, column in (("Failed", "failed"), ("Not scored", "abstained")):
            if self._reasons[column]:
                yield from ("", f"{title}, most frequent reasons")
                for kind, n in self._reasons[column].most_common(_TOP):
                    yield _cut(f"  {n:8,}  {kind}") + (f"\n            first: {printable(self._examples[kind])}")


def _first(
    held: list[Ranked], values: list[float | None], ids: list[str], headlines: list[str | None], sign: int
) -> list[Ranked]:
    new = [(sign * v, name, headline or "") for v, name, headline in zip(values, ids, headlines, strict=True) if v is not None]
    return heapq.nsmallest(_TOP, [*held, *new])


def _quantile(histogram: np.ndarray[tuple[int], np.dtype[np.int64]], share: float) -> float:
    return float(np.searchsorted(histogram.cumsum(), share * histogram.sum())) / _BINS


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _cut(line: str) -> str:
    line = printable(line)
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
