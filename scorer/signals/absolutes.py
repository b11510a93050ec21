"""Words that leave no exception: everyone, never, the entire nation.

**Measured as** terms of the list `absolutes` per 100 words of the body outside quotations (over at least 100 words),
0 upwards; higher is more sensational.

**Why it matters** A claim about everybody or every time is rarely what was found out; a report gives a number, a
share or a name.

**Known limits** "Never" and "always" may be exact ("she had never flown before"). Bare "no one", "none" and "all" are
left out because plain reports need them. Quotations do not count.

**Source** Da San Martino et al. (2019), "Fine-Grained Analysis of Propaganda in News Articles", EMNLP, on
exaggeration and causal oversimplification; list written for this project, see scorer/lexicons/absolutes.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count absolutes per 100 voice words."""
    return in_voice(article, "absolutes")


SIGNAL = Signal(
    name="absolutes",
    group="body",
    measure=measure,
    fires=(
        "«Everyone» in the town has an opinion on the bypass, and «nobody» likes it.",
        "The «entire nation» will stop on Sunday to watch eleven men and a ball.",
        "Politicians «never» listen to the people who clean the trains at night.",
        "«Every single» shop on the street has been hit by the rise in business rates.",
    ),
    silent=(
        "Two in three of the residents who answered the survey were against the bypass.",
        "“Everybody always forgets us, every single time,” said Mavis Dunn, who cleans trains at night.",
        "No one was hurt in the fire, and all of the guests were found beds for the night.",
        "The match on Sunday was watched by nine million people, the broadcaster reported.",
    ),
)
