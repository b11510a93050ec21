"""Scores of articles -> scores of outlets, by partial pooling: an outlet with one article stays near the average.

Nothing is kept of an article but what it adds to the sums of its outlet.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import exp, isfinite, log, sqrt
from types import MappingProxyType
from typing import NamedTuple

from scorer.hosts import NoSource, source_of
from scorer.types import TARGETS, Score

#: How much of its distribution the interval of an outlet holds, and how many standard deviations that is to each side.
INTERVAL, _DEVIATIONS = 0.90, 1.6449
#: A known rating is said to differ where it lies farther than this outside the interval of the outlet's reliability.
MARGIN = 0.15

# No article counts as more certain than this: one score of 1.0 would else be infinitely far from all others.
_LEAST = 0.001
# What is believed of the variance of one outlet's articles, in log-odds, before any are seen, and how many articles that
# belief is worth: enough that two copies of a story do not make their outlet certain. (Measured: 0.4 for clickbait
# strength, 1.6 for reliability, 3.5 for sensationalism, over 14 outlets with 8 articles each.)
_VARIANCE, _WORTH = 1.0, 2.0


class Row(NamedTuple):
    """What counts of an article: where it is from, its score for each target (None: withheld), whether it was abstained on."""

    url: str
    path: str
    scores: Mapping[str, float | None]
    abstained: bool

    @classmethod
    def of(cls, score: Score) -> Row:
        """What counts of `score`."""
        scores = {target: getattr(score, target) for target in TARGETS}
        return cls(score.article.url, score.path, scores, score.abstained is not None)


class BadRow(NamedTuple):
    """A line that could not be used: its number, and why."""

    line: int
    reason: str


class NoTableError(ValueError):
    """What was given is not a table of the kind that was asked for."""


class Estimate(NamedTuple):
    """What the articles of an outlet say of one target, 0 to 1: pooled with all others, and as they stand (`raw_mean`)."""

    value: float
    low: float
    high: float
    raw_mean: float
    n_articles: int


@dataclass(frozen=True, slots=True)
class SourceScore:
    """How the articles of one outlet read.

    `estimates[target]` is None where no article of it was scored. `no_source` says what those articles have in common
    that have no source; they are counted and not pooled. `rating` is what a table that was joined says of the outlet.
    """

    source: str
    n_articles: int
    n_abstained: int
    estimates: Mapping[str, Estimate | None]
    no_source: str | None = None
    rating: float | None = None

    @property
    def disagreement(self) -> str | None:
        """How the rating and the text differ, by more than `MARGIN` beyond the interval; None where they do not."""
        estimate = self.estimates.get("reliability")
        if self.rating is None or estimate is None:
            return None
        if self.rating > estimate.high + MARGIN:
            return "reads lower than rated"
        return "reads higher than rated" if self.rating < estimate.low - MARGIN else None


@dataclass
class _Sums:
    """Of the scores of one target: how many, their sum, and mean and sum of squares about it of their log-odds (Welford)."""

    n: int = 0
    total: float = 0.0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, score: float) -> None:
        bounded = min(max(score, _LEAST), 1 - _LEAST)
        odds = log(bounded / (1 - bounded))
        self.n += 1
        self.total += score
        from_mean = odds - self.mean
        self.mean += from_mean / self.n
        self.squares += from_mean * (odds - self.mean)


@dataclass
class Sums:
    """What is kept of the articles of one outlet."""

    n_articles: int = 0
    n_abstained: int = 0
    targets: dict[str, _Sums] = field(default_factory=lambda: {target: _Sums() for target in TARGETS})

    def add(self, row: Row) -> None:
        """Count one article."""
        self.n_articles += 1
        self.n_abstained += row.abstained
        for target, score in row.scores.items():
            if score is not None:
                self.targets[target].add(score)


def by_source(rows: Iterable[Row]) -> dict[str | NoSource, Sums]:
    """Sum up articles by their outlet, or by the reason why they have none."""
    sums: dict[str | NoSource, Sums] = {}
    for row in rows:
        source = source_of(row.url, row.path)
        if source not in sums:
            sums[source] = Sums()
        sums[source].add(row)
    return sums


def pool(sums: Mapping[str | NoSource, Sums]) -> list[SourceScore]:
    """Pool the scores of each outlet with those of all others, target by target; in no particular order.

    Normal-normal model of log-odds y: article j of outlet i is y_ij ~ N(theta_i, s2), the outlet theta_i ~ N(mu, t2).

        s2       pooled over outlets, sum_ij (y_ij - ybar_i)^2 / sum_i (n_i - 1), with a belief of 1 worth two articles
        v_i      s2 / n_i
        t2       max(0, (Q - (k - 1)) / (W - sum w_i^2 / W)),  w_i = 1 / v_i,  W = sum w_i,  ybar = sum w_i ybar_i / W,
                 Q = sum w_i (ybar_i - ybar)^2: the moment estimate, which may be 0 (DerSimonian and Laird 1986)
        mu       sum w*_i ybar_i / W*,  w*_i = 1 / (v_i + t2),  W* = sum w*_i
        B_i      v_i / (v_i + t2): how far an outlet is drawn to mu; with one article, most
        theta_i  B_i mu + (1 - B_i) ybar_i
        var_i    (1 - B_i) v_i + B_i^2 / W*  (Gelman et al., Bayesian Data Analysis, 3rd ed., 5.4, mu integrated out)
                 + 2 / max(1, k - 3) B_i^2 (ybar_i - mu)^2  (after Morris 1983: t2, too, was estimated)

    The value is theta_i back on the 0-1 scale, the interval theta_i -+ 1.645 sqrt(var_i). It is about the outlet, not
    about its next article. With one outlet there is nothing to pool: t2 is 0 and mu its own mean.

    DerSimonian, Laird: Meta-analysis in clinical trials. Controlled Clinical Trials 7 (1986) 177-188.
    Morris: Parametric empirical Bayes inference. Journal of the American Statistical Association 78 (1983) 47-55.
    """
    sources = {source: one for source, one in sums.items() if isinstance(source, str)}
    pooled = {target: _pooled({source: one.targets[target] for source, one in sources.items()}) for target in TARGETS}
    scores = [
        SourceScore(
            source, one.n_articles, one.n_abstained, MappingProxyType({name: pooled[name].get(source) for name in TARGETS})
        )
        for source, one in sources.items()
    ]
    nothing: Mapping[str, Estimate | None] = MappingProxyType(dict.fromkeys(TARGETS))
    return scores + [
        SourceScore("", one.n_articles, one.n_abstained, nothing, no_source=source.reason)
        for source, one in sums.items()
        if isinstance(source, NoSource)
    ]


def _pooled(sums: Mapping[str, _Sums]) -> dict[str, Estimate]:
    sums = {source: one for source, one in sums.items() if one.n}
    if not sums:
        return {}
    ones = sums.values()
    within = (_WORTH * _VARIANCE + sum(one.squares for one in ones)) / (_WORTH + sum(one.n - 1 for one in ones))
    weights = [one.n / within for one in ones]
    weight = sum(weights)
    mean = sum(w * one.mean for w, one in zip(weights, ones, strict=True)) / weight
    spread = sum(w * (one.mean - mean) ** 2 for w, one in zip(weights, ones, strict=True))
    spare = weight - sum(w * w for w in weights) / weight
    between = max(0.0, (spread - (len(sums) - 1)) / spare) if len(sums) > 1 else 0.0

    weights = [1 / (within / one.n + between) for one in ones]
    weight = sum(weights)
    mean = sum(w * one.mean for w, one in zip(weights, ones, strict=True)) / weight
    estimates = {}
    for source, one in sums.items():
        error = within / one.n
        drawn = error / (error + between)
        value = drawn * mean + (1 - drawn) * one.mean
        variance = (1 - drawn) * error + drawn**2 / weight + 2 / max(1, len(sums) - 3) * (drawn * (one.mean - mean)) ** 2
        half = _DEVIATIONS * sqrt(variance)
        estimates[source] = Estimate(
            _probability(value), _probability(value - half), _probability(value + half), one.total / one.n, one.n
        )
    return estimates


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds > -700 else 0.0


def ranked(scores: Iterable[SourceScore], target: str) -> list[SourceScore]:
    """The most sensational, or the least reliable, first; then what was not scored, then what has no source."""
    sign = 1 if target == "reliability" else -1

    def rank(score: SourceScore) -> tuple[bool, bool, float, str]:
        estimate = score.estimates[target]
        value = sign * estimate.value if estimate else 0.0
        return score.no_source is not None, estimate is None, value, score.source or score.no_source or ""

    return sorted(scores, key=rank)


def join(scores: Iterable[SourceScore], ratings: Mapping[str, float]) -> list[SourceScore]:
    """Put the known rating of each outlet beside its score."""
    return [replace(score, rating=ratings.get(score.source)) if score.no_source is None else score for score in scores]


# ---- tables


def read_scores(lines: Iterable[str]) -> Iterator[Row | BadRow]:
    """Read what `score --format csv` or `--format jsonl` wrote, line by line. Raises NoTableError if it is neither."""
    lines = iter(lines)
    first = next(lines, "")
    start = first.lstrip("\ufeff \t")[:4]
    if start.startswith("{"):
        yield from _json_rows(first.lstrip("\ufeff"), lines)
    elif start.startswith("["):
        raise NoTableError("is one JSON array; write the scores with --format jsonl")
    elif start == "PAR1" or "\0" in first or first.startswith("\x1f"):
        raise NoTableError("is binary or compressed; write the scores with --format jsonl or csv")
    else:
        yield from _csv_rows(first, lines)


def _json_rows(first: str, lines: Iterator[str]) -> Iterator[Row | BadRow]:
    number, line = 1, first
    while line:
        if line.strip():
            try:
                yield _row(json.loads(line))
            except json.JSONDecodeError as error:
                yield BadRow(number, f"is not JSON: {error.msg}, column {error.colno}")
            except RecursionError:
                yield BadRow(number, "is nested too deep")
            except ValueError as error:
                yield BadRow(number, str(error))
        number, line = number + 1, next(lines, "")


def _csv_rows(first: str, lines: Iterator[str]) -> Iterator[Row | BadRow]:
    table = _Table(first, lines, ",")
    missing = [name for name in ("sensationalism", "reliability") if name not in table.columns]
    if missing:
        raise NoTableError(f"has no column {missing[0]!r}; it takes what score --format csv or jsonl wrote")
    for number, cells in table:
        if isinstance(cells, str):
            yield BadRow(number, cells)
            continue
        try:
            yield _row({name: _cell(name, cell) for name, cell in zip(table.columns, cells, strict=True)})
        except ValueError as error:
            yield BadRow(number, str(error))


def _cell(name: str, cell: str) -> object:
    """What a cell of the table says, as JSON would."""
    if name in TARGETS:
        try:
            return float(cell) if cell.strip() else None
        except ValueError:
            raise ValueError(f"{name} is not a number: {cell[:40]!r}") from None
    if name == "abstained":
        return cell or None
    # The report puts an apostrophe before what a spreadsheet would run.
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r\n＝＋－＠") else cell


def _row(said: object) -> Row:
    """The row of one record. Raises ValueError with the reason if it is none."""
    if not isinstance(said, dict):
        raise ValueError("is no record of an article")
    scores: dict[str, float | None] = {}
    for target in TARGETS:
        if target not in said:
            if target == "clickbait_strength":
                continue
            raise ValueError(f"has no {target!r}; it takes what score --format csv or jsonl wrote")
        value = said[target]
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1):
            raise ValueError(f"{target} is not between 0 and 1: {str(value)[:40]!r}")
        scores[target] = None if value is None else float(value)
    texts = [said.get(name) or "" for name in ("url", "path")]
    for name, text in zip(("url", "path"), texts, strict=True):
        if not isinstance(text, str):
            raise ValueError(f"{name} is not text")
    abstained = said.get("abstained")
    if abstained is not None and not isinstance(abstained, str):
        raise ValueError("abstained is not text")
    return Row(str(texts[0]), str(texts[1]), scores, bool(abstained))


_RATED = ("domain", "source", "host", "url", "website", "site")
_RATING = ("score", "rating", "reliability", "pc1")


def read_ratings(lines: Iterable[str], highest: float = 1.0) -> tuple[dict[str, float], list[BadRow]]:
    """Read a table of known ratings, 0 to `highest`: outlet -> rating from 0 to 1, and the rows that cannot be used.

    It has a heading; the columns are `domain` and `score`, or called as in other tables ("source", "rating", "pc1"). The
    row of an outlet under its own name goes before those of its subdomains and other domains, of which the first counts.
    Raises NoTableError if it has not.
    """
    lines = iter(lines)
    first = next(lines, "")
    table = _Table(first, lines, max(",;\t", key=first.count))
    columns = [name.strip().lower() for name in table.columns]
    rated = next((columns.index(name) for name in _RATED if name in columns), None)
    rating = next((columns.index(name) for name in _RATING if name in columns), None)
    if rated is None or rating is None:
        raise NoTableError("has no heading with a column 'domain' and a column 'score'")
    ratings: dict[str, float] = {}
    of_itself: set[str] = set()  # rated under its own name, not under that of a subdomain or another of its domains
    bad = []
    for number, cells in table:
        if isinstance(cells, str):
            bad.append(BadRow(number, cells))
            continue
        try:
            value = float(cells[rating]) / highest
        except ValueError:
            bad.append(BadRow(number, f"the score is not a number: {cells[rating][:40]!r}"))
            continue
        if not (isfinite(value) and 0 <= value <= 1):
            bad.append(BadRow(number, f"the score is not between 0 and {highest:g}: {cells[rating][:40]!r}"))
            continue
        said = cells[rated].strip()
        # A folder may be called by a word; what looks like a host is one.
        found = source_of(said, "") if "." in said else said
        if not found:
            bad.append(BadRow(number, "names no domain"))
        elif isinstance(found, NoSource):
            continue  # no article can be of it
        elif said.lower().removeprefix("www.") != found.lower():
            ratings.setdefault(found, value)
        elif found not in of_itself:
            of_itself.add(found)
            ratings[found] = value
        elif ratings[found] != value:
            bad.append(BadRow(number, f"rates {found} again, and otherwise; its first rating counts"))
    return ratings, bad


class _Table:
    """Rows of delimited text under a heading, each with the number of its last line; a row that is none is the reason."""

    def __init__(self, first: str, lines: Iterator[str], delimiter: str) -> None:
        def both() -> Iterator[str]:
            yield first.lstrip("\ufeff")
            yield from lines

        self._reader = csv.reader(both(), delimiter=delimiter)
        try:
            self.columns = next(self._reader, [])
        except csv.Error as error:
            raise NoTableError(f"is no table: {error}") from None

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        while True:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._reader.line_num, f"is no row: {error}"
                continue
            if not cells:
                continue
            if len(cells) != len(self.columns):
                yield self._reader.line_num, f"has {len(cells)} cells, the heading {len(self.columns)}"
            else:
                yield self._reader.line_num, cells
