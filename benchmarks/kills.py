"""Kill runs at random moments, resume them, and compare what they write with an uninterrupted run, byte for byte.

`python benchmarks/kills.py --kills 50`. Killed are the program itself (kill -9, SIGTERM, Ctrl-C) and one of the processes
it scores with (kill -9), in turns. Prints one line at the end; exits with 1 if a row was lost, doubled or changed.
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
from pathlib import Path

import pyarrow.parquet as pq
from run import texts

SCORE = str(Path(sys.executable).with_name("score"))
WAYS = ("kill -9", "SIGTERM", "Ctrl-C", "kill -9 of a worker")


def children(pid: int) -> list[int]:
    """The processes that `pid` has started, as Linux tells them."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def workers(pid: int) -> list[int]:
    """Those of them that score."""
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


def main() -> int:
    """Kill and resume; 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", help="another model: its file, or the folder that holds it")
    options = parser.parse_args()
    dice = random.Random(options.seed)  # noqa: S311 - no secret depends on it
    with tempfile.TemporaryDirectory() as place:
        pages = Path(place, "pages")
        for i, text in enumerate(texts(options.pages, 3000, seed=2)):
            (pages / f"{i // 100:03}").mkdir(parents=True, exist_ok=True)
            (pages / f"{i // 100:03}" / f"{i:05}.txt").write_text(text, encoding="utf-8")
        lines = "".join(f'{{"text": "Row {i} of a table, whose words are few."}}\n' for i in range(200)) + '{"text": \n'
        (pages / "rows.jsonl").write_text(lines)

        def command(output: Path) -> list[str]:
            model = ["--model", options.model] if options.model else []
            return [SCORE, str(pages), "--output", str(output), "--jobs", "2", *model]

        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        reference = Path(place, "reference.parquet")
        begun = time.perf_counter()
        # The table has one bad row, so 1 is the status of a run that is complete.
        if subprocess.run(command(reference), check=False, **quiet).returncode != 1:
            raise SystemExit("the uninterrupted run failed")
        whole = time.perf_counter() - begun
        expected = rows(reference)
        ended: Counter[str] = Counter()
        n_lost = n_doubled = n_changed = n_unfinished = 0
        for number in range(options.kills):
            way = WAYS[number % len(WAYS)]
            output = Path(place, f"{number}.parquet")
            # Again and sooner until it strikes: a run that was faster than the one before is no kill.
            latest = whole
            while True:
                with subprocess.Popen(command(output), **quiet) as process:
                    time.sleep(dice.uniform(0.1, latest))
                    struck = strike(process, way, dice)
                    if not struck or way != "kill -9 of a worker":
                        process.wait()
                    # A run whose worker was killed goes on by itself.
                if struck:
                    break
                output.unlink(missing_ok=True)
                latest *= 0.9
            ended[way] += 1
            if not output.exists() and subprocess.run(command(output), check=False, **quiet).returncode != 1:
                n_unfinished += 1
                continue
            found = rows(output)
            n_lost += sum((expected - found).values())
            n_doubled += sum((found - expected).values())
            n_changed += output.read_bytes() != reference.read_bytes()
            if Path(f"{output}.work").exists():
                n_unfinished += 1
    said = ", ".join(f"{n} by {way}" for way, n in ended.items())
    print(
        f"{sum(ended.values())} kills at random moments of {whole:.1f} s ({said}): {n_unfinished} runs not resumed to their end, "
        f"{n_lost} rows lost, {n_doubled} doubled, {n_changed} outputs of {sum(expected.values()):,} rows changed"
    )
    return int(bool(n_lost or n_doubled or n_changed or n_unfinished))


if __name__ == "__main__":
    sys.exit(main())
