"""The columns of tables: which of them hold what a page is made of, and whether a text is a table at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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
_NOT_PLAIN = re.compile(r"[\s_.-]+")
_COLUMN_NAME = re.compile(r"\w[\w .:-]{0,39}$")
_DELIMITERS = ",;\t|"


class Columns:
    """Which columns of a table hold what a page is made of.

    `chosen` are the caller's ("text": "my column"), taken as they stand; the others are found by `COLUMNS`.
    """

    def __init__(self, names: Iterable[str], chosen: Mapping[str, str]) -> None:
        """Choose among `names`, in their order."""
        self.names = list(names)
        plain: dict[str, str] = {}
        for name in self.names:
            plain.setdefault(plain_name(name), name)
        self.of = {
            part: [chosen[part]] if part in chosen else [plain[name] for name in usual if name in plain]
            for part, usual in COLUMNS.items()
        }
        absent = [(part, name) for part, name in chosen.items() if name not in self.names]
        self.problem = ""
        if absent:
            self.problem = f"no column {_printable(absent[0][1])} for the {absent[0][0]}; it has {self._listed()}"
        elif not self.of["text"]:
            self.problem = f"no column is known to hold the text; it has {self._listed()}; name one: --column text=NAME"

    def wanted(self) -> list[str]:
        """All columns that may be read, once each."""
        return list(dict.fromkeys(name for names in self.of.values() for name in names))

    def _listed(self) -> str:
        if not self.names:
            return "no columns"
        listed = ", ".join(_printable(name) for name in self.names[:_MOST_NAMES])
        more = len(self.names) - _MOST_NAMES
        return f"{listed} and {more} more" if more > 0 else listed


def looks_like_table(head: str) -> bool:
    """Whether a text that nothing else names is a table: its first line names columns, the text among them."""
    first, newline, _ = head.partition("\n")
    names = [name.strip().strip('"') for name in first.strip().split(delimiter_of(first))]
    if not newline or len(names) < 2 or not all(map(_COLUMN_NAME.match, names)):
        return False
    plain = {plain_name(name) for name in names}
    # Two parts of a page, one of them the text: a sentence that begins "Text, date and" is not enough.
    parts = [part for part, usual in COLUMNS.items() if not plain.isdisjoint(usual)]
    return "text" in parts and len(parts) > 1


def delimiter_of(header: str) -> str:
    """The delimiter that a header has most of."""
    return max(_DELIMITERS, key=header.count)


def plain_name(name: str) -> str:
    """A column's name without what does not count."""
    return _NOT_PLAIN.sub("", name).lower()


def _printable(name: str) -> str:
    short = name[:_LONGEST_NAME] + ("…" if len(name) > _LONGEST_NAME else "")
    return "".join(char if char.isprintable() else "\ufffd" for char in short) or '""'
