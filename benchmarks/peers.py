"""Our text path and our HTML path beside programs that a user would take instead, on the same articles in the same run.

The others live in an environment of their own (.venv-peers, made by `make benchmark` from peers.txt). One that does not run
is a row that says why.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from documents import HERE, Document, documents

PYTHON = HERE.parent / ".venv-peers" / "bin" / "python"
PROGRAM = str(HERE / "peer.py")
N_ROUNDS, N_COLD, N_CHARACTERS = 7, 5, 4000
# How long a program is measured in a round: a slow one reads few documents, a fast one many. No document is read by the
# same program in two rounds, because some remember what they have seen.
SECONDS, FEWEST, MOST = 0.7, 3, 40
FIRST = 2  # those before warm a program up
ROWS = 64  # of the table that ours read in a round: the same articles again where a program reads fewer

OURS = {
    "words": r"one pass of `re`: `\w+` over the lower-cased text",
    "text": "`score_table`, text",
    "html": "`score_table`, HTML",
}


class Peer(NamedTuple):
    """Another program: what is asked of it, whether it reads pages, and how many times our time it is to take at least."""

    name: str
    asked: str
    reads_html: bool = False
    floor: int | None = None


PEERS = (
    Peer("nela-features", "five of six groups; `event` needs a model that no package carries", floor=400),
    Peer("textdescriptives", "`all`, with en_core_web_sm", floor=400),
    Peer("textstat", "ten scores", floor=10),
    Peer("proselint", "all checks", floor=20),
    Peer("vaderSentiment", "the four polarities"),
    Peer("trafilatura", "text and metadata, from HTML", reads_html=True),
)


class FailedError(Exception):
    """A program that does not run; the message is why, on one line."""


class Worker:
    """A program in a process of its own, warm."""

    def __init__(self, name: str, python: str | Path, file: Path, room: Path) -> None:
        """Start it. Raises FailedError."""
        self._errors = room / f"{name}.err"
        with self._errors.open("w") as errors:
            try:
                self._process = subprocess.Popen(
                    [str(python), PROGRAM, name, str(file), "--rounds"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                    env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
                )
            except FileNotFoundError:
                raise FailedError("not installed; `make benchmark` installs it") from None
        self.version = self._answer()

    def seconds(self, first: int, last: int, times: int = 1) -> float:
        """Processor time of one reading of the documents from `first` to before `last`. Raises FailedError."""
        assert self._process.stdin
        try:
            print(first, last, times, file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise FailedError(self._why()) from None
        return float(self._answer())

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise FailedError(self._why())
        return line.strip()

    def _why(self) -> str:
        return _last_line(self._errors.read_text(encoding="utf-8", errors="replace"))


class Row(NamedTuple):
    """Of one program: seconds an article, and that time in those of one `re` pass, our text path and our HTML path."""

    seconds: float
    words: float
    text: float
    html: float


def in_process() -> Iterator[str]:
    """Warm, in processor time: one round of a program, then the same documents by ours, and so on."""
    found = documents(FIRST + N_ROUNDS * MOST, N_CHARACTERS, seed=3)
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        room = Path(place)
        files = _lists(found, room)
        ours = {name: Worker(name, sys.executable, files[name == "html"], room) for name in OURS}
        theirs: dict[str, Worker] = {}
        failed: dict[str, str] = {}
        for peer in PEERS:
            try:
                theirs[peer.name] = Worker(peer.name, PYTHON, files[peer.reads_html], room)
            except FailedError as error:
                failed[peer.name] = str(error)
        for worker in (*ours.values(), *theirs.values()):
            stack.callback(worker.close)
        rounds: dict[str, list[Row]] = {name: [] for name in (*ours, *theirs)}
        sizes = {name: _size(worker) for name, worker in (ours | theirs).items()}
        for number in range(N_ROUNDS):
            for name, worker in (ours | theirs).items():
                if name in failed:
                    continue
                first = FIRST + number * sizes[name]
                last = first + sizes[name]
                try:
                    taken = worker.seconds(first, last)
                except FailedError as error:
                    failed[name] = str(error)
                    continue
                beside = {one: ours[one].seconds(first, last, math.ceil(ROWS / (last - first))) for one in ours}
                mine = beside.get(name, taken)
                rounds[name].append(Row(mine / (last - first), *(mine / beside[one] for one in ours)))
    mean = sum(len(one.text) for one in found) / len(found), sum(len(one.html) for one in found) / len(found)
    yield (
        f"{len(found)} articles of {mean[0]:,.0f} characters on average, as HTML {mean[1]:,.0f} with menus, scripts, "
        "related links and comments. Processor time after warm-up, each program in a process of its own; "
        f"ratios are medians of {N_ROUNDS} rounds, each against our time for the same articles in the same round."
    )
    yield ""
    yield "| program | what it gives | ms an article | times the pass | times our text path | times our HTML path | asked |"
    yield "|---|---|---:|---:|---:|---:|---|"
    for name, title in OURS.items():
        said = "at most 3 passes" if name == "text" else ""
        yield _line(f"**{title}**", "", rounds[name], said)
    for peer in PEERS:
        if peer.name in failed:
            yield f"| {peer.name} | not run: {failed[peer.name]} | | | | | |"
            continue
        said = f"at least {peer.floor} times the text path" if peer.floor else ""
        yield _line(f"{peer.name} {theirs[peer.name].version}", peer.asked, rounds[peer.name], said)


def cold() -> Iterator[str]:
    """From start to exit, each on one file: wall time."""
    (one,) = documents(1, N_CHARACTERS, seed=4)
    with tempfile.TemporaryDirectory() as place:
        text, page = Path(place, "a.txt"), Path(place, "a.html")
        text.write_text(one.text, encoding="utf-8")
        page.write_text(one.html, encoding="utf-8")
        score = str(Path(sys.executable).with_name("score"))
        commands = {
            "`python -c pass`": [sys.executable, "-c", "pass"],
            '`python -c "import numpy"`': [sys.executable, "-c", "import numpy"],
            "**`score a.txt`**": [score, str(text)],
            "**`score a.html`**": [score, str(page)],
        }
        ours = "**`score a.txt`**"
        for peer in PEERS:
            commands[peer.name] = [str(PYTHON), PROGRAM, peer.name, str(page if peer.reads_html else text)]
        times: dict[str, list[float]] = {name: [] for name in commands}
        failed: dict[str, str] = {}
        for _ in range(N_COLD):
            for name, command in commands.items():
                if name not in failed:
                    try:
                        times[name].append(_whole(command))
                    except FailedError as error:
                        failed[name] = str(error)
    yield f"Wall time from start to exit; ratios are medians of {N_COLD} rounds, each against `score a.txt` of the same round."
    yield ""
    yield "| process | ms | times `score a.txt` |"
    yield "|---|---:|---:|"
    for name, taken in times.items():
        if name in failed:
            yield f"| {name} | not run: {failed[name]} | |"
            continue
        ratio = statistics.median(mine / of_ours for mine, of_ours in zip(taken, times[ours], strict=True))
        yield f"| {name} | {statistics.median(taken) * 1000:,.0f} | {ratio:.2f} |"


def _lists(found: Sequence[Document], room: Path) -> tuple[Path, Path]:
    """The documents as two files: texts, and pages."""
    files = room / "texts.json", room / "pages.json"
    for at, file in enumerate(files):
        file.write_text(json.dumps([one[at] for one in found]), encoding="utf-8")
    return files


def _size(worker: Worker) -> int:
    """How many documents take it about `SECONDS`."""
    each = worker.seconds(0, FIRST) / FIRST
    return min(max(round(SECONDS / max(each, 1e-6)), FEWEST), MOST)


def _line(name: str, asked: str, rounds: Sequence[Row], said: str) -> str:
    seconds, *ratios = (statistics.median(column) for column in zip(*rounds, strict=True))
    return f"| {name} | {asked} | {seconds * 1000:,.2f} | " + " | ".join(_three_digits(one) for one in ratios) + f" | {said} |"


def _three_digits(ratio: float) -> str:
    return f"{ratio:,.{max(0, 2 - math.floor(math.log10(ratio)))}f}" if ratio < 100 else f"{ratio:,.0f}"


def _whole(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    except FileNotFoundError:
        raise FailedError("not installed; `make benchmark` installs it") from None
    if done.returncode:
        raise FailedError(_last_line(done.stderr))
    return time.perf_counter() - begun


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip(" *\t")]
    return (lines[-1] if lines else "ended without a word")[:200].replace("|", "/")
