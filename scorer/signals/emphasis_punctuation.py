"""Exclamation marks and suspense points in the reporter's own voice.

**Measured as** marks of exclamation and ellipses per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational. A run ("!!!") is one mark. An ellipsis does not count after an opening
bracket, where words were left out, or at the very end of the body, where a teaser was cut.

**Why it matters** A mark that shouts or holds the reader in suspense does the work that the facts should do; style
books of news agencies rule it out of reports.

**Known limits** Names with a mark in them ("Yahoo!") count. What an ellipsis is, is what the parse marks as one.

**Source** Ours, after the style guides of news agencies. Grabe, Zhou and Barnett (2001), "Explicating Sensationalism
in Television News", Journal of Broadcasting & Electronic Media 45(4), on the form of sensational news.
"""

from scorer.counting import per_100_words, widest
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Exclamation marks and suspense points per 100 voice words."""
    found = article.found("mark_exclamation", "voice")
    ellipses = article.found("mark_ellipsis", "voice")
    if ellipses:
        text, end = article.text, article.zone("body")[-1].end
        held = [mark for mark in ellipses if text[max(mark.start - 1, 0)] not in "[(" and mark.end < end]
        found = widest([*found, *held])
    return per_100_words(found, article.n_voice_words)


SIGNAL = Signal(
    name="emphasis_punctuation",
    group="body",
    measure=measure,
    fires=(
        "The cat came home after nine years«!» It had lived in the next village all that time.",
        "He opened the box and found«…» a second box, with a letter tied to its lid.",
        "Tickets cost nothing at all«!!!» They can be had at the door from six o’clock.",
        "The judges had made up their minds«…» The winner was a baker from Hull«!» She wept.",
    ),
    silent=(
        "The cat came home after nine years. It had lived in the next village all that time.",
        "“We won! I can’t believe it… we won!” said Tom Price, who had bought the ticket in Hull.",
        "The letter says that the box […] shall be opened by the eldest child of the family.",
        "Tickets for the concert are free. They can be had at the door from six o’clock on Friday.",
    ),
)
