"""The body takes back what the headline claims.

**Measured as** the number of terms of the list `withdrawals` (denied, no evidence, unconfirmed ...) in the body,
quotations included, whose sentence shares at least two content words (by their stems) with the headline, or one with
what a hedge in the headline says may be ("could join the offensive"); 0 where the headline itself denies. Higher means
that more is taken back. NaN without a headline or a body.

**Why it matters** A claim in large type that the small print denies or leaves unconfirmed stays in the reader's
memory as the headline put it.

**Known limits** A fair report of an accusation also prints its denial: the model weighs this beside the rest. Two
shared words do not prove that the same claim is meant. A refusal to comment takes nothing back and is not counted.

**Source** Silverman (2015), "Lies, Damn Lies, and Viral Content", Tow Center for Digital Journalism; Ecker,
Lewandowsky, Chang and Pillai (2014), "The effects of subtle misinformation in news headlines", Journal of
Experimental Psychology: Applied 20(4); list written for this project, see scorer/lexicons/withdrawals.txt.
"""

from scorer.counting import UNMEASURED, is_content, sentence_at, stem, terms_in_headline, widest
from scorer.text import words
from scorer.types import Article, Measurement, Signal, Span

_FEWEST_SHARED = 2
# More than this many hits are not looked at: an article about denials has them everywhere.
_MOST, _LONGEST_HEADLINE = 40, 40
_SILENCES = ("comment", "respond")
# What is refused to a person or rejected, not denied of a claim: "denied bail".
_REFUSED = frozenset(
    b"for bail entry access parole permission asylum boarding visa visas service treatment care planning leave appeal "
    b"appeals admission citizenship offer bid application applications".split()
)
# Adjectives that take a claim back as a predicate ("the report was false"), not before a noun ("false teeth").
_JUDGEMENTS = frozenset(
    (
        "false", "falsely", "misleading", "speculative", "baseless", "mistaken", "fabricated", "discredited",
        "satirical", "inaccurate", "incorrect", "exaggerated", "overstated", "premature", "doubtful",
    )
)  # fmt: skip
_COPULAS = frozenset(b"is was are were be been being as proved proven found called".split())
_REJECTIONS = ("reject", "dismiss")
# Stems of what is claimed: only such things are taken back by rejecting or dismissing them.
_CLAIMS = frozenset(
    stem(word) for word in b"claim allegation suggestion report rumour rumor accusation speculation idea story theory".split()
)


def measure(article: Article) -> Measurement:
    """Count of withdrawals in the body that concern the headline."""
    if not article.headline_words or not article.n_words:
        return UNMEASURED
    found = [*article.found("withdrawals", "voice"), *article.found("withdrawals", "quote")]
    if not found or terms_in_headline(article, "withdrawals"):
        return Measurement(0.0)
    claim = {stem(word) for word in article.headline_words[:_LONGEST_HEADLINE] if is_content(word)}
    hedged = _hedged(article)
    kept = [hit for hit in widest(found)[:_MOST] if _takes_back(article, hit, claim, hedged)]
    return Measurement(float(len(kept)), kept)


def _hedged(article: Article) -> set[bytes]:
    """Stems of what a hedge in the headline says may be ("could join the offensive"): one of them alone is the claim."""
    hedges, headline = terms_in_headline(article, "headline_hedges"), article.headline
    if not hedges or not headline:
        return set()
    after = words(article.folded[hedges[0].end : headline.end])[:_LONGEST_HEADLINE]
    return {stem(word) for word in after if is_content(word)}


def _takes_back(article: Article, hit: Span, claim: set[bytes], hedged: set[bytes]) -> bool:
    """Whether the hit's sentence is about the headline's claim, and the hit denies a claim at all."""
    text = article.text
    start, end, _ = article.sentences[sentence_at(article, hit.start)]
    folded = article.folded[start:end]
    if hit.end > end or sum(part in folded for part in claim) < (1 if hedged else _FEWEST_SHARED):
        return False
    term = text[hit.start : hit.end].lower()
    if any(silence in term for silence in _SILENCES):
        return False
    before, after = words(folded[: hit.start - start])[-2:], words(folded[hit.end - start :])[:2]
    if not _REFUSED.isdisjoint(after) or (term in _JUDGEMENTS and _COPULAS.isdisjoint(before)):
        return False
    said = {stem(word) for word in words(folded)}
    if term.startswith(_REJECTIONS) and said.isdisjoint(_CLAIMS):
        return False
    return len(claim & said) >= _FEWEST_SHARED or not hedged.isdisjoint(said)


SIGNAL = Signal(
    name="headline_withdrawn",
    group="headline",
    measure=measure,
    fires=(
        "Minister ‘furious’ with port – could face sack over ferry deal\n\n"
        "Back-benchers met on Monday evening to talk about the new timetable of the line.\n\n"
        "However, a sack before the summer is «highly unlikely», said two of those who were in the room.",
        "Giant hogweed spreads to city parks\n\n"
        "Photographs of tall plants were passed around by dog walkers at the weekend.\n\n"
        "There is «no evidence», the gardens office said, for giant hogweed in any of the city parks.",
        "Striker to join Porto in record deal\n\n"
        "A Lisbon radio station said on Monday that a contract had been drawn up.\n\n"
        "The striker's agent «denied» he would join Porto, and the club is not looking for a forward.",
        "School bans birthday cakes\n\n"
        "Parents were up in arms at the gates of the village school on Thursday.\n\n"
        "“It is «not true» that the school has banned cakes,” said the head, Lena Marsh. “We want a list of nuts.”",
        "Dam about to burst above valley town\n\n"
        "Water was seen running down the face of the concrete on Sunday evening.\n\n"
        "Engineers said that reports of the dam being about to burst were «unfounded»: a drain had been opened.",
    ),
    silent=(
        "Man charged with theft of church bells\n\n"
        "Police found the bells in a barn near Ludlow and arrested the man on Friday.\n\n"
        "The man charged with the theft was denied bail and will appear again on the ninth.",
        "Giant hogweed spreads to city parks\n\n"
        "Giant hogweed has been found in four of the city parks, the gardens office said.\n\n"
        "A firm that sells weedkiller denied that it had raised its prices since the spring.",
        "Striker to join Porto in record deal\n\n"
        "The striker will join Porto on Thursday for a fee of ninety million euros, both clubs said.\n\n"
        "The agent of the striker declined to comment on his move to Porto when asked on Sunday.",
        "Head denies that school bans birthday cakes\n\n"
        "The school has not banned cakes, its head said, and denied that birthday cakes were thrown away.\n\n"
        "Parents had been asked for a list of nuts in anything that they bring.",
        "Council votes against bridge toll\n\n"
        "The council rejected the bridge toll by nineteen votes to six on Tuesday night.\n\n"
        "The money for repairs will come from a fund for roads that the county keeps.",
    ),
)
