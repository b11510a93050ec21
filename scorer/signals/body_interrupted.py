"""An article broken up by furniture: links, advertisements and sign-up lines between its paragraphs.

**Measured as** the number of boilerplate and link_block zones between the first and the last paragraph of the body, per
10 paragraphs, capped at 10; 0 without a body, NaN on a page with neither headline nor body. Higher is more sensational.

**Why it matters** Pages that are paid by the click send the reader away from the article while it is being read.

**Known limits** The house's software decides much of this, in careful outlets too. An item of a link block counts by
itself, so a block of five weighs as five. A scraper that drops furniture leaves nothing to count.

**Source** Zhang and others (2018), credibility indicators for news articles, Companion Proceedings of The Web
Conference, on the number and the placement of advertisements and calls.
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal

_PARAGRAPHS = 10
_MOST = 10.0


def measure(article: Article) -> Measurement:
    """Furniture zones between paragraphs per 10 paragraphs."""
    if not article.headline_words and not article.n_words:
        return UNMEASURED
    body = article.zone("body")
    if not body:
        return Measurement(0.0)
    first, last = body[0].start, body[-1].start
    found = [zone for label in ("boilerplate", "link_block") for zone in article.zone(label) if first < zone.start < last]
    if not found:
        return Measurement(0.0)
    return Measurement(min(_MOST, _PARAGRAPHS * len(found) / len(body)), sorted(found))


SIGNAL = Signal(
    name="body_interrupted",
    group="surround",
    measure=measure,
    fires=(
        "Ferry runs aground in fog\n\nA ferry with ninety people on board ran aground in fog on "
        "Sunday.\n\n«Advertisement»\n\n"
        "Nobody was hurt, the coast guard said in a notice on its site.",
        "Cost of onions doubles\n\nThe cost of onions has doubled since the spring, the market said.\n\n«READ MORE: "
        "‘I left out the "
        "onions and my guests noticed’»\n\nThe harvest was poor in all three states, according to the ministry.",
        "New law on short lets\n\nOwners who let a flat for less than a week must ask the city.\n\n«Sign up for our "
        "free "
        "newsletter, every morning in your inbox.»\n\nThe law takes effect in May, and it does not touch hotels.",
        "Beast seen near the moor\n\nA large cat was seen near the moor on Sunday, two walkers said.\n\n«DON'T "
        "MISS:»\n«Hotel on the "
        "island runs out of food [PICTURES]»\n«Swans block the towpath by the lock [VIDEO]»\n\nNo tracks were found "
        "by the ranger, "
        "who looked for two days.",
    ),
    silent=(
        "Ferry runs aground in fog\n\nAdvertisement\n\nA ferry with ninety people on board ran aground in fog on "
        "Sunday.\n\n"
        "Nobody was hurt, the coast guard said in a notice on its site.",
        "Cost of onions doubles\n\nThe cost of onions has doubled since the spring, the market said.\n\nThe harvest "
        "was poor in "
        "all three states, according to the ministry.\n\nREAD MORE: ‘I left out the onions and my guests noticed’",
        "New law on short lets\n\nOwners who let a flat for less than a week must ask the city.\n\nA newsletter of "
        "the owners "
        "calls the law an advertisement for hotels.\n\nIt takes effect in May, and it does not touch hotels.",
        "Beast seen near the moor",
    ),
)
