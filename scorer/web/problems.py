"""What went wrong, as problem details (RFC 9457): a status, what it means, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse


class ProblemError(Exception):
    """A request that cannot be answered as asked. `errors` are pairs of JSON pointer and what is wrong there."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Say `detail` under `status`."""
        super().__init__(status, detail, errors, headers)  # all of it, so that it can come from another process
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers


def answer(problem: ProblemError) -> JSONResponse:
    """The response that says what the problem is."""
    content: dict[str, object] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
    }
    if problem.errors:
        content["errors"] = [{"pointer": pointer, "detail": detail} for pointer, detail in problem.errors]
    return JSONResponse(content, problem.status, problem.headers, "application/problem+json")
