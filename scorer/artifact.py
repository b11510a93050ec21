"""Targets -> the model file: plain numbers and text, saved with joblib."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import joblib

from scorer.model import FILE_NAME, FORMAT, Curve, Target
from scorer.version import __version__

# Terms kept: 4,000 reproduce the ranking of all to a correlation of .995, and make a file of a fifth of the allowed 2 MB.
N_TERMS = 4000


def slim(target: Target) -> Target:
    """The target with its heaviest terms only, rounded to four digits: the same data then gives the same bytes.

    A headline's terms are all kept: a word without a weight of its own would be read as one that is not known.
    """
    n_terms = N_TERMS if target.scope == "article" else len(target.terms)
    weighing = (term for term, weight in target.terms.items() if weight or target.scope == "headline")
    heaviest = sorted(weighing, key=lambda term: (-abs(target.terms[term]), term))[:n_terms]
    return target._replace(
        intercept=rounded(target.intercept),
        centre=rounded(target.centre),
        terms={term: rounded(target.terms[term]) for term in sorted(heaviest)},
        curves={
            name: Curve([rounded(k) for k in c.knots], [rounded(v) for v in c.values], rounded(c.missing))
            for name, c in target.curves.items()
        },
    )


def rounded(number: float) -> float:
    """Four significant digits."""
    return float(f"{number:.4g}")


def save(
    targets: Mapping[str, Target], output: Path, trained_on: str = "public labelled sets named in data/manifest.csv"
) -> None:
    """Write the artifact: numbers and text only, so that the file can be loaded without trusting it."""
    content = {
        "format": FORMAT,
        "name": output.resolve().name,
        "version": __version__,
        "about": {"trained_on": trained_on},
        "targets": {
            name: {
                "intercept": target.intercept,
                "centre": target.centre,
                "scope": target.scope,
                "widths": [list(pair) for pair in target.widths],
                "terms": "\n".join(term.decode() for term in target.terms),
                "weights": list(target.terms.values()),
                "curves": {signal: curve._asdict() for signal, curve in sorted(target.curves.items())},
            }
            for name, target in targets.items()
        },
    }
    output.mkdir(parents=True, exist_ok=True)
    joblib.dump(content, output / FILE_NAME)
