"""What does not change the wording may not move a score: quote styles, dashes, white space, invisible and look-alike letters."""

from pathlib import Path

import pytest

from scorer.model import load
from scorer.perturbations import GAMING, PRESERVING, SPELLINGS
from scorer.pipeline import score_page
from scorer.types import TARGETS, Page

HERE = Path(__file__).parent
PAGES = [path.read_text() for path in sorted((HERE.parent / "data" / "samples").glob("s[1-6]*.txt"))]

# The largest shift of a score that is allowed on the samples. What is not named may not move a score at all. A headline in
# capitals is one that shouts, which is a signal; names are found by their letters, and by capitals.
ALLOWED = {
    "straight quote marks": 0.12,
    "plain dashes": 0.05,
    "doubled spaces": 0.12,
    "no-break spaces": 0.05,
    "look-alike letters": 0.12,
    "headline in capitals": 0.25,
    "lines wrapped": 0.1,
    "American spelling": 0.05,
    "British spelling": 0.05,
}


@pytest.mark.parametrize("name", PRESERVING)
def test_the_wording_is_the_same_and_so_is_the_score(name):
    model = load()
    for text in PAGES:
        before, after = (score_page(Page(id="x", content=t), model) for t in (text, PRESERVING[name](text)))
        for target in TARGETS:
            was, now = getattr(before, target), getattr(after, target)
            assert (was is None) == (now is None), (target, text[:40])
            if was is not None:
                assert abs(now - was) <= ALLOWED.get(name, 0.0) + 1e-9, f"{target} {was:.3f} -> {now:.3f}: {text[:40]}"


@pytest.mark.parametrize("name", [*PRESERVING, *GAMING])
def test_every_perturbation_changes_some_page(name):
    pages = [*PAGES, "Loaded: “chilling”—shocking!\n\nThe color of the centre isn't the town's colour, he said - \"never\"."]
    assert any({**PRESERVING, **GAMING}[name](page) != page for page in pages)


def test_spellings_are_pairs_of_different_words():
    assert len(set(SPELLINGS.values())) == len(SPELLINGS)
    assert not set(SPELLINGS) & set(SPELLINGS.values())
