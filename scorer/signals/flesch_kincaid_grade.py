"""The school grade a reader needs, by sentence length and syllables.

**Measured as** 0.39 × words per sentence + 11.8 × syllables per word − 15.59, held between 0 and 20; higher is harder
to read. Syllables are estimated as 0.95 for each group of vowels, because about one group in twenty is a silent e.
NaN without a sentence. The evidence is the longest sentence by characters.

**Why it matters** Long words and sentences make a text harder; popular papers are written for an easier grade than
serious ones.

**Known limits** The estimate of syllables is right on average, not word by word. Letters with accents and numbers in
digits are taken to have no syllable. Alone it says nothing of quality.

**Source** Kincaid, Fishburne, Rogers and Chissom (1975), "Derivation of New Readability Formulas (Automated
Readability Index, Fog Count and Flesch Reading Ease Formula) for Navy Enlisted Personnel", Research Branch Report
8-75.
"""

from scorer.counting import UNMEASURED, longest_sentence
from scorer.types import Article, Measurement, Signal

_VOWELS = bytes(ord("a") if chr(byte) in "aeiouy" else ord("b") for byte in range(256))

# About one group of vowels in twenty is no syllable, mostly a silent e. With this share the grade is off by less than
# 0.1 on average and by 0.4 from article to article, against the CMU Pronouncing Dictionary on 169 news articles.
_SYLLABLES_PER_GROUP = 0.95
_EASIEST, _HARDEST = 0.0, 20.0


def measure(article: Article) -> Measurement:
    """Flesch-Kincaid grade, between 0 and 20."""
    n_words, n_sentences = article.n_words, len(article.sentences)
    if not n_words or not n_sentences:
        return UNMEASURED
    syllables = _SYLLABLES_PER_GROUP * _vowel_groups(article)
    grade = 0.39 * n_words / n_sentences + 11.8 * syllables / n_words - 15.59
    return Measurement(min(max(grade, _EASIEST), _HARDEST), longest_sentence(article))


def _vowel_groups(article: Article) -> int:
    """Count the groups of vowels in the body's words: two passes over their bytes, no loop over the words."""
    return article.body_spaced.translate(_VOWELS).count(b"ba")


SIGNAL = Signal(
    name="flesch_kincaid_grade",
    group="readability",
    measure=measure,
    fires=(
        (
            "«Negotiations over agricultural subsidies collapsed yesterday because neither delegation "
            "considered additional concessions.»"
        ),
        (
            "«Meteorological observations demonstrate considerable regional differences in average "
            "precipitation, according to university researchers.»"
        ),
        (
            "«The administration’s environmental regulations require manufacturers to publish independent "
            "evaluations of industrial emissions.»"
        ),
        (
            "Officials resigned. «Parliamentary investigators discovered irregularities in the procurement of "
            "communications equipment for hospitals.»"
        ),
    ),
    silent=(
        "The talks on farm aid broke up on Monday. No side would give way. They meet again in May.",
        "More rain fell in the west than in the east. The north was dry. Most of the rain came in June.",
        "The new rules ask the firms to show how much smoke they make. A lab will do the tests.",
        "He quit. The board found that the phones had cost too much. The clinics got the old ones back.",
    ),
)
