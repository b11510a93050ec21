"""The catalogue of signals, printed from the signals' own files."""

from __future__ import annotations

import re
import sys
from itertools import groupby

from scorer.signals import SIGNALS
from scorer.types import Signal


def summary(signal: Signal) -> str:
    """The first sentence of the signal's docstring: what it is."""
    return _doc(signal).split("\n\n", 1)[0].replace("\n", " ").rstrip(".")


def entry(signal: Signal) -> str:
    """One signal as Markdown: its docstring and its examples."""
    lines = [f"## {signal.name}", "", f"Group: {signal.group}.", "", _doc(signal), ""]
    for title, examples in (("Fires on", signal.fires), ("Silent on", signal.silent)):
        lines += [f"**{title}**", "", *(f"- {_on_one_line(example)}" for example in examples), ""]
    return "\n".join(lines)


def page() -> str:
    """The whole catalogue, docs/signals.md."""
    lines = [
        "# Signals",
        "",
        "Printed from the files in `scorer/signals` by `scorer signals --markdown`; do not edit. «Marks» surround evidence.",
        "",
    ]
    for group, signals in groupby(SIGNALS, key=lambda signal: signal.group):
        links = (f"[{signal.name}](#{signal.name})" for signal in signals)
        lines += [f"- {group}: {', '.join(links)}"]
    return "\n".join([*lines, "", *(entry(signal) for signal in SIGNALS)]).rstrip() + "\n"


def _doc(signal: Signal) -> str:
    doc = sys.modules[signal.measure.__module__].__doc__ or ""
    return doc.strip()


def _on_one_line(example: str) -> str:
    return re.sub(r"\s*\n\s*", " ⏎ ", example.strip())
