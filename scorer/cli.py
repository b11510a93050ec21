"""`score PATH...` and `scorer VERB`: a thin skin over the Python interface."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from scorer.config import FILE_NAME as CONFIG_NAME
from scorer.config import ConfigError, find_config, over
from scorer.model import DEFAULT, Model, ModelError
from scorer.pipeline import load, score_paths
from scorer.read import COLUMNS, Unreadable
from scorer.report.layout import printable
from scorer.types import Score, Summary
from scorer.version import __version__

if TYPE_CHECKING:
    from scorer.floors import Measured
    from scorer.sources import BadRow, Row, SourceScore
    from scorer.upstream.manifest import Upstream

ALL_SCORED, SOME_FAILED, USAGE, OVER_THRESHOLD = 0, 1, 2, 3
MOST_COMPLAINTS = 100  # lines said of one table; the rest are counted


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
                if self.thresholds and (beyond := over(result, self.thresholds)):
                    self.over.append(f"{result.id}: {', '.join(beyond)}")
                yield result


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer calls it with one positional argument
    if value:
        typer.echo(f"scorer {__version__}")
        raise typer.Exit


score_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@score_app.command()
def score(
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
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,  # noqa: ARG001
) -> None:
    """Score news pages: how sensational their wording is, how well they are sourced, and the words that say so.

    Exit status: 0 all inputs were scored; 1 an input could not be read (with --strict: or was abstained on); 2 usage, or an
    output that cannot be written; 3 all inputs were scored, and a page lies beyond a threshold; 130 and 143 interrupted.
    """
    output = Path(output_name) if output_name else None
    asked = {"max_sensationalism": max_sensationalism, "min_reliability": min_reliability}
    said = {name: value for name, value in asked.items() if value is not None}
    if output_name and not (output_format or html or by) and _is_table(output_name):
        if said or config or Path(CONFIG_NAME).is_file():
            _fail(
                f"a table is scored without thresholds and {CONFIG_NAME}: give --format, or keep rows of the table with --where"
            )
        _score_table(paths, output_name, model, _columns(column or []), where, jobs, strict=strict)
    if where or jobs != -1:
        _fail("--where and --jobs are for tables: give --output NAME.parquet, .csv, .jsonl or a folder NAME/, without --format")
    if html and (output_format or output):
        _fail("--html names its own file; give it without --format and --output")
    if html and by:
        _fail("--html shows articles; give it without --by")
    if by and output_format is Format.SARIF:
        _fail("--format sarif shows articles; give it without --by")
    try:
        configured, loaded = find_config(config, _load(model))
    except ConfigError as error:
        _fail(printable(str(error)))
    tally = Tally(thresholds={**configured.thresholds, **said})
    scores = tally.watch(score_paths(paths, loaded, _columns(column or [])))
    many = len(paths) > 1 or Path(paths[0]).is_dir()
    if not (many or output_format or html or by):
        # A file can hold many pages, too.
        begun = list(islice(scores, 2))
        many, scores = len(begun) > 1, chain(begun, scores)
    try:
        with _opened(html or output) as file:
            if html:
                _write_page(scores, file, tally)
            elif by:
                from scorer.sources import Row, by_source, pool

                _write_sources(pool(by_source(map(Row.of, scores))), file, output_format, sort)
            else:
                _write(scores, file, output_format, sort, many=many)
    except OSError as error:
        _fail(f"{html or output or 'standard output'}: cannot be written: {error.strerror}")
    for failure in tally.failures:
        typer.echo(f"score: {printable(failure.path)}: {failure.reason}", err=True)
    if not tally.n_scored and not tally.failures:
        _fail(f"{printable(paths[0])}: no pages in it; docs/inputs.md says which files of a folder are read")
    for line in tally.over:
        typer.echo(f"score: {printable(line)}", err=True)
    failed = bool(tally.failures) or (strict and tally.n_abstained > 0)
    raise typer.Exit(SOME_FAILED if failed else OVER_THRESHOLD if tally.over else ALL_SCORED)


def _is_table(output: str) -> bool:
    return (
        output.endswith(("/", os.sep)) or Path(output).suffix.lower() in (".parquet", ".csv", ".jsonl") or Path(output).is_dir()
    )


def _score_table(
    paths: list[str], output: str, model: Path | None, columns: dict[str, str], where: str | None, jobs: int, *, strict: bool
) -> NoReturn:
    """Score many inputs into a table, on all cores (`scorer.batch`)."""
    from scorer import batch

    is_folder = Path(output).suffix.lower() not in (".parquet", ".csv", ".jsonl") or output.endswith(("/", os.sep))
    job = batch.Job(tuple(paths), Path(output), is_folder, _load(model), model or DEFAULT, columns, where, jobs)
    try:
        done = batch.run(job)
    except batch.BatchError as error:
        _fail(printable(str(error)))
    except batch.InterruptedRunError as stop:
        typer.echo("score: interrupted; the same command goes on from here", err=True)
        raise typer.Exit(stop.status) from None
    if not done.n_rows:
        _fail(f"{printable(paths[0])}: no pages in it; docs/inputs.md says which files of a folder are read")
    raise typer.Exit(SOME_FAILED if done.n_failed or (strict and done.n_abstained) else ALL_SCORED)


def _columns(said: list[str]) -> dict[str, str]:
    columns = {}
    for one in said:
        part, equals, name = one.partition("=")
        if not equals or not name or part not in COLUMNS:
            _fail(f"--column {printable(one)}: write PART=NAME, the part one of {', '.join(COLUMNS)}")
        columns[part] = name
    return columns


def _load(model: Path | None) -> Model:
    try:
        return load(model or DEFAULT)
    except ModelError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    typer.echo(f"score: {message}", err=True)
    raise typer.Exit(USAGE)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name only when all is in it."""
    if output is None:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has gone ("| head"): nothing is left to say, and the interpreter must not try to flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    partial = output.with_name(output.name + ".part")
    with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        yield file
    partial.replace(output)


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


def _write_sources(scores: list[SourceScore], file: TextIO, output_format: Format | None, sort: Sort) -> None:
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


verbs_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@verbs_app.callback()
def verbs(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,  # noqa: FBT002
) -> None:
    """Everything beside scoring: look into the signals, train, evaluate."""


@verbs_app.command()
def signals(
    name: Annotated[str | None, typer.Argument(help="Print this one with its examples.")] = None,
    *,
    markdown: Annotated[bool, typer.Option("--markdown", help="The whole catalogue, docs/signals.md.")] = False,
) -> None:
    """List the signals, or print one."""
    from scorer import catalogue
    from scorer.signals import SIGNALS

    by_name = {signal.name: signal for signal in SIGNALS}
    if markdown:
        typer.echo(catalogue.page(), nl=False)
    elif name is None:
        width = max(map(len, by_name))
        for signal in SIGNALS:
            typer.echo(f"{signal.group:11} {signal.name:{width}}  {catalogue.summary(signal)}")
    elif name in by_name:
        typer.echo(catalogue.entry(by_name[name]), nl=False)
    else:
        from difflib import get_close_matches

        near = get_close_matches(name, by_name, n=1)
        _fail(f"no signal {printable(name)!r}" + (f"; did you mean {near[0]}?" if near else "; `scorer signals` lists them"))


@verbs_app.command("sources")
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
        _fail("--format sarif shows articles, not sources")
    bad: dict[Path, list[sources.BadRow]] = {scores: []}
    n_bad: dict[Path, int] = {scores: 0}
    pooled = sources.pool(sources.by_source(_good_rows(scores, bad[scores], n_bad)))
    if ratings:
        with _table_lines(ratings) as lines:
            known, bad[ratings] = sources.read_ratings(lines, ratings_scale)
        n_bad[ratings] = len(bad[ratings])
        pooled = sources.join(pooled, known)
    try:
        with _opened(output) as file:
            _write_sources(pooled, file, output_format, sort)
    except OSError as error:
        _fail(f"{output or 'standard output'}: cannot be written: {error.strerror}")
    for path, rows in bad.items():
        for row in rows[:MOST_COMPLAINTS]:
            typer.echo(f"scorer: {printable(str(path))}:{row.line}: {printable(row.reason)}", err=True)
        if n_bad[path] > MOST_COMPLAINTS:
            typer.echo(f"scorer: {printable(str(path))}: and {n_bad[path] - MOST_COMPLAINTS} more such rows", err=True)
    if not pooled:
        _fail(f"{printable(str(scores))}: no scores in it")
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
        _fail(f"{printable(str(path))}: {error.strerror}")
    except NoTableError as error:
        _fail(f"{printable(str(path))}: {error}")


DataOption = Annotated[Path, typer.Option(help="The folder of labelled tables (see data/README.md).")]


class Taught(StrEnum):
    """What a table of one's own labels can teach."""

    SENSATIONALISM = "sensationalism"
    RELIABILITY = "reliability"
    CLICKBAIT_STRENGTH = "clickbait_strength"


@verbs_app.command()
def train(
    data: Annotated[
        Path,
        typer.Option(
            help="The folder of labelled tables (see data/README.md), or a table of your own labels (docs/training.md)."
        ),
    ],
    *,
    output: Annotated[
        Path | None, typer.Option(help="Where the model and its card are written; for the folder's, models/default.")
    ] = None,
    allow_regression: Annotated[bool, typer.Option("--allow-regression", help="Let the figures fall below the floors.")] = False,
    target: Annotated[
        Taught | None, typer.Option(help="What the labels of your table say; sensationalism unless it is given.")
    ] = None,
    positive: Annotated[
        str | None, typer.Option(metavar="NAME", help="Your labels are two classes, and this one counts as 1.")
    ] = None,
) -> None:
    """Train the model on the labelled tables, judge it on unseen sources, and write it with its card and floors.

    With a table of your own labels: teach one target on them, and print its figures beside the default model's.
    """
    from scorer.own_table import is_table

    if data.is_file() or (is_table(data) and not data.is_dir()):
        if allow_regression:
            _fail("--allow-regression is of the folder's training; a table of your own has no floors")
        _train_on_own_table(data, output, target or Taught.SENSATIONALISM, positive)
        return
    if target or positive is not None:
        _fail("--target and --positive are of a table of your own; --data is no such file")
    output = output or Path("models/default")
    from scorer import evaluate, floors
    from scorer.artifact import save
    from scorer.card import write_card

    with _one_line_for_bad_data():
        judgement = evaluate.judge(data)
        output.mkdir(parents=True, exist_ok=True)
        problems = floors.pin(output / floors.FILE_NAME, floors.of_judgement(judgement), allow_regression=allow_regression)
        if problems:
            for problem in problems:
                typer.echo(f"scorer: {problem}", err=True)
            _fail(f"{output}: left as it was")
        save(judgement.targets, output)
        write_card(output, judgement)
    typer.echo(f"{output}: model, card and floors written")


def _train_on_own_table(data: Path, output: Path | None, target: Taught, positive: str | None) -> None:
    from scorer.artifact import save
    from scorer.labelled import article_rows
    from scorer.own_card import write_own_card
    from scorer.own_labels import judge_own, reasons, table
    from scorer.own_table import OwnTableError, check, read_own_table

    if output is None:
        _fail("--output FOLDER: say where the model of your own labels is to be written")
    if output.resolve() in (DEFAULT.resolve(), Path("models/default").resolve()):
        _fail(f"{printable(str(output))}: holds the default model; give another folder with --output")
    if output.exists() and not output.is_dir():
        _fail(f"{printable(str(output))}: not a folder; give another with --output")
    default = _load(None)
    try:
        with _one_line_for_bad_data():
            own = read_own_table(data, positive)
        for note in own.notes:
            typer.echo(f"scorer: {printable(str(data))}: {printable(note)}", err=True)
        rows = article_rows(own.texts, own.labels, own.sources, [data.name] * len(own.texts))
        check(data, rows.labels, rows.sources, "near copies left out, ")
    except OwnTableError as error:
        typer.echo(f"scorer: {printable(str(error))}", err=True)
        raise typer.Exit(SOME_FAILED) from None
    judgement = judge_own(rows, target, default.targets[target])
    n_copies = len(own.texts) - len(rows.texts)
    typer.echo(
        f"{target}: {len(rows.texts)} articles of {len(set(rows.sources))} sources, {n_copies} near copies left out; "
        "sources judged by models taught without them\n"
    )
    typer.echo(f"{table(judgement)}\n\n{judgement.verdict}\n{reasons(judgement)}")
    try:
        save(
            {**default.targets, target: judgement.taught.target}, output, f"{target}: {data.name}; the rest: the default model's"
        )
        write_own_card(output, data.name, target, rows, judgement)
    except OSError as error:
        _fail(f"{printable(str(output))}: cannot be written: {error.strerror}")
    typer.echo(f"{printable(str(output))}: model and card written")


@verbs_app.command()
def evaluate(
    data: DataOption,
    *,
    gate: Annotated[Path | None, typer.Option(help="Fail if a figure is below the floors in this file.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors in that file to the figures.")] = False,
    allow_regression: Annotated[bool, typer.Option("--allow-regression", help="Let --update lower floors.")] = False,
) -> None:
    """Print the figures of the model on sources it was not trained on."""
    from scorer import evaluate as judging
    from scorer.floors import of_judgement

    with _one_line_for_bad_data():
        judgement = judging.judge(data)
    typer.echo(judging.table(judgement.figures))
    if gate:
        _hold_to_floors(gate, of_judgement(judgement), update=update, allow_regression=allow_regression)


def _hold_to_floors(gate: Path, measured: Measured, *, update: bool, allow_regression: bool) -> NoReturn:
    """Check the figures against the floors, or pin them; one line for each that is worse."""
    from scorer.floors import check, pin

    try:
        problems = pin(gate, measured, allow_regression=allow_regression) if update else check(gate, measured)
    except OSError as error:
        _fail(f"{gate}: {error.strerror}; --update writes the floors")
    for problem in problems:
        typer.echo(f"scorer: {problem}", err=True)
    raise typer.Exit(SOME_FAILED if problems else ALL_SCORED)


@verbs_app.command("evaluate-pages")
def evaluate_pages(
    data: DataOption,
    *,
    write: Annotated[Path | None, typer.Option(help="Write the figures asked for into this document.")] = None,
    gate: Annotated[Path | None, typer.Option(help="Fail if a figure is below the floors in this file.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors in that file to the figures.")] = False,
    allow_regression: Annotated[bool, typer.Option("--allow-regression", help="Let --update lower floors.")] = False,
) -> None:
    """Print how well pages of HTML are taken apart, beside trafilatura (docs/pages.md)."""
    try:
        from scorer import evaluate_pages as judging
    except ModuleNotFoundError as error:
        _fail(f"{error.name} is not installed; pip install 'scorer[dev]'")
    from scorer.floors import Measured

    pages = data / "pages"
    if not pages.is_dir():
        _fail(f"{printable(str(pages))}: no such folder; it holds the labelled pages (see data/README.md)")
    with _one_line_for_bad_data():
        rows = judging.measure(pages, ("dev", "judged") if write else ("judged",))
    typer.echo(judging.table(rows))
    if write:
        write.write_text(judging.document(rows), encoding="utf-8")
    if gate:
        figures = judging.asked(rows)
        if update:
            # How long a page takes differs from run to run: its floor is what is asked.
            figures |= {one.name: one.reach for one in judging.ASKED if one.at_most}
        _hold_to_floors(gate, Measured(judging.page_digest(pages), figures), update=update, allow_regression=allow_regression)


@contextmanager
def _one_line_for_bad_data() -> Iterator[None]:
    from scorer.datasets import DatasetError

    try:
        yield
    except DatasetError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: cannot be read: {error.strerror}")


@verbs_app.command()
def mine(data: DataOption, *, top: Annotated[int, typer.Option(help="Rows a table.", min=1)] = 400) -> None:
    """Rank candidates for the word lists by how much labelled spans prefer them."""
    from scorer.mine import main

    with _one_line_for_bad_data():
        main(data, top)


data_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
verbs_app.add_typer(data_app, name="data")

ManifestOption = Annotated[Path | None, typer.Option("--manifest", help="Another manifest than the one that is shipped.")]


def _manifest(path: Path | None) -> tuple[Path, list[Upstream]]:
    from scorer.upstream import manifest

    path = path or manifest.DEFAULT
    with _one_line_for_bad_data():
        return path, manifest.read(path)


@data_app.callback(invoke_without_command=True)
def data(context: typer.Context, *, manifest: ManifestOption = None) -> None:
    """Say where each labelled table comes from; fetch what they are made from, build them (docs/training.md)."""
    if context.invoked_subcommand is None:
        from scorer.upstream.manifest import listing

        for line in listing(_manifest(manifest)[1]):
            typer.echo(printable(line))


@data_app.command("fetch")
def fetch_data(
    folder: Annotated[Path, typer.Argument(help="Where the files go, as owner/name/path.")],
    *,
    base: Annotated[str, typer.Option(help="Address of a file, like http://host/{repository}/{commit}/{path}.")],
    pin: Annotated[bool, typer.Option("--pin", help="Write sha256 and size into the manifest where it has none.")] = False,
    manifest: ManifestOption = None,
) -> None:
    """Fetch the upstream files, checked against the manifest; what is there and right is kept.

    Exit status: 0 all that an address is known for is there; 1 a file could not be had; 2 usage.
    """
    from scorer.upstream.fetch import fetch
    from scorer.upstream.manifest import write

    path, rows = _manifest(manifest)
    outcomes = []
    try:
        with _one_line_for_bad_data():
            for outcome in fetch(rows, folder, base):
                typer.echo(printable(outcome.line), err=outcome.failed)
                outcomes.append(outcome)
    except ModuleNotFoundError as error:
        _fail(f"{error.name} is not installed; pip install 'scorer[data]'")
    learned = [outcome.row for outcome in outcomes]
    if pin and learned != rows:
        try:
            write(learned, path)
        except OSError as error:
            _fail(f"{path}: cannot be written: {error.strerror}; --manifest names a copy that can")
        typer.echo(f"{path}: {sum(new != old for new, old in zip(learned, rows, strict=True))} rows pinned")
    raise typer.Exit(SOME_FAILED if any(outcome.failed for outcome in outcomes) else ALL_SCORED)


@data_app.command("build")
def build_data(
    folder: Annotated[Path, typer.Argument(help="Where the tables are written.")],
    *,
    checkouts: Annotated[Path, typer.Option("--from", help="What `scorer data fetch` filled: owner/name/path.")],
    table: Annotated[str | None, typer.Option(help="Only this table.")] = None,
    manifest: ManifestOption = None,
) -> None:
    """Turn checkouts of the upstream repositories into the labelled tables.

    Exit status: 0 every table with a converter was built; 1 one could not be; 2 usage.
    """
    from scorer.upstream.build import build

    failed = False
    with _one_line_for_bad_data():
        for built in build(_manifest(manifest)[1], checkouts, folder, table):
            typer.echo(printable(built.line), err=built.failed)
            failed |= built.failed
    raise typer.Exit(SOME_FAILED if failed else ALL_SCORED)


@verbs_app.command()
def serve(
    *,
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.", min=0, max=65535)] = 8000,
    model: Annotated[Path | None, typer.Option(help="Another model: its file, or the folder that holds it.")] = None,
) -> None:
    """Show a page in the browser that scores what is pasted or dropped, on this machine only."""
    loaded = _load(model)
    try:
        from scorer.web.app import serve
    except ModuleNotFoundError as error:
        _fail(f"{error.name} is not installed; pip install 'scorer[web]'")
    try:
        serve(loaded, port, typer.echo)
    except OSError as error:
        _fail(f"port {port}: {error.strerror}; choose another with --port")


def score_main() -> None:
    """The command `score`."""
    score_app()


def verbs_main() -> None:
    """The command `scorer`."""
    verbs_app()
