"""Predictions and labels -> figures with intervals. Knows no table and no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from scorer.learn import Array

Measure = Callable[[Array, Array, Array], float]

N_RESAMPLES = 300


class Figure(NamedTuple):
    """A figure with its 95 % bootstrap interval over sources, and how many rows and sources it rests on."""

    name: str
    value: float
    low: float
    high: float
    n_rows: int
    n_sources: int


def auc(labels: Array, scores: Array, weights: Array) -> float:
    """Area under the ROC curve; NaN with one class only. Graded labels are cut at one half."""
    classes = labels > 0.5
    return float("nan") if classes.all() or not classes.any() else float(roc_auc_score(classes, scores, sample_weight=weights))


def squared_error(labels: Array, scores: Array, weights: Array) -> float:
    """Mean squared error: for classes, the Brier score."""
    return float(np.average((labels - scores) ** 2, weights=weights))


def calibration_error(labels: Array, scores: Array, weights: Array) -> float:
    """Expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum((scores * 10).astype(int), 9)
    error = 0.0
    for number in range(10):
        rows = bins == number
        if weights[rows].sum() > 0:
            gap = np.average(labels[rows], weights=weights[rows]) - np.average(scores[rows], weights=weights[rows])
            error += abs(gap) * weights[rows].sum()
    return float(error / weights.sum())


def rank_correlation(labels: Array, scores: Array, weights: Array) -> float:  # noqa: ARG001 - one shape for all measures
    """Spearman's rank correlation; weights are not used."""
    return float(spearmanr(labels, scores)[0])


def figure(
    name: str,
    measure: Measure,
    labels: Array,
    scores: Array,
    sources: Sequence[str] | np.ndarray[Any, Any],
    weights: Array | None = None,
) -> Figure:
    """Compute a figure and its interval: sources are drawn with replacement, all rows of a drawn source come along."""
    weights = np.ones(len(labels)) if weights is None else weights
    _, rows = np.unique(np.asarray(sources, dtype=str), return_inverse=True)
    n_sources = int(rows.max()) + 1
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(N_RESAMPLES):
        times = np.bincount(random.integers(0, n_sources, n_sources), minlength=n_sources)[rows]
        kept = times > 0
        if measure is rank_correlation:
            picked = np.repeat(np.flatnonzero(kept), times[kept])
            drawn.append(measure(labels[picked], scores[picked], weights[picked]))
        else:
            drawn.append(measure(labels[kept], scores[kept], weights[kept] * times[kept]))
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Figure(name, measure(labels, scores, weights), float(low), float(high), len(labels), n_sources)


def by_source(labels: Array, scores: Array, sources: np.ndarray[Any, Any], fewest: int) -> tuple[Array, Array, list[str]]:
    """Label and mean score of every source with at least `fewest` rows."""
    names = [name for name, n in zip(*np.unique(sources, return_counts=True), strict=True) if n >= fewest]
    means = [(labels[sources == name][0], scores[sources == name].mean()) for name in names]
    return np.array([m[0] for m in means]), np.array([m[1] for m in means]), names
