"""Processes that score what requests ask for: as many as there are cores, and one queue before them.

So each core scores one page at a time, whoever asked first is answered first, the process that speaks HTTP has time for
it, and what takes too long is ended with its process.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AsyncExitStack
from http import HTTPStatus
from time import perf_counter
from typing import NamedTuple, TypeVar

from anyio import BrokenWorkerProcess, CapacityLimiter, create_task_group, fail_after, to_process
from joblib import cpu_count

from scorer.web import work
from scorer.web.asked import is_small
from scorer.web.problems import ProblemError

#: A process is ended after so many seconds with one request; it begins no page after `work.SECONDS_TO_SCORE`.
SECONDS_TO_END = 40.0
_MOST_WAITING_LARGE, _MOST_WAITING = 16, 100

Result = TypeVar("Result")


class Answer(NamedTuple):
    """A body of JSON, and how many seconds it waited for its turn and was worked on."""

    body: bytes
    waited: float
    worked: float


class Workers:
    """The processes. One that ended is replaced when it is needed."""

    def __init__(self, setup: work.Setup) -> None:
        """Nothing starts yet."""
        self._setup = setup
        self._n = max(2, cpu_count())
        self._turns = CapacityLimiter(self._n)
        self._large_turns = CapacityLimiter(self._n - 1)  # so that one is left for what is small

    async def start(self) -> None:
        """Start all processes, so that no request waits for one."""
        async with create_task_group() as group:
            for _ in range(self._n):
                group.start_soon(_run, work.prepare, self._setup)

    async def answer(self, body: bytes, shape: str) -> Answer:
        """What `work.answer` gives, in its turn. Raises `ProblemError`."""
        begin = perf_counter()
        async with AsyncExitStack() as turns:
            if not is_small(body):
                await _take(turns, self._large_turns, _MOST_WAITING_LARGE)
            await _take(turns, self._turns, _MOST_WAITING)
            begun = perf_counter()
            written = await _run(work.answer, body, shape, self._setup)
        return Answer(written, begun - begin, perf_counter() - begun)


async def _take(turns: AsyncExitStack, limiter: CapacityLimiter, most_waiting: int) -> None:
    if limiter.statistics().tasks_waiting >= most_waiting:
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests wait", headers={"Retry-After": "5"})
    await turns.enter_async_context(limiter)


_NO_LIMIT = CapacityLimiter(math.inf)  # who may run was settled by the turns


async def _run(what: Callable[..., Result], *given: object) -> Result:
    try:
        with fail_after(SECONDS_TO_END):
            return await to_process.run_sync(what, *given, cancellable=True, limiter=_NO_LIMIT)
    except TimeoutError:
        reason = f"not scored within {SECONDS_TO_END:.0f} seconds; send less, or use `score` on the command line"
    except BrokenWorkerProcess:
        reason = "the process that scored it was ended, most likely for want of memory; send less"
    raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, reason)
