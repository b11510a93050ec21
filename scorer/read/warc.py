"""Web archives -> pages: the HTML responses of a crawl, record by record."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

from scorer.read import source as bounds
from scorer.read.encodings import decode_html
from scorer.read.kinds import HEAD, recognise
from scorer.read.packed import Engine, Inflater
from scorer.read.source import CHUNK, Budget, Source, Stream, TooLargeError, Unreadable
from scorer.types import Page

# Bytes of all header lines of a record. Servers send a few kilobytes, and refuse more than 64.
_LONGEST_HEADER = 256 * 1024
# Blocks of other records up to this size are looked at for records that a wrong length has swallowed.
_LOOKED_AT = 1024 * 1024
_RECORD = b"WARC/"
_PAGES = ("text/html", "application/xhtml+xml")
_DIGESTS = frozenset({"sha1", "sha256", "sha384", "sha512", "md5"})


class _BadRecordError(Exception):
    """A record that gives no page, with the reason."""


class _Header:
    """The stream as warcio reads a header from it: bounded, so that a line without an end is not read to it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._n_left = _LONGEST_HEADER

    def readline(self, length: int | None = None) -> bytes:
        limit = self._n_left if length is None else min(length, self._n_left)
        line = self._stream.readline(limit)
        self._n_left -= len(line)
        if self._n_left <= 0:
            raise _BadRecordError(f"its header is longer than {_LONGEST_HEADER >> 10} KiB")
        return line

    def read(self, length: int | None = None) -> bytes:
        return self._stream.read(length)


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:  # noqa: ARG001 - all readers are called alike
    """One page for each response of HTML that was delivered (status 200 to 299).

    The number of a page is that of its record, all records counted. Other records are passed over. A record that is
    damaged is `Unreadable`, and reading goes on with the next one that can be found.
    """
    stream = source.stream
    number, n_again, n_read = 0, 0, 0
    while True:
        if not _find_record(stream):
            if stream.damage and stream.damage.cut and number == 0:
                return
            if not stream.resume():
                return
            continue
        number += 1
        block, page, problem = b"", None, ""
        try:
            headers, length = _read_header(stream)
            wanted = headers.get("warc-type", "").lower() == "response"
            limit = bounds.LARGEST_FILE if wanted else _LOOKED_AT
            if length > limit:
                n_passed = stream.skip(length)
                problem = f"larger than {limit >> 20} MiB; leave it out" if wanted else ""
            else:
                block = stream.read(length)
                n_passed = len(block)
            n_read += n_passed
            if n_passed < length:
                problem = _cut_short(stream, n_passed, length)
            elif not _is_followed_well(stream):
                problem = "its length is wrong, or what follows it is damaged"
            if wanted and block:
                page, problem = _page(source, f"{source.id}#{number}", headers, block, problem)
        except (_BadRecordError, TooLargeError) as error:
            problem = str(error)
        if page:
            yield page
        if problem:
            yield Unreadable(f"{source.id}#{number}", f"{problem}; fetch the page again")
            # A length that is too large has swallowed the records after it; they are in the block. What is looked at
            # twice is never more than what was read, so that the time stays linear.
            at = block.find(b"\n" + _RECORD)
            if at >= 0 and n_again + len(block) <= n_read:
                n_again += len(block) - at
                stream.unread(block[at:])
        stream.resume()


def _find_record(stream: Stream) -> bool:
    """Pass over what lies before the next record; False at the end."""
    at_line_start = True
    while head := stream.head(CHUNK):
        blank = len(head) - len(head.lstrip(b"\r\n"))
        if blank:
            stream.skip(blank)
            at_line_start = True
            continue
        if at_line_start and head.startswith(_RECORD):
            return True
        at = head.find(b"\n" + _RECORD)
        if at >= 0:
            stream.skip(at + 1)
            return True
        stream.skip(max(1, len(head) - len(_RECORD)))
        at_line_start = False
    return False


def _read_header(stream: Stream) -> tuple[dict[str, str], int]:
    """The header of the record: its fields in lower case, and its length."""
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParserException

    try:
        record = ArcWarcRecordLoader().parse_record_stream(
            _Header(stream), known_format="warc", no_record_parse=True, check_digests=False
        )
    except (StatusAndHeadersParserException, EOFError, ValueError) as error:
        raise _BadRecordError("its header is not that of a WARC record") from error
    headers = {name.lower(): value for name, value in record.rec_headers.headers}
    if record.length is None or not headers.get("content-length", "").strip().isdecimal():
        raise _BadRecordError("its header gives no length")
    return headers, record.length


def _cut_short(stream: Stream, n_passed: int, length: int) -> str:
    why = f": {stream.damage.reason}" if stream.damage else ""
    return f"cut short, {n_passed:,} of {length:,} bytes{why}"


def _is_followed_well(stream: Stream) -> bool:
    """Whether a record, white space or the end follows."""
    rest = stream.head(64).lstrip(b"\r\n")
    return not rest or rest.startswith(_RECORD) or (len(rest) < len(_RECORD) and _RECORD.startswith(rest))


def _page(
    source: Source, id_: str, headers: dict[str, str], block: bytes, problem: str
) -> tuple[Page | None, str]:
    """The page in a response, and what is wrong with it; neither for a response that is not a page."""
    body = io.BytesIO(block)
    http = _http_header(body)
    if http is None:
        return None, problem or "its HTTP header cannot be read"
    payload = block[body.tell() :]
    plain = _joined(payload) if "chunked" in http.get("transfer-encoding", "").lower() else payload
    digest = _digest_problem(headers, payload, plain)
    problem = "" if digest is None and headers.get("warc-payload-digest") else problem or digest or ""
    if problem:
        return None, problem
    if not http[":status"].startswith("2"):
        return None, ""
    content_type = http.get("content-type", "")
    media = content_type.partition(";")[0].strip().lower()
    if media and media not in _PAGES:
        return None, ""
    data, problem = _decoded(plain, http.get("content-encoding", ""), source.budget)
    if problem or (not media and recognise(data[:HEAD], "") != "html"):
        return None, problem
    text, notes = decode_html(data, content_type)
    if text is None:
        return None, notes[0]
    if "warc-truncated" in headers:
        notes = (*notes, f"cut off when it was fetched: {headers['warc-truncated'][:40]}")
    return Page(id_, text, "html", headers.get("warc-target-uri", "").strip("<>"), source.path, notes), ""


def _http_header(body: io.BytesIO) -> dict[str, str] | None:
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    header = _Header(Stream(iter([body.getvalue()[:_LONGEST_HEADER]])))
    try:
        parsed = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"]).parse(header)
    except (StatusAndHeadersParserException, EOFError, _BadRecordError):
        return None
    body.seek(_LONGEST_HEADER - header.n_left)
    fields = {name.lower(): value for name, value in parsed.headers}
    # "HTTP/2" and "HTTP/2.0" are written alike.
    return {**fields, ":status": parsed.statusline.removeprefix(".0").strip()}


def _joined(payload: bytes) -> bytes:
    """The payload without the framing of chunks; as it is where it has none (crawlers leave the header behind)."""
    from warcio.bufferedreaders import ChunkedDataReader

    return bytes(ChunkedDataReader(io.BytesIO(payload)).read())


def _digest_problem(headers: dict[str, str], *candidates: bytes) -> str | None:
    """None if the payload's digest is right or cannot be checked, else what is wrong.

    Crawlers do not agree whether the framing of chunks belongs to the payload: either digest will do.
    """
    said = headers.get("warc-payload-digest", "")
    name, _, value = said.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in _DIGESTS or "warc-segment-number" in headers:
        return None
    for payload in candidates:
        digest = hashlib.new(name, payload, usedforsecurity=False).digest()
        forms = (base64.b32encode(digest).decode().rstrip("="), digest.hex().upper(), base64.b64encode(digest).decode())
        if value.strip().rstrip("=").upper() in forms[:2] or value.strip() == forms[2]:
            return None
    return f"its {name} digest is not that of its content, so it is damaged"


def _decoded(data: bytes, encoding: str, budget: Budget) -> tuple[bytes, str]:
    """The payload without its content encodings, and what is wrong; as it is where a crawler has undone them."""
    for name in reversed([part.strip().lower() for part in encoding.split(",")][:3]):
        if name in ("gzip", "x-gzip") and not data.startswith(b"\x1f\x8b"):
            continue
        engines = [new() for new in _ENCODINGS.get(name, ())]
        if not engines:
            continue
        for engine in engines:
            opened = _opened(engine, data, budget)
            if opened is not None:
                data = opened
                break
        else:
            if recognise(data[:HEAD], "") != "html":
                return b"", f"its content encoding ({name}) cannot be undone"
    return data, ""


def _opened(engine: Engine, data: bytes, budget: Budget) -> bytes | None:
    pieces, size = [], 0
    try:
        while not engine.eof:
            piece = engine.decompress(data if engine.needs_input else b"", CHUNK)
            if not piece and engine.needs_input and not data:
                break
            data = b"" if engine.needs_input else data
            budget.spend(len(piece))
            size += len(piece)
            if size > bounds.LARGEST_FILE:
                raise TooLargeError(f"opens to more than {bounds.LARGEST_FILE >> 20} MiB")
            pieces.append(piece)
    except TooLargeError:
        raise
    except Exception:  # noqa: BLE001 - each library has its own
        return None
    return b"".join(pieces)
