"""Labelled tables -> model: what teaches which target, combined openly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log1p
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import joblib
import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy import sparse

from scorer import datasets, vocabulary
from scorer.version import __version__
from scorer.features import measure
from scorer.learn import Array, Fit, Matrix, fit, log_odds, scaled, sigmoid
from scorer.model import FILE_NAME, FORMAT, Curve, Target, term_contributions
from scorer.parse import parse
from scorer.signals import SIGNALS
from scorer.text import headline_terms, lexicon_set, sentence_ends
from scorer.types import Article, Page
from scorer.vocabulary import Space, Text

Mask = np.ndarray[Any, np.dtype[np.bool_]]

# The way in which a signal may move a target: +1 up, -1 down, 0 either. Not named: not used. A sign is fixed where the
# opposite would be a reason no reader accepts ("fewer horror words, so more sensational"), which is how an outlet's
# habits look when they leak into a weight. Body length, sentence length and readability change sign between collections
# (docs/design.md) and are left out; so is provenance, which the training texts have lost.
HEADLINE = {
    "headline_loaded_words": 1,
    "headline_intensifiers": 1,
    "headline_curiosity_gap": 1,
    "headline_forward_reference": 1,
    "headline_demonstrative": 1,
    "headline_second_person": 1,
    "headline_listicle_number": 1,
    "headline_shouting": 1,
    "headline_polar_question": 1,
    "headline_open_question": 1,
    "headline_vague_expert": 1,
    "headline_stop_word_share": 1,
    "headline_length": 0,
    "headline_hedges": 1,
}
WORDING = {
    "fear_words": 1,
    "outrage_words": 1,
    "awe_words": 1,
    "celebrity_words": 1,
    "disaster_words": 1,
    "superlatives": 1,
    "intensifiers": 1,
    "partisan_labels": 1,
    "emphasis_punctuation": 1,
    "second_person": 1,
    "editorial_verbs": 1,
    "evaluative_adverbs": 1,
    "narrative_drama": 1,
    "absolutes": 1,
    "reader_questions": 1,
    "scare_quotes": 1,
    "quoted_loaded_words": 1,
}
CLAIMS = {"headline_quotes_uncarried": 1, "headline_quotes_unattributed": 1, "headline_withdrawn": 1}
LINKS = {"loaded_links": 1, "tagged_links": 1, "curiosity_links": 1, "link_quotes": 1}
SOURCING = {
    "named_attributions": 1,
    "named_sources": 1,
    "neutral_verbs": 1,
    "attributed_quotes_share": 1,
    "quoted_share": 1,
    "documents_cited": 1,
    "agencies_cited": 1,
    "role_sources": 1,
    "dates_given": 1,
    "weekdays_given": 1,
    "figures_given": 1,
    "vague_attributions": -1,
}
DIRECTIONS: dict[str, dict[str, int]] = {
    "clickbait_strength": HEADLINE,
    "sensationalism": {**HEADLINE, **WORDING, **CLAIMS, **LINKS},
    "reliability": {
        **SOURCING,
        **dict.fromkeys([*WORDING, *CLAIMS, "headline_words_missing", "headline_loaded_words", "headline_shouting"], -1),
    },
}

# Domain quality below and above which an outlet's articles are taken as examples (first principal component of six
# ratings, Lin et al. 2023); what lies between says little of an article.
LOW_QUALITY, HIGH_QUALITY = 0.4, 0.75

# Expert-marked techniques that are wording (PTC); name-calling and doubt are stance.
LOADED_TECHNIQUES = ("Loaded_Language", "Exaggeration,Minimisation", "Appeal_to_fear-prejudice")

N_FOLDS, SEED = 5, 20261123
SIGNAL_PENALTY = 0.003
# What a signal of sensational wording adds before the rows have spoken, at full height and before calibration: a third
# of a doubling of the odds. It speaks where the training texts are silent: most have lost the links around them.
PRIOR = 0.25


class Component(NamedTuple):
    """One weak label source of a target: its share in the sum, and the inverse penalty of its word weights."""

    share: float
    strength: float


# Sensationalism has no labelled set of its own (docs/design.md). Each source below labels a part of it; their word weights
# are brought to the same spread over articles and added with these shares.
SENSATIONALISM = {
    "register": Component(1.0, 1.0),
    "quality": Component(1.0, 1.0),
    "headlines": Component(0.5, 0.3),
    "biased": Component(0.5, 1.0),
    "loaded": Component(0.3, 0.3),
    "signals": Component(1.0, 0.0),
}
# Each source is checked against the others: a word keeps its weight only if four of the five give it the same sign.
FEWEST_AGREEING = 4
# The words together against the signals together, each of unit spread over the articles.
WORDS_SHARE = 0.7
RELIABILITY = {
    "quality": Component(1.0, 5.0),
    "signals": Component(1.0, 0.0),
}


@dataclass(frozen=True)
class Rows:
    """Texts with a label (0-1), a source and a collection each; `table` holds their measurements, a column a signal
    (empty for single sentences), `probes` what should tell nothing and may leak: capitals, length, furniture."""

    texts: list[Text]
    table: dict[str, Array]
    labels: Array
    sources: np.ndarray[Any, np.dtype[np.str_]]
    collections: np.ndarray[Any, np.dtype[np.str_]]
    probes: dict[str, Array] = field(default_factory=dict)

    def where(self, mask: Mask) -> Rows:
        """The rows that `mask` selects."""
        return Rows(
            [text for text, kept in zip(self.texts, mask, strict=True) if kept],
            {name: column[mask] for name, column in self.table.items()},
            self.labels[mask],
            self.sources[mask],
            self.collections[mask],
            {name: column[mask] for name, column in self.probes.items()},
        )

    @property
    def weights(self) -> Array:
        """Weights that let every source weigh the same."""
        return datasets.equal_weights(list(self.sources))


def article_rows(texts: Sequence[str], labels: Sequence[float], sources: Sequence[str], collections: Sequence[str]) -> Rows:
    """Parse and measure pages, near copies left out."""
    kept = np.flatnonzero(datasets.first_copies(texts)).tolist()
    articles = [parse(Page(id="", content=texts[i])) for i in kept]
    values = np.array([[m.value for m in measure(article).values()] for article in articles], dtype=float)
    return Rows(
        [vocabulary.of_article(article) for article in articles],
        {signal.name: values[:, i] for i, signal in enumerate(SIGNALS)},
        np.asarray(labels, dtype=float)[kept],
        np.asarray(sources, dtype=str)[kept],
        np.asarray(collections, dtype=str)[kept],
        {name: np.array([probe(article) for article in articles]) for name, probe in PROBES.items()},
    )


def _capitals(article: Article) -> float:
    return sum(map(str.isupper, article.text)) / max(len(article.text), 1)


def _furniture(article: Article) -> float:
    aside = sum(z.end - z.start for zone in ("boilerplate", "link_block", "provenance") for z in article.zone(zone))
    return aside / max(len(article.text), 1)


#: What a model must not live on, as one number an article each.
PROBES: dict[str, Callable[[Article], float]] = {
    "capital letters only": _capitals,
    "length only": lambda article: log1p(article.n_words),
    "boilerplate only": _furniture,
}


def _sentence_rows(sentences: Sequence[str], labels: Sequence[float], sources: Sequence[str], collection: str) -> Rows:
    first = list({text: i for i, text in reversed(list(enumerate(sentences)))}.values())[::-1]
    return Rows(
        [vocabulary.of_sentence(sentences[i]) for i in first],
        {},
        np.asarray(labels, dtype=float)[first],
        np.asarray(sources, dtype=str)[first],
        np.full(len(first), collection, dtype="U20"),
    )


def _truth(values: pd.Series) -> list[bool]:
    return list(values.astype(str).str.lower().isin(["true", "1"]))


@dataclass(frozen=True)
class Tables:
    """All that is learned from. `articles.labels` is domain quality (NaN where unknown), `register` 1 for tabloid, 0 for
    sober, NaN for the rest; the others carry their own labels."""

    articles: Rows
    register: Array
    leaning: np.ndarray[Any, np.dtype[np.str_]]
    hyperpartisan: Rows
    headlines: Rows
    loaded: Rows
    biased: Rows
    syndication: Rows

    def where(self, fold: int, *, held_out: bool) -> Tables:
        """The rows of one fold, or of all others."""
        masks = {name: (fold_of(getattr(self, name).sources) == fold) == held_out for name in SETS}
        chosen = {name: getattr(self, name).where(mask) for name, mask in masks.items()}
        mask = masks["articles"]
        return replace(self, register=self.register[mask], leaning=self.leaning[mask], **chosen)


SETS = ("articles", "hyperpartisan", "headlines", "loaded", "biased", "syndication")

# The outlets of `biased_sentences` under the domain that the other tables know them by, so that an outlet is in one fold.
_DOMAINS = {
    "Daily Beast": "thedailybeast.com",
    "New York Times": "nytimes.com",
    "HuffPost": "huffingtonpost.com",
    "Alternet": "alternet.org",
    "Federalist": "thefederalist.com",
}


def fold_of(sources: Sequence[str] | np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The fold of each source: by a digest of its name, so that a source is in the same fold in every table."""
    return np.array([crc32(f"{SEED} {source}".encode()) % N_FOLDS for source in sources])


def read_tables(data: Path) -> Tables:
    """Read and measure the labelled tables. Raises DatasetError."""
    frame = datasets.load(data, "articles")
    # semeval19 holds the same articles as `hyperpartisan`.
    frame = frame[(frame.collection != "semeval19") & frame.text.astype(bool)].reset_index(drop=True)
    texts = [datasets.page_text(title, text) for title, text in zip(frame.title, frame.text, strict=True)]
    positions = np.arange(len(frame))
    rows = article_rows(texts, list(positions), list(frame.domain), list(frame.collection))
    kept = rows.labels.astype(int)
    register = pd.read_csv(data / "outlet_register.csv").set_index("domain").register
    known = frame.domain.map(register).map({"tabloid": 1.0, "sober": 0.0}).to_numpy(dtype=float)
    leaning = frame.label.where(frame.collection == "allsides", "").astype(str).to_numpy(dtype=str)
    articles = replace(rows, labels=pd.to_numeric(frame.pc1, errors="coerce").to_numpy(dtype=float)[kept])

    partisan = datasets.load(data, "hyperpartisan")
    partisan_texts = [datasets.page_text(title, text) for title, text in zip(partisan.title, partisan.text, strict=True)]
    hyperpartisan = article_rows(
        partisan_texts, _truth(partisan.hyperpartisan), list(partisan.domain), ["hyperpartisan"] * len(partisan)
    )
    teasers = datasets.load(data, "clickbait")
    headlines = article_rows(
        list(teasers.text), list(teasers.strength.astype(float)), list(teasers.id.astype(str)), ["clickbait"] * len(teasers)
    )
    return Tables(
        articles, known[kept], leaning[kept], hyperpartisan, headlines, _loaded(data), _biased(data), _syndication(data)
    )


def _loaded(data: Path) -> Rows:
    """Sentences of PTC: 1 where experts marked loaded language, exaggeration or an appeal to fear in them."""
    sentences, labels, sources = [], [], []
    frame = datasets.load(data, "propaganda_spans")
    for identity, text, spans in zip(frame.id, frame.text, frame.spans, strict=True):
        marked = [(start, end) for start, end, technique in spans if technique in LOADED_TECHNIQUES]
        start = 0
        for line in text.split("\n"):
            end_of_line = start + len(line)
            at = start
            for end in sentence_ends(text, start, end_of_line):
                if len(text[at:end].split()) >= 5:
                    sentences.append(text[at:end])
                    labels.append(float(any(a < end and b > at for a, b in marked)))
                    sources.append(str(identity))
                at = end
            start = end_of_line + 1
    return _sentence_rows(sentences, labels, sources, "loaded")


def _biased(data: Path) -> Rows:
    """Sentences of BABE: 1 where experts called the wording biased."""
    frame = datasets.load(data, "biased_sentences")
    outlets = [_DOMAINS.get(outlet, outlet.replace(" ", "").lower() + ".com") for outlet in frame.outlet.astype(str)]
    return _sentence_rows(list(frame.text), list(frame.label_bias.eq("Biased").astype(float)), outlets, "biased")


def _syndication(data: Path) -> Rows:
    """Pages of many outlets on one event: 1 for tabloid outlets and those of low domain quality, 0 for sober ones and those
    of high quality. The same story in both registers, with the links around it."""
    frame = datasets.load(data, "syndication")
    domain = frame.publisher.str.replace("/news", "").str.removeprefix("www.")
    register = pd.read_csv(data / "outlet_register.csv").set_index("domain").register
    quality = pd.read_csv(data / "domain_ratings.csv").drop_duplicates("domain").set_index("domain").pc1
    rating = domain.map(quality)
    label = domain.map(register).map({"tabloid": 1.0, "sober": 0.0})
    label = label.fillna(rating.lt(LOW_QUALITY).astype(float).where((rating < LOW_QUALITY) | (rating > HIGH_QUALITY)))
    known = label.notna()
    texts = [text.replace(" ### ", "\n").replace("###", "\n") for text in frame.text[known]]
    return article_rows(texts, list(label[known]), list(domain[known]), ["syndication"] * len(texts))


def balanced(labels: Array, weights: Array, groups: Sequence[str] | np.ndarray[Any, Any]) -> Array:
    """Weights under which both classes weigh the same within each group, so that no group's base rate can be learned."""
    result = weights.copy()
    groups = np.asarray(groups)
    for group in np.unique(groups):
        for label in (0.0, 1.0):
            rows = (groups == group) & (labels == label)
            other = (groups == group) & (labels != label)
            if rows.any() and other.any():
                result[rows] *= 0.5 * (weights[rows].sum() + weights[other].sum()) / weights[rows].sum()
    return np.asarray(result / result.mean())


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
    return _with_words(target, terms, weights, float((matrix @ weights).mean()), "headline")


def _headline_parts(text: Text) -> tuple[str, ...]:
    return tuple(term.decode() for term in headline_terms([word.encode() for word in text.words[: text.n_headline or None]]))


def _with_words(target: Target, terms: Sequence[str], weights: Array, centre: float, scope: str) -> Target:
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
    return _with_words(signals, ingredients.space.terms, weights, float((articles @ weights).mean()), "article")


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
        alone[name] = _with_words(empty, ingredients.space.terms, weights, float((articles @ weights).mean()), "article")
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
            result.append((longest, _rounded(float(np.quantile(own, level)))))
        shortest = longest
    return result


# Terms kept: 4,000 reproduce the ranking of all to a correlation of .995, and make a file of a fifth of the allowed 2 MB.
N_TERMS = 4000


def slim(target: Target) -> Target:
    """The target with its heaviest terms only, rounded to four digits: the same data then gives the same bytes."""
    heaviest = sorted(target.terms, key=lambda term: (-abs(target.terms[term]), term))[:N_TERMS]
    return target._replace(
        intercept=_rounded(target.intercept),
        centre=_rounded(target.centre),
        terms={term: _rounded(target.terms[term]) for term in sorted(heaviest)},
        curves={
            name: Curve([_rounded(k) for k in c.knots], [_rounded(v) for v in c.values], _rounded(c.missing))
            for name, c in target.curves.items()
        },
    )


def _rounded(number: float) -> float:
    return float(f"{number:.4g}")


def save(targets: Mapping[str, Target], output: Path) -> None:
    """Write the artifact: numbers and text only, so that the file can be loaded without trusting it."""
    content = {
        "format": FORMAT,
        "name": output.resolve().name,
        "version": __version__,
        "about": {"trained_on": "public labelled sets named in data/manifest.csv"},
        "targets": {
            name: {
                "intercept": target.intercept,
                "centre": target.centre,
                "scope": target.scope,
                "widths": [list(pair) for pair in target.widths],
                "terms": "\n".join(term.decode() for term in target.terms),
                "weights": list(target.terms.values()),
                "curves": {signal: curve._asdict() for signal, curve in sorted(target.curves.items())},
            }
            for name, target in targets.items()
        },
    }
    output.mkdir(parents=True, exist_ok=True)
    joblib.dump(content, output / FILE_NAME)
