"""Fuzz each target for some seconds: python tests/fuzz/run.py [--seconds 60] [TARGET ...]

With atheris the inputs are guided by coverage of our own code, and those that reach something new are kept in
tests/fuzz/corpus/TARGET (--keep, then --prune; small, committed as data), from where the next run begins. Without atheris
(or with --unguided) hypothesis changes the seeds at random. An input that fails is written to tests/fuzz/failures, or
printed, and the exit status is 1.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

HERE = Path(__file__).resolve().parent
CORPUS, FAILURES = HERE / "corpus", HERE / "failures"
# Bytes. Readers fail on structure, not on size (tests/test_read_hostile.py tries sizes); short inputs are tried more often.
LONGEST = 4096
# From a line of a file to another.
Step = tuple[str, int, int]


def main() -> int:
    """Run every target in a process of its own, since a fuzzer ends its process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all, if none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--keep", action="store_true", help="add the inputs that reach something new to the corpus")
    parser.add_argument("--unguided", action="store_true", help="use hypothesis though atheris is there")
    parser.add_argument("--prune", action="store_true", help="leave in the corpus what reaches something of its own, and stop")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    sys.path.insert(0, str(HERE.parents[1]))
    guided = find_spec("atheris") is not None and not arguments.unguided
    if arguments.prune:
        for folder in sorted(CORPUS.iterdir()):
            _prune(folder.name)
        return 0
    if arguments.one:
        (_guided if guided else _unguided)(arguments.one, arguments.seconds, keep=arguments.keep)
        return 0
    from tests.fuzz.targets import TARGETS

    failed = []
    for name in arguments.targets or TARGETS:
        options = ["--keep"] * arguments.keep + ["--unguided"] * arguments.unguided
        command = [sys.executable, __file__, "--one", name, "--seconds", str(arguments.seconds), *options]
        began = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1])
        print(f"{name:14} {'failed' if done.returncode else 'passed'} {time.monotonic() - began:4.0f} s  {_summary(done.stderr)}")
        if done.returncode:
            failed.append(name)
            print(done.stdout[-4000:], done.stderr[-600:], sep="\n")
    print(f"{len(TARGETS if not arguments.targets else arguments.targets) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _summary(said: str) -> str:
    lines = [line for line in said.splitlines() if line.startswith(("Done", "#", "hypothesis"))]
    return lines[-1] if lines else ""


def _guided(name: str, seconds: int, *, keep: bool) -> None:
    import tempfile

    import atheris

    from scorer.read.kinds import READERS

    for module in [one for one in sys.modules if one.partition(".")[0] == "scorer"]:
        del sys.modules[module]  # imported again below, with counters
    with atheris.instrument_imports(include=["scorer"]):
        # The readers, too, which are otherwise imported when they are needed, and then without counters.
        for module in sorted(set(READERS.values())):
            import_module(f"scorer.read.{module}")
        from tests.fuzz.targets import SEEDS, TARGETS
    FAILURES.mkdir(exist_ok=True)
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for i, seed in enumerate(SEEDS.values()):
            (Path(folder) / f"seed{i}").write_bytes(seed)
            # The target that chooses a name by the first byte needs one before the seed.
            (Path(folder) / f"seed{i}+").write_bytes(b"\x00" + seed)
        folders = [str(kept), folder] if keep else [folder, str(kept)]
        atheris.Setup(
            [
                *(sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=4096"),
                *(f"-artifact_prefix={FAILURES}/{name}-", "-verbosity=1", *folders),
            ],
            TARGETS[name],
        )
        atheris.Fuzz()


def _prune(name: str) -> None:
    """Leave in the corpus, from the shortest on, the inputs that take a step from line to line no shorter one takes."""
    from tests.fuzz.targets import TARGETS

    known: set[Step] = set()
    for path in sorted((CORPUS / name).glob("*"), key=lambda one: (one.stat().st_size, one.name)):
        steps = _steps(TARGETS[name], path.read_bytes())
        if steps <= known:
            path.unlink()
        known |= steps


def _steps(target: Callable[[bytes], object], data: bytes) -> set[Step]:
    steps: set[Step] = set()
    last = [0]

    def trace(frame: FrameType, event: str, _: object) -> object:
        if "/scorer/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            steps.add((frame.f_code.co_filename, last[0], frame.f_lineno))
            last[0] = frame.f_lineno
        return trace

    sys.settrace(trace)
    try:
        target(data)
    finally:
        sys.settrace(None)
    return steps


def _unguided(name: str, seconds: int, *, keep: bool) -> None:  # noqa: ARG001 - nothing is kept without coverage
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from tests.fuzz.targets import SEEDS, TARGETS

    seeds = [*SEEDS.values(), *(path.read_bytes() for path in sorted((CORPUS / name).glob("*")))]
    edits = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8), st.integers(0, 64)), max_size=12)

    @settings(max_examples=2000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.sampled_from(seeds), changes=edits)
    def fuzz(seed: bytes, changes: list[tuple[float, bytes, int]]) -> None:
        for place, new, n_removed in changes:
            at = int(place * len(seed))
            seed = seed[:at] + new + seed[at + n_removed :]
        TARGETS[name](seed)

    end = time.monotonic() + seconds
    rounds = 0
    while time.monotonic() < end:
        fuzz()
        rounds += 1
    print(f"hypothesis: {rounds * 2000} inputs", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
