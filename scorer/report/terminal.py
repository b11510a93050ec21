"""Scores -> text for a person: one article in full, or many as a ranked table.

`rich` is imported when the first line is laid out, so that the machine-readable outputs start without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import isnan
from typing import TYPE_CHECKING, TextIO

from scorer.report import wording
from scorer.report.layout import ASCII, FINE, HELD_BLANK, NARROW, Layout, abilities, printable, rendered
from scorer.report.record import Places
from scorer.signals import SIGNALS
from scorer.types import TARGETS, Article, Measurement, Score, Span, Summary

if TYPE_CHECKING:
    from rich.text import Text

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
_HOW_TO_READ = "What raised and lowered each score, in log-odds (+0.69 doubles the odds); its words by line:column."
_COLUMN_TITLES = {  # in two lines, which leaves the headlines more room
    "sensationalism": ("sensa-", "tional"),
    "reliability": ("reli-", "able"),
    "clickbait_strength": ("click-", "bait"),
}


def report(score: Score, *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """One article in full: scores, what moved them, the words, what was set aside, what could not be measured."""
    layout = Layout(width, ASCII if ascii_only else FINE)
    return "".join(rendered(_article(score, layout), width, colour=colour))


def table(rows: Iterable[Score | Summary], *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> Iterator[str]:
    """Yield a table of articles in the order given, line by line, each with its line feed."""
    layout = Layout(width, ASCII if ascii_only else FINE)
    yield from rendered(_table(list(rows), layout), width, colour=colour)


def print_article(score: Score, file: TextIO) -> None:
    """Write the report of one article to `file`, fit to it: its width, its colours, its encoding."""
    width, colour, ascii_only = abilities(file)
    file.write(report(score, width=min(width, _WIDEST_REPORT), colour=colour, ascii_only=ascii_only))


def print_table(rows: Iterable[Score | Summary], file: TextIO) -> None:
    """Write the table of many articles to `file`, fit to it."""
    width, colour, ascii_only = abilities(file)
    for line in table(rows, width=width, colour=colour, ascii_only=ascii_only):
        file.write(line)


# ---- one article


def _article(score: Score, layout: Layout) -> Iterator[Text]:
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
    yield from layout.wrapped(layout.text(), layout.text((f"{wording.NOT_A_VERDICT} Model: {printable(model)}.", "dim")), 0)


def _head(score: Score, layout: Layout) -> Iterator[Text]:
    headline = printable(score.headline).strip() if score.headline else ""
    yield from layout.wrapped(layout.text(), layout.text((headline or "(no headline)", "bold")), 0)
    yield layout.text((layout.cut_left(printable(score.path or score.id), layout.width), "dim"))
    for note in wording.notes(score):
        yield from layout.wrapped(layout.text("note: "), layout.text(printable(note)), 6)


def _bars(score: Score, layout: Layout) -> Iterator[Text]:
    if score.abstained:
        yield from layout.wrapped(layout.text(("Not scored: ", "bold")), layout.text(printable(score.abstained)), 12)
        return
    names = max(map(len, wording.TITLES.values()))
    bar = min(30, layout.width - names - (29 if layout.width >= NARROW else 18))
    for target in TARGETS:
        value: float | None = getattr(score, target)
        name = layout.text(f"{wording.TITLES[target]:{names}}  ")
        if value is None:
            reason = printable(score.withheld.get(target, "withheld"))
            yield from layout.wrapped(name, layout.text((f"not scored: {reason}", "dim")), names + 2)
            continue
        word, colour = level(target, value)
        if bar >= 4:
            full = round(bar * value)
            name.append(layout.glyphs.full * full, colour).append(layout.glyphs.empty * (bar - full) + "  ", "dim")
        name.append(f"{value:.2f}").append(f"  {word}", colour)
        if target in score.intervals and layout.width >= NARROW:
            name.append("  {:.2f}-{:.2f}".format(*score.intervals[target]), "dim")
        yield name


def level(target: str, value: float) -> tuple[str, str]:
    """Say how high a score is, and in which colour."""
    step = 2 if value >= wording.HIGH else 1 if value >= wording.ELEVATED else 0
    return wording.LEVELS[target][step], _COLOURS[target][step]


def _contributions(score: Score, target: str, places: Places, shown: set[str], layout: Layout) -> Iterator[Text]:
    """Say what raised and lowered one score, strongest first, each with its words; the numbers add up to the score."""
    value: float = getattr(score, target)
    word, colour = level(target, value)
    yield layout.text((wording.TITLES[target], "bold"), " reads as ", (word, colour))
    added = score.contributions.get(target, {})
    raised = sorted((name for name in added if added[name] >= _LEAST_CONTRIBUTION), key=lambda name: -added[name])
    lowered = sorted((name for name in added if added[name] <= -_LEAST_CONTRIBUTION), key=added.__getitem__)
    for title, names in (("raised", raised), ("lowered", lowered)):
        better = (title == "raised") == (target == "reliability")
        for name in names[:_CONTRIBUTIONS]:
            lead = layout.text(f"  {title:8}", (f"{added[name]:+.2f}", "green" if better else "red"), "  ")
            yield from layout.wrapped(lead, layout.text(wording.plain_words(name)), layout.indent)
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


def _words(score: Score, name: str, places: Places, shown: set[str], layout: Layout) -> Iterator[Text]:
    """Show the words a signal rests on, each under its line and column; once in a report."""
    measurement = score.measurements.get(name)
    if name in shown:
        yield from layout.wrapped(layout.text(), layout.text(("(words above)", "dim")), layout.indent)
        return
    shown.add(name)
    words = _evidence(score.article, measurement, places, layout) if measurement else layout.text()
    if words:
        yield from layout.wrapped(layout.text(), words, layout.indent)


def _evidence(article: Article, measurement: Measurement, places: Places, layout: Layout) -> Text:
    if isnan(measurement.value):
        return layout.text(("not measured on this page", "dim"))
    evidence = sorted(measurement.evidence)
    if not evidence:
        found = "none on this page" if measurement.value == 0 else f"measured {measurement.value:.3g}"
        return layout.text((found, "dim"))
    return _pieces(article, evidence, _PIECES_OF_EVIDENCE, places, layout)


def _pieces(article: Article, spans: Sequence[Span], most: int, places: Places, layout: Layout) -> Text:
    """Give the first words of the first spans, each under its line and column; a piece is broken only if it must be."""
    words = layout.text()
    for span in spans[:most]:
        line, column = places.line_column(span.start)
        place = f"{line}:{column}"
        columns = min(_LONGEST_PIECE, layout.width - layout.indent - len(place) - 3)
        piece = layout.cut(printable(article.text[span.start : min(span.end, span.start + _LONGEST_LOOKED_AT)]), columns)
        words.append("  " if words else "").append(place, "cyan")
        words.append(HELD_BLANK + piece.replace(" ", HELD_BLANK))
    if len(spans) > most:
        words.append(f"  and {len(spans) - most} more".replace(" ", HELD_BLANK).replace(HELD_BLANK, " ", 2), "dim")
    return words


def _set_aside(article: Article, places: Places, layout: Layout) -> Iterator[Text]:
    zones = [(label, article.zone(label)) for label in _SET_ASIDE if article.zone(label)]
    if not zones:
        return
    yield layout.text()
    yield from layout.wrapped(layout.text(), layout.text(("Set aside, not read as part of the article", "bold")), 0)
    for label, spans in zones:
        lead = layout.text(f"  {label.replace('_', ' '):12}{len(spans):>3}  ")
        pieces = _pieces(article, spans, _PIECES_SET_ASIDE, places, layout)
        yield from layout.wrapped(lead, pieces, lead.cell_len if layout.indent > 4 else 4)


def _unmeasured(score: Score, layout: Layout) -> Iterator[Text]:
    why = wording.unmeasured(score.article, score.measurements)
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


# ---- many articles


def _table(rows: list[Score | Summary], layout: Layout) -> Iterator[Text]:
    if not rows:
        return
    folder, names = _pages(rows)
    if folder:
        yield layout.text((layout.cut_left(f"Pages in {printable(folder)}", layout.width), "dim"))
        yield layout.text()
    rank_width = len(str(len(rows)))
    if layout.width < NARROW:
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


def _stacked(rows: list[Score | Summary], names: list[str], rank_width: int, layout: Layout) -> Iterator[Text]:
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


def _cell(row: Score | Summary, target: str, columns: int, layout: Layout) -> Text:
    value: float | None = getattr(row, target)
    if value is None:
        return layout.text((layout.glyphs.none.rjust(columns), "dim"))
    return layout.text((f"{value:{columns}.2f}", level(target, value)[1]))


def _what(row: Score | Summary) -> tuple[str, str]:
    if row.abstained:
        return f"(not scored: {printable(row.abstained)})", "dim"
    headline = printable(row.headline).strip() if row.headline else ""
    return (headline, "") if headline else ("(no headline)", "dim")


def _legend(rows: list[Score | Summary], layout: Layout) -> Iterator[Text]:
    n_abstained = sum(row.abstained is not None for row in rows)
    counted = "1 page" if len(rows) == 1 else f"{len(rows)} pages"
    parts = [f"{counted}, {n_abstained} not scored." if n_abstained else f"{counted}."]
    parts.append(f"0 to 1; low below {wording.ELEVATED}, high from {wording.HIGH}. {wording.NOT_A_VERDICT}")
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
