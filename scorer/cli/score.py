"""`score PATH...`: pages in, a report, data or a table out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from scorer.cli.ending import (
    ALL_SCORED,
    OVER_THRESHOLD,
    SOME_FAILED,
    begin,
    complain,
    fail,
    load_model,
    opened,
    show_version,
    the_config,
)
from scorer.config import Config, over
from scorer.model import DEFAULT
from scorer.pipeline import score_paths
from scorer.read import COLUMNS, Unreadable
from scorer.report.layout import printable
from scorer.types import Score, Summary

if TYPE_CHECKING:
    from scorer.sources import SourceScore


class Format(StrEnum):
    """Machine-readable outputs."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SARIF = "sarif"


class Sort(StrEnum):
    """What the table of a folder is ranked by: the most sensational or the least reliable first."""

    SENSATIONALISM = "sensationalism"
    RELIABILITY = "reliability"
    CLICKBAIT_STRENGTH = "clickbait_strength"


class By(StrEnum):
    """What the articles of a run are put together by."""

    SOURCE = "source"


@dataclass
class Tally:
    """What happened to the inputs of one run."""

    n_scored: int = 0
    n_abstained: int = 0
    failures: list[Unreadable] = field(default_factory=list)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)

    def watch(self, results: Iterable[Score | Unreadable]) -> Iterator[Score]:
        """Pass the scores on; keep count, and keep the failures."""
        for result in results:
            if isinstance(result, Unreadable):
                self.failures.append(result)
            else:
                self.n_scored += 1
                self.n_abstained += result.abstained is not None
                if self.thresholds and (beyond := over(result.sensationalism, result.reliability, self.thresholds)):
                    self.over.append(f"{result.id}: {', '.join(beyond)}")
                yield result


score_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@score_app.command()
def score(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Files, folders (read recursively), or - for standard input.")],
    *,
    output_format: Annotated[Format | None, typer.Option("--format", help="Print data instead of a report.")] = None,
    output_name: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write to this file; it appears only when it is complete. NAME.parquet, .csv, .jsonl or a folder NAME/ without"
            " --format: a table, scored on all cores (docs/batch.md).",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes that score such a table; -1: one a core.")] = -1,
    where: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="Keep these rows of such a table: 'sensationalism < 0.4'.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page to look at: one file that opens in a browser, offline.")
    ] = None,
    sort: Annotated[Sort, typer.Option(help="What a folder's table is ranked by.")] = Sort.SENSATIONALISM,
    by: Annotated[By | None, typer.Option(help="Rank the outlets the articles are from (docs/sources.md).")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="PART=NAME", help="The column of a table that holds the text, title, url, date or author."),
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Another model: its file, or the folder that holds it.")] = None,
    max_sensationalism: Annotated[
        float | None, typer.Option(help="Exit with 3 if a page is more sensational.", min=0, max=1)
    ] = None,
    min_reliability: Annotated[float | None, typer.Option(help="Exit with 3 if a page is less reliable.", min=0, max=1)] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Words, switches and thresholds; else scorer.toml, if there is one here.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if an article was abstained on, too.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True)] = False,  # noqa: ARG001
) -> None:
    """Score news pages: how sensational their wording is, how well they are sourced, and the words that say so.

    Exit status: 0 all inputs were scored; 1 an input could not be read (with --strict: or was abstained on); 2 usage, or an
    output that cannot be written; 3 all inputs were scored, and a page lies beyond a threshold; 130 and 143 interrupted.
    """
    begin(context)
    output = Path(output_name) if output_name else None
    configured = the_config(config)
    asked = {"max_sensationalism": max_sensationalism, "min_reliability": min_reliability}
    thresholds = {**configured.thresholds, **{name: value for name, value in asked.items() if value is not None}}
    if output_name and not (output_format or html or by) and _is_table(output_name):
        _score_table(paths, output_name, model, _columns(column or []), where, jobs, configured, thresholds, strict=strict)
    if where or jobs != -1:
        fail("--where and --jobs are for tables: give --output NAME.parquet, .csv, .jsonl or a folder NAME/, without --format")
    if html and (output_format or output):
        fail("--html names its own file; give it without --format and --output")
    if html and by:
        fail("--html shows articles; give it without --by")
    if by and output_format is Format.SARIF:
        fail("--format sarif shows articles; give it without --by")
    tally = Tally(thresholds=thresholds)
    scores = tally.watch(score_paths(paths, load_model(model, configured), _columns(column or [])))
    many = len(paths) > 1 or Path(paths[0]).is_dir()
    if not (many or output_format or html or by):
        # A file can hold many pages, too.
        begun = list(islice(scores, 2))
        many, scores = len(begun) > 1, chain(begun, scores)
    try:
        with opened(html or output) as file:
            if html:
                _write_page(scores, file, tally)
            elif by:
                from scorer.sources import Row, by_source, pool

                write_sources(pool(by_source(map(Row.of, scores))), file, output_format, sort)
            else:
                _write(scores, file, output_format, sort, many=many)
    except OSError as error:
        fail(f"{html or output or 'standard output'}: cannot be written: {error.strerror}")
    for failure in tally.failures:
        complain(f"{printable(failure.path)}: {failure.reason}")
    if not tally.n_scored and not tally.failures:
        fail(f"{printable(paths[0])}: no pages in it; docs/inputs.md says which files of a folder are read")
    for line in tally.over:
        complain(printable(line))
    failed = bool(tally.failures) or (strict and tally.n_abstained > 0)
    raise typer.Exit(SOME_FAILED if failed else OVER_THRESHOLD if tally.over else ALL_SCORED)


def _is_table(output: str) -> bool:
    return (
        output.endswith(("/", os.sep)) or Path(output).suffix.lower() in (".parquet", ".csv", ".jsonl") or Path(output).is_dir()
    )


def _score_table(
    paths: list[str],
    output: str,
    model: Path | None,
    columns: dict[str, str],
    where: str | None,
    jobs: int,
    config: Config,
    thresholds: Mapping[str, float],
    *,
    strict: bool,
) -> NoReturn:
    """Score many inputs into a table, on all cores (`scorer.batch`)."""
    from scorer import batch

    is_folder = Path(output).suffix.lower() not in (".parquet", ".csv", ".jsonl") or output.endswith(("/", os.sep))
    loaded = load_model(model, config)
    job = batch.Job(
        tuple(paths),
        Path(output),
        is_folder,
        loaded,
        model or DEFAULT,
        columns,
        where,
        jobs,
        config=config,
        thresholds=thresholds,
    )
    try:
        done = batch.run(job)
    except batch.BatchError as error:
        fail(printable(str(error)))
    except batch.InterruptedRunError as stop:
        complain("interrupted; the same command goes on from here")
        raise typer.Exit(stop.status) from None
    if not done.n_rows:
        fail(f"{printable(paths[0])}: no pages in it; docs/inputs.md says which files of a folder are read")
    failed = bool(done.n_failed) or (strict and done.n_abstained > 0)
    raise typer.Exit(SOME_FAILED if failed else OVER_THRESHOLD if done.n_over else ALL_SCORED)


def _columns(said: list[str]) -> dict[str, str]:
    columns = {}
    for one in said:
        part, equals, name = one.partition("=")
        if not equals or not name or part not in COLUMNS:
            fail(f"--column {printable(one)}: write PART=NAME, the part one of {', '.join(COLUMNS)}")
        columns[part] = name
    return columns


def _write(scores: Iterator[Score], file: TextIO, output_format: Format | None, sort: Sort, *, many: bool) -> None:
    from scorer.report import csv, json, jsonl, sarif, terminal

    if output_format:
        report = {
            Format.JSON: json.report,
            Format.JSONL: jsonl.report,
            Format.CSV: csv.report,
            Format.SARIF: sarif.report,
        }[output_format]
        for piece in report(scores):
            file.write(piece)
    elif many:
        terminal.print_table(ranked((Summary.of(one) for one in scores), sort), file)
    else:
        for one in scores:
            terminal.print_article(one, file)


def _write_page(scores: Iterator[Score], file: TextIO, tally: Tally) -> None:
    from scorer.report import html

    for piece in html.report(scores, tally.failures):
        file.write(piece)
    typer.echo(f"{printable(file.name.removesuffix('.part'))}: {tally.n_scored} read, {tally.n_abstained} not scored", err=True)


def write_sources(scores: list[SourceScore], file: TextIO, output_format: Format | None, sort: Sort) -> None:
    """Write outlets, ranked, as data or as a table for a person."""
    from scorer import sources
    from scorer.report import sources as report

    scores = sources.ranked(scores, sort)
    if output_format:
        write = {Format.JSON: report.json_array, Format.JSONL: report.jsonl, Format.CSV: report.csv}[output_format]
        for piece in write(scores):
            file.write(piece)
    else:
        report.print_table(scores, sort, file)


def ranked(rows: Iterable[Summary], sort: Sort) -> list[Summary]:
    """The rows with the most sensational, or the least reliable, first; what was withheld last, by name."""
    sign = 1 if sort is Sort.RELIABILITY else -1

    def rank(row: Summary) -> tuple[bool, float, str]:
        value = getattr(row, sort)
        return value is None, 0.0 if value is None else sign * value, row.id

    return sorted(rows, key=rank)
