"""No byline at all.

**Measured as** 1 if the page has a body and no byline, else 0; NaN without a body. Higher is less accountable. There is
no evidence to show: the sign is that nothing is there.

**Why it matters** A text that nobody signs gives the reader nobody to ask.

**Known limits** Wire copy and short notices are left unsigned on purpose, and a scraper may have dropped the byline.
A reporter named only at the foot of the page is a provenance line, not a byline.

**Source** Reich (2010), "Constrained authors: Bylines and authorship in news reporting", Journalism 11(6).
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Whether an article with a body lacks a byline."""
    if not article.n_words:
        return UNMEASURED
    return Measurement(0.0 if article.zone("byline") else 1.0)


SIGNAL = Signal(
    name="byline_missing",
    group="provenance",
    measure=measure,
    fires=(
        "Bridge to close for nine weeks\n\nThe bridge over the Wharfe will close for nine weeks from Monday, the "
        "council said."
        "\n\nTraffic will be sent through the town.",
        "Mayor resigns after vote\n\n3 May 2022\n\nThe mayor resigned on Tuesday after losing a vote on the budget by "
        "a margin of "
        "one.\n\nA new vote is due by Jane Poe's birthday, he joked.",
        "Bees prefer a messy hedge\n\nBees in the ten-year survey chose hedges that were cut late, the report by "
        "Ingrid Solvang "
        "said.\n\nIt covers forty farms.\n\nSource: Read Full Article",
        "OPINION\n\nWhy I keep my old phone\n\nIt makes calls and it takes the odd picture, and it asks nothing more "
        "of me than "
        "that.\n\nMy children think that I am mad.",
    ),
    silent=(
        "Bridge to close for nine weeks\n\nBy Bethan Oakroyd\n\nThe bridge over the Wharfe will close for nine weeks "
        "from Monday, "
        "the council said.\n\nTraffic will be sent through the town.",
        "Mayor resigns after vote\n\nBy Staff Reporter\n3 May 2022\n\nThe mayor resigned on Tuesday after losing a "
        "vote on the "
        "budget by a margin of one.\n\nA new vote is due in June.",
        "Bees prefer a messy hedge\n\nINGRID SOLVANG\n\nBees in the ten-year survey chose hedges that were cut late, "
        "the report "
        "said on Thursday.\n\nIt covers forty farms.",
        "Why I keep my old phone\n\nIt takes the odd picture\n\nWritten by Harriet Wolstencroft\n\nIt makes calls and "
        "it takes the "
        "odd picture, and it asks nothing more of me than that.\n\nMy children think that I am mad.",
    ),
)
