"""The nouns. One per stage, immutable; a stage takes one and returns the next.

path -> Page -> Article -> {signal: Measurement} -> Score -> report
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

#: The zones of a page. `quote`, `attribution` and an inline `dateline` lie inside others; the rest do not overlap.
ZONES = (
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "body",
    "quote",
    "attribution",
    "boilerplate",
    "link_block",
    "provenance",
)

#: Where a hit of a word list was found. `voice` is the body without its quotations: the reporter's own words.
SCOPES = ("headline", "standfirst", "voice", "quote", "link_block", "elsewhere")

#: What the model predicts, each in 0-1 and additive in log-odds.
TARGETS = ("sensationalism", "reliability", "clickbait_strength")

Media = Literal["text", "html"]


class Span(NamedTuple):
    """Half-open range of characters of `Article.text`, the only coordinate system.

    A named tuple, not a dataclass: an article makes hundreds of them and this one is made three times faster.
    """

    start: int
    end: int
    label: str


class Attribution(NamedTuple):
    """Who said what: source (None where nobody is given), cue ("said") and content (PolNeAR's terms)."""

    source: Span | None
    cue: Span
    content: Span | None
    named: bool


class Destination(NamedTuple):
    """Where an item of a link block leads, and its host, both None in plain text; whether that is the page's own site,
    None where that cannot be told; and whether the page marks it as paid for.
    """

    url: str | None
    host: str | None
    own: bool | None
    sponsored: bool


class Disagreement(NamedTuple):
    """A source ("json-ld", "opengraph", "meta", "microdata", "title", "visible", "script") that says otherwise of `field`
    than what was taken for it.
    """

    field: str
    source: str
    value: str


class Metadata(NamedTuple):
    """What a page of HTML says of itself; empty where it says nothing, and for plain text.

    `date` is YYYY-MM-DD, `url` the canonical address, `language` a tag such as "en-GB", `genre` the kinds and sections
    the page gives itself, in lower case ("newsarticle", "opinion").
    """

    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    date: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    genre: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class Measurement(NamedTuple):
    """A number and the spans it rests on. NaN: could not be measured (no headline, no body)."""

    value: float
    evidence: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was scraped, nothing understood yet.

    `id` names it in every output, `content` is its decoded text, `media` says what that text is, `url` where it came
    from if known, `path` the file it was read from, `notes` what the reader had to mend ("read as Windows-1252").
    """

    id: str
    content: str
    media: Media = "text"
    url: str = ""
    path: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A page, parsed. Every span is a range of characters of `text`.

    `zones` are in order of their start; `sentences` are those of the body; `links` are the items of the link blocks and
    `destinations` where each of them leads.
    `hits` holds, for each word list and scope, where its terms stand, and under the names "mark_exclamation" (runs with
    "!"), "mark_question", "mark_ellipsis" and "mark_figure" (digits) where these marks stand. `quotations` are the quotes
    that lie in no other. `folded` is the fold of `text` (see `scorer.text.fold`), and so are the words: `headline_words`,
    `voice_words` (the body's outside its quotations) and `quoted_words`; `n_words` counts the body's, `n_voice_words`
    those of them in the reporter's own voice. `body_spaced` is the body's fold with spaces before, after and between words.
    """

    id: str
    text: str
    folded: bytes = b""
    zones: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sentences: Sequence[Span] = ()
    quotations: Sequence[Span] = ()
    links: Sequence[Span] = ()
    destinations: Sequence[Destination] = ()
    hits: Mapping[tuple[str, str], Sequence[Span]] = field(default_factory=dict)
    headline_words: Sequence[bytes] = ()
    voice_words: Sequence[bytes] = ()
    quoted_words: Sequence[bytes] = ()
    body_spaced: bytes = b""
    n_words: int = 0
    n_voice_words: int = 0
    by_zone: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    metadata: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
    url: str = ""
    path: str = ""

    def zone(self, name: str) -> tuple[Span, ...]:
        """The spans of one zone, in reading order; empty where the page has none."""
        return self.by_zone.get(name, ())

    def found(self, name: str, scope: str) -> Sequence[Span]:
        """Where the terms of the word list `name` stand in `scope`, in reading order."""
        return self.hits.get((name, scope), ())

    @property
    def headline(self) -> Span | None:
        """The first headline, or None."""
        spans = self.by_zone.get("headline")
        return spans[0] if spans else None


Group = Literal["headline", "body", "sourcing", "provenance", "surround", "readability"]


@dataclass(frozen=True, slots=True)
class Signal:
    """A feature extractor that shows its evidence: one file of `scorer/signals`.

    `measure` takes an `Article` and returns a `Measurement`. `fires` and `silent` are pages, the «marks» around exactly
    the evidence expected; every `fires` measures above every `silent`. In the groups headline, provenance and surround
    an example is a whole page; in the others it is the body under a plain headline.
    """

    name: str
    group: Group
    measure: Callable[[Article], Measurement]
    fires: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The result for one article, with all it rests on.

    The three scores are in 0-1, None where the model abstains from that target; `abstained` is the reason when it
    abstains from the article as a whole, `withheld` the reasons target by target. `intervals` are low and high of the
    scores that were given (see `scorer.model.interval`). `contributions[target][signal]` are
    log-odds: with `intercepts[target]` they add up to the log-odds of the score. `words[target]` is what each learned
    word adds to the contribution "learned_words", before the average article's is taken off. `page` is what
    was scored; `switched_off` are the signals that a scorer.toml keeps from adding anything.
    """

    id: str
    page: Page
    article: Article
    sensationalism: float | None
    reliability: float | None
    clickbait_strength: float | None
    abstained: str | None
    withheld: Mapping[str, str]
    intervals: Mapping[str, tuple[float, float]]
    measurements: Mapping[str, Measurement]
    contributions: Mapping[str, Mapping[str, float]]
    intercepts: Mapping[str, float]
    words: Mapping[str, Mapping[bytes, float]]
    model: Mapping[str, str]
    switched_off: Sequence[str] = ()

    @property
    def path(self) -> str:
        """The file the article was read from; empty where it came from memory."""
        return self.article.path

    @property
    def headline(self) -> str | None:
        """The text of the headline, or None."""
        span = self.article.headline
        return self.article.text[span.start : span.end] if span else None


class Summary(NamedTuple):
    """A score without what it rests on: a row of a table. Small, so that a folder's worth of them fits in memory."""

    id: str
    path: str
    headline: str | None
    sensationalism: float | None
    reliability: float | None
    clickbait_strength: float | None
    abstained: str | None

    @classmethod
    def of(cls, score: Score) -> Summary:
        """The summary of `score`."""
        return cls(
            score.id,
            score.path,
            score.headline,
            score.sensationalism,
            score.reliability,
            score.clickbait_strength,
            score.abstained,
        )
