"""Scores -> SARIF 2.1.0 (OASIS 2020): evidence at line and column, for editors and code review (docs/output.md)."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import PurePath
from urllib.parse import quote

from scorer import catalogue
from scorer.model import LEARNED_WORDS
from scorer.places import find_places
from scorer.read.kinds import COMPRESSIONS
from scorer.report import wording
from scorer.signals import SIGNALS
from scorer.types import TARGETS, Score, Span
from scorer.version import __version__

_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEAST = 0.005  # log-odds: shows as 0.00
_LONGEST_QUOTED = 80
_OF_TWO_UNITS = re.compile(r"[\U00010000-\U0010ffff]")

_RULES = (*(signal.name for signal in SIGNALS), LEARNED_WORDS)
_RULE_NUMBER = {name: number for number, name in enumerate(_RULES)}


def report(scores: Iterable[Score]) -> Iterator[str]:
    """Yield one log piece by piece: a rule a signal, a result for each piece of evidence of a signal that moved a score."""
    tool = {"driver": {"name": "scorer", "version": __version__, "rules": [_rule(name) for name in _RULES]}}
    head = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": tool, "columnKind": "utf16CodeUnits", "results": []}]}
    yield _ENCODER.encode(head).removesuffix("]}]}") + "\n"
    before = ""
    for score in scores:
        for result in _results(score):
            yield before + _ENCODER.encode(result)
            before = ",\n"
    yield "\n]}]}\n"


def _rule(name: str) -> dict[str, object]:
    signal = next((signal for signal in SIGNALS if signal.name == name), None)
    text = wording.plain_words(name)
    markdown = catalogue.entry(signal) if signal else text
    return {"id": name, "shortDescription": {"text": text}, "help": {"text": markdown, "markdown": markdown}}


def _results(score: Score) -> Iterator[dict[str, object]]:
    text = score.article.text
    found = []
    for name, measurement in score.measurements.items():
        moved = {target: score.contributions.get(target, {}).get(name, 0.0) for target in TARGETS}
        moved = {target: added for target, added in moved.items() if abs(added) >= _LEAST}
        if moved and not score.abstained:
            found += [(name, moved, span) for span in measurement.evidence]
    for (name, moved, span), region in zip(found, _regions(score, [span for _, _, span in found]), strict=True):
        worse = any((added > 0) != (target == "reliability") for target, added in moved.items())
        effects = ", ".join(f"{wording.TITLES[target].lower()} {added:+.2f}" for target, added in moved.items())
        quoted = " ".join(text[span.start : span.end].split())[:_LONGEST_QUOTED]
        yield {
            "ruleId": name,
            "ruleIndex": _RULE_NUMBER[name],
            "kind": "fail" if worse else "informational",
            "level": "warning" if worse else "none",
            "message": {"text": _plain(f"{wording.plain_words(name)}: “{quoted}”. All of it on this page: {effects} log-odds.")},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(score.path or score.id)}, **region}}],
        }


def _regions(score: Score, spans: list[Span]) -> Iterator[dict[str, object]]:
    """Where in the file each span stands: nothing of rows of tables and of packed files, which are not the page's own, and
    of what is not found there.
    """
    if score.id != score.path or PurePath(score.path).suffix.lower() in COMPRESSIONS:
        yield from ({} for _ in spans)
        return
    content = score.page.content
    starts = [0, *accumulate(len(line) + 1 for line in content.split("\n"))]
    pairs = [found.start() for found in _OF_TWO_UNITS.finditer(content)]

    def position(at: int) -> tuple[int, int]:
        """Line and column from 1, the column in UTF-16 code units."""
        line = bisect_right(starts, at)
        start = starts[line - 1]
        return line, 1 + at - start + bisect_left(pairs, at) - bisect_left(pairs, start)

    for place in find_places(score.page, score.article, spans):
        if place:
            (line, column), (end_line, end_column) = map(position, place)
            yield {"region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}}
        else:
            yield {}


def _uri(path: str) -> str:
    if PurePath(path).is_absolute():
        return PurePath(path).as_uri()
    return quote(path.replace("\\", "/").encode("utf-8", "surrogateescape"))


def _plain(text: str) -> str:
    """Braces are placeholders in a message of SARIF, brackets links: escaped as the standard says (3.11.5, 3.11.6)."""
    for mark in "\\[]":
        text = text.replace(mark, "\\" + mark)
    return text.replace("{", "{{").replace("}", "}}").encode("utf-8", "replace").decode()
