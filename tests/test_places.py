"""Where spans of an article's text stand in the page as it was scraped: each place holds the words of its span."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import check_linear

from scorer import Page, Span, find_places, parse
from scorer.evaluate_pages import load
from scorer.text import NO_WIDTH

BLANK = re.compile(rf"[\s{NO_WIDTH}]")
UNSEEN = re.compile(r"""<!--.*?-->|<(script|style)\b.*?</\1>|<[a-z/](?:[^>'"]|'[^']*'|"[^"]*")*>""", re.DOTALL)


def bare(text):
    """A text without white space and without what has no width."""
    return BLANK.sub("", text)


def shown(markup):
    """What is shown of a part of a page, without white space."""
    return bare(unescape(UNSEEN.sub("", markup)))


def all_spans(article):
    return [*article.zones, *article.sentences, *(span for spans in article.hits.values() for span in spans)]


def lines_of(article):
    return [Span(*line.span(), "line") for line in re.finditer(".+", article.text)]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["article_extraction_benchmark", "wcxb", "l3s_gn1"])
def test_nearly_all_of_real_pages_is_found(shared, name):
    n, n_found = 0, 0
    for stem, content, _ in load(shared / "datasets" / "pages", name, "dev").pages[::5]:
        page = Page(stem, content, "html")
        article = parse(page)
        spans = all_spans(article)
        n += len(spans)
        n_found += sum(place is not None for place in find_places(page, article, spans))
    assert n_found >= 0.995 * n  # a line with a hidden word in it is not


WORDS = st.lists(
    st.sampled_from(["horror", "a<b", "&", "Ada", "‘x’", "said", "\u00a0", "\u200b", "😱", "1 > 0", '"', "'"]), min_size=1
)
TAGS = st.sampled_from(["p", "h1", "li", "b", "a href='x > y'", 'div class="z"', "td"])


@given(st.lists(st.tuples(TAGS, WORDS), min_size=1, max_size=12), st.booleans())
def test_what_is_found_holds_the_words(elements, is_html):
    pieces = [(tag, " ".join((f"line{i}", *words))) for i, (tag, words) in enumerate(elements)]
    content = "".join(
        f"<{tag}>{escape(text)}</{tag.split()[0]}><!-- <p>said -->\n<script>'<p>said'</script>" if is_html else text + "\n"
        for tag, text in pieces
    )
    page = Page("page", content, "html" if is_html else "text")
    article = parse(page)
    spans = [span for span in all_spans(article) if bare(article.text[span.start : span.end])]
    for span, place in zip(spans, find_places(page, article, spans), strict=True):
        assert place
        found = page.content[slice(*place)]
        assert (shown(found) if is_html else bare(found)) == bare(article.text[span.start : span.end])


@given(st.text(), st.sampled_from(["text", "html"]))
def test_any_page_can_be_asked(content, media):
    page = Page("page", content, media)
    article = parse(page)
    for place in find_places(page, article, [Span(0, len(article.text), "all"), Span(0, 0, "none"), *article.zones]):
        assert place is None or 0 <= place[0] < place[1] <= len(content)


def test_a_line_with_a_hidden_word_in_it_is_not_found_and_those_after_it_are():
    hidden = "<p>The council <span hidden>never</span>met on Tuesday and agreed to build a library.</p>"
    page = Page("page", f"<h1>Council meets</h1>{hidden}<p>Nobody spoke against it, officials said on Monday.</p>", "html")
    article = parse(page)
    places = find_places(
        page, article, [Span(article.text.index(words), len(article.text), "") for words in ("Council", "Nobody")]
    )
    (place,) = find_places(page, article, [Span(article.text.index("The council"), article.text.index("met on"), "")])
    assert place is None
    assert [page.content[start:].split(" ")[0] for start, _ in filter(None, places)] == ["Council", "Nobody"]


def test_a_headline_with_a_hidden_word_is_not_looked_for_among_the_links():
    headline = "Terrifying horror {}storm nears the stunned town of Skarn"
    body = "".join(f"<p>Paragraph {i} says that the council met on Monday, officials said.</p>" for i in range(40))
    content = f"<h1>{headline.format('<i hidden>x</i>')}</h1>{body}<ul><li><a href='/a'>{headline.format('')}</a></li></ul>"
    page = Page("page", content, "html")
    article = parse(page)
    assert [place is None for place in find_places(page, article, lines_of(article))] == [True] + [False] * 41


@pytest.mark.parametrize("comment", ["<!-- x -->", "<!-- x --!>", "<!-->", "<!--->", "<!-- > -- -->"])
def test_all_forms_of_comments(comment):
    page = Page("page", f"<p>Nobody spoke against it, officials said.</p>{comment}<p>A library will be built.</p>", "html")
    article = parse(page)
    places = find_places(page, article, lines_of(article))
    assert [place and page.content[slice(*place)] for place in places] == article.text.split("\n")


def test_a_reference_without_its_semicolon_ends_where_its_name_does():
    page = Page("page", "<p>The council said so. &copy2024 The Skarn Post.</p>", "html")
    article = parse(page)
    at = article.text.index("2024")
    (place,) = find_places(page, article, [Span(at, at + 4, "")])
    assert place and page.content[slice(*place)] == "2024"


@pytest.mark.parametrize("text", ["a b ", "a\u200b b "])
def test_blanks_have_no_place_and_spans_end_with_their_words(text):
    page = Page("page", text)
    spans = [Span(1, 2, ""), Span(0, 99, ""), Span(1, 4, "")]
    places = find_places(page, parse(page), spans)
    assert [place and page.content[slice(*place)] for place in places] == [None, text.rstrip(), "b"]


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a ",
        "<a b='",
        '<a b="x',
        "<a =",
        "<!--",
        "<script>",
        "<script></script ",
        "<svg/>",
        "&",
        "&amp",
        "<p>a ",
        "x ",
        "\n",
    ],
)
def test_time_grows_with_the_page(unit):
    def step(content):
        page = Page("page", content, "html")
        return find_places(page, article, spans)

    text = "The council met on Tuesday, a spokesman said.\n" * 400
    article = parse(Page("page", text))
    spans = article.zones
    check_linear(step, lambda n_characters: unit * (n_characters // len(unit)))
