"""Hedges in the reporter's own voice: apparently, may, seems.

**Measured as** terms of the list `hedges` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher means that the text commits itself to less.

**Why it matters** Hedges carry both care and rumour: a science report hedges because the evidence is limited, gossip
because there is none. The model weighs them beside the sources that are given.

**Known limits** Their sign differs between collections of news, so they say little alone. "May" the month and "some"
are counted like the rest. Quotations do not count.

**Source** Hyland (2005), "Metadiscourse: Exploring Interaction in Writing"; list written for this project, see
scorer/lexicons/hedges.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count hedges per 100 voice words."""
    return in_voice(article, "hedges")


SIGNAL = Signal(
    name="body_hedges",
    group="body",
    measure=measure,
    fires=(
        "The painting is «probably» the work of a pupil, and the signature was added later.",
        "The couple have «apparently» sold the house that they bought two years ago.",
        "Warmer water «might» explain why the fish have moved north, the authors write.",
        "The fire «seemingly» began in the kitchen, though the cause has not been found.",
    ),
    silent=(
        "The painting is the work of a pupil, and the signature was added a century later.",
        "“Maybe it was the heat, perhaps it was the wiring,” said Kofi Mensah, who owns the bakery.",
        "The couple sold the house in June, according to the land registry.",
        "The fish have moved north by forty kilometres in ten years as the water has warmed.",
    ),
)
