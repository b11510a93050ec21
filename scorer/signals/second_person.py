"""The reader addressed as you in the reporter's own voice.

**Measured as** terms of the list `second_person` per 100 words of the body outside quotations (over at least 100
words), 0 upwards; higher is more sensational.

**Why it matters** Addressing a mass audience as if each reader were spoken to alone draws the reader in; reports
speak of people in the third person, advertisements and clickbait speak to you.

**Known limits** Advice, service pages and recipes rightly address the reader. Quotations do not count.

**Source** Fairclough (1989), "Language and Power", on synthetic personalisation; Rashkin et al. (2017), "Truth of
Varying Shades: Analyzing Language in Fake News and Political Fact-Checking", EMNLP; list written for this project,
see scorer/lexicons/second_person.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count words for the reader per 100 voice words."""
    return in_voice(article, "second_person")


SIGNAL = Signal(
    name="second_person",
    group="body",
    measure=measure,
    fires=(
        "The change means that «your» bill will rise by nine pounds a month from April.",
        "Anyone who has flown this summer will know the feeling when «you» reach the gate.",
        "There is a reason why «you» sleep badly in August, and it is not the coffee.",
        "If «you» bought the cereal last week, the warning on the packet is meant for «you».",
    ),
    silent=(
        "The change means that the average household bill will rise by nine pounds a month.",
        "“You never know what you will find,” said Joan Petty, who has dug there for ten years.",
        "Passengers who flew this summer waited forty minutes at the gate on average.",
        "Customers who bought the cereal last week were asked to take it back to the shop.",
    ),
)
