"""Parquet -> pages, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from scorer.read.columns import Columns
from scorer.read.packed import on_disk
from scorer.read.rows import make_page
from scorer.read.source import CHUNK, Damage, Source, TooLargeError, Unreadable
from scorer.types import Page

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

# Rows decoded at once: at a usual page of 5 kB a few hundred kilobytes.
_BATCH = 64
# What a row costs the budget beside its text, so that a table of a billion empty rows ends too.
_ROW = 64


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:  # noqa: ARG001 - all readers are called alike
    """One page for each row. A table without a column for the text is one `Unreadable` that lists its columns.

    A row group that is damaged is one `Unreadable`, the rest go on. Parquet is read from its end: what comes from a
    pipe or an archive is copied to a temporary file first.
    """
    file, problem = on_disk(source)
    if file is None:
        yield Unreadable(source.id, problem)
        return
    with file:
        try:
            yield from _groups(source, file)
        except TooLargeError as error:
            source.stream.damage = Damage(str(error))
        except _errors() as error:
            yield Unreadable(source.id, f"Parquet that cannot be read: {_short(error)}; write the file again")


def _groups(source: Source, file: IO[bytes]) -> Iterator[Page | Unreadable]:
    from pyarrow import parquet

    with parquet.ParquetFile(file, pre_buffer=False, buffer_size=CHUNK) as plain:
        columns = Columns(plain.schema_arrow.names, source.columns)
        wanted = columns.wanted()
        leaves = [plain.schema.column(i) for i in range(len(plain.schema))]
    if columns.problem:
        yield Unreadable(source.id, columns.problem)
        return
    # A repeated text stays one text, so that a batch takes no more memory than what is in the file; not inside lists.
    texts = [leaf.path for leaf in leaves if leaf.path in wanted and leaf.physical_type == "BYTE_ARRAY"]
    file.seek(0)
    with parquet.ParquetFile(file, pre_buffer=False, buffer_size=CHUNK, read_dictionary=texts) as table:
        number = 0
        for at in range(table.num_row_groups):
            # Nothing is asked of single columns: for a damaged one pyarrow ends the process (26.0, found by fuzzing).
            begun, group = number, table.metadata.row_group(at)
            source.budget.spend(max(0, group.total_byte_size))
            try:
                for row in _rows(table, at, wanted):
                    number += 1
                    page = make_page(source, number, row, columns)
                    source.budget.spend(_ROW + (len(page.content) if isinstance(page, Page) else 0))
                    yield page
            except _errors() as error:
                place = f"row group {at + 1}, after row {number}"
                yield Unreadable(source.id, f"{place}: Parquet that cannot be read: {_short(error)}; write the file again")
            number = begun + group.num_rows


def _rows(table: ParquetFile, group: int, names: list[str]) -> Iterator[dict[str, object]]:
    for batch in table.iter_batches(batch_size=_BATCH, row_groups=[group], columns=names, use_threads=False):
        for i in range(batch.num_rows):
            yield {name: batch.column(at)[i].as_py() for at, name in enumerate(batch.schema.names)}


def _errors() -> tuple[type[Exception], ...]:
    """What pyarrow raises for a file that is damaged."""
    import pyarrow as pa

    # RuntimeError is any error of the C++ library that has no exception of its own.
    return pa.ArrowException, OSError, RuntimeError, ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
