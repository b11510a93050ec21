"""JSON lines, arrays of objects, and objects one after the other -> pages; one object in memory at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError

from scorer.read import source as bounds
from scorer.read.columns import Columns
from scorer.read.encodings import utf8_stream
from scorer.read.rows import make_page
from scorer.read.source import CHUNK, Source, Stream, Unreadable, lines
from scorer.types import Page

# One of an array's or a file's values: its number from 1, the line it begins in, its bytes (None: over the limit).
Value = tuple[int, int, bytes | None]


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:
    """One page for each object. A line or an element that cannot be read is `Unreadable`, the rest go on.

    The number of a page is that of its line in JSON lines, else that of the object in the file.
    """
    stream = utf8_stream(source.stream)
    head = stream.head(CHUNK).lstrip()
    if head.startswith(b"[") and not (kind == "jsonl" and _is_lines(head)):
        values = _values(stream, bounds.LARGEST_FILE)
    elif kind == "jsonl" or _is_lines(head):
        values = ((n, n, line) for n, line in lines(stream, bounds.LARGEST_FILE) if line is None or line.strip())
    else:
        values = _values(stream, bounds.LARGEST_FILE)
    shape: list[str] = []
    columns = Columns((), {})
    for number, line, data in values:
        row = _parsed(data)
        if isinstance(row, str):
            yield Unreadable(f"{source.id}#{number}", f"line {line}: {row}")
            continue
        names = list(row)
        if names != shape:
            shape, columns = names, Columns(names, source.columns)
        yield make_page(source, number, row, columns)
    source.stream.damage = source.stream.damage or stream.damage


def _is_lines(head: bytes) -> bool:
    """Whether the first line is a value by itself; an object printed over many lines opens and goes on."""
    first, _, rest = head.partition(b"\n")
    return bool(rest.strip()) and first.rstrip().endswith((b"}", b"},", b"]"))


def _parsed(data: bytes | None) -> dict[str, object] | str:
    """The object, or what is wrong."""
    if data is None:
        return f"larger than {bounds.LARGEST_FILE >> 20} MiB; split it into pages"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    try:
        row = json.loads(text.strip().rstrip(","))
    except JSONDecodeError as error:
        return f"not JSON: {error.msg.lower()} at character {error.pos + 1}; write it again, one object a line"
    except (ValueError, RecursionError):
        return "not JSON that can be read: numbers or nesting without bounds; write it again, one object a line"
    return row if isinstance(row, dict) else f"an object is expected here, not {_KINDS.get(type(row), 'this')}"


_KINDS = {list: "an array", str: "a string", int: "a number", float: "a number", bool: "true or false", type(None): "null"}
_OUTSIDE = re.compile(rb'["{}\[\],]')
_INSIDE = re.compile(rb'["\\\n]')


def _values(stream: Stream, limit: int) -> Iterator[Value]:
    """Split an array, or objects that follow each other, into its values without parsing them.

    Time linear in the stream, memory for one value. A line feed cannot stand in a string of JSON: where one does, a
    quotation mark is missing, and the value ends there, so that a broken value does not take the rest with it.
    """
    blank = _skip_white_space(stream)
    # Inside an array a comma ends a value; outside, the bracket that closes it.
    floor = int(stream.head(1) == b"[")
    stream.skip(floor)
    depth, number, line = floor, 0, 1 + blank
    inside = escaped = broken = False
    held = bytearray()
    for chunk in stream.chunks():
        start, at = 0, int(escaped)
        escaped = False
        while found := (_INSIDE if inside else _OUTSIDE).search(chunk, at):
            at = found.end()
            mark = found.group()
            torn = inside and mark == b"\n"
            if mark == b"\\":
                at += 1
                escaped = at > len(chunk)
            elif mark == b'"' or torn:
                inside = not inside
            elif mark in b"{[":
                depth += 1
            elif mark in b"]}":
                depth = max(floor, depth - 1)
            if not (torn or (mark == b"," and depth == floor == 1) or (mark in b"]}" and depth == floor == 0)):
                continue
            depth = floor
            if len(held) <= limit:
                held += chunk[start:at]
            start = at
            data, begun = _taken(held, limit), line
            line += held.count(b"\n")
            held.clear()
            if data is None or _is_value(data, after_broken=broken):
                number += 1
                yield number, begun + _blank_lines(data), data
                broken = torn
        if len(held) <= limit:
            held += chunk[start:]
    if stream.damage and stream.damage.cut:
        return
    data = _taken(held, limit)
    if data is None or (data.strip(b" \t\r\n,]}") and _is_value(data, after_broken=broken)):
        yield number + 1, line + _blank_lines(data), data.rstrip().removesuffix(b"]") if data and floor else data


def _skip_white_space(stream: Stream) -> int:
    """Pass over white space; return how many lines it holds."""
    n_lines = 0
    while head := stream.head(CHUNK):
        rest = head.lstrip()
        blank = head[: len(head) - len(rest)]
        n_lines += blank.count(b"\n")
        stream.skip(len(blank))
        if rest:
            break
    return n_lines


def _taken(held: bytearray, limit: int) -> bytes | None:
    return bytes(held) if len(held) <= limit else None


def _blank_lines(data: bytes | None) -> int:
    return data[: len(data) - len(data.lstrip())].count(b"\n") if data else 0


def _is_value(data: bytes, *, after_broken: bool) -> bool:
    """Whether this is a value to be told of; what is left of a broken one was told of already."""
    stripped = data.strip(b" \t\r\n,")
    return bool(stripped) and (not after_broken or stripped.startswith(b"{"))
