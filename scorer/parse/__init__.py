"""Page -> Article: find the parts of a page, every part a span of its text."""

from __future__ import annotations

import re

from scorer.parse.attributions import find_attributions
from scorer.parse.plain import plain_blocks
from scorer.parse.quotes import find_quotes
from scorer.parse.zones import Block, inline_dateline, label_blocks
from scorer.text import Emission, fold, match, sentence_ends, words
from scorer.types import Article, Page, Span

__all__ = ["parse"]


def parse(page: Page) -> Article:
    """Parse a page into zones.

    Takes a `Page` of media "text"; returns an `Article` whose `text` is the page's content, character for character.
    A page without a headline or without a body has none in `zones`; an empty page has no zones. Never raises for what
    a text can contain. Raises ValueError for a medium it does not know.
    """
    if page.media != "text":
        raise ValueError(f"{page.id}: media {page.media!r} cannot be parsed yet; pass its text with media='text'")
    blocks, wrapped = plain_blocks(page.content)
    return build(page, page.content, blocks, wrapped=wrapped)


def build(page: Page, text: str, blocks: list[Block], *, wrapped: bool) -> Article:
    """Make the Article from a page's text and its blocks; `wrapped`: a line feed inside a block is white space."""
    folded = fold(text)
    zone_hits, hits = match(folded.replace(b"\n", b" ") if wrapped else folded)
    zones, links = label_blocks(text, folded, blocks, zone_hits)
    body = [zone for zone in zones if zone.label == "body"]
    quotes = find_quotes(text, body)
    sentences = _sentences(text, body)
    outer = _outermost(quotes)
    scoped = _by_scope(text, zones, outer, hits)
    attributions = find_attributions(text, sentences, quotes, scoped)
    zones += inline_dateline(text, body)
    zones += quotes
    zones += [Span(*_hull(a), "attribution") for a in attributions]
    zones.sort(key=_reading_order)
    by_zone: dict[str, list[Span]] = {}
    for zone in zones:
        by_zone.setdefault(zone.label, []).append(zone)
    headline = by_zone.get("headline")
    body_words = words(b" ".join([folded[zone.start : zone.end] for zone in body]))
    voice_words = words(_without(folded, body, outer)) if outer else body_words
    return Article(
        id=page.id,
        text=text,
        zones=tuple(zones),
        attributions=tuple(attributions),
        sentences=sentences,
        links=links,
        hits=scoped,
        body_words=body_words,
        voice_words=voice_words,
        headline_words=words(folded[headline[0].start : headline[0].end]) if headline else [],
        n_words=len(body_words),
        n_quoted_words=max(0, len(body_words) - len(voice_words)),
        by_zone={label: tuple(spans) for label, spans in by_zone.items()},
        notes=page.notes,
        url=page.url,
        path=page.path,
    )


def _reading_order(zone: Span) -> tuple[int, int]:
    return zone.start, -zone.end


def _hull(attribution: object) -> tuple[int, int]:
    spans = [span for span in attribution[:3] if span]  # type: ignore[index]
    return min(s.start for s in spans), max(s.end for s in spans)


def _without(folded: bytes, body: list[Span], outer: list[Span]) -> bytes:
    """The body's text outside its quotations."""
    pieces = []
    quotes = iter(outer)
    quote = next(quotes, None)
    for zone in body:
        at = zone.start
        while quote and quote.start < zone.end:
            pieces.append(folded[at : quote.start])
            at = quote.end
            quote = next(quotes, None)
        pieces.append(folded[at : zone.end])
    return b" ".join(pieces)


def _outermost(quotes: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for quote in quotes:
        if not kept or quote.start >= kept[-1].end:
            kept.append(quote)
    return kept


def _sentences(text: str, body: list[Span]) -> list[Span]:
    sentences = []
    for zone in body:
        start = zone.start
        for end in sentence_ends(text, zone.start, zone.end):
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                sentences.append(Span(start, end, "sentence"))
            start = end
    return sentences


# Some hundred spans an article are made here; Span(...) would take twice the time.
_new = tuple.__new__

_SCOPE = {"headline": "headline", "standfirst": "standfirst", "body": "voice", "link_block": "link_block"}

# One class at the start and one in the repetition, so that the engine skips over letters quickly.
_MARK = re.compile(r"[!?…0-9][!?…0-9.,:]*")
# Slower, so only for a text that has three full stops in a row.
_MARK_OR_STOPS = re.compile(r"[!?…0-9][!?…0-9.,:]*|\.{3,}")
_MARK_KIND = {"!": "mark_exclamation", "?": "mark_question", "…": "mark_ellipsis", ".": "mark_ellipsis"}


def _by_scope(
    text: str, zones: list[Span], outer: list[Span], hits: list[tuple[int, Emission]]
) -> dict[tuple[str, str], list[Span]]:
    """Sort the hits of all word lists, and the marks, by name and by the scope they stand in."""
    ends, scopes = _scopes(zones, outer)
    found: dict[tuple[str, str], list[Span]] = {}
    at = 0
    for start, emission in hits:
        while start >= ends[at]:
            at += 1
        scope = scopes[at]
        for name, first, last in emission:
            spans = found.get((name, scope))
            if spans is None:
                spans = found[name, scope] = []
            spans.append(_new(Span, (start + first, start + last, name)))
    at = 0
    for mark in (_MARK_OR_STOPS if "..." in text else _MARK).finditer(text):
        start, end = mark.span()
        while start >= ends[at]:
            at += 1
        kind = "mark_exclamation" if "!" in mark.group() else _MARK_KIND.get(text[start], "mark_figure")
        if kind == "mark_figure":
            end = start + len(mark.group().rstrip("?….,:"))
        found.setdefault((kind, scopes[at]), []).append(Span(start, end, kind))
    return found


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
