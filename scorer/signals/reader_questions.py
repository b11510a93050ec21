"""Questions put to the reader in the reporter's own voice.

**Measured as** question marks per 100 words of the body outside quotations (over at least 100 words), 0 upwards;
higher is more sensational.

**Why it matters** A question in the reporter's voice raises a possibility without reporting it, or keeps the reader
waiting for the answer.

**Known limits** Interviews printed as question and answer, and explainers headed by questions, count. "?!" counts as
an exclamation. Quotations do not count.

**Source** Blom and Hansen (2015), "Click bait: Forward-reference as lure in online news headlines", Journal of
Pragmatics 76; the count is ours.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count question marks per 100 voice words."""
    return in_voice(article, "mark_question")


SIGNAL = Signal(
    name="reader_questions",
    group="body",
    measure=measure,
    fires=(
        "Who left the gate open«?» The farmer has asked that question since Sunday night.",
        "The money was paid in March. So why did nobody on the board ask where it went«?» The file is closed.",
        "Could the vase be worth more than the house it stood in«?» An auction will tell.",
        "Is this the end of the road for the club«?» And what will become of its ground«?» Nobody will say.",
    ),
    silent=(
        "Nobody knows who left the gate open, and the farmer has asked since Sunday night.",
        "“Why did nobody ask where the money went?” said Ines Duarte, who joined the board in May.",
        "The vase will be sold in June and may fetch more than the house it stood in.",
        "The club has until Friday to say what will become of its ground and its eleven staff.",
    ),
)
