"""Rows of a table -> pages: which column is the text, and how title, author and date become part of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from scorer.read import source as bounds
from scorer.read.encodings import tidy
from scorer.read.kinds import is_markup, is_whole_page
from scorer.read.source import Source, Unreadable
from scorer.types import Page

#: What a page is made of, and the columns that usually hold it, most specific first. Compared without case and without
#: "_", "-", "." and spaces: "maintext" is "MainText" and "main_text". From the outputs of trafilatura ("source" is the
#: URL), news-please ("maintext", "date_publish"), newspaper4k ("authors", "publish_date"), Scrapy (whatever its author
#: chose: "content", "body", "link"), Media Cloud ("publish_date"), schema.org ("articleBody", "headline").
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("maintext", "articlebody", "text", "content", "body", "fulltext", "articletext", "articlecontent", "story"),
        *("article", "rawtext", "html", "articlebodyhtml", "contenthtml", "bodyhtml", "rawhtml", "pagehtml"),
    ),
    "title": ("title", "headline", "heading", "articletitle", "storytitle"),
    "url": ("url", "link", "canonicalurl", "canonicallink", "articleurl", "sourceurl", "pageurl", "uri", "source"),
    "date": (
        *("date", "datepublish", "datepublished", "publishdate", "publisheddate", "publicationdate", "publishedat"),
        *("pubdate", "published", "publishedon"),
    ),
    "author": ("author", "authors", "byline", "creator", "articleauthor"),
}

# Names listed in a message: as many as fit a line or two of a terminal.
_MOST_NAMES, _LONGEST_NAME = 20, 40
# Items of a list that are read: paragraphs of a text, authors.
_MOST_ITEMS = 10_000
# Words that stand for nothing: trafilatura writes "null", pandas "nan", spreadsheets "N/A".
_NOTHING = frozenset({"", "null", "none", "nan", "n/a", "nat", "[]", "{}"})
_DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d).*", re.DOTALL)
# Numbers of seconds or milliseconds since 1970: between 1973 and 2286 in one of the two.
_SECONDS, _MILLISECONDS = (10**8, 10**10), (10**11, 10**13)
_NOT_PLAIN = re.compile(r"[\s_.-]+")


class Columns:
    """Which columns of a table hold what a page is made of.

    `chosen` are the caller's ("text": "my column"), taken as they stand; the others are found by `COLUMNS`.
    """

    def __init__(self, names: Iterable[str], chosen: Mapping[str, str]) -> None:
        """Choose among `names`, in their order."""
        self.names = list(names)
        plain: dict[str, str] = {}
        for name in self.names:
            plain.setdefault(_NOT_PLAIN.sub("", name).lower(), name)
        self._of = {
            part: [chosen[part]] if part in chosen else [plain[name] for name in usual if name in plain]
            for part, usual in COLUMNS.items()
        }
        absent = [(part, name) for part, name in chosen.items() if name not in self.names]
        self.problem = ""
        if absent:
            self.problem = f"no column {_printable(absent[0][1])} for the {absent[0][0]}; it has {self._listed()}"
        elif not self._of["text"]:
            self.problem = f"no column is known to hold the text; it has {self._listed()}; name one: --column text=NAME"

    def wanted(self) -> list[str]:
        """All columns that may be read, once each."""
        return list(dict.fromkeys(name for names in self._of.values() for name in names))

    def value(self, row: Mapping[str, object], part: str) -> str:
        """The first value of `part` in a row that is not empty, as one line or text; "" if there is none."""
        for name in self._of[part]:
            value = _said(row.get(name), part)
            if value:
                return value
        return ""

    def _listed(self) -> str:
        if not self.names:
            return "no columns"
        listed = ", ".join(_printable(name) for name in self.names[:_MOST_NAMES])
        more = len(self.names) - _MOST_NAMES
        return f"{listed} and {more} more" if more > 0 else listed


def make_page(source: Source, number: int, row: Mapping[str, object], columns: Columns) -> Page | Unreadable:
    """The page of a row; `number` is its place in the file.

    A plain text becomes a text page of title, blank line, "By" author, date, blank line, text, without the parts the
    row does not have and without the title where the text begins with it. HTML becomes a page of HTML; a fragment gets
    the title, author and date as its head and its `h1`.
    """
    id_ = f"{source.id}#{number}"
    if columns.problem:
        return Unreadable(id_, columns.problem)
    text = columns.value(row, "text")
    if len(text) > bounds.LARGEST_FILE:
        return Unreadable(id_, f"larger than {bounds.LARGEST_FILE >> 20} MiB; split it into pages")
    title, author, when, url = (columns.value(row, part) for part in ("title", "author", "date", "url"))
    notes: list[str] = []
    markup = is_markup(text)
    content = _html_page(text, title, author, when) if markup else _text_page(text, title, author, when)
    content = tidy(content, notes)
    return Page(id_, content, "html" if markup else "text", tidy(url, []), source.path, tuple(notes))


def _text_page(text: str, title: str, author: str, when: str) -> str:
    if title and text.lstrip().startswith(title):
        title = ""
    head = [line for line in (author and _byline(author), when) if line]
    blocks = [title, "\n".join(head), text]
    return "\n\n".join(block for block in blocks if block)


def _html_page(text: str, title: str, author: str, when: str) -> str:
    if is_whole_page(text):
        return text
    head = [
        title and f"<title>{html.escape(title)}</title>",
        author and f'<meta name="author" content="{html.escape(author)}">',
        when and f'<meta property="article:published_time" content="{html.escape(when)}">',
        title and "<h1" not in text[:10_000].lower() and f"<h1>{html.escape(title)}</h1>",
    ]
    return "\n".join([*(line for line in head if line), text])


def _byline(author: str) -> str:
    return author if author.lower().startswith("by ") else f"By {author}"


def _said(value: object, part: str) -> str:
    """A cell as text: lists of names joined, objects by their name, numbers of a date as a date; "" for nothing."""
    if isinstance(value, (list, tuple)):
        said = [item for item in (_said(item, part) for item in value[:_MOST_ITEMS]) if item]
        value = "\n\n".join(said) if part == "text" else _enumeration(said)
    elif isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    if isinstance(value, (datetime, date)):
        value = value.isoformat()
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        value = _moment(value) if part == "date" else str(value)
    elif isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    if part == "text":
        return "" if len(value) < 5 and value.strip().lower() in _NOTHING else value
    value = " ".join(value[:10_000].split())
    if value.lower() in _NOTHING:
        return ""
    if part == "author":
        return value.replace("; ", ", ").replace(";", ", ")
    if part == "date":
        return _DATE_AND_TIME.sub(r"\1 \2", value)
    return value


def _enumeration(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _moment(number: float) -> str:
    if _MILLISECONDS[0] <= number < _MILLISECONDS[1]:
        number /= 1000
    elif not _SECONDS[0] <= number < _SECONDS[1]:
        return str(number)
    return datetime.fromtimestamp(number, UTC).strftime("%Y-%m-%d %H:%M")


def _printable(name: str) -> str:
    short = name[:_LONGEST_NAME] + ("…" if len(name) > _LONGEST_NAME else "")
    return "".join(char if char.isprintable() else "\ufffd" for char in short) or '""'
