"""What an executor does: batches of files or of rows -> batches of scores. Imports nothing of Spark's but where its files lie."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scorer.config import Config
from scorer.model import ModelError
from scorer.pipeline import load
from scorer.read import Input, Unreadable, read_bytes, read_input
from scorer.read.columns import Columns
from scorer.read.rows import make_page
from scorer.read.source import Budget, Source, Stream
from scorer.read.stores import is_address, read_stored
from scorer.table import Result, arrow, in_batches, score_results
from scorer.version import __version__
from scorer.where import condition

#: The only column of `scorer.spark.files`.
PART = "part"
#: Whether a row is one that the condition keeps; a column only until the rows are counted.
KEPT = "kept"

Batches = Iterable[pa.RecordBatch]
# What was read, with the file it was read from.
Found = Iterator[tuple[str, Result]]


def score_batches(
    batches: Batches,
    read: Callable[[Batches], Found],
    model: str,
    digest: str,
    version: str,
    where: str | None,
    config: Config | None = None,
) -> Iterator[pa.RecordBatch]:
    """Rows of `scorer.table.COLUMNS`, and whether `where` keeps them, for all that `read` finds in the batches.

    `model` is the name under which Spark has brought it here; `digest` is its own, `version` that of the driver's scorer.
    Raises ModelError if either is another here, which would score otherwise.
    """
    from pyspark import SparkFiles

    if version != __version__:
        raise ModelError(f"scorer {__version__} is installed here, and {version} where the job was begun; install one of them")
    path = SparkFiles.get(model)
    if load(path).sha256 != digest:
        raise ModelError(f"{path}: not the model that the job was given, {digest}; start it again")
    kept = condition(where) if where else None
    owners: list[str] = []

    def results() -> Iterator[Result]:
        for owner, result in read(batches):
            owners.append(owner)
            yield result

    for batch in in_batches(results()):
        table = arrow(score_results(batch, path, config))
        table = _replaced(table, "path", owners[: len(batch)])
        table = _replaced(table, "id", table["id"].to_pylist())
        del owners[: len(batch)]
        yield from _marked(table, kept).combine_chunks().to_batches()


def of_parts(batches: Batches, columns: Mapping[str, str]) -> Found:
    """The pages of files, which are opened here."""
    for part in _cells(batches):
        for file in part[PART]:
            path = os.fsdecode(file["path"])
            if file["problem"]:
                found: Iterator[Result] = iter([Unreadable(path, file["problem"])])
            elif is_address(path):
                found = read_stored(path, columns, named=file["named"])
            else:
                found = read_input(Input(path, file["named"]), columns)
            for result in found:
                yield path, result


def of_contents(batches: Batches, columns: Mapping[str, str]) -> Found:
    """The pages of files whose contents are in the batches, beside their paths."""
    for path, content in map(dict.values, _cells(batches)):
        name = _local(path or "")
        found = (
            [Unreadable(name, "its content is null; read it again")] if content is None else read_bytes(content, name, columns)
        )
        for result in found:
            yield name, result


def of_table(batches: Batches, columns: Mapping[str, str], id_column: str, path_column: str) -> Found:
    """The page of each row, as of a row of a table that is read."""
    known: Columns | None = None
    for row in _cells(batches):
        known = known or Columns(row, columns)
        path = _text(row.get(path_column))
        source = Source(path, "", path, Stream(()), Budget())
        result = make_page(source, 0, row, known)
        name = _text(row.get(id_column))
        yield path, result._replace(path=name) if isinstance(result, Unreadable) else replace(result, id=name)


def _cells(batches: Batches) -> Iterator[dict[str, Any]]:
    """Row by row, as Arrow gives them, which is how Parquet is read: pandas would make other numbers of some."""
    for batch in batches:
        for i in range(batch.num_rows):
            yield {name: batch.column(at)[i].as_py() for at, name in enumerate(batch.schema.names)}


def _marked(table: pa.Table, kept: pc.Expression | None) -> pa.Table:
    """The table with the column `KEPT`. What is null is not kept."""
    numbers = pa.array(range(len(table)), pa.int32())
    if kept is None:
        return table.append_column(KEPT, pa.array([True] * len(table)))
    found = table.append_column(KEPT, numbers).filter(kept)[KEPT]
    return table.append_column(KEPT, pc.is_in(numbers, value_set=found.combine_chunks()))


def _replaced(table: pa.Table, name: str, values: Sequence[str | None]) -> pa.Table:
    """The table with these texts in a column, null where there is none."""
    said = [value.encode("utf-8", "replace").decode() if value else None for value in values]
    return table.set_column(table.schema.get_field_index(name), name, pa.array(said, pa.string()))


def _local(path: str) -> str:
    """A path of this machine as everybody but Hadoop writes it."""
    return re.sub(r"^file:/+", "/", path)


def _text(value: object) -> str:
    return "" if value is None else str(value)
