"""Pages to measure with, made of our own (data/samples, tests/pages): texts, and the HTML pages such texts are copied from."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import scorer

HERE = Path(__file__).resolve().parent
SOURCES = sorted([*(HERE.parent / "data" / "samples").glob("*.txt"), *(HERE.parent / "tests" / "pages").glob("*.txt")])


class Document(NamedTuple):
    """One article, as the text of its page and as the page."""

    text: str
    html: str


def texts(n: int, n_characters: int, seed: int = 0) -> Iterator[str]:
    """Make `n` different pages of about `n_characters`: head and foot of one of ours around paragraphs of all of them."""
    return (document.text for document in islice(_documents(n_characters, seed, with_html=False), n))


def documents(n: int, n_characters: int, seed: int = 0) -> list[Document]:
    """The same, each also as a web page with what web pages have around an article."""
    return list(islice(_documents(n_characters, seed, with_html=True), n))


def write_texts(folder: Path, n: int, n_characters: int, seed: int = 0) -> None:
    """Fill a folder with so many text files, 1,000 to a folder of its own."""
    for i, text in enumerate(texts(n, n_characters, seed)):
        place = folder / f"{i // 1000:03}"
        if i % 1000 == 0:
            place.mkdir(parents=True)
        (place / f"{i:06}.txt").write_text(text, encoding="utf-8")


def _documents(n_characters: int, seed: int, *, with_html: bool) -> Iterator[Document]:
    articles = [scorer.parse(scorer.Page(id=path.name, content=path.read_text(encoding="utf-8"))) for path in SOURCES]
    articles = [article for article in articles if len(article.zone("body")) > 1]
    paragraphs = [article.text[span.start : span.end] for article in articles for span in article.zone("body")]
    headlines = [article.text[span.start : span.end] for article in articles if (span := article.headline)]
    dice = random.Random(seed)  # noqa: S311 - no secret depends on it
    while True:
        article = dice.choice(articles)
        body = article.zone("body")
        head, foot = article.text[: body[0].start], article.text[body[-1].end :]
        said: list[str] = []
        n_said = len(head) + len(foot)
        while not said or n_said < n_characters:
            said.append(dice.choice(paragraphs))
            n_said += len(said[-1])
        span = article.headline
        headline = article.text[span.start : span.end] if span else said[0]
        page = _page(headline, said, foot, dice.sample(headlines, 16)) if with_html else ""
        yield Document(head + "\n\n".join(said) + foot, page)


def _page(headline: str, paragraphs: list[str], foot: str, others: list[str]) -> str:
    """A page as news sites make them: what surrounds the article is several times as long as it."""
    title = escape(headline)
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": "2024-03-05T08:10:00Z",
    }
    menu = "".join(f'<li class="menu__item"><a href="/{name}/">{name.title()}</a></li>' for name in _SECTIONS)
    teasers = [
        f'<div class="card"><a href="/story/{n}"><img src="/i/{n}.jpg" alt="" loading="lazy">'
        f'<h3 class="card__title">{escape(other)}</h3></a><span class="card__time">{n} hours ago</span></div>'
        for n, other in enumerate(others, 1)
    ]
    body = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    body[2:2] = [
        f'<figure><img src="/i/lead.jpg" alt=""><figcaption>{title}. Photograph: staff</figcaption></figure>',
        f'<div class="read-more"><strong>READ MORE:</strong> <a href="/story/1">{escape(others[0])}</a></div>',
    ]
    comments = "".join(
        f'<li class="comment"><b>reader{n}</b><p>{escape(paragraph[:200])}</p></li>' for n, paragraph in enumerate(paragraphs[:8])
    )
    return "".join(
        (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Example Post</title>',
            f'<meta property="og:title" content="{title}"><link rel="canonical" href="https://www.example.com/story/0">',
            f'<script type="application/ld+json">{json.dumps(about)}</script>',
            f"<style>{_STYLE}</style><script>{_SCRIPT}</script></head><body>",
            f'<header class="top"><nav><ul class="menu">{menu}</ul></nav></header>',
            '<div id="consent"><p>We and our partners store cookies.</p><button>Accept all</button><button>Manage</button></div>',
            f'<main><article><h1>{title}</h1><p class="byline">By <a rel="author" href="/by/jane-roe">Jane Roe</a></p>',
            '<time datetime="2024-03-05T08:10:00Z">5 March 2024</time>',
            '<div class="share"><a href="#">Share</a><a href="#">Tweet</a></div>',
            *body,
            f'</article><aside class="related"><h2>You may also like</h2>{"".join(teasers[:10])}</aside>',
            f'<aside class="popular"><h2>Most read</h2>{"".join(teasers[10:])}</aside></main>',
            f'<section id="comments"><h2>Comments</h2><ol>{comments}</ol></section>',
            f"<footer><ul>{menu}</ul><p>{escape(foot.strip())}</p><p>© The Example Post</p></footer>",
            f"<script>{_SCRIPT}</script></body></html>",
        )
    )


_SECTIONS = (
    *(
        "home",
        "news",
        "politics",
        "world",
        "business",
        "money",
        "sport",
        "football",
        "cricket",
        "culture",
        "film",
        "music",
        "books",
    ),
    *(
        "travel",
        "food",
        "health",
        "science",
        "technology",
        "weather",
        "opinion",
        "letters",
        "obituaries",
        "puzzles",
        "newsletters",
    ),
)
_STYLE = "".join(f".card--{n}{{margin:{n}px;padding:0 {n}px;color:#{n:03}}}" for n in range(60))
_SCRIPT = "".join(
    f'window.queue=window.queue||[];window.queue.push({{slot:"mpu-{n}",sizes:[[300,250],[320,50]]}});' for n in range(30)
)
