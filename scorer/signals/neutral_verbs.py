"""Verbs and phrases that hand over a statement without judging it: said, according to.

**Measured as** terms of the list `cues_neutral` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher means more of the sourcing is shown.

**Why it matters** A report that says who said what needs these at every step. Of all wording, attribution verbs
separate carefully from carelessly sourced outlets best on the development data, and with a stable sign.

**Known limits** "Found", "show" and "think" also tell what people did. A verb counts whether its source is named or
not; `named_attributions` asks that.

**Source** Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC; list written
for this project, see scorer/lexicons/cues_neutral.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count neutral cues per 100 voice words."""
    return in_voice(article, "cues_neutral")


SIGNAL = Signal(
    name="neutral_verbs",
    group="sourcing",
    measure=measure,
    fires=(
        "The bridge will close for a week in June, the council «said» on Monday.",
        "«According to» the ministry, exports to the region fell by a tenth in the spring.",
        "The inspector «wrote» that the stairs were unsafe and «recommended» that they be closed.",
        "Ms Adeyemi «told» the committee that she had not seen the second letter.",
    ),
    silent=(
        "The bridge will close for a week in June, and the buses will run along the quay.",
        "“You said it, they told me, he wrote to us,” the woman shouted from the gallery.",
        "Exports to the region fell by a tenth in the spring and have not risen since.",
        "The inspector visited the house twice and the stairs were closed after his second visit.",
    ),
)
