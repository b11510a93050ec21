"""Hedges in the headline: could, may, feared, set to, claims.

**Measured as** the number of terms of the list `headline_hedges` in the headline, quotations included; higher means
that the headline asserts less than it suggests.

**Why it matters** A hedge lets a headline raise a possibility that the article cannot report as fact. Alone it carries
little (careful reporting hedges too): the model weighs it beside what the body carries and withdraws.

**Known limits** "May" the month and "will" the noun are told apart by nothing but their neighbours. Bare hedges separate
reliable from unreliable outlets hardly better than chance (AUC .49-.55 on the development data).

**Source** Hyland (2005), "Metadiscourse", on hedging as a stance; list written for this project, see
scorer/lexicons/headline_hedges.txt.
"""

from scorer.counting import in_headline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of hedge terms in the headline."""
    return in_headline(article, "headline_hedges")


SIGNAL = Signal(
    name="headline_hedges",
    group="headline",
    measure=measure,
    fires=(
        "Aliens «may have» landed in the valley",
        "Storm «could» close the airport for a week",
        "Minister «set to» leave office after vote",
        "Hundreds «feared» trapped after ferry sinks",
    ),
    silent=(
        "Council approves the budget for new schools",
        "Two injured as bus leaves the road near Leeds",
        "Bank raises interest rate to four percent",
        "Museum opens its doors after a ten-year repair",
    ),
)
