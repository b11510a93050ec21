"""Scores -> text for a person: one article in full, or many as a ranked table.

`rich` is imported when the first line is laid out, so that the machine-readable outputs start without it.
"""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import isnan
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scorer.catalogue import summary
from scorer.report.record import Places
from scorer.signals import SIGNALS
from scorer.types import TARGETS, Article, Measurement, Score, Signal, Span, Summary

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Until the model's scores have been compared with readers' own words: the middle third, a little widened, so that a
# score the model is unsure of (near 0.5) is called neither low nor high.
ELEVATED, HIGH = 0.35, 0.65

_TITLES = {
    "sensationalism": "Sensationalism",
    "reliability": "Reliability",
    "clickbait_strength": "Clickbait strength",
}
_WORDS = {
    "sensationalism": ("low", "elevated", "high"),
    "reliability": ("low", "moderate", "high"),  # "elevated" would sound like a warning where more is better
    "clickbait_strength": ("low", "elevated", "high"),
}
_COLOURS = {
    "sensationalism": ("green", "yellow", "red"),
    "reliability": ("red", "yellow", "green"),
    "clickbait_strength": ("green", "yellow", "red"),
}
_SET_ASIDE = ("boilerplate", "link_block", "provenance")

# How much of an article the report shows: what fits on two screens. `--format jsonl` has the rest.
_CONTRIBUTIONS = 5
_PIECES_OF_EVIDENCE = 8
_PIECES_SET_ASIDE = 3
_LONGEST_PIECE = 48
_LONGEST_LOOKED_AT = 4 * _LONGEST_PIECE  # a piece may be a whole page
_LEAST_CONTRIBUTION = 0.005  # shows as 0.00

_WIDEST_REPORT = 100  # longer lines are hard to read
_NARROWEST = 40
# Below this width an explanation stands under its number, and a table takes three lines a page.
_NARROW = 64
_HOW_TO_READ = "What raised and lowered each score, in log-odds (+0.69 doubles the odds); its words by line:column."
_COLUMN_TITLES = {  # in two lines, which leaves the headlines more room
    "sensationalism": ("sensa-", "tional"),
    "reliability": ("reli-", "able"),
    "clickbait_strength": ("click-", "bait"),
}

# Stands for a blank at which no line is broken. `printable` lets none of these through.
_HELD_BLANK = "\ue000"


class Glyphs(NamedTuple):
    """The characters beyond ASCII that the report draws with, or what stands in for them."""

    full: str
    empty: str
    cut: str
    none: str


_FINE = Glyphs("█", "░", "…", "–")
_ASCII = Glyphs("#", ".", "...", "-")


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


def report(score: Score, *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """One article in full: scores, what moved them, the words, what was set aside, what could not be measured."""
    layout = _Layout(width, _ASCII if ascii_only else _FINE)
    return "".join(_rendered(_article(score, layout), width, colour=colour))


def table(rows: Iterable[Score | Summary], *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> Iterator[str]:
    """Yield a table of articles in the order given, line by line, each with its line feed."""
    layout = _Layout(width, _ASCII if ascii_only else _FINE)
    yield from _rendered(_table(list(rows), layout), width, colour=colour)


def print_article(score: Score, file: TextIO) -> None:
    """Write the report of one article to `file`, fit to it: its width, its colours, its encoding."""
    width, colour, ascii_only = _abilities(file)
    file.write(report(score, width=min(width, _WIDEST_REPORT), colour=colour, ascii_only=ascii_only))


def print_table(rows: Iterable[Score | Summary], file: TextIO) -> None:
    """Write the table of many articles to `file`, fit to it."""
    width, colour, ascii_only = _abilities(file)
    for line in table(rows, width=width, colour=colour, ascii_only=ascii_only):
        file.write(line)


def _abilities(file: TextIO) -> tuple[int, bool, bool]:
    """Find the width of `file` in columns, whether it takes colours, whether it takes ASCII only."""
    from rich.console import Console

    console = Console(file=file, legacy_windows=False, force_jupyter=False)
    # A file or pipe gets 80 columns whatever the terminal beside it has, so that its content does not depend on it.
    columns = os.environ.get("COLUMNS", "")
    width = console.width if console.is_terminal else int(columns) if columns.isdecimal() else 80
    try:
        "".join(_FINE).encode(getattr(file, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return max(width, _NARROWEST), console.color_system is not None and not console.no_color, True
    return max(width, _NARROWEST), console.color_system is not None and not console.no_color, False


def _rendered(lines: Iterable[Text], width: int, *, colour: bool) -> Iterator[str]:
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
        yield out.getvalue().replace(_HELD_BLANK, " ")
        out.seek(0)
        out.truncate()


class _Layout:
    """Lines of a width: wraps text under an indent and cuts it to fit, wide characters counted as two columns."""

    def __init__(self, width: int, glyphs: Glyphs) -> None:
        """Lay out in `width` columns, drawing with `glyphs`."""
        from rich.console import Console

        self.width = max(width, _NARROWEST)
        self.glyphs = glyphs
        self.indent = 17 if self.width >= _NARROW else 4
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


# ---- one article


def _article(score: Score, layout: _Layout) -> Iterator[Text]:
    yield from _head(score, layout)
    yield layout.text()
    yield from _bars(score, layout)
    places = Places(score.article)
    targets = [target for target in TARGETS if getattr(score, target) is not None]
    if targets:
        yield layout.text()
        yield from layout.wrapped(layout.text(), layout.text((_HOW_TO_READ, "dim")), 0)
    shown: set[str] = set()
    for target in targets:
        yield layout.text()
        yield from _contributions(score, target, places, shown, layout)
    yield from _set_aside(score.article, places, layout)
    yield from _unmeasured(score, layout)
    yield layout.text()
    model = " ".join(filter(None, (score.model.get("name"), score.model.get("version"))))
    about = "The scores describe how the page is worded and sourced; they do not judge what it reports."
    yield from layout.wrapped(layout.text(), layout.text((f"{about} Model: {printable(model)}.", "dim")), 0)


def _head(score: Score, layout: _Layout) -> Iterator[Text]:
    headline = printable(score.headline).strip() if score.headline else ""
    yield from layout.wrapped(layout.text(), layout.text((headline or "(no headline)", "bold")), 0)
    yield layout.text((layout.cut_left(printable(score.path or score.id), layout.width), "dim"))
    for note in score.article.notes:
        yield from layout.wrapped(layout.text("note: "), layout.text(printable(note)), 6)


def _bars(score: Score, layout: _Layout) -> Iterator[Text]:
    if score.abstained:
        yield from layout.wrapped(layout.text(("Not scored: ", "bold")), layout.text(printable(score.abstained)), 12)
        return
    names = max(map(len, _TITLES.values()))
    bar = min(30, layout.width - names - (29 if layout.width >= _NARROW else 18))
    for target in TARGETS:
        value: float | None = getattr(score, target)
        name = layout.text(f"{_TITLES[target]:{names}}  ")
        if value is None:
            reason = printable(score.withheld.get(target, "withheld"))
            yield from layout.wrapped(name, layout.text((f"not scored: {reason}", "dim")), names + 2)
            continue
        word, colour = _level(target, value)
        if bar >= 4:
            full = round(bar * value)
            name.append(layout.glyphs.full * full, colour).append(layout.glyphs.empty * (bar - full) + "  ", "dim")
        name.append(f"{value:.2f}").append(f"  {word}", colour)
        if target in score.intervals and layout.width >= _NARROW:
            name.append("  {:.2f}-{:.2f}".format(*score.intervals[target]), "dim")
        yield name


def _level(target: str, value: float) -> tuple[str, str]:
    step = 2 if value >= HIGH else 1 if value >= ELEVATED else 0
    return _WORDS[target][step], _COLOURS[target][step]


def _contributions(score: Score, target: str, places: Places, shown: set[str], layout: _Layout) -> Iterator[Text]:
    """Say what raised and lowered one score, strongest first, each with its words; the numbers add up to the score."""
    value: float = getattr(score, target)
    word, colour = _level(target, value)
    yield layout.text((_TITLES[target], "bold"), " reads as ", (word, colour))
    added = score.contributions.get(target, {})
    raised = sorted((name for name in added if added[name] >= _LEAST_CONTRIBUTION), key=lambda name: -added[name])
    lowered = sorted((name for name in added if added[name] <= -_LEAST_CONTRIBUTION), key=added.__getitem__)
    for title, names in (("raised", raised), ("lowered", lowered)):
        better = (title == "raised") == (target == "reliability")
        for name in names[:_CONTRIBUTIONS]:
            lead = layout.text(f"  {title:8}", (f"{added[name]:+.2f}", "green" if better else "red"), "  ")
            yield from layout.wrapped(lead, layout.text(_plain_words(name)), layout.indent)
            yield from _words(score, name, places, shown, layout)
    told = {*raised[:_CONTRIBUTIONS], *lowered[:_CONTRIBUTIONS]}
    rest = {name: log_odds for name, log_odds in added.items() if name not in told}
    n_weaker = len(raised) + len(lowered) - len(told)
    start = score.intercepts.get(target, 0.0)
    if n_weaker:
        signals = "1 weaker signal" if n_weaker == 1 else f"{n_weaker} weaker signals"
        yield layout.text((f"  {'':8}{sum(rest.values()):+.2f}  {signals}", "dim"))
    yield layout.text((f"  {'':8}{start:+.2f}  where every page starts", "dim"))
    yield layout.text((f"  {'in all':8}{start + sum(added.values()):+.2f}  a score of {value:.2f}", "dim"))


def _plain_words(name: str) -> str:
    """Say what a signal is: the first line of its documentation, without the examples after a colon."""
    signal = _BY_NAME.get(name)
    return (summary(signal).split(": ")[0] if signal else "") or name.replace("_", " ")


_BY_NAME: dict[str, Signal] = {signal.name: signal for signal in SIGNALS}


def _words(score: Score, name: str, places: Places, shown: set[str], layout: _Layout) -> Iterator[Text]:
    """Show the words a signal rests on, each under its line and column; once in a report."""
    measurement = score.measurements.get(name)
    if name in shown:
        yield from layout.wrapped(layout.text(), layout.text(("(words above)", "dim")), layout.indent)
        return
    shown.add(name)
    words = _evidence(score.article, measurement, places, layout) if measurement else layout.text()
    if words:
        yield from layout.wrapped(layout.text(), words, layout.indent)


def _evidence(article: Article, measurement: Measurement, places: Places, layout: _Layout) -> Text:
    if isnan(measurement.value):
        return layout.text(("not measured on this page", "dim"))
    evidence = sorted(measurement.evidence)
    if not evidence:
        found = "none on this page" if measurement.value == 0 else f"measured {measurement.value:.3g}"
        return layout.text((found, "dim"))
    return _pieces(article, evidence, _PIECES_OF_EVIDENCE, places, layout)


def _pieces(article: Article, spans: Sequence[Span], most: int, places: Places, layout: _Layout) -> Text:
    """Give the first words of the first spans, each under its line and column; a piece is broken only if it must be."""
    words = layout.text()
    for span in spans[:most]:
        line, column = places.line_column(span.start)
        place = f"{line}:{column}"
        columns = min(_LONGEST_PIECE, layout.width - layout.indent - len(place) - 3)
        piece = layout.cut(printable(article.text[span.start : min(span.end, span.start + _LONGEST_LOOKED_AT)]), columns)
        words.append("  " if words else "").append(place, "cyan")
        words.append(_HELD_BLANK + piece.replace(" ", _HELD_BLANK))
    if len(spans) > most:
        words.append(f"  and {len(spans) - most} more".replace(" ", _HELD_BLANK).replace(_HELD_BLANK, " ", 2), "dim")
    return words


def _set_aside(article: Article, places: Places, layout: _Layout) -> Iterator[Text]:
    zones = [(label, article.zone(label)) for label in _SET_ASIDE if article.zone(label)]
    if not zones:
        return
    yield layout.text()
    yield from layout.wrapped(layout.text(), layout.text(("Set aside, not read as part of the article", "bold")), 0)
    for label, spans in zones:
        lead = layout.text(f"  {label.replace('_', ' '):12}{len(spans):>3}  ")
        pieces = _pieces(article, spans, _PIECES_SET_ASIDE, places, layout)
        yield from layout.wrapped(lead, pieces, lead.cell_len if layout.indent > 4 else 4)


def _unmeasured(score: Score, layout: _Layout) -> Iterator[Text]:
    why: dict[str, list[str]] = {}
    for name, measurement in score.measurements.items():
        if isnan(measurement.value):
            why.setdefault(_reason(name, score.article), []).append(name)
    if not why:
        return
    yield layout.text()
    yield layout.text(("Could not be measured", "bold"))
    for reason, names in why.items():
        lead = layout.text(f"  {reason}: ")
        yield from layout.wrapped(lead, layout.text((", ".join(_by_group(names, score)), "dim")), 4)


def _by_group(names: list[str], score: Score) -> Iterator[str]:
    """Yield the names of signals, and for a group of which all are named one phrase in their place."""
    missing = set(names)
    for group, signals in groupby(SIGNALS, key=lambda signal: signal.group):
        members = [signal.name for signal in signals if signal.name in score.measurements]
        found = [name for name in members if name in missing]
        missing.difference_update(found)
        if len(found) > 1 and len(found) == len(members):
            yield f"all {len(found)} {group} signals"
        else:
            yield from found
    yield from sorted(missing)


def _reason(name: str, article: Article) -> str:
    signal = _BY_NAME.get(name)
    group = signal.group if signal else ""
    if group == "surround" and not article.headline_words and not article.n_words:
        return "neither headline nor body"
    if group == "headline" and not article.headline_words:
        return "no headline"
    if group != "surround" and not article.n_words:  # some headline signals look into the body, too
        return "no body"
    return "too little on the page to measure it on"


# ---- many articles


def _table(rows: list[Score | Summary], layout: _Layout) -> Iterator[Text]:
    if not rows:
        return
    folder, names = _pages(rows)
    if folder:
        yield layout.text((layout.cut_left(f"Pages in {printable(folder)}", layout.width), "dim"))
        yield layout.text()
    rank_width = len(str(len(rows)))
    if layout.width < _NARROW:
        yield from _stacked(rows, names, rank_width, layout)
        return
    left = layout.width - rank_width - sum(len(first) + 2 for first, _ in _COLUMN_TITLES.values()) - 4
    page_width = min(max(4, *map(layout.columns, names)), left // 2)
    headline_width = left - page_width
    blank = " " * rank_width
    titles = ("  ".join(f"{titles[half]:>{len(titles[0])}}" for titles in _COLUMN_TITLES.values()) for half in (0, 1))
    yield layout.text((f"{blank}  {next(titles)}", "bold"))
    yield layout.text((f"{blank}  {next(titles)}  {layout.fill('headline', headline_width)}  page", "bold"))
    for rank, (row, name) in enumerate(zip(rows, names, strict=True), 1):
        line = layout.text((f"{rank:>{rank_width}}", "dim"))
        for target, (title, _) in _COLUMN_TITLES.items():
            line.append("  ").append_text(_cell(row, target, len(title), layout))
        words, style = _what(row)
        line.append("  ").append(layout.fill(words, headline_width), style)
        line.append("  ").append(layout.cut_left(name, page_width), "dim")
        line.rstrip()
        yield line
    yield from _legend(rows, layout)


def _stacked(rows: list[Score | Summary], names: list[str], rank_width: int, layout: _Layout) -> Iterator[Text]:
    """On a narrow terminal: the headline, below it the scores and the page."""
    indent = " " * (rank_width + 2)
    titles = {target: first.rstrip("-") + second for target, (first, second) in _COLUMN_TITLES.items()}
    yield layout.text((layout.cut(indent + "  ".join(titles.values()), layout.width), "bold"))
    for rank, (row, name) in enumerate(zip(rows, names, strict=True), 1):
        words, style = _what(row)
        line = layout.text((f"{rank:>{rank_width}}  ", "dim"))
        yield line.append(layout.cut(words, layout.width - len(indent)), style)
        line = layout.text(indent)
        for number, (target, title) in enumerate(titles.items()):
            line.append("  " if number else "").append_text(_cell(row, target, len(title), layout))
        line.truncate(layout.width)
        yield line
        yield layout.text(indent, (layout.cut_left(name, layout.width - len(indent)), "dim"))
    yield from _legend(rows, layout)


def _cell(row: Score | Summary, target: str, columns: int, layout: _Layout) -> Text:
    value: float | None = getattr(row, target)
    if value is None:
        return layout.text((layout.glyphs.none.rjust(columns), "dim"))
    return layout.text((f"{value:{columns}.2f}", _level(target, value)[1]))


def _what(row: Score | Summary) -> tuple[str, str]:
    if row.abstained:
        return f"(not scored: {printable(row.abstained)})", "dim"
    headline = printable(row.headline).strip() if row.headline else ""
    return (headline, "") if headline else ("(no headline)", "dim")


def _legend(rows: list[Score | Summary], layout: _Layout) -> Iterator[Text]:
    n_abstained = sum(row.abstained is not None for row in rows)
    counted = "1 page" if len(rows) == 1 else f"{len(rows)} pages"
    parts = [f"{counted}, {n_abstained} not scored." if n_abstained else f"{counted}."]
    parts.append(
        f"0 to 1; low below {ELEVATED}, high from {HIGH}. The scores describe how a page is worded and sourced; they "
        "do not judge what it reports."
    )
    if any(getattr(row, target) is None for row in rows for target in TARGETS):
        parts.append(f"{layout.glyphs.none} withheld.")
    yield layout.text()
    yield from layout.wrapped(layout.text(), layout.text((" ".join(parts), "dim")), 0)


def _pages(rows: Sequence[Score | Summary]) -> tuple[str, list[str]]:
    """Find the folder that all pages share, and what names each page in it: its path, or its id if paths repeat."""
    paths = [row.path.replace("\\", "/") for row in rows]
    if "" in paths or len(set(paths)) < len(paths):
        return "", [printable(row.id) for row in rows]
    folders = [path.split("/")[:-1] for path in paths]
    shared = 0
    while all(len(folder) > shared and folder[shared] == folders[0][shared] for folder in folders):
        shared += 1
    return "/".join(folders[0][:shared]), [printable("/".join(path.split("/")[shared:])) for path in paths]
