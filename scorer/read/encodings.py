"""Bytes -> text: the encodings scrapers leave, told by what is in the bytes before what is said about them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from scorer.read.source import Damage, Stream

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - {0, *b"\t\n\r\f\v\x1b"})
# What UTF-8 looks like when it was decoded as Windows-1252 and encoded again: â€™ for ’, Ã© for é, Â£ for £.
_MOJIBAKE = re.compile("â€[\u0080-\uffff]|Ã[\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-¿]")

#: The encodings a page may declare: those of the WHATWG standard, under Python's names. A label outside it is ignored;
#: Python knows names that are no encodings of text ("hex") or that are slow to read ("punycode").
# fmt: off
_WEB_ENCODINGS = frozenset((
    "utf-8", "utf-16-le", "utf-16-be", "utf-16", "cp866", "cp874", "cp932", "cp949", "koi8-r", "koi8-u", "mac-roman",
    "mac-cyrillic", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr", "cp1250", "cp1251",
    "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859-2", "iso8859-3", "iso8859-4",
    "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15",
    "iso8859-16",
))
# fmt: on


def decode(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Decode what a scraper wrote: UTF-8, UTF-16, UTF-32 or Windows-1252, with or without a byte order mark.

    Returns the text with line ends made `\\n` and NUL characters removed, and notes on what had to be guessed or mended;
    the text is None for binary data, with the reason as the only note.
    """
    notes: list[str] = []
    text = _decode_by_mark(data, notes)
    if text is None:
        if is_binary(data):
            return None, ("binary data, not text; give the page's text or HTML",)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            text = _decode_legacy(data, error, notes)
    return tidy(text, notes), tuple(notes)


def decode_html(data: bytes, content_type: str = "") -> tuple[str | None, tuple[str, ...]]:
    """Decode a page of HTML: byte order mark, then the charset of the HTTP header, then that of the page, as browsers do.

    With one difference: bytes that are valid UTF-8 and not plain ASCII are read as UTF-8 even where a single-byte
    encoding is declared (with a note), because scrapers save pages as UTF-8 and leave their declaration. Without a
    declaration the bytes decide, as in `decode`. Returns the same.
    """
    from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

    if is_binary(data):
        return None, ("binary data, not text; give the page's text or HTML",)
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(data)
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)) or declared not in _WEB_ENCODINGS:
        return decode(data)
    if declared in ("utf-8", "utf-16", "utf-16-le", "utf-16-be") or (data.isascii() and declared != "iso2022_jp"):
        # A page whose declaration can be read as ASCII is not UTF-16, whatever it says (WHATWG).
        return decode(data)
    notes: list[str] = []
    try:
        text = data.decode("utf-8") if declared != "iso2022_jp" else data.decode(declared, "replace")
        if declared != "iso2022_jp":
            notes.append(f"read as UTF-8, though {declared} is declared")
    except UnicodeDecodeError:
        text = data.decode(str(declared), "replace")
        if "\ufffd" in text:
            notes.append(f"{text.count(chr(0xFFFD))} characters could not be decoded as {declared}")
    return tidy(text, notes), tuple(notes)


def is_binary(data: bytes) -> bool:
    """Whether so many bytes are control characters that it cannot be text; UTF-16 and UTF-32 are text."""
    if len(data.translate(None, _CONTROL)) >= 0.98 * len(data):
        return False
    return _wide_encoding(data) is None and not data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS))


def tidy(text: str, notes: list[str]) -> str:
    """Make line ends `\\n`, remove NUL characters, replace halves of surrogate pairs; say so in `notes`."""
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} NUL characters removed")
        text = text.replace("\x00", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        # JSON can hold halves of a pair: two that belong together become the character, the others U+FFFD.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        notes.append("characters outside Unicode replaced")
    if "â€" in text or "Ã" in text or "Â" in text:
        places = [match.start() for match in _MOJIBAKE.finditer(text)]
        if places:
            line = text.count("\n", 0, places[0]) + 1
            notes.append(
                f"mojibake: UTF-8 read as Windows-1252 before it came here, in {len(places)} places, first in line {line}"
            )
    return text


def utf8_stream(stream: Stream) -> Stream:
    """The stream without its byte order mark, and in UTF-8 if the mark says UTF-16 or UTF-32.

    For data whose marks are ASCII (JSON, CSV), so that it can be split before it is decoded.
    """
    head = stream.head(4)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            if encoding == "utf-8-sig":
                stream.read(len(mark))
                return stream
            return Stream(_transcoded(stream, encoding))
    return stream


def _transcoded(stream: Stream, encoding: str) -> Iterator[bytes | Damage]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in stream.chunks():
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
    if stream.damage:
        yield stream.damage


# Eight characters: a stray NUL among fewer could pass for every other byte.
_FEWEST_WIDE = 16


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in English text every other byte is NUL. A few bytes tell nothing."""
    head = data[:4096]
    if len(data) < _FEWEST_WIDE or b"\x00" not in head:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) < 0.4 * (len(head) // 2) or min(odd, even) > 0.2 * (len(head) // 2):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_by_mark(data: bytes, notes: list[str]) -> str | None:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = _wide_encoding(data)
        if encoding is None:
            return None
        notes.append(f"read as {encoding.upper()}, which it does not declare")
    text = data.decode(encoding, "replace")
    if "\ufffd" in text:
        notes.append(f"{text.count(chr(0xFFFD))} characters could not be decoded as {encoding}")
    return text


def _decode_legacy(data: bytes, error: UnicodeDecodeError, notes: list[str]) -> str:
    """Text that is not valid UTF-8: UTF-8 with a few broken bytes, or else Windows-1252."""
    text = data.decode("utf-8", "replace")
    n_broken = text.count("\ufffd")
    n_good = sum(1 for char in text if char > "\x7f") - n_broken
    line = data.count(b"\n", 0, error.start) + 1
    if n_good > 2 * n_broken or error.start >= len(data) - 3:
        notes.append(f"{n_broken} bytes are not valid UTF-8, first in line {line}; shown as \ufffd")
        return text
    notes.append(f"read as Windows-1252: not valid UTF-8 in line {line}")
    return data.decode("cp1252", "replace")
