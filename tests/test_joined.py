"""Outlets that flattening joined to a name: found at the end of a whole name, and in no name that holds a capital."""

import pytest

from scorer.credits import person_in_byline
from scorer.joined import joined_outlet, without_joined
from scorer.parse import parse
from scorer.types import Page

JOINED = [
    ("Ada Brook", "BBC News"),
    ("Ada Brook", "BBC News, Skarn"),
    ("ADA de Brook", "Reuters"),
    ("Zoë Noé", "AP"),
    ("Ada Li", "Associated Press"),
    ("Ada DeBrook", "The Guardian"),
    ("Ada Mack", "PA Media"),
    ("Ada McBrook", "AFP"),
]
WHOLE = [
    "Ron DeSantis",
    "Ada McDonald",
    "LeBron Brook",
    "Ada MacBBC",
    "Ada McAP",
    "Ada LaReuters",
    "Ada VanAntara",
    "ADA BROOKBBC",
    "Ada Brook, BBC News",
    "Ada BrookBBCs",
    "Ada BrookAni",
    "Ada Brook2BBC",
    "Ada JoAnsa",
    "eBBC",
    "Ada FitzTass",
    "",
]


@pytest.mark.parametrize(("name", "outlet"), JOINED)
def test_where_an_outlet_begins(name, outlet):
    assert joined_outlet(f"By {name}{outlet}") == len(f"By {name}")


@pytest.mark.parametrize("name", WHOLE)
def test_a_name_is_left_whole(name):
    assert joined_outlet(f"By {name}") == len(f"By {name}")


def test_an_outlet_known_from_its_page():
    assert joined_outlet("Ada BrookThe Quay", ["quay.example", "", "The Quay"]) == len("Ada Brook")
    assert joined_outlet("Ada MacQuay", ["Quay"]) == joined_outlet("Ada BrQuays", ["Quay"]) == len("Ada MacQuay")
    assert joined_outlet("Ada Brookquay", ["quay"]) == len("Ada Brookquay")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ada BrookBBC News and Zoë NoéReuters", "Ada Brook and Zoë Noé"),
        ("Ada BrookThe Quay, Zoë Noé", "Ada Brook, Zoë Noé"),
        ("Ada BrookBBC News, Skarn", "Ada Brook"),
        ("Ada HuffQuay", "Ada HuffQuay"),
        ("@AdaBrookBBC", "@AdaBrookBBC"),
    ],
)
def test_each_name_of_a_byline_ends_where_an_outlet_is_joined_to_it(byline, names):
    assert without_joined(byline, ["The Quay", "Quay"]) == names


def test_the_name_that_a_byline_credits_ends_before_the_outlet():
    body = "Ferries between the two islands stopped on Monday after the pier at Skarn was found to be cracked, the board said.\n"
    for byline, name in (("Ada BrookBBC News", "Ada Brook"), ("Ada MacBain", "Ada MacBain"), ("Night EditorBBC", "")):
        article = parse(Page("x", f"Ferries stop after cracks are found in pier\n\nBy {byline}\n\n{body * 3}"))
        span = person_in_byline(article)
        assert (article.text[span.start : span.end] if span else "") == name
