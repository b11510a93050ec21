"""The ways a signal counts: in the headline, or per 100 words of the reporter's own text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from functools import cache, lru_cache
from math import nan

from scorer.terms import lexicon, lexicon_set
from scorer.text import fold, words
from scorer.types import Article, Measurement, Span

UNMEASURED = Measurement(nan)
NOTHING_FOUND = Measurement(0.0)

# A rate over a stub says little: below this many words the rate is taken over this many, so that one word in a
# 20-word brief does not read as five in a hundred.
FEWEST_WORDS = 100


def in_headline(article: Article, name: str) -> Measurement:
    """How many terms of the list `name` the headline holds, quotations included. NaN without a headline."""
    if not article.headline_words:
        return UNMEASURED
    found = article.found(name, "headline")
    return Measurement(float(len(found)), found)


def in_voice(article: Article, name: str) -> Measurement:
    """Terms of the list `name` per 100 words of the body outside quotations. NaN without a body."""
    return per_100_words(article.found(name, "voice"), article.n_voice_words)


def in_quotations(article: Article, *names: str) -> Measurement:
    """Terms of the lists `names` inside quotations, per 100 words of the whole body. NaN without a body."""
    return per_100_words(widest([span for name in names for span in article.found(name, "quote")]), article.n_words)


def per_100_words(found: Sequence[Span], n_words: int) -> Measurement:
    """Spans per 100 words, over at least `FEWEST_WORDS` words. NaN if `n_words` is 0."""
    if not n_words:
        return UNMEASURED
    return Measurement(100.0 * len(found) / max(n_words, FEWEST_WORDS), found) if found else NOTHING_FOUND


def widest(spans: list[Span]) -> list[Span]:
    """The spans in order of start, without those that lie inside another: one phrase is one piece of evidence."""
    if len(spans) < 2:
        return spans
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[Span] = []
    end = -1
    for span in spans:
        if span[0] >= end:
            kept.append(span)
            end = span[1]
    return kept


def longest_sentence(article: Article) -> tuple[Span, ...]:
    """Find the body's longest sentence by characters, as evidence of how long they are; empty without a sentence."""
    lengths = [end - start for start, end, _ in article.sentences]
    return (article.sentences[lengths.index(max(lengths))],) if lengths else ()


def sentence_at(article: Article, at: int) -> int:
    """Find the number of the body's sentence that the character `at` stands in; the article must have one."""
    return max(bisect_left(article.sentences, (at + 1,)) - 1, 0)


def inside(spans: Sequence[Span], zones: Sequence[Span]) -> list[Span]:
    """Keep the spans that lie in one of `zones`; both in order of start."""
    kept: list[Span] = []
    at = 0
    for span in spans:
        while at < len(zones) and zones[at].end <= span.start:
            at += 1
        if at == len(zones):
            break
        if zones[at].start <= span.start and span.end <= zones[at].end:
            kept.append(span)
    return kept


def share_of_links(article: Article, found: Sequence[Span]) -> Measurement:
    """Measure the share of the link blocks' items that hold one of `found` (in order of start), the evidence.

    0 without items; NaN on a page that has neither headline nor body.
    """
    if not article.headline_words and not article.n_words:
        return UNMEASURED
    if not found or not article.links:
        return Measurement(0.0)
    held = inside(found, article.links)
    n_items, end = 0, -1
    at = 0
    for span in held:
        if span.start >= end:
            while article.links[at].end <= span.start:
                at += 1
            n_items += 1
            end = article.links[at].end
    return Measurement(n_items / len(article.links), held)


def terms_in_links(article: Article, *names: str) -> list[Span]:
    """Find the terms of the lists `names` in the link blocks, but for those of a heading.

    "READ MORE: ..." before a link says where it leads, not how it is worded.
    """
    hits = article.hits
    found: list[Span] = []
    for name in names:
        if (name, "link_block") in hits:
            found += hits[name, "link_block"]
    if not found:
        return found
    kept = widest(found)
    headings = article.found("zone_link_heading", "link_block")
    if headings:
        furniture = set(inside(kept, headings))
        if furniture:
            kept = [span for span in kept if span not in furniture]
    return kept


def agencies_in(article: Article, *zones: str) -> list[Span]:
    """Find the names of news agencies in the zones named, in reading order, an inline dateline among them."""
    found = list(article.found("agencies", "elsewhere"))
    if "dateline" in zones:
        found += article.found("agencies", "voice")
    if not found:
        return found
    places = sorted(place for zone in zones for place in article.zone(zone))
    return widest(inside(sorted(found), places))


def terms_in_headline(article: Article, *names: str) -> Sequence[Span]:
    """Find the terms of the lists `names` in the headline, the widest where they overlap.

    A page may repeat its headline (as title and as heading): only the first one is looked at.
    """
    found = [span for name in names for span in article.found(name, "headline")]
    headline = article.headline
    if not found or headline is None:
        return ()
    return widest([span for span in found if headline.start <= span.start and span.end <= headline.end])


def headline_text(article: Article) -> str:
    """Return the text of the headline, or an empty one."""
    headline = article.headline
    return article.text[headline.start : headline.end] if headline else ""


def headline_places(article: Article, wanted: Container[bytes] | None = None) -> list[Span]:
    """Find where the headline's words stand in the text, in order: all of them, or those whose fold is in `wanted`."""
    headline = article.headline
    if headline is None:
        return []
    folded = article.folded[headline.start : headline.end]
    places: list[Span] = []
    at = 0
    for word in article.headline_words:
        start = folded.find(word, at)
        at = start + len(word)
        if wanted is None or word in wanted:
            places.append(Span(headline.start + start, headline.start + at, "word"))
    return places


@cache
def function_words() -> frozenset[bytes]:
    """Return the list `stop_words` as `scorer.text.words` splits it: "isn't" is the two words "isn" and "t"."""
    parts = {part for term in lexicon("stop_words") for part in words(fold(term))}
    return frozenset(parts - {b"won"})  # of "won't"; more often the verb


_ENDINGS = (b"ing", b"ed", b"s")
_SHORTEST_STEM, _LONGEST_STEM = 3, 5


@lru_cache(maxsize=1 << 14)
def stem(word: bytes) -> bytes:
    """Cut a folded word to its first letters without a common ending: always a beginning of the word itself."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    bare = word.rstrip(b"eiy")
    if len(bare) < _SHORTEST_STEM:
        bare = word
    if _SHORTEST_STEM < len(bare) <= _LONGEST_STEM and bare[-1] == bare[-2]:
        return bare[:-1]
    return bare[:_LONGEST_STEM]


def is_content(word: bytes) -> bool:
    """Whether a folded word carries content: no function word, no number, no single letter."""
    return len(word) > 1 and word not in function_words() and not word.isdigit()


# What ends a clause of a headline; a full stop only after a word too long for an abbreviation.
_CLAUSE_BREAK = re.compile(r"[:;!?|…]\s|(?<=[^\W\d_]{4})\.\s|\s[-–]\s|—")
_SUBCLAUSE = re.compile(r",\s|\s(?=or\s)")
_QUESTION = re.compile(r"[?!]*\?[?!]*")
_LEADS = frozenset(b"and but so or now well just then yes no".split())
_PREPOSITIONS = frozenset(b"at by for from in of on to with".split())


def headline_questions(article: Article, openers: str) -> list[Span]:
    """Find the questions of the headline, up to their mark, that begin with a term of the list `openers`.

    The question begins at its clause, or at the part of its clause that the first opener of any kind begins
    ("With rates rising, is it time to sell?").
    """
    text = headline_text(article)
    if "?" not in text or article.headline is None:
        return []
    found: list[Span] = []
    start = 0
    for mark in _QUESTION.finditer(text):
        breaks = [found_break.end() for found_break in _CLAUSE_BREAK.finditer(text, start, mark.start())]
        start = breaks[-1] if breaks else start
        begin, kind = _question_start(text, start, mark.start())
        if kind == openers:
            offset = article.headline.start
            found.append(Span(offset + begin, offset + mark.end(), "question"))
        start = mark.end()
    return found


def _question_start(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where the question in the clause `text[start:end]` begins, and the list its opener is in, or ''."""
    parts = [start, *(found.end() for found in _SUBCLAUSE.finditer(text, start, end))]
    openings = [(part, _opener(text[part : min(end, part + 60)])) for part in parts]
    openings = [(part, kind) for part, kind in openings if kind]
    if not openings:
        return start, ""
    begin, kind = openings[0]
    if len(openings) > 1 and text[begin : begin + 5].lower() == "when ":
        begin, kind = openings[1]  # "When it rains, should we worry?"
    while not text[begin].isalnum():
        begin += 1
    return begin, kind


def _opener(clause: str) -> str:
    """Return the list of `open_openers` and `polar_openers` that the first word of a clause is in, or ''."""
    said = words(fold(clause))
    while said and said[0] in _LEADS:
        said = said[1:]
    if not said:
        return ""
    firsts = {said[0], b" ".join(said[:2])}
    if not firsts.isdisjoint(lexicon_set("polar_openers")):
        return "polar_openers"
    if said[0] in _PREPOSITIONS:
        firsts.update(said[1:2])
    return "open_openers" if not firsts.isdisjoint(lexicon_set("open_openers")) else ""
