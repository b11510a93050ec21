"""Melodrama of disaster in the reporter's own voice.

**Measured as** terms of the list `disaster` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher is more sensational.

**Why it matters** Figures of ruin and collapse ("carnage", "plunged into chaos") enlarge an event; a plain report
gives the damage and the number of people.

**Known limits** "Tragedy" or "devastated" may be apt, and "plummeted" is common in business reports. Words that name
events (flood, crash, killed) are not in the list. Quotations do not count.

**Source** Da San Martino et al. (2019), "Fine-Grained Analysis of Propaganda in News Articles", EMNLP; list written
for this project, see scorer/lexicons/disaster.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count terms of disaster per 100 voice words."""
    return in_voice(article, "disaster")


SIGNAL = Signal(
    name="disaster_words",
    group="body",
    measure=measure,
    fires=(
        "Rail travel was a scene of «mayhem» on Monday as forty trains were cancelled.",
        "The pound «nosedived» against the euro and the market is in trouble as well.",
        "The town is «reeling» after the factory closed with the loss of 300 jobs.",
        "Heavy snow brought «chaos» to the roads around Buxton on the first day of term.",
    ),
    silent=(
        "Forty trains were cancelled on Monday after a signal failed outside Crewe station.",
        "The pound fell by 1.2 percent against the euro after the bank published its minutes.",
        "“It was chaos, absolute carnage,” said Dilip Rana, who had waited on the platform for two hours.",
        "Four people were killed and eleven were injured when the coach left the road near Buxton.",
    ),
)
