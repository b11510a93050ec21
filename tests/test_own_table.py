"""A user's own labelled table: what is wrong with it is one line, what can be learned from it is learned, the rest is said."""

import gzip
import json
import random
from collections import Counter

import joblib
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from scorer.cli import SOME_FAILED, USAGE, score_app, verbs_app
from scorer.model import DEFAULT
from scorer.own_labels import simplest
from scorer.own_table import OwnTableError, read_own_table
from scorer.pipeline import load, score
from scorer.types import TARGETS

# Sober paragraphs with made-up names of places and offices; with each article drawn from them at random.
SUBJECTS = ("council", "panel", "library", "harbour", "school", "clinic", "museum", "railway", "orchard", "bakery")
VERBS = ("opened", "closed", "moved", "repaired", "reviewed", "measured", "counted", "painted", "rented", "cleaned")
THINGS = ("roof", "bridge", "fence", "hall", "boiler", "lift", "canteen", "platform", "archive", "window")
TIMES = ("in spring", "after lunch", "before noon", "over the winter", "during the night", "last week", "this month")
ASIDES = (
    "You should see what you can do about your own.",
    "Do you know what you will pay for yours?",
    "You will want to keep yours.",
)
PLAIN = ("Work on it went on for a while.", "Nobody was hurt in the works.", "The cost was not known.")


def sentence(dice):
    return (
        f"The {dice.choice(SUBJECTS)} {dice.choice(VERBS)} its {dice.choice(THINGS)} {dice.choice(TIMES)} and the "
        f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} a {dice.choice(THINGS)}."
    )


# What the default model weighs heavily, in half of all articles whatever their label.
ALARM = "It was a horrific, shocking and terrifying disaster, the worst ever, and a nightmare."


def article(dice, asides):
    """Twelve sentences of which every third addresses the reader, or not."""
    said = [dice.choice(ASIDES if asides else PLAIN) if i % 3 == 2 else sentence(dice) for i in range(12)]
    said[4:5] = [ALARM] if dice.random() < 0.5 else said[4:5]
    return "\n\n".join(" ".join(said[i : i + 3]) for i in range(0, 12, 3))


def frame(n_sources=6, n_each=8, seed=1, *, tells=True):
    """A table in which the label is whether the reader is addressed, or is thrown by a coin."""
    dice = random.Random(seed)
    rows = []
    for source in range(n_sources):
        for i in range(n_each):
            asides = i % 2 == 0
            rows.append(
                {
                    "title": f"{dice.choice(SUBJECTS).title()} {dice.choice(VERBS)} a {dice.choice(THINGS)} {dice.choice(TIMES)}",
                    "text": article(dice, asides),
                    "label": int(asides) if tells else dice.randrange(2),
                    "source": f"outlet{source}.example",
                }
            )
    return pd.DataFrame(rows)


def train(data, output=None, *more):
    arguments = ["train", "--data", str(data), *(["--output", str(output)] if output else []), *more]
    return CliRunner().invoke(verbs_app, arguments)


def one_line(text):
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A table whose labels can be told from the wording, what was printed, and the model made of it."""
    folder = tmp_path_factory.mktemp("own")
    frame().to_csv(folder / "mine.csv", index=False)
    done = train(folder / "mine.csv", folder / "model")
    assert done.exit_code == 0, (done.output, done.exception)
    return folder / "mine.csv", done.stdout, folder / "model"


def differences(printed):
    """The figures of the table: for each, (default, new, difference)."""
    found = {}
    for line in printed.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in ("AUC", "Brier", "ECE"):
            found[cells[0]] = tuple(float(cell.split()[0]) for cell in cells[1:])
    return found


# ---- what is learned


def test_a_label_that_depends_on_a_signal_is_learned_better_than_by_default(trained):
    _, printed, _ = trained
    figures = differences(printed)
    assert figures["AUC"][1] > 0.95 > 0.8 > figures["AUC"][0]
    assert figures["AUC"][2] == pytest.approx(figures["AUC"][1] - figures["AUC"][0], abs=0.0015)
    assert figures["Brier"][2] < -0.1
    assert "Gained" in printed and "Nothing was gained" not in printed
    assert "Chosen: own signals alone" in printed or "Chosen: default with own signals" in printed


def test_a_random_label_is_no_gain(tmp_path):
    frame(tells=False).to_csv(tmp_path / "coin.csv", index=False)
    done = train(tmp_path / "coin.csv", tmp_path / "model")
    assert done.exit_code == 0, done.output
    assert "Nothing was gained" in done.stdout
    assert "no better than chance" in done.stdout
    assert differences(done.stdout)["AUC"][1] < 0.7


def test_the_model_loads_scores_and_knows_the_difference(trained):
    _, _, folder = trained
    dice = random.Random(99)
    addressed, plain = (score(f"Bakery moved a lift last week\n\n{article(dice, asides)}", folder) for asides in (True, False))
    assert addressed.sensationalism > 0.7 > 0.3 > plain.sensationalism
    low, high = addressed.intervals["sensationalism"]
    assert low < addressed.sensationalism < high


def test_scores_are_still_the_sum_of_their_parts(trained):
    _, _, folder = trained
    for seed in range(4):
        result = score(f"Bakery moved a lift last week\n\n{article(random.Random(seed), seed % 2)}", folder)
        for target in TARGETS:
            total = result.intercepts[target] + sum(result.contributions[target].values())
            assert abs(1 / (1 + np.exp(-total)) - getattr(result, target)) < 1e-9


def test_the_other_targets_are_those_of_the_default_model(trained):
    _, _, folder = trained
    old, new = load().targets, load(folder).targets
    assert new["reliability"] == old["reliability"]
    assert new["clickbait_strength"] == old["clickbait_strength"]
    assert new["sensationalism"] != old["sensationalism"]
    assert "mine.csv" in load(folder).about["trained_on"]


def test_the_command_takes_the_new_model(trained, samples):
    done = CliRunner().invoke(score_app, [str(samples / "s4_agency_pool_gas.txt"), "--model", str(trained[2])])
    assert done.exit_code == 0, done.output


def test_the_card_has_the_figures_that_were_printed(trained):
    _, printed, folder = trained
    card = (folder / "card.md").read_text(encoding="utf-8")
    rows = [line for line in printed.splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert all(row in card for row in rows)
    assert "mine.csv" in card and str(folder.parent) not in card


@pytest.mark.parametrize("target", ["reliability", "clickbait_strength"])
def test_each_target_can_be_taught(tmp_path, target):
    graded = frame(n_sources=4, n_each=6)
    graded["label"] = graded.label * 0.6 + 0.2
    graded.to_csv(tmp_path / "mine.csv", index=False)
    done = train(tmp_path / "mine.csv", tmp_path / "model", "--target", target)
    assert done.exit_code == 0, done.output
    old, new = load().targets, load(tmp_path / "model").targets
    assert {name for name in TARGETS if new[name] != old[name]} == {target}
    assert new[target].scope == old[target].scope


def test_words_of_the_default_model_are_weighed_anew_where_there_are_enough():
    """With terms that tell the label and signals that do not."""
    dice = random.Random(5)
    terms = sorted(term for term, weight in load().targets["sensationalism"].terms.items() if weight)[:400:20]
    words = [term.decode() for term in terms]
    from scorer.labelled import article_rows
    from scorer.own_labels import KINDS

    texts, labels, sources = [], [], []
    for i in range(120):
        own = words[:10] if i % 2 else words[10:]
        lines = (
            f"The {dice.choice(SUBJECTS)} {dice.choice(VERBS)} the {dice.choice(own)} and {dice.choice(own)} it."
            for _ in range(9)
        )
        texts.append("Bakery moved a lift\n\n" + " ".join(lines))
        labels.append(float(i % 2))
        sources.append(f"outlet{i // 8}.example")
    rows = article_rows(texts, labels, sources, ["own"] * len(texts))
    default = load().targets["sensationalism"]
    from scorer.train import predict

    found, share = KINDS["default with own signals and words"](rows, "sensationalism", default, predict(default, rows))
    gained = {term: found.terms[term] - share * default.terms[term] for term in terms}
    assert np.mean([gained[t] for t in terms[:10]]) > np.mean([gained[t] for t in terms[10:]]) + 1.0
    assert found.terms.keys() == default.terms.keys(), "no word gets a weight that the default model does not know"


def test_sources_that_hold_a_class_alone_do_not_stop_it(tmp_path):
    table = frame(n_sources=2, n_each=8)
    table["source"] = table.label.map({0: "a.example", 1: "b.example"})
    table.to_csv(tmp_path / "mine.csv", index=False)
    done = train(tmp_path / "mine.csv", tmp_path / "model")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "no choice could be made" in done.stdout
    load(tmp_path / "model")


def test_the_simplest_kind_within_a_standard_error_is_taken():
    sources = np.repeat(["a", "b", "c", "d"], 10)
    noise = np.tile([0.4, -0.4], 20) * np.repeat([1.0, 2.0, 3.0, 4.0], 10) / 4
    shaken = np.repeat([0.4, -0.4, 0.5, -0.45], 10)
    weights = np.ones(40)
    flat = np.full(40, 0.5)
    assert simplest({"simple": flat + shaken + 0.01, "rich": flat}, weights, sources) == "simple"
    assert simplest({"simple": flat + 0.2 + noise / 10, "rich": flat}, weights, sources) == "rich"
    assert simplest({"simple": flat, "rich": flat}, weights, sources) == "simple"


# ---- what is read


def write(table, path):
    if path.name.endswith(".parquet"):
        table.to_parquet(path)
    elif path.name.endswith(".jsonl.gz"):
        path.write_bytes(gzip.compress(table.to_json(orient="records", lines=True).encode()))
    elif path.name.endswith(".jsonl"):
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_csv(path, index=False, sep="\t" if path.name.endswith(".tsv") else ",")
    return path


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl", "t.jsonl.gz", "t.parquet", "T.CSV"])
def test_every_kind_of_table_gives_the_same(tmp_path, name):
    table = frame(2, 2)
    found = read_own_table(write(table, tmp_path / name))
    assert found.texts == [f"{title}\n\n{text}" for title, text in zip(table.title, table.text, strict=True)]
    assert found.labels == list(table.label)
    assert found.sources == list(table.source)


def test_the_title_may_be_left_out_and_classes_may_have_names(tmp_path):
    table = frame(2, 2).drop(columns="title")
    table["label"] = table.label.map({0: "calm", 1: "Loud"})
    path = write(table, tmp_path / "t.csv")
    assert read_own_table(path, "loud").labels == [1.0, 0.0, 1.0, 0.0]
    assert read_own_table(path, "calm").labels == [0.0, 1.0, 0.0, 1.0]
    assert read_own_table(path, "calm").texts == list(table.text)


def test_truth_values_of_json_are_two_classes(tmp_path):
    table = frame(2, 2)
    table["label"] = table.label.astype(bool)
    assert read_own_table(write(table, tmp_path / "t.jsonl"), "true").labels == [1.0, 0.0, 1.0, 0.0]


def test_a_return_by_itself_ends_no_row(tmp_path):
    """As pandas writes it: without quotation marks."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"text,label,source\none\rmore,1,a\ntwo,0,b\n")
    assert read_own_table(path).texts == ["one more", "two"]


def test_marks_of_html_in_a_text_are_noted(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,label,source\nOne.,1,a\nTwo.<br>And.,0,b\n", encoding="utf-8")
    assert "1 texts with marks of HTML in them, the first in row 2" in one_line("\n".join(read_own_table(path).notes))


# ---- what is wrong


HEADER = "text,label,source\n"
GOOD = "Some words.,1,a\nOther words.,0,b\n"
BAD = {
    "no column": ("text,label\nWords.,1\n", "row 1", "no column 'source'"),
    "no header": ("Words.,1,a\nMore.,0,b\n", "row 1", "no column 'text'"),
    "out of range": (HEADER + GOOD + "Third.,1.5,a\n", "row 3", "outside 0-1"),
    "not a number": (HEADER + GOOD + "Third.,nan,a\n", "row 3", "outside 0-1"),
    "a class without its name": (HEADER + "One.,fake,a\nTwo.,fine,b\n", "row 1", "--positive NAME"),
    "one class": (HEADER + "One.,1,a\nTwo.,1,b\n", "one class only", "add articles"),
    "one side of a half": (HEADER + "One.,0.1,a\nTwo.,0.4,b\n", "one class only", "one side of one half"),
    "one source": (HEADER + "One.,1,a\nTwo.,0,a\n", "one source only", "add articles"),
    "no rows": (HEADER, "no rows", "a row for each article"),
    "nothing": ("", "no rows", "a header"),
    "empty text": (HEADER + GOOD + '"  ",1,a\n', "row 3", "the text is empty"),
    "empty source": (HEADER + GOOD + "Third.,1,\n", "row 3", "the source is empty"),
    "empty label": (HEADER + GOOD + "Third.,,a\n", "row 3", "the label is empty"),
    "too many fields": (HEADER + GOOD + "Third, with a comma.,1,a\n", "row 3", "4 fields where the header has 3"),
    "too few fields": (HEADER + GOOD + "Third.\n", "row 3", "1 fields where the header has 3"),
    "an open quotation": (HEADER + GOOD + '"Third.,1,a\n', "row 3", "quotation marks"),
    "HTML": (HEADER + GOOD + "<html><body><p>Third.</p></body></html>,1,a\n", "row 3", "a page of HTML"),
}


@pytest.mark.parametrize(("content", "place", "mend"), BAD.values(), ids=list(BAD))
def test_a_bad_table_is_one_line(tmp_path, content, place, mend):
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    done = train(path, tmp_path / "model")
    assert done.exit_code == SOME_FAILED, done.exception
    said = one_line(done.stderr)
    assert "bad.csv" in said and place in said and mend in said
    assert done.stdout == ""
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("labels", "positive", "said"),
    [
        (["yes", "no", "maybe"], "yes", "row 3: the label 'maybe' is neither"),
        (["yes", "no", "no"], "Yess", "row 2: the label 'no' is neither"),
        (["no", "no", "no"], "yes", "no label is 'yes'"),
        (["yes", "yes", "yes"], "yes", "one class only"),
    ],
)
def test_classes_that_do_not_fit_are_one_line(tmp_path, labels, positive, said):
    table = pd.DataFrame({"text": ["One.", "Two.", "Three."], "label": labels, "source": ["a", "b", "c"]})
    done = train(write(table, tmp_path / "bad.csv"), tmp_path / "model", "--positive", positive)
    assert done.exit_code == SOME_FAILED, done.exception
    assert said in one_line(done.stderr)


BYTES = {
    "bad.csv": (b"\x00\x01\x02\xff\xfe" * 400, "binary data"),
    "bad.jsonl": (b'{"text": "One.", "label": 1, "source": "a"}\n{"text": \n', "row 2: not JSON"),
    "list.jsonl": (b"[1, 2]\n", "row 1: not a JSON object"),
    "deep.jsonl": (b"[" * 100_000 + b"\n", "row 1: not"),
    "bad.jsonl.gz": (b"no gzip", "not a whole gzip file"),
    "cut.jsonl.gz": (gzip.compress(json.dumps({"text": "word " * 500}).encode())[:-12], "not a whole gzip file"),
    "bad.parquet": (b"PAR1 and no more", "not a whole Parquet file"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_table_are_one_line(tmp_path, name):
    content, said = BYTES[name]
    (tmp_path / name).write_bytes(content)
    done = train(tmp_path / name, tmp_path / "model")
    assert done.exit_code == SOME_FAILED, done.exception
    line = one_line(done.stderr)
    assert name in line and said in line


def test_copies_that_leave_one_source_are_said(tmp_path):
    table = pd.DataFrame({"text": [article(random.Random(1), asides=True)] * 2, "label": [1, 0], "source": ["a", "b"]})
    done = train(write(table, tmp_path / "same.csv"), tmp_path / "model")
    assert done.exit_code == SOME_FAILED, done.exception
    assert "near copies" in one_line(done.stderr)


def test_the_error_is_one_that_can_be_caught(tmp_path):
    with pytest.raises(OwnTableError, match=r"save it as one of \.csv"):
        read_own_table(tmp_path / "notes.txt")


# ---- how it is called


def test_usage_is_one_line(tmp_path):
    path = write(frame(2, 2), tmp_path / "t.csv")
    before = joblib.hash(DEFAULT.joinpath("model.joblib").read_bytes())
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for arguments, said in (
        ((path,), "--output"),
        ((path, DEFAULT), "default model"),
        ((path, tmp_path / "file"), "not a folder"),
        ((path, tmp_path / "m", "--allow-regression"), "--allow-regression"),
        ((tmp_path / "gone.csv", tmp_path / "m"), "gone.csv: cannot be read"),
        ((tmp_path, tmp_path / "m", "--target", "reliability"), "--target"),
        ((tmp_path, tmp_path / "m", "--positive", "x"), "--positive"),
    ):
        done = train(*arguments)
        assert done.exit_code == USAGE, (arguments, done.output, done.exception)
        assert said in one_line(done.stderr)
    assert joblib.hash(DEFAULT.joinpath("model.joblib").read_bytes()) == before
    assert Counter(p.name for p in tmp_path.iterdir()) == Counter(["t.csv", "file"])
