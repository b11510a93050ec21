"""How well a parsed page agrees with a labelled one: the measures of scrapinghub's benchmark, of wcxb and of L3S-GN1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from statistics import mean
from typing import Any, NamedTuple

from lxml import html as lxml_html

#: What the classes x-nc-sel0..5 of L3S-GN1 mean.
L3S_CLASSES = ("none", "headline", "body", "supplement", "link_block", "comments")

_TOKEN = re.compile(r"\w+")


_SELECTED = re.compile(r"\bx-nc-sel([0-5])\b")


_BREAK_TAGS = (
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe legend li main menu nav object ol option p "
    "pre section select summary table tbody td tfoot th thead tr ul"
)


_BREAKS = frozenset(_BREAK_TAGS.split())


_UNSEEN = frozenset(["script", "style", "noscript", "head", "template", "select", "textarea", "option", "iframe", "object"])


class Labelled(NamedTuple):
    """A page's text, one block a line, and what each stretch of it is: (start, end, label)."""

    text: str
    spans: list[tuple[int, int, str]]


def shingle_scores(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (true, predicted) texts, as scrapinghub's article-extraction-benchmark defines them.

    Multisets of runs of four words; shares are averaged over pages (a page without a prediction has no precision), and
    F1 is that of the averages.
    """
    precisions, recalls = [], []
    for true, predicted in pairs:
        want, got = _shingles(true), _shingles(predicted)
        both = (want & got).total()
        if got:
            precisions.append(both / got.total())
        if want:
            recalls.append(both / want.total())
    precision, recall = mean(precisions or [0.0]), mean(recalls or [0.0])
    return precision, recall, _harmonic(precision, recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def snippet_shares(truths: Sequence[Any], bodies: Sequence[str]) -> tuple[float, float]:
    """Give the share of all `with` snippets that are in the body, and of all `without` snippets that are not."""
    kept, cut = [], []
    for truth, body in zip(truths, bodies, strict=True):
        folded = _words_only(body)
        kept += [_words_only(snippet) in folded for snippet in truth["with"]]
        cut += [_words_only(snippet) not in folded for snippet in truth["without"]]
    return mean(kept), mean(cut)


def _words_only(text: str) -> str:
    """Words in lower case with one space between: the snippets lack bullets and markup and may end in mid-word."""
    return " ".join(_TOKEN.findall(text.lower()))


def _squeeze(text: str | None) -> str:
    return " ".join((text or "").split())


def exact_share(pairs: Sequence[tuple[str | None, str | None]]) -> float:
    """Give the share of (true, predicted) that are alike but for white space, where there is a truth."""
    alike = [_squeeze(true) == _squeeze(predicted) for true, predicted in pairs if _squeeze(true)]
    return mean(alike) if alike else float("nan")


def block_scores(pairs: Sequence[tuple[str, str]], label: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of one label over (true, predicted) labels of blocks."""
    both = sum(true == predicted == label for true, predicted in pairs)
    precision = both / max(1, sum(predicted == label for _, predicted in pairs))
    recall = both / max(1, sum(true == label for true, _ in pairs))
    return precision, recall, _harmonic(precision, recall)


def gold_blocks(annotated: str) -> list[tuple[str, str]]:
    """List the visible blocks of an annotated page as (text, label), the label that of most of its characters."""
    blocks: list[tuple[str, str]] = []
    pieces: list[tuple[str, int]] = []

    def close() -> None:
        text = _squeeze("".join(piece for piece, _ in pieces))
        if _TOKEN.search(text):
            sizes = [0] * 6
            for piece, label in pieces:
                sizes[label] += len(piece.strip())
            blocks.append((text, L3S_CLASSES[max(range(6), key=lambda label: sizes[label])]))
        pieces.clear()

    labels, unseen = [0], 0
    for event, element in _walk(lxml_html.fromstring(annotated)):
        tag = element.tag
        hidden = not isinstance(tag, str) or tag in _UNSEEN
        if tag in _BREAKS:
            close()
        if event == "start":
            found = None if hidden else _SELECTED.search(element.get("class", ""))
            labels.append(int(found.group(1)) if found else labels[-1])
            unseen += hidden
            if not unseen and element.text:
                pieces.append((element.text, labels[-1]))
        else:
            labels.pop()
            unseen -= hidden
            if not unseen and element.tail:
                pieces.append((element.tail, labels[-1]))
    close()
    return blocks


def _walk(root: lxml_html.HtmlElement) -> Iterator[tuple[str, Any]]:
    """Yield the start and the end of every node, in document order, without recursion."""
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, element = stack.pop()
        yield event, element
        if event == "start":
            stack.append(("end", element))
            stack += [("start", child) for child in reversed(element)]


def without_marks(annotated: str) -> str:
    """Take the annotators' <span>s and styles out of their page again."""
    root = lxml_html.fromstring(annotated)
    for style in list(root.iter("style")):
        style.drop_tree()
    for element in list(root.iter("span")):
        if _SELECTED.search(element.get("class", "")):
            element.drop_tag()
    for element in root.xpath('//*[contains(@class, "x-nc-")]'):
        element.set("class", re.sub(r"\bx-nc-[\w-]+", "", element.get("class")).strip())
    return str(lxml_html.tostring(root, encoding="unicode"))


def compare_blocks(gold: Sequence[tuple[str, str]], found: Labelled) -> list[tuple[str, str]]:
    """For every gold block its label and the one most of its words got; words the page lacks are "none".

    The two texts are lined up by their words, so they need not agree on where a block begins.
    """
    gold_words, owners = [], []
    for i, (text, _) in enumerate(gold):
        tokens = _TOKEN.findall(text)
        gold_words += tokens
        owners += [i] * len(tokens)
    words, labels = [], []
    for start, end, label in found.spans:
        tokens = _TOKEN.findall(found.text, start, end)
        words += tokens
        labels += [label] * len(tokens)
    votes: list[Counter[str]] = [Counter() for _ in gold]
    matched = Counter[int]()
    for at, other, size in SequenceMatcher(None, gold_words, words).get_matching_blocks():
        for k in range(size):
            votes[owners[at + k]][labels[other + k]] += 1
            matched[owners[at + k]] += 1
    sizes = Counter(owners)
    for i, vote in enumerate(votes):
        vote["none"] += sizes[i] - matched[i]
    return [(label, vote.most_common(1)[0][0]) for (_, label), vote in zip(gold, votes, strict=True)]
