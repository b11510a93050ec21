"""How many of the quotations say who is speaking.

**Measured as** quotations of four words or more whose sentence, or the one before or after it, holds an attribution
with a source, as a share of all quotations of four words or more, 0 to 1; higher means more of the sourcing is shown.
NaN where there is no such quotation.

**Why it matters** A quotation without a speaker cannot be checked or weighed; in a careful report every one can be
traced to somebody.

**Known limits** The source may stand further away, as in a long exchange, and a verb of saying that is not in the
lists is not seen. The attribution next to a quotation may belong to another statement.

**Source** Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC; the measure
is ours.
"""

from bisect import bisect_left

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal

# Four words. Shorter quotations are names and single words, which `scare_quotes` looks at.
_FEWEST_SPACES = 3


def measure(article: Article) -> Measurement:
    """Share of the longer quotations that have a source within one sentence."""
    text, sentences = article.text, article.sentences
    quotes = [q for q in article.quotations if text.count(" ", q.start, q.end) >= _FEWEST_SPACES]
    if not quotes or not sentences:
        return UNMEASURED
    cues = [attribution.cue.start for attribution in article.attributions if attribution.source]
    attributed = []
    at, final = 0, len(sentences) - 1
    for quote in quotes:
        while at < final and sentences[at + 1].start <= quote.start:
            at += 1
        last = at
        while last < final and sentences[last + 1].start < quote.end:
            last += 1
        nearest = bisect_left(cues, sentences[max(at - 1, 0)].start)
        if nearest < len(cues) and cues[nearest] < sentences[min(last + 1, final)].end:
            attributed.append(quote)
    return Measurement(len(attributed) / len(quotes), attributed)


SIGNAL = Signal(
    name="attributed_quotes_share",
    group="sourcing",
    measure=measure,
    fires=(
        "«“The water came up to the windows and then it stopped,”» said Ada Brook of Mill Lane.",
        "«“You were warned twice, and you went back.”» Judge Moira Tait told the man he would be sentenced in May.",
        "Dr Samuel Osei said: «“The dose is safe for adults over sixty.”» The trial will end in June.",
        "A spokeswoman for the port added: «“We have no plans to sell the north quay.”»",
    ),
    silent=(
        "“The water came up to the windows and then it stopped.” The house in Mill Lane is now dry.",
        "The sign on the gate reads “no dogs after six in the evening” and has stood there since 1960.",
        "It is the age of “move fast and break things all the way” in the small hotels of the coast.",
        "“One day we will all be gone from here.” So the film begins, and the rest of it is silent.",
    ),
)
