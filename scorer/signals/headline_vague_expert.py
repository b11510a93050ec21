"""Authorities without a name in the headline: experts warn, insiders say, sources claim.

**Measured as** the number of terms of the lists `vague_experts` and `vague_sources` in the headline, quotations
included, the widest where terms overlap; higher is worse sourced.

**Why it matters** A headline that leans on "experts" borrows weight from people whom nobody can look up. The body may
name them: that is measured there.

**Known limits** Headlines are short, and careful papers write "officials say" too. A name further on in the headline
is not looked for.

**Source** Stenvall (2008), "Unnamed sources as rhetorical constructs in news agency reports", Journalism Studies
9(2); lists written for this project, see scorer/lexicons/vague_experts.txt and scorer/lexicons/vague_sources.txt.
"""

from scorer.counting import UNMEASURED, terms_in_headline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of unnamed authorities in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = terms_in_headline(article, "vague_experts", "vague_sources")
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_vague_expert",
    group="headline",
    measure=measure,
    fires=(
        "Sea could swallow half the pier by spring, «experts warn»",
        "Prince will skip the wedding, «insider claims»",
        "«Doctors baffled» by boy who sleeps with open eyes",
        "Merger of the two banks is off, «sources say»",
    ),
    silent=(
        "Sea could take half the pier by spring, harbour master Lowe warns",
        "Prince will skip the wedding, palace confirms",
        "Doctors at St Thomas' treat boy who sleeps with open eyes",
        "Banks end talks on merger after regulator's ruling",
    ),
)
