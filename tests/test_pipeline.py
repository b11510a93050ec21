"""The whole way in Python: `scorer.score` and `scorer.score_table` say the same, whatever they are given."""

import gc
import inspect
import math
import struct
import typing

import numpy as np
import pandas as pd
import pytest
import small_model as by_hand

import scorer
from scorer.abstention import FEWEST_BODY_WORDS
from scorer.signals import SIGNALS
from scorer.text import visible
from scorer.types import TARGETS, ZONES

PLAIN = (
    "Council meets on new library plan\n\nThe council met on Tuesday to hear about a new library, and heard from four of"
    " the people who would use it. “It is a good plan,” said Ada Brook, who runs the branch in Mill Road. The vote is on"
    " 4 May 2024, and the work would take a year if it is passed.\n\nNobody spoke against it in the two hours it took.\n"
)
NORWEGIAN = (
    "Kommunen vil bygge nytt bibliotek ved elva\n\nKommunestyret skal tirsdag behandle et forslag om et nytt bibliotek"
    " ved elva. Ordføreren sier at bygget kan stå ferdig om tre år, hvis flertallet stemmer for. Naboene er bekymret for"
    " støy og trafikk mens arbeidet pågår, og ber om at skolebarna får en trygg vei gjennom området.\n"
)
GERMAN = (
    "Stadtrat berät über neue Bibliothek am Fluss\n\nDer Stadtrat hat am Dienstag über den Bau einer neuen Bibliothek"
    " beraten. Nach Angaben der Verwaltung soll das Gebäude in drei Jahren fertig sein. Anwohner befürchten Lärm und mehr"
    " Verkehr während der Bauzeit und verlangen einen sicheren Schulweg für ihre Kinder.\n"
)


@pytest.fixture(scope="session")
def score(small_model):
    return lambda what: scorer.score(what, model=small_model)


@pytest.fixture(scope="session")
def score_table(small_model):
    return lambda frame: scorer.score_table(frame, model=small_model)


@pytest.fixture(scope="session")
def contents(samples):
    own = sorted((samples.parents[1] / "tests" / "pages").glob("*.txt"))
    read = [path.read_text(encoding="utf-8") for path in [*sorted(samples.glob("*.txt")), *own]]
    assert len(read) > 30
    odd = ["", " \n", "!?\n…", "\ud800 said\ud800", "NUL \x00 said", "😱 \N{ZERO WIDTH JOINER}👩 ‘Chilling’ horror"]
    return [*read, PLAIN, NORWEGIAN, GERMAN, *odd]


def table_of(contents):
    """A table of texts; as objects, because the text type of pandas holds no lone surrogate."""
    return pd.DataFrame({"content": pd.Series(contents, dtype=object)})


def bits(number):
    """A number to the last bit; every NaN and None alike."""
    return None if number is None or math.isnan(number) else struct.pack("<d", number)


# ---- score


def test_a_text_a_page_and_a_file_are_scored_alike(score, samples):
    path = samples / "s4_agency_pool_gas.txt"
    text = path.read_text(encoding="utf-8")
    from_text, from_file = score(text), score(path)
    from_page = score(scorer.Page(id="x", content=text, media="text", url="https://example.org/a"))
    for target in TARGETS:
        assert getattr(from_text, target) == getattr(from_file, target) == getattr(from_page, target) is not None
    assert (from_text.id, from_text.path) == ("text", "")
    assert (from_file.id, from_file.path) == (str(path), str(path))
    assert (from_page.id, from_page.path, from_page.article.url) == ("x", "", "https://example.org/a")
    assert from_file.headline == "Eleven treated after chlorine gas release at Bradford swimming pool"


def test_a_string_is_text_even_where_it_names_a_file(score, samples):
    path = samples / "s4_agency_pool_gas.txt"
    assert score(str(path)).article.text == str(path)


def test_a_file_that_gives_no_text(score, tmp_path):
    binary = tmp_path / "a.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    for path in (tmp_path / "missing.txt", tmp_path, binary):
        with pytest.raises(OSError, match=str(path)):
            score(path)


def test_a_wrong_model(tmp_path):
    with pytest.raises(scorer.ModelError):
        scorer.score("text", model=tmp_path / "nowhere")


def test_scores_lie_between_0_and_1(score, contents):
    for content in contents:
        result = score(content)
        for target in TARGETS:
            value = getattr(result, target)
            assert (value is None) == (target in result.withheld)
            assert value is None or 0.0 < value < 1.0


def test_a_score_rests_on_every_signal_and_shows_its_evidence_in_the_text(score, contents):
    for content in contents:
        result = score(content)
        assert result.article.text == visible(content)
        assert {signal.name for signal in SIGNALS} <= set(result.measurements)
        for measurement in result.measurements.values():
            for start, end, _ in measurement.evidence:
                assert 0 <= start < end <= len(content)


def test_parse_gives_text_and_zones():
    article = scorer.parse(scorer.Page(id="a", content=PLAIN, media="text", url=""))
    assert article.text == PLAIN
    (headline,) = article.zone("headline")
    assert PLAIN[headline.start : headline.end] == "Council meets on new library plan"
    body = article.zone("body")
    assert "Nobody spoke" in PLAIN[body[0].start : body[-1].end]
    for quote in article.zone("quote"):
        assert any(zone.start <= quote.start and quote.end <= zone.end for zone in body)
    assert all(isinstance(article.zone(name), tuple) for name in ZONES)
    assert article.zone("link_block") == ()


# ---- what is not scored, and why


def test_a_single_line_is_a_headline(score):
    result = score("This chilling horror will surprise you\n")
    assert result.abstained is None
    assert result.sensationalism is not None and result.clickbait_strength is not None
    assert result.reliability is None
    assert result.withheld == {"reliability": "a headline alone shows no sourcing"}


def test_a_body_too_short(score):
    words = ["the", "council", "met", "and", "heard", "that", "it", "was", "so"]
    for n_words, judged in ((FEWEST_BODY_WORDS - 1, False), (FEWEST_BODY_WORDS, True)):
        body = " ".join((words * 9)[:n_words]).capitalize() + "."
        result = score(f"Council meets on new library plan\n\n{body}\n")
        assert result.article.n_words == n_words
        assert (result.reliability is not None) == judged
        assert ("too short" in result.withheld.get("reliability", "")) != judged


def test_no_headline(score, samples):
    content = (samples.parents[1] / "tests" / "pages" / "b11_press_office_feed_no_headline.txt").read_text(encoding="utf-8")
    result = score(content)
    assert result.headline is None and result.clickbait_strength is None
    assert result.withheld == {"clickbait_strength": "no headline"}
    assert result.reliability is not None


@pytest.mark.parametrize("content", ["", " ", "\n\n\t\n", "\u2003\u00a0"])
def test_empty(score, content):
    result = score(content)
    assert "empty" in result.abstained
    assert set(result.withheld) == set(TARGETS)
    assert result.sensationalism is result.reliability is result.clickbait_strength is None


@pytest.mark.parametrize("content", [NORWEGIAN, GERMAN], ids=["Norwegian", "German"])
def test_not_english(score, content):
    result = score(content)
    assert "not English" in result.abstained
    assert result.sensationalism is None


def test_a_consent_wall(score, samples):
    result = score(samples / "s7_consent_wall_only.txt")
    assert result.abstained == "no article: a consent wall"
    assert result.sensationalism is result.reliability is result.clickbait_strength is None


def test_what_is_plain_english_is_scored(score):
    result = score(PLAIN)
    assert result.abstained is None and not result.withheld


def test_every_reason_is_one_line(score, contents):
    for content in contents:
        result = score(content)
        for reason in [*result.withheld.values(), *([result.abstained] if result.abstained else [])]:
            assert reason.isprintable() and 5 < len(reason) < 120


def test_scoring_twice_gives_the_same(score, contents):
    for content in contents[:10]:
        first, second = score(content), score(content)
        assert first.contributions == second.contributions
        assert [m.evidence for m in first.measurements.values()] == [m.evidence for m in second.measurements.values()]


# ---- score_table


def test_score_and_score_table_agree_to_the_last_bit(score, score_table, contents):
    table = score_table(table_of(contents))
    assert len(table) == len(contents)
    for content, (_, row) in zip(contents, table.iterrows(), strict=True):
        one = score(content)
        assert row.abstained == one.abstained or (row.abstained is None and one.abstained is None)
        for target in TARGETS:
            assert bits(row[target]) == bits(getattr(one, target)), (target, content[:50])
        for signal in SIGNALS:
            assert bits(row[signal.name]) == bits(one.measurements[signal.name].value), (signal.name, content[:50])


def test_columns_and_their_types(score_table):
    table = score_table(pd.DataFrame({"content": [PLAIN, ""]}))
    assert list(table.columns) == ["id", "headline", *TARGETS, "abstained", *(signal.name for signal in SIGNALS)]
    numbers = table.drop(columns=["id", "headline", "abstained"])
    assert (numbers.dtypes == np.float64).all()
    assert np.isnan(table.reliability[1])
    assert table.abstained[0] is None or pd.isna(table.abstained[0])
    assert table.abstained[1].startswith("empty")
    assert table.headline[0] == "Council meets on new library plan" and table.headline[1] is None


def test_order_and_index_are_kept(score_table, contents):
    frame = table_of(contents).assign(id=[f"page {i}" for i in range(len(contents))])
    frame.index = pd.Index([f"row {i % 7}" for i in range(len(frame))], name="place")  # labels that repeat
    whole = score_table(frame)
    assert whole.index.equals(frame.index) and whole.index.name == "place"
    assert list(whole.id) == list(frame.id)
    backwards = score_table(frame.iloc[::-1])
    assert list(backwards.id) == list(frame.id)[::-1]
    pd.testing.assert_frame_equal(backwards.iloc[::-1], whole)


def test_rows_do_not_depend_on_each_other(score_table, contents):
    frame = table_of(contents)
    alone, together = score_table(frame.iloc[3:5]), score_table(frame).iloc[3:5]
    pd.testing.assert_frame_equal(alone.drop(columns="id"), together.drop(columns="id"))


def test_the_table_given_is_not_changed(score_table):
    frame = pd.DataFrame({"content": [PLAIN, None], "id": [1, 2], "other": ["a", "b"]})
    before = frame.copy(deep=True)
    score_table(frame)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT, 7, b"bytes", ["list"]], ids=repr)
def test_content_that_is_no_text_abstains(score_table, missing):
    table = score_table(pd.DataFrame({"content": pd.Series([PLAIN, missing, PLAIN], dtype=object)}))
    assert len(table) == 3
    assert table.abstained.notna().tolist() == [False, True, False]
    assert np.isnan(table.sensationalism.iloc[1]) and not np.isnan(table.sensationalism.iloc[2])


def test_what_is_missing_in_optional_columns(score_table):
    frame = pd.DataFrame(
        {"content": [PLAIN] * 3, "id": ["a", None, math.nan], "media": ["text", None, math.nan], "url": ["u", None, math.nan]}
    )
    table = score_table(frame)
    assert table.sensationalism.nunique() == 1 and table.sensationalism.notna().all()
    assert table.id.iloc[0] == "a"


def test_without_optional_columns(score_table):
    table = score_table(pd.DataFrame({"content": [PLAIN, PLAIN]}))
    assert table.id.nunique() == 2
    assert table.sensationalism.notna().all()


def test_text_columns_of_every_kind(score_table):
    plain = score_table(pd.DataFrame({"content": [PLAIN, ""]}))
    for kind in ("object", "string", "category"):
        frame = pd.DataFrame({"content": pd.Series([PLAIN, ""], dtype=kind)})
        pd.testing.assert_frame_equal(score_table(frame), plain)


@pytest.mark.parametrize("collects", [True, False])
def test_garbage_is_collected_afterwards_as_before(score_table, collects, monkeypatch):
    (gc.enable if collects else gc.disable)()
    try:
        score_table(pd.DataFrame({"content": ["Pool to close"]}))
        assert gc.isenabled() is collects
        monkeypatch.setattr("scorer.pipeline.measure", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            score_table(pd.DataFrame({"content": ["Pool to close"]}))
        assert gc.isenabled() is collects
    finally:
        gc.enable()


def test_an_empty_table(score_table):
    table = score_table(pd.DataFrame({"content": []}))
    assert len(table) == 0
    assert list(table.columns)[:5] == ["id", "headline", *TARGETS]


def test_without_a_column_content(score_table):
    with pytest.raises(KeyError, match="content"):
        score_table(pd.DataFrame({"text": [PLAIN]}))


def test_a_table_and_a_wrong_model(tmp_path):
    with pytest.raises(scorer.ModelError):
        scorer.score_table(pd.DataFrame({"content": [PLAIN]}), model=tmp_path)


def test_a_model_that_asks_for_a_signal_of_another_version(tmp_path):
    target = by_hand.TARGETS["reliability"]
    curves = {**target.curves, "signal_of_tomorrow": target.curves["quoted_share"]}
    by_hand.save({**by_hand.TARGETS, "reliability": target._replace(curves=curves)}, tmp_path)
    with pytest.raises(scorer.ModelError, match=r"^[^\n]*signal_of_tomorrow[^\n]*$"):
        scorer.score(PLAIN, model=tmp_path)
    with pytest.raises(scorer.ModelError, match="signal_of_tomorrow"):
        scorer.score_table(pd.DataFrame({"content": [PLAIN]}), model=tmp_path)


# ---- the interface itself


def test_what_is_exported_is_documented_and_typed():
    for name in scorer.__all__:
        thing = getattr(scorer, name)
        if name != "__version__":
            assert inspect.getdoc(thing), name
    for function in (scorer.parse, scorer.score, scorer.score_table):
        hints = inspect.signature(function)
        assert hints.return_annotation is not inspect.Signature.empty
        assert all(parameter.annotation is not inspect.Signature.empty for parameter in hints.parameters.values())
    assert typing.get_type_hints(scorer.parse)["return"] is scorer.Article
