"""Intensifiers in the reporter's own voice: very, utterly, literally.

**Measured as** terms of the list `intensifiers` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** A word that only raises the degree of the next one adds force without adding a fact; news style
books advise against it.

**Known limits** "Never", "period" and "super" have other senses, and features are written more freely than reports.
Quotations do not count.

**Source** Quirk et al. (1985), "A Comprehensive Grammar of the English Language", on amplifiers; list written for
this project, see scorer/lexicons/intensifiers.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count intensifiers per 100 voice words."""
    return in_voice(article, "intensifiers")


SIGNAL = Signal(
    name="intensifiers",
    group="body",
    measure=measure,
    fires=(
        "The plan is «utterly» different from the one that residents were shown in April.",
        "The new timetable is a «hugely» popular change on the «very» busy line to Derby.",
        "Prices have risen «massively» since the refinery closed, traders in the port report.",
        "The minister’s answer was «downright» rude, and the chamber knew it at once.",
    ),
    silent=(
        "The plan differs in three points from the one that residents were shown in April.",
        "“It is really, truly, utterly wrong,” said Owen Pryce, who runs the shop next door.",
        "Prices have risen by a fifth since the refinery closed, traders in the port report.",
        "The new timetable adds two trains an hour on the line between Derby and Nottingham.",
    ),
)
