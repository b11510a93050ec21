"""Promises every signal keeps. This file names none of them."""

import math
import pkgutil

import pytest
from marked import read_example

import scorer.signals
from scorer.parse import parse
from scorer.signals import SIGNALS
from scorer.types import Page

HEADINGS = ("**Measured as**", "**Why it matters**", "**Known limits**", "**Source**")
by_name = pytest.mark.parametrize("signal", SIGNALS, ids=lambda s: s.name)


@by_name
def test_evidence_is_what_the_examples_mark(signal):
    for example in (*signal.fires, *signal.silent):
        article, _, places = read_example(signal, example)
        evidence = [(span.start, span.end) for span in signal.measure(article).evidence]
        expected = places if example in signal.fires else evidence
        assert sorted(evidence) == expected, f"{example!r}: {[article.text[a:b] for a, b in sorted(evidence)]}"


@by_name
def test_every_fires_measures_above_every_silent(signal):
    fires = [signal.measure(read_example(signal, e)[0]).value for e in signal.fires]
    silent = [signal.measure(read_example(signal, e)[0]).value for e in signal.silent]
    assert len(fires) >= 4 and len(silent) >= 4
    assert len({*signal.fires, *signal.silent}) == len(fires) + len(silent), "an example is given twice"
    assert not any(math.isnan(value) for value in fires + silent)
    assert min(fires) > max(silent), (fires, silent)


@by_name
def test_an_empty_article_is_not_measured(signal):
    for content in ("", " \n\t\n"):
        assert math.isnan(signal.measure(parse(Page(id="empty", content=content))).value)


@by_name
def test_evidence_lies_in_the_text(signal):
    for example in signal.fires:
        article, _, _ = read_example(signal, example)
        for span in signal.measure(article).evidence:
            assert 0 <= span.start < span.end <= len(article.text)


@by_name
def test_documented_under_four_headings(signal):
    doc = __import__(signal.measure.__module__, fromlist=["x"]).__doc__
    positions = [doc.find(heading) for heading in HEADINGS]
    assert -1 not in positions and positions == sorted(positions)


def test_every_file_is_listed_once_under_its_name():
    files = sorted(module.name for module in pkgutil.iter_modules(scorer.signals.__path__))
    assert sorted(signal.name for signal in SIGNALS) == files
    for signal in SIGNALS:
        assert signal.measure.__module__ == f"scorer.signals.{signal.name}"
