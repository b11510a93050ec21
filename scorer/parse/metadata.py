"""What a page of HTML says about itself: who wrote what, when, where; and where its own statements disagree.

Sources in order of trust: JSON-LD, OpenGraph, meta tags, microdata, what a reader sees. The headline alone is taken
from what a reader sees where the machine-readable ones confirm that it is the headline: they are often written for
search engines, and it is the wording before the reader's eyes that we judge.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from scorer.types import Disagreement, Metadata

__all__ = ["Head", "Marks", "read_metadata"]


@dataclass(slots=True)
class Marks:
    """What was met on the way through the mark-up. `ranges` are (kind, start, end) in the text, `times` the values of
    <time> with their place in the text and whether they stand among the facts of an article.
    """

    meta: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)
    ranges: list[tuple[str, int, int]] = field(default_factory=list)
    times: list[tuple[str, int, bool]] = field(default_factory=list)


class Head(NamedTuple):
    """What of the text belongs to the head: the headline's text, the range of its block (start -1: none), where the
    first paragraph begins, and where the last one ends.
    """

    headline: str
    start: int
    end: int
    body: int
    foot: int


def read_metadata(marks: Marks, text: str, head: Head, url: str = "", source: str = "") -> Metadata:
    """Weigh the sources and record where they disagree. `source` is the page's mark-up, for dates in its scripts."""
    linked = _linked_data(marks.json_ld)
    meta = marks.meta
    plain_meta = {_letters(name): value for name, value in reversed(meta.items())}
    items = dict(reversed(marks.items))
    base = meta.get("link canonical") or meta.get("og:url") or url
    outlet, outlet_others = _choose(
        [
            ("json-ld", _clean(linked.get("outlet"))),
            ("opengraph", _clean(meta.get("og:site_name"))),
            ("meta", _clean(meta.get("application-name") or meta.get("publisher") or meta.get("dc.publisher"))),
            ("microdata", _clean(items.get("publisher"))),
            ("visible", ""),
        ],
        _letters,
    )
    sites = (outlet, meta.get("og:site_name", ""), urlsplit(base).netloc.removeprefix("www."))
    titles = [
        ("json-ld", _clean(linked.get("headline"))),
        ("opengraph", _without_site(_clean(meta.get("og:title")), sites)),
        ("meta", _without_site(_clean(meta.get("twitter:title")), sites)),
        ("title", _without_site(_clean((marks.titles or [""])[0]), sites)),
        ("microdata", _clean(items.get("headline") or _first_range(marks, text, "item headline"))),
    ]
    seen = ("visible", _LEADING_DATE.sub("", head.headline))
    if seen[1] and (_confirmed(seen[1], titles) or not any(title for _, title in titles)):
        titles.insert(0, seen)
    else:
        titles.append(seen)
    headline, headline_others = _choose(titles, _letters)
    headline = _spelled(headline, titles)
    byline, byline_others = _choose(
        [
            ("json-ld", _names(linked.get("authors", []))),
            ("opengraph", _names([meta.get("article:author", "")])),
            (
                "meta",
                _names([next((plain_meta[name] for name in _AUTHOR_NAMES if name in plain_meta), "") or _labelled_author(meta)]),
            ),
            ("microdata", _names([items.get("author", "")])),
            ("visible", _visible_byline(marks, text, head)),
            ("script", _names(_authors_in_scripts(source))),
        ],
        _name_words,
    )
    language = (meta.get("html lang") or str(linked.get("language") or "") or meta.get("og:locale", "")).replace("_", "-")
    day_first = _day_first(language, urlsplit(base).hostname or "")
    seen_date, seen_changed = _visible_date(marks, text, head, day_first=day_first)
    first_date = _original_date(text, head, day_first=day_first)
    seen_date = first_date or _date_in_address(base) or seen_date
    date, date_others = _choose(
        [
            ("json-ld", iso_date(linked.get("date"))),
            ("opengraph", iso_date(meta.get("article:published_time") or meta.get("og:article:published_time"))),
            ("meta", _first_date(plain_meta, _DATE_NAMES)),
            ("microdata", iso_date(items.get("datePublished"))),
            ("visible", seen_date or seen_changed),
        ],
        str,
    )
    stamp = linked.get("date") or meta.get("article:published_time")
    if first_date or (seen_date and _contradicted(date, stamp, date_others, seen_date)):
        others_say = [(source, value) for source, value in date_others if value != seen_date]
        date, date_others = seen_date, [("json-ld", date), *others_say]
    if not date:
        date = _date_in_scripts(source) or iso_date(linked.get("modified")) or _first_date(plain_meta, _CHANGED_NAMES)
    address, address_others = _choose(
        [
            ("json-ld", str(linked.get("url") or "")),
            ("opengraph", meta.get("og:url", "")),
            ("meta", meta.get("link canonical", "")),
        ],
        _bare_address,
    )
    # A canonical link is the page's own word on its address; JSON-LD may give that of the site.
    canonical = meta.get("link canonical") or address
    standfirst = _clean(
        linked.get("standfirst") or meta.get("og:description") or meta.get("description") or linked.get("description")
    )
    others = (
        ("headline", headline_others),
        ("byline", byline_others),
        ("date", date_others),
        ("outlet", outlet_others),
        ("url", address_others),
    )
    return Metadata(
        headline=headline,
        standfirst=standfirst,
        byline=byline,
        date=date,
        outlet=outlet or sites[2],
        url=urljoin(url, canonical) if canonical else url,
        language=language,
        genre=_genre(linked, meta),
        disagreements=tuple(Disagreement(name, *other) for name, pairs in others for other in pairs),
    )


def _spelled(headline: str, titles: Sequence[tuple[str, str]]) -> str:
    """The headline as the machine-readable titles spell it, which have neither its capitals nor its line breaks; with
    straight quotation marks, as the sources differ in nothing else so often.
    """
    same = [title for source, title in titles if source != "visible" and _letters(title) == _letters(headline)]
    chosen = next((title for title in same if not title.isupper()), headline)
    if chosen.isupper():
        cased = {word.upper(): word for _, title in titles for word in title.split() if not title.isupper()}
        if all(word in cased for word in chosen.split()):
            chosen = " ".join(cased[word] for word in chosen.split())
    return chosen.translate(_STRAIGHT)


_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def _confirmed(headline: str, titles: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the titles shares a good part of its words with the headline."""
    said = _name_words(headline)
    return any(
        len(said & words) >= 0.3 * min(len(said), len(words)) for words in (_name_words(title) for _, title in titles if title)
    )


def _choose(values: Sequence[tuple[str, str]], same: Callable[[str], object]) -> tuple[str, list[tuple[str, str]]]:
    """The first value there is, and the (source, value) pairs that say otherwise."""
    given = [(source, value) for source, value in values if value]
    if not given:
        return "", []
    chosen = given[0][1]
    return chosen, [(source, value) for source, value in given[1:] if same(value) != same(chosen)]


_MORNING_BY_GREENWICH = re.compile(r"T(?:0\d|1[01]):[\d:.]+(?:Z|\+00:?00)$")


def _contradicted(date: str, stamp: object, others: Sequence[tuple[str, str]], seen: str) -> bool:
    """Whether the printed date decides: JSON-LD and OpenGraph contradict each other, or the first one is that of the
    next morning by Greenwich, the same moment as the printed evening.
    """
    if any(source == "opengraph" for source, _ in others):
        return True
    late = isinstance(stamp, str) and _MORNING_BY_GREENWICH.search(stamp.strip()) is not None
    return late and _ordinal(date) - _ordinal(seen) == 1


def _ordinal(date: str) -> int:
    """The number of the day; an impossible one such as February 30 counts on from the month's first."""
    return dt.date.fromisoformat(f"{date[:7]}-01").toordinal() + int(date[8:])


_NOT_LETTERS = re.compile(r"[\W_]+")


def _letters(value: str) -> str:
    return _NOT_LETTERS.sub("", value).lower()


def _name_words(value: str) -> frozenset[str]:
    return frozenset(word for word in _NOT_LETTERS.split(value.lower()) if word and word != "and")


def _bare_address(address: str) -> str:
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")


_TAG = re.compile(r"<[^<>]{1,200}>")


def _clean(value: object) -> str:
    """A value as text: entities resolved (twice: some are escaped twice), mark-up and doubled spaces taken out."""
    if not isinstance(value, str):
        return ""
    value = unescape(unescape(value)) if "&" in value else value
    return " ".join(_TAG.sub(" ", value).split()) if "<" in value else " ".join(value.split())


_SEPARATOR = re.compile(r"\s+[|•·–—»:\-]+\s+|\s*[|»]\s*")


def _without_site(title: str, sites: Iterable[str]) -> str:
    """The title without the name of the site at its end or its beginning."""
    known = [_letters(site) for site in sites if site]
    for _ in range(3):
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            break
        tail, lead = _letters(title[cuts[-1].end() :]), _letters(title[: cuts[0].start()])
        if tail and any(tail in site or (len(site) > 3 and site in tail) for site in known):
            title = title[: cuts[-1].start()]
        elif lead and any(lead == site for site in known):
            title = title[cuts[0].end() :]
        else:
            break
    return title.strip()


# JSON-LD --------------------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"Article|BlogPosting|Report|LiveBlog|Review$|Recipe|HowTo|Posting$")
_COMMENT_OUT = re.compile(
    r"^\s*(?:/\*\s*)?(?://)?\s*<!(?:\[CDATA\[|--)(?:\s*\*/)?|(?:/\*\s*)?(?://)?\s*(?:\]\]|--)>(?:\s*\*/)?;?\s*$"
)


def _linked_data(scripts: Sequence[str]) -> dict[str, Any]:
    """What the JSON-LD says of the article it is about."""
    nodes: list[dict[str, Any]] = []
    broken: list[str] = []
    for script in scripts:
        try:
            parsed = json.loads(_COMMENT_OUT.sub("", script), strict=False)
        except (ValueError, RecursionError):
            broken.append(script)
            continue
        stack = [parsed]
        while stack:
            value = stack.pop()
            if isinstance(value, list):
                stack += reversed(value)
            elif isinstance(value, dict):
                nodes.append(value)
                stack += [
                    inner for name, inner in value.items() if name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                ]
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _ARTICLE.search(_types(node))]
    articles.sort(key=lambda node: not (node.get("headline") or node.get("datePublished")))
    pages = [node for node in nodes if "Page" in _types(node)]
    found: dict[str, Any] = {"types": [_types(node) for node in articles]}
    others = [node for node in nodes if node not in articles and (node.get("author") or node.get("datePublished"))]
    for node in [*articles[:1], *pages[:1], *articles[1:2], *others[:1]]:
        for name, key in (
            ("headline", "headline"),
            ("standfirst", "alternativeHeadline"),
            ("description", "description"),
            ("date", "datePublished"),
            ("modified", "dateModified"),
            ("language", "inLanguage"),
            ("section", "articleSection"),
        ):
            if node.get(key) and not found.get(name):
                found[name] = node[key]
        if not found.get("authors"):
            found["authors"] = _people(node.get("author") or node.get("creator"), by_id)
        if not found.get("outlet"):
            found["outlet"] = next(iter(_people(node.get("publisher"), by_id)), "")
        if not found.get("url"):
            address = node.get("url") or node.get("mainEntityOfPage") or node.get("@id")
            address = address.get("@id") or address.get("url") if isinstance(address, dict) else address
            found["url"] = address if isinstance(address, str) and address.startswith("http") else ""
    persons = [node["name"] for node in nodes if _types(node) == "Person" and isinstance(node.get("name"), str)]
    if not found.get("authors") and len(set(persons)) == 1:
        found["authors"] = persons[:1]
    for script in broken:
        for name, pattern in _IN_BROKEN:
            match = None if found.get(name) else pattern.search(script)
            if match:
                found[name] = [match.group(1)] if name == "authors" else match.group(1)
    return found


_IN_BROKEN = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("headline", r'"headline"\s*:\s*"([^"\\]{5,300})"'),
        ("date", r'"datePublished"\s*:\s*"([^"\\]{8,40})"'),
        ("authors", r'"author"\s*:\s*[\[{][^}\]]{0,200}?"name"\s*:\s*"([^"\\]{3,80})"'),
    )
)


def _types(node: Mapping[str, Any]) -> str:
    kind = node.get("@type", "")
    return " ".join(str(k) for k in kind) if isinstance(kind, list) else str(kind)


def _people(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The names of the people or organisations a value names."""
    names = []
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str):
            names.append(str(by_id[person].get("name") or "") if person in by_id else person)
        elif isinstance(person, dict):
            name = person.get("name") or by_id.get(str(person.get("@id")), {}).get("name")
            names += [part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str)]
    return [name for name in names if name]


_GENRES = re.compile(
    r"opinion|analysis|review|satir|sponsor|advert|advertiser|live|blog|recipe|news|report|feature|article",
    re.IGNORECASE,
)


def _genre(linked: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    said: list[str] = []
    for kinds in linked.get("types", []):
        said += [kind for kind in kinds.split() if _GENRES.search(kind)]
    section = linked.get("section")
    said += [str(part) for part in section] if isinstance(section, list) else [str(section)] if section else []
    said += [
        meta.get(name, "")
        for name in ("og:type", "article:section", "article:opinion", "article:content_tier", "content-type", "genre")
    ]
    kinds = [" ".join(kind.lower().split()) for kind in said if kind]
    return tuple(dict.fromkeys(kind for kind in kinds if len(kind) < 60 and "charset" not in kind))


# Names ----------------------------------------------------------------------------------------------------------------

# Names of meta tags without their punctuation: "dc.date.issued" and "dc:date:issued" are one.
_AUTHOR_NAME_TEXT = (
    "author authors authorname articleauthorname parselyauthor sailthruauthor dccreator dctermscreator citationauthor "
    "byl byline ogauthor cxenseparseauthor creator"
)
_AUTHOR_NAMES = tuple(_AUTHOR_NAME_TEXT.split())
_WRITTEN = (
    r"(?:(?:written|posted|published|contributed|created|authored|article|guest post|post|story|words|text|content|blog|reported"
    r"|compiled|researched) )?by"
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
_NAME_END = re.compile(
    r"\s*(?:[|•·⋅/»*(]|\s[–—-]\s|\b(?:on|updated|published|posted|last|modified|reviewed|edited|fact[- ]checked"
    r"|in)\b[:\s]|\d{1,2}[:/.]|\b\d|@"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\bfollow\b|\bmin(?:ute)?s? read|\bread(?:ing)? time"
    r"|\bfor the\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|, (?:staff|senior|contributing|special|associated press|the associated press|reuters|afp)\b"
    r"|" + _ROLE + r").*$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|^(?:admin|author|guest|none|null|undefined|posted|editor|by|about|share|biography|profile|more)$"
    r"|^more |[{}<>=]",
    re.IGNORECASE,
)


_ROLE_END = re.compile(r"\s*(?:\||" + _ROLE + r").*$", re.IGNORECASE)


def _names(values: Iterable[object]) -> str:
    """The names, joined by commas, without what is no name."""
    names: list[str] = []
    for value in values:
        name = _ROLE_END.sub("", _LEAD.sub("", _clean(value))).strip(" ,;|")
        if name and len(name) <= 120 and not _NOT_A_NAME.search(name) and name.lower() not in (n.lower() for n in names):
            names.append(name)
    return ", ".join(names)


_SCRIPT_AUTHOR = re.compile(
    r"\"author(?:_?name)?\\?\"\s{0,9}:\s{0,9}(?:[\[{]\s{0,9}){0,2}(?:\\?\"[a-z_@]{1,12}\\?\"\s{0,9}:\s{0,9}\\?\"[^\"\\]{0,60}\\?\",\s{0,9}){0,4}"
    r"(?:\\?\"name\\?\"\s{0,9}:\s{0,9})?\\?\"([^\"\\]{4,60})\\?\"",
    re.IGNORECASE,
)


def _authors_in_scripts(source: str) -> list[str]:
    """The author in the data a page brings along for its scripts, if it names only one."""
    found = {name for name in _SCRIPT_AUTHOR.findall(source) if _TWO_OR_THREE.fullmatch(name)}
    return list(found) if len(found) == 1 else []


def _labelled_author(meta: Mapping[str, str]) -> str:
    """The value of the Twitter card's free field, where its label says that it is the author."""
    return meta.get("twitter:data1", "") if re.match(r"written|author|by", meta.get("twitter:label1", ""), re.IGNORECASE) else ""


def _visible_byline(marks: Marks, text: str, head: Head) -> str:
    """The name in the first place near the headline that says it holds the author's, or in a box below the article."""
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
    near = [line.strip() for line in text[max(0, head.end) : max(high, 0)].split("\n")[:30]]
    if name := _named_in(near) or _beside_date(near, text):
        return name
    if not head.foot:
        return ""
    # A box about the author below the article, or at its end.
    for kind, start, end in marks.ranges:
        if kind in _BYLINE_KINDS and head.foot <= start <= head.foot + 2500 and 0 < end - start < 500:
            line = text[start:end].split("\n", 1)[0]
            name = _as_name(_BIO.sub("", line), sure=kind != "byline" and len(line) < 60)
            if name:
                return name
    return _named_in([line.strip() for line in text[max(head.body, head.foot - 1200) : head.foot + 2500].split("\n")[:50]])


def _beside_date(lines: Sequence[str], text: str) -> str:
    """A line beside that of the date which holds nothing but a name: its words occur nowhere in lower case."""
    dated = [iso_date(line) != "" and len(line) < 60 for line in lines]
    for i, line in enumerate(lines):
        found = _TWO_OR_THREE.fullmatch(line)
        if found and (any(dated[max(0, i - 1) : i + 2])):
            words = line.lower().replace(".", "").split()
            if not any(re.search(rf"\b{re.escape(word)}\b", text) for word in words if len(word) > 2):
                return line
    return ""


_TWO_OR_THREE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}")


def _named_in(lines: Sequence[str]) -> str:
    """The name in a line "By ...", after a label ("Author:"), or before a line that says what its bearer does."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if len(line) >= 120:
            continue
        if _BY.match(line) and (name := _as_name(line, sure=True)):
            return name
        if following and _ABOUT_AUTHOR.fullmatch(line) and (name := _as_name(_BIO.sub("", following), sure=False)):
            return name
        later = _BY_LATER.search(line)
        if later and (name := _as_name(line[later.start(1) :], sure=True)):
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
_ROLE_LINE = re.compile(
    r"(?:[\w'’/&-]+ ){0,3}(?:contributor|journalist|reporter|correspondent|columnist|writer|author|editor|blogger)"
    r"(?:,? [\w ]{1,30})?",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = re.compile(
    rf"(?:about (?:the )?)?(?:author|writer|contributor)s?:?|{_WRITTEN}:?|meet the (?:author|writer)|words:?", re.IGNORECASE
)
_BIO = re.compile(r" (?:is|was|has|writes|covers|works|joined)\b.*$")
_LEADING_DATE = re.compile(r"^(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}[ :–—-]+")
_PARTICLES = frozenset(("and", "de", "van", "von", "der", "den", "la", "le", "di", "da", "of", "the", "el", "al", "bin", "&"))


def _as_name(line: str, *, sure: bool) -> str:
    had_lead = _LEAD.match(line.strip()) is not None
    name = _NAME_END.sub("", _LEAD.sub("", line.strip())).strip(" ,;:|-–—·•")
    parts = name.split()
    if not 1 <= len(parts) <= 8 or len(name) < 3 or _NOT_A_NAME.search(name) or not name[0].isalpha():
        return ""
    if len(parts) == 1 and not (sure or had_lead):
        return ""
    if "," in name and any(part[0].islower() and part not in _PARTICLES for part in parts):
        return _as_name(name.partition(",")[0], sure=sure or had_lead)
    capital = sum(part[0].isupper() or not part[0].isalpha() or part.lower() in _PARTICLES for part in parts)
    if (capital < len(parts) and not (sure and len(parts) < 3)) or (
        name.endswith((".", "?", "!")) and not name.endswith(("Jr.", "Sr.", "D."))
    ):
        return ""
    return name if sure or had_lead or len(parts) <= 5 else ""


# Dates ----------------------------------------------------------------------------------------------------------------

_DATE_NAME_TEXT = (
    "date pubdate publishdate published publicationdate datepublished publishedat publishtime publishedtime dcdate "
    "dcdateissued dcissued dcdatepublished dctermscreated dctermsdate dctermsissued dcdatecreated dccreated "
    "parselypubdate sailthrudate citationpublicationdate citationdate articlepublished articlepublisheddate "
    "articlepublishdate ogpublishedtime ogpubdate cxenseparserecspublishtime originalpublicationdate "
    "articledateoriginal postdate displaydate releasedate created datecreated"
)
_DATE_NAMES = tuple(_DATE_NAME_TEXT.split())
_CHANGED_NAME_TEXT = "articlemodifiedtime ogupdatedtime datemodified lastmodified dctermsmodified modified updated lastupdated"
_CHANGED_NAMES = tuple(_CHANGED_NAME_TEXT.split())
_MONTHS = {
    name: number
    for number, names in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
    for name in (names,)
}
_MONTH = r"(?P<month{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
_DATE = re.compile(
    r"\b(?P<year1>(?:19|20)\d\d)[-/.](?P<month1>\d\d?)[-/.](?P<day1>\d\d?)"
    r"|\b" + _MONTH.format(2) + r" (?P<day2>\d\d?)(?:st|nd|rd|th)?,? (?P<year2>(?:19|20)\d\d)\b"
    r"|\b(?P<day3>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -]" + _MONTH.format(3) + r",?[ -](?P<year3>(?:19|20)\d\d)\b"
    r"|\b(?P<a4>\d\d?)[/.](?P<b4>\d\d?)[/.](?P<year4>(?:19|20)\d\d)\b"
    r"|\b" + _MONTH.format(5) + r" (?P<day5>\d\d?) \d\d:\d\d:\d\d (?:[A-Z]{3,4} )?(?P<year5>(?:19|20)\d\d)\b"
    r"|\b(?P<a7>\d\d?)/(?P<b7>\d\d?)/(?P<year7>\d\d)\b(?!/)"
    r"|^(?P<year6>(?:19|20)\d\d)(?P<month6>[01]\d)(?P<day6>[0-3]\d)(?!\d)",
    re.IGNORECASE,
)


def iso_date(value: object, *, day_first: bool | None = None) -> str:
    """The first date in a text, as YYYY-MM-DD; empty where there is none, or where day and month may be exchanged and
    `day_first` does not say which is which.
    """
    if not isinstance(value, str):
        return ""
    for match in _DATE.finditer(" ".join(value[:300].split())):
        group = match.groupdict()
        for kind in "1234567":
            if not group[f"year{kind}"]:
                continue
            year = int(group[f"year{kind}"])
            if kind in "47":
                year += 2000 if kind == "7" else 0
                first, second = int(group[f"a{kind}"]), int(group[f"b{kind}"])
                if max(first, second) <= 12 and first != second and day_first is None:
                    break
                exchanged = first > 12 or (second <= 12 and day_first is True)
                month, day = (second, first) if exchanged else (first, second)
            else:
                said = group[f"month{kind}"]
                month = int(said) if said.isdigit() else _MONTHS[said.lower()[:3]]
                day = int(group[f"day{kind}"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return ""


_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/\-_.]|$)")
_UPDATED = re.compile(r"updated|modified|reviewed|copyright|©", re.IGNORECASE)


def _date_in_address(address: str) -> str:
    found = _ADDRESS_DATE.search(urlsplit(address).path)
    if found and 1 <= int(found.group(2)) <= 12 and 1 <= int(found.group(3)) <= 31:
        return "-".join(found.groups())
    return ""


def _first_date(meta: Mapping[str, str], names: Iterable[str]) -> str:
    return next((found for name in names if (found := iso_date(meta.get(name)))), "")


_SCRIPT_DATE = re.compile(
    r"\"(?:datePublished|published_?at|publish_?date|publication_?date|first_?published(?:_?at)?"
    r"|date_?published)\\?\"\s*:\s*\\?\"([^\"\\]{8,40})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\b(?:published|posted)\b", re.IGNORECASE)


def _date_in_scripts(source: str) -> str:
    """The date of publication in the data a page brings along for its scripts, if it holds only one."""
    found = {iso_date(value) for value in _SCRIPT_DATE.findall(source)} - {""}
    return found.pop() if len(found) == 1 else ""


def _day_first(language: str, host: str) -> bool | None:
    """Whether 3/4/2024 is the third of April on this page: by its region, or else by the country of its host."""
    region = language.rpartition("-")[2].lower() if "-" in language else host.rpartition(".")[2]
    if region == "us":
        return False
    return True if region in ("gb", "uk", "au", "nz", "ie", "in", "za") else None


_ORIGINALLY = re.compile(r"\b(?:originally|first) (?:published|posted|appeared)\b", re.IGNORECASE)


def _original_date(text: str, head: Head, *, day_first: bool | None) -> str:
    """The date in "This article was originally published on ...", above the article or below it."""
    for start, end in ((head.end, head.body + 400), (head.foot - 400, head.foot + 1500)):
        for match in _ORIGINALLY.finditer(text, max(0, start), max(0, end)):
            if found := iso_date(text[match.end() : match.end() + 60].split("\n", 1)[0], day_first=day_first):
                return found
    return ""


def _visible_date(marks: Marks, text: str, head: Head, *, day_first: bool | None) -> tuple[str, str]:
    """The date of publication near the headline or below the article, a <time> before a line that holds one, and the
    date of a change, which stands in for it.
    """
    low, high = max(0, head.start - 300), max(head.body + 100, head.end + 500)
    late = ""
    for value, at, _ in sorted(marks.times, key=lambda t: t[1] < head.start):
        if low <= at <= high and (found := iso_date(value)):
            line_start = text.rfind("\n", 0, at) + 1
            if not _UPDATED.search(text[line_start:at]) and not _UPDATED.match(text[at : at + 12]):
                return found, ""
            late = late or found
    after = [line for line in text[max(0, head.end) : high].split("\n") if len(line) < 200]
    before = [line for line in text[low : max(0, head.start)].split("\n") if len(line) < 200]
    for line in [*after, *reversed(before)]:
        if found := iso_date(line, day_first=day_first):
            changed = _UPDATED.search(line)
            if not changed:
                return found, ""
            # "Published March 1, 2024, updated May 2, 2024": the date before the word.
            if first := iso_date(line[: changed.start()], day_first=day_first):
                return first, ""
            late = late or found
    if head.foot:
        lines = [line for line in text[head.foot : head.foot + 2000].split("\n") if len(line) < 200]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            cue = _PUBLISHED.search(line)
            found = iso_date(line[cue.start() :], day_first=day_first) if cue else ""
            if cue and not found and len(line) < 20:
                found = iso_date(following, day_first=day_first)
            if found:
                return found, ""
    for kind, start, end in marks.ranges:
        line = text[start:end] if kind == "meta" and not late and low <= start <= head.foot and end - start < 60 else ""
        if line and not _UPDATED.search(line) and (found := iso_date(line, day_first=day_first)):
            return found, ""
    days = {found for value, _, _ in marks.times if (found := iso_date(value))}
    return (days.pop() if len(days) == 1 and not late else ""), late


def _first_range(marks: Marks, text: str, kind: str) -> str:
    return next((text[start:end] for name, start, end in marks.ranges if name == kind and 3 < end - start < 300), "")
