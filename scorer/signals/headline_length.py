"""How many words the headline has.

**Measured as** the number of words of the headline, at most 20; higher is longer.

**Why it matters** Teasers tell a small story in a sentence, and tabloid web headlines string three together; a headline
made for print is short.

**Known limits** Length follows the outlet's layout as much as its register, hence the cap. A headline that the scraper
cut off is shorter than it was.

**Source** Chakraborty, Paranjape, Kakarla and Ganguly (2016), "Stop Clickbait: Detecting and Preventing Clickbaits in
Online News Media", ASONAM.
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal

# Above this, more words say nothing more: what follows is a standfirst run into the headline.
_MOST = 20


def measure(article: Article) -> Measurement:
    """Words of the headline, capped."""
    headline = article.headline
    if headline is None or not article.headline_words:
        return UNMEASURED
    return Measurement(float(min(len(article.headline_words), _MOST)), (headline,))


SIGNAL = Signal(
    name="headline_length",
    group="headline",
    measure=measure,
    fires=(
        "«Mother of three is left in tears after a stranger pays for her shopping and hands her a note at the till»",
        "«He bought a rusty van for the price of a sandwich, and two years later he is driving it to Mongolia with his gran»",
        "«The village that put its only bus shelter up for sale and found that people from four countries wanted to live in it»",
        "«Actor steps out in a green coat as he walks his dog with his sister after months away from the public eye»",
    ),
    silent=(
        "Stranger pays for mother's shopping",
        "Gran joins van trip to Mongolia",
        "Village sells its only bus shelter",
        "Bank holds interest rate at four percent",
    ),
)
