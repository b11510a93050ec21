"""Floors: the figures that a change may not lower, pinned with a digest of the rows they were measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scorer.evaluate import Judgement, digest

FILE_NAME = "floors.json"

# How far a figure may fall below its floor: the last digit that is printed.
TOLERANCE = 0.001

# Only the figures of the scores themselves are pinned: of probes and ablations neither way is better.
_PINNED = ("Clickbait strength", "Sensationalism", "Reliability", "Other labels")


class Measured(NamedTuple):
    """Figures by their names, and a digest of the rows they were measured on. Of a name with "error", "Brier" or "time" in
    it less is better.
    """

    rows: str
    figures: Mapping[str, float]


def of_judgement(judgement: Judgement) -> Measured:
    """The figures of a model's scores."""
    figures = {
        f"{heading}: {figure.name.strip()}": figure.value
        for heading, figures in judgement.figures
        if heading.startswith(_PINNED)
        for figure in figures
    }
    return Measured(digest(judgement.tables), figures)


def _is_worse(name: str, value: float, floor: float) -> bool:
    if any(word in name for word in ("error", "Brier", "time")):
        return not value <= floor + TOLERANCE
    return not value >= floor - TOLERANCE


def check(floors: Path, measured: Measured) -> list[str]:
    """What is worse than the file allows, one line each; changed rows are one of them."""
    pinned = json.loads(floors.read_text(encoding="utf-8"))
    problems = [] if pinned["rows"] == measured.rows else ["the judged rows have changed: pin the floors again"]
    for name, floor in pinned["figures"].items():
        value = measured.figures.get(name, float("nan"))
        if _is_worse(name, value, floor):
            problems.append(f"{name}: {value:.4f}, floor {floor:.4f}")
    return problems


def pin(floors: Path, measured: Measured, *, allow_regression: bool) -> list[str]:
    """Write the figures as floors; refuse to lower one on the same rows unless told to. Returns what was refused."""
    if floors.exists() and not allow_regression:
        problems = check(floors, measured)
        if problems:
            return [*problems, "not pinned: --allow-regression lowers floors"]
    content = {"rows": measured.rows, "figures": {name: round(value, 4) for name, value in measured.figures.items()}}
    partial = floors.with_suffix(".part")
    partial.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    partial.replace(floors)
    return []
