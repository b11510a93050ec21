"""The share of the headline's content words that the body does not carry.

**Measured as** content words of the headline (no function words, numbers or single letters; quotations included)
whose stem no word of the body has, divided by all content words of the headline, 0-1; higher means less carried. NaN
without a headline or a body, or with fewer than three content words.

**Why it matters** A headline says what the article reports. Where its words are missing below, it says something
else, or says it more strongly.

**Known limits** Synonyms count as missing ("blaze" for "fire"): headlines like short words. Stems are crude (the
first letters). An article cut short by the scraper carries less than the outlet printed.

**Source** Ecker, Lewandowsky, Chang and Pillai (2014), "The effects of subtle misinformation in news headlines",
Journal of Experimental Psychology: Applied 20(4), on headlines that differ from their articles; list written for this
project, see scorer/lexicons/stop_words.txt.
"""

from scorer.counting import UNMEASURED, headline_places, is_content, stem
from scorer.types import Article, Measurement, Signal

_FEWEST = 3
# Headlines are short; what is longer is no headline, and is read no further.
_MOST = 40


def measure(article: Article) -> Measurement:
    """Share of the headline's content words without a match in the body."""
    if not article.n_words or not article.headline_words:
        return UNMEASURED
    content = [word for word in article.headline_words[:_MOST] if is_content(word)]
    if len(content) < _FEWEST:
        return UNMEASURED
    missing = [word for word in content if not _carries(article.body_spaced, word)]
    return Measurement(len(missing) / len(content), headline_places(article, missing) if missing else ())


def _carries(body: bytes, word: bytes) -> bool:
    """Whether a word of `body` (words between spaces, see `Article`) has the stem of `word`."""
    wanted = stem(word)
    at = body.find(b" " + wanted)
    while at >= 0:
        end = body.find(b" ", at + 1)
        if stem(body[at + 1 : end]) == wanted:
            return True
        at = body.find(b" " + wanted, end)
    return False


SIGNAL = Signal(
    name="headline_words_missing",
    group="headline",
    measure=measure,
    fires=(
        "«Terror» on «beach» as «monster» «shark» «stalks» «swimmers»\n\n"
        "A fishing boat off the coast of Durban reported a fin in the water on Sunday at noon.\n\n"
        "Lifeguards flew a red flag for an hour and then opened the bay to bathers again.",
        "«Celebrity» «chef» «humiliated» in «live» «TV» «disaster»\n\n"
        "Marco Bell burnt a pan of onions on Saturday's breakfast programme and laughed about it.\n\n"
        "The presenter handed him a fire blanket, and the programme went on to the weather.",
        "«Scientists» «stunned» by «alien» «signal» from «deep» space\n\n"
        "A telescope in Chile has recorded a burst of radio waves that lasted four milliseconds.\n\n"
        "Bursts of this kind come from magnetars, and some hundreds of them from outer space are known.",
        "«Royal» «feud» «explodes» over «secret» «letters»\n\n"
        "The palace said on Monday that two of the prince's notes to his aunt would go to the archive.\n\n"
        "They were written in 1962 and deal with the repair of a boathouse near Balmoral.",
    ),
    silent=(
        "Red flag flown off Durban after fin seen in water\n\n"
        "A fin was seen in the water off Durban on Sunday, and a red flag was flown for an hour.\n\n"
        "Lifeguards opened the bay to bathers again at one, after a boat had searched it.",
        "Chef burns onions on breakfast programme\n\n"
        "The chef Marco Bell burnt a pan of onions on Saturday's breakfast programme and laughed about it.\n\n"
        "The presenter handed him a fire blanket, and the programme went on to the weather.",
        "Telescope in Chile records burst of radio waves\n\n"
        "A telescope in Chile has recorded a burst of radio waves that lasted four milliseconds.\n\n"
        "Bursts of this kind come from magnetars, and some hundreds of them are known.",
        "Prince's letters to his aunt go to archive\n\n"
        "The palace said on Monday that two letters of the prince to his aunt would go to the archive.\n\n"
        "They were written in 1962 and deal with the repair of a boathouse near Balmoral.",
    ),
)
