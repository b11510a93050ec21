"""Scores of outlets -> a ranked table for a person, CSV, JSON lines or JSON.

What is said is how the articles of an outlet read. None of it is a judgement of the outlet.
"""

from __future__ import annotations

import csv as tables
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from scorer.report.csv import inert
from scorer.report.layout import ASCII, FINE, NARROW, Layout, abilities, printable, rendered
from scorer.report.terminal import level
from scorer.sources import INTERVAL, MARGIN, Estimate, SourceScore
from scorer.types import TARGETS

if TYPE_CHECKING:
    from rich.text import Text

_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))
_TITLES = {"sensationalism": "sensationalism", "reliability": "reliability", "clickbait_strength": "clickbait"}
_CELL = len("0.00 0.00-0.00")


def jsonl(scores: Iterable[SourceScore]) -> Iterator[str]:
    """Yield one object an outlet, one a line."""
    for score in scores:
        yield _ENCODER.encode(_record(score)) + "\n"


def json_array(scores: Iterable[SourceScore]) -> Iterator[str]:
    """Yield one JSON array of the same objects."""
    before = "[\n"
    for score in scores:
        yield before + _ENCODER.encode(_record(score))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def csv(scores: Iterable[SourceScore]) -> Iterator[str]:
    """Yield a heading, then one row an outlet. What is missing is empty; no cell is a formula."""
    parts = ("", "_low", "_high", "_raw_mean", "_n_articles")
    heading = ["source", "no_source", "n_articles", "n_abstained", *(target + part for target in TARGETS for part in parts)]
    yield _row([*heading, "rating", "disagreement"])
    for score in scores:
        cells = [inert(score.source), score.no_source or "", str(score.n_articles), str(score.n_abstained)]
        for target in TARGETS:
            estimate = score.estimates[target]
            cells += map(repr, estimate) if estimate else [""] * len(parts)
        yield _row([*cells, "" if score.rating is None else repr(score.rating), score.disagreement or ""])


def table(
    scores: Iterable[SourceScore], sort: str, *, width: int = 80, colour: bool = False, ascii_only: bool = False
) -> Iterator[str]:
    """Yield a table of outlets in the order given, line by line; `sort` is the target they are ranked by."""
    layout = Layout(width, ASCII if ascii_only else FINE)
    yield from rendered(_table(list(scores), sort, layout), width, colour=colour)


def print_table(scores: Iterable[SourceScore], sort: str, file: TextIO) -> None:
    """Write the table of outlets to `file`, fit to it."""
    width, colour, ascii_only = abilities(file)
    for line in table(scores, sort, width=width, colour=colour, ascii_only=ascii_only):
        file.write(line)


def _record(score: SourceScore) -> dict[str, object]:
    estimates = {target: estimate and estimate._asdict() for target, estimate in score.estimates.items()}
    return {
        "source": score.source or None,
        "no_source": score.no_source,
        "n_articles": score.n_articles,
        "n_abstained": score.n_abstained,
        **estimates,
        "rating": score.rating,
        "disagreement": score.disagreement,
    }


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    tables.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"


def _table(scores: list[SourceScore], sort: str, layout: Layout) -> Iterator[Text]:
    if not scores:
        return
    named = [score for score in scores if score.no_source is None]
    targets = [sort, "sensationalism" if sort == "reliability" else "reliability"]
    rated = any(score.rating is not None for score in named)
    if named and layout.width < NARROW:
        yield from _stacked(named, targets, layout, rated=rated)
    elif named:
        yield from _wide(named, targets, layout, rated=rated)
    yield from _disagreements(named, layout)
    yield from _legend(scores, named, layout, rated=rated)


def _wide(scores: list[SourceScore], targets: list[str], layout: Layout, *, rated: bool) -> Iterator[Text]:
    rank = len(str(len(scores)))
    count = max(8, *(len(str(score.n_articles)) for score in scores))
    left = layout.width - rank - count - len(targets) * (_CELL + 2) - 4 - 8 * rated
    widest = max(len("source"), *(layout.columns(printable(score.source)) for score in scores))
    width = min(left, widest)
    titles = "".join(f"  {_TITLES[target]:<{_CELL}}" for target in targets)
    heading = f"{'':{rank}}  {layout.fill('source', width)}  {'articles':>{count}}{titles}{'   rated' if rated else ''}"
    yield layout.text((heading.rstrip(), "bold"))
    for number, score in enumerate(scores, 1):
        line = layout.text((f"{number:>{rank}}  ", "dim"), layout.fill(printable(score.source), width))
        line.append(f"  {score.n_articles:>{count}}")
        for target in targets:
            line.append("  ").append_text(_cell(target, score.estimates[target], layout))
        if rated:
            line.append(f"  {'' if score.rating is None else format(score.rating, '.2f'):>6}")
        line.rstrip()
        yield line


def _stacked(scores: list[SourceScore], targets: list[str], layout: Layout, *, rated: bool) -> Iterator[Text]:
    """On a narrow terminal: the outlet, below it a line for each target."""
    for number, score in enumerate(scores, 1):
        lead = f"{number:>{len(str(len(scores)))}}  "
        after = f", {_counted(score.n_articles, 'article')}"
        if rated and score.rating is not None:
            after += f", rated {score.rating:.2f}"
        name = layout.cut(printable(score.source), max(8, layout.width - len(lead) - len(after)))
        yield layout.text((lead, "dim"), layout.cut(name + after, layout.width - len(lead)))
        for target in targets:
            yield layout.text(f"{'':{len(lead)}}{_TITLES[target]:14}  ").append_text(
                _cell(target, score.estimates[target], layout)
            )


def _cell(target: str, estimate: Estimate | None, layout: Layout) -> Text:
    if estimate is None:
        return layout.text((f"{layout.glyphs.none:>4}{'':{_CELL - 4}}", "dim"))
    interval = f" {estimate.low:.2f}{layout.glyphs.none}{estimate.high:.2f}"
    return layout.text((f"{estimate.value:.2f}", level(target, estimate.value)[1]), (interval, "dim"))


def _disagreements(scores: list[SourceScore], layout: Layout) -> Iterator[Text]:
    """Both sides of each outlet whose text and whose rating say different things."""
    differing = [score for score in scores if score.disagreement]
    if not differing:
        return
    yield layout.text()
    title = f"The rating lies more than {MARGIN} outside the interval of the reliability read from the text:"
    yield from layout.wrapped(layout.text(), layout.text((title, "bold")), 0)
    for score in differing:
        estimate = score.estimates["reliability"]
        assert estimate is not None and score.rating is not None
        said = (
            f"rated {score.rating:.2f}; {_counted(estimate.n_articles, 'article')} of it "
            f"{'reads' if estimate.n_articles == 1 else 'read'} as {estimate.value:.2f}, "
            f"{estimate.low:.2f}{layout.glyphs.none}{estimate.high:.2f}"
        )
        lead = layout.text(f"  {layout.cut(printable(score.source), layout.width // 2)}: ")
        yield from layout.wrapped(lead, layout.text(said), 4)


def _legend(scores: list[SourceScore], named: list[SourceScore], layout: Layout, *, rated: bool) -> Iterator[Text]:
    n_articles = sum(score.n_articles for score in scores)
    n_abstained = sum(score.n_abstained for score in scores)
    parts = [f"{_counted(len(named), 'source')}, {_counted(n_articles, 'article')}"]
    parts[0] += f", {n_abstained} of them not scored." if n_abstained else "."
    parts += [
        f"Without a source: {_counted(score.n_articles, 'article')}, {score.no_source}." for score in scores if score.no_source
    ]
    if named:
        parts.append(
            f"0 to 1, and the {INTERVAL:.0%} interval. The fewer the articles, the nearer an outlet is drawn to the mean of "
            "all. The scores say how its articles here read, in wording and sourcing; they do not judge the outlet, or "
            "what it reports."
        )
    if rated:
        parts.append("Ratings are those of the table that was joined.")
    yield layout.text()
    yield from layout.wrapped(layout.text(), layout.text((printable(" ".join(parts)), "dim")), 0)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
