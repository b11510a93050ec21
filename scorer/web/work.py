"""What a process that scores does with the body of a request: checks it, scores its pages, writes the answer."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

import orjson

from scorer.config import Config
from scorer.pipeline import load, score_page
from scorer.read import Unreadable
from scorer.report import html
from scorer.report.annotated import view
from scorer.report.record import record
from scorer.types import Score
from scorer.web.asked import MOST_PAGES, asked

#: No page is begun after so many seconds.
SECONDS_TO_SCORE = 20.0


class Setup(NamedTuple):
    """What is scored with: the place of a model, and a config."""

    model: str
    config: Config


def prepare(setup: Setup) -> None:
    """Load what scoring needs, so that no request waits for it."""
    answer(b'{"content": "Council meets\\n\\nThe council met on Monday, officials said."}', "view", setup)
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection walks over it while an answer waits


def answer(body: bytes, shape: str, setup: Setup) -> bytes:
    """The JSON that answers a request for one of `SHAPES`. What takes too long, or is too much, is under "failures".

    Raises `ProblemError`.
    """
    wanted = asked(body)
    model = load(setup.model, setup.config)
    write = SHAPES[shape]
    end = monotonic() + SECONDS_TO_SCORE
    results: list[bytes] = []
    failures: list[dict[str, str]] = []
    for page in wanted.pages():
        if monotonic() > end or len(results) + len(failures) >= MOST_PAGES:
            reason = f"stopped after {len(results):,} pages: more than one request is answered for"
            failures.append({"path": page.path if isinstance(page, Unreadable) else page.id, "reason": reason})
            break
        if isinstance(page, Unreadable):
            failures.append({"path": page.path, "reason": page.reason})
        else:
            results.append(write(score_page(page, model)))
    if wanted.single and results:
        return results[0]
    return b'{"results":[%b],"failures":%b}' % (b",".join(results), _json(failures))


def _json(content: object) -> bytes:
    """orjson: writing an answer takes a tenth of the time, which is a tenth of all. It refuses halves of characters."""
    try:
        return orjson.dumps(content)
    except orjson.JSONEncodeError:
        return json.dumps(content, allow_nan=False).encode()


def _record(score: Score) -> bytes:
    return _json(record(score))


def _view(score: Score) -> bytes:
    return _json({"row": [*html.row(score)], "view": view(score), "record": record(score)})


#: What can be written of a score: the record of `--format json`, or that with what the page draws.
SHAPES: dict[str, Callable[[Score], bytes]] = {"record": _record, "view": _view}
