"""What is fuzzed, and what must hold whatever comes in. A target takes bytes and fails only by an AssertionError or an
exception; `SEEDS` are the inputs that fuzzing begins with, one of each kind.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from html import escape

from scorer.abstention import abstention
from scorer.parse import parse
from scorer.places import find_places
from scorer.read import Unreadable, decode, decode_html, read_bytes
from scorer.text import NO_WIDTH
from scorer.types import Page

ARTICLE = "Pool to close\n\nBy Jane Doe\n2 January 2024\n\nThe council said “no” on Tuesday. “It leaks,” Ms Roe said.\n"
HTML = (
    "<!doctype html><html><head><meta charset=utf-8><title>Pool</title></head><body><h1>Pool to close</h1>"
    "<p class=byline>By Jane Doe<p>The council said “no” on <a href='/x'>Tuesday</a>.<!-- x --></body></html>"
)
ROW = {
    "title": "Pool",
    "author": ["Jane"],
    "date": "2024-01-02T10:00:00Z",
    "url": "https://a.example/",
    "text": 'The "body"\n\né',
}


def _record(body: bytes, *fields: str) -> bytes:
    block = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *fields]).encode() + b"\r\n\r\n" + body
    digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Payload-Digest: sha1:{digest}"
    return f"{head}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def _seeds() -> dict[str, bytes]:
    rows = b"".join(json.dumps(ROW).encode() + b"\n" for _ in range(2))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode())
    warc = _record(HTML.encode()) + _record(chunked, "Transfer-Encoding: chunked")
    csv = b'title,text,date\nA,"two\nlines, ""quoted""",2024\nB,b,2024\n'
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        for name, data in (("a.html", HTML.encode()), ("b.jsonl", rows), ("c.csv", csv)):
            members.writestr(zipfile.ZipInfo(name), data)
    seeds = {
        "text": ARTICLE.encode(),
        "utf16": ARTICLE.encode("utf-16"),
        "html": HTML.encode(),
        "jsonl": rows,
        "json": json.dumps([ROW, ROW], indent=1).encode(),
        "csv": csv,
        "warc": warc,
        "gzip": gzip.compress(ARTICLE.encode(), mtime=0),
        "warc.gz": gzip.compress(_record(HTML.encode()), mtime=0) * 2,
        "warc, gzip inside": _record(gzip.compress(HTML.encode(), mtime=0), "Content-Encoding: gzip"),
        "metadata": b'{"@type":"NewsArticle","datePublished":"2024-01-02T01:00:00Z"}'
        b"\0By Jane Doe, 2 January 2024\0https://a.example/\0By Jane",
        "zip": archive.getvalue(),
    }
    try:
        from backports import zstd

        seeds["zstd"] = zstd.compress(rows)
    except ImportError:
        pass
    try:
        import pyarrow as pa
        from pyarrow import parquet

        file = io.BytesIO()
        parquet.write_table(pa.Table.from_pylist([ROW, ROW]), file)
        seeds["parquet"] = file.getvalue()
    except ImportError:
        pass
    return seeds


SEEDS = _seeds()


def check_pages(data: bytes, name: str = "") -> list[Page | Unreadable]:
    """Read `data`, and hold the results to what `scorer.read` promises."""
    results = list(read_bytes(data, name))
    assert results, "an input gives a page or a reason"
    for result in results:
        if isinstance(result, Unreadable):
            assert result.reason, "a reason is given"
            assert "\n" not in result.reason, "in one line"
        else:
            assert result.id.startswith(name or "-")
            assert result.media in ("text", "html")
            result.content.encode()
            assert "\x00" not in result.content
            assert "\r" not in result.content
    return results


def read_any(data: bytes) -> None:
    """The first byte chooses the name, so that each reader is reached whatever the content looks like."""
    names = ("", "a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.warc", "a.parquet", "a.zip", "a.gz")
    check_pages(data[1:], names[data[0] % len(names)] if data else "")


def read_text(data: bytes) -> None:
    """The encodings of text."""
    text, notes = decode(data)
    assert text is not None or notes


def read_html(data: bytes) -> None:
    """The encodings of HTML; the first line is the header of the response."""
    header, _, body = data.partition(b"\n")
    text, notes = decode_html(body, header.decode("latin-1"))
    assert text is not None or notes


def parse_text(data: bytes) -> None:
    """The parser of plain text: every span lies in the text."""
    _check_article(Page("a", data.decode("utf-8", "replace")))


def parse_html(data: bytes) -> None:
    """The parser of HTML."""
    _check_article(Page("a", data.decode("utf-8", "replace").replace("\x00", ""), "html"))


def parse_metadata(data: bytes) -> None:
    """What a page says of itself, cut at NUL: linked data, a tag's value, an address, a line by the headline."""
    linked, value, address, line = (*data.decode("utf-8", "replace").split("\0", 3), "", "", "", "")[:4]
    head = "".join(f'<meta property="{name}" content="{escape(value)}">' for name in ("og:title", "author", "date", "og:url"))
    _check_article(
        Page(
            "a",
            f'<script type="application/ld+json">{linked}</script>{head}<link rel="canonical" href="{escape(address)}">'
            f"<h1>Swans block the towpath</h1><p>{escape(line)}</p><a href='{escape(address)}'>Swans on the towpath again</a>"
            "<p>The council will move the swans on Monday, said Ada Brook, who looks after the towpath and its birds.</p>",
            "html",
            url=value,
        )
    )


def _check_article(page: Page) -> None:
    article = parse(page)
    for span in (*article.zones, *article.sentences, *article.links):
        assert 0 <= span.start <= span.end <= len(article.text), span
    assert len(article.links) == len(article.destinations)
    assert re.fullmatch(r"(?:\d{4}-\d\d-\d\d)?", article.metadata.date), article.metadata.date
    abstention(article)
    for span, place in zip(article.zones, find_places(page, article, article.zones), strict=True):
        assert place or page.media == "html", span
        if place:
            assert 0 <= place[0] < place[1] <= len(page.content), place
            assert page.media == "html" or _bare(page.content[slice(*place)]) == _bare(article.text[span.start : span.end])


def _bare(text: str) -> str:
    return re.sub(rf"[\s{NO_WIDTH}]", "", text)


TARGETS = {
    "read_any": read_any,
    "read_jsonl": lambda data: check_pages(data, "a.jsonl"),
    "read_json": lambda data: check_pages(data, "a.json"),
    "read_csv": lambda data: check_pages(data, "a.csv"),
    "read_warc": lambda data: check_pages(data, "a.warc"),
    "read_parquet": lambda data: check_pages(data, "a.parquet"),
    "read_zip": lambda data: check_pages(data, "a.zip"),
    "read_gzip": lambda data: check_pages(b"\x1f\x8b\x08" + data, "a.warc.gz"),
    "read_zstd": lambda data: check_pages(b"\x28\xb5\x2f\xfd" + data, "a.jsonl.zst"),
    "read_text": read_text,
    "read_html": read_html,
    "parse_text": parse_text,
    "parse_html": parse_html,
    "parse_metadata": parse_metadata,
}
