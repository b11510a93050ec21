"""The quoted phrases of a headline: does the body carry them, and does anybody say them?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from scorer.counting import UNMEASURED, headline_text, is_content, outer_quotations, sentence_at, stem
from scorer.text import fold, words
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


def quoted_phrases(article: Article) -> list[Span]:
    """The quoted phrases of the headline, marks included; apostrophes are no marks."""
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
    """Those of `found` that stand in the headline's own words."""
    if not found:
        return found
    quoted = quoted_phrases(article)
    return [span for span in found if not any(q.start <= span.start < q.end for q in quoted)] if quoted else found


def count_quoted(article: Article, support: Support) -> Measurement:
    """How many quoted phrases of the headline have this support in the body. NaN without a headline or a body."""
    if not article.headline_words or not article.n_words:
        return UNMEASURED
    phrases = quoted_phrases(article)
    if not phrases:
        return Measurement(0.0)
    found = [span for span, told in _supports(article, phrases) if told == support]
    return Measurement(float(len(found)), found)


def _supports(article: Article, phrases: Sequence[Span]) -> list[tuple[Span, Support]]:
    """Each phrase with its support. The body is folded only if its words can carry one of them."""
    said = b" " + b" ".join(article.body_words)
    folded = b""
    told: list[tuple[Span, Support]] = []
    for phrase in phrases:
        stems = _stems(article.text[phrase.start : phrase.end])
        needed = -int(-_SHARE * len(stems) // 1)
        if sum(b" " + part in said for part in stems) < needed:
            told.append((phrase, "uncarried"))
            continue
        folded = folded or fold(article.text[: article.sentences[-1].end])
        told.append((phrase, _support(article, folded, stems, needed)))
    return told


def _stems(phrase: str) -> list[bytes]:
    """The different stems of a phrase's content words; of all its words where it has no content word."""
    all_words = words(fold(phrase))
    content = [word for word in all_words if is_content(word)]
    return list(dict.fromkeys(stem(word) for word in content or all_words))


def _support(article: Article, folded: bytes, stems: Sequence[bytes], needed: int) -> Support:
    """Find the sentences that hold at least `needed` of `stems`, and whether somebody speaks in one of them."""
    n_held: dict[int, int] = {}
    for part in stems:
        for number in _sentences_with(article, folded, part):
            n_held[number] = n_held.get(number, 0) + 1
    carrying = [number for number, n in n_held.items() if n >= needed]
    if not carrying:
        return "uncarried"
    return "attributed" if any(_is_attributed(article, number) for number in carrying) else "unattributed"


def _sentences_with(article: Article, folded: bytes, part: bytes) -> set[int]:
    """The numbers of the body's sentences in which a word with the stem `part` stands."""
    numbers: set[int] = set()
    at = folded.find(part, article.sentences[0].start)
    for _ in range(_MOST):
        if at < 0:
            break
        end = at + len(part)
        if at == 0 or folded[at - 1] < 0x30:
            number = sentence_at(article, at)
            if at < article.sentences[number].end and stem(words(folded[at : end + 20])[0]) == part:
                numbers.add(number)
        at = folded.find(part, end)
    return numbers


def _is_attributed(article: Article, number: int) -> bool:
    """Whether a source speaks in the sentence, or in the one next to it if this one is mostly quotation.

    Newspapers name the speaker once for a quotation of several sentences, before or after it.
    """
    sentences = article.sentences
    start, end, _ = sentences[number]
    quoted = sum(
        min(q.end, end) - max(q.start, start) for q in outer_quotations(article) if q.start < end and start < q.end
    )
    if quoted > 0.5 * (end - start):
        start = sentences[max(number - 1, 0)].start
        end = sentences[min(number + 1, len(sentences) - 1)].end
    for source, cue, content, _ in article.attributions:
        if source is None:
            continue
        if start <= cue.start < end or (content is not None and content.start < end and start < content.end):
            return True
    return False
