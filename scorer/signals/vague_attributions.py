"""Sources that cannot be found or asked: experts say, it is believed, insiders.

**Measured as** terms of the list `vague_sources` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher means that more is attributed to nobody in particular.

**Why it matters** A reader cannot weigh a source that is only "insiders" or "reports". Such phrases stand exactly
where a name would stand.

**Known limits** Anonymity may be needed and explained, and the phrase is counted all the same. A vague phrase at the
start may be filled in by names further down. Quotations do not count.

**Source** Stenvall (2008), "Unnamed sources as rhetorical constructs in news agency reports", Journalism Studies
9(2); list written for this project, see scorer/lexicons/vague_sources.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count vague sources per 100 voice words."""
    return in_voice(article, "vague_sources")


SIGNAL = Signal(
    name="vague_attributions",
    group="sourcing",
    measure=measure,
    fires=(
        "«Experts believe» the tunnel is older than the abbey that stands above it.",
        "«It is understood that» the couple will spend the winter apart for the first time.",
        "The deal was close to collapse last night, «industry sources» told the paper.",
        "«Many fear» the bank will close its last branch in the valley before the summer.",
    ),
    silent=(
        "The tunnel is older than the abbey above it, said Dr Ruth Amery, who led the survey.",
        "“Sources say, insiders say, people say: I never hear a name,” the mayor told the paper.",
        "The couple will spend the winter apart, their lawyer said in a letter on Tuesday.",
        "The bank will close its last branch in the valley in June, its chief executive said.",
    ),
)
