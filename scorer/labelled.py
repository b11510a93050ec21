"""The labelled tables, read, parsed and measured: rows with a label and a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import log1p
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from scorer import datasets, vocabulary
from scorer.features import measure
from scorer.learn import Array
from scorer.parse import parse
from scorer.perturbations import SPELLINGS
from scorer.recipe import HIGH_QUALITY, LOADED_TECHNIQUES, LOW_QUALITY, N_FOLDS, SEED
from scorer.signals import SIGNALS
from scorer.text import sentence_ends
from scorer.types import Article, Page
from scorer.vocabulary import Text

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Rows:
    """Texts with a label (0-1), a source and a collection each; `table` holds their measurements, a column a signal
    (empty for single sentences), `probes` what should tell nothing and may leak: capitals, length, furniture; `traits` what
    an article may be without being scored otherwise for it: spelling, voice."""

    texts: list[Text]
    table: dict[str, Array]
    labels: Array
    sources: np.ndarray[Any, np.dtype[np.str_]]
    collections: np.ndarray[Any, np.dtype[np.str_]]
    probes: dict[str, Array] = field(default_factory=dict)
    traits: dict[str, Array] = field(default_factory=dict)

    def where(self, mask: Mask) -> Rows:
        """The rows that `mask` selects."""
        return Rows(
            [text for text, kept in zip(self.texts, mask, strict=True) if kept],
            {name: column[mask] for name, column in self.table.items()},
            self.labels[mask],
            self.sources[mask],
            self.collections[mask],
            {name: column[mask] for name, column in self.probes.items()},
            {name: column[mask] for name, column in self.traits.items()},
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
        {name: np.array([trait(article) for article in articles]) for name, trait in TRAITS.items()},
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


_BRITISH = frozenset(word.encode() for word in SPELLINGS)
_AMERICAN = frozenset(word.encode() for word in SPELLINGS.values())
_FIRST_PERSON = frozenset((b"i", b"my", b"me", b"myself"))


def _spelling(article: Article) -> float:
    """How many more words are spelt the British way than the American."""
    return float(sum((word in _BRITISH) - (word in _AMERICAN) for word in article.voice_words))


def _first_person(article: Article) -> float:
    """The share of "I" and its forms in the writer's own voice: opinion and memoir use them, news hardly does."""
    return sum(word in _FIRST_PERSON for word in article.voice_words) / max(article.n_voice_words, 1)


#: What an article may be without being scored otherwise for it, as one number an article each.
TRAITS: dict[str, Callable[[Article], float]] = {"british spelling": _spelling, "first person": _first_person}


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
    health: Rows

    def where(self, fold: int, *, held_out: bool) -> Tables:
        """The rows of one fold, or of all others."""
        masks = {name: (fold_of(getattr(self, name).sources) == fold) == held_out for name in SETS}
        chosen = {name: getattr(self, name).where(mask) for name, mask in masks.items()}
        mask = masks["articles"]
        return replace(self, register=self.register[mask], leaning=self.leaning[mask], **chosen)


SETS = ("articles", "hyperpartisan", "headlines", "loaded", "biased", "syndication", "health")

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


def page_texts(data: Path) -> list[str]:
    """The articles as pages, those of semeval19 left out: `hyperpartisan` holds them too. Raises DatasetError."""
    return _articles(data)[1]


def _articles(data: Path) -> tuple[pd.DataFrame, list[str]]:
    frame = datasets.load(data, "articles")
    frame = frame[(frame.collection != "semeval19") & frame.text.astype(bool)].reset_index(drop=True)
    return frame, [datasets.page_text(title, text) for title, text in zip(frame.title, frame.text, strict=True)]


def read_tables(data: Path) -> Tables:
    """Read and measure the labelled tables. Raises DatasetError."""
    frame, texts = _articles(data)
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
        articles,
        known[kept],
        leaning[kept],
        hyperpartisan,
        headlines,
        _loaded(data),
        _biased(data),
        _syndication(data),
        _health(data),
    )


def _health(data: Path) -> Rows:
    """Health stories: experts' stars, none to five, as 0-1."""
    frame = datasets.load(data, "health_story_ratings")
    texts = [datasets.page_text(title, text) for title, text in zip(frame.title, frame.text, strict=True)]
    return article_rows(texts, list(frame.rating.astype(float) / 5.0), list(frame.domain.astype(str)), ["health"] * len(texts))


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
