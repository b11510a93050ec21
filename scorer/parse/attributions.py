"""Attributions: who said what, as source, cue and content (Pareti's and PolNeAR's terms).

The cues are hits of the word lists; a cue counts when a source stands where English puts it: the noun phrase that ends
right before the verb, the one right after it when a quotation precedes ("said Mr Smith"), or the object of "according
to". There is no parser here, only words of closed classes at the edges of noun phrases: they are the data below.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain

from scorer.text import lexicon
from scorer.types import Attribution, Span

CUE_LISTS = ("cues_neutral", "cues_editorial", "cues_doubt")

# How far from the cue a source is looked for, in characters: longer noun phrases are rare, and the bound keeps the
# work linear.
_REACH = 160
# Words of one noun phrase.
_PHRASE = 8


def _set(words: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(words.split(separator))


# Cues that report without naming anybody.
_UNSOURCED = _set("allegedly purportedly reportedly supposedly")
# First words of cues that are no act of stating, but tell where one was made, or of qualifiers.
_CIRCUMSTANCE = _set(
    "at in through via with without by as from on upon interviewed reached responding speak speaking speaks spoke spoken "
    "so-called self-styled self-proclaimed supposed purported ostensibly own owned owns apparent"
)
# Cues that report a statement only when one is seen to follow: "that", a quotation, a colon.
_WEAK = _set(
    "believe believed believes continue continued demand demanded demands find finds found posted promise promises "
    "promised show showed shows think thinks thought rule ruled rules respond responded request requested written "
    "erupt erupted school schools schooled maintain maintained maintains own rip ripped roast torch snap snapped "
    "spill spit explode exploded savage destroy destroyed troll answer answered ask swear swore estimate estimated "
    "comment comments mention describe reveal reveals lost rage raged raise sniff spew vent report reports state "
    "states tweets remark remarks claim claims note notes vows"
)

# Of these, what a document does: "the poll showed a lead".
_OF_DOCUMENTS = _set("find finds found show showed shows estimate estimated estimates reveal reveals reports")
# Cues that are nouns as well: they need a subject that is surely one, besides.
_NOUNS = _set(
    "state states report reports claim claims comment comments remark remarks tweet tweets rule rules note notes "
    "answer answers request requests estimate estimates mention mentions rebuke rebukes boast boasts joke jokes reply "
    "show shows find finds vow vows pledge pledges promise promises demand demands lecture lectures rant rants taunt "
    "taunts lament laments urge urges rage tease quip quips shout shouts scream screams school schools torch"
)

_BE = _set("is was are were be been being am gets got it’s it's It’s It's isn’t isn't wasn’t wasn't aren’t aren't")
# What may stand between a subject and its verb.
_BETWEEN = _BE | _set(
    "has had have having do does did will would could can may might must shall should not never also then later once "
    "again ever always often just now even still soon already further first instead too both each all himself herself "
    "themselves don’t don't doesn’t doesn't didn’t didn't won’t won't wouldn’t wouldn't hasn’t hasn't haven’t haven't "
    "hadn’t hadn't can’t can't couldn’t couldn't today yesterday earlier afterward afterwards meanwhile"
)
_DAYS = _set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon. Tue. Wed. Thu. Fri. Sat. Sun.")
_PERIODS = _set("week month year night morning afternoon evening weekend time summer spring fall")
_BEFORE_TIME = _set("on last this next late early that in by at earlier")

_PRONOUNS = _set("he she they we I you it He She They We You It")
_CONTRACTIONS = frozenset(
    pronoun + mark + verb for pronoun in _PRONOUNS for mark in "’'" for verb in ("s", "d", "m", "re", "ve", "ll")
)
_SUBJECT_PRONOUNS = _set("he she they we I He She They We")
_RELATIVES = _set("who which whom that")
_CONJUNCTIONS = _set("and but or then yet And But Or")
_DETERMINERS = _set(
    "the a an this these those some many most several other others another any no every each both all such few his "
    "her its their our my your one two three four five six seven eight nine ten dozens hundreds The A An This These "
    "Those Some Many Most Several Other Others Another Any No Every Each Both All Such Few His Her Its Their Our My "
    "Your One Two Three Four Five"
)
# Those that can be a subject alone: "some say".
_QUANTIFIERS = _set(
    "some many most several others another few both all those one two three Some Many Most Several Others Another Few "
    "Both All Those One Two Three"
)
_PREPOSITIONS = _set(
    "of for at from in with to on by near about against between among over under after before during since into onto "
    "upon through throughout within without across around behind beyond despite like as than via per amid including "
    "regarding Of For At From In With To On By Near About Against Between Among Over Under After Before During Since "
    "Into Upon Through Throughout Within Without Across Around Behind Beyond Despite Like As Than Via Per Amid "
    "Including Regarding"
)
_SUBORDINATORS = _set(
    "that when while if because although though unless until where whether what why how so When While If Because "
    "Although Though Unless Until Where Whether What Why How So That"
)
# No noun phrase goes across these.
_EDGES = (
    _PREPOSITIONS
    | _SUBORDINATORS
    | _CONJUNCTIONS
    | _BE
    | _RELATIVES
    | _set(
        "has had have having do does did will would could can may might must shall should not never said says say told "
        "tells also there There - -- – —"
    )
)
_DASHES = _set("- -- – —")
# A phrase before one of these has its head there: "a spokesman for the ministry".
_COMPLEMENT = _set("of for at from in with on to by")
_STRONG_COMPLEMENT = _set("of for from with by")
# After these a cue is a noun or an adjective.
_NO_VERB_AFTER = _set("the a an this these his her its their our my your of any no every The A An This These His Her Its Their")
# Where a noun phrase to the right of a cue ends.
_ENDS_RIGHT = (
    _EDGES
    | _PRONOUNS
    | _DAYS
    | _set(
        "last earlier today yesterday later this next released published obtained posted conducted cited seen familiar "
        "close shortly recently soon who when quoted reported"
    )
)
# Between a document, or one who speaks for somebody, and that body: "data from the Department of Education".
_ISSUED_BY = _set("of for from by in at")
_INSIDE_NAMES = _set("of the and for de du del van von bin al la le & der den di da")

# A sentence's first word is capitalised whatever it is: these are not names on their own.
_NO_NAMES = (
    _DETERMINERS
    | _PRONOUNS
    | _PREPOSITIONS
    | _CONJUNCTIONS
    | _SUBORDINATORS
    | _DAYS
    | _set(
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
_DEMONYMS = _set(
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
_TITLES = _set("Mr Mrs Ms Dr Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Miss Sir Lady Lord")
# A sentence's only subject word that ends so is a common plural, not a name.
_COMMON_ENDINGS = ("ors", "ists", "ants", "ents", "ians", "ees")
# Common nouns that with a name before them are that organisation: "the Obama administration".
_ORGANISATIONS = _set(
    "administration agency army authority bank board bureau campaign center centre coalition commission committee "
    "company council court department foundation government institute ministry newspaper network office organisation "
    "organization parliament party police senate service society union university website station magazine paper"
)
# Who says it in somebody's name, so that "for the Pentagon" names the source.
_SPEAKERS_FOR = _set("spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons")
# Nouns that are plural or stand without an article.
_BARE_NOUNS = _set("percent police people staff media data research evidence everyone everybody someone nobody anyone one")

# A token that ends with one of these ends its phrase, unless it is an abbreviation or an initial.
_BREAKS = frozenset(',;:.!?…—–)]}”"')
_TRIM = ',;:.!?…—–()[]{}“”"‘'
_ABBREVIATIONS = _set(
    "Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Gen. Lt. Col. Sgt. Capt. Maj. Rev. Hon. St. Prof. Jr. Sr. U.S. U.N. U.K. Sens. "
    "Reps. Ret. D.C."
)
_POSSESSIVE = ("’s", "'s", "s’", "s'")
# Beside a cue these make it part of another word or of markup: "state's", "<tweet", "self-reported".
_GLUE = frozenset("<>/-=_@#’'")
_BEFORE_CAPITAL = frozenset('"“‘([—–-:.\n”')
_ENDS_CLAUSE = frozenset(".,;:!?)—–")

_AROUND_CLAUSE = frozenset(",: \n\t\xa0—–")
# What stands after a clause and its cue at the end of a sentence: "..., he said on Monday in a letter to the editor."
_SHORT = 60

#: start, end, named
_Phrase = tuple[int, int, bool]

# What stands before a cue.
_NOTHING, _SUBJECT, _SHARED, _INVERTED, _PASSIVE = range(5)


_ROLES = frozenset(term.split()[-1] for term in lexicon("roles"))
_OFFICES = frozenset(role.capitalize() for role in lexicon("roles") if " " not in role) | _set(
    "Prime Vice Chief Attorney Foreign Acting Former"
)
_DOCUMENTS = frozenset(term.split()[-1] for term in lexicon("documents"))
# Common nouns that a name before them makes identifiable, and all that are surely nouns for a source.
_BODIES = _ORGANISATIONS | _SPEAKERS_FOR | _DOCUMENTS
_HEADS = _BODIES | _ROLES | _BARE_NOUNS


def find_attributions(
    text: str,
    sentences: Sequence[Span],
    quotes: Sequence[Span],
    hits: Mapping[tuple[str, str], Sequence[Span]],
) -> list[Attribution]:
    """Find the attributions of an article, in order of their cues.

    `sentences` and `quotes` are in order of start; `hits` as `Article.hits`. Only cues in the reporter's own words
    count. `source` is None where nobody is given ("it is believed that"); `named` is True where the source bears the
    proper name of a person or an organisation.
    """
    found: list[Attribution] = []
    cues = sorted(chain.from_iterable(hits.get((name, "voice"), ()) for name in CUE_LISTS))
    outer = _outermost(quotes) if cues else []
    vague = hits.get(("vague_sources", "voice"), ())
    n_sentences, n_quotes = len(sentences), len(outer)
    at = quote = 0
    last_end = last_sentence = -1
    shared: _Phrase | None = None  # the source of the attribution before, in the same sentence
    for start, end, _ in cues:
        if start < last_end or text[start - 1] in _GLUE or text[end : end + 1] in _GLUE:
            continue
        while at < n_sentences and sentences[at][1] <= start:
            at += 1
        if at == n_sentences:
            break
        if at != last_sentence:
            shared, last_sentence = None, at
        while quote < n_quotes and outer[quote][0] < start:
            quote += 1
        before = outer[quote - 1] if quote and outer[quote - 1][1] > sentences[at][0] else None
        after = outer[quote] if quote < n_quotes else None
        one = _attribution(text, (start, end), sentences[at], before, after, shared)
        if one is None:
            continue
        last_end = end
        if vague and one.source:
            one = _vague(one, one.source, vague)
        if one.source:
            shared = one.source.start, one.source.end, one.named
        found.append(one)
    return found


def _outermost(quotes: Sequence[Span]) -> list[Span]:
    kept, end = [], -1
    for quote in quotes:
        if quote[0] >= end:
            kept.append(quote)
            end = quote[1]
    return kept


def _vague(one: Attribution, source: Span, vague: Sequence[Span]) -> Attribution:
    """Nobody is named where a phrase of the list of vague sources is the source or leads to it ("sources close to")."""
    number = bisect_left(vague, (source.end,)) - 1
    if number < 0 or vague[number].end < source.start - 1:
        return one
    start = vague[number].start
    if start > source.start or start < one.cue.end <= source.start:
        start = source.start
    return Attribution(Span(start, source.end, "source"), one.cue, one.content, named=False)


def _attribution(
    text: str, cue: tuple[int, int], sentence: Span, before: Span | None, after: Span | None, shared: _Phrase | None
) -> Attribution | None:
    """Make an attribution of a cue, or None. `before` and `after` are the quotations nearest to it."""
    start, end = cue
    word = text[start:end]
    if not word.islower():
        if start > sentence.start and text[start - 1] not in _BEFORE_CAPITAL and text[start - 2] not in _BEFORE_CAPITAL:
            return None  # "the United States"
        word = word.lower()
    if word.partition(" ")[0] in _CIRCUMSTANCE:
        return None
    if word[-5:] == " that":
        word = word[:-5]
        end -= 5
    low = sentence.start
    if start - low > _REACH:
        low = text.find(" ", start - _REACH, start) + 1 or start
    quoted = before is not None and before.end > low
    if before and quoted:
        low = before.end
    high = end + _REACH
    if high > sentence.end:
        high = sentence.end
    if after and after.start < high:
        high = after.start
    left_edge, right_edge = start, end
    source: _Phrase | None = None
    if word.startswith("according"):
        source = _right(text, end, high, initial=False)
        if source is None:
            return None
        right_edge = source[1]
    elif word not in _UNSOURCED:
        kind, source = _left(text, low, start, word, initial=low == sentence.start)
        if kind == _NOTHING or (kind == _INVERTED and not quoted and low == sentence.start and not source and low == start):
            return None
        if kind == _SUBJECT and source:
            left_edge = source[0]
        elif kind == _SHARED:
            source = shared or source or _subject(text, sentence)
        elif kind == _INVERTED:
            source = _right(text, end, high, initial=False)
            if source is None and shared:
                source = shared
            elif source:
                right_edge = source[1]
                if not quoted and text[right_edge : right_edge + 1] not in _ENDS_CLAUSE:
                    return None
        elif kind == _PASSIVE:
            source = _by(text, end, high)
        if source is None and kind != _PASSIVE and not (kind == _INVERTED and quoted):
            return None
        if (word in _WEAK or source is None) and not (
            _states(text, left_edge, right_edge, high, before, after)
            or (source and word in _OF_DOCUMENTS and text[source[0] : source[1]].rpartition(" ")[2] in _DOCUMENTS)
        ):
            return None
    content = _content(
        text, left_edge, right_edge, sentence, before, after, trails=right_edge > end and start - sentence.start > _SHORT // 6
    )
    if source is None:
        return Attribution(None, Span(start, end, "cue"), content, named=False)
    return Attribution(Span(source[0], source[1], "source"), Span(start, end, "cue"), content, source[2])


def _left(text: str, low: int, start: int, word: str, *, initial: bool) -> tuple[int, _Phrase | None]:
    """Tell what stands before the cue: its subject, a noun's determiner, the end of a quotation..."""
    # The word right before the cue settles most cases, before the rest is split.
    token = text[max(low, text.rfind(" ", low, start - 1) + 1) : start - 1]
    if token in _PRONOUNS:
        return _SUBJECT, (start - 1 - len(token), start - 1, False)
    if token in _NO_VERB_AFTER:
        return _NOTHING, None
    tokens = text[low:start].split()
    i = len(tokens) - 1
    passive = False
    while i >= 0:
        token = tokens[i]
        if token in _BETWEEN:
            passive = passive or token in _BE
        elif token in _DAYS:
            if i and tokens[i - 1] in _BEFORE_TIME:
                i -= 1
        elif token in _PERIODS and i and tokens[i - 1] in _BEFORE_TIME:
            i -= 1
        elif not (token[-2:] == "ly" and token.islower()):
            break
        i -= 1
    participle = word[-3:] == "ing"
    if i < 0:
        if passive:
            return _PASSIVE, None
        if participle and initial:
            return _SHARED, None
        return (_INVERTED if not initial else _NOTHING), None
    token = tokens[i]
    if participle and passive:
        passive = participle = False
    if token == "to":  # noqa: S105 ("declined to say": the subject is that of the verb before)
        i -= 3 if i and tokens[i - 1] == "on" else 2  # "went on to say"
        while i >= 0 and (tokens[i] in _BETWEEN or tokens[i][-2:] == "ly"):
            i -= 1
        if i < 0:
            return _NOTHING, None
        token, passive = tokens[i], False
        if token[-1] in _BREAKS:
            return _SHARED, None
    if token in ("as", "As") and not participle:  # "as reported by"
        return _PASSIVE, None
    if token in _CONJUNCTIONS and word in _NOUNS:
        return _NOTHING, None
    if token in _CONJUNCTIONS or (participle and (token[-1] in _BREAKS or token in _PREPOSITIONS or token in _DASHES)):
        return _SHARED, _pronoun(text, tokens, low, start)
    if passive and word != "quoted" and word != "quoted as saying":
        return _PASSIVE, None
    if token in ("who", "which"):
        i -= 1
        if i < 0:
            return _SHARED, None
    elif token in _PRONOUNS or token in _CONTRACTIONS:
        at, _ = _place(text, low, start, tokens[i:], 0)
        return _SUBJECT, (at, at + len(token.replace("’", "'").partition("'")[0]), False)
    elif token in _QUANTIFIERS and word not in _NOUNS and not (i and tokens[i - 1] in _PREPOSITIONS):
        return _SUBJECT, (*_place(text, low, start, tokens[i:], 0), False)
    elif token in _EDGES or token in _DETERMINERS or token.endswith(_POSSESSIVE):
        return _NOTHING, None
    elif token[-1] in _BREAKS and token not in _ABBREVIATIONS:
        if token[-1] == ")" or token[-2:] == "),":
            i = _before_parenthesis(tokens, i)
        elif token[-1] not in ",—–":
            return (_INVERTED if i == 0 and not initial else _NOTHING), None
        else:
            i = _antecedent(tokens, i, initial=initial)
        if i < 0:
            return _INVERTED, None
    phrase = _phrase(tokens, i, initial=initial)
    if phrase is None:
        return _NOTHING, None
    if (participle or word in _NOUNS) and not phrase[2] and not _surely_a_subject(tokens[phrase[0] : i + 1], word):
        return _NOTHING, None  # "an airborne early warning", "the most populous state"
    first, last, named = phrase
    at, stop = _place(text, low, start, tokens[first:], last - first)
    return _SUBJECT, (at + len(tokens[first]) - len(tokens[first].lstrip(_TRIM)), stop, named)


def _place(text: str, low: int, end: int, tokens: list[str], last: int) -> tuple[int, int]:
    """Where the first token begins and the token `last` ends (but for its punctuation); white space follows them all."""
    joined = " ".join(tokens)
    at = end - len(joined) - 1
    if text.startswith(joined, at) and at >= low:
        stop = at + len(" ".join(tokens[: last + 1]))
    else:  # other white space than single spaces
        at = end
        for token in tokens[:last:-1]:
            at = text.rfind(token, low, at)
        stop = text.rfind(tokens[last], low, at) + len(tokens[last])
        for token in tokens[last::-1]:
            at = text.rfind(token, low, at)
    return at, stop - len(tokens[last]) + len(_trimmed(tokens[last]))


def _trimmed(token: str) -> str:
    """Strip a token of closing punctuation, but not of the full stop of an abbreviation ("U.S.", "Jr.")."""
    if token[-1:] == "." and (token in _ABBREVIATIONS or token[-3:-2] == "."):
        return token
    return token.rstrip(_TRIM)


def _surely_a_subject(group: list[str], word: str) -> bool:
    """Whether a noun group would not rather be the beginning of one whose head is the cue."""
    head = group[-1].strip(_TRIM).lower()
    return head in _HEADS or (head[-1:] == "s" and word[-1] != "s" and word[-3:] != "ing")


def _pronoun(text: str, tokens: list[str], low: int, start: int) -> _Phrase | None:
    """Find the last pronoun before a cue that shares its subject: "he laughed and said"."""
    for k in range(len(tokens) - 1, -1, -1):
        if tokens[k] in _SUBJECT_PRONOUNS:
            return (*_place(text, low, start, tokens[k:], 0), False)
    return None


def _before_parenthesis(tokens: list[str], i: int) -> int:
    """Which token stands before the parenthesis that ends at the token `i`: "Elijah Cummings (D-Md.)"."""
    for j in range(i, max(-1, i - 5), -1):
        if tokens[j][0] == "(":
            return j - 1
    return i


def _antecedent(tokens: list[str], i: int, *, initial: bool) -> int:
    """Which token the noun phrase ends at when the one before the cue ends with a comma: an apposition is between."""
    if tokens[0][0].isupper() and tokens[0] not in _PREPOSITIONS and tokens[0] not in _SUBORDINATORS:
        # "Lance Beebe, 49, a veteran who lives in Ohio, said"
        for j in range(min(i, _PHRASE)):
            if tokens[j][-1] == ",":
                phrase = _phrase(tokens, j, initial=initial)
                if phrase and phrase[0] == 0 and phrase[2]:
                    return j
                break
    for j in range(i - 1, -1, -1):
        if tokens[j][-1] == "," or (tokens[j + 1][0] in "(—–" and tokens[i][-1] in ")—–"):
            # "the top general, Valery Zaluzhniy, said" but "Serhiy Nayev, the commander, said"
            name_second = tokens[j][0].islower() and all(token[0].isupper() for token in tokens[j + 1 : i + 1])
            return i if name_second else j
    return -1


def _phrase(tokens: list[str], last: int, *, initial: bool) -> tuple[int, int, bool] | None:
    """Find the noun phrase that ends with the token `last`: its first and last token, and whether it names."""
    if tokens[last].rstrip(",.")[-1:] == ")":
        last = max(0, _before_parenthesis(tokens, last))
    first = _reach_left(tokens, last)
    if first > last:
        return None
    # "a spokesman for the ministry", "the Department of Justice": the head is further left
    low = first
    for _ in range(2):
        if low < 2 or tokens[low - 1] not in _COMPLEMENT or tokens[low - 2] in _EDGES or tokens[low - 2][-1] in _BREAKS:
            break
        outer = _reach_left(tokens, low - 2)
        if outer > low - 2 or (outer and tokens[outer - 1] in _PREPOSITIONS and tokens[low - 1] not in _STRONG_COMPLEMENT):
            break
        if outer == 0 and not initial and tokens[low - 1] not in _STRONG_COMPLEMENT:
            break
        low = outer
    if low < first and not (low and tokens[low - 1] in _PREPOSITIONS and tokens[last][0].isupper() and last > first):
        head = low
        while tokens[head + 1] not in _COMPLEMENT:
            head += 1
        word = tokens[head].strip(_TRIM)
        if word[:1].isupper() and tokens[last][0].isupper() and not (initial and head == 0):
            return low, last, word not in _NO_NAMES and word not in _DEMONYMS
        named = word.lower() in _BODIES and any(t[0].isupper() for t in tokens[first : last + 1])
        if _is_noun(tokens, low, head):
            return low, last, named
        if word[-2:] == "ed":
            return None
    named = _names(tokens[first : last + 1], initial=initial and first == 0)
    while named and first < last and tokens[first].islower() and not _begins(tokens[first]):
        first += 1  # "they met John Smith, who said"
    if named or _is_noun(tokens, first, last):
        return first, last, named
    return None


def _begins(token: str) -> bool:
    return token in _DETERMINERS or token in _HEADS or token.endswith(_POSSESSIVE)


def _reach_left(tokens: list[str], last: int) -> int:
    """Find the first token of the noun group that ends at `last`; beyond `last` where none does."""
    first = last
    while first >= 0 and last - first < _PHRASE:
        token = tokens[first]
        if token in _EDGES or token in _PRONOUNS:
            return first + 1
        if first < last and token[-1] in _BREAKS and token not in _ABBREVIATIONS and not (len(token) == 2 and token[0].isupper()):
            return first + 1
        if token in _DETERMINERS:
            return first if first < last else first + 1
        first -= 1
    return first + 1


def _is_noun(tokens: list[str], first: int, last: int) -> bool:
    """Whether a group without a name can be a subject: it has a determiner, or its head is a plural or a role."""
    head = tokens[last].strip(_TRIM)
    if not head or head in _DAYS:
        return False
    if tokens[first] in _DETERMINERS or tokens[first][0].isdigit() or head[0].isupper() or head.lower() in _HEADS:
        return True
    if any(token.endswith(_POSSESSIVE) for token in tokens[first:last]):
        return True
    return head[-1] == "s" and head[-2:] not in ("ss", "us", "is")


def _names(group: list[str], *, initial: bool) -> bool:
    """Whether a noun group is the name of a person or an organisation, or ends with one."""
    head = group[-1].strip(_TRIM)
    if not head:
        return False
    if not head[0].isupper():
        return head in _BODIES and any(
            word[0].isupper() and word not in _NO_NAMES and (head in _ORGANISATIONS or word not in _DEMONYMS) for word in group
        )
    if len(group) == 1:
        return not (
            head in _NO_NAMES
            or head in _DEMONYMS
            or head in _OFFICES
            or (initial and (head.lower() in _HEADS or head.endswith(_COMMON_ENDINGS)))
        )
    n_names, last = 0, head
    for token in reversed(group):
        if token[0].isupper():
            if token in _TITLES:
                return True
            if token not in _NO_NAMES and token.strip(_TRIM) not in _OFFICES:
                n_names, last = n_names + 1, token
        elif token not in _INSIDE_NAMES:
            break
    return n_names > 1 or (n_names == 1 and last.strip(_TRIM) not in _DEMONYMS)


def _right(text: str, start: int, limit: int, *, initial: bool) -> _Phrase | None:
    """Find the noun phrase that begins at `start`."""
    tokens = text[start:limit].split(None, _PHRASE + 2)[: _PHRASE + 2]
    if not tokens:
        return None
    group: list[str] = []
    head = -1  # the last token that can be the head
    for i, token in enumerate(tokens):
        word = token.strip(_TRIM)
        if not word:
            break
        if word in _PRONOUNS and not group:
            at = text.find(word, start)
            return at, at + len(word), False
        capital = word[0].isupper()
        if token in _INSIDE_NAMES and token not in _CONJUNCTIONS and head >= 0 and group[-1][0].isupper() and head == i - 1:
            following = tokens[i + 1 : i + 3]
            if following and (following[0][0].isupper() or (following[0] == "the" and following[-1][0].isupper())):
                group.append(token)
                head = i
                continue
        if word in _ENDS_RIGHT and not (capital and word not in _DAYS and not group) and word not in _DETERMINERS:
            break
        if word in _DETERMINERS:
            if group and tokens[i - 1] not in _INSIDE_NAMES:
                break
        elif capital or word in _HEADS or word.endswith(_POSSESSIVE):
            head = i
        elif head >= 0 and (word[-2:] in ("ed", "ly") or not _leads_on(tokens, i)) and not group[head].endswith(_POSSESSIVE):
            break
        else:
            head = i
        group.append(token)
        if token[-1] in _BREAKS and token not in _ABBREVIATIONS and not (len(token) == 2 and capital):
            break
    if head < 0:
        return None
    group = group[: head + 1]
    at = stop = text.find(group[0], start)
    for token in group:
        stop = text.find(token, stop) + len(token)
    stop -= len(group[-1]) - len(_trimmed(group[-1]))
    named = _names(group, initial=initial)
    if not named and group[-1].lower() in _BODIES and tokens[head + 1 : head + 2] and tokens[head + 1] in _ISSUED_BY:
        named = any(token[0].isupper() for token in tokens[head + 2 : head + 5])
    if not named and not _is_noun(group, 0, len(group) - 1):
        return None
    return at + len(group[0]) - len(group[0].lstrip(_TRIM)), stop, named


def _leads_on(tokens: list[str], i: int) -> bool:
    """Whether a lower-case word stands inside a phrase: a role or a name follows."""
    following = tokens[i + 1].strip(_TRIM) if i + 1 < len(tokens) else ""
    return (following[:1].isupper() and following not in _DAYS) or following in _HEADS


def _by(text: str, start: int, limit: int) -> _Phrase | None:
    """Find the agent of a passive: "was described by officials"."""
    return _right(text, start + 4, limit, initial=False) if text.startswith(" by ", start) else None


def _subject(text: str, sentence: Span) -> _Phrase | None:
    """Find the first noun phrase of a sentence, past an opening adverbial ("In Iowa, ...")."""
    start = sentence.start
    limit = min(sentence.end, start + _REACH)
    first = text[start:limit].split(None, 1)[:1]
    if first and (first[0] in _PREPOSITIONS or first[0] in _SUBORDINATORS or first[0][-3:] == "ing" or first[0][-1] == ","):
        start = text.find(",", start, limit) + 1
        if not start:
            return None
    elif first and first[0] in _CONJUNCTIONS:
        start += len(first[0])
    return _right(text, start, limit, initial=start == sentence.start)


def _states(text: str, left: int, right: int, high: int, before: Span | None, after: Span | None) -> bool:
    """Whether a statement is seen at the cue: a quotation, a colon, or "that" within a few words."""
    if before and left - before.end <= 3:
        return True
    if after and 0 <= after.start - right <= 3:
        return True
    rest = text[right : min(high, right + 40)]
    return rest[:1] == ":" or " that " in rest or " how " in rest or " whether " in rest


def _content(
    text: str, left: int, right: int, sentence: Span, before: Span | None, after: Span | None, *, trails: bool
) -> Span | None:
    """Find what is said: the quotation at the cue, or the clause after it, or, if the cue `trails`, before it."""
    if before and left - before.end <= 3:
        return before
    if after and (after.start < sentence.end or (text[sentence.end - 1] == ":" and after.start <= sentence.end + 3)):
        return after
    rest = text[right : min(sentence.end, right + _SHORT)].strip()
    start, stop = right, sentence.end
    if not rest or rest[0] in _ENDS_CLAUSE:
        trails = trails or stop - start < left - sentence.start
    elif stop - start < _SHORT and text[max(sentence.start, left - 3) : left].rstrip()[-1:] == ",":
        trails = trails or left - sentence.start > _SHORT
    if trails:
        if before:
            return before
        first, last = sentence.start, left
        while last > first and text[last - 1] in _AROUND_CLAUSE:
            last -= 1
        start, stop = first, last
    while start < stop and text[start] in _AROUND_CLAUSE:
        start += 1
    return Span(start, stop, "content") if start < stop else None
