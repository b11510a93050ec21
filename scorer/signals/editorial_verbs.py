"""Reporting verbs that judge the speaker: fumed, gushed, admitted.

**Measured as** terms of the list `cues_editorial` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** "Said" hands a statement over; "fumed", "boasted" and "admitted" hand over the reporter's view of
the speaker with it.

**Known limits** Some verbs have other uses ("the bomb exploded", "he owns a shop", "demand for steel") and are
counted there too. Quotations do not count.

**Source** Thompson and Ye (1991), "Evaluation in the Reporting Verbs Used in Academic Papers", Applied Linguistics
12(4); Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013), "Linguistic Models for Analyzing and Detecting Biased
Language", ACL; list written for this project, see scorer/lexicons/cues_editorial.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count verbs that judge per 100 voice words."""
    return in_voice(article, "cues_editorial")


SIGNAL = Signal(
    name="editorial_verbs",
    group="body",
    measure=measure,
    fires=(
        "“I am not going anywhere,” «fumed» the manager after the third defeat in a row.",
        "The star «gushed» about her new house to anyone who would listen at the party.",
        "The minister «boasted» that the waiting list had never been so short.",
        "“It was only a joke,” «whined» the councillor when the recording was played to him.",
    ),
    silent=(
        "“I am not going anywhere,” said the manager after the third defeat in a row.",
        "The minister told the house that the waiting list was at its shortest since 2015.",
        "“He ranted and raved and then he sobbed,” said Lena Ford, who shared the office.",
        "The actress described the house, which she bought in June, in an interview with a magazine.",
    ),
)
