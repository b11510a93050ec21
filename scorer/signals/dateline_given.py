"""A dateline or an agency's credit: where the report was filed, or whose report it is.

**Measured as** 1 if the body opens with a dateline ("OSLO, May 4 -") or an agency is credited in a dateline or
provenance line, else 0; NaN without a body. Higher is better sourced.

**Why it matters** A dateline says that somebody was there, or whose report was taken over; both can be checked.

**Known limits** Press releases carry datelines too. Many careful outlets have given them up. A dash after an opening
name in capitals can look like one.

**Source** Lewis, Williams and Franklin (2008), "A compromised fourth estate? UK news journalism, public relations and
news sources", Journalism Studies 9(1), on copy from agencies; list written for this project, see
scorer/lexicons/agencies.txt.
"""

from scorer.counting import UNMEASURED, agencies_in, widest
from scorer.types import Article, Measurement, Signal, Span


def measure(article: Article) -> Measurement:
    """Whether the page gives a dateline or credits an agency."""
    if not article.n_words:
        return UNMEASURED
    found: list[Span] = agencies_in(article, "dateline", "provenance")
    datelines = article.zone("dateline")
    if datelines:
        opening = article.zone("body")[0].start
        found = widest([*found, *(dateline for dateline in datelines if dateline.start == opening)])
    return Measurement(1.0, found) if found else Measurement(0.0)


SIGNAL = Signal(
    name="dateline_given",
    group="provenance",
    measure=measure,
    fires=(
        "Grid restored after storm\n\n«OSLO, May 4 (Reuters) -» Power was back in all but two districts by noon on "
        "Thursday, the "
        "operator said.\n\nThe storm cut four lines.",
        "Court hears land claim\n\n«NAIROBI —» A court in the capital began to hear a claim to forty farms on Monday "
        "after ten "
        "years of delay.\n\nA ruling is due in June.",
        "Floods close two rail lines\n\nTwo lines in the valley were closed on Sunday when water rose over the track "
        "near the "
        "station.\n\nTrains will run again on Tuesday.\n\nSource: «Reuters»",
        "Vote on fishing quota put off\n\nMinisters put off a vote on the quota for cod until the autumn, officials "
        "said on "
        "Friday night.\n\nTalks go on.\n\nThe «Associated Press» contributed to this report.",
    ),
    silent=(
        "Grid restored after storm\n\nPower was back in all but two districts by noon on Thursday, Reuters reported "
        "from Oslo, "
        "citing the operator.\n\nThe storm cut four lines.",
        "Court hears land claim\n\nMonday 4 May 2020\n\nA court in Nairobi - the capital - began to hear a claim to "
        "forty farms "
        "after ten years of delay.\n\nA ruling is due in June.",
        "Floods close two rail lines\n\nTwo lines in the valley were closed on Sunday when water rose over the track "
        "near the "
        "station.\n\nTrains will run again on Tuesday.\n\nSource: Read Full Article",
        "Vote on fishing quota put off\n\nBy Ann Poe\n\nMinisters put off a vote on the quota for cod until the "
        "autumn, they told "
        "the Associated Press.\n\nTalks go on.",
    ),
)
