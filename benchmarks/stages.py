"""What each stage of the way from a file to its scores costs, in passes of `re` over the same texts; and by length."""

from __future__ import annotations

import gc
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from documents import texts

import scorer
from scorer.features import measure
from scorer.read import read
from scorer.terms import match
from scorer.text import fold

N_TEXTS, N_CHARACTERS, N_ROUNDS = 200, 4000, 9
LENGTHS = (1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000)
WORD = re.compile(r"\w+")


def fastest(rounds: int, stages: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Run all stages in turns, `rounds` times; the least processor time of each, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in stages}
    gc.disable()  # in all, since `score_table` does so: else its parts would take longer than the whole
    for _ in range(rounds):
        for name, stage in stages.items():
            gc.collect()
            begun = time.process_time()
            stage()
            times[name].append(time.process_time() - begun)
    gc.enable()
    return {name: min(taken) for name, taken in times.items()}


def the_whole_way() -> Iterator[str]:
    """Stage by stage, against one pass of `re` over the same texts."""
    pages = list(texts(N_TEXTS, N_CHARACTERS))
    frame = pd.DataFrame({"content": pages})
    folds = [fold(text) for text in pages]
    articles = [scorer.parse(scorer.Page(id="", content=text)) for text in pages]
    scorer.score_table(frame)
    with tempfile.TemporaryDirectory() as place:
        for i, text in enumerate(pages):
            Path(place, f"{i:03}.txt").write_text(text, encoding="utf-8")
        seconds = fastest(
            N_ROUNDS,
            {
                "words": lambda: [WORD.findall(text.lower()) for text in pages],
                "read": lambda: list(read([place])),
                "fold": lambda: [fold(text) for text in pages],
                "match": lambda: [match(folded) for folded in folds],
                "parse": lambda: [scorer.parse(scorer.Page(id="", content=text)) for text in pages],
                "measure": lambda: [measure(article) for article in articles],
                "table": lambda: scorer.score_table(frame),
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


def by_length() -> Iterator[str]:
    """Time by length of the article: linear is a constant ratio."""
    yield "| characters | ms | times the pass |"
    yield "|---:|---:|---:|"
    for length in LENGTHS:
        (text,) = texts(1, length)
        seconds = fastest(
            5, {"words": lambda text=text: WORD.findall(text.lower()), "score": lambda text=text: scorer.score(text)}
        )
        yield f"| {len(text):,} | {seconds['score'] * 1000:,.1f} | {seconds['score'] / seconds['words']:.1f} |"
