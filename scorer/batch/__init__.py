"""Many inputs -> one table of scores, on all cores of this machine; interrupted, the same command goes on (docs/batch.md).

paths -> chunks -> (processes) -> shards in a work folder -> output
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import NamedTuple

import joblib
import pyarrow as pa

from scorer.batch.chunks import Chunk, Paths, find_chunks, sizes
from scorer.batch.outputs import OutputError, check, write
from scorer.batch.progress import Progress
from scorer.batch.shards import BusyError, Shards, Told, alone, encode, identity, kept_rows
from scorer.batch.summary import Overview
from scorer.config import Config, over
from scorer.model import Model
from scorer.read import Unreadable, read_input
from scorer.report.layout import printable
from scorer.table import SCHEMA, Result, arrow, failure_rows, in_batches, score_results
from scorer.version import __version__
from scorer.where import WhereError, condition

__all__ = ["BatchError", "InterruptedRunError", "Job", "run"]

_MOST_SAID = 100  # failures told of one by one; all are in the table
_KILLED = "the process that scored it was ended, most likely for want of memory; score it by itself on a larger machine"


class BatchError(Exception):
    """A run that cannot be, or cannot go on; the message is one line."""


class InterruptedRunError(Exception):
    """Somebody stopped the run; `status` is what the shell expects of a process that ended so."""

    def __init__(self, status: int) -> None:
        """Remember the exit status."""
        super().__init__(status)
        self.status = status


class Job(NamedTuple):
    """What is asked: inputs, output, the model and where it lies, and how. `thresholds` are told of, and change no row."""

    paths: tuple[str, ...]
    output: Path
    is_folder: bool
    model: Model
    model_path: Path
    columns: Mapping[str, str]
    where: str | None = None
    n_jobs: int = -1
    config: Config = Config()
    thresholds: Mapping[str, float] = MappingProxyType({})


def run(job: Job) -> Overview:
    """Score all inputs of `job` and write its output. Prints progress and failures on standard error, a summary at the end.

    Raises BatchError, InterruptedRunError.
    """
    try:
        kept = condition(job.where) if job.where else None
    except WhereError as error:
        raise BatchError(f"--where: {error}") from None
    work = job.output.with_name(job.output.name + ".work")
    try:
        check(job.output, is_folder=job.is_folder)
        work.mkdir(exist_ok=True)
        with _stoppable(), alone(work):
            return _run(job, work, kept)
    except OSError as error:
        place = error.filename or job.output
        raise BatchError(f"{place}: cannot be written: {error.strerror or error}; what is done is kept in {work}") from None
    except (OutputError, BusyError) as error:
        raise BatchError(str(error)) from None


def _run(job: Job, work: Path, kept: pa.compute.Expression | None) -> Overview:
    config = sorted(job.config.off), sorted((name, sorted(terms)) for name, terms in job.config.words.items())
    names = identity(version=__version__, model=job.model.sha256, parts=sorted(job.columns.items()), config=config)
    folder = work / names
    if not folder.exists() and any(path.is_dir() for path in work.iterdir()):
        print(f"score: {work}: was begun with another model, config, version or columns; begun anew", file=sys.stderr)
    folder.mkdir(exist_ok=True)
    outputs = [
        job.output.resolve(),
        *(job.output.resolve().with_name(job.output.name + end) for end in (".work", ".tmp", ".old")),
    ]
    paths = Paths(job.paths, tuple(outputs))
    shards = Shards(folder)
    with Progress(*sizes(paths)) as progress:
        run = _Run(job, shards, progress)
        run.score_all(find_chunks(paths, job.columns))
    overview = Overview()
    said: list[tuple[str, str]] = []
    about = {"scorer": __version__, **{f"model_{key}": value for key, value in job.model.identity.items()}}
    write(job.output, _filtered(run.rows(), kept, overview, said, job.thresholds), about, is_folder=job.is_folder)
    shutil.rmtree(work, ignore_errors=True)
    for name, reason in said:
        print(f"score: {printable(name)}: {reason}", file=sys.stderr)
    if overview.n_failed + overview.n_over > len(said):
        print(f"score: and {overview.n_failed + overview.n_over - len(said):,} more; the table has them all", file=sys.stderr)
    for line in overview.lines(progress.n_inputs, progress.n_passed_over, progress.seconds):
        print(line)
    return overview


def _filtered(
    tables: Iterator[pa.Table],
    kept: pa.compute.Expression | None,
    overview: Overview,
    said: list[tuple[str, str]],
    thresholds: Mapping[str, float],
) -> Iterator[pa.Table]:
    """Pass on what is kept; count all, and keep for `said` the first that failed or lie beyond a threshold."""
    for table in tables:
        written = table if kept is None else table.filter(kept)
        overview.add(table, len(written))
        columns = ["id", "failed", "sensationalism", "reliability"]
        for name, failed, high, low in zip(*(table[column].to_pylist() for column in columns), strict=True):
            beyond = ", ".join(over(high, low, thresholds))
            overview.n_over += bool(beyond)
            if (failed or beyond) and len(said) < _MOST_SAID:
                said.append((name, failed or beyond))
        yield written


@dataclass
class _Run:
    """The chunks of one run: handed out, taken back, and those that a process died of looked at one by one."""

    job: Job
    shards: Shards
    progress: Progress
    order: list[str] = field(default_factory=list)
    out: dict[str, Chunk] = field(default_factory=dict)
    error: BaseException | None = None

    def rows(self) -> Iterator[pa.Table]:
        """All rows, in the order of the inputs."""
        return map(self.shards.rows, self.order)

    def score_all(self, chunks: Iterator[Chunk]) -> None:
        """Score what is not scored yet. Raises OSError where a shard cannot be written."""
        while True:
            tasks = self._tasks(chunks)
            try:
                with joblib.parallel_config(**_backend(self.job.n_jobs)):
                    for key, content in joblib.Parallel(return_as="generator_unordered", batch_size=1)(tasks):
                        self._take(self.out.pop(key), self.shards.write(key, content))
            except BrokenProcessPool:
                for chunk in list(self.out.values()):
                    self._take(chunk, self.shards.write(chunk.key, self._one_by_one(chunk)))
                    del self.out[chunk.key]
                continue
            if self.error:
                raise self.error
            return

    def _tasks(self, chunks: Iterator[Chunk]) -> Iterator[object]:
        """Hand out what is not done. joblib asks in a thread of its own, where an exception would be lost."""
        try:
            for chunk in chunks:
                self.order.append(chunk.key)
                told = self.shards.told(chunk.key)
                if told and told.stamps == chunk.stamps:
                    self._take(chunk, told, reused=True)
                    continue
                self.out[chunk.key] = chunk
                yield self._task(chunk, self.shards.path(chunk.key) if told else None)
        except Exception as error:
            self.error = error

    def _task(self, chunk: Chunk, old: Path | None = None) -> object:
        return joblib.delayed(score_chunk)(chunk, str(self.job.model_path), dict(self.job.columns), old, self.job.config)

    def _take(self, chunk: Chunk, told: Told, *, reused: bool = False) -> None:
        counts = told.n_rows, told.n_failed, told.n_abstained
        # A part of a large input may hold no row of it.
        n_passed_over = sum(not n for _, n in told.inputs) if chunk.results is None else 0
        self.progress.advance(chunk.ends, n_passed_over, chunk.n_bytes, counts, reused=reused)

    def _one_by_one(self, chunk: Chunk) -> bytes:
        """The shard of a chunk that was out when a process died: whatever kills another one becomes a row that says so."""
        pieces: list[pa.Table] = []
        counts = [0] * len(chunk.inputs)
        if chunk.results is None:
            alone = [(at, chunk._replace(inputs=(one,))) for at, one in enumerate(chunk.inputs)]
        else:
            alone = [(0, chunk._replace(results=(result,))) for result in chunk.results]
        for at, one in alone:
            try:
                with joblib.parallel_config(**_backend(2)):
                    ((_, content),) = joblib.Parallel()([self._task(one)])
                rows = pa.ipc.open_file(content).read_all().replace_schema_metadata(None)
            except BrokenProcessPool:
                stamp, _ = one.inputs[0]
                name = _name_of(one.results[0]) if one.results else stamp.path
                failed = failure_rows([Unreadable(name, _KILLED)])
                failed["path"] = stamp.path
                rows = arrow(failed)
            pieces.append(rows)
            counts[at] += len(rows)
        return encode(_joined(pieces), list(zip(chunk.stamps, counts, strict=True)))


def score_chunk(
    chunk: Chunk, model: str, columns: dict[str, str], old: Path | None, config: Config | None = None
) -> tuple[str, bytes]:
    """Score one chunk, in whatever process: its key, and the content of its shard.

    `old`: a shard of the same chunk, whose rows are taken for the inputs that have not changed.
    """
    kept = kept_rows(old) if old else {}
    owners: list[int] = []

    def results() -> Iterator[Result]:
        for at, (stamp, found) in enumerate(chunk.inputs):
            if stamp in kept:
                continue
            if stamp.problem:
                found_here: Iterator[Result] = iter([Unreadable(stamp.path, stamp.problem)])
            else:
                found_here = read_input(found, columns) if chunk.results is None else iter(chunk.results)
            for result in found_here:
                owners.append(at)
                yield result

    fresh = _joined([arrow(score_results(batch, model, config)) for batch in in_batches(results())])
    stamps = chunk.stamps
    files = pa.array([stamps[at].path.encode("utf-8", "replace").decode() for at in owners], pa.string())
    fresh = fresh.set_column(SCHEMA.get_field_index("path"), "path", files)
    n_rows = Counter(owners)
    counts = [n_rows[at] for at in range(len(stamps))]
    if kept:
        pieces, at = [], 0
        for number, stamp in enumerate(stamps):
            if stamp in kept:
                pieces.append(kept[stamp])
                counts[number] = len(kept[stamp])
            else:
                pieces.append(fresh.slice(at, counts[number]))
                at += counts[number]
        fresh = _joined(pieces)
    return chunk.key, encode(fresh, list(zip(stamps, counts, strict=True)))


def _joined(pieces: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables([SCHEMA.empty_table(), *pieces]).combine_chunks()


def _name_of(result: Result) -> str:
    return result.path if isinstance(result, Unreadable) else result.id


def _backend(n_jobs: int) -> dict[str, object]:
    return {"backend": "loky", "n_jobs": n_jobs, "initializer": _follow, "initargs": (os.getpid(),)}


def _follow(parent: int) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the parent; and end with it, however it ends.

    A process of joblib's whose parent was killed would else wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into `InterruptedRunError`, once what is under way has been cleaned up."""
    status = 128 + signal.SIGINT

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the system's signature
        nonlocal status
        status = 128 + number
        raise KeyboardInterrupt

    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, stop) if in_main else None
    try:
        yield
    except KeyboardInterrupt:
        raise InterruptedRunError(status) from None
    finally:
        if in_main:
            signal.signal(signal.SIGTERM, before)
