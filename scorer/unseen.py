"""Train without a source, predict it: what calibrates the model, gives its intervals, and is judged."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed

from scorer import datasets
from scorer.artifact import rounded, slim
from scorer.figures import auc, by_source, rank_correlation
from scorer.labelled import SETS, Mask, Rows, Tables, balanced, fold_of
from scorer.learn import Array, scaled, sigmoid
from scorer.model import Target
from scorer.recipe import HIGH_QUALITY, LOW_QUALITY, MIXES, N_FOLDS
from scorer.train import learn, mix, predict, with_words


class Unseen(NamedTuple):
    """Log-odds of rows from models that were trained without their sources, by set of rows: of every target, of every
    candidate mix of a target (`MIXES`), and of every label source of sensationalism by itself."""

    log_odds: dict[str, dict[str, Array]]
    mixes: dict[str, list[dict[str, Array]]]
    by_source: dict[str, dict[str, Array]]


def cross_validate(tables: Tables, clusters: np.ndarray[Any, Any], n_jobs: int = 2) -> Unseen:
    """Train N_FOLDS times, each time without the sources of one fold, and predict that fold."""
    folds = Parallel(n_jobs)(delayed(_one_fold)(tables, clusters, fold) for fold in range(N_FOLDS))
    fold_of_row = {name: fold_of(getattr(tables, name).sources) for name in SETS}

    def joined(key: Key) -> dict[str, Array]:
        result = {}
        for name, of_rows in fold_of_row.items():
            result[name] = np.full(len(of_rows), np.nan)
            for fold in range(N_FOLDS):
                result[name][of_rows == fold] = folds[fold][key][name]
        return result

    mixes = {target: [joined((target, i)) for i in range(len(MIXES[target]))] for target in MIXES}
    unseen = Unseen(
        {"clickbait_strength": joined(("clickbait_strength", 0))},
        mixes,
        {name: joined(("alone", name)) for name in (*SHARES, "signals")},
    )
    for target in MIXES:
        unseen.log_odds[target] = {name: np.full(len(of_rows), np.nan) for name, of_rows in fold_of_row.items()}
        for fold in range(N_FOLDS):
            chosen = choose(tables, mixes[target], target, without=fold)
            for name, of_rows in fold_of_row.items():
                unseen.log_odds[target][name][of_rows == fold] = mixes[target][chosen][name][of_rows == fold]
    return unseen


# An outlet's mean is judged from so many articles on.
FEWEST_ARTICLES = 5


def choose(tables: Tables, mixes: list[dict[str, Array]], target: str, *, without: int | None = None) -> int:
    """The mix that judges the rows of all folds but one best: which of `MIXES[target]`."""
    return int(np.argmax([_merit(tables, predicted, target, without) for predicted in mixes]))


def _merit(tables: Tables, predicted: dict[str, Array], target: str, without: int | None) -> float:
    """The mean of the figures that a target is judged by: areas under the curve of the label sources; for reliability that of
    low against high quality in allsides, and the rank correlations of outlets with quality (allsides, all) and of stories
    with stars."""
    kept = {name: fold_of(getattr(tables, name).sources) != (N_FOLDS if without is None else without) for name in SETS}
    articles = tables.articles
    if target == "reliability":
        scores, one_place = predicted["articles"], articles.collections == "allsides"
        extreme = kept["articles"] & one_place & ((articles.labels < LOW_QUALITY) | (articles.labels > HIGH_QUALITY))
        found = [auc(articles.labels[extreme], scores[extreme], np.ones(int(extreme.sum())))]
        for own in (one_place, np.ones(len(scores), dtype=bool)):
            rows = kept["articles"] & ~np.isnan(articles.labels) & own
            quality, means, _ = by_source(articles.labels[rows], scores[rows], articles.sources[rows], FEWEST_ARTICLES)
            found.append(rank_correlation(quality, means, quality))
        stars = tables.health.labels[kept["health"]]
        found.append(rank_correlation(stars, predicted["health"][kept["health"]], stars))
        return float(np.mean(found))
    own = kept["articles"] & ~np.isnan(tables.register)
    areas = [auc(tables.register[own], predicted["articles"][own], datasets.equal_weights(list(articles.sources[own])))]
    for name in ("hyperpartisan", "loaded", "biased"):
        labels = getattr(tables, name).labels[kept[name]]
        areas.append(auc(labels, predicted[name][kept[name]], np.ones(len(labels))))
    return float(np.mean(areas))


Key = tuple[str, int | str]
#: The label sources of sensationalism's words, with their shares in the first mix.
SHARES = MIXES["sensationalism"][0].words


def _one_fold(tables: Tables, clusters: np.ndarray[Any, Any], fold: int) -> dict[Key, dict[str, Array]]:
    learned = tables.where(fold, held_out=False)
    ingredients = learn(learned, clusters[fold_of(tables.articles.sources) != fold])
    articles = ingredients.space.matrix(learned.articles.texts)
    models: dict[Key, Target] = {("clickbait_strength", 0): ingredients.clickbait}
    for target, candidates in MIXES.items():
        models |= {(target, i): mix(ingredients, target, how, learned.articles) for i, how in enumerate(candidates)}
    models[("alone", "signals")] = ingredients.signals["sensationalism"]["wording"]
    for name in SHARES:
        weights = ingredients.words["sensationalism"][name]
        own = with_words(Target(0.0, {}), ingredients.space.terms, weights, float((articles @ weights).mean()), "article")
        models[("alone", name)] = own._replace(intercept=0.0)
    held_out = tables.where(fold, held_out=True)
    return {key: {name: _predict_if_measured(target, getattr(held_out, name)) for name in SETS} for key, target in models.items()}


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
    """Every target learned from all tables, mixed as does best on unseen sources, and calibrated on them."""
    ingredients = learn(tables, clusters)
    targets = {"clickbait_strength": ingredients.clickbait}
    for name, candidates in MIXES.items():
        targets[name] = mix(ingredients, name, candidates[choose(tables, unseen.mixes[name], name)], tables.articles)
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
