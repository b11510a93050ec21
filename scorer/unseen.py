"""Train without a source, predict it: what calibrates the model, gives its intervals, and is judged."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed

from scorer import datasets
from scorer.artifact import rounded, slim
from scorer.labelled import SETS, Mask, Rows, Tables, balanced, fold_of
from scorer.learn import Array, scaled, sigmoid
from scorer.model import Target
from scorer.recipe import HIGH_QUALITY, LOW_QUALITY, N_FOLDS, SENSATIONALISM
from scorer.train import MIXES, predict, targets_of, with_words


class Unseen(NamedTuple):
    """Log-odds of rows from models that were trained without their sources: by target and set of rows."""

    log_odds: dict[str, dict[str, Array]]
    by_source: dict[str, dict[str, Array]]


def cross_validate(tables: Tables, clusters: np.ndarray[Any, Any], n_jobs: int = 2) -> Unseen:
    """Train N_FOLDS times, each time without the sources of one fold, and predict that fold."""
    folds = Parallel(n_jobs)(delayed(_one_fold)(tables, clusters, fold) for fold in range(N_FOLDS))
    result = Unseen({target: {} for target in (*MIXES, "clickbait_strength")}, {name: {} for name in SENSATIONALISM})
    for part, parts in ((result.log_odds, 0), (result.by_source, 1)):
        for key in part:
            for name in SETS:
                of_rows = fold_of(getattr(tables, name).sources)
                part[key][name] = np.full(len(of_rows), np.nan)
                for fold in range(N_FOLDS):
                    part[key][name][of_rows == fold] = folds[fold][parts][key][name]
    return result


def _one_fold(tables: Tables, clusters: np.ndarray[Any, Any], fold: int) -> tuple[dict[str, dict[str, Array]], ...]:
    learned = tables.where(fold, held_out=False)
    of_learned = clusters[fold_of(tables.articles.sources) != fold]
    targets, ingredients = targets_of(learned, of_learned)
    held_out = tables.where(fold, held_out=True)
    articles = ingredients.space.matrix(learned.articles.texts)
    alone: dict[str, Target] = {"signals": ingredients.signals["sensationalism"]}
    for name, weights in ingredients.words["sensationalism"].items():
        empty = Target(0.0, {})
        alone[name] = with_words(empty, ingredients.space.terms, weights, float((articles @ weights).mean()), "article")
        alone[name] = alone[name]._replace(intercept=0.0)
    predicted = []
    for models in (targets, alone):
        predicted.append(
            {
                key: {name: _predict_if_measured(target, getattr(held_out, name)) for name in SETS}
                for key, target in models.items()
            }
        )
    return tuple(predicted)


def _predict_if_measured(target: Target, rows: Rows) -> Array:
    """Sentences have no measurements: only their words speak."""
    return predict(target if rows.table else target._replace(curves={}), rows)


def calibrate(target: Target, slope: float, shift: float) -> Target:
    """The target with its log-odds multiplied by `slope` and moved by `shift`."""
    moved = scaled(target, slope)
    return moved._replace(intercept=moved.intercept + shift)


def judged(tables: Tables, target: str) -> tuple[str, Mask, Array, Array]:
    """The rows a target is calibrated and judged on: set, mask, labels and weights (sources weigh alike, both classes
    too where the label is an outlet's)."""
    articles = tables.articles
    if target == "clickbait_strength":
        everything = np.ones(len(tables.headlines.labels), dtype=bool)
        return "headlines", everything, tables.headlines.labels, np.ones(len(tables.headlines.labels))
    if target == "sensationalism":
        mask, labels = ~np.isnan(tables.register), tables.register
    else:
        mask = (articles.labels < LOW_QUALITY) | (articles.labels > HIGH_QUALITY)
        labels = (articles.labels > HIGH_QUALITY).astype(float)
    labels = labels[mask]
    weights = datasets.equal_weights(list(articles.sources[mask]))
    return "articles", mask, labels, balanced(labels, weights, np.zeros(len(labels)))


def train(tables: Tables, clusters: np.ndarray[Any, Any], unseen: Unseen) -> dict[str, Target]:
    """Every target learned from all tables, calibrated on `unseen`."""
    targets, _ = targets_of(tables, clusters)
    for name, target in targets.items():
        of_set, mask, labels, weights = judged(tables, name)
        slope, shift = sigmoid(unseen.log_odds[name][of_set][mask], labels, weights)
        final = slim(calibrate(target, slope, shift))
        targets[name] = final._replace(widths=widths(final, tables, slope, shift, unseen.log_odds[name]))
    return targets


# Lengths, in words, within which articles are compared: a headline, a brief, a short and a usual article, a long one.
LENGTHS = (25, 120, 400, 800, 1_000_000)
COVERAGE, FEWEST_COMPARED = 0.9, 50


def widths(target: Target, tables: Tables, slope: float, shift: float, unseen: dict[str, Array]) -> list[tuple[int, float]]:
    """Half-widths of the interval by length: how far log-odds move when the article's source is left out of the training."""
    moved, sizes = [], []
    for name in ("articles", "hyperpartisan", "headlines"):
        rows: Rows = getattr(tables, name)
        moved.append(np.abs(predict(target, rows) - (slope * unseen[name] + shift)))
        headline_only = target.scope == "headline"
        sizes.append(np.array([text.n_headline if headline_only else len(text.words) for text in rows.texts]))
    distances, lengths = np.concatenate(moved), np.concatenate(sizes)
    result, shortest = [], 0
    for longest in LENGTHS:
        own = distances[(lengths > shortest) & (lengths <= longest)]
        if len(own) >= FEWEST_COMPARED:
            # The finite-sample correction of split conformal prediction.
            level = min(1.0, np.ceil((len(own) + 1) * COVERAGE) / len(own))
            result.append((longest, rounded(float(np.quantile(own, level)))))
        shortest = longest
    return result
