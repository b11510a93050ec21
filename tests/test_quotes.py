"""Examples: «marks» stand around each quotation expected; they nest where quotations do."""

import pytest
from linear import check_linear

from scorer.parse.quotes import find_quotes
from scorer.types import Span

EXAMPLES = {
    "straight": 'He said «"it is over"» and left.',
    "curly": "He said «“it is over”» and left.",
    "single": "He said «‘it is over’» and left.",
    "straight single": "He said «'it is over'» and left.",
    "two straight single marks": "He said «''it is over''» and left.",
    "guillemets of the text": "He said it is over.",
    "several": 'Both «"yes"» and «"no"» were heard.',
    "comma inside": "«“It is over,”» she said.",
    "nested": "«“He told me «‘go away’» twice,”» she said.",
    "nested at the end": "«“They say: «‘That’s it, the end of the nation,’»”» he said.",
    "nested, single outside": "«‘He told me «“go away”» twice’», she said.",
    "nested, alike": "«“People wearing «“Vote”» shirts came,”» she said.",
    "nested, straight and alike": '«"People wearing «"Vote"» shirts came,"» she said.',
    "unclosed": "She said: «“It is over. We shall go home.»",
    "unclosed before another": "«“It is over, she said.» «“We go,”» she added.",
    "paragraphs": "«“It is over.»\n«“We go home,”» she said.",
    "paragraphs, three": "She said: «“It is over.»\n«“We go home.»\n«“Never again.”» That was all.",
    "goes on without a mark": "She said: «“It is over.»\n«We go home,”» and left.",
    "apostrophes": "It's the dogs' home, isn’t it; the workers’ rights and Chris’ hat.",
    "elisions": "In the '90s, the ’80s and ‘08, ’twas rock 'n' roll; get 'em, ‘tis so.",
    "decade and possessive": "the late 1990s’ music and the 1980s' films",
    "apostrophe in single": "He said «‘I don’t know the workers’ rights well’» and left.",
    "possessive in single": "They hail «‘Belarus’ role in the war’» as great.",
    "single mark inside double": "«“The workers’ rights aren’t 'up for grabs,”» she said.",
    "inches and minutes": "He is 6' 2\" tall, ran 5' and owns a 12\" pizza.",
    "feet and inches in a quotation": '«"He\'s 5\'10" tall,"» she said.',
    "after brackets": "The deal («“a disaster”») and [«'a mess'»] fell.",
    "after dashes": "The deal—«“a disaster”»—fell; a mess – «'really'» – it was–«\"so\"».",
    "curly opened, straight closed": 'She said «“it is over"» and left.',
    "straight opened, curly closed": 'She said «"it is over”» and left.',
    "opening mark at both ends": "It is «“the best in the world“» and more.",
    "closing mark at both ends": "It is «”the best in the world”» and more.",
    "low opening mark": "It is «„the best“» of all.",
    "opening mark doubled": 'He said: «"“You do not win,”» Rubio replied.',
    "quotation of one word": "He is «“great.”»",
    "closing mark alone": "It is over” and done.",
    "quotation ends the text": "He said «“no”»",
    "nothing": "",
}


def read(example):
    """The text without marks, its paragraphs, and the spans the marks stand for."""
    text, opened, spans = "", [], []
    for char in example:
        if char == "«":
            opened.append(len(text))
        elif char == "»":
            spans.append((opened.pop(), len(text)))
        else:
            text += char
    paragraphs, at = [], 0
    for line in text.split("\n"):
        if line:
            paragraphs.append(Span(at, at + len(line), "body"))
        at += len(line) + 1
    return text, paragraphs, sorted(spans)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_quotes(example):
    text, paragraphs, spans = read(example)
    found = find_quotes(text, paragraphs)
    assert [text[q.start : q.end] for q in found] == [text[a:b] for a, b in spans]
    assert [(q.start, q.end) for q in found] == spans


def test_guillemets():
    text = "He said «it is over» and left."
    assert [text[q.start : q.end] for q in find_quotes(text, [Span(0, len(text), "body")])] == ["«it is over»"]


def test_only_paragraphs_are_searched():
    text = "“A” one “B” two “C”"
    assert find_quotes(text, [Span(8, 15, "body")]) == [Span(8, 11, "quote")]


PIECES = {
    "straight": ' "a" b',
    "curly": " “a” b",
    "only opening": " “a",
    "only closing": "a” ",
    "single": " ‘a’ b",
    "possessives in single": " ‘as’ b",
    "paragraphs": " “a\n",
    "straight single": " 'a",
    "doubled": "''",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_time_is_linear(piece):
    check_linear(lambda given: find_quotes(*given), lambda n: read(piece * (n // len(piece)))[:2])
