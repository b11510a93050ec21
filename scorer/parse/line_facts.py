"""Lines of plain text -> what is observed of each, in groups, and the facts that such a group names.

The words of a line and of its neighbours are the strongest of the facts (Kohlschütter, Fankhauser & Nejdl 2010).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import accumulate, chain, repeat
from operator import sub
from typing import NamedTuple

from scorer.parse.furniture import Shape
from scorer.parse.links import HEADS_RELATED, HEADS_SITE_LIST, LONGEST_HEADING
from scorer.terms import lexicon

#: What is known of one line, by the names that the model has weights for.
Names = tuple[str, ...]

_PARAGRAPH, _LONG = 160, 400
_SIGNS = (("bar", "|"), ("arrow", "»"), ("at", "@"), ("right", "©"), ("web", "http"), ("web", "www."), ("web", ".com"))
_CLOCK_OR_NUMBER = re.compile(r"\d(:\d\d)?")
_ENDS = {".": "stop", "!": "mark", "?": "asks", ":": "colon", ",": "comma", ";": "comma", "…": "cut", "|": "bar", ")": "bracket"}
# What stands above or below a reader's comment: who wrote it and when, or what can be done about it.
_SIGNED = re.compile(
    r"(?:[Pp]osted|[Cc]omment(?:ed)?|[Ss]ubmitted|[Ww]ritten) (?:by|on|at|from)\b.*\d"
    r"|(?:Report|Flag|Reply|Respond|Recommend)(?: (?:to )?(?:this|abuse|as)\b.*)?$"
)
_STAMPED = re.compile(r"(?=.{0,118}\b(?:19|20)\d\d\b)(?=.{0,118}\d[:.]\d\d)")
_SAYS = re.compile(r"\S.{0,40} (?:says|said|wrote|writes) ?[:…]$")
_LONGEST_SIGNATURE = 120
# Prose of more characters than this is an article's, and what is signed below it are comments.
_ARTICLE = 250
# Within how many lines prose is counted, its amounts in characters, and the numbers of signatures that are told apart.
_REACHES, _AMOUNTS, _SIGNATURES = (5, 12), (1, 200, 500, 1200, 3000), (1, 2, 4, 10)
_AMOUNT_NAMES = ("5 above", "12 above", "5 below", "12 below", "above", "below", "fifth")


def is_signature(text: str) -> bool:
    """Whether a line is the signature of a reader's comment, or a control that belongs to one."""
    if len(text) > _LONGEST_SIGNATURE or text[-1] in ".,":
        return False
    # What a pattern cannot do without is looked for first: few lines have it.
    return (
        (text[0] in "PpCcSsWwRF" and _SIGNED.match(text) is not None)
        or (text[-1] in ":…" and _SAYS.match(text) is not None)
        or (("20" in text or "19" in text) and _STAMPED.match(text) is not None)
    )


def prose_share(shapes: Sequence[Shape], labels: Sequence[str]) -> float:
    """The share of paragraphs among the lines that are not known to be furniture."""
    open_lines = [shape.prose for shape, label in zip(shapes, labels, strict=True) if not label]
    return sum(open_lines) / len(open_lines) if open_lines else 1.0


def prose_sizes(shapes: Sequence[Shape], labels: Sequence[str]) -> list[int]:
    """The characters of each line that is a paragraph and not known to be furniture, else 0."""
    return [len(shape.text) if shape.prose and not label else 0 for shape, label in zip(shapes, labels, strict=True)]


def densest(prose: Sequence[int]) -> tuple[int, int]:
    """The run of lines that holds most prose and least else, as a range: the segment of the greatest sum."""
    best, highest, start, total = (0, 0), 0.0, 0, 0.0
    for i, size in enumerate(prose):
        total += min(size, _LONG) / 100 if size else -0.5
        if total <= 0:
            start, total = i + 1, 0.0
        elif total > highest:
            best, highest = (start, i + 1), total
    return best


class Line(NamedTuple):
    """What is observed of one line, in groups: what the functions of `GROUPS` make names of."""

    context: tuple[str, ...]
    amounts: tuple[int, ...]
    position: tuple[str | bool, ...]
    signatures: tuple[int, ...]
    form: tuple[str | int, ...]


def line_facts(shapes: Sequence[Shape], labels: Sequence[str], roles: Mapping[int, str]) -> Iterator[Names]:
    """What is known of each line by its names, which the model has weights for: what it learns from."""
    for line in observe(shapes, labels, roles):
        yield tuple(chain.from_iterable(names(*seen) for names, seen in zip(GROUPS, line, strict=True))) if line else ()


def observe(shapes: Sequence[Shape], labels: Sequence[str], roles: Mapping[int, str]) -> Iterator[Line | None]:
    """What is observed of each line; None for furniture."""
    prose = prose_sizes(shapes, labels)
    so_far = list(accumulate(prose, initial=0))
    kinds = [_kind(shape, roles.get(i) or label) for i, (shape, label) in enumerate(zip(shapes, labels, strict=True))]
    around = ["edge", "edge", *kinds, "edge", "edge"]
    signed = [is_signature(shape.text) for shape in shapes]
    first, last = densest(prose)
    tidy = _quarter(prose_share(shapes, labels))
    times = Counter([shape.text for shape in shapes])
    groups = zip(shapes, _observe_amounts(so_far), _observe_signatures(signed), _headings(shapes, roles), strict=True)
    n_below, after_comments = 0, False  # signatures, and whether the heading of the comments, below an article
    for i, (shape, amounts, signatures, (role, since, list_kind, since_list)) in enumerate(groups):
        text, below = shape.text, so_far[i] > _ARTICLE
        if labels[i]:
            yield None
        else:
            where, far = (
                ("before", _count(first - i)) if i < first else ("after", _count(i - last + 1)) if i >= last else ("in", "")
            )
            position = (
                kinds[i],
                role if since <= 20 else "",
                since <= 3,
                f"{list_kind} {bisect_right((2, 4, 8), since_list)}" if since_list <= 12 else "",
                "" if (signed[i] and below) or not n_below else _count(n_below),
                after_comments,
                times[text] > 1,
            )
            form = _observe_form(text, kinds[i], where)
            yield Line((*around[i : i + 5], where, far, tidy), amounts, position, signatures, form)
        n_below += signed[i] and below
        after_comments = after_comments or (roles.get(i) == "comments" and below)


def _observe_amounts(so_far: list[int]) -> Iterator[tuple[int, ...]]:
    """The amounts of prose around each line, and in which fifth it is; `so_far` is how much stands before it."""
    n, total = len(so_far) - 1, so_far[-1]
    near, far = _REACHES
    padded = [*[0] * far, *so_far, *[total] * far]
    before_next = so_far[1:]
    sizes = (
        map(sub, so_far, padded[far - near :]),
        map(sub, so_far, padded),
        map(sub, padded[far + near + 1 :], before_next),
        map(sub, padded[far + far + 1 :], before_next),
        so_far,
        map(sub, repeat(total), so_far),
    )
    amounts = (map(partial(bisect_right, _AMOUNTS), size) for size in sizes)
    return zip(*amounts, [5 * i // n for i in range(n)])  # noqa: B905 - some go on behind the last line


def _observe_signatures(signed: list[bool]) -> Iterator[tuple[int, ...]]:
    """Whether each line is a signature, and how many are near it, above and below."""
    n = len(signed)
    if not any(signed):  # as on most pages
        return repeat((False, 0, 0, 0), n)
    so_far = list(accumulate(signed, initial=0))
    return (
        (
            own,
            min(3, so_far[min(n, i + 6)] - so_far[max(0, i - 5)]),
            bisect_right(_SIGNATURES, so_far[i]),
            bisect_right(_SIGNATURES, so_far[n] - so_far[i]),
        )
        for i, own in enumerate(signed)
    )


def _headings(shapes: Sequence[Shape], roles: Mapping[int, str]) -> Iterator[tuple[str, int, str, int]]:
    """For each line the last heading above it by its role, and by the kind of list it heads, and how far each is away."""
    role, at, list_kind, list_at = "", -99, "", -99
    for i, shape in enumerate(shapes):
        yield role, i - at, list_kind, i - list_at
        text = shape.text
        own = roles.get(i) or ("colon" if text[-1] == ":" and len(text) < 60 else "")
        if own:
            role, at = own, i
        if len(text) < LONGEST_HEADING:
            kind = "related" if HEADS_RELATED.match(text) else "site" if HEADS_SITE_LIST.match(text) else roles.get(i)
            if kind:
                list_kind, list_at = kind, i


def _kind(shape: Shape, known: str) -> str:
    if known:
        return known
    size = len(shape.text)
    length = "xs" if size <= 20 else "s" if size <= 60 else "m" if size <= _PARAGRAPH else "l" if size <= _LONG else "xl"
    form = "prose" if shape.prose else "title" if size > 20 and shape.text.count(" ") >= 3 else "bit"
    return f"{length} {form}"


def _count(n: int) -> str:
    return str(n) if n < 3 else "few" if n < 6 else "some" if n < 15 else "many"


def _quarter(share: float) -> str:
    return "none" if share <= 0 else "all" if share >= 1 else f"q{int(4 * share) + 1}"


def _context(before_2: str, before: str, kind: str, after: str, after_2: str, where: str, far: str, tidy: str) -> Names:
    """Facts of the line's kind, of its neighbours', and of its place by the densest run of prose."""
    place = f"{where} {far}".rstrip()
    return (
        kind,
        f"{before}>",
        f">{after}",
        f"{before}>{kind}",
        f"{kind}>{after}",
        f"{before_2}>>",
        f">>{after_2}",
        place,
        f"{place} {kind}",
        f"tidy {tidy}",
        f"tidy {tidy} {kind}",
        f"{before}>{where}",
        f"{where}>{after}",
    )


def _amounts(*amounts: int) -> Names:
    """Facts of how much prose stands within so many lines above and below, and in all, and in which fifth the line is."""
    return tuple([f"{name} {amount}" for name, amount in zip(_AMOUNT_NAMES, amounts, strict=True)])


def _position(
    kind: str,
    role: str,
    just_under: bool,  # noqa: FBT001
    list_heading: str,
    n_signed: str,
    after_comments: bool,  # noqa: FBT001
    repeated: bool,  # noqa: FBT001
) -> Names:
    """Facts of what headings and signatures stand above."""
    names = []
    if role:
        names += [f"under {role}", f"under {role} {kind}"]
        if just_under:
            names.append(f"just under {role}")
    if list_heading:
        names += [f"list {list_heading.split(' ')[0]}", f"list {list_heading}"]
        if kind.endswith("title"):
            names.append(f"list {list_heading.split(' ')[0]} title")
    if n_signed:
        names += [f"signed {n_signed}", f"signed {n_signed} {kind}"]
    if after_comments:
        names += ["after comments", f"after comments {kind}"]
    if repeated:
        names.append("repeated")
    return tuple(names)


def _signatures(own: bool, near: int, above: int, below: int) -> Names:  # noqa: FBT001
    """Facts of where the signatures of comments are: as common among an article's lines as below them they say nothing."""
    names = (f"signatures near {near}", f"signatures above {above}", f"signatures below {below}")
    return (*names, "signature") if own else names


def _observe_form(text: str, kind: str, where: str) -> tuple[str | int, ...]:
    """The line's own letters and marks, and the words of a line that is shorter than a paragraph."""
    end = text[-1]
    if end in "\"”’'":
        end = text[-2:-1] or end
    ends = _ENDS.get(end) or ("letter" if end.isalnum() else "other")
    function = capitals = signs = ""
    if len(text) <= _PARAGRAPH:
        signs = " ".join([name for name, sign in _SIGNS if sign in text])
        number = _CLOCK_OR_NUMBER.search(text)
        if number:
            signs += " clock" if number[1] else " number"
        parts = text.split()
        share = sum(map(_stop_words().__contains__, parts)) / len(parts)
        function = "none" if not share else "few" if share < 0.2 else "some" if share < 0.35 else "many"
        capitals = "ALL" if text.isupper() else _quarter(sum([part[0].isupper() for part in parts]) / len(parts))
    return (
        kind,
        where,
        ends,
        _beginning(text[0]),
        signs,
        function,
        capitals,
        " I " in text or " you " in text or text.startswith(("I ", "You ")),
        min(3, text.count(",") * 60 // len(text)),
        min(3, text.count(". ")),
    )


@cache
def _stop_words() -> frozenset[str]:
    """Words of running text that menus and names do without; lower case only, so that those of titles do not count."""
    return frozenset(lexicon("stop_words"))


def _beginning(char: str) -> str:
    if char.isupper():
        return "upper"
    if char.islower():
        return "lower"
    return "digit" if char.isdecimal() else "quote" if char in "\"“‘'" else "sign"


def _form(
    kind: str,
    where: str,
    ends: str,
    begins: str,
    signs: str,
    function: str,
    capitals: str,
    person: bool,  # noqa: FBT001
    commas: int,
    sentences: int,
) -> Names:
    """Facts of the line's own form; most hold of lines of one length."""
    length = kind.split(" ")[0]
    names = [f"ends {ends}", f"begins {begins}", f"commas {commas} {length}", f"sentences {sentences} {length}"]
    names += [f"ends {ends} {length}", f"begins {begins} {length}"]
    for sign in signs.split():
        names += [f"has {sign}", f"has {sign} {length}"]
    if function:
        names += [f"function {function} {length}", f"function {function} {where}", f"capitals {capitals} {length}"]
    if person:
        names += ["person", f"person {where}"]
    return tuple(names)


#: What makes names of each group that is observed. Each group can be seen in few ways, so that its sum is soon found again.
GROUPS: tuple[Callable[..., Names], ...] = (_context, _amounts, _position, _signatures, _form)
