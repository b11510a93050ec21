"""The work folder of a run: one file of rows for each chunk that is done, and nothing that is half done.

A shard is an Arrow file that appears under its name only when it is complete. It says which inputs its rows are of, so
that a later run takes the rows of those that have not changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from scorer.batch.chunks import Stamp
from scorer.table import COLUMNS, SCHEMA

_FORMAT = 1  # of the shards, and of how inputs are put into chunks
_META = b"scorer"


class BusyError(Exception):
    """Another process works in this folder."""


class Told(NamedTuple):
    """What a shard says of itself: its inputs with the number of rows of each, and what became of them."""

    inputs: list[tuple[Stamp, int]]
    n_rows: int
    n_failed: int
    n_abstained: int

    @property
    def stamps(self) -> list[Stamp]:
        """Those of its inputs."""
        return [stamp for stamp, _ in self.inputs]


def identity(**what: object) -> str:
    """Name all that a row depends on beside its input, so that shards of unlike runs never lie in one folder."""
    text = json.dumps({"format": _FORMAT, "columns": COLUMNS, **what}, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def encode(table: pa.Table, inputs: Sequence[tuple[Stamp, int]]) -> bytes:
    """The content of a shard."""
    n_failed = len(table) - table["failed"].null_count
    n_abstained = len(table) - table["abstained"].null_count
    told = json.dumps({"inputs": inputs, "counts": (len(table), n_failed, n_abstained)})
    sink = pa.BufferOutputStream()
    schema = SCHEMA.with_metadata({_META: told.encode()})
    # A fifth larger than with zstd, and several times as fast both ways: a shard is read once and thrown away.
    with pa.ipc.new_file(sink, schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table.replace_schema_metadata(schema.metadata))
    return bytes(sink.getvalue())


class Shards:
    """The shards of one run in their folder."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which exists."""
        self._folder = folder

    def path(self, key: str) -> Path:
        """Where the shard of a chunk lies, or would."""
        return self._folder / f"{key}.arrow"

    def write(self, key: str, content: bytes) -> Told:
        """Put a shard in its place, at once or not at all; say what it holds. Raises OSError."""
        new = self._folder / f"{key}.new"
        try:
            new.write_bytes(content)
            new.replace(self.path(key))
        finally:
            new.unlink(missing_ok=True)
        return _told(pa.ipc.open_file(content))

    def told(self, key: str) -> Told | None:
        """What the shard of a chunk says of itself; None if there is none that can be read."""
        try:
            with pa.OSFile(str(self.path(key))) as file:
                return _told(pa.ipc.open_file(file))
        except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
            return None

    def rows(self, key: str) -> pa.Table:
        """The rows of a shard."""
        with pa.OSFile(str(self.path(key))) as file:
            return pa.ipc.open_file(file).read_all().replace_schema_metadata(None)


def kept_rows(path: Path) -> dict[Stamp, pa.Table]:
    """The rows of an older shard, by the input they are of."""
    shards = Shards(path.parent)
    told = shards.told(path.stem)
    if told is None:
        return {}
    rows, at = {}, 0
    table = shards.rows(path.stem)
    for stamp, n_rows in told.inputs:
        rows[stamp] = table.slice(at, n_rows)
        at += n_rows
    return rows


def _told(reader: pa.RecordBatchFileReader) -> Told:
    said = json.loads(reader.schema.metadata[_META])
    return Told([(Stamp(*stamp), n_rows) for stamp, n_rows in said["inputs"]], *said["counts"])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder against other runs. The system lets go of it when this process ends, however it ends.

    Raises BusyError.
    """
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows has no such lock
        yield
        return
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BusyError(f"{folder}: another run is writing this output; wait for it, or choose another --output") from None
        yield
