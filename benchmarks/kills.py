"""Kill runs at random moments, resume them, and compare what they write with an uninterrupted run, byte for byte.

`python benchmarks/kills.py --kills 50`, or `make benchmark`. Killed are the program itself (kill -9, SIGTERM, Ctrl-C) and one
of the processes it scores with (kill -9), in turns. Exits with 1 if a row was lost, doubled or changed.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
from documents import texts
from processes import children

SCORE = str(Path(sys.executable).with_name("score"))
WAYS = ("kill -9", "SIGTERM", "Ctrl-C", "kill -9 of a worker")


def workers(pid: int) -> list[int]:
    """The processes that score for `pid`."""
    found = []
    for child in children(pid):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"loky" in command and b"resource_tracker" not in command:
            found.append(child)
    return found


def strike(process: subprocess.Popen[bytes], way: str, dice: random.Random) -> bool:
    """End the run, or one of its workers; say whether there was anything to end."""
    if process.poll() is not None:
        return False
    if way == "kill -9 of a worker":
        found = workers(process.pid)
        if found:
            os.kill(dice.choice(found), signal.SIGKILL)
        return bool(found)
    process.send_signal({"kill -9": signal.SIGKILL, "SIGTERM": signal.SIGTERM, "Ctrl-C": signal.SIGINT}[way])
    return True


def rows(path: Path) -> Counter[str]:
    """How often each id stands in an output."""
    return Counter(pq.read_table(path, columns=["id"])["id"].to_pylist())


class Damage(NamedTuple):
    """What one kill cost after the run was given again: 1 if it did not come to its end or its bytes differ, and rows."""

    unfinished: int
    lost: int = 0
    doubled: int = 0
    changed: int = 0


def kill_and_resume(n_kills: int, n_pages: int, seed: int, model: str | None) -> Iterator[tuple[str, Damage]]:
    """Kill so many runs over so many pages; what each was killed by, and what that cost."""
    dice = random.Random(seed)  # noqa: S311 - no secret depends on it
    with tempfile.TemporaryDirectory() as place:
        pages = Path(place, "pages")
        for i, text in enumerate(texts(n_pages, 3000, seed=2)):
            (pages / f"{i // 100:03}").mkdir(parents=True, exist_ok=True)
            (pages / f"{i // 100:03}" / f"{i:05}.txt").write_text(text, encoding="utf-8")
        lines = "".join(f'{{"text": "Row {i} of a table, whose words are few."}}\n' for i in range(200)) + '{"text": \n'
        (pages / "rows.jsonl").write_text(lines)

        def command(output: Path) -> list[str]:
            return [SCORE, str(pages), "--output", str(output), "--jobs", "2", *(["--model", model] if model else [])]

        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        reference = Path(place, "reference.parquet")
        begun = time.perf_counter()
        # The table has one bad row, so 1 is the status of a run that is complete.
        if subprocess.run(command(reference), check=False, **quiet).returncode != 1:
            raise SystemExit("the uninterrupted run failed")
        whole = time.perf_counter() - begun
        expected = rows(reference)
        for number in range(n_kills):
            way = WAYS[number % len(WAYS)]
            output = Path(place, f"{number}.parquet")
            # Again and sooner until it strikes: a run that was faster than the one before is no kill.
            latest = whole
            while True:
                with subprocess.Popen(command(output), **quiet) as process:
                    time.sleep(dice.uniform(0.1, latest))
                    # A run whose worker was killed goes on by itself.
                    struck = strike(process, way, dice)
                if struck:
                    break
                output.unlink(missing_ok=True)
                latest *= 0.9
            if process.returncode != 1 and subprocess.run(command(output), check=False, **quiet).returncode != 1:
                yield way, Damage(unfinished=1)
                continue
            found = rows(output)
            yield (
                way,
                Damage(
                    int(Path(f"{output}.work").exists()),
                    sum((expected - found).values()),
                    sum((found - expected).values()),
                    int(output.read_bytes() != reference.read_bytes()),
                ),
            )
            output.unlink()


def report(n_kills: int, n_pages: int = 2000, seed: int = 0, model: str | None = None) -> Iterator[str]:
    """The same as a table; the last row is of all."""
    found: dict[str, list[Damage]] = {}
    for way, damage in kill_and_resume(n_kills, n_pages, seed, model):
        found.setdefault(way, []).append(damage)
        # As they fall: fifty take a quarter of an hour, and what is broken off has said what it saw.
        print(f"kill {sum(map(len, found.values()))} of {n_kills}, {way}: {damage}", file=sys.stderr, flush=True)
    yield f"Runs over {n_pages:,} texts and a table of 201 rows by 2 processes, killed at a random moment and given again."
    yield ""
    yield "| killed by | kills | not resumed to the end | rows lost | rows doubled | outputs changed |"
    yield "|---|---:|---:|---:|---:|---:|"
    found["**all**"] = [damage for damages in found.values() for damage in damages]
    for way, damages in found.items():
        yield f"| {way} | {len(damages)} | " + " | ".join(f"{sum(column):,}" for column in zip(*damages, strict=True)) + " |"


def main() -> int:
    """Kill and resume; 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", help="another model: its file, or the folder that holds it")
    options = parser.parse_args()
    line = ""
    for line in report(options.kills, options.pages, options.seed, options.model):
        print(line, flush=True)
    return int(not line.endswith("| 0 | 0 | 0 | 0 |"))


if __name__ == "__main__":
    sys.exit(main())
