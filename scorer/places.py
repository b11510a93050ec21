"""Spans of an article's text -> where the same words stand in the page as it was scraped."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from html.entities import html5
from itertools import accumulate
from typing import NamedTuple

from scorer.text import NO_WIDTH
from scorer.types import Article, Page, Span

#: Half-open range of `Page.content`.
Place = tuple[int, int]

# A text is compared without white space and what has no width: a parser makes these anew, and nothing else.
_RUN = re.compile(rf"[^\s{NO_WIDTH}]+")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
# Only after "=" does a quotation mark begin a value; elsewhere it is a slip of the pen.
_ATTRIBUTES = re.compile(r"(?:[^>=]+|=\s*+(?:\"[^\"]*\"|'[^']*')|=)*+>")
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
# In which order lines are found: those of more characters than the first number, within the second, counted from the line
# before. Near ones first: a headline that is not found may stand again among the links. And a short line, such as "Share",
# may stand anywhere, and is looked for between its neighbours. What a page hides is seldom longer than the last number.
_PASSES = ((24, 2_000), (24, 20_000), (0, 20_000))


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

    Returns for each span a half-open range of characters of `page.content`, without white space at its ends, tags within it
    included; None for one of white space alone. None, too, for one whose line is not there as it was read, such as one with
    a hidden word in it; of a line that is hidden and stands again in sight, the first is found.
    """
    content, text = page.content, article.text
    if content == text:
        return [_without_blanks(text, start, end) for start, end, _ in spans]
    if page.media == "html":
        source = _Squeezed(_characters(content))
        lines = list(_lines(text))
        starts = [start for start, _ in lines]
        found = _line_up([line for _, line in lines], source.text)
    else:  # of a text all is there, in its order
        source, starts, found = _Squeezed(_runs(content, 0, len(content))), [0], [0]
    runs = _Squeezed(_runs(text, 0, len(text))).runs
    run_starts = [run.start for run in runs]
    places: list[Place | None] = []
    for start, end, _ in spans:
        first, last = _at(runs, run_starts, start), _at(runs, run_starts, end)
        at_first, at_last = bisect_right(starts, first) - 1, bisect_left(starts, last) - 1
        if first >= last or found[at_first] < 0 or found[at_last] < 0:
            places.append(None)
        else:
            places.append(source.place(found[at_first] + first - starts[at_first], found[at_last] + last - starts[at_last]))
    return places


def _without_blanks(text: str, start: int, end: int) -> Place | None:
    """The range without white space at its ends."""
    words = text[start:end]
    bare = words.lstrip()
    start += len(words) - len(bare)
    return (start, start + len(bare.rstrip())) if bare else None


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
    for least, reach in _PASSES:
        # Where the next line that is found already begins.
        nexts = list(accumulate(reversed(found), lambda later, own: own if own >= 0 else later, initial=len(source)))[::-1]
        at, limit = 0, reach
        for i, line in enumerate(lines):
            limit += len(line)
            if found[i] < 0 and len(line) > least:
                found[i] = source.find(line, at, min(limit, nexts[i + 1]))
            if found[i] >= 0:
                at = found[i] + len(line)
                limit = at + reach
    return found


def _runs(content: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for run in _RUN.finditer(content, start, end):
        yield run[0], *run.span()


def _characters(content: str) -> Iterator[tuple[str, int, int]]:
    """What is shown of a page of HTML, without white space."""
    runs_or_references = _runs_or_references()
    for start, end in _shown(content):
        for run in runs_or_references.finditer(content, start, end):
            characters = run[0]
            if characters[0] == "&":
                characters = "".join(_RUN.findall(unescape(characters)))
            if characters:
                yield characters, *run.span()


@cache
def _runs_or_references() -> re.Pattern[str]:
    # Some names of characters are known without their semicolon, and end where the name does: "&copy2024".
    bare = "|".join(sorted((name for name in html5 if name[-1] != ";"), key=len, reverse=True))
    return re.compile(
        rf"&(?:#\d{{1,4000}};?|#[xX][0-9a-fA-F]{{1,4000}};?|[A-Za-z][A-Za-z0-9]{{1,31}};|{bare})|&|[^\s&{NO_WIDTH}]+"
    )


def _shown(content: str) -> Iterator[Place]:
    """The ranges of a page of HTML between its tags, but for those of scripts and the like: linear in its length."""
    unread = _ends_of_unread()
    with_values = True  # until a tag's quoted values do not end: all that follows would be looked through again for each
    at = 0
    while (tag := content.find("<", at)) >= 0:
        yield at, tag
        name = _TAG.match(content, tag)
        if content.startswith("<!--", tag):
            comment = _COMMENT.match(content, tag)
            if not comment:
                return
            at = comment.end()
        elif not name and content[tag + 1 : tag + 2] not in ("!", "?", "/"):
            yield tag, tag + 1
            at = tag + 1
        else:
            attributes = _ATTRIBUTES.match(content, name.end()) if name and with_values else None
            with_values = with_values and not (name and not attributes)
            at = attributes.end() if attributes else content.find(">", tag) + 1
            if not at:
                return
            is_opening = name is not None and content[tag + 1] != "/" and content[at - 2] != "/"
            end = unread.get(name[1].lower()) if name and is_opening else None
            if end:
                closing = end.search(content, at)
                if not closing:
                    return
                at = closing.start()
    yield at, len(content)


@cache
def _ends_of_unread() -> dict[str, re.Pattern[str]]:
    """The elements whose text is not the page's, and what ends each."""
    from scorer.parse.html_stream import SKIPPED  # only here: a text needs no HTML parser

    return {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in (*SKIPPED, "title")}
