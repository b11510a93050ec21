"""What was read -> the table of scores that every bulk output is: one row for each page, and for each input that gave none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
import pyarrow as pa

from scorer.config import Config
from scorer.model import ModelError
from scorer.pipeline import score_table
from scorer.read import Unreadable
from scorer.report.csv import COLUMNS as READ_COLUMNS
from scorer.report.csv import one_line
from scorer.types import Page

_AT = READ_COLUMNS.index("abstained") + 1
#: Those of the CSV report, and `failed`: why an input gave no page, or a page could not be scored; null for all others.
COLUMNS = (*READ_COLUMNS[:_AT], "failed", *READ_COLUMNS[_AT:])
TEXTS = ("id", "path", "url", "headline", "abstained", "failed")
SCHEMA = pa.schema([(name, pa.string() if name in TEXTS else pa.float64()) for name in COLUMNS])

# Pages scored at once: enough that what a table costs whatever its size is nothing (2 ms in 400), few enough to be
# little in memory, whatever their length.
_MOST_PAGES, _MOST_CHARACTERS = 256, 8 * 1024 * 1024

Result = Page | Unreadable


def in_batches(results: Iterable[Result]) -> Iterator[list[Result]]:
    """Take what was read in lists that are worth a table and fit in memory."""
    batch: list[Result] = []
    size = 0
    for result in results:
        batch.append(result)
        size += len(result.content) if isinstance(result, Page) else 0
        if len(batch) >= _MOST_PAGES or size >= _MOST_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def score_results(results: Sequence[Result], model: str | os.PathLike[str], config: Config | None = None) -> pd.DataFrame:
    """One row of `COLUMNS` for each result, in their order. Texts are str or None, numbers NaN where missing.

    A page that cannot be scored is a row that says so, and takes no other with it. Raises ModelError.
    """
    table = _scored(results, model, config)
    texts = {name: [_text(value) for value in table[name]] for name in TEXTS}
    columns = {name: pd.Series(texts[name], dtype=object) if name in TEXTS else table[name] for name in COLUMNS}
    return pd.DataFrame(columns)


def arrow(table: pd.DataFrame) -> pa.Table:
    """The same as a table of `SCHEMA`, null where a number is missing."""
    return pa.Table.from_pandas(table, schema=SCHEMA, preserve_index=False)


def failure_rows(failures: Sequence[Unreadable]) -> pd.DataFrame:
    """Rows for inputs that gave no page."""
    columns: dict[str, object] = dict.fromkeys(COLUMNS)
    frame = pd.DataFrame({name: pd.Series([None] * len(failures), dtype=object if name in TEXTS else float) for name in columns})
    frame["id"] = frame["path"] = pd.Series([failure.path for failure in failures], dtype=object)
    frame["failed"] = pd.Series([failure.reason for failure in failures], dtype=object)
    return frame


def _scored(results: Sequence[Result], model: str | os.PathLike[str], config: Config | None) -> pd.DataFrame:
    pages = [result for result in results if isinstance(result, Page)]
    pieces = []
    if pages:
        try:
            pieces.append(_page_rows(pages, model, config))
        except ModelError:
            raise
        except Exception as error:
            # A mistake of ours in one page must not cost the others: each by itself.
            if len(pages) == 1:
                pieces.append(
                    failure_rows([Unreadable(pages[0].id, f"cannot be scored: {type(error).__name__}; please report it")])
                )
                pieces[0]["path"] = pages[0].path
            else:
                pieces += [_scored([page], model, config) for page in pages]
    failures = [result for result in results if isinstance(result, Unreadable)]
    if failures:
        pieces.append(failure_rows(failures))
    if not pieces:
        return failure_rows([])
    table = pd.concat(pieces, ignore_index=True) if len(pieces) > 1 else pieces[0]
    if pages and failures:
        order = [i for i, one in enumerate(results) if isinstance(one, Page)]
        order += [i for i, one in enumerate(results) if isinstance(one, Unreadable)]
        table.index = pd.Index(order)
        table = table.sort_index()
    return table.reset_index(drop=True)


def _page_rows(pages: Sequence[Page], model: str | os.PathLike[str], config: Config | None) -> pd.DataFrame:
    parts = {name: [getattr(page, name) for page in pages] for name in ("id", "content", "media", "url", "path")}
    # As objects: the text type of pandas holds no lone surrogate.
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in parts.items()})
    table = score_table(frame, model=model, config=config)
    table["path"], table["url"], table["failed"] = frame["path"], frame["url"], None
    table["headline"] = pd.Series([one_line(headline) or None for headline in table["headline"]], dtype=object)
    return table


def _text(value: object) -> str | None:
    """A text that UTF-8 can write: a lone surrogate, which only a broken page or name holds, becomes U+FFFD."""
    if not isinstance(value, str):
        return None
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value
