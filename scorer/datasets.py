"""The labelled tables -> rows to learn from: text, source, label. Near copies removed, sources kept apart."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd


class DatasetError(ValueError):
    """A labelled table that is missing or malformed; the message names it and says what to do, in one line."""


def load(data: Path, name: str) -> pd.DataFrame:
    """A table of `data`: JSON lines, gzipped, described in data/README.md. Raises DatasetError."""
    path = data / f"{name}.jsonl.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return pd.DataFrame([json.loads(line) for line in file])
    except FileNotFoundError:
        raise DatasetError(f"{path}: not there; `scorer data` says where each table comes from") from None
    except (OSError, EOFError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as gzipped JSON lines: {error}") from None


def page_text(title: str | None, text: str) -> str:
    """Title and text as one page, as a scraper would have left them: title, blank line, paragraphs."""
    title = (title or "").strip().replace("\n", " ")
    return f"{title}\n\n{text}" if title else text


# Copies of one wire story share most runs of five words at their beginning; unrelated articles share next to none
# (5-word shingles after Broder 1997).
_SHINGLE, _HEAD_WORDS, _COPY_SHARE = 5, 400, 0.5


def first_copies(texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """A mask, one a text, that is False for a near copy of an earlier text."""
    seen: dict[int, int] = {}
    sizes: list[int] = []
    keep = np.ones(len(texts), dtype=bool)
    for i, text in enumerate(texts):
        shingles = list(dict.fromkeys(_shingles(text)))
        sizes.append(len(shingles))
        shared = Counter(seen[shingle] for shingle in shingles if shingle in seen)
        if shared:
            earlier, n_shared = shared.most_common(1)[0]
            keep[i] = n_shared < _COPY_SHARE * min(len(shingles), sizes[earlier])
        if keep[i]:
            for shingle in shingles:
                seen.setdefault(shingle, i)
    return keep


def _shingles(text: str) -> Iterator[int]:
    words = re.findall(r"[a-z]+", text.lower())[:_HEAD_WORDS]
    # crc32, not hash(): the same data must give the same rows in every process.
    return (crc32(" ".join(words[i : i + _SHINGLE]).encode()) for i in range(max(1, len(words) - _SHINGLE + 1)))


def folds(sources: Sequence[str], n_folds: int, seed: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The fold of each row, 0 to `n_folds` - 1: rows of one source share a fold, folds are of nearly equal size."""
    names, rows, sizes = np.unique(np.asarray(sources, dtype=str), return_inverse=True, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    load_of = np.zeros(n_folds)
    fold_of = np.zeros(len(names), dtype=np.int64)
    for name in order:
        fold = int(load_of.argmin())
        fold_of[name] = fold
        # A large source must not fill a fold alone: beyond 50 articles it counts no further.
        load_of[fold] += min(sizes[name], 50)
    return fold_of[rows]


def equal_weights(sources: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Weights that let every source weigh the same, with mean 1."""
    _, rows, sizes = np.unique(np.asarray(sources, dtype=str), return_inverse=True, return_counts=True)
    weights = 1.0 / sizes[rows]
    return np.asarray(weights / weights.mean())
