"""Rank candidate terms for the loaded word lists; a person reads the table and edits the lists.

Words and phrases of one to three words that annotators marked as loaded are compared with the rest of the same texts
by the z-score of the log-odds ratio with an informative Dirichlet prior. The prior counts all the text once more, so
that a rare term has to be marked more often before it can rank high.

This module prints. It never writes a list: what ranks high is often a topic of its year, and only a reader can tell
wording from topic. The table therefore also says in how many texts a term was marked, and in which of our lists it
already stands.

Source: Monroe, Colaresi & Quinn (2008), "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the
Content of Political Conflict", Political Analysis 16(4). Texts: the PTC corpus (SemEval-2020 task 11) and BABE
(Spinde et al. 2021), read from a folder that the project does not contain.
"""

from __future__ import annotations

import ast
import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

TECHNIQUES = ("Loaded_Language", "Exaggeration,Minimisation", "Appeal_to_fear-prejudice")
LONGEST = 3  # words in a phrase
FEWEST_TEXTS = 3  # in which a term must have been marked
LEXICONS = Path(__file__).with_name("lexicons")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_BREAK = re.compile(r"[.!?:\n\"“”‘]")


@dataclass(frozen=True)
class Marked:
    """A text and the stretches of it that were marked."""

    text: str
    stretches: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Candidate:
    """A term with its counts inside and outside the marked stretches."""

    term: str
    inside: int
    outside: int
    n_texts: int
    z: float


def rank(texts: Iterable[Marked]) -> list[Candidate]:
    """List the terms marked in enough texts that are no names, the most typical of the marked stretches first."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    in_texts: defaultdict[str, set[int]] = defaultdict(set)
    capitalised: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for number, marked in enumerate(texts):
        words = list(_WORD.finditer(marked.text))
        for word in _mid_sentence(marked.text, words):
            seen[word.lower()] += 1
            capitalised[word.lower()] += word[0].isupper()
        for term, start, end in _terms(marked.text, words):
            if any(left <= start and end <= right for left, right in marked.stretches):
                inside[term] += 1
                in_texts[term].add(number)
            else:
                outside[term] += 1
    names = {word for word, n in capitalised.items() if 2 * n > seen[word] and word.partition("'")[0] != "i"}
    n_inside = _count_by_length(inside)
    n_outside = _count_by_length(outside)
    found = []
    for term, n in inside.items():
        parts = term.split()
        if len(in_texts[term]) < FEWEST_TEXTS or not names.isdisjoint(parts):
            continue
        z = log_odds_z(n, n_inside[len(parts)], outside[term], n_outside[len(parts)])
        found.append(Candidate(term, n, outside[term], len(in_texts[term]), z))
    return sorted(found, key=lambda candidate: (-candidate.z, candidate.term))


def log_odds_z(n_here: int, all_here: int, n_there: int, all_there: int) -> float:
    """Compute the z-score of how much more usual a term is here than there, under a prior of both counts together."""
    prior = n_here + n_there
    all_prior = all_here + all_there
    here = n_here + prior
    there = n_there + prior
    log_odds = math.log(here / (all_here + all_prior - here)) - math.log(there / (all_there + all_prior - there))
    return log_odds / math.sqrt(1 / here + 1 / there)


def read_propaganda(data: Path, technique: str) -> list[Marked]:
    """Read the articles of PTC that have a span of this technique."""
    texts = []
    for row in _rows(data / "propaganda_spans.jsonl.gz"):
        stretches = tuple((start, end) for start, end, name in row["spans"] if name == technique)
        if stretches:
            texts.append(Marked(row["text"], stretches))
    return texts


def read_biased(data: Path) -> list[Marked]:
    """Read the sentences of BABE; each word its experts listed as biased is marked where it stands."""
    texts = []
    for row in _rows(data / "biased_sentences.jsonl.gz"):
        text = row["text"]
        listed = [re.escape(word.strip()) for word in ast.literal_eval(row["biased_words"]) if word.strip()]
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(listed, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
        stretches = tuple(match.span() for match in pattern.finditer(text)) if listed else ()
        texts.append(Marked(text, stretches))
    return texts


def read_lists(folder: Path = LEXICONS) -> dict[str, list[str]]:
    """Tell for each term, hyphens read as spaces, in which of our lists it stands."""
    lists: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                lists[line.replace("-", " ")].append(path.stem)
    return dict(lists)


def main(data: Path, top: int) -> None:
    """Print, for each label, a table of the `top` candidates found in the folder `data`."""
    lists = read_lists()
    stop_words = {term for term, names in lists.items() if "stop_words" in names}
    sets = {technique: read_propaganda(data, technique) for technique in TECHNIQUES}
    sets["biased_words"] = read_biased(data)
    for label, texts in sets.items():
        candidates = (found for found in rank(texts) if not stop_words.issuperset(found.term.split()))
        print(f"\n{label}: {len(texts)} texts")
        print(f"{'term':<32}{'inside':>8}{'outside':>9}{'texts':>7}{'z':>8}  in our lists")
        for found in islice(candidates, top):
            ours = ", ".join(lists.get(found.term.replace("-", " "), ())) or "-"
            print(f"{found.term:<32}{found.inside:>8}{found.outside:>9}{found.n_texts:>7}{found.z:>8.2f}  {ours}")


def _terms(text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[str, int, int]]:
    """Yield each word, and each phrase that nothing but a blank interrupts, with where it starts and ends."""
    for first in range(len(words)):
        parts: list[str] = []
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first and text[words[last - 1].end() : words[last].start()] != " ":
                break
            parts.append(words[last].group().lower().replace("’", "'"))
            yield " ".join(parts), words[first].start(), words[last].end()


def _mid_sentence(text: str, words: Sequence[re.Match[str]]) -> Iterator[str]:
    """Yield the words that do not open a sentence or a quotation, where a capital would say nothing."""
    for before, word in pairwise(words):
        if not _SENTENCE_BREAK.search(text, before.end(), word.start()):
            yield word.group().replace("’", "'")


def _count_by_length(counts: Counter[str]) -> Counter[int]:
    lengths: Counter[int] = Counter()
    for term, n in counts.items():
        lengths[term.count(" ") + 1] += n
    return lengths


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
