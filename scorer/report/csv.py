"""Scores -> CSV: one row an article, one column a signal; no evidence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from math import isfinite

from scorer.signals import SIGNALS
from scorer.types import TARGETS, Score

# A spreadsheet runs a cell that begins with one of these as a formula, also in full width (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# NUL ends a cell in many readers, and a lone surrogate has no UTF-8; the other controls steer the terminal that a table is
# looked at in, and marks that turn the direction of writing hide what stands beside them.
_CONTROLS = (*range(9), *range(0xE, 0x20), *range(0x7F, 0xA0), 0xB, 0xC)
_TURNING = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNWRITABLE = dict.fromkeys((*_CONTROLS, *_TURNING, *range(0xD800, 0xE000)), "\ufffd")

#: The columns of a table of scores, here and in every bulk output (`scorer.table`).
COLUMNS = ("id", "path", "url", "headline", *TARGETS, "abstained", *(signal.name for signal in SIGNALS))


def report(scores: Iterable[Score]) -> Iterator[str]:
    """Yield the heading, then one row an article, each with its line feed. Numbers that are missing are empty."""
    names = [signal.name for signal in SIGNALS]
    yield row(COLUMNS)
    for score in scores:
        texts = [score.id, score.path, score.article.url, one_line(score.headline)]
        numbers = [getattr(score, target) for target in TARGETS]
        values = [score.measurements[name].value if name in score.measurements else None for name in names]
        yield row([*map(inert, texts), *map(number, numbers), inert(score.abstained or ""), *map(number, values)])


def one_line(headline: str | None) -> str:
    """A headline as it stands in a table; empty where there is none."""
    return " ".join((headline or "").split())


def inert(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: with an apostrophe before it where it could be one."""
    text = text.translate(_UNWRITABLE)
    return "'" + text if text.startswith(_FORMULA) else text


def number(value: float | None) -> str:
    """A number as a cell, to the last bit; empty where it is missing."""
    return repr(float(value)) if value is not None and isfinite(value) else ""


def row(cells: Iterable[str]) -> str:
    """Cells as a line, with its line feed."""
    line = io.StringIO()
    # The writer quotes what its own line end holds: both characters, since a bare CR too ends a line for many readers.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + "\n"
