"""The files of the manifest -> a folder of checkouts, checked against their digests."""

from __future__ import annotations

import hashlib
import logging
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from scorer.datasets import DatasetError
from scorer.upstream.manifest import Upstream

if TYPE_CHECKING:
    from types import ModuleType

_FIELDS = ("repository", "commit", "path")
_SECONDS = 30  # of silence before a host is given up
#: How a file begins that stands for another in a repository that keeps large files elsewhere (Git LFS).
POINTER = b"version https://git-lfs"


@dataclass(frozen=True)
class Outcome:
    """What became of one row: its line for the person, whether that is a failure, and the row with what was learned."""

    line: str
    failed: bool
    row: Upstream


def check_template(template: str) -> None:
    """Refuse a base address that cannot give a file. Raises DatasetError."""
    example = "http://host/{repository}/{commit}/{path}"
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        parts = urlsplit(template.format(**dict.fromkeys(_FIELDS, "x")) if names <= set(_FIELDS) else "")
    except (ValueError, LookupError, AttributeError):
        names, parts = set(), urlsplit("")
    if "path" not in names or not names <= set(_FIELDS) or parts.scheme not in ("http", "https") or not parts.netloc:
        raise DatasetError(f"--base {template}: write an address with the places of the parts in it, like {example}")


def fetch(rows: Sequence[Upstream], folder: Path, template: str) -> Iterator[Outcome]:
    """Fetch what one address can give into `folder`/owner/name/path; what is there and right is kept.

    One outcome a row, in order; a failure ends nothing. Raises DatasetError for a template that cannot be used and
    ModuleNotFoundError without pooch.
    """
    check_template(template)
    import pooch

    pooch.get_logger().setLevel(logging.ERROR)
    for row in rows:
        yield _fetched(row, folder, template, pooch)


def _fetched(row: Upstream, folder: Path, template: str, pooch: ModuleType) -> Outcome:
    name = f"{row.table}: {row.place}"
    target = folder / row.place
    unknown = [part for part in ("repository", "commit", "path") if not getattr(row, part)]
    if unknown:
        by_hand = "there" if target.exists() else f"no {unknown[0]} known; to be put by hand at {target}"
        return Outcome(f"{name}: {by_hand if row.path else 'no path known; not fetched'}", failed=False, row=row)
    if row.is_folder:
        line = "there" if target.is_dir() else f"a folder: check out commit {row.commit[:10]} at {folder / row.repository}"
        return Outcome(f"{name}: {line}", failed=False, row=row)
    url = template.format(**{part: quote(getattr(row, part)) for part in _FIELDS})
    try:
        before = _digest(target)
        kept = before is not None and (not row.sha256 or before == row.sha256)
        if not kept:
            pooch.retrieve(
                url,
                known_hash=row.sha256 or None,
                fname=target.name,
                path=target.parent,
                downloader=pooch.HTTPDownloader(timeout=_SECONDS),
            )
        with target.open("rb") as file:
            pointer = file.read(len(POINTER)) == POINTER
        size = str(target.stat().st_size)
        digest = _digest(target)
    except (ValueError, OSError) as error:  # requests' errors are OSErrors
        return Outcome(f"{name}: {_reason(error, url)}", failed=True, row=row)
    if pointer or (row.size and size != row.size):
        wrong = "a pointer of Git LFS, not the file; take it from a checkout" if pointer else f"{size} bytes, not {row.size}"
        if kept:
            return Outcome(f"{name}: {target} is {wrong}; move it away and fetch again", failed=True, row=row)
        target.unlink()
        return Outcome(f"{name}: {url} gave {wrong}; not kept", failed=True, row=row)
    checked = "checksum right" if row.sha256 else "not checked: the manifest has no sha256"
    learned = row if row.sha256 else replace(row, sha256=str(digest), size=size)
    return Outcome(f"{name}: {'there' if kept else 'fetched'}, {checked}", failed=False, row=learned)


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file, None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _reason(error: Exception, url: str) -> str:
    """Why a file did not come, in a few words and with what to do."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status is not None:
        return f"{url}: HTTP {status}; see whether the repository, commit and path are still there"
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return f"{url}: checksum mismatch, not kept; it is another file than the manifest's sha256 says"
    if getattr(error, "strerror", None):
        return f"{getattr(error, 'filename', None) or url}: {error.strerror}"  # type: ignore[attr-defined]
    kind = "timed out" if "Timeout" in type(error).__name__ else "no connection"
    return f"{url}: {kind}; see whether the host of --base answers"
