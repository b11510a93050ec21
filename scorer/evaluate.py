"""The figures of the model, every one on sources it was not trained on: `scorer evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import expit
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from scorer import datasets, vocabulary
from scorer.families import families
from scorer.figures import Figure, auc, by_source, calibration_error, figure, rank_correlation, squared_error
from scorer.labelled import PROBES, SETS, Rows, Tables, fold_of, page_texts, read_tables
from scorer.learn import Array, Matrix, sigmoid
from scorer.model import Target
from scorer.recipe import HIGH_QUALITY, LOW_QUALITY, MIXES, N_FOLDS
from scorer.robustness import shifts
from scorer.types import TARGETS
from scorer.unseen import FEWEST_ARTICLES, SHARES, Unseen, choose, cross_validate, judged, train

Section = tuple[str, list[Figure]]

# The outlets that a reader is warned of are those below this probability; a reliable outlet below it is a false alarm.
ALARM = 0.35


def calibrated_unseen(tables: Tables, unseen: Unseen, target: str) -> Array:
    """Probabilities of the judged rows, the sigmoid fitted on the other folds' rows."""
    of_set, mask, labels, weights = judged(tables, target)
    values = unseen.log_odds[target][of_set][mask]
    folds = fold_of(getattr(tables, of_set).sources[mask])
    result = np.zeros(len(values))
    for fold in range(N_FOLDS):
        own = folds == fold
        slope, shift = sigmoid(values[~own], labels[~own], weights[~own])
        result[own] = expit(slope * values[own] + shift)
    return result


def sections(tables: Tables, unseen: Unseen) -> Iterator[Section]:
    """The figures of the scores, by heading."""
    clickbait = calibrated_unseen(tables, unseen, "clickbait_strength")
    labels = tables.headlines.labels
    sources = tables.headlines.sources
    yield (
        "Clickbait strength (Webis-Clickbait-17; headlines not trained on, their outlets are not given)",
        [
            figure("mean squared error", squared_error, labels, clickbait, sources),
            figure("AUC, strength above one half", auc, labels, clickbait, sources),
            figure("calibration error", calibration_error, labels, clickbait, sources),
        ],
    )
    yield "Sensationalism", list(_sensationalism(tables, unseen))
    yield "Reliability", list(_reliability(tables, unseen))
    health, stars = tables.health, unseen.log_odds["reliability"]["health"]
    yield (
        "Reliability against experts' stars (HealthNewsReview)",
        [figure("rank correlation", rank_correlation, health.labels, stars, health.sources)],
    )
    yield "False alarms among reliable outlets (reliability below 0.35)", list(_false_alarms(tables, unseen))
    for target in TARGETS:
        of_set, mask, target_labels, weights = judged(tables, target)
        rows = getattr(tables, of_set).where(mask)
        yield f"What leaks: {target} from what should tell nothing (AUC)", list(_probes(rows, target_labels, weights))
    yield "What each label source of sensationalism adds (AUC)", list(_ablation(tables, unseen))


def _sensationalism(tables: Tables, unseen: Unseen) -> Iterator[Figure]:
    articles = tables.articles
    known = ~np.isnan(tables.register)
    values = unseen.log_odds["sensationalism"]
    labels, scores, sources = tables.register[known], values["articles"][known], articles.sources[known]
    weights = datasets.equal_weights(list(sources))
    yield figure("tabloid against sober outlets' articles, AUC", auc, labels, scores, sources, weights)
    for collection in ("allsides", "gossipcop_fake"):
        own = articles.collections[known] == collection
        if len(set(labels[own])) == 2:
            yield figure(f"the same within {collection}", auc, labels[own], scores[own], sources[own], weights[own])
    partisan, loaded, biased = tables.hyperpartisan, tables.loaded, tables.biased
    yield figure("hyperpartisan articles, AUC", auc, partisan.labels, values["hyperpartisan"], partisan.sources)
    yield figure("sentences with expert-marked loaded language (PTC), AUC", auc, loaded.labels, values["loaded"], loaded.sources)
    yield figure("sentences called biased by experts (BABE), AUC", auc, biased.labels, values["biased"], biased.sources)
    probability = calibrated_unseen(tables, unseen, "sensationalism")
    _, _, judged_labels, judged_weights = judged(tables, "sensationalism")
    yield figure("calibration error", calibration_error, judged_labels, probability, sources, judged_weights)
    yield figure("Brier score", squared_error, judged_labels, probability, sources, judged_weights)
    yield from _shifted(judged_labels, probability, sources, articles.collections[known], judged_weights)


def _shifted(
    labels: Array, probability: Array, sources: np.ndarray[Any, Any], collections: np.ndarray[Any, Any], weights: Array
) -> Iterator[Figure]:
    """Calibration within each collection, whose base rate and topics are not those of all: what a shift does to it."""
    for name in sorted(set(collections)):
        own = collections == name
        if min(labels[own].sum(), (1 - labels[own]).sum()) >= _FEWEST_SHIFTED:
            parts = labels[own], probability[own], sources[own], weights[own]
            yield figure(f"shifted to {name}: calibration error", calibration_error, *parts)
            yield figure(f"shifted to {name}: Brier score", squared_error, *parts)


# So many rows of each class a collection must have for its calibration to be looked at.
_FEWEST_SHIFTED = 20


def _reliability(tables: Tables, unseen: Unseen) -> Iterator[Figure]:
    articles = tables.articles
    scores = unseen.log_odds["reliability"]["articles"]
    extreme = (articles.labels < LOW_QUALITY) | (articles.labels > HIGH_QUALITY)
    high = (articles.labels > HIGH_QUALITY).astype(float)
    weights = datasets.equal_weights(list(articles.sources))
    for name in sorted(set(articles.collections)):
        own = extreme & (articles.collections == name)
        if min(high[own].sum(), (1 - high[own]).sum()) >= 20:
            yield figure(
                f"domain quality below .4 against above .75, {name}, AUC", auc, high[own], scores[own], articles.sources[own]
            )
            yield figure(
                f"the same in {name}, sources weighing alike", auc, high[own], scores[own], articles.sources[own], weights[own]
            )
    rated = ~np.isnan(articles.labels)
    for name, own in (("allsides", rated & (articles.collections == "allsides")), ("all", rated)):
        quality, means, names = by_source(articles.labels[own], scores[own], articles.sources[own], FEWEST_ARTICLES)
        yield figure(f"source mean against domain quality, {name}, rank correlation", rank_correlation, quality, means, names)
    probability = calibrated_unseen(tables, unseen, "reliability")
    _, mask, labels, judged_weights = judged(tables, "reliability")
    yield figure("calibration error", calibration_error, labels, probability, articles.sources[mask], judged_weights)
    yield figure("Brier score", squared_error, labels, probability, articles.sources[mask], judged_weights)
    yield from _shifted(labels, probability, articles.sources[mask], articles.collections[mask], judged_weights)


# From so many forms of "I" in a hundred words of the writer's own voice on, an article is taken for opinion or memoir: the
# tables do not say which of their articles are.
_OPINION = 0.01


def _false_alarms(tables: Tables, unseen: Unseen) -> Iterator[Figure]:
    _, mask, labels, _ = judged(tables, "reliability")
    low = (calibrated_unseen(tables, unseen, "reliability") < ALARM).astype(float)
    sources, leaning = tables.articles.sources[mask], tables.leaning[mask]
    spelling, first_person = (tables.articles.traits[name][mask] for name in ("british spelling", "first person"))
    sizes = pd.Series(sources).map(pd.Series(sources).value_counts()).to_numpy()
    groups = {
        "left-leaning": leaning == "left",
        "centre": leaning == "center",
        "right-leaning": leaning == "right",
        "few articles here (below 20)": sizes < 20,
        "many articles here": sizes >= 20,
        "British spelling": spelling > 0,
        "American spelling": spelling < 0,
        "first person, 1 % of the words or more (opinion)": first_person >= _OPINION,
        "first person, less (news)": first_person < _OPINION,
    }
    for name, group in groups.items():
        own = group & (labels > 0.5)
        if own.sum() >= 20:
            yield figure(f"{name}, share", _mean, low[own], low[own], sources[own])


def _mean(labels: Array, _scores: Array, weights: Array) -> float:
    return float(np.average(labels, weights=weights))


def _probes(rows: Rows, labels: Array, weights: Array) -> Iterator[Figure]:
    columns: dict[str, Matrix] = {
        "outlet name only": CountVectorizer(analyzer="char", ngram_range=(2, 4)).fit_transform(rows.sources).astype(float)
    }
    columns |= {name: sparse.csr_matrix(rows.probes[name][:, None]) for name in PROBES}
    titles = [" ".join(text.words[: text.n_headline]) for text in rows.texts]
    columns["title only"] = TfidfTransformer().fit_transform(CountVectorizer(min_df=3).fit_transform(titles))
    if len(set(rows.sources)) < len(rows.sources):
        columns["topic only"] = sparse.csr_matrix(np.eye(vocabulary.N_TOPICS)[vocabulary.topics(rows.texts)])
    folds = fold_of(rows.sources)
    for name, matrix in columns.items():
        scores = np.zeros(len(labels))
        for fold in range(N_FOLDS):
            own = folds == fold
            model = LogisticRegression(max_iter=300).fit(matrix[~own], labels[~own] > 0.5, sample_weight=weights[~own])
            scores[own] = model.decision_function(matrix[own])
        yield figure(name, auc, labels, scores, rows.sources, weights)


def _ablation(tables: Tables, unseen: Unseen) -> Iterator[Figure]:
    known = ~np.isnan(tables.register)
    labels, sources = tables.register[known], tables.articles.sources[known]
    weights = datasets.equal_weights(list(sources))
    shares = {**SHARES, "signals": 1.0}
    everything = np.zeros(len(labels))
    for name, share in shares.items():
        everything += share * unseen.by_source[name]["articles"][known]
    for name, share in shares.items():
        own = unseen.by_source[name]["articles"][known]
        yield figure(f"{name} alone, tabloid against sober", auc, labels, own, sources, weights)
        yield figure(f"all but {name}", auc, labels, everything - share * own, sources, weights)
        if name != "signals":
            yield figure(
                f"{name} alone, loaded sentences",
                auc,
                tables.loaded.labels,
                unseen.by_source[name]["loaded"],
                tables.loaded.sources,
            )


def table(found: Sequence[Section]) -> str:
    """The figures as Markdown."""
    lines = []
    for heading, figures in found:
        lines += [f"### {heading}", "", "| figure | value | 95 % interval | rows | sources |", "|---|---|---|---|---|"]
        lines += [f"| {f.name} | {f.value:.3f} | {f.low:.3f} to {f.high:.3f} | {f.n_rows} | {f.n_sources} |" for f in figures]
        lines.append("")
    return "\n".join(lines)


def digest(tables: Tables) -> str:
    """A digest of the rows that are judged: labels and sources."""
    content = json.dumps([[list(map(str, getattr(tables, name).sources)), list(getattr(tables, name).labels)] for name in SETS])
    return sha256(content.encode()).hexdigest()[:16]


class Judgement(NamedTuple):
    """A model trained on all rows, and the figures of its kind on rows of sources each was trained without."""

    targets: dict[str, Target]
    tables: Tables
    figures: list[Section]
    chosen: dict[str, int]


def judge(data: Path) -> Judgement:
    """Read, train fold by fold, judge, and train on everything. Raises DatasetError. Takes minutes."""
    tables = read_tables(data)
    clusters = vocabulary.topics(tables.articles.texts)
    unseen = cross_validate(tables, clusters)
    targets = train(tables, clusters, unseen)
    figures = list(sections(tables, unseen))
    figures.append(("Other labels, each taught to a model of the same kind by itself", families(tables, clusters, data)))
    figures += shifts(targets, page_texts(data))
    chosen = {target: choose(tables, unseen.mixes[target], target) for target in MIXES}
    return Judgement(targets, tables, figures, chosen)
