"""Who wrote a page: names out of its metadata, its scripts, and what a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from scorer.joined import without_joined
from scorer.parse.dates import DATE, iso_date
from scorer.parse.marks import Head, Marks, clean

# Names of meta tags without their punctuation: "dc.date.issued" and "dc:date:issued" are one.
_AUTHOR_NAME_TEXT = (
    "author authors authorname articleauthorname parselyauthor sailthruauthor dccreator dctermscreator citationauthor "
    "byl byline ogauthor cxenseparseauthor creator"
)
_AUTHOR_NAMES = tuple(_AUTHOR_NAME_TEXT.split())
_WRITTEN = (
    r"(?:(?:written|posted|published|contributed|created|authored|article|guest post|post|story|words|text|content|blog|reported"
    r"|compiled|researched|(?:(?:view|see|read|browse) )?(?:all|more) (?:posts|articles|stories)) )?by"
)
_LEAD = re.compile(
    rf"^{_WRITTEN}\b[:\s]*"
    r"|^(?:author|written|writer|words|contributors?|from)s?\b[:\s]+",
    re.IGNORECASE,
)
# What somebody does for the outlet, after the name: "Ann Lee, Senior Health Editor". Degrees and offices stay.
_ROLE = (
    r" ?, (?:[\w'’/-]+ ){0,4}?(?:contributors?|journalists?|reporters?|correspondents?|columnists?|writers?|authors?|editors?"
    r"|bloggers?|producers?|photographers?|critics?)\b(?! (?:of|at) )"
)
# The same without a comma, after a first and a last name.
_PLAIN_ROLE = re.compile(
    r"^([^\W\d_][\w'’.-]+ (?:[^\W\d_]\. )?[^\W\d_][\w'’.-]+) (?:[\w'’/&-]+ ){0,3}(?:contributor|journalist|reporter|correspondent"
    r"|columnist|writer|editor|blogger|producer|photographer|critic)$",
    re.IGNORECASE,
)
_NAME_END = re.compile(
    r"\s*(?:[|•·⋅/»*(]|\s[–—-]\s|\b(?:on|updated|published|posted|last|modified|reviewed|edited|fact[- ]checked"
    r"|in)\b[:\s]|\d{1,2}[:/.]|\b\d|@"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\bfollow\b|\bmin(?:ute)?s? read|\bread(?:ing)? time"
    r"|\bfor the\b|\bfor (?=[A-Z])|\bspecial to\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|, (?:staff|senior|contributing|special|(?:the )?associated press|ap|reuters|afp|bloomberg|cnn|bbc|npr)\b"
    r"|" + _ROLE + r").*$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|^(?:admin|author|guest|none|null|undefined|posted|editor|by|about|share|biography|profile|more)$"
    r"|^(?:(?:learn|read) )?more\b|^(?:view|see) |[{}<>=]|rights reserved|copyright|creative commons",
    re.IGNORECASE,
)


_MAIL = re.compile(r"^[\w.+-]+@[\w.-]+ \(([^()]+)\)$")  # as feeds write it: "lee@example.org (Ann Lee)"
_ROLE_END = re.compile(r"\s*(?:\||" + _ROLE + r").*$", re.IGNORECASE)


def join_names(values: Iterable[object]) -> str:
    """The names, joined by commas, without what is no name."""
    names: list[str] = []
    for value in values:
        said = without_joined(clean(value))
        name = _ROLE_END.sub("", _LEAD.sub("", _MAIL.sub(r"\1", said))).strip(" ,;|")
        if name and len(name) <= 120 and not _NOT_A_NAME.search(name) and name.lower() not in (n.lower() for n in names):
            names.append(name)
    return ", ".join(names)


_SCRIPT_AUTHOR = re.compile(
    r"\"author(?:_?name)?\\?\"\s{0,9}:\s{0,9}(?:[\[{]\s{0,9}){0,2}(?:\\?\"[a-z_@]{1,12}\\?\"\s{0,9}:\s{0,9}\\?\"[^\"\\]{0,60}\\?\",\s{0,9}){0,4}"
    r"(?:\\?\"name\\?\"\s{0,9}:\s{0,9})?\\?\"([^\"\\]{4,60})\\?\"",
    re.IGNORECASE,
)


def authors_in_scripts(source: str) -> list[str]:
    """The author in the data a page brings along for its scripts, if it names only one."""
    found = {name for name in _SCRIPT_AUTHOR.findall(source) if _TWO_OR_THREE.fullmatch(name)}
    return list(found) if len(found) == 1 else []


def author_in(meta: Mapping[str, str]) -> str:
    """The author by the meta tags, whose names come without punctuation."""
    return next((meta[name] for name in _AUTHOR_NAMES if name in meta), "")


def labelled_author(meta: Mapping[str, str]) -> str:
    """The value of one of the Twitter card's two free fields, where its label says that it is the author."""
    for n in "12":
        if re.match(r"written|author|by", meta.get(f"twitter:label{n}", ""), re.IGNORECASE):
            return meta.get(f"twitter:data{n}", "")
    return ""


def strong(name: str, outlets: Iterable[str]) -> bool:
    """Whether a byline reads as a person's full name: neither a lone word, as accounts are called, nor the outlet's."""
    letters = _letters(name)
    words = name.split()
    return (
        len(words) > 1
        and any(word[0].isupper() for word in words)
        and not any(letters in outlet or (len(outlet) > 4 and outlet in letters) for outlet in map(_letters, outlets) if outlet)
    )


def without_outlet(byline: str, outlets: Iterable[str]) -> str:
    """The byline without the name of the outlet after the author's, or joined to it."""
    outlets = [outlet for outlet in outlets if outlet]
    names = without_joined(byline, outlets).split(", ")
    known = [_letters(outlet) for outlet in outlets]
    while len(names) > 1 and any(outlet.startswith(_letters(names[-1])) for outlet in known):
        names.pop()
    return ", ".join(names)


def _letters(value: str) -> str:
    return _NOT_LETTERS.sub("", value).lower()


_NOT_LETTERS = re.compile(r"[\W_]+")


def visible_byline(marks: Marks, text: str, head: Head) -> str:
    """The name in the first place near the headline that says it holds the author's, or beside the date."""
    low, high = max(0, head.start - 400), max(head.body + 400, head.end + 600)
    ranges = [(kind, start, end) for kind, start, end in marks.ranges if kind in _BYLINE_KINDS and low <= start <= high]
    ranges.sort(key=lambda r: (_BYLINE_KINDS.index(r[0]), r[1] < head.start, r[1]))
    for n, (kind, start, end) in enumerate(ranges):
        if end - start > 300:
            continue
        for line in text[start:end].split("\n"):
            name = _as_name(line, sure=kind in ("author", "item author"))
            if name and kind != "byline":
                return _and_others(name, end, [r for r in ranges[n + 1 :] if r[0] == kind], text)
            if name:
                return name
    after = [line.strip() for line in text[max(0, head.end) : max(high, 0)].split("\n")[:30]]
    before = [line.strip() for line in text[low : max(0, head.start)].split("\n")[-4:]]
    return next((name for lines in (after, before) if (name := _named_in(lines) or _beside_date(lines, text, head.headline))), "")


def byline_below(marks: Marks, text: str, head: Head) -> str:
    """The name in a box about the author below the article, or at its end."""
    if not head.foot:
        return ""
    for kind, start, end in marks.ranges:
        if kind in _BYLINE_KINDS and head.foot <= start <= head.foot + 2500 and 0 < end - start < 500:
            line = text[start:end].split("\n", 1)[0]
            name = _as_name(_BIO.sub("", line), sure=kind != "byline" and len(line) < 60)
            if name:
                return name
    return _named_in([line.strip() for line in text[max(head.body, head.foot - 1200) : head.foot + 2500].split("\n")[:50]])


def _beside_date(lines: Sequence[str], text: str, headline: str) -> str:
    """What stands in a line of the date or beside it and is nothing but a name: its words occur nowhere in lower case."""
    dated = [iso_date(line) != "" and len(line) < 80 for line in lines]
    for i, line in enumerate(lines):
        if not any(dated[max(0, i - 1) : i + 2]):
            continue
        parts = _BESIDE_NAME.sub("|", DATE.sub("|", line)).split("|") if dated[i] else [line]
        parts = [part.strip() for part in parts if part.strip()]
        if len(parts) > 2 or any(word[0].islower() for part in parts for word in part.split()):
            continue
        for name in parts:
            words = name.lower().replace(".", "").split()
            plausible = _TWO_OR_THREE.fullmatch(name) and not _LABEL_WORDS.intersection(words) and name not in headline
            if plausible and not any(re.search(rf"\b{re.escape(word)}\b", text) for word in words if len(word) > 2):
                return name
    return ""


# What else stands in a line of the date: its words, the hour, the time of reading, signs.
_BESIDE_NAME = re.compile(
    r"\b(?:published|posted|updated|on|by|at|last|modified|date|author|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|\d+ min(?:ute)?s?(?: read)?|\bread(?:ing)? time|\d\d?:\d\d(?: ?[ap]\.?m\b\.?)?|\b[A-Z]{1,3}T\b"
    r"|[|•·⋅,:/–—-](?= |$)|^[|•·⋅,:/–—-]",
    re.IGNORECASE,
)
_LABELS = (
    "news blog blogs press release releases report update updates article articles resources insights events guide tips study "
    "research opinion analysis business health world sport sports politics travel lifestyle technology tech science education "
    "entertainment culture money finance law live scores home category share comment comments print email read story stories "
    "local national uk us usa video podcast review reviews marketing industry company"
)
_LABEL_WORDS = frozenset(_LABELS.split())
_TWO_OR_THREE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}")


def _named_in(lines: Sequence[str]) -> str:
    """The name in a line "By ...", after a label ("Author:"), or before a line that says what its bearer does."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if len(line) >= 120:
            continue
        if (_BY.match(line) or _AUTHOR_NAME.fullmatch(line)) and (name := _as_name(line, sure=True)):
            return name
        if following and _ABOUT_AUTHOR.fullmatch(line) and (name := _as_name(_BIO.sub("", following), sure=False)):
            return name
        later = _BY_LATER.search(line)
        lead = _BESIDE_NAME.sub(" ", DATE.sub(" ", line[: later.start(1)])) if later else ""
        if later and len(lead.split()) < 2 and (name := _as_name(line[later.start(1) :], sure=True)):
            return name
        if (
            len(following) < 60
            and _ROLE_LINE.fullmatch(following)
            and len(line.split()) > 1
            and (name := _as_name(line, sure=False))
        ):
            return name
    return ""


def _and_others(name: str, end: int, ranges: Sequence[tuple[str, int, int]], text: str) -> str:
    """The name and those that follow it closely, joined by commas."""
    names = [name]
    for _, start, stop in ranges:
        if start < end:
            continue
        other = _as_name(text[start:stop], sure=True)
        if start - end > 30 or not other:
            break
        if other not in names:
            names.append(other)
        end = stop
    return ", ".join(names)


_BYLINE_KINDS = ("item author", "author", "byline")
_BY = re.compile(rf"(?:{_WRITTEN}|authors?|writer|words)(?: ?: ?| (?<=by ))[^\W\d_]", re.IGNORECASE)
# "March 3, 2024 | by Ann Lee": a by within a line that holds a date.
_BY_LATER = re.compile(r"[\d|•·—–)/-] ?\W?(by[ :]+[^\W\d_])", re.IGNORECASE)
_AUTHOR_NAME = re.compile(r"(?:[Aa]uthor|AUTHOR|[Ww]riter|[Ww]ords) " + _TWO_OR_THREE.pattern)
_BY_AGAIN = re.compile(r"(.+?) by \1", re.IGNORECASE)
_AGENCIES = frozenset(("reuters", "ap", "afp", "bloomberg", "pti", "ani", "ians", "upi", "xinhua"))
_ROLE_LINE = re.compile(
    r"(?:[\w'’/&-]+ ){0,3}(?:contributor|journalist|reporter|correspondent|columnist|writer|author|editor|blogger)"
    r"(?:,? [\w ]{1,30})?",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = re.compile(
    rf"(?:about (?:the )?)?(?:author|writer|contributor)s?:?|{_WRITTEN}:?|meet the (?:author|writer)|words:?", re.IGNORECASE
)
_BIO = re.compile(r" (?:is|was|has|writes|covers|works|joined)\b.*$")
_PARTICLES = frozenset(("and", "de", "van", "von", "der", "den", "la", "le", "di", "da", "of", "the", "el", "al", "bin", "&"))


def _as_name(line: str, *, sure: bool) -> str:
    line = without_joined(line)
    had_lead = _LEAD.match(line.strip()) is not None
    name = _NAME_END.sub("", _LEAD.sub("", line.strip())).strip(" ,;:|-–—·•")
    parts = name.split()
    if not 1 <= len(parts) <= 8 or len(name) < 3 or _NOT_A_NAME.search(name) or not name[0].isalpha():
        return ""
    if len(parts) == 1 and not (sure or had_lead or name.lower() in _AGENCIES):
        return ""
    # "Ann Lee By Ann Lee", a picture's text before the name.
    if len(parts) > 4 and (twice := _BY_AGAIN.fullmatch(name)):
        return _as_name(twice.group(1), sure=sure)
    if role := _PLAIN_ROLE.match(name):
        return role.group(1)
    if "," in name and any(part[0].islower() and part not in _PARTICLES for part in parts):
        return _as_name(name.partition(",")[0], sure=sure or had_lead)
    capital = sum(part[0].isupper() or not part[0].isalpha() or part.lower() in _PARTICLES for part in parts)
    if (capital < len(parts) and not (sure and len(parts) < 3)) or (
        name.endswith((".", "?", "!")) and not name.endswith(("Jr.", "Sr.", "D."))
    ):
        return ""
    return name if sure or had_lead or len(parts) <= 5 else ""
