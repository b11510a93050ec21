"""Quoted phrases of the headline that stand in the body without a speaker.

**Measured as** the number of the headline's quoted phrases of whose content words at least 60 % (cut to their stems)
stand in one sentence of the body, though in none in which a source speaks; higher is worse sourced. NaN without a
headline or a body.

**Why it matters** The marks let a headline use a word and disown it at once. If the body repeats the word and nobody
says it, the marks quote no one.

**Known limits** Speakers are found by their verbs of saying; a speaker named two sentences away is missed. Titles and
names in marks ('Hamlet') are counted, as nobody need say them.

**Source** Predelli (2003), "Scare Quotes and Their Relation to Other Semantic Issues", Linguistics and Philosophy
26(1); the comparison of headline and body is ours.
"""

from scorer.headline_claims import count_quoted
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of the headline's quoted phrases that the body carries without a speaker."""
    return count_quoted(article, "unattributed")


SIGNAL = Signal(
    name="headline_quotes_unattributed",
    group="headline",
    measure=measure,
    fires=(
        "Clinic sells «'miracle'» cure for back pain\n\n"
        "The clinic opened its doors in May and sells the miracle cure at ninety pounds a bottle.\n\n"
        "It has two rooms above a bakery in the high street and is closed on Sundays.",
        "Island hit by «“invasion of rats”»\n\n"
        "An invasion of rats has begun on the island, where the ferry brings food twice a week.\n\n"
        "The shop has sold all its traps and the next delivery is due on Thursday.",
        "Council's «‘secret list’» of streets without lamps\n\n"
        "The secret list has forty streets on it, most of them in the north of the town.\n\n"
        "Lamps were first taken down in 2019 and sold to a dealer in Antwerp.",
        'Village in fear of «"ghost lorry"» on coast road\n\n'
        "The ghost lorry passes through the village at three in the morning without lights.\n\n"
        "The road was closed to heavy traffic two years ago after the bridge was damaged.",
    ),
    silent=(
        "Clinic sells 'miracle' cure for back pain\n\n"
        "“It is a miracle cure,” said Ivan Petrov, who runs the clinic from two rooms above a bakery.\n\n"
        "The bottle costs ninety pounds and holds a mixture of vinegar, honey and thyme.",
        "Island hit by 'invasion of rats'\n\n"
        "The ferry brings food to the shop twice a week and took back four empty crates on Monday.\n\n"
        "The harbour was built in 1911 and can take boats of up to thirty metres.",
        "Council list of streets without lamps\n\n"
        "The “secret list” has forty streets on it, most of them in the north of the town.\n\n"
        "Lamps were first taken down in 2019 and sold to a dealer in Antwerp.",
        "Driver 'asleep at wheel' before coast road crash\n\n"
        "The driver was asleep at the wheel when the lorry left the road, police said on Tuesday.\n\n"
        "The road was closed for six hours while the lorry was lifted out of a field.",
    ),
)
