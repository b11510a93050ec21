"""Score how sensational English news pages are written and how well they are sourced, and show the words it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.config import ConfigError
from scorer.model import ModelError
from scorer.parse import parse
from scorer.pipeline import score, score_table
from scorer.places import find_places
from scorer.types import Article, Measurement, Page, Score, Signal, Span
from scorer.version import __version__

if TYPE_CHECKING:
    from scorer.article_signals import ArticleSignals


def __getattr__(name: str) -> object:
    """What needs scikit-learn is imported when it is asked for: `import scorer` stays fast."""
    if name == "ArticleSignals":
        from scorer.article_signals import ArticleSignals

        return ArticleSignals
    raise AttributeError(f"module 'scorer' has no attribute {name!r}")


def _in_notebook(score: Score) -> str:
    """A score as a notebook shows it: the annotated article. Lies here because `types` knows no report."""
    from scorer.report.html import notebook

    return notebook(score)


setattr(Score, "_repr_html_", _in_notebook)  # noqa: B010 - not a field of the class

__all__ = [
    "Article",
    "ArticleSignals",
    "ConfigError",
    "Measurement",
    "ModelError",
    "Page",
    "Score",
    "Signal",
    "Span",
    "__version__",
    "find_places",
    "parse",
    "score",
    "score_table",
]
