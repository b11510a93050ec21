"""The same scores on a cluster: a Spark DataFrame of pages, or of files, -> a DataFrame of scores (docs/clusters.md).

paths -> parts -> (executors) -> rows; Spark hands out, retries and commits, the rows are made as `scorer.table` makes them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.config import Configured, as_config
from scorer.model import DEFAULT, FILE_NAME
from scorer.pipeline import load
from scorer.read import checked
from scorer.read.columns import Columns
from scorer.spark import rows
from scorer.spark.parts import find_parts
from scorer.spark.rows import KEPT
from scorer.table import SCHEMA, TEXTS
from scorer.types import TARGETS
from scorer.version import __version__
from scorer.where import condition

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

    from scorer.model import Model

__all__ = ["files", "schema", "score", "tables"]


def score(
    df: DataFrame,
    *,
    model: str | os.PathLike[str] = DEFAULT,
    columns: Mapping[str, str] | None = None,
    where: str | None = None,
    config: Configured = None,
    id_column: str = "id",
    path_column: str = "path",
) -> DataFrame:
    """Score a DataFrame of pages, one row for each, or of files, one row for each page in them.

    A row is a page, its text, title, url, date and author found by the names of the columns, or named in `columns` (part
    of a page to name), as in a table that is read (docs/inputs.md). `id_column` and `path_column` name it, as text, where
    there are such columns. Files are what `files` gives, or what Spark's reader `binaryFile` does. Returns a DataFrame of
    `schema()`; `where` is a condition on it (docs/batch.md), `config` a scorer.toml, whose words and switches count. Lazy, as
    Spark is. The model goes to each executor once.
    Raises ValueError for columns that cannot be used, WhereError, ModelError, ConfigError, ModuleNotFoundError.
    """
    scored = with_kept(df, model=model, columns=columns, where=where, config=config, id_column=id_column, path_column=path_column)
    return scored.where(KEPT).drop(KEPT) if where else scored.drop(KEPT)


def with_kept(
    df: DataFrame,
    *,
    model: str | os.PathLike[str],
    columns: Mapping[str, str] | None,
    where: str | None,
    config: Configured,
    id_column: str,
    path_column: str,
) -> DataFrame:
    """`score` without leaving rows out, and with the column `KEPT`."""
    from pyspark.sql.types import BooleanType, StructField, StructType

    chosen = dict(checked(columns or {}))
    if where:
        condition(where)
    given = as_config(config)
    load(model, given)
    loaded = load(model)
    types = {field.name: field.dataType.typeName() for field in df.schema}
    if types == {rows.PART: "array"}:
        read = partial(rows.of_parts, columns=chosen)
    elif types.get("content") == "binary" and types.get(path_column) == "string" and "text" not in chosen:
        df = df.select(path_column, "content")
        read = partial(rows.of_contents, columns=chosen)
    else:
        found = Columns(df.columns, chosen)
        if found.problem:
            raise ValueError(found.problem)
        names = [name for name in (id_column, path_column) if name in types]
        df = df.select(*dict.fromkeys(f"`{name.replace('`', '``')}`" for name in (*found.wanted(), *names)))
        read = partial(rows.of_table, columns=chosen, id_column=id_column, path_column=path_column)
    work = partial(
        rows.score_batches,
        read=read,
        model=_ship(df.sparkSession, model, loaded),
        digest=loaded.sha256,
        version=__version__,
        where=where,
        config=given,
    )
    fields = StructType([*schema(loaded).fields, StructField(KEPT, BooleanType(), nullable=False)])
    with warnings.catch_warnings():
        # That Spark's own conversions do not know the newest pandas: nothing is converted, both sides are Arrow.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return df.mapInArrow(work, fields)


def schema(model: Model | None = None) -> StructType:
    """The columns of `scorer.table.COLUMNS`: texts and doubles, all of which may be null. Those of the three scores name
    `model` in their metadata, which a Parquet file keeps.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    about = {"scorer_model": model.identity} if model else {}
    return StructType(
        [
            StructField(
                name, StringType() if name in TEXTS else DoubleType(), nullable=True, metadata=about if name in TARGETS else {}
            )
            for name in SCHEMA.names
        ]
    )


def files(spark: SparkSession, paths: Iterable[str], n_parts: int = 0) -> DataFrame:
    """The files below `paths`, which may be folders and addresses of stores, as `score` takes them: a row for each part of
    the work, packed by size. They are read where they are scored, so every executor must see them under the same paths.

    `n_parts`: into how many parts at least, if they are large enough; by default sixteen for each core that Spark has, so
    that the last one does not keep the others waiting.
    Raises scorer.read.stores.AddressError.
    """
    context = spark.sparkContext
    parts = find_parts(paths, n_parts or 16 * context.defaultParallelism)
    # A part each, and not so many rows divided evenly: it is their sizes that are alike.
    spread = context.parallelize([(part,) for part in parts], max(1, len(parts)))
    return spark.createDataFrame(
        spread, f"{rows.PART} array<struct<path:binary,named:boolean,problem:string>>", verifySchema=False
    )


def tables(spark: SparkSession, paths: Iterable[str]) -> DataFrame:
    """Parquet as Spark reads it, large files in many parts, with two columns more: `_id` and `_path`, which name each row as
    `score` does when it reads the file itself. Sets the session's time zone to UTC, in which dates are then written, and the
    size of its batches. Raises what Spark does for files that are none.
    """
    from pyspark.sql import functions as F  # noqa: N812 - as all of Spark's own texts call it

    spark.conf.set("spark.sql.session.timeZone", "UTC")
    # Rows that go to Python at once: as many as are scored at once; by default ten thousand, whatever their size.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
    df = spark.read.parquet(*paths)
    encoded = F.replace(F.col("_metadata.file_path"), F.lit("+"), F.lit("%2B"))
    path = F.regexp_replace(F.url_decode(encoded), "^file:/+", "/")
    return df.select("*", F.concat(path, F.lit("#"), F.col("_metadata.row_index") + 1).alias("_id"), path.alias("_path"))


def _ship(spark: SparkSession, model: str | os.PathLike[str], loaded: Model) -> str:
    """Give the model's file to the executors, each of which fetches it once, under a name that is its digest; that name."""
    name = f"scorer-{loaded.sha256}.joblib"
    context = spark.sparkContext
    if name not in {added.rsplit("/", 1)[-1] for added in context.listFiles}:
        file = Path(model)
        # A folder that lasts as long as the program: executors that come later fetch it from there.
        copy = Path(_folder().name, name)
        shutil.copyfile(file / FILE_NAME if file.is_dir() else file, copy)
        context.addFile(str(copy))
    return name


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="scorer-")
