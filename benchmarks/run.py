"""How long the way takes, as ratios taken in one run: `make benchmark`. Prints them and writes docs/benchmarks.md.

Times differ from machine to machine and from minute to minute; the ratio of two of them, taken in turns, does much less.
So nothing here is a limit that a test holds: read the figures, and those of the run before.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd

import scorer
from scorer.features import measure
from scorer.model import DEFAULT
from scorer.read import read
from scorer.text import fold, match

HERE = Path(__file__).resolve().parent
REPORT = HERE.parent / "docs" / "benchmarks.md"
SOURCES = sorted([*(HERE.parent / "data" / "samples").glob("*.txt"), *(HERE.parent / "tests" / "pages").glob("*.txt")])

N_TEXTS, N_CHARACTERS, N_ROUNDS = 200, 4000, 9
LENGTHS = (1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000)
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes, of what the system says of memory
WORD = re.compile(r"\w+")


def texts(n: int, n_characters: int, seed: int = 0) -> list[str]:
    """Make `n` different pages of about `n_characters`: head and foot of one of ours around paragraphs of all of them."""
    articles = [scorer.parse(scorer.Page(id=path.name, content=path.read_text(encoding="utf-8"))) for path in SOURCES]
    articles = [article for article in articles if len(article.zone("body")) > 1]
    paragraphs = [article.text[span.start : span.end] for article in articles for span in article.zone("body")]
    dice = random.Random(seed)  # noqa: S311 - no secret depends on it
    pages = []
    while len(pages) < n:
        article = dice.choice(articles)
        body = article.zone("body")
        head, foot = article.text[: body[0].start], article.text[body[-1].end :]
        said: list[str] = []
        while sum(map(len, said)) + len(head) + len(foot) < n_characters:
            said.append(dice.choice(paragraphs))
        pages.append(head + "\n\n".join(said) + foot)
    return pages


def fastest(rounds: int, stages: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run all stages in turns, `rounds` times; the least processor time of each, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(rounds):
        for name, stage in stages.items():
            begun = time.process_time()
            stage()
            times[name].append(time.process_time() - begun)
    return {name: min(taken) for name, taken in times.items()}


def the_whole_way(model: Path, folder: Path) -> Iterator[str]:
    """Stage by stage, against one pass of `re` over the same texts."""
    pages = texts(N_TEXTS, N_CHARACTERS)
    for i, text in enumerate(pages):
        (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")
    frame = pd.DataFrame({"content": pages})
    folds = [fold(text) for text in pages]
    articles = [scorer.parse(scorer.Page(id="", content=text)) for text in pages]
    scorer.score_table(frame, model=model)
    seconds = fastest(
        N_ROUNDS,
        {
            "words": lambda: [WORD.findall(text.lower()) for text in pages],
            "read": lambda: list(read([folder])),
            "fold": lambda: [fold(text) for text in pages],
            "match": lambda: [match(folded) for folded in folds],
            "parse": lambda: [scorer.parse(scorer.Page(id="", content=text)) for text in pages],
            "measure": lambda: [measure(article) for article in articles],
            "table": lambda: scorer.score_table(frame, model=model),
        },
    )
    mean = sum(map(len, pages)) / len(pages)
    yield f"{N_TEXTS} different texts of {mean:,.0f} characters on average; the fastest of {N_ROUNDS} rounds of each stage."
    yield ""
    yield "| stage | µs an article | times the pass |"
    yield "|---|---:|---:|"
    for name, taken in (
        (r"one pass of `re`: `\w+` over the lower-cased text", seconds["words"]),
        ("read: file to page", seconds["read"]),
        ("fold", seconds["fold"]),
        ("match all word lists", seconds["match"]),
        ("parse: the rest", seconds["parse"] - seconds["fold"] - seconds["match"]),
        ("measure", seconds["measure"]),
        ("predict, and make the table", seconds["table"] - seconds["parse"] - seconds["measure"]),
        ("**`score_table`: page to scores**", seconds["table"]),
        ("**reading to scores**", seconds["read"] + seconds["table"]),
    ):
        yield f"| {name} | {taken / N_TEXTS * 1e6:,.0f} | {taken / seconds['words']:.2f} |"


def whole_process(model: Path, file: Path) -> Iterator[str]:
    """`score file.txt` from start to exit, against importing numpy."""
    commands = {
        '`python -c "import numpy"`': [sys.executable, "-c", "import numpy"],
        "`score file.txt`": [_score(), "--model", str(model), str(file)],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(N_ROUNDS):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            times[name].append(time.perf_counter() - begun)
    floor = statistics.median(times['`python -c "import numpy"`'])
    yield "| process | ms | times numpy |"
    yield "|---|---:|---:|"
    for name, taken in times.items():
        yield f"| {name} | {statistics.median(taken) * 1000:,.0f} | {statistics.median(taken) / floor:.2f} |"


def peak_memory(model: Path, folder: Path, n_files: int) -> Iterator[str]:
    """The most memory that a run over a folder holds at once."""
    for i, text in enumerate(texts(n_files, N_CHARACTERS, seed=1)):
        place = folder / f"{i // 1000:03}"
        place.mkdir(exist_ok=True)
        (place / f"{i:05}.txt").write_text(text, encoding="utf-8")
    watcher = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    yield f"| {n_files:,} files | MB at most |"
    yield "|---|---:|"
    for name, options in {"`score folder`": [], "`score folder --format jsonl`": ["--format", "jsonl"]}.items():
        command = [sys.executable, "-c", watcher, _score(), "--model", str(model), *options, str(folder)]
        peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        yield f"| {name} | {peak * UNIT / 1e6:,.0f} |"


def scaling(model: Path) -> Iterator[str]:
    """Time by length of the article: linear is a constant ratio."""
    yield "| characters | ms | times the pass |"
    yield "|---:|---:|---:|"
    for length in LENGTHS:
        (text,) = texts(1, length)
        seconds = fastest(
            5, {"words": lambda text=text: WORD.findall(text.lower()), "score": lambda text=text: scorer.score(text, model=model)}
        )
        yield f"| {len(text):,} | {seconds['score'] * 1000:,.1f} | {seconds['score'] / seconds['words']:.1f} |"


def _score() -> str:
    return str(Path(sys.executable).with_name("score"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=DEFAULT, help="another model: its file, or the folder that holds it")
    parser.add_argument("--files", type=int, default=10_000, help="how many files the folder of the memory run holds")
    options = parser.parse_args(arguments)
    lines = []
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place, "small"), Path(place, "large")
        small.mkdir()
        large.mkdir()
        parts = (
            ("The whole way, on one core", the_whole_way(options.model, small)),
            ("One file, the whole process", whole_process(options.model, small / "000.txt")),
            ("By length of the article: `score`, with all its evidence", scaling(options.model)),
            ("Memory", peak_memory(options.model, large, options.files)),
        )
        for title, part in parts:
            for line in ("", f"## {title}", "", *part):
                lines.append(line)
                print(line, flush=True)
    about = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, scorer {scorer.__version__}."
    head = (
        "# Benchmarks\n\nWritten by `make benchmark` from pages made of our own (data/samples, tests/pages). The times are\n"
        f"those of one machine on one day; the ratios are what to compare.\n\n{about}\n"
    )
    REPORT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
