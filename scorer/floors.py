"""Floors: the figures that a change may not lower, pinned with a digest of the rows they were measured on."""

from __future__ import annotations

import json
from pathlib import Path

from scorer.evaluate import Judgement, digest

# How far a figure may fall below its floor: the last digit that is printed.
TOLERANCE = 0.001

# Only the figures of the scores themselves are pinned: of probes and ablations neither way is better.
_PINNED = ("Clickbait strength", "Sensationalism", "Reliability")


def _figures(judgement: Judgement) -> dict[str, float]:
    return {
        f"{heading}: {figure.name.strip()}": figure.value
        for heading, figures in judgement.figures
        if heading.startswith(_PINNED)
        for figure in figures
    }


def _is_worse(name: str, value: float, floor: float) -> bool:
    if "error" in name or "Brier" in name:
        return not value <= floor + TOLERANCE
    return not value >= floor - TOLERANCE


def check(floors: Path, judgement: Judgement) -> list[str]:
    """What is worse than the file allows, one line each; changed rows are one of them."""
    pinned = json.loads(floors.read_text(encoding="utf-8"))
    problems = [] if pinned["rows"] == digest(judgement.tables) else ["the judged rows have changed: pin the floors again"]
    values = _figures(judgement)
    for name, floor in pinned["figures"].items():
        value = values.get(name, float("nan"))
        if _is_worse(name, value, floor):
            problems.append(f"{name}: {value:.4f}, floor {floor:.4f}")
    return problems


def pin(floors: Path, judgement: Judgement, *, allow_regression: bool) -> list[str]:
    """Write the figures as floors; refuse to lower one on the same rows unless told to. Returns what was refused."""
    if floors.exists() and not allow_regression:
        problems = check(floors, judgement)
        if problems:
            return [*problems, "not pinned: --allow-regression lowers floors"]
    content = {"rows": digest(judgement.tables), "figures": {k: round(v, 4) for k, v in _figures(judgement).items()}}
    partial = floors.with_suffix(".part")
    partial.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    partial.replace(floors)
    return []
