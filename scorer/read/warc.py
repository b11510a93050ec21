"""Web archives -> pages: the HTML responses of a crawl, record by record."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from scorer.read import source as bounds
from scorer.read.encodings import decode_html
from scorer.read.kinds import HEAD, recognise
from scorer.read.packed import Engine, Inflater, new_zstd
from scorer.read.source import CHUNK, Budget, Source, Stream, TooLargeError, Unreadable
from scorer.types import Page

# Bytes of all header lines of a record. Servers send a few kilobytes, and refuse more than 64.
_LONGEST_HEADER = 256 * 1024
# Blocks of other records up to this size are looked at for records that a wrong length has swallowed.
_LOOKED_AT = 1024 * 1024
_RECORD = b"WARC/"
_PAGES = ("text/html", "application/xhtml+xml")
# Content encodings laid over each other that are undone; more than one is rare.
_MOST_ENCODINGS = 3
_DIGESTS = frozenset({"sha1", "sha256", "sha384", "sha512", "md5"})


class _BadRecordError(Exception):
    """A record that gives no page, with the reason."""


class _Header:
    """The stream as warcio reads a header from it: bounded, so that a line without an end is not read to it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.n_bytes = 0

    def readline(self, length: int | None = None) -> bytes:
        limit = _LONGEST_HEADER - self.n_bytes
        line = self._stream.readline(limit if length is None else min(length, limit))
        self.n_bytes += len(line)
        if self.n_bytes >= _LONGEST_HEADER:
            raise _BadRecordError(f"its header is longer than {_LONGEST_HEADER >> 10} KiB")
        return line


def pages(source: Source, kind: str) -> Iterator[Page | Unreadable]:  # noqa: ARG001 - all readers are called alike
    """One page for each response of HTML that was delivered (status 200 to 299).

    The number of a page is that of its record, all records counted. Other records are passed over. A record that is
    damaged is `Unreadable`, and reading goes on with the next one that can be found.
    """
    stream = source.stream
    number, n_read, n_again = 0, 0, 0
    while True:
        if not _find_record(stream):
            damage = stream.damage
            if not stream.resume():
                return
            yield Unreadable(source.id, f"after record {number}: {damage.reason if damage else ''}")
            continue
        number += 1
        id_ = f"{source.id}#{number}"
        block = b""
        result: Page | str = ""
        framing = ""
        try:
            headers, length = _read_header(stream)
            is_response = headers.get("warc-type", "").lower() == "response"
            limit = bounds.LARGEST_FILE if is_response else _LOOKED_AT
            if is_response and length > limit:
                # More likely a wrong length than a page; the next record is looked for inside.
                raise _BadRecordError(f"larger than {limit >> 20} MiB")
            block = stream.read(length) if length <= limit else b""
            n_passed = len(block) if length <= limit else stream.skip(length)
            n_read += n_passed
            framing = _framing_problem(stream, n_passed, length)
            result = _page(source, id_, headers, block, framing) if is_response else framing
        except (_BadRecordError, TooLargeError) as error:
            result = framing = str(error)
        if isinstance(result, str):
            if result:
                yield Unreadable(id_, f"{result}; fetch the page again")
        else:
            yield result
            if framing:
                yield Unreadable(source.id, f"after record {number}: bytes that belong to no record; passed over")
        # A length that is too large has swallowed the records after it; they are in the block. What is looked at twice
        # is never more than what was read once, so that the time stays linear.
        at = block.find(b"\n" + _RECORD) if framing else -1
        if at >= 0 and n_again + len(block) - at <= n_read:
            n_again += len(block) - at
            stream.unread(block[at:])


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
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    try:
        parsed = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES).parse(_Header(stream))
    except (StatusAndHeadersParserException, EOFError) as error:
        raise _BadRecordError("its header is not that of a WARC record") from error
    headers = {name.lower(): value for name, value in parsed.headers}
    length = headers.get("content-length", "").strip()
    # Digits: twenty are more than any disk holds, and int() takes no more than some thousands.
    if not (length.isascii() and length.isdecimal() and len(length) <= 20):
        raise _BadRecordError("its header gives no length")
    return headers, int(length)


def _framing_problem(stream: Stream, n_passed: int, length: int) -> str:
    """What is wrong with the place a record has in the file: it is cut short, or no record follows it."""
    if n_passed < length:
        why = f": {stream.damage.reason}" if stream.damage else ""
        stream.damage = None  # told of; what follows it is read on
        return f"cut short, {n_passed:,} of {length:,} bytes{why}"
    rest = stream.head(64).lstrip(b"\r\n")
    if not rest or rest.startswith(_RECORD):
        return ""
    return "its length is wrong, or what follows it is damaged"


def _page(source: Source, id_: str, headers: Mapping[str, str], block: bytes, framing: str) -> Page | str:
    """The page in a response, or what is wrong with it; "" for a response that is not a page."""
    http, n_bytes = _http_header(block)
    if not http:
        return framing or "its HTTP header cannot be read"
    payload = block[n_bytes:]
    plain = _joined(payload) if "chunked" in http.get("transfer-encoding", "").lower() else payload
    digest = _digest_problem(headers, payload, plain)
    if digest is None:
        digest = framing  # nothing vouches for the content, so its place in the file must
    if digest:
        return framing or digest
    if not http[":status"].startswith("2"):
        return ""
    content_type = http.get("content-type", "")
    media = content_type.partition(";")[0].strip().lower()
    if media and media not in _PAGES:
        return ""
    data, problem = _decoded(plain, http.get("content-encoding", ""), source.budget)
    if problem or (not media and recognise(data[:HEAD], "") != "html"):
        return problem
    text, notes = decode_html(data, content_type)
    if text is None:
        return notes[0]
    if "warc-truncated" in headers:
        notes = (*notes, f"cut off when it was fetched: {headers['warc-truncated'][:40]}")
    return Page(id_, text, "html", headers.get("warc-target-uri", "").strip("<>"), source.path, notes)


def _http_header(block: bytes) -> tuple[dict[str, str], int]:
    """The fields of the HTTP header in lower case with its status as ":status", and its length; empty if it is none."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    header = _Header(Stream([block[:_LONGEST_HEADER]]))
    try:
        parsed = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"]).parse(header)
    except (StatusAndHeadersParserException, EOFError, _BadRecordError):
        return {}, 0
    fields = {name.lower(): value for name, value in parsed.headers}
    # "HTTP/2" is written "HTTP/2.0" by some.
    return {**fields, ":status": parsed.statusline.removeprefix(".0").strip()}, header.n_bytes


def _joined(payload: bytes) -> bytes:
    """The payload without the framing of chunks; as it is where it has none (crawlers leave the header behind)."""
    from warcio.bufferedreaders import ChunkedDataReader

    return bytes(ChunkedDataReader(io.BytesIO(payload)).read())


def _digest_problem(headers: Mapping[str, str], *candidates: bytes) -> str | None:
    """What is wrong with the payload's digest: "" if nothing, None if it cannot be checked.

    Crawlers do not agree whether the framing of chunks belongs to the payload: either digest will do.
    """
    name, _, said = headers.get("warc-payload-digest", "").strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in _DIGESTS or "warc-segment-number" in headers:
        return None
    for payload in candidates:
        digest = hashlib.new(name, payload, usedforsecurity=False).digest()
        if said.upper() in (base64.b32encode(digest).decode(), digest.hex().upper()):
            return ""
        if said == base64.b64encode(digest).decode():
            return ""
    return f"its {name} digest is not that of its content, so it is damaged"


def _decoded(data: bytes, encoding: str, budget: Budget) -> tuple[bytes, str]:
    """The payload without its content encodings, and what is wrong; as it is where a crawler has undone them."""
    for name in reversed([part.strip().lower() for part in encoding.split(",")][:_MOST_ENCODINGS]):
        if name in _ENCODINGS and recognise(data[:HEAD], "") != "html":
            for new_engine in _ENCODINGS[name]:
                opened = _opened(new_engine(), data, budget)
                if opened:
                    data = opened
                    break
            else:
                return b"", f"its content encoding, {name}, cannot be undone"
    return data, ""


def _opened(engine: Engine, data: bytes, budget: Budget) -> bytes:
    """What an engine makes of the data; nothing where it cannot. Raises TooLargeError."""
    pieces, size, at = [], 0, 0
    while not engine.eof:
        fed = b""
        if engine.needs_input:
            fed = data[at : at + CHUNK]
            at += CHUNK
            if not fed:
                break
        try:
            piece = engine.decompress(fed, CHUNK)
        except Exception:  # each library has its own
            return b""
        budget.spend(len(piece))
        size += len(piece)
        if size > bounds.LARGEST_FILE:
            raise TooLargeError(f"larger than {bounds.LARGEST_FILE >> 20} MiB")
        pieces.append(piece)
    return b"".join(pieces)


class _Brotli:
    """Brotli under the interface of the other engines."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli

        self._engine = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._engine.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._engine.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return bytes(self._engine.process(data, output_buffer_limit=max_length))


# "deflate" is zlib by the standard and bare deflate by some servers.
_ENCODINGS: Mapping[str, tuple[Callable[[], Engine], ...]] = {
    "gzip": (Inflater,),
    "x-gzip": (Inflater,),
    "deflate": (partial(Inflater, 15), partial(Inflater, -15)),
    "br": (_Brotli,),
    "zstd": (new_zstd,),
}
