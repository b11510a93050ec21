"""A folder of checkouts -> our tables, as scorer.datasets reads them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from scorer.datasets import DatasetError
from scorer.upstream.formats import CONVERTERS, Row
from scorer.upstream.manifest import Upstream

# The tables that are put together from every converter whose files are there; elsewhere converters are alternatives.
_COLLECTED = ("articles",)
_CSV = ("domain_ratings",)  # the tables that are CSV, the others are JSON lines, gzipped


@dataclass(frozen=True)
class Built:
    """What became of one table: its line for the person, and whether that is a failure."""

    line: str
    failed: bool


def build(rows: Sequence[Upstream], checkouts: Path, folder: Path, table: str | None = None) -> Iterator[Built]:
    """Write the tables, or the one asked for, into `folder`; a failure ends nothing, and leaves a table as it was.

    Raises DatasetError for a table that the manifest does not have, or a folder of checkouts that is not there.
    """
    tables = list(dict.fromkeys(row.table for row in rows))
    if table is not None and table not in tables:
        raise DatasetError(f"--table {table}: no such table; there are {', '.join(tables)}")
    if not checkouts.is_dir():
        raise DatasetError(f"--from {checkouts}: no such folder; `scorer data fetch` makes one")
    for name in tables if table is None else [table]:
        yield _built(name, [row for row in rows if row.table == name], checkouts, folder, asked_for=table is not None)


def _built(name: str, rows: Sequence[Upstream], checkouts: Path, folder: Path, *, asked_for: bool) -> Built:
    # The first converter whose parts are all there: a set may be had from more than one place.
    absent: list[Path] = []
    ready: dict[str, Iterator[Row]] = {}
    without = [row.repository for row in rows if not row.converter]
    for converter in dict.fromkeys(row.converter for row in rows if row.converter):
        if converter not in CONVERTERS:
            return Built(f"{name}: left out: no converter {converter!r}; there are {', '.join(CONVERTERS)}", failed=True)
        inputs = [(row.part, checkouts / row.place) for row in rows if row.converter == converter]
        missing = [path for _, path in inputs if not path.exists()]
        lacking = set(CONVERTERS[converter].parts) - {part for part, _ in inputs}
        if lacking:
            return Built(f"{name}: left out: the manifest names no {min(lacking)} for converter {converter}", failed=True)
        if not missing:
            parts: dict[str, list[Path]] = {}
            for part, path in inputs:
                parts.setdefault(part, []).append(path)
            ready[converter] = CONVERTERS[converter].rows(parts)
            if name not in _COLLECTED:
                break
        absent += missing
    if ready:
        try:
            path, n_rows = _write(name, chain.from_iterable(ready.values()), folder)
        except DatasetError as error:
            return Built(f"{name}: left out: {error}", failed=True)
        except OSError as error:
            return Built(f"{name}: left out: {error.filename}: {error.strerror}", failed=True)
        rest = f"; without {', '.join(without)}: format not seen" if without else ""
        rest += f"; without {absent[0]} and what goes with it: not there" if absent and name in _COLLECTED else ""
        return Built(f"{name}: {path}: {n_rows:,} rows by {', '.join(ready)}{rest}", failed=False)
    if absent:
        return Built(f"{name}: left out: {absent[0]}: not there; `scorer data` says where it comes from", failed=True)
    return Built(f"{name}: left out: no converter; `scorer data` says what is known of it", failed=asked_for)


def _write(name: str, rows: Iterator[Row], folder: Path) -> tuple[Path, int]:
    """The table's file and how many rows it has; it appears only when it is complete, and is the same for the same rows."""
    path = folder / (f"{name}.csv" if name in _CSV else f"{name}.jsonl.gz")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as file:
            n_rows = (_as_csv if name in _CSV else _as_json_lines)(rows, file)
        if not n_rows:
            raise DatasetError("no rows in its files; check them out again")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return path, n_rows


def _as_json_lines(rows: Iterator[Row], file: IO[bytes]) -> int:
    n_rows = 0
    # No name and no time in the header: the same rows give the same bytes.
    with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        for n_rows, row in enumerate(rows, 1):  # noqa: B007 - counted
            packed.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    return n_rows


def _as_csv(rows: Iterator[Row], file: IO[bytes]) -> int:
    n_rows = 0
    lines = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    table = None
    for n_rows, row in enumerate(rows, 1):  # noqa: B007 - counted
        if table is None:
            table = csv.DictWriter(lines, list(row), lineterminator="\n")
            table.writeheader()
        table.writerow(row)
    lines.detach()
    return n_rows
