"""Examples: {source}, <cue>, «content»; {!source} is a named one. Without braces: an attribution without a source."""

import re

import pytest
from linear import check_linear

from scorer.parse.attributions import find_attributions
from scorer.parse.quotes import find_quotes
from scorer.text import sentence_ends
from scorer.types import Span

EXAMPLES = {
    # who
    "name": "{!Lukashenko} <said> «Belarus will not enter the war.»",
    "name and office": "{!Defense Secretary Ash Carter} <said> «the approach remained one of strength.»",
    "name of an office before": "{!Kremlin spokesman Dmitry Peskov} <told> «reporters that Belarus was an ally.»",
    "office": "{The Russian leader} has <said> «he is doing everything to stop the war.»",
    "capitalised office": "{The President} <said> «the talks had failed.»",
    "pronoun": "Then {she} <noted> «that events may change things.»",
    "contraction": "And {he}’s <claiming> «that the count was wrong.»",
    "organisation": "{!The Pentagon} <said> «it did not see any activity.»",
    "organisation of": "{!The General Staff} <added> «that the units were moving.»",
    "organisation with of inside": "{!The Department of Justice} <said> «it would appeal.»",
    "ministry": "{!the Belarusian defense ministry} <said> «the exercises had begun.»",
    "administration": "{!The Obama administration} <announced> «a new rule on coal.»",
    "spokesman for": "{!A spokesman for the Pentagon} <said> «that no decision had been taken.»",
    "month as a name": "{!Theresa May} <said> «the vote would be held in June.»",
    "title saves a name": "{!Mr. White} <said> «the vote would be held in June.»",
    "party in brackets": "{!Rep. Elijah Cummings} (D-Md.) <said> «the inquiry would go on.»",
    "abbreviation": "{!Donald Trump Jr.} <said> «the meeting was short.»",
    "odd spaces": "{!Major\u00a0General  Andrii Kovalchuk} <said> «the troops were ready.»",
    # who is nobody in particular
    "nationality": "{Ukrainian officials} <said> «the talks had failed.»",
    "nationality alone": "{The Russians} <said> «the talks had failed.»",
    "plural at the start": "{Experts} <warned> «that the bridge may fall.»",
    "common plural at the start": "{Residents} <said> «they had heard a bang.»",
    "quantifier": "{Some} <say> «the bridge may fall.»",
    "vague source with a name": "{Sources close to Prince Harry} <said> «he was hurt.»",
    "analysts": "{Western military analysts} <say> «the army lacks strength.»",
    # between the source and the cue
    "auxiliaries": "{!Serhiy Nayev} had later also <stated> «that the talks would address it.»",
    "adverb": "{!Lukashenko} abruptly <said> «at a meeting that he would not yield.»",
    "day": "{!Lukashenko} on Monday <said> «that he would not yield.»",
    "week": "{!Lisa Haseldine} this week <argued> «that it was a risky move.»",
    "infinitive": "{!Mr. Smith} declined to <say> «whether the talks had failed.»",
    "apposition": "{!Serhiy Nayev}, the commander of the Ukrainian forces, had <stated> «that the talks would address it.»",
    "two appositions": "{!Lance Beebe}, 49, a veteran who lives in Ohio, <said> «the race was close.»",
    "name as apposition": "Ukraine’s top general, {!Valery Zaluzhniy}, <warned> «that Russia was preparing troops.»",
    "relative": "They met {!John Smith}, who <said> «the talks had failed.»",
    "bracket before": "It was late (the hour was {!Smith} <said> «nine), and dark.»",
    # order
    "inverted after a quotation": "«“It is over,”» <said> {!Mr Smith}.",
    "inverted, unnamed": "«“It is over,”» <said> {a police officer} who was there.",
    "after a quotation": "«“It is over,”» {he} <said>.",
    "after a quotation, name": "«“It is over,”» {!President Zelensky} <said> on Friday.",
    "colon": "{He} <said> on June 6: «“We are ready.”»",
    "clause before": "«The talks had failed», {!Smith} <said>.",
    "inverted clause": "«The talks had failed», <said> {!John Smith}.",
    "single quotes": "«‘It is over,’» {she} <said>.",
    "straight quotes": '{She} <said>: «"It is over."»',
    # according to
    "according to, at the end": "«Only 23 percent support the war», <according to> {!Chatham House data} posted in July.",
    "according to, at the start": "<According to> {!Ukraine’s top general Valery Zaluzhniy}, «Russia is assembling troops.»",
    "according to an organisation": "«The talks had failed», <according to> {!the Department of Justice}.",
    "according to somebody": "«It is for the purpose of peace», <according to> {some commentators}.",
    "according to a document of": "«The rate fell», <according to> {!data} from the Bureau of Labor.",
    "according to officials": "«It would be unpopular», <according to> {foreign officials} in Moscow.",
    # shared subjects
    "and": "{!Smith} <said> «the talks had failed and» <added> «that more would follow.»",
    "as": "{!Peskov} was <quoted> by the media as <claiming> «that nobody was pushed.»",
    "passive with an agent": "The place was <described> by {!John Smith} as «“a mess”».",
    # nobody
    "it is claimed": "It was <claimed> «that the bridge fell.»",
    "reportedly": "«The bridge» <reportedly> «fell.»",
    "document": "{A new study} <found> «that the bridge may fall.»",
    "document without that": "{!A CNN poll} <showed> «a close race in Ohio.»",
}
SILENT = {
    "nouns": "The report from the staff was late, and claims that he left were false.",
    "noun after an adjective": "It won the key states of Florida and Ohio in three previous reports.",
    "noun after a verb": "Lukashenko appeared to reject claims that Belarus is a puppet.",
    "compound noun": "An airborne early warning aircraft was sent, and a state visit was planned.",
    "the United States": "He left the United States for good in May.",
    "possessive": "The state’s governor left, and Putin’s demands were met.",
    "where it was said": "Speaking to the crowd, the president smiled.",
    "weak cues": "Ukraine will demand tanks, the fear will continue and Russia finds it hard.",
    "promise": "Putin promised Lukashenko new missiles.",
    "noun after a quantifier": "In another call for weapons, the army moved.",
    "markup": 'Here <tweet id="1"> and </tweet> stand.',
    "no cue": "The bridge fell on Monday.",
    "nothing": "",
}

# Its own short lists, so that an edit of the lexicons changes no test here.
CUES = {cue for example in EXAMPLES.values() for cue in re.findall("<([^>]*)>", example)} | {
    *("report", "reports", "claims", "denied", "states", "state", "warning", "demands", "demand", "continue", "finds"),
    *("promised", "tweet", "saying", "speaking to", "call for"),
}
LISTS = {"cues_neutral": CUES, "vague_sources": ["sources close to", "some commentators", "it was claimed", "sources say"]}
TERMS = {
    name: re.compile(rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True))})\b", re.IGNORECASE) for name, words in LISTS.items()
}


def find(text):
    """The attributions of a text whose paragraphs are its lines."""
    body, sentences, at = [], [], 0
    for line in text.split("\n"):
        if line:
            body.append(Span(at, at + len(line), "body"))
        at += len(line) + 1
    for paragraph in body:
        start = paragraph.start
        for end in sentence_ends(text, paragraph.start, paragraph.end):
            while start < end and text[start].isspace():
                start += 1
            if start < end:
                sentences.append(Span(start, end, "sentence"))
            start = end
    quotes = find_quotes(text, body)
    inside = bytearray(len(text) + 1)
    for quote in quotes:
        inside[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
    hits = {
        (name, "voice"): [Span(*m.span(), name) for m in TERMS[name].finditer(text) if not inside[m.start()]] for name in LISTS
    }
    return sentences, quotes, hits


def show(text, one):
    """An attribution as (source, named, cue)."""
    return one.source and text[one.source.start : one.source.end], one.named, text[one.cue.start : one.cue.end]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_attributions(example):
    text = re.sub(r"[{}<>«»]|(?<=\{)!", "", example)
    named = "{!" in example
    sources = re.findall(r"\{!?([^}]*)\}", example) or [None]
    cues = re.findall(r"<([^>]*)>", example)
    if len(cues) > len([source for source in sources if source]):
        sources = [sources[0]] * len(cues)  # they share it
    found = find_attributions(text, *find(text))
    assert [show(text, one) for one in found] == [(source, named, cue) for source, cue in zip(sources, cues, strict=True)]
    contents = re.findall(r"«([^»]*)»", re.sub(r"[{}<>]|(?<=\{)!", "", example))
    assert text[found[-1].content.start : found[-1].content.end] in contents


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text):
    assert [show(text, one) for one in find_attributions(text, *find(text))] == []


def test_only_the_reporters_words_count():
    text = "“He said that all was well,” she added."
    assert [show(text, one) for one in find_attributions(text, *find(text))] == [("she", False, "added")]


PIECES = {
    "quotations": "“a” he said ",
    "cues": "said ",
    "cues after commas": "Smith, said, ",
    "participles": "saying, ",
    "one sentence": "and the man who said that he had ",
    "capitalised words": "Alpha ",
    "capitalised words and a cue": "Alpha Beta Gamma Delta said ",
    "according": "according to Alpha, ",
    "prepositions": "the man of the house said of the man ",
    "brackets": "Smith (D) said ",
    "sentences": "He said no. ",
    "spaces": "He      said        ",
    "vague": "sources say ",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_time_is_linear(piece):
    def found(n):
        text = piece * (n // len(piece))
        return text, *find(text)

    check_linear(lambda given: find_attributions(*given), found)
