"""`scorer data`: where the labelled tables come from; fetch and build them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli.ending import ALL_SCORED, SOME_FAILED, begin, fail, one_line_for_bad_data
from scorer.report.layout import printable

if TYPE_CHECKING:
    from scorer.upstream.manifest import Upstream


data_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

ManifestOption = Annotated[Path | None, typer.Option("--manifest", help="Another manifest than the one that is shipped.")]


def _manifest(path: Path | None) -> tuple[Path, list[Upstream]]:
    from scorer.upstream import manifest

    path = path or manifest.DEFAULT
    with one_line_for_bad_data():
        return path, manifest.read(path)


@data_app.callback(invoke_without_command=True)
def data(context: typer.Context, *, manifest: ManifestOption = None) -> None:
    """Say where each labelled table comes from; fetch what they are made from, build them (docs/training.md)."""
    begin(context)
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
        with one_line_for_bad_data():
            for outcome in fetch(rows, folder, base):
                typer.echo(printable(outcome.line), err=outcome.failed)
                outcomes.append(outcome)
    except ModuleNotFoundError as error:
        fail(f"{error.name} is not installed; pip install 'scorer[data]'")
    learned = [outcome.row for outcome in outcomes]
    if pin and learned != rows:
        try:
            write(learned, path)
        except OSError as error:
            fail(f"{path}: cannot be written: {error.strerror}; --manifest names a copy that can")
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
    with one_line_for_bad_data():
        for built in build(_manifest(manifest)[1], checkouts, folder, table):
            typer.echo(printable(built.line), err=built.failed)
            failed |= built.failed
    raise typer.Exit(SOME_FAILED if failed else ALL_SCORED)
