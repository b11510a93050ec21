"""A model made by hand: few curves, a few words, every kind of target. Its scores are known without any training."""

from scorer.artifact import save
from scorer.model import Curve, Target

TARGETS = {
    "sensationalism": Target(
        -0.5,
        {
            "fear_words": Curve([0.0, 1.0, 4.0], [-0.3, 0.4, 1.5], 0.0),
            "outrage_words": Curve([0.0, 2.0], [-0.2, 0.9], 0.05),
            "headline_loaded_words": Curve([0.0, 1.0, 2.0], [-0.1, 0.7, 1.1], -0.01),
        },
        {b"chilling": 1.25, b"horror": 0.75, b"council": -0.5},
        "article",
        0.0125,
    ),
    "reliability": Target(
        0.25,
        {
            "named_sources": Curve([0.0, 1.0, 3.0], [-0.6, 0.2, 0.8], 0.0),
            "vague_attributions": Curve([0.0, 1.0], [0.1, -0.7], 0.0),
            "quoted_share": Curve([0.0, 0.25], [-0.15, 0.3], -0.02),
        },
    ),
    "clickbait_strength": Target(
        -1.0,
        {
            "headline_second_person": Curve([0.0, 1.0], [-0.1, 0.9], 0.0),
            "headline_length": Curve([4.0, 9.0, 20.0], [0.2, 0.0, -0.3], 0.0),
        },
        {b"this": 1.5, b"is": 0.25, b"you": 0.5, b"this is": 0.625, b"is *": -0.125},
        "headline",
        0.03,
    ),
}


def write(folder):
    """Save the model in `folder` and return the folder."""
    save(TARGETS, folder)
    return folder
