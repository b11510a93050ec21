"""Dates in the reporter's own voice: a month, or a year.

**Measured as** months by name, and years from 1900 to 2099, outside quotations, per 100 words (over at least 100
words), 0 upwards; higher means more of the sourcing is shown. A year within ten characters of its month is one date
with it, marked from the month's start to the year's end. "May" and "March" count next to a figure.

**Why it matters** A date fixes when something happened, so that it can be checked. Dates and weekdays go with careful
sourcing on the development data.

**Known limits** A bare "May" or "March" is left out, because they are words as well. A count such as "2000 people"
reads as a year; a sum of money does not.

**Source** Tuchman (1972), "Objectivity as Strategic Ritual", American Journal of Sociology 77(4); list written for
this project, see scorer/lexicons/months.txt.
"""

from scorer.counting import per_100_words
from scorer.types import Article, Measurement, Signal, Span

# "March 12, 2024": this far apart a month and a year are one date.
_REACH = 10
_CENTURIES = ("19", "20")


def measure(article: Article) -> Measurement:
    """Dates per 100 voice words."""
    text = article.text
    figures = article.found("mark_figure", "voice")
    dates: list[Span] = []
    months = [month for month in article.found("months", "voice") if text[month.start].isupper()]
    at = 0
    for start, end, _ in figures:
        while at < len(months) and months[at].start < start:
            dates.append(months[at])
            at += 1
        if end - start <= 2:
            if "Ma" in text[max(start - 6, 0) : end + 3]:
                month = _may_or_march(text, start, end)
                if month:
                    dates.append(month)
        elif end - start == 4 and text[start : start + 2] in _CENTURIES and text[start:end].isdigit():
            if dates and dates[-1].label == "months" and start - dates[-1].end <= _REACH:
                dates[-1] = Span(dates[-1].start, end, "date")
            elif text[max(start - 1, 0)] not in "$£€":
                dates.append(Span(start, end, "date"))
    dates += months[at:]
    return per_100_words(dates, article.n_voice_words)


def _may_or_march(text: str, start: int, end: int) -> Span | None:
    """Find the month next to the figure `text[start:end]`, where it is one that is a word as well."""
    for name in ("May", "March"):
        after = end + 1
        if text.startswith(name, after) and not text[after + len(name) : after + len(name) + 1].isalnum():
            return Span(after, after + len(name), "months")
        before = start - 1 - len(name)
        if before >= 0 and text.startswith(name, before) and text[start - 1] == " ":
            return Span(before, start - 1, "months")
    return None


SIGNAL = Signal(
    name="dates_given",
    group="sourcing",
    measure=measure,
    fires=(
        "The dam was finished in «1968», and the crack was first seen by divers in «2011».",
        "The court will hear the case on 12 «March 2024», eight years after the fire.",
        "She left the company in «October» and joined the new one on «January 3, 2022».",
        "Voting begins on «May» 6 and the count will be held in the sports hall in «June».",
    ),
    silent=(
        "The dam was finished long ago, and the crack was first seen by divers last year.",
        "“It began in October 2011, maybe in 2012,” said Joan Petty, who kept a diary.",
        "Voters may march to the hall, where 40 clerks and £2000 of new equipment await them.",
        "She left the company in the autumn and joined the new one a few weeks later.",
    ),
)
