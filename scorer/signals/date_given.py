"""A date of publication.

**Measured as** 1 if a dateline or byline zone holds a date (a day with its month, or 2021-05-04), else 0; NaN without a
body. Higher is better sourced.

**Why it matters** Without a date the reader cannot tell whether the report is of today, and old stories come round as
new ones.

**Known limits** "3 hours ago" and a weekday alone do not count, because they mean nothing once the page is saved. A
date above a reader's comment can stand in for the article's own.

**Source** Zhang and others (2018), credibility indicators for news articles, Companion Proceedings of The Web
Conference.
"""

import re

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal, Span

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .,/-]{{0,2}}{_MONTH}(?:[ ,./-]{{1,2}}\d{{4}}(?!\d))?"
    rf"|\b{_MONTH} {{0,2}}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? {{0,2}}\d{{4}}(?!\d))?"
    r"|(?<!\d)(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)",
    re.IGNORECASE,
)
_LONGEST_LINE = 200


def measure(article: Article) -> Measurement:
    """Whether a dateline or byline gives a date; the first one is the evidence."""
    if not article.n_words:
        return UNMEASURED
    for label in ("dateline", "byline"):
        for zone in article.zone(label):
            date = _DATE.search(article.text, zone.start, min(zone.end, zone.start + _LONGEST_LINE))
            if date:
                return Measurement(1.0, (Span(date.start(), date.end(), "date"),))
    return Measurement(0.0)


SIGNAL = Signal(
    name="date_given",
    group="provenance",
    measure=measure,
    fires=(
        "Well dug in the desert\n\nMonday, «19 December 2022»\n\nA well of two hundred metres was dug at the edge of "
        "the desert "
        "this month, the ministry said.\n\nIt gives clean water.",
        "Choir to sing in the station\n\nBy Lena Ord | «May 4, 2021»\n\nA choir of forty will sing in the main hall "
        "of the "
        "station on every day of the strike.\n\nPassengers are invited to join in.",
        "Price of bread falls\n\nPublished: «2021-05-04»\n\nThe price of a loaf fell by two percent in a year, the "
        "office for "
        "statistics said.\n\nFlour is cheaper.",
        "Talks on water open\n\nGENEVA, «March 3» (Reuters) - Talks on the river's water opened on Friday with four "
        "of the five "
        "states at the table.\n\nThey will last a week.",
        "Beast seen near the moor\n\n12:47, «9 OCT 2023»UPDATED 18:20, 9 OCT 2023\n\nA large cat was seen near the "
        "moor on Sunday, "
        "two walkers told the ranger in a letter.\n\nNo tracks were found.",
    ),
    silent=(
        "Well dug in the desert\n\nA well of two hundred metres was dug at the edge of the desert on 19 December "
        "2022, the ministry "
        "said.\n\nIt gives clean water.",
        "Choir to sing in the station\n\nBy May Jansen\n\nA choir of forty will sing in the main hall of the station "
        "on every "
        "day of the strike.\n\nPassengers are invited to join in.",
        "Price of bread falls\n\n3 hours ago\n\nThe price of a loaf fell by two percent between May 2020 and May "
        "2021, the office "
        "said.\n\nFlour is cheaper.",
        "Talks on water open\n\nGENEVA (Reuters) - Talks on the river's water opened on Friday, March 3, with four "
        "states at the "
        "table.\n\nThey will last a week.",
    ),
)
