"""How many different named sources the article gives.

**Measured as** distinct named sources of attributions, 0 to 10; higher means more of the sourcing is shown. Two
mentions are the same source when their last word is (“Helen Marsh”, “Ms Marsh”). Ten is the most that counts: beyond
it the number tells how long the article is. The evidence is the first mention of each.

**Why it matters** Several sources who can be asked make a report less dependent on any one of them.

**Known limits** Relatives who share a name are one source here, and so are bodies that share a last word (“Health
Organization”, “Trade Organization”). Long articles have room for more sources.

**Source** Zhang et al. (2018), "A Structured Response to Misinformation: Defining and Annotating Credibility
Indicators in News Articles", WWW Companion; the measure is ours.
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal, Span

# Beyond ten the count tells how long an article is rather than how it is sourced.
_MOST = 10


def measure(article: Article) -> Measurement:
    """Distinct named sources, at most ten."""
    if not article.n_words:
        return UNMEASURED
    text = article.text
    first: dict[str, Span] = {}
    for attribution in article.attributions:
        source = attribution.source
        if attribution.named and source:
            first.setdefault(_last_name(text[source.start : source.end]), source)
            if len(first) == _MOST:
                break
    return Measurement(float(len(first)), tuple(first.values()))


def _last_name(name: str) -> str:
    """Give the last word of a name, without a possessive."""
    last = name.rpartition(" ")[2].casefold()
    if last.isalpha():
        return last
    return last.replace("’", "'").removesuffix("'s").rstrip(".'")


SIGNAL = Signal(
    name="named_sources",
    group="sourcing",
    measure=measure,
    fires=(
        "«Helen Marsh» said that the bridge would close. Ms Marsh added that buses would run along the quay.",
        ("“We are short of nurses,” said «Paul Okoro» of the night ward. The hospital was full, «Anna Lind» told the board."),
        "The harbour will be dredged in spring, according to «Port of Cork», which owns the quay.",
        "The plan is dead, «Dean Fox» wrote. It is not, «Mary Quinn» replied. Both will stand in May.",
    ),
    silent=(
        "The bridge will close for a week in June, and the buses will run along the quay.",
        "A spokesman said that the harbour would be dredged in spring, before the regatta.",
        "Paul Okoro runs the ward at night, and Anna Lind sits on the board of the hospital.",
        "Officials said the plan was dead, and researchers said it was not, in two reports on Monday.",
    ),
)
