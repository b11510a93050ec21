"""HTML -> text, one block a line, with what the mark-up says of every block.

A linear model (`html_weights.json`, made by `scorer.train_pages`) adds up what speaks for a block's being the article's
text, and the cheapest sequence of article and furniture is taken. Rules then find the lists of links that belong to the
article, and headline, standfirst, byline and dateline above it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scorer.parse.furniture import MOST_BLOCKS
from scorer.parse.html_facts import Facts, find_facts
from scorer.parse.html_links import LinkFinder, find_links
from scorer.parse.html_stream import MOST_CONTAINERS, RawBlock, Stream, join_lines, read_stream
from scorer.parse.links import Anchor
from scorer.parse.marks import Head
from scorer.parse.metadata import read_metadata
from scorer.types import Metadata

__all__ = ["HtmlBlock", "HtmlPage", "html_blocks", "read_facts"]


class HtmlBlock(NamedTuple):
    """A line of `HtmlPage.text` and the zone the mark-up suggests; `kind` is the tag class it stands in."""

    start: int
    end: int
    hint: str
    kind: str


class HtmlPage(NamedTuple):
    """A page of HTML, read. Blocks are in order and do not overlap; every offset is one of `text`."""

    text: str
    blocks: tuple[HtmlBlock, ...]
    links: tuple[Anchor, ...]
    metadata: Metadata


@cache
def _weights() -> tuple[float, dict[str, float]]:
    """The intercept and the weights of the model of the body (see `scorer/train_pages.py`)."""
    data = json.loads(Path(__file__).with_name("html_weights.json").read_text(encoding="utf-8"))
    return float(data["intercept"]), {str(name): float(weight) for name, weight in data["weights"].items()}


# A block with few links gets the benefit of the doubt; a change between article and furniture costs; and a long block
# speaks louder for itself than a short one. Chosen on the development half; the benefit trades precision for paragraphs kept.
_BENEFIT, _CHANGE, _FULL_WORDS = 1.2, 0.5, 12


def _find_body(facts: Sequence[Facts], blocks: Sequence[RawBlock]) -> list[bool]:
    """Which blocks are the article's text: the cheapest sequence, by each block's log-odds and the cost of a change."""
    intercept, weights = _weights()
    get = weights.get
    inside, outside = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    for fact, block in zip(facts, blocks, strict=True):
        odds = intercept + sum([get(name, 0.0) * value for name, value in fact.items()])
        odds = min(9.0, max(-9.0, odds)) + (_BENEFIT if fact["density"] < 0.5 else 0.0)
        odds *= min(3.0, max(0.5, (block.text.count(" ") + 1) / _FULL_WORDS))
        stay_out, stay_in = outside >= inside - _CHANGE, inside >= outside - _CHANGE
        came_from.append((not stay_out, stay_in))
        outside, inside = (
            (outside if stay_out else inside - _CHANGE) - odds / 2,
            (inside if stay_in else outside - _CHANGE) + odds / 2,
        )
    state = inside > outside
    body = [False] * len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        body[i] = state
        state = came_from[i][state]
    return body


def html_blocks(content: str, url: str = "") -> HtmlPage:
    """Read a page of HTML.

    `url` is where the page came from, if known: it makes the links' targets absolute and tells own hosts from others.
    Never raises for what a page can contain; a page without text has none, and no blocks; nor has one that is too large.
    """
    reader = read_stream(content)
    blocks = join_lines(reader.blocks)
    if not blocks:
        return HtmlPage("", (), (), read_metadata(reader.marks, "", Head("", -1, -1, 0, 0), url))
    text = "\n".join([block.text for block in blocks])
    if len(blocks) > MOST_BLOCKS or len(reader.parents) > MOST_CONTAINERS:
        return HtmlPage(text, (), (), Metadata())
    facts, layout = find_facts(reader, blocks)
    body = _find_body(facts, blocks)
    links = LinkFinder(reader, blocks, facts, layout, body)
    links.find()
    hints = ["link_block" if links.found[i] else "body" if is_body else "boilerplate" for i, is_body in enumerate(body)]
    _label_head(reader, blocks, facts, layout.top, links.first, hints)
    top = blocks[layout.top] if layout.top >= 0 else None
    start = blocks[links.first].start if links.first < len(blocks) else 0
    foot = blocks[links.last].end if links.last >= 0 else 0
    head = Head(top.text, top.start, top.end, max(start, top.end), foot) if top else Head("", -1, -1, start, foot)
    metadata = read_metadata(reader.marks, text, head, url, content)
    return HtmlPage(
        text,
        tuple([HtmlBlock(b.start, b.end, hint, b.kind) for b, hint in zip(blocks, hints, strict=True)]),
        tuple(find_links(reader, layout, url or metadata.url)),
        metadata,
    )


_DATE_LINE = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?\d|\b(?:19|20)\d\d\b|\d:\d\d|\bago\b)",
    re.IGNORECASE,
)
_BY_LINE = re.compile(r"(?:by|written by|posted by|words by|story by) [^\W\d_]", re.IGNORECASE)


def _label_head(
    reader: Stream, blocks: Sequence[RawBlock], facts: Sequence[Facts], top: int, first: int, hints: list[str]
) -> None:
    """Label headline, standfirst, byline and dateline: the lines from a little above the headline to the first "
    "paragraph."""
    if top < 0:
        return
    hints[top] = "headline"
    bylines = [(start, end) for kind, start, end in reader.marks.ranges if kind in ("author", "byline", "item author")]
    dates = [at for _, at, _ in reader.marks.times]
    dates += [start for kind, start, _ in reader.marks.ranges if kind == "item datePublished"]
    for i in range(max(0, top - 4), min(len(blocks), max(first, top) + 4, top + 60)):
        block, fact = blocks[i], facts[i]
        size = block.end - block.start
        if i == top or hints[i] == "link_block" or (hints[i] == "body" and i > first):
            continue
        if hints[i] == "boilerplate" and size < 120:
            named = _BY_LINE.match(block.text) or any(start < block.end and end > block.start for start, end in bylines)
            dated = _DATE_LINE.search(block.text) is not None
            if named and ("in byline" in fact or _BY_LINE.match(block.text)) and len(block.text) > 3:
                hints[i] = "dateline" if dated and not _BY_LINE.match(block.text) and block.text[:1].isdigit() else "byline"
            elif dated and (size < 60 or any(block.start <= at <= block.end for at in dates)):
                hints[i] = "dateline"
        # A bold first paragraph stands among the others; a standfirst above them.
        among = hints[i] == "body" and "best" in fact
        could_be_deck = top < i <= first and hints[i] in ("boilerplate", "body") and not among and size >= 25
        if could_be_deck and fact["density"] < 0.3:
            said_to_be = "near deck" in fact and "near itembody" not in fact
            if said_to_be or (i < first and ("near deck" in fact or "summary" in fact)):
                hints[i] = "standfirst"


def read_facts(content: str) -> tuple[list[Facts], list[str]]:
    """The facts of every block and its text: what `scorer.train_pages` learns from."""
    reader = read_stream(content)
    blocks = join_lines(reader.blocks)
    facts, _ = find_facts(reader, blocks)
    return facts, [block.text for block in blocks]
