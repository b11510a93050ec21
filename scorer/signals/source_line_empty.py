"""A source line that names no source: "Source: Read Full Article".

**Measured as** 1 if a provenance line promises a source and holds nothing but words of page furniture, else 0; NaN
without a body. Higher is less well sourced.

**Why it matters** The line has the form of a credit. It says that the text was taken over and does not say from whom,
so the reader cannot go back to the one who reported it.

**Known limits** On the page itself the words were a link; a scraper that keeps text only has lost where it led.

**Source** Zhang and others (2018), credibility indicators for news articles, Companion Proceedings of The Web
Conference, on the sources a page gives; the form itself: ours.
"""

from scorer.counting import UNMEASURED
from scorer.credits import names_no_source
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Whether a provenance line promises a source and names none."""
    if not article.n_words:
        return UNMEASURED
    lines = article.zone("provenance")
    if not lines:
        return Measurement(0.0)
    empty = [line for line in lines if names_no_source(article.text[line.start : line.end])]
    return Measurement(1.0, empty) if empty else Measurement(0.0)


SIGNAL = Signal(
    name="source_line_empty",
    group="provenance",
    measure=measure,
    fires=(
        "Ferry runs aground in fog\n\nA ferry with ninety people on board ran aground in fog on Sunday, the coast "
        "guard said."
        "\n\nNobody was hurt.\n\n«Source: Read Full Article»",
        "Cost of onions doubles\n\nThe cost of onions has doubled since the spring, and some cooks have begun to "
        "leave them out."
        "\n\nThe harvest was poor.\n\n«Source link»",
        "New law on short lets\n\nOwners who let a flat for less than a week must now ask the city for leave, a new "
        "law says."
        "\n\nIt takes effect in May.\n\n«Read the original article here»",
        "Bees prefer a messy hedge\n\nBees chose hedges that were cut late in the year, the ten-year survey of forty "
        "farms "
        "found.\n\nIt was paid for by the state.\n\n«Go to Source»",
    ),
    silent=(
        "Ferry runs aground in fog\n\nA ferry with ninety people on board ran aground in fog on Sunday, the coast "
        "guard said."
        "\n\nNobody was hurt.\n\nSource: Reuters",
        "Cost of onions doubles\n\nThe cost of onions has doubled since the spring, said a source who asked to see "
        "the full "
        "article first.\n\nThe harvest was poor.",
        "New law on short lets\n\nOwners who let a flat for less than a week must now ask the city for leave, a new "
        "law says."
        "\n\nIt takes effect in May.\n\nThis article first appeared on The Ledger",
        "Bees prefer a messy hedge\n\nBees chose hedges that were cut late in the year, the ten-year survey of forty "
        "farms "
        "found.\n\nIt was paid for by the state.\n\nReporting by Ann Poe in Oslo",
    ),
)
