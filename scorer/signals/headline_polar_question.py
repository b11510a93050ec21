"""A yes-or-no question in the headline.

**Measured as** the number of questions in the headline whose clause, or a part of it after a comma or "or", begins
with a word of the list `polar_openers` (is, can, did ...), "or is it?" included; higher is more sensational.

**Why it matters** A headline that asks whether something is so raises a claim that the article may not make. The
reporter who knows the answer can print it.

**Known limits** A question without its verb first ("Aliens in Ohio?") is not counted. Explainers and interviews ask
honest yes-or-no questions. Question marks alone carry almost nothing: the model weighs this beside the rest.

**Source** Marr (2004), "My Trade", on headlines with question marks; Lai and Farbrot (2014), "What makes you click?
The effect of question headlines on readership", Social Influence 9(4); list written for this project, see
scorer/lexicons/polar_openers.txt.
"""

from scorer.counting import UNMEASURED, headline_questions
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of yes-or-no questions in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = headline_questions(article, "polar_openers")
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_polar_question",
    group="headline",
    measure=measure,
    fires=(
        "«Is your tap water making you ill?»",
        "Lake monster was only a log - «or was it?»",
        "With rents at a record, «should you buy a houseboat?»",
        "Coffee and the heart: «Can three cups a day add years to a life?»",
    ),
    silent=(
        "Why is tap water in the valley brown?",
        "Judge to decide whether lake cabin was sold by fraud",
        "Houseboats are selling as rents reach a record",
        "Who can drink three cups of coffee a day, and who should not?",
    ),
)
