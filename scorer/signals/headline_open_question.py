"""A who, what, why or how question in the headline.

**Measured as** the number of questions in the headline whose clause, or a part of it after a comma or "or", begins
with a word of the list `open_openers` (who, what, why, how ...); higher means that the headline asks where it could
tell.

**Why it matters** A question withholds its answer to be read on for it. Explainers do so honestly, teasers do not:
the model weighs it beside what else the headline does.

**Known limits** "How to" headlines without a question mark are not questions and are not counted. Quoted questions
are.

**Source** Loewenstein (1994), "The Psychology of Curiosity", Psychological Bulletin 116(1); list written for this
project, see scorer/lexicons/open_openers.txt.
"""

from scorer.counting import UNMEASURED, headline_questions
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of open questions in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = headline_questions(article, "open_openers")
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_open_question",
    group="headline",
    measure=measure,
    fires=(
        "«Why did the mayor leave town at night?»",
        "Rail strike: «which trains will run on Friday?»",
        "The bridge is closed again. «So who pays for it?»",
        "After the flood, «what is left of the old market?»",
    ),
    silent=(
        "Did the mayor leave town at night?",
        "Which trains will run on Friday: a list by station",
        "Commission asks who paid for the bridge",
        "What is left of the old market after the flood",
    ),
)
