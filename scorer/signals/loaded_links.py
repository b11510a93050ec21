"""Link blocks whose items are worded to stir: fear, outrage, awe, gossip, disaster, superlatives, party labels.

**Measured as** the share (0-1) of the items of link blocks that hold a term of the lists `fear`, `outrage`, `awe`,
`celebrity`, `disaster`, `superlatives` or `partisan_labels`; 0 without items, NaN on a page with neither headline nor
body. Higher is more sensational.

**Why it matters** What a page offers next is the house's own choice of wording. How many link blocks there are says
nothing of a page; what they say does.

**Known limits** An item may quote a word or report a disaster. A scraper that drops link blocks leaves nothing to
measure, which reads as 0.

**Source** Zhang and others (2018), credibility indicators for news articles, Companion Proceedings of The Web
Conference, on the content around an article; lists written for this project, see scorer/lexicons.
"""

from scorer.counting import share_of_links, terms_in_links
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Share of link items with a loaded term."""
    found = terms_in_links(article, "fear", "outrage", "awe", "celebrity", "disaster", "superlatives", "partisan_labels")
    return share_of_links(article, found)


_BODY = (
    "Council votes to close the road\n\nThe council voted on Tuesday to close the road for nine weeks from May.\n\n"
    "Work on the bridge will cost two million pounds, the report said.\n\n"
)

SIGNAL = Signal(
    name="loaded_links",
    group="surround",
    measure=measure,
    fires=(
        _BODY + "You may also like\n\nCoffee growers bet on shade trees\n«Chilling» footage shows the last bus of the night",
        _BODY + "READ MORE: «Horror» as black slime runs from the taps of a new house",
        _BODY + "Related stories\n\nMother «bares all» after her «bitter split» from the baker\nPool opens late after "
        "pump repair\n"
        "Three roads shut by snow",
        "Grey boxes put up in Tulsa\n\nThe boxes hold equipment for traffic signals, the city said in its letter to "
        "us.\n\n"
        "They hum.\n\nFrom around the web\n\n«Terrifying» sound heard on the moor\nThe town where bread is dear",
    ),
    silent=(
        _BODY + "You may also like\n\nCoffee growers bet on shade trees\nThe film that was made on the last bus of the night",
        _BODY + "READ MORE: Water company to replace pipes in a street of new houses",
        _BODY + "Pool opens late after pump repair, the nightmare of every manager, the city said.",
        "Chilling horror on the moor\n\nA terrifying noise was heard on the moor by two walkers late on Sunday "
        "night.\n\nThey ran."
        "\n\nRelated stories\n\nMarket town gets its bank back\nSheep sales up",
    ),
)
