"""Links with a quoted phrase: ‘cursed’ lighthouse, "offensive" lunch.

**Measured as** the share (0-1) of the items of link blocks that hold a phrase in quotation marks; 0 without items, NaN
on a page with neither headline nor body. Higher is more sensational.

**Why it matters** A quoted word in a link says something without saying who says it; in a block of links there is no
article under it to tell.

**Known limits** Titles of works are quoted as well, and some houses quote in every headline. A straight apostrophe at
the start of a word can open what looks like a quotation.

**Source** Molek-Kozakowska (2013), "Towards a pragma-linguistic framework for the study of sensationalism in news
headlines", Discourse & Communication 7(2), on quotations in headlines; in link blocks: ours.
"""

import re

from scorer.counting import share_of_links
from scorer.types import Article, Measurement, Signal, Span

# An opening mark stands after no letter, a closing one before none, so that "don’t" closes nothing.
_QUOTED = re.compile(r"[‘“'\"](?<!\w.)(?:(?<=‘)[^‘]{1,120}?’|(?<=“)[^“]{1,120}?”|(?<=').{1,120}?'|(?<=\")[^\"]{1,120}?\")(?!\w)")


def measure(article: Article) -> Measurement:
    """Share of link items with a quoted phrase."""
    text = article.text
    found = [
        Span(quoted.start(), quoted.end(), "quote")
        for start, end, _ in article.links
        for quoted in _QUOTED.finditer(text, start, end)
    ]
    return share_of_links(article, found)


_BODY = (
    "Council votes to close the road\n\nThe council voted on Tuesday to close the road for nine weeks from May.\n\n"
    "Work on the bridge will cost two million pounds, the report said.\n\n"
)

SIGNAL = Signal(
    name="link_quotes",
    group="surround",
    measure=measure,
    fires=(
        _BODY + "You may also like\n\nCruise guests in tears over «‘prison’» cabins\nThe goat that rides the bus",
        _BODY + "READ MORE: «‘My neighbour’s hot tub ruined my life’»",
        _BODY + "Related stories\n\nVillagers at war over «'hideous and it doesn't work'» shelter\nThree roads shut by snow",
        _BODY + 'Recommended\n\nRanger speaks: «“We were told not to look at the lake”»\nA «"cured"» lamp sells '
        "out\nSheep sales up",
    ),
    silent=(
        _BODY + "You may also like\n\nCruise guests complain about small cabins\nThe goat that rides the bus",
        _BODY + "READ MORE: My neighbour’s hot tub and the planning inspector’s visit",
        _BODY + "Related stories\n\nVillagers' bus shelter doesn't please the drivers' union\nThree roads shut by snow",
        _BODY + "Villagers spoke of a ‘hideous’ shelter, and one said: “We were told not to look at the lake.”",
    ),
)
