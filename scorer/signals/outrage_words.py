"""Words of outrage and contempt in the reporter's own voice.

**Measured as** terms of the list `outrage` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher is more sensational.

**Why it matters** Copy that heats a dispute ("slammed", "disgraceful") tells the reader what to feel about it, where
a plain report says who objected to what.

**Known limits** Some words have a plain sense ("a roast dinner", "the blast was heard"), and anger may itself be the
news. Quotations do not count, because the words are the speaker's; a paraphrase of the speaker does.

**Source** Da San Martino et al. (2019), "Fine-Grained Analysis of Propaganda in News Articles", EMNLP; list written
for this project, see scorer/lexicons/outrage.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count outrage terms per 100 voice words."""
    return in_voice(article, "outrage")


SIGNAL = Signal(
    name="outrage_words",
    group="body",
    measure=measure,
    fires=(
        "The «shameful» decision to shut the clinic was taken behind closed doors in March.",
        "Parents are «furious» after the school cancelled the trip two days before it was due.",
        "The former manager «lashed out» at the board over its «ludicrous» offer for the striker.",
        "The company’s «brazen» attempt to delay the refund has drawn an «outcry» from customers.",
    ),
    silent=(
        "The decision to shut the clinic was taken at a private meeting in March.",
        "“It is a disgrace and I am furious,” said Nadia Cole, whose daughter attends the school.",
        "Several parents objected to the change and asked the governors to hold a second vote.",
        "The union criticised the offer and said that its members would meet again on Friday.",
    ),
)
