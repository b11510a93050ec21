"""data/manifest.csv: the upstream files and folders that our tables are made from, a row each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath

from scorer.datasets import DatasetError

_PACKAGE = Path(__file__).resolve().parents[1]

#: The manifest that is installed with the package, or that of the source tree.
DEFAULT = next((p for p in (_PACKAGE / "manifest.csv", _PACKAGE.parent / "data" / "manifest.csv") if p.is_file()), Path())


@dataclass(frozen=True)
class Upstream:
    """A file, or a folder (its `path` ends with "/"), of a public repository. An empty field says that nothing is known."""

    table: str
    repository: str  # owner/name
    commit: str
    path: str
    size: str  # bytes
    sha256: str
    licence_stated: str
    converter: str  # a name in scorer.upstream.formats, empty where the format was not seen
    part: str  # which of that converter's inputs this is
    how: str
    table_bytes: str  # of the table that the shipped model was trained on
    table_sha256: str

    @property
    def is_folder(self) -> bool:
        """Whether one address cannot give it."""
        return self.path.endswith("/")

    @property
    def place(self) -> PurePosixPath:
        """Where it lies below a folder of checkouts: owner/name/path, or table/path where no repository is known."""
        return PurePosixPath(self.repository or self.table, self.path)

    @property
    def unknown(self) -> list[str]:
        """What the manifest does not say of it."""
        asked = ("repository", "commit", "path", *(() if self.is_folder else ("size", "sha256")), "converter")
        names = {"converter": "format not seen"}
        return [names.get(name, f"no {name}") for name in asked if not getattr(self, name)]


COLUMNS = tuple(field.name for field in fields(Upstream))

# What a stranger's manifest could use to write outside the folder it was given is refused with the rest.
_FORMS = {
    "table": re.compile(r"[A-Za-z0-9_]+(?:/[A-Za-z0-9_]+)?"),
    "repository": re.compile(r"(?:[A-Za-z0-9][\w.-]*/[\w-][\w.-]*)?"),
    "commit": re.compile(r"(?:[0-9a-f]{7,40})?"),
    "path": re.compile(r"(?:(?!/)(?!\.\.?(?:/|$))[^\\\x00-\x1f:]*)?"),
    "size": re.compile(r"\d*"),
    "sha256": re.compile(r"(?:[0-9a-f]{64})?"),
}


def read(path: Path = DEFAULT) -> list[Upstream]:
    """The rows of a manifest. Raises DatasetError, naming the line."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise DatasetError(f"{path}:1: no column {missing[0]}; the columns are {', '.join(COLUMNS)}")
            return [_row(f"{path}:{table.line_num}", row) for row in table]
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror}; --manifest names another") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as CSV in UTF-8: {error}") from None


def _row(place: str, row: dict[str, str | None]) -> Upstream:
    values = {name: row[name] for name in COLUMNS}
    if None in row or None in values.values():
        raise DatasetError(f"{place}: not {len(COLUMNS)} cells; quote a cell that has a comma in it")
    for name, form in _FORMS.items():
        value = values[name] or ""
        if not form.fullmatch(value) or (name == "path" and ".." in value.split("/")):
            raise DatasetError(f"{place}: {name} {value!r} is none; leave it empty if it is not known (data/README.md)")
    return Upstream(**{name: value or "" for name, value in values.items()})


def write(rows: Sequence[Upstream], path: Path) -> None:
    """Write a manifest; it appears only when it is complete. Raises OSError."""
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(row) for row in rows)
    partial.replace(path)


def listing(rows: Sequence[Upstream]) -> Iterator[str]:
    """One line for each row, saying also what is not known of it."""
    width = max((len(row.table) for row in rows), default=0)
    for row in rows:
        at = f"@{row.commit[:10]}" if row.commit else ""
        where = f"{row.repository or 'no repository known'}{at} {row.path}".rstrip()
        said = [f"licence: {row.licence_stated}", f"converter: {row.converter}" if row.converter else ""]
        unknown = [name for name in row.unknown if name != "no repository"]
        said.append(f"unknown: {', '.join(unknown)}" if unknown else "")
        yield f"{row.table:{width}}  {where}  ({'; '.join(filter(None, said))})"
