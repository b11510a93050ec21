"""Time grows with the text, not with its square: for the parsers, all signals, the model's words and every report.

Each text below repeats what could make a parser or a pattern look again and again at the same characters.
"""

import io
from functools import cache
from importlib import import_module

import pytest
from linear import LEAST, SHORTEST, check_linear, cost

import scorer
from scorer.model import load
from scorer.parse import parse
from scorer.pipeline import score_page
from scorer.read import decode
from scorer.report import csv, jsonl, terminal
from scorer.signals import SIGNALS
from scorer.types import Page

UNITS = {
    "letters": "a",
    "capitals": "A",
    "capitalised words": "Ada ",
    "initials": "A. ",
    "words": "word ",
    "lines of words": "word word word\n",
    "sentences": "The council met. ",
    "abbreviations": "Mr. ",
    "dots": ".",
    "spaced dots": ". ",
    "ellipses": "… ",
    "dashes": "-",
    "long dashes": "— ",
    "commas": ", ",
    "colons": ": ",
    "marks": "!?",
    "digits": "1",
    "figures": "1,234.5 ",
    "dates": "4 May 2024 ",
    "half dates": "May ",
    "times": "10:20 ",
    "straight quotes": '"',
    "spaced straight quotes": '" ',
    "apostrophes": "'",
    "spaced apostrophes": " 'a",
    "opening quotes": "“",
    "opening single quotes": " ‘a",
    "closing quotes": "”",
    "quoted words": "“a” ",
    "nested quotes": "“a ‘b ",
    "unclosed quotes by paragraph": "“a word\n\n",
    "apostrophes in words": "it's ",
    "round brackets": "(",
    "pairs of brackets": "() ",
    "square brackets": "[",
    "tags begun": "[A",
    "tags": "Video [VIDEO]\n",
    "no-break spaces": "\u00a0",
    "spaces": " ",
    "tabs": "\t",
    "line feeds": "\n",
    "blank lines": "\n \n",
    "nothing printed": "\u200b",
    "words with nothing printed between": "said\u200b ",
    "accents": "e\u0301",
    "emoji": "😱 ",
    "other scripts": "новости ",
    "By": "By ",
    "bylines": "By Ada Brook\n",
    "bylines and": "and Ada Brook ",
    "said": "said ",
    "said Ada": "said Ada ",
    "according to": "according to ",
    "quoted and said": '"It is," said Ada Brook. ',
    "said that": "Ada Brook said that ",
    "sources say": "sources say ",
    "it is claimed": "It is claimed that ",
    "of": "of the ",
    "commas and capitals": "Ada, ",
    "READ MORE": "READ MORE: ",
    "headings of links": "READ MORE\n",
    "links cut off": "Swans block the towpath…\n",
    "headlines": "Swans block the towpath\n\n",
    "sign up": "Sign up to our newsletter ",
    "advertisement": "Advertisement\n",
    "cookies": "We value your privacy\n\n",
    "source lines": "Source: Read Full Article\n",
    "copyright": "© ",
    "horror": "chilling horror ",
    "addresses": "https://example.org/a?b=c&",
    "at signs": "a@",
    "hashes": "#",
    "stars": "*",
    "bars": "| ",
    "underscores": "_",
    "slashes": "/",
    "wrapped lines": "the council met on the plan and then it\nheard from four of the people who use\n\n",
    "tags of HTML": "<p>",
    "tags of HTML begun": "<a ",
    "comments of HTML begun": "<!--",
    "entities": "&amp;",
    "entities begun": "&",
}
HTML_UNITS = {
    "open divisions": "<div>",
    "closing divisions": "</div>",
    "paragraphs": "<p>The council met.</p>",
    "open paragraphs": "<p>a",
    "open spans": "<span>a",
    "open bold": "<b>a",
    "misnested": "<b><i></b></i>",
    "links": '<a href="/a">Swans block the towpath</a>',
    "open links": "<a href=x>a",
    "lists": "<ul><li><a href=x>Swans block the towpath</a>",
    "table cells": "<table><tr><td>",
    "breaks": "a<br>",
    "attributes": "<p a=b ",
    "quotes of attributes": "<p a='",
    "scripts": "<script>",
    "comments": "<!-- a -->",
    "comments begun": "<!--",
    "declarations begun": "<!",
    "instructions begun": "<?",
    "sections of characters": "<![CDATA[",
    "angle brackets": "<",
    "entities": "&amp;",
    "entities begun": "&#",
    "data of publishers": '<script type="application/ld+json">{"a":[',
    "metadata": '<meta property="og:title" content="a">',
    "headings": "<h1>a</h1>",
    "quotations": "<blockquote>",
    "figures": "<figure><figcaption>a",
    "bylines": "<p>By Ada Brook, ",
    "dates": "<p>May 4, 2021 ",
    "times": "<time datetime=2021-05-04>a",
    "lists begun": "<p>Related news:</p><a href=x>Swans block the towpath</a>",
    "labels": "<p>Sponsored by ",
    "authors in scripts": '"author":[{"name":"',
    "dates in scripts": '"datePublished":"',
}
# Around what is repeated, so that it stands in the body, in the headline, or on the only line.
FRAMES = {
    "alone": "{}",
    "body": "Council meets on new library plan\n\nThe council met on Tuesday to hear about it. {}\n\nThe vote is in May.\n",
}


@pytest.fixture(autouse=True)
def _no_page_is_too_large(monkeypatch):
    """What is not parsed would seem to take no time."""
    for module, bound in (
        ("parse", "MOST_BLOCKS"),
        ("parse.plain", "MOST_BLOCKS"),
        ("parse.html", "MOST_BLOCKS"),
        ("parse.html", "MOST_CONTAINERS"),
        ("parse.html_stream", "MOST_CONTAINERS"),
    ):
        monkeypatch.setattr(import_module(f"scorer.{module}"), bound, 1 << 60)


def text_of(unit, frame, n_characters):
    return FRAMES[frame].format(unit * (n_characters // len(unit)))


def page_of(text, media):
    return Page(id="x", content=text, media=media)


def parse_and_measure(page):
    article = parse(page)
    for signal in SIGNALS:
        signal.measure(article)
    return article


by_unit = pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)


@pytest.mark.parametrize("frame", FRAMES)
@by_unit
def test_parsing_and_measuring_plain_text(unit, frame):
    check_linear(parse_and_measure, lambda n: page_of(text_of(unit, frame, n), "text"))


@pytest.mark.parametrize("unit", [*HTML_UNITS.values(), '"', "said Ada ", "“a", "By Ada "], ids=lambda unit: unit.strip())
def test_parsing_and_measuring_html(unit):
    try:
        parse(page_of("<p>a", "html"))
    except ValueError:
        pytest.skip("HTML is not parsed yet")
    check_linear(parse_and_measure, lambda n: page_of(unit * (n // len(unit)), "html"))


@by_unit
def test_each_signal(unit):
    """A signal may hide behind the parser's time: each alone, on an article that is parsed already."""

    @cache
    def article(n_characters):
        return parse(page_of(text_of(unit, "body", n_characters), "text"))

    for signal in SIGNALS:
        if cost(signal.measure, article(4 * SHORTEST))[0] >= LEAST:
            check_linear(signal.measure, article)


@by_unit
def test_reading_bytes(unit):
    for encoding in ("utf-8", "utf-16-le"):
        check_linear(decode, lambda n, encoding=encoding: (unit * (n // len(unit))).encode(encoding))


@pytest.mark.parametrize("unit", ["\xff", "\x00", "â€™", "Ã©", "a\xe9", "\r", "\r\n"], ids=ascii)
def test_reading_bytes_that_must_be_mended(unit):
    check_linear(decode, lambda n: (unit * (n // len(unit))).encode("latin-1", "ignore"))
    check_linear(decode, lambda n: (unit * (n // len(unit))).encode("utf-8"))


@pytest.mark.parametrize(
    "name",
    ["words", "horror", "quoted words", "headlines", "figures", "tags", "emoji", "said that", "line feeds", "sentences", "marks"],
)
def test_scoring_and_every_report(name, small_model):
    model = load(small_model)
    scores = {}

    def scored(n):
        return scores.setdefault(n, score_page(page_of(text_of(UNITS[name], "body", n), "text"), model))

    def print_it(score):
        file = io.StringIO()
        terminal.print_article(score, file)
        return file.getvalue()

    check_linear(lambda page: score_page(page, model), lambda n: page_of(text_of(UNITS[name], "body", n), "text"))
    for step in (print_it, lambda score: list(jsonl.report([score])), lambda score: list(csv.report([score]))):
        check_linear(step, scored)


def test_one_line_of_four_megabytes(small_model):
    text = "The council met and said “it is a plan” on 4 May. " * 80_000
    score = scorer.score(text, model=small_model)
    assert len(score.article.text) == 4_000_000
    assert score.abstained is not None and score.abstained.startswith("out of the training range")


# ---- the test of the test


def test_a_quadratic_step_is_found():
    def quadratic(text):
        return sum(text[i:].count("b") for i in range(0, len(text), 64))

    with pytest.raises(pytest.fail.Exception, match="times as long"):
        check_linear(quadratic, lambda n: "a" * n)


def test_a_linear_step_passes():
    check_linear(lambda text: sum(map(ord, text)), lambda n: "a" * n)
