"""Renew what is printed in the documents: docs/signals.md, and the excerpt of a report in README.md (`make docs`)."""

from __future__ import annotations

import os
import re
from pathlib import Path

import scorer
from scorer import catalogue
from scorer.report import terminal

ROOT = Path(__file__).resolve().parents[1]
# The command that the README shows, and the lines below it.
EXCERPT = re.compile(r"(`score (data/samples/\S+)`\):\n\n)((?:    .*\n)+)")


def excerpt(report: str) -> str:
    """The scores of a report, its first lines with a bar, indented as the README shows them."""
    bars = [line for line in report.splitlines() if "█" in line or "░" in line]
    return "".join(f"    {line}\n" for line in bars)


def main() -> None:
    """Write both."""
    os.chdir(ROOT)
    Path("docs/signals.md").write_text(catalogue.page(), encoding="utf-8")
    readme = Path("README.md")
    text = readme.read_text(encoding="utf-8")
    found = EXCERPT.search(text)
    if not found:
        raise SystemExit("README.md: no excerpt of a report after `score data/samples/...`):")
    report = terminal.report(scorer.score(Path(found[2])))
    readme.write_text(text[: found.start(3)] + excerpt(report) + text[found.end(3) :], encoding="utf-8")


if __name__ == "__main__":
    main()
