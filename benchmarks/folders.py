"""`score FOLDER --output NAME`: what two cores give, what the machinery costs, and how much memory it holds."""

from __future__ import annotations

import contextlib
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from documents import texts, write_texts
from processes import family
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import scorer
from scorer import batch
from scorer.model import DEFAULT
from scorer.pipeline import load
from scorer.read import read
from scorer.table import in_batches
from scorer.types import Page

SCORE = str(Path(sys.executable).with_name("score"))
N_ROUNDS, N_CHARACTERS = 3, 4000
N_START = 64  # inputs of a run that is all start and end; as many as make each process score
OFTEN = 0.1  # seconds between two looks at the memory


def cores(n: int) -> Iterator[str]:
    """A folder of `n` texts by one process and by two, in turns."""
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        write_texts(room / "all", n, N_CHARACTERS, seed=5)
        write_texts(room / "few", N_START, N_CHARACTERS, seed=6)
        taken: dict[tuple[str, int], list[float]] = {}
        for _ in range(N_ROUNDS):
            for folder in ("few", "all"):
                for jobs in (1, 2):
                    taken.setdefault((folder, jobs), []).append(_wall(_command(room / folder, room / "o.parquet", jobs)))
        whole = {jobs: taken["all", jobs] for jobs in (1, 2)}
        start = {jobs: statistics.median(taken["few", jobs]) for jobs in (1, 2)}
        after = {jobs: [one - start[jobs] for one in whole[jobs]] for jobs in (1, 2)}
        machine = [_machine(1) / _machine(2) * 2 for _ in range(N_ROUNDS)]
    yield (
        f"{n:,} files of {N_CHARACTERS:,} characters to one Parquet file; medians of {N_ROUNDS} rounds, in turns. The start is "
        f"the time that {N_START} files take. What the machine gives: one `re` pass in two processes at once against one."
    )
    yield ""
    yield "| | 1 process, s | 2 processes, s | articles/s with 2 | times one | asked |"
    yield "|---|---:|---:|---:|---:|---|"
    for name, seconds, asked in (("**without the start**", after, "at least 1.8"), ("with the start", whole, "")):
        one, two = (statistics.median(seconds[jobs]) for jobs in (1, 2))
        ratio = statistics.median(a / b for a, b in zip(seconds[1], seconds[2], strict=True))
        yield f"| {name} | {one:,.1f} | {two:,.1f} | {n / two:,.0f} | {ratio:.2f} | {asked} |"
    yield f"| the start | {start[1]:,.1f} | {start[2]:,.1f} | | | |"
    yield f"| what the machine gives | | | | {statistics.median(machine):.2f} | |"


def overhead(n: int) -> Iterator[str]:
    """The same folder by `scorer.batch` in one process and by a loop over `score_table`: processor time."""
    model = load()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "all")
        job = batch.Job(
            (str(folder),), Path(place, "o.parquet"), is_folder=False, model=model, model_path=DEFAULT, columns={}, n_jobs=1
        )
        write_texts(folder, n, N_CHARACTERS, seed=7)

        def loop() -> None:
            for results in in_batches(read([folder])):
                pages = [page for page in results if isinstance(page, Page)]
                scorer.score_table(pd.DataFrame({"id": [page.id for page in pages], "content": [page.content for page in pages]}))

        def machinery() -> None:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                batch.run(job)

        loop()
        machinery()
        taken = [(_processor(loop), _processor(machinery)) for _ in range(5)]
    ratio = statistics.median(of_batch / of_loop for of_loop, of_batch in taken)
    yield f"{n:,} files, read and scored in one process; processor time, medians of {len(taken)} rounds."
    yield ""
    yield "| | s | times the loop | asked |"
    yield "|---|---:|---:|---|"
    yield f"| `score_table` in a loop | {statistics.median(one for one, _ in taken):.2f} | 1.00 | |"
    yield f"| **`score FOLDER --output`** | {statistics.median(one for _, one in taken):.2f} | {ratio:.2f} | at most 1.10 |"


class Peak(NamedTuple):
    """The most memory of a run, in MB: of its largest process, and of all at one moment, what they share counted once."""

    largest: float
    total: float


def memory(sizes: Sequence[int]) -> Iterator[str]:
    """The peak of runs over more and more documents, by two processes."""
    yield (
        "By 2 processes, to one Parquet file; short pages, since it is their number that is looked at. The largest process: "
        "its peak as the system tells it. All: the sum over all processes, what they share counted once "
        f"(PSS), looked at every {OFTEN:.1f} s."
    )
    yield ""
    columns = " | ".join(f"{n:,}: largest / all, MB" for n in sizes)
    yield f"| inputs | {columns} | the last by the one before: largest / all | asked |"
    yield "|---|" + "---:|" * (len(sizes) + 1) + "---|"
    for name, write, to_table in RUNS:
        peaks = []
        for n in sizes:
            with tempfile.TemporaryDirectory() as place:
                room = Path(place, "in")
                room.mkdir()
                write(room, n)
                records = [SCORE, str(room), "--format", "jsonl"]
                peaks.append(_peak(_command(room, Path(place, "o.parquet"), 2) if to_table else records))
        cells = " | ".join(f"{peak.largest:,.0f} / {peak.total:,.0f}" for peak in peaks)
        before, last = peaks[-2:]
        yield f"| {name} | {cells} | {last.largest / before.largest:.2f} / {last.total / before.total:.2f} | at most 1.20 |"


def _write_lines(folder: Path, n: int) -> None:
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
        for text in texts(n, 1000, seed=9):
            file.write(json.dumps({"text": text}) + "\n")


def _write_archive(folder: Path, n: int) -> None:
    with (folder / "crawl.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        for i, text in enumerate(texts(n, 500, seed=10)):
            page = "<!DOCTYPE html><title>Page</title><main>" + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n"))
            address = f"https://www.example.com/{i}"
            payload = io.BytesIO(page.encode())
            writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=headers))


def _write_files(folder: Path, n: int) -> None:
    write_texts(folder, n, 1000, seed=8)


# What lies in the folder, and whether a table is made of it or records with their evidence, by one process.
RUNS: Sequence[tuple[str, Callable[[Path, int], None], bool]] = (
    ("files", _write_files, True),
    ("one JSON-lines file", _write_lines, True),
    ("one web archive", _write_archive, True),
    ("files, `--format jsonl`", _write_files, False),
)


def _command(folder: Path, output: Path, jobs: int) -> list[str]:
    return [SCORE, str(folder), "--output", str(output), "--jobs", str(jobs)]


def _wall(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def _processor(stage: Callable[[], object]) -> float:
    begun = time.process_time()
    stage()
    return time.process_time() - begun


def _machine(n_processes: int) -> float:
    """Wall time of the same work, without memory to speak of, in so many processes at once."""
    work = r"import re; t = 'the quick brown fox jumps ' * 4000" "\n" r"for _ in range(600): re.findall(r'\w+', t)"
    begun = time.perf_counter()
    running = [subprocess.Popen([sys.executable, "-c", work]) for _ in range(n_processes)]
    for one in running:
        one.wait()
    return time.perf_counter() - begun


def _peak(command: Sequence[str]) -> Peak:
    """Run it, and watch its memory through /proc."""
    largest = total = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            running = family(process.pid)
            largest = max([largest, *(_kilobytes(pid, "status", "VmHWM:") for pid in running)])
            total = max(total, sum(_kilobytes(pid, "smaps_rollup", "Pss:") for pid in running))
            time.sleep(OFTEN)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {process.returncode}")
    return Peak(largest / 1000, total / 1000)


def _kilobytes(pid: int, file: str, field: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)
