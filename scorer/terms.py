"""The word lists, and the one matcher of them all: an Aho-Corasick automaton over a fold (`scorer.text.fold`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from scorer.text import LAST_NON_WORD, fold, fold_term

LEXICONS = Path(__file__).with_name("lexicons")
# Lists of function words are looked up word by word; in the automaton they would match in every line.
LOOKED_UP = frozenset(
    {
        "stop_words",
        "polar_openers",
        "open_openers",
        "listicle_nouns",
        "acronyms",
        "pseudonyms",
        "not_weighted",
        "demonstratives",
        "listicle_people",
        "outlets",
    }
)
#: The terms that a match stands for: (list name, start, end), relative to the start of the match.
Emission = tuple[tuple[str, int, int], ...]


class Terms(NamedTuple):
    """All word lists in one automaton.

    The patterns are the folded terms with each first letter of a word made a capital, and so must be the bytes that are
    searched: then no match begins within a word, and a third as many have to be looked at. `lists[i]` are the names of
    the lists that have pattern i, `numbers` the number of each pattern; those below `n_zone` mark page furniture.
    """

    automaton: BytesAhoCorasick
    patterns: list[bytes]
    lists: list[list[str]]
    n_zone: int
    numbers: dict[bytes, int]


_added: Mapping[str, Sequence[str]] = {}


def use_terms(lists: Mapping[str, Sequence[str]]) -> None:
    """Have these terms in the word lists beside their own, and no others, from the next article of this process on.

    Costs nothing where they are those in use; else the lists are put together anew.
    """
    global _added
    if lists == _added:
        return
    _added = lists
    for cached in (lexicon, lexicon_set, terms, emission, _shorter):
        cached.cache_clear()


def extendable() -> list[str]:
    """The word lists that terms can be added to: those the automaton matches and that only signals read."""
    kept = {"roles", "documents", "months", "weekdays", "agencies"}  # also read otherwise, when modules are imported
    names = (path.stem for path in sorted(LEXICONS.glob("*.txt")))
    return [name for name in names if name not in LOOKED_UP | kept and not name.startswith("zone_")]


@cache
def lexicon(name: str) -> tuple[str, ...]:
    """The terms of the word list `name`, without the comment lines at its top. Raises FileNotFoundError."""
    lines = (LEXICONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    added = dict.fromkeys(map(str.casefold, _added.get(name, ())))
    return (*(line for line in lines if line and not line.startswith("#")), *added)


@cache
def lexicon_set(name: str) -> frozenset[bytes]:
    """The single words of the list `name`, folded as `words` gives them."""
    return frozenset(fold_term(term).encode() for term in lexicon(name))


@cache
def terms() -> Terms:
    """Build the automaton over every file of `scorer/lexicons`."""
    lists: dict[bytes, list[str]] = {}
    n_zone = 0
    names = [path.stem for path in sorted(LEXICONS.glob("*.txt")) if path.stem not in LOOKED_UP]
    for name in sorted(names, key=lambda name: not name.startswith("zone_")):
        for term in fold("\n".join(lexicon(name))).title().split(b"\n"):
            for variant in (term, term.replace(b".", b" ").strip()) if b"." in term else (term,):
                having = lists.setdefault(variant, [])
                if name not in having:
                    having.append(name)
        if name.startswith("zone_"):
            n_zone = len(lists)
    patterns = list(lists)
    automaton = BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    return Terms(automaton, patterns, list(lists.values()), n_zone, {pattern: i for i, pattern in enumerate(patterns)})


@cache
def emission(number: int) -> Emission:
    """What a match of the pattern `number` stands for: the pattern itself in every list that has it, and the shorter
    terms inside it, since the automaton reports the longest only.
    """
    _, patterns, lists, _, numbers = terms()
    pattern = patterns[number]
    starts = [0, *(i + 1 for i, byte in enumerate(pattern) if byte <= LAST_NON_WORD)]
    ends = [*(start - 1 for start in starts[1:]), len(pattern)]
    inside = [(name, 0, len(pattern)) for name in lists[number]]
    inside += [
        (name, start, end)
        for i, start in enumerate(starts)
        for end in ends[i:]
        if end - start < len(pattern) and pattern[start:end] in numbers
        for name in lists[numbers[pattern[start:end]]]
    ]
    return tuple(entry for entry in inside if not any(_holds(other, entry) for other in inside))


def _holds(longer: tuple[str, int, int], shorter: tuple[str, int, int]) -> bool:
    """Whether a term of the same list holds the shorter one: one phrase is counted once in a list."""
    same = longer[0] == shorter[0] and longer != shorter
    return same and longer[1] <= shorter[1] and shorter[2] <= longer[2]


@cache
def _shorter(number: int) -> int:
    """The longest pattern that the pattern `number` begins with, up to one of its spaces, or -1."""
    _, patterns, _, _, numbers = terms()
    pattern = patterns[number].rpartition(b" ")[0]
    while pattern:
        if pattern in numbers:
            return numbers[pattern]
        pattern = pattern.rpartition(b" ")[0]
    return -1


# White space that a phrase may span: runs of it, and characters that print nothing, are squeezed out before matching.
_SQUEEZE = re.compile(rb" [ \x00]+|\x00[\x00 ]*")


def match(folded: bytes) -> tuple[list[tuple[int, int, int]], list[tuple[int, Emission]]]:
    """Find the terms of all lists in a fold.

    Returns, in order of start, the matches that mark page furniture as (start, end, pattern number), and all matches as
    (start, emission): the (list name, start, end) of the terms found there, relative to that start. A match begins and
    ends at a word boundary.
    """
    automaton, patterns, _, n_zone, _ = terms()
    squeezed = b"  " in folded or b"\x00" in folded
    data, cuts, shifts = _squeeze(folded) if squeezed else (folded, [], [])
    data = data.title() + b"."  # so that data[-1], left of a match at 0, and data[end] both exist and are no word character
    zone_hits: list[tuple[int, int, int]] = []
    hits: list[tuple[int, Emission]] = []
    for number, start, end in automaton.find_matches_as_indexes(data):
        if data[start - 1] > LAST_NON_WORD:
            continue  # after a digit
        if data[end] > LAST_NON_WORD:
            # The longest match breaks off within a word ("said to" in "said Tom"): a term that ends before it counts.
            number = _shorter(number)
            if number < 0:
                continue
            end = start + len(patterns[number])
        found = emission(number)
        if squeezed:
            start, end, found = _stretch(start, end, found, cuts, shifts)
        hits.append((start, found))
        if number < n_zone:
            zone_hits.append((start, end, number))
    return zone_hits, hits


def _stretch(start: int, end: int, found: Emission, cuts: list[int], shifts: list[int]) -> tuple[int, int, Emission]:
    """Where a match in squeezed text, and the terms in it, stand in the text."""
    placed = start + shifts[bisect_right(cuts, start)]
    end_placed = end + shifts[bisect_right(cuts, end - 1)]
    if end_placed - placed != end - start:
        found = tuple(
            (
                name,
                start + first + shifts[bisect_right(cuts, start + first)] - placed,
                start + last + shifts[bisect_right(cuts, start + last - 1)] - placed,
            )
            for name, first, last in found
        )
    return placed, end_placed, found


def _squeeze(folded: bytes) -> tuple[bytes, list[int], list[int]]:
    """The fold without doubled white space, and how far each part of it has moved."""
    pieces, cuts, dropped, at = [], [], [0], 0
    size = 0
    for found in _SQUEEZE.finditer(folded):
        start, end = found.span()
        keep = b" " if b" " in found.group() else b""
        piece = folded[at:start] + keep
        pieces.append(piece)
        size += len(piece)
        cuts.append(size)
        dropped.append(end - start - len(keep))
        at = end
    pieces.append(folded[at:])
    return b"".join(pieces), cuts, list(accumulate(dropped))
