"""What the stream of a page's mark-up leaves for those who read its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple


@dataclass(slots=True)
class Marks:
    """What was met on the way through the mark-up. `ranges` are (kind, start, end) in the text, `times` the values of
    <time> and its like with their place in the text and what they are named for:
    "published", "changed" or None.
    """

    meta: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)
    ranges: list[tuple[str, int, int]] = field(default_factory=list)
    times: list[tuple[str, int, str | None]] = field(default_factory=list)


class Head(NamedTuple):
    """What of the text belongs to the head: the headline's text, the range of its block (start -1: none), where the
    first paragraph begins, and where the last one ends.
    """

    headline: str
    start: int
    end: int
    body: int
    foot: int


_TAG = re.compile(r"<[^<>]{1,200}>")


def clean(value: object) -> str:
    """A value as text: entities resolved (twice: some are escaped twice), mark-up and doubled spaces taken out."""
    if not isinstance(value, str):
        return ""
    value = unescape(unescape(value)) if "&" in value else value
    return " ".join(_TAG.sub(" ", value).split()) if "<" in value else " ".join(value.split())


def first_range(marks: Marks, text: str, kind: str) -> str:
    """The text of the first range of a kind, but for one too short or too long to be what it says."""
    return next((text[start:end] for name, start, end in marks.ranges if name == kind and 3 < end - start < 300), "")
