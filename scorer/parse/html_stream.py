"""HTML -> raw blocks, links and marks: the page read once, as a stream of tags.

No tree is built, so neither depth nor size of a page can exhaust the stack. Each line of text becomes a block that knows
its container; a container knows what the names around it say it is for, a bit for each kind of hint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from scorer.parse.html_hints import BIT, TAG_BIT, hints_in
from scorer.parse.marks import Marks

# Tags -----------------------------------------------------------------------------------------------------------------

_KIND_NAMES = "h1 h2 h3 h4 h5 h6 p li blockquote pre figcaption td th dt dd button label"
_KIND = {tag: tag for tag in _KIND_NAMES.split()} | {"caption": "figcaption", "legend": "label", "summary": "h4"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
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
_SKIPPED_NAMES = "script style noscript template svg select textarea iframe object canvas audio video datalist math"
#: What a reader does not see, or sees as a control, not as text.
SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BOLD = frozenset(("b", "strong"))

_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AUTHOR_PAGE = re.compile(r"/(?:author|contributor|writer|reporter|journalist|columnist|by)s?/[^/?#]{3,60}/?$", re.IGNORECASE)
# Of people, but not always of those who write.
_PERSON_PAGE = re.compile(r"/(?:team|staff|people|person|expert|bio|profile|editor|user)s?/[^/?#]{3,60}/?$", re.IGNORECASE)


# Names that scripts go by, where the classes say nothing.
_TESTS = frozenset(("data-testid", "data-hook", "data-qa"))
_AUTHOR_TEST = re.compile(r"author|byline|^user-?name$", re.IGNORECASE)
_NOT_OF_AUTHOR = BIT["bio"] | BIT["comment"] | BIT["caption"]
_ITEMS = {"date": "datePublished", "created": "datePublished"}
_TIMES = frozenset(("time", "abbr", "relative-time", "time-ago", "local-time"))
_TIME_NAMES = ("datetime", "data-datetime", "data-date", "data-timestamp", "title")
_PUBLISHED = re.compile(r"publi|post|entry", re.IGNORECASE)
_CHANGED = re.compile(r"updated|modified", re.IGNORECASE)


class RawBlock:
    """A block as it comes out of the stream."""

    __slots__ = ("bold", "end", "kind", "link", "links", "node", "soft", "start", "text")

    def __init__(self, start: int, text: str, node: int, kind: str) -> None:
        """`node` is the number of its container, `kind` the class of its tag."""
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.node = node
        self.kind = kind
        self.link = 0
        self.links = 0
        self.bold = 0
        self.soft = False


class RawLink(NamedTuple):
    """A link as it comes out of the stream, with the number of its container."""

    start: int
    end: int
    href: str
    rel: str
    node: int


class Stream:
    """The target of lxml's stream: gathers blocks, links and marks. One per page."""

    def __init__(self) -> None:
        """Begin a page."""
        self.blocks: list[RawBlock] = []
        self.links: list[RawLink] = []
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
        """Open an element."""
        if self._skip:
            if tag not in _VOID:
                self._skip += 1
            return
        if tag in SKIPPED:
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
        bits = self._hints(tag, attributes) if attributes else TAG_BIT.get(tag, 0)
        if bits & BIT["hidden"] and tag not in _BLOCK_TAGS:
            self._skip = 1
            return
        block = tag in _BLOCK_TAGS
        if block and not self._in_one_line(tag):
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
        """Close an element."""
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
        if tag in _BLOCK_TAGS and not self._in_one_line(tag):
            self._break()
        elif tag in _BOLD:
            self._bold -= 1
        if tag == "pre":
            self._pre -= 1
        self._node, self._kind = node, kind

    def data(self, data: str) -> None:
        """Take text up."""
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
        """End the page."""
        self._break()

    # The rest is our own.

    def _in_one_line(self, tag: str) -> bool:
        """Whether a tag only sets a heading in several lines: then it is white space."""
        inside = (tag == "br" and self._kind in _HEADINGS) or (tag == "div" and self._kind == "h1")
        self._space = self._space or inside
        return inside

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
        block = RawBlock(self._size, text, self._block_node, self._block_kind)
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
            self.links.append(RawLink(self._link_start, end, self._href, self._rel, self._node))
        self._link_start = -1

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("br", "hr") and not self._in_one_line(tag):
            self._break()
            self._soft = tag == "br"
        elif tag == "meta":
            item = attributes.get("itemprop", "")
            name = (attributes.get("property") or attributes.get("name") or item or attributes.get("http-equiv", "")).lower()
            content = attributes.get("content")
            if not content or not name:
                return
            if item == "name" and self._marked and self._marked[-1][1] == "item author":
                self.marks.items.append(("author", content))
            elif name == "author" and content not in (names := self.marks.meta.setdefault(name, content)) and len(names) < 300:
                self.marks.meta[name] += f", {content}"
            else:
                self.marks.meta.setdefault(name, content)
        elif tag == "link" and attributes.get("href") and "canonical" in attributes.get("rel", "").lower().split():
            self.marks.meta.setdefault("link canonical", attributes["href"])

    def _hints(self, tag: str, attributes: Mapping[str, str]) -> int:
        bits = TAG_BIT.get(tag, 0)
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
                found = self._hint_cache[said] = hints_in(said)
            bits |= found
        if attributes.get("itemprop") == "articleBody":
            bits |= BIT["itembody"]
        if "hidden" in attributes or _INVISIBLE.search(attributes.get("style", "")):
            bits |= BIT["hidden"]
        return bits

    def _mark(self, tag: str, bits: int, attributes: Mapping[str, str]) -> None:
        """Remember where the text of an element begins that may say who wrote this, when, and under what headline."""
        at = self._size + self._length
        depth = len(self._open)
        item = attributes.get("itemprop") or attributes.get("property", "").rpartition(":")[2]
        if item:
            item = _ITEMS.get(item, item)
            content = attributes.get("content") or attributes.get("datetime")
            if content:
                self.marks.items.append((item, content))
            elif item in ("headline", "author", "datePublished"):
                self._marked.append((depth, f"item {item}", at))
        if tag in _TIMES or bits & BIT["meta"]:
            value = next((attributes[name] for name in _TIME_NAMES if name in attributes), "")
            if value:
                named = attributes.get("class", "")
                kind = "published" if _PUBLISHED.search(named) else "changed" if _CHANGED.search(named) else None
                self.marks.times.append((value, at, kind))
        if tag == "a" and ("author" in attributes.get("rel", "").split() or _AUTHOR_PAGE.search(attributes.get("href", ""))):
            self._marked.append((depth, "author", at))
        elif (
            (bits & BIT["byline"] and not bits & _NOT_OF_AUTHOR)
            or (tag == "a" and _PERSON_PAGE.search(attributes.get("href", "")))
            or (not _TESTS.isdisjoint(attributes) and any(_AUTHOR_TEST.search(attributes.get(name, "")) for name in _TESTS))
        ):
            self._marked.append((depth, "byline", at))
        if bits & BIT["meta"]:
            self._marked.append((depth, "meta", at))


#: Containers of a page: a hundred times as many as any page of news that we have seen. The rest of a page that has more is
#: not read.
MOST_CONTAINERS = 250_000
_AT_ONCE = 1 << 18  # bytes fed before they are counted


def read_stream(content: str) -> Stream:
    """Read a page of HTML; never raises for what it can contain."""
    reader = Stream()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = content.encode("utf-8", "replace").replace(b"\x00", b" ")
    try:
        for at in range(0, len(data), _AT_ONCE):
            parser.feed(data[at : at + _AT_ONCE])
            if len(reader.parents) > MOST_CONTAINERS:
                break
        parser.close()
    except etree.XMLSyntaxError:  # an empty page, or one without any element
        pass
    reader.close()
    return reader


def join_lines(blocks: list[RawBlock]) -> list[RawBlock]:
    """Join a line that a lone <br> broke off in mid-sentence to what it continues."""
    joined: list[RawBlock] = []
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
