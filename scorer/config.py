"""scorer.toml: words added to lists, signals switched off, thresholds (docs/config.md)."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from scorer.model import Model, without
from scorer.signals import SIGNALS
from scorer.terms import extendable

FILE_NAME = "scorer.toml"
THRESHOLDS = ("max_sensationalism", "min_reliability")
SECTIONS = ("thresholds", "signals", "words")
_LONGEST_TERM = 80


class ConfigError(ValueError):
    """A scorer.toml that cannot be used; the message is one line, `file:line: what is wrong; the mend`."""


@dataclass(frozen=True, slots=True)
class Config:
    """`thresholds` in 0-1 by name (those of `THRESHOLDS` that are set), `off` names of signals, `words` terms by list."""

    thresholds: Mapping[str, float] = field(default_factory=dict)
    off: Sequence[str] = ()
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


def read_config(path: Path) -> Config:
    """Read and check a file. Raises ConfigError, also if there is none."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}:{error.object[: error.start].count(10) + 1}: not UTF-8; save it as UTF-8") from None
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        line = int(at.group(1)) if at else text.count("\n") + 1
        raise ConfigError(f"{path}:{line}: not TOML: {re.sub(r' [(]at .*', '', str(error))}") from None
    return _Checked(path, text).config(content)


#: A scorer.toml, what was read of one, or none.
Configured = str | os.PathLike[str] | Config | None


def as_config(given: Configured) -> Config | None:
    """What was read of a scorer.toml, where that or its path is given. Raises ConfigError."""
    return given if given is None or isinstance(given, Config) else read_config(Path(given))


def find_config(given: Path | None) -> Config:
    """The config at `given`, else that of the current folder, else one that changes nothing. Raises ConfigError."""
    path = given or Path(FILE_NAME)
    return Config() if given is None and not path.is_file() else read_config(path)


def under(config: Config, model: Model) -> Model:
    """The model with the words and switches of a config."""
    if config.off:
        model = without(model, tuple(config.off))
    return replace(model, words=config.words) if config.words else model


def over(sensationalism: float | None, reliability: float | None, thresholds: Mapping[str, float]) -> list[str]:
    """Which of two scores lies beyond a threshold, in words; a score that is withheld (None) lies beyond none."""
    high, low = thresholds.get("max_sensationalism"), thresholds.get("min_reliability")
    said = []
    if high is not None and sensationalism is not None and sensationalism > high:
        said.append(f"sensationalism {sensationalism:.3f} is above {high:g}")
    if low is not None and reliability is not None and reliability < low:
        said.append(f"reliability {reliability:.3f} is below {low:g}")
    return said


class _Checked:
    """The checks of one file, with the text to find a mistake's line in."""

    def __init__(self, path: Path, text: str) -> None:
        """Check what was read of `path`."""
        self._path, self._lines = path, text.splitlines()

    def config(self, content: Mapping[str, Any]) -> Config:
        """Return the content as a `Config`. Raises ConfigError at the first mistake."""
        for section, table in content.items():
            if section not in SECTIONS:
                self._fail((section,), f"no section {section!r}{_instead(section, SECTIONS)}")
            if not isinstance(table, dict):
                self._fail((section,), f"{section} is a section: write [{section}]")
        thresholds = content.get("thresholds", {})
        for key, value in thresholds.items():
            if key not in THRESHOLDS:
                self._fail(("thresholds", key), f"no threshold {key!r}{_instead(key, THRESHOLDS)}")
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                self._fail(("thresholds", key), f"{key} must be a number from 0 to 1")
        for key in content.get("signals", {}):
            if key != "off":
                self._fail(("signals", key), f"no key {key!r}; signals has one, off = [names]")
        known = [signal.name for signal in SIGNALS]
        off = self._texts(content.get("signals", {}).get("off", []), "signals", "off")
        for name in off:
            if name not in known:
                self._fail(("signals", "off", name), f"no signal {name!r}{_instead(name, known)}")
        lists = extendable()
        words = {}
        for key, terms in content.get("words", {}).items():
            if key not in lists:
                self._fail(("words", key), f"no list {key!r} that words can be added to{_instead(key, lists)}")
            words[key] = self._texts(terms, "words", key)
            for term in words[key]:
                if not any(map(str.isalnum, term)) or len(term) > _LONGEST_TERM or term != " ".join(term.split()):
                    self._fail(
                        ("words", key, term), f"{term[:40]!r} is no term: words with single blanks, {_LONGEST_TERM} letters"
                    )
        return Config({key: float(value) for key, value in thresholds.items()}, off, words)

    def _texts(self, value: object, *where: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._fail(where, f'{where[-1]} must be a list of texts, as in {where[-1]} = ["one", "two"]')
        return value

    def _fail(self, where: Sequence[str], reason: str) -> NoReturn:
        """Blame the line of the first mention of `where`: a section, a key in it, an item in its list."""
        line = 1
        for number, name in enumerate(where):
            written = re.escape(name)
            pattern = rf"""\s*\[?\s*["']?{written}\b|.*["']{written}["']""" if number < 2 else rf""".*["']{written}["']"""
            found = (n for n in range(line, len(self._lines) + 1) if re.match(pattern, self._lines[n - 1]))
            line = next(found, line)
        raise ConfigError(f"{self._path}:{line}: {reason}")


def _instead(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else "; docs/config.md says which there are"
