"""What may carry a learned weight: no name, place, outlet, month or topic; told on rows made up here and on the shipped model."""

from collections import Counter

import numpy as np
import pytest

from scorer import vocabulary
from scorer.counting import function_words
from scorer.model import load
from scorer.terms import lexicon_set
from scorer.text import fold, headline_terms, headline_tokens
from scorer.vocabulary import Text

GIVEN_NAMES = """
james robert michael david richard joseph thomas charles daniel matthew anthony donald steven paul andrew joshua kenneth
kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott
brandon benjamin samuel gregory alexander patrick raymond mary patricia jennifer linda elizabeth barbara susan jessica sarah
karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca
laura helen sharon cynthia kathleen amy angela shirley anna brenda pamela emma nicole katherine vladimir boris angela
emmanuel mohammed ahmed ivanka melania hillary kim kanye
"""
SURNAMES = """
trump obama biden clinton pelosi mcconnell ryan sanders warren romney mccain pence comey mueller kavanaugh putin merkel
macron johnson cameron thatcher reagan nixon kennedy schumer giuliani bannon sessions epstein weinstein kardashian jenner
swift bieber beyonce rihanna musk bezos zuckerberg gates murdoch soros koch assange snowden
"""
PLACES = """
america britain england scotland ireland wales france germany italy spain russia ukraine poland greece turkey iran iraq syria
israel egypt libya afghanistan pakistan india china japan korea australia canada mexico brazil venezuela cuba africa europe
asia london paris berlin moscow beijing tokyo jerusalem baghdad kabul washington york chicago boston houston dallas seattle
miami atlanta denver texas california florida ohio michigan virginia georgia arizona nevada pennsylvania wisconsin minnesota
colorado oregon alaska hawaii brooklyn manhattan hollywood american british russian chinese iranian israeli mexican german
french
"""
OUTLETS = """
reuters cnn fox nbc cbs abc bbc npr msnbc breitbart newsmax townhall infowars huffpost huffington buzzfeed vox slate politico
axios bloomberg guardian telegraph mirror express tmz gawker dailymail nytimes vice
"""
TOPICS = """
obamacare brexit covid coronavirus vaccine vaccines football basketball baseball quarterback nfl nba olympics recipe senate
republicans democrats abortion immigration immigrants taliban isis hezbollah bitcoin iphone android climate tariffs
"""


@pytest.fixture(scope="module")
def weighed():
    """Every word with a learned weight in the shipped model."""
    return {part.decode() for target in load().targets.values() for term in target.terms for part in term.split()}


@pytest.mark.parametrize(
    "kind", [GIVEN_NAMES, SURNAMES, PLACES, OUTLETS, TOPICS], ids=["given names", "surnames", "places", "outlets", "topics"]
)
def test_the_shipped_model_weighs_no(kind, weighed):
    assert not weighed & set(kind.split())


@pytest.mark.parametrize("name", ["months", "weekdays", "not_weighted"])
def test_the_shipped_model_weighs_no_word_of_the_list(name, weighed):
    # Function words may be weighed in headlines, "may" among them.
    assert not weighed & {word.decode() for word in lexicon_set(name) - function_words()}


def _article(words, capitals=()):
    within = Counter(word for word in words if word in capitals)
    return Text(tuple(words), within, Counter(word for word in words if word not in capitals))


def _articles():
    """60 articles of 24 outlets and two topics, of common words, one name, one outlet's own word and one topic's."""
    random = np.random.default_rng(0)
    common = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}".replace("word", "plain") for i in range(60)]
    texts, sources, clusters = [], [], []
    for i in range(60):
        words = list(random.choice(common, 80))
        words += ["ramsbottom"] * 2
        if i % 24 in (0, 1):
            words += ["housestyle"] * 3
        if i % 2:
            words += ["goalkeeper"] * 3
        texts.append(_article(words, {"ramsbottom"}))
        sources.append(f"outlet{i % 24}.example")
        clusters.append(i % 2)
    return texts, sources, clusters, common


def test_names_topics_and_an_outlets_own_words_get_no_weight(monkeypatch):
    monkeypatch.setattr(vocabulary, "N_TOPICS", 2)
    monkeypatch.setattr(vocabulary, "MOST_TOPICAL", 0.3)
    monkeypatch.setattr(vocabulary, "N_DIMENSIONS", 4)
    texts, sources, clusters, common = _articles()
    space = vocabulary.build(texts, sources, clusters)
    assert set(space.terms) <= set(common)
    assert len(space.terms) > 0.9 * len(common)
    assert "ramsbottom" not in space.common
    assert "goalkeeper" not in space.common
    assert "housestyle" not in space.terms


def test_without_the_rules_they_would_have_one(monkeypatch):
    """The test above can fail: each rule put aside lets its word in."""
    monkeypatch.setattr(vocabulary, "N_TOPICS", 2)
    monkeypatch.setattr(vocabulary, "N_DIMENSIONS", 4)
    for name, value, word in (
        ("MOST_CAPITALS", 1.0, "ramsbottom"),
        ("MOST_TOPICAL", 9.0, "goalkeeper"),
        ("FEWEST_SOURCES", 1, "housestyle"),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(vocabulary, name, value)
            changed.setattr(vocabulary, "FEWEST_ARTICLES", 3)
            texts, sources, clusters, _ = _articles()
            assert word in vocabulary.build(texts, sources, clusters).terms


def test_a_headlines_terms_hold_the_place_of_a_word_that_is_not_known():
    title = "Ramsbottom reveals 27 tricks: you won’t believe No. 4…"
    tokens = headline_tokens(title, fold(title))
    assert tokens == [
        b"ramsbottom",
        b"reveals",
        b"#",
        b"tricks",
        b":",
        b"you",
        b"won",
        b"t",
        b"believe",
        b"no",
        b".",
        b"#",
        b"...",
    ]
    terms = headline_terms(tokens, {b"reveals", b"you", b"#"})
    assert terms[:3] == [b"*", b"reveals", b"#"]
    assert b"* reveals" in terms
    assert b"< *" in terms
    assert not any(b"ramsbottom" in term for term in terms)
