"""Lines of plain text -> which of them are the article's text, where menus, lists and comments stand around it.

Without mark-up a line is told by its length and form, by its neighbours and by where it stands. A small logistic model
(`lines_weights.json`, made by `scorer.train_pages`) adds up what speaks for its being the article's, and the cheapest
sequence of inside and outside is taken, as a conditional random field's is (Lafferty, McCallum & Pereira 2001). The words
of a line and of its neighbours are the strongest of the facts (Kohlschütter, Fankhauser & Nejdl 2010).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from scorer.parse.furniture import Shape
from scorer.parse.links import HEADS_RELATED, HEADS_SITE_LIST, LONGEST_HEADING
from scorer.terms import lexicon

#: What is known of one line: names in groups, each group known by few observations, so that its sum is soon found again.
Facts = tuple[tuple[str, ...], ...]

# A text most of whose lines are paragraphs, or hardly a line of which is furniture, has little around its article: it is
# left whole.
_TIDY, _FEWEST_FURNITURE = 0.65, 3
# What it costs to go into the article or out of it where a line of furniture marks the border, and where none does; and
# how many words a line has that counts once. Chosen, as the limits above, by cross-validation over the development half
# and tests/pages (a*, b*).
_CHANGE, _SILENT_CHANGE, _FULL_WORDS = 1.0, 8.0, 12
# Lines further apart than this are of two articles, or of an article and its comments, and the first is the page's own if it
# has this share of the prose of the largest. Chosen as the above.
_FARTHEST, _ENOUGH = 11, 0.5

_PARAGRAPH, _LONG = 160, 400
_SIGNS = (("bar", "|"), ("arrow", "»"), ("at", "@"), ("right", "©"), ("web", "http"), ("web", "www."), ("web", ".com"))
_CLOCK_OR_NUMBER = re.compile(r"\d(:\d\d)?")
_ENDS = {".": "stop", "!": "mark", "?": "asks", ":": "colon", ",": "comma", ";": "comma", "…": "cut", "|": "bar", ")": "bracket"}
# What stands above or below a reader's comment: who wrote it and when, or what can be done about it.
_SIGNATURE = re.compile(
    r"(?:[Pp]osted|[Cc]omment(?:ed)?|[Ss]ubmitted|[Ww]ritten) (?:by|on|at|from)\b.*\d"
    r"|(?=.{0,118}\b(?:19|20)\d\d\b)(?=.{0,118}\d[:.]\d\d)"
    r"|(?:Report|Flag|Reply|Respond|Recommend)(?: (?:to )?(?:this|abuse|as)\b.*)?$"
    r"|\S.{0,40} (?:says|said|wrote|writes) ?(?::|\.\.\.|…)$"
)
_LONGEST_SIGNATURE = 120
# Prose of more characters than this is an article's, and what is signed below it are comments.
_ARTICLE = 250
# Within how many lines prose is counted, its amounts in characters, and the numbers of signatures that are told apart.
_REACHES, _AMOUNTS, _SIGNATURES = (5, 12), (1, 200, 500, 1200, 3000), (1, 2, 4, 10)
_AMOUNT_NAMES = ("5 above", "12 above", "5 below", "12 below", "above", "below", "fifth")


def is_signature(text: str) -> bool:
    """Whether a line is the signature of a reader's comment, or a control that belongs to one."""
    return len(text) <= _LONGEST_SIGNATURE and text[-1] not in ".," and _SIGNATURE.match(text) is not None


def find_body(shapes: Sequence[Shape], labels: Sequence[str], roles: Mapping[int, str]) -> list[bool]:
    """Which lines lie inside the article: the cheapest sequence, by each line's log-odds and the cost of a change.

    Takes what `scorer.parse.furniture` found; a line that is furniture has no say of its own.
    """
    if len(labels) - labels.count("") < _FEWEST_FURNITURE or _prose_share(shapes, labels) >= _TIDY:
        return [True] * len(shapes)
    intercept = _weights()[0]
    inside, outside = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    marked = True
    for shape, label, facts in zip(shapes, labels, line_facts(shapes, labels, roles), strict=True):
        odds = 0.0
        if not label:
            odds = min(9.0, max(-9.0, intercept + sum(map(_weigh, facts))))
            odds *= min(3.0, max(0.5, (shape.text.count(" ") + 1) / _FULL_WORDS))
        change = _CHANGE if marked or label else _SILENT_CHANGE
        marked = bool(label)
        stay_out, stay_in = outside >= inside - change, inside >= outside - change
        came_from.append((not stay_out, stay_in))
        outside, inside = (
            (outside if stay_out else inside - change) - odds / 2,
            (inside if stay_in else outside - change) + odds / 2,
        )
    state = inside > outside
    body = [False] * len(shapes)
    for i in range(len(shapes) - 1, -1, -1):
        body[i] = state
        state = came_from[i][state]
    if any(body[i] and size for i, size in enumerate(_prose(shapes, labels))):
        return _one_article(body, labels, _prose(shapes, labels))
    # A page without a paragraph of an article is not what the model knows.
    first, last = _densest(_prose(shapes, labels))
    return [first <= i < last for i in range(len(shapes))]


def _one_article(body: list[bool], labels: Sequence[str], prose: Sequence[int]) -> list[bool]:
    """Leave in the body one article: of stretches far apart the first that has enough of the prose."""
    stretches: list[tuple[int, int]] = []
    for i, is_body in enumerate(body):
        if is_body and not labels[i]:
            near = stretches and i - stretches[-1][1] <= _FARTHEST
            stretches[-1 if near else len(stretches) :] = [(stretches[-1][0] if near else i, i)]
    sizes = [sum(prose[first : last + 1]) for first, last in stretches]
    enough = _ENOUGH * max(sizes)
    first, last = next(stretch for stretch, size in zip(stretches, sizes, strict=True) if size >= enough)
    return [is_body and first <= i <= last for i, is_body in enumerate(body)]


@cache
def _weights() -> tuple[float, dict[str, float]]:
    """The intercept and the weights of the model (see `scorer/train_pages.py`)."""
    import json  # only here: most texts are parsed without it

    data = json.loads(Path(__file__).with_name("lines_weights.json").read_text(encoding="utf-8"))
    return float(data["intercept"]), {str(name): float(weight) for name, weight in data["weights"].items()}


@lru_cache(maxsize=1 << 14)
def _weigh(names: tuple[str, ...]) -> float:
    get = _weights()[1].get
    return sum([get(name, 0.0) for name in names])


def _prose_share(shapes: Sequence[Shape], labels: Sequence[str]) -> float:
    """The share of paragraphs among the lines that are not known to be furniture."""
    open_lines = [shape.prose for shape, label in zip(shapes, labels, strict=True) if not label]
    return sum(open_lines) / len(open_lines) if open_lines else 1.0


def _prose(shapes: Sequence[Shape], labels: Sequence[str]) -> list[int]:
    """The characters of each line that is a paragraph and not known to be furniture, else 0."""
    return [len(shape.text) if shape.prose and not label else 0 for shape, label in zip(shapes, labels, strict=True)]


def line_facts(shapes: Sequence[Shape], labels: Sequence[str], roles: Mapping[int, str]) -> Iterator[Facts]:
    """What is known of each line: what the model adds up, and what it learns from."""
    n = len(shapes)
    kinds = [_kind(shape, roles.get(i) or label) for i, (shape, label) in enumerate(zip(shapes, labels, strict=True))]
    around = ["edge", "edge", *kinds, "edge", "edge"]
    prose = _prose(shapes, labels)
    so_far = list(accumulate(prose, initial=0))
    signed = [is_signature(shape.text) for shape in shapes]
    n_signed = list(accumulate(signed, initial=0))
    first, last = _densest(prose)
    tidy = _quarter(_prose_share(shapes, labels))
    times = Counter(shape.text for shape in shapes)
    under = _headings(shapes, roles)
    n_below, after_comments = 0, False  # signatures, and whether the heading of the comments, below an article
    for i, (shape, (role, since, list_kind, since_list)) in enumerate(zip(shapes, under, strict=True)):
        text, below = shape.text, so_far[i] > _ARTICLE
        place = f"before {_count(first - i)}" if i < first else f"after {_count(i - last + 1)}" if i >= last else "in"
        yield (
            ()
            if labels[i]
            else (
                _context(*around[i : i + 5], place, tidy),
                _amounts(
                    *(bisect_right(_AMOUNTS, so_far[i] - so_far[max(0, i - reach)]) for reach in _REACHES),
                    *(bisect_right(_AMOUNTS, so_far[min(n, i + reach + 1)] - so_far[i + 1]) for reach in _REACHES),
                    bisect_right(_AMOUNTS, so_far[i]),
                    bisect_right(_AMOUNTS, so_far[-1] - so_far[i]),
                    5 * i // n,
                ),
                _position(
                    kinds[i],
                    role if since <= 20 else "",
                    since <= 3,
                    f"{list_kind} {bisect_right((2, 4, 8), since_list)}" if since_list <= 12 else "",
                    "" if (signed[i] and below) or not n_below else _count(n_below),
                    after_comments,
                    times[text] > 1,
                ),
                _signatures(
                    signed[i],
                    min(3, n_signed[min(n, i + 6)] - n_signed[max(0, i - 5)]),
                    bisect_right(_SIGNATURES, n_signed[i]),
                    bisect_right(_SIGNATURES, n_signed[n] - n_signed[i]),
                ),
                _form(text, kinds[i].split(" ")[0], place.split(" ")[0]),
            )
        )
        n_below += signed[i] and below
        after_comments = after_comments or (roles.get(i) == "comments" and below)


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


def _densest(prose: Sequence[int]) -> tuple[int, int]:
    """The run of lines that holds most prose and least else, as a range: the segment of the greatest sum."""
    best, highest, start, total = (0, 0), 0.0, 0, 0.0
    for i, size in enumerate(prose):
        total += min(size, _LONG) / 100 if size else -0.5
        if total <= 0:
            start, total = i + 1, 0.0
        elif total > highest:
            best, highest = (start, i + 1), total
    return best


def _count(n: int) -> str:
    return str(n) if n < 3 else "few" if n < 6 else "some" if n < 15 else "many"


def _quarter(share: float) -> str:
    return "none" if share <= 0 else "all" if share >= 1 else f"q{int(4 * share) + 1}"


@lru_cache(maxsize=1 << 14)
def _context(before_2: str, before: str, kind: str, after: str, after_2: str, place: str, tidy: str) -> tuple[str, ...]:
    """Facts of the line's kind, of its neighbours', and of its place by the densest run of prose."""
    where = place.split(" ")[0]
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


@lru_cache(maxsize=1 << 14)
def _amounts(*amounts: int) -> tuple[str, ...]:
    """Facts of how much prose stands within so many lines above and below, and in all, and in which fifth the line is."""
    return tuple([f"{name} {amount}" for name, amount in zip(_AMOUNT_NAMES, amounts, strict=True)])


@lru_cache(maxsize=1 << 14)
def _position(
    kind: str,
    role: str,
    just_under: bool,  # noqa: FBT001
    list_heading: str,
    n_signed: str,
    after_comments: bool,  # noqa: FBT001
    repeated: bool,  # noqa: FBT001
) -> tuple[str, ...]:
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


@lru_cache(maxsize=1 << 10)
def _signatures(own: bool, near: int, above: int, below: int) -> tuple[str, ...]:  # noqa: FBT001
    """Facts of where the signatures of comments are: as common among an article's lines as below them they say nothing."""
    names = (f"signatures near {near}", f"signatures above {above}", f"signatures below {below}")
    return (*names, "signature") if own else names


def _form(text: str, length: str, where: str) -> tuple[str, ...]:
    """Facts of the line's own letters and marks, and of the words of a line that is shorter than a paragraph."""
    end = text[-1]
    if end in "\"”’'":
        end = text[-2:-1] or end
    ends = _ENDS.get(end, "letter" if end.isalnum() else "other")
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
    return _form_names(
        length,
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


@lru_cache(maxsize=1 << 14)
def _form_names(
    length: str,
    where: str,
    ends: str,
    begins: str,
    signs: str,
    function: str,
    capitals: str,
    person: bool,  # noqa: FBT001
    commas: int,
    sentences: int,
) -> tuple[str, ...]:
    names = [f"ends {ends}", f"begins {begins}", f"commas {commas} {length}", f"sentences {sentences} {length}"]
    names += [f"ends {ends} {length}", f"begins {begins} {length}"]
    for sign in signs.split():
        names += [f"has {sign}", f"has {sign} {length}"]
    if function:
        names += [f"function {function} {length}", f"function {function} {where}", f"capitals {capitals} {length}"]
    if person:
        names += ["person", f"person {where}"]
    return tuple(names)
