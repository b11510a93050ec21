"""Reports, on scores made by hand: the model has no part in them."""

import csv as csv_module
import io
import json as json_module
import re
from dataclasses import replace
from math import isnan, nan
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

from scorer.features import measure
from scorer.parse import parse
from scorer.report import csv, json, jsonl, layout, terminal
from scorer.report.record import Places, record
from scorer.signals import SIGNALS
from scorer.types import TARGETS, Measurement, Page, Score, Summary

SCHEMA = json_module.loads((Path(__file__).parents[1] / "docs" / "output.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

PAGE = """\
‘Chilling’ noise baffles a whole town

By Lena Ord
4 May 2021

OSLO, May 4 (Reuters) - A terrifying noise was heard in the town on Tuesday, and nobody knows what it was.

“It was a horror,” said Ada Brook, 41, who lives beside the old quarry. “I have not slept since.”

READ MORE: Fury as council sells the ‘haunted’ quarry

The council will measure the noise next week, according to a report by its engineer, Imani Okafor.

You may also like

What the dog heard next will shock you
Swans block the towpath [VIDEO]

Source: Reuters
"""


def made_up(
    content=PAGE, *, path="pages/noise.txt", scores=(0.81, 0.4, 0.1), abstained=None, withheld=None, page_id=None, notes=()
):
    """A score with a contribution for every third signal, rising and falling."""
    article = parse(Page(id=path if page_id is None else page_id, content=content, path=path, notes=notes))
    measurements = measure(article)
    contributions = {
        target: {name: (-1) ** i * (i % 7 + 1) / 10 for i, name in enumerate(measurements) if (i + shift) % 3 == 0}
        for shift, target in enumerate(TARGETS)
    }
    return Score(
        id=article.id,
        page=Page(id=article.id, content=article.text),
        article=article,
        **dict(zip(TARGETS, scores, strict=True)),
        abstained=abstained,
        withheld=withheld or {},
        measurements=measurements,
        contributions=contributions,
        intercepts=dict.fromkeys(TARGETS, -0.25),
        words={},
        intervals={},
        model={"name": "made-up", "version": "0", "sha256": "0" * 64},
    )


def withheld_score(content=""):
    reason = "empty: the input holds no text"
    return made_up(content, scores=(None,) * 3, abstained=reason, withheld=dict.fromkeys(TARGETS, reason))


SCORES = {
    "whole page": made_up(),
    "windows line ends": made_up(PAGE.replace("\n", "\r\n")),
    "tabs": made_up(PAGE.replace("A terrifying", "A\tvery\t\tterrifying")),
    "emoji": made_up(PAGE.replace("A terrifying", "😱😱 👨‍👩‍👧 A terrifying")),
    "lone surrogate": made_up(PAGE.replace("Chilling", "Chilling\ud800"), path="pages/\udcff.txt"),
    "headline only": made_up("Aliens may have landed", scores=(0.5, None, 0.9), withheld={"reliability": "no body"}),
    "empty": withheld_score(),
    "blank": withheld_score(" \n\t\n"),
    "no headline": made_up(PAGE.split("2021", 1)[1], scores=(0.5, 0.5, None), withheld={"clickbait_strength": "no headline"}),
    "control characters": made_up(PAGE.replace("terrifying", "terrifying\x1b[31m \x07\x00 horror")),
    "from memory": made_up(path="", page_id="text"),
}
each_score = pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)


# ---- record, jsonl, json


@each_score
def test_a_line_is_strict_json_that_the_schema_describes(score):
    (line,) = jsonl.report([score])
    assert line.endswith("\n") and "\n" not in line[:-1]
    assert line.isascii()

    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    read = json_module.loads(line, parse_constant=refuse)
    VALIDATOR.validate(read)
    assert read == json_module.loads(json_module.dumps(record(score)))


@each_score
def test_the_schema_names_every_field_and_no_other(score):
    written = record(score)
    assert set(written) == set(SCHEMA["properties"]) == set(SCHEMA["required"])
    assert set(written["model"]) == set(SCHEMA["properties"]["model"]["properties"])
    for name in ("signal", "evidence", "zone"):
        assert set(SCHEMA["$defs"][name]["properties"]) == set(SCHEMA["$defs"][name]["required"])
    for signal in written["signals"].values():
        assert set(signal) == set(SCHEMA["$defs"]["signal"]["properties"])
        for evidence in signal["evidence"]:
            assert set(evidence) == set(SCHEMA["$defs"]["evidence"]["properties"])


def test_the_schema_is_one_and_refuses_what_is_not_a_record():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    written = record(SCORES["whole page"])
    for broken in ({"sensationalism": 1.2}, {"zones": [{"zone": "sidebar", "start": 0, "end": 1}]}, {"headline": 3}):
        assert not VALIDATOR.is_valid(written | broken)
    assert not VALIDATOR.is_valid({key: written[key] for key in written if key != "abstained"})


@each_score
def test_evidence_is_the_text_where_it_says(score):
    text = score.article.text
    for signal in record(score)["signals"].values():
        for found in signal["evidence"]:
            assert text[found["start"] : found["end"]] == found["text"]
            lines = text.split("\n")
            start = sum(len(line) + 1 for line in lines[: found["line"] - 1]) + found["column"] - 1
            assert start == found["start"]


@each_score
def test_evidence_lies_in_the_zone_it_names(score):
    for signal in record(score)["signals"].values():
        for found in signal["evidence"]:
            if found["zone"] is not None:
                assert any(zone.start <= found["start"] < zone.end for zone in score.article.zone(found["zone"])), found


@each_score
def test_every_character_has_the_zone_that_holds_it(score):
    places = Places(score.article)
    expected = [None] * len(score.article.text)
    for zone in score.article.zones:
        if zone.label not in ("quote", "attribution"):
            expected[zone.start : zone.end] = [zone.label] * (zone.end - zone.start)
    assert [places.zone(at) for at in range(len(expected))] == expected


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("one\ntwo three\n", "three", (2, 5)),
        ("one\r\ntwo three\r\n", "three", (2, 5)),
        ("one\n\n\n\ttwo", "two", (4, 2)),
        ("😱 👩‍🚒 one", "one", (1, 7)),
        ("\ufeffone", "one", (1, 2)),
        ("one\r\n", "\n", (1, 5)),
        ("one\ntwo\n", "two", (2, 1)),
        ("one\u2028two", "two", (1, 5)),
    ],
)
def test_line_and_column(text, word, place):
    assert Places(parse(Page(id="x", content=text))).line_column(text.index(word)) == place


def test_an_inline_dateline_is_a_dateline_and_what_follows_is_body():
    article = SCORES["whole page"].article
    places = Places(article)
    opening = article.text.index("OSLO")
    assert places.zone(opening) == "dateline"
    after = article.text.index("nobody knows")
    assert places.zone(after) == "body"
    assert places.zone(article.text.index("\n\nBy Lena")) is None


def test_values_that_json_lacks_are_null():
    score = SCORES["whole page"]
    name = next(iter(score.measurements))
    broken = replace(score, measurements={**score.measurements, name: Measurement(nan)})
    assert record(broken)["signals"][name]["value"] is None
    for target in TARGETS:
        assert record(SCORES["empty"])[target] is None


def test_contributions_are_those_of_the_score():
    score = SCORES["whole page"]
    written = record(score)["signals"]
    for target in TARGETS:
        back = {name: one["contributions"][target] for name, one in written.items() if target in one["contributions"]}
        assert back == score.contributions[target]


def test_json_is_an_array_of_the_records():
    scores = list(SCORES.values())
    whole = "".join(json.report(scores))
    assert json_module.loads(whole) == [json_module.loads(line) for line in jsonl.report(scores)]
    assert json_module.loads("".join(json.report([]))) == []
    assert len(whole.splitlines()) == len(scores) + 2


def test_machine_outputs_stream():
    def endless():
        while True:
            yield SCORES["headline only"]

    for report in (jsonl.report, json.report, csv.report):
        pieces = report(endless())
        assert next(pieces) and next(pieces)


# ---- csv


def rows_of(scores):
    text = "".join(csv.report(scores))
    text.encode("utf-8")
    return list(csv_module.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_an_article_and_a_column_a_signal():
    rows = rows_of(SCORES.values())
    names = [signal.name for signal in SIGNALS]
    assert list(rows[0]) == ["id", "path", "url", "headline", *TARGETS, "abstained", *names]
    for row, score in zip(rows, SCORES.values(), strict=True):
        assert row["sensationalism"] == ("" if score.sensationalism is None else repr(score.sensationalism))
        for name in names:
            value = score.measurements[name].value
            assert row[name] == ("" if isnan(value) else repr(float(value)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_csv_cells_are_no_formulas(start):
    text = f"{start}cmd|' /C calc'!A0"
    assert csv.inert(text) == "'" + text
    (row,) = rows_of([made_up(path=text)])
    assert row["path"] == row["id"] == "'" + text


def test_csv_of_a_headline_that_looks_like_a_formula():
    page = PAGE.replace("‘Chilling’ noise", "=SUM(A1:A9) noise")
    (row,) = rows_of([made_up(page)])
    assert row["headline"].startswith("'=SUM(A1:A9) noise")


def test_csv_steers_no_terminal():
    """Nothing a page or a file's name says reaches a terminal as a control, nor turns the direction of writing."""
    page = PAGE.replace("‘Chilling’", "\x1b[2J\x9b31m \u202eChilling\u2066\x07")
    (row,) = rows_of([made_up(page, path="a\x1b]0;title\x07\u200f.txt")])
    assert row["path"] == "a\ufffd]0;title\ufffd\ufffd.txt"
    assert all(char.isprintable() for cell in row.values() for char in cell)


def test_csv_leaves_plain_text_and_numbers_as_they_are():
    (row,) = rows_of([made_up()])
    assert row["headline"] == "‘Chilling’ noise baffles a whole town"
    assert row["path"] == "pages/noise.txt"
    score = SCORES["whole page"]
    name = next(iter(score.measurements))
    (row,) = rows_of([replace(score, measurements={**score.measurements, name: Measurement(-1.5)})])
    assert row[name] == "-1.5"


def test_csv_keeps_rows_apart_whatever_a_page_holds():
    text = "".join(csv.report(SCORES.values()))
    assert "\0" not in text
    assert len(text.split("\n")) == len(SCORES) + 2
    assert len(rows_of([made_up("a\rb\nc", path=f"a{end}b") for end in ("\r", "\n", "\r\n", ",", '"')])) == 5


# ---- terminal


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A terminal that remembers what was written to it."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def terminal_variables(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return monkeypatch


@each_score
@pytest.mark.parametrize("width", [40, 57, 80, 100])
def test_no_line_is_wider_than_the_terminal(score, width):
    text = terminal.report(score, width=width) + "".join(terminal.table([score, score], width=width))
    for line in text.splitlines():
        assert cell_len(line) <= width, line
        assert line == line.rstrip()


@each_score
def test_nothing_in_a_page_reaches_the_terminal_as_a_command(score):
    for text in (terminal.report(score), *terminal.table([score])):
        assert all(char.isprintable() or char == "\n" for char in text), ascii(text)
        text.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain “words” – é 😱", "plain “words” – é 😱"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("one\r\ntwo\tthree\u00a0four\u2028five", "one  two three four five"),
        ("abc\x08\x08\x00\x7f", "abc\\x08\\x08\\x00\\x7f"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("a\u200bb\u00adc\ufeffd", "abcd"),
        ("\ud800", "\\ud800"),
        ("\ue000", "\\ue000"),
        ("", ""),
    ],
)
def test_printable(text, shown):
    assert layout.printable(text) == shown
    assert "\n" not in layout.printable(text)


def test_markup_in_a_page_is_text():
    page = PAGE.replace("‘Chilling’", "[bold red]Chilling[/] :smile: [link=x]").replace("Lena", "[/]")
    for colour in (False, True):
        text = ESCAPES.sub("", terminal.report(made_up(page), width=120, colour=colour))
        assert "[bold red]Chilling[/] :smile: [link=x] noise" in text


def test_the_report_says_what_it_should():
    score = SCORES["whole page"]
    text = terminal.report(score)
    assert text.startswith("‘Chilling’ noise baffles a whole town\npages/noise.txt\n")
    assert re.search(r"^Sensationalism +█+░+  0\.81  high$", text, re.MULTILINE)
    assert re.search(r"^Reliability +█+░+  0\.40  moderate$", text, re.MULTILINE)
    assert re.search(r"^Clickbait strength +█+░+  0\.10  low$", text, re.MULTILINE)
    assert re.search(r"^  link block +4  10:1 READ MORE: Fury as council", text, re.MULTILINE)
    assert re.search(r"^  provenance +1  19:1 Source: Reuters$", text, re.MULTILINE)
    assert "Model: made-up 0." in text


def test_the_words_stand_under_their_signal_with_line_and_column():
    score = made_up()
    only = {target: {"fear_words": 0.5} for target in TARGETS}
    text = terminal.report(replace(score, contributions=only))
    assert re.search(r"raised  \+0\.50  Words of fear and threat in the reporter's own voice\n +6:27 terrifying\n", text), text
    assert text.count("terrifying") == 1, "words are shown once"
    assert text.count("(words above)") == 2


def test_contributions_add_up_to_the_score():
    score = SCORES["whole page"]
    text = terminal.report(score)
    for target in TARGETS:
        total = sum(score.contributions[target].values()) + score.intercepts[target]
        assert f"in all  {total:+.2f}  a score of {getattr(score, target):.2f}" in text
    (part, *_) = text.split("Sensationalism reads as")[1].split("Reliability reads as")
    numbers = [float(number) for number in re.findall(r"^  .{8}([+-]\d+\.\d\d)  ", part, re.MULTILINE)]
    assert sum(numbers[:-1]) == pytest.approx(numbers[-1], abs=0.005 * len(numbers))


def test_thresholds():
    for value, word in ((0.0, "low"), (0.349, "low"), (0.35, "elevated"), (0.649, "elevated"), (0.65, "high"), (1, "high")):
        text = terminal.report(made_up(scores=(value, 0.5, 0.5)))
        assert f"Sensationalism reads as {word}\n" in text


def test_an_abstention_says_why_and_nothing_else():
    text = terminal.report(SCORES["empty"])
    assert "(no headline)" in text
    assert "Not scored: empty: the input holds no text" in text
    assert "reads as" not in text and "raised" not in text


def test_a_withheld_score_says_why_and_shows_no_contributions():
    text = terminal.report(SCORES["headline only"])
    assert re.search(r"^Reliability +not scored: no body$", text, re.MULTILINE)
    assert "Reliability reads as" not in text
    assert "Could not be measured" in text
    assert re.search(r" no body: .*\ball \d+ body signals", " ".join(text.split()))


def test_what_could_not_be_measured_is_named_with_its_reason():
    text = terminal.report(SCORES["no headline"])
    assert re.search(r"^  no headline: all \d+ headline signals", text, re.MULTILINE)


def test_notes_of_the_reader_are_shown():
    assert "\nnote: read as Windows-1252\n" in terminal.report(made_up(notes=("read as Windows-1252",)))


@each_score
def test_no_text_of_ours_judges_what_a_page_reports(score):
    text = terminal.report(score, width=100) + "".join(terminal.table([score]))
    ours = text.replace(score.article.text, "").lower()
    for word in ("fake", "false", "hoax", "untrue", "misinformation", "disinformation", "lie ", "lies ", "propaganda"):
        assert word not in ours


def test_table_keeps_the_order_and_names_pages_in_their_folder():
    scores = [made_up(path=f"news/2021/{name}.txt") for name in ("b", "a", "c")]
    lines = "".join(terminal.table(scores)).splitlines()
    assert lines[0] == "Pages in news/2021"
    assert lines[2].split() == ["sensa-", "reli-", "click-"]
    assert lines[3].split() == ["tional", "able", "bait", "headline", "page"]
    assert [line.split()[-1] for line in lines[4:7]] == ["b.txt", "a.txt", "c.txt"]
    assert [line.split()[0] for line in lines[4:7]] == ["1", "2", "3"]
    assert "  0.81   0.40    0.10  ‘Chilling’ noise baffles a whole town" in lines[4]
    narrow = "".join(terminal.table(scores, width=40)).splitlines()
    assert narrow[2].split() == ["sensational", "reliable", "clickbait"]


def test_table_names_pages_by_id_where_a_file_holds_many():
    scores = [made_up(path="crawl.jsonl", page_id=f"crawl.jsonl#{i}") for i in (1, 2)]
    assert "crawl.jsonl#2" in "".join(terminal.table(scores))


def test_table_of_an_abstention():
    rows = [Summary.of(score) for score in (SCORES["whole page"], SCORES["empty"])]
    text = "".join(terminal.table(rows, width=100))
    assert "(not scored: empty: the input holds no text)" in text
    assert "2 pages, 1 not scored." in text
    assert "".join(terminal.table([])) == ""


def test_long_and_wide_headlines_are_cut():
    score = made_up(PAGE.replace("Chilling", "恐怖の音" * 40))
    for width in (40, 80):
        for line in terminal.table([score], width=width):
            assert cell_len(line.rstrip("\n")) <= width


@pytest.mark.usefixtures("terminal_variables")
def test_colours_on_a_terminal_only():
    on_terminal, in_file = Terminal(), io.StringIO()
    for file in (on_terminal, in_file):
        terminal.print_article(SCORES["whole page"], file)
        terminal.print_table([SCORES["whole page"]], file)
    assert "\x1b[" in on_terminal.getvalue()
    assert "\x1b" not in in_file.getvalue()
    assert ESCAPES.sub("", on_terminal.getvalue()) == in_file.getvalue()


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colours_where_they_are_not_wanted(terminal_variables, variable, value):
    terminal_variables.setenv(variable, value)
    file = Terminal()
    terminal.print_article(SCORES["whole page"], file)
    terminal.print_table([SCORES["whole page"]], file)
    assert "\x1b" not in file.getvalue()


def test_width_is_that_of_the_environment(terminal_variables):
    for columns in ("40", "80"):
        terminal_variables.setenv("COLUMNS", columns)
        for file in (Terminal(), io.StringIO()):
            terminal.print_article(SCORES["whole page"], file)
            widest = max(cell_len(ESCAPES.sub("", line)) for line in file.getvalue().splitlines())
            assert int(columns) - 12 < widest <= int(columns)


@pytest.mark.usefixtures("terminal_variables")
def test_a_narrow_encoding_gets_plain_characters():
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    terminal.print_article(SCORES["whole page"], file)
    terminal.print_table([SCORES["whole page"]], file)
    file.seek(0)
    text = file.read()
    assert "####" in text and "\\u2588" not in text


def test_every_signal_that_can_be_shown_has_words_of_its_own():
    score = SCORES["whole page"]
    for signal in SIGNALS:
        text = terminal.report(replace(score, contributions={t: {signal.name: 0.5} for t in TARGETS}), width=200)
        line = re.search(r"^  raised  \+0\.50  (.+)$", text, re.MULTILINE)
        assert line and line[1] != signal.name.replace("_", " ")


def test_headings_begin_at_the_margin():
    text = terminal.report(SCORES["headline only"]) + terminal.report(SCORES["whole page"])
    for heading in ("Sensationalism reads as", "Set aside", "Could not be measured"):
        assert f"\n{heading}" in text
