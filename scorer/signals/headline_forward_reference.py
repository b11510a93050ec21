"""Forward reference in the headline: this is why, what happened next, here's how.

**Measured as** the number of terms of the list `forward_reference` in the headline, quotations included; higher is
closer to clickbait.

**Why it matters** The phrase points at something that only the click will show. A plain headline names it.

**Known limits** Explainers use some of the same phrases ("what we know"). A demonstrative followed by a noun that the
list does not have is measured by `headline_demonstrative`.

**Source** Blom and Hansen (2015), "Click bait: Forward-reference as lure in online news headlines", Journal of
Pragmatics 76; list written for this project, see scorer/lexicons/forward_reference.txt.
"""

from scorer.counting import UNMEASURED, terms_in_headline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of forward references in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = terms_in_headline(article, "forward_reference")
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_forward_reference",
    group="headline",
    measure=measure,
    fires=(
        "Boy shares his lunch with a stray dog, and «what happened next» made the whole school cry",
        "«This is why» bakers put a cup of water in the oven",
        "Two nurses walk into a garage. «Here's what» they saw",
        "Gardeners leave their forks out all night for «one simple trick»",
    ),
    silent=(
        "Boy who shared his lunch with a stray dog is given a prize",
        "Bakers put water in the oven to keep the crust soft",
        "Nurses tell inquiry of patients kept in a garage",
        "Gardeners told to bring in tools before the frost this week",
    ),
)
