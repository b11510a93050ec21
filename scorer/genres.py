"""What a page is instead of a news report, by what it declares, its address, the labels at its head, and standing words."""

from __future__ import annotations

import re

from scorer.hosts import split_address
from scorer.text import fold, words
from scorer.types import Article, Span

# Kickers and labels that say what a page is instead of news reporting. Only as a line of its own next to the headline, or
# as its first word: in a menu or a sentence they say nothing of this page.
GENRES = {
    "opinion": "opinion|comment|comment is free|commentary|editorial|op ed|letters|column|guest column|viewpoint",
    "press release": "press release|news release|media release|for immediate release|press release for immediate release",
    "satire": "satire|satirical|parody|humor|humour",
}
_GENRE_OF = {label: genre for genre, labels in GENRES.items() for label in labels.split("|")}
_LABELLED = re.compile(r"\s*([A-Za-z-]{5,10})\s?[:|]\s")


# What pages declare, in letters only: types of schema.org and OpenGraph, sections, folders of addresses.
_NOT_LETTERS = re.compile(r"[^a-z]+")
_DECLARED = {
    name: frozenset(said.split())
    for name, said in {
        "satire": "satiricalarticle satire parody humor humour",
        "sponsored content": "advertisercontentarticle advertorial sponsored sponsoredcontent paidcontent partnercontent"
        " brandedcontent",
        "press release": "pressrelease pressreleases newsrelease newsreleases prnewswire",
        "live blog": "liveblogposting liveblog liveblogs livenews liveupdates",
        "opinion": "opinionnewsarticle reviewnewsarticle opinion opinions oped opeds editorial editorials commentary"
        " commentisfree columnists letterstotheeditor",
    }.items()
}
_OF_VIDEO = frozenset(("videoobject", "video", "videos", "videoother", "videoepisode", "watch"))
_OF_PICTURES = frozenset(
    ("imagegallery", "mediagallery", "gallery", "galleries", "photos", "pictures", "slideshow", "slideshows")
)
_OF_INDEX = frozenset(("collectionpage", "searchresultspage", "tag", "tags", "topic", "topics", "category"))
_OF_ARTICLE = frozenset(("article", "newsarticle", "blogposting", "reportagenewsarticle"))
# What tiers and schema.org's isAccessibleForFree call an article that must be paid for.
_OF_STUB = frozenset(("locked", "notaccessibleforfree"))
_OF_THREAD = frozenset(("discussionforumposting", "qapage"))

# What headlines, lines and paragraphs of such pages say.
_VIDEO = re.compile(r"^(?:watch|video)\s?[:|]|[|–—-]\s?video$", re.IGNORECASE)
_PICTURES = re.compile(
    r"^(?:in pictures|in photos|photos|pictures|gallery)\b\s?[:|–—-]|\bin pictures$|[|–—-]\s?(?:gallery|photos|pictures)$",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"\blive (?:updates?|blog|coverage|feed)\b|^live\s?[:|–—-]|[:|–—-]\s?(?:live|as it happened)[!.]?$|\bas it happened$",
    re.IGNORECASE,
)
# One entry of a live blog, on a page of its own: by its address, or a line that sends the reader to the whole.
_ENTRY_ADDRESS = re.compile(
    r"/live(?:-?(?:news|updates?|blogs?|coverage))?/.*"
    r"(?:/h_[0-9a-f]{8,}|#(?:block|livepost|post|update)-?\w|[?&]post=|with:block-)"
    r"|/liveblog[_-](?:entry|update|post)s?[/_-]|/live-?updates?/[^/]+/[^/]+"
)
_ENTRY = re.compile(
    r"this (?:post|update|entry) (?:is|was|first appeared|appeared) (?:a )?(?:part of|in|on|from) (?:our|the|a) "
    r"(?:[\w'’-]+ ){0,4}live ?(?:blog|coverage|updates|feed)\b"
    r"|(?:return|back) to (?:the |our )?live ?(?:blog|coverage|updates)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:updated |posted )?(?:at )?[0-2]?\d[:.][0-5]\d ?(?:[ap]\.?m\b\.?|[a-z]{2,4}\b)?", re.IGNORECASE)
_WIRE = re.compile(r"/ ?PR ?Newswire|\((?:BUSINESS|GLOBE NEWS) ?WIRE\)|\bACCESSWIRE ?/|/ ?EIN ?Presswire")
_PAYWALL = re.compile(
    r"(?:subscribe|register|sign (?:in|up)|log ?in|join)[^.]{0,30} to (?:read|continue|keep reading|unlock|access)\b"
    r"|already a (?:subscriber|member)|this (?:article|content|story) is (?:for|only|exclusive|available|reserved)\b"
    r"|subscribers? only|\bunlock (?:this|the full) (?:article|story)|to (?:continue|keep) reading\b",
    re.IGNORECASE,
)
# A consent wall: what it speaks of, and the answers it offers.
_CONSENT = re.compile(
    r"before you (?:continue|proceed)|\bcookies?\b|\bconsent\b|\bpersonal data\b|\byour (?:data|privacy)\b"
    r"|\bprivacy (?:settings|preferences|choices|notice|policy|matters)\b|\bour (?:\d+ )?(?:\w+ )?partners\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"(?:i )?(?:accept|agree|consent|reject|decline|refuse|allow|deny)"
    r"(?: (?:all|and (?:close|continue)|to all|cookies|all cookies))*$"
    r"|(?:manage|customi[sz]e|more|show|set|change|cookie|privacy) (?:my )?"
    r"(?:options|settings|preferences|choices|cookies|purposes)$"
    r"|(?:view|see|show|list of) (?:our )?(?:partners|vendors)$|continue without (?:accepting|agreeing|consent)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:reply|permalink|report abuse|flag|\d+ (?:points?|likes?|upvotes?|repl(?:y|ies)))\b|.{2,40} (?:says|wrote|said):$"
    r"|(?:an?|\d+) (?:minute|hour|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_NOTICES = {
    "satire": re.compile(
        r"\bthis (?:article|story|post|piece|site|website|page) is (?:a )?(?:work of )?(?:satir|parod|fiction)"
        r"|\ball (?:articles|stories|content) (?:on this (?:web)?site )?(?:are|is) (?:satir|parod|fiction)",
        re.IGNORECASE,
    ),
    "opinion": re.compile(
        r"\b(?:views?|opinions?) (?:and (?:views?|opinions?) )?expressed (?:here"
        r"|in this (?:article|column|piece|commentary|op-ed|essay)"
        r"|by the (?:author|writer|columnist)"
        r"|(?:herein )?are (?:those of the (?:author|writer)|(?:his|her|their|my) own))",
        re.IGNORECASE,
    ),
    "sponsored content": re.compile(
        r"^(?:this (?:article|post|content|story) (?:is|was) (?:sponsored|paid for|produced in partnership)"
        r"|(?:sponsored|paid) (?:content|post)(?: by|$))",
        re.IGNORECASE,
    ),
}

# Below this many words a page that says it shows a video, pictures or a beginning has no article beside them.
_FEW_WORDS = 150
_CAPTION_WORDS = 75  # below which a headline "Watch: ..." stands over a film, not over a report of one
_POSTS = 8  # lines that stand over or under posts of a thread
_NOTICE = 400  # characters
_LINE = 160
_WALL_BLOCKS = 60  # of the page's beginning: after the answers may come a list of a thousand partners
_CHOICES = 2  # ways to answer that a consent wall offers at least


def not_an_article(article: Article) -> str | None:
    """What the page is, where it holds something else than a report or only a stub of one; None for an article."""
    said = _declared(article)
    short = article.n_words < _FEW_WORDS
    if short and _asks_consent(article):
        return "a consent wall"
    headline = _headline(article) if article.n_words < _CAPTION_WORDS else ""
    if short and (said & _OF_VIDEO or _VIDEO.search(headline)):
        return "a video page"
    if short and (said & _OF_PICTURES or _PICTURES.search(headline)):
        return "a gallery"
    if (said & _OF_INDEX and short) or (said and not _OF_ARTICLE & said and _is_front_page(article.url)):
        return "an index page"
    beside = [article.text[zone.start : zone.end] for zone in article.zone("boilerplate")]
    if short and (said & _OF_STUB or any(_PAYWALL.search(line[:300]) for line in beside)):
        return "a stub before a paywall"
    if said & _OF_THREAD or sum(len(line) < 60 and _POST.match(line) is not None for line in beside) >= _POSTS:
        return "a thread of comments" if short or said & _OF_THREAD else None
    return None


def genre(article: Article) -> str | None:
    """ "opinion", "press release", "satire", "live blog", "liveblog update" or "sponsored content" where the page
    says so, else None: in its metadata, its address, beside its headline, or in the standing words of the genre.
    """
    said = _declared(article)
    if _is_entry(article):
        return "liveblog update"
    for name, declared in _DECLARED.items():
        if said & declared:
            return name
    return _labelled_genre(article) or _worded_genre(article)


def _asks_consent(article: Article) -> bool:
    """Whether what stands for headline and article is about consent, and answers are offered: a banner beside an article
    offers them too.
    """
    blocks = [zone for zone in article.zones if zone.label not in ("quote", "attribution")][:_WALL_BLOCKS]
    lines = [article.text[zone.start : zone.end].strip() for zone in blocks]
    answers = [i for i, line in enumerate(lines) if _CHOICE.match(line)]
    if len(answers) < _CHOICES:
        return False
    told = [line for zone, line in zip(blocks, lines, strict=True) if zone.label in ("standfirst", "body")] or lines[: answers[0]]
    return 2 * sum(_CONSENT.search(line[:500]) is not None for line in told) > len(told)


def _declared(article: Article) -> frozenset[str]:
    """What the page says of itself, in its metadata and the folders of its address: lower case, letters only."""
    folders = split_address(article.url).path.lower().split("/")[1:-1] if article.url else []
    if not article.metadata.genre and not folders:
        return frozenset()
    return frozenset(_NOT_LETTERS.sub("", said) for said in (*article.metadata.genre, *folders))


def _is_entry(article: Article) -> bool:
    if _ENTRY_ADDRESS.search(article.url[:2000]):
        return True
    beside = (zone for label in ("boilerplate", "link_block", "provenance") for zone in article.zone(label))
    lines = [zone for zone in (*beside, *article.zone("body")[-1:]) if zone.end - zone.start < _LINE]
    return any(_ENTRY.search(article.text, zone.start, zone.end) for zone in lines)


def _is_front_page(url: str) -> bool:
    parts = split_address(url)
    return bool(parts.netloc) and not parts.path.strip("/") and not parts.query


def _headline(article: Article) -> str:
    headline = article.headline
    return article.text[headline.start : headline.end] if headline else ""


def _worded_genre(article: Article) -> str | None:
    """The genre by the standing words that only it has."""
    text = article.text
    body = article.zone("body")
    if (
        _LIVE.search(_headline(article))
        and sum(_CLOCK.match(text, zone.start, zone.end) is not None for zone in article.zones) > 2
    ):
        return "live blog"
    if body and _WIRE.search(text, body[0].start, min(body[0].end, body[0].start + 300)):
        return "press release"
    # The notice stands outside the article, or is its last paragraph.
    for zone in (*article.zone("boilerplate"), *article.zone("provenance"), *body[-1:]):
        if zone.end - zone.start < _NOTICE:
            for name, pattern in _NOTICES.items():
                if pattern.search(text, zone.start, zone.end):
                    return name
    return None


def _labelled_genre(article: Article) -> str | None:
    """The genre by a line of its own next to the headline, or the headline's first word."""
    headline = article.headline
    if headline is None:
        return None
    text = article.text
    labelled = _LABELLED.match(text, headline.start, headline.end)
    if labelled:
        return _GENRE_OF.get(_plain(labelled.group(1)))
    blocks = [zone for zone in article.zones if zone.label not in ("quote", "attribution")][:12]
    at = blocks.index(headline) if headline in blocks else 0
    lone = at < 2 or len(text[slice(*blocks[at - 2][:2])].split()) > 2
    near = [blocks[at - 1]] if at and lone else []
    near += blocks[at + 1 : at + 2]
    # A press release says so at its very top, above date and headline; no menu has these words.
    releases = [zone for zone in blocks[max(0, at - 4) : at] if _genre_of(text, zone) == "press release"]
    if releases:
        return "press release"
    return next((found for zone in near if (found := _genre_of(text, zone))), None)


def _genre_of(text: str, zone: Span) -> str | None:
    return _GENRE_OF.get(_plain(text[zone.start : zone.end][:60]))


def _plain(text: str) -> str:
    return b" ".join(words(fold(text))).decode()
