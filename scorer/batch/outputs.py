"""Tables of rows -> one output file, or a folder of them; it takes its name only when all is in it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from scorer.report import csv
from scorer.table import COLUMNS, SCHEMA, TEXTS

# Rows of a row group, which lie in memory at once (6 MB), and of a shard: 50 MB or so, which is what tools like.
_GROUP, _SHARD = 8192, 131_072
_SHARD_NAME = re.compile(r"part-\d{5}\.parquet")

Tables = Iterator[pa.Table]


class OutputError(Exception):
    """An output that cannot be; the message is one line."""


def write(output: Path, tables: Tables, about: Mapping[str, str], *, is_folder: bool) -> None:
    """Write `tables` to `output`: a folder of Parquet shards, or what its suffix says. Raises OSError, OutputError."""
    if is_folder:
        _write_folder(output, tables, about)
        return
    new = output.with_name(output.name + ".tmp")
    try:
        WRITERS[output.suffix.lower()](new, tables, about)
        _sync(new)
        new.replace(output)
    finally:
        new.unlink(missing_ok=True)


def check(output: Path, *, is_folder: bool) -> None:
    """Raise OutputError for a folder that holds anything but shards, OSError for a place that is none."""
    if not output.parent.is_dir():
        raise FileNotFoundError(2, os.strerror(2), str(output.parent))
    if not is_folder:
        if output.is_dir():
            raise OutputError(f"{output}: is a folder; write {output}/ for a folder of shards")
        return
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output}: is a file; a folder of shards needs another name")
    strange = [path.name for path in output.iterdir() if not _SHARD_NAME.fullmatch(path.name)] if output.exists() else []
    if strange:
        raise OutputError(f"{output}: holds {strange[0]!r}, and would be replaced; choose an empty or a new folder")


def _write_folder(output: Path, tables: Tables, about: Mapping[str, str]) -> None:
    new, old = (output.with_name(output.name + suffix) for suffix in (".tmp", ".old"))
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir()
    n_shards = 0
    for number, shard in enumerate(_of_size(tables, _SHARD)):
        _write_parquet(new / f"part-{number:05}.parquet", iter([shard]), about)
        n_shards += 1
    if not n_shards:
        _write_parquet(new / "part-00000.parquet", iter([]), about)
    check(output, is_folder=True)  # again: hours may have passed
    if output.exists():
        output.replace(old)
    new.replace(output)
    shutil.rmtree(old, ignore_errors=True)


def _write_parquet(path: Path, tables: Tables, about: Mapping[str, str]) -> None:
    schema = SCHEMA.with_metadata({b"scorer": json.dumps(dict(about), sort_keys=True).encode()})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _of_size(tables, _GROUP):
            writer.write_table(group.replace_schema_metadata(schema.metadata))


def _write_csv(path: Path, tables: Tables, about: Mapping[str, str]) -> None:  # noqa: ARG001 - all writers are called alike
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(csv.row(COLUMNS))
        for row in _rows(tables):
            file.write(csv.row(csv.inert(row[n] or "") if n in TEXTS else csv.number(row[n]) for n in COLUMNS))


def _write_jsonl(path: Path, tables: Tables, about: Mapping[str, str]) -> None:  # noqa: ARG001
    encoder = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    with path.open("w", encoding="ascii", newline="") as file:
        for row in _rows(tables):
            file.write(encoder.encode(row) + "\n")


WRITERS: Mapping[str, Callable[[Path, Tables, Mapping[str, str]], None]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
}


def _rows(tables: Iterable[pa.Table]) -> Iterator[dict[str, Any]]:
    for table in tables:
        yield from table.to_pylist()


def _of_size(tables: Tables, n_rows: int) -> Tables:
    """The same rows in tables of `n_rows`, the last one shorter: what is written depends on the rows alone."""
    held: list[pa.Table] = []
    n_held = 0
    for table in tables:
        held.append(table)
        n_held += len(table)
        while n_held >= n_rows:
            whole = pa.concat_tables(held).combine_chunks()
            yield whole.slice(0, n_rows)
            held, n_held = [whole.slice(n_rows)], n_held - n_rows
    if n_held:
        yield pa.concat_tables(held).combine_chunks()


def _sync(path: Path) -> None:
    """Wait until the disk has a file, so that a power cut does not leave an empty one under the output's name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
