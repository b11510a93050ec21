"""CSV, TSV and their kin -> pages, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from scorer.read import source as bounds
from scorer.read.columns import Columns, delimiter_of
from scorer.read.encodings import utf8_stream
from scorer.read.rows import make_page
from scorer.read.source import CHUNK, Source, Stream, Unreadable, lines
from scorer.types import Page

# A header without known columns that is no header: the table trafilatura writes has none. Its columns, in its order.
_TRAFILATURA = ("url", "id", "fingerprint", "hostname", "title", "image", "date", "text", "comments", "license", "pagetype")
_LINK = re.compile(r"https?://\S+$")


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:  # noqa: ARG001 - all readers are called alike
    """One page for each row after the header. A row that cannot be read is `Unreadable`, the rest go on.

    The number of a page is that of its row, the header not counted. A table without a column for the text, or without
    one that was asked for, is one `Unreadable` that lists its columns.
    """
    # The module's own limit is 128 KiB a field, less than a long page. It can only be set for the process.
    csv.field_size_limit(bounds.LARGEST_FILE)
    stream = utf8_stream(source.stream)
    head = stream.head(CHUNK)
    text = _Lines(stream, b"\r" if b"\r" in head and b"\n" not in head else b"\n")
    delimiter = delimiter_of(_decoded(head.lstrip().splitlines()[0]) if head.strip() else "")
    # Strict: a quotation mark that is not doubled is an error of its row, not the loss of what follows it.
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    header: list[str] | None = None
    columns = Columns((), {})
    number = 0
    while True:
        begun = text.begin_row()
        reason = ""
        row: list[str] = []
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            reason = _reason(error)
        if text.is_too_long:
            reason = f"a line of more than {bounds.LARGEST_FILE >> 20} MiB; split it into pages"
        if header is None and not reason:
            if not any(row):
                continue
            header, has_header = _header(row)
            columns = Columns(header, source.columns)
            if columns.problem:
                yield Unreadable(source.id, columns.problem)
                return
            if has_header:
                continue
        if not reason and not any(row):
            continue
        number += 1
        if header is not None and any(row[len(header) :]):
            reason = f"{len(row)} fields where the header has {len(header)}; quote fields that hold the delimiter"
        if reason:
            yield Unreadable(f"{source.id}#{number}", f"from line {begun}: {reason}")
            text.go_back()
        else:
            yield make_page(source, number, dict(zip(header or (), row, strict=False)), columns)
    source.stream.damage = source.stream.damage or stream.damage


class _Lines:
    """The lines of a stream as the csv module wants them, text with their ends; those of a bad row can be read again."""

    def __init__(self, stream: Stream, separator: bytes) -> None:
        self._lines = lines(stream, bounds.LARGEST_FILE, separator)
        # Lines to be read again, and the lines of this row: as text, since a list of short lines takes ten times more.
        self._again, self._again_from = _text(""), 0
        self._row, self._n_lines, self._first = _text(""), 0, 0
        self._number = 0
        self._n_read = self._n_again = 0
        self.is_too_long = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.readline()
        if not line:
            _, data = next(self._lines)
            self.is_too_long = self.is_too_long or data is None
            line = "\n" if data is None else _decoded(data) + "\n"
            self._n_read += len(line)
            self._row.write(line)
        self._first = self._first or len(line)
        self._n_lines += 1
        return line

    def begin_row(self) -> int:
        """Forget the lines of the row before; return the number of the line that comes next."""
        self._number += self._n_lines
        self._again_from, self._row = self._again.tell(), _text("")
        self._n_lines = self._first = 0
        self.is_too_long = False
        return self._number + 1

    def go_back(self) -> None:
        """After a bad row of many lines go back to its second: a missing quotation mark has joined good rows to it.

        No more is read again than was read once, so that the time stays linear.
        """
        size = self._again.tell() - self._again_from + self._row.tell() - self._first
        if self._n_again + size > self._n_read:
            return
        self._n_again += size
        self._number -= max(0, self._n_lines - 1)
        self._again.seek(self._again_from)
        if self._row.tell():
            # The row has come to the end of what was read again, and beyond it.
            self._again = _text(self._again.read() + self._row.getvalue())
        self._again.seek(self._again.tell() + self._first)


def _text(content: str) -> io.StringIO:
    return io.StringIO(content, newline="\n")


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _header(row: list[str]) -> tuple[list[str], bool]:
    """The names of the columns, and whether the first row holds them."""
    if len(row) == len(_TRAFILATURA) and _LINK.match(row[0]):
        return list(_TRAFILATURA), False
    return [name.strip() for name in row], True


def _reason(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a field of more than {bounds.LARGEST_FILE >> 20} MiB; a quotation mark may be missing"
    return f"not CSV: {error}; quote fields that hold quotation marks or line ends"
