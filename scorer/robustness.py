"""How far scores move when a page is changed: as they may not for what leaves its wording alone, and as they can be gamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scorer.figures import Figure
from scorer.learn import Array
from scorer.model import Model, Target
from scorer.perturbations import GAMING, PRESERVING, Perturbation
from scorer.pipeline import score_page
from scorer.types import TARGETS, Page

N_PAGES = 500


def shifts(targets: Mapping[str, Target], texts: Sequence[str]) -> list[tuple[str, list[Figure]]]:
    """Two tables of figures over N_PAGES of the `texts`, evenly taken: for each perturbation and target the largest shift of a
    score; its interval holds 95 of 100 shifts, with their signs."""
    pages = list(texts)[:: max(1, len(texts) // N_PAGES)][:N_PAGES]
    model = Model("judged", "", "", targets, {})
    before = _scores(model, pages)
    return [
        (heading, [figure for name, change in changes.items() for figure in _shifts(model, pages, before, name, change)])
        for heading, changes in (
            ("What leaves the wording alone: largest shift of a score, and where 95 of 100 lie", PRESERVING),
            ("What could be done to be scored otherwise: largest shift, and where 95 of 100 lie", GAMING),
        )
    ]


def _shifts(model: Model, pages: Sequence[str], before: Array, name: str, change: Perturbation) -> list[Figure]:
    moved = _scores(model, [change(page) for page in pages]) - before
    found = []
    for column, target in zip(moved.T, TARGETS, strict=True):
        known = column[~np.isnan(column)]
        low, high = np.quantile(known, [0.025, 0.975])
        found.append(Figure(f"{name}: {target}", float(np.abs(known).max()), float(low), float(high), len(known), len(known)))
    return found


def _scores(model: Model, pages: Sequence[str]) -> Array:
    """One row a page, one column a target; NaN where a score is withheld."""
    scores = [score_page(Page(id="", content=page), model) for page in pages]
    return np.array([[getattr(score, target) for target in TARGETS] for score in scores], dtype=float)
