"""Raw blocks -> what is to be known of each: its form, its place, and the names around it.

The facts are the features of the model of the body (`html_weights.json`, made by `scorer.train_pages`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from scorer.parse.html_hints import BIT, BITS, HARMLESS
from scorer.parse.html_stream import RawBlock, Stream
from scorer.parse.links import PAID_LABEL
from scorer.parse.marks import Marks

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
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LENGTHS = tuple((limit, f"over {limit}") for limit in (8, 20, 40, 80, 160, 320, 640))
_AROUND = tuple((f"{name} items", f"{name} titles") for name in ("own", "near", "far"))

Facts = dict[str, float]


def _folded(text: str) -> str:
    """Its letters and digits only, in lower case, so that mark-up and escapes do not count."""
    return "".join(_WORD.findall(text.lower()))


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


def _find_top(blocks: Sequence[RawBlock], titles: Sequence[frozenset[str]], bits: Sequence[int]) -> int:
    """The number of the block that is the headline, judging by what the head of the page calls it; -1: none."""
    best, best_score = -1, 0.0
    for i, block in enumerate(blocks):
        size = block.end - block.start
        heading = block.kind in HEADINGS
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
        if bits[block.node] & (BIT["foot"] | BIT["nav"]):
            score -= 0.6
        if score > best_score + 0.01 and score >= (0.3 if heading else 0.8):
            best, best_score = i, score
    return best


_ASIDE_BITS = BIT["comment"] | BIT["foot"] | BIT["cookie"] | BIT["side"] | BIT["nav"] | BIT["form"] | BIT["vendor"] | BIT["bio"]


def _best_container(reader: Stream, blocks: Sequence[RawBlock], is_prose: Sequence[bool], around: Sequence[int], top: int) -> int:
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
        if own & (BIT["body"] | BIT["itembody"] | BIT["article"]):
            score[node] *= 1.25
    return max(range(len(score)), key=score.__getitem__)


class Layout(NamedTuple):
    """The page as containers: the effective hints of each, the blocks it holds (first, one past the last), "
    "which of them
    are inside the article's own container, and the number of the headline's block (-1: none)."""

    around: list[int]
    holds: list[tuple[int, int]]
    in_best: list[bool]
    inside: list[bool]
    top: int


def find_facts(reader: Stream, blocks: Sequence[RawBlock]) -> tuple[list[Facts], Layout]:
    """What is to be known of each block: its form, its place, and the names around it."""
    parents, bits = reader.parents, reader.bits
    n_nodes = len(parents)
    chars, links, prose = [0] * n_nodes, [0] * n_nodes, [0] * n_nodes
    is_prose = []
    n_sentences = [len(_SENTENCE.findall(block.text)) for block in blocks]
    for block, n_stops in zip(blocks, n_sentences, strict=True):
        size = block.end - block.start
        sentence = size >= 60 and block.link < 0.5 * size and n_stops > 0
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
        around[node] = around[parent] | (own & HARMLESS if prose[node] > 0.5 * total else own)
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
        for limit, name in _LENGTHS:
            if size <= limit:
                break
            fact[name] = 1.0
        fact["sentences"] = math.log1p(n_sentences[i])
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
        said_words = _WORD.findall(text.lower()) if size >= 15 else []
        if size >= 15:
            plain = "".join(said_words)
            if plain in seen:
                fact["repeated"] = 1.0
            seen.add(plain)
            if len(summary) > 30 and plain.startswith(summary[:40]):
                fact["summary"] = 1.0
            if full:
                fact["in json" if plain[:120] in full else "not in json"] = 1.0
        if page_words and size >= 60:
            fact["title words"] = min(1.0, len(page_words.intersection(said_words)) / len(page_words))
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
        for (items, links_as_titles), at in zip(_AROUND, (node, parent, parents[parent]), strict=True):
            if items_in[at] > 1:
                fact[items] = math.log1p(items_in[at])
                fact[links_as_titles] = titles_in[at] / items_in[at]
        fact["since prose"] = math.log1p(since_prose)
        since_prose = 0 if is_prose[i] else since_prose + 1
        if i - heading_at <= 20:
            fact[f"under {heading}"] = 1.0
            if i - heading_at <= 3:
                fact[f"just under {heading}"] = 1.0
        if block.kind in HEADINGS or (size < 60 and (says in ("related", "paid", "comments") or "bold" in fact)):
            heading, heading_at = says or "plain", i
        _cross(fact, size, block.kind)
    return facts, Layout(around, _holdings(parents, blocks), in_best, inside, top)


@lru_cache(maxsize=1 << 14)
def _hint_facts(around: int, near: int) -> Facts:
    """The facts for the hints around a block, and for those of its own container and the next."""
    facts = {f"in {name}": 1.0 for name, bit in BITS if around & bit}
    return facts | {f"near {name}": 1.0 for name, bit in BITS if around & near & bit}


def _holdings(parents: Sequence[int], blocks: Sequence[RawBlock]) -> list[tuple[int, int]]:
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


_CROSSED = frozenset(
    (
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
)


def _cross(fact: Facts, size: int, kind: str) -> None:
    """Add what only holds of facts together: a short line in the article's container is not a short line elsewhere."""
    place = "best" if "best" in fact else "main" if "main" in fact else "out"
    length = "xs" if size <= 20 else "s" if size <= 80 else "m" if size <= 160 else "l"
    density = fact["density"]
    linked = "0" if density < 0.05 else "lo" if density < 0.4 else "hi"
    when = "pre" if "before" in fact else "post" if "after" in fact else "mid"
    fact.update(_crossed_forms(place, length, linked, when, f"kind {kind}"))
    for name in _CROSSED & fact.keys():
        fact.update(_crossed_names(name, place, length))


@cache
def _crossed_forms(place: str, length: str, linked: str, when: str, kind: str) -> Facts:
    pairs = ((place, length), (place, linked), (place, when), (length, linked), (place, kind), (length, kind))
    names = ["*".join(parts) for parts in (*pairs, (place, length, linked), (place, when, length))]
    return dict.fromkeys(names, 1.0)


@cache
def _crossed_names(name: str, place: str, length: str) -> Facts:
    return {f"{name}*{place}": 1.0, f"{name}*{length}": 1.0}
