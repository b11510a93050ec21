"""Links that withhold: "what happened next", "this star", "can you guess", or a question.

**Measured as** the share (0-1) of the items of link blocks that hold a term of the lists `curiosity_gap`,
`forward_reference` or `clickbait_links`, or end in a question mark; 0 without items, NaN on a page with neither
headline nor body. Higher is more sensational.

**Why it matters** Such a link gives less than it knows so that the reader has to click. Blocks made of them are how
pages are paid by the click.

**Known limits** A plain question ("What does an orange alert mean?") is counted with the others. Paid boxes are chosen
by their seller, not by the newsroom, although the newsroom lets them in.

**Source** Blom and Hansen (2015), "Click bait: Forward-reference as lure in online news headlines", Journal of
Pragmatics 76; lists written for this project, see scorer/lexicons.
"""

from bisect import bisect_right

from scorer.counting import share_of_links, terms_in_links, widest
from scorer.types import Article, Measurement, Signal, Span

_CLOSING = "\"”’') "


def measure(article: Article) -> Measurement:
    """Share of link items that withhold or ask."""
    found = terms_in_links(article, "curiosity_gap", "forward_reference", "clickbait_links")
    for mark in article.found("mark_question", "link_block"):
        at = bisect_right(article.links, mark.start, key=_start) - 1
        if at >= 0 and not article.text[mark.end : article.links[at].end].strip(_CLOSING):
            found.append(mark)
    return share_of_links(article, widest(found))


def _start(item: Span) -> int:
    return item.start


_BODY = (
    "Council votes to close the road\n\nThe council voted on Tuesday to close the road for nine weeks from May.\n\n"
    "Work on the bridge will cost two million pounds, the report said.\n\n"
)

SIGNAL = Signal(
    name="curiosity_links",
    group="surround",
    measure=measure,
    fires=(
        _BODY + "You may also like\n\nA goat rode the bus, and «what happened next» stunned the driver\nShade trees for coffee",
        _BODY + "From around the web\n\n«Can you guess» the age of this oak\n«This simple trick» cuts a heating bill in half",
        _BODY + "Related stories\n\nIs a cold shower good for the heart«?»\nMarket town gets its bank back\nSheep sales up",
        _BODY + "Recommended\n\n«Doctors hate» the baker of Mill Street\nRain puts off the start of the harvest",
    ),
    silent=(
        _BODY + "You may also like\n\nA goat rode the bus to the market and was taken home by its owner\nShade trees for coffee",
        _BODY + "READ MORE: Heating bills fall by a tenth as gas gets cheaper",
        _BODY + "Related stories\n\nCold showers and the heart: the studies so far\nMarket town gets its bank "
        "back\nSheep sales up",
        _BODY + "Can you guess what happened next? The doctors of Mill Street asked the baker for his trick and he refused.",
    ),
)
