"""Loaded words inside quotations: speakers who supply the colour.

**Measured as** terms of the lists `fear`, `outrage`, `awe`, `disaster` and `superlatives` inside quotations, per 100
words of the whole body (over at least 100 words), 0 upwards; higher is more sensational.

**Why it matters** Sensational copy often keeps its own words plain and picks the quotations for their heat. The
choice of quotation is the writer's, even though the words are the speaker's.

**Known limits** Witnesses of terrible events speak of them so, and to quote them is right; the model weighs this far
below the reporter's own words. A phrase that stands in two lists counts once.

**Source** Molek-Kozakowska (2013), "Towards a pragma-linguistic framework for the study of sensationalism in news
headlines", Discourse & Communication 7(2); lists written for this project, see scorer/lexicons.
"""

from scorer.counting import in_quotations
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count loaded terms inside quotations per 100 words of the body."""
    return in_quotations(article, "fear", "outrage", "awe", "disaster", "superlatives")


SIGNAL = Signal(
    name="quoted_loaded_words",
    group="body",
    measure=measure,
    fires=(
        "“It was a «nightmare» from start to finish,” said a man who gave his name as Pete.",
        "One viewer wrote: “This is «disgusting», «shame on» the lot of them,” under the clip.",
        "“I was «gobsmacked» when I saw the bill,” said the pensioner, who lives in Hove.",
        "“We are looking at a total «catastrophe» here,” said the shopkeeper on Friday.",
    ),
    silent=(
        "“It took four hours from start to finish,” said a man who gave his name as Pete.",
        "It was a terrifying and shameful night, and people said “we want to go home” to reporters.",
        "“The bill was twice what I paid last year,” said the pensioner, who lives in Hove.",
        "“We have lost about a third of our stock,” said the shopkeeper on Friday.",
    ),
)
