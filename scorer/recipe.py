"""What teaches which target, and how much: the choices of the training as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

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
        **dict.fromkeys([*WORDING, *CLAIMS, *HEADLINE, "headline_words_missing"], -1),
        "headline_length": 0,
        "headline_hedges": 0,
    },
}

# Domain quality below and above which an outlet's articles are taken as examples (first principal component of six
# ratings, Lin et al. 2023); what lies between says little of an article.
LOW_QUALITY, HIGH_QUALITY = 0.4, 0.75

# Expert-marked techniques that are wording (PTC); name-calling and doubt are stance.
LOADED_TECHNIQUES = ("Loaded_Language", "Exaggeration,Minimisation", "Appeal_to_fear-prejudice")

N_FOLDS, SEED = 10, 20261123
SIGNAL_PENALTY = 0.003
# What a signal of sensational wording adds before the rows have spoken, at full height and before calibration: a third
# of a doubling of the odds. It speaks where the training texts are silent: most have lost the links around them.
PRIOR = 0.25


# Inverse penalty of the word weights that each label source teaches. Graded headlines and marked sentences are many and short.
STRENGTHS = {
    "register": 1.0,
    "quality": 1.0,
    "headlines": 0.3,
    "biased": 1.0,
    "loaded": 0.3,
    "reliable": 5.0,
    "health": 1.0,
}


class Mix(NamedTuple):
    """How the label sources of a target are put together: each source's share of the words and of the signals, what all
    words together weigh against all signals together, and by how many sources a word's sign must be shared to count."""

    words: Mapping[str, float]
    signals: Mapping[str, float]
    words_share: float
    fewest_agreeing: int = 1


_WORDING_SOURCES = {"register": 1.0, "quality": 1.0, "headlines": 0.5, "biased": 0.5, "loaded": 0.3}
# The candidates for each target: round numbers, written before they were judged. Which is taken is decided by
# `scorer.unseen.choose` fold by fold on the other folds, so that no figure is printed of a choice made on its own rows.
# Sensationalism has no labelled set of its own (docs/design.md): each source labels a part of it and is checked against the
# others, a word needing four of the five to agree. Reliability is taught by domain quality, and a little by experts' stars.
MIXES: dict[str, tuple[Mix, ...]] = {
    "sensationalism": (
        Mix(_WORDING_SOURCES, {"wording": 1.0}, 0.7, 4),
        Mix(dict.fromkeys(_WORDING_SOURCES, 1.0), {"wording": 1.0}, 0.7, 4),
        Mix(_WORDING_SOURCES, {"wording": 1.0}, 0.4, 4),
        Mix(_WORDING_SOURCES, {"wording": 1.0}, 1.0, 4),
    ),
    "reliability": (
        Mix({"reliable": 1.0}, {"sourcing": 1.0}, 1.0),
        Mix({"reliable": 1.0, "health": 0.3}, {"sourcing": 1.0, "health": 0.3}, 1.0),
        Mix({"reliable": 1.0, "health": 0.6}, {"sourcing": 1.0, "health": 0.6}, 1.0),
        Mix({"reliable": 1.0, "health": 0.3}, {"sourcing": 1.0, "health": 0.3}, 0.6),
    ),
}
