"""A step of datatrove's pipelines: documents -> the same with their scores in `metadata`, or those that a condition keeps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.config import Configured, as_config
from scorer.model import DEFAULT
from scorer.pipeline import load
from scorer.read.kinds import is_markup
from scorer.table import SCHEMA, arrow, score_results
from scorer.types import TARGETS, Page
from scorer.where import condition

try:
    from datatrove.pipeline.filters.base_filter import BaseFilter
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error.name} is not installed; pip install 'scorer[datatrove]'", name=error.name) from None

if TYPE_CHECKING:
    from datatrove.data import Document
    from datatrove.pipeline.writers.disk_base import DiskWriter

    from scorer.types import Media


class ScoreFilter(BaseFilter):  # type: ignore[misc, unused-ignore]
    """Score each document's text, which may be HTML, and write what was found into its metadata under `scorer_` names.

    `where` (docs/batch.md) is the condition of those that are kept; without it all are. `columns` are those of
    `scorer.table` that are written. `config`: a scorer.toml, or what was read of one, whose words and switches count; none is
    looked for. `metadata["url"]` is taken for the page's. Raises WhereError, ModelError, ConfigError, and ValueError for a
    column that there is not.
    """

    name = "📰 Scorer"

    def __init__(
        self,
        where: str | None = None,
        *,
        columns: tuple[str, ...] = (*TARGETS, "abstained", "failed"),
        model: str | os.PathLike[str] = DEFAULT,
        config: Configured = None,
        exclusion_writer: DiskWriter | None = None,
        batch_size: int = 256,
    ) -> None:
        """Check all that can be checked before the pipeline starts."""
        super().__init__(exclusion_writer, batch_size)
        if where:
            condition(where)
        # Read here: the file need not be where the pipeline's workers are.
        self.config = as_config(config)
        load(model, self.config)
        unknown = set(columns) - set(SCHEMA.names)
        if unknown:
            raise ValueError(f"columns: no column {min(unknown)!r}; there are {', '.join(SCHEMA.names)}")
        self.where, self.columns, self.model = where, columns, str(Path(model))

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """Say of each document whether it is kept."""
        pages = [self._page(document) for document in batch]
        rows = arrow(score_results(pages, self.model, self.config))
        for document, row in zip(batch, rows.select(list(self.columns)).to_pylist(), strict=True):
            document.metadata.update({f"scorer_{name}": value for name, value in row.items()})
        if not self.where:
            return [True] * len(batch)
        numbered = rows.append_column("row", [list(range(len(batch)))])
        kept = set(numbered.filter(condition(self.where))["row"].to_pylist())
        return [True if i in kept else (False, "scorer") for i in range(len(batch))]

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Say of one document whether it is kept."""
        return self.filter_batch([doc])[0]

    @staticmethod
    def _page(document: Document) -> Page:
        url = document.metadata.get("url")
        media: Media = "html" if is_markup(document.text) else "text"
        return Page(str(document.id), document.text, media, url if isinstance(url, str) else "")
