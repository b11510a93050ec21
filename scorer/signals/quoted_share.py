"""How much of the body stands inside quotations.

**Measured as** words inside quotations, as a share of the words of the body, 0 to 1; higher means that more is told
in the words of others. NaN without a body.

**Why it matters** Quotations show what was said instead of what the reporter made of it. They go with careful
sourcing on the development data.

**Known limits** A page may quote one speaker at length and nobody else; who is quoted is left to other signals. A
quotation that no mark closes is taken to the end of its paragraph.

**Source** Tuchman (1972), "Objectivity as Strategic Ritual", American Journal of Sociology 77(4); the measure is
ours.
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Share of the body's words inside quotations."""
    if not article.n_words:
        return UNMEASURED
    return Measurement(len(article.quoted_words) / article.n_words, article.quotations)


SIGNAL = Signal(
    name="quoted_share",
    group="sourcing",
    measure=measure,
    fires=(
        "«“The water came up to the windows and then it stopped,”» said Ada Brook of Mill Lane.",
        "The judge said: «“You were warned twice, and you went back.”» He will sentence the man in May.",
        "«“It was my father who said ‘sell the boat’ that night,”» Mr Rowe told the inquiry.",
        '«"We expect to open in time for the new term,"» the headteacher wrote to parents on Friday.',
    ),
    silent=(
        "The water came up to the windows of the house in Mill Lane, where Ada Brook lives.",
        "The judge said that the man had been warned twice, and will sentence him in May.",
        "Mr Rowe told the inquiry that his father didn’t want to keep the boat after that night.",
        "The headteacher wrote that the pupils’ new building would be ready in time for the term.",
    ),
)
