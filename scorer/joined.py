"""A byline whose outlet flattening has joined to the name: "Jane DoeBBC News" -> where the outlet begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from scorer.terms import lexicon

# What a name may hold before a capital: MacBain, DeSantis, LeBron, FitzRoy.
_PREFIX_TEXT = "mac mc de del della der des di dos du da fitz la le lo los san van vanden vander von"
_PREFIXES = frozenset(_PREFIX_TEXT.split())
_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LONGEST_PREFIX = max(map(len, _PREFIXES))
# Hardly a line has it, and the lists take six milliseconds to make a pattern of.
_JOINT = re.compile(r"[^\W\d_A-Z][A-Z]")
# An acronym, which in small letters may be the end of any name.
_ACRONYM = 4
# What stands between the names of a byline. Behind a comma a single word is a place or a role.
_BETWEEN = re.compile(r"(, (?=\S+ )| and | & )")


def without_joined(line: str, outlets: Iterable[str] = ()) -> str:
    """A byline in which each name ends where an outlet is joined to it (see `joined_outlet`)."""
    known = tuple(outlets)
    return "".join([part[: joined_outlet(part, known)] for part in _BETWEEN.split(line)])


def joined_outlet(line: str, outlets: Iterable[str] = ()) -> int:
    """Where the name of an outlet or agency begins right after a small letter; the length of `line` where none does.

    Known are those of the lists `outlets` and `agencies`; `outlets` are more, spelled as they are looked for.
    """
    if not _JOINT.search(line) or "@" in line:  # an account's name has capitals where it likes
        return len(line)
    places = [found.start() for found in _listed().finditer(line) if _ends_a_name(line, found.start())]
    for outlet in filter(None, outlets):
        at = line.find(outlet, 1)
        # A short one may end other names: Post, HuffPost.
        told = len(outlet) > _ACRONYM or outlet.isupper()
        if at > 0 and told and "A" <= outlet[0] <= "Z" and not line[at + len(outlet) :][:1].isalnum() and _ends_a_name(line, at):
            places.append(at)
    return min(places, default=len(line))


def _ends_a_name(line: str, at: int) -> bool:
    """Whether the word before is all there: in small letters at its end, and no prefix of a name that goes on."""
    before = _BEFORE.search(line, max(0, at - _LONGEST_PREFIX - 1), at)
    return before is not None and len(before[0]) > 1 and before[0][-1].islower() and before[0].lower() not in _PREFIXES


@cache
def _listed() -> re.Pattern[str]:
    short: list[str] = []
    long: list[str] = []
    for term in {*lexicon("outlets"), *lexicon("agencies")}:
        (short if term.isalpha() and len(term) <= _ACRONYM else long).append(re.escape(term))
    return re.compile(rf"(?<=\w)(?=[A-Z])(?:{'|'.join(short).upper()}|(?i:{'|'.join(long)}))(?!\w)")
