"""What a page is instead of a news report, in pages written for this."""

import json

import pytest

from scorer.abstention import abstention
from scorer.genres import genre, not_an_article
from scorer.language import language
from scorer.parse import parse
from scorer.types import Page

SENTENCE = "The council met on Tuesday evening and agreed to buy the land by the river for a library, its leader Ada Brook said. "
BODY = [
    SENTENCE + "The work will begin in May and is expected to cost four million pounds, according to the council's officers.",
    "Residents of the two streets next to the site were told by letter last week, and some of them came to the meeting to ask.",
    "The land belonged to a brewery until 1987 and has stood empty since. A market was planned there twice, in 1994 and in 2006.",
    "The old library in Mill Street, which was built for half as many readers, will be sold when the new one has been opened.",
    "Two of the councillors voted against the plan because they think that the money should have gone to the schools instead.",
    "A second meeting on the plan of the building itself is to be held in the town hall on the last Thursday of the month.",
]
HEADLINE = "Council to buy land for new library"


def page(*, data=None, meta="", headline=HEADLINE, body=BODY, after="", url="https://news.example/2024/library"):
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    content = (
        f"<html lang=en><head><title>{headline}</title>{meta}{script}</head><body>"
        f"<article><h1>{headline}</h1>{paragraphs}</article>{after}</body></html>"
    )
    return parse(Page(id="page", content=content, media="html", url=url))


def text(*lines):
    return parse(Page(id="page", content="\n\n".join(lines)))


def typed(kind, **more):
    return {"@context": "https://schema.org", "@type": kind, "headline": HEADLINE, **more}


def footer(line):
    return f"<footer><p>{line}</p></footer>"


BANNER = (
    "<div class=banner><p>We use cookies to run this site, and so do our partners.</p>"
    "<button>Accept all</button><button>Reject all</button><a>Cookie settings</a></div>"
)


def wall(headline, *paragraphs):
    content = (
        f"<html lang=en><head><title>The Quay</title></head><body><div>{headline}{''.join(f'<p>{p}</p>' for p in paragraphs)}"
        "<button>Reject all</button><button>I accept</button><a href=/choose>Manage options</a></div></body></html>"
    )
    return parse(Page(id="page", content=content, media="html"))


NEWS = [
    page(),
    page(data=typed("NewsArticle", articleSection="Politics")),
    page(data=[typed("NewsArticle"), {"@type": "VideoObject", "name": "The land by the river"}]),
    page(meta='<meta property="og:type" content="website">', body=BODY[:1]),
    page(headline="Watch: council buys land for new library"),
    page(headline="Council buys land for live updates screen"),
    page(headline="Opinion poll finds support for new library"),
    page(body=[*BODY, "The Weekly Turnip, a satirical magazine, made fun of the plan in its last issue."]),
    page(url="https://news.example/politics/opinion-poll-on-library"),
    page(after=BANNER),
    page(body=BODY[:2], after=BANNER),
    page(data=typed("NewsArticle", isAccessibleForFree=False)),
    page(data=typed("NewsArticle", isAccessibleForFree=True), body=BODY[:2]),
    page(after="<p>Follow our live blog of the vote.</p>"),
    page(url="https://news.example/live/concerts/library"),
    text(HEADLINE, *BODY, "The views of the council's officers were not expressed in the report itself."),
]


@pytest.mark.parametrize("article", NEWS)
def test_news_is_an_article(article):
    assert abstention(article) is None


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (page(data=typed("OpinionNewsArticle")), "opinion"),
        (page(data=typed(["NewsArticle", "OpinionNewsArticle"])), "opinion"),
        (page(data=typed("NewsArticle", articleSection=["UK", "Opinion"])), "opinion"),
        (page(meta='<meta property="article:section" content="Commentary">'), "opinion"),
        (page(url="https://news.example/opinion/library"), "opinion"),
        (page(after=footer("The views expressed in this column are the author's own.")), "opinion"),
        (text(HEADLINE, *BODY, "The opinions expressed here are those of the author."), "opinion"),
        (page(data=typed("SatiricalArticle")), "satire"),
        (page(after=footer("This website is satire. Do not look for its library.")), "satire"),
        (text(HEADLINE, *BODY, "This story is a work of satire."), "satire"),
        (page(url="https://news.example/press-releases/library"), "press release"),
        (text(HEADLINE, "MILLTOWN, May 4, 2024 /PRNewswire/ -- " + BODY[0], *BODY[1:]), "press release"),
        (text(HEADLINE, "MILLTOWN, May 4, 2024 (GLOBE NEWSWIRE) -- " + BODY[0], *BODY[1:]), "press release"),
        (page(data=typed("AdvertiserContentArticle")), "sponsored content"),
        (page(data=typed("LiveBlogPosting")), "live blog"),
        (page(url="https://news.example/politics/live-news/library-vote"), "live blog"),
        (page(url="https://news.example/politics/live-news/library-vote/h_0123456789abcdef"), "liveblog update"),
        (page(url="https://news.example/live/2024/library?post=asset:19"), "liveblog update"),
        (page(url="https://news.example/2024/live/library?page=with:block-66"), "liveblog update"),
        (page(after="<p>This post is part of our live coverage of the vote.</p>"), "liveblog update"),
        (page(after="<a href=/live/library>Back to live updates</a>"), "liveblog update"),
        (
            text(
                "Library vote: live updates",
                *(line for at, said in zip(("19:04", "19:21", "19:40", "20:02"), BODY, strict=False) for line in (at, said)),
            ),
            "live blog",
        ),
    ],
)
def test_another_genre_is_named(article, expected):
    assert genre(article) == expected
    reason = abstention(article)
    assert reason is not None and reason.startswith(expected)


SHORT = BODY[:1]
PERSONAL = "and read personal data on your device, such as what you looked at, to show you what may please you."
TEASERS = "".join(f'<li><a href="/a/{i}">{line[:60]}</a></li>' for i, line in enumerate(BODY * 3))


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (page(data={"@type": "VideoObject", "name": HEADLINE}, body=SHORT), "a video page"),
        (page(meta='<meta property="og:type" content="video.other">', body=SHORT), "a video page"),
        (page(headline="Watch: council buys land", body=SHORT), "a video page"),
        (page(data={"@type": "ImageGallery", "name": HEADLINE}, body=SHORT), "a gallery"),
        (page(headline="In pictures: the land by the river", body=SHORT), "a gallery"),
        (page(body=SHORT, after="<div><p>Subscribe now to continue reading this article.</p></div>"), "a stub before a paywall"),
        (page(data=typed("NewsArticle", isAccessibleForFree="False"), body=SHORT), "a stub before a paywall"),
        (page(meta='<meta property="article:content_tier" content="locked">', body=SHORT), "a stub before a paywall"),
        (wall("<h1>We value your privacy</h1>", f"We and our 842 partners store {PERSONAL}"), "a consent wall"),
        (wall("<h1>The Quay</h1>", "We use cookies to run this site and to count its readers."), "a consent wall"),
        (wall("", "Before you continue, tell us whether we may use cookies."), "a consent wall"),
        (page(data={"@type": "CollectionPage"}, body=SHORT, after=f"<ul>{TEASERS}</ul>"), "an index page"),
        (page(meta='<meta property="og:type" content="website">', url="https://news.example/"), "an index page"),
        (page(data={"@type": "DiscussionForumPosting", "headline": HEADLINE}), "a thread of comments"),
    ],
)
def test_what_is_no_article_is_named(article, expected):
    assert not_an_article(article) == expected
    assert abstention(article) == f"no article: {expected}"


LANGUAGES = {
    "German": "Der Stadtrat hat am Dienstag beschlossen, das Grundstück am Fluss zu kaufen. Die Brücke bleibt gesperrt.",
    "French": "Le conseil municipal a décidé mardi d'acheter le terrain au bord de la rivière. Le pont reste fermé.",
    "Spanish": "El ayuntamiento decidió el martes comprar el terreno junto al río. El puente seguirá cerrado hasta el viernes.",
    "Portuguese": "A câmara municipal decidiu na terça-feira comprar o terreno junto ao rio. A ponte fica fechada.",
    "Italian": "Il consiglio comunale ha deciso martedì di comprare il terreno vicino al fiume. Il ponte resta chiuso.",
    "Dutch": "De gemeenteraad heeft dinsdag besloten de grond aan de rivier te kopen. De brug blijft tot vrijdag dicht.",
    "Polish": "Rada miasta zdecydowała we wtorek o kupnie działki nad rzeką. Most pozostanie zamknięty do piątku.",
    "Swedish": "Kommunfullmäktige beslutade på tisdagen att köpa marken vid floden. Bron är stängd till fredag.",
    "Turkish": "Belediye meclisi salı günü nehir kenarındaki araziyi satın almaya karar verdi. Köprü kapalı kalacak.",
    "Russian": "Городской совет во вторник решил купить участок у реки. Мост останется закрытым до пятницы.",
    "Chinese": "市议会周二决定购买河边的土地。大桥将关闭至周五，发言人说。",
    "Arabic": "قرر مجلس المدينة يوم الثلاثاء شراء الأرض الواقعة على ضفة النهر. سيبقى الجسر مغلقا حتى يوم الجمعة.",
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_another_language_is_named(name):
    said = LANGUAGES[name]
    assert language(said) == name
    assert abstention(text(said, said, said, said)) == f"not English: {name}, as far as can be told"


@pytest.mark.parametrize("name", LANGUAGES)
def test_an_english_article_may_quote_another_language(name):
    assert abstention(text(HEADLINE, *BODY[:3], f"“{LANGUAGES[name]}”", *BODY[3:])) is None


def test_a_page_of_names_is_not_taken_for_a_creole():
    states = "Find Your Senators Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii "
    states += "Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi "
    states += "Missouri Montana Nebraska Nevada New Hampshire New Jersey New Mexico New York North Carolina North Dakota Ohio."
    assert language(states) in LANGUAGES or language(states) == "English"
    assert "pcm" not in str(abstention(text("Error page", states)))


def test_a_list_of_names_is_no_prose():
    names = " ".join(["Akron Albany Allentown Amarillo Anchorage Asheville Athens Atlanta Augusta Austin"] * 6)
    assert abstention(text("Cities", names)) == "no article: too few function words for English prose (a table, a list or names)"
