"""Figures in the reporter's own voice: 23 percent, 200,000.

**Measured as** runs of digits (with their points and commas) per 100 words of the body outside quotations (over at
least 100 words), 0 upwards; higher means more of the sourcing is shown.

**Why it matters** A figure is a statement that can be checked, where "soaring" or "many" cannot.

**Known limits** Dates, ages and scores are figures too, and numbers in words are not seen. A figure may have no
source. Quotations do not count.

**Source** Tuchman (1972), "Objectivity as Strategic Ritual", American Journal of Sociology 77(4); the count is ours.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count figures per 100 voice words."""
    return in_voice(article, "mark_figure")


SIGNAL = Signal(
    name="figures_given",
    group="sourcing",
    measure=measure,
    fires=(
        "Rents in the district rose by «7.5» percent last year, the agency reported.",
        "The stadium holds «41,000» people and was built in «1998» for the games.",
        "Of the «312» houses on the estate, «96» were empty when the survey was made.",
        "The company will pay £«12» million to customers who bought the policy.",
    ),
    silent=(
        "Rents in the district rose sharply last year, the agency reported.",
        "“We had 41,000 people here in 1998,” said the groundsman, who has the programme.",
        "Nearly a third of the houses on the estate were empty when the survey was made.",
        "The company will pay several million pounds to customers who bought the policy.",
    ),
)
