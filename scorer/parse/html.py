"""HTML -> text, one block a line, with what the mark-up says of every block.

The page is read once, as a stream of tags: no tree, so neither depth nor size of a page can exhaust the stack. Each
line of text becomes a block with its facts (tag, place, link density, the class names around it). A linear model
(`html_weights.json`, made by `scorer.train_pages`) adds up what speaks for its being the article's text, and the
cheapest sequence of article and furniture is taken. Rules then find the lists of links that belong to the article, and
headline, standfirst, byline and dateline above it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from ahocorasick_rs import AhoCorasick
from lxml import etree

from scorer.parse.links import PAID_LABEL, Anchor
from scorer.parse.metadata import Head, Marks, read_metadata
from scorer.text import fold, lexicon_set, words
from scorer.types import Metadata

__all__ = ["HtmlBlock", "HtmlPage", "html_blocks"]


class HtmlBlock(NamedTuple):
    """A line of `HtmlPage.text` and the zone the mark-up suggests; `kind` is the tag class it stands in."""

    start: int
    end: int
    hint: str
    kind: str


class HtmlPage(NamedTuple):
    """A page of HTML, read. Blocks are in order and do not overlap; every offset is one of `text`."""

    text: str
    blocks: tuple[HtmlBlock, ...]
    links: tuple[Anchor, ...]
    metadata: Metadata


# Tags -----------------------------------------------------------------------------------------------------------------

_KIND_NAMES = "h1 h2 h3 h4 h5 h6 p li blockquote pre figcaption td th dt dd button label"
_KIND = {tag: tag for tag in _KIND_NAMES.split()} | {"caption": "figcaption", "legend": "label", "summary": "h4"}
_NEUTRAL_NAMES = "section article aside nav ul ol table main footer header form"
_NEUTRAL_TAGS = frozenset(_NEUTRAL_NAMES.split())
_BLOCK_NAMES = (
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset "
    "figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main menu nav ol p pre section summary "
    "table tbody "
    "td tfoot th thead tr ul"
)
_BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
# What a reader does not see, or sees as a control, not as text.
_SKIPPED_NAMES = "script style noscript template svg select textarea iframe object canvas audio video datalist math"
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BOLD = frozenset(("b", "strong"))

# Hints ----------------------------------------------------------------------------------------------------------------

# Words in class, id, role and data-component that say what a container is for. "-" is a boundary between words, "~" one
# or none. Names of widgets are facts of the trade; the rest are the common words of such names.
_HINTS = {
    "nav": "-nav navbar navigation menu breadcrumb toolbar pagination pager -tab- -tabs- site~map skip~link skip~to",
    "foot": "footer- foot- colophon copyright -legal",
    "head": "-header- masthead branding top~bar -banner- site~header page~header",
    "side": "sidebar side~bar -aside -rail- right~col right~rail right~hand secondary widget col~right -module- -modules-",
    "share": "share sharing social follow~us facebook twitter addthis -print e~mail tool- tools- toolbox "
    "-action- -actions- "
    "reaction",
    "comment": "comment disqus respond- discussion -reply replies livefyre -forum -thread",
    "related": "relat recommend more~stories more~news more~from more~on more~articles more~posts also read~more "
    "read~next "
    "popular trending most~read most~viewed most~shared most~e-mailed latest recent similar further dont~miss "
    "recirc next~up "
    "next~article next~post teaser carousel -link- -links- see~also linkbox link~list post~nav prev~post previous~post",
    "promo": "promo -cta- call~to~action -box- callout marketing offer banner upsell product~card -deal",
    "card": "-card- -cards- -tile -grid- -item- -items- -list- -listing -feed- -thumb",
    "vendor": "taboola outbrain revcontent zergnet mgid dianomi nativo adblade content~ad- connatix engageya "
    "sharethrough "
    "plista ligatus spoutable triplelift gravity~widget -ob-widget -trc- yahoo-gemini strossle",
    "ad": "-ad- -ads- advert adsense sponsor promoted -dfp -gpt partner~content -paid- adbox ad~slot ad~unit ad~container",
    "newsletter": "newsletter subscri sign~up opt~in- mailchimp paywall regwall log~in- register membership donat",
    "byline": "by~line author contributor writer reporter",
    "meta": "-meta -date -time publi timestamp dateline posted -tag- -tags- categor kicker eyebrow topic -info-",
    "caption": "caption credit photo gallery figure -image -img media video slide lightbox player",
    "cookie": "cookie consent gdpr -cmp- privacy modal pop~up overlay dialog toast -alert onetrust drawer",
    "body": "article~body article~content article~text article~copy article~inner article~main story~body "
    "story~content "
    "story~text post~body post~content post~text post~inner entry~content entry~body entry~text page~content page~body "
    "blog~content blog~post~content news~body news~content news~text main~content main~body main~text "
    "body~content body~text "
    "body~copy content~body content~main content~inner content~text rich~text prose- wysiwyg field--body -story- "
    "-entry- "
    "article~wrap markdown -article-",
    "deck": "standfirst -dek- -deck- sub~title sub~head summary excerpt -lede -intro tagline abstract",
    "title": "headline title heading",
    "bio": "-bio- about~author about-the-author author~box author~info author~card author~bio author~profile author~desc profile",
    "toc": "-toc- table~of~contents jump~links jump~to on~this~page anchor~nav",
    "note": "key~takeaways key~points highlights pull~quote infobox fact~box disclaimer disclosure footnote references",
    "hidden": "-sr-only visually~hidden screen~reader -hidden- -hide- -invisible noprint collapsed",
}
_HINT_NAMES = tuple(_HINTS)
_BIT = {name: 1 << i for i, name in enumerate(_HINT_NAMES)}
_TAG_BIT = {
    "nav": _BIT["nav"],
    "footer": _BIT["foot"],
    "header": _BIT["head"],
    "aside": _BIT["side"],
    "figure": _BIT["caption"],
    "figcaption": _BIT["caption"],
    "button": _BIT["promo"],
    "label": _BIT["newsletter"],
    "address": _BIT["byline"],
}
_EXTRA = ("form", "article", "main", "table", "list", "itembody")
_TAG_BIT |= {
    tag: 1 << (len(_HINTS) + _EXTRA.index(name))
    for name, tags in {
        "form": "form",
        "article": "article",
        "main": "main",
        "table": "table",
        "list": "ul ol dl menu",
    }.items()
    for tag in tags.split(" ")
}
_BIT |= {name: 1 << (len(_HINTS) + i) for i, name in enumerate(_EXTRA)}
_BITS = tuple(_BIT.items())
_HARMLESS = _BIT["body"] | _BIT["article"] | _BIT["main"] | _BIT["itembody"]
_NOT_LETTER = re.compile(r"[^a-z0-9]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

#: Hosts whose links are paid for: content recommendation, ad servers, affiliate networks.
_PAID_NAMES = (
    "taboola.com outbrain.com revcontent.com zergnet.com mgid.com dianomi.com nativo.com adblade.com content.ad "
    "engageya.com "
    "plista.com ligatus.com spoutable.com triplelift.com sharethrough.com doubleclick.net strossle.com "
    "googleadservices.com "
    "googlesyndication.com adnxs.com criteo.com skimresources.com shareasale.com awin1.com linksynergy.com "
    "anrdoezrs.net "
    "dpbolvw.net kqzyfj.com jdoqocy.com tkqlhce.com prf.hn sjv.io pntra.com amazon-adsystem.com connatix.com "
    "powerlinks.com lockerdome.com"
)
_PAID_HOSTS = frozenset(_PAID_NAMES.split())


@cache
def _hint_words() -> tuple[AhoCorasick, list[int]]:
    """The automaton over all words of `_HINTS`, and the bit of each pattern."""
    patterns: dict[str, int] = {}
    for name, said in _HINTS.items():
        for word in said.split():
            for variant in {word.replace("~", "-"), word.replace("~", "")}:
                patterns[variant] = patterns.get(variant, 0) | _BIT[name]
    return AhoCorasick(list(patterns)), list(patterns.values())


def _hints_in(said: str) -> int:
    automaton, bits = _hint_words()
    found = 0
    plain = _NOT_LETTER.sub("-", _CAMEL.sub("-", said[:400]).lower())
    for pattern, _, _ in automaton.find_matches_as_indexes(f"-{plain}-", overlapping=True):
        found |= bits[pattern]
    return found


_AUTHOR_PAGE = re.compile(r"/(?:author|contributor|writer|reporter|journalist|columnist|by)s?/[^/?#]{3,60}/?$", re.IGNORECASE)
# Of people, but not always of those who write.
_PERSON_PAGE = re.compile(r"/(?:team|staff|people|person|expert|bio|profile|editor|user)s?/[^/?#]{3,60}/?$", re.IGNORECASE)


class _Raw:
    """A block as it comes out of the stream."""

    __slots__ = ("bold", "end", "kind", "link", "links", "node", "soft", "start", "text")

    def __init__(self, start: int, text: str, node: int, kind: str) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.node = node
        self.kind = kind
        self.link = 0
        self.links = 0
        self.bold = 0
        self.soft = False


class _RawLink(NamedTuple):
    start: int
    end: int
    href: str
    rel: str
    node: int


class _Reader:
    """The target of lxml's stream: gathers blocks, links and marks. One per page."""

    def __init__(self) -> None:
        self.blocks: list[_Raw] = []
        self.links: list[_RawLink] = []
        self.marks = Marks()
        # Containers: parent, hints of its own, tag.
        self.parents, self.bits, self.tags = [0], [0], ["html"]
        # Open elements: tag, container, kind of block, whether it opened the link, whether bold.
        self._open: list[tuple[str, int, str]] = []
        self._node, self._kind = 0, "div"
        self._skip = 0
        self._sink: list[str] | None = None
        self._pieces: list[str] = []
        self._size = 0  # of the text before this block
        self._length = 0  # of this block
        self._space = False
        self._href, self._rel, self._link_start = "", "", 0
        self._link_depth = 0
        self._link_ended = -1  # where the last link ended: two that touch are two words
        self._bold = 0
        self._bold_length = self._link_length = self._link_count = 0
        self._soft = False
        self._hint_cache: dict[str, int] = {}
        self._pre = 0
        self._marked: list[tuple[int, str, int]] = []

    # lxml calls these four.

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skip:
            if tag not in _VOID:
                self._skip += 1
            return
        if tag in _SKIPPED:
            self._skip = 1
            if tag == "script" and "ld+json" in attributes.get("type", ""):
                self._sink = []
            return
        if tag in _VOID:
            self._void(tag, attributes)
            return
        if tag == "title" and not self.blocks and not self._pieces:
            self._skip, self._sink = 1, []
            return
        bits = self._hints(tag, attributes) if attributes else _TAG_BIT.get(tag, 0)
        if bits & _BIT["hidden"] and tag not in _BLOCK_TAGS:
            self._skip = 1
            return
        block = tag in _BLOCK_TAGS
        if block:
            self._break()
        self._open.append((tag, self._node, self._kind))
        if block or bits:
            self._node = len(self.parents)
            self.parents.append(self._open[-1][1])
            self.bits.append(bits)
            self.tags.append(tag)
        kind = _KIND.get(tag)
        if kind:
            self._kind = kind
        elif tag in _NEUTRAL_TAGS:
            self._kind = "div"
        if tag == "a":
            self._close_link()
            href = attributes.get("href", "")
            if href:
                self._space = self._space or self._link_ended == self._size + self._length
                self._href, self._rel = href, attributes.get("rel", "")
                self._link_start, self._link_depth = -1, len(self._open)
        elif tag in _BOLD:
            self._bold += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "html":
            self.marks.meta.setdefault("html lang", attributes.get("lang") or attributes.get("xml:lang") or "")
        if attributes:
            self._mark(tag, bits, attributes)

    def end(self, tag: str) -> None:
        if self._skip:
            if tag not in _VOID:
                self._skip -= 1
                if not self._skip and self._sink is not None:
                    (self.marks.titles if tag == "title" else self.marks.json_ld).append("".join(self._sink))
                    self._sink = None
            return
        if tag in _VOID or not self._open:
            return
        opened, node, kind = self._open[-1]
        if opened != tag:
            return
        if self._href and self._link_depth == len(self._open):
            self._close_link()
        while self._marked and self._marked[-1][0] == len(self._open):
            _, name, start = self._marked.pop()
            self.marks.ranges.append((name, start, self._size + self._length))
        self._open.pop()
        if tag in _BLOCK_TAGS:
            self._break()
        elif tag in _BOLD:
            self._bold -= 1
        if tag == "pre":
            self._pre -= 1
        self._node, self._kind = node, kind

    def data(self, data: str) -> None:
        if self._skip:
            if self._sink is not None:
                self._sink.append(data)
            return
        if self._pre and "\n\n" in data:
            first, *others = data.split("\n\n")
            self._text(first)
            for other in others:
                self._break()
                self._text(other)
            return
        self._text(data)

    def close(self) -> None:
        self._break()

    # The rest is our own.

    def _text(self, data: str) -> None:
        words = data.split()
        if not words:
            self._space = self._space or bool(data)
            return
        piece = " ".join(words)
        if self._pieces and (self._space or data[0].isspace()):
            piece = " " + piece
        fresh = not self._pieces
        if fresh:
            self._block_node, self._block_kind = self._node, self._kind
        lead = piece[0] == " "
        self._pieces.append(piece)
        at = self._size + self._length + lead
        self._length += len(piece)
        self._space = data[-1].isspace()
        if self._href:
            if self._link_start < 0:
                self._link_start = at
                self._link_count += 1
            self._link_length += len(piece) - lead
        if self._bold:
            self._bold_length += len(piece) - lead

    def _break(self) -> None:
        """End the block, if there is one."""
        if not self._pieces:
            self._space = False
            return
        if self._href and self._link_start >= 0:
            self._emit_link()
        text = "".join(self._pieces)
        block = _Raw(self._size, text, self._block_node, self._block_kind)
        block.link, block.links, block.bold, block.soft = (
            self._link_length,
            self._link_count,
            self._bold_length,
            self._soft,
        )
        self.blocks.append(block)
        self._size += len(text) + 1
        self._pieces.clear()
        self._length = self._link_length = self._link_count = self._bold_length = 0
        self._space = self._soft = False

    def _close_link(self) -> None:
        if self._href and self._link_start >= 0:
            self._emit_link()
        self._href = ""

    def _emit_link(self) -> None:
        end = self._link_ended = self._size + self._length
        if end > self._link_start:
            self.links.append(_RawLink(self._link_start, end, self._href, self._rel, self._node))
        self._link_start = -1

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("br", "hr"):
            self._break()
            self._soft = tag == "br"
        elif tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
            if name and attributes.get("content"):
                self.marks.meta.setdefault(name, attributes["content"])
        elif tag == "link" and attributes.get("href") and "canonical" in attributes.get("rel", "").lower().split():
            self.marks.meta.setdefault("link canonical", attributes["href"])

    def _hints(self, tag: str, attributes: Mapping[str, str]) -> int:
        bits = _TAG_BIT.get(tag, 0)
        if tag in ("body", "html"):
            return bits
        said = " ".join(
            filter(
                None,
                (
                    attributes.get("class"),
                    attributes.get("id"),
                    attributes.get("role"),
                    attributes.get("data-component"),
                ),
            )
        )
        if said:
            found = self._hint_cache.get(said)
            if found is None:
                found = self._hint_cache[said] = _hints_in(said)
            bits |= found
        if attributes.get("itemprop") == "articleBody":
            bits |= _BIT["itembody"]
        if "hidden" in attributes or _INVISIBLE.search(attributes.get("style", "")):
            bits |= _BIT["hidden"]
        return bits

    def _mark(self, tag: str, bits: int, attributes: Mapping[str, str]) -> None:
        """Remember where the text of an element begins that may say who wrote this, when, and under what headline."""
        at = self._size + self._length
        depth = len(self._open)
        item = attributes.get("itemprop")
        if item:
            content = attributes.get("content") or attributes.get("datetime")
            if content:
                self.marks.items.append((item, content))
            elif item in ("headline", "author", "name", "datePublished", "alternativeHeadline", "publisher"):
                self._marked.append((depth, f"item {item}", at))
        if tag == "time" and attributes.get("datetime"):
            self.marks.times.append((attributes["datetime"], at, bits & (_BIT["meta"] | _BIT["byline"]) > 0))
        if tag == "a" and ("author" in attributes.get("rel", "").split() or _AUTHOR_PAGE.search(attributes.get("href", ""))):
            self._marked.append((depth, "author", at))
        elif (bits & _BIT["byline"] and not bits & (_BIT["bio"] | _BIT["comment"])) or (
            tag == "a" and _PERSON_PAGE.search(attributes.get("href", ""))
        ):
            self._marked.append((depth, "byline", at))
        if bits & _BIT["meta"]:
            self._marked.append((depth, "meta", at))


def _read(content: str) -> _Reader:
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = content.encode("utf-8", "replace").replace(b"\x00", b" ")
    try:
        for at in range(0, len(data), 1 << 20):
            parser.feed(data[at : at + (1 << 20)])
        parser.close()
    except etree.XMLSyntaxError:  # an empty page, or one without any element
        pass
    reader.close()
    return reader


# Facts ----------------------------------------------------------------------------------------------------------------

_ENDS = (".", "!", "?", "…", ":", "”", '"', "’", ")")
_SENTENCE = re.compile(r"[.!?…][”\"’)]*(?= |$)|[。！？।]")
_SAYS = {
    "related": r"(?:related|recommended|more (?:from|on|stories|news|in|like|articles|posts|about|by)"
    r"|read (?:more|next|also|on)"
    r"|also (?:read|see|on)|see also|you (?:may|might) |most (?:read|popular|viewed|shared|e-?mailed|recent|commented)"
    r"|popular|trending|latest|recent (?:posts|articles|stories)|don.t miss|up next|next up|editor.?s.? picks?"
    r"|top stories|featured"
    r"|more:|what to read|keep reading|further reading|external links|on the (?:net|web)|similar"
    r"|other (?:stories|articles|news)"
    r"|next article|previous|continue reading|more$|related:|in this story|story links|links?:?$|stories from"
    r"|video:|photos?:)",
    "paid": PAID_LABEL + r"|around the web|from (?:around|across) the web|elsewhere on the web",
    "comments": r"(?:\d+ )?(?:comments?|repl(?:y|ies)|responses?|discussion|thoughts on)\b|leave a (?:reply"
    r"|comment)|post a comment"
    r"|add (?:a|your) comment|your (?:e-?mail|comment|name)|join the (?:conversation|discussion)|have your say"
    r"|report abuse",
    "signup": r"(?:subscribe|sign[ -]?up|newsletter|get (?:the|our)|join (?:us|our|the)|log ?in|register"
    r"|enter your|stay (?:up|in)"
    r"|become a|support (?:us|our)|donate|start your|try |request a|book a|contact us|get started|download|learn more)",
    "about": r"(?:about (?:the )?(?:author|us|this)|written by|meet the|follow |editor.?s? note|disclaimer"
    r"|disclosure|references"
    r"|sources?\b|image source|share\b|tags?\b|topics?\b|filed under|categor|copyright|©|all rights|published"
    r"|updated|last )",
    "byline": r"(?:by|posted by|author|story by|reviewed by|edited by|fact[- ]checked)\b",
    "photo": r"(?:photo|image|picture|credit|video|watch|listen|getty|file photo|advert|scroll|story continues|play )",
}
_SAY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SAYS.items()), re.IGNORECASE)
_MENTION = re.compile(
    r"(?P<rights>copyright|©|all rights reserved|terms of (?:use|service)|privacy policy|cookies?\b)"
    r"|(?P<ask>newsletter|subscrib|sign up|inbox|follow us|click here|log in|free trial|contact us|call us"
    r"|e-?mail us|promo code)"
    r"|(?P<credit>getty images|shutterstock|photo(?:graph)? by|image credit|\(photo|file photo|courtesy of"
    r"|unsplash|/ap\b|reuters/)"
    r"|(?P<aff>affiliate|commission|partner)"
    r"|(?P<month>\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d)"
    r"|(?P<clock>\d(?: ?[ap]\.?m\.?\b|:\d\d)|\bago\b|min(?:ute)?s? read)",
    re.IGNORECASE,
)
_BODY_IN_JSON = re.compile(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.)*)"')
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LENGTHS = (8, 20, 40, 80, 160, 320, 640)

Facts = dict[str, float]


def _folded(text: str) -> str:
    """Its letters and digits only, in lower case, so that mark-up and escapes do not count."""
    return "".join(_WORD.findall(text.lower()))


def _join_lines(blocks: list[_Raw]) -> list[_Raw]:
    """Join a line that a lone <br> broke off in mid-sentence to what it continues."""
    joined: list[_Raw] = []
    pieces: list[list[str]] = []
    for block in blocks:
        if block.soft and joined and block.text[0].islower() and block.start == joined[-1].end + 1:
            before = joined[-1]
            if before.node == block.node and pieces[-1][-1][-1] not in ".!?:" and len(pieces[-1][0]) > 30:
                pieces[-1].append(block.text)
                before.end = block.end
                before.link += block.link
                before.links += block.links
                before.bold += block.bold
                continue
        joined.append(block)
        pieces.append([block.text])
    for block, lines in zip(joined, pieces, strict=True):
        if len(lines) > 1:
            block.text = " ".join(lines)
    return joined


_WORD = re.compile(r"\w+")
_TITLE_PARTS = re.compile(r"\s+[|•·–—»:-]+\s+|\s*[|»]\s*")


def _title_words(marks: Marks) -> list[frozenset[str]]:
    """The words of each title the head of the page gives, whole, and without the name of the site."""
    site = frozenset(_WORD.findall(marks.meta.get("og:site_name", "").lower()))
    titles = []
    for title in [marks.meta.get("og:title", ""), *marks.titles[:1]]:
        parts = _TITLE_PARTS.split(title.strip().lower())
        for part in {title.lower(), parts[0], " ".join(parts[:-1])}:
            said = frozenset(_WORD.findall(part))
            if said and said != site:
                titles.append(said)
    return titles


def _find_top(blocks: Sequence[_Raw], titles: Sequence[frozenset[str]], bits: Sequence[int]) -> int:
    """The number of the block that is the headline, judging by what the head of the page calls it; -1: none."""
    best, best_score = -1, 0.0
    for i, block in enumerate(blocks):
        size = block.end - block.start
        heading = block.kind in _HEADINGS
        if size > 300 or (not heading and (i > 150 or size < 12 or block.links or block.kind == "li")):
            continue
        said = frozenset(_WORD.findall(block.text.lower()))
        if not said:
            continue
        score = 0.0
        for title in titles:
            both = len(said & title)
            if both > 1 or said == title:
                score = max(score, both / len(said | title) + both / (2 * len(said)))
        if block.kind == "h1":
            score += 0.6 if len(said) > 1 or score else 0.3
        elif heading:
            score += 0.2
        if bits[block.node] & (_BIT["foot"] | _BIT["nav"]):
            score -= 0.6
        if score > best_score + 0.01 and score >= (0.3 if heading else 0.8):
            best, best_score = i, score
    return best


_ASIDE_BITS = (
    _BIT["comment"] | _BIT["foot"] | _BIT["cookie"] | _BIT["side"] | _BIT["nav"] | _BIT["form"] | _BIT["vendor"] | _BIT["bio"]
)


def _best_container(reader: _Reader, blocks: Sequence[_Raw], is_prose: Sequence[bool], around: Sequence[int], top: int) -> int:
    """The container whose near descendants hold most prose, comments, side columns and lists of teasers apart."""
    parents, bits = reader.parents, reader.bits
    score = [0.0] * len(parents)
    for i, block in enumerate(blocks):
        if not is_prose[i] or i == top:
            continue
        size = block.end - block.start
        weight = size * (1 - block.link / size) ** 2
        if around[block.node] & _ASIDE_BITS:
            weight *= 0.05
        if block.kind == "li":
            weight *= 0.5
        if i < top:
            weight *= 0.2
        at = block.node
        for _ in range(4):
            score[at] += weight
            weight *= 0.75
            if at == 0:
                break
            at = parents[at]
    for node, own in enumerate(bits):
        if own & (_BIT["body"] | _BIT["itembody"] | _BIT["article"]):
            score[node] *= 1.25
    return max(range(len(score)), key=score.__getitem__)


class _Layout(NamedTuple):
    """The page as containers: the effective hints of each, the blocks it holds (first, one past the last), "
    "which of them
    are inside the article's own container, and the number of the headline's block (-1: none)."""

    around: list[int]
    holds: list[tuple[int, int]]
    in_best: list[bool]
    inside: list[bool]
    top: int


def _facts(reader: _Reader, blocks: Sequence[_Raw]) -> tuple[list[Facts], _Layout]:
    """What is to be known of each block: its form, its place, and the names around it."""
    parents, bits = reader.parents, reader.bits
    n_nodes = len(parents)
    chars, links, prose = [0] * n_nodes, [0] * n_nodes, [0] * n_nodes
    is_prose = []
    for block in blocks:
        size = block.end - block.start
        sentence = size >= 60 and block.link < 0.5 * size and _SENTENCE.search(block.text) is not None
        is_prose.append(sentence)
        chars[block.node] += size
        links[block.node] += block.link
        if sentence:
            prose[block.node] += size
    own_chars, own_prose = chars.copy(), prose.copy()
    for node in range(n_nodes - 1, 0, -1):
        parent = parents[node]
        chars[parent] += chars[node]
        links[parent] += links[node]
        prose[parent] += prose[node]
    total = prose[0] or 1
    around, inside = [0] * n_nodes, [False] * n_nodes
    main = 0
    for node in range(1, n_nodes):
        if prose[node] >= 0.6 * total:
            main = node
    inside[main] = True
    titles = _title_words(reader.marks)
    top = _find_top(blocks, titles, bits)
    shared = [0] * n_nodes  # the smallest container that holds both this one and the headline
    at = blocks[top].node if top >= 0 else 0
    while at:
        shared[at] = at
        at = parents[at]
    for node in range(1, n_nodes):
        parent = parents[node]
        own = bits[node]
        around[node] = around[parent] | (own & _HARMLESS if prose[node] > 0.5 * total else own)
        inside[node] = inside[node] or inside[parent]
        shared[node] = shared[node] or shared[parent]
    best = _best_container(reader, blocks, is_prose, around, top)
    in_best, in_best_parent = [False] * n_nodes, [False] * n_nodes
    in_best[best] = in_best_parent[best] = in_best_parent[parents[best]] = True
    for node in range(1, n_nodes):
        in_best[node] = in_best[node] or in_best[parents[node]]
        in_best_parent[node] = in_best_parent[node] or in_best_parent[parents[node]]
    summary = _folded(reader.marks.meta.get("og:description") or reader.marks.meta.get("description") or "")[:60]
    full = _folded(" ".join(_BODY_IN_JSON.findall(" ".join(reader.marks.json_ld))))
    page_words = frozenset().union(*titles) if titles else frozenset()
    seen: set[str] = set()
    titles_in, items_in = [0] * n_nodes, [0] * n_nodes  # links that read as headlines, and all links, of a container
    for block in blocks:
        if block.link > 0.8 * (block.end - block.start):
            at = block.node
            for _ in range(3):
                items_in[at] += 1
                if block.link > 24 and block.text.count(" ") > 3:
                    titles_in[at] += 1
                at = parents[at]
    core = [i for i, block in enumerate(blocks) if is_prose[i] and in_best[block.node] and i > top]
    first, last = (core[0], core[-1]) if core else (len(blocks), -1)
    facts = []
    heading, heading_at, since_prose = "", -99, 99
    said_so_far = n_posts = 0
    past_comments = False
    for i, block in enumerate(blocks):
        text, node = block.text, block.node
        size = block.end - block.start
        parent = parents[node]
        density = block.link / size
        fact: Facts = {"density": density, f"kind {block.kind}": 1.0}
        facts.append(fact)
        for limit in _LENGTHS:
            if size > limit:
                fact[f"over {limit}"] = 1.0
        n_sentences = len(_SENTENCE.findall(text))
        fact["sentences"] = math.log1p(n_sentences)
        fact["commas"] = min(1.0, text.count(",") * 20 / size)
        last_char = text[-1]
        if last_char in _ENDS:
            fact["stops"] = 1.0
            if last_char == ":":
                fact["colon"] = 1.0
            elif last_char == "?":
                fact["asks"] = 1.0
        if text[0].islower():
            fact["lower"] = 1.0
        elif not text[0].isalpha():
            fact["sign"] = 1.0
        if text.isupper():
            fact["capitals"] = 1.0
        if is_prose[i]:
            fact["prose"] = 1.0
        if block.links:
            fact["links"] = math.log1p(block.links)
            if density > 0.9:
                fact["all link"] = 1.0
                if size > 24 and text.count(" ") > 3:
                    fact["title link"] = 1.0
        if block.bold > 0.9 * size:
            fact["bold"] = 1.0
        for match in _MENTION.finditer(text):
            fact[f"mentions {match.lastgroup}"] = 1.0
        says_match = _SAY.match(text)
        says = says_match.lastgroup if says_match else None
        if says:
            fact[f"says {says}" if size < 80 else f"says {says} at length"] = 1.0
        fact |= _hint_facts(around[node], bits[node] | bits[parent])
        if inside[node]:
            fact["main"] = 1.0
        if in_best[node]:
            fact["best"] = 1.0
            if is_prose[i]:
                fact["best prose"] = 1.0
        elif in_best_parent[node]:
            fact["by best"] = 1.0
        if top >= 0:
            fact["headline near"] = 1 - chars[shared[node]] / chars[0]
        if size >= 15:
            plain = _folded(text)
            if plain in seen:
                fact["repeated"] = 1.0
            seen.add(plain)
            if len(summary) > 30 and plain.startswith(summary[:40]):
                fact["summary"] = 1.0
            if full:
                fact["in json" if plain[:120] in full else "not in json"] = 1.0
        if page_words and size >= 60:
            said_words = frozenset(_WORD.findall(text.lower()))
            fact["title words"] = min(1.0, len(said_words & page_words) / len(page_words))
        fact["siblings prose"] = (own_prose[node] / own_chars[node]) if own_chars[node] else 0.0
        fact["parent prose"] = prose[parent] / chars[parent]
        fact["parent links"] = links[parent] / chars[parent]
        fact["parent share"] = prose[parent] / total
        fact["own share"] = own_prose[node] / total
        if i < first:
            fact["before"] = 1.0
            fact["before by"] = math.log1p(first - i)
        elif i > last:
            fact["after"] = 1.0
            fact["after by"] = math.log1p(i - last)
        if i == top:
            fact["top"] = 1.0
        elif i < top:
            fact["above top"] = 1.0
        elif top >= 0 and i < first:
            fact["below top"] = 1.0
        if past_comments:
            fact["past comments"] = 1.0
        if n_posts > 1:
            fact["past posts"] = 1.0
        if is_prose[i] and i > top and in_best_parent[node]:
            said_so_far += size
        elif size < 60 and says == "comments" and said_so_far > 250:
            past_comments = True
        elif size < 100 and says == "byline" and ("mentions month" in fact or "mentions clock" in fact):
            n_posts += 1
        grandparent = parents[parent]
        for name, at in (("own", node), ("near", parent), ("far", grandparent)):
            if items_in[at] > 1:
                fact[f"{name} items"] = math.log1p(items_in[at])
                fact[f"{name} titles"] = titles_in[at] / items_in[at]
        fact["since prose"] = math.log1p(since_prose)
        since_prose = 0 if is_prose[i] else since_prose + 1
        if i - heading_at <= 20:
            fact[f"under {heading}"] = 1.0
            if i - heading_at <= 3:
                fact[f"just under {heading}"] = 1.0
        if block.kind in _HEADINGS or (size < 60 and (says in ("related", "paid", "comments") or "bold" in fact)):
            heading, heading_at = says or "plain", i
        _cross(fact, size)
    return facts, _Layout(around, _holdings(parents, blocks), in_best, inside, top)


@lru_cache(maxsize=1 << 14)
def _hint_facts(around: int, near: int) -> Facts:
    """The facts for the hints around a block, and for those of its own container and the next."""
    facts = {f"in {name}": 1.0 for name, bit in _BITS if around & bit}
    return facts | {f"near {name}": 1.0 for name, bit in _BITS if around & near & bit}


def _holdings(parents: Sequence[int], blocks: Sequence[_Raw]) -> list[tuple[int, int]]:
    """The range of blocks each container holds: containers open and close in the order of the text."""
    first, last = [len(blocks)] * len(parents), [0] * len(parents)
    for i, block in enumerate(blocks):
        first[block.node] = min(first[block.node], i)
        last[block.node] = i + 1
    for node in range(len(parents) - 1, 0, -1):
        parent = parents[node]
        first[parent] = min(first[parent], first[node])
        last[parent] = max(last[parent], last[node])
    return list(zip(first, last, strict=True))


_CROSSED = (
    "in body",
    "in article",
    "in related",
    "in card",
    "in side",
    "near related",
    "in list",
    "says related",
    "in comment",
    "in promo",
    "stops",
    "bold",
    "in main",
    "all link",
    "in caption",
)


def _cross(fact: Facts, size: int) -> None:
    """Add what only holds of facts together: a short line in the article's container is not a short line elsewhere."""
    place = "best" if "best" in fact else "main" if "main" in fact else "out"
    length = "xs" if size <= 20 else "s" if size <= 80 else "m" if size <= 160 else "l"
    density = fact["density"]
    linked = "0" if density < 0.05 else "lo" if density < 0.4 else "hi"
    when = "pre" if "before" in fact else "post" if "after" in fact else "mid"
    kind = next(name for name in fact if name.startswith("kind "))
    fact |= _crossed_forms(place, length, linked, when, kind)
    for name in _CROSSED:
        if name in fact:
            fact |= _crossed_names(name, place, length)


@cache
def _crossed_forms(place: str, length: str, linked: str, when: str, kind: str) -> Facts:
    pairs = ((place, length), (place, linked), (place, when), (length, linked), (place, kind), (length, kind))
    names = ["*".join(parts) for parts in (*pairs, (place, length, linked), (place, when, length))]
    return dict.fromkeys(names, 1.0)


@cache
def _crossed_names(name: str, place: str, length: str) -> Facts:
    return {f"{name}*{place}": 1.0, f"{name}*{length}": 1.0}


# Labels ---------------------------------------------------------------------------------------------------------------


@cache
def _weights() -> tuple[float, dict[str, float]]:
    """The intercept and the weights of the model of the body (see `scorer/train_pages.py`)."""
    data = json.loads(Path(__file__).with_name("html_weights.json").read_text(encoding="utf-8"))
    return float(data["intercept"]), {str(name): float(weight) for name, weight in data["weights"].items()}


# A block with few links gets the benefit of the doubt; a change between article and furniture costs; and a long block
# speaks louder for itself than a short one. Chosen on the development half; the benefit trades precision for paragraphs kept.
_BENEFIT, _CHANGE, _FULL_WORDS = 1.2, 0.5, 12


def _find_body(facts: Sequence[Facts], blocks: Sequence[_Raw]) -> list[bool]:
    """Which blocks are the article's text: the cheapest sequence, by each block's log-odds and the cost of a change."""
    intercept, weights = _weights()
    get = weights.get
    inside, outside = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []
    for fact, block in zip(facts, blocks, strict=True):
        odds = intercept + sum([get(name, 0.0) * value for name, value in fact.items()])
        odds = min(9.0, max(-9.0, odds)) + (_BENEFIT if fact["density"] < 0.5 else 0.0)
        odds *= min(3.0, max(0.5, (block.text.count(" ") + 1) / _FULL_WORDS))
        stay_out, stay_in = outside >= inside - _CHANGE, inside >= outside - _CHANGE
        came_from.append((not stay_out, stay_in))
        outside, inside = (
            (outside if stay_out else inside - _CHANGE) - odds / 2,
            (inside if stay_in else outside - _CHANGE) + odds / 2,
        )
    state = inside > outside
    body = [False] * len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        body[i] = state
        state = came_from[i][state]
    return body


# What heads links that belong to an article, what heads the site's own lists, and what is a control and not a headline.
_RELATED = re.compile(
    r"(?:(?:\S+ ){0,2}related\b|see also|also (?:see|read|on)\b|read (?:on|more|also|next)\b|more (?:on|about"
    r"|from|stories|in|like)\b"
    r"|more:?$|next article|previous article|story links|in this (?:story|article|section)|further reading"
    r"|external links"
    r"|on the (?:net|web)|other (?:stories|articles|news)|recommended|similar|you (?:may|might)|don.t miss|all about"
    r"|click (?:here )?for|background$|multimedia$|special report|in depth|in pictures|up next|what to read"
    r"|keep reading|(?:from )?(?:around|across|elsewhere on) the web|(?:sponsored|promoted|paid) (?:stories|content|posts)"
    r"|(?:stories |content )?from (?:our|the web.s) partners|you.ll also)",
    re.IGNORECASE,
)
_POPULAR = re.compile(
    r"(?:most |popular|trending|latest|recent|(?:\S+ )?top (?:stories|news)|editor|featured|headlines|today.s"
    r"|breaking|what.s)",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"(?:print|e-?mail|share|sphere|digg|del\.?icio|facebook|twitter|reddit|newsvine|stumble|furl|text size|rss"
    r"|subscribe|"
    r"unsubscribe|comment|home$|log ?in|sign|register|contact|privacy|terms|copyright|advertis|help|site ?map"
    r"|search|send|save|"
    r"bookmark|discuss|report|post\b|feedback|version|larger|smaller|increase|decrease|single page|next$"
    r"|previous$|back to|top$|"
    r"buy|jobs|classified|shop|\d+$|permalink|add your|have your|enter your|skip|menu|close|follow|download"
    r"|view all|e-?paper)",
    re.IGNORECASE,
)
_NOT_ARTICLE = _BIT["nav"] | _BIT["foot"] | _BIT["share"] | _BIT["form"] | _BIT["comment"] | _BIT["cookie"]
_NEVER_ARTICLE = _BIT["foot"] | _BIT["form"] | _BIT["comment"] | _BIT["cookie"]
_REACH = 40  # blocks after the last paragraph in which links still belong to the article


def _topic_words(text: str) -> set[bytes]:
    """The words that say what a text is about: no function words, and none of fewer than four letters."""
    return {word for word in words(fold(text)) if len(word) > 3} - lexicon_set("stop_words")


class _LinkFinder:
    """Finds the link blocks of a page whose body is known."""

    def __init__(
        self, reader: _Reader, blocks: Sequence[_Raw], facts: Sequence[Facts], layout: _Layout, body: list[bool]
    ) -> None:
        self.reader, self.blocks, self.facts, self.layout, self.body = reader, blocks, facts, layout, body
        long = [i for i, is_body in enumerate(body) if is_body and blocks[i].text.count(" ") > 6]
        self.first, self.last = (long[0], long[-1]) if long else (len(blocks), -1)
        self.found = [False] * len(blocks)
        self.heads = [False] * len(blocks)
        headline = blocks[layout.top].text if layout.top >= 0 else ""
        self.topic = _topic_words(" ".join([headline, reader.marks.meta.get("og:title", ""), *reader.marks.titles[:1]]))

    def find(self) -> None:
        i = 0
        while i < len(self.blocks):
            block = self.blocks[i]
            text, size = block.text, block.end - block.start
            around = self.layout.around[block.node]
            barred = around & (_NOT_ARTICLE if i < self.first or i > self.last else _NEVER_ARTICLE)
            if around & _BIT["related"]:
                barred &= ~_BIT["nav"]
            if around & _BIT["vendor"] and not self.body[i]:
                self.found[i] = True
            elif self.body[i] and block.link > 0.5 * size and size < 200 and _RELATED.match(text):
                self.found[i] = True  # "READ MORE: ..." among the paragraphs
            elif self.body[i] and size < 40 and _RELATED.match(text) and self._heads_items(i):
                i = self._take_list(i)
                continue
            elif self._in_reach(i) and not self.body[i] and not barred and not _CONTROL.match(text):
                related = _RELATED.match(text) is not None and (size > 8 or not block.links or self._heads_items(i))
                if related and 70 <= size < 500 and block.link > 0.5 * size:
                    self.found[i] = True
                elif size < 70 and (
                    related or (_POPULAR.match(text) and self.layout.inside[block.node] and not around & _BIT["side"])
                ):
                    i = self._take_list(i)
                    continue
            if self._is_item(i) and self.layout.top < i < self.last and not barred and self._in_text(i):
                self.found[i] = True
                self._take_heading(i)
            i += 1
        for i in range(1, len(self.blocks) - 1):
            if self.found[i - 1] and self.found[i + 1] and not self.body[i] and not self._is_furniture(i):
                self.found[i] = self.blocks[i].end - self.blocks[i].start < 60 or self.found[i]

    def _in_reach(self, i: int) -> bool:
        return max(self.layout.top, self.first - 12) < i <= self.last + _REACH

    def _is_item(self, i: int) -> bool:
        """A line that is nearly all link and no control."""
        block = self.blocks[i]
        size = block.end - block.start
        return block.link > 0.8 * size and not (size < 40 and _CONTROL.match(block.text))

    def _heads_items(self, i: int) -> bool:
        """Whether the line below is a link, and none of the article's paragraphs: "Related news:" ends the article."""
        return i + 1 < len(self.blocks) and not self.body[i + 1] and self._is_item(i + 1)

    def _in_text(self, i: int) -> bool:
        """Among the paragraphs any such line counts; above them, or in a side column, only one that reads as a headline
        and has a word in common with the page's own.
        """
        fact = self.facts[i]
        if i > self.first and not self.layout.around[self.blocks[i].node] & _BIT["side"]:
            return True
        reads_so = "title link" in fact and fact.get("own titles", fact.get("near titles", 1.0)) >= 0.4
        return reads_so and not self.topic.isdisjoint(_topic_words(self.blocks[i].text))

    def _take_heading(self, i: int) -> None:
        """A short line just above the first item heads the list."""
        before = i - 1
        if before > self.layout.top and not self.found[before] and not self.body[before]:
            block = self.blocks[before]
            if block.end - block.start < 40 and not block.links and not _CONTROL.match(block.text):
                same = self.reader.parents[block.node] in (
                    self.blocks[i].node,
                    self.reader.parents[self.blocks[i].node],
                )
                if same or block.text.endswith(":"):
                    self.found[before] = self.heads[before] = True

    def _take_list(self, heading: int) -> int:
        """Label a heading and what it heads; returns the number of the block after it."""
        self.found[heading] = self.heads[heading] = True
        parents, holds = self.reader.parents, self.layout.holds
        node = self.blocks[heading].node
        start, end = holds[node]
        while node and end - heading < 3:
            node = parents[node]
            start, end = holds[node]
        if end - start < 30 and not any(self.body[start:end]):
            i = heading + 1
            while i < end:
                if not self._is_furniture(i):
                    self.found[i] = True
                i += 1
            return end
        i, gap = heading + 1, 0
        end = self._end_of_list(heading)
        while i < end and i < heading + 20:
            block = self.blocks[i]
            size = block.end - block.start
            if self._is_item(i):
                gap = 0
                self.found[i] = True
            elif (
                self.body[i] or self._is_furniture(i) or (block.kind in _HEADINGS and not self._is_deeper(i, heading)) or gap >= 2
            ):
                break
            else:
                gap += 1
                self.found[i] = size < 200
            i += 1
        return i

    def _end_of_list(self, heading: int) -> int:
        """Where the smallest container ends that holds the heading and the line below it."""
        if heading + 1 == len(self.blocks):
            return heading + 1
        node = self.blocks[heading].node
        while node and self.layout.holds[node][1] <= heading + 1:
            node = self.reader.parents[node]
        return self.layout.holds[node][1]

    def _is_deeper(self, i: int, heading: int) -> bool:
        return self.blocks[heading].kind in _HEADINGS and self.blocks[i].kind > self.blocks[heading].kind

    def _is_furniture(self, i: int) -> bool:
        block = self.blocks[i]
        return (block.end - block.start < 60 and _CONTROL.match(block.text) is not None) or (
            self.layout.around[block.node] & (_BIT["form"] | _BIT["foot"] | _BIT["share"]) > 0
        )


def html_blocks(content: str, url: str = "") -> HtmlPage:
    """Read a page of HTML.

    `url` is where the page came from, if known: it makes the links' targets absolute and tells own hosts from others.
    Never raises for what a page can contain; a page without text has none, and no blocks.
    """
    reader = _read(content)
    blocks = _join_lines(reader.blocks)
    if not blocks:
        return HtmlPage("", (), (), read_metadata(reader.marks, "", Head("", -1, -1, 0, 0), url))
    text = "\n".join([block.text for block in blocks])
    facts, layout = _facts(reader, blocks)
    body = _find_body(facts, blocks)
    links = _LinkFinder(reader, blocks, facts, layout, body)
    links.find()
    hints = ["link_block" if links.found[i] else "body" if is_body else "boilerplate" for i, is_body in enumerate(body)]
    _label_head(reader, blocks, facts, layout.top, links.first, hints)
    top = blocks[layout.top] if layout.top >= 0 else None
    start = blocks[links.first].start if links.first < len(blocks) else 0
    foot = blocks[links.last].end if links.last >= 0 else 0
    head = Head(top.text, top.start, top.end, max(start, top.end), foot) if top else Head("", -1, -1, start, foot)
    metadata = read_metadata(reader.marks, text, head, url, content)
    return HtmlPage(
        text,
        tuple([HtmlBlock(b.start, b.end, hint, b.kind) for b, hint in zip(blocks, hints, strict=True)]),
        tuple(_links(reader, layout, url or metadata.url)),
        metadata,
    )


_DATE_LINE = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?\d|\b(?:19|20)\d\d\b|\d:\d\d|\bago\b)",
    re.IGNORECASE,
)
_BY_LINE = re.compile(r"(?:by|written by|posted by|words by|story by) [^\W\d_]", re.IGNORECASE)


def _label_head(reader: _Reader, blocks: Sequence[_Raw], facts: Sequence[Facts], top: int, first: int, hints: list[str]) -> None:
    """Label headline, standfirst, byline and dateline: the lines from a little above the headline to the first "
    "paragraph."""
    if top < 0:
        return
    hints[top] = "headline"
    bylines = [(start, end) for kind, start, end in reader.marks.ranges if kind in ("author", "byline", "item author")]
    dates = [at for _, at, _ in reader.marks.times]
    dates += [start for kind, start, _ in reader.marks.ranges if kind == "item datePublished"]
    for i in range(max(0, top - 4), min(len(blocks), max(first, top) + 4, top + 60)):
        block, fact = blocks[i], facts[i]
        size = block.end - block.start
        if i == top or hints[i] == "link_block" or (hints[i] == "body" and i > first):
            continue
        if hints[i] == "boilerplate" and size < 120:
            named = _BY_LINE.match(block.text) or any(start < block.end and end > block.start for start, end in bylines)
            dated = _DATE_LINE.search(block.text) is not None
            if named and ("in byline" in fact or _BY_LINE.match(block.text)) and len(block.text) > 3:
                hints[i] = "dateline" if dated and not _BY_LINE.match(block.text) and block.text[:1].isdigit() else "byline"
            elif dated and (size < 60 or any(block.start <= at <= block.end for at in dates)):
                hints[i] = "dateline"
        # A bold first paragraph stands among the others; a standfirst above them.
        among = hints[i] == "body" and "best" in fact
        could_be_deck = top < i <= first and hints[i] in ("boilerplate", "body") and not among and size >= 25
        if could_be_deck and fact["density"] < 0.3:
            said_to_be = "near deck" in fact and "near itembody" not in fact
            if said_to_be or (i < first and ("near deck" in fact or "summary" in fact)):
                hints[i] = "standfirst"


def _links(reader: _Reader, layout: _Layout, url: str) -> list[Anchor]:
    """The links with their hosts, and whether the mark-up says they are paid for."""
    site = _site(urlsplit(url).hostname or "")
    links: list[Anchor] = []
    targets: dict[str, tuple[str, str]] = {}
    for link in reader.links:
        if link.href not in targets:
            targets[link.href] = _target(link.href.strip(), url)
        target, host = targets[link.href]
        owner = _site(host)
        own = True if not host else owner == site if site else None
        around = layout.around[link.node]
        sponsored = (
            "sponsored" in link.rel.lower()
            or around & _BIT["vendor"] > 0
            or owner in _PAID_HOSTS
            or (around & _BIT["ad"] > 0 and not own)
        )
        links.append(Anchor(link.start, link.end, target, host, own, sponsored))
    return links


# Second-level names under which others register theirs; enough to tell sites apart, not a public suffix list.
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "gob", "gouv"))
_ABSOLUTE = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:@\[\]]+)(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)


def _target(href: str, url: str) -> tuple[str, str]:
    """The target of a link, absolute where that is possible, and its host."""
    absolute = _ABSOLUTE.match(href)
    if absolute:
        return href, absolute.group(1).lower()
    try:
        target = urljoin(url, href)
        parts = urlsplit(target)
        return target, (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:  # "http://[": no address
        return href, ""


@lru_cache(maxsize=1 << 12)
def _site(host: str) -> str:
    """The registered part of a host name: "news.example.co.uk" -> "example.co.uk"."""
    parts = host.lower().rstrip(".").split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def read_facts(content: str) -> tuple[list[Facts], list[str]]:
    """The facts of every block and its text: what `scorer.train_pages` learns from."""
    reader = _read(content)
    blocks = _join_lines(reader.blocks)
    facts, _ = _facts(reader, blocks)
    return facts, [block.text for block in blocks]
