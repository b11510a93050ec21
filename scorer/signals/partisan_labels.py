"""Partisan labels in the reporter's own voice: names of contempt for opponents.

**Measured as** terms of the list `partisan_labels` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** A label that its target would not use of itself takes a side before any fact is given (name calling
in the terms of propaganda research).

**Known limits** A label may be reported without quotation marks, and some have plain senses ("a circus in town",
"puppet theatre", "cult film"). Names of parties and creeds do not count, and neither do quotations.

**Source** Da San Martino et al. (2019), "Fine-Grained Analysis of Propaganda in News Articles", EMNLP; list written
for this project, see scorer/lexicons/partisan_labels.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count partisan labels per 100 voice words."""
    return in_voice(article, "partisan_labels")


SIGNAL = Signal(
    name="partisan_labels",
    group="body",
    measure=measure,
    fires=(
        "The «globalist» plan for the port was approved by the committee on Thursday.",
        "Another «witch hunt» against the senator began in the committee on Wednesday.",
        "The «nanny state» now wants to tell shopkeepers where to put the chocolate.",
        "Voters will remember how the «cronies» of the governor shared out the contracts.",
    ),
    silent=(
        "The plan for the port was approved by the committee, with the Conservatives against it.",
        "“They are traitors and fascists,” shouted a man in the public gallery before he was led out.",
        "The committee opened an inquiry into how the senator paid for the flights.",
        "Four of the contracts went to companies whose owners had given money to the governor.",
    ),
)
