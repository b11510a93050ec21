"""The reporter as I or we, outside quotations.

**Measured as** terms of the list `first_person_reporter` per 100 words of the body outside quotations (over at least
100 words), 0 upwards; higher means that more of the text is told as the writer's own view or experience.

**Why it matters** A report keeps its writer out of sight. I and we mark comment, columns and personal stories, where
the reader should expect a view.

**Known limits** "I" also stands in numerals ("Elizabeth I", "World War I"). Reports written in the first person by
design, such as letters from a correspondent, are not at fault for it. Quotations do not count.

**Source** Hyland (2005), "Metadiscourse: Exploring Interaction in Writing"; list written for this project, see
scorer/lexicons/first_person_reporter.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count words for the writer per 100 voice words."""
    return in_voice(article, "first_person_reporter")


SIGNAL = Signal(
    name="first_person",
    group="body",
    measure=measure,
    fires=(
        "Last week «I» spent three days in the village where the river broke its banks.",
        "When «we» look back at this budget, «we» shall wonder why nobody read page nine.",
        "The mayor did not answer «my» letter, nor the two calls that followed it.",
        "This is the health service that «our» grandparents built, and it is being sold.",
    ),
    silent=(
        "A reporter spent three days in the village where the river broke its banks.",
        "“We lost everything and I blame the council,” said Rosa Field, who lives on the quay.",
        "The mayor did not answer a letter from the newspaper, nor the two calls that followed it.",
        "Historians who look back at the budget may wonder why nobody read page nine.",
    ),
)
