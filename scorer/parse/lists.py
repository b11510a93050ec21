"""Lists of links in a page without mark-up: their headings, their items, and which of them belong to the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scorer.parse.furniture import LONGEST_TEASER, Shape
from scorer.parse.links import HEADS_RELATED, HEADS_SITE_LIST, LONGEST_HEADING

# A title with a short paragraph may be a heading of the article; so many in a row below the heading of a list are its items.
_FEWEST_TEASERS = 2
# Items of a link block are titles, with no more than so many shorter ones in a row: a longer run is a menu.
_LONGEST_LAPSE = 4
# How many lines from the article a list may stand that says it belongs to it, and how many lines after the article are so few
# that its lists do.
_REACH_ABOVE, _REACH_BELOW, _SHORT = 25, 40, 60
_LONGEST_LIST, _LONGEST_PLAIN_HEADING = 20, 40


def label_teasers(shapes: Sequence[Shape], labels: list[str], roles: dict[int, str]) -> None:
    """Below a heading of a list, titles with a short paragraph each are its items."""
    for heading, shape in enumerate(shapes):
        if shape.prose or not (roles.get(heading) == "heading" or (not labels[heading] and _heads_list(shape))):
            continue
        end = heading + 1
        while end + 1 < len(labels) and not labels[end] and not labels[end + 1] and _is_teaser(*shapes[end : end + 2]):
            end += 2
        if end > heading + 2 * _FEWEST_TEASERS:
            labels[heading:end] = ["link_block"] * (end - heading)
            roles[heading] = "heading"


def _is_teaser(title: Shape, text: Shape) -> bool:
    return _is_title(title) and text.prose and len(text.text) < LONGEST_TEASER


def label_links(shapes: Sequence[Shape], labels: list[str], roles: dict[int, str], last: int) -> None:
    """Give each link heading the items that follow it; below the article what says that it heads related ones is such."""
    for i in range(last + 1, len(labels) - 1):
        heads = len(shapes[i].text) < _LONGEST_PLAIN_HEADING and HEADS_RELATED.match(shapes[i].text)
        if heads and not labels[i] and not labels[i + 1] and shapes[i].item and shapes[i + 1].item:
            labels[i], roles[i] = "link_block", "heading"
    for heading, role in roles.items():
        if role == "comments" or labels[heading] != "link_block":
            continue
        for i in range(heading + 1, len(labels)):
            if labels[i] == "boilerplate":
                continue
            if role == "heading" and dates_item(shapes, labels, i):
                labels[i] = "link_block"
                continue
            if labels[i] == "link_block" and roles.get(i) is None:
                continue
            if role == "heading" and i > last and labels[i] in ("byline", "dateline"):
                labels[i] = ""
            if labels[i] or not shapes[i].item or _is_menu(shapes[i]) or (role == "inline" and not shapes[i].teaser):
                break
            if i > heading + 2 and not any(map(_could_be_title, shapes[i : i + _LONGEST_LAPSE])):
                break
            labels[i] = "link_block"


def dates_item(shapes: Sequence[Shape], labels: Sequence[str], i: int) -> bool:
    """Whether a date or a name stands between two items of a link block."""
    return (
        labels[i] in ("byline", "dateline")
        and labels[i - 1] == "link_block"
        and i + 1 < len(labels)
        and not labels[i + 1]
        and shapes[i + 1].item
    )


def _could_be_title(shape: Shape) -> bool:
    return len(shape.text) >= 20 and shape.text.count(" ") >= 2


def label_runs(shapes: Sequence[Shape], labels: list[str], inside: Sequence[bool], first: int, last: int) -> None:
    """Label runs of headline-like lines that no heading announces, and what else is not inside the article."""
    i = first
    while i < len(labels):
        run = i
        while run < len(labels) and not labels[run] and _is_title(shapes[run]):
            run += 1
        after = i > last
        if run - i >= (2 if after else 3):
            for j in range(i, run):
                labels[j] = "link_block"
        elif after and not labels[i] and (shapes[i].teaser or _is_title(shapes[i])):
            labels[i] = "link_block"
        elif not labels[i] and (not inside[i] or (after and shapes[i].item)):
            labels[i] = "boilerplate"
        i = max(run, i + 1)


def drop_site_lists(shapes: Sequence[Shape], labels: list[str], roles: Mapping[int, str], first: int, last: int) -> None:
    """Leave as link blocks the lists that belong to the article; those of the whole site are furniture.

    A list among the paragraphs belongs to it, and one below a heading that says so and not far from it. Where little
    follows the article, so does what else is listed there.
    """
    short = len(labels) - (last - first + 1) <= _SHORT
    start, at, related, headed = -1, -1, False, False
    for i, label in enumerate(labels):
        if label != "link_block":
            continue
        if start < 0 or i > at + 2 or roles.get(i) == "heading" or HEADS_RELATED.match(shapes[i].text):
            start = i
            related = HEADS_RELATED.match(shapes[i].text) is not None
            headed = roles.get(i) == "heading" or any(_heads_list(shape) for shape in shapes[max(0, i - 2) : i + 1])
        at = i
        near = first - _REACH_ABOVE <= start <= last + _REACH_BELOW and i < start + _LONGEST_LIST
        tail = short and start > last and (headed or start <= last + 2)
        if not (first < start < last or (related and near) or tail):
            labels[i] = "boilerplate"


def _is_menu(shape: Shape) -> bool:
    return shape.text.count(" | ") > 1


def _heads_list(shape: Shape) -> bool:
    text = shape.text
    return len(text) < LONGEST_HEADING and (HEADS_RELATED.match(text) or HEADS_SITE_LIST.match(text)) is not None


def _is_title(shape: Shape) -> bool:
    text = shape.text
    return (
        shape.item
        and len(text) >= 20
        and text.count(" ") >= 3
        and (text[0].isupper() or not text[0].isalpha())
        and text[0] not in "•-*·–"
        and not _is_menu(shape)
    )
