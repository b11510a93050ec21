"""What an input is: by its first bytes, then by its name."""

from __future__ import annotations

import re

from scorer.read.columns import looks_like_table

#: Kind by the end of the name, for what the first bytes leave open. A folder's files with these suffixes are read.
SUFFIXES = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".amp": "html",
    ".php": "html",
    ".asp": "html",
    ".aspx": "html",
    ".jsp": "html",
    ".cms": "html",
    ".ece": "html",
    ".stm": "html",
    ".warc": "warc",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".gz": "gzip",
    ".zst": "zstd",
    ".zip": "zip",
}
#: Those that are taken off a name to see what is inside.
COMPRESSIONS = frozenset({".gz", ".zst"})

#: The module of this package that reads each kind.
READERS = {
    "text": "page",
    "markdown": "page",
    "html": "page",
    "warc": "warc",
    "json": "json",
    "jsonl": "json",
    "csv": "csv",
    "parquet": "parquet",
    "gzip": "packed",
    "zstd": "packed",
    "zip": "packed",
}

#: Files of a folder whose suffix is not listed are read only if they are one of these by their content: saved pages
#: have names such as "story.html@id=3" or "2024.07.page".
READ_WHATEVER_THE_NAME = frozenset({"html", "warc"})

#: First bytes looked at. The prologue of a page (comments, an XML declaration) is seldom longer than a kilobyte.
HEAD = 4096

_MAGIC = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
# Tags that a fragment begins with, and comments and declarations that a page may begin with.
_FRAGMENT = re.compile(
    r"<(?:!--|\?xml|a|amp-[a-z]+|article|aside|b|blockquote|br|center|div|em|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|li"
    r"|link|main|meta|nav|noscript|ol|p|pre|script|section|span|strong|style|table|time|title|u|ul)[\s/>-]",
    re.IGNORECASE,
)
# Comments, an XML declaration and white space before the first tag. No two alternatives begin alike: linear.
_PROLOGUE = re.compile(r"(?:\s+|<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>)*")
_MARKUP = re.compile(
    r"</(?:p|div|a|span|li|ul|ol|h[1-6]|b|strong|em|i|blockquote|article|section|body|html)\s*>|<br\s{0,9}/?>",
    re.IGNORECASE,
)
_JSON_ARRAY = re.compile(r"\[\s*[{\]]")
_JSON_OBJECT = re.compile(r"\{\s*[\"}]")


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case: ".html" of "/a/b.HTML"; empty if there is none."""
    base = re.split(r"[/\\]", name)[-1]
    at = base.rfind(".")
    return base[at:].lower() if at > 0 else ""


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it begins with a tag, or has closing tags or line breaks in it."""
    head = text[:HEAD]
    at = _after_prologue(head)
    return bool(_WHOLE_PAGE.match(head, at) or _FRAGMENT.match(head, at) or _MARKUP.search(text))


def is_whole_page(text: str) -> bool:
    """Whether a text begins as an HTML document does, not as a piece of one."""
    head = text[:HEAD]
    return bool(_WHOLE_PAGE.match(head, _after_prologue(head)))


def recognise(head: bytes, name: str) -> str:
    """The kind of an input, a key of `READERS`, from its first `HEAD` bytes and its name.

    Magic numbers count first, then what a page or a table begins with, then the name; what is left is text.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    named = SUFFIXES.get(suffix_of(name), "")
    text = _first_characters(head)
    at = _after_prologue(text)
    if _WHOLE_PAGE.match(text, at):
        return "html"
    if named not in ("", "text"):
        # "gzip" and the like with other first bytes: a server or a client has unpacked it and left the name.
        return "text" if named in ("gzip", "zstd", "zip") else named
    if _FRAGMENT.match(text, at) or (at and _FRAGMENT.match(text.lstrip())):
        return "html"
    if _JSON_ARRAY.match(text, at) or _JSON_OBJECT.match(text, at):
        return "json"
    return "csv" if looks_like_table(text) else "text"


def _after_prologue(head: str) -> int:
    found = _PROLOGUE.match(head)
    return found.end() if found else 0


def _first_characters(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
