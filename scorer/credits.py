"""Who a page credits: the person in a byline, the source in a line that says where the text is from."""

from __future__ import annotations

import re
from functools import cache

from scorer.joined import joined_outlet
from scorer.terms import lexicon, lexicon_set
from scorer.types import Article, Span

# Words that stand capitalised in bylines and belong to no person's name; whole pen names are in the list `pseudonyms`.
_NOT_A_PERSON = {
    "a",
    "admin",
    "agencies",
    "agency",
    "an",
    "and",
    "association",
    "at",
    "audio",
    "author",
    "bulletin",
    "bureau",
    "business",
    "by",
    "chief",
    "chronicle",
    "columnist",
    "comments",
    "company",
    "contributor",
    "contributors",
    "cooperative",
    "copy",
    "correspondent",
    "correspondents",
    "council",
    "crime",
    "daily",
    "democracy",
    "department",
    "desk",
    "digital",
    "editor",
    "editorial",
    "editors",
    "education",
    "for",
    "foundation",
    "from",
    "gazette",
    "group",
    "guardian",
    "health",
    "herald",
    "image",
    "images",
    "in",
    "institute",
    "journal",
    "last",
    "later",
    "ledger",
    "link",
    "local",
    "magazine",
    "media",
    "modified",
    "network",
    "news",
    "newsroom",
    "observer",
    "of",
    "office",
    "on",
    "online",
    "our",
    "photo",
    "photos",
    "political",
    "post",
    "posted",
    "press",
    "producer",
    "published",
    "radio",
    "read",
    "reporter",
    "reporters",
    "review",
    "room",
    "science",
    "senior",
    "service",
    "services",
    "share",
    "society",
    "special",
    "sport",
    "sports",
    "staff",
    "team",
    "telegraph",
    "television",
    "the",
    "times",
    "tribune",
    "tv",
    "university",
    "updated",
    "video",
    "wire",
    "with",
    "writer",
    "writers",
}
_CAPITALISED_RUN = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: (?:(?:de|del|della|der|di|da|du|van|von|bin|al|el|la|le|ten|ter) ){0,2}"
    r"[^\W\d_a-z][\w.'’-]*){1,5}"
)
_LONGEST_BYLINE = 200
_MOST_BYLINES = 20


def person_in_byline(article: Article) -> Span | None:
    """Find the first name of a person in the bylines: two capitalised words, no function, outlet or pen name."""
    agencies = article.found("agencies", "elsewhere")
    for byline in article.zone("byline")[:_MOST_BYLINES]:
        end = min(byline.end, byline.start + _LONGEST_BYLINE)
        for run in _CAPITALISED_RUN.finditer(article.text, byline.start, end):
            said = run.group()
            name = _person_in(said[: joined_outlet(said)], run.start())
            if name and not any(agency.start < name.end and name.start < agency.end for agency in agencies):
                return name
    return None


@cache
def _pen_names() -> frozenset[str]:
    return frozenset(name for name in lexicon("pseudonyms") if " " in name)


def _person_in(run: str, at: int) -> Span | None:
    """Find two or more words in a row that can be a person's name in a run of capitalised words that begins at `at`."""
    pen_names = _pen_names()
    parts = run.split(" ")
    lower = [part.lower().rstrip(".") for part in parts]
    is_name = [part not in _NOT_A_PERSON for part in lower]
    for i in range(len(parts) - 1):
        for size in (2, 3):
            if " ".join(lower[i : i + size]) in pen_names:
                is_name[i : i + size] = [False] * len(is_name[i : i + size])
    first = 0
    for i, is_part in enumerate([*is_name, False]):
        if not is_part:
            if i - first >= 2:
                start = at + sum(len(part) + 1 for part in parts[:first])
                return Span(start, start + len(" ".join(parts[first:i])), "name")
            first = i + 1
    return None


# The words of a line that credits a source and names none: "Source: Read Full Article", "Go to source", "via".
_SOURCE_CUES = {"appeared", "full", "original", "originally", "published", "source", "sources", "via"}
_SOURCE_FURNITURE = _SOURCE_CUES | {
    "a",
    "agencies",
    "article",
    "at",
    "by",
    "click",
    "complete",
    "continue",
    "credit",
    "entire",
    "external",
    "first",
    "for",
    "from",
    "go",
    "here",
    "in",
    "is",
    "link",
    "links",
    "more",
    "new",
    "news",
    "of",
    "on",
    "our",
    "page",
    "post",
    "read",
    "reading",
    "report",
    "reports",
    "rest",
    "see",
    "site",
    "staff",
    "story",
    "the",
    "this",
    "to",
    "url",
    "version",
    "view",
    "visit",
    "website",
    "whole",
    "wire",
    "your",
}
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_SOURCE_LINE = 300
_CORRECTION = re.compile(
    r"\W*(?:corrections?|clarifications?|editor|an earlier|this \w+ (?:was|has been) (?:amended|updated))",
    re.IGNORECASE,
)
# What names a source: "Source: X", "via X", "Reporting by X", "appeared on X", "X contributed", a web address.
_SOURCE_NAME = re.compile(
    r"(?:\b(?:sources?|credits?|via|by|from|on|in|at|of|to)\b[ :–—-]{1,3}|: ?)(?:the )?"
    r"(?:https?://|(?-i:(?P<name>[^\W\d_a-z][\w’'-]*))|\w[\w-]*(?:\.\w[\w-]+)+)"
    r"|(?-i:(?P<contributor>[^\W\d_a-z][\w’'-]+)) contributed",
    re.IGNORECASE,
)


def names_no_source(line: str) -> bool:
    """Tell whether a provenance line is made of furniture words alone and one of them promises a source."""
    said = {word.lower() for word in _LETTERS.findall(line[:_LONGEST_SOURCE_LINE])}
    return said <= _SOURCE_FURNITURE and not said.isdisjoint(_SOURCE_CUES)


def names_a_source(line: str) -> bool:
    """Tell whether a provenance line says who wrote or first published the text: a capitalised name or an address."""
    if _CORRECTION.match(line):
        return False
    for found in _SOURCE_NAME.finditer(line[:_LONGEST_SOURCE_LINE]):
        name = found.group("name") or found.group("contributor")
        if name is None:
            return True
        folded = name.lower()
        if folded not in _SOURCE_FURNITURE and folded.encode() not in _times():
            return True
    return False


def _times() -> frozenset[bytes]:
    return lexicon_set("months") | lexicon_set("weekdays") | {b"march", b"may", b"mar"}
