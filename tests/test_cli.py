"""The commands as a person and a script meet them: what they print, where, and with which exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import small_model as by_hand
from typer.testing import CliRunner

import scorer
from scorer.cli import ALL_SCORED, SOME_FAILED, USAGE, score_app, verbs_app
from scorer.model import FILE_NAME
from scorer.signals import SIGNALS
from scorer.types import TARGETS

AGENCY = "s4_agency_pool_gas.txt"
TABLOID = "s1_tabloid_pool_gas.txt"
WALL = "s8_empty.txt"
BIN = Path(sys.executable).parent


@pytest.fixture
def run(small_model):
    """Run `score` with the small model; a `model` of None leaves the option to the test."""

    def runs(*arguments, stdin=None, model=small_model):
        options = () if model is None else ("--model", str(model))
        return CliRunner().invoke(score_app, [*map(str, arguments), *options], input=stdin)

    return runs


@pytest.fixture
def folder(tmp_path, samples):
    """Three pages: a tabloid's, an agency's, and one without any text."""
    made = tmp_path / "pages"
    made.mkdir()
    for name in (AGENCY, TABLOID):
        (made / name).write_bytes((samples / name).read_bytes())
    (made / WALL).write_text("\n")
    return made


def start(program, *arguments, **options):
    """Run an installed command as a process of its own."""
    environment = {**os.environ, **options.pop("env", {})}
    command = [str(BIN / program), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env=environment, timeout=120, check=False, **options)


def table_names(out, names=(AGENCY, TABLOID, WALL)):
    """The names of pages in the order in which a ranked table gives them."""
    return sorted((name for name in names if name in out), key=out.index)


# ---- reports for a person


def test_one_file_is_reported_in_full(run, samples):
    done = run(samples / AGENCY)
    assert done.exit_code == ALL_SCORED and done.stderr == ""
    for said in ("Eleven treated after chlorine", "Sensationalism", "Reliability", "Clickbait strength", "raised"):
        assert said in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_standard_input(run, samples):
    text = (samples / AGENCY).read_text(encoding="utf-8")
    done = run("-", stdin=text)
    assert done.exit_code == ALL_SCORED
    from_file = run(samples / AGENCY).stdout
    assert [line for line in done.stdout.splitlines() if "█" in line] == [line for line in from_file.splitlines() if "█" in line]


def test_several_files_are_a_table_in_which_all_stand(run, samples):
    done = run(samples / AGENCY, samples / TABLOID)
    assert done.exit_code == ALL_SCORED
    assert table_names(done.stdout) == [TABLOID, AGENCY]


def test_a_folder_is_ranked_most_sensational_first(run, folder):
    done = run(folder)
    assert done.exit_code == ALL_SCORED
    assert table_names(done.stdout) == [TABLOID, AGENCY, WALL], done.stdout


@pytest.mark.parametrize("sort", TARGETS)
def test_sort(run, folder, sort):
    values = {}
    for line in run(folder, "--format", "jsonl").stdout.splitlines():
        record = json.loads(line)
        values[Path(record["path"]).name] = record[sort]
    scored = {name: value for name, value in values.items() if value is not None}
    expected = sorted(scored, key=scored.get, reverse=sort != "reliability")
    assert len(scored) == 2 and len(set(scored.values())) == 2
    assert table_names(run(folder, "--sort", sort).stdout) == [*expected, WALL]


# ---- formats


def test_jsonl(run, folder):
    done = run(folder, "--format", "jsonl")
    assert done.exit_code == ALL_SCORED
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(record["path"]).name for record in records] == [TABLOID, AGENCY, WALL]
    assert records[2]["abstained"].startswith("empty") and records[2]["sensationalism"] is None
    assert set(records[0]["signals"]) >= {signal.name for signal in SIGNALS}


def test_json_is_one_array_of_the_same_records(run, folder):
    array = json.loads(run(folder, "--format", "json").stdout)
    assert array == [json.loads(line) for line in run(folder, "--format", "jsonl").stdout.splitlines()]


def test_csv(run, folder):
    done = run(folder, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [Path(row["path"]).name for row in rows] == [TABLOID, AGENCY, WALL]
    assert {*TARGETS, "id", "headline", "abstained", *(signal.name for signal in SIGNALS)} <= set(rows[0])
    records = [json.loads(line) for line in run(folder, "--format", "jsonl").stdout.splitlines()]
    assert [float(row["reliability"]) for row in rows[:2]] == [record["reliability"] for record in records[:2]]


def test_one_file_as_data(run, samples):
    assert len(run(samples / AGENCY, "--format", "jsonl").stdout.splitlines()) == 1
    assert len(json.loads(run(samples / AGENCY, "--format", "json").stdout)) == 1


def test_python_says_the_same(run, samples, small_model):
    record = json.loads(run(samples / AGENCY, "--format", "jsonl").stdout)
    score = scorer.score(samples / AGENCY, model=small_model)
    assert {target: record[target] for target in TARGETS} == {target: getattr(score, target) for target in TARGETS}
    assert record["model"] == dict(score.model)


# ---- output


@pytest.mark.parametrize("arguments", [(), ("--format", "jsonl"), ("--format", "csv")])
def test_output_holds_what_would_have_been_printed(run, folder, tmp_path, arguments):
    target = tmp_path / "out"
    done = run(folder, *arguments, "--output", target)
    assert done.exit_code == ALL_SCORED and done.stdout == ""
    assert target.read_text(encoding="utf-8") == run(folder, *arguments).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "pages"]


def test_output_appears_only_when_it_is_complete(tmp_path, small_model, monkeypatch):
    """While pages are still scored, the old file stands; after a failure, too."""
    target = tmp_path / "out.jsonl"
    target.write_text("old\n")
    seen = []

    def interrupted(*_arguments, **_named):
        yield scorer.score("A headline", model=small_model)
        seen.append(target.read_text())
        raise KeyboardInterrupt

    monkeypatch.setattr("scorer.cli.score.score_paths", interrupted)
    done = CliRunner().invoke(score_app, ["x", "--format", "jsonl", "--output", str(target), "--model", str(small_model)])
    assert seen == ["old\n"]
    assert done.exit_code not in (ALL_SCORED, SOME_FAILED, USAGE)
    assert target.read_text() == "old\n"


def test_output_that_cannot_be_written(run, samples, tmp_path):
    done = run(samples / AGENCY, "--output", tmp_path / "missing" / "out.txt")
    assert done.exit_code == USAGE
    assert one_line(done.stderr).startswith(f"score: {tmp_path}") and "cannot be written" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_on_one_line(samples, small_model):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [BIN / "score", samples / AGENCY, "--model", small_model],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == USAGE
    assert "cannot be written" in one_line(done.stderr.decode())


# ---- what goes wrong


def one_line(stderr):
    """`stderr`, which must be one line for a person."""
    assert stderr.count("\n") == 1 and stderr.endswith("\n"), stderr
    assert "Traceback" not in stderr
    return stderr


def test_what_cannot_be_read_is_named_and_nothing_else_is_lost(run, samples, tmp_path):
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    done = run(tmp_path / "missing.txt", samples / AGENCY, binary, samples / TABLOID, "--format", "jsonl")
    assert done.exit_code == SOME_FAILED
    assert [Path(json.loads(line)["path"]).name for line in done.stdout.splitlines()] == [AGENCY, TABLOID]
    said = done.stderr.splitlines()
    assert len(said) == 2
    assert str(tmp_path / "missing.txt") in said[0] and "No such file" in said[0]
    assert str(binary) in said[1] and "binary" in said[1]


def test_a_single_missing_file(run, tmp_path):
    done = run(tmp_path / "missing.txt")
    assert done.exit_code == SOME_FAILED
    assert "No such file" in one_line(done.stderr)


def test_a_name_cannot_write_to_the_terminal(run, tmp_path):
    done = run(tmp_path / "a\n\x1b[31mred.txt")
    assert done.exit_code == SOME_FAILED
    assert "\x1b" not in one_line(done.stderr)


def test_an_empty_folder(run, tmp_path):
    done = run(tmp_path)
    assert done.exit_code == USAGE
    assert "no pages" in one_line(done.stderr)


@pytest.mark.parametrize(("strict", "status"), [((), ALL_SCORED), (("--strict",), SOME_FAILED)])
def test_strict(run, folder, strict, status):
    assert run(folder, *strict).exit_code == status
    assert run(folder / WALL, *strict).exit_code == status
    assert run(folder / AGENCY, *strict).exit_code == ALL_SCORED


def test_a_target_withheld_is_no_abstention(run, samples):
    assert run(samples / "s8_single_headline.txt", "--strict").exit_code == ALL_SCORED


@pytest.mark.parametrize(
    "arguments",
    [[], ["--format", "xml", "a.txt"], ["--sort", "beauty", "a.txt"], ["--nonsense", "a.txt"], ["--format"]],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_usage(arguments):
    done = CliRunner().invoke(score_app, arguments)
    assert done.exit_code == USAGE
    assert "Error" in done.stderr and "Traceback" not in done.stderr


class Creates:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_a_wrong_or_hostile_model_is_one_line(run, samples, tmp_path):
    import pickle

    mark = tmp_path / "was-here"
    hostile = tmp_path / "hostile.joblib"
    hostile.write_bytes(pickle.dumps(Creates(mark)))
    (tmp_path / "empty").mkdir()
    for model, said in [(tmp_path / "none", "No such file"), (tmp_path / "empty", "No such file"), (hostile, "refused")]:
        done = run(samples / AGENCY, model=model)
        assert done.exit_code == USAGE and done.stdout == ""
        assert said in one_line(done.stderr) and str(model) in done.stderr
    assert not mark.exists()


def test_a_model_of_another_version_is_one_line(run, samples, tmp_path):
    target = by_hand.TARGETS["reliability"]
    curves = {**target.curves, "signal_of_tomorrow": target.curves["quoted_share"]}
    by_hand.save({**by_hand.TARGETS, "reliability": target._replace(curves=curves)}, tmp_path)
    done = run(samples / AGENCY, model=tmp_path)
    assert done.exit_code == USAGE
    assert "signal_of_tomorrow" in one_line(done.stderr)


def test_the_model_may_be_its_file_or_its_folder(run, samples, small_model):
    by_folder = run(samples / AGENCY, model=small_model).stdout
    assert run(samples / AGENCY, model=small_model / FILE_NAME).stdout == by_folder
    assert run(samples / AGENCY, model=None).stdout != by_folder


# ---- as a process


def test_a_reader_that_leaves_early(folder, samples, small_model):
    """`score ... | head -1`: one line, no traceback, no complaint."""
    for path in sorted(samples.glob("*.txt")):
        for copy in range(5):
            (folder / f"{copy}{path.name}").write_bytes(path.read_bytes())
    for options in ("--format jsonl", "--format json", "--format csv", ""):
        line = f"'{BIN / 'score'}' '{folder}' --model '{small_model}' {options} | head -1"
        done = subprocess.run(line, shell=True, capture_output=True, timeout=120, check=False)
        assert done.returncode == 0 and done.stdout.count(b"\n") == 1, done
        assert done.stderr == b"", options


def test_standard_input_of_bytes_that_are_not_utf8(small_model):
    done = start("score", "-", "--format", "jsonl", "--model", small_model, input="Café closed\n\nIt shut.\n".encode("cp1252"))
    assert done.returncode == ALL_SCORED
    assert json.loads(done.stdout)["headline"] == "Café closed"


def test_a_terminal_that_knows_ascii_only(samples, small_model):
    done = start("score", samples / TABLOID, "--model", small_model, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == ALL_SCORED and done.stderr == b""
    assert done.stdout.isascii() and b"Sensationalism" in done.stdout


def test_the_working_directory_does_not_matter(samples, small_model, tmp_path):
    done = start("score", samples / AGENCY, "--model", small_model, cwd=tmp_path)
    assert done.returncode == ALL_SCORED, done.stderr


def test_exit_statuses_of_the_process(samples, tmp_path, small_model):
    model = ("--model", small_model)
    assert start("score", samples / AGENCY, *model).returncode == 0
    assert start("score", tmp_path / "missing.txt", *model).returncode == 1
    assert start("score").returncode == 2
    assert start("score", samples / AGENCY, "--model", tmp_path).returncode == 2


@pytest.mark.parametrize("program", ["score", "scorer"])
def test_version_and_help(program):
    assert start(program, "--version").stdout.decode() == f"scorer {scorer.__version__}\n"
    done = start(program, "--help")
    assert done.returncode == 0 and b"Usage" in done.stdout


# ---- scorer VERB


def test_signals_lists_every_signal_on_one_line():
    done = CliRunner().invoke(verbs_app, ["signals"])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == len(SIGNALS)
    for line, signal in zip(lines, SIGNALS, strict=True):
        group, name, said = line.split(None, 2)
        assert (group, name) == (signal.group, signal.name) and len(said) > 15


@pytest.mark.parametrize("signal", SIGNALS[::9], ids=lambda signal: signal.name)
def test_one_signal_is_printed_with_its_examples(signal):
    done = CliRunner().invoke(verbs_app, ["signals", signal.name])
    assert done.exit_code == 0
    for said in (signal.name, "**Measured as**", "**Known limits**", "**Fires on**", "**Silent on**", "«"):
        assert said in done.stdout
    assert all(example.split("\n")[0] in done.stdout for example in (*signal.fires, *signal.silent))


def test_an_unknown_signal_is_answered_with_the_nearest():
    done = CliRunner().invoke(verbs_app, ["signals", "headline_hedge"])
    assert done.exit_code == USAGE and done.stdout == ""
    assert "did you mean headline_hedges?" in one_line(done.stderr)
    done = CliRunner().invoke(verbs_app, ["signals", "zzzzzz\n"])
    assert done.exit_code == USAGE
    assert "`scorer signals` lists them" in one_line(done.stderr)


@pytest.mark.parametrize("verb", ["train", "evaluate", "mine"])
def test_a_folder_without_data_is_one_line(verb, tmp_path):
    done = CliRunner().invoke(verbs_app, [verb, "--data", str(tmp_path / "nowhere")])
    assert done.exit_code == USAGE, done.exception
    assert "nowhere" in one_line(done.stderr)
