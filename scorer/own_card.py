"""The card of a model taught on a user's own labels: printed from its figures, never written by hand."""

from __future__ import annotations

from pathlib import Path

from scorer.card import FILE_NAME
from scorer.labelled import Rows
from scorer.own_labels import OwnJudgement, reasons, table
from scorer.version import __version__

_TEXT = """# Model card: {name}

Made by scorer {version}. The target **{target}** was taught anew on the labels of {file}; the other two targets are those of the
default model, unchanged (its card says how they were built). The scores describe wording, sourcing and provenance as the text
shows them, never truth. What a label means, only who gave it can say.

Rows: {rows} articles of {sources} sources, near copies left out; {positive} labels above one half.

## Figures on your sources, each judged by a model that was taught without it

{figures}

In brackets: 95 % intervals: bootstrap draws over sources. Labels are cut at one half for the AUC. A source weighs as the
root of its articles.
The default model may have been trained on some of these articles or sources; then it looks better here than it is.

{verdict}

{reasons}

## Weights

Intercept {intercept:+.3f}; {terms} learned words.

| signal | log-odds over its range |
|---|---|
{curves}
"""


def write_own_card(output: Path, file: str, target: str, rows: Rows, judgement: OwnJudgement) -> None:
    """Write card.md beside the model; `file` is the name of the table."""
    taught = judgement.taught.target
    curves = (
        f"| {name} | {', '.join(f'{value:+.2f} at {knot:g}' for knot, value in zip(curve.knots, curve.values, strict=True))} |"
        for name, curve in sorted(taught.curves.items())
    )
    text = _TEXT.format(
        name=output.resolve().name,
        version=__version__,
        target=target,
        file=file,
        rows=len(rows.labels),
        sources=len(set(rows.sources)),
        positive=int((rows.labels > 0.5).sum()),
        figures=table(judgement),
        verdict=judgement.verdict,
        reasons=reasons(judgement),
        intercept=taught.intercept,
        terms=len(taught.terms),
        curves="\n".join(curves),
    )
    (output / FILE_NAME).write_text(text, encoding="utf-8")
