"""Anything a scraper leaves -> pages. The only folder of the package that opens an input.

A file is recognised by its first bytes, then by its name (`kinds`); compressed files and archives are taken apart
(`packed`), and what is inside goes the same way; each kind has a reader: `page` (text, Markdown, HTML), `warc`, `json`,
`csv`, `parquet`. docs/inputs.md says what each takes and gives.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import IO, NamedTuple

from scorer.read import source as bounds
from scorer.read.columns import COLUMNS
from scorer.read.encodings import decode, decode_html
from scorer.read.kinds import HEAD, READ_WHATEVER_THE_NAME, READERS, SUFFIXES, recognise, suffix_of
from scorer.read.source import LARGEST_FILE, Budget, Source, Stream, Unreadable, file_chunks
from scorer.types import Page

__all__ = [
    "COLUMNS",
    "LARGEST_FILE",
    "STANDARD_INPUT",
    "Budget",
    "Input",
    "Unreadable",
    "decode",
    "decode_html",
    "find_inputs",
    "read",
    "read_bytes",
    "read_file",
    "read_input",
    "read_stream",
]

STANDARD_INPUT = "-"


class Input(NamedTuple):
    """A file that may hold pages, or "-". `named`: somebody gave its name, so it is read whatever it is called."""

    path: str
    named: bool


def read(paths: Iterable[str | Path], columns: Mapping[str, str] | None = None) -> Iterator[Page | Unreadable]:
    """Read files, folders (recursively, in order of name) and "-" for standard input.

    `columns` names the columns of tables that are not found by themselves: part of a page ("text", "title", "url",
    "date", "author") to name. Yields a `Page` for each page found, an `Unreadable` for each file, row or record that
    gave none; never raises for what lies on a disk. Raises ValueError for a part of a page it does not know. Streams:
    at any time one page, row or record is in memory.
    """
    chosen = checked(columns or {})
    for found in find_inputs(paths):
        if isinstance(found, Unreadable):
            yield found
        else:
            yield from read_input(found, chosen)


def find_inputs(paths: Iterable[str | Path]) -> Iterator[Input | Unreadable]:
    """Yield the files that `paths` stand for, in the order in which `read` reads them, and the folders that cannot be listed."""
    for path in map(str, paths):
        if path != STANDARD_INPUT and Path(path).is_dir():
            yield from _in_folder(path)
        else:
            yield Input(path, named=True)


def read_input(
    found: Input, columns: Mapping[str, str] | None = None, budget: Budget | None = None
) -> Iterator[Page | Unreadable]:
    """Read the pages of one input, as `read` does; `budget` counts the bytes that were read."""
    budget = budget or Budget()
    if found.path == STANDARD_INPUT:
        stream = Stream(file_chunks(sys.stdin.buffer, budget))
        yield from _read_source(Source(found.path, "", found.path, stream, budget, columns or {}))
    else:
        yield from _read_path(found, columns or {}, budget)


def read_file(path: str | Path) -> Page | Unreadable:
    """Read a file that holds one page. `Unreadable` if it holds none, or more than one (use `read` for those)."""
    found = list(_first_two(_read_path(Input(os.fspath(path), named=True), {}, Budget())))
    if len(found) > 1:
        return Unreadable(os.fspath(path), "holds more than one page; score it as a table or with `scorer.read.read`")
    return found[0]


def read_bytes(data: bytes, name: str = "", columns: Mapping[str, str] | None = None) -> Iterator[Page | Unreadable]:
    """Read the content of a file that is not on a disk, such as an upload; `name` is what it was called, if anything."""
    yield from read_stream(io.BytesIO(data), name, columns)


def read_stream(
    file: IO[bytes], name: str = "", columns: Mapping[str, str] | None = None, *, named: bool = True
) -> Iterator[Page | Unreadable]:
    """Read an open file forwards; `name` is what it is called. What is not `named` is passed over as in a folder."""
    budget = Budget()
    stream = Stream(file_chunks(file, budget))
    if named or _is_read(name, stream):
        yield from _read_source(Source(name or STANDARD_INPUT, name, name, stream, budget, checked(columns or {})))


def checked(columns: Mapping[str, str]) -> Mapping[str, str]:
    """`columns`, if each names a part of a page. Raises ValueError."""
    unknown = [part for part in columns if part not in COLUMNS]
    if unknown:
        raise ValueError(f"no part of a page is called {unknown[0]!r}; a column can be named for: {', '.join(COLUMNS)}")
    return columns


def _first_two(results: Iterator[Page | Unreadable]) -> Iterator[Page | Unreadable]:
    for _ in range(2):
        yield from [result for result in [next(results, None)] if result is not None]


def _read_path(found: Input, columns: Mapping[str, str], budget: Budget) -> Iterator[Page | Unreadable]:
    """Read one file. A folder, a pipe, a device and a file that cannot be opened are `Unreadable`.

    What nobody has named, and is no page by its name and its first bytes, is passed over silently.
    """
    path = found.path
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                yield Unreadable(path, "not a regular file; copy what it holds into a file, or pass it as '-'")
                return
            stream = Stream(file_chunks(file, budget))
            if not (found.named or _is_read(path, stream)):
                return
            yield from _read_source(Source(path, path, path, stream, budget, columns, size=status.st_size, file=file))
    except OSError as error:
        yield Unreadable(path, f"cannot be read: {error.strerror or error}")
    except ValueError as error:
        # A name that no file can have: with a NUL in it.
        yield Unreadable(path, f"cannot be read: {error}")


def _is_read(name: str, stream: Stream) -> bool:
    """Whether a file of a folder is a page by its name, or else by its first bytes."""
    return suffix_of(name) in SUFFIXES or recognise(stream.head(HEAD), "") in READ_WHATEVER_THE_NAME


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe that nobody writes to would otherwise hold the run for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def is_passed_over(name: str) -> bool:
    """Whether a file of a folder is never a page, by its name: hidden, or the mark that Spark leaves beside its output."""
    return name.startswith(".") or name == "_SUCCESS"


def saved_beside(files: Iterable[str]) -> set[str]:
    """The folders in which a browser saves the parts of such files, "page_files": frames and advertisements, no pages."""
    return {name[: -len(suffix_of(name))] + "_files" for name in files if SUFFIXES.get(suffix_of(name)) == "html"}


def _in_folder(folder: str) -> Iterator[Input | Unreadable]:
    problems: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        saved = saved_beside(files)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in saved)
        before = str(Path(parent, "_"))[:-1]  # once a folder: a Path for each of millions of files takes longer than its name
        for name in sorted(files):
            if not is_passed_over(name):
                yield Input(before + name, named=False)
        for problem in problems:
            yield Unreadable(str(problem.filename), f"cannot be read: {problem.strerror}")
        problems.clear()


def _read_source(source: Source) -> Iterator[Page | Unreadable]:
    """The pages of one input; of what is wrong with it the first lines, then how many more there are."""
    n_results = n_complaints = 0
    for result in _pages(source):
        n_results += 1
        if isinstance(result, Unreadable):
            n_complaints += 1
            if n_complaints > bounds.MOST_COMPLAINTS:
                continue
        yield result
    if n_complaints > bounds.MOST_COMPLAINTS:
        n_more = n_complaints - bounds.MOST_COMPLAINTS
        yield Unreadable(source.id, f"{n_more:,} more rows or records could not be read, for reasons like those above")
    if not n_results:
        yield Unreadable(source.id, "no page in it: no row, no HTML response, no file that is read")


def _pages(source: Source) -> Iterator[Page | Unreadable]:
    kind = recognise(source.stream.head(HEAD), source.name)
    reader = import_module(f"scorer.read.{READERS[kind]}")
    if READERS[kind] == "packed":
        for inner in reader.unpack(source, kind):
            if isinstance(inner, Unreadable):
                yield inner
            else:
                yield from _pages(replace(inner, columns=source.columns))
    else:
        yield from reader.pages(source, kind)
    damage, source.stream.damage = source.stream.damage, None
    if damage:
        yield Unreadable(source.id, f"{damage.reason}; what came before it was read")
