"""Words of fear and threat in the reporter's own voice.

**Measured as** terms of the list `fear` per 100 words of the body outside quotations; higher is more sensational.

**Why it matters** Sensational wording presents events as more threatening than the reported facts do; naming the
emotion the reader is to feel ("chilling", "horror") is its plainest form.

**Known limits** A word may be apt: some events are terrifying. Quotations do not count, because the words are the
speaker's. Titles of works and names of companies are counted like any other use.

**Source** Molek-Kozakowska (2013), "Towards a pragma-linguistic framework for the study of sensationalism in news
headlines", Discourse & Communication 7(2); list written for this project, see scorer/lexicons/fear.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Fear terms per 100 voice words."""
    return in_voice(article, "fear")


SIGNAL = Signal(
    name="fear_words",
    group="body",
    measure=measure,
    fires=(
        "The «chilling» footage was released by the council on Tuesday afternoon.",
        "Residents spoke of a «nightmare» that began when the river rose above the bridge.",
        "A «terrifying» noise was heard by families in the street, the paper wrote.",
        "The «brutal» winter left the village without power for nine days in a row.",
    ),
    silent=(
        "The council released the footage on Tuesday afternoon after a vote.",
        "“It was terrifying, a nightmare,” said Ada Brook, who lives in the street.",
        "The river rose above the bridge on Monday and the road was closed.",
        "Police said that two people were killed when the roof of the hall fell in.",
    ),
)
