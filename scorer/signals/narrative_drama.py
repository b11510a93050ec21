"""Stock phrases of dramatised narration: sent shockwaves, went viral, little did they know.

**Measured as** terms of the list `narrative_drama` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** Such phrases tell the news as a story with suspense, turns and an audience; a plain report names
the event, the people and the number.

**Known limits** Some are idioms that careful papers use as well ("raises questions"). Variants with words between are
not found. Quotations do not count.

**Source** Grabe, Zhou and Barnett (2001), "Explicating Sensationalism in Television News", Journal of Broadcasting &
Electronic Media 45(4); list written for this project, see scorer/lexicons/narrative_drama.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count phrases of dramatised narration per 100 voice words."""
    return in_voice(article, "narrative_drama")


SIGNAL = Signal(
    name="narrative_drama",
    group="body",
    measure=measure,
    fires=(
        "«All hell broke loose» at the fair when the lights of the big wheel went out.",
        "The clip «went viral» within hours, and «fans were left» asking for a second one.",
        "The resignation has «sent shockwaves» through the quiet market town of Louth.",
        "«Little did» the gardener know that the jar he had dug up was full of coins.",
    ),
    silent=(
        "Visitors left the fair when the lights of the big wheel went out at nine o’clock.",
        "“It went viral and all hell broke loose,” said Callum Reid, who had posted the clip.",
        "The clip was watched two million times in a day, according to the company.",
        "The mayor of Louth resigned on Friday and her deputy will serve until the election.",
    ),
)
