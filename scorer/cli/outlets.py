"""`scorer sources`: a table of scores in, outlets ranked out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli.ending import ALL_SCORED, SOME_FAILED, complain, fail, opened
from scorer.cli.score import Format, Sort, write_sources
from scorer.report.layout import printable

if TYPE_CHECKING:
    from scorer.sources import BadRow, Row

MOST_COMPLAINTS = 100  # lines said of one table; the rest are counted


def rank_sources(
    scores: Annotated[Path, typer.Argument(help="What `score FOLDER --format csv` or jsonl wrote, or - for standard input.")],
    *,
    ratings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A table of known ratings to show beside: columns domain and score.")
    ] = None,
    ratings_scale: Annotated[float, typer.Option(help="The highest rating that table can give.", min=1e-9)] = 1.0,
    output_format: Annotated[Format | None, typer.Option("--format", help="Print data instead of a table.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file; it appears only when it is complete.")] = None,
    sort: Annotated[Sort, typer.Option(help="What the sources are ranked by.")] = Sort.RELIABILITY,
) -> None:
    """Rank the outlets that scored articles are from (docs/sources.md).

    Exit status: 0 all rows were used; 1 a row could not be; 2 usage.
    """
    from scorer import sources

    if output_format is Format.SARIF:
        fail("--format sarif shows articles, not sources")
    bad: dict[Path, list[sources.BadRow]] = {scores: []}
    n_bad: dict[Path, int] = {scores: 0}
    pooled = sources.pool(sources.by_source(_good_rows(scores, bad[scores], n_bad)))
    if ratings:
        with _table_lines(ratings) as lines:
            known, bad[ratings] = sources.read_ratings(lines, ratings_scale)
        n_bad[ratings] = len(bad[ratings])
        pooled = sources.join(pooled, known)
    try:
        with opened(output) as file:
            write_sources(pooled, file, output_format, sort)
    except OSError as error:
        fail(f"{output or 'standard output'}: cannot be written: {error.strerror}")
    for path, rows in bad.items():
        for row in rows[:MOST_COMPLAINTS]:
            complain(f"{printable(str(path))}:{row.line}: {printable(row.reason)}")
        if n_bad[path] > MOST_COMPLAINTS:
            complain(f"{printable(str(path))}: and {n_bad[path] - MOST_COMPLAINTS} more such rows")
    if not pooled:
        fail(f"{printable(str(scores))}: no scores in it")
    raise typer.Exit(SOME_FAILED if any(n_bad.values()) else ALL_SCORED)


def _good_rows(path: Path, bad: list[BadRow], n_bad: dict[Path, int]) -> Iterator[Row]:
    """The rows of a table of scores; of those that cannot be used the first are kept and all are counted."""
    from scorer.sources import BadRow, read_scores

    with _table_lines(path) as lines:
        for row in read_scores(lines):
            if isinstance(row, BadRow):
                n_bad[path] += 1
                if len(bad) < MOST_COMPLAINTS:
                    bad.append(row)
            else:
                yield row


@contextmanager
def _table_lines(path: Path) -> Iterator[Iterable[str]]:
    """The lines of a table, "-" being standard input; one line for the person if it cannot be read as one."""
    from scorer.sources import NoTableError

    try:
        if str(path) == "-":
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="")  # type: ignore[union-attr]
            yield sys.stdin
        else:
            with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
                yield file
    except OSError as error:
        fail(f"{printable(str(path))}: {error.strerror}")
    except NoTableError as error:
        fail(f"{printable(str(path))}: {error}")
