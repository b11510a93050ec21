"""A user's own table of labelled articles -> texts, labels, sources; what is wrong with it is one line."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from pyarrow import parquet

from scorer.datasets import page_text
from scorer.read import LARGEST_FILE, decode
from scorer.read.kinds import is_markup, is_whole_page

COLUMNS = ("text", "label", "source")
Cells = Mapping[str, object]

_LONE_RETURN = re.compile(rb"\r(?!\n)")


class OwnTableError(ValueError):
    """A table that cannot be learned from; the message names the file, the row and the mend, in one line."""


class OwnTable(NamedTuple):
    """Pages (title, blank line, text), a label (0-1) and a source each, and notes on how the file was decoded."""

    texts: list[str]
    labels: list[float]
    sources: list[str]
    notes: Sequence[str]


def is_table(path: Path) -> bool:
    """Whether a path is that of a table by its name."""
    return path.name.lower().endswith(tuple(_READERS))


def read_own_table(path: Path, positive: str | None = None) -> OwnTable:
    """Read a table (.csv, .tsv, .jsonl, .jsonl.gz, .parquet) with the columns text, label, source and, optionally, title.

    A label is a number in 0-1 or, where `positive` names a class, one of two class names, compared without case: 1 for
    that class, 0 for the other. Raises OwnTableError for whatever is wrong with the table, OSError if it cannot be opened.
    """
    reader = next((read for suffix, read in _READERS.items() if path.name.lower().endswith(suffix)), None)
    if reader is None:
        raise OwnTableError(f"{path}: not a table that is read; save it as one of {', '.join(_READERS)}")
    notes: list[str] = []
    texts, sources, said, marked = [], [], [], []
    for place, cells in reader(path, notes):
        where = f"{path}: {place}"
        missing = [name for name in COLUMNS if name not in cells]
        if missing:
            raise OwnTableError(f"{where}: no column {missing[0]!r}; a table needs {', '.join(COLUMNS)}; title may be there")
        text, label, source = (_cell(cells[name]) for name in COLUMNS)
        for name, value in (("text", text), ("source", source), ("label", label)):
            if not value:
                raise OwnTableError(f"{where}: the {name} is empty; fill it in or leave the row out")
        if is_whole_page(text):
            raise OwnTableError(f"{where}: the text is a page of HTML; give the article's plain text")
        if is_markup(text):
            marked.append(place)
        texts.append(page_text(_cell(cells.get("title")), text))
        sources.append(source)
        said.append((where, label))
    if not texts:
        raise OwnTableError(f"{path}: no rows; give a header and a row for each article")
    if marked:
        notes.append(f"{len(marked)} texts with marks of HTML in them, the first in {marked[0]}; read as plain text")
    labels = _numbers(said) if positive is None else _classes(path, said, positive)
    check(path, labels, sources)
    return OwnTable(texts, labels, sources, notes)


def check(path: Path, labels: Iterable[float], sources: Iterable[str], without: str = "") -> None:
    """Raise OwnTableError unless there are two sources, and labels on both sides of one half; `without` says what was left
    out before."""
    if len(set(sources)) < 2:
        raise OwnTableError(f"{path}: {without}one source only; add articles of another, so that one can be judged unseen")
    if len({label > 0.5 for label in labels}) < 2:
        raise OwnTableError(f"{path}: {without}one class only (all labels on one side of one half); add articles of the other")


def _cell(value: object) -> str:
    """A cell as text; "" for nothing, which pandas and Parquet write as None or NaN."""
    return "" if value is None or value != value else str(value).strip()


def _numbers(said: Sequence[tuple[str, str]]) -> list[float]:
    labels = []
    for where, label in said:
        try:
            number = float(label)
        except ValueError:
            raise OwnTableError(
                f"{where}: the label {_short(label)} is no number in 0-1; if labels are classes, name the one that counts as 1: "
                "--positive NAME"
            ) from None
        if not isfinite(number) or not 0.0 <= number <= 1.0:
            raise OwnTableError(f"{where}: the label {_short(label)} is outside 0-1; bring all labels into 0-1")
        labels.append(number)
    return labels


def _classes(path: Path, said: Sequence[tuple[str, str]], positive: str) -> list[float]:
    wanted = positive.strip().casefold()
    found: dict[str, str] = {}
    for where, label in said:
        found.setdefault(label.casefold(), label)
        if len(found.keys() | {wanted}) > 2:
            raise OwnTableError(
                f"{where}: the label {_short(label)} is neither {_short(positive)} nor the other class; "
                "give two classes, or check how --positive is spelt"
            )
    if wanted not in found:
        names = " and ".join(map(_short, found.values()))
        raise OwnTableError(f"{path}: no label is {_short(positive)}; the labels are {names}: name one of them with --positive")
    return [float(label.casefold() == wanted) for _, label in said]


def _short(text: str) -> str:
    return ascii(text if len(text) <= 40 else text[:39] + "...")


def _decoded(path: Path, data: bytes, notes: list[str]) -> str:
    text, found = decode(data)
    if text is None:
        raise OwnTableError(f"{path}: {found[0] if found else 'cannot be decoded'}; save the table as UTF-8")
    notes.extend(found)
    return text


def _csv(path: Path, notes: list[str]) -> Iterator[tuple[str, Cells]]:
    csv.field_size_limit(LARGEST_FILE)
    data = path.read_bytes()
    if b"\n" in data and b"\0" not in data:
        # Where lines end otherwise, a return by itself is part of a field: pandas leaves it there without quotation marks.
        data = _LONE_RETURN.sub(b" ", data)
    text = _decoded(path, data, notes)
    delimiter = "\t" if path.name.lower().endswith(".tsv") else ","
    # Strict: a quotation mark that is not closed is an error, not the loss of the rows after it.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    number = 0
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = [cell.strip() for cell in row]
                continue
            number += 1
            if len(row) != len(header):
                raise OwnTableError(
                    f"{path}: row {number}: {len(row)} fields where the header has {len(header)}; "
                    "quote fields that hold the delimiter"
                )
            yield f"row {number}", dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise OwnTableError(f"{path}: row {number + 1}: cannot be read ({error}); check its quotation marks") from None


def _json_lines(path: Path, notes: list[str]) -> Iterator[tuple[str, Cells]]:
    data = path.read_bytes()
    if path.name.lower().endswith(".gz"):
        try:
            data = gzip.decompress(data)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise OwnTableError(f"{path}: not a whole gzip file ({error}); copy it again") from None
    # Not splitlines: a JSON text may hold other marks of a line's end, such as U+2028.
    for number, line in enumerate(_decoded(path, data, notes).split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise OwnTableError(f"{path}: row {number}: not JSON ({error}); write one object a line") from None
        if not isinstance(cells, dict):
            raise OwnTableError(f"{path}: row {number}: not a JSON object; write one object a line")
        yield f"row {number}", cells


def _parquet(path: Path, notes: list[str]) -> Iterator[tuple[str, Cells]]:  # noqa: ARG001 - all readers are called alike
    with path.open("rb") as file:
        try:
            rows = parquet.read_table(file).to_pylist()
        except (pa.ArrowException, ValueError, OSError) as error:
            raise OwnTableError(f"{path}: not a whole Parquet file ({str(error).splitlines()[0]:.80}); write it again") from None
    for number, cells in enumerate(rows, 1):
        yield f"row {number}", cells


_READERS: Mapping[str, Callable[[Path, list[str]], Iterator[tuple[str, Cells]]]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".jsonl": _json_lines,
    ".jsonl.gz": _json_lines,
    ".parquet": _parquet,
}
