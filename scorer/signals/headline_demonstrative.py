"""A demonstrative without a referent in the headline: this, these, here's.

**Measured as** the number of terms of the list `demonstratives` in the headline outside quoted phrases; "that" only
where it opens a clause or follows a preposition, none before a word of time ("this week"). Higher is closer to
clickbait.

**Why it matters** "This" points at something named before. In a headline nothing has been named, so the word points
forward, to the page behind the click.

**Known limits** A demonstrative may refer back to something in a longer headline. Known teaser phrases ("this is
why") are also counted by `headline_forward_reference`.

**Source** Blom and Hansen (2015), "Click bait: Forward-reference as lure in online news headlines", Journal of
Pragmatics 76; list written for this project, see scorer/lexicons/demonstratives.txt.
"""

from collections.abc import Sequence
from functools import cache

from scorer.counting import UNMEASURED, headline_places
from scorer.headline_claims import outside_quoted
from scorer.terms import lexicon_set
from scorer.types import Article, Measurement, Signal, Span

_TIMES = frozenset(
    b"week weekend weekends year years month morning afternoon evening summer winter autumn fall spring season century "
    b"decade quarter term time day days christmas easter ramadan diwali thanksgiving monday tuesday wednesday thursday friday "
    b"saturday sunday january february march april may june july august september october november december".split()
)
_PREPOSITIONS = frozenset(b"about after at before behind by for from in inside into like near of on over to with".split())
# After "that" these make it a pronoun or a conjunction, not a pointer at a noun.
_NO_NOUN = frozenset(b"is was he she it they we you i has had will would could can may the a an his her their".split())


def measure(article: Article) -> Measurement:
    """Count of demonstratives that point out of the headline."""
    said = article.headline_words
    if not said:
        return UNMEASURED
    if _first_words().isdisjoint(said):
        return Measurement(0.0)
    terms = lexicon_set("demonstratives")
    places = headline_places(article)
    found: list[Span] = []
    for at, word in enumerate(said):
        last = at if word in terms else at + 1
        if last > at and b" ".join(said[at : at + 2]) not in terms:
            continue
        following = said[last + 1] if last + 1 < len(said) else b""
        if following in _TIMES or (word == b"that" and not _points(article, places, said, at, following)):
            continue
        found.append(Span(places[at].start, places[last].end, "demonstrative"))
    kept = outside_quoted(article, found)
    return Measurement(float(len(kept)), kept)


@cache
def _first_words() -> frozenset[bytes]:
    return frozenset(term.split()[0] for term in lexicon_set("demonstratives"))


def _points(article: Article, places: list[Span], said: Sequence[bytes], at: int, following: bytes) -> bool:
    """Whether "that" stands before a noun: at the start of a clause, or after a preposition."""
    if not following or following in _NO_NOUN:
        return False
    if at == 0 or said[at - 1] in _PREPOSITIONS:
        return True
    return article.text[places[at - 1].end : places[at].start].strip() in (":", "|", "–", "—", "-", ".", "?", "!")


SIGNAL = Signal(
    name="headline_demonstrative",
    group="headline",
    measure=measure,
    fires=(
        "«This» village has not had a postman since 1998",
        "Gardeners swear by «these» seeds for a wet June",
        "«Here's» where the queue for bread is shortest",
        "What the coach meant by «that» remark about the pitch",
    ),
    silent=(
        "Village without a postman since 1998 asks for a van",
        "Seed prices to rise again this summer, growers told",
        "'This is our bread', baker tells inspectors",
        "Coach says that remark about the pitch was a joke",
    ),
)
