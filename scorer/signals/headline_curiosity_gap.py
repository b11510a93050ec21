"""Curiosity gap in the headline: you won't believe, the secret, finally reveals.

**Measured as** the number of terms of the list `curiosity_gap` in the headline, quotations included; higher is closer
to clickbait.

**Why it matters** The headline announces a secret or a surprise and withholds it, so that the reader feels the lack
of what a plain headline would have told.

**Known limits** Secrets, leaks and mysteries are also topics ("secret ballot", "leaked memo"), and count.

**Source** Loewenstein (1994), "The Psychology of Curiosity", Psychological Bulletin 116(1); list written for this
project, see scorer/lexicons/curiosity_gap.txt.
"""

from scorer.counting import UNMEASURED, terms_in_headline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of curiosity-gap terms in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = terms_in_headline(article, "curiosity_gap")
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_curiosity_gap",
    group="headline",
    measure=measure,
    fires=(
        "Owners «won't believe» where the missing parrot was living",
        "Chef «reveals» recipe kept from guests for forty years",
        "What became of the lift at the town hall «will surprise you»",
        "Her garden looks like any other until dusk, but it's «not what you think»",
    ),
    silent=(
        "Missing parrot found in a signal box near Crewe",
        "Chef prints recipe that was kept in a safe for forty years",
        "Lift at the town hall to be replaced after faults",
        "Garden of night-flowering plants opens at dusk from May",
    ),
)
