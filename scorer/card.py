"""The model's card: what it was taught, how well it does on unseen sources, what it weighs. Printed, never written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scorer.evaluate import Judgement, table
from scorer.labelled import SETS
from scorer.model import Target
from scorer.recipe import DIRECTIONS, LOADED_TECHNIQUES, MIXES, N_FOLDS, PRIOR
from scorer.version import __version__

FILE_NAME = "card.md"
_N_SHOWN = 60

_TEXT = """# Model card: default {version}

Three scores in 0-1 for an English news page. They describe **wording, sourcing and provenance as the text shows them, never truth**:
a low reliability says that little of the sourcing can be seen in the text, a high sensationalism that the wording presents the news as
more extraordinary than plain reporting would (Molek-Kozakowska 2013). Neither says anything about what happened.

| score | what it estimates | learned from |
|---|---|---|
| clickbait_strength | the mean of five crowd judgments of a teaser headline | `clickbait` |
| sensationalism | wording typical of tabloid copy, partisan copy, graded headlines and expert-marked sentences, combined as below | register, quality, headlines, biased, loaded, signals |
| reliability | wording and visible sourcing typical of outlets of high domain quality (above .75, against below .4) and of health stories that experts gave many stars | `articles`, `health_story_ratings` |

Every score is additive: its log-odds are an intercept, one contribution a signal (a piecewise linear curve, its sign fixed in training
where the opposite would be a reason no reader accepts), and the learned words (one weight a word, times the square root of its share of
the words of headline and reporter's voice). Contributions are relative to the average training article.

## How sensationalism was built

It has no labelled set of its own, and no single set stands for it: politics labels and graded headlines do not tell a tabloid's page from
an agency's, and the usual register of an outlet is as much topic as wording. So each source teaches word weights by itself:

| source | share | what it labels | how topic and outlet are kept out |
|---|---|---|---|
| register | {register} | articles of outlets known as tabloid or sober | outlets weigh alike; words of a topic, names and places have no weight |
| quality | {quality} | articles of outlets of low and high domain quality | 40 topic clusters take part in the fit and are dropped |
| headlines | {headlines} | graded teaser headlines | many outlets |
| biased | {biased} | sentences whose wording experts called biased (BABE) | classes balanced within each outlet |
| loaded | {loaded} | sentences in which experts marked {techniques} (PTC) | by sentence within the same articles |
| signals | {signals} | the signals' curves, on register, hyperpartisan, headlines, and pages of many outlets on one event | signs fixed |

The words' weights are brought to the same spread over the articles and added with these shares, and a word keeps its weight only if
{agreeing} of the five sources give it the same sign: none is trusted alone. Words then weigh {words} to the signals' 1. A signal starts from
a prior of {prior} log-odds (before calibration) in the direction that the construct gives it, and the rows move it from there: most training
texts have lost the links around them, and without it the wording of those links could not count. Below, each source is judged alone and left out.

## How reliability was built

Domain quality labels outlets, experts' stars (HealthNewsReview) stories. Words weigh {reliable_words}; the curves of the signals
{reliable_signals}; words {reliable_share} to the signals' 1.

## What was chosen, and on what

The shares above are one of a few candidates of round numbers in scorer/recipe.py, written down before they were judged. Every fold below is
predicted with the candidate that did best on the other folds; the shipped model uses the one that does best on all ({chosen}). The form
of the model, penalties, the prior and the limits of the vocabulary were settled earlier by trials on development sources, so the figures may still
flatter the model a little. The directions and some lists were also settled while looking at five real pages (the project's seeds): that those come
out in the order they should is no independent evidence.

A word may have a weight if it stands in at least 15 articles of 10 sources, is mostly written small within sentences (no names), does not
hang on one of 40 topic clusters, and is not in scorer/lexicons/not_weighted.txt. It is learned with a vector of its contexts (PPMI, 200
dimensions, from the articles themselves), which is folded back: one weight a word is all that is kept. In headlines also marks ("?"),
function words and pairs of neighbours may, in at least 5 headlines; a number is "#", and a word that may not have a weight is "*".

## Splits

Near copies are removed first (half of the five-word runs of the opening shared). {folds} folds by source: a registered domain, whatever the
table, is in one fold; its articles are judged by a model that has seen neither them nor their source - vocabulary, vectors and curves are
built anew for each fold; topic clusters alone are shared. Intervals: 300 bootstrap draws over sources. Calibration: a sigmoid on the
other folds. Rows: {rows}.

## Figures on sources not trained on

{figures}
## What bounds these figures

- **Reliability by article and by outlet.** Quality is a label of outlets; within allsides few outlets are low, four of them hold most of the low
  articles, and the interval is wider than any gain that was tried (words with and without vectors, pairs of words, function words, boosted trees on all
  signals, topics taken out, more signals, other weights of outlets). What tells low from high there is partly topic, which is kept out on purpose.
- **Experts' stars.** They grade what a health story should say (costs, harms, evidence); length alone ranks nearly as well. Domain quality and stars
  disagree: words learned from either rank the other near chance, so each gain on one cost some on the other.
- **Partisan articles and biased sentences.** Fewer than 700 articles, and six outlets; the outlet's name tells much of either label, and names and topics
  have no weight here.
- **Calibration** rests on base rates of the training tables; where an archive has others, or one collection alone is looked at, it is as printed above.

## Limits

- English news prose. Other languages, stubs and consent walls are not scored.
- Register and domain quality are labels of outlets, not of articles: an outlet prints both kinds, so figures by article are bounded by them.
- What the training texts have lost cannot be weighed: provenance and page surround are measured and shown, and add nothing to the scores.
- Wire copy on a tabloid's site is sober copy, and is scored as such.
- The score of a headline alone rests on a dozen words.

## Weights

{weights}
"""


def write_card(output: Path, judgement: Judgement) -> None:
    """Write card.md beside the model."""
    targets, tables, figures, chosen = judgement
    sensational, reliable = (MIXES[target][chosen[target]] for target in ("sensationalism", "reliability"))
    text = _TEXT.format(
        version=__version__,
        techniques=", ".join(LOADED_TECHNIQUES),
        rows=", ".join(f"{name} {len(getattr(tables, name).labels)}" for name in SETS),
        figures=table(list(figures)),
        weights="\n".join(_weights(name, target) for name, target in targets.items()),
        words=f"{sensational.words_share:g}",
        agreeing=sensational.fewest_agreeing,
        reliable_words=_shares(reliable.words),
        reliable_signals=_shares(reliable.signals),
        reliable_share=f"{reliable.words_share:g}",
        chosen=", ".join(f"{target}: number {number + 1} of {len(MIXES[target])}" for target, number in chosen.items()),
        folds=N_FOLDS,
        prior=f"{PRIOR:g}",
        signals=f"{sensational.signals['wording']:g}",
        **{name: f"{share:g}" for name, share in sensational.words.items()},
    )
    (output / FILE_NAME).write_text(text, encoding="utf-8")


def _shares(of_sources: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:g}" for name, share in of_sources.items())


def _weights(name: str, target: Target) -> str:
    lines = [f"### {name}", "", f"Intercept {target.intercept:+.3f}.", "", "| signal | log-odds over its range |", "|---|---|"]
    for signal in DIRECTIONS[name]:
        curve = target.curves.get(signal)
        if curve:
            steps = ", ".join(f"{value:+.2f} at {knot:g}" for knot, value in zip(curve.knots, curve.values, strict=True))
            lines.append(f"| {signal} | {steps} |")
    ranked = sorted(target.terms, key=lambda term: (target.terms[term], term))
    for title, terms in (("raise it most", ranked[::-1][:_N_SHOWN]), ("lower it most", ranked[:_N_SHOWN])):
        shown = ", ".join(f"{term.decode()} {target.terms[term]:+.1f}" for term in terms)
        lines += ["", f"Learned words that {title} ({len(target.terms)} in all): {shown}"]
    return "\n".join([*lines, ""])
