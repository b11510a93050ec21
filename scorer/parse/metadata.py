"""What a page of HTML says about itself: who wrote what, when, where; and where its own statements disagree.

Sources in order of trust: JSON-LD, OpenGraph, meta tags, microdata, what a reader sees. The headline alone is taken
from what a reader sees where the machine-readable ones confirm that it is the headline: they are often written for
search engines, and it is the wording before the reader's eyes that we judge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scorer.hosts import join_address, split_address
from scorer.parse.bylines import (
    author_in,
    authors_in_scripts,
    byline_below,
    join_names,
    labelled_author,
    strong,
    visible_byline,
    without_outlet,
)
from scorer.parse.dates import (
    CHANGED_NAMES,
    DATE_NAMES,
    date_in_address,
    date_in_scripts,
    day_first_in,
    day_printed,
    first_date,
    iso_date,
    original_date,
    visible_date,
)
from scorer.parse.marks import Head, Marks, clean, first_range
from scorer.types import Disagreement, Metadata

__all__ = ["Head", "Marks", "read_metadata"]


class _Sources(NamedTuple):
    """What there is to read a field from. `names` are the meta tags by the letters of their names, `address` is the page's
    own word on where it is, `outlets` the names its site goes by, `code` the mark-up, for data in its scripts.
    """

    linked: dict[str, Any]
    meta: dict[str, str]
    names: dict[str, str]
    items: dict[str, str]
    marks: Marks
    text: str
    head: Head
    address: str
    outlets: tuple[str, ...]
    code: str


# The values of a field by their sources, in order of trust; and a field: what is believed, and the sources that differ.
_Values = list[tuple[str, str]]
_Field = tuple[str, _Values]


def read_metadata(marks: Marks, text: str, head: Head, url: str = "", source: str = "") -> Metadata:
    """Weigh the sources and record where they disagree. `source` is the page's mark-up, for dates in its scripts."""
    meta = marks.meta
    called = (meta.get("og:title", ""), *marks.titles[:1], head.headline)
    linked = _linked_data(marks.json_ld, [_letters(title) for title in called if title])
    items = dict(reversed(marks.items))
    base = meta.get("link canonical") or meta.get("og:url") or url
    outlet: _Values = [
        ("json-ld", clean(linked.get("outlet"))),
        ("opengraph", clean(meta.get("og:site_name"))),
        ("meta", clean(meta.get("application-name") or meta.get("publisher") or meta.get("dc.publisher"))),
        ("microdata", clean(items.get("publisher"))),
    ]
    # A canonical link is the page's own word on its address; JSON-LD may give that of the site.
    address: _Values = [
        ("meta", meta.get("link canonical", "")),
        ("json-ld", str(linked.get("url") or "")),
        ("opengraph", meta.get("og:url", "")),
    ]
    host = split_address(base).netloc.removeprefix("www.")
    fields = {"outlet": _choose(outlet, _letters), "url": _choose(address, lambda one: _bare_address(join_address(base, one)))}
    sources = _Sources(
        linked=linked,
        meta=meta,
        names={_letters(name): value for name, value in reversed(meta.items())},
        items=items,
        marks=marks,
        text=text,
        head=head,
        address=base,
        outlets=(fields["outlet"][0], meta.get("og:site_name", ""), host),
        code=source,
    )
    language = (meta.get("html lang") or str(linked.get("language") or "") or meta.get("og:locale", "")).replace("_", "-")
    printed, fields["headline"] = _read_headline(sources)
    fields["byline"] = _read_byline(sources, printed=printed)
    fields["date"] = _read_date(sources, language)
    canonical = fields["url"][0]
    standfirst = clean(
        linked.get("standfirst") or meta.get("og:description") or meta.get("description") or linked.get("description")
    )
    differing = [(name, other) for name in ("headline", "byline", "date", "outlet", "url") for other in fields[name][1]]
    return Metadata(
        headline=fields["headline"][0],
        standfirst=standfirst,
        byline=fields["byline"][0],
        date=fields["date"][0],
        outlet=fields["outlet"][0] or host,
        url=join_address(url, canonical) if canonical else url,
        language=language,
        genre=_genre(linked, meta),
        disagreements=tuple(Disagreement(name, *other) for name, other in differing),
    )


def _read_headline(sources: _Sources) -> tuple[bool, _Field]:
    """The headline, and whether it is the one a reader sees."""
    linked, meta, items, marks = sources.linked, sources.meta, sources.items, sources.marks
    titles: _Values = [
        ("json-ld", clean(linked.get("headline"))),
        ("opengraph", _without_site(clean(meta.get("og:title")), sources.outlets)),
        ("meta", _without_site(clean(meta.get("twitter:title")), sources.outlets)),
        ("title", _without_site(clean((marks.titles or [""])[0]), sources.outlets)),
        ("microdata", clean(items.get("headline") or first_range(marks, sources.text, "item headline"))),
    ]
    seen = ("visible", _LEADING_DATE.sub("", sources.head.headline))
    telling = [title for _, title in titles if len(_name_words(title)) > 2]  # more than the name of the site
    printed = bool(seen[1]) and (_confirmed(seen[1], titles) or not telling)
    titles.insert(0 if printed else len(titles), seen)
    headline, others = _choose(titles, _letters)
    return printed, (_spelled(headline, titles), others)


def _read_byline(sources: _Sources, *, printed: bool) -> _Field:
    """Who wrote it; `printed`: the headline stands on the page, so that a name near it is that of its author."""
    linked, meta, marks = sources.linked, sources.meta, sources.marks
    text, head = sources.text, sources.head
    bylines: _Values = [
        ("json-ld", join_names(linked.get("authors", []))),
        ("opengraph", join_names([meta.get("article:author", "")])),
        ("meta", join_names([author_in(sources.names) or labelled_author(meta)])),
        ("microdata", join_names([sources.items.get("author", "")])),
        ("visible", visible_byline(marks, text, head)),
    ]
    bylines = [(source, without_outlet(name, sources.outlets)) for source, name in bylines]
    if printed:
        # The name of an account or of the outlet says less than that of a person, which another source may give.
        bylines.sort(key=lambda one: not strong(one[1], (*sources.outlets, *linked.get("organisations", []))))
    if not any(name for _, name in bylines):
        bylines = [("visible", byline_below(marks, text, head)), ("script", join_names(authors_in_scripts(sources.code)))]
    return _choose(bylines, _name_words)


def _read_date(sources: _Sources, language: str) -> _Field:
    """The day of publication, or where none is given that of the last change."""
    linked, meta, names = sources.linked, sources.meta, sources.names
    marks, text, head = sources.marks, sources.text, sources.head
    day_first = day_first_in(language, split_address(sources.address).hostname or "")
    seen, changed = visible_date(marks, text, head, day_first=day_first)
    original = original_date(text, head, day_first=day_first)
    seen = original or date_in_address(sources.address) or seen
    days: _Values = [
        ("json-ld", iso_date(linked.get("date"))),
        ("opengraph", iso_date(meta.get("article:published_time") or meta.get("og:article:published_time"))),
        ("meta", first_date(names, DATE_NAMES)),
        ("microdata", iso_date(sources.items.get("datePublished"))),
        ("visible", seen or changed),
    ]
    date, others = _choose(days, str)
    stamp = linked.get("date") or meta.get("article:published_time")
    printed = original or day_printed(date, stamp, others, seen)
    if printed and printed != date:
        return _choose([("", printed), *days], str)
    return date or date_in_scripts(sources.code) or iso_date(linked.get("modified")) or first_date(names, CHANGED_NAMES), others


def _spelled(headline: str, titles: Sequence[tuple[str, str]]) -> str:
    """The headline as the machine-readable titles spell it, which have neither its capitals nor its line breaks; with
    straight quotation marks, as the sources differ in nothing else so often.
    """
    said = [title for source, title in titles if source != "visible" and title]
    parts = [*said, *(title[: cut.start()] for title in said for cut in _SEPARATOR.finditer(title))]
    same = [title for title in said if _letters(title) == _letters(headline)]
    same = same or [title for title in parts if _is_whole_but_for_a_sign(title, headline)]
    chosen = next((title for title in same if not title.isupper()), headline)
    if chosen.isupper():
        cased = {word.upper(): word for _, title in titles for word in title.split() if not title.isupper()}
        if all(word in cased for word in chosen.split()):
            chosen = " ".join(cased[word] for word in chosen.split())
    return chosen.translate(_STRAIGHT)


def _is_whole_but_for_a_sign(title: str, headline: str) -> bool:
    """Whether the headline's block is the title with a word before it ("Opinion", "Jun 17") or a sign after it ("#")."""
    said, whole = _letters(title), _letters(headline)
    return len(title.split()) > 3 and ((whole.endswith(said) and 0 < len(whole) - len(said) < 13) or whole[:-1] == said)


_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def _confirmed(headline: str, titles: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the titles shares a good part of its words with the headline."""
    said = _name_words(headline)
    return any(
        len(said & words) >= 0.3 * min(len(said), len(words)) for words in (_name_words(title) for _, title in titles if title)
    )


def _choose(values: _Values, same: Callable[[str], object]) -> _Field:
    """The first value there is, and the (source, value) pairs that say otherwise."""
    given = [(source, value) for source, value in values if value]
    if not given:
        return "", []
    chosen = given[0][1]
    return chosen, [(source, value) for source, value in given[1:] if same(value) != same(chosen)]


_LEADING_DATE = re.compile(r"^(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}[ :–—-]+")
_NOT_LETTERS = re.compile(r"[\W_]+")


def _letters(value: str) -> str:
    return _NOT_LETTERS.sub("", value).lower()


def _name_words(value: str) -> frozenset[str]:
    return frozenset(word for word in _NOT_LETTERS.split(value.lower()) if word and word != "and")


def _bare_address(address: str) -> str:
    parts = split_address(address)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")


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


def _linked_data(scripts: Sequence[str], titles: Sequence[str]) -> dict[str, Any]:
    """What the JSON-LD says of the article it is about; `titles` are the letters of what other sources call the page."""
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
    # Other articles of the page may stand there too: the one with the page's title first.
    articles.sort(key=lambda node: (not _is_called(node, titles), not (node.get("headline") or node.get("datePublished"))))
    pages = [node for node in nodes if "Page" in _types(node)]
    found: dict[str, Any] = {"types": [_types(node) for node in articles or nodes if _GENRES.search(_types(node))]}
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
        if str(node.get("isAccessibleForFree")).lower() == "false":
            found["locked"] = True
        if not found.get("authors"):
            found["authors"] = _people(node.get("author") or node.get("creator"), by_id)
            found["organisations"] = _people(node.get("author"), by_id, kind="Organization")
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


def _is_called(node: Mapping[str, Any], titles: Sequence[str]) -> bool:
    said = _letters(clean(node.get("headline") or node.get("name")))
    return bool(said) and any(said in title or title in said for title in titles)


def _people(value: object, by_id: Mapping[str, Mapping[str, Any]], kind: str = "") -> list[str]:
    """The names of the people or organisations a value names, all or those of one kind."""
    names: list[object] = []
    for one in value if isinstance(value, list) else [value]:
        person = by_id.get(one, one) if isinstance(one, str) else one
        if isinstance(person, dict):
            person = {**by_id.get(str(person.get("@id")), {}), **person}
            if kind in _types(person):
                name = person.get("name") or " ".join(str(person.get(part) or "") for part in ("givenName", "familyName"))
                names += name if isinstance(name, list) else [name]
        elif not kind:
            names.append(person)
    plain = [name.get("@value") if isinstance(name, dict) else name for name in names]
    return [name for name in plain if isinstance(name, str) and name.strip()]


# Kinds of schema.org that tell what a page is, not what stands on it beside the rest.
_GENRES = re.compile(
    r"Article|Posting|Blog|Report|Review|Recipe|Opinion|Analysis|Satir|Advertiser|VideoObject|Gallery|CollectionPage"
    r"|SearchResultsPage|QAPage|DiscussionForum"
)


def _genre(linked: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    said: list[str] = []
    for kinds in linked.get("types", []):
        said += kinds.split()
    said += ["not accessible for free"] if linked.get("locked") else []
    section = linked.get("section")
    said += [str(part) for part in section] if isinstance(section, list) else [str(section)] if section else []
    said += [
        meta.get(name, "")
        for name in ("og:type", "article:section", "article:opinion", "article:content_tier", "content-type", "genre")
    ]
    kinds = [" ".join(kind.lower().split()) for kind in said if kind]
    return tuple(dict.fromkeys(kind for kind in kinds if len(kind) < 60 and "charset" not in kind))
