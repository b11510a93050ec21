"""Scores -> one HTML file that needs nothing else: no network, no other file, no server.

The texts and their evidence lie in it deflated, in chunks the browser unpacks as an article is opened. What comes from
a page enters the file only inside such a chunk, as base 85, and leaves it only as text: none of it is ever markup.
"""

from __future__ import annotations

import html
import json
import zlib
from base64 import b64encode, b85encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from scorer.report.annotated import legend, source, step, view, whole
from scorer.types import TARGETS, Score

# Enough for the window of deflate (32 KiB) to pay, little enough to be unpacked while a finger lifts.
_CHUNK = 448 * 1024
_SMALLEST = 1024  # what a view takes beside its text, about

# Base 85 takes 6 % less than base 64. Two of its characters mean something in HTML; `unpack` in report.js knows these.
_SAFE = str.maketrans("<&", "/.")

_SCRIPTS = ("dom.js", "article.js", "why.js", "charts.js", "table.js", "pool.js", "overview.js", "report.js")
_STYLES = ("article.css", "report.css")


class Row(NamedTuple):
    """What the table of the report shows of an article."""

    id: str
    source: str
    headline: str
    scores: list[int | None]
    abstained: str


def report(scores: Iterable[Score], failures: Sequence[tuple[str, str]] = ()) -> Iterator[str]:
    """Yield the file piece by piece, while the scores come in.

    `failures` are pairs of path and reason, read last: the list may fill up while `scores` is consumed. Besides a
    chunk, only the rows of the table are held in memory.
    """
    yield _head()
    rows: list[Row] = []
    starts: list[int] = []
    waiting: list[dict[str, object]] = []
    size = 0
    for score in scores:
        if size == 0:
            starts.append(len(rows))
        waiting.append(view(score))
        rows.append(row(score))
        size += _SMALLEST + len(score.article.text)
        if size >= _CHUNK:
            yield _block(f"chunk-{len(starts) - 1}", _columns(waiting))
            waiting, size = [], 0
    if waiting:
        yield _block(f"chunk-{len(starts) - 1}", _columns(waiting))
    index = {
        "legend": legend(),
        "rows": [[one[column] for one in rows] for column in range(len(Row._fields))],
        "starts": starts,
        "failures": [[whole(path), whole(reason)] for path, reason in failures],
    }
    yield _block("index", _json(index))
    yield f"<script>{_script()}</script>\n</body>\n</html>\n"


def notebook(*scores: Score, height: int = 640) -> str:
    """The report as a frame that a notebook shows under a cell; it shares neither style nor script with the notebook."""
    content = html.escape("".join(report(scores)))
    title = "1 article" if len(scores) == 1 else f"{len(scores)} articles"
    return (
        f'<iframe title="Scores of {title}" sandbox="allow-scripts" srcdoc="{content}" '
        f'style="width:100%;height:{height}px;border:0" loading="lazy"></iframe>'
    )


def part(name: str) -> str:
    """The text of one of the page's own files: style, script or template."""
    return files("scorer.report").joinpath("page", name).read_text(encoding="utf-8")


def row(score: Score) -> Row:
    """The row of the table for one article."""
    values: list[float | None] = [getattr(score, target) for target in TARGETS]
    return Row(
        whole(score.path or score.id),
        source(score),
        whole(" ".join((score.headline or "").split())[:300]),
        [step(value) for value in values],
        score.abstained or "",
    )


def _columns(views: Sequence[dict[str, object]]) -> str:
    """A chunk, key by key: like lies by like, which deflates to an eighth less than view by view."""
    return _json({key: [one[key] for one in views] for key in views[0]})


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _block(name: str, content: str) -> str:
    packed = b85encode(zlib.compress(content.encode(), 9)).decode("ascii").translate(_SAFE)
    return f'<script type="text/plain" id="{name}">{packed}</script>\n'


@cache
def _script() -> str:
    return '"use strict";\n' + "\n".join(part(name) for name in _SCRIPTS)


@cache
def _head() -> str:
    style = "\n".join(part(name) for name in _STYLES)
    policy = (
        f"default-src 'none'; script-src '{_digest(_script())}'; style-src '{_digest(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return part("report.html").replace("{{policy}}", policy).replace("{{style}}", style)


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")
