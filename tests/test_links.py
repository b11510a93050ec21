"""The items of link blocks: where they lead and which are paid for, in HTML and in text alike."""

import pytest

from scorer.parse import parse
from scorer.types import Page

PARAGRAPHS = [
    "The harbour office closed the north quay on Tuesday after a crack was found in its wall, the port said.",
    "Engineers will inspect it by Friday, said Dana Holt, who runs the office, and ships berth at the south quay till then.",
    "About forty boats use the north quay on a summer's day, according to the harbour's own figures for last year.",
]
ITEMS = ["Nine Things Every Sailor Hides From The Crew", "The Bridge Engineers Refuse To Cross After Dark"]
TEXT = "\n\n".join(["Crack closes north quay", "By Ines Marlow", *PARAGRAPHS, "{heading}", *ITEMS])


def page(widget):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<html><head><title>Crack closes north quay</title></head><body>"
        f"<article><h1>Crack closes north quay</h1>{body}</article>"
        f"{widget}</body></html>"
    )


def destinations(content, media="html", url="https://www.quay.example/news/1"):
    article = parse(Page(id="page", content=content, media=media, url=url))
    return {article.text[at.start : at.end]: where for at, where in zip(article.links, article.destinations, strict=True)}


def widget(heading, *hrefs, attributes=""):
    items = "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in zip(hrefs, ITEMS, strict=True))
    return f"<div {attributes}><h3>{heading}</h3><ul>{items}</ul></div>"


def test_an_item_keeps_its_target_its_host_and_whose_that_is():
    found = destinations(page(widget("Related stories", "/news/2", "https://elsewhere.example.org/a?b=1")))
    assert found[ITEMS[0]] == ("https://www.quay.example/news/2", "www.quay.example", True, False)
    assert found[ITEMS[1]] == ("https://elsewhere.example.org/a?b=1", "elsewhere.example.org", False, False)


def test_whose_site_it_is_is_not_known_without_the_page_s_own():
    found = destinations(page(widget("Related stories", "/news/2", "https://elsewhere.example.org/a")), url="")
    assert found[ITEMS[0]].url == "/news/2"
    assert found[ITEMS[1]].own is None


@pytest.mark.parametrize(
    ("heading", "attributes", "hrefs"),
    [
        ("You may like", 'id="taboola-below-article"', ("https://a.example.net/1", "https://b.example.net/2")),
        ("You may like", 'class="OUTBRAIN"', ("https://a.example.net/1", "https://b.example.net/2")),
        ("Recommended", 'class="rc-widget revcontent"', ("https://a.example.net/1", "https://b.example.net/2")),
        ("Recommended", "", ("https://trc.taboola.com/1", "https://paid.outbrain.com/2")),
        ("Promoted stories", "", ("https://a.example.net/1", "https://b.example.net/2")),
        ("From around the web", "", ("https://a.example.net/1", "https://b.example.net/2")),
        ("Recommended by Outbrain", "", ("https://a.example.net/1", "https://b.example.net/2")),
    ],
)
def test_what_the_page_marks_as_paid_for_is_sponsored(heading, attributes, hrefs):
    found = destinations(page(widget(heading, *hrefs, attributes=attributes)))
    assert [found[item].sponsored for item in ITEMS] == [True, True]


def test_a_link_to_the_own_site_under_such_a_heading_is_not():
    found = destinations(page(widget("From around the web", "/news/2", "https://a.example.net/1")))
    assert [found[item].sponsored for item in ITEMS] == [False, True]


@pytest.mark.parametrize(
    ("heading", "sponsored"), [("Sponsored stories", True), ("Promoted content by Taboola", True), ("You may also like", False)]
)
def test_plain_text_has_no_targets_but_says_what_is_paid_for(heading, sponsored):
    found = destinations(TEXT.format(heading=heading), media="text")
    assert {item: found[item] for item in ITEMS} == dict.fromkeys(ITEMS, (None, None, None, sponsored))


@pytest.mark.parametrize(
    ("item", "sponsored"),
    [
        ("Sponsored: The Boat Shoe Everyone Wants", True),
        ("The Boat Shoe Everyone Wants | Sponsored", True),
        ("The Boat Shoe Everyone Wants (Ad)", True),
        ("Sponsored bill on boat shoes fails in the council", False),
        ("Promoted to captain at nineteen, she sold boat shoes", False),
    ],
)
def test_an_item_may_say_so_itself(item, sponsored):
    content = page(widget("Related stories", "https://a.example.net/1", "https://b.example.net/2").replace(ITEMS[0], item))
    assert destinations(content)[item].sponsored is sponsored
