"""`scorer train`, `evaluate`, `evaluate-pages`, `mine`: labelled tables in, models and figures out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from scorer.cli.ending import ALL_SCORED, SOME_FAILED, fail, load_model, one_line_for_bad_data
from scorer.model import DEFAULT
from scorer.report.layout import printable

if TYPE_CHECKING:
    from scorer.floors import Measured


DataOption = Annotated[Path, typer.Option(help="The folder of labelled tables (see data/README.md).")]


class Taught(StrEnum):
    """What a table of one's own labels can teach."""

    SENSATIONALISM = "sensationalism"
    RELIABILITY = "reliability"
    CLICKBAIT_STRENGTH = "clickbait_strength"


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
            fail("--allow-regression is of the folder's training; a table of your own has no floors")
        _train_on_own_table(data, output, target or Taught.SENSATIONALISM, positive)
        return
    if target or positive is not None:
        fail("--target and --positive are of a table of your own; --data is no such file")
    output = output or Path("models/default")
    from scorer import evaluate, floors
    from scorer.artifact import save
    from scorer.card import write_card

    with one_line_for_bad_data():
        judgement = evaluate.judge(data)
        output.mkdir(parents=True, exist_ok=True)
        problems = floors.pin(output / floors.FILE_NAME, floors.of_judgement(judgement), allow_regression=allow_regression)
        if problems:
            for problem in problems:
                typer.echo(f"scorer: {problem}", err=True)
            fail(f"{output}: left as it was")
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
        fail("--output FOLDER: say where the model of your own labels is to be written")
    if output.resolve() in (DEFAULT.resolve(), Path("models/default").resolve()):
        fail(f"{printable(str(output))}: holds the default model; give another folder with --output")
    if output.exists() and not output.is_dir():
        fail(f"{printable(str(output))}: not a folder; give another with --output")
    default = load_model(None)
    try:
        with one_line_for_bad_data():
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
        fail(f"{printable(str(output))}: cannot be written: {error.strerror}")
    typer.echo(f"{printable(str(output))}: model and card written")


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

    with one_line_for_bad_data():
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
        fail(f"{gate}: {error.strerror}; --update writes the floors")
    for problem in problems:
        typer.echo(f"scorer: {problem}", err=True)
    raise typer.Exit(SOME_FAILED if problems else ALL_SCORED)


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
        fail(f"{error.name} is not installed; pip install 'scorer[dev]'")
    from scorer.floors import Measured

    pages = data / "pages"
    if not pages.is_dir():
        fail(f"{printable(str(pages))}: no such folder; it holds the labelled pages (see data/README.md)")
    with one_line_for_bad_data():
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


def mine(data: DataOption, *, top: Annotated[int, typer.Option(help="Rows a table.", min=1)] = 400) -> None:
    """Rank candidates for the word lists by how much labelled spans prefer them."""
    from scorer.mine import main

    with one_line_for_bad_data():
        main(data, top)
