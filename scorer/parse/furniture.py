"""Blocks -> furniture: what a block's own phrases and form give away, and how it looks.

A block is furniture when phrases of the word lists `zone_*` cover enough of it, or when it has a form such as a byline's
or a credit's. What its neighbours say of it is left to `scorer.parse.lines` and `scorer.parse.zones`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from scorer.terms import terms
from scorer.text import words


class Block(NamedTuple):
    """A line or paragraph of the page: a half-open range of its text that neither begins nor ends with white space.

    `hint` is the zone that the page's mark-up suggests, "" where there is no mark-up.
    """

    start: int
    end: int
    hint: str = ""


#: Blocks of a page: thirty times as many as any page of news that we have seen. A page of more is not parsed: what is known
#: of each takes a kilobyte or two while it is parsed.
MOST_BLOCKS = 50_000


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
WEAK_LIST, _FEWEST_WEAK = "zone_consent_words", 3


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


# Tried in order on lines of at most `PARAGRAPH` characters.
FORMS = (
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
def forms_for(first: str, last: str, holds: str) -> tuple[Form, ...]:
    """The forms that a line may have which begins with the character `first`, ends with `last` and holds `holds`."""
    return tuple(
        form for form in FORMS if re.match(form.first, first) and (not form.last or last in form.last) and form.holds in holds
    )


_TEASER_END = ("…", "...", "…]", "...]", "Read more »", "Read More »", "…»")
_TEASER_MARKS = frozenset(end[-1] for end in _TEASER_END)
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

# Shapes, in characters. A sentence of an article is seldom shorter than 40; a headline seldom longer than 140; a
# paragraph of 160 is one whatever ends it. Chosen on the seeds and tests/pages (a*).
SENTENCE, HEADLINE, PARAGRAPH, LONGEST_TEASER = 40, 140, 160, 400


class Shape(NamedTuple):
    """How a block looks: text, whether it reads as prose, whether it could be a headline or an item of a link block."""

    text: str
    prose: bool
    item: bool
    teaser: bool


def _shape(text: str) -> Shape:
    size = len(text)
    teaser = size < LONGEST_TEASER and text[-1] in _TEASER_MARKS and text.endswith(_TEASER_END)
    if size > PARAGRAPH:
        return Shape(text, not teaser, False, teaser)  # noqa: FBT003 - a field of a named tuple
    bare = text.rstrip(_CLOSING) or text
    stops = bare[-1] in ".:;,"
    # Headlines end with a question or exclamation mark more often than paragraphs of their length do.
    ends = not teaser and (stops or (bare[-1] in "!?…" and size >= 2 * SENTENCE))
    prose = (size >= SENTENCE and ends) or (not teaser and (size >= PARAGRAPH or (size >= 2 * SENTENCE and ". " in text)))
    return Shape(text, prose, not prose and (teaser or not stops), teaser)


@cache
def kinds_of_patterns() -> list[str]:
    """The furniture list of each pattern that marks furniture; a link heading and a weak word yield to any other."""
    _, _, lists, n_zone, _ = terms()
    return [
        min((name for name in names if name.startswith("zone_")), key=lambda name: name in (_LINK_HEADING, WEAK_LIST))
        for names in lists[:n_zone]
    ]


def find_furniture(
    text: str, folded: bytes, blocks: Sequence[Block], zone_hits: Sequence[tuple[int, int, int]]
) -> tuple[list[Shape], list[str], dict[int, str]]:
    """Give each block's shape, its label ("" where nothing gives it away), and the roles `by_phrases` gives."""
    shapes = shapes_of(text, blocks)
    labels, roles = by_phrases(text, blocks, shapes, zone_hits)
    by_form(folded, blocks, shapes, labels)
    close_gaps(shapes, labels, roles)
    return shapes, labels, roles


def shapes_of(text: str, blocks: Sequence[Block]) -> list[Shape]:
    """How each block looks."""
    return [_shape(text[block.start : block.end]) for block in blocks]


def by_phrases(
    text: str, blocks: Sequence[Block], shapes: Sequence[Shape], zone_hits: Sequence[tuple[int, int, int]]
) -> tuple[list[str], dict[int, str]]:
    """Label the blocks that furniture phrases cover. Also returns which blocks head a link block ("heading"), carry
    one link after such a heading ("inline"), or head the comments ("comments").
    """
    labels = [""] * len(blocks)
    roles: dict[int, str] = {}
    kinds = kinds_of_patterns()
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
            if rule is None or (kind == WEAK_LIST and (not noticed or len(lengths) < _FEWEST_WEAK)):
                continue
            share = sum(lengths) / size
            if share >= rule.share or (kind == opener and size <= rule.opening) or (len(lengths) > 1 and share >= rule.repeated):
                labels[at] = rule.label
                if kind in _ROLES:
                    roles[at] = _ROLES[kind]
                break
        if not labels[at] and opener == _LINK_HEADING and not is_summary(text[block.start : block.end]):
            rest = text[opener_end : block.end].lstrip(" :|-–—»>\u00a0").rstrip(" |»>\u00a0")
            if len(rest) <= 3 or (len(rest) <= 30 and opener_end - block.start > 8 and rest[-1] == ":"):
                labels[at], roles[at] = "link_block", "heading"
            elif (
                size <= 250 and (text[opener_end] in ":|-–—»>" or text[opener_end : opener_end + 2] in (" |", " –", " -", " :"))
            ) or (text[block.start : opener_end].isupper() and not shapes[at].prose):
                labels[at], roles[at] = "link_block", "inline"
    return labels, roles


def by_form(folded: bytes, blocks: Sequence[Block], shapes: Sequence[Shape], labels: list[str]) -> None:
    """Label what its form alone gives away: bylines, tagged links, credits, lines that hold a date."""
    for i, shape in enumerate(shapes):
        text = shape.text
        if len(text) > PARAGRAPH or labels[i] in ("link_block", "provenance"):
            continue
        for form in forms_for(text[0], text[-1], ":" if ":" in text else ""):
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


def close_gaps(shapes: Sequence[Shape], labels: list[str], roles: dict[int, str]) -> None:
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


def is_summary(text: str) -> bool:
    """Whether a line is the heading of an article's summary."""
    return text.rstrip(":").lower() in (
        "summary",
        "key points",
        "key takeaways",
        "highlights",
        "in brief",
        "at a glance",
        "the gist",
    )
