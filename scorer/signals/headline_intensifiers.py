"""Intensifiers in the headline: very, utterly, totally, literally.

**Measured as** the number of terms of the list `intensifiers` in the headline, quotations included; higher is more
sensational.

**Why it matters** A headline has room for few words. One that only raises the degree of the next word reports
nothing.

**Known limits** "Never", "total" and "super" also have plain uses ("total eclipse") that are counted.

**Source** Quirk, Greenbaum, Leech and Svartvik (1985), "A Comprehensive Grammar of the English Language", on
amplifiers; list written for this project, see scorer/lexicons/intensifiers.txt.
"""

from scorer.counting import UNMEASURED, terms_in_headline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of intensifiers in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = terms_in_headline(article, "intensifiers")
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_intensifiers",
    group="headline",
    measure=measure,
    fires=(
        "Owner of flooded pub is «utterly» unmoved by council offer",
        "Actor's new haircut is «literally» all the internet needs today",
        "Why the new bus timetable is «completely» useless to villagers",
        "Bakery that sells out by nine is «extremely» proud of its rye",
    ),
    silent=(
        "Owner of flooded pub turns down council offer",
        "Actor has his hair cut for role in prison drama",
        "Villagers say new bus timetable leaves them stranded",
        "Bakery in Hull sells out by nine each morning",
    ),
)
