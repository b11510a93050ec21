"""Teasers that break off: items of link blocks that end in an ellipsis.

**Measured as** the share (0-1) of the items of link blocks that are cut off with "…", "..." or "[…]"; 0 without items,
NaN on a page with neither headline nor body. Higher is more sensational.

**Why it matters** A teaser that stops in mid-sentence leaves the reader with half a claim and a reason to click.

**Known limits** Most are cut by the page's software at a number of letters, also in careful outlets. An ellipsis set
for effect ("and then...") looks the same.

**Source** Loewenstein (1994), "The psychology of curiosity", Psychological Bulletin 116(1), on gaps in what one is
told; the form itself: ours.
"""

import re

from scorer.counting import share_of_links
from scorer.types import Article, Measurement, Signal, Span

_CUT = re.compile(r"(?:\[(?:…|\.{3,})\]|…|\.{3,})(?= ?(?:[Rr]ead [Mm]ore|[Cc]ontinue)?[ »→]{0,3}$)")
_TAIL = 20


def measure(article: Article) -> Measurement:
    """Share of link items that end in an ellipsis."""
    text = article.text
    found = []
    for start, end, _ in article.links:
        if text[end - 1] in "….]»→e":  # most items end in none of these
            cut = _CUT.search(text, max(start, end - _TAIL), end)
            if cut:
                found.append(Span(cut.start(), cut.end(), "ellipsis"))
    return share_of_links(article, found)


_BODY = (
    "Council votes to close the road\n\nThe council voted on Tuesday to close the road for nine weeks from May.\n\n"
    "Work on the bridge will cost two million pounds, the report said.\n\n"
)

SIGNAL = Signal(
    name="teasers_cut",
    group="surround",
    measure=measure,
    fires=(
        _BODY + "You may also like\n\nOctopus learns to open the gate\nStaff at a small aquarium have changed the locks after«…»",
        _BODY + "Related stories\n\nPensioner, 83, is ordered to take down bunting because it is«...»\nThree roads shut by snow",
        _BODY + "From around the web\n\nMan, 71, builds a bunker from containers, look inside «[…]»\nShade trees for coffee",
        _BODY + "Recommended\n\nThe man told the clerk that he had all day and sat down on the«…» Read More\nHeat on the way",
    ),
    silent=(
        _BODY + "You may also like\n\nOctopus learns to open the gate\nStaff at a small aquarium have changed the locks",
        _BODY + "Related stories\n\nPensioner, 83... and counting: the bell ringers of Kington\nThree roads shut by snow",
        _BODY + "READ MORE: Why the clerk sat down",
        _BODY + "The man told the clerk that he had all day, and then... he sat down on the floor and waited for an hour.",
    ),
)
