"""Words, sentences, and the fold of a text that words are split from and word lists are matched against.

A text is folded once: one byte a character, lower case, every quote mark and dash alike, look-alike letters and
accents reduced to plain ones. Because it is one byte a character, an offset in the fold is an offset in the text, and
because it is bytes, splitting it and running the Aho-Corasick automaton over it costs a few microseconds a kilobyte.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Container, Sequence
from functools import cache
from itertools import pairwise

# In the fold: a word character is 0x30 and above, apostrophe 0x27, other punctuation 0x2E, white space 0x20,
# line feed 0x0A, and 0x00 is a character that prints nothing. So "is a word character" is one comparison.
NOTHING, LINE_FEED, SPACE, APOSTROPHE, PUNCTUATION = 0x00, 0x0A, 0x20, 0x27, 0x2E
LAST_NON_WORD = 0x2F

# Letters that look like Latin ones and whose Unicode decomposition does not say so (chosen from the confusables of
# Cyrillic and Greek that are drawn alike in common news typefaces).
_LOOK_ALIKE = dict(
    zip(
        "аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧανο",
        "aeopcyxijshdqwbkmhtabekmhopctyxijsabezhikmnoptyxavo",
        strict=True,
    )
)


def _fold_table() -> bytes:
    table = bytearray([PUNCTUATION]) * 256
    for byte in range(256):
        char = chr(byte)
        if char.isalnum() or char == "_":
            plain = _plain(char)
            table[byte] = ord(plain) if plain else ord("z")
        elif char.isspace():
            table[byte] = SPACE
        elif char in "'`´":
            table[byte] = APOSTROPHE
        elif unicodedata.category(char) in ("Cc", "Cf"):
            table[byte] = NOTHING
    table[LINE_FEED] = LINE_FEED
    table[ord("?")] = PUNCTUATION
    return bytes(table)


def _plain(char: str) -> str:
    """The plain lower-case ASCII letter or digit a character stands for, or ''."""
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    base = _LOOK_ALIKE.get(base, base)
    return base if base.isascii() and base.isalnum() else _LOOK_ALIKE.get(char, "")


_TABLE = _fold_table()


# Characters beyond Latin-1 that news is full of, and what stands for them: these are replaced before the rest.
_FREQUENT = tuple(zip("‘’“”–—…•€™", "''........", strict=True))


@cache
def _stand_in(char: str) -> str:
    """One character of Latin-1 for one that is not in it, of the same kind: letter, space, dash, nothing."""
    plain = _plain(char)
    if plain:
        return plain
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return "\x00"
    if category[0] == "Z":
        return " "
    if char in "′‵ʼʹ＇":
        return "'"
    return "z" if category[0] in "LN" else "."


def _stand_ins(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(_stand_in, error.object[error.start : error.end])), error.end


codecs.register_error("scorer.fold", _stand_ins)


def fold(text: str) -> bytes:
    """Fold `text` to one byte a character (see the module's head); `len(fold(text)) == len(text)` always."""
    if not text.isascii():
        for char, plain in _FREQUENT:
            text = text.replace(char, plain)
    return text.encode("latin-1", "scorer.fold").translate(_TABLE)


#: Characters of no width: spaces and joiners, word joiner, byte-order mark, soft hyphen. And spaces that do not break.
NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_NO_BREAK = "\u00a0\u202f"
_PLAINER = (*((char, "") for char in NO_WIDTH), *((char, " ") for char in _NO_BREAK))


def visible(text: str) -> str:
    """The text without characters of no width, which would hide a word from every list and pattern, and with plain spaces."""
    if not text.isascii():
        for char, plain in _PLAINER:  # each pass is a search for one character: a tenth of what `translate` costs
            text = text.replace(char, plain)
    return text


# Greek and Cyrillic letters that are drawn like Latin ones, and those.
_LATIN = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧаеорсухіјѕ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYXaeopcyxijs")


def even(text: str) -> str:
    """The text, character for character, with Latin letters for those that look like them: what patterns look at that tell
    capitals from small letters."""
    if text.isascii():
        return text
    # The high byte of each character tells the alphabet, at a hundredth of what looking at the characters would cost.
    alphabets = text.encode("utf-16-le", "surrogatepass")[1::2]
    return text.translate(_LATIN) if b"\x03" in alphabets or b"\x04" in alphabets else text


_SPACED = bytes.maketrans(b".'\x00\n", b"    ")


def spaced(folded: bytes) -> bytes:
    """A fold with a space for everything that is no letter or digit."""
    return folded.translate(_SPACED)


def words(folded: bytes) -> list[bytes]:
    """The runs of letters and digits of a fold: the same words `\\w+` finds, but for underscores and accents."""
    return folded.translate(_SPACED, b"\x00").split()


# Marks that tell a headline's shape; quote marks and dashes do not count, being the typesetter's. A stop or comma within a
# number belongs to it.
MARK = re.compile(r"\.{2,}|…|[:?!$%()]|[.,](?!\d)|(?<!\d)[.,]")

# What stands for a number, for three dots, and for a word that the model does not know.
NUMBER, DOTS, UNKNOWN = b"#", b"...", b"*"


def headline_tokens(text: str, folded: bytes) -> list[bytes]:
    """The words and marks of a headline in order, given with its fold; a number is NUMBER."""
    tokens: list[bytes] = []
    at = 0
    for mark in MARK.finditer(text):
        tokens += words(folded[at : mark.start()])
        tokens.append(mark_token(mark[0]))
        at = mark.end()
    tokens += words(folded[at:])
    return [NUMBER if token.isdigit() else token for token in tokens]


def mark_token(mark: str) -> bytes:
    """The token of a mark that MARK found."""
    return DOTS if len(mark) > 1 or mark == "…" else mark.encode()


def headline_terms(tokens: Sequence[bytes], known: Container[bytes]) -> list[bytes]:
    """The terms of a headline: its tokens, UNKNOWN for a word that is not in `known`, and the pairs of neighbours, "<" and ">"
    being its ends. So a pair can hold the place of a name without holding the name."""
    marked = [token if token in known or not token.isalnum() else UNKNOWN for token in tokens]
    return [*marked, *(b"%b %b" % pair for pair in pairwise((b"<", *marked, b">")))]


def fold_term(term: str) -> str:
    """A word as `words` gives it, for look-ups: folded, without apostrophes."""
    return b" ".join(words(fold(term))).decode()


# A sentence ends at . ! ? … with its closing marks, before white space and a capital, digit or opening mark. (Not [.!?…]+:
# the engine skips quickly to a class, not to a repetition. What looks back makes a run of marks tried from its first only.)
_SENTENCE_END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*[\"”’')\]]{0,3}(?=\s+[\"“‘'(\[«]?[^\Wa-z_])")
_ABBREVIATIONS = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "St",
        "Sen",
        "Rep",
        "Gov",
        "Gen",
        "Lt",
        "Col",
        "Sgt",
        "Capt",
        "Maj",
        "Rev",
        "Hon",
        "Jr",
        "Sr",
        "vs",
        "No",
        "Inc",
        "Ltd",
        "Co",
        "Corp",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "Ill",
        "Calif",
        "Fla",
        "Mass",
        "Pa",
        "Va",
        "Wash",
        "Ariz",
        "Conn",
        "Mich",
        "Minn",
        "Tenn",
        "Tex",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
    ]
)
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_ABBREVIATIONS)))}|[A-Z])\.$")
_REACH = 8  # the longest abbreviation, its full stop, and what stands before


def sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of `text[start:end]` end, the last one at `end`. Abbreviations do not end one."""
    stops = [found.end() for found in _SENTENCE_END.finditer(text, start, end)]
    ends = [stop for stop in stops if text[stop - 1] != "." or not _is_abbreviation(text, max(start, stop - _REACH), stop)]
    ends.append(end)
    return ends


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at the end of `text[start:stop]` belongs to an abbreviation or an initial."""
    word = text[start : stop - 1].rpartition(" ")[2]
    if word.isalpha():  # most are, and need no search
        return word in _ABBREVIATIONS or (len(word) == 1 and "A" <= word <= "Z")
    return _ABBREVIATION.search(text, start, stop) is not None
