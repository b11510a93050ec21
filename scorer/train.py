"""Labelled rows -> the targets of a model, uncalibrated: every label source taught by itself, then combined openly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from scorer import vocabulary
from scorer.counting import function_words
from scorer.labelled import Rows, Tables, balanced
from scorer.learn import Array, Fit, Matrix, added, fit, log_odds, scaled
from scorer.model import Target, learned
from scorer.recipe import (
    DIRECTIONS,
    HEADLINE,
    HIGH_QUALITY,
    LOW_QUALITY,
    PRIOR,
    SIGNAL_PENALTY,
    SOURCING,
    STRENGTHS,
    Mix,
)
from scorer.text import headline_terms
from scorer.vocabulary import Space, Text


class Ingredients(NamedTuple):
    """What each label source taught: for a target, word weights and signal curves by source, each of unit spread over the
    articles; and the clickbait target, which needs no mixing."""

    space: Space
    words: dict[str, dict[str, Array]]
    signals: dict[str, dict[str, Target]]
    clickbait: Target


def learn(tables: Tables, clusters: np.ndarray[Any, Any]) -> Ingredients:
    """Fit every label source by itself. `clusters` is the topic of each row of `tables.articles`."""
    articles = tables.articles
    space = vocabulary.build(articles.texts, list(articles.sources), list(clusters))
    matrix = space.matrix(articles.texts)
    topic = sparse.csr_matrix(2.0 * np.eye(vocabulary.N_TOPICS)[clusters])
    known = ~np.isnan(tables.register)
    register = replace(articles.where(known), labels=tables.register[known])
    rated = (articles.labels < LOW_QUALITY) | (articles.labels > HIGH_QUALITY)
    quality = replace(articles.where(rated), labels=(articles.labels[rated] > HIGH_QUALITY).astype(float))
    place = np.where(quality.collections == "allsides", "allsides", "other")
    even = balanced(quality.labels, quality.weights**0.5, place)
    own_place = sparse.csr_matrix((place == "allsides")[:, None] * 2.0)
    headlines, biased, loaded, health = tables.headlines, tables.biased, tables.loaded, tables.health

    def taught(source: str, rows: Rows | Matrix, labels: Array, weights: Array, covariates: Matrix | None = None) -> Array:
        seen = space.matrix(rows.texts) if isinstance(rows, Rows) else rows
        found = space.fit(seen, labels, weights, STRENGTHS[source], covariates)
        return np.asarray(found / (matrix @ found).std())

    sensational = {
        "register": taught("register", matrix[known], register.labels, register.weights),
        "quality": -taught("quality", matrix[rated], quality.labels, quality.weights, topic[rated]),
        "headlines": taught("headlines", headlines, np.round(headlines.labels), np.abs(headlines.labels - 0.5)),
        "biased": taught("biased", biased, biased.labels, balanced(biased.labels, biased.weights**0.5, biased.sources)),
        "loaded": taught("loaded", loaded, loaded.labels, np.ones(len(loaded.labels))),
    }
    reliable = {
        "reliable": taught("reliable", matrix[rated], quality.labels, even, own_place),
        "health": taught("health", health, health.labels, health.weights**0.5),
    }
    signals = {
        "sensationalism": {
            "wording": _signals(
                DIRECTIONS["sensationalism"], [register, tables.hyperpartisan, headlines, tables.syndication], prior=PRIOR
            )
        },
        "reliability": {
            "sourcing": _signals(DIRECTIONS["reliability"], [quality], even),
            "health": _signals(SOURCING, [health], health.weights**0.5),
        },
    }
    return Ingredients(
        space,
        {"sensationalism": sensational, "reliability": reliable},
        {name: {source: _unit(own, articles) for source, own in found.items()} for name, found in signals.items()},
        learn_headlines(headlines, space),
    )


def _signals(directions: Mapping[str, int], sets: Sequence[Rows], weights: Array | None = None, prior: float = 0.0) -> Target:
    """The signals' part of a target, from sets that weigh alike whatever their size."""
    table = {name: np.concatenate([rows.table[name] for rows in sets]) for name in directions}
    labels = np.concatenate([rows.labels for rows in sets])
    if weights is None:
        weights = np.concatenate([rows.weights / rows.weights.sum() for rows in sets])
    return fit(table, labels, weights, Fit(directions, SIGNAL_PENALTY, prior=prior))[0]


def _unit(target: Target, articles: Rows) -> Target:
    """The target without intercept, divided by the spread of its log-odds over the articles."""
    bare = target._replace(intercept=0.0)
    return scaled(bare, 1.0 / float(log_odds(bare, articles.table, len(articles.texts)).std()))


# A term must stand in so many headlines.
FEWEST_HEADLINES = 5
# 14,000 headlines of as many sources carry curves that bend more often than those of articles.
HEADLINE_FIT = Fit(HEADLINE, 0.00003, 0.00007, quantiles=(0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99))
# What vectors count beside the terms themselves: half of what they do in articles, whose words are met less often.
HEADLINE_VECTORS = 0.5 * vocabulary.VECTOR_SCALE


def learn_headlines(headlines: Rows, space: Space) -> Target:
    """Clickbait strength from the headline's signals, its words and marks, their pairs, and the words' vectors."""
    tokens = [text.headline for text in headlines.texts]
    plain = {word.decode() for word in function_words()}
    counts = Counter(token for found in tokens for token in set(found))
    known = {
        token.encode()
        for token, n in counts.items()
        if n >= FEWEST_HEADLINES and (token in space.common or token in plain or not token.isalnum())
    }
    found = [[term.decode() for term in headline_terms([t.encode() for t in own], known)] for own in tokens]
    counts = Counter(term for own in found for term in set(own))
    terms = sorted(term for term, n in counts.items() if n >= FEWEST_HEADLINES)
    n_words = [text.n_headline for text in headlines.texts]
    matrix = vocabulary.matrix_of(found, n_words, {term: i for i, term in enumerate(terms)})
    vectors = np.zeros((len(terms), space.vectors.shape[1]))
    for i, term in enumerate(terms):
        if term in space.index:
            vectors[i] = HEADLINE_VECTORS * space.vectors[space.index[term]]
    wide = sparse.hstack([matrix, sparse.csr_matrix(matrix @ vectors)]).tocsr()
    target, weights = fit(headlines.table, headlines.labels, np.ones(len(headlines.labels)), HEADLINE_FIT, wide)
    weights = weights[: len(terms)] + vectors @ weights[len(terms) :]
    return with_words(target, terms, weights, float((matrix @ weights).mean()), "headline")


def with_words(target: Target, terms: Sequence[str], weights: Array, centre: float, scope: str) -> Target:
    """The target with a weight for each of `terms`; `centre` is what they add to the average text."""
    return Target(
        target.intercept + centre,
        target.curves,
        {term.encode(): float(weight) for term, weight in zip(terms, weights, strict=True)},
        scope,
        centre,
    )


def mix(ingredients: Ingredients, target: str, how: Mix, articles: Rows) -> Target:
    """Add up the sources of a target by their shares: still one weight a word and one curve a signal.

    Over `articles`, those learned from, the log-odds have mean 0 and spread 1: so mixes, and folds, can be compared.
    """
    matrix = ingredients.space.matrix(articles.texts)
    found = [share * ingredients.words[target][source] for source, share in how.words.items()]
    weights = np.sum(found, axis=0)
    agreeing = np.sum([np.sign(own) == np.sign(weights) for own in found], axis=0)
    weights = np.where(agreeing >= how.fewest_agreeing, weights, 0.0)
    weights *= how.words_share / float((matrix @ weights).std())
    signals = added([scaled(ingredients.signals[target][source], share) for source, share in how.signals.items()])
    total = log_odds(signals._replace(intercept=0.0), articles.table, len(articles.texts)) + matrix @ weights
    mixed = with_words(signals, ingredients.space.terms, weights, float((matrix @ weights).mean()), "article")
    spread = float(total.std())
    return scaled(mixed, 1.0 / spread)._replace(intercept=(mixed.centre - float(total.mean())) / spread)


def predict(target: Target, rows: Rows) -> Array:
    """The log-odds of every row."""
    terms = np.array([_term_sum(target, text) for text in rows.texts])
    return np.asarray(log_odds(target, rows.table, len(rows.texts)) + terms)


def _term_sum(target: Target, text: Text) -> float:
    if not target.terms:
        return 0.0
    if target.scope == "headline":
        terms, n_words = headline_terms([token.encode() for token in text.headline], target.terms), text.n_headline
    else:
        terms, n_words = [word.encode() for word in text.words], len(text.words)
    return learned(target, Counter(terms), n_words)
