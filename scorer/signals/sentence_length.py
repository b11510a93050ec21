"""How long the sentences are.

**Measured as** words of the body divided by its sentences, held between 10 and 40; higher means longer sentences.
Below 10 it is a list or a caption, above 40 mostly a page whose full stops were lost: neither tells how the article
is written. NaN without a sentence. The evidence is the longest sentence by characters.

**Why it matters** Popular and serious papers differ in sentence length; agencies aim at short sentences with one
thought each.

**Known limits** Full stops in names and initials may end a sentence early. Alone it says nothing of quality: its sign
differs between collections.

**Source** Flesch (1948), "A New Readability Yardstick", Journal of Applied Psychology 32(3); the bounds are ours.
"""

from scorer.counting import UNMEASURED, longest_sentence
from scorer.types import Article, Measurement, Signal

# Outside these bounds it is the page's layout that is measured: lists below, lost full stops above.
_SHORTEST, _LONGEST = 10.0, 40.0


def measure(article: Article) -> Measurement:
    """Mean words per sentence, between 10 and 40."""
    if not article.sentences or not article.n_words:
        return UNMEASURED
    mean = article.n_words / len(article.sentences)
    return Measurement(min(max(mean, _SHORTEST), _LONGEST), longest_sentence(article))


SIGNAL = Signal(
    name="sentence_length",
    group="readability",
    measure=measure,
    fires=(
        (
            "«The committee, which had met in the morning to hear from the engineers, decided in the afternoon "
            "to put off the vote.»"
        ),
        (
            "«Because the river had risen above the lower bridge during the night, the buses that serve the "
            "villages were sent by the hill road.»"
        ),
        (
            "It rained. «The farmer, who had waited since the end of June for a week in which the hay could be "
            "cut, turned back at the gate, sold the machine to his neighbour in the next valley and took a job "
            "at the mill that his father had left.»"
        ),
        (
            "«She wrote to the bank, to the ombudsman, to the newspaper and at last to the minister, and none "
            "of them answered before Christmas.»"
        ),
    ),
    silent=(
        "The committee met in the morning. It heard from the engineers. The vote was put off.",
        "The river rose in the night. The lower bridge was shut. Buses took the hill road.",
        "It rained all week. The hay was not cut. The farmer sold the machine to his neighbour.",
        "She wrote to the bank. She wrote to the minister. Nobody answered before Christmas.",
    ),
)
