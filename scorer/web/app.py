"""The application: the page, its files, and the API. Scores in memory; nothing is logged, stored or fetched."""

from __future__ import annotations

import asyncio
import gc
import json
import socket
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from time import monotonic

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scorer import catalogue
from scorer.model import Model
from scorer.pipeline import score_page
from scorer.read import Unreadable
from scorer.report import html
from scorer.report.annotated import legend, view
from scorer.report.jsonl import encode
from scorer.signals import SIGNALS
from scorer.types import Score
from scorer.version import __version__
from scorer.web import openapi
from scorer.web.asked import MOST_PAGES, Asked, asked
from scorer.web.guard import Guard
from scorer.web.problems import ProblemError, answer

#: Up to this many characters are scored at once, in a few milliseconds; handing them to a thread would take longer.
_AT_ONCE = 24_000
_SECONDS_TO_SCORE = 20.0
_MOST_WAITING = 16

_SCRIPTS = ("dom.js", "article.js", "why.js", "charts.js", "table.js", "overview.js", "web.js")
_STYLES = ("article.css", "report.css", "web.css")
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def create(model: Model) -> Starlette:
    """The application that scores with `model`."""
    turn = asyncio.Semaphore(1)  # one large request at a time; the small ones pass by
    waiting: list[None] = []

    async def scored(request: Request, write: Callable[[Score], str]) -> Response:
        wanted = await asked(request)
        if wanted.most_work <= _AT_ONCE:
            return _written(wanted, model, write)
        if len(waiting) >= _MOST_WAITING:
            raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests wait", headers={"Retry-After": "5"})
        waiting.append(None)
        try:
            async with turn:
                return await asyncio.to_thread(_written, wanted, model, write)
        finally:
            waiting.pop()

    async def score(request: Request) -> Response:
        return await scored(request, encode)

    async def views(request: Request) -> Response:
        return await scored(request, _view)

    async def version(_: Request) -> Response:
        return JSONResponse({"version": __version__, "model": model.identity})

    routes = [
        Route("/", _file),
        *(Route(f"/{name}", _file) for name in (*_SCRIPTS, *_STYLES, "icon.svg")),
        Route("/openapi.json", _openapi),
        Route("/api/score", score, methods=["POST"]),
        Route("/api/view", views, methods=["POST"]),
        Route("/api/legend", _legend),
        Route("/api/signals", _signals),
        Route("/api/health", _health),
        Route("/api/version", version),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard)], exception_handlers={HTTPException: _refused})


def serve(model: Model, port: int, announce: Callable[[str], None]) -> None:
    """Serve on this machine's own address until interrupted. Raises OSError if the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        config = uvicorn.Config(
            create(model),
            access_log=False,
            log_level="error",
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=10,
            timeout_graceful_shutdown=2,
            limit_concurrency=128,
            h11_max_incomplete_event_size=32 * 1024,
        )
        gc.collect()
        gc.freeze()  # what is loaded stays: no collection walks over it while an answer waits
        announce(f"http://localhost:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])


def _written(wanted: Asked, model: Model, write: Callable[[Score], str]) -> Response:
    """Score what was asked for and write it. What takes too long, or is too much, is said under "failures"."""
    end = monotonic() + _SECONDS_TO_SCORE
    results: list[str] = []
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
        return Response(results[0], media_type="application/json")
    content = f'{{"results":[{",".join(results)}],"failures":{json.dumps(failures)}}}'
    return Response(content, media_type="application/json")


def _view(score: Score) -> str:
    row = json.dumps(html.row(score))
    return f'{{"row":{row},"view":{json.dumps(view(score), allow_nan=False)},"record":{encode(score)}}}'


def _file(request: Request) -> Response:
    name = request.url.path.lstrip("/") or "index.html"
    return Response(_content(name), media_type=_TYPES[name.rpartition(".")[2]])


@cache
def _content(name: str) -> bytes:
    """A file of the page: our own, or one the report is made of too."""
    for package in ("scorer.web", "scorer.report"):
        file = files(package).joinpath("page", name)
        if file.is_file():
            return file.read_bytes()
    raise FileNotFoundError(name)


def _openapi(_: Request) -> Response:
    return JSONResponse(openapi.document(__version__))


def _legend(_: Request) -> Response:
    return JSONResponse(legend())


def _signals(_: Request) -> Response:
    return JSONResponse([{"name": one.name, "group": one.group, "summary": catalogue.summary(one)} for one in SIGNALS])


def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _refused(_: Request, error: Exception) -> Response:
    """Answer 404 and 405, which the framework raises itself."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    detail = {404: "there is nothing here; /openapi.json lists what there is", 405: "another method is needed"}
    return answer(ProblemError(status, detail.get(status, status.phrase), headers=error.headers))
