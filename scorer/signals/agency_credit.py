"""A news agency named in the byline, dateline or source line.

**Measured as** 1 if a term of the list `agencies` stands in a byline, dateline or provenance zone, else 0; NaN without
a body. Higher is better sourced.

**Why it matters** Agency copy is written and checked for hundreds of outlets at once, and a page that credits it can be
laid beside the original.

**Known limits** The list also holds wires that carry press releases. Some state agencies report what their state
wants reported. Agencies that the article cites are the matter of another signal.

**Source** Lewis, Williams and Franklin (2008), "A compromised fourth estate? UK news journalism, public relations and
news sources", Journalism Studies 9(1); list written for this project, see scorer/lexicons/agencies.txt.
"""

from scorer.counting import UNMEASURED, agencies_in
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Whether byline, dateline or provenance names an agency."""
    if not article.n_words:
        return UNMEASURED
    found = agencies_in(article, "byline", "dateline", "provenance")
    return Measurement(1.0, found) if found else Measurement(0.0)


SIGNAL = Signal(
    name="agency_credit",
    group="provenance",
    measure=measure,
    fires=(
        "Snow closes mountain pass\n\nTURIN, May 4 («AFP») - Snow closed the pass for a second day on Tuesday, and "
        "lorries stood "
        "in a line of nine kilometres.\n\nIt is to open at dawn.",
        "Museum gets its bell back\n\n«Associated Press»\n\nThe bell was taken down in 1943 and was found last year "
        "in a barn, "
        "the museum said on Monday.\n\nIt weighs two tonnes.",
        "Wheat exports fall\n\nExports of wheat fell by a fifth in the first quarter, the ministry said in a table on "
        "its "
        "site.\n\nThe harvest was late.\n\nSource: «Interfax»",
        "Judge to rule on dam\n\nBy Ann Poe, «Reuters»\n\nA judge will rule in June on whether the dam may be filled, "
        "both sides "
        "said after a hearing.\n\nWork stopped in 2019.",
    ),
    silent=(
        "Snow closes mountain pass\n\nTURIN, May 4 - Snow closed the pass for a second day on Tuesday, and lorries "
        "stood in a "
        "line, AFP reported.\n\nIt is to open at dawn.",
        "Museum gets its bell back\n\nBy Staff Reporter\n\nThe bell was taken down in 1943 and was found last year in "
        "a barn, the "
        "museum told the Associated Press.\n\nIt weighs two tonnes.",
        "Wheat exports fall\n\nExports of wheat fell by a fifth in the first quarter, Interfax reported, citing the "
        "ministry."
        "\n\nThe harvest was late.\n\nSource: Harbour Post",
        "Judge to rule on dam\n\nBy Ann Poe\n\nA judge will rule in June on whether the dam may be filled, both sides "
        "said after "
        "a hearing.\n\nWork stopped in 2019, when Reuters asked about it.",
    ),
)
