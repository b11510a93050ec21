"""Rows of a table -> pages: how title, author and date become part of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from scorer.read import source as bounds
from scorer.read.columns import Columns
from scorer.read.encodings import tidy
from scorer.read.kinds import is_markup, is_whole_page
from scorer.read.source import Source, Unreadable
from scorer.text import visible
from scorer.types import Page

# Items of a list that are read: paragraphs of a text, authors.
_MOST_ITEMS = 10_000
# Words that stand for nothing: trafilatura writes "null", pandas "nan", spreadsheets "N/A".
_NOTHING = frozenset({"", "null", "none", "nan", "n/a", "nat", "[]", "{}"})
_HEADING = re.compile(r"#{1,6}[ \t]")
_DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d).*", re.DOTALL)
# Numbers of seconds or milliseconds since 1970: between 1973 and 2286 in one of the two.
_SECONDS, _MILLISECONDS = (10**8, 10**10), (10**11, 10**13)


def make_page(source: Source, number: int, row: Mapping[str, object], columns: Columns) -> Page | Unreadable:
    """The page of a row; `number` is its place in the file.

    A plain text becomes a text page of title, blank line, "By" author, date, blank line, text, without the parts the
    row does not have and without the title where it is the text's first line. HTML becomes a page of HTML; a fragment gets
    the title, author and date as its head and its `h1`.
    """
    id_ = f"{source.id}#{number}"
    if columns.problem:
        return Unreadable(id_, columns.problem)
    text = _value(columns, row, "text")
    if len(text) > bounds.LARGEST_FILE:
        return Unreadable(id_, f"larger than {bounds.LARGEST_FILE >> 20} MiB; split it into pages")
    title, author, when, url = (_value(columns, row, part) for part in ("title", "author", "date", "url"))
    notes: list[str] = []
    markup = is_markup(text)
    content = _html_page(text, title, author, when) if markup else _text_page(text, title, author, when)
    content = tidy(content, notes)
    return Page(id_, content, "html" if markup else "text", tidy(url, []), source.path, tuple(notes))


def _text_page(text: str, title: str, author: str, when: str) -> str:
    # A paragraph may begin with the title's words, and a flattened page run on after them: they are no headline there.
    if title and title == _first_line(text, len(title)):
        title = ""
    head = [line for line in (author and _byline(author), when) if line]
    blocks = [title, "\n".join(head), text]
    return "\n\n".join(block for block in blocks if block)


def _first_line(text: str, n_characters: int) -> str:
    """The first line as a title is written: without the sign of a heading in Markdown, no-width marks and needless spaces."""
    # The marks of a heading, spaces and what has no width may make the line longer than the title is.
    lines = visible(text.lstrip("\ufeff \t\r\n")[: 2 * n_characters + 100]).splitlines()
    return " ".join(_HEADING.sub("", lines[0]).split()) if lines else ""


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


def _value(columns: Columns, row: Mapping[str, object], part: str) -> str:
    """The first value of `part` in a row that is not empty; "" if there is none."""
    return next(filter(None, (_said(row.get(name), part) for name in columns.of[part])), "")


def _said(value: object, part: str) -> str:
    """A cell as text: lists of names joined, objects by their name, numbers of a date as a date; "" for nothing."""
    if isinstance(value, (list, tuple)):
        # Lists in lists are nothing that a scraper writes, and could be nested deeper than Python calls.
        items = [item for item in value[:_MOST_ITEMS] if not isinstance(item, (list, tuple))]
        said = [item for item in (_said(item, part) for item in items) if item]
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
