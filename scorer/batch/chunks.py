"""Inputs -> chunks: what one process scores at a time, and what is done again, at most, after an interruption."""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

from scorer.read import STANDARD_INPUT, Budget, Input, Unreadable, find_inputs, read_input
from scorer.table import Result, in_batches

# A chunk ends where it is large enough, and at every 256th name or so: by the name, so that a file that comes or goes
# moves the borders of its own chunk and no others.
_MOST_INPUTS, _MOST_BYTES, _BORDER = 512, 8 * 1024 * 1024, 255
# Files above this are read here and scored in parts on all cores; those below are read by the process that scores them.
LARGE = 8 * 1024 * 1024


class Stamp(NamedTuple):
    """An input as it was found: unchanged if all of this is (size and time are -1 where they cannot be had)."""

    path: str
    size: int
    mtime_ns: int
    problem: str = ""


class Chunk(NamedTuple):
    """Some inputs, or the part of a large one that `results` holds; `n_bytes` is how much of the disk that is.

    `key` names it, whatever becomes of its content. `ends`: how many inputs end in it; all of a large one's parts but the
    last end none.
    """

    key: str
    inputs: tuple[tuple[Stamp, Input], ...]
    n_bytes: int
    results: tuple[Result, ...] | None = None
    ends: int = 1

    @property
    def stamps(self) -> list[Stamp]:
        """Those of its inputs."""
        return [stamp for stamp, _ in self.inputs]


class Paths(NamedTuple):
    """What is scored, and what of it is not: the outputs of this program, should they lie in a folder that is read."""

    given: tuple[str, ...]
    outputs: tuple[Path, ...]

    def find(self) -> Iterator[tuple[int, Stamp, Input]]:
        """Yield each input with its stamp, and the number of the path it came from."""
        for number, path in enumerate(self.given):
            ours = self._below(path)
            for found in find_inputs([path]):
                if isinstance(found, Unreadable):
                    yield number, Stamp(found.path, -1, -1, found.reason), Input(found.path, named=True)
                elif not (ours and (found.path in ours or found.path.startswith(tuple(f"{one}/" for one in ours)))):
                    yield number, _stamp(found.path), found

    def _below(self, path: str) -> set[str]:
        """The outputs below `path`, as the paths under which they would be found."""
        root = Path(path).resolve() if path != STANDARD_INPUT else None
        return {str(Path(path, out.relative_to(root))) for out in self.outputs if root and root != out and root in out.parents}


def find_chunks(paths: Paths, columns: Mapping[str, str]) -> Iterator[Chunk]:
    """Yield the chunks of a run, in the order of its rows. Large inputs are read as their parts are asked for."""
    begun: list[tuple[Stamp, Input]] = []
    first, size = 0, 0
    for number, stamp, found in paths.find():
        is_large = found.path == STANDARD_INPUT or stamp.size > LARGE
        if begun and (is_large or number != first):
            yield _chunk(first, begun, size)
            begun, size = [], 0
        if is_large:
            yield from _parts(number, stamp, found, columns)
            continue
        first = number
        begun.append((stamp, found))
        size += max(stamp.size, 0)
        if len(begun) >= _MOST_INPUTS or size >= _MOST_BYTES or _ends_chunk(stamp.path):
            yield _chunk(first, begun, size)
            begun, size = [], 0
    if begun:
        yield _chunk(first, begun, size)


def _ends_chunk(path: str) -> bool:
    return zlib.crc32(path.encode("utf-8", "surrogateescape")) & _BORDER == 0


def _chunk(number: int, inputs: list[tuple[Stamp, Input]], n_bytes: int) -> Chunk:
    return Chunk(_key(number, inputs[0][0].path), tuple(inputs), n_bytes, None, len(inputs))


def _parts(number: int, stamp: Stamp, found: Input, columns: Mapping[str, str]) -> Iterator[Chunk]:
    budget = Budget()
    n_told = 0
    parts = in_batches(read_input(found, columns, budget))
    part = next(parts, [])
    for at in count():
        following = next(parts, None)
        n_read = min(budget.n_read, max(stamp.size, 0)) if following else max(stamp.size, 0)
        yield Chunk(_key(number, found.path, at), ((stamp, found),), n_read - n_told, tuple(part), int(following is None))
        if following is None:
            return
        part, n_told = following, n_read


def _stamp(path: str) -> Stamp:
    if path == STANDARD_INPUT:
        return Stamp(path, -1, time.time_ns())  # never the same twice
    try:
        status = os.stat(path)  # noqa: PTH116 - to make a Path takes longer than to look, and there are millions
    except (OSError, ValueError):
        return Stamp(path, -1, -1)
    return Stamp(path, status.st_size, status.st_mtime_ns)


def _key(number: int, path: str, part: int = -1) -> str:
    return hashlib.sha256(f"{number}\0{part}\0{path}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def sizes(paths: Paths) -> tuple[int, int]:
    """How many inputs there are, and their bytes."""
    n_inputs = n_bytes = 0
    for _, stamp, _ in paths.find():
        n_inputs += 1
        n_bytes += max(stamp.size, 0)
    return n_inputs, n_bytes
