"""The headline speaks to its reader: you, your.

**Measured as** the number of terms of the list `second_person` in the headline outside quoted phrases; higher is
closer to clickbait.

**Why it matters** A headline that says "you" claims to matter to whoever reads it. News is seldom about its reader.

**Known limits** Advice pages speak to their reader with good reason. A quotation without marks ("Mother: I miss you")
is taken for the outlet's words.

**Source** Kuiken, Schuth, Spitters and Marx (2017), "Effective Headlines of Newspaper Articles in a Digital
Environment", Digital Journalism 5(10); list written for this project, see scorer/lexicons/second_person.txt.
"""

from scorer.counting import UNMEASURED, terms_in_headline
from scorer.headline_claims import outside_quoted
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of second-person words in the headline's own words."""
    if not article.headline_words:
        return UNMEASURED
    found = outside_quoted(article, terms_in_headline(article, "second_person"))
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_second_person",
    group="headline",
    measure=measure,
    fires=(
        "What the colour of «your» front door costs at resale",
        "«You've» been storing bread in the wrong place",
        "The one tax form «you» must send before Friday",
        "Think «you're» good at maps? Try to find these rivers",
    ),
    silent=(
        "Front doors in grey fetch more at resale, agents find",
        "'You will pay for this', judge tells fraudster",
        "Youth orchestra sends tax form four days late",
        "Children learn to find rivers on maps made in 1880",
    ),
)
