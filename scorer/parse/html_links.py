"""The link blocks of a page of HTML whose body is known, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from scorer.hosts import join_address, split_address
from scorer.parse.html_facts import HEADINGS, Facts, Layout
from scorer.parse.html_hints import BIT
from scorer.parse.html_stream import RawBlock, Stream
from scorer.parse.links import HEADS_RELATED, HEADS_SITE_LIST, Anchor
from scorer.terms import lexicon_set
from scorer.text import fold, words

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


# What is a control and not a headline.
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
_NOT_ARTICLE = BIT["nav"] | BIT["foot"] | BIT["share"] | BIT["form"] | BIT["comment"] | BIT["cookie"]
_NEVER_ARTICLE = BIT["foot"] | BIT["form"] | BIT["comment"] | BIT["cookie"]
_REACH = 40  # blocks after the last paragraph in which links still belong to the article


def _topic_words(text: str) -> set[bytes]:
    """The words that say what a text is about: no function words, and none of fewer than four letters."""
    return {word for word in words(fold(text)) if len(word) > 3} - lexicon_set("stop_words")


class LinkFinder:
    """Finds the link blocks of a page whose body is known: `find` sets `found`, a truth value a block."""

    def __init__(
        self, reader: Stream, blocks: Sequence[RawBlock], facts: Sequence[Facts], layout: Layout, body: list[bool]
    ) -> None:
        """`body` says which blocks are the article's text; `first` and `last` are then its first and last paragraph."""
        self.reader, self.blocks, self.facts, self.layout, self.body = reader, blocks, facts, layout, body
        long = [i for i, is_body in enumerate(body) if is_body and blocks[i].text.count(" ") > 6]
        self.first, self.last = (long[0], long[-1]) if long else (len(blocks), -1)
        self.found = [False] * len(blocks)
        self.heads = [False] * len(blocks)
        headline = blocks[layout.top].text if layout.top >= 0 else ""
        self.topic = _topic_words(" ".join([headline, reader.marks.meta.get("og:title", ""), *reader.marks.titles[:1]]))

    def find(self) -> None:
        """Mark the headings and the items of the lists that belong to the article, and of every vendor's widget."""
        i = 0
        while i < len(self.blocks):
            block = self.blocks[i]
            text, size = block.text, block.end - block.start
            around = self.layout.around[block.node]
            barred = around & (_NOT_ARTICLE if i < self.first or i > self.last else _NEVER_ARTICLE)
            if around & BIT["related"]:
                barred &= ~BIT["nav"]
            if around & BIT["vendor"] and not self.body[i]:
                self.found[i] = True
            elif self.body[i] and block.link > 0.5 * size and size < 200 and HEADS_RELATED.match(text):
                self.found[i] = True  # "READ MORE: ..." among the paragraphs
            elif self.body[i] and size < 40 and HEADS_RELATED.match(text) and self._heads_items(i):
                i = self._take_list(i)
                continue
            elif self._in_reach(i) and not self.body[i] and not barred and not _CONTROL.match(text):
                related = HEADS_RELATED.match(text) is not None and (size > 8 or not block.links or self._heads_items(i))
                if related and 70 <= size < 500 and block.link > 0.5 * size:
                    self.found[i] = True
                elif size < 70 and (
                    related or (HEADS_SITE_LIST.match(text) and self.layout.inside[block.node] and not around & BIT["side"])
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
        if i > self.first and not self.layout.around[self.blocks[i].node] & BIT["side"]:
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
                self.body[i] or self._is_furniture(i) or (block.kind in HEADINGS and not self._is_deeper(i, heading)) or gap >= 2
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
        return self.blocks[heading].kind in HEADINGS and self.blocks[i].kind > self.blocks[heading].kind

    def _is_furniture(self, i: int) -> bool:
        block = self.blocks[i]
        return (block.end - block.start < 60 and _CONTROL.match(block.text) is not None) or (
            self.layout.around[block.node] & (BIT["form"] | BIT["foot"] | BIT["share"]) > 0
        )


def find_links(reader: Stream, layout: Layout, url: str) -> list[Anchor]:
    """The links with their hosts, and whether the mark-up says they are paid for."""
    site = _site(split_address(url).hostname or "")
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
            or around & BIT["vendor"] > 0
            or owner in _PAID_HOSTS
            or (around & BIT["ad"] > 0 and not own)
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
    target = join_address(url, href)
    parts = split_address(target)
    return target, (parts.hostname or "") if parts.scheme in ("http", "https") else ""


@lru_cache(maxsize=1 << 12)
def _site(host: str) -> str:
    """The registered part of a host name: "news.example.co.uk" -> "example.co.uk"."""
    parts = host.lower().rstrip(".").split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])
