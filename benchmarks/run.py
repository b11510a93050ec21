"""All benchmarks, or some of them: `make benchmark`, `python benchmarks/run.py --only peers`. Writes docs/benchmarks.md.

Times differ from machine to machine and from minute to minute; the ratio of two of them, taken in turns, does much less.
So nothing here is a limit that a test holds: read the figures, and those of the run before. A machine that does something
else at the same time measures that. Parts that are not run keep the figures that they have in the report.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

import folders
import kills
import peers
import stages
from documents import HERE

import scorer

REPORT = HERE.parent / "docs" / "benchmarks.md"

# In the order of the report: title, and what yields the lines. The minutes are those of two idle cores.
PARTS: Mapping[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "stages": ("The whole way, on one core", stages.the_whole_way),
    "peers": ("Beside other programs", peers.in_process),
    "cold": ("One file, the whole process", peers.cold),
    "length": ("By length of the article: `score`, with all its evidence", stages.by_length),
    "cores": ("Two cores", lambda: folders.cores(20_000)),
    "overhead": ("What a long run adds to `score_table`", lambda: folders.overhead(1_000)),
    "memory": ("Memory", lambda: folders.memory((1_000, 10_000, 100_000))),
    "kills": ("Killed and resumed", lambda: kills.report(50)),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    options = parser.parse_args(arguments)
    for part in options.only:
        title, measured = PARTS[part]
        begun = time.monotonic()
        lines = []
        for line in chain(("", f"## {title}", ""), measured()):
            lines.append(line)
            print(line, flush=True)
        print(f"\n({part}: {time.monotonic() - begun:,.0f} s)", flush=True)
        # After each part, so that what is measured is written when a later part fails.
        write(title, "\n".join(lines[2:]).strip())


def write(title: str, text: str) -> None:
    """Put one part into the report, in its place among those that are there."""
    there = _parts(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else {}
    there[title] = text
    about = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, scorer {scorer.__version__}."
    head = (
        "# Benchmarks\n\nWritten by `make benchmark` from pages made of our own (data/samples, tests/pages). The times are\n"
        'those of one machine on one day; the ratios are what to compare. Under "asked" stands what we want to reach.\n\n'
        f"{about}\n"
    )
    parts = [f"\n## {one}\n\n{there[one]}\n" for one, _ in PARTS.values() if one in there]
    REPORT.write_text(head + "".join(parts), encoding="utf-8")


def _parts(report: str) -> dict[str, str]:
    """The parts of a report by their titles."""
    found = (part.partition("\n") for part in report.split("\n## ")[1:])
    return {title: text.strip() for title, _, text in found}


if __name__ == "__main__":
    main()
