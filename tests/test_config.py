"""scorer.toml: what it changes, and how it says what is wrong with it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from typer.testing import CliRunner

import scorer
from scorer.cli import score_app, verbs_app
from scorer.config import SECTIONS, THRESHOLDS, ConfigError, read_config
from scorer.model import LEARNED_WORDS, load, logistic, without
from scorer.pipeline import score_page
from scorer.report import terminal
from scorer.report.annotated import view
from scorer.terms import extendable
from scorer.types import TARGETS, Page

SCHEMA = json.loads((Path(__file__).resolve().parents[1] / "docs" / "config.schema.json").read_text(encoding="utf-8"))
TEXT = "‘Chilling’ horror baffles town\n\n" + "A terrifying noise was heard on Tuesday, and it was zorbly and chilling. " * 8


def written(folder, content):
    path = folder / "scorer.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_whole_file(tmp_path):
    content = """
[thresholds]
max_sensationalism = 0.7
min_reliability = 0
[signals]
off = ["fear_words"]
[words]
fear = ["zorbly", "très noir"]
"""
    config = read_config(written(tmp_path, content))
    assert config.thresholds == {"max_sensationalism": 0.7, "min_reliability": 0.0}
    assert (config.off, config.words) == (["fear_words"], {"fear": ["zorbly", "très noir"]})
    jsonschema.validate(tomllib.loads(content), SCHEMA)
    assert read_config(written(tmp_path, "")).thresholds == {}


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("[thresholds]\nmax_sensationalism = \n", 2, "not TOML"),
        ("a = [", 1, "not TOML"),
        ("[thresholds]\nmax_sensationalism = 1.5", 2, "from 0 to 1"),
        ("[thresholds]\nmax_sensationalism = true", 2, "from 0 to 1"),
        ("[thresholds]\nmin_reliability = nan", 2, "from 0 to 1"),
        ("# x\n[thresholds]\n\nmax_sensationalsm = 0.5", 4, "did you mean max_sensationalism?"),
        ("[signals]\noff = [\n'fear_words',\n'fear_word']", 4, "did you mean fear_words?"),
        ("[signals]\non = []", 2, "off = [names]"),
        ("[signals]\noff = 'fear_words'", 2, "must be a list"),
        ("[words]\nfeer = ['a']", 2, "did you mean fear?"),
        ("[words]\nzone_advert = ['a']", 2, "no list"),
        ("[words]\nawe = ['x']\nfear = ['fine',\n'  ']", 4, "is no term"),
        ("\n[word]\nfear = ['a']", 2, "did you mean words?"),
        ("words = 3", 1, "write [words]"),
    ],
)
def test_a_mistake_is_pointed_at(tmp_path, content, line, said):
    path = written(tmp_path, content)
    with pytest.raises(ConfigError) as error:
        read_config(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "none.toml")
    path = tmp_path / "scorer.toml"
    path.write_bytes(b"# fine\n# \xff")
    with pytest.raises(ConfigError, match=":2: not UTF-8"):
        read_config(path)


def test_the_schema_is_what_the_code_takes():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(SECTIONS)
    assert set(SCHEMA["properties"]["thresholds"]["properties"]) == set(THRESHOLDS)
    assert SCHEMA["properties"]["words"]["propertyNames"]["enum"] == extendable()


def test_a_signal_switched_off_adds_nothing_and_the_sum_holds(small_model):
    model = load(small_model)
    before, after = (score_page(Page("x", TEXT), one) for one in (model, without(model, ("fear_words",))))
    assert before.contributions["sensationalism"]["fear_words"] != 0
    assert after.contributions["sensationalism"]["fear_words"] == 0
    for target in TARGETS:
        total = after.intercepts[target] + sum(after.contributions[target].values())
        assert getattr(after, target) == logistic(total)
        rest = {name: added for name, added in before.contributions[target].items() if name != "fear_words"}
        assert rest == {name: added for name, added in after.contributions[target].items() if name != "fear_words"}
    assert after.measurements["fear_words"] == before.measurements["fear_words"]
    assert LEARNED_WORDS in after.contributions["sensationalism"]
    assert "switched off, adds nothing: fear_words" in terminal.report(after)
    assert any("switched off" in note for note in view(after)["notes"])


def run(folder, *arguments):
    """In a process of its own, since words are added for a process."""
    command = [sys.executable, "-c", "from scorer.cli import score_main; score_main()", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_words_added_are_counted_as_the_others_are(tmp_path, small_model):
    (tmp_path / "page.txt").write_text(TEXT.replace("zorbly", "Zörbly"), encoding="utf-8")
    ask = ("page.txt", "--model", small_model, "--format", "jsonl")
    before = json.loads(run(tmp_path, *ask).stdout)["signals"]["fear_words"]
    written(tmp_path, '[words]\nfear = ["zorbly"]\n')
    done = run(tmp_path, *ask)
    assert (done.returncode, done.stderr) == (0, "")
    after = json.loads(done.stdout)["signals"]["fear_words"]
    assert [one["text"] for one in after["evidence"] if one not in before["evidence"]] == ["Zörbly"] * 8
    assert after["value"] > before["value"]


def test_a_config_elsewhere_and_one_that_is_wrong(tmp_path, small_model):
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "other.toml").write_text("[signals]\noff = ['fear_words']\n", encoding="utf-8")
    done = run(tmp_path, "page.txt", "--model", small_model, "--format", "json", "--config", "other.toml")
    assert json.loads(done.stdout)[0]["switched_off"] == ["fear_words"]
    (tmp_path / "other.toml").write_text("[signals]\noff = ['fear']\n", encoding="utf-8")
    done = run(tmp_path, "page.txt", "--config", "other.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("score: other.toml:2: no signal 'fear'")
    assert done.stderr.count("\n") == 1


def test_thresholds_make_the_exit_status(tmp_path, small_model, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    value = score_page(Page("x", TEXT), load(small_model))

    def status(*options):
        done = CliRunner().invoke(score_app, ["page.txt", "--model", str(small_model), "--format", "csv", *options])
        return done.exit_code, done.stderr

    assert status() == (0, "")
    assert status("--max-sensationalism", "1", "--min-reliability", "0") == (0, "")
    code, said = status("--max-sensationalism", f"{value.sensationalism - 0.01}")
    assert code == 3
    assert said.startswith("score: page.txt: sensationalism ") and said.count("\n") == 1
    assert status("--max-sensationalism", f"{value.sensationalism}") == (0, "")
    code, said = status("--min-reliability", "1", "--max-sensationalism", "0")
    assert code == 3 and said.count("\n") == 1 and ", reliability" in said
    written(tmp_path, "[thresholds]\nmax_sensationalism = 0\n")
    assert status()[0] == 3
    assert status("--max-sensationalism", "1")[0] == 0  # the command line goes before the file
    assert status("none.txt", "--max-sensationalism", "0")[0] == 1


def test_python_takes_a_config_and_leaves_it_behind(tmp_path, small_model):
    """Words of a config count for the calls it is given to, and for no other of the same process."""
    config = written(tmp_path, '[signals]\noff = ["outrage_words"]\n[words]\nfear = ["zorbly"]\n')
    frame = pd.DataFrame({"content": [TEXT]})
    for given in (config, str(config), read_config(config)):
        one = scorer.score(TEXT, small_model, config=given)
        assert "zorbly" in {one.article.text[span.start : span.end] for span in one.measurements["fear_words"].evidence}
        assert one.switched_off == ("outrage_words",)
        row = scorer.score_table(frame, small_model, config=given).iloc[0]
        assert row["fear_words"] == one.measurements["fear_words"].value
        assert row["sensationalism"] == one.sensationalism
        without_words = scorer.score(TEXT, small_model).measurements["fear_words"].value
        assert without_words < one.measurements["fear_words"].value
        scorer.score(TEXT, small_model, config=given)
        measured = scorer.ArticleSignals(signals=["fear_words"]).transform([TEXT])
        assert measured[0, 0] == without_words
    with pytest.raises(scorer.ConfigError, match="cannot be read"):
        scorer.score(TEXT, small_model, config=tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("app", "name", "arguments"),
    [(score_app, "score", ["a", "--html", "b", "--by", "source"]), (verbs_app, "scorer signals", ["signals", "x"])],
)
def test_a_mistake_names_the_command_that_was_run(app, name, arguments):
    done = CliRunner().invoke(app, arguments, prog_name=name.split()[0])
    assert (done.exit_code, done.stderr.split(": ")[0]) == (2, name)
