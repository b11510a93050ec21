"""Weekdays in the reporter's own voice.

**Measured as** terms of the list `weekdays` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher means more of the sourcing is shown.

**Why it matters** A weekday ties a statement or event to a day, which reports from the scene do as a matter of
course. Dates and weekdays go with careful sourcing on the development data.

**Known limits** News written long after the event has dates instead. Names of shows and shops ("Black Friday") count.
Quotations do not count.

**Source** Tuchman (1972), "Objectivity as Strategic Ritual", American Journal of Sociology 77(4); list written for
this project, see scorer/lexicons/weekdays.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count weekdays per 100 voice words."""
    return in_voice(article, "weekdays")


SIGNAL = Signal(
    name="weekdays_given",
    group="sourcing",
    measure=measure,
    fires=(
        "The committee approved the plan on «Thursday» by nine votes to four.",
        "Police were called to the farm at six o’clock on «Sunday» and again on «Tuesday».",
        "The museum, which is closed on «Mondays», had been empty since the night before.",
        "On «Wednesday» the minister published the letter that he had sent to the union.",
    ),
    silent=(
        "The committee approved the plan in the end, by nine votes to four.",
        "“See you on Sunday, or Monday, or whenever,” said the note that was left on the table.",
        "Police were called to the farm at six o’clock in the morning and again that night.",
        "The minister published the letter in the middle of the week, after the union asked.",
    ),
)
