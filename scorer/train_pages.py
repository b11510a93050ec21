"""Fit the models of `scorer.parse` that tell an article's text from what surrounds it, of HTML and of plain text.

`python -m scorer.train_pages DATA` learns from the development half of the labelled pages (see
`scorer.evaluate_pages`) and writes `html_weights.json` and `lines_weights.json` into `scorer/parse`: an intercept and a
weight a fact, plain numbers. `python -m scorer.train_pages DATA lines` writes only the latter, `html` only the former.
The model of lines learns from the same pages flattened to one block a line, from their articles alone, and from our own
pages in `tests/pages` (a*, b*).
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from scorer.evaluate_pages import load
from scorer.page_metrics import gold_blocks, without_marks
from scorer.parse import html, lines
from scorer.parse.furniture import Block, find_furniture
from scorer.parse.line_facts import line_facts
from scorer.parse.plain import plain_blocks
from scorer.terms import match
from scorer.text import fold, words

#: Small: some 150 pages teach some 400 facts.
REGULARISATION = 0.3
_WEIGHTS = Path(html.__file__).with_name("html_weights.json")
#: Larger: fewer facts hold of a line, and more of it must be said by each.
_LINE_REGULARISATION = 1.0
_LINE_WEIGHTS = Path(lines.__file__).with_name("lines_weights.json")
# lxml takes no text that declares the encoding it had.
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_OUR_PAGES = Path(__file__).parents[1] / "tests" / "pages"


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
    body, sizes = _lined_up(gold, texts)
    # Every page counts alike; within it a block counts by the logarithm of its words.
    raw = [math.log1p(size) for size in sizes]
    total = sum(raw) or 1.0
    return Example(facts, body, [20 * w / total + 0.02 for w in raw])


def _lined_up(gold: list[tuple[str, str]], texts: list[str]) -> tuple[list[bool], list[int]]:
    """Which of our texts are body, their words lined up with those of the labelled ones, and how many words each has."""
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
    return [2 * n_body[i] > sizes[i] for i in range(len(texts))], [sizes[i] for i in range(len(texts))]


def fit(examples: list[Example], regularisation: float) -> dict[str, Any]:
    """Fit the model: {"intercept": ..., "weights": {fact: ...}}."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([fact for example in examples for fact in example.facts])
    model = LogisticRegression(C=regularisation, max_iter=3000)
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


# Plain text -----------------------------------------------------------------------------------------------------------


def read_line_examples(data: Path, half: str = "dev") -> list[Example]:
    """Read the pages of one half as lines; each also as its article alone, which must be left whole."""
    pages = []
    for name in ("article_extraction_benchmark", "wcxb"):
        for _, content, known in load(data, name, half).pages:
            true = known["articleBody"] if "articleBody" in known else known["ground_truth"]["main_content"]
            texts = [text for text, _ in gold_blocks(_DECLARATION.sub("", content))]
            body, _ = _lined_up([(true, "body")], texts)
            pages.append([(text, "body" if is_body else "none") for text, is_body in zip(texts, body, strict=True)])
    pages += [gold_blocks(annotated) for _, _, annotated in load(data, "l3s_gn1", half).pages]
    examples = []
    for page in pages:
        alone = [(text, label) for text, label in page if label in ("body", "headline")]
        examples.append(_lines_example(page))
        if any(label == "body" for _, label in alone):
            examples.append(_lines_example(alone))
    return examples


def read_our_lines() -> list[Example]:
    """Read our own pages with their zones line by line; a wrapped paragraph is one line."""
    examples = []
    for path in sorted(_OUR_PAGES.glob("[ab]*.txt")):
        text = path.read_text(encoding="utf-8")
        labels = path.with_suffix(".gold").read_text(encoding="utf-8").split("\n")
        blocks, wrapped = plain_blocks(text)
        body = [labels[text.count("\n", 0, block.start)] == "body" for block in blocks]
        examples.append(_lines_of(text, blocks, body, wrapped=wrapped))
    return examples


def _lines_example(page: list[tuple[str, str]]) -> Example:
    text, blocks = "", []
    for line, _ in page:
        blocks.append(Block(len(text), len(text) + len(line)))
        text += line + "\n"
    return _lines_of(text, blocks, [label == "body" for _, label in page], wrapped=False)


def _lines_of(text: str, blocks: list[Block], body: list[bool], *, wrapped: bool) -> Example:
    """Take the facts of the lines that furniture leaves open; every page counts alike."""
    folded = fold(text)
    hits, _ = match(folded.replace(b"\n", b" ") if wrapped else folded)
    shapes, labels, roles = find_furniture(text, folded, blocks, hits)
    facts = [dict.fromkeys(names, 1.0) for names in line_facts(shapes, labels, roles)]
    undecided = [i for i, label in enumerate(labels) if not label]
    raw = [math.log1p(len(shapes[i].text.split())) for i in undecided]
    total = sum(raw) or 1.0
    return Example([facts[i] for i in undecided], [body[i] for i in undecided], [20 * w / total + 0.02 for w in raw])


def main(data: Path, which: Sequence[str] = ("html", "lines")) -> None:
    """Learn from the development half and write the weights."""
    if "html" in which:
        _write(read_examples(data), REGULARISATION, _WEIGHTS)
    if "lines" in which:
        _write([*read_line_examples(data), *read_our_lines()], _LINE_REGULARISATION, _LINE_WEIGHTS)


def _write(examples: list[Example], regularisation: float, path: Path) -> None:
    path.write_text(json.dumps(fit(examples, regularisation), indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(examples)} pages, {sum(len(e.facts) for e in examples)} blocks -> {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ("html", "lines"))
