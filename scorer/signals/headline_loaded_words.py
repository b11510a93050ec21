"""Loaded words in the headline: fear, outrage, awe, celebrity gossip, disaster, superlatives, partisan labels.

**Measured as** the number of terms of the lists `fear`, `outrage`, `awe`, `celebrity`, `disaster`, `superlatives` and
`partisan_labels` in the headline, quotations included, the widest where terms overlap; higher is more sensational.

**Why it matters** The headline is where wording sells hardest, and the only part that most readers see. Quotations
count here because the outlet chose which words of a speaker to set in large type.

**Known limits** A loaded word may be apt, or part of a title or name. A term that another list's longer term overlaps
is counted once.

**Source** Molek-Kozakowska (2013), "Towards a pragma-linguistic framework for the study of sensationalism in news
headlines", Discourse & Communication 7(2); lists written for this project, see scorer/lexicons/fear.txt,
scorer/lexicons/outrage.txt and the others named above.
"""

from scorer.counting import UNMEASURED, terms_in_headline
from scorer.types import Article, Measurement, Signal

_LISTS = ("fear", "outrage", "awe", "celebrity", "disaster", "superlatives", "partisan_labels")


def measure(article: Article) -> Measurement:
    """Count of loaded terms in the headline."""
    if not article.headline_words:
        return UNMEASURED
    found = terms_in_headline(article, *_LISTS)
    return Measurement(float(len(found)), found)


SIGNAL = Signal(
    name="headline_loaded_words",
    group="headline",
    measure=measure,
    fires=(
        "«Horrifying» video shows the moment a crane falls on a bus",
        "Residents call bin charge a '«disgraceful»' tax on the old",
        "Singer looks «amazing» at film première in Cannes",
        "Chancellor «slammed» over plan to cut winter fuel payment",
    ),
    silent=(
        "Video shows crane falling on a bus in Rotterdam",
        "Residents object to new charge for garden waste",
        "Singer attends film première in Cannes with her brother",
        "Forty-one killed as ferry sinks off Batangas in storm",
    ),
)
