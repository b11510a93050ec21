"""The share of function words in the headline.

**Measured as** function words (list `stop_words`) divided by all words of the headline, 0-1; higher is closer to
speech, and to clickbait.

**Why it matters** Headlines of record drop articles, pronouns and auxiliaries ("Bank cuts rate"). Teasers keep them,
since they tell a story to the reader.

**Known limits** Some sober outlets write whole sentences by house style. Very short headlines give coarse shares.

**Source** Chakraborty, Paranjape, Kakarla and Ganguly (2016), "Stop Clickbait: Detecting and Preventing Clickbaits in
Online News Media", ASONAM; list written for this project, see scorer/lexicons/stop_words.txt.
"""

from scorer.counting import UNMEASURED, function_words, headline_places
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Share of function words among the headline's words."""
    said = article.headline_words
    if not said:
        return UNMEASURED
    found = headline_places(article, function_words())
    return Measurement(len(found) / len(said), found)


SIGNAL = Signal(
    name="headline_stop_word_share",
    group="headline",
    measure=measure,
    fires=(
        "«This» «is» «what» «it» «is» like «to» live «in» «a» lighthouse",
        "«She» thought «he» «was» «at» work, «but» «he» «was» «in» «the» garden",
        "«When» «you» see «why» «they» «do» «this» «you» «will» want «one» «too»",
        "«He» «was» «not» «the» man «they» thought «he» «was»",
    ),
    silent=(
        "Bank cuts interest rate",
        "Lighthouse keeper retires after forty years",
        "Police question driver over motorway crash",
        "Parliament passes budget despite coalition rift",
    ),
)
