"""Quoted phrases of the headline that somebody says in the body.

**Measured as** the number of the headline's quoted phrases of whose content words at least 60 % (cut to their stems)
stand in one sentence of the body in which a source speaks; higher is better sourced. NaN without a headline or a
body.

**Why it matters** Quotation marks in a headline promise that somebody said so. Here the body keeps the promise and
says who.

**Known limits** Speakers are found by their verbs of saying; a speaker named two sentences away is missed. A phrase
whose words stand in another order, or in a paraphrase, counts as carried. Marks round a title ('Hamlet') count too.

**Source** Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC, for source,
cue and content; the comparison of headline and body is ours.
"""

from scorer.headline_claims import count_quoted
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count of the headline's quoted phrases with a speaker in the body."""
    return count_quoted(article, "attributed")


SIGNAL = Signal(
    name="headline_quotes_attributed",
    group="headline",
    measure=measure,
    fires=(
        "Harbour wall «'could fail this winter'», says engineer\n\n"
        "The harbour wall “could fail this winter” unless it is repaired, said Nadia Okafor, an engineer.\n\n"
        "The council will vote on the repairs at its meeting in March, after a second survey of the wall.",
        "Farmers face «“worst harvest in memory”»\n\n"
        "Wheat yields across the county have fallen by a third since last year, figures show.\n\n"
        "“It is the worst harvest in living memory,” said Ruth Ellery, who chairs the growers' union.",
        "Teachers «‘exhausted’» after inspection week\n\n"
        "Inspectors spent five days at the school and saw forty lessons in that time.\n\n"
        "Staff were exhausted by the end of it, head teacher Maria Lund said on Friday.",
        'Ferry firm\'s apology is «"too little, too late"»\n\n'
        "The mayor, Ana Duarte, said the apology was too little and came too late for those who missed flights.\n\n"
        "The firm has offered each passenger a voucher that is worth twenty pounds.",
    ),
    silent=(
        "Harbour wall 'could fail this winter'\n\n"
        "Repairs to the harbour have been put off for the third time because of rough seas.\n\n"
        "The council will vote on the money at its meeting in March, after a second survey.",
        "Clinic sells 'miracle' cure for back pain\n\n"
        "The clinic opened its doors in May and sells the miracle cure at ninety pounds a bottle.\n\n"
        "It has two rooms above a bakery in the high street and is closed on Sundays.",
        "Teachers' union and heads' group don't agree on pay\n\n"
        "The talks ended on Friday without a result, Maria Lund said after the meeting in Cardiff.\n\n"
        "They will go on next week, when the minister is back from a visit to Lisbon.",
        "Engineer warns that harbour wall could fail\n\n"
        "The harbour wall could fail this winter unless it is repaired, said Nadia Okafor, an engineer.\n\n"
        "The council will vote on the repairs at its meeting in March, after a second survey.",
    ),
)
