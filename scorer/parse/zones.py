"""Blocks -> zones: tell headline, body, furniture and link blocks apart, for plain text and HTML alike.

Furniture is found by its phrases (the word lists `zone_*`), the rest by shape and place: an article is the run of blocks
that read as sentences; what stands short and unpunctuated before it is its head, after it a list of links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from scorer.text import terms, words
from scorer.types import Span


class Block(NamedTuple):
    """A line or paragraph of the page: a half-open range of its text that neither begins nor ends with white space.

    `hint` is the zone that the page's mark-up suggests, "" where there is no mark-up.
    """

    start: int
    end: int
    hint: str = ""


class Rule(NamedTuple):
    """When phrases of one list make a block furniture: they cover at least `share` of it; or it begins with one and is
    no longer than `opening` characters; or two or more of them cover at least `repeated`.
    """

    label: str
    share: float
    opening: int
    repeated: float


# Chosen on the pages in tests/pages (a*) and the seeds. A phrase inside an article ("the privacy policy of the bank")
# covers little of its paragraph, so shares tell furniture from mention.
RULES = {
    "zone_consent": Rule("boilerplate", 0.30, 0, 0.12),
    "zone_consent_words": Rule("boilerplate", 1.01, 0, 0.04),
    "zone_newsletter": Rule("boilerplate", 0.40, 0, 0.20),
    "zone_advert": Rule("boilerplate", 0.60, 60, 0.50),
    "zone_comments": Rule("boilerplate", 0.60, 60, 0.40),
    "zone_share": Rule("boilerplate", 0.60, 0, 0.40),
    "zone_furniture": Rule("boilerplate", 0.45, 160, 0.20),
    "zone_line": Rule("boilerplate", 0.70, 0, 0.50),
    "zone_provenance": Rule("provenance", 0.45, 200, 0.30),
}
_LINK_HEADING = "zone_link_heading"
_ROLES = {
    "zone_comments": "comments",
    "zone_consent": "notice",
    "zone_consent_words": "notice",
    "zone_newsletter": "notice",
}
# How many of the weak words make a block a notice, given that the page has a notice.
_WEAK_LIST, _FEWEST_WEAK = "zone_consent_words", 3
# A page is a consent wall when notices make up this share of it and what else reads as prose no more than that one, or
# when the words of notices come this thick (hits a character; articles about data protection stay below half of it).
_WALL_SHARE, _WALL_REST, _WALL_DENSITY = 0.20, 0.45, 0.008


class Form(NamedTuple):
    """A form that gives a line away.

    `zone` is what the line is then, `at_top` whether also as the first of the page. `first` is the class of characters
    such a line can begin with, `last` those it can end with, `holds` what it must hold; empty: anything. They tell at a
    glance which lines need no closer look.
    """

    pattern: re.Pattern[str]
    zone: str
    at_top: bool
    first: str = ""
    last: str = ""
    holds: str = ""


# Tried in order on lines of at most `_PARAGRAPH` characters.
_FORMS = (
    Form(
        re.compile(
            r"(?:By|BY|by|Written by|Posted by|Words by|Reported by|Author:|Story by|Text by):? (?:[^\W\d_a-z].*[^.,:;]|admin|staff)$"
        ),
        "byline",
        at_top=True,
        first="[BbWPRAST]",
    ),
    Form(
        re.compile(r"(?:[-–—*] ?)?(?:PRESS|NEWS|MEDIA) RELEASE\b|FOR IMMEDIATE RELEASE", re.IGNORECASE),
        "boilerplate",
        at_top=True,
        first="[–—*PpNnMmFf-]",
    ),
    Form(
        re.compile(r".*(?:\[[A-Z][A-Z /&-]{2,18}\]|\([A-Z]{5,10}\)|\| ?(?:VIDEO|PHOTOS|WATCH|PICTURES))$"),
        "link_block",
        at_top=False,
        last="])OSH",
    ),
    Form(
        re.compile(
            r"(?:Images?|Photos?|Pictures?|Photographs?|Pics?|Captions?|Credits?|Graphics?|Illustrations?|Labels|Tags|Topics"
            r"|Filed [Uu]nder|Disclaimer) ?:"
        ),
        "boilerplate",
        at_top=True,
        first="[IPCGLTFD]",
        holds=":",
    ),
    Form(re.compile(r"\[?\d{1,2} ?(?:/|of) ?\d{1,2}\]?(?: |$)"), "boilerplate", at_top=False, first=r"[\[\d]"),
    Form(
        re.compile(
            r"(?:The )?(?:Associated Press|Reuters|AFP|AP|Agence France-Presse|Press Association|PA(?: Media)?|AAP|IANS|PTI|ANI|UPI"
            r"|Bloomberg(?: News)?|dpa|EFE|Xinhua|Agencies|Wire [Ss]ervices)(?: [Ss]taff)?$"
        ),
        "provenance",
        at_top=False,
        first="[TARPIUBdEXW]",
        last="sPenAaSIgEf",
    ),
    Form(re.compile(r"Sources?: ?\S"), "provenance", at_top=False, first="S", holds=":"),
    Form(
        re.compile(r".*\b(?:Credit|Photo|Image|Photograph|Picture|Pic)s?: ?[^\W\d_a-z].{0,60}$"),
        "boilerplate",
        at_top=False,
        holds=":",
    ),
    Form(
        re.compile(r".*\((?:[Hh]andout|Photo|Image|Picture|Getty|AP|AFP|Reuters|PA|Supplied|File)(?:[ /:].{0,50})?\)$"),
        "boilerplate",
        at_top=False,
        last=")",
    ),
    Form(re.compile(r"(?:©|\(c\)|Copyright\b)", re.IGNORECASE), "boilerplate", at_top=True, first="[©(Cc]"),
    Form(re.compile(r"The post .* (?:appeared first|first appeared) on "), "provenance", at_top=False, first="T"),
    Form(re.compile(r"[—–-]{1,2} ?(?:[A-Z][\w’'&]*,? ?){1,5}$"), "provenance", at_top=False, first="[—–-]"),
)


@lru_cache(maxsize=1 << 12)
def _forms_for(first: str, last: str, holds: str) -> tuple[Form, ...]:
    """The forms that a line may have which begins with the character `first`, ends with `last` and holds `holds`."""
    return tuple(
        form for form in _FORMS if re.match(form.first, first) and (not form.last or last in form.last) and form.holds in holds
    )


# After such a line everything is furniture: the notes of a press release, the offers of a paywall.
_END_MARK = re.compile(
    r"(?:[-–—*~]* ?ENDS?\.? ?[-–—*~]*|#{3,}|-30-|Notes? (?:to|for) [Ee]ditors?:?)$"
    r"|(?:To (?:read|continue)|(?:Please )?(?:[Ss]ubscribe|[Ll]og in|[Ss]ign in|[Rr]egister)(?: now)? to (?:read|continue)|Already a subscriber"
    r"|Continue reading (?:for free|with)|This (?:article|content|story) is (?:for|only|exclusive|available|reserved))"
)
_LONGEST_END_MARK = 90
_TEASER_END = ("…", "...", "…]", "...]", "Read more »", "Read More »", "…»")
_TEASER_MARKS = frozenset(end[-1] for end in _TEASER_END)
_CAPITAL_NAME = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,3}")
_PLAIN_NAME = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}"
    r"(?:(?:,| for| in|,? and| \||,? with) (?:[A-Z][\w.'’-]*|editor|correspondent|reporter|writer)(?: (?:[A-Z][\w.'’-]*|editor|correspondent|reporter|writer)){0,4}){0,3}"
)
_INLINE_DATELINE = re.compile(
    r"[A-Z][A-Z.'’/-]+(?:[ ,]+[A-Z][A-Za-z.'’/-]+){0,5},?(?: \d{1,2},?)?(?: \d{4})?(?: ?\([\w .]{2,30}\))? ?[—–-]{1,2}(?=\s?\S)"
    r"|(?:[A-Z][a-z]+[ ,]*){1,3} ?\((?:Reuters|AP|AFP|UPI|CNN|PA|dpa)\) ?[—–-]{0,2}"
)
_MONTHS_AND_DAYS = frozenset(
    (
        b"january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
        b"sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
    ).split()
)
_DATE_WORDS = _MONTHS_AND_DAYS | frozenset(
    (
        b"published updated posted last first modified created date on at of the am pm a m p gmt bst est edt cst cdt mst mdt pst "
        b"pdt utc ist cet cest wat sgt hkt jst aest aedt et pt ct st nd rd th ago hour hours hrs minute minutes min mins day days week "
        b"weeks month months year years today yesterday time"
    ).split()
)
_DIGIT = re.compile(rb"[0-9]")
_CLOSING = "\"”’')]»"
_BULLETS = ("•", "- ", "* ", "– ", "· ", "● ", "▪ ")

# Shapes, in characters. A sentence of an article is seldom shorter than 40; a headline seldom longer than 140; a
# paragraph of 160 is one whatever ends it. Chosen on the seeds and tests/pages (a*).
_SENTENCE, _HEADLINE, _PARAGRAPH, _LONGEST_TEASER = 40, 140, 160, 400
_SINGLE_LINE_HEADLINE = 300


class Shape(NamedTuple):
    """How a block looks: text, whether it reads as prose, whether it could be a headline or an item of a link block."""

    text: str
    prose: bool
    item: bool
    teaser: bool


def _shape(text: str) -> Shape:
    size = len(text)
    teaser = size < _LONGEST_TEASER and text[-1] in _TEASER_MARKS and text.endswith(_TEASER_END)
    if size > _PARAGRAPH:
        return Shape(text, not teaser, False, teaser)  # noqa: FBT003 - a field of a named tuple
    bare = text.rstrip(_CLOSING) or text
    stops = bare[-1] in ".:;,"
    # Headlines end with a question or exclamation mark more often than paragraphs of their length do.
    ends = not teaser and (stops or (bare[-1] in "!?…" and size >= 2 * _SENTENCE))
    prose = (size >= _SENTENCE and ends) or (not teaser and (size >= _PARAGRAPH or (size >= 2 * _SENTENCE and ". " in text)))
    return Shape(text, prose, not prose and (teaser or not stops), teaser)


@cache
def _kinds() -> list[str]:
    """The furniture list of each pattern that marks furniture; a link heading and a weak word yield to any other."""
    _, _, lists, n_zone, _ = terms()
    return [
        min((name for name in names if name.startswith("zone_")), key=lambda name: name in (_LINK_HEADING, _WEAK_LIST))
        for names in lists[:n_zone]
    ]


def label_blocks(
    text: str, folded: bytes, blocks: Sequence[Block], zone_hits: Sequence[tuple[int, int, int]]
) -> tuple[list[Span], list[Span]]:
    """Label every block with its zone.

    Returns the zones, one a block in order, and the items of the link blocks (without their roles).
    """
    if not blocks:
        return [], []
    shapes = [_shape(text[block.start : block.end]) for block in blocks]
    labels, roles = _by_phrases(text, blocks, shapes, zone_hits)
    if len(blocks) == 1 and not labels[0]:
        if not words(folded):
            return [Span(*blocks[0][:2], "boilerplate")], []
        return [Span(*blocks[0][:2], "headline" if len(shapes[0].text) <= _SINGLE_LINE_HEADLINE else "body")], []
    if any(block.hint for block in blocks):
        return _zones(blocks, [_confirmed(block.hint, label) for block, label in zip(blocks, labels, strict=True)], roles)
    _by_form(folded, blocks, shapes, labels)
    _close_gaps(shapes, labels, roles)
    core = [i for i, shape in enumerate(shapes) if shape.prose and not labels[i]]
    if "notice" in roles.values():
        _label_wall(shapes, labels, roles, zone_hits)
        core = [i for i in core if not labels[i]]
    _label_after(blocks, shapes, labels, roles, core)
    _label_biographies(shapes, labels, core)
    core = [i for i in core if not labels[i]]
    last = core[-1] if core else len(blocks) - 1
    first = _label_head(folded, blocks, shapes, labels, core)
    _label_links(shapes, labels, roles, last)
    _label_runs(shapes, labels, first, last)
    return _zones(blocks, labels, roles)


def _confirmed(hint: str, by_phrases: str) -> str:
    """The mark-up's hint, unless the words say more: furniture inside the article, or provenance and links beside it."""
    if hint == "body":
        return by_phrases or hint
    return by_phrases if hint == "boilerplate" and by_phrases in ("provenance", "link_block") else hint


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


def _by_phrases(
    text: str, blocks: Sequence[Block], shapes: Sequence[Shape], zone_hits: Sequence[tuple[int, int, int]]
) -> tuple[list[str], dict[int, str]]:
    """Label the blocks that furniture phrases cover. Also returns which blocks head a link block ("heading"), carry
    one link after such a heading ("inline"), or head the comments ("comments").
    """
    labels = [""] * len(blocks)
    roles: dict[int, str] = {}
    kinds = _kinds()
    noticed = any(kinds[pattern] == "zone_consent" for _, _, pattern in zone_hits)
    at = hit = 0
    while hit < len(zone_hits):
        start = zone_hits[hit][0]
        while start >= blocks[at].end:
            at += 1
        block = blocks[at]
        covered: dict[str, list[int]] = {}
        opener = ""
        while hit < len(zone_hits) and zone_hits[hit][0] < block.end:
            start, end, pattern = zone_hits[hit]
            kind = kinds[pattern]
            covered.setdefault(kind, []).append(end - start)
            if start <= block.start + 2:
                opener = kind
                opener_end = end
            hit += 1
        size = block.end - block.start
        for kind, lengths in covered.items():
            rule = RULES.get(kind)
            if rule is None or (kind == _WEAK_LIST and (not noticed or len(lengths) < _FEWEST_WEAK)):
                continue
            share = sum(lengths) / size
            if share >= rule.share or (kind == opener and size <= rule.opening) or (len(lengths) > 1 and share >= rule.repeated):
                labels[at] = rule.label
                if kind in _ROLES:
                    roles[at] = _ROLES[kind]
                break
        if not labels[at] and opener == _LINK_HEADING and not _is_summary(text[block.start : block.end]):
            rest = text[opener_end : block.end].lstrip(" :|-–—»>\u00a0").rstrip(" |»>\u00a0")
            if len(rest) <= 3 or (len(rest) <= 30 and opener_end - block.start > 8 and rest[-1] == ":"):
                labels[at], roles[at] = "link_block", "heading"
            elif (
                size <= 250 and (text[opener_end] in ":|-–—»>" or text[opener_end : opener_end + 2] in (" |", " –", " -", " :"))
            ) or (text[block.start : opener_end].isupper() and not shapes[at].prose):
                labels[at], roles[at] = "link_block", "inline"
    return labels, roles


def _by_form(folded: bytes, blocks: Sequence[Block], shapes: Sequence[Shape], labels: list[str]) -> None:
    """Label what its form alone gives away: bylines, tagged links, credits, lines that hold a date."""
    for i, shape in enumerate(shapes):
        text = shape.text
        if len(text) > _PARAGRAPH or labels[i] in ("link_block", "provenance"):
            continue
        for form in _forms_for(text[0], text[-1], ":" if ":" in text else ""):
            if (i or form.at_top) and form.pattern.match(text):
                if not labels[i] or form.zone in ("byline", "provenance"):
                    labels[i] = form.zone
                break
        if len(text) < 100 and not shape.prose and labels[i] in ("", "boilerplate"):
            start, end = blocks[i][:2]
            if _DIGIT.search(folded, start, end):
                labels[i] = _date_label(words(folded[start:end])) or labels[i]


def _date_label(parts: Sequence[bytes]) -> str:
    """ "dateline" for a line that is mostly date, "boilerplate" for a bare number, else ""."""
    n_dates = sum(part in _DATE_WORDS or part[0] < 58 for part in parts)
    if not any(part[0] < 58 for part in parts):
        return ""
    if n_dates == len(parts):
        return "dateline" if n_dates > 1 else "boilerplate"
    has_day = any(part in _MONTHS_AND_DAYS for part in parts)
    return "dateline" if has_day and n_dates >= 3 and n_dates >= 0.5 * len(parts) else ""


def _close_gaps(shapes: Sequence[Shape], labels: list[str], roles: dict[int, str]) -> None:
    """What stands between two lines of a notice belongs to it, and so does a run of short lines between furniture."""
    last = -1
    for i, label in enumerate(labels):
        if label != "boilerplate":
            continue
        gap = range(last + 1, i)
        if last >= 0 and 1 <= len(gap) <= 4 and not any(labels[j] for j in gap):
            notice = roles.get(last) == roles.get(i) == "notice"
            short = len(gap) > 1 and all(len(shapes[j].text) < 60 and not shapes[j].prose for j in gap)
            if (notice and len(gap) == 1) or (short and last > len(labels) // 2):
                for j in gap:
                    labels[j] = "boilerplate"
        last = i


def _label_wall(
    shapes: Sequence[Shape], labels: list[str], roles: dict[int, str], zone_hits: Sequence[tuple[int, int, int]]
) -> None:
    """Where notices make up much of the page and little else reads as prose, all but a title is a consent wall."""
    total = sum(len(shape.text) for shape in shapes)
    notice = sum(len(shapes[i].text) for i, role in roles.items() if role == "notice")
    rest = sum(len(shape.text) for shape, label in zip(shapes, labels, strict=True) if shape.prose and not label)
    kinds = _kinds()
    n_hits = sum(kinds[pattern] in ("zone_consent", _WEAK_LIST) for _, _, pattern in zone_hits)
    if n_hits < _WALL_DENSITY * total and (notice < _WALL_SHARE * total or rest > _WALL_REST * total):
        return
    first = min(i for i, role in roles.items() if role == "notice")
    for i in range(first, len(labels)):
        labels[i] = labels[i] or "boilerplate"


def _label_after(
    blocks: Sequence[Block], shapes: Sequence[Shape], labels: list[str], roles: dict[int, str], core: Sequence[int]
) -> None:
    """After the heading of the comments, or the mark that ends a press release, all is furniture - if most of the
    article stands before it.
    """
    total = sum(blocks[i].end - blocks[i].start for i in core)
    marks = [
        i
        for i, shape in enumerate(shapes)
        if roles.get(i) == "comments" or (len(shape.text) <= _LONGEST_END_MARK and _END_MARK.match(shape.text))
    ]
    for i in marks:
        before = sum(blocks[j].end - blocks[j].start for j in core if j < i)
        if before >= 0.4 * total > 0:
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


def _label_head(folded: bytes, blocks: Sequence[Block], shapes: Sequence[Shape], labels: list[str], core: Sequence[int]) -> int:
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
    for i in range(start, first):
        if not labels[i]:
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
    return "boilerplate" if len(parts) < 3 and not shape.prose and not _is_summary(shape.text) else "standfirst"


def _is_summary(text: str) -> bool:
    return text.rstrip(":").lower() in (
        "summary",
        "key points",
        "key takeaways",
        "highlights",
        "in brief",
        "at a glance",
        "the gist",
    )


def _is_headline_sentence(shapes: Sequence[Shape], first: int) -> bool:
    """A short single sentence above longer paragraphs is a headline with a full stop."""
    text = shapes[first].text
    longer = any(shape.prose and len(shape.text) > 1.3 * len(text) for shape in shapes[first + 1 : first + 6])
    return len(text) <= _HEADLINE and longer and ". " not in text and text[-1] not in ":;,"


def _end_of_head(shapes: Sequence[Shape], labels: Sequence[str], headline: int, first: int) -> int:
    """A standfirst may be a sentence: the head goes on to a byline or date that follows within three blocks."""
    for i in range(first + 1, min(first + 3, len(shapes))):
        if labels[i] in ("byline", "dateline") and len(shapes[first].text) <= 300 and first <= headline + 3:
            after = next((j for j in range(i + 1, len(shapes)) if shapes[j].prose and not labels[j]), None)
            return first if after is None else after
    return first


def _label_links(shapes: Sequence[Shape], labels: list[str], roles: dict[int, str], last: int) -> None:
    """Give each link heading the items that follow it."""
    for heading, role in roles.items():
        if role == "comments" or labels[heading] != "link_block":
            continue
        for i in range(heading + 1, len(labels)):
            if labels[i] == "boilerplate":
                continue
            if labels[i] == "link_block" and roles.get(i) is None:
                continue
            if role == "heading" and i > last and labels[i] in ("byline", "dateline"):
                labels[i] = ""
            if labels[i] or not shapes[i].item or (role == "inline" and not shapes[i].teaser):
                break
            labels[i] = "link_block"


def _label_runs(shapes: Sequence[Shape], labels: list[str], first: int, last: int) -> None:
    """Label runs of headline-like lines that no heading announces, and what is left after the last paragraph."""
    i = first
    while i < len(labels):
        run = i
        while run < len(labels) and not labels[run] and _is_title(shapes[run]):
            run += 1
        after = i > last
        if run - i >= (2 if after else 3):
            for j in range(i, run):
                labels[j] = "link_block"
        elif after and not labels[i]:
            labels[i] = "link_block" if shapes[i].teaser or _is_title(shapes[i]) else "boilerplate" if shapes[i].item else ""
        i = max(run, i + 1)


def _is_title(shape: Shape) -> bool:
    text = shape.text
    return (
        shape.item
        and len(text) >= 20
        and text.count(" ") >= 3
        and (text[0].isupper() or not text[0].isalpha())
        and text[0] not in "•-*·–"
    )
