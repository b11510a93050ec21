"""The quoted phrases of a headline: whether the body carries them, and whether anybody says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Literal

from scorer.counting import UNMEASURED, headline_text, is_content, sentence_at, stem
from scorer.text import LAST_NON_WORD, fold, words
from scorer.types import Article, Measurement, Span

Support = Literal["attributed", "unattributed", "uncarried"]

# Double marks of any kind, or single ones. Inside single marks an apostrophe within a word and a plural's ("voters'
# anger") do not close; the bounds keep the work linear.
_QUOTED = re.compile(
    r"[“”„«\"][^“”„«»\"]{2,200}[“”»\"]"
    r"|(?<![\w'’])['‘](?=\w)(?:[^'‘’“”\"]|(?<=\w)['’](?=\w)|(?<=s)['’](?= [a-z])){2,200}(?<! )['’](?!\w)"
)
_LETTERS = re.compile(r"[^\W\d_]{2}")

# Content words of a quoted phrase that must stand in one sentence of the body for it to be carried: headlines shorten.
_SHARE = 0.6
# Occurrences of one word that are looked at: a word this frequent places nothing.
_MOST = 200
_MOST_PHRASES = 10


def quoted_phrases(article: Article) -> list[Span]:
    """Find the quoted phrases of the headline, marks included; apostrophes are no marks."""
    text = headline_text(article)
    if not ("'" in text or "‘" in text or "“" in text or '"' in text or "”" in text or "„" in text or "«" in text):
        return []
    if article.headline is None:
        return []
    offset = article.headline.start
    return [
        Span(offset + found.start(), offset + found.end(), "quoted")
        for found in _QUOTED.finditer(text)
        if _LETTERS.search(found.group())
    ]


def outside_quoted(article: Article, found: Sequence[Span]) -> Sequence[Span]:
    """Keep those of `found` that stand in the headline's own words."""
    if not found:
        return found
    quoted = quoted_phrases(article)
    return [span for span in found if not any(q.start <= span.start < q.end for q in quoted)] if quoted else found


def count_quoted(article: Article, support: Support) -> Measurement:
    """Count the quoted phrases of the headline that have this support in the body. NaN without a headline or a body."""
    if not article.headline_words or not article.n_words:
        return UNMEASURED
    phrases = quoted_phrases(article)
    if not phrases:
        return Measurement(0.0)
    found = [span for span, told in _supports(article, phrases) if told == support]
    return Measurement(float(len(found)), found)


# Three signals ask about the same article one after the other, and the answer costs as much as twenty signals: the last
# one is kept.
_last: tuple[Article | None, list[tuple[Span, Support]]] = (None, [])


def _supports(article: Article, phrases: Sequence[Span]) -> list[tuple[Span, Support]]:
    """Tell each phrase's support."""
    global _last
    known, told = _last
    if known is article:
        return told
    folded = article.folded[article.sentences[0].start : article.sentences[-1].end]
    told = []
    for phrase in phrases[:_MOST_PHRASES]:
        stems = _stems(article.text[phrase.start : phrase.end])
        needed = ceil(_SHARE * len(stems))
        n_found = {part: n for part in stems if (n := folded.count(part))}
        support: Support = "uncarried"
        if len(n_found) >= needed:
            # A sentence that lacks no more than len(stems) - needed of the stems holds one of the rarest of them.
            rarest = sorted(n_found, key=n_found.__getitem__)[: len(n_found) - needed + 1]
            support = _support(article, folded, stems, rarest, needed)
        told.append((phrase, support))
    _last = (article, told)
    return told


def _stems(phrase: str) -> list[bytes]:
    """Return the different stems of a phrase's content words; of all its words where it has no content word."""
    all_words = words(fold(phrase))
    content = [word for word in all_words if is_content(word)]
    return list(dict.fromkeys(stem(word) for word in content or all_words))


def _support(article: Article, folded: bytes, stems: Sequence[bytes], rarest: Sequence[bytes], needed: int) -> Support:
    """Look for sentences that hold at least `needed` of `stems`, and for one of them in which somebody speaks.

    `folded` is the fold of the text from the first sentence on.
    """
    support: Support = "uncarried"
    first = article.sentences[0].start
    for number in sorted({number for part in rarest for number in _sentences_with(article, folded, part)}):
        start, end, _ = article.sentences[number]
        sentence = folded[start - first : end - first]
        if sum(part in sentence for part in stems) < needed:
            continue
        held = {stem(word) for word in words(sentence)}
        if sum(part in held for part in stems) >= needed:
            if _is_attributed(article, number):
                return "attributed"
            support = "unattributed"
    return support


def _sentences_with(article: Article, folded: bytes, part: bytes) -> set[int]:
    """Return the numbers of the body's sentences in which a word begins with `part`."""
    numbers: set[int] = set()
    first = article.sentences[0].start
    at = folded.find(part)
    for _ in range(_MOST):
        if at < 0:
            break
        if at == 0 or folded[at - 1] <= LAST_NON_WORD:
            numbers.add(sentence_at(article, first + at))
        at = folded.find(part, at + len(part))
    return numbers


def _is_attributed(article: Article, number: int) -> bool:
    """Whether a source speaks in the sentence, or in the one next to it if this one is mostly quotation.

    Newspapers name the speaker once for a quotation of several sentences, before or after it.
    """
    sentences = article.sentences
    start, end, _ = sentences[number]
    quoted = sum(min(q.end, end) - max(q.start, start) for q in article.quotations if q.start < end and start < q.end)
    if quoted > 0.5 * (end - start):
        start = sentences[max(number - 1, 0)].start
        end = sentences[min(number + 1, len(sentences) - 1)].end
    for source, cue, content, _ in article.attributions:
        if source is None:
            continue
        if start <= cue.start < end or (content is not None and content.start < end and start < content.end):
            return True
    return False
