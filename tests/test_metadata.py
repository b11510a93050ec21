"""What a page of HTML says of itself: which source is believed, and that the others are recorded."""

import json

import pytest

from scorer.parse import parse
from scorer.parse.dates import iso_date
from scorer.types import Page

BODY = (
    "<p>The harbour office closed the north quay on Tuesday after a crack was found in its wall, the port said.</p>"
    "<p>Engineers will inspect it by Friday, said Dana Holt, who runs the office, and ships berth at the south quay.</p>"
    "<p>About forty boats use the north quay on a summer's day, according to the harbour's own figures for last year.</p>"
)


def metadata(
    head="", *, headline="Crack closes north quay", above="", below="", lang="en", url="https://www.quay.example/news/1"
):
    content = (
        f"<html lang={lang}><head>{head}</head><body><article><h1>{headline}</h1>{above}{BODY}</article>{below}</body></html>"
    )
    return parse(Page(id="page", content=content, media="html", url=url)).metadata


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def tag(name, content):
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "headline", "expected"),
    [
        ("<title>Crack closes north quay | The Quay</title>", "Crack closes north quay", "Crack closes north quay"),
        (tag("og:title", "Crack closes north quay"), "CRACK CLOSES NORTH QUAY", "Crack closes north quay"),
        (tag("og:title", "North quay: a crack closes it"), "CRACK CLOSES NORTH QUAY", "CRACK CLOSES NORTH QUAY"),
        (tag("og:title", "Crack closes - north quay"), "Crack closes <span>north quay</span>", "Crack closes - north quay"),
        (tag("og:title", "Quay’s crack “closes” it"), "Quay’s crack “closes” it", 'Quay\'s crack "closes" it'),
        (tag("og:title", "The best of the harbour"), "Crack closes north quay", "The best of the harbour"),
    ],
)
def test_headline(head, headline, expected):
    assert metadata(head, headline=headline).headline == expected


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        (linked(datePublished="2024-05-04T10:00:00+02:00"), "", "2024-05-04"),
        (tag("article:published_time", "2024-05-04"), "<p>May 9, 2024</p>", "2024-05-04"),
        (tag("dc:date:issued", "2024-05-04"), "", "2024-05-04"),
        ("", "<p>Published May 4, 2024, updated May 9, 2024</p>", "2024-05-04"),
        ("", "<p>Updated May 9, 2024</p>", "2024-05-09"),
        (linked(datePublished="2024-05-05T02:30:00Z"), "<p>May 4, 2024</p>", "2024-05-04"),
        (linked(datePublished="2024-05-05T15:30:00Z"), "<p>May 4, 2024</p>", "2024-05-05"),
        (linked(datePublished="2024-06-01") + tag("article:published_time", "2024-05-02"), "<p>May 4, 2024</p>", "2024-05-04"),
        (linked(datePublished="2024-06-01"), "<p>This story was originally published on 4 May 2019.</p>", "2019-05-04"),
        (linked(dateModified="2024-05-04"), "", "2024-05-04"),
        ("", "", ""),
    ],
)
def test_date(head, above, expected):
    assert metadata(head, above=above).date == expected


@pytest.mark.parametrize(
    ("lang", "url", "expected"),
    [
        ("en-US", "https://a.example/", "2024-03-04"),
        ("en-GB", "https://a.example/", "2024-04-03"),
        ("en", "https://a.example.co.uk/", "2024-04-03"),
        ("en", "https://a.example/", ""),
    ],
)
def test_which_number_is_the_day_is_told_by_the_region(lang, url, expected):
    assert metadata(above="<p>03/04/2024</p>", lang=lang, url=url).date == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sat, 4 May 2024", "2024-05-04"),
        ("May 4th, 2024", "2024-05-04"),
        ("20240504T101500", "2024-05-04"),
        ("25/12/23", "2023-12-25"),
        ("13 of 25", ""),
        (None, ""),
    ],
)
def test_days_in_many_forms(said, expected):
    assert iso_date(said) == expected


@pytest.mark.parametrize(
    ("head", "above", "below", "expected"),
    [
        (linked(author={"name": "Ines Marlow"}), "", "", "Ines Marlow"),
        (linked(author=[{"name": "Ines Marlow"}, {"name": "Jo Pell"}]), "", "", "Ines Marlow, Jo Pell"),
        (linked(author="Ines Marlow, Senior Harbour Reporter"), "", "", "Ines Marlow"),
        (linked(author="Ines Marlow, MD"), "", "", "Ines Marlow, MD"),
        (tag("author", "By Ines Marlow | The Quay"), "", "", "Ines Marlow"),
        ("", "<p>By Ines Marlow, Journalist</p>", "", "Ines Marlow"),
        ("", "<p>By</p><p>Ines Marlow</p>", "", "Ines Marlow"),
        ("", "<p>May 4, 2024 | by Ines Marlow</p>", "", "Ines Marlow"),
        ("", "<p>Ines Marlow</p><p>May 4, 2024</p>", "", "Ines Marlow"),
        ("", "<p>Harbour News</p><p>May 4, 2024</p><p>More news of the harbour below.</p>", "", ""),
        ("", "<p>Ines Marlow</p><p>Harbour Reporter</p>", "", "Ines Marlow"),
        ("", "", "<h3>About the author</h3><p>Ines Marlow is a reporter who lives by the quay.</p>", "Ines Marlow"),
        ('<script>var page = {"author": {"@type": "Person", "name": "Ines Marlow"}}</script>', "", "", "Ines Marlow"),
        ("", "", "", ""),
    ],
)
def test_byline(head, above, below, expected):
    assert metadata(head, above=above, below=below).byline == expected


def test_sources_that_say_otherwise_are_recorded():
    head = linked(headline="North quay closed", datePublished="2024-05-04", author="Ines Marlow") + tag("author", "Jo Pell")
    found = metadata(head, above="<p>May 9, 2024</p>")
    assert found.headline == "Crack closes north quay"
    assert ("headline", "json-ld", "North quay closed") in found.disagreements
    assert ("byline", "meta", "Jo Pell") in found.disagreements
    assert ("date", "visible", "2024-05-09") in found.disagreements


@pytest.mark.parametrize("address", ["http://[", "//[::1", "http://a.example:port/", "\ud800"])
def test_an_address_that_is_none_is_no_obstacle(address):
    found = metadata(f'<link rel="canonical" href="{address}">{tag("og:url", address)}', url=address)
    assert found.headline == "Crack closes north quay"
