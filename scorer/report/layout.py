"""Lines of text that fit a terminal: its width, colours and encoding; nothing a page says can steer it."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_NARROWEST = 40
# Below this width an explanation stands under its number, and a table takes three lines a page.
NARROW = 64

# Stands for a blank at which no line is broken. `printable` lets none of these through.
HELD_BLANK = "\ue000"


class Glyphs(NamedTuple):
    """The characters beyond ASCII that the report draws with, or what stands in for them."""

    full: str
    empty: str
    cut: str
    none: str


FINE = Glyphs("█", "░", "…", "–")
ASCII = Glyphs("#", ".", "...", "-")


def printable(text: str) -> str:
    """Put `text` on one line and make it harmless to a terminal.

    White space becomes a blank; control characters, lone surrogates, characters of private use and marks that turn the
    direction of writing are shown as Python writes them in a string; other characters that print nothing are left out.
    """
    return text if text.isprintable() else "".join(char if char.isprintable() else _visible(char) for char in text)


_TURNS_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "Z" or char in "\t\n\v\f\r":
        return " "
    if category in ("Cc", "Cs", "Co") or char in _TURNS_DIRECTION:
        return char.encode("unicode_escape").decode("ascii")
    return "" if category == "Cf" else char


def abilities(file: TextIO) -> tuple[int, bool, bool]:
    """Find the width of `file` in columns, whether it takes colours, whether it takes ASCII only."""
    from rich.console import Console

    console = Console(file=file, legacy_windows=False, force_jupyter=False)
    # A file or pipe gets 80 columns whatever the terminal beside it has, so that its content does not depend on it.
    columns = os.environ.get("COLUMNS", "")
    width = console.width if console.is_terminal else int(columns) if columns.isdecimal() else 80
    try:
        "".join(FINE).encode(getattr(file, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return max(width, _NARROWEST), console.color_system is not None and not console.no_color, True
    return max(width, _NARROWEST), console.color_system is not None and not console.no_color, False


def rendered(lines: Iterable[Text], width: int, *, colour: bool) -> Iterator[str]:
    """Yield the lines as text, with escape codes if `colour`."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in lines:
        console.print(line, soft_wrap=True)
        yield out.getvalue().replace(HELD_BLANK, " ")
        out.seek(0)
        out.truncate()


class Layout:
    """Lines of a width: wraps text under an indent and cuts it to fit, wide characters counted as two columns."""

    def __init__(self, width: int, glyphs: Glyphs) -> None:
        """Lay out in `width` columns, drawing with `glyphs`."""
        from rich.console import Console

        self.width = max(width, _NARROWEST)
        self.glyphs = glyphs
        self.indent = 17 if self.width >= NARROW else 4
        self._console: Console = Console(file=io.StringIO(), width=self.width)

    def text(self, *parts: str | tuple[str, str]) -> Text:
        """One line of plain strings and (string, style) pairs. Nothing in them is taken for markup."""
        from rich.text import Text

        return Text.assemble(*parts, end="")

    def wrapped(self, lead: Text, rest: Text, indent: int) -> Iterator[Text]:
        """Yield `lead` and `rest` on as many lines as they take, those after the first under `indent`."""
        lead_width = lead.cell_len
        if indent > self.width // 2:
            indent = 2
        if lead_width > indent:
            lead.append_text(rest)
            rest, lead, lead_width = lead, self.text(), 0
            first, *more = rest.wrap(self._console, self.width)
            lines = [first]
            if more:
                tail = rest[len(first.plain) :]
                tail = tail[len(tail.plain) - len(tail.plain.lstrip()) :]
                wrapped = tail.wrap(self._console, self.width - indent)
                lines += [self.text(" " * indent).append_text(line) for line in wrapped]
        else:
            lead.append(" " * (indent - lead_width))
            lines = [
                (lead if number == 0 else self.text(" " * indent)).append_text(line)
                for number, line in enumerate(rest.wrap(self._console, self.width - indent))
            ] or [lead]
        for line in lines:
            line.rstrip()
            yield line

    def columns(self, text: str) -> int:
        """Count the columns `text` takes."""
        from rich.cells import cell_len

        return cell_len(text)

    def cut(self, text: str, columns: int) -> str:
        """`text` in at most so many columns, its end cut off."""
        from rich.cells import cell_len, set_cell_size

        if cell_len(text) <= columns:
            return text
        mark = self.glyphs.cut
        return set_cell_size(text, max(0, columns - len(mark))).rstrip() + mark

    def cut_left(self, text: str, columns: int) -> str:
        """`text` in at most so many columns, its beginning cut off: of a path the end says most."""
        from rich.cells import cell_len, set_cell_size

        if cell_len(text) <= columns:
            return text
        mark = self.glyphs.cut
        return mark + set_cell_size(text[::-1], max(0, columns - len(mark)))[::-1].lstrip()

    def fill(self, text: str, columns: int) -> str:
        """`text` in exactly so many columns."""
        from rich.cells import set_cell_size

        return set_cell_size(self.cut(text, columns), columns)
