"""Words held in quotation marks that nobody is given as saying.

**Measured as** quotations of one to three words with no attribution cue in their sentence, per 100 words of the body
(over at least 100 words), 0 upwards; higher is more sensational. A quotation inside another and one that begins with
a capital (a title, a nickname) do not count.

**Why it matters** Marks round a word or two, with nobody to say them, let the writer use a word and disown it at
once: a ‘cure’, a ‘natural’ remedy.

**Known limits** Terms being explained and words that a source used earlier in the text count. The source may stand in
the next sentence.

**Source** Predelli (2003), "Scare Quotes and Their Relation to Other Semantic Issues", Linguistics and Philosophy
26(1); the count is ours.
"""

from bisect import bisect_left

from scorer.counting import per_100_words, sentence_at
from scorer.types import Article, Measurement, Signal, Span

_CUES = ("cues_neutral", "cues_editorial", "cues_doubt")

# Three words, and no longer than this: a line without spaces is no quotation.
_MOST_SPACES, _LONGEST = 2, 60


def measure(article: Article) -> Measurement:
    """Short quotations without an attribution cue in their sentence, per 100 words of the body."""
    text = article.text
    found = [
        quote
        for quote in article.quotations
        if quote.end - quote.start <= _LONGEST
        and not text[quote.start + 1 : quote.start + 2].isupper()
        and text.count(" ", quote.start, quote.end) <= _MOST_SPACES
        and not _has_cue(article, quote)
    ]
    return per_100_words(found, article.n_words)


def _has_cue(article: Article, quote: Span) -> bool:
    """Whether a verb of saying stands in the sentence of `quote`, outside quotations."""
    sentence = article.sentences[sentence_at(article, quote.start)]
    for name in _CUES:
        cues = article.found(name, "voice")
        if cues:
            first = bisect_left(cues, (sentence.start,))
            if first < len(cues) and cues[first].start < sentence.end:
                return True
    return False


SIGNAL = Signal(
    name="scare_quotes",
    group="body",
    measure=measure,
    fires=(
        "The clinic sells a «‘natural’» cure for back pain at ninety pounds a bottle.",
        "The «“experts”» on the panel have between them one degree, in hotel management.",
        "The council’s «“listening exercise”» lasted for one hour on a Tuesday morning.",
        "A «‘miracle’» diet of boiled eggs has brought the «‘wellness guru’» two million followers.",
    ),
    silent=(
        "The clinic sells a herbal cure for back pain at ninety pounds a bottle.",
        "Mr Ogden called the plan “reckless” and said that he would vote against it.",
        "The council’s hearing lasted for one hour on a Tuesday morning in the town hall.",
        "The band opened with “Yesterday” and closed two hours later with “Hey Jude” in the rain.",
    ),
)
