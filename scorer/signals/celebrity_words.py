"""The register of the gossip page in the reporter's own voice.

**Measured as** terms of the list `celebrity` per 100 words of the body outside quotations (over at least 100 words),
0 upwards; higher is more sensational.

**Why it matters** Looks, romances and quarrels told in the gossip register ("flaunted", "steamy", "gal pal") present
private life as news; the register, not the topic, is counted.

**Known limits** Some terms have plain senses ("siren", "feud", "fling"). Plain reports of actors and singers do not
count, and neither do quotations.

**Source** Harcup and O’Neill (2001), "What Is News? Galtung and Ruge revisited", Journalism Studies 2(2); list
written for this project, see scorer/lexicons/celebrity.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count terms of the gossip register per 100 voice words."""
    return in_voice(article, "celebrity")


SIGNAL = Signal(
    name="celebrity_words",
    group="body",
    measure=measure,
    fires=(
        "The singer «flaunted» her tan in a string of holiday pictures on Wednesday.",
        "The actor and his «gal pal» were seen leaving a restaurant in Mayfair after midnight.",
        "The presenter has «opened up about» her marriage in a «juicy» new memoir.",
        "The former couple’s «whirlwind romance» came to an end in the spring, friends said.",
    ),
    silent=(
        "The singer will play four concerts in Glasgow before the tour moves to Dublin.",
        "The actor married his co-star in 2019 and the couple have two children.",
        "“She looked sexy and glamorous in that gown,” said a guest who was at the premiere.",
        "The presenter’s memoir, which describes her first marriage, will be published in May.",
    ),
)
