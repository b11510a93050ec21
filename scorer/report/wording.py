"""What reports say of a score and of a signal, in words: one place, so that terminal and page say the same."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from scorer.catalogue import summary
from scorer.model import LEARNED_WORDS
from scorer.signals import SIGNALS
from scorer.types import Article, Measurement, Score

# Until the model's scores have been compared with readers' own words: the middle third, a little widened, so that a
# score the model is unsure of (near 0.5) is called neither low nor high.
ELEVATED, HIGH = 0.35, 0.65

#: The words for a score below `ELEVATED`, below `HIGH`, and from there on.
LEVELS = {
    "sensationalism": ("low", "elevated", "high"),
    "reliability": ("low", "moderate", "high"),  # "elevated" would sound like a warning where more is better
    "clickbait_strength": ("low", "elevated", "high"),
}
TITLES = {
    "sensationalism": "Sensationalism",
    "reliability": "Reliability",
    "clickbait_strength": "Clickbait strength",
}
COLUMNS = {"sensationalism": "Sensational", "reliability": "Reliable", "clickbait_strength": "Clickbait"}
#: What a score is about, in a line.
ABOUT = {
    "sensationalism": "how far the wording presents the news as more extraordinary than a plain report would",
    "reliability": "how well the sourcing seen on the page bears out a reader's trust",
    "clickbait_strength": "how strongly the headline baits a click",
}
#: The kinds of evidence: what the highlights of a page are told apart by.
KINDS = {
    "headline": "Headline wording",
    "body": "Body wording",
    "sourcing": "Sourcing",
    "provenance": "Provenance",
    "surround": "Page surround",
    "readability": "Readability",
    "learned": "Learned words",
}
NOT_A_VERDICT = "The scores describe how a page is worded and sourced; they do not judge what it reports."

_BY_NAME = {signal.name: signal for signal in SIGNALS}


def plain_words(name: str) -> str:
    """Say what a signal is: the first line of its documentation, without the examples after a colon."""
    if name == LEARNED_WORDS:
        return "Words the model has learned weights for"
    signal = _BY_NAME.get(name)
    return (summary(signal).split(": ")[0] if signal else "") or name.replace("_", " ")


def notes(score: Score) -> tuple[str, ...]:
    """What is to be known before a score is read: what the reader mended, and what was switched off."""
    off = (f"switched off, adds nothing: {', '.join(score.switched_off)}",) if score.switched_off else ()
    return (*score.article.notes, *off)


def unmeasured(article: Article, measurements: Mapping[str, Measurement]) -> dict[str, list[str]]:
    """The signals that could not be measured on `article`, by the reason."""
    why: dict[str, list[str]] = {}
    for name, measurement in measurements.items():
        if isnan(measurement.value):
            why.setdefault(_reason(name, article), []).append(name)
    return why


def _reason(name: str, article: Article) -> str:
    signal = _BY_NAME.get(name)
    group = signal.group if signal else ""
    if group == "surround" and not article.headline_words and not article.n_words:
        return "neither headline nor body"
    if group == "headline" and not article.headline_words:
        return "no headline"
    if group != "surround" and not article.n_words:  # some headline signals look into the body, too
        return "no body"
    return "too little on the page to measure it on"
