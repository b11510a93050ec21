"""What every request passes and every answer carries: only this machine's own page is served, and nothing runs in it."""

from __future__ import annotations

import sys
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scorer.web.problems import ProblemError, answer

_OUR_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses requests of other hosts and pages, sets the headers, and answers what was not foreseen."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        try:
            _check(scope["path"], Headers(scope=scope))
            await self._app(scope, receive, send_guarded)
        except ProblemError as problem:
            await answer(problem)(scope, receive, send_guarded)
        except Exception as error:
            # Its type says enough to look for it; its text may hold words of the page, which are nobody's business.
            print(f"scorer serve: {scope['path']!r}: {type(error).__name__}", file=sys.stderr)
            if has_begun:
                raise
            fault = ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of scorer, not of the request")
            await answer(fault)(scope, receive, send_guarded)


def _check(path: str, headers: Headers) -> None:
    """Refuse what does not come from our own page: a name turned to this address, a page of another origin."""
    host = headers.get("host", "")
    name = host[: host.rindex("]") + 1] if host.startswith("[") and "]" in host else host.rpartition(":")[0] or host
    if name.lower() not in _OUR_NAMES:
        raise ProblemError(HTTPStatus.MISDIRECTED_REQUEST, "this server answers as localhost only")
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        raise ProblemError(HTTPStatus.FORBIDDEN, "requests of other pages are not answered")
    if path.startswith("/api/") and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ProblemError(HTTPStatus.FORBIDDEN, "requests of other pages are not answered")
