"""Superlatives of scale in the reporter's own voice.

**Measured as** terms of the list `superlatives` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** The claim that nothing like it was ever seen ("unprecedented", "in living memory") is the plainest
way to make an event larger, and is seldom supported in the same sentence.

**Known limits** Some records are records: "the hottest day since 1976" is a measurement, and sport is full of them.
Quotations do not count.

**Source** Rashkin et al. (2017), "Truth of Varying Shades: Analyzing Language in Fake News and Political
Fact-Checking", EMNLP; list written for this project, see scorer/lexicons/superlatives.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count superlatives per 100 voice words."""
    return in_voice(article, "superlatives")


SIGNAL = Signal(
    name="superlatives",
    group="body",
    measure=measure,
    fires=(
        "The storm was the worst «in living memory», and every road to the coast was shut.",
        "The vote is a «momentous» one for the party and for the region that it governs.",
        "It is a crisis «unlike anything» the valley had known, according to the editorial.",
        "An «unprecedented» rise in rents has left tenants in the district short of money.",
    ),
    silent=(
        "The storm brought 90 millimetres of rain, the highest figure since records began in 1931.",
        "“It was the greatest night of my life, the best ever,” said Ewa Lis, who scored twice.",
        "The vote will decide who leads the party in the region for the next four years.",
        "Rents in the district rose by seven percent last year, more than in the year before.",
    ),
)
