"""A byline that names a person.

**Measured as** 1 if a byline zone holds a person's name (two or more capitalised words that are no function, outlet or
pen name), else 0; NaN without a body. Higher is better sourced.

**Why it matters** A named writer can be asked and can be held to account; a name is the first thing that readers and
editors look for when they judge who stands behind a text.

**Known limits** A pen name made like a real one ("Brass Heron") counts as a name. Writers known by one name do not
count. A reporter named only at the foot of wire copy is a provenance line, which `source_line_named` reads.

**Source** Reich (2010), "Constrained authors: Bylines and authorship in news reporting", Journalism 11(6); pen names
are a list written for this project, see scorer/lexicons/pseudonyms.txt.
"""

from scorer.counting import UNMEASURED
from scorer.credits import person_in_byline
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Whether the byline names a person."""
    if not article.n_words:
        return UNMEASURED
    name = person_in_byline(article)
    return Measurement(1.0, (name,)) if name else Measurement(0.0)


SIGNAL = Signal(
    name="byline_named",
    group="provenance",
    measure=measure,
    fires=(
        "Bus fares to rise in April\n\nBy «Lena Ord»\n\nFares on the city's buses will rise by six percent from "
        "April, the "
        "operator said.\n\nThe last increase was in 2021, when a single ticket cost two pounds.",
        "Rain delays the start of the cherry harvest\n\n«MARTIN VAN DER VELDE», Farming Correspondent\n4 June "
        "2023\n\nGrowers "
        "in the valley have put off the cherry harvest by a week because of rain.\n\nMost of the crop is sold abroad.",
        "Library to open on Sundays\n\nWritten by «Dr. Ana de la Cruz» for The Harbour Post\n\nThe central library "
        "will open "
        "on Sundays from next month, its director said on Tuesday.\n\nEntry remains free.",
        "Two ferries cancelled after engine fault\n\nPosted by «Silas O’Hare» | June 11, 2022\n\nTwo sailings were "
        "cancelled on "
        "Friday after a fault in an engine was found in the yard.\n\nPassengers were given seats on a later boat.",
    ),
    silent=(
        "Bus fares to rise in April\n\nBy Staff Writer\n\nFares on the city's buses will rise by six percent from "
        "April, the "
        "operator said.\n\nThe last increase was in 2021, when a single ticket cost two pounds.",
        "Rain delays the start of the cherry harvest\n\nBy NewsHound99\n\nGrowers in the valley have put off the "
        "cherry harvest "
        "by a week because of rain.\n\nMost of the crop is sold abroad.",
        "Library to open on Sundays\n\nThe central library will open on Sundays from next month, said its director, "
        "Ana de la "
        "Cruz.\n\nEntry remains free, and by June the cafe will be open too.",
        "Two ferries cancelled after engine fault\n\nBy Tyler Durden\n\nTwo sailings were cancelled on Friday after a "
        "fault in "
        "an engine was found in the yard.\n\nPassengers were given seats on a later boat.",
    ),
)
