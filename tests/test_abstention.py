"""What is not scored, and the reason that is given."""

import pytest

from scorer import Page, score
from scorer.parse import LONGEST_TEXT
from scorer.parse.furniture import MOST_BLOCKS
from scorer.parse.html_stream import MOST_CONTAINERS

BODY = (
    "The council met on Tuesday evening and agreed to buy the land by the river for a new library, its leader Ada Brook said. "
    "The work will begin in May and is expected to cost four million pounds, according to a report by the council's officers.\n\n"
    "Residents of the two streets next to the site were told by letter last week, and some of them came to the meeting.\n"
)


@pytest.mark.parametrize(
    ("page", "genre"),
    [
        ("OPINION\n\nWhy we need the library\n\n" + BODY, "opinion"),
        ("Opinion: we need the library by the river\n\n" + BODY, "opinion"),
        ("FOR IMMEDIATE RELEASE\n\nCouncil to buy land for new library\n\n" + BODY, "press release"),
        ("Council to buy the moon for new library\n\nSatire\n\n" + BODY, "satire"),
    ],
)
def test_another_genre_is_named_and_its_signals_shown(page, genre):
    found = score(page)
    assert found.abstained is not None and found.abstained.startswith(genre)
    assert found.sensationalism is None
    assert found.measurements["named_sources"].value >= 1


@pytest.mark.parametrize(
    "page",
    [
        "Council to buy land for new library\n\n" + BODY,
        "News\nSport\nOpinion\nCouncil to buy land for new library\n\n" + BODY,
        "Council to buy land for new library, in the opinion of its leader\n\n" + BODY,
        "Comment from the council: we will buy the land\n\n" + BODY,
    ],
)
def test_news_is_scored(page):
    assert score(page).abstained is None


def test_another_language_is_not_scored():
    found = score("Der Stadtrat hat am Dienstag beschlossen, das Grundstück am Fluss zu kaufen. " * 6)
    assert found.abstained is not None and "not English" in found.abstained


def test_a_consent_wall_is_not_a_headline(samples):
    found = score(samples / "s7_consent_wall_only.txt")
    assert found.abstained is not None and "consent wall" in found.abstained


def test_a_text_longer_than_any_learned_from_is_not_scored():
    sentence = "The council said on Tuesday that it would buy the land by the river for a new library. "
    found = score("Council to buy land\n\n" + sentence * 1300)
    assert found.abstained is not None and found.abstained.startswith("out of the training range")
    assert found.measurements["weekdays_given"].value > 0
    assert score("Council to buy land\n\n" + sentence * 1000).abstained is None


@pytest.mark.parametrize(
    "page",
    [
        Page("long.txt", "A headline of a dump\n\n" + BODY * (LONGEST_TEXT // len(BODY) + 1)),
        Page("lines.txt", "A line\n" * (MOST_BLOCKS + 1)),
        Page("lines.html", "<p>A line" * (MOST_BLOCKS + 1), "html"),
        Page("nested.html", "<div>" * (MOST_CONTAINERS + 1) + "A line", "html"),
    ],
    ids=lambda page: page.id,
)
def test_what_is_too_large_for_a_page_is_not_parsed(page):
    found = score(page)
    assert found.abstained == "too large to be one page of news (docs/inputs.md, Limits); split it into pages"
    assert not found.article.zones
    if page.media == "text":
        assert found.article.text == page.content
