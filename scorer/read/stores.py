"""Files of an object store or of HDFS -> pages, by their addresses (`s3://bucket/crawl/`), through Arrow's file systems.

Only for jobs on a cluster (docs/clusters.md); `score` reads no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from scorer.read import Unreadable, is_passed_over, read_stream, saved_beside
from scorer.types import Page

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://([^/]*)(/.*)?", re.DOTALL)
# What Hadoop calls the same store.
_SCHEMES = {"s3a": "s3", "s3n": "s3", "abfss": "abfs"}
# Asked for at once: each request takes some ten milliseconds, whatever its size.
_REQUEST = 8 * 1024 * 1024


class AddressError(ValueError):
    """An address that leads nowhere; the message is one line."""


def is_address(path: str) -> bool:
    """Whether a path is the address of a store, not of a file on a disk."""
    return _ADDRESS.fullmatch(path) is not None


def find_stored(address: str) -> Iterator[tuple[str, int, bool]]:
    """Yield the files that an address stands for, as a folder's are found, in order of name: address, size, whether it was named.

    Raises AddressError.
    """
    from pyarrow.fs import FileSelector, FileType

    try:
        system, path = _place(address)
        root = system.get_file_info(path)
        if root.type == FileType.File:
            yield address, root.size, True
            return
        found = system.get_file_info(FileSelector(path, recursive=True)) if root.type == FileType.Directory else []
    except OSError as error:
        raise AddressError(f"{address}: cannot be listed: {_short(error)}") from None
    if not found:
        raise AddressError(f"{address}: nothing is there")
    files = [info for info in found if info.type == FileType.File]
    saved = {f"{path}/" for path in saved_beside(info.path for info in files)}
    for info in sorted(files, key=_as_walked):
        inner = info.path[len(path) :].strip("/")
        hidden = any(map(is_passed_over, inner.split("/")))
        if not hidden and not any(folder in saved for folder in _folders(info.path)):
            yield f"{address.rstrip('/')}/{inner}", info.size, False


def read_stored(address: str, columns: Mapping[str, str], *, named: bool) -> Iterator[Page | Unreadable]:
    """Read one such file forwards, as `scorer.read.read_input` reads one on a disk; never raises for what lies there."""
    try:
        system, path = _place(address)
        # Left as it is: what is packed is told of by our own reader, which bounds it.
        with system.open_input_stream(path, compression=None, buffer_size=_REQUEST) as file:
            yield from read_stream(file, address, columns, named=named)
    except (OSError, AddressError) as error:
        yield Unreadable(address, f"cannot be read: {_short(error)}")


def _place(address: str) -> tuple[FileSystem, str]:
    scheme, authority, path = _ADDRESS.fullmatch(address).groups()  # type: ignore[union-attr]
    system, root = _system(_SCHEMES.get(scheme, scheme), authority)
    inner = (path or "").strip("/")
    return system, f"{root.rstrip('/')}/{inner}".rstrip("/") if root else inner


@cache
def _system(scheme: str, authority: str) -> tuple[FileSystem, str]:
    """The file system of a store, once for each process: it holds the connections."""
    import pyarrow as pa
    from pyarrow.fs import FileSystem

    try:
        found: tuple[FileSystem, str] = FileSystem.from_uri(f"{scheme}://{authority}/")
    except (OSError, pa.ArrowException, ValueError) as error:
        raise AddressError(f"{scheme}://{authority}/: {_short(error)}") from None
    return found


def _as_walked(info: FileInfo) -> list[tuple[bool, str]]:
    """By name, the files of a folder before the folders in it."""
    *folders, name = info.path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _folders(path: str) -> Iterator[str]:
    return (path[: at + 1] for at, char in enumerate(path) if char == "/")


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
