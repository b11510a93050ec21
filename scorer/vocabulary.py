"""Which words may carry a learned weight, and their neighbourhoods.

A word's weight is learned twice at once: for itself, and for the words that stand in the same company, through vectors of
their contexts (positive pointwise mutual information, factored; Levy & Goldberg 2014). Folded back, it is still one weight
a word. What would tell an outlet or a topic instead of a wording is kept out: names, figures, function words, words
of few sources, and words whose frequency hangs on the topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from scorer.learn import Array, Matrix
from scorer.terms import lexicon_set
from scorer.text import fold, headline_tokens, words
from scorer.types import Article

# A word of fewer articles or sources is an outlet's or an event's, not the language's.
FEWEST_ARTICLES, FEWEST_SOURCES = 15, 10
# A word is a name when most of its uses within a sentence are capitalised, or when it is never seen there.
MOST_CAPITALS, FEWEST_WITHIN = 0.5, 3
# A word is a topic's when it tells the topic by more than this (bits of surprise over 40 clusters of articles, what
# chance would give taken off).
N_TOPICS, MOST_TOPICAL = 40, 0.5
WINDOW, N_DIMENSIONS = 4, 200
# How much the vectors count beside the word itself: chosen once, on held-out sources of the training tables.
VECTOR_SCALE = 2.0

_WITHIN = re.compile(r"(?<=[a-z,;:] )[A-Za-z]+")


@dataclass(frozen=True)
class Text:
    """A text as the vocabulary sees it: its folded words, of which the first `n_headline` are the headline's, how often
    each stands capitalised or not within a sentence, and the headline's tokens (see `scorer.text.headline_tokens`)."""

    words: tuple[str, ...]
    capitalised: Counter[str] = field(default_factory=Counter)
    lower: Counter[str] = field(default_factory=Counter)
    n_headline: int = 0
    headline: tuple[str, ...] = ()


def of_article(article: Article) -> Text:
    """Headline and the body's own voice."""
    capitalised: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for zone in article.zone("body"):
        for match in _WITHIN.finditer(article.text, zone.start, zone.end):
            word = match.group()
            (capitalised if word[0].isupper() else lower)[word.lower()] += 1
    place = slice(article.headline.start, article.headline.end) if article.headline else slice(0)
    return Text(
        tuple(w.decode() for w in (*article.headline_words, *article.voice_words)),
        capitalised,
        lower,
        len(article.headline_words),
        tuple(token.decode() for token in headline_tokens(article.text[place], article.folded[place])),
    )


def of_sentence(text: str) -> Text:
    """A headline or sentence by itself."""
    return Text(tuple(word.decode() for word in words(fold(text))))


@dataclass(frozen=True)
class Space:
    """The words that may carry weight (`terms`) and a vector of N_DIMENSIONS for each (n_terms rows). `common` are all
    words that are neither a name's nor a topic's, also those that stand in too few articles for a weight."""

    terms: tuple[str, ...]
    index: dict[str, int]
    vectors: Array
    common: frozenset[str]

    def matrix(self, texts: Sequence[Text]) -> Matrix:
        """One row a text, one column a term: the square root of the term's share of the text's words."""
        return matrix_of([text.words for text in texts], [len(text.words) for text in texts], self.index)

    def fit(self, matrix: Matrix, labels: Array, weights: Array, strength: float, covariates: Matrix | None = None) -> Array:
        """A weight for each term: logistic regression (inverse penalty `strength`) on words and their vectors.

        A graded label (0-1) is a row of each class in its proportion. `covariates` are columns that take part in the fit and
        are thrown away: what they explain, no word has to.
        """
        parts = [matrix, sparse.csr_matrix(VECTOR_SCALE * (matrix @ self.vectors))]
        if covariates is not None:
            parts.append(covariates)
        design = sparse.hstack(parts).tocsr()
        shares = np.concatenate([weights * labels, weights * (1.0 - labels)])
        seen = np.flatnonzero(shares)
        classes = np.repeat([True, False], len(labels))
        model = LogisticRegression(C=strength, max_iter=300, tol=1e-4)
        model.fit(design[seen % len(labels)], classes[seen], sample_weight=shares[seen])
        found = model.coef_[0]
        n_terms = len(self.terms)
        return np.asarray(found[:n_terms] + VECTOR_SCALE * (self.vectors @ found[n_terms : n_terms + self.vectors.shape[1]]))


def matrix_of(found: Sequence[Sequence[str]], n_words: Sequence[int], index: Mapping[str, int]) -> Matrix:
    """One row for the terms `found` in each text, one column a term of `index`: the root of its count by word of the text."""
    rows, columns, values = [], [], []
    for i, (terms, n) in enumerate(zip(found, n_words, strict=True)):
        for term, count in Counter(terms).items():
            j = index.get(term)
            if j is not None:
                rows.append(i)
                columns.append(j)
                values.append((count / max(n, 1)) ** 0.5)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(found), len(index)))


def topics(texts: Sequence[Text]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The topic cluster (0 to N_TOPICS - 1) of each text."""
    documents = Counter(word for text in texts for word in set(text.words))
    index = {word: i for i, (word, n) in enumerate(sorted(documents.items())) if n >= FEWEST_ARTICLES}
    index = {word: i for i, word in enumerate(index)}
    counts = matrix_of([text.words for text in texts], [len(text.words) for text in texts], index)
    weighted = TfidfTransformer(sublinear_tf=False).fit_transform(counts)
    reduced = normalize(TruncatedSVD(80, random_state=0).fit_transform(weighted))
    return np.asarray(KMeans(N_TOPICS, n_init=2, random_state=0).fit_predict(reduced))


def build(texts: Sequence[Text], sources: Sequence[str], clusters: Sequence[int]) -> Space:
    """Choose the words and learn their vectors from articles, their sources and their topic clusters; no label is seen."""
    n_articles: Counter[str] = Counter()
    of_source: dict[str, set[str]] = {}
    by_topic: dict[str, Counter[int]] = {}
    capitalised: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text, source, cluster in zip(texts, sources, clusters, strict=True):
        capitalised.update(text.capitalised)
        lower.update(text.lower)
        for word in set(text.words):
            n_articles[word] += 1
            of_source.setdefault(word, set()).add(source)
            by_topic.setdefault(word, Counter())[cluster] += 1
    barred = {word.decode() for name in ("not_weighted", "months", "weekdays", "stop_words") for word in lexicon_set(name)}
    sizes = np.bincount(np.asarray(clusters), minlength=N_TOPICS).astype(float)
    common = frozenset(
        word
        for word in n_articles
        if len(word) > 1
        and word.isalpha()
        and word not in barred
        and capitalised[word] + lower[word] >= FEWEST_WITHIN
        and capitalised[word] <= MOST_CAPITALS * (capitalised[word] + lower[word])
        and _topicality(by_topic[word], sizes) <= MOST_TOPICAL
    )
    terms = tuple(
        word for word in sorted(common) if n_articles[word] >= FEWEST_ARTICLES and len(of_source[word]) >= FEWEST_SOURCES
    )
    index = {word: i for i, word in enumerate(terms)}
    return Space(terms, index, _vectors(texts, index), common)


def _topicality(counts: Counter[int], sizes: Array) -> float:
    """The divergence of P(topic | word) from even odds, less what a word of that frequency shows by chance."""
    seen = np.array([counts[topic] for topic in range(N_TOPICS)], dtype=float)
    total = seen.sum()
    rate = (seen + 0.5 * total / sizes.sum()) / (sizes + 0.5)
    share = rate / rate.sum()
    return float((share * np.log(share * N_TOPICS)).sum() - (N_TOPICS - 1) / (2 * total))


def _vectors(texts: Sequence[Text], index: dict[str, int]) -> Array:
    n_terms = len(index)
    gap = [-1] * WINDOW
    ids = np.concatenate([np.array([index.get(word, -1) for word in text.words] + gap, dtype=np.int32) for text in texts])
    near = sparse.csr_matrix((n_terms, n_terms), dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        both = (left >= 0) & (right >= 0)
        weight = np.full(int(both.sum()), 1.0 / distance)
        near = near + sparse.coo_matrix((weight, (left[both], right[both])), shape=(n_terms, n_terms)).tocsr()
    near = (near + near.T).tocoo()
    frequency = np.bincount(near.row, weights=near.data, minlength=n_terms)
    # Context frequencies to the power .75, which keeps rare contexts from dominating (Levy, Goldberg & Dagan 2015).
    context = frequency**0.75
    context /= context.sum()
    surprise = np.log(near.data / np.maximum(frequency[near.row] * context[near.col], 1e-12))
    kept = surprise > 0
    positive = sparse.csr_matrix((surprise[kept], (near.row[kept], near.col[kept])), shape=(n_terms, n_terms))
    left_vectors, singular, _ = randomized_svd(positive, N_DIMENSIONS, n_iter=3, random_state=0)
    vectors = left_vectors * np.sqrt(singular)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9))
