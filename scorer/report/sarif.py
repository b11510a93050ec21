"""Scores -> SARIF 2.1.0 (OASIS 2020): evidence at line and column, for editors and code review (docs/output.md)."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import PurePath
from urllib.parse import quote

from scorer import catalogue
from scorer.model import LEARNED_WORDS
from scorer.report import wording
from scorer.signals import SIGNALS
from scorer.types import TARGETS, Score, Span
from scorer.version import __version__

_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEAST = 0.005  # log-odds: shows as 0.00
_LONGEST_QUOTED = 80

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
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for name, measurement in score.measurements.items():
        moved = {target: score.contributions.get(target, {}).get(name, 0.0) for target in TARGETS}
        moved = {target: added for target, added in moved.items() if abs(added) >= _LEAST}
        if not moved or score.abstained:
            continue
        worse = any((added > 0) != (target == "reliability") for target, added in moved.items())
        effects = ", ".join(f"{wording.TITLES[target].lower()} {added:+.2f}" for target, added in moved.items())
        for span in measurement.evidence:
            quoted = " ".join(text[span.start : span.end].split())[:_LONGEST_QUOTED]
            yield {
                "ruleId": name,
                "ruleIndex": _RULE_NUMBER[name],
                "kind": "fail" if worse else "informational",
                "level": "warning" if worse else "none",
                "message": {
                    "text": _plain(f"{wording.plain_words(name)}: “{quoted}”. All of it on this page: {effects} log-odds.")
                },
                "locations": [{"physicalLocation": _place(score, text, starts, span)}],
            }


def _place(score: Score, text: str, starts: list[int], span: Span) -> dict[str, object]:
    """The file and, where the text is the file's own, the range in it; of HTML and of rows of tables the file alone."""
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(score.path or score.id)}}
    if score.media == "text" and score.id == score.path:
        start_line, start_column = _position(text, starts, span.start)
        end_line, end_column = _position(text, starts, span.end)
        place["region"] = {"startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column}
    return place


def _position(text: str, starts: list[int], at: int) -> tuple[int, int]:
    """Line and column from 1, the column in UTF-16 code units."""
    line = bisect_right(starts, at)
    before = text[starts[line - 1] : at]
    return line, 1 + len(before.encode("utf-16-le", "surrogatepass")) // 2


def _uri(path: str) -> str:
    if PurePath(path).is_absolute():
        return PurePath(path).as_uri()
    return quote(path.replace("\\", "/").encode("utf-8", "surrogateescape"))


def _plain(text: str) -> str:
    """Braces are placeholders in a message of SARIF, brackets links: escaped as the standard says (3.11.5, 3.11.6)."""
    for mark in "\\[]":
        text = text.replace(mark, "\\" + mark)
    return text.replace("{", "{{").replace("}", "}}").encode("utf-8", "replace").decode()
