"""Sentence adverbs by which the reporter comments: sadly, shockingly, of course.

**Measured as** terms of the list `evaluative_adverbs` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** An adverb that stands outside the clause says how the reader should take the news before the news
is given.

**Known limits** The same word may tell the manner ("he smiled sadly", "she died tragically young") and counts there
too. Columns use them freely. Quotations do not count.

**Source** Quirk et al. (1985), "A Comprehensive Grammar of the English Language", on attitudinal disjuncts; Biber and
Finegan (1989), "Styles of stance in English", Text 9(1); list written for this project, see
scorer/lexicons/evaluative_adverbs.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count evaluative adverbs per 100 voice words."""
    return in_voice(article, "evaluative_adverbs")


SIGNAL = Signal(
    name="evaluative_adverbs",
    group="body",
    measure=measure,
    fires=(
        "«Shockingly», the alarm had been switched off two days before the fire broke out.",
        "«Sadly», the dog did not live to see the new garden that the family had planted.",
        "The thief was caught, «ironically», outside a shop that sells security cameras.",
        "«In a bizarre twist», the man who found the ring had once worked for its owner.",
    ),
    silent=(
        "The alarm had been switched off two days before the fire, the report states.",
        "“Sadly, we could not save the dog,” said Priya Nair, the vet who was called to the house.",
        "The dog died in May, before the garden that the family had planted was in flower.",
        "The thief was caught outside a shop that sells security cameras, police said.",
    ),
)
