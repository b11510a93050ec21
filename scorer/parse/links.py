"""Where the items of link blocks lead and which are paid for: one understanding for HTML and plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorer.types import Destination, Span


class Anchor(NamedTuple):
    """A link with text: its range, its target made absolute, the target's host (empty: none, as in "mailto:"), whether
    that host is the page's own site (None: the page's address is not known), and whether the mark-up says it is paid for.
    """

    start: int
    end: int
    target: str
    host: str
    own: bool | None
    sponsored: bool


#: What heads links that belong to an article, and what heads the site's own lists.
HEADS_RELATED = re.compile(
    r"(?:(?:\S+ ){0,2}related\b|see also|also (?:see|read|on)\b|read (?:on|more|also|next)\b|more (?:on|about"
    r"|from|stories|in|like)\b"
    r"|more:?$|next article|previous article|story links|in this (?:story|article|section)|further reading"
    r"|external links"
    r"|on the (?:net|web)|other (?:stories|articles|news)|recommended|similar|you (?:may|might)|don.t miss|all about"
    r"|click (?:here )?for|background$|multimedia$|special report|in depth|in pictures|up next|what to read"
    r"|keep reading|(?:from )?(?:around|across|elsewhere on) the web|(?:sponsored|promoted|paid) (?:stories|content|posts)"
    r"|(?:stories |content )?from (?:our|the web.s) partners|you.ll also)",
    re.IGNORECASE,
)
HEADS_SITE_LIST = re.compile(
    r"(?:most |popular|trending|latest|recent|(?:\S+ )?top (?:stories|news)|editor|featured|headlines|today.s"
    r"|breaking|what.s)",
    re.IGNORECASE,
)
#: Characters; a longer line heads no list.
LONGEST_HEADING = 70

#: What a line begins with that says that it, or the links below it, are paid for.
PAID_LABEL = (
    r"(?:sponsored|promoted|advertisement|advertorial|paid (?:content|post|for by)|ad\b|ads by|from our partners?"
    r"|partner content|in partnership with|affiliate link)"
)
_BY_VENDOR = r".{0,60}\b(?:by|with) (?:taboola|outbrain|revcontent|zergnet|mgid|dianomi|nativo|engageya|plista|ligatus|adblade)\b"
# A line above items, and an item itself: "Promoted to captain at 19" is none.
_PAID_HEADING = re.compile(
    rf"[\W_]{{0,3}}{PAID_LABEL}|{_BY_VENDOR}"
    r"|.{0,60}(?:\b(?:around|across|elsewhere on) the web\b|\bfrom (?:our|the web.s) (?:partners|sponsors)\b)",
    re.IGNORECASE,
)
_PAID_ITEM = re.compile(
    r"[\W_]{0,3}(?:(?:sponsored|promoted|paid|partner)(?: (?:content|post|story))?|ad|advert|advertisement|advertorial)"
    rf" ?(?:[\[\](|:·•–—]|- )|{_BY_VENDOR}",
    re.IGNORECASE,
)
# What no item is called: the name of a widget, where it has been taken for one.
_WIDGET = re.compile(rf"(?:sponsored|promoted|paid|partner) (?:stories|content|links|posts)\b|{_BY_VENDOR}", re.IGNORECASE)
_PAID_AT_END = re.compile(
    r"(?:[\[(|·•–—-] ?(?:sponsored|promoted|paid|ad|advert|advertisement|advertorial)[\])]?|\bsponsored by .{1,40})$",
    re.IGNORECASE,
)
_LABEL = 80  # characters; a longer line is no label
_AT_END = 60  # characters in which such a mark at the end of an item lies
_REACH = 12  # items: as many as a widget shows
_OF_THE_ARTICLE = frozenset(("headline", "standfirst", "body", "byline"))


def find_destinations(
    text: str, zones: Sequence[Span], items: Sequence[Span], anchors: Sequence[Anchor] | None
) -> tuple[list[Span], list[Destination]]:
    """The items of the link blocks and where each leads; `anchors` are the links of the page, None for plain text.

    `zones` are the blocks of the page, `items` those that may be an item of a link block, both in order. In HTML an item
    has a link, and one that has several leads where the longest does.
    """
    if not items:
        return [], []
    if anchors is None:
        paid = _paid_by_label(text, zones, {item.start for item in items})
        return list(items), [Destination(None, None, None, item.start in paid) for item in items]
    links: dict[int, list[Anchor]] = {}
    at = 0
    for item in items:
        while at < len(anchors) and anchors[at].end <= item.start:
            at += 1
        while at < len(anchors) and anchors[at].start < item.end:
            links.setdefault(item.start, []).append(anchors[at])
            at += 1
    paid = _paid_by_label(text, zones, set(links))
    linked = [item for item in items if item.start in links]
    return linked, [_destination(links[item.start], paid=item.start in paid) for item in linked]


def _destination(anchors: Sequence[Anchor], *, paid: bool) -> Destination:
    longest = max(anchors, key=lambda anchor: anchor.end - anchor.start)
    sponsored = any(anchor.sponsored for anchor in anchors) or (paid and not longest.own)
    return Destination(longest.target, longest.host, longest.own, sponsored)


def _paid_by_label(text: str, zones: Sequence[Span], items: set[int]) -> set[int]:
    """The starts of the items that say they are paid for, or stand under a line that says so."""
    paid = set()
    left = 0
    for start, end, label in zones:
        if label in _OF_THE_ARTICLE:
            left = 0
        elif start in items and not (end - start < _LABEL and _WIDGET.match(text, start, end)):
            if left or _PAID_ITEM.match(text, start, end) or _PAID_AT_END.search(text, max(start, end - _AT_END), end):
                paid.add(start)
            left = max(0, left - 1)
        elif end - start < _LABEL:
            if _PAID_HEADING.match(text, start, end):
                left = _REACH
            elif label == "link_block":  # another heading
                left = 0
    return paid
