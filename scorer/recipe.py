"""What teaches which target, and how much: the choices of the training as data."""

from __future__ import annotations

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
