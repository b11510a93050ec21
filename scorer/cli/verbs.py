"""`scorer VERB`: everything beside scoring."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scorer.cli import outlets, training
from scorer.cli.data import data_app
from scorer.cli.ending import begin, fail, load_model, show_version, the_config
from scorer.model import DEFAULT
from scorer.report.layout import printable

verbs_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


@verbs_app.callback()
def verbs(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True)] = False,  # noqa: ARG001, FBT002
) -> None:
    """Everything beside scoring: look into the signals, train, evaluate."""
    begin(context)


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
        fail(f"no signal {printable(name)!r}" + (f"; did you mean {near[0]}?" if near else "; `scorer signals` lists them"))


verbs_app.command("sources")(outlets.rank_sources)
verbs_app.command()(training.train)
verbs_app.command()(training.evaluate)
verbs_app.command("evaluate-pages")(training.evaluate_pages)
verbs_app.command()(training.mine)
verbs_app.add_typer(data_app, name="data")


@verbs_app.command()
def serve(
    *,
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.", min=0, max=65535)] = 8000,
    model: Annotated[Path | None, typer.Option(help="Another model: its file, or the folder that holds it.")] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Words and switches; else scorer.toml, if there is one here.")
    ] = None,
) -> None:
    """Show a page in the browser that scores what is pasted or dropped, on this machine only."""
    configured = the_config(config)
    load_model(model, configured)  # so that a model that cannot be used is said in one line
    try:
        from scorer.web.app import serve
        from scorer.web.work import Setup
    except ModuleNotFoundError as error:
        fail(f"{error.name} is not installed; pip install 'scorer[web]'")
    try:
        serve(Setup(str((model or DEFAULT).resolve()), configured), port, typer.echo)
    except OSError as error:
        fail(f"port {port}: {error.strerror}; choose another with --port")
