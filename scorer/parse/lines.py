"""Lines of plain text -> which of them are the article's text, where menus, lists and comments stand around it.

Without mark-up a line is told by its length and form, by its neighbours and by where it stands. A small logistic model
(`lines_weights.json`, made by `scorer.train_pages`) adds up what speaks for its being the article's, and the cheapest
sequence of inside and outside is taken, as a conditional random field's is (Lafferty, McCallum & Pereira 2001).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from pathlib import Path

from scorer.parse.furniture import Shape
from scorer.parse.line_facts import GROUPS, Names, densest, observe, prose_share, prose_sizes

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


def find_body(shapes: Sequence[Shape], labels: Sequence[str], roles: Mapping[int, str]) -> list[bool]:
    """Which lines lie inside the article: the cheapest sequence, by each line's log-odds and the cost of a change.

    Takes what `scorer.parse.furniture` found; a line that is furniture has no say of its own.
    """
    if len(labels) - labels.count("") < _FEWEST_FURNITURE or prose_share(shapes, labels) >= _TIDY:
        return [True] * len(shapes)
    intercept = _weights()[0]
    context, amounts, position, signatures, form = _weighers()
    prose = prose_sizes(shapes, labels)
    inside, outside = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    marked = True
    for shape, line in zip(shapes, observe(shapes, labels, roles), strict=True):
        odds, change = 0.0, _CHANGE
        if line:
            odds = intercept + (
                context(*line.context)
                + amounts(*line.amounts)
                + position(*line.position)
                + signatures(*line.signatures)
                + form(*line.form)
            )
            odds = -9.0 if odds < -9.0 else 9.0 if odds > 9.0 else odds
            odds *= min(3.0, max(0.5, (shape.text.count(" ") + 1) / _FULL_WORDS))
            change = _CHANGE if marked else _SILENT_CHANGE
        marked = not line
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
    if any(compress(prose, body)):
        return _one_article(body, labels, prose)
    # A page without a paragraph of an article is not what the model knows.
    first, last = densest(prose)
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


@cache
def _weighers() -> tuple[Callable[..., float], ...]:
    """For each group of facts the sum of its weights by what was observed: most lines are like others in most groups."""
    get = _weights()[1].get

    def weigher(names: Callable[..., Names]) -> Callable[..., float]:
        return lru_cache(maxsize=1 << 14)(lambda *observed: sum([get(name, 0.0) for name in names(*observed)]))

    return tuple(map(weigher, GROUPS))
