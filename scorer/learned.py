"""Where the learned words of a model stand in an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from scorer.text import MARK, NUMBER, mark_token
from scorer.types import Article, Measurement, Span

# The words shown are those that move a target most: more could not be read, and each adds less than a hundredth.
N_SHOWN = 12
_WORD = re.compile(rb"[0-9a-z]+")


def learned_words(article: Article, words: Mapping[str, Mapping[bytes, float]], scopes: Mapping[str, str]) -> Measurement:
    """The words that a model's learned weights rest on most, as a measurement.

    `words` is what each word adds, by target; `scopes` whether a target reads the "article" or its "headline" only. The
    value is the number of different learned words found, the evidence
    every place of the `N_SHOWN` that move each target most, in the headline and the body's own voice; a span's label
    is the word.
    """
    found: Counter[bytes] = Counter()
    shown: dict[str, set[bytes]] = {"headline": set(), "article": set()}
    for target, added in words.items():
        found.update(added.keys())
        for term in sorted(added, key=lambda term: (-abs(added[term]), term))[:N_SHOWN]:
            shown[scopes[target]].update(term.split())
    in_headline = shown["headline"] | shown["article"]
    blanked = bytearray(article.folded)
    for quote in article.quotations:
        blanked[quote.start : quote.end] = b" " * (quote.end - quote.start)
    folded = bytes(blanked)
    evidence = [span for zone in article.zone("headline")[:1] for span in _of_headline(article, zone, in_headline)]
    evidence += [
        Span(*match.span(), match.group().decode())
        for zone in article.zone("body")
        for match in _WORD.finditer(folded, zone.start, zone.end)
        if match.group() in shown["article"]
    ]
    return Measurement(float(len(found)), evidence)


def _of_headline(article: Article, headline: Span, terms: set[bytes]) -> list[Span]:
    """Every word, number and mark of the headline that is one of `terms`."""
    found = [
        Span(*match.span(), match.group().decode())
        for match in _WORD.finditer(article.folded, headline.start, headline.end)
        if (NUMBER if match.group().isdigit() else match.group()) in terms
    ]
    found += [
        Span(*match.span(), match.group())
        for match in MARK.finditer(article.text, headline.start, headline.end)
        if mark_token(match.group()) in terms
    ]
    return sorted(found)
