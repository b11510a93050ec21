"""Labelled rows -> the targets of a model, uncalibrated: every label source taught by itself, then combined openly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from scorer import vocabulary
from scorer.labelled import Rows, Tables, balanced
from scorer.learn import Array, Fit, Matrix, fit, log_odds, scaled
from scorer.model import Target, term_contributions
from scorer.recipe import (
    DIRECTIONS,
    FEWEST_AGREEING,
    HEADLINE,
    HIGH_QUALITY,
    LOW_QUALITY,
    PRIOR,
    RELIABILITY,
    SENSATIONALISM,
    SIGNAL_PENALTY,
    WORDS_SHARE,
    Component,
)
from scorer.text import headline_terms, lexicon_set
from scorer.vocabulary import Space, Text


class Ingredients(NamedTuple):
    """What each label source taught: for a target, word weights and signal curves by source, each of unit spread over the
    articles; and the clickbait target, which needs no mixing."""

    space: Space
    words: dict[str, dict[str, Array]]
    signals: dict[str, Target]
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
    even = balanced(quality.labels, quality.weights, place)
    own_place = sparse.csr_matrix((place == "allsides")[:, None] * 2.0)
    headlines, biased, loaded = tables.headlines, tables.biased, tables.loaded
    strength = {name: component.strength for name, component in SENSATIONALISM.items()}
    sensational = {
        "register": space.fit(matrix[known], register.labels, register.weights, strength["register"]),
        "quality": -space.fit(matrix[rated], quality.labels, quality.weights, strength["quality"], topic[rated]),
        "headlines": space.fit(
            space.matrix(headlines.texts), headlines.labels, np.abs(headlines.labels - 0.5), strength["headlines"]
        ),
        "biased": space.fit(
            space.matrix(biased.texts),
            biased.labels,
            balanced(biased.labels, biased.weights**0.5, biased.sources),
            strength["biased"],
        ),
        "loaded": space.fit(space.matrix(loaded.texts), loaded.labels, np.ones(len(loaded.labels)), strength["loaded"]),
    }
    reliable = {"quality": space.fit(matrix[rated], quality.labels, even, RELIABILITY["quality"].strength, own_place)}
    words = {
        target: {name: weights / (matrix @ weights).std() for name, weights in by_source.items()}
        for target, by_source in (("sensationalism", sensational), ("reliability", reliable))
    }
    signals = {
        "sensationalism": _signals(
            "sensationalism", [register, tables.hyperpartisan, headlines, tables.syndication], prior=PRIOR
        ),
        "reliability": _signals("reliability", [quality], even),
    }
    return Ingredients(
        space, words, {name: _unit(target, articles) for name, target in signals.items()}, learn_headlines(headlines, space)
    )


def _signals(target: str, sets: Sequence[Rows], weights: Array | None = None, prior: float = 0.0) -> Target:
    """The signals' part of a target, from sets that weigh alike whatever their size."""
    table = {name: np.concatenate([rows.table[name] for rows in sets]) for name in DIRECTIONS[target]}
    labels = np.concatenate([rows.labels for rows in sets])
    if weights is None:
        weights = np.concatenate([rows.weights / rows.weights.sum() for rows in sets])
    return fit(table, labels, weights, Fit(DIRECTIONS[target], SIGNAL_PENALTY, prior=prior))[0]


def _unit(target: Target, articles: Rows) -> Target:
    """The target without intercept, divided by the spread of its log-odds over the articles."""
    bare = target._replace(intercept=0.0)
    return scaled(bare, 1.0 / float(log_odds(bare, articles.table, len(articles.texts)).std()))


# Of the terms of headlines: in at least 5 headlines, and every word of a pair in the space (no names) or a function word.
FEWEST_HEADLINES = 5
HEADLINE_PENALTIES = Fit(HEADLINE, 0.00003, 0.0001)


def learn_headlines(headlines: Rows, space: Space) -> Target:
    """Clickbait strength from the headline's signals, its words and its pairs of words, and their vectors."""
    parts = [_headline_parts(text) for text in headlines.texts]
    counts = Counter(term for found in parts for term in set(found))
    plain = {word.decode() for word in lexicon_set("stop_words")} | {"#", "<", ">"}
    terms = [
        term
        for term, n in sorted(counts.items())
        if n >= FEWEST_HEADLINES and all(part in space.index or part in plain for part in term.split())
    ]
    matrix = Space(tuple(terms), {term: i for i, term in enumerate(terms)}, np.zeros((len(terms), 0))).matrix(
        [replace(text, terms=found) for text, found in zip(headlines.texts, parts, strict=True)]
    )
    vectors = np.zeros((len(terms), space.vectors.shape[1]))
    for i, term in enumerate(terms):
        if term in space.index:
            vectors[i] = space.vectors[space.index[term]]
    wide = sparse.hstack([matrix, sparse.csr_matrix(vocabulary.VECTOR_SCALE * (matrix @ vectors))]).tocsr()
    target, found = fit(headlines.table, headlines.labels, np.ones(len(headlines.labels)), HEADLINE_PENALTIES, wide)
    weights = found[: len(terms)] + vocabulary.VECTOR_SCALE * (vectors @ found[len(terms) :])
    return with_words(target, terms, weights, float((matrix @ weights).mean()), "headline")


def _headline_parts(text: Text) -> tuple[str, ...]:
    return tuple(term.decode() for term in headline_terms([word.encode() for word in text.words[: text.n_headline or None]]))


def with_words(target: Target, terms: Sequence[str], weights: Array, centre: float, scope: str) -> Target:
    """The target with a weight for each of `terms`; `centre` is what they add to the average text."""
    return Target(
        target.intercept + centre,
        target.curves,
        {term.encode(): float(weight) for term, weight in zip(terms, weights, strict=True)},
        scope,
        centre,
    )


def mix(ingredients: Ingredients, target: str, shares: Mapping[str, Component], articles: Matrix) -> Target:
    """Add up the sources of a target by their shares: still one weight a word and one curve a signal."""
    found = ingredients.words[target]
    weights = np.sum([shares[name].share * own for name, own in found.items()], axis=0)
    if len(found) > 1:
        agreeing = np.sum([np.sign(own) == np.sign(weights) for own in found.values()], axis=0)
        weights = np.where(agreeing >= FEWEST_AGREEING, weights, 0.0)
    weights *= WORDS_SHARE / float((articles @ weights).std())
    signals = scaled(ingredients.signals[target], shares["signals"].share)
    return with_words(signals, ingredients.space.terms, weights, float((articles @ weights).mean()), "article")


MIXES = {"sensationalism": SENSATIONALISM, "reliability": RELIABILITY}


def targets_of(tables: Tables, clusters: np.ndarray[Any, Any]) -> tuple[dict[str, Target], Ingredients]:
    """Learn every target from `tables`, uncalibrated."""
    ingredients = learn(tables, clusters)
    articles = ingredients.space.matrix(tables.articles.texts)
    targets = {target: mix(ingredients, target, shares, articles) for target, shares in MIXES.items()}
    return {**targets, "clickbait_strength": ingredients.clickbait}, ingredients


def predict(target: Target, rows: Rows) -> Array:
    """The log-odds of every row."""
    terms = np.array([_term_sum(target, text) for text in rows.texts])
    return np.asarray(log_odds(target, rows.table, len(rows.texts)) + terms)


def _term_sum(target: Target, text: Text) -> float:
    headline_only = target.scope == "headline"
    words = text.words[: text.n_headline or None] if headline_only else text.words
    if not words or not target.terms:
        return 0.0
    encoded = [word.encode() for word in words]
    counts = Counter(headline_terms(encoded) if headline_only else encoded)
    return sum(term_contributions(target, counts, len(words)).values()) - target.centre
