"""The signals as a scikit-learn transformer: texts in, a row of measurements for each out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from scorer.features import measure
from scorer.parse import parse
from scorer.signals import SIGNALS
from scorer.terms import use_terms
from scorer.types import Page

if TYPE_CHECKING:
    Array = np.ndarray[Any, np.dtype[Any]]


class ArticleSignals(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Measure the signals of news pages, to stand beside TF-IDF in a pipeline of your own.

    `signals`: the names to measure, in the order of the columns; None measures all, in the order of
    `scorer.signals.SIGNALS`. `missing`: what stands for a signal that could not be measured (a headline signal on a page
    without a headline); NaN unless said otherwise. Estimators that refuse NaN need an imputer behind this, or a number
    here. What a number in a column means, and its unit, is in docs/signals.md.

    Nothing is learned from the texts: `fit` checks the parameters only, and `transform` works without it.
    """

    def __init__(self, signals: Sequence[str] | None = None, *, missing: float = nan) -> None:
        """Keep the parameters as they are; `fit` and `transform` check them."""
        self.signals = signals
        self.missing = missing

    def fit(self, X: Iterable[str | Page | None], y: object = None) -> ArticleSignals:  # noqa: ARG002, N803 - their names
        """Check the parameters and that `X` can hold texts; learn nothing. Raises ValueError for an unknown signal."""
        self._names()
        _texts(X)
        return self

    def transform(self, X: Iterable[str | Page | None]) -> Array:  # noqa: N803
        """Return a float array, a row a text, a column a signal.

        `X` holds texts of pages as they were scraped, or `scorer.Page` where one is HTML or has an address; a missing
        text (None, NaN) gives a row of `missing`. Raises ValueError for an unknown signal or a single string, TypeError
        for an item that is no text.
        """
        use_terms({})  # whatever a scorer.toml had added
        names = self._names()
        rows = []
        for text in _texts(X):
            measured = measure(parse(text if isinstance(text, Page) else Page(id="text", content=text)))
            rows.append([measured[name].value for name in names])
        values = np.array(rows, dtype=np.float64).reshape(-1, len(names))
        if self.missing == self.missing:
            values[np.isnan(values)] = self.missing
        return values

    def get_feature_names_out(self, input_features: object = None) -> Array:  # noqa: ARG002
        """Return the names of the columns: those of the signals."""
        return np.array(self._names(), dtype=object)

    def _names(self) -> list[str]:
        known = [signal.name for signal in SIGNALS]
        if self.signals is None:
            return known
        unknown = sorted(set(self.signals).difference(known))
        if unknown:
            raise ValueError(f"no signal {unknown[0]!r}; `scorer signals` lists them")
        return list(self.signals)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:  # noqa: ANN401 - sklearn.utils.Tags
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.input_tags.allow_nan = True
        tags.requires_fit = False
        return tags


def _texts(given: Iterable[object]) -> list[str | Page]:
    if isinstance(given, str):
        raise ValueError("a single text was given; give a list of texts, [text]")
    texts: list[str | Page] = []
    for number, text in enumerate(given):
        if isinstance(text, str | Page):
            texts.append(text)
        elif text is None or text != text:
            texts.append("")
        else:
            raise TypeError(f"item {number} is of type {type(text).__name__}, not a text; give a list or a column of texts")
    return texts
