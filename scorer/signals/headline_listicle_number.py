"""A number that announces a list in the headline: 7 ways, the 10 best photos.

**Measured as** the number of cardinals from 2 to 101 (in figures, or as words up to twenty) that open the headline or
one of its clauses, or follow "the", "these", "top", "our" or "best", and lead within three modifiers to a noun of the
list `listicle_nouns`; nouns for people (list `listicle_people`) only before "who", "that", "you" or "we". Higher is
closer to clickbait.

**Why it matters** A numbered list is the commonest form of content made to be clicked: the number promises a short
read and withholds the items.

**Known limits** "Two tips led police to the shed" counts. A count of news is told by the participle after it ("3
photos stolen") and by its noun, and by nothing else.

**Source** Chakraborty, Paranjape, Kakarla and Ganguly (2016), "Stop Clickbait: Detecting and Preventing Clickbaits in
Online News Media", ASONAM, on cardinal numbers; lists written for this project, see
scorer/lexicons/listicle_nouns.txt and scorer/lexicons/listicle_people.txt.
"""

from collections.abc import Sequence

from scorer.counting import UNMEASURED, function_words, headline_places
from scorer.terms import lexicon_set
from scorer.types import Article, Measurement, Signal, Span

_IN_WORDS = (
    b"two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    b"nineteen twenty"
)
_NUMBERS = frozenset(_IN_WORDS.split()) | {str(number).encode() for number in range(2, 102)}
_LEADS = frozenset(b"the these top our best".split())
_RELATIVES = frozenset(b"who that you we whose".split())
# "10 of the most beautiful places": what may stand before the modifiers, and among them.
_PARTITIVE = (b"of", b"the")
_DEGREE = frozenset(b"most more and very".split())
_MOST_MODIFIERS = 3
# Participles without -ed that tell what happened to the things counted.
_HAPPENED = frozenset(
    b"killed held hurt found shot dead stolen lost missing sought left die dies taken seen set sold built".split()
)


def measure(article: Article) -> Measurement:
    """Count of list-announcing numbers in the headline."""
    said = article.headline_words
    if not said:
        return UNMEASURED
    if _NUMBERS.isdisjoint(said):
        return Measurement(0.0)
    places = headline_places(article)
    found = []
    for at, word in enumerate(said):
        if word in _NUMBERS and _opens(article, places, said, at):
            noun = _noun(said, at + 1)
            if noun:
                found.append(Span(places[at].start, places[noun].end, "listicle"))
    return Measurement(float(len(found)), found)


def _opens(article: Article, places: Sequence[Span], said: Sequence[bytes], at: int) -> bool:
    """Whether the number stands where a list is announced, and is no part of a longer number."""
    text = article.text
    after = text[places[at].end : places[at].end + 2]
    if after[:1] in ("%", ".", ",", ":") or (after[:1] in ("-", "–") and after[1:].isdigit()):
        return False
    if at == 0:
        return text[places[0].start - 1 : places[0].start] not in ("$", "£", "€")
    between = text[places[at - 1].end : places[at].start]
    return said[at - 1] in _LEADS if between == " " else between.strip() in (":", "|", "–", "—", "-", "?", "!")


def _noun(said: Sequence[bytes], at: int) -> int:
    """Return the number of the word that is the list's noun, or 0."""
    if tuple(said[at : at + 2]) == _PARTITIVE:
        at += 2
    for position in range(at, min(at + _MOST_MODIFIERS + 1, len(said))):
        word = said[position]
        following = said[position + 1] if position + 1 < len(said) else b""
        if word in lexicon_set("listicle_nouns"):
            return 0 if following.endswith(b"ed") or following in _HAPPENED else position
        if word in lexicon_set("listicle_people"):
            return position if following in _RELATIVES else 0
        if word in _HAPPENED or (word in function_words() and word not in _DEGREE):
            return 0
    return 0


SIGNAL = Signal(
    name="headline_listicle_number",
    group="headline",
    measure=measure,
    fires=(
        "«7 ways» to keep a kitchen cool in August",
        "The «12 best photos» from the harbour parade",
        "«Nineteen very awkward moments» at the awards",
        "Moving house: «5 mistakes» that cost renters their deposit",
        "«10 celebrities» who grew up on a farm",
    ),
    silent=(
        "5 killed as bus leaves mountain road near Cusco",
        "3 men held over thefts from building sites",
        "10 Downing Street to open its garden for charity",
        "Two photos stolen from museum in Ghent",
        "12 people in hospital after fire at hotel",
        "Surgeon finds new ways to mend a broken wrist in 7 days",
    ),
)
