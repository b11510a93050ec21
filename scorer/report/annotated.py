"""Score -> the view that the one renderer (`page/article.js`) draws: text, zones, evidence, contributions, as small JSON.

The report, the page of `scorer serve` and a notebook all draw this. Offsets are UTF-16 code units, which is how a
browser counts; names are replaced by their place in the lists of `legend()`, so that ten thousand views fit in a file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from math import isfinite

from scorer.hosts import NoSource, source_of
from scorer.model import LEARNED_WORDS
from scorer.report import wording
from scorer.signals import SIGNALS
from scorer.types import TARGETS, ZONES, Score, Span

_ZONE_NUMBER = {name: number for number, name in enumerate(ZONES)}
#: Every name a measurement can have, with its kind.
_KIND_OF = {**{signal.name: signal.group for signal in SIGNALS}, LEARNED_WORDS: "learned"}
_SIGNAL_NUMBER = {name: number for number, name in enumerate(_KIND_OF)}

_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

#: Contributions are whole numbers of this fraction of a log-odd; none lies half-way between two that the page can show.
STEPS = 1_000
#: A score stands for the step it lies in, and is drawn in its middle: so two digits of it are those of the score itself.
SCORE_STEPS = 10_000


def step(score: float | None) -> int | None:
    """The step of a score; None where it was withheld."""
    return None if score is None else min(int(score * SCORE_STEPS), SCORE_STEPS - 1)


def steps(log_odds: float) -> int:
    """What was added, in `STEPS`, so that the page, which shows two digits of it, shows those of the log-odds themselves."""
    nearest = round(log_odds * STEPS)
    if nearest % 10 != 5:
        return nearest
    return nearest + (1 if float(f"{log_odds:.2f}") * STEPS > nearest else -1)


def legend() -> dict[str, object]:
    """What the numbers in a view stand for, and the words the page uses: the same for every article."""
    return {
        "targets": [
            {
                "name": target,
                "title": wording.TITLES[target],
                "column": wording.COLUMNS[target],
                "about": wording.ABOUT[target],
                "levels": wording.LEVELS[target],
            }
            for target in TARGETS
        ],
        "thresholds": [wording.ELEVATED, wording.HIGH],
        "kinds": [{"name": name, "title": title} for name, title in wording.KINDS.items()],
        "zones": ZONES,
        "signals": [{"name": name, "kind": kind, "title": wording.plain_words(name)} for name, kind in _KIND_OF.items()],
        "steps": STEPS,
        "note": wording.NOT_A_VERDICT,
    }


def view(score: Score) -> dict[str, object]:
    """What the page shows of one article. Everything in it has a JSON type; nothing in it is markup.

    `signals`, `values`, `moved` and `places` run in parallel, an entry a signal that has something to show: its number,
    its value, its contributions by target, and start and length of each piece of its evidence. `zones` are numbers of
    zones, each with start and length. A start is counted from the end of the range before it.
    """
    article = score.article
    units = _units(article.text)
    shown = _shown(score)
    zones = _places(article.zones, units)
    return {
        "id": whole(score.id) if score.id != score.path else "",
        "path": whole(score.path),
        "url": whole(article.url),
        "abstained": score.abstained,
        "notes": [whole(note) for note in wording.notes(score)],
        "model": f"{score.model.get('name', '')} {score.model.get('version', '')}".strip(),
        "scores": [_target(score, target) for target in TARGETS],
        "signals": [_SIGNAL_NUMBER[name] for name in shown],
        "values": [_rounded(score.measurements[name].value) for name in shown],
        "moved": list(chain.from_iterable(shown.values())),
        "places": [_places(sorted(score.measurements[name].evidence), units) for name in shown],
        "zones": [
            number for i, zone in enumerate(article.zones) for number in (_ZONE_NUMBER[zone.label], *zones[2 * i : 2 * i + 2])
        ],
        "words": _words(score),
        "unmeasured": {
            reason: [_SIGNAL_NUMBER[name] for name in names]
            for reason, names in wording.unmeasured(article, score.measurements).items()
        },
        "text": whole(article.text),
    }


def source(score: Score) -> str:
    """The outlet an article is from, as `--by source` names it; empty where there is none."""
    found = source_of(score.article.url, score.path)
    return "" if isinstance(found, NoSource) else whole(found)


def whole(text: str) -> str:
    """`text` without halves of characters, which UTF-8 cannot hold; no offset moves."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def _units(text: str) -> Callable[[int], int]:
    """Give the function that turns offsets in characters into offsets in UTF-16 code units."""
    doubles = [] if text.isascii() else [match.start() for match in _BEYOND_16_BITS.finditer(text)]
    return (lambda at: at + bisect_left(doubles, at)) if doubles else int


def _target(score: Score, target: str) -> dict[str, object]:
    value: float | None = getattr(score, target)
    added = score.contributions.get(target, {})
    start = score.intercepts.get(target, 0.0)
    return {
        "value": step(value),
        "interval": [step(end) for end in score.intervals[target]] if target in score.intervals else None,
        "withheld": score.withheld.get(target),
        "start": steps(start),
        "sum": steps(start + sum(added.values())),
    }


def _shown(score: Score) -> dict[str, list[int]]:
    """The signals that have evidence or moved a score, each with its contributions by target."""
    moved = {
        name: [steps(score.contributions.get(target, {}).get(name, 0.0)) for target in TARGETS] for name in score.measurements
    }
    return {name: added for name, added in moved.items() if score.measurements[name].evidence or any(added)}


def _words(score: Score) -> list[int]:
    """What each learned word shown adds by itself and in pairs, by target; a word a spelling, as they come in the text."""
    learned = score.measurements.get(LEARNED_WORDS)
    if not learned:
        return []
    added = {target: _by_word(score.words.get(target, {})) for target in TARGETS}
    labels = {score.article.text[span.start : span.end]: span.label for span in sorted(learned.evidence)}
    return [steps(added[target].get(label, 0.0)) for label in labels.values() for target in TARGETS]


def _by_word(terms: Mapping[bytes, float]) -> dict[str, float]:
    added: dict[str, float] = {}
    for term, log_odds in terms.items():
        for word in term.decode("ascii", "replace").split():
            added[word] = added.get(word, 0.0) + log_odds
    return added


def _places(spans: Iterable[Span], units: Callable[[int], int]) -> list[int]:
    places: list[int] = []
    last = 0
    for span in spans:
        start, end = units(span.start), units(span.end)
        places += (start - last, end - start)
        last = end
    return places


def _rounded(value: float) -> float | None:
    return float(f"{value:.3g}") if isfinite(value) else None
