"""How many words the headline has.

**Measured as** the number of words of the headline, at most 20; higher is longer.

**Why it matters** Tabloid web headlines string several sentences together, while a headline of record is short. How
much length says depends on what else the headline does, which the model weighs.

**Known limits** Length follows the outlet's layout as much as its register, hence the cap. In posts that announce
articles the sign is the other way: short ones are graded the stronger clickbait (rank correlation -.18 on the
development data). A headline that the scraper cut off is shorter than it was.

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
        "«He bought a rusty van for the price of a sandwich, and now he is driving it to Mongolia with his gran»",
        "«The village that put its only bus shelter up for sale and heard from buyers in four countries who wanted it»",
        "«Actor steps out in a green coat as he walks his dog with his sister after months away from the public eye»",
    ),
    silent=(
        "Stranger pays for mother's shopping",
        "Gran joins van trip to Mongolia",
        "Village sells its only bus shelter",
        "Bank holds interest rate at four percent",
    ),
)
