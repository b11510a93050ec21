"""Quoted phrases of the headline that the body does not carry.

**Measured as** the number of the headline's quoted phrases of whose content words no sentence of the body holds 60 %
(cut to their stems); higher is worse sourced. NaN without a headline or a body.

**Why it matters** Marks in a headline promise words that somebody used. If they are not in the article, a reader
cannot see who used them, or whether anyone did.

**Known limits** Translated or heavily shortened quotations may share no word with the body. An article cut short by
the scraper carries less than the outlet printed.

**Source** Silverman (2015), "Lies, Damn Lies, and Viral Content", Tow Center for Digital Journalism, on headlines
that their articles do not bear out; the comparison is ours.
"""

from scorer.headline_claims import count_quoted
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of the headline's quoted phrases that are not in the body."""
    return count_quoted(article, "uncarried")


SIGNAL = Signal(
    name="headline_quotes_uncarried",
    group="headline",
    measure=measure,
    fires=(
        "Island hit by «'invasion of rats'»\n\n"
        "The ferry brings food to the shop twice a week and took back four empty crates on Monday.\n\n"
        "The harbour was built in 1911 and can take boats of up to thirty metres.",
        "Minister in «“car crash”» interview on pensions\n\n"
        "The pensions minister was asked eleven times on Sunday when the age would be raised.\n\n"
        "Carla Weiss said that she would wait for the commission's report in the autumn.",
        "New phone is an «‘absolute game changer’»\n\n"
        "The phone goes on sale on Friday and costs about as much as the one that it replaces.\n\n"
        "Its battery lasts two hours longer, the maker says, and the screen is a little wider.",
        'Neighbour «"never slept again"» after fire at mill\n\n'
        "The fire at the mill was put out within an hour, and the nearest houses were not damaged.\n\n"
        "Gas pipes had been laid under the yard in the spring, the fire service said.",
    ),
    silent=(
        "Island hit by 'invasion of rats'\n\n"
        "“An invasion! The rats are in every shed,” said Moira Lennox, who keeps the island's shop.\n\n"
        "Rats were first seen in June, and the invasion of the island's barns began in August.",
        "Minister 'will wait' for report on pensions\n\n"
        "The pensions minister was asked eleven times on Sunday when the age would be raised.\n\n"
        "Carla Weiss said that she would be waiting for the commission's report in the autumn. She will wait, she said.",
        "Rock 'n' roll singer's '60s guitar doesn't sell\n\n"
        "The guitar was withdrawn after bids stopped at four thousand pounds, the auction house said.\n\n"
        "It had been played at a single concert in Hamburg and kept in a bank since then.",
        "Neighbour tells of nights without sleep after fire at mill\n\n"
        "“I never slept,” said Paul Renner, whose garden runs down to the yard behind the mill.\n\n"
        "Gas pipes had been laid under the yard in the spring, the fire service said.",
    ),
)
