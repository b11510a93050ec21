from __future__ import annotations
# TEMPORARY: the old reader, so that the package imports while scorer/read/ is being written. Replace this file.
"""Anything a scraper leaves -> pages. The only file that opens an input."""



import codecs
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scorer.types import Page

STANDARD_INPUT = "-"

# No news page is larger; a file that is, is a dump or a mistake. In bytes.
LARGEST_FILE = 256 * 1024 * 1024

#: Files taken from a folder. A file named on the command line is read whatever it is called.
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ""})


class Unreadable(NamedTuple):
    """An input that gave no page: its path, and the reason in one line."""

    path: str
    reason: str


def read(paths: Iterable[str | Path]) -> Iterator[Page | Unreadable]:
    """Read files, folders (recursively, in order of name) and "-" for standard input.

    Yields one `Page` for each input that holds text, or an `Unreadable` for each that does not; never raises for what
    lies on a disk.
    """
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield _page(STANDARD_INPUT, sys.stdin.buffer.read(LARGEST_FILE + 1))
        elif Path(path).is_dir():
            yield from _read_folder(str(path))
        else:
            yield read_file(str(path))


def read_file(path: str) -> Page | Unreadable:
    """Read one file. A folder, a pipe, a device and a file that cannot be opened are `Unreadable`."""
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return Unreadable(path, "not a regular file; copy what it holds into a file, or pass it as '-'")
            if status.st_size > LARGEST_FILE:
                return Unreadable(path, f"larger than {LARGEST_FILE >> 20} MiB; split it into pages")
            return _page(path, file.read())
    except OSError as error:
        return Unreadable(path, f"cannot be read: {error.strerror}")


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe that nobody writes to would otherwise hold the run for ever.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read_folder(folder: str) -> Iterator[Page | Unreadable]:
    problems: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders.sort()
        for name in sorted(files):
            if os.path.splitext(name)[1].lower() in TEXT_SUFFIXES and not name.startswith("."):
                yield read_file(os.path.join(parent, name))
        for problem in problems:
            yield Unreadable(str(problem.filename), f"cannot be read: {problem.strerror}")
        problems.clear()


def _page(path: str, data: bytes) -> Page | Unreadable:
    if len(data) > LARGEST_FILE:
        return Unreadable(path, f"larger than {LARGEST_FILE >> 20} MiB; split it into pages")
    text, notes = decode(data)
    if text is None:
        return Unreadable(path, notes[0])
    return Page(id=path, content=text, path=path, notes=notes)


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - {0, *b"\t\n\r\f\v\x1b"})
# What UTF-8 looks like when it was decoded as Windows-1252 and encoded again: â€™ for ’, Ã© for é, Â£ for £.
_MOJIBAKE = re.compile("â€[\u0080-\uffff]|Ã[\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-¿]")


def decode(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Decode what a scraper wrote: UTF-8, UTF-16, UTF-32 or Windows-1252, with or without a byte order mark.

    Returns the text with line ends made `\\n` and NUL characters removed, and notes on what had to be guessed or mended;
    the text is None for binary data, with the reason as the only note.
    """
    notes: list[str] = []
    text = _decode_by_mark(data, notes)
    if text is None:
        if len(data.translate(None, _CONTROL)) < 0.98 * len(data):
            return None, ("binary data, not text; give the page's text or HTML",)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            text = _decode_legacy(data, error, notes)
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} NUL characters removed")
        text = text.replace("\x00", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() and ("â€" in text or "Ã" in text or "Â" in text):
        places = [match.start() for match in _MOJIBAKE.finditer(text)]
        if places:
            line = text.count("\n", 0, places[0]) + 1
            notes.append(
                f"mojibake: UTF-8 read as Windows-1252 before it came here, in {len(places)} places, first in line {line}"
            )
    return text, tuple(notes)


def _decode_by_mark(data: bytes, notes: list[str]) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            break
    else:
        # UTF-16 without a mark: in English text every other byte is NUL.
        if len(data) < 4 or b"\x00" not in data[:4096]:
            return None
        head = data[:4096]
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) < 0.4 * (len(head) // 2):
            return None
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        text = data.decode(encoding, "replace")
        notes.append(f"read as {encoding.upper()}, which it does not declare")
    if "\ufffd" in text:
        notes.append(f"{text.count(chr(0xFFFD))} characters could not be decoded as {encoding}")
    return text


def _decode_legacy(data: bytes, error: UnicodeDecodeError, notes: list[str]) -> str:
    """Text that is not valid UTF-8: UTF-8 with a few broken bytes, or else Windows-1252."""
    text = data.decode("utf-8", "replace")
    n_broken = text.count("\ufffd")
    n_good = sum(1 for char in text if char > "\x7f") - n_broken
    line = data.count(b"\n", 0, error.start) + 1
    if n_good > 2 * n_broken or error.start >= len(data) - 3:
        notes.append(f"{n_broken} bytes are not valid UTF-8, first in line {line}; shown as \ufffd")
        return text
    notes.append(f"read as Windows-1252: not valid UTF-8 in line {line}")
    return data.decode("cp1252", "replace")
