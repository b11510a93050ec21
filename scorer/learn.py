"""Rows of measurements and labels -> the additive model of one target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from scorer.model import Curve, Target

Array = np.ndarray[Any, np.dtype[np.float64]]
Matrix = Any  # scipy.sparse.csr_matrix, for which there are no type stubs

# A curve bends at most twice: more knots fit outlets, not wording.
QUANTILES = (0.05, 0.5, 0.95)
# The knots of a signal that never fires in the rows, where a prior speaks for it.
_UNSEEN = [0.0, 1.0]


@dataclass(frozen=True)
class Fit:
    """What a fit needs: which signals, in which direction each may go (+1, -1, 0 = either), and the L2 penalties.

    A penalty is on half the sum of squared coefficients (of standardised ramps; of terms), against the mean log-loss. Ramps
    are drawn not to 0 but to `prior`: what a signal with a fixed direction adds, in log-odds, before the rows have spoken.
    `quantiles` say where the curve of a signal bends that is seldom 0.
    """

    directions: Mapping[str, int]
    penalty: float
    term_penalty: float = 0.0
    prior: float = 0.0
    quantiles: Sequence[float] = QUANTILES


def knots_of(values: Array, quantiles: Sequence[float] = QUANTILES) -> list[float]:
    """Where the curve of a signal bends: quantiles of its values; of the positive ones where most are zero.

    A signal that fires in less than a twentieth of the rows gets one slope only.
    """
    measured = values[~np.isnan(values)]
    if len(measured) == 0:
        return []
    positive = measured[measured > 0]
    if len(positive) < 0.05 * len(measured):
        knots = [0.0, *np.quantile(positive, [0.9])] if len(positive) else []
    elif len(positive) < 0.6 * len(measured):
        knots = [0.0, *np.quantile(positive, [0.5, 0.95])]
    else:
        knots = list(np.quantile(measured, quantiles))
    kept: list[float] = []
    for knot in (float(f"{knot:.6g}") for knot in knots):
        if not kept or knot > kept[-1]:
            kept.append(knot)
    return kept if len(kept) > 1 else []


def ramps(values: Array, knots: Sequence[float]) -> Array:
    """One column between each pair of neighbouring knots: 0 left of it, rising to 1 right of it; NaN stays NaN."""
    left, right = np.array(knots[:-1]), np.array(knots[1:])
    return np.asarray(np.clip((values[:, None] - left) / (right - left), 0.0, 1.0))


def fit(table: Mapping[str, Array], labels: Array, weights: Array, how: Fit, terms: Matrix | None = None) -> tuple[Target, Array]:
    """Fit the curves of one target and, where `terms` is given, a weight for each of its columns.

    `table` holds a column of measurements for each signal (n rows, NaN where unmeasured), `labels` n numbers in 0-1
    (graded labels are allowed), `weights` n positive numbers. Minimises the weighted logistic loss plus the penalties
    under the sign constraints. A curve is centred on its mean over the rows where the signal was measured, and adds 0
    where it was not. Returns the target and the weights of the terms (empty without them).
    """
    shapes = {name: knots_of(table[name], how.quantiles) or (_UNSEEN if how.prior else []) for name in how.directions}
    names, columns, signs = [], [], []
    for name, direction in how.directions.items():
        if len(shapes[name]) > 1:
            ramped = ramps(table[name], shapes[name])
            names += [name] * ramped.shape[1]
            columns.append(ramped)
            signs += [direction] * ramped.shape[1]
    matrix = np.hstack(columns) if columns else np.zeros((len(labels), 0))
    weights = weights / weights.sum()
    measured = ~np.isnan(matrix)
    seen = np.maximum((measured * weights[:, None]).sum(axis=0), 1e-12)
    means = np.nansum(np.where(measured, matrix, 0.0) * weights[:, None], axis=0) / seen
    centred = np.where(measured, matrix - means, 0.0)
    scale = np.sqrt((centred**2 * weights[:, None]).sum(axis=0)) + 1e-3
    design = centred / scale
    n_ramps = design.shape[1]
    parts_of = Counter(names)
    expected = np.array([sign * how.prior / parts_of[name] for name, sign in zip(names, signs, strict=True)]) * scale
    centre = np.concatenate([[0.0], expected, np.zeros(0 if terms is None else terms.shape[1])])
    n_terms = 0 if terms is None else terms.shape[1]
    penalties = np.concatenate([[0.0], np.full(n_ramps, how.penalty), np.full(n_terms, how.term_penalty)])
    limits: list[tuple[float | None, float | None]] = [
        (0, None) if s > 0 else (None, 0) if s < 0 else (None, None) for s in signs
    ]
    limits = [(None, None), *limits, *[(None, None)] * n_terms]

    def loss(parameters: Array) -> tuple[float, Array]:
        log_odds = parameters[0] + design @ parameters[1 : 1 + n_ramps]
        if terms is not None:
            log_odds = log_odds + terms @ parameters[1 + n_ramps :]
        value = weights @ (np.logaddexp(0, log_odds) - labels * log_odds) + 0.5 * penalties @ (parameters - centre) ** 2
        slope = weights * (expit(log_odds) - labels)
        parts = [[slope.sum()], design.T @ slope]
        if terms is not None:
            parts.append(terms.T @ slope)
        return float(value), np.concatenate(parts) + penalties * (parameters - centre)

    found = minimize(
        loss, np.zeros(len(penalties)), jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 1000, "maxfun": 2000}
    )
    heights = found.x[1 : 1 + n_ramps] / scale
    return Target(float(found.x[0]), _curves(names, heights, means, shapes)), found.x[1 + n_ramps :]


def _curves(names: Sequence[str], heights: Array, means: Array, shapes: Mapping[str, Sequence[float]]) -> dict[str, Curve]:
    curves = {}
    for name in dict.fromkeys(names):
        own = [i for i, other in enumerate(names) if other == name]
        if not np.any(heights[own]):
            continue
        start = -float(heights[own] @ means[own])
        values = [start, *(start + np.cumsum(heights[own]))]
        curves[name] = Curve(list(shapes[name]), [float(v) for v in values], 0.0)
    return curves


def log_odds(target: Target, table: Mapping[str, Array], n_rows: int) -> Array:
    """What the curves of a target add up to in every row of `table`, with its intercept."""
    total = np.full(n_rows, target.intercept)
    for name, curve in target.curves.items():
        column = table[name]
        total += np.where(np.isnan(column), curve.missing, np.interp(np.nan_to_num(column), curve.knots, curve.values))
    return total


def scaled(target: Target, factor: float) -> Target:
    """The target with everything it adds multiplied by `factor`."""
    return Target(
        target.intercept * factor,
        {
            name: Curve(curve.knots, [factor * value for value in curve.values], factor * curve.missing)
            for name, curve in target.curves.items()
        },
        {term: factor * weight for term, weight in target.terms.items()},
        target.scope,
        target.centre * factor,
    )


def added(targets: Sequence[Target]) -> Target:
    """One target whose curves add what those of all `targets` add; none may have terms."""
    by_signal: dict[str, list[Curve]] = {}
    for target in targets:
        for name, curve in target.curves.items():
            by_signal.setdefault(name, []).append(curve)
    return Target(sum(target.intercept for target in targets), {name: _sum(curves) for name, curves in by_signal.items()})


def _sum(curves: Sequence[Curve]) -> Curve:
    """Piecewise linear functions add up to one that bends wherever one of them does."""
    knots = sorted({knot for curve in curves for knot in curve.knots})
    return Curve(knots, [sum(curve.at(knot) for curve in curves) for knot in knots], sum(curve.missing for curve in curves))


def sigmoid(unseen: Array, labels: Array, weights: Array) -> tuple[float, float]:
    """Slope and shift that make log-odds fit what happened on rows of unseen sources (Platt 1999).

    A sigmoid, because isotonic regression needs more than about 1,000 independent samples and sources are fewer.
    """
    doubled = np.concatenate([unseen, unseen])[:, None]
    classes = np.concatenate([np.ones(len(labels)), np.zeros(len(labels))])
    graded = np.concatenate([labels * weights, (1.0 - labels) * weights])
    platt = LogisticRegression(C=1e6).fit(doubled[graded > 0], classes[graded > 0], sample_weight=graded[graded > 0])
    return max(float(platt.coef_[0, 0]), 1e-3), float(platt.intercept_[0])
