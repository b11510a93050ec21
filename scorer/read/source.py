"""What all readers share: a stream that is read forwards, the bounds on it, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, NamedTuple

#: Bytes read at a time: large enough that calls cost nothing beside the work, small enough to be nothing in memory.
CHUNK = 64 * 1024

#: The largest page, row or record, in bytes. No news page is larger; one that is, is a dump or a mistake.
LARGEST_FILE = 256 * 1024 * 1024

#: How much compressed files may open to: `FREE_OUTPUT` bytes whatever their size, beyond that `MOST_EXPANSION` times
#: the bytes read from the disk. Text compresses 3 to 10 times, pages of one site 20 to 40 times, a bomb 1,000 and more.
FREE_OUTPUT = LARGEST_FILE
MOST_EXPANSION = 100

#: Layers of compression and archives in each other. A crawl that somebody zipped has three: zip, gzip, WARC.
MOST_LAYERS = 4

#: Lines said of one file; the rest are counted. It bounds the memory of a run over a file that is all errors.
MOST_COMPLAINTS = 100

#: Damaged places in compressed data that are stepped over before the rest is given up.
MOST_DAMAGES = 1000


class Unreadable(NamedTuple):
    """An input that gave no page: its path (with "#n" the record, "!name" the member), and the reason in one line."""

    path: str
    reason: str


class Damage(NamedTuple):
    """A place where a stream cannot be read on. `cut`: data is missing there; else there is only something extra."""

    reason: str
    cut: bool = True


class TooLargeError(Exception):
    """Compressed data opens to more than its `Budget` allows."""


@dataclass
class Budget:
    """The bound on decompression, shared by all layers of one input: bytes read from the disk, bytes they opened to."""

    n_read: int = 0
    n_opened: int = 0

    def spend(self, n_bytes: int) -> None:
        """Count bytes that came out of a decompressor. Raises TooLargeError beyond the bound."""
        self.n_opened += n_bytes
        if self.n_opened > FREE_OUTPUT + MOST_EXPANSION * self.n_read:
            raise TooLargeError(
                f"opens to more than {FREE_OUTPUT >> 20} MiB and {MOST_EXPANSION} times its size, like a decompression"
                " bomb; if you trust it, unpack it and pass what is in it"
            )


class Stream:
    """Bytes read forwards, with a look ahead. Made of chunks; a `Damage` among them ends it until `resume`.

    Memory: one chunk, and what `head` or `unread` were asked to hold.
    """

    def __init__(self, chunks: Iterable[bytes | Damage]) -> None:
        """Make a stream of `chunks`, which may be of any size."""
        self._chunks = iter(chunks)
        self._held = b""
        self._at = 0
        self.damage: Damage | None = None

    def _fill(self) -> bool:
        """Take the next chunk when none is held; False at the end or at a damage."""
        if self._at < len(self._held):
            return True
        if self.damage:
            return False
        try:
            for chunk in self._chunks:
                if isinstance(chunk, Damage):
                    self.damage = chunk
                    return False
                if chunk:
                    self._held, self._at = chunk, 0
                    return True
        except TooLargeError as error:
            self.damage, self._chunks = Damage(str(error)), iter(())
        return False

    def head(self, n_bytes: int) -> bytes:
        """The next `n_bytes`, fewer at the end, without taking them."""
        held = self.read(n_bytes)
        self.unread(held)
        return held

    def read(self, n_bytes: int | None = None) -> bytes:
        """Take `n_bytes` (None: all), fewer only at the end or at a damage."""
        pieces, missing = [], n_bytes
        while (missing is None or missing > 0) and self._fill():
            piece = self._held[self._at :] if missing is None else self._held[self._at : self._at + missing]
            self._at += len(piece)
            pieces.append(piece)
            if missing is not None:
                missing -= len(piece)
        return b"".join(pieces)

    def readline(self, limit: int) -> bytes:
        """Take bytes up to and with the next line feed, at most `limit`."""
        pieces, missing = [], limit
        while missing > 0 and self._fill():
            end = self._held.find(b"\n", self._at, self._at + missing) + 1
            piece = self._held[self._at : end or self._at + missing]
            self._at += len(piece)
            missing -= len(piece)
            pieces.append(piece)
            if end:
                break
        return b"".join(pieces)

    def skip(self, n_bytes: int) -> int:
        """Pass over `n_bytes` and return how many there were."""
        missing = n_bytes
        while missing > 0 and self._fill():
            step = min(missing, len(self._held) - self._at)
            self._at += step
            missing -= step
        return n_bytes - missing

    def unread(self, data: bytes) -> None:
        """Put bytes back before what comes next."""
        if data:
            self._held, self._at = data + self._held[self._at :], 0

    def chunks(self) -> Iterator[bytes]:
        """All that is left, chunk by chunk."""
        while self._fill():
            data, self._held = self._held[self._at :] if self._at else self._held, b""
            self._at = 0
            yield data

    def resume(self) -> bool:
        """Go on after a damage, if there is one and anything follows it."""
        if not self.damage:
            return False
        before, self.damage = self.damage, None
        if self._fill():
            return True
        self.damage = self.damage or before
        return False


@dataclass
class Source:
    """Something to read pages from. `id` begins the ids of its pages; `name` is the file's name, told by the layers
    already taken off ("a.warc" in "a.warc.gz"); `path` the file on the disk; `size` its bytes if known.
    """

    id: str
    name: str
    path: str
    stream: Stream
    budget: Budget
    columns: Mapping[str, str] = field(default_factory=dict)
    n_layers: int = 0
    size: int = 0
    file: IO[bytes] | None = None


def file_chunks(file: IO[bytes], budget: Budget) -> Iterator[bytes | Damage]:
    """The bytes of an open file, counted; an error of the disk is a `Damage`."""
    # read1 returns what a pipe has, so that a page typed or streamed is not held back for a full chunk.
    read = getattr(file, "read1", file.read)
    try:
        while data := read(CHUNK):
            budget.n_read += len(data)
            yield data
    except OSError as error:
        yield Damage(f"cannot be read on: {error.strerror or error}")


def lines(stream: Stream, limit: int, separator: bytes = b"\n") -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers from 1, without line ends; None for a line of more than `limit` bytes.

    Takes time linear in the stream and memory for one line. What a damage has cut off is no line.
    """
    number, size = 0, 0
    pieces: list[bytes] = []
    for chunk in stream.chunks():
        first, *others = chunk.split(separator)
        size += len(first)
        pieces.append(first)
        if size > limit:
            pieces.clear()
        for piece in others:
            number += 1
            yield number, b"".join(pieces) if size <= limit else None
            pieces, size = [piece], len(piece)
    if size and not (stream.damage and stream.damage.cut):
        yield number + 1, b"".join(pieces) if size <= limit else None
