"""A source line that names its source: "Source: Reuters", "Reporting by Ann Poe in Oslo".

**Measured as** 1 if a provenance line names a person, an outlet, an agency or a web address, else 0; NaN without a
body. Higher is better sourced.

**Why it matters** Who says where a text comes from can be checked, and gives the one who did the reporting their due.

**Known limits** That a line names somebody does not mean that they are worth naming. A line that corrects the article
does not count, nor does one that speaks of agencies and names none.

**Source** Sundar (1998), "Effect of source attribution on perception of online news stories", Journalism & Mass
Communication Quarterly 75(1); the form itself: ours.
"""

from bisect import bisect_right

from scorer.counting import UNMEASURED, agencies_in
from scorer.credits import names_a_source
from scorer.types import Article, Measurement, Signal, Span


def measure(article: Article) -> Measurement:
    """Whether a provenance line names its source."""
    if not article.n_words:
        return UNMEASURED
    lines = article.zone("provenance")
    if not lines:
        return Measurement(0.0)
    credited = {bisect_right(lines, agency.start, key=_start) - 1 for agency in agencies_in(article, "provenance")}
    named = [line for i, line in enumerate(lines) if i in credited or names_a_source(article.text[line.start : line.end])]
    return Measurement(1.0, named) if named else Measurement(0.0)


def _start(line: Span) -> int:
    return line.start


SIGNAL = Signal(
    name="source_line_named",
    group="provenance",
    measure=measure,
    fires=(
        "Strike at the port ends\n\nDockers went back to work on Monday after the port agreed to a rise of four "
        "percent over two "
        "years.\n\nShips are still waiting.\n\n«Source: Reuters»",
        "Vaccine reaches the hills\n\nNurses on foot have brought the vaccine to all but three villages, the health "
        "office said "
        "on Friday.\n\nThe rest must wait for the thaw.\n\n«Reporting by Ann Poe in Oslo»",
        "Old cinema to be a school\n\nThe old cinema in Mill Street will be a school from next year, the council "
        "voted on "
        "Tuesday.\n\nIts screen will stay.\n\n«This article first appeared on The Ledger»",
        "Firm to build battery plant\n\nA firm from the coast will build a battery plant on the site of the old "
        "steelworks, it "
        "said.\n\nIt will employ two hundred.\n\n«Source: www.example.com/news»",
    ),
    silent=(
        "Strike at the port ends\n\nDockers went back to work on Monday after the port agreed to a rise of four "
        "percent over two "
        "years.\n\nShips are still waiting.\n\nSource: Read Full Article",
        "Vaccine reaches the hills\n\nNurses on foot have brought the vaccine to all but three villages, Ann Poe "
        "reported from "
        "Oslo.\n\nThe rest must wait for the thaw.\n\n(With inputs from agencies)",
        "Old cinema to be a school\n\nThe old cinema in Mill Street will be a school from next year, The Ledger "
        "reported on "
        "Tuesday.\n\nIts screen will stay.\n\nRead the original article here",
        "Firm to build battery plant\n\nA firm from the coast will build a battery plant on the site of the old "
        "steelworks, it "
        "said.\n\nIt will employ two hundred.\n\nCorrection: An earlier version of this article gave the wrong site "
        "in Leeds.",
    ),
)
