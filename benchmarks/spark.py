"""Spark on this machine against `score` with joblib, on the same documents in turns: `python benchmarks/spark.py`.

Both score into Parquet on as many processes as there are cores, start-up aside: each has scored a little before. Prints
times, those of the clock and those of the processors, which others on the machine do not lengthen, with their ratios; compares
the rows; then says how many pages a core reads and scores in a second, and what a billion cost (docs/clusters.md).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import html
import io
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from documents import texts

from scorer import batch, pipeline
from scorer.model import DEFAULT
from scorer.read import read
from scorer.spark import files, score
from scorer.table import in_batches, score_results

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

N_CHARACTERS, N_A_FILE = 4000, 500
N_DIFFERENT = 2000  # made in a minute; the rest are these again
N_LITTLE = 1000
N_WARM_UPS = 4  # Java compiles what it has run some thousand times
BILLION = 10**9
# Java that compiles less: it only moves rows here, and in a trial on 3,000 files took half the processor time so.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def web_archive(pages: list[str]) -> Iterator[bytes]:
    """The texts as pages of HTML with what stands around articles (some 22 kB in all), a gzip member each, as in crawls."""
    links = "".join(f'<li><a href="/news/{i}">Section {i}: what else the town talks about</a></li>' for i in range(120))
    script = "<script>" + "window.settings=window.settings||{};window.settings.value=1;" * 150 + "</script>"
    for text in pages:
        headline, *paragraphs = (html.escape(block) for block in text.split("\n\n"))
        body = f"<article><h1>{headline}</h1>" + "".join(f"<p>{one}</p>" for one in paragraphs) + "</article>"
        head = f"<!doctype html><html><head><title>{headline}</title>{script}</head>"
        page = f"{head}<body><nav><ul>{links}</ul></nav>{body}</body></html>"
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
        header = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {len(block)}\r\n\r\n"
        yield gzip.compress(header.encode() + block + b"\r\n\r\n")


def write_inputs(folder: Path, n: int, *, as_html: bool) -> None:
    """`n` documents: text files, or web archives of HTML."""
    made = list(texts(min(n, N_DIFFERENT), N_CHARACTERS, seed=3))
    pages = [made[i % len(made)] for i in range(n)]
    for number in range(0, n, N_A_FILE):
        part = pages[number : number + N_A_FILE]
        if as_html:
            (folder / f"{number:06}.warc.gz").write_bytes(b"".join(web_archive(part)))
        else:
            place = folder / f"{number:06}"
            place.mkdir()
            for i, text in enumerate(part):
                (place / f"{i:04}.txt").write_text(text, encoding="utf-8")


def by_joblib(folder: Path, output: Path, n_jobs: int) -> None:
    """`score FOLDER --output`, without starting Python."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        batch.run(batch.Job((str(folder),), output, False, pipeline.load(DEFAULT), DEFAULT, {}, None, n_jobs))  # noqa: FBT003


def by_spark(spark: SparkSession, folder: Path, output: Path) -> None:
    """`python -m scorer.spark`, without starting Java."""
    score(files(spark, [str(folder)])).write.parquet(str(output))


def rows(output: Path) -> pa.Table:
    """What was written, in its order."""
    found = sorted(output.glob("part-*.parquet")) if output.is_dir() else [output]
    return pa.concat_tables(pq.read_table(path).replace_schema_metadata(None) for path in found)


def processor_seconds() -> float:
    """What this process and all below it have taken so far, as Linux tells; those that have ended count for their parents."""
    spent, parent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            pid = int(path.parent.name)
            parent[pid], spent[pid] = int(fields[1]), sum(map(int, fields[11:15]))
    below = {os.getpid()}
    while more := {pid for pid in parent if parent[pid] in below and pid not in below}:
        below |= more
    return sum(spent[pid] for pid in below) / os.sysconf("SC_CLK_TCK")


def taken(work: Callable[[], None]) -> tuple[float, float]:
    """How long it takes: by the clock, by the processors."""
    begun, spent = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - begun, processor_seconds() - spent


def processor_time(folder: Path) -> float:
    """Seconds of this process that reading and scoring take."""
    begun = time.process_time()
    for some in in_batches(read([folder])):
        score_results(some, DEFAULT)
    return time.process_time() - begun


def measured(spark: SparkSession, folder: Path, little: Path, place: Path, n_cores: int, n_rounds: int) -> Iterator[str]:
    """The two in turns; medians of times and of the ratios of neighbours. The rate of one core over what is `little`."""
    joblib_times, spark_times = [], []
    for _ in range(n_rounds):
        one, other = place / "joblib.parquet", place / "spark"
        shutil.rmtree(other, ignore_errors=True)
        one.unlink(missing_ok=True)
        joblib_times.append(taken(partial(by_joblib, folder, one, n_cores)))
        spark_times.append(taken(partial(by_spark, spark, folder, other)))
        if not rows(one).equals(rows(other)):
            raise SystemExit("the rows differ")
    yield f"  the {rows(one).num_rows:,} rows are equal"
    for at, what in enumerate(("the clock", "processors")):
        pairs = [(j[at], s[at]) for j, s in zip(joblib_times, spark_times, strict=True)]
        ratio = statistics.median(s / j for j, s in pairs)
        said = ", ".join(f"{j:.1f} and {s:.1f}" for j, s in pairs)
        yield f"  seconds of {what}, joblib and Spark: {said}; {ratio:.2f} times"
    rate = N_LITTLE / min(processor_time(little) for _ in range(3))
    hours = BILLION / rate / 3600
    yield f"  {rate:,.0f} pages a second of a core: a billion take {BILLION:,} / {rate:,.0f} / 3600 = {hours:,.0f} core-hours,"
    yield f"  by Spark {hours:,.0f} * {ratio:.2f} = {hours * ratio:,.0f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--html-documents", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = f"local-cluster[{options.cores},1,1024]"
    settings = {f"spark.{who}.extraJavaOptions": QUICK for who in ("driver", "executor")}
    spark = SparkSession.builder.master(master).config(map={"spark.ui.enabled": "false", **settings}).getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for kind, n in (("text", options.documents), ("HTML", options.html_documents)):
            little, all_of_it = place / f"little {kind}", place / f"all {kind}"
            for folder, n_here in ((little, N_LITTLE), (all_of_it, n)):
                folder.mkdir()
                write_inputs(folder, n_here, as_html=kind == "HTML")
            for i in range(N_WARM_UPS):
                by_joblib(little, place / f"{kind}-{i}.parquet", options.cores)
                by_spark(spark, little, place / f"{kind}-{i}")
            print(f"{n:,} documents of {kind}, {options.cores} cores, {options.rounds} rounds ({master}):", flush=True)
            for line in measured(spark, all_of_it, little, place, options.cores, options.rounds):
                print(line, flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
