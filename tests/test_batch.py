"""Many inputs into one table: all of them once, in order, resumed, and never mixed."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import small_model as by_hand
from typer.testing import CliRunner

import scorer
from scorer import table
from scorer.batch import chunks
from scorer.batch.shards import Shards
from scorer.cli import ALL_SCORED, OVER_THRESHOLD, SOME_FAILED, USAGE, score_app
from scorer.read import Unreadable
from scorer.types import TARGETS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(small_model):
    def runs(*arguments, model=small_model, jobs=1):
        return CliRunner().invoke(score_app, [*map(str, arguments), "--model", str(model), "--jobs", str(jobs)])

    return runs


@pytest.fixture
def pages(tmp_path, samples):
    """Pages in two folders, a table with a bad row, and a link that leads nowhere."""
    made = tmp_path / "pages"
    (made / "b").mkdir(parents=True)
    for i, sample in enumerate(sorted(samples.glob("s*.txt"))):
        for part in ("", "b/"):
            (made / f"{part}{i:02}.txt").write_bytes(sample.read_bytes())
    (made / "rows.jsonl").write_text('{"text": "Council meets on plan"}\n{"text": \n{"text": "You won’t believe this"}\n')
    (made / "gone.txt").symlink_to(made / "nowhere")
    return made


def rows(path):
    return pq.read_table(path).to_pylist()


def test_one_row_for_each_page_and_each_failure(run, pages, tmp_path, small_model):
    done = run(pages, "--output", tmp_path / "out.parquet")
    assert done.exit_code == SOME_FAILED, done.output
    found = rows(tmp_path / "out.parquet")
    streamed = [json.loads(line) for line in run_jsonl(pages, small_model)]
    assert [row["id"] for row in found if row["failed"] is None] == [record["id"] for record in streamed]
    for row, record in zip([row for row in found if row["failed"] is None], streamed, strict=True):
        assert {k: row[k] for k in ("path", "abstained", *TARGETS)} == {k: record[k] for k in ("path", "abstained", *TARGETS)}
        assert row["fear_words"] == record["signals"]["fear_words"]["value"]
    failed = {row["id"]: row for row in found if row["failed"] is not None}
    assert set(failed) == {str(pages / "gone.txt"), f"{pages / 'rows.jsonl'}#2"}
    assert failed[f"{pages / 'rows.jsonl'}#2"]["path"] == str(pages / "rows.jsonl")
    assert all(row[target] is None for row in failed.values() for target in TARGETS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "pages"]
    for said in (f"{len(found)} rows", "Most sensational", "Least reliable", "2 failed", "median"):
        assert said in done.stdout
    assert done.stderr.count("\n") == 2 and "gone.txt: cannot be read" in done.stderr


def test_what_is_passed_over_is_told_of(run, tmp_path):
    for name in ("a.txt", "a.gold", "b.gold"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text("Pool to close\n")
    done = run(tmp_path / "in", "--output", tmp_path / "out.csv")
    assert done.stdout.startswith("3 inputs (2 passed over: no pages), 1 row in ")


def run_jsonl(pages, model):
    done = CliRunner().invoke(score_app, [str(pages), "--format", "jsonl", "--model", str(model)])
    return done.stdout.splitlines()


def test_all_outputs_hold_the_same_rows(run, pages, tmp_path):
    for name in ("out.parquet", "out.csv", "out.jsonl", "shards/"):
        assert run(pages, "--output", f"{tmp_path}/{name}").exit_code == SOME_FAILED
    expected = rows(tmp_path / "out.parquet")
    assert list(expected[0]) == list(table.COLUMNS)
    assert [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()] == expected
    assert [row for shard in sorted((tmp_path / "shards").iterdir()) for row in rows(shard)] == expected
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [{name: cell[name] or None for name in ("id", "failed")} for cell in cells] == [
        {name: row[name] for name in ("id", "failed")} for row in expected
    ]
    assert [cell["reliability"] for cell in cells] == [
        "" if row["reliability"] is None else repr(row["reliability"]) for row in expected
    ]


def test_several_processes_write_the_same_bytes(run, pages, tmp_path, monkeypatch):
    monkeypatch.setattr(chunks, "_MOST_INPUTS", 5)
    run(pages, "--output", tmp_path / "one.parquet")
    assert run(pages, "--output", tmp_path / "two.parquet", jobs=2).exit_code == SOME_FAILED
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_large_file_is_scored_in_parts(run, tmp_path, monkeypatch):
    lines = [json.dumps({"text": f"Council meets for the {i}th time"}) for i in range(700)]
    (tmp_path / "rows.jsonl").write_text("\n".join([*lines[:300], "{", *lines[300:]]))
    assert run(tmp_path / "rows.jsonl", "--output", tmp_path / "whole.parquet").exit_code == SOME_FAILED
    monkeypatch.setattr(chunks, "LARGE", 1000)
    found = list(chunks.find_chunks(chunks.Paths((str(tmp_path / "rows.jsonl"),), ()), {}))
    assert len(found) == 3 and [chunk.ends for chunk in found] == [0, 0, 1]
    assert sum(chunk.n_bytes for chunk in found) == (tmp_path / "rows.jsonl").stat().st_size
    assert run(tmp_path / "rows.jsonl", "--output", tmp_path / "parts.parquet").exit_code == SOME_FAILED
    assert (tmp_path / "parts.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


# ---- resuming


@pytest.fixture
def interrupted(run, pages, tmp_path, monkeypatch):
    """A run that ended after three chunks; gives the list of what is scored from then on."""
    monkeypatch.setattr(chunks, "_MOST_INPUTS", 4)
    write, n_written = Shards.write, []

    def failing(self, key, content):
        if len(n_written) == 3:
            raise OSError(28, "No space left on device")
        n_written.append(key)
        return write(self, key, content)

    with monkeypatch.context() as patch:
        patch.setattr(Shards, "write", failing)
        done = run(pages, "--output", tmp_path / "out.parquet")
    assert done.exit_code == USAGE and done.stderr.count("\n") == 1 and "No space left" in done.stderr
    assert not (tmp_path / "out.parquet").exists()
    scored = []
    score_results = table.score_results

    def watched(results, *how):
        scored.extend(result.path.split("#")[0] for result in results)
        return score_results(results, *how)

    monkeypatch.setattr("scorer.batch.score_results", watched)
    return scored


def test_a_full_disk_costs_nothing_that_is_done(run, pages, tmp_path, interrupted):
    run(pages, "--output", tmp_path / "other.parquet")
    n_all = len(interrupted)
    del interrupted[:]
    assert run(pages, "--output", tmp_path / "out.parquet").exit_code == SOME_FAILED
    assert 0 < len(interrupted) <= n_all - 12
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()


def test_changed_inputs_are_scored_again_and_no_others(run, pages, tmp_path, interrupted):
    changed = sorted(pages.glob("*.txt"))[1]
    changed.write_text("You won’t believe this\n\nIt was chilling, and there was horror.\n")
    assert run(pages, "--output", tmp_path / "out.parquet").exit_code == SOME_FAILED
    first_chunks = {str(path) for path in sorted(pages.glob("*.txt"))[:4]}
    assert first_chunks & set(interrupted) == {str(changed)}
    run(pages, "--output", tmp_path / "other.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()


@pytest.mark.usefixtures("interrupted")
def test_another_model_does_not_mix(run, pages, tmp_path):
    by_hand.save({**by_hand.TARGETS, "reliability": by_hand.TARGETS["reliability"]._replace(intercept=0.5)}, tmp_path / "model")
    done = run(pages, "--output", tmp_path / "out.parquet", model=tmp_path / "model")
    assert "begun anew" in done.stderr
    run(pages, "--output", tmp_path / "other.parquet", model=tmp_path / "model")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()


@pytest.mark.usefixtures("interrupted")
def test_a_shard_cut_short_is_made_again(run, pages, tmp_path):
    shard = next((tmp_path / "out.parquet.work").rglob("*.arrow"))
    shard.write_bytes(shard.read_bytes()[:-20])
    assert run(pages, "--output", tmp_path / "out.parquet").exit_code == SOME_FAILED
    run(pages, "--output", tmp_path / "other.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()


def test_a_second_run_on_the_same_output_is_refused(run, pages, tmp_path):
    from scorer.batch.shards import alone

    (tmp_path / "out.parquet.work").mkdir()
    with alone(tmp_path / "out.parquet.work"):
        done = run(pages, "--output", tmp_path / "out.parquet")
    assert done.exit_code == USAGE and "another run" in done.stderr and done.stderr.count("\n") == 1


def test_the_old_output_stands_until_the_new_is_whole(run, pages, tmp_path, monkeypatch):
    run(pages, "--output", tmp_path / "out.csv")
    before = (tmp_path / "out.csv").read_bytes()

    def broken(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("scorer.batch.outputs._sync", broken)
        assert run(pages, "--output", tmp_path / "out.csv").exit_code == USAGE
    assert (tmp_path / "out.csv").read_bytes() == before
    assert not (tmp_path / "out.csv.tmp").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the processes of a run in /proc")
def test_killed_and_resumed(small_model):
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "kills.py"),
        "--kills",
        "4",
        "--pages",
        "400",
        "--model",
        str(small_model),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| **all** | 4 | 0 | 0 | 0 | 0 |" in done.stdout


@pytest.mark.slow
def test_an_input_that_kills_its_process_is_a_row(pages, tmp_path, small_model):
    """As the system ends a process for want of memory: the second page ends every process that scores it."""
    victim = sorted(pages.glob("*.txt"))[1].name
    program = (
        "import sys\nfrom scorer.cli import score_main\nimport scorer.batch as batch\n"
        "score = batch.score_chunk\n"
        "def deadly(chunk, *how):\n"
        "    import os, signal\n"
        "    from pathlib import Path\n"
        f"    if any(Path(stamp.path).name == {victim!r} and '/b/' not in stamp.path for stamp in chunk.stamps):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return score(chunk, *how)\n"
        "batch.score_chunk = deadly\n"
        "score_main()\n"
    )
    target = tmp_path / "out.parquet"
    command = [sys.executable, "-c", program, pages, "--output", target, "--model", small_model, "--jobs", "2"]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == SOME_FAILED, done.stderr
    killed = [row for row in rows(target) if row["failed"] and "memory" in row["failed"]]
    assert [Path(row["path"]).name for row in killed] == [victim]
    assert len(rows(target)) == len(run_jsonl(pages, small_model)) + 2  # those that cannot be read
    assert "Traceback" not in done.stderr


def long_run(pages, target, model):
    """A command that takes long enough to be stopped in the middle."""
    for i in range(3000):
        (pages / f"x{i:04}.txt").write_bytes((pages / "00.txt").read_bytes())
    program = Path(sys.executable).with_name("score")
    return [str(word) for word in (program, pages, "--output", target, "--model", model, "--jobs", 2)]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_in_one_line(pages, tmp_path, small_model, number, status):
    command = long_run(pages, tmp_path / "o.parquet", small_model)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not list(tmp_path.glob("o.parquet.work/*/*.arrow")):
            time.sleep(0.05)
            assert process.poll() is None
        os.kill(process.pid, number)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == status, said
    assert said.splitlines()[-1] == "score: interrupted; the same command goes on from here" and "Traceback" not in said
    assert not (tmp_path / "o.parquet").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the processes of a run in /proc")
def test_no_process_outlives_a_run_that_was_killed(pages, tmp_path, small_model):
    command = long_run(pages, tmp_path / "o.parquet", small_model)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while not list(tmp_path.glob("o.parquet.work/*/*.arrow")):
            time.sleep(0.05)
        left = [Path("/proc", pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        left = [path for path in left if b"LokyProcess" in (path / "cmdline").read_bytes()]
        process.kill()
    assert left
    until = time.monotonic() + 60
    while any(path.exists() for path in left):
        assert time.monotonic() < until, left
        time.sleep(0.1)


# ---- outputs and inputs


def test_the_output_in_the_folder_is_no_input(run, pages):
    for _ in range(2):
        assert run(pages, "--output", pages / "out.csv").exit_code == SOME_FAILED
    with (pages / "out.csv").open(encoding="utf-8", newline="") as file:
        assert not [row["id"] for row in csv.DictReader(file) if "out.csv" in row["id"]]


def test_a_folder_that_holds_other_things_is_not_replaced(run, pages):
    done = run(pages, "--output", f"{pages}/")
    assert done.exit_code == USAGE and "would be replaced" in done.stderr
    assert (pages / "00.txt").exists()


def test_a_folder_of_shards_is_replaced(run, pages, tmp_path):
    for _ in range(2):
        assert run(pages, "--output", f"{tmp_path}/shards/").exit_code == SOME_FAILED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "shards"]


def test_a_place_that_is_none(run, pages, tmp_path):
    done = run(pages, "--output", tmp_path / "missing" / "out.parquet")
    assert done.exit_code == USAGE and done.stderr.count("\n") == 1 and "cannot be written" in done.stderr


def test_nothing_to_score(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty", "--output", tmp_path / "out.parquet").exit_code == USAGE


def test_statuses(run, samples, tmp_path):
    target = tmp_path / "out.parquet"
    (tmp_path / "empty.txt").write_text("\n")
    assert run(samples / "s4_agency_pool_gas.txt", "--output", target).exit_code == ALL_SCORED
    assert run(tmp_path / "empty.txt", "--output", target).exit_code == ALL_SCORED
    assert run(tmp_path / "empty.txt", "--output", target, "--strict").exit_code == SOME_FAILED


def test_a_page_that_breaks_the_scoring_costs_only_itself(monkeypatch, small_model):
    score_table = table.score_table

    def broken(frame, **how):
        if (frame["content"] == "break").any():
            raise ZeroDivisionError
        return score_table(frame, **how)

    monkeypatch.setattr(table, "score_table", broken)
    results = [scorer.Page("a", "A plan"), Unreadable("b", "gone"), scorer.Page("c", "break"), scorer.Page("d", "A plan")]
    found = table.score_results(results, small_model)
    assert found["id"].tolist() == ["a", "b", "c", "d"]
    assert found["failed"].isna().tolist() == [True, False, False, True]
    assert "ZeroDivisionError" in found["failed"][2]


def test_a_lone_surrogate_can_be_written(small_model):
    found = table.arrow(table.score_results([scorer.Page("\ud800", "\ud800 said")], small_model))
    assert found["id"].to_pylist() == ["\ufffd"]


# ---- --where


def test_where_keeps_rows(run, pages, tmp_path):
    run(pages, "--output", tmp_path / "all.parquet")
    done = run(pages, "--output", tmp_path / "out.parquet", "--where", "sensationalism >= 0.4 AND abstained IS NULL")
    kept = rows(tmp_path / "out.parquet")
    assert kept == [r for r in rows(tmp_path / "all.parquet") if r["sensationalism"] is not None and r["sensationalism"] >= 0.4]
    assert kept and f"{len(kept)} kept" in done.stdout
    assert done.exit_code == SOME_FAILED and "gone.txt" in done.stderr  # failures are told of though no row is kept


def test_where_needs_a_table(pages):
    assert "for tables" in CliRunner().invoke(score_app, [str(pages), "--where", "reliability > 1"]).stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sensatonalism < 1", "character 1: no column 'sensatonalism'; did you mean sensationalism?"),
        ("reliability > 0.5 and abstained < 3", "character 35: a text is compared with a number"),
        ("reliability = 1", "an equality is written =="),
        ("reliability >", "not a condition"),
        ("__import__('os').getcwd() == 'x'", "character 1: a column, a number or a text"),
        ("1 < 2", "no column"),
        ("reliability", "write comparisons"),
        ("(" * 5000, "not a condition"),
        ("not " * 2000 + "reliability > 1", ""),
        ("x" * 20_000, "longer"),
        ("reliability > 0 if url else 1", "write comparisons"),
        ("abstained is 3", "null"),
        ("\0", "not a condition"),
    ],
)
def test_a_mistake_in_where_is_one_line(run, samples, tmp_path, text, said):
    done = run(samples, "--output", tmp_path / "out.parquet", "--where", text)
    assert done.exit_code == USAGE and done.stderr.count("\n") == 1 and said in done.stderr, done.stderr
    assert not list(tmp_path.iterdir())


def test_a_table_is_held_to_thresholds(run, samples, tmp_path):
    """Those of the options before those of the file; each page beyond one is a line, and the table is whole."""
    (tmp_path / "scorer.toml").write_text("[thresholds]\nmax_sensationalism = 0.0\n")
    asked = [samples, "--output", tmp_path / "out.parquet", "--config", tmp_path / "scorer.toml"]
    done = run(*asked)
    scored = [row for row in rows(tmp_path / "out.parquet") if row["sensationalism"] is not None]
    assert done.exit_code == OVER_THRESHOLD
    assert [line.split(": ")[1] for line in done.stderr.splitlines() if "is above 0" in line] == [row["id"] for row in scored]
    assert run(*asked, "--max-sensationalism", "1").exit_code == ALL_SCORED


def test_a_table_is_scored_with_words_and_switches(run, tmp_path):
    """The same as `score_table` with them; and shards made without them are not taken for these."""
    text = "Zorbly horror\n\n" + "A terrifying and zorbly noise was heard on Tuesday, officials said. " * 8
    (tmp_path / "page.txt").write_text(text)
    config = tmp_path / "other.toml"
    config.write_text('[words]\nfear = ["zorbly"]\n[signals]\noff = ["outrage_words"]\n')
    target = tmp_path / "out.parquet"
    run(tmp_path / "page.txt", "--output", target)
    (plain,) = rows(target)
    run(tmp_path / "page.txt", "--output", target, "--config", config)
    (with_words,) = rows(target)
    assert with_words["fear_words"] > plain["fear_words"]


@pytest.mark.usefixtures("interrupted")
def test_a_config_begins_a_run_anew(run, pages, tmp_path):
    (tmp_path / "other.toml").write_text('[signals]\noff = ["fear_words"]\n')
    done = run(pages, "--output", tmp_path / "out.parquet", "--config", tmp_path / "other.toml")
    assert "another model, config, version or columns" in done.stderr
