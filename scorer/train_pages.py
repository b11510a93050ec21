"""Fit the model of `scorer.parse.html` that tells an article's text from what surrounds it.

`python -m scorer.train_pages DATA` learns from the development half of the labelled pages (see
`scorer.evaluate_pages`) and writes `scorer/parse/html_weights.json`: an intercept and a weight a fact, plain numbers.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from scorer.evaluate_pages import gold_blocks, load, without_marks
from scorer.parse import html
from scorer.text import fold, words

#: Small: some 150 pages teach some 400 facts.
REGULARISATION = 0.3
_WEIGHTS = Path(html.__file__).with_name("html_weights.json")


class Example(NamedTuple):
    """A page: the facts of its blocks, which of them are body, and how much each counts."""

    facts: list[dict[str, float]]
    body: list[bool]
    weights: list[float]


def read_examples(data: Path, half: str = "dev") -> list[Example]:
    """Read the pages of one half; those of L3S-GN1 twice, as first sent and as the annotators' browser saved them."""
    examples = []
    for name in ("article_extraction_benchmark", "wcxb"):
        for _, content, known in load(data, name, half).pages:
            true = known["articleBody"] if "articleBody" in known else known["ground_truth"]["main_content"]
            examples.append(_example(content, [(true, "body")]))
    for _, original, annotated in load(data, "l3s_gn1", half).pages:
        gold = gold_blocks(annotated)
        examples += [_example(original, gold), _example(without_marks(annotated), gold)]
    return examples


def _example(content: str, gold: list[tuple[str, str]]) -> Example:
    """Label our blocks by lining up their words with those of the labelled texts."""
    facts, texts = html.read_facts(content)
    true_words, true_labels = [], []
    for text, label in gold:
        tokens = words(fold(text))
        true_words += tokens
        true_labels += [label == "body"] * len(tokens)
    our_words, owners = [], []
    for i, text in enumerate(texts):
        tokens = words(fold(text))
        our_words += tokens
        owners += [i] * len(tokens)
    n_body, sizes = Counter[int](), Counter(owners)
    for at, ours, size in SequenceMatcher(None, true_words, our_words).get_matching_blocks():
        for k in range(size):
            n_body[owners[ours + k]] += true_labels[at + k]
    # Every page counts alike; within it a block counts by the logarithm of its words.
    raw = [math.log1p(sizes[i]) for i in range(len(texts))]
    total = sum(raw) or 1.0
    return Example(facts, [2 * n_body[i] > sizes[i] for i in range(len(texts))], [20 * w / total + 0.02 for w in raw])


def fit(examples: list[Example]) -> dict[str, Any]:
    """Fit the model: {"intercept": ..., "weights": {fact: ...}}."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([fact for example in examples for fact in example.facts])
    model = LogisticRegression(C=REGULARISATION, max_iter=3000)
    model.fit(
        table,
        [label for example in examples for label in example.body],
        sample_weight=[weight for example in examples for weight in example.weights],
    )
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(weight), 4) for name, weight in weights if abs(weight) >= 0.0005},
    }


def main(data: Path) -> None:
    """Learn from the development half and write the weights."""
    examples = read_examples(data)
    _WEIGHTS.write_text(json.dumps(fit(examples), indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(examples)} pages, {sum(len(e.facts) for e in examples)} blocks -> {_WEIGHTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
