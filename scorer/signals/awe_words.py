"""Words of awe and wonder in the reporter's own voice.

**Measured as** terms of the list `awe` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher is more sensational.

**Why it matters** Naming the reaction the reader is meant to have ("jaw-dropping", "stunning") claims more for an
event than its facts do.

**Known limits** Reviews of films, food and sport praise as a matter of course; "wild", "epic" and "brilliant" have
plain senses. Quotations do not count, because the words are the speaker's.

**Source** Molek-Kozakowska (2013), "Towards a pragma-linguistic framework for the study of sensationalism in news
headlines", Discourse & Communication 7(2); list written for this project, see scorer/lexicons/awe.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count awe terms per 100 voice words."""
    return in_voice(article, "awe")


SIGNAL = Signal(
    name="awe_words",
    group="body",
    measure=measure,
    fires=(
        "A «jaw-dropping» picture of the comet was taken from a field outside Truro.",
        "The «incredible» rescue took place as the tide came in over the causeway.",
        "Walkers were «stunned» to find a seal asleep on the platform at Lowestoft.",
        "The bridge, a «breathtaking» span of steel, opened to traffic on Sunday morning.",
    ),
    silent=(
        "The comet was photographed with a small camera from a field outside Truro.",
        "“It was incredible, I was stunned,” said Marcus Webb, who filmed the rescue from the beach.",
        "The rescue took forty minutes because the tide had covered most of the causeway.",
        "The bridge is 300 metres long and was designed by a firm of engineers in Leeds.",
    ),
)
