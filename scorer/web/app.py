"""The application: the page, its files, and the API. Scores in memory; nothing is logged, stored or fetched."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from http import HTTPStatus
from importlib.resources import files

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from scorer import catalogue
from scorer.pipeline import load
from scorer.report.annotated import legend
from scorer.signals import SIGNALS
from scorer.version import __version__
from scorer.web import openapi
from scorer.web.asked import body_of
from scorer.web.guard import Guard
from scorer.web.problems import ProblemError, answer
from scorer.web.work import Setup
from scorer.web.workers import Workers

_SCRIPTS = ("dom.js", "article.js", "why.js", "charts.js", "table.js", "pool.js", "overview.js", "web.js")
_SHAPES = {"/api/score": "record", "/api/view": "view"}
_STYLES = ("article.css", "report.css", "web.css")
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def create(setup: Setup) -> Starlette:
    """The application. Raises ModelError."""
    model = load(setup.model, setup.config)
    workers = Workers(setup)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await workers.start()
        yield

    async def scored(request: Request) -> Response:
        written, waited, worked = await workers.answer(await body_of(request), _SHAPES[request.url.path])
        timing = f"wait;dur={1000 * waited:.2f}, score;dur={1000 * worked:.2f}"  # in milliseconds (W3C Server Timing)
        return Response(written, media_type="application/json", headers={"Server-Timing": timing})

    async def version(_: Request) -> Response:
        return JSONResponse({"version": __version__, "model": model.identity})

    routes = [
        Route("/", _file),
        *(Route(f"/{name}", _file) for name in (*_SCRIPTS, *_STYLES, "icon.svg")),
        Route("/openapi.json", _openapi),
        *(Route(path, scored, methods=["POST"]) for path in _SHAPES),
        Route("/api/legend", _legend),
        Route("/api/signals", _signals),
        Route("/api/health", _health),
        Route("/api/version", version),
    ]
    return Starlette(
        routes=routes, middleware=[Middleware(Guard)], exception_handlers={HTTPException: _refused}, lifespan=lifespan
    )


def serve(setup: Setup, port: int, announce: Callable[[str], None]) -> None:
    """Serve on this machine's own address until interrupted. Raises OSError if the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()  # who comes while the processes start waits for them
        config = uvicorn.Config(
            create(setup),
            access_log=False,
            log_level="error",
            server_header=False,
            proxy_headers=False,
            lifespan="on",
            ws="none",
            timeout_keep_alive=10,
            timeout_graceful_shutdown=2,
            limit_concurrency=512,
            h11_max_incomplete_event_size=32 * 1024,
        )
        gc.collect()
        gc.freeze()
        announce(f"http://localhost:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])


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
