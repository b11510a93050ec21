"""Words of closed classes, and of roles, offices and bodies: what stands at the edges of a noun phrase, and at its head.

Attributions are found without a parser (`scorer.parse.noun_phrases`): these words take its place.
"""

from __future__ import annotations

from scorer.terms import lexicon


def word_set(words: str, separator: str | None = None) -> frozenset[str]:
    """Return the words of a line."""
    return frozenset(words.split(separator))


BE = word_set("is was are were be been being am gets got it’s it's It’s It's isn’t isn't wasn’t wasn't aren’t aren't")
# What may stand between a subject and its verb.
BETWEEN = BE | word_set(
    "has had have having do does did will would could can may might must shall should not never also then later once "
    "again ever always often just now even still soon already further first instead too both each all himself herself "
    "themselves don’t don't doesn’t doesn't didn’t didn't won’t won't wouldn’t wouldn't hasn’t hasn't haven’t haven't "
    "hadn’t hadn't can’t can't couldn’t couldn't today yesterday earlier afterward afterwards meanwhile"
)
DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon. Tue. Wed. Thu. Fri. Sat. Sun.")
PERIODS = word_set("week month year night morning afternoon evening weekend time summer spring fall")
BEFORE_TIME = word_set("on last this next late early that in by at earlier")
PRONOUNS = word_set("he she they we I you it He She They We You It")
CONTRACTIONS = frozenset(
    pronoun + mark + verb for pronoun in PRONOUNS for mark in "’'" for verb in ("s", "d", "m", "re", "ve", "ll")
)
SUBJECT_PRONOUNS = word_set("he she they we I He She They We")
RELATIVES = word_set("who which whom that")
CONJUNCTIONS = word_set("and but or then yet And But Or")
DETERMINERS = word_set(
    "the a an this these those some many most several other others another any no every each both all such few his "
    "her its their our my your one two three four five six seven eight nine ten dozens hundreds The A An This These "
    "Those Some Many Most Several Other Others Another Any No Every Each Both All Such Few His Her Its Their Our My "
    "Your One Two Three Four Five"
)
# Those that can be a subject alone: "some say".
QUANTIFIERS = word_set(
    "some many most several others another few both all those one two three Some Many Most Several Others Another Few "
    "Both All Those One Two Three"
)
PREPOSITIONS = word_set(
    "of for at from in with to on by near about against between among over under after before during since into onto "
    "upon through throughout within without across around behind beyond despite like as than via per amid including "
    "regarding Of For At From In With To On By Near About Against Between Among Over Under After Before During Since "
    "Into Upon Through Throughout Within Without Across Around Behind Beyond Despite Like As Than Via Per Amid "
    "Including Regarding"
)
SUBORDINATORS = word_set(
    "that when while if because although though unless until where whether what why how so When While If Because "
    "Although Though Unless Until Where Whether What Why How So That"
)
# No noun phrase goes across these.
EDGES = (
    PREPOSITIONS
    | SUBORDINATORS
    | CONJUNCTIONS
    | BE
    | RELATIVES
    | word_set(
        "has had have having do does did will would could can may might must shall should not never said says say told "
        "tells also there There - -- – —"
    )
)
DASHES = word_set("- -- – —")
# A phrase before one of these has its head there: "a spokesman for the ministry".
COMPLEMENT = word_set("of for at from in with on to by")
STRONG_COMPLEMENT = word_set("of for from with by")
# After these a cue is a noun or an adjective.
NO_VERB_AFTER = word_set(
    "the a an this these his her its their our my your of any no every The A An This These His Her Its Their"
)
# Where a noun phrase to the right of a cue ends.
ENDS_RIGHT = (
    EDGES
    | PRONOUNS
    | DAYS
    | word_set(
        "last earlier today yesterday later this next released published obtained posted conducted cited seen familiar "
        "close shortly recently soon who when quoted reported"
    )
)
# Between a document, or one who speaks for somebody, and that body: "data from the Department of Education".
ISSUED_BY = word_set("of for from by in at")
INSIDE_NAMES = word_set("of the and for de du del van von bin al la le & der den di da")
# A sentence's first word is capitalised whatever it is: these are not names on their own.
NO_NAMES = (
    DETERMINERS
    | PRONOUNS
    | PREPOSITIONS
    | CONJUNCTIONS
    | SUBORDINATORS
    | DAYS
    | word_set(
        "However Meanwhile Last Earlier Later Still Now Here Who Which Following Speaking Asked According Experts Critics "
        "Sources Officials Insiders Scientists Researchers Reports Fans Observers Analysts Police People Supporters "
        "Opponents Residents Voters Protesters Witnesses Doctors Neighbours Neighbors Friends Relatives Viewers Users "
        "Commentators Locals Studies Polls Authorities Prosecutors Lawyers Activists Advocates Economists Pollsters "
        "Conservatives Liberals Democrats Republicans Rumors Rumours Media Everyone Everybody Someone Somebody Nobody "
        "Anyone Yesterday Today Then Also Even Only Just Once January February March April May June July August September "
        "October November December Mr Mrs Ms Dr Mr. Mrs. Ms. Dr. Aides Respondents Investigations Investigators "
        "Organizers Organisers Advisers Allies Lawmakers Hours Minutes Days Weeks First Second Third Indeed Perhaps "
        "Instead Again Yes Not Well Recently Apparently"
    )
)
# Nationalities and creeds: "Ukrainian officials" names nobody.
DEMONYMS = word_set(
    "American Americans British Britons Chinese Russian Russians Ukrainian Ukrainians Belarusian Belarusians French "
    "German Germans Italian Italians Spanish Polish Poles Turkish Turks Israeli Israelis Palestinian Palestinians "
    "Iranian Iranians Iraqi Iraqis Syrian Syrians Saudi Saudis Indian Indians Pakistani Pakistanis Japanese Korean "
    "Koreans Mexican Mexicans Canadian Canadians Australian Australians Egyptian Egyptians Cuban Cubans European "
    "Europeans African Africans Asian Asians Arab Arabs Western Westerners Eastern Northern Southern Jewish Jews "
    "Muslim Muslims Christian Christians Catholic Catholics Evangelicals Hispanic Hispanics Latino Latinos Black "
    "Blacks White Whites Swedish Swedes Dutch Greek Greeks Irish Scottish Scots Welsh English Afghan Afghans Libyan "
    "Libyans Lebanese Vietnamese Soviet Republican Republicans Democrat Democrats Democratic Conservatives Liberals "
    "Texans Californians Iowans"
)
TITLES = word_set("Mr Mrs Ms Dr Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Miss Sir Lady Lord")
# A sentence's only subject word that ends so is a common plural, not a name.
COMMON_ENDINGS = ("ors", "ists", "ants", "ents", "ians", "ees")
# Common nouns that with a name before them are that organisation: "the Obama administration".
ORGANISATIONS = word_set(
    "administration agency army authority bank board bureau campaign center centre coalition commission committee "
    "company council court department foundation government institute ministry newspaper network office organisation "
    "organization parliament party police senate service society union university website station magazine paper"
)
# Who says it in somebody's name, so that "for the Pentagon" names the source.
SPEAKERS_FOR = word_set("spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons")
# Nouns that are plural or stand without an article.
BARE_NOUNS = word_set("percent police people staff media data research evidence everyone everybody someone nobody anyone one")
# A token that ends with one of these ends its phrase, unless it is an abbreviation or an initial.
BREAKS = frozenset(',;:.!?…—–)]}”"')
TRIM = ',;:.!?…—–()[]{}“”"‘'
ABBREVIATIONS = word_set(
    "Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Gen. Lt. Col. Sgt. Capt. Maj. Rev. Hon. St. Prof. Jr. Sr. U.S. U.N. U.K. Sens. "
    "Reps. Ret. D.C."
)
POSSESSIVE = ("’s", "'s", "s’", "s'")
ROLES = frozenset(term.split()[-1] for term in lexicon("roles"))
OFFICES = frozenset(role.capitalize() for role in lexicon("roles") if " " not in role) | word_set(
    "Prime Vice Chief Attorney Foreign Acting Former"
)
DOCUMENTS = frozenset(term.split()[-1] for term in lexicon("documents"))
# Common nouns that a name before them makes identifiable, and all that are surely nouns for a source.
BODIES = ORGANISATIONS | SPEAKERS_FOR | DOCUMENTS
HEADS = BODIES | ROLES | BARE_NOUNS
