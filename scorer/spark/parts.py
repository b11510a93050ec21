"""Paths -> parts: the files that one task of Spark's reads and scores."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scorer.read import STANDARD_INPUT, Unreadable, find_inputs
from scorer.read.stores import find_stored, is_address

# A part is at most this many bytes, as Spark's own readers divide files, or one larger file; and at least so many, which
# take half a second, that handing it out costs nothing beside.
_MOST_BYTES, _LEAST_BYTES = 128 * 1024 * 1024, 1024 * 1024
# What a file costs beside its bytes: opened, told of, a row of its own.
_FILE = 4096


class File(NamedTuple):
    """A file, its path in bytes (Java knows no names that are not text), or what is wrong with the path."""

    path: bytes
    named: bool
    problem: str = ""


Part = list[File]


def find_parts(paths: Iterable[str], n_parts: int) -> list[Part]:
    """Divide the files below `paths` into at least `n_parts`, if they are large enough, alike in bytes, in the order in which
    `read` reads them. Paths are made absolute: an executor works in a folder of its own.

    Raises scorer.read.stores.AddressError.
    """
    found = list(_find(paths))
    most = min(_MOST_BYTES, max(_LEAST_BYTES, sum(size for size, _ in found) // n_parts))
    parts: list[Part] = []
    room = 0
    for size, file in found:
        if size > room or not parts:
            parts.append([])
            room = most
        parts[-1].append(file)
        room -= size
    return parts


def _find(paths: Iterable[str]) -> Iterator[tuple[int, File]]:
    for path in paths:
        if is_address(path):
            for address, size, named in find_stored(path):
                yield size + _FILE, File(address.encode("utf-8", "surrogateescape"), named)
        elif path == STANDARD_INPUT:
            yield _FILE, File(b"-", named=True, problem="standard input is not on the cluster; write it to a file")
        else:
            for found in find_inputs([Path(path).absolute()]):
                if isinstance(found, Unreadable):
                    yield _FILE, File(os.fsencode(found.path), named=True, problem=found.reason)
                else:
                    yield _size(found.path) + _FILE, File(os.fsencode(found.path), found.named)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0
