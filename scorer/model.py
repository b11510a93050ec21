"""Load an artifact, predict, say what each signal added. Knows no article.

The model of a target is additive: its log-odds are an intercept plus one contribution a signal, read off a piecewise
linear curve (knots and values; flat beyond the ends; a value of its own where the signal could not be measured).
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import pickle
import pickletools
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import exp, isfinite, sqrt
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from scorer.types import TARGETS

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

FORMAT = 1
FILE_NAME = "model.joblib"
LARGEST_FILE = 8 * 1024 * 1024

_HERE = Path(__file__).parent
# Inside an installed wheel the models lie in the package, in a checkout beside it.
DEFAULT = next((p for p in (_HERE / "models" / "default", _HERE.parent / "models" / "default") if p.is_dir()), _HERE / "models")


class ModelError(ValueError):
    """A model file that cannot be used; the message names it and says why, in one line."""


class Curve(NamedTuple):
    """Contribution of a signal in log-odds over its value: `knots` ascending, as many `values`, `missing` for NaN."""

    knots: Sequence[float]
    values: Sequence[float]
    missing: float

    def at(self, x: float) -> float:
        """The contribution at the value `x`, linear between knots and flat outside them."""
        if x != x:
            return self.missing
        knots, values = self.knots, self.values
        if x <= knots[0]:
            return values[0]
        if x >= knots[-1]:
            return values[-1]
        i = bisect_right(knots, x)
        left = knots[i - 1]
        return values[i - 1] + (values[i] - values[i - 1]) * (x - left) / (knots[i] - left)

    def at_each(self, x: Array) -> Array:
        """`at` of each number of a column, the same to the last bit."""
        import numpy as np

        knots, values = np.array(self.knots), np.array(self.values)
        i = np.searchsorted(knots, x, side="right").clip(1, max(len(knots) - 1, 1))
        at = np.full(len(x), values[0])
        inside = (x > knots[0]) & (x < knots[-1])
        i, left = i[inside], knots[i[inside] - 1]
        at[inside] = values[i - 1] + (values[i] - values[i - 1]) * (x[inside] - left) / (knots[i] - left)
        at[x >= knots[-1]] = values[-1]
        at[x <= knots[0]] = values[0]
        at[np.isnan(x)] = self.missing
        return at


class Target(NamedTuple):
    """The additive model of one target.

    `terms` are weights of words: a text of n words of which t are the term w adds weight(w) * sqrt(t / n); their sum,
    less `centre` (what they add to the average article), is the contribution LEARNED_WORDS. `scope` says which words:
    those of the headline and the body's own voice ("article"), or those of the headline and their pairs ("headline").
    `widths` are pairs of a number of words and, for texts of up to so many, half the width of the interval in log-odds.
    """

    intercept: float
    curves: Mapping[str, Curve]
    terms: Mapping[bytes, float] = MappingProxyType({})
    scope: str = "article"
    centre: float = 0.0
    widths: Sequence[tuple[int, float]] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """An artifact in memory. `about` is the text the trainer wrote; `sha256` that of the file; `vocabulary` holds, for each
    scope, the terms that weigh anything for a target of that scope. `switched_off` are signals kept from adding anything,
    `words` terms to be found beside those of each list.
    """

    name: str
    version: str
    sha256: str
    targets: Mapping[str, Target]
    about: Mapping[str, str]
    switched_off: tuple[str, ...] = ()
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    vocabulary: Mapping[str, frozenset[bytes]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        scopes: dict[str, set[bytes]] = {}
        for target in self.targets.values():
            scopes.setdefault(target.scope, set()).update(target.terms)
        object.__setattr__(self, "vocabulary", {scope: frozenset(terms) for scope, terms in scopes.items()})

    @property
    def identity(self) -> dict[str, str]:
        """What names the model in every output."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}


@cache
def without(model: Model, signals: tuple[str, ...]) -> Model:
    """The model with `signals` adding nothing, whatever they measure; all else adds what it did."""
    nothing = Curve((0.0,), (0.0,), 0.0)
    targets = {
        name: target._replace(curves={signal: nothing if signal in signals else curve for signal, curve in target.curves.items()})
        for name, target in model.targets.items()
    }
    return replace(model, targets=targets, switched_off=signals)


#: Under this name the contribution of the learned words stands beside those of the signals.
LEARNED_WORDS = "learned_words"


def contributions(target: Target, values: Mapping[str, float], words: Counter[bytes], n_words: int) -> dict[str, float]:
    """What each signal, and the learned words together, add to the log-odds.

    `values` are the measurements by signal (NaN: not measured), `words` the counts of the terms in the target's scope,
    `n_words` how many words that scope has. Raises KeyError if a signal the model was fitted on was not measured.
    """
    added = {name: curve.at(values[name]) for name, curve in target.curves.items()}
    if target.terms:
        added[LEARNED_WORDS] = learned(target, words, n_words)
    return added


def learned(target: Target, words: Counter[bytes], n_words: int) -> float:
    """What the learned words of a text add together, less what they add to the average article."""
    if not n_words:
        return 0.0
    weights = target.terms
    roots = {count: sqrt(count / n_words) for count in set(words.values())}
    return sum([weights[word] * roots[count] for word, count in words.items() if word in weights]) - target.centre


def term_contributions(target: Target, words: Counter[bytes], n_words: int) -> dict[bytes, float]:
    """What each learned word of a text adds, before `target.centre` is taken off."""
    weights = target.terms
    if not n_words:
        return {}
    roots = {count: sqrt(count / n_words) for count in set(words.values())}
    return {word: weights[word] * roots[count] for word, count in words.items() if word in weights}


def probability(target: Target, added: Mapping[str, float]) -> float:
    """The score in 0-1: the logistic function of intercept plus contributions."""
    return logistic(target.intercept + sum(added.values()))


def probabilities(target: Target, table: Mapping[str, Array], learned: Sequence[float]) -> list[float]:
    """`probability` for each row of a table of measurements: the same to the last bit, a column at a time.

    `learned` is what the learned words add to each row.
    """
    added = [curve.at_each(table[name]).tolist() for name, curve in target.curves.items()]
    if target.terms:
        added.append(learned)
    return [logistic(target.intercept + sum(row)) for row in zip(*added, strict=True)]


def interval(target: Target, added: Mapping[str, float], n_words: int) -> tuple[float, float]:
    """Where the score would lie, nine times in ten, had the model been trained on other sources: low and high, in 0-1.

    Split conformal over sources (Vovk et al. 2005): the half-width is the 90 % quantile, among training articles of like
    length, of how far their log-odds moved when their source was left out of the training.
    """
    centre = target.intercept + sum(added.values())
    half = next((width for limit, width in target.widths if n_words <= limit), target.widths[-1][1] if target.widths else 0.0)
    return logistic(centre - half), logistic(centre + half)


def logistic(log_odds: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    if log_odds >= 0:
        return 1.0 / (1.0 + exp(-log_odds))
    odds = exp(log_odds)
    return odds / (1.0 + odds)


class _PlainUnpickler(pickle.Unpickler):
    """Admits numbers, text, lists and dicts: nothing that would have to be imported, so no code of the file's runs."""

    def find_class(self, module: str, name: str) -> NoReturn:
        asked = f"{module}.{name}"[:80]
        raise ModelError(f"it asks for {asked!r}, and a model holds plain numbers and text only")

    def persistent_load(self, pid: object) -> NoReturn:
        raise ModelError(f"it refers to an object outside the file (a {type(pid).__name__})")


def load(path: str | os.PathLike[str] = DEFAULT) -> Model:
    """Load a model from its file or from the folder that holds it, once for each version of the file. Raises ModelError."""
    file = Path(path)
    if file.is_dir():
        file = file / FILE_NAME
    try:
        status = file.stat()
    except OSError as error:
        raise ModelError(f"{file}: cannot be read: {error.strerror}") from None
    return _load(file, (status.st_mtime_ns, status.st_size))


@cache
def _load(file: Path, _version: tuple[int, int]) -> Model:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ModelError(f"{file}: cannot be read: {error.strerror}") from None
    if len(data) > LARGEST_FILE:
        raise ModelError(f"{file}: larger than {LARGEST_FILE >> 20} MiB: not a model of ours")
    try:
        _check_memo(data)
        content = _PlainUnpickler(io.BytesIO(data)).load()
    except ModelError as error:
        raise ModelError(f"{file}: refused: {error}") from None
    except Exception as error:  # a broken pickle may raise nearly anything
        raise ModelError(f"{file}: not a model file, or cut short ({type(error).__name__}); train or copy it again") from None
    return _read_content(content, str(file), hashlib.sha256(data).hexdigest())


def _check_memo(data: bytes) -> None:
    """Refuse a pickle that numbers its objects beyond any it can hold: the unpickler would make room for all of them."""
    for code, argument, _ in pickletools.genops(data):
        if code.name in ("PUT", "LONG_BINPUT") and isinstance(argument, int) and argument > len(data):
            raise ModelError("it asks for more memory than a model needs")
        if code.name in ("GLOBAL", "STACK_GLOBAL"):
            return  # the unpickler stops here, and says at what


def _read_content(content: Any, file: str, digest: str) -> Model:  # noqa: ANN401
    if not isinstance(content, dict) or not isinstance(content.get("format"), int) or not 0 < content["format"] < 10**6:
        raise ModelError(f"{file}: not a model of scorer")
    if content["format"] != FORMAT:
        raise ModelError(f"{file}: format {content['format']}, this version reads format {FORMAT}; update scorer or retrain")
    try:
        targets = {
            name: Target(
                _finite(content["targets"][name]["intercept"]),
                {_text(s): _curve(curve) for s, curve in content["targets"][name]["curves"].items()},
                _terms(content["targets"][name]["terms"], content["targets"][name]["weights"]),
                _scope(content["targets"][name]["scope"]),
                _finite(content["targets"][name]["centre"]),
                [(int(limit), _finite(width)) for limit, width in content["targets"][name]["widths"]],
            )
            for name in TARGETS
        }
        about = {_text(key): _text(value) for key, value in content["about"].items()}
        return Model(_text(content["name"]), _text(content["version"]), digest, targets, about)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ModelError(f"{file}: incomplete or malformed ({error}); train it again") from None


def _curve(content: Mapping[str, Any]) -> Curve:
    knots = [_finite(x) for x in content["knots"]]
    values = [_finite(x) for x in content["values"]]
    if not knots or len(knots) != len(values) or any(a >= b for a, b in itertools.pairwise(knots)):
        raise ValueError("knots must ascend, one value each")
    return Curve(knots, values, _finite(content["missing"]))


def _terms(terms: object, weights: object) -> dict[bytes, float]:
    if not isinstance(terms, str) or not isinstance(weights, list):
        raise ValueError("terms must be one text, weights a list")
    return {term.encode(): _finite(w) for term, w in zip(terms.split("\n") if terms else [], weights, strict=True)}


def _finite(number: object) -> float:
    if not isinstance(number, int | float):
        raise ValueError(f"a {type(number).__name__} where a number is expected")
    if not isfinite(number):
        raise ValueError("a number that is not finite")
    return float(number)


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(f"a {type(text).__name__} where text is expected")
    return text


def _scope(scope: object) -> str:
    if scope not in ("article", "headline"):
        raise ValueError("a scope that is neither article nor headline")
    return _text(scope)
