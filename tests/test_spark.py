"""The same scores on a cluster: real executors in processes of their own, which are also killed."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import small_model as by_hand
from test_read_archives import record
from typer.testing import CliRunner

from scorer import table
from scorer.cli import ALL_SCORED, OVER_THRESHOLD, SOME_FAILED, USAGE, score_app
from scorer.model import ModelError
from scorer.pipeline import load
from scorer.spark import files, parts, rows, score, tables
from scorer.spark.__main__ import main
from scorer.types import TARGETS
from scorer.version import __version__
from scorer.where import WhereError

# One session for all, in one process of the tests.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark"), pytest.mark.filterwarnings("default")]

FRENCH = "Le conseil municipal s’est réuni mardi soir pour voter le budget de la ville, qui a été adopté par les élus. " * 8
MASTER = "local-cluster[2,1,1024]"  # two executors of one core


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark", reason="needs Spark: pip install 'scorer[spark]'")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("needs Java 17: apt-get install openjdk-17-jre-headless")
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Java that starts quickly rather than runs long.
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": quick,
        "spark.executor.extraJavaOptions": quick,
    }
    session = SparkSession.builder.master(MASTER).config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def pages(tmp_path, samples):
    """Every kind of input, with what is wrong with each, and other languages."""
    made = tmp_path / "pages"
    (made / "b").mkdir(parents=True)
    for i, sample in enumerate(sorted(samples.glob("s*.txt"))):
        (made / f"{i:02}.txt").write_bytes(sample.read_bytes())
        (made / "b" / f"a+b %41 #{i}.txt").write_bytes(sample.read_bytes().replace(b" ", b"  "))
    article = "<p>" + "</p><p>".join((made / "00.txt").read_text(encoding="utf-8").split("\n\n")) + "</p>"
    html = f"<!doctype html><title>Plan</title><h1>Council ‘furious’ over plan</h1>{article}"
    (made / "page.html").write_text(html, encoding="utf-8")
    (made / "page_files").mkdir()
    (made / "page_files" / "advertisement.html").write_text(html, encoding="utf-8")
    good, damaged = record(1, html.encode("cp1252", "xmlcharrefreplace")), record(2, digest="sha1:" + "A" * 32)
    (made / "crawl.warc").write_bytes(good + damaged + record(3, length=9) + good)
    (made / "crawl.warc.gz").write_bytes(gzip.compress(good) + gzip.compress(damaged) + gzip.compress(good)[:-40])
    lines = [{"text": "You won’t believe this", "title": "Chilling", "url": "https://a.example/"}, {"text": "Der Rat tagt heute"}]
    (made / "rows.jsonl").write_text("\n".join(["{", *map(json.dumps, lines), '{"text": "\\ud800 said"}', "[]"]))
    (made / "rows.csv").write_text("title,text\nPlan,Council meets on plan\nlone\n")
    (made / "other.csv").write_text("a,b\n1,2\n")
    pq.write_table(pa.table({"text": [FRENCH, None, "議会は火曜日に開かれた。"]}), made / "t.parquet")
    (made / "broken.parquet").write_bytes((made / "t.parquet").read_bytes()[:-20])
    (made / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (made / "old.txt").write_bytes("Café closed\n\n“It is over,” the owner said on Monday.\n".encode("cp1252"))
    (made / "empty.txt").write_bytes(b"")
    (made / "gone.txt").symlink_to(made / "nowhere")
    (made / ".hidden.txt").write_text("Hidden")
    (made / "_SUCCESS").write_text("")
    Path(os.fsdecode(os.fsencode(made) + b"/caf\xe9.txt")).write_text("Plan")  # a name that is no UTF-8
    return made


def exact(found):
    """Rows as they are to the last bit."""
    return [{name: value.hex() if isinstance(value, float) else value for name, value in row.items()} for row in found]


def on_one_machine(inputs, folder, model, *more):
    output = folder / "one_machine.parquet"
    asked = [str(inputs), "--output", str(output), "--model", str(model), "--jobs", "1", *more]
    done = CliRunner().invoke(score_app, asked)
    assert done.exit_code in (ALL_SCORED, SOME_FAILED), done.output
    return exact(pq.read_table(output).to_pylist())


def written(output):
    """The rows of Spark's output in the order of its parts."""
    found = sorted(output.glob("part-*.parquet"))
    assert (output / "_SUCCESS").exists()
    assert all(pq.read_schema(path).names == list(table.COLUMNS) for path in found)
    return [row for path in found for row in exact(pq.read_table(path).to_pylist())]


def cut_small(monkeypatch):
    monkeypatch.setattr(parts, "_LEAST_BYTES", 1)


# ---- the same as on one machine


def test_a_folder_of_everything(spark, pages, tmp_path, small_model, monkeypatch, capsys):
    cut_small(monkeypatch)
    expected = on_one_machine(pages, tmp_path, small_model)
    monkeypatch.chdir(tmp_path)
    asked = ["pages", str(tmp_path / "out"), "--model", str(small_model)]
    assert main(asked, spark) == SOME_FAILED
    found = written(tmp_path / "out")
    assert found == expected
    failed = {Path(row["id"]).name for row in found if row["failed"]}
    assert failed >= {"crawl.warc#2", "rows.jsonl#1", "broken.parquet", "binary.txt", "gone.txt"}, failed
    assert {"crawl.warc#1", "crawl.warc.gz#1", "t.parquet#3"} <= {Path(row["id"]).name for row in found if not row["failed"]}
    assert any(row["abstained"] and "French" in row["abstained"] for row in found)
    n_failed = sum(row["failed"] is not None for row in found)
    assert f"{len(found)} rows" in (said := capsys.readouterr().out) and f"{n_failed} failed" in said
    identity = json.loads(
        pq.read_schema(next((tmp_path / "out").glob("part-*"))).metadata[b"org.apache.spark.sql.parquet.row.metadata"]
    )
    (about,) = {json.dumps(field["metadata"]) for field in identity["fields"] if field["name"] in TARGETS}
    assert json.loads(about)["scorer_model"]["name"] == "small"


def test_where_and_overwrite(spark, pages, tmp_path, small_model, capsys):
    asked = [str(pages), str(tmp_path / "out"), "--model", str(small_model), "--where", "sensationalism >= 0.4"]
    assert main(asked, spark) == SOME_FAILED  # failures count whether they are kept or not
    assert main([*asked, "--overwrite"], spark) == SOME_FAILED
    found = written(tmp_path / "out")
    assert found == on_one_machine(pages, tmp_path, small_model, "--where", "sensationalism >= 0.4")
    assert found and f"{len(found)} kept" in capsys.readouterr().out


def test_a_config_counts(spark, samples, tmp_path, small_model):
    config = tmp_path / "scorer.toml"
    config.write_text('[signals]\noff = ["named_sources"]\n[words]\nfear = ["council", "pool"]\n')
    found = exact(row.asDict() for row in score(files(spark, [str(samples)]), model=small_model, config=config).collect())
    plain = on_one_machine(samples, tmp_path, small_model)
    assert found == on_one_machine(samples, tmp_path, small_model, "--config", str(config)) != plain
    again = exact(row.asDict() for row in score(files(spark, [str(samples)]), model=small_model).collect())
    assert again == plain


def test_thresholds_make_the_exit_status(spark, samples, pages, tmp_path, small_model, capsys):
    """As that of `score --output`: the options' before the file's, failures before both, and every row counts, kept or not."""
    config = tmp_path / "scorer.toml"
    config.write_text("[thresholds]\nmax_sensationalism = 0.4\n")

    def status(*more, inputs=samples):
        asked = [str(inputs), "--model", str(small_model), "--config", str(config), *more]
        found = main([*asked[:1], str(tmp_path / "out"), "--overwrite", *asked[1:]], spark)
        there = CliRunner().invoke(score_app, [*asked, "--output", str(tmp_path / "one_machine.parquet")])
        assert found == there.exit_code
        return found, len([line for line in there.stderr.splitlines() if "is above" in line or "is below" in line])

    found, n_over = status("--where", "sensationalism < 0.4")
    assert found == OVER_THRESHOLD and f"{n_over} beyond a threshold" in capsys.readouterr().out
    assert status("--max-sensationalism", "1") == (ALL_SCORED, 0)
    found, n_both = status("--min-reliability", "0.9")
    assert n_both > n_over and f"{n_both} beyond a threshold" in capsys.readouterr().out
    assert status(inputs=pages)[0] == SOME_FAILED
    assert "beyond a threshold" in capsys.readouterr().out
    config.write_text("")
    assert status() == (ALL_SCORED, 0) and "beyond" not in capsys.readouterr().out


def test_files_by_their_addresses(spark, pages, tmp_path, small_model):
    """As those of an object store are read: by Arrow's file systems, forwards, which also know `file://`."""
    (pages / "gone.txt").unlink()  # Arrow lists no link that leads nowhere
    for path in pages.iterdir():
        if not path.name.isprintable():
            path.unlink()
    expected = on_one_machine(pages, tmp_path, small_model)
    found = exact(row.asDict() for row in score(files(spark, [f"file://{pages}"]), model=small_model).collect())
    for row in found:
        row["id"], row["path"] = (row[name].removeprefix("file://") for name in ("id", "path"))
    assert found == expected


def test_parquet_by_sparks_own_reader(spark, tmp_path, small_model):
    made = tmp_path / "a+b %41 c"
    made.mkdir()
    n = 700
    columns = {
        "Main_Text": [None if i % 50 == 0 else f"Council meets for the {i}th time.\n\nIt was chilling." for i in range(n)],
        "title": [f"Plan {i}" for i in range(n)],
        "authors": [["A Writer", "B Editor"][: i % 3] for i in range(n)],
        "date": pa.array([None if i % 7 == 0 else 1_700_000_000 + i for i in range(n)], pa.int64()),
        "published": [datetime(2024, 5, 1, i % 24, tzinfo=UTC) for i in range(n)],
        "pub_date": [date(2024, 5, 1 + i % 28) for i in range(n)],
        "id": [f"own-{i}" for i in range(n)],
    }
    pq.write_table(pa.table(columns), made / "rows.parquet", row_group_size=100)
    expected = on_one_machine(made, tmp_path, small_model)
    assert main([str(made), str(tmp_path / "out"), "--model", str(small_model), "--split"], spark) == ALL_SCORED
    assert sorted(written(tmp_path / "out"), key=lambda row: int(row["id"].split("#")[-1])) == expected
    assert len(expected) == n
    assert tables(spark, [str(made)]).rdd.getNumPartitions() >= 1


def test_a_dataframe_of_pages(spark, small_model, samples):
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(samples.glob("s*.txt"))}
    df = spark.createDataFrame([(name, text, None) for name, text in texts.items()], "id string, story string, url string")
    found = [row.asDict() for row in score(df, model=small_model).collect()]
    scored = table.score_results([table.Page(name, text) for name, text in texts.items()], small_model)
    expected = [{**row, "path": None} for row in table.arrow(scored).to_pylist()]
    assert exact(found) == exact(expected)
    chosen = score(
        df.withColumnRenamed("story", "my words"), model=small_model, columns={"text": "my words"}, where="failed is null"
    )
    assert exact(row.asDict() for row in chosen.collect()) == exact(found)
    assert score(df.drop("id"), model=small_model).where("id is null").count() == len(texts)


def test_a_dataframe_of_files(spark, pages, tmp_path, small_model):
    """What Spark's own reader of binary files gives."""
    df = spark.read.format("binaryFile").load(f"{pages}/*.{{html,jsonl,gz}}")
    found = exact(row.asDict() for row in score(df, model=small_model).collect())
    names = {row["path"] for row in found}
    assert {Path(name).name for name in names} == {"page.html", "rows.jsonl", "crawl.warc.gz"}
    expected = [row for row in on_one_machine(pages, tmp_path, small_model) if row["path"] in names]
    assert sorted(found, key=lambda row: row["id"]) == sorted(expected, key=lambda row: row["id"])


def test_two_models_in_one_session(spark, samples, tmp_path, small_model):
    by_hand.save({**by_hand.TARGETS, "reliability": by_hand.TARGETS["reliability"]._replace(intercept=0.5)}, tmp_path / "model")
    for model in (small_model, tmp_path / "model", small_model):
        found = exact(row.asDict() for row in score(files(spark, [str(samples)]), model=model).collect())
        assert found == on_one_machine(samples, tmp_path, model)


@pytest.mark.parametrize("other", ["digest", "version"])
def test_executors_that_would_score_otherwise_are_refused(samples, tmp_path, small_model, monkeypatch, other):
    """What an executor runs, in this process: another model, or another version of the program, than the driver has."""
    pyspark = pytest.importorskip("pyspark")
    monkeypatch.setattr(pyspark.SparkFiles, "get", lambda name: str(tmp_path / name))
    shutil.copyfile(small_model / "model.joblib", tmp_path / "m")
    part = parts.find_parts([str(samples)], 1)[0]
    batch = pa.RecordBatch.from_pylist([{"part": [file._asdict() for file in part]}])
    asked = {"digest": load(small_model).sha256, "version": __version__}
    read = partial(rows.of_parts, columns={})
    (found,) = rows.score_batches([batch], read, "m", where=None, **asked)
    assert found.num_rows == len(part) == 8 and found.schema.names == [*table.COLUMNS, "kept"]
    with pytest.raises(ModelError, match=r"where the job was begun|not the model"):
        next(rows.score_batches([batch], read, "m", where=None, **{**asked, other: "0"}))


# ---- executors that die


def executors():
    """The processes of the executors of this process' session."""
    below, found = {os.getpid()}, []
    processes = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            processes[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    while more := {pid for pid, parent in processes.items() if parent in below and pid not in below}:
        below |= more
    for pid in below:
        if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{pid}/cmdline").read_bytes():
            found.append(pid)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the executors in /proc")
def test_an_executor_is_killed_in_mid_job(spark, samples, tmp_path, small_model, monkeypatch):
    cut_small(monkeypatch)
    made = tmp_path / "many"
    made.mkdir()
    texts = [path.read_bytes() for path in sorted(samples.glob("s*.txt"))]
    for i in range(400):
        (made / f"{i:03}.txt").write_bytes(texts[i % len(texts)] * 3 + b"\n\n%d people were there.\n" % i)
    expected = on_one_machine(made, tmp_path, small_model)
    monkeypatch.setattr("scorer.spark.files", lambda *asked: files(*asked, n_parts=40))
    statuses = []
    asked = [str(made), str(tmp_path / "out"), "--model", str(small_model)]
    job = threading.Thread(target=lambda: statuses.append(main(asked, spark)))
    tracker = spark.sparkContext.statusTracker()
    before = executors()
    assert len(before) == 2
    job.start()

    def done_of_all():
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return next(((stage.numCompletedTasks, stage.numTasks) for stage in stages if stage), (0, 0))

    while done_of_all()[0] < 3:
        assert job.is_alive()
        time.sleep(0.02)
    victim = before[0]
    n_done, n_all = done_of_all()
    os.kill(victim, signal.SIGKILL)
    assert 0 < n_done < n_all - 10
    job.join()
    assert statuses == [ALL_SCORED]
    assert written(tmp_path / "out") == expected
    until = time.monotonic() + 60
    while len(after := executors()) < 2:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert victim not in after


# ---- mistakes


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--where", "sensatonalism < 1"], "--where: at character 1: no column 'sensatonalism'; did you mean sensationalism?"),
        (["--column", "words"], "write PART=NAME"),
        (["--model", "nowhere"], "cannot be read"),
        (["--max-sensationalism", "1.5"], "--max-sensationalism 1.5: must be a number from 0 to 1"),
        (["--config", "nowhere.toml"], "nowhere.toml: cannot be read"),
    ],
)
def test_a_mistake_is_one_line_before_spark_starts(samples, tmp_path, capsys, monkeypatch, more, said):
    monkeypatch.setattr("scorer.spark.__main__._session", None)
    assert main([str(samples), str(tmp_path / "out"), *more]) == USAGE
    assert said in (told := capsys.readouterr().err) and told.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("name", "more"), [("out", []), ("in/out", []), ("strange", ["--overwrite"]), (".", ["--overwrite"])])
def test_what_is_there_is_not_replaced(tmp_path, capsys, monkeypatch, name, more):
    monkeypatch.setattr("scorer.spark.__main__._session", None)
    for folder in ("in", "out", "strange"):
        (tmp_path / folder).mkdir()
    for place in ("in", "strange"):
        (tmp_path / place / "page.txt").write_text("Plan")
    assert main([str(tmp_path / "in"), str(tmp_path / name), *more]) == USAGE
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "strange" / "page.txt").exists() and not (tmp_path / "in" / "out").exists()


def test_without_java_or_pyspark_there_is_one_line(tmp_path, samples, capsys, monkeypatch):
    asked = [str(samples), str(tmp_path / "out")]
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert main(asked) == USAGE
    assert "openjdk-17-jre-headless" in (told := capsys.readouterr().err) and told.count("\n") == 1
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main(asked) == USAGE
    assert "pip install 'scorer[spark]'" in (told := capsys.readouterr().err) and told.count("\n") == 1


def test_mistakes_that_only_spark_knows(spark, tmp_path, small_model, capsys):
    (tmp_path / "in").mkdir()
    asked = [str(tmp_path / "in"), str(tmp_path / "out"), "--model", str(small_model)]
    assert main(asked, spark) == USAGE
    assert "no pages in it" in capsys.readouterr().err
    asked[1] = str(tmp_path / "out2")
    assert main([*asked, "--split"], spark) == USAGE
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["s4://bucket/crawl", *asked[1:]], spark) == USAGE
    assert "s4://bucket/" in (told := capsys.readouterr().err) and told.count("\n") == 1
    pq.write_table(pa.table({"a": [1]}), tmp_path / "in" / "a.parquet")
    assert main([*asked, "--split"], spark) == USAGE
    assert "no column is known to hold the text; it has a" in (told := capsys.readouterr().err) and told.count("\n") == 1
    (tmp_path / "in" / "a.parquet").write_bytes(b"PAR1 and no more")
    assert main([*asked, "--split"], spark) == USAGE
    assert "a.parquet" in (told := capsys.readouterr().err.replace("\r", "")) and told.count("\n") == 1
    df = spark.createDataFrame([("a", "b")], "id string, text string")
    with pytest.raises(WhereError, match="did you mean"):
        score(df, where="sensatonalism < 1")
    with pytest.raises(ModelError, match="cannot be read"):
        score(df, model=tmp_path / "nowhere")
    with pytest.raises(ValueError, match="no part of a page"):
        score(df, columns={"words": "text"})
    with pytest.raises(ValueError, match="no column words for the text"):
        score(df, columns={"text": "words"})


# ---- the command itself


@pytest.mark.usefixtures("spark")  # only where there is Java
def test_the_command(samples, tmp_path, small_model):
    command = [sys.executable, "-m", "scorer.spark", samples, tmp_path / "out", "--master", "local[1]", "--model", small_model]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == ALL_SCORED, done.stderr
    assert "Traceback" not in done.stderr and "8 rows" in done.stdout
    assert written(tmp_path / "out") == on_one_machine(samples, tmp_path, small_model)
    again = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=300)
    assert again.returncode == USAGE and again.stderr.count("\n") == 1 and "--overwrite" in again.stderr
