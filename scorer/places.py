"""Spans of an article's text -> where the same words stand in the page as it was scraped."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from scorer.text import NO_WIDTH
from scorer.types import Article, Page, Span

#: Half-open range of `Page.content`.
Place = tuple[int, int]

# A text is compared without white space and what has no width: a parser makes these anew, and nothing else.
_RUN = re.compile(rf"[^\s{NO_WIDTH}]+")
_RUN_OR_REFERENCE = re.compile(rf"&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?|&|[^\s&{NO_WIDTH}]+")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
# Only after "=" does a quotation mark begin a value; elsewhere it is a slip of the pen.
_ATTRIBUTES = re.compile(r"(?:[^>=]+|=\s*+(?:\"[^\"]*\"|'[^']*')|=)*+>")
# Lines of more characters than this are found first: a shorter one, such as "Share", may stand anywhere.
_LONG = 24
# Characters within which a line is looked for after the one before it: what a page hides is seldom longer, and what is not
# found costs no more.
_REACH = 100_000


class _Run(NamedTuple):
    """Characters without white space between them: where they begin in the squeezed text, and where they stand."""

    at: int
    start: int
    end: int
    is_reference: bool


class _Squeezed:
    """A text without white space, and where each of its characters stood."""

    def __init__(self, pieces: Iterable[tuple[str, int, int]]) -> None:
        """`pieces`: characters and where they stand, in order."""
        found = list(pieces)
        self.text = "".join([characters for characters, _, _ in found])
        ats = accumulate((len(characters) for characters, _, _ in found), initial=0)
        self.runs = [_Run(at, s, e, len(c) != e - s) for at, (c, s, e) in zip(ats, found, strict=False)]
        self.ats = [run.at for run in self.runs]

    def place(self, start: int, end: int) -> Place:
        """Where the characters from `start` up to `end` stood; at least one."""
        first, last = (self.runs[bisect_right(self.ats, at) - 1] for at in (start, end - 1))
        return (
            first.start if first.is_reference else first.start + start - first.at,
            last.end if last.is_reference else last.start + end - last.at,
        )


def find_places(page: Page, article: Article, spans: Iterable[Span]) -> list[Place | None]:
    """Find where spans of `article.text` stand in `page.content`, whose article it is.

    Returns for each span a half-open range of characters of `page.content`, tags within it included; None for one that is
    empty, or whose line is not there as it was read, such as one with a hidden word in it.
    """
    content, text = page.content, article.text
    if content == text:
        return [(start, end) if end > start else None for start, end, _ in spans]
    is_html = page.media == "html"
    source = _Squeezed(_characters(content) if is_html else _runs(content, 0, len(content)))
    # Of a text, all is there in its order.
    lines = list(_lines(text)) if is_html else [(0, "".join(_RUN.findall(text)))]
    starts = [start for start, _ in lines]
    found = _line_up([line for _, line in lines], source.text)
    squeezed = _Squeezed(_runs(text, 0, len(text)))
    places: list[Place | None] = []
    run_starts = [run.start for run in squeezed.runs]
    for start, end, _ in spans:
        first, last = _at(squeezed.runs, run_starts, start), _at(squeezed.runs, run_starts, end)
        at_first, at_last = bisect_right(starts, first) - 1, bisect_left(starts, last) - 1
        if first >= last or found[at_first] < 0 or found[at_last] < 0:
            places.append(None)
        else:
            places.append(source.place(found[at_first] + first - starts[at_first], found[at_last] + last - starts[at_last]))
    return places


def _at(runs: Sequence[_Run], starts: Sequence[int], offset: int) -> int:
    """How many characters that are no white space stand before an offset."""
    i = bisect_right(starts, offset) - 1
    return runs[i].at + min(offset, runs[i].end) - runs[i].start if i >= 0 else 0


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines without white space, and how many of their characters stand before each."""
    at = 0
    for line in text.split("\n"):
        squeezed = "".join(_RUN.findall(line))
        yield at, squeezed
        at += len(squeezed)


def _line_up(lines: Sequence[str], source: str) -> list[int]:
    """Where each line begins in the source, in whose order they are; -1 for one that is not there."""
    found = [-1] * len(lines)
    at, limit = 0, _REACH
    for i, line in enumerate(lines):
        limit += len(line)
        if len(line) > _LONG or len(lines) == 1:
            found[i] = source.find(line, at, limit)
            if found[i] >= 0:
                at = found[i] + len(line)
                limit = at + _REACH
    at = 0
    nexts = list(accumulate(reversed(found), lambda later, own: own if own >= 0 else later, initial=len(source)))[::-1]
    for i, line in enumerate(lines):
        if found[i] < 0 and line and len(line) <= _LONG:
            found[i] = source.find(line, at, min(nexts[i + 1], at + _REACH))
        if found[i] >= 0:
            at = found[i] + len(line)
    return found


def _runs(content: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for run in _RUN.finditer(content, start, end):
        yield run[0], *run.span()


def _characters(content: str) -> Iterator[tuple[str, int, int]]:
    """What is shown of a page of HTML, without white space."""
    for start, end in _shown(content):
        for run in _RUN_OR_REFERENCE.finditer(content, start, end):
            characters = run[0]
            if characters[0] == "&":
                characters = "".join(_RUN.findall(unescape(characters)))
            if characters:
                yield characters, *run.span()


def _shown(content: str) -> Iterator[Place]:
    """The ranges of a page of HTML between its tags, but for those of scripts and the like: linear in its length."""
    ends = _ends_of_unread()
    quoted = True  # until a tag is found that does not end: looked for once
    at = 0
    while (tag := content.find("<", at)) >= 0:
        yield at, tag
        named = _TAG.match(content, tag)
        if not named and content[tag + 1 : tag + 2] not in ("!", "?", "/"):
            yield tag, tag + 1
            at = tag + 1
            continue
        if content.startswith("<!--", tag):
            end = content.find("-->", tag + 4)
            at = end + 3
        else:
            attributes = _ATTRIBUTES.match(content, named.end()) if named and quoted else None
            quoted = quoted and not (named and not attributes)
            end = attributes.end() - 1 if attributes else content.find(">", tag)
            at = end + 1
        if end < 0:
            return
        if named and content[tag + 1] != "/" != content[end - 1] and named[1].lower() in ends:
            closing = ends[named[1].lower()].search(content, at)
            if not closing:
                return
            at = closing.start()
    yield at, len(content)


@cache
def _ends_of_unread() -> dict[str, re.Pattern[str]]:
    """The elements whose text is not the page's, and what ends each."""
    from scorer.parse.html_stream import SKIPPED  # only here: a text needs no HTML parser

    return {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in (*SKIPPED, "title")}
