"""Consent and newsletter lines: the page asks for an address or for leave to track.

**Measured as** the number of boilerplate zones that hold a term of the lists `zone_consent` or `zone_newsletter`,
capped at 10; 0 without one, NaN on a page with neither headline nor body. Higher means that the page asks more often.

**Why it matters** A page full of calls to sign up lives on traffic and addresses more than on readers' trust.

**Known limits** The law requires consent notices of careful outlets as well, and subscriptions pay for much good
reporting: a weak sign, to be weighed with the others.

**Source** Zhang and others (2018), credibility indicators for news articles, Companion Proceedings of The Web
Conference, on calls to sign up and to share; lists written for this project, see scorer/lexicons/zone_consent.txt and
zone_newsletter.txt.
"""

from scorer.counting import UNMEASURED
from scorer.types import Article, Measurement, Signal, Span

_MOST = 10


def measure(article: Article) -> Measurement:
    """Count the lines that ask to sign up or to consent."""
    if not article.headline_words and not article.n_words:
        return UNMEASURED
    consent, newsletter = article.found("zone_consent", "elsewhere"), article.found("zone_newsletter", "elsewhere")
    if not consent and not newsletter:
        return Measurement(0.0)
    asked = sorted([*consent, *newsletter])
    found: list[Span] = []
    at = 0
    for zone in article.zone("boilerplate"):
        while at < len(asked) and asked[at].start < zone.start:
            at += 1
        if at < len(asked) and asked[at].start < zone.end:
            found.append(zone)
    return Measurement(float(min(_MOST, len(found))), found)


SIGNAL = Signal(
    name="sign_up_notices",
    group="surround",
    measure=measure,
    fires=(
        "Ferry runs aground in fog\n\n«Sign up for our free newsletter, every morning in your inbox.»\n\nA ferry with "
        "ninety people "
        "on board ran aground in fog on Sunday.\n\nNobody was hurt, the coast guard said in a notice on its site.",
        "Cost of onions doubles\n\n«We use your sign-up to provide content in ways you’ve consented to and to improve "
        "our "
        "understanding of you. You can unsubscribe at any time. More info»\n\nThe cost of onions has doubled since "
        "the spring, the "
        "market said.\n\nThe harvest was poor in all three states, according to the ministry.",
        "New law on short lets\n\nOwners who let a flat for less than a week must ask the city.\n\nIt takes effect in "
        "May, and it "
        "does not touch hotels or hostels.\n\n«By signing up you agree to our privacy policy.»",
        "Beast seen near the moor\n\n«This website uses cookies. By continuing to browse you agree to our cookie "
        "policy.»\n\nA "
        "large cat was seen near the moor on Sunday by two walkers, the ranger wrote.\n\nNo tracks were found.",
    ),
    silent=(
        "Ferry runs aground in fog\n\nAdvertisement\n\nA ferry with ninety people on board ran aground in fog on "
        "Sunday.\n\n"
        "Nobody was hurt, the coast guard said in a notice on its site.",
        "Cost of onions doubles\n\nThe cost of onions has doubled since the spring, the newsletter of the market "
        "said.\n\nThe "
        "harvest was poor in all three states, according to the ministry.",
        "New law on cookies\n\nSites must ask before they set cookies, and their privacy policy must say why, the new "
        "law "
        "says.\n\nIt takes effect in May, and it does not touch shops.",
        "Beast seen near the moor\n\nShare on Facebook\n\nA large cat was seen near the moor on Sunday by two "
        "walkers, the "
        "ranger wrote.\n\nNo tracks were found.",
    ),
)
