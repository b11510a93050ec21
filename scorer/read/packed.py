"""gzip, Zstandard, zip -> what is in them, one member at a time, within the budget."""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Protocol

from scorer.read import source as bounds
from scorer.read.kinds import COMPRESSIONS, SUFFIXES, suffix_of
from scorer.read.source import CHUNK, Budget, Damage, Source, Stream, Unreadable


class Engine(Protocol):
    """What takes one gzip member or one Zstandard frame apart (the interface of `bz2.BZ2Decompressor`)."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more data."""

    @property
    def unused_data(self) -> bytes:
        """What was given after the end of the member."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take data, give at most `max_length` bytes. Each library has its own exception for damaged data."""


class Inflater:
    """zlib under that interface; `wbits` says which wrapping: 31 gzip, 15 zlib, -15 none."""

    def __init__(self, wbits: int = 31) -> None:
        """Begin a member."""
        self._engine = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        return self._engine.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more data."""
        return not self._engine.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What was given after the end of the member."""
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take data, give at most `max_length` bytes. Raises zlib.error."""
        return self._engine.decompress(self._engine.unconsumed_tail or data, max_length)


def new_zstd() -> Engine:
    """A decompressor of one Zstandard frame."""
    from backports import zstd

    # Frames that need more than 128 MiB of window are refused, as the zstd program does without --long=31.
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 27})


_FORMATS: dict[str, tuple[str, bytes, Callable[[], Engine]]] = {
    "gzip": ("gzip", b"\x1f\x8b\x08", Inflater),
    "zstd": ("Zstandard", b"\x28\xb5\x2f\xfd", new_zstd),
}


def unpack(source: Source, kind: str) -> Iterator[Source | Unreadable]:
    """The sources inside a compressed file or an archive."""
    if source.n_layers >= bounds.MOST_LAYERS:
        reason = f"archives in archives, more than {bounds.MOST_LAYERS} layers; unpack it and pass what is in it"
        yield Unreadable(source.id, reason)
    elif kind == "zip":
        yield from _members(source)
    else:
        name = source.name[: -len(suffix)] if (suffix := suffix_of(source.name)) in COMPRESSIONS else source.name
        stream = Stream(opened(source.stream, source.budget, kind))
        yield replace(source, name=name, stream=stream, n_layers=source.n_layers + 1, size=0, file=None)


def opened(stream: Stream, budget: Budget, kind: str) -> Iterator[bytes | Damage]:
    """The content of gzip or Zstandard data of any number of members, in chunks.

    A damaged member is a `Damage`; the stream goes on with the next member that can be found.
    """
    name, magic, new_engine = _FORMATS[kind]
    data = stream.read(CHUNK)
    n_members = n_damages = 0
    torn = False
    while data:
        if len(data) < len(magic):
            data += stream.read(CHUNK)
        if not data.startswith(magic):
            data, n_extra = _next_member(data, stream, magic)
            if n_extra and not torn:
                yield Damage(f"{n_extra} bytes after its end are not {name}; left out", cut=bool(data))
            n_damages += 1
            if n_damages > bounds.MOST_DAMAGES:
                return
            continue
        torn = False
        engine = new_engine()
        n_members += 1
        while not engine.eof:
            try:
                out = engine.decompress(data if engine.needs_input else b"", CHUNK)
            except Exception as error:  # each library has its own
                yield Damage(f"{name} data is damaged in part {n_members} ({str(error)[:100]}); fetch the file again")
                data, torn = data[1:] or stream.read(CHUNK), True
                break
            budget.spend(len(out))
            if out:
                yield out
            if engine.needs_input and not engine.eof:
                data = stream.read(CHUNK)
                if not data:
                    why = stream.damage.reason if stream.damage else f"{name} data is cut short; fetch the file again"
                    yield Damage(why)
                    return
        else:
            data = engine.unused_data or stream.read(CHUNK)


def _next_member(data: bytes, stream: Stream, magic: bytes) -> tuple[bytes, int]:
    """Look for the next member: the data from its start, and how many bytes other than NUL (padding) lie before it."""
    n_extra = 0
    while data:
        at = data.find(magic)
        if at >= 0:
            return data[at:], n_extra + at - data.count(0, 0, at)
        keep = len(magic) - 1
        n_extra += len(data) - data.count(0)
        more = stream.read(CHUNK)
        if not more:
            break
        n_extra -= keep - data.count(0, max(0, len(data) - keep))
        data = data[-keep:] + more
    return b"", n_extra


def on_disk(source: Source) -> tuple[IO[bytes] | None, str]:
    """A file that can be read in any order: the source's own, or a temporary copy of its stream; or None and why."""
    if source.file is not None:
        source.budget.n_read += source.size
        source.file.seek(0)
        return source.file, ""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        for chunk in source.stream.chunks():
            copy.write(chunk)
    except OSError as error:
        copy.close()
        return None, f"cannot be copied to a temporary file: {error.strerror}; unpack it and pass what is in it"
    damage, source.stream.damage = source.stream.damage, None
    if damage and damage.cut:
        copy.close()
        return None, damage.reason
    copy.seek(0)
    return copy, ""


# What zipfile and zlib raise for archives that are damaged, encrypted or of a kind they do not know.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, IndexError)


def _members(source: Source) -> Iterator[Source | Unreadable]:
    file, problem = on_disk(source)
    if file is None:
        yield Unreadable(source.id, problem)
        return
    with file:
        try:
            archive = zipfile.ZipFile(file)
            members = archive.infolist()
        except (*_ZIP_ERRORS, UnicodeDecodeError, OverflowError) as error:
            yield Unreadable(source.id, f"zip that cannot be read: {_short(error)}; make it again, or unpack it")
            return
        for member in members:
            id_ = f"{source.id}!{member.filename}"
            # A member without a name, which `is_dir` cannot stand, is not wanted either.
            if (
                not member.filename
                or member.is_dir()
                or stat.S_ISLNK(member.external_attr >> 16)
                or not is_wanted(member.filename)
            ):
                continue
            if member.flag_bits & 1:
                yield Unreadable(id_, "encrypted; unpack it and pass what is in it")
                continue
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield Unreadable(id_, "compressed in a way that is not read (only deflate is); unpack it")
                continue
            stream = Stream(_member_chunks(archive, member, source.budget))
            yield replace(source, id=id_, name=member.filename, stream=stream, n_layers=source.n_layers + 1, size=0, file=None)


def is_wanted(name: str) -> bool:
    """Whether a member of an archive is read: by its suffix, and not hidden."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in parts)
    return not hidden and suffix_of(name) in SUFFIXES


def _member_chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes | Damage]:
    try:
        with archive.open(member) as file:
            while data := file.read(CHUNK):
                budget.spend(len(data))
                yield data
    except _ZIP_ERRORS as error:
        yield Damage(f"damaged in its zip: {_short(error)}; make the zip again")


def _short(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:100]
