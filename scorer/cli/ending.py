"""How a command begins and ends: exit statuses, one line for what is wrong, the model, the file that is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn, TextIO

import typer

from scorer.config import Config, ConfigError, find_config
from scorer.model import DEFAULT, Model, ModelError
from scorer.pipeline import load
from scorer.report.layout import printable
from scorer.version import __version__

ALL_SCORED, SOME_FAILED, USAGE, OVER_THRESHOLD = 0, 1, 2, 3


def show_version(value: bool) -> None:  # noqa: FBT001 - typer calls it with one positional argument
    """Print the version and end, where it was asked for."""
    if value:
        typer.echo(f"scorer {__version__}")
        raise typer.Exit


_running: ContextVar[str] = ContextVar("running", default="score")


def begin(context: typer.Context) -> None:
    """Remember what is run, as it was called: "score", "scorer train". Every line for what is wrong begins with it."""
    _running.set(f"{context.command_path} {context.invoked_subcommand or ''}".rstrip())


def complain(message: str) -> None:
    """Print a line for what is wrong on standard error."""
    typer.echo(f"{_running.get()}: {message}", err=True)


def fail(message: str) -> NoReturn:
    """End with one line on standard error: the inputs or options are such that nothing was done."""
    complain(message)
    raise typer.Exit(USAGE)


def load_model(model: Path | None, config: Config | None = None) -> Model:
    """The model asked for, else the default, with the words and switches of `config`."""
    try:
        return load(model or DEFAULT, config)
    except ModelError as error:
        fail(str(error))


def the_config(given: Path | None) -> Config:
    """The scorer.toml that was named, else the one of this folder, else none."""
    try:
        return find_config(given)
    except ConfigError as error:
        fail(printable(str(error)))


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
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


@contextmanager
def one_line_for_bad_data() -> Iterator[None]:
    """Fail in one line where a labelled table cannot be used."""
    from scorer.datasets import DatasetError

    try:
        yield
    except DatasetError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename}: cannot be read: {error.strerror}")
