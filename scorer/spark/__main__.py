"""`python -m scorer.spark INPUT... OUTPUT`: the command that a cluster runs (docs/clusters.md)."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scorer import spark as engine
from scorer.config import THRESHOLDS, ConfigError, find_config
from scorer.model import DEFAULT, ModelError
from scorer.pipeline import load
from scorer.read import COLUMNS
from scorer.read.stores import AddressError, is_address
from scorer.report.layout import printable
from scorer.spark.rows import KEPT
from scorer.version import __version__
from scorer.where import WhereError, condition

if TYPE_CHECKING:
    from pyspark.sql import Column, SparkSession

ALL_SCORED, SOME_FAILED, USAGE, OVER_THRESHOLD = 0, 1, 2, 3
# What a run of ours leaves in its folder: parts, the mark that they are all there, their checksums.
_OURS = re.compile(r"part-.*\.parquet|_SUCCESS|\..*\.crc")

_NOT_WHOLE = "what OUTPUT holds is not whole, and without _SUCCESS"
# Where Java and Python name what was thrown, first the last of them, then what it came from.
_THROWN = re.compile(r"^(?:Caused by: |: )?((?:[\w$]+\.)*\w*(?:Error|Exception)\b.*)", re.MULTILINE)


class UsageError(Exception):
    """What was asked cannot be done; the message is one line."""


def main(arguments: Sequence[str] | None = None, spark: SparkSession | None = None) -> int:
    """Score INPUT into OUTPUT; the exit status is that of `score`. One line on standard error for what is wrong.

    Runs in the session `spark`, or in one that is begun here and ended.
    """
    try:
        return _run(_parser().parse_args(arguments), spark)
    except WhereError as error:
        return _said(f"--where: {error}")
    except (UsageError, ModelError, ConfigError, AddressError) as error:
        return _said(str(error))
    except OSError as error:
        return _said(f"{printable(str(error.filename))}: {error.strerror or error}")
    except KeyboardInterrupt:
        return _said(f"interrupted; {_NOT_WHOLE}", 130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m scorer.spark", description=__doc__)
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files, folders, addresses such as s3://bucket/crawl/")
    parser.add_argument(
        "output", metavar="OUTPUT", help="a folder of Parquet files, which is new; any address that Spark can write to"
    )
    parser.add_argument(
        "--master", help="spark://host:7077, local[8] ...; by default what spark-submit or Spark's configuration says"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace OUTPUT if it is there")
    parser.add_argument("--where", metavar="CONDITION", help="keep these rows: 'sensationalism < 0.4'")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="PART=NAME",
        help="the column of a table that holds the text, title, url, date or author",
    )
    parser.add_argument("--model", type=Path, default=DEFAULT, help="another model: its file, or the folder that holds it")
    parser.add_argument("--max-sensationalism", type=float, metavar="0-1", help="exit with 3 if a page is more sensational")
    parser.add_argument("--min-reliability", type=float, metavar="0-1", help="exit with 3 if a page is less reliable")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="words, switches and thresholds; else scorer.toml, if there is one where the driver runs",
    )
    parser.add_argument(
        "--split",
        action="store_true",
        help="read INPUT, Parquet only, by Spark's own reader, which divides large files; one that is damaged ends the job",
    )
    parser.add_argument("--version", action="version", version=f"scorer {__version__}")
    return parser


def _run(asked: argparse.Namespace, spark: SparkSession | None) -> int:
    columns = _columns(asked.column)
    if asked.where:
        condition(asked.where)
    asked.config = find_config(asked.config)
    asked.thresholds = {**asked.config.thresholds, **_thresholds(asked)}
    load(asked.model, asked.config)
    _check_output(asked.inputs, asked.output, overwrite=asked.overwrite)
    if spark:
        return _score(spark, asked, columns)
    spark = _session(asked.master)
    try:
        return _score(spark, asked, columns)
    finally:
        spark.stop()


def _columns(said: Sequence[str]) -> dict[str, str]:
    columns = {}
    for one in said:
        part, _, name = one.partition("=")
        if not name or part not in COLUMNS:
            raise UsageError(f"--column {printable(one)}: write PART=NAME, the part one of {', '.join(COLUMNS)}")
        columns[part] = name
    return columns


def _thresholds(asked: argparse.Namespace) -> dict[str, float]:
    given = {name: value for name in THRESHOLDS if (value := getattr(asked, name)) is not None}
    for name, value in given.items():
        if not 0 <= value <= 1:
            raise UsageError(f"--{name.replace('_', '-')} {value:g}: must be a number from 0 to 1")
    return given


def _check_output(inputs: Sequence[str], output: str, *, overwrite: bool) -> None:
    """Refuse before Spark starts what it would refuse, or destroy, later. Raises UsageError."""
    for one in inputs:
        if _lies_in(output, one) or _lies_in(one, output):
            raise UsageError(f"{printable(output)}: lies in the input {printable(one)} or holds it; choose another place")
    folder = Path(output.removeprefix("file://"))
    if is_address(str(folder)) or not folder.exists():
        return
    if not overwrite:
        raise UsageError(f"{printable(output)}: is there already; choose another name, or --overwrite")
    strange = [path.name for path in folder.iterdir() if not _OURS.fullmatch(path.name)] if folder.is_dir() else [folder.name]
    if strange:
        raise UsageError(f"{printable(output)}: holds {printable(strange[0])}, and would be replaced; choose a new folder")


def _lies_in(inner: str, outer: str) -> bool:
    inner, outer = (one if is_address(one) else os.path.realpath(one) for one in (inner, outer))
    return f"{inner.rstrip('/')}/".startswith(f"{outer.rstrip('/')}/")


def _session(master: str | None) -> SparkSession:
    """A new session. Raises UsageError."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; pip install 'scorer[spark]'") from None
    # spark-submit has started Java before us, and chosen a Python.
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        if not shutil.which("java", path=_java_path()):
            raise UsageError("Java is not found: Spark needs Java 17 (Debian: openjdk-17-jre-headless), in PATH or in JAVA_HOME")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Nothing of ours goes through pandas on its way to Spark.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    builder = SparkSession.builder.appName("scorer")
    try:
        return (builder.master(master) if master else builder).getOrCreate()
    except Exception as error:  # whatever Java says
        raise UsageError(f"Spark does not start: {_short(error)}; it needs Java 17, and a master that can be reached") from None


def _java_path() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin")) if home else None


def _score(spark: SparkSession, asked: argparse.Namespace, columns: dict[str, str]) -> int:
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException
    from pyspark.sql import Observation
    from pyspark.sql import functions as F  # noqa: N812 - as all of Spark's own texts call it

    begun = time.monotonic()
    counts = Observation("scores")
    n_of = {"rows": F.lit(1), "failed": F.col("failed"), "abstained": F.col("abstained"), "kept": F.when(F.col(KEPT), 1)}
    n_of["over"] = _over(asked.thresholds)
    try:
        found = engine.tables(spark, asked.inputs) if asked.split else engine.files(spark, asked.inputs)
        named = {"id_column": "_id", "path_column": "_path"}
        scored = engine.with_kept(found, model=asked.model, columns=columns, where=asked.where, config=asked.config, **named)
        scored = scored.observe(counts, *(F.count(what).alias(name) for name, what in n_of.items()))
        # What the job is of: the committer of Spark's own, so that a part appears when its task is done, once.
        scored.where(KEPT).drop(KEPT).write.mode("overwrite" if asked.overwrite else "error").parquet(asked.output)
    except ValueError as error:
        raise UsageError(printable(str(error))) from None
    except AnalysisException as error:
        raise UsageError(f"{printable(asked.output)}: {_short(error)}") from None
    except (PySparkException, Py4JError) as error:
        raise UsageError(f"the job failed: {_short(error)}; {_NOT_WHOLE}") from None
    n = counts.get
    if not n["rows"]:
        raise UsageError(f"{printable(asked.inputs[0])}: no pages in it; docs/inputs.md says which files of a folder are read")
    kept = f", {n['kept']:,} kept" if asked.where else ""
    beyond = f", {n['over']:,} beyond a threshold" if asked.thresholds else ""
    print(
        f"{printable(asked.output)}: {n['rows']:,} rows in {time.monotonic() - begun:,.0f} s{kept},"
        f" {n['failed']:,} failed, {n['abstained']:,} abstained on{beyond}"
    )
    return SOME_FAILED if n["failed"] else OVER_THRESHOLD if n["over"] else ALL_SCORED


def _over(thresholds: Mapping[str, float]) -> Column:
    """What `scorer.config.over` says of a row, for Spark to count: null where the row lies beyond no threshold."""
    from pyspark.sql import functions as F  # noqa: N812 - as all of Spark's own texts call it

    # A threshold that is not set is one that no score lies beyond; null, a score that is withheld, compares neither way.
    high, low = thresholds.get("max_sensationalism", 1.0), thresholds.get("min_reliability", 0.0)
    return F.when((F.col("sensationalism") > high) | (F.col("reliability") < low), 1)


def _short(error: Exception) -> str:
    """What was thrown first of all, on a line."""
    said = str(error).strip() or type(error).__name__
    return printable([*said.splitlines()[:1], *_THROWN.findall(said)][-1][:300])


def _said(message: str, status: int = USAGE) -> int:
    print(f"scorer.spark: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
