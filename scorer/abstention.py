"""When the model does not answer: the reason, from the article alone."""

from __future__ import annotations

from scorer.genres import genre, not_an_article
from scorer.language import language
from scorer.terms import lexicon_set
from scorer.types import Article

# Below this many words of body there is too little to see sourcing in: of the development articles one in a hundred is
# shorter, and hardly any of them names a source.
FEWEST_BODY_WORDS = 40

# No article that was learned from has more words than 18,185: what a longer text would score, nothing has shown.
MOST_BODY_WORDS = 20_000

# Function words make up 35-60 % of English prose; other languages written in Latin letters share a few of them and
# stay below 15 %, an unlucky sentence below 25 % (Polish "do", "we" and "most"): below `SURE_ENGLISH` the text is
# looked at more closely, below `FEWEST_FUNCTION_WORDS` it is no prose even if it is English.
SURE_ENGLISH = 0.3
FEWEST_FUNCTION_WORDS = 0.2
_JUDGED_WORDS = 30

# A headline with more than so many times its words of furniture, and no body, is not a headline by itself.
_MOST_FURNITURE = 2


def abstention(article: Article) -> str | None:
    """Why the article as a whole is not scored, in one line, or None."""
    if not article.text.strip():
        return "empty: the input holds no text"
    if not article.zones:
        return "too large to be one page of news (docs/inputs.md, Limits); split it into pages"
    if foreign := _foreign(article):
        return foreign
    if kind := not_an_article(article):
        return f"no article: {kind}"
    if not article.n_words and not article.headline_words:
        found = ", ".join(sorted({zone.label.replace("_", " ") for zone in article.zones}))
        return f"no article: only {found or 'no words'} found"
    if not article.n_words and _furniture(article) > _MOST_FURNITURE * len(article.headline_words):
        return "no article: only a headline and boilerplate found (a consent wall, an index page or a stub)"
    if article.n_words > MOST_BODY_WORDS:
        return (
            f"out of the training range: a body of {article.n_words} words, and none learned from has more than {MOST_BODY_WORDS}"
        )
    label = genre(article)
    return f"{label}: another genre than news reporting; its signals are shown" if label else None


def _foreign(article: Article) -> str | None:
    """That the article is not in English, and in which language it is."""
    judged = [*article.voice_words, *article.quoted_words][:2000] or article.headline_words
    share = 0.0
    if len(judged) >= _JUDGED_WORDS:
        share = sum(map(lexicon_set("stop_words").__contains__, judged)) / len(judged)
        if share >= SURE_ENGLISH:
            return None
    elif article.text.isascii() or not _other_letters(article.text):
        return None
    body = "\n".join(article.text[zone.start : zone.end] for zone in article.zone("body"))
    name = language(body or article.text)
    if name == "English":
        few = len(judged) >= _JUDGED_WORDS and share < FEWEST_FUNCTION_WORDS
        return "no article: too few function words for English prose (a table, a list or names)" if few else None
    return f"not English: {name}, as far as can be told"


def _other_letters(text: str) -> bool:
    """Whether most letters of a text's beginning are beyond Latin, so that its words are not ours to count."""
    letters = [character for character in text[:2000] if character.isalpha()]
    return sum(character > "\u02ff" for character in letters) > 0.5 * len(letters)


def _furniture(article: Article) -> int:
    return sum(
        len(article.text[zone.start : zone.end].split()) for name in ("boilerplate", "link_block") for zone in article.zone(name)
    )


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
