"""Offices and professions in the reporter's own voice: spokeswoman, professor, judge.

**Measured as** terms of the list `roles` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher means more of the sourcing is shown.

**Why it matters** An office or profession tells the reader how somebody is placed to know, even where the name is
withheld.

**Known limits** Everybody with an office counts, whether speaking or spoken of. "General" the adjective and "owner"
of a dog count as well. Quotations do not count.

**Source** Zhang et al. (2018), "A Structured Response to Misinformation: Defining and Annotating Credibility
Indicators in News Articles", WWW Companion; list written for this project, see scorer/lexicons/roles.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count roles per 100 voice words."""
    return in_voice(article, "roles")


SIGNAL = Signal(
    name="role_sources",
    group="sourcing",
    measure=measure,
    fires=(
        "A «spokeswoman» for the hospital said that the ward would open again in June.",
        "The «coroner» heard that the stairs had not been lit since the spring.",
        "The «mayor» and the «bishop» signed the appeal, which was sent to every house.",
        "An «engineer» who worked on the dam warned of the crack four years ago.",
    ),
    silent=(
        "The hospital said that the ward would open again in June, after the repair.",
        "“Ask the doctor, ask the judge, ask the mayor,” the woman said, and closed her door.",
        "A friend of the family said that the stairs had not been lit since the spring.",
        "A man who worked on the dam warned of the crack four years ago, his widow said.",
    ),
)
