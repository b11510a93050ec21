"""Documents in the reporter's own voice: reports, studies, court filings, letters.

**Measured as** terms of the list `documents` per 100 words of the body outside quotations (over at least 100 words),
0 upwards; higher means more of the sourcing is shown.

**Why it matters** A document can be asked for and read, so a report that rests on one can be checked.

**Known limits** A document may be mentioned without being a source ("he lost his letters"). Which document it is, and
where to find it, is not asked. Quotations do not count.

**Source** Zhang et al. (2018), "A Structured Response to Misinformation: Defining and Annotating Credibility
Indicators in News Articles", WWW Companion; list written for this project, see scorer/lexicons/documents.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count documents per 100 voice words."""
    return in_voice(article, "documents")


SIGNAL = Signal(
    name="documents_cited",
    group="sourcing",
    measure=measure,
    fires=(
        "The «census» counts nine thousand more people in the town than ten years ago.",
        "The firm knew of the leak in 2019, according to «court documents» seen on Monday.",
        "A «study» of forty schools links longer breaks to better marks in arithmetic.",
        "In a «memo» to staff, the airline sets out how the night shifts will be shared.",
    ),
    silent=(
        "Nine thousand more people live in the town than ten years ago, the mayor said.",
        "“I read the report and the letter and the study,” said Hugo Lang, a parent of two.",
        "The firm knew of the leak in 2019, a former manager told the newspaper on Monday.",
        "Pupils with longer breaks do better in arithmetic, teachers at forty schools believe.",
    ),
)
