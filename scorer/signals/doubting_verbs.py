"""Reporting verbs and phrases that hold a statement at arm's length: claimed, allegedly.

**Measured as** terms of the list `cues_doubt` per 100 words of the body outside quotations (over at least 100 words),
0 upwards; higher means that more of what is reported is held at a distance.

**Why it matters** "Claimed" and "allegedly" report a statement and leave open whether it is so. Court reports must
use them; gossip lives on them.

**Known limits** Courts and the law of libel require "alleged". "Claims" the noun (insurance claims) and "maintain a
road" count too. Quotations do not count.

**Source** Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013), "Linguistic Models for Analyzing and Detecting
Biased Language", ACL; list written for this project, see scorer/lexicons/cues_doubt.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count doubting cues per 100 voice words."""
    return in_voice(article, "cues_doubt")


SIGNAL = Signal(
    name="doubting_verbs",
    group="body",
    measure=measure,
    fires=(
        "The trader «claimed» that he had paid for the watches in cash at the market.",
        "The singer has «reportedly» moved out of the flat that she shared with the drummer.",
        "The driver «insisted» that the light was green when she crossed the junction.",
        "The «so-called» pension fund had three members, and none of them was retired.",
    ),
    silent=(
        "The trader told the court that he had paid for the watches in cash at the market.",
        "“They claim it is safe, supposedly,” said Aaron Bell, whose garden backs on to the site.",
        "The driver said that the light was green when she crossed the junction.",
        "The pension fund had three members, according to papers filed with the registrar.",
    ),
)
