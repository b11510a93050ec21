"""Capitals for emphasis, exclamation marks and trailing dots in the headline.

**Measured as** the number of words of three or more letters in capitals (of two, if they are words such as "NO" and
"SO") that are no acronym, plus runs with an exclamation mark, plus dots at the end; higher is more sensational.
Capitals count 0 where more than 70 % of the headline's words are in capitals, and in a label before ":" or "|" or in
brackets: that is the outlet's typography.

**Why it matters** Capitals and exclamation marks are emphasis that adds no fact; dots at the end ask for a click.

**Known limits** An acronym that neither the list nor its letters give away counts, unless the page repeats it. A
surname set in capitals counts. The acronyms are those of English-language news.

**Source** Biyani, Tsioutsiouliklis and Blackmer (2016), "“8 Amazing Secrets for Getting More Clicks”: Detecting
Clickbaits in News Streams Using Article Informality", AAAI; list written for this project, see
scorer/lexicons/acronyms.txt.
"""

import re

from scorer.counting import UNMEASURED, headline_text, terms_in_headline
from scorer.terms import lexicon_set
from scorer.types import Article, Measurement, Signal, Span

_TWO_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}")
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{2,}(?:['’][A-Z]+)?\b(?!['’]?s\b)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}(?=\s?[:|])|[\[(][^\[\]()]{2,30}[\])]")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Ý]")
_SHORT = frozenset(("NO", "SO", "DO", "WE", "MY"))

_HOUSE_SHARE = 0.7
# A word of up to five letters without a vowel is no word; one of up to six that the page has twice more in capitals is
# a name.
_LONGEST_INITIALS, _LONGEST_NAME, _REPEATED = 5, 6, 2


def measure(article: Article) -> Measurement:
    """Count of emphatic capitals, exclamation runs and trailing dots in the headline."""
    headline = article.headline
    if headline is None or not article.headline_words:
        return UNMEASURED
    text = headline_text(article)
    found = _shouted(article, text, headline.start) if _TWO_CAPITALS.search(text) else []
    found += terms_in_headline(article, "mark_exclamation")
    bare = text.rstrip("\"'”’»)] ")
    if bare.endswith(("…", "...")):
        dots = len(bare) - len(bare.rstrip("….")) if bare else 0
        found.append(Span(headline.start + len(bare) - dots, headline.start + len(bare), "trailing_dots"))
    return Measurement(float(len(found)), found)


def _shouted(article: Article, text: str, offset: int) -> list[Span]:
    """Find the words in capitals that are no acronym, no label, and not the house style."""
    after = offset + len(text)
    found = [word.span() for word in _CAPITALS.finditer(text) if not _is_acronym(word.group(), article, after)]
    if not found:
        return []
    said = _WORD.findall(text)
    if sum(word.isupper() for word in said) > _HOUSE_SHARE * len(said):
        return []
    labels = [label.span() for label in _LABEL.finditer(text) if label.group().isupper()]
    return [
        Span(offset + start, offset + end, "capitals")
        for start, end in found
        if not any(first <= start < last for first, last in labels)
    ]


def _is_acronym(word: str, article: Article, after: int) -> bool:
    """Whether a word in capitals is written so always: by the list, its letters, or its repetition below."""
    if len(word) == len("NO"):
        return word not in _SHORT
    if word.lower().encode() in lexicon_set("acronyms") or _ROMAN.fullmatch(word):
        return True
    if len(word) <= _LONGEST_INITIALS and not _VOWEL.search(word):
        return True
    return len(word) <= _LONGEST_NAME and article.text.count(word, after) >= _REPEATED


SIGNAL = Signal(
    name="headline_shouting",
    group="headline",
    measure=measure,
    fires=(
        "Neighbour paints house pink and the council is «FURIOUS»",
        "We tried the new tram and it is «NOT» what we were promised",
        "Goalkeeper scores from his own half«!!»",
        "She opened the box under the stairs and found«...»",
        "There is «NO» bus on Sunday",
    ),
    silent=(
        "NHS and UK government agree pay deal with BMA",
        "MAYOR OPENS NEW BRIDGE OVER RIVER WEAR",
        "LIVE: Council votes on the tram extension",
        "Pope Leo XIII letter sold at auction in Rome",
        "COVID-19 cases fall in US, WHO says",
        "EVRAM to build bridge\n\n"
        "The company EVRAM will build the bridge over the river by the end of next year.\n\n"
        "It was founded in 1988, and EVRAM has since built nine bridges in three countries.",
    ),
)
