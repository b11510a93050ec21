"""Judge the attributions on PolNeAR: `python -m scorer.evaluate_attributions DATA` prints the table.

DATA is the folder with `attributions.jsonl.gz`, or that file. The outlets are sorted by name: those at even places are
the half we developed on, the others the half we are judged on. Only what stands in the body as we parse it counts, on
both sides: a headline is not searched for attributions.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from scorer.parse import parse
from scorer.types import Attribution, Page

Ranges = list[tuple[int, int]]

_WORD = re.compile(r"\w+")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*")
# Where the head of an annotated source ends: what follows is its complement. Appositions count as the head.
_AFTER_HEAD = re.compile(r" (?:of|for|at|from|in|with|to|on|who|which|that|whose)\b")
_QUOTE_MARKS = ('"', "“", "”", "''")


class Gold(NamedTuple):
    """An annotated attribution; any of the three may lie in several pieces, or be missing."""

    source: Ranges
    cue: Ranges
    content: Ranges
    named: bool
    direct: bool


class Counts:
    """What is counted in one half, for all attributions or for those of direct quotations."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.gold = self.found = self.matched = self.sourced = self.right_source = 0
        self.said_named = self.truly_named = self.gold_named = 0

    def figures(self) -> dict[str, float]:
        """Give the figures, shares in 0-1."""
        precision = self.matched / max(1, self.found)
        recall = self.matched / max(1, self.gold)
        return {
            "gold": self.gold,
            "found": self.found,
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / ((precision + recall) or 1),
            "source": self.right_source / max(1, self.sourced),
            "named_precision": self.truly_named / max(1, self.said_named),
            "named_recall": self.truly_named / max(1, self.gold_named),
        }


def read_gold(row: dict[str, object], common: frozenset[str]) -> list[Gold]:
    """Read the annotated attributions of one article; `common` are words that no capital makes a name."""
    text = str(row["text"])
    spans = {name: [(a, b) for a, b in pieces] for name, _, pieces in row["spans"]}  # type: ignore[attr-defined]
    found = []
    for relation in row["relations"]:  # type: ignore[attr-defined]
        parts: dict[str, Ranges] = defaultdict(list)
        for part in relation.split()[1:]:
            role, name = part.split(":")
            parts[role.lower()] += spans.get(name, [])
        source = sorted(parts["source"])
        words = [word for a, b in source for word in _CAPITALISED.findall(text[a:b])]
        named = any(re.sub("[’']s?$", "", word).lower() not in common for word in words)
        direct = any(mark in text[max(0, a - 2) : b + 2] for a, b in parts["content"] for mark in _QUOTE_MARKS)
        found.append(Gold(source, parts["cue"], parts["content"], named, direct))
    return found


def _overlap(start: int, end: int, ranges: Iterable[tuple[int, int]]) -> int:
    return sum(max(0, min(end, b) - max(start, a)) for a, b in ranges)


def pair(found: Sequence[Attribution], gold: Sequence[Gold]) -> dict[int, int]:
    """Which found attribution is which annotated one, each at most once.

    First those whose cues overlap, then those whose content covers half of the annotated content.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for number in (0, 1):
        for i, one in enumerate(found):
            for j, true in enumerate(gold):
                if i in pairs or j in taken:
                    continue
                if number == 0:
                    fits = _overlap(one.cue.start, one.cue.end, true.cue) > 0
                else:
                    size = sum(b - a for a, b in true.content)
                    content = one.content
                    fits = bool(content and size and 2 * _overlap(content.start, content.end, true.content) >= size)
                if fits:
                    pairs[i] = j
                    taken.add(j)
    return pairs


def _head(text: str, source: Ranges) -> Ranges:
    start, end = source[0]
    cut = _AFTER_HEAD.search(text, start + 1, end)
    return [(start, cut.start() if cut else end)]


def _count(counts: Counts, text: str, found: Sequence[Attribution], gold: Sequence[Gold], pairs: dict[int, int]) -> None:
    counts.gold += len(gold)
    counts.found += len(found)
    counts.matched += len(pairs)
    counts.gold_named += sum(true.named for true in gold)
    for i, j in pairs.items():
        one, true = found[i], gold[j]
        if true.source:
            counts.sourced += 1
            if one.source and _overlap(one.source.start, one.source.end, _head(text, true.source)):
                counts.right_source += 1
        if one.named:
            counts.said_named += 1
            counts.truly_named += true.named


def evaluate(data: Path) -> dict[tuple[str, str], dict[str, float]]:
    """Count the figures by half ("dev", "judged") and kind ("all", "direct quotations")."""
    path = data if data.is_file() else data / "attributions.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    outlets = sorted({row["id"].split("_")[0] for row in rows})
    common = _common_words(row["text"] for row in rows)
    counts: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for row in rows:
        half = "judged" if outlets.index(row["id"].split("_")[0]) % 2 else "dev"
        article = parse(Page(id=row["id"], content=row["text"]))
        body = [(zone.start, zone.end) for zone in article.zone("body")]
        gold = [true for true in read_gold(row, common) if any(_overlap(a, b, body) for a, b in true.cue)]
        found = article.attributions
        pairs = pair(found, gold)
        _count(counts[half, "all"], article.text, found, gold, pairs)
        direct = [i for i, one in enumerate(found) if one.content and one.content.label == "quote"]
        quoted = [j for j, true in enumerate(gold) if true.direct]
        kept = {direct.index(i): quoted.index(j) for i, j in pairs.items() if i in direct and j in quoted}
        _count(counts[half, "direct quotations"], article.text, [found[i] for i in direct], [gold[j] for j in quoted], kept)
    return {key: one.figures() for key, one in sorted(counts.items())}


def _common_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that stand in lower case at least a tenth of the time: a capital does not make a name of them."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text):
            (lower if word[0].islower() else upper)[word.lower()] += 1
    return frozenset(word for word, n in lower.items() if n * 9 >= upper[word]) | {"i"}


def main(data: Path) -> None:
    """Print the table of both halves."""
    table = evaluate(data)
    names = list(next(iter(table.values())))
    print(f"{'':26}" + "".join(f"{name:>16}" for name in names))
    for (half, kind), figures in table.items():
        cells = (f"{figures[name]:16.0f}" if name in ("gold", "found") else f"{figures[name]:16.3f}" for name in names)
        print(f"{half:8}{kind:18}" + "".join(cells))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
