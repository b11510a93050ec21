"""A user's own labelled rows -> one target taught anew, and how it does on their unseen sources beside the default."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.special import expit, logit
from threadpoolctl import threadpool_limits

from scorer import datasets, vocabulary
from scorer.artifact import rounded, slim
from scorer.figures import Figure, Measure, auc, calibration_error, figure, squared_error
from scorer.labelled import Mask, Rows
from scorer.learn import Array, Fit, Matrix, added, fit, knots_of, scaled, sigmoid
from scorer.model import Target
from scorer.recipe import DIRECTIONS, N_FOLDS, SEED, SIGNAL_PENALTY
from scorer.text import headline_terms
from scorer.train import predict
from scorer.unseen import COVERAGE, FEWEST_COMPARED, LENGTHS, calibrate
from scorer.vocabulary import Text

# Within a fold the choice is made on fewer folds than the figures: it is made again in each of them.
N_INNER_FOLDS = 5
# What `scorer.learn.sigmoid` holds a slope at.
_LEAST_SLOPE = 1e-3


class Candidate(NamedTuple):
    """A target, and what the log-odds of the default model count in it."""

    target: Target
    share: float


class Taught(NamedTuple):
    """A target learned from rows and calibrated on their unseen sources; `chosen` names its kind, `share` is what the
    default's log-odds count in it, `losses` are the log-losses
    of every kind on unseen sources (empty where no source could be left out)."""

    target: Target
    chosen: str
    share: float
    losses: dict[str, float]


class Compared(NamedTuple):
    """One figure of the default model, of the new one, and the new one's less the default's."""

    default: Figure
    new: Figure
    difference: Figure


class OwnJudgement(NamedTuple):
    """What was taught on all rows; figures of default, new model and their difference on sources that neither choice nor
    fit has seen; the kind chosen in each fold; what was gained, in a sentence."""

    taught: Taught
    figures: dict[str, Compared]
    chosen_in_folds: Counter[str]
    verdict: str


# Hundreds of small fits: more than one thread in each costs more than it brings.
@threadpool_limits.wrap(limits=1)  # type: ignore[untyped-decorator]
def judge_own(rows: Rows, name: str, default: Target) -> OwnJudgement:
    """Teach the target `name` on all rows, and judge the same procedure on each fold of sources left out of it."""
    old = predict(default, rows)
    new, chosen = np.zeros(len(old)), Counter[str]()
    for own in _folds(rows, N_FOLDS):
        taught = teach(rows.where(~own), name, default, N_INNER_FOLDS)
        new[own] = predict(taught.target, rows.where(own))
        chosen[taught.chosen] += 1
    scores = np.column_stack([expit(old), expit(new)])
    figures = {measured: _compared(rows, scores, measure) for measured, measure in MEASURES.items()}
    return OwnJudgement(teach(rows, name, default, N_FOLDS), figures, chosen, _verdict(figures))


def teach(rows: Rows, name: str, default: Target, n_folds: int) -> Taught:
    """Fit every kind without each fold of sources, take the simplest of the best, fit it on all rows and calibrate it."""
    base, weights = predict(default, rows), own_weights(rows)
    folds = _folds(rows, n_folds)
    if _one_class(rows.labels):
        return _finished(rows, Candidate(default, 1.0), "default as it is", {}, base, default)
    if any(_one_class(rows.labels[~own]) for own in folds):
        # A source that holds a class alone cannot be left out: without it nothing is known of that class.
        return _finished(rows, _recalibrated(rows, name, default, base), next(iter(KINDS)), {}, base, default)
    unseen = {kind: np.zeros(len(base)) for kind in KINDS}
    for own in folds:
        learned, left_out = rows.where(~own), rows.where(own)
        for kind, make in KINDS.items():
            unseen[kind][own] = predict(make(learned, name, default, base[~own]).target, left_out)
    moves = {kind: calibration(log_odds, rows.labels, weights) for kind, log_odds in unseen.items()}
    calibrated = {kind: slope * unseen[kind] + shift for kind, (slope, shift) in moves.items()}
    losses = {kind: np.logaddexp(0, x) - rows.labels * x for kind, x in calibrated.items()}
    chosen = simplest(losses, weights, rows.sources)
    found = KINDS[chosen](rows, name, default, base)
    slope, shift = moves[chosen]
    final = Candidate(calibrate(found.target, slope, shift), slope * found.share)
    means = {kind: float(np.average(loss, weights=weights)) for kind, loss in losses.items()}
    return _finished(rows, final, chosen, means, calibrated[chosen], default)


def calibration(unseen: Array, labels: Array, weights: Array) -> tuple[float, float]:
    """Slope and shift as `scorer.learn.sigmoid` finds them. Where the labels run against the log-odds that holds the slope
    just above 0, but leaves the shift that went with the other slope: then the shift is that of the labels' mean."""
    slope, shift = sigmoid(unseen, labels, weights)
    if slope <= _LEAST_SLOPE:
        shift = float(logit(np.average(labels, weights=weights)) - slope * np.average(unseen, weights=weights))
    return slope, shift


def own_weights(rows: Rows) -> Array:
    """Weights under which a source weighs as the root of its articles: they are alike, but more of them tell more."""
    return np.asarray(rows.weights**0.5)


def _folds(rows: Rows, n_folds: int) -> list[Mask]:
    """The rows of each fold; with few sources, each is a fold."""
    n_sources = len(set(rows.sources))
    of_row = datasets.folds(list(rows.sources), min(n_folds, n_sources), SEED)
    return [of_row == fold for fold in range(min(n_folds, n_sources))]


def _one_class(labels: Array) -> bool:
    return len(np.unique(labels > 0.5)) < 2


# ---- the kinds of model, simplest first


def _recalibrated(rows: Rows, name: str, default: Target, base: Array) -> Candidate:  # noqa: ARG001 - all kinds are called alike
    slope, shift = calibration(base, rows.labels, own_weights(rows))
    return Candidate(calibrate(default, slope, shift), slope)


def _signals_alone(rows: Rows, name: str, default: Target, base: Array) -> Candidate:
    directions = _directions(rows, name)
    if not directions:
        return _recalibrated(rows, name, default, base)
    own, _ = fit(rows.table, rows.labels, own_weights(rows), Fit(directions, SIGNAL_PENALTY))
    return Candidate(own._replace(scope=default.scope), 0.0)


def _signals_added(rows: Rows, name: str, default: Target, base: Array) -> Candidate:
    return _on_default(rows, name, default, base, [])


def _signals_and_words(rows: Rows, name: str, default: Target, base: Array) -> Candidate:
    return _on_default(rows, name, default, base, _terms_of(rows, default))


KINDS: dict[str, Callable[[Rows, str, Target, Array], Candidate]] = {
    "default recalibrated": _recalibrated,
    "own signals alone": _signals_alone,
    "default with own signals": _signals_added,
    "default with own signals and words": _signals_and_words,
}


def _directions(rows: Rows, name: str) -> dict[str, int]:
    """The signals of a target that differ between the rows, with the way each may go."""
    return {signal: sign for signal, sign in DIRECTIONS[name].items() if len(knots_of(rows.table[signal])) > 1}


def _found(text: Text, default: Target) -> tuple[list[bytes], int]:
    """The terms of a text that weigh anything in the default model, and how many words its scope has."""
    if default.scope == "headline":
        return list(headline_terms([token.encode() for token in text.headline], default.terms)), text.n_headline
    return [word.encode() for word in text.words if word.encode() in default.terms], len(text.words)


def _terms_of(rows: Rows, default: Target) -> list[bytes]:
    """The words of the default model that are in enough articles of enough sources for a weight of their own. None but its
    words are taken: they have been kept free of names and topics with far more articles than these."""
    n_articles: Counter[bytes] = Counter()
    of_source: dict[bytes, set[str]] = {}
    for text, source in zip(rows.texts, rows.sources, strict=True):
        for term in set(_found(text, default)[0]):
            n_articles[term] += 1
            of_source.setdefault(term, set()).add(source)
    return sorted(
        term
        for term, n in n_articles.items()
        if term in default.terms and n >= vocabulary.FEWEST_ARTICLES and len(of_source[term]) >= vocabulary.FEWEST_SOURCES
    )


def _on_default(rows: Rows, name: str, default: Target, base: Array, terms: Sequence[bytes]) -> Candidate:
    """Default log-odds, own curves and own weights of `terms`, fitted at once; additive targets add up to an additive one."""
    directions = _directions(rows, name)
    if not directions and not terms:
        return _recalibrated(rows, name, default, base)
    found = [_found(text, default) for text in rows.texts]
    index = {term.decode(): i for i, term in enumerate(terms)}
    words = vocabulary.matrix_of([[t.decode() for t in own] for own, _ in found], [n for _, n in found], index)
    design: Matrix = sparse.hstack([sparse.csr_matrix(base[:, None]), words]).tocsr()
    # One over the number of rows is the ridge of `vocabulary.Space.fit` at strength 1; the default's share hardly feels it.
    how = Fit(directions, SIGNAL_PENALTY, 1.0 / len(base))
    own, weights = fit(rows.table, rows.labels, own_weights(rows), how, design)
    if weights[0] < 0:
        # Turned round, the default's reasons would be none. The loss is convex: with the sign held, the best share is 0.
        own, weights = fit(rows.table, rows.labels, own_weights(rows), how, words)
        weights = np.concatenate([[0.0], weights])
    share = float(weights[0])
    kept = scaled(default, share)
    moved = dict(zip(terms, map(float, weights[1:]), strict=True))
    centre = float((words @ weights[1:]).mean()) if terms else 0.0
    both = added([kept, own])
    target = both._replace(
        intercept=both.intercept + centre,
        terms={term: weight + moved.get(term, 0.0) for term, weight in kept.terms.items()},
        scope=default.scope,
        centre=kept.centre + centre,
    )
    return Candidate(target, share)


# ---- which of them, how sure, and whether it was worth it


def simplest(losses: Mapping[str, Array], weights: Array, sources: Sequence[str] | np.ndarray[Any, Any]) -> str:
    """The first kind whose loss is within one standard error, over sources, of the best kind's (Breiman et al. 1984)."""
    best = min(losses.values(), key=lambda loss: float(np.average(loss, weights=weights)))
    _, of_row = np.unique(np.asarray(sources, dtype=str), return_inverse=True)
    for kind, loss in losses.items():
        worse = weights * (loss - best)
        mean = worse.sum() / weights.sum()
        by_source = np.bincount(of_row, worse - mean * weights)
        if mean <= np.sqrt((by_source**2).sum()) / weights.sum():
            return kind
    raise AssertionError("the best kind is within any error of itself")


def _finished(rows: Rows, found: Candidate, chosen: str, losses: dict[str, float], unseen: Array, default: Target) -> Taught:
    final = slim(found.target)
    return Taught(final._replace(widths=_widths(final, rows, unseen, found.share, default)), chosen, found.share, losses)


def _widths(target: Target, rows: Rows, unseen: Array, share: float, default: Target) -> list[tuple[int, float]]:
    """Half-widths of the interval by length: how far log-odds move when the article's source is left out, here and, for the
    part that is the default's, in its own training; the two are independent, so their squares add."""
    moved = np.abs(predict(target, rows) - unseen)
    sizes = np.array([text.n_headline if target.scope == "headline" else len(text.words) for text in rows.texts])
    result, shortest = [], 0
    for longest in LENGTHS:
        own = moved[(sizes > shortest) & (sizes <= longest)]
        # Where too few articles are of that length, all of them speak for it.
        own = own if len(own) >= FEWEST_COMPARED else moved
        level = min(1.0, np.ceil((len(own) + 1) * COVERAGE) / len(own))
        before = next((width for limit, width in default.widths if longest <= limit), 0.0)
        result.append((longest, rounded(float(np.hypot(np.quantile(own, level), share * before)))))
        shortest = longest
    return result


MEASURES: dict[str, Measure] = {"AUC": auc, "Brier": squared_error, "ECE": calibration_error}


def _compared(rows: Rows, scores: Array, measure: Measure) -> Compared:
    """A figure of the default and of the new model, and the new one's less the default's."""

    def difference(labels: Array, both: Array, weights: Array) -> float:
        return measure(labels, both[:, 1], weights) - measure(labels, both[:, 0], weights)

    weights = own_weights(rows)
    return Compared(
        figure("default", measure, rows.labels, scores[:, 0], rows.sources, weights),
        figure("new", measure, rows.labels, scores[:, 1], rows.sources, weights),
        figure("difference", difference, rows.labels, scores, rows.sources, weights),
    )


def _verdict(figures: Mapping[str, Compared]) -> str:
    """What was gained, beyond what chance would give: an interval that leaves out 0."""
    ranking, error = figures["AUC"].difference, figures["Brier"].difference
    if ranking.low > 0:
        return "Gained: on sources it has not seen the new model tells these labels apart better than the default."
    said = "Nothing was gained: on sources it has not seen the new model tells these labels apart no better than the default"
    if ranking.high < 0:
        said += ", but worse"
    if figures["AUC"].new.low <= 0.5:
        return f"{said}, and no better than chance. Its scale fits how often they occur; that is all."
    return f"{said}. " + (
        "Its scale fits them better (Brier)." if error.high < 0 else "Nor does its scale fit them better. Use the default."
    )


def table(judgement: OwnJudgement) -> str:
    """The figures as a table in Markdown."""
    lines = ["| figure | default | new | new less default |", "|---|---|---|---|"]
    for name, compared in judgement.figures.items():
        cells = [
            f"{f.value:{sign}.3f} ({f.low:{sign}.3f} to {f.high:{sign}.3f})"
            for f, sign in zip(compared, ("", "", "+"), strict=True)
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def reasons(judgement: OwnJudgement) -> str:
    """Which kind was chosen, and why, in a few lines."""
    taught = judgement.taught
    in_folds = ", ".join(f"{kind} {n}" for kind, n in judgement.chosen_in_folds.most_common())
    why = "no choice could be made, since a fold of sources holds a class alone"
    if taught.losses:
        losses = ", ".join(f"{kind} {loss:.3f}" for kind, loss in taught.losses.items())
        why = f"the simplest within one standard error of the least log-loss on sources left out ({losses})"
    return (
        f"Chosen: {taught.chosen}; {why}.\n"
        f"The default's log-odds count {taught.share:.2f} times in it.\n"
        f"In the folds, each without its own rows: {in_folds}."
    )
