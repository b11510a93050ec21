"""What models of the same additive kind reach on one labelled set of a single family: loaded sentences, partisan articles,
experts' stars, hedges. Each is taught on other sources than it is judged on; none is shipped. They show how much of a label
our words and signals can carry, where a score of the product is asked something else than that label.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from scorer import datasets, vocabulary
from scorer.figures import Figure, Measure, auc, figure, rank_correlation
from scorer.labelled import Rows, Tables, balanced, fold_of
from scorer.learn import Array, Fit, Matrix, fit, log_odds
from scorer.recipe import N_FOLDS, SIGNAL_PENALTY
from scorer.signals import SIGNALS
from scorer.vocabulary import Space

# What each family is judged by, the label sources that lend it their words beside its own, and their shares: equal thirds
# of one for those near in kind, written before they were judged.
LENT = {
    "hyperpartisan": {"loaded": 0.5, "biased": 0.3},
    "biased": {"loaded": 0.5, "hyperpartisan": 0.5, "headlines": 0.3},
    "health": {},
}
# What the signals' curves weigh beside the family's own words.
SIGNALS_SHARE = 0.7
# Inverse penalty of the words of a family.
STRENGTH = 1.0


def families(tables: Tables, clusters: np.ndarray[Any, Any], data: Path, n_jobs: int = 2) -> list[Figure]:
    """The figures of every family, on sources not trained on."""
    folds = Parallel(n_jobs)(delayed(_one_fold)(tables, clusters, fold) for fold in range(N_FOLDS))
    scores = {}
    for name in LENT:
        of_rows = fold_of(getattr(tables, name).sources)
        scores[name] = np.full(len(of_rows), np.nan)
        for fold in range(N_FOLDS):
            scores[name][of_rows == fold] = folds[fold][name]
    partisan, biased, health = tables.hyperpartisan, tables.biased, tables.health
    decided = {
        name: _decided(getattr(tables, name), scores[name], measure)
        for name, measure in (("hyperpartisan", _accuracy), ("biased", _macro_f1))
    }
    return [
        figure("hyperpartisan articles, accuracy", _accuracy, partisan.labels, decided["hyperpartisan"], partisan.sources),
        figure("hyperpartisan articles, AUC", auc, partisan.labels, scores["hyperpartisan"], partisan.sources),
        figure("sentences called biased (BABE), macro-F1", _macro_f1, biased.labels, decided["biased"], biased.sources),
        figure("sentences called biased (BABE), AUC", auc, biased.labels, scores["biased"], biased.sources),
        figure(
            "health stories, rank correlation with experts' stars",
            rank_correlation,
            health.labels,
            scores["health"],
            health.sources,
        ),
        _hedged(data),
    ]


def _one_fold(tables: Tables, clusters: np.ndarray[Any, Any], fold: int) -> dict[str, Array]:
    """Log-odds of the held-out rows of every family."""
    learned, held_out = (tables.where(fold, held_out=held) for held in (False, True))
    articles = learned.articles
    space = vocabulary.build(articles.texts, list(articles.sources), list(clusters[fold_of(tables.articles.sources) != fold]))
    seen = {
        name: space.matrix(getattr(learned, name).texts) for name in ("hyperpartisan", "biased", "health", "loaded", "headlines")
    }
    weights = {name: _word_weights(space, seen[name], getattr(learned, name)) for name in seen}
    predicted = {}
    for name, lent in LENT.items():
        mixed = sum(
            (share * _unit(weights[other], seen[name]) for other, share in lent.items()), _unit(weights[name], seen[name])
        )
        own, judged = getattr(learned, name), getattr(held_out, name)
        predicted[name] = space.matrix(judged.texts) @ mixed
        if own.table:
            # Length takes part as well: an expert finds more of what a story should say in a longer one.
            tables_of = [rows.table | {"length": rows.probes["length only"]} for rows in (own, judged)]
            directions = dict.fromkeys([*(signal.name for signal in SIGNALS), "length"], 0)
            curves = fit(tables_of[0], own.labels, own.weights**0.5, Fit(directions, 10 * SIGNAL_PENALTY))[0]
            spread = float(log_odds(curves, tables_of[0], len(own.texts)).std())
            predicted[name] = predicted[name] + SIGNALS_SHARE / spread * log_odds(curves, tables_of[1], len(judged.texts))
        # Folds are trained apart: only what a row has beyond the training rows' average can be compared between them.
        predicted[name] = predicted[name] - float((seen[name] @ mixed).mean())
    return predicted


def _word_weights(space: Space, matrix: Matrix, rows: Rows) -> Array:
    graded = ((rows.labels > 0) & (rows.labels < 1)).any()
    even = rows.weights**0.5 if graded else balanced(rows.labels, rows.weights**0.5, _own(rows))
    return space.fit(matrix, rows.labels, even, STRENGTH)


def _own(rows: Rows) -> Sequence[str]:
    """The sources, where there are few enough for a base rate of their own to be learned; else one for all."""
    return list(rows.sources) if len(set(rows.sources)) < len(rows.labels) / 20 else ["all"] * len(rows.labels)


def _unit(weights: Array, matrix: Matrix) -> Array:
    return np.asarray(weights / (matrix @ weights).std())


def _decided(rows: Rows, scores: Array, measure: Measure) -> Array:
    """0 or 1 for each row: above or below the bound that is best by `measure` on the other folds."""
    return _above_best_bound(rows.labels, scores, fold_of(rows.sources), measure)


def _above_best_bound(labels: Array, scores: Array, folds: np.ndarray[Any, Any], measure: Measure) -> Array:
    decided = np.zeros(len(scores))
    for fold in np.unique(folds):
        own = folds == fold
        ones = np.ones(int((~own).sum()))
        bounds = np.quantile(scores[~own], np.linspace(0.05, 0.95, 91))
        decided[own] = scores[own] > max(bounds, key=lambda bound: measure(labels[~own], (scores[~own] > bound) * 1.0, ones))
    return decided


def _accuracy(labels: Array, decided: Array, weights: Array) -> float:
    return float(accuracy_score(labels > 0.5, decided > 0.5, sample_weight=weights))


def _macro_f1(labels: Array, decided: Array, weights: Array) -> float:
    return float(f1_score(labels > 0.5, decided > 0.5, average="macro", sample_weight=weights))


def _f1(labels: Array, decided: Array, weights: Array) -> float:
    return float(f1_score(labels > 0.5, decided > 0.5, sample_weight=weights))


# Sentences of one page stand together in the table, so blocks of so many rows are kept in one fold.
_BLOCK = 20


_WORD = r"\w+"


def _hedged(data: Path) -> Figure:
    """Wikipedia sentences with a hedge or weasel word (CoNLL-2010): runs of one to three words, present or not."""
    frame = datasets.load(data, "hedged_sentences")
    labels = frame.hedged.astype(float).to_numpy()
    sources = np.array([f"block {i // _BLOCK}" for i in range(len(frame))])
    folds = fold_of(sources)
    scores = np.zeros(len(frame))
    for fold in range(N_FOLDS):
        own = folds == fold
        words = CountVectorizer(binary=True, ngram_range=(1, 3), min_df=2, token_pattern=_WORD).fit(frame.text[~own])
        learned, judged = (words.transform(frame.text[rows]).astype(float) for rows in (~own, own))
        model = LogisticRegression(C=0.1, max_iter=300, class_weight="balanced").fit(learned, labels[~own])
        scores[own] = model.decision_function(judged)
    decided = _above_best_bound(labels, scores, folds, _f1)
    return figure("hedged sentences, F1", _f1, labels, decided, sources)
