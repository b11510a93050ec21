"""How far a run is: a bar on a terminal, a line every ten seconds elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

_SECONDS = 10.0  # between two lines
# What an input weighs beside its bytes: opening a file takes as long as scoring so many.
_OPENING = 500


class Progress:
    """Counts what is done of a run, and shows it on standard error while it is entered."""

    def __init__(self, n_inputs: int, n_bytes: int) -> None:
        """Begin with so much to do."""
        self.n_inputs = n_inputs
        self.n_done = self.n_passed_over = self.n_rows = self.n_failed = self.n_abstained = self.n_reused = 0
        self.begun = self._told = time.monotonic()
        self._weight, self._total = 0, max(n_bytes + _OPENING * n_inputs, 1)
        self._weight_reused = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self.begun

    def __enter__(self) -> Progress:
        console = Console(stderr=True)
        if console.is_terminal:
            columns = (BarColumn(), TextColumn("{task.fields[said]}"), TimeRemainingColumn(compact=True))
            self._bar = Bar(*columns, console=console, transient=True)
            self._task = self._bar.add_task("", total=self._total, said="")
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def advance(
        self, n_inputs: int, n_passed_over: int, n_bytes: int, counts: tuple[int, int, int], *, reused: bool = False
    ) -> None:
        """Count a chunk: its inputs, those of them that are no pages, its bytes, and its rows, failures and abstentions."""
        self.n_done += n_inputs
        self.n_passed_over += n_passed_over
        self.n_rows += counts[0]
        self.n_failed += counts[1]
        self.n_abstained += counts[2]
        weight = n_bytes + _OPENING * n_inputs
        self._weight += weight
        if reused:
            self.n_reused += n_inputs
            self._weight_reused += weight
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self._weight, said=self._line())
        elif time.monotonic() - self._told >= _SECONDS:
            self._told = time.monotonic()
            print(f"score: {self._line()}{self._remaining()}", file=sys.stderr, flush=True)

    def _line(self) -> str:
        rate = (self.n_done - self.n_reused) / max(self.seconds, 1e-3)
        return (
            f"{self.n_done:,} of {self.n_inputs:,} inputs, {rate:,.0f} a second, "
            f"{self.n_failed:,} failed, {self.n_abstained:,} not scored"
        )

    def _remaining(self) -> str:
        done = self._weight - self._weight_reused
        if not done:
            return ""
        left = round(max(self._total - self._weight, 0) * self.seconds / done)
        return f", {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
