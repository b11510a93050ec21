"""Attributions to a source that bears a name.

**Measured as** sources with a proper name that are given for a statement, one a mention, per sentence of the body, 0
to 1; higher means more of the sourcing is shown. NaN without a sentence.

**Why it matters** Who said it, by name, is the first thing a reader can check; it is the core of what reporters mean
by sourcing.

**Known limits** Sources are found by their capitals near a verb of saying: a pronoun for a named person does not
count as named, and a place or title may be taken for a name.

**Source** Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC; Tuchman
(1972), "Objectivity as Strategic Ritual", American Journal of Sociology 77(4); the measure is ours.
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Named sources of attributions per sentence, at most 1."""
    if not article.sentences:
        return UNMEASURED
    sources = {a.source.start: a.source for a in article.attributions if a.named and a.source}
    return Measurement(min(1.0, len(sources) / len(article.sentences)), tuple(sources.values()))


SIGNAL = Signal(
    name="named_attributions",
    group="sourcing",
    measure=measure,
    fires=(
        "«Helen Marsh» said that the bridge would close for a week in June.",
        "The harbour will be dredged in spring, according to «Port of Cork», which owns the quay.",
        "“We are short of nurses,” said «Paul Okoro», who runs the ward at night.",
        "The road floods every year. «Councillor Dean Fox» told the meeting that a drain would be built.",
    ),
    silent=(
        "The bridge will close for a week in June, and the buses will run along the quay.",
        "A spokesman said that the harbour would be dredged in spring, before the regatta.",
        "“We are short of nurses,” said a woman who works on the ward at night.",
        "Paul Okoro runs the ward at night and has worked in the hospital for eleven years.",
    ),
)
