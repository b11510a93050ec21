"""URL or folder -> the outlet it names: its registered domain, out of whatever archive, cache or link shortener wraps it.

Which part of a host is registered (bbc.co.uk, not co.uk) the Public Suffix List says. It comes with `publicsuffixlist`:
one file and the list, no dependency and no code that fetches anything, released by machine when the list changes.
(tldextract, the other maintained one, has an HTTP client among its dependencies, and fetches unless it is told not to.)
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


class NoSource(NamedTuple):
    """Why an article has no source."""

    reason: str


def _table(lines: str) -> dict[str, str]:
    """Read lines of "name: others" into a table of each other to the name."""
    pairs = (line.split(":") for line in lines.split("\n") if line.strip())
    return {other: name.strip() for name, others in pairs for other in others.split()}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# One outlet under several hosts: its other domains, former ones and its own link shortener. Only what is the same
# newsroom: the editions of a house that are written apart (politico.com and politico.eu) stay apart. A host counts with
# all below it, the longest entry first.
_SAME = _table("""
    abcnews.com: abcnews.go.com abcn.ws
    apnews.com: ap.org apne.ws hosted.ap.org
    bbc.com: bbc.co.uk bbci.co.uk bbc.in
    bloomberg.com: bloom.bg
    bostonglobe.com: bos.gl
    businessinsider.com: read.bi
    buzzfeed.com: bzfd.it
    cbsnews.com: cbsn.ws
    cnbc.com: cnb.cx
    cnn.com: cnn.it
    dailymail.co.uk: dailymail.com dailym.ai mailonline.com mol.im
    dw.com: dw.de dw-world.de
    economist.com: econ.st
    espn.com: espn.go.com es.pn
    express.co.uk: the-express.com
    forbes.com: onforb.es
    foxnews.com: fxn.ws
    ft.com: financialtimes.com
    huffpost.com: huffingtonpost.com huffingtonpost.co.uk huffpost.co.uk huff.to
    independent.co.uk: the-independent.com ind.pn
    latimes.com: lat.ms
    mirror.co.uk: themirror.com
    nbcnews.com: nbcnews.to
    news.com.au: newscomau.com
    newyorker.com: nyer.cm
    npr.org: n.pr
    nypost.com: nyp.st
    nytimes.com: nyti.ms nytimes3xbfgragh.onion
    politico.com: politi.co
    propublica.org: propub.li
    reuters.com: reuters.co.uk reut.rs
    slate.com: slate.me
    sputnikglobe.com: sputniknews.com
    theatlantic.com: theatln.tc
    theguardian.com: guardian.co.uk guardian.com guardiannews.com gu.com
    thehill.com: hill.cm
    thesun.co.uk: the-sun.com
    thetimes.com: thetimes.co.uk timesonline.co.uk
    time.com: ti.me
    usatoday.com: usat.ly
    vox.com: voxcom.co
    washingtonpost.com: wapo.st washpost.com
    wsj.com: wsj.net
    youtube.com: youtu.be
""")

# Platforms that the Public Suffix List does not name (all of them): who writes is the name below.
_LENDING = _names("livejournal.com medium.com substack.com tumblr.com typepad.com weebly.com wordpress.com")

# Archives, caches and hops whose own address holds the one of the page, after "http" or after a time.
_WRAPPERS = _names("""
    web.archive.org wayback.archive.org wayback.archive-it.org web-beta.archive.org archive.is archive.today archive.ph
    archive.fo archive.li archive.vn archive.md ghostarchive.org webcitation.org perma.cc megalodon.jp arquivo.pt
    webarchive.loc.gov webarchive.nationalarchives.gov.uk webarchive.org.uk cc.bingj.com 12ft.io r.jina.ai outline.com
    href.li l.facebook.com lm.facebook.com l.instagram.com out.reddit.com t.umblr.com translate.google.com
""")
_WRAPPING_SUFFIXES = (".safelinks.protection.outlook.com",)
# The host with the dots as "-" and the hyphens as "--" below one of these; the path may say it, too.
_DASHED_SUFFIXES = (".cdn.ampproject.org", ".bing-amp.com", ".translate.goog")

# Only the service knows where these lead.
_SHORTENERS = _names("""
    apple.news bit.ly bitly.com buff.ly cutt.ly dlvr.it fb.me feedproxy.google.com feeds.feedburner.com flip.it goo.gl
    hubs.la hubs.ly ift.tt is.gd j.mp linktr.ee lnk.to lnkd.in news.google.com ow.ly po.st rb.gy rebrand.ly sco.lt
    search.app shar.es share.google shorturl.at smarturl.it t.co t.ly tiny.cc tinyurl.com trib.al v.gd wp.me x.gd
""")

# Top-level domains that are more often the suffix of a file: a folder "pages.zip" is no host.
_FILE_SUFFIXES = (".app", ".md", ".mov", ".py", ".sh", ".zip")

_MOST_WRAPPERS = 8  # an archive's copy of an archive's copy; more is an attack
_LONGEST_URL = 16_384
_SCHEME = re.compile(r"(https?):/{1,3}(?=[^/])", re.I)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:/|$))", re.I)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_INNER = re.compile(r"https?:/{1,3}[^/\s]\S*", re.I)
_AFTER_A_TIME = re.compile(r"/(?:\d{4,14}\*?(?:[a-z]{2}_)?|\*|newest|oldest)/([^/\s]+\.[^/\s]+)")
_AMP = re.compile(r"/(?:amp|[a-z]{1,3})/(?:s/)?([^/\s]+\.[^/\s]+)")
_GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
_CACHED = re.compile(r"cache:(?:[\w-]{6,20}:)?(\S+)")


def source_of(url: str, path: str) -> str | NoSource:
    """The outlet an article is from.

    The registered domain of `url`, unwrapped, one name for an outlet with several. Where only a service could say where
    `url` leads there is none. Without a URL it is the folder of `path` that is named after a host, the innermost first,
    else the innermost folder.
    """
    parts = _parts(url)
    for _ in range(_MOST_WRAPPERS):
        if parts is None:
            break
        inner = _unwrapped(parts)
        if inner is None:
            return _registered(str(parts.hostname)) or _folder(path)
        if isinstance(inner, NoSource):
            return inner
        parts = _parts(inner)
    else:
        return NoSource("a link in too many wrappers")
    return _folder(path)


def split_address(url: str) -> SplitResult:
    """The parts of a web address, all empty where it is malformed ("http://[")."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join_address(base: str, url: str) -> str:
    """The address made absolute, as it stands where one of the two is malformed."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _parts(url: str) -> SplitResult | None:
    """The parts of a web address, also without its scheme; None where it is none."""
    url = url.strip()
    if len(url) > _LONGEST_URL:
        return None
    if url.startswith("//"):
        url = "https:" + url
    elif scheme := _SCHEME.match(url):
        url = f"{scheme[1]}://{url[scheme.end() :]}"
    elif not url or _OTHER_SCHEME.match(url):
        return None
    else:
        url = "https://" + url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if len(host) > 253:
            return None
        # Names in other scripts as they stand in the list of names: one spelling, and no look-alike passes for another.
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return None
    return parts._replace(netloc=host) if _HOST.fullmatch(host) else None


def _unwrapped(parts: SplitResult) -> str | NoSource | None:
    """The address inside this one; why none can be told; or None if this is the page's own."""
    host, path = str(parts.hostname), parts.path
    if host.endswith(_DASHED_SUFFIXES) or host == "cdn.ampproject.org":
        if said := _AMP.match(path):
            return said[1]
        first = host.split(".")[0].replace("--", "\0").replace("-", ".").replace("\0", "-")
        return first if "." in first else NoSource(f"a link through {host.split('.', 1)[1]} that does not say where to")
    if _GOOGLE.fullmatch(host) and path.startswith("/amp/") and (said := _AMP.match(path)):
        return said[1]
    if host == "webcache.googleusercontent.com":
        said = _CACHED.match(parse_qs(parts.query).get("q", [""])[0])
        return said[1] if said else NoSource(f"a link through {host} that does not say where to")
    if (
        host in _WRAPPERS
        or host.endswith(_WRAPPING_SUFFIXES)
        or (path in ("/url", "/redirect") and (_GOOGLE.fullmatch(host) or host in ("www.youtube.com", "youtube.com")))
        or (path == "/away.php" and host == "vk.com")
    ):
        as_is = f"{path}?{parts.query}"
        once = unquote(as_is)
        for address in (as_is, once, unquote(once)):  # escaped, and once more by whoever wrapped it
            if inner := _INNER.search(address):
                return inner[0]
        timed = _AFTER_A_TIME.search(as_is)
        return timed[1] if timed else NoSource(f"a link through {host} that does not say where to")
    short = host.removeprefix("www.")
    return NoSource(f"a shortened link ({short})") if short in _SHORTENERS else None


@lru_cache(maxsize=65_536)
def _registered(host: str, *, known: bool = False) -> str:
    """The outlet of a host, "" for an address of a machine; with `known` only below a suffix that is on the list."""
    if _is_address(host):
        return ""
    labels = host.split(".")
    if labels[0] == "www" and len(labels) > 2:
        del labels[0]
    for start in range(len(labels)):
        if same := _SAME.get(".".join(labels[start:])):
            return same
    bare = ".".join(labels)
    suffixes = _suffixes()
    suffix = suffixes.publicsuffix(bare, accept_unknown=not known)
    if not suffix:
        return ""
    registered = suffixes.privatesuffix(bare, accept_unknown=not known) or bare  # gov.uk itself publishes, too
    if registered in _LENDING and bare != registered:
        return bare.removesuffix("." + registered).rsplit(".", 1)[-1] + "." + registered
    return registered


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=4_096)
def _folder_name(folder: str) -> str:
    folders = [name for name in folder.split("/") if name not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", name)]
    for name in reversed(folders):
        host = name.lower()
        if _HOST.fullmatch(host) and not host.endswith(_FILE_SUFFIXES) and (registered := _registered(host, known=True)):
            return registered
    return folders[-1] if folders else ""


def _folder(path: str) -> str | NoSource:
    """The outlet after which a folder of `path` is named, or that folder."""
    folder, slash, _ = path.replace("\\", "/").replace(".zip!", ".zip/").rpartition("/")
    name = _folder_name(folder) if slash else ""
    return name or NoSource("neither a web address nor a folder")
