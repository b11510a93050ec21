"""What a page of HTML says of itself: which source is believed, and that the others are recorded."""

import json

import pytest

from scorer.parse import parse
from scorer.parse.dates import date_in_address, iso_date
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
        ("<title>The Quay</title>", "Crack closes north quay", "Crack closes north quay"),
        ("", "Crack closes<br>north quay", "Crack closes north quay"),
        ("", "<div>Crack closes</div><div>north quay</div>", "Crack closes north quay"),
        (tag("og:title", "Crack closes north quay"), "<b>Harbour</b>Crack closes north quay", "Crack closes north quay"),
        ("<title>Crack closes north quay | Q</title>", "Crack closes north quay<sup>1</sup>", "Crack closes north quay"),
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
        (linked(datePublished="2024-05-03T21:30:00Z"), "<p>May 4, 2024</p>", "2024-05-04"),
        (tag("bt:pubDate", "20240504101500"), "", "2024-05-04"),
        ('<meta http-equiv="last-modified" content="2024-05-04">', "", "2024-05-04"),
        ("<script>var page = {'publishedDate': '2024-05-04'}</script>", "", "2024-05-04"),
        ("", '<time datetime="1714817700">Saturday</time>', "2024-05-04"),
        ("", '<abbr class=published title="2024-05-04T10:15:00+02:00">10:15</abbr>', "2024-05-04"),
        ("", '<span class=date title="May 4, 2024">2 years ago</span>', "2024-05-04"),
        ("", '<span class=date data-date="2024-05-04"></span>', "2024-05-04"),
        ("", '<span property="dc:date" content="2024-05-04">Saturday</span>', "2024-05-04"),
        ("", "<div><b>04</b><b>May</b><b>2024</b></div>", "2024-05-04"),
        ("", "<p>Updated: 12:10, 9 May 2024 Published: 10:15, 4 May 2024</p>", "2024-05-04"),
        (
            "",
            '<p><time class=updated datetime="2024-05-09">9</time> <time class=published datetime="2024-05-04">4</time></p>',
            "2024-05-04",
        ),
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
        ("04.05.2024", "2024-05-04"),
        ("25-12-2023", "2023-12-25"),
        ("04-05-2024", ""),
        ("May.4.2024", "2024-05-04"),
        ("1714817700123", "2024-05-04"),
        ("13 of 25", ""),
        (None, ""),
    ],
)
def test_days_in_many_forms(said, expected):
    assert iso_date(said) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2024/05/04/crack", "2024-05-04"),
        ("2024/5/4/crack", "2024-05-04"),
        ("2024/may/04/crack", "2024-05-04"),
        ("2024-05-04-crack", "2024-05-04"),
        ("crack-20240504.html", "2024-05-04"),
        ("crack-of-2024-05-04-at-the-quay", ""),
        ("2024/5/4-cracks-in-walls", ""),
        ("crack-20241399", ""),
    ],
)
def test_day_in_an_address(path, expected):
    assert date_in_address(f"https://www.quay.example/{path}") == expected


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
        (linked(author={"givenName": "Ines", "familyName": "Marlow"}), "", "", "Ines Marlow"),
        (linked(author={"name": {"@value": "Ines Marlow"}}), "", "", "Ines Marlow"),
        (linked(author="www.quay.example") + tag("author", "i@quay.example (Ines Marlow)"), "", "", "Ines Marlow"),
        (tag("twitter:label2", "Written by") + tag("twitter:data2", "Ines Marlow"), "", "", "Ines Marlow"),
        (tag("author", "Ines Marlow") + tag("author", "Jo Pell"), "", "", "Ines Marlow, Jo Pell"),
        ("", "<p>Ines Marlow · May 4, 2024 · 5 min read</p>", "", "Ines Marlow"),
        ("", "<p><b>May 4, 2024</b> <b>Ines Marlow</b></p>", "", "Ines Marlow"),
        ("", "<p>— Ines Marlow, Port Office, Quay, May 4, 2024</p>", "", ""),
        ("", "<p>Crack Closes</p><p>May 4, 2024</p><p>A crack closes it.</p>", "", ""),
        ("", "<p class=byline>Ines Marlow Senior Harbour Editor</p>", "", "Ines Marlow"),
        ("", "<p class=byline>By Ines Marlow for The Quay</p>", "", "Ines Marlow"),
        ("", "<p class=byline>By INES MARLOW Special to The Quay</p>", "", "INES MARLOW"),
        ("", "<p class=byline>Reuters</p>", "", "Reuters"),
        ("", "<p class=byline><b>By Ines Marlow</b><b>BBC News</b></p>", "", "Ines Marlow"),
        ("", "<p>By Ines MarlowReuters</p>", "", "Ines Marlow"),
        ("", "<p>By Ines MacBBC</p>", "", "Ines MacBBC"),
        (tag("author", "Ines MarlowBBC News"), "", "", "Ines Marlow"),
        (tag("author", "Ines MarlowThe Quay") + tag("og:site_name", "The Quay"), "", "", "Ines Marlow"),
        (tag("author", "Ines DeQuay") + tag("og:site_name", "Quay"), "", "", "Ines DeQuay"),
        ("", "<p class=author><i>Ines Marlow</i> By <i>Ines Marlow</i></p>", "", "Ines Marlow"),
        ("", '<p class=author><a href="/author/ines">View all posts by Ines Marlow</a></p>', "", "Ines Marlow"),
        ("", '<div itemprop=author><meta itemprop=name content="Ines Marlow"></div>', "", "Ines Marlow"),
        ("", '<i property="schema:author"><i property="schema:name">Ines Marlow</i></i>', "", "Ines Marlow"),
        ("", '<div data-testid="author-name">Ines Marlow</div>', "", "Ines Marlow"),
        ("", "<ul><li><b>Author</b> Ines Marlow</li></ul>", "", "Ines Marlow"),
        ("", "", "<ul><li><b>Date</b> 04.05.2024</li><li><b>Author</b> Ines Marlow</li></ul>", "Ines Marlow"),
        ("", "", "<ul><li>Stars for Wednesday, 11/20/19 by Ines Marlow</li></ul>", ""),
        ("", "", "<p>© 2024 by The Quay. All rights reserved.</p>", ""),
        ("", "", "", ""),
    ],
)
def test_byline(head, above, below, expected):
    assert metadata(head, above=above, below=below).byline == expected


@pytest.mark.parametrize(
    ("author", "above", "expected"),
    [
        ("quay_admin", "<p>By Ines Marlow</p>", "Ines Marlow"),
        ("The Quay", "<p>By Ines Marlow</p>", "Ines Marlow"),
        ({"@type": "Organization", "name": "Harbour Press Agency"}, "<p>By Ines Marlow</p>", "Ines Marlow"),
        ("Jo Pell, The Quay", "<p>By Ines Marlow</p>", "Jo Pell"),
        ("The Quay", "", "The Quay"),
    ],
)
def test_a_person_is_believed_before_an_account_or_an_outlet(author, above, expected):
    assert metadata(linked(author=author) + tag("og:site_name", "The Quay"), above=above).byline == expected


def test_of_two_articles_the_one_with_the_title_of_the_page_is_meant():
    other = linked(headline="Ferry sold to the island", author="Jo Pell", datePublished="2020-01-01")
    found = metadata(other + linked(headline="Crack closes north quay", author="Ines Marlow", datePublished="2024-05-04"))
    assert (found.byline, found.date) == ("Ines Marlow", "2024-05-04")


def test_names_above_the_headline_of_another_story_do_not_overrule():
    head = tag("og:title", "Ferry sold to the island") + linked(author="The Quay") + tag("og:site_name", "The Quay")
    assert metadata(head, above="<p>By Ines Marlow</p>").byline == "The Quay"


def test_sources_that_say_otherwise_are_recorded():
    head = linked(headline="North quay closed", datePublished="2024-05-04", author="Ines Marlow") + tag("author", "Jo Pell")
    found = metadata(head, above="<p>May 9, 2024</p>")
    assert found.headline == "Crack closes north quay"
    assert ("headline", "json-ld", "North quay closed") in found.disagreements
    assert ("byline", "meta", "Jo Pell") in found.disagreements
    assert ("date", "visible", "2024-05-09") in found.disagreements


def test_every_source_of_a_day_that_is_not_believed_is_recorded():
    stamp = "2024-05-05T02:30:00Z"
    found = metadata(linked(datePublished=stamp) + tag("article:published_time", stamp), above="<p>May 4, 2024</p>")
    assert [tuple(one) for one in found.disagreements] == [
        ("date", "json-ld", "2024-05-05"),
        ("date", "opengraph", "2024-05-05"),
    ]


def test_an_original_day_does_not_disagree_with_itself():
    assert not metadata(above="<p>This story was originally published on 4 May 2019.</p>").disagreements


def test_an_address_that_is_believed_does_not_disagree():
    link = '<link rel="canonical" href="https://www.quay.example/news/1">'
    found = metadata(link + tag("og:url", "/news/1") + linked(url="https://www.quay.example/"))
    assert found.url == "https://www.quay.example/news/1"
    assert [tuple(one) for one in found.disagreements] == [("url", "json-ld", "https://www.quay.example/")]


@pytest.mark.parametrize("address", ["http://[", "//[::1", "http://a.example:port/", "\ud800"])
def test_an_address_that_is_none_is_no_obstacle(address):
    found = metadata(f'<link rel="canonical" href="{address}">{tag("og:url", address)}', url=address)
    assert found.headline == "Crack closes north quay"
