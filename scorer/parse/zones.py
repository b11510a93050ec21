"""Blocks -> zones: tell headline, body, furniture and link blocks apart, for plain text and HTML alike.

What a block alone gives away is found by `scorer.parse.furniture`, which lines of a text are the article's by
`scorer.parse.lines`; the rest is told by place: what stands short and unpunctuated before the article is its head, after
it a list of links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from scorer.parse.furniture import (
    HEADLINE,
    WEAK_LIST,
    Block,
    Shape,
    by_form,
    by_phrases,
    close_gaps,
    is_summary,
    kinds_of_patterns,
    shapes_of,
)
from scorer.parse.line_facts import is_signature
from scorer.parse.lines import find_body
from scorer.parse.lists import dates_item, drop_site_lists, label_links, label_runs, label_teasers
from scorer.text import words
from scorer.types import Span

# A page is a consent wall when notices make up this share of it and what else reads as prose no more than that one, or
# when the words of notices come this thick (hits a character; articles about data protection stay below half of it).
_WALL_SHARE, _WALL_REST, _WALL_DENSITY = 0.20, 0.45, 0.008

# After such a line everything is furniture: the notes of a press release, the offers of a paywall.
_END_MARK = re.compile(
    r"(?:[-–—*~]* ?ENDS?\.? ?[-–—*~]*|#{3,}|-30-|Notes? (?:to|for) [Ee]ditors?:?)$"
    r"|(?:To (?:read|continue)|(?:Please )?(?:[Ss]ubscribe|[Ll]og in|[Ss]ign in|[Rr]egister)(?: now)? to (?:read|continue)|Already a subscriber"
    r"|Continue reading (?:for free|with)|This (?:article|content|story) is (?:for|only|exclusive|available|reserved))"
)
_LONGEST_END_MARK = 90
# A bare number may be a page's or a count of readers; so many are a table.
_CELL, _FEWEST_CELLS = re.compile(r"[0-9]{1,6}"), 6
# Comments are told from an article by two signatures or more, below an article of more than this.
_FEWEST_SIGNED, _SHORTEST_ARTICLE = 2, 500
_CAPITAL_NAME = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,3}")
_PLAIN_NAME = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}"
    r"(?:(?:,| for| in|,? and| \||,? with) (?:[A-Z][\w.'’-]*|editor|correspondent|reporter|writer)(?: (?:[A-Z][\w.'’-]*|editor|correspondent|reporter|writer)){0,4}){0,3}"
)
_INLINE_DATELINE = re.compile(
    r"[A-Z][A-Z.'’/-]+(?:[ ,]+[A-Z][A-Za-z.'’/-]+){0,5},?(?: \d{1,2},?)?(?: \d{4})?(?: ?\([\w .]{2,30}\))? ?[—–-]{1,2}(?=\s?\S)"
    r"|(?:[A-Z][a-z]+[ ,]*){1,3} ?\((?:Reuters|AP|AFP|UPI|CNN|PA|dpa)\) ?[—–-]{0,2}"
)
_BULLETS = ("•", "- ", "* ", "– ", "· ", "● ", "▪ ")
_SINGLE_LINE_HEADLINE = 300


def label_blocks(
    text: str, folded: bytes, blocks: Sequence[Block], zone_hits: Sequence[tuple[int, int, int]]
) -> tuple[list[Span], list[Span]]:
    """Label every block with its zone.

    Returns the zones, one a block in order, and the items of the link blocks (without their roles).
    """
    if not blocks:
        return [], []
    shapes = shapes_of(text, blocks)
    labels, roles = by_phrases(text, blocks, shapes, zone_hits)
    if len(blocks) == 1 and not labels[0]:
        if not words(folded):
            return [Span(*blocks[0][:2], "boilerplate")], []
        return [Span(*blocks[0][:2], "headline" if len(shapes[0].text) <= _SINGLE_LINE_HEADLINE else "body")], []
    if any(block.hint for block in blocks):
        return _zones(blocks, [_confirmed(block.hint, label) for block, label in zip(blocks, labels, strict=True)], roles)
    by_form(folded, blocks, shapes, labels)
    close_gaps(shapes, labels, roles)
    inside = find_body(shapes, labels, roles)
    _free_tables(shapes, labels, inside)
    label_teasers(shapes, labels, roles)
    core = [i for i, shape in enumerate(shapes) if shape.prose and inside[i] and not labels[i]]
    if "notice" in roles.values():
        _label_wall(shapes, labels, roles, zone_hits)
        core = [i for i in core if not labels[i]]
    _label_after(blocks, shapes, labels, roles, core)
    _label_biographies(shapes, labels, core)
    core = [i for i in core if not labels[i]]
    last = core[-1] if core else len(blocks) - 1
    first = _label_head(folded, blocks, shapes, labels, roles, core)
    label_links(shapes, labels, roles, last)
    label_runs(shapes, labels, inside, first, last)
    drop_site_lists(shapes, labels, roles, first, last)
    return _zones(blocks, labels, roles)


def _confirmed(hint: str, label: str) -> str:
    """The mark-up's hint, unless the words say more: furniture inside the article, or provenance and links beside it."""
    if hint == "body":
        return label or hint
    return label if hint == "boilerplate" and label == "provenance" else hint


def _zones(blocks: Sequence[Block], labels: Sequence[str], roles: Mapping[int, str]) -> tuple[list[Span], list[Span]]:
    zones, links = [], []
    for i, block in enumerate(blocks):
        label = labels[i] or "body"
        zones.append(Span(block.start, block.end, label))
        if label == "link_block" and roles.get(i) != "heading":
            links.append(Span(block.start, block.end, "link"))
    return zones, links


def inline_dateline(text: str, body: Sequence[Span]) -> list[Span]:
    """The "LONDON, March 3 (Reuters) -" that opens the body, if it has one: a list of one span or none."""
    for paragraph in body[:1]:
        found = _INLINE_DATELINE.match(text, paragraph.start, min(paragraph.end, paragraph.start + 120))
        return [Span(found.start(), found.end(), "dateline")] if found else []
    return []


def _label_wall(
    shapes: Sequence[Shape], labels: list[str], roles: dict[int, str], zone_hits: Sequence[tuple[int, int, int]]
) -> None:
    """Where notices make up much of the page and little else reads as prose, all but a title is a consent wall."""
    total = sum(len(shape.text) for shape in shapes)
    notice = sum(len(shapes[i].text) for i, role in roles.items() if role == "notice")
    rest = sum(len(shape.text) for shape, label in zip(shapes, labels, strict=True) if shape.prose and not label)
    kinds = kinds_of_patterns()
    n_hits = sum(kinds[pattern] in ("zone_consent", WEAK_LIST) for _, _, pattern in zone_hits)
    if n_hits < _WALL_DENSITY * total and (notice < _WALL_SHARE * total or rest > _WALL_REST * total):
        return
    first = min(i for i, role in roles.items() if role == "notice")
    for i in range(first, len(labels)):
        labels[i] = labels[i] or "boilerplate"


def _free_tables(shapes: Sequence[Shape], labels: list[str], inside: Sequence[bool]) -> None:
    """Bare numbers inside the article are the cells of a table where there are many and they do not count up."""
    cells: list[int] = []
    value = 0
    for i, shape in enumerate(shapes):
        if inside[i] and labels[i] == "boilerplate" and _CELL.fullmatch(shape.text):
            before, value = value, int(shape.text)
            if value not in (before + 1, 1):
                cells.append(i)
    if len(cells) >= _FEWEST_CELLS:
        for i in cells:
            labels[i] = ""


def _label_after(
    blocks: Sequence[Block], shapes: Sequence[Shape], labels: list[str], roles: dict[int, str], core: Sequence[int]
) -> None:
    """After the heading of the comments, or the mark that ends a press release, all is furniture - if most of the
    article stands before it.
    """
    marks = [
        i
        for i, shape in enumerate(shapes)
        if roles.get(i) == "comments" or (len(shape.text) <= _LONGEST_END_MARK and _END_MARK.match(shape.text))
    ]
    if not marks:
        return
    sizes = [0] * len(blocks)
    for i in core:
        sizes[i] = len(shapes[i].text)
    before = list(accumulate(sizes, initial=0))
    total = before[-1]
    signatures = [i for i in range(marks[0], len(shapes)) if is_signature(shapes[i].text)]
    # Comments may outweigh the article they are on, but then they are signed.
    last_thread = signatures[-_FEWEST_SIGNED] if len(signatures) >= _FEWEST_SIGNED else -1
    for i in marks:
        signed = roles.get(i) == "comments" and i <= last_thread and before[i] > _SHORTEST_ARTICLE
        if signed or before[i] >= 0.4 * total > 0:
            for j in range(i, len(blocks)):
                if roles.get(j) == "heading":
                    return
                if labels[j] not in ("link_block", "provenance"):
                    labels[j] = "boilerplate"
            return


def _label_biographies(shapes: Sequence[Shape], labels: list[str], core: Sequence[int]) -> None:
    """A last paragraph that begins with a name of the byline is about the author."""
    if "byline" not in labels or len(core) <= 3:
        return
    bylines = " ".join(shapes[i].text.lower() for i, label in enumerate(labels) if label == "byline")
    for i in core[-3:]:
        opening = " ".join(shapes[i].text.split(" ", 2)[:2]).lower()
        if opening in bylines:
            labels[i] = "boilerplate"


def _label_head(
    folded: bytes,
    blocks: Sequence[Block],
    shapes: Sequence[Shape],
    labels: list[str],
    roles: Mapping[int, str],
    core: Sequence[int],
) -> int:
    """Label what stands before the first paragraph; returns the number of the block that is the first paragraph."""
    first = core[0] if core else len(blocks)
    start = _skip_notices(shapes, labels, core)
    if start:
        first = next((i for i in core if i >= start), len(blocks))
        for i in range(start):
            labels[i] = labels[i] or "boilerplate"
    candidates = [i for i in range(start, first) if not labels[i]]
    parts = {i: words(folded[blocks[i].start : blocks[i].end]) for i in candidates}
    headline = _choose_headline(shapes, candidates, parts)
    if headline is None and first < len(blocks) and _is_headline_sentence(shapes, first):
        headline = first
        parts[headline] = words(folded[blocks[first].start : blocks[first].end])
        first = next((i for i in range(first + 1, len(blocks)) if shapes[i].prose and not labels[i]), len(blocks))
    if headline is None:
        for i in candidates:
            labels[i] = "boilerplate"
        return first
    labels[headline] = "headline"
    first = _end_of_head(shapes, labels, headline, first)
    announced = False  # below the heading of a link block that stands between the headline and the article
    for i in range(start, first):
        if labels[i] or not shapes[i].item:
            dated = announced and dates_item(shapes, labels, i)
            if dated:
                labels[i] = "link_block"
            announced = dated or (labels[i] == "dateline" and announced) or (i > headline and roles.get(i) == "heading")
        if labels[i]:
            continue
        if announced:
            labels[i] = "link_block"
        else:
            these = parts.get(i) or words(folded[blocks[i].start : blocks[i].end])
            labels[i] = _head_label(shapes[i], these, parts[headline], after=i > headline)
    return first


def _skip_notices(shapes: Sequence[Shape], labels: Sequence[str], core: Sequence[int]) -> int:
    """The number of the block where the head begins: below prose that stands above headline and byline (a notice)."""
    anchor = next((i for i, label in enumerate(labels[:40]) if label in ("byline", "dateline")), None)
    if anchor is None:
        return 0
    above = [i for i in core if i < anchor]
    if not above or len(above) > 0.3 * len(core) or len(above) > 4:
        return 0
    between = [i for i in range(above[-1] + 1, anchor) if not labels[i] and len(shapes[i].text.split()) >= 4]
    # A standfirst that is a sentence has the headline above it; a notice has it below.
    return above[-1] + 1 if between else 0


def _choose_headline(shapes: Sequence[Shape], candidates: Sequence[int], parts: dict[int, list[bytes]]) -> int | None:
    """The candidate that looks most like a headline: long enough, no menu, repeated; the earlier of equals."""
    best, highest = None, 0.0
    neighbours = {i: set(parts[i]) for i in candidates[:12]}
    for i in candidates:
        text, n_words = shapes[i].text, len(parts[i])
        if n_words < 2:
            continue
        rank = min(n_words, 6) / 2.0
        if n_words > 25:
            rank -= 1.5
        if text.count("|") > 1 or text.count("/") > 1 or _has_gaps(text):
            rank -= 3.0
        if text.startswith(_BULLETS):
            rank -= 1.5
        if text.isupper() and n_words < 5:
            rank -= 1.0
        said = set(parts[i])
        if n_words > 3 and any(j != i and _repeats(said, other) for j, other in neighbours.items()):
            rank += 1.0
        if rank > highest + (0.0 if best is None else 0.6):
            best, highest = i, rank
    return best


def _has_gaps(text: str) -> bool:
    """Whether wide gaps part some of the words, as in a menu; a text that doubles every space has none."""
    n_wide = text.count("  ") + text.count("\xa0\xa0")
    return 0 < n_wide < 0.6 * len(text.split())


def _repeats(one: set[bytes], other: set[bytes]) -> bool:
    return len(one & other) >= 0.6 * max(len(one), len(other))


def _head_label(shape: Shape, parts: Sequence[bytes], headline: Sequence[bytes], *, after: bool) -> str:
    if _repeats(set(headline), set(parts)):
        return "headline"
    if not after:
        return "boilerplate"
    if len(shape.text) < 90 and (_CAPITAL_NAME.fullmatch(shape.text) or _PLAIN_NAME.fullmatch(shape.text)):
        return "byline"
    return "boilerplate" if len(parts) < 3 and not shape.prose and not is_summary(shape.text) else "standfirst"


def _is_headline_sentence(shapes: Sequence[Shape], first: int) -> bool:
    """A short single sentence above longer paragraphs is a headline with a full stop."""
    text = shapes[first].text
    longer = any(shape.prose and len(shape.text) > 1.3 * len(text) for shape in shapes[first + 1 : first + 6])
    return len(text) <= HEADLINE and longer and ". " not in text and text[-1] not in ":;,"


def _end_of_head(shapes: Sequence[Shape], labels: Sequence[str], headline: int, first: int) -> int:
    """A standfirst may be a sentence: the head goes on to a byline or date that follows within three blocks."""
    for i in range(first + 1, min(first + 3, len(shapes))):
        if labels[i] in ("byline", "dateline") and len(shapes[first].text) <= 300 and first <= headline + 3:
            after = next((j for j in range(i + 1, len(shapes)) if shapes[j].prose and not labels[j]), None)
            return first if after is None else after
    return first
