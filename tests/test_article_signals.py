"""The scikit-learn transformer: the measurements of `scorer.features`, in scikit-learn's own terms."""

import pickle
import subprocess
import sys
from math import isnan, nan
from unittest import SkipTest

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.utils import estimator_checks, get_tags
from sklearn.utils.validation import validate_data

import scorer
from scorer.features import measure
from scorer.signals import SIGNALS

NAMES = [signal.name for signal in SIGNALS]
TEXTS = [
    "‘Chilling’ noise baffles town\n\n" + "A terrifying noise was heard on Tuesday, and nobody knows what it was. " * 8,
    "Council meets on plan\n\n" + "The council said on Monday that it would meet again, officials said. " * 8,
    "A headline alone",
    "",
]


class ArticleSignalsOfRows(scorer.ArticleSignals):
    """The transformer on a table of numbers, each row written as a text: scikit-learn's checks have no texts to give.

    With the tags that say "texts" they would make one check and skip all others; so all are made, on this.
    """

    def fit(self, X, y=None):  # noqa: N803
        return super().fit(self.as_texts(X, reset=True), y)

    def transform(self, X):  # noqa: N803
        return super().transform(self.as_texts(X, reset=False))

    def as_texts(self, X, *, reset):  # noqa: N803
        rows = validate_data(self, X, reset=reset).tolist()
        return ["Council gives figures\n\nOfficials said on Monday: " + " said; ".join(map(str, row)) for row in rows]

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array, tags.input_tags.two_d_array, tags.input_tags.allow_nan = False, True, False
        return tags


# Nothing fails that applies. This one skips itself: it needs a setting of SciPy's, and is about arrays of numbers.
SKIPS_ITSELF = {"check_array_api_input"}


@pytest.mark.filterwarnings("ignore")
@estimator_checks.parametrize_with_checks([ArticleSignalsOfRows()])
def test_scikit_learns_own_checks(estimator, check):
    try:
        check(estimator)
    except SkipTest:
        assert getattr(check, "func", check).__name__ in SKIPS_ITSELF


def test_the_tags_say_that_it_takes_texts():
    tags = get_tags(scorer.ArticleSignals())
    assert (tags.input_tags.string, tags.input_tags.two_d_array, tags.requires_fit) == (True, False, False)


def test_rows_are_the_measurements():
    table = scorer.ArticleSignals().fit_transform(TEXTS)
    assert table.shape == (len(TEXTS), len(NAMES))
    assert table.dtype == np.float64
    for row, text in zip(table, TEXTS, strict=True):
        expected = [one.value for one in measure(scorer.parse(scorer.Page(id="x", content=text))).values()]
        np.testing.assert_array_equal(row, expected)
    assert np.isnan(table[3]).all()


def test_html_pages_and_missing_texts():
    page = scorer.Page(id="x", content="<html><body><h1>Horror</h1><p>" + TEXTS[0] + "</p></body></html>", media="html")
    table = scorer.ArticleSignals().transform([page, None, nan])
    expected = [one.value for one in measure(scorer.parse(page)).values()]
    np.testing.assert_array_equal(table[0], expected)
    assert np.isnan(table[1:]).all()


def test_some_signals_in_the_order_asked_for():
    wanted = ["named_sources", "fear_words"]
    some = scorer.ArticleSignals(signals=wanted)
    everything = scorer.ArticleSignals().transform(TEXTS)
    np.testing.assert_array_equal(some.transform(TEXTS), everything[:, [NAMES.index(name) for name in wanted]])
    assert list(some.get_feature_names_out()) == wanted
    with pytest.raises(ValueError, match="no signal 'fear_word'"):
        scorer.ArticleSignals(signals=["fear_word"]).fit(TEXTS)


def test_missing_may_be_a_number():
    measured = scorer.ArticleSignals().transform(TEXTS)
    filled = scorer.ArticleSignals(missing=-1.0).transform(TEXTS)
    np.testing.assert_array_equal(filled, np.where(np.isnan(measured), -1.0, measured))
    assert (filled == -1.0).any()


def test_no_texts_give_no_rows():
    assert scorer.ArticleSignals().transform([]).shape == (0, len(NAMES))


def test_what_is_no_list_of_texts_is_said():
    with pytest.raises(ValueError, match="single text"):
        scorer.ArticleSignals().transform(TEXTS[0])
    with pytest.raises(TypeError, match="item 1 is of type int"):
        scorer.ArticleSignals().transform(["a", 7])


def test_set_output_names_columns_and_keeps_the_index():
    column = pd.Series(TEXTS, index=list("abcd"))
    frame = scorer.ArticleSignals().set_output(transform="pandas").fit_transform(column)
    assert list(frame.columns) == NAMES
    assert list(frame.index) == list("abcd")


def test_clone_and_pickle_keep_the_parameters():
    original = scorer.ArticleSignals(signals=("fear_words",), missing=0.0)
    for copy in (clone(original), pickle.loads(pickle.dumps(original))):
        assert copy.get_params() == original.get_params()
        np.testing.assert_array_equal(copy.transform(TEXTS), original.transform(TEXTS))
    assert isnan(clone(scorer.ArticleSignals()).missing)


def test_it_stands_beside_tf_idf():
    labels = [1, 0, 1, 0]
    signals = make_pipeline(scorer.ArticleSignals(), SimpleImputer(keep_empty_features=True))
    make_pipeline(make_union(signals, TfidfVectorizer()), LogisticRegression()).fit(TEXTS, labels).predict(TEXTS)
    frame = pd.DataFrame({"text": TEXTS})
    by_column = ColumnTransformer([("signals", scorer.ArticleSignals(missing=0.0), "text")])
    names = [f"signals__{name}" for name in NAMES]
    assert list(by_column.fit(frame).get_feature_names_out()) == names
    assert by_column.transform(frame).shape == (4, len(NAMES))


def test_import_scorer_stays_light():
    program = "import scorer, sys; assert 'ArticleSignals' in scorer.__all__; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sklearn", "numpy", "pandas"} & set(loaded)
    with pytest.raises(AttributeError, match="NoSuchThing"):
        _ = scorer.NoSuchThing
