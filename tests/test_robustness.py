"""What does not change the wording may not move a score: quote styles, dashes, white space, invisible and look-alike letters."""

import re
from pathlib import Path

import pytest

from scorer.model import load
from scorer.pipeline import score_page
from scorer.types import TARGETS, Page

HERE = Path(__file__).parent
PAGES = [path.read_text() for path in sorted((HERE.parent / "data" / "samples").glob("s[1-6]*.txt"))]

# Each with the largest shift of a score that is allowed: 0 where nothing a person reads has changed.
PERTURBATIONS = {
    "straight quotation marks": (lambda t: t.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'"), 0.12),
    "carriage returns": (lambda t: t.replace("\n", "\r\n"), 0.0),
    "doubled spaces": (lambda t: t.replace(" ", "  "), 0.12),
    "no-break spaces": (lambda t: t.replace(" ", "\u00a0"), 0.05),
    "zero-width characters": (lambda t: re.sub(r"(\w)(\w)", "\\1\u200b\\2", t, count=400), 0.25),
    "look-alike letters": (lambda t: t.replace("a", "а").replace("e", "е").replace("o", "о"), 0.12),
    "furniture added": (
        lambda t: t + "\n\nAdvertisement\n\nShare this article\n\nLEAVE A REPLY\n\nPlease enter your comment!",
        0.0,
    ),
}


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_wording_is_the_same_and_so_is_the_score(name):
    change, most = PERTURBATIONS[name]
    model = load()
    for text in PAGES:
        before, after = (score_page(Page(id="x", content=t), model) for t in (text, change(text)))
        for target in TARGETS:
            was, now = getattr(before, target), getattr(after, target)
            assert (was is None) == (now is None), (target, text[:40])
            if was is not None:
                assert abs(now - was) <= most + 1e-9, f"{target} {was:.3f} -> {now:.3f}: {text[:40]}"
