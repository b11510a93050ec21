"""Score how sensational English news pages are written and how well they are sourced, and show the words it rests on."""

from scorer.model import ModelError
from scorer.parse import parse
from scorer.pipeline import score, score_table
from scorer.types import Article, Measurement, Page, Score, Signal, Span

__all__ = [
    "Article",
    "Measurement",
    "ModelError",
    "Page",
    "Score",
    "Signal",
    "Span",
    "parse",
    "score",
    "score_table",
]
__version__ = "0.1.0"
