"""Page -> Article: find the parts of a page, every part a span of its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from scorer.parse.attributions import find_attributions
from scorer.parse.furniture import MOST_BLOCKS, Block
from scorer.parse.links import Anchor, find_destinations
from scorer.parse.plain import plain_blocks
from scorer.parse.quotes import find_quotes
from scorer.parse.zones import inline_dateline, label_blocks
from scorer.terms import Emission, match
from scorer.text import even, fold, sentence_ends, spaced, visible, words
from scorer.types import Article, Attribution, Page, Span

__all__ = ["LONGEST_TEXT", "parse"]

#: Characters of text that are parsed at most: more than any novel has. What is longer is a dump of many pages, and its spans
#: would take fifty times its size in memory.
LONGEST_TEXT = 4 * 1024 * 1024


def parse(page: Page) -> Article:
    """Parse a page into zones.

    Takes a `Page`; returns an `Article` whose `text` is the content of a text page, character for character but for those
    of no width, and of an HTML page its text in reading order, one block a line. A page without a headline or without a
    body has none in `zones`; an empty page has no zones, nor has one too large to be parsed. Never raises for what a page can
    contain. Raises ValueError for a medium it does not know.
    """
    if page.media == "html":
        # Only here: the HTML parser is not needed for text, and its tables take time to build.
        from scorer.parse.html import html_blocks

        html = html_blocks(visible(page.content), page.url)
        hinted = [Block(block.start, block.end, block.hint) for block in html.blocks]
        article = build(replace(page, url=page.url or html.metadata.url), html.text, hinted, wrapped=False, anchors=html.links)
        return replace(article, metadata=html.metadata)
    if page.media != "text":
        raise ValueError(f"{page.id}: media {page.media!r} cannot be parsed; it is 'text' or 'html'")
    text = visible(page.content)
    blocks, wrapped = plain_blocks(text)
    return build(page, text, blocks, wrapped=wrapped)


def build(page: Page, text: str, blocks: list[Block], *, wrapped: bool, anchors: Sequence[Anchor] | None = None) -> Article:
    """Make the Article from a page's text and its blocks; `wrapped`: a line feed inside a block is white space; `anchors`
    are its links, None for plain text.
    """
    if not blocks or len(text) > LONGEST_TEXT or len(blocks) > MOST_BLOCKS:
        return Article(id=page.id, text=text, notes=page.notes, url=page.url, path=page.path)
    folded = fold(text)
    # As long as the text: what the patterns below look at.
    evened = even(text)
    zone_hits, hits = match(folded.replace(b"\n", b" ") if wrapped else folded)
    zones, items = label_blocks(evened, folded, blocks, zone_hits)
    links, destinations = find_destinations(evened, zones, items, anchors)
    body = [zone for zone in zones if zone.label == "body"]
    quotes = find_quotes(evened, body)
    outer = _outermost(quotes)
    sentences = _sentences(evened, body)
    scoped = _by_scope(evened, zones, outer, hits)
    attributions = find_attributions(evened, sentences, quotes, scoped)
    zones += inline_dateline(evened, body)
    zones += quotes
    zones += [_hull(attribution) for attribution in attributions]
    zones.sort(key=_reading_order)
    by_zone = defaultdict(list)
    for zone in zones:
        by_zone[zone.label].append(zone)
    headline = by_zone["headline"][0] if "headline" in by_zone else None
    voice, quoted = _voice_and_quoted(folded, body, outer)
    return Article(
        id=page.id,
        text=text,
        folded=folded,
        zones=tuple(zones),
        attributions=tuple(attributions),
        sentences=sentences,
        quotations=outer,
        links=links,
        destinations=destinations,
        hits=scoped,
        headline_words=words(folded[headline.start : headline.end]) if headline else [],
        voice_words=voice,
        quoted_words=quoted,
        body_spaced=spaced(b" ".join([b"", *(folded[start:end] for start, end, _ in body), b""])),
        n_words=len(voice) + len(quoted),
        n_voice_words=len(voice),
        by_zone={label: tuple(spans) for label, spans in by_zone.items()},
        notes=page.notes,
        url=page.url,
        path=page.path,
    )


def _reading_order(zone: Span) -> tuple[int, int]:
    return zone[0], -zone[1]


def _hull(attribution: Attribution) -> Span:
    """The zone of an attribution: from the first of its parts to the last."""
    source, cue, content, _ = attribution
    start, end, _ = cue
    for part in (source, content):
        if part:
            start, end = min(start, part[0]), max(end, part[1])
    return Span(start, end, "attribution")


def _voice_and_quoted(folded: bytes, body: list[Span], outer: list[Span]) -> tuple[list[bytes], list[bytes]]:
    """The body's words outside its quotations, and those inside."""
    voice, quoted = [], []
    quotes = iter(outer)
    quote = next(quotes, None)
    for at, end, _ in body:
        while quote and quote.start < end:
            voice.append(folded[at : quote.start])
            quoted.append(folded[quote.start : quote.end])
            at = quote.end
            quote = next(quotes, None)
        voice.append(folded[at:end])
    return words(b" ".join(voice)), words(b" ".join(quoted))


def _outermost(quotes: list[Span]) -> list[Span]:
    kept: list[Span] = []
    end = -1
    for quote in quotes:
        if quote[0] >= end:
            kept.append(quote)
            end = quote[1]
    return kept


def _sentences(text: str, body: list[Span]) -> list[Span]:
    """The sentences of the paragraphs, in order; none goes over a paragraph's end."""
    if not body:
        return []
    sentences = []
    stops = iter(sentence_ends(text, body[0].start, body[-1].end))
    stop = next(stops)
    for start, end, _ in body:
        while stop <= start:
            stop = next(stops)
        while start < end:
            last = min(stop, end)
            sentences.append(_new(Span, (start, last, "sentence")))
            start = last
            while start < end and text[start].isspace():
                start += 1
            if stop < end:
                stop = next(stops)
    return sentences


# Some hundred spans an article are made here; Span(...) would take twice the time.
_new = tuple.__new__

_SCOPE = {"headline": "headline", "standfirst": "standfirst", "body": "voice", "link_block": "link_block"}

# One class at the start and one in the repetition, so that the engine skips over letters quickly.
_MARK = re.compile(r"[!?…0-9][!?…0-9.,:]*")
# Stops at every full stop, so only for a text that has three in a row.
_MARK_OR_STOPS = re.compile(r"[!?…0-9.](?:(?<=\.)\.{2,}|(?<!\.)[!?…0-9.,:]*)")
_MARK_KIND = {"!": "mark_exclamation", "?": "mark_question", "…": "mark_ellipsis", ".": "mark_ellipsis"}


def _by_scope(
    text: str, zones: list[Span], outer: list[Span], hits: list[tuple[int, Emission]]
) -> dict[tuple[str, str], list[Span]]:
    """Sort the hits of all word lists, and the marks, by name and by the scope they stand in."""
    ends, scopes = _scopes(zones, outer)
    found: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    at = 0
    for start, emission in hits:
        while start >= ends[at]:
            at += 1
        scope = scopes[at]
        for name, first, last in emission:
            found[name, scope].append(_new(Span, (start + first, start + last, name)))
    at = 0
    for mark in (_MARK_OR_STOPS if "..." in text else _MARK).finditer(text):
        start, end = mark.span()
        while start >= ends[at]:
            at += 1
        run = text[start:end]
        kind = "mark_figure"
        if not run.isdecimal():
            kind = "mark_exclamation" if "!" in run else _MARK_KIND.get(run[0], kind)
            if kind == "mark_figure":
                end = start + len(run.rstrip("?….,:"))
        found[kind, scopes[at]].append(_new(Span, (start, end, kind)))
    return dict(found)


def _scopes(zones: list[Span], outer: list[Span]) -> tuple[list[int], list[str]]:
    """The ends of the stretches of text, in order, and the scope of each; the last one is endless."""
    ends: list[int] = []
    scopes: list[str] = []
    pending = iter(outer)
    quote = next(pending, None)
    for zone in zones:
        while quote and zone.label == "body" and quote.start < zone.end:
            ends += (quote.start, quote.end)
            scopes += ("voice", "quote")
            quote = next(pending, None)
        ends.append(zone.end)
        scopes.append(_SCOPE.get(zone.label, "elsewhere"))
    ends.append(1 << 62)
    scopes.append("elsewhere")
    return ends, scopes
