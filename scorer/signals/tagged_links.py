"""Links that end in a tag: [REPORT], [VIDEO], (PICTURES), | VIDEO.

**Measured as** the share (0-1) of the items of link blocks that end in a tag; 0 without items, NaN on a page with
neither headline nor body. Higher is more sensational.

**Why it matters** The tag is there to be clicked: it sells the kind of thing ([SHOCK], [VIDEO]) in place of saying
what it is about.

**Known limits** Careful outlets also mark what is a video. The house style of one publisher can weigh much in a
collection that holds many of its pages.

**Source** Ours, from the link blocks of the development pages.
"""

import re

from scorer.counting import share_of_links
from scorer.types import Article, Measurement, Signal, Span

_TAG = re.compile(
    r"(?:\[[A-Z][A-Za-z /&-]{2,18}\]"
    r"|\((?:PICTURES?|PICS|PHOTOS?|VIDEOS?|WATCH|GALLERY|AUDIO|EXCLUSIVE|REPORT|UPDATED?|Pictures|Photos?|Videos?)\)"
    r"|\| ?(?:PICTURES?|PICS|PHOTOS?|VIDEOS?|WATCH|GALLERY|Photos|Video))$"
)
_LONGEST_TAG = 22


def measure(article: Article) -> Measurement:
    """Share of link items that end in a tag."""
    text = article.text
    found = []
    for start, end, _ in article.links:
        if text[end - 1] in "])" or "|" in text[end - _LONGEST_TAG : end]:  # most items are passed over here
            tag = _TAG.search(text, max(start, end - _LONGEST_TAG), end)
            if tag:
                found.append(Span(tag.start(), tag.end(), "tag"))
    return share_of_links(article, found)


_BODY = (
    "Council votes to close the road\n\nThe council voted on Tuesday to close the road for nine weeks from May.\n\n"
    "Work on the bridge will cost two million pounds, the report said.\n\n"
)

SIGNAL = Signal(
    name="tagged_links",
    group="surround",
    measure=measure,
    fires=(
        _BODY + "DON'T MISS:\n\nHotel on the island runs out of food «[PICTURES]»\nSwans block the towpath «[VIDEO]»",
        _BODY + "Related stories\n\nFlood-hit traders seek waiver of fee «| VIDEO»\nThe price of onions\nPipes and frost",
        _BODY + "ALSO READ\n\nA hundred kolams on one street «(PHOTOS)»\nWhat an orange alert means",
        _BODY + "READ MORE\n\nKyiv restores power after strikes «[REPORT]»\nAlliance split over gas «[INSIGHT]»\nRate "
        "held at four",
    ),
    silent=(
        _BODY + "DON'T MISS:\n\nHotel on the island runs out of food, guests say in video\nSwans block the towpath",
        _BODY + "Related stories\n\nMan builds bunker from old shipping containers [...]\nThe price of onions (2019)",
        _BODY + "ALSO READ\n\nUnion wins case at the labour tribunal (TUC)\nWhat an orange alert means",
        _BODY + "The footage is marked [VIDEO] in the council's register, and pictures are marked [PICTURES].",
    ),
)
