"""Attributions: who said what, as source, cue and content (Pareti's and PolNeAR's terms).

The cues are hits of the word lists; a cue counts when a source stands where English puts it: the noun phrase that ends
right before the verb, the one right after it when a quotation precedes ("said Mr Smith"), or the object of "according
to". There is no parser here, only words of closed classes at the edges of noun phrases: they are the data below.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain

from scorer.parse.noun_phrases import (
    REACH,
    Phrase,
    agent,
    antecedent,
    before_parenthesis,
    last_pronoun,
    left_phrase,
    place,
    right_phrase,
    subject_of,
    surely_a_subject,
)
from scorer.parse.word_classes import (
    ABBREVIATIONS,
    BE,
    BEFORE_TIME,
    BETWEEN,
    BREAKS,
    CONJUNCTIONS,
    CONTRACTIONS,
    DASHES,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    EDGES,
    NO_VERB_AFTER,
    PERIODS,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    TRIM,
    word_set,
)
from scorer.types import Attribution, Span

CUE_LISTS = ("cues_neutral", "cues_editorial", "cues_doubt")

# Cues that report without naming anybody.
_UNSOURCED = word_set("allegedly purportedly reportedly supposedly")
# First words of cues that are no act of stating, but tell where one was made, or of qualifiers.
_CIRCUMSTANCE = word_set(
    "at in through via with without by as from on upon interviewed reached responding speak speaking speaks spoke spoken "
    "so-called self-styled self-proclaimed supposed purported ostensibly own owned owns apparent"
)
# Cues that report a statement only when one is seen to follow: "that", a quotation, a colon.
_WEAK = word_set(
    "believe believed believes continue continued demand demanded demands find finds found posted promise promises "
    "promised show showed shows think thinks thought rule ruled rules respond responded request requested written "
    "erupt erupted school schools schooled maintain maintained maintains own rip ripped roast torch snap snapped "
    "spill spit explode exploded savage destroy destroyed troll answer answered ask swear swore estimate estimated "
    "comment comments mention describe reveal reveals lost rage raged raise sniff spew vent report reports state "
    "states tweets remark remarks claim claims note notes vows"
)

# Of these, what a document does: "the poll showed a lead".
_OF_DOCUMENTS = word_set("find finds found show showed shows estimate estimated estimates reveal reveals reports")
# Cues that are nouns as well: they need a subject that is surely one, besides.
_NOUNS = word_set(
    "state states report reports claim claims comment comments remark remarks tweet tweets rule rules note notes "
    "answer answers request requests estimate estimates mention mentions rebuke rebukes boast boasts joke jokes reply "
    "show shows find finds vow vows pledge pledges promise promises demand demands lecture lectures rant rants taunt "
    "taunts lament laments urge urges rage tease quip quips shout shouts scream screams school schools torch"
)


# Beside a cue these make it part of another word or of markup: "state's", "<tweet", "self-reported".
_GLUE = frozenset("<>/-=_@#’'")
_BEFORE_CAPITAL = frozenset('"“‘([—–-:.\n”')
_ENDS_CLAUSE = frozenset(".,;:!?)—–")

_AROUND_CLAUSE = frozenset(",: \n\t\xa0—–")
# What stands after a clause and its cue at the end of a sentence: "..., he said on Monday in a letter to the editor."
_SHORT = 60


# What stands before a cue.
_NOTHING, _SUBJECT, _SHARED, _INVERTED, _PASSIVE = range(5)


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
    shared: Phrase | None = None  # the source of the attribution before, in the same sentence
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
    text: str, cue: tuple[int, int], sentence: Span, before: Span | None, after: Span | None, shared: Phrase | None
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
    if start - low > REACH:
        low = text.find(" ", start - REACH, start) + 1 or start
    quoted = before is not None and before.end > low
    if before and quoted:
        low = before.end
    high = end + REACH
    if high > sentence.end:
        high = sentence.end
    if after and after.start < high:
        high = after.start
    left_edge, right_edge = start, end
    source: Phrase | None = None
    if word.startswith("according"):
        source = right_phrase(text, end, high, initial=False)
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
            source = shared or source or subject_of(text, sentence)
        elif kind == _INVERTED:
            source = right_phrase(text, end, high, initial=False)
            if source is None and shared:
                source = shared
            elif source:
                right_edge = source[1]
                if not quoted and text[right_edge : right_edge + 1] not in _ENDS_CLAUSE:
                    return None
        elif kind == _PASSIVE:
            source = agent(text, end, high)
        if source is None and kind != _PASSIVE and not (kind == _INVERTED and quoted):
            return None
        if (word in _WEAK or source is None) and not (
            _states(text, left_edge, right_edge, high, before, after)
            or (source and word in _OF_DOCUMENTS and text[source[0] : source[1]].rpartition(" ")[2] in DOCUMENTS)
        ):
            return None
    content = _content(
        text, left_edge, right_edge, sentence, before, after, trails=right_edge > end and start - sentence.start > _SHORT // 6
    )
    if source is None:
        return Attribution(None, Span(start, end, "cue"), content, named=False)
    return Attribution(Span(source[0], source[1], "source"), Span(start, end, "cue"), content, source[2])


def _left(text: str, low: int, start: int, word: str, *, initial: bool) -> tuple[int, Phrase | None]:
    """Tell what stands before the cue: its subject, a noun's determiner, the end of a quotation..."""
    # The word right before the cue settles most cases, before the rest is split.
    token = text[max(low, text.rfind(" ", low, start - 1) + 1) : start - 1]
    if token in PRONOUNS:
        return _SUBJECT, (start - 1 - len(token), start - 1, False)
    if token in NO_VERB_AFTER:
        return _NOTHING, None
    tokens = text[low:start].split()
    i = len(tokens) - 1
    passive = False
    while i >= 0:
        token = tokens[i]
        if token in BETWEEN:
            passive = passive or token in BE
        elif token in DAYS:
            if i and tokens[i - 1] in BEFORE_TIME:
                i -= 1
        elif token in PERIODS and i and tokens[i - 1] in BEFORE_TIME:
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
        while i >= 0 and (tokens[i] in BETWEEN or tokens[i][-2:] == "ly"):
            i -= 1
        if i < 0:
            return _NOTHING, None
        token, passive = tokens[i], False
        if token[-1] in BREAKS:
            return _SHARED, None
    if token in ("as", "As") and not participle:  # "as reported by"
        return _PASSIVE, None
    if token in CONJUNCTIONS and word in _NOUNS:
        return _NOTHING, None
    if token in CONJUNCTIONS or (participle and (token[-1] in BREAKS or token in PREPOSITIONS or token in DASHES)):
        return _SHARED, last_pronoun(text, tokens, low, start)
    if passive and word != "quoted" and word != "quoted as saying":
        return _PASSIVE, None
    if token in ("who", "which"):
        i -= 1
        if i < 0:
            return _SHARED, None
    elif token in PRONOUNS or token in CONTRACTIONS:
        at, _ = place(text, low, start, tokens[i:], 0)
        return _SUBJECT, (at, at + len(token.replace("’", "'").partition("'")[0]), False)
    elif token in QUANTIFIERS and word not in _NOUNS and not (i and tokens[i - 1] in PREPOSITIONS):
        return _SUBJECT, (*place(text, low, start, tokens[i:], 0), False)
    elif token in EDGES or token in DETERMINERS or token.endswith(POSSESSIVE):
        return _NOTHING, None
    elif token[-1] in BREAKS and token not in ABBREVIATIONS:
        if token[-1] == ")" or token[-2:] == "),":
            i = before_parenthesis(tokens, i)
        elif token[-1] not in ",—–":
            return (_INVERTED if i == 0 and not initial else _NOTHING), None
        else:
            i = antecedent(tokens, i, initial=initial)
        if i < 0:
            return _INVERTED, None
    phrase = left_phrase(tokens, i, initial=initial)
    if phrase is None:
        return _NOTHING, None
    if (participle or word in _NOUNS) and not phrase[2] and not surely_a_subject(tokens[phrase[0] : i + 1], word):
        return _NOTHING, None  # "an airborne early warning", "the most populous state"
    first, last, named = phrase
    at, stop = place(text, low, start, tokens[first:], last - first)
    return _SUBJECT, (at + len(tokens[first]) - len(tokens[first].lstrip(TRIM)), stop, named)


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
