"""A byline that names nobody: staff, admin, an editorial team, a handle.

**Measured as** 1 if the page has a byline and no byline zone names a person, else 0; NaN without a body. Higher is
less accountable.

**Why it matters** "Posted by admin" has the form of a signature and says nothing of who wrote the text, so nobody
can be asked about it.

**Known limits** Some careful outlets sign with the house's name on principle. A single name ("Madonna") is taken for
a handle. Pages without any byline are the matter of `byline_missing`.

**Source** Reich (2010), "Constrained authors: Bylines and authorship in news reporting", Journalism 11(6); list
written for this project, see scorer/lexicons/pseudonyms.txt.
"""

from scorer.counting import UNMEASURED
from scorer.credits import person_in_byline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Whether there is a byline and it names nobody."""
    if not article.n_words:
        return UNMEASURED
    bylines = article.zone("byline")
    if not bylines or person_in_byline(article):
        return Measurement(0.0)
    return Measurement(1.0, bylines)


SIGNAL = Signal(
    name="byline_pseudonymous",
    group="provenance",
    measure=measure,
    fires=(
        "What the grey boxes are really for\n\n«By Tyler Durden»\n\nThe grey boxes went up in the spring, and nobody "
        "in the "
        "street was asked about them.\n\nOne neighbour has begun to keep a list of the numbers.",
        "Five towns that water forgot\n\n«By Editorial Team»\n\nFive towns in the north have been without a public "
        "well since "
        "the summer of last year.\n\nWater is brought in by lorry.",
        "Council sells the old fire station\n\n«By NewsHound99»\n\nThe council has sold the old fire station to a "
        "builder for "
        "two million pounds, minutes show.\n\nThe building has stood empty since 2018.",
        "Power returns to the islands\n\n«Author: Web Desk»\n\nPower was back on all four islands by noon on Monday, "
        "the grid "
        "company said in a notice.\n\nA cable had been cut by an anchor.",
        "Frost takes the first peaches\n\n«By The Editors»\n\nFrost on two nights in April has taken about a third of "
        "the peach "
        "blossom in the valley.\n\nGrowers will know more by the end of May.",
    ),
    silent=(
        "What the grey boxes are for\n\nBy Silas Grimwood\n\nThe grey boxes hold equipment for traffic signals, the "
        "city said in "
        "answer to a letter.\n\nThey were put up in the spring.",
        "Five towns without a well\n\nBy Jane Poe, Staff Writer\n\nFive towns in the north have been without a public "
        "well since "
        "the summer of last year.\n\nWater is brought in by lorry.",
        "Council sells the old fire station\n\nThe council has sold the old fire station to a builder, its editorial "
        "team "
        "wrote in a bulletin.\n\nThe building has stood empty since 2018, staff said.",
        "Power returns to the islands\n\nIMANI OKAFOR\nEnergy Correspondent\n\nPower was back on all four islands by "
        "noon on "
        "Monday, the grid company said in a notice.\n\nA cable had been cut by an anchor.",
    ),
)
