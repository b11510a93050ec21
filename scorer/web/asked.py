"""What a request asks for: its body read within bounds of size and time, and checked before anything is scored."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request

from scorer.read import Unreadable, read_bytes
from scorer.types import Page
from scorer.web.problems import ProblemError

#: Bounds of one request. Text takes a second a million characters at most; more belongs on the command line.
LARGEST_BODY = 16 * 1024 * 1024
LONGEST_CONTENT = 1_000_000
MOST_PAGES = 1_000
SECONDS_TO_SEND = 15.0

# What is read and thrown away of a body that is too large, so that its sender reads our answer and not a broken pipe.
_MOST_THROWN_AWAY = 4 * LARGEST_BODY

_KEYS = {"content": str, "file": str, "id": str, "name": str, "url": str, "media": str}
_MEDIA = ("text", "html")
_LONGEST_NAME = 4096
# Up to so many bytes are called small; a file of theirs that begins like this is packed: gzip, zstd, zip, Parquet, as base64.
_SMALL = 48 * 1024
_PACKED = (b'"H4s', b'"KLUv', b'"UEsD', b'"UEFSMQ')


@dataclass(frozen=True, slots=True)
class Asked:
    """The checked content of a request: what was sent, and whether it was a single page."""

    items: tuple[dict[str, str], ...]
    single: bool

    def pages(self) -> Iterator[Page | Unreadable]:
        """The pages one by one, and what could not be read. A file may hold many."""
        for number, item in enumerate(self.items):
            name = item.get("id") or item.get("name") or f"page {number + 1}"
            if "content" in item:
                media = item.get("media", "text")
                found: Iterator[Page | Unreadable] = iter(
                    [Page(name, item["content"], "html" if media == "html" else "text", item.get("url", ""))]
                )
            else:
                found = read_bytes(base64.b64decode(item["file"]), item.get("name", ""))
            for page in found:
                too_long = isinstance(page, Page) and len(page.content) > LONGEST_CONTENT
                yield Unreadable(name, f"longer than {LONGEST_CONTENT:,} characters") if too_long else page


async def body_of(request: Request) -> bytes:
    """The body of a request, within its bounds. Raises `ProblemError`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON, as Content-Type: application/json")
    return await _body(request)


def is_small(body: bytes) -> bool:
    """Whether a body is a few milliseconds' work; what a packed file holds is not known before it is opened."""
    return len(body) <= _SMALL and not any(start in body for start in _PACKED)


def asked(body: bytes) -> Asked:
    """Check a body. Raises `ProblemError`."""
    try:
        content = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ProblemError(HTTPStatus.BAD_REQUEST, f"the body is not JSON: {reason[:200]}") from None
    return checked(content)


def checked(content: object) -> Asked:
    """Check the parsed body of a request. Raises `ProblemError` with a pointer to each fault."""
    if not isinstance(content, dict):
        _invalid([("#", "must be an object with 'content', 'file' or 'pages'")])
    if "pages" not in content:
        return Asked((_item(content, "#"),), single="content" in content)
    pages = content["pages"]
    unknown = [(f"#/{_token(key)}", "is not known beside 'pages'") for key in content if key != "pages"]
    if not isinstance(pages, list):
        unknown.append(("#/pages", "must be an array"))
    elif not 0 < len(pages) <= MOST_PAGES:
        unknown.append(("#/pages", f"must hold 1 to {MOST_PAGES:,} items, not {len(pages):,}"))
    if unknown:
        _invalid(unknown)
    return Asked(tuple(_item(page, f"#/pages/{number}") for number, page in enumerate(pages)), single=False)


def _item(item: Any, at: str) -> dict[str, str]:  # noqa: ANN401 - whatever the JSON held
    if not isinstance(item, dict):
        _invalid([(at, "must be an object")])
    errors = [(f"{at}/{_token(key)}", "is not known") for key in item if key not in _KEYS]
    errors += [(f"{at}/{key}", "must be a string") for key in _KEYS if not isinstance(item.get(key, ""), str)]
    if ("content" in item) == ("file" in item):
        errors.append((at, "must have either 'content' (text) or 'file' (base64)"))
    if errors:
        _invalid(errors)
    if item.get("media", "text") not in _MEDIA:
        errors.append((f"{at}/media", "must be 'text' or 'html'"))
    if "file" in item and not _is_base64(item["file"]):
        errors.append((f"{at}/file", "is not base64"))
    errors += [(f"{at}/{key}", "is too long") for key in ("id", "name", "url") if len(item.get(key, "")) > _LONGEST_NAME]
    if len(item.get("content", "")) > LONGEST_CONTENT:
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{at}/content is longer than {LONGEST_CONTENT:,} characters")
    if errors:
        _invalid(errors)
    return dict(item)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return True


def _token(key: str) -> str:
    """A key as a part of a JSON pointer, cut short."""
    return key[:60].encode("ascii", "backslashreplace").decode().replace("~", "~0").replace("/", "~1")


def _invalid(errors: list[tuple[str, str]]) -> NoReturn:
    pointer, what = errors[0]
    more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
    raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{pointer} {what}{more}", errors[:20])


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    too_large = declared.isdecimal() and int(declared) > LARGEST_BODY
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(SECONDS_TO_SEND):
            async for piece in request.stream():
                size += len(piece)
                too_large = too_large or size > LARGEST_BODY
                if size > _MOST_THROWN_AWAY:
                    break
                if not too_large:
                    pieces.append(piece)
    except TimeoutError:
        raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, f"the body took over {SECONDS_TO_SEND:.0f} seconds") from None
    except ClientDisconnect:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "the body was cut short") from None
    if too_large:
        detail = f"the body is larger than {LARGEST_BODY >> 20} MiB; send fewer pages, or use `score` on the command line"
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, headers={"Connection": "close"})
    return b"".join(pieces)
