"""When the model does not answer: the reason, from the article alone."""

from __future__ import annotations

import re

from scorer.text import fold, lexicon_set, words
from scorer.types import Article, Span

# Below this many words of body there is too little to see sourcing in: of the development articles one in a hundred is
# shorter, and hardly any of them names a source.
FEWEST_BODY_WORDS = 40

# Function words make up 35-60 % of English prose; other languages written in Latin letters share a few of them and
# stay below 15 %.
FEWEST_FUNCTION_WORDS = 0.2
_JUDGED_WORDS = 30

# A headline with more than so many times its words of furniture, and no body, is not a headline by itself.
_MOST_FURNITURE = 2

# Kickers and labels that say what a page is instead of news reporting. Only as a line of its own next to the headline, or
# as its first word: in a menu or a sentence they say nothing of this page.
GENRES = {
    "opinion": "opinion|comment|comment is free|commentary|editorial|op ed|letters|column|guest column|viewpoint",
    "press release": "press release|news release|media release|for immediate release|press release for immediate release",
    "satire": "satire|satirical|parody|humor|humour",
}
_GENRE_OF = {label: genre for genre, labels in GENRES.items() for label in labels.split("|")}
_LABELLED = re.compile(r"\s*([A-Za-z-]{5,10})\s?[:|]\s")


def abstention(article: Article) -> str | None:
    """Why the article as a whole is not scored, in one line, or None."""
    if not article.text.strip():
        return "empty: the input holds no text"
    if not article.n_words and not article.headline_words:
        found = ", ".join(sorted({zone.label.replace("_", " ") for zone in article.zones}))
        return f"no article: only {found or 'no words'} found"
    if not article.n_words and _furniture(article) > _MOST_FURNITURE * len(article.headline_words):
        return "no article: only a headline and boilerplate found (a consent wall, an index page or a stub)"
    judged = [*article.voice_words, *article.quoted_words][:2000] or article.headline_words
    if len(judged) >= _JUDGED_WORDS:
        function_words = lexicon_set("stop_words")
        if sum(map(function_words.__contains__, judged)) < FEWEST_FUNCTION_WORDS * len(judged):
            return "not English: too few of its words are English function words"
    label = genre(article)
    return f"{label}: another genre than news reporting; its signals are shown" if label else None


def _furniture(article: Article) -> int:
    return sum(
        len(article.text[zone.start : zone.end].split()) for name in ("boilerplate", "link_block") for zone in article.zone(name)
    )


def genre(article: Article) -> str | None:
    """ "opinion", "press release" or "satire" where the page labels itself so beside its headline, else None."""
    headline = article.headline
    if headline is None:
        return None
    text = article.text
    labelled = _LABELLED.match(text, headline.start, headline.end)
    if labelled:
        return _GENRE_OF.get(_plain(labelled.group(1)))
    blocks = [zone for zone in article.zones if zone.label not in ("quote", "attribution")][:12]
    at = blocks.index(headline) if headline in blocks else 0
    lone = at < 2 or len(text[slice(*blocks[at - 2][:2])].split()) > 2
    near = [blocks[at - 1]] if at and lone else []
    near += blocks[at + 1 : at + 2]
    # A press release says so at its very top, above date and headline; no menu has these words.
    releases = [zone for zone in blocks[max(0, at - 4) : at] if _genre_of(text, zone) == "press release"]
    if releases:
        return "press release"
    return next((found for zone in near if (found := _genre_of(text, zone))), None)


def _genre_of(text: str, zone: Span) -> str | None:
    return _GENRE_OF.get(_plain(text[zone.start : zone.end][:60]))


def _plain(text: str) -> str:
    return b" ".join(words(fold(text))).decode()


def withheld(article: Article) -> dict[str, str]:
    """The targets that cannot be judged from this article, each with its reason."""
    reasons = {}
    if not article.headline_words:
        reasons["clickbait_strength"] = "no headline"
    if not article.n_words:
        reasons["reliability"] = "a headline alone shows no sourcing"
    elif article.n_words < FEWEST_BODY_WORDS:
        reasons["reliability"] = f"body of {article.n_words} words: too short to show its sourcing"
    return reasons
