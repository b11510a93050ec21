"""Rows of measurements and labels -> the additive model of one target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from scorer.model import Curve, Target

Array = np.ndarray[Any, np.dtype[np.float64]]

# A curve bends at most twice: more knots fit outlets, not wording.
_QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Fit:
    """What a fit needs: which signals, in which direction each may go (+1, -1, 0 = either), and the L2 penalty.

    The penalty is on the sum of squared coefficients of standardised ramps, against the mean log-loss.
    """

    directions: Mapping[str, int]
    penalty: float


def knots_of(values: Array) -> list[float]:
    """Where the curve of a signal bends: quantiles of its values; of the positive ones where most are zero."""
    measured = values[~np.isnan(values)]
    if len(measured) == 0:
        return []
    positive = measured[measured > 0]
    if 0 < len(positive) < 0.6 * len(measured):
        knots = [0.0, *np.quantile(positive, [0.5, 0.95])]
    else:
        knots = list(np.quantile(measured, _QUANTILES))
    kept: list[float] = []
    for knot in (float(f"{knot:.6g}") for knot in knots):
        if not kept or knot > kept[-1]:
            kept.append(knot)
    return kept if len(kept) > 1 else []


def ramps(values: Array, knots: Sequence[float]) -> Array:
    """One column between each pair of neighbouring knots: 0 left of it, rising to 1 right of it; NaN stays NaN."""
    left, right = np.array(knots[:-1]), np.array(knots[1:])
    return np.clip((values[:, None] - left) / (right - left), 0.0, 1.0)


def fit(
    table: Mapping[str, Array], labels: Array, weights: Array, how: Fit, shapes: Mapping[str, Sequence[float]]
) -> Target:
    """Fit one target.

    `table` holds a column of measurements for each signal (n rows, NaN where unmeasured), `labels` n numbers in 0-1
    (graded labels are allowed), `weights` n positive numbers; `shapes` the knots of each signal. Minimises the weighted
    logistic loss plus the penalty under the sign constraints; a contribution is centred on its mean over the rows
    where the signal was measured, and 0 where it was not.
    """
    names, columns, signs = [], [], []
    for name, direction in how.directions.items():
        knots = shapes[name]
        if len(knots) < 2:
            continue
        ramped = ramps(table[name], knots)
        names += [name] * ramped.shape[1]
        columns.append(ramped)
        signs += [direction] * ramped.shape[1]
    matrix = np.hstack(columns)
    weights = weights / weights.sum()
    measured = ~np.isnan(matrix)
    means = np.nansum(matrix * weights[:, None], axis=0) / np.maximum((measured * weights[:, None]).sum(axis=0), 1e-12)
    centred = np.where(measured, matrix - means, 0.0)
    scale = np.sqrt((centred**2 * weights[:, None]).sum(axis=0)) + 1e-3
    design = centred / scale
    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) if sign < 0 else (None, None) for sign in signs)]

    def loss(parameters: Array) -> tuple[float, Array]:
        log_odds = parameters[0] + design @ parameters[1:]
        value = float(
            weights @ (np.logaddexp(0, log_odds) - labels * log_odds)
            + 0.5 * how.penalty * parameters[1:] @ parameters[1:]
        )
        slope = weights * (expit(log_odds) - labels)
        return value, np.concatenate([[slope.sum()], design.T @ slope + how.penalty * parameters[1:]])

    found = minimize(
        loss, np.zeros(1 + design.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}
    )
    heights = found.x[1:] / scale
    return Target(float(found.x[0]), _curves(names, heights, means, shapes))


def _curves(
    names: Sequence[str], heights: Array, means: Array, shapes: Mapping[str, Sequence[float]]
) -> dict[str, Curve]:
    curves = {}
    for name in dict.fromkeys(names):
        own = [i for i, other in enumerate(names) if other == name]
        if not np.any(heights[own]):
            continue
        start = -float(heights[own] @ means[own])
        values = [start, *(start + np.cumsum(heights[own]))]
        curves[name] = Curve(list(shapes[name]), [float(v) for v in values], 0.0)
    return curves


def log_odds(target: Target, table: Mapping[str, Array]) -> Array:
    """The log-odds of every row of `table`."""
    n_rows = len(next(iter(table.values())))
    total = np.full(n_rows, target.intercept)
    for name, curve in target.curves.items():
        column = table[name]
        total += np.where(np.isnan(column), curve.missing, np.interp(np.nan_to_num(column), curve.knots, curve.values))
    return total


def calibrated(target: Target, unseen_log_odds: Array, labels: Array, weights: Array) -> Target:
    """The target rescaled so that its probabilities fit what happened on rows of unseen sources (Platt 1999).

    A sigmoid, because isotonic regression needs more than about 1,000 independent samples and sources are fewer.
    """
    graded = np.concatenate([labels, 1.0 - labels]) * np.concatenate([weights, weights])
    x = np.concatenate([unseen_log_odds, unseen_log_odds])[:, None]
    y = np.concatenate([np.ones(len(labels)), np.zeros(len(labels))])
    platt = LogisticRegression(C=1e6).fit(x[graded > 0], y[graded > 0], sample_weight=graded[graded > 0])
    slope, shift = max(float(platt.coef_[0, 0]), 1e-3), float(platt.intercept_[0])
    curves = {
        name: Curve(curve.knots, [slope * value for value in curve.values], slope * curve.missing)
        for name, curve in target.curves.items()
    }
    return Target(slope * target.intercept + shift, curves)
