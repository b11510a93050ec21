"""When the model does not answer: the reason, from the article alone."""

from __future__ import annotations

from scorer.text import lexicon_set
from scorer.types import Article

# Below this many words of body there is too little to see sourcing in: of the development articles one in a hundred is
# shorter, and hardly any of them names a source.
FEWEST_BODY_WORDS = 40

# Function words make up 35-60 % of English prose; other languages written in Latin letters share a few of them and
# stay below 15 %.
FEWEST_FUNCTION_WORDS = 0.2
_JUDGED_WORDS = 30


def abstention(article: Article) -> str | None:
    """Why the article as a whole is not scored, in one line, or None."""
    if not article.text.strip():
        return "empty: the input holds no text"
    if not article.n_words and not article.headline_words:
        found = ", ".join(sorted({zone.label.replace("_", " ") for zone in article.zones}))
        return f"no article: only {found or 'no words'} found"
    words = [*article.voice_words, *article.quoted_words][:2000] or article.headline_words
    if len(words) >= _JUDGED_WORDS:
        function_words = lexicon_set("stop_words")
        if sum(word in function_words for word in words) < FEWEST_FUNCTION_WORDS * len(words):
            return "not English: too few of its words are English function words"
    return None


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
