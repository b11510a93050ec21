"""Parquet -> pages, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from scorer.read import source as bounds
from scorer.read.packed import on_disk
from scorer.read.rows import Columns, make_page
from scorer.read.source import Damage, Source, TooLargeError, Unreadable
from scorer.types import Page

# Rows decoded at once: at a usual page of 5 kB a few hundred kilobytes.
_BATCH = 64
# What a row costs the budget beside its text, so that a table of a billion empty rows ends too.
_ROW = 64


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:  # noqa: ARG001 - all readers are called alike
    """One page for each row. A table without a column for the text is one `Unreadable` that lists its columns.

    Parquet is read from its end: what comes from a pipe or an archive is copied to a temporary file first.
    """
    import pyarrow

    file, problem = on_disk(source)
    if file is None:
        yield Unreadable(source.id, problem)
        return
    number = 0
    try:
        with file:
            for page in _rows(source, file):
                number += 1
                yield page
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, KeyError, MemoryError) as error:
        first = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        place = f"after row {number}" if number else "from its start"
        yield Unreadable(source.id, f"Parquet that cannot be read {place}: {first}; write the file again")
    except TooLargeError as error:
        source.stream.damage = Damage(str(error))


def _rows(source: Source, file: IO[bytes]) -> Iterator[Page | Unreadable]:
    from pyarrow import parquet

    with parquet.ParquetFile(file, pre_buffer=False, buffer_size=bounds.CHUNK) as plain:
        columns = Columns(plain.schema_arrow.names, source.columns)
    if columns.problem:
        yield Unreadable(source.id, columns.problem)
        return
    wanted = columns.wanted()
    file.seek(0)
    # A repeated text stays one text (read_dictionary), so that a batch takes no more memory than what is in the file.
    with parquet.ParquetFile(file, pre_buffer=False, buffer_size=bounds.CHUNK, read_dictionary=wanted) as table:
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
            names = batch.schema.names
            for i in range(batch.num_rows):
                number += 1
                row = {name: batch.column(at)[i].as_py() for at, name in enumerate(names)}
                page = make_page(source, number, row, columns)
                source.budget.spend(_ROW + (len(page.content) if isinstance(page, Page) else 0))
                yield page
