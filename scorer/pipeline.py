"""The whole way on one screen: page -> article -> measurements -> score."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from scorer import model as models
from scorer.abstention import abstention, withheld
from scorer.config import Configured, as_config, under
from scorer.features import measure
from scorer.learned import learned_words
from scorer.model import Model, ModelError
from scorer.parse import parse
from scorer.read import Unreadable, read, read_file
from scorer.signals import SIGNALS
from scorer.terms import use_terms
from scorer.text import headline_terms, headline_tokens
from scorer.types import TARGETS, Article, Page, Score

if TYPE_CHECKING:
    import pandas as pd

    from scorer.types import Media


_MEASURED = frozenset(signal.name for signal in SIGNALS)


def load(path: str | os.PathLike[str] = models.DEFAULT, config: Configured = None) -> Model:
    """Load a model from its file or folder, with the words and switches of a scorer.toml or of what was read of one.

    Raises ModelError, also if it asks for a signal that this version lacks; ConfigError.
    """
    model = models.load(path)
    for target in model.targets.values():
        unknown = sorted(target.curves.keys() - _MEASURED)
        if unknown:
            raise ModelError(f"{path}: asks for a signal {unknown[0]!r:.80} that this version lacks; update scorer or retrain")
    configured = as_config(config)
    return under(configured, model) if configured else model


def score_page(page: Page, model: Model) -> Score:
    """Score one page. Never raises for what a page can contain."""
    use_terms(model.words)
    article = parse(page)
    measurements = measure(article)
    values = {name: measurement.value for name, measurement in measurements.items()}
    reason, reasons = _reasons(article)
    scores: dict[str, float | None] = {}
    added, words, intervals = {}, {}, {}
    for target in TARGETS:
        additive = model.targets[target]
        counts, n_words = _words(article, additive.scope, model)
        added[target] = models.contributions(additive, values, counts, n_words)
        words[target] = models.term_contributions(additive, counts, n_words)
        if target in reasons:
            scores[target] = None
        else:
            scores[target] = models.probability(additive, added[target])
            intervals[target] = models.interval(additive, added[target], n_words)
    measurements[models.LEARNED_WORDS] = learned_words(
        article, words, {target: model.targets[target].scope for target in TARGETS}
    )
    return Score(
        id=page.id,
        page=page,
        article=article,
        sensationalism=scores["sensationalism"],
        reliability=scores["reliability"],
        clickbait_strength=scores["clickbait_strength"],
        abstained=reason,
        withheld=reasons,
        intervals=intervals,
        measurements=measurements,
        contributions=added,
        intercepts={target: model.targets[target].intercept for target in TARGETS},
        words=words,
        model=model.identity,
        switched_off=model.switched_off,
    )


def _reasons(article: Article) -> tuple[str | None, dict[str, str]]:
    """Why the article is not scored at all, and why each target that is withheld is."""
    reason = abstention(article)
    return reason, dict.fromkeys(TARGETS, reason) if reason else withheld(article)


def _words(article: Article, scope: str, model: Model) -> tuple[Counter[bytes], int]:
    """The terms of a scope that weigh anything, with their counts, and how many words the scope has."""
    words = article.headline_words
    n_words = len(words)
    headline = article.headline
    if scope == "headline":
        place = slice(headline.start, headline.end) if headline else slice(0)
        terms: Sequence[bytes] = headline_terms(
            headline_tokens(article.text[place], article.folded[place]), model.vocabulary[scope]
        )
    else:
        terms = [*words, *article.voice_words]
        n_words = len(terms)
    return Counter(filter(model.vocabulary[scope].__contains__, terms)), n_words


def score(
    what: str | Page | os.PathLike[str], model: str | os.PathLike[str] = models.DEFAULT, *, config: Configured = None
) -> Score:
    """Score a text, a `Page` or a file.

    `what`: a string is the text itself, a `pathlib.Path` a file. `config`: a scorer.toml, whose words and switches count;
    none is looked for. Returns a `Score`. Raises OSError if the file gives no text, `scorer.ModelError` if the model cannot
    be used, `scorer.ConfigError` if the config cannot.
    """
    if isinstance(what, str):
        page: Page | Unreadable = Page(id="text", content=what)
    elif isinstance(what, Page):
        page = what
    else:
        page = read_file(os.fspath(what))
    if isinstance(page, Unreadable):
        raise OSError(f"{page.path}: {page.reason}")
    return score_page(page, load(model, config))


def score_paths(
    paths: Iterable[str | Path], model: Model, columns: Mapping[str, str] | None = None
) -> Iterator[Score | Unreadable]:
    """Score files, folders and standard input ("-") one after the other; what cannot be read is passed on.

    `columns` names columns of tables, see `scorer.read.read`.
    """
    for page in read(paths, columns):
        yield page if isinstance(page, Unreadable) else score_page(page, model)


def score_table(
    frame: pd.DataFrame, model: str | os.PathLike[str] = models.DEFAULT, *, config: Configured = None
) -> pd.DataFrame:
    """Score a table of pages. Pure: a table in, a table out.

    `frame` has a column `content` and, optionally, `id`, `media` ("text" or "html") and `url`. Returns one row for each
    of its rows, in the same order under the same index: `id`, `headline` (None where there is none), the three scores
    (0-1, NaN where withheld), `abstained` (None or the reason), then one column a signal. A row whose content is missing
    abstains. `config` as in `score`. Raises KeyError without a column `content`, ModelError, ConfigError.
    """
    import numpy as np
    import pandas as pd

    loaded = load(model, config)
    use_terms(loaded.words)
    if "content" not in frame.columns:
        raise KeyError("the table has no column 'content'")
    contents = frame["content"].tolist()
    ids = frame["id"].tolist() if "id" in frame.columns else [str(i) for i in range(len(contents))]
    medias = frame["media"].tolist() if "media" in frame.columns else ["text"] * len(contents)
    urls = frame["url"].tolist() if "url" in frame.columns else [""] * len(contents)
    pages = (
        Page(
            id=str(identity),
            content=content if isinstance(content, str) else "",
            media=cast("Media", media) if isinstance(media, str) else "text",
            url=url if isinstance(url, str) else "",
        )
        for identity, content, media, url in zip(ids, contents, medias, urls, strict=True)
    )
    rows = [row for chunk in _chunks(pages) for row in _rows(chunk, loaded)]
    values = np.array([row.values for row in rows], dtype=float).reshape(-1, len(SIGNALS)).T
    table = {signal.name: column for signal, column in zip(SIGNALS, values, strict=True)}
    scores = {
        target: np.where(
            [target in row.withheld for row in rows],
            nan,
            models.probabilities(loaded.targets[target], table, [row.learned[target] for row in rows]),
        )
        for target in TARGETS
    }
    # Texts as objects: a column has the same type whatever stands in it, also where all of it is None or nothing is.
    texts = {"id": ids, "headline": [row.headline for row in rows], "abstained": [row.abstained for row in rows]}
    text = {name: pd.Series(column, index=frame.index, dtype=object) for name, column in texts.items()}
    columns = {"id": text["id"], "headline": text["headline"], **scores, "abstained": text["abstained"], **table}
    return pd.DataFrame(columns, index=frame.index)


class _Row(NamedTuple):
    """What is kept of an article for its row of a table: values by signal, and what learned words add by target."""

    values: list[float]
    headline: str | None
    abstained: str | None
    withheld: dict[str, str]
    learned: dict[str, float]


def _rows(pages: list[Page], model: Model) -> list[_Row]:
    """The rows of some pages, stage by stage."""
    collects = gc.isenabled()
    gc.disable()  # articles are many small objects without cycles: to look for some again and again takes a sixth of the time
    try:
        articles = [parse(page) for page in pages]
        values = [[measurement.value for measurement in measure(article).values()] for article in articles]
        return [_row(article, its_values, model) for article, its_values in zip(articles, values, strict=True)]
    finally:
        if collects:
            gc.enable()


def _row(article: Article, values: list[float], model: Model) -> _Row:
    span = article.headline
    reason, withheld_targets = _reasons(article)
    counted = {scope: _words(article, scope, model) for scope in model.vocabulary}
    learned = {name: models.learned(target, *counted[target.scope]) for name, target in model.targets.items()}
    return _Row(values, article.text[span.start : span.end] if span else None, reason, withheld_targets, learned)


# Pages that are taken together, in characters. A stage that does many in a row finds its tables still in the processor's
# cache, which saves a tenth of the time; more of them at once would only take memory.
_CHUNK = 500_000


def _chunks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    chunk: list[Page] = []
    size = 0
    for page in pages:
        chunk.append(page)
        size += len(page.content)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
