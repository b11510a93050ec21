"""A file that is one page: plain text, Markdown, HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scorer.read import source as bounds
from scorer.read.encodings import decode, decode_html
from scorer.read.source import Source, Unreadable
from scorer.types import Page


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:
    """The page of a file, or why it gives none: too large, cut short, not text."""
    stream = source.stream
    # A file on the disk tells its size before it is read; what comes out of a decompressor does not.
    data = stream.read(bounds.LARGEST_FILE + 1) if source.size <= bounds.LARGEST_FILE else b""
    damage, stream.damage = stream.damage, None
    if max(len(data), source.size) > bounds.LARGEST_FILE:
        yield Unreadable(source.id, f"larger than {bounds.LARGEST_FILE >> 20} MiB; split it into pages")
        return
    if damage and damage.cut:
        yield Unreadable(source.id, damage.reason)
        return
    text, notes = decode_html(data) if kind == "html" else decode(data)
    if text is None:
        yield Unreadable(source.id, notes[0])
        return
    page = Page(source.id, text, "html" if kind == "html" else "text", path=source.path, notes=notes)
    yield replace(page, notes=(*notes, damage.reason)) if damage else page
