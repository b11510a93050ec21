"""Noun phrases beside a cue, told by the words of closed classes at their edges: the sources of attributions."""

from __future__ import annotations

from scorer.parse.word_classes import (
    ABBREVIATIONS,
    BODIES,
    BREAKS,
    COMMON_ENDINGS,
    COMPLEMENT,
    CONJUNCTIONS,
    DAYS,
    DEMONYMS,
    DETERMINERS,
    EDGES,
    ENDS_RIGHT,
    HEADS,
    INSIDE_NAMES,
    ISSUED_BY,
    NO_NAMES,
    OFFICES,
    ORGANISATIONS,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    STRONG_COMPLEMENT,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TITLES,
    TRIM,
)
from scorer.types import Span

# How far from the cue a source is looked for, in characters: longer noun phrases are rare, and the bound keeps the
# work linear.
REACH = 160
# Words of one noun phrase.
LONGEST_PHRASE = 8
#: start, end, named
Phrase = tuple[int, int, bool]


def place(text: str, low: int, end: int, tokens: list[str], last: int) -> tuple[int, int]:
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
    if token[-1:] == "." and (token in ABBREVIATIONS or token[-3:-2] == "."):
        return token
    return token.rstrip(TRIM)


def surely_a_subject(group: list[str], word: str) -> bool:
    """Whether a noun group would not rather be the beginning of one whose head is the cue."""
    head = group[-1].strip(TRIM).lower()
    return head in HEADS or (head[-1:] == "s" and word[-1] != "s" and word[-3:] != "ing")


def last_pronoun(text: str, tokens: list[str], low: int, start: int) -> Phrase | None:
    """Find the last pronoun before a cue that shares its subject: "he laughed and said"."""
    for k in range(len(tokens) - 1, -1, -1):
        if tokens[k] in SUBJECT_PRONOUNS:
            return (*place(text, low, start, tokens[k:], 0), False)
    return None


def before_parenthesis(tokens: list[str], i: int) -> int:
    """Which token stands before the parenthesis that ends at the token `i`: "Elijah Cummings (D-Md.)"."""
    for j in range(i, max(-1, i - 5), -1):
        if tokens[j][0] == "(":
            return j - 1
    return i


def antecedent(tokens: list[str], i: int, *, initial: bool) -> int:
    """Which token the noun phrase ends at when the one before the cue ends with a comma: an apposition is between."""
    if tokens[0][0].isupper() and tokens[0] not in PREPOSITIONS and tokens[0] not in SUBORDINATORS:
        # "Lance Beebe, 49, a veteran who lives in Ohio, said"
        for j in range(min(i, LONGEST_PHRASE)):
            if tokens[j][-1] == ",":
                phrase = left_phrase(tokens, j, initial=initial)
                if phrase and phrase[0] == 0 and phrase[2]:
                    return j
                break
    for j in range(i - 1, -1, -1):
        if tokens[j][-1] == "," or (tokens[j + 1][0] in "(—–" and tokens[i][-1] in ")—–"):
            # "the top general, Valery Zaluzhniy, said" but "Serhiy Nayev, the commander, said"
            name_second = tokens[j][0].islower() and all(token[0].isupper() for token in tokens[j + 1 : i + 1])
            return i if name_second else j
    return -1


def left_phrase(tokens: list[str], last: int, *, initial: bool) -> tuple[int, int, bool] | None:
    """Find the noun phrase that ends with the token `last`: its first and last token, and whether it names."""
    if tokens[last].rstrip(",.")[-1:] == ")":
        last = max(0, before_parenthesis(tokens, last))
    first = _reach_left(tokens, last)
    if first > last:
        return None
    # "a spokesman for the ministry", "the Department of Justice": the head is further left
    low = first
    for _ in range(2):
        if low < 2 or tokens[low - 1] not in COMPLEMENT or tokens[low - 2] in EDGES or tokens[low - 2][-1] in BREAKS:
            break
        outer = _reach_left(tokens, low - 2)
        if outer > low - 2 or (outer and tokens[outer - 1] in PREPOSITIONS and tokens[low - 1] not in STRONG_COMPLEMENT):
            break
        if outer == 0 and not initial and tokens[low - 1] not in STRONG_COMPLEMENT:
            break
        low = outer
    if low < first and not (low and tokens[low - 1] in PREPOSITIONS and tokens[last][0].isupper() and last > first):
        head = low
        while tokens[head + 1] not in COMPLEMENT:
            head += 1
        word = tokens[head].strip(TRIM)
        if word[:1].isupper() and tokens[last][0].isupper() and not (initial and head == 0):
            return low, last, word not in NO_NAMES and word not in DEMONYMS
        named = word.lower() in BODIES and any(t[0].isupper() for t in tokens[first : last + 1])
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
    return token in DETERMINERS or token in HEADS or token.endswith(POSSESSIVE)


def _reach_left(tokens: list[str], last: int) -> int:
    """Find the first token of the noun group that ends at `last`; beyond `last` where none does."""
    first = last
    while first >= 0 and last - first < LONGEST_PHRASE:
        token = tokens[first]
        if token in EDGES or token in PRONOUNS:
            return first + 1
        if first < last and token[-1] in BREAKS and token not in ABBREVIATIONS and not (len(token) == 2 and token[0].isupper()):
            return first + 1
        if token in DETERMINERS:
            return first if first < last else first + 1
        first -= 1
    return first + 1


def _is_noun(tokens: list[str], first: int, last: int) -> bool:
    """Whether a group without a name can be a subject: it has a determiner, or its head is a plural or a role."""
    head = tokens[last].strip(TRIM)
    if not head or head in DAYS:
        return False
    if tokens[first] in DETERMINERS or tokens[first][0].isdigit() or head[0].isupper() or head.lower() in HEADS:
        return True
    if any(token.endswith(POSSESSIVE) for token in tokens[first:last]):
        return True
    return head[-1] == "s" and head[-2:] not in ("ss", "us", "is")


def _names(group: list[str], *, initial: bool) -> bool:
    """Whether a noun group is the name of a person or an organisation, or ends with one."""
    head = group[-1].strip(TRIM)
    if not head:
        return False
    if not head[0].isupper():
        return head in BODIES and any(
            word[0].isupper() and word not in NO_NAMES and (head in ORGANISATIONS or word not in DEMONYMS) for word in group
        )
    if len(group) == 1:
        return not (
            head in NO_NAMES
            or head in DEMONYMS
            or head in OFFICES
            or (initial and (head.lower() in HEADS or head.endswith(COMMON_ENDINGS)))
        )
    n_names, last = 0, head
    for token in reversed(group):
        if token[0].isupper():
            if token in TITLES:
                return True
            if token not in NO_NAMES and token.strip(TRIM) not in OFFICES:
                n_names, last = n_names + 1, token
        elif token not in INSIDE_NAMES:
            break
    return n_names > 1 or (n_names == 1 and last.strip(TRIM) not in DEMONYMS)


def right_phrase(text: str, start: int, limit: int, *, initial: bool) -> Phrase | None:
    """Find the noun phrase that begins at `start`."""
    tokens = text[start:limit].split(None, LONGEST_PHRASE + 2)[: LONGEST_PHRASE + 2]
    if not tokens:
        return None
    group: list[str] = []
    head = -1  # the last token that can be the head
    for i, token in enumerate(tokens):
        word = token.strip(TRIM)
        if not word:
            break
        if word in PRONOUNS and not group:
            at = text.find(word, start)
            return at, at + len(word), False
        capital = word[0].isupper()
        if token in INSIDE_NAMES and token not in CONJUNCTIONS and head >= 0 and group[-1][0].isupper() and head == i - 1:
            following = tokens[i + 1 : i + 3]
            if following and (following[0][0].isupper() or (following[0] == "the" and following[-1][0].isupper())):
                group.append(token)
                head = i
                continue
        if word in ENDS_RIGHT and not (capital and word not in DAYS and not group) and word not in DETERMINERS:
            break
        if word in DETERMINERS:
            if group and tokens[i - 1] not in INSIDE_NAMES:
                break
        elif capital or word in HEADS or word.endswith(POSSESSIVE):
            head = i
        elif head >= 0 and (word[-2:] in ("ed", "ly") or not _leads_on(tokens, i)) and not group[head].endswith(POSSESSIVE):
            break
        else:
            head = i
        group.append(token)
        if token[-1] in BREAKS and token not in ABBREVIATIONS and not (len(token) == 2 and capital):
            break
    if head < 0:
        return None
    group = group[: head + 1]
    at = stop = text.find(group[0], start)
    for token in group:
        stop = text.find(token, stop) + len(token)
    stop -= len(group[-1]) - len(_trimmed(group[-1]))
    named = _names(group, initial=initial)
    if not named and group[-1].lower() in BODIES and tokens[head + 1 : head + 2] and tokens[head + 1] in ISSUED_BY:
        named = any(token[0].isupper() for token in tokens[head + 2 : head + 5])
    if not named and not _is_noun(group, 0, len(group) - 1):
        return None
    return at + len(group[0]) - len(group[0].lstrip(TRIM)), stop, named


def _leads_on(tokens: list[str], i: int) -> bool:
    """Whether a lower-case word stands inside a phrase: a role or a name follows."""
    following = tokens[i + 1].strip(TRIM) if i + 1 < len(tokens) else ""
    return (following[:1].isupper() and following not in DAYS) or following in HEADS


def agent(text: str, start: int, limit: int) -> Phrase | None:
    """Find the agent of a passive: "was described by officials"."""
    return right_phrase(text, start + 4, limit, initial=False) if text.startswith(" by ", start) else None


def subject_of(text: str, sentence: Span) -> Phrase | None:
    """Find the first noun phrase of a sentence, past an opening adverbial ("In Iowa, ...")."""
    start = sentence.start
    limit = min(sentence.end, start + REACH)
    first = text[start:limit].split(None, 1)[:1]
    if first and (first[0] in PREPOSITIONS or first[0] in SUBORDINATORS or first[0][-3:] == "ing" or first[0][-1] == ","):
        start = text.find(",", start, limit) + 1
        if not start:
            return None
    elif first and first[0] in CONJUNCTIONS:
        start += len(first[0])
    return right_phrase(text, start, limit, initial=start == sentence.start)
