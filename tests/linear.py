"""Whether a step takes time that grows with its input, not with its square: for tests of whatever reads a text.

A step that is linear takes twice as long for twice the text; one that is quadratic takes four times as long. Processor time
is compared, not the clock, and steps so quick that they say nothing are let pass.
"""

import gc
import time

import pytest

# Twice the time for twice the text, with room for caches and noise.
LARGEST_RATIO = 2.3
# Below this many seconds of processor time a measurement is noise; texts are made longer until they take as long, up to
# half a million characters.
LEAST = 0.05
SHORTEST, LONGEST = 1 << 15, 1 << 17
# A quadratic step on the shortest text would already take far longer than this.
MOST = 20.0
MOST_RUNS = 6


def cost(step, given):
    """Seconds of processor time, and what the step gave."""
    gc.disable()
    try:
        begun = time.process_time()
        made = step(given)
        return time.process_time() - begun, made
    finally:
        gc.enable()


def check_linear(step, make):
    """Fail if `step` takes more than `LARGEST_RATIO` times as long for every doubling of what `make` gives."""
    n_characters = SHORTEST
    while (longer := cost(step, make(4 * n_characters))[0]) < LEAST:
        if 4 * n_characters > LONGEST:
            return
        n_characters *= 4
    assert longer < MOST, f"{4 * n_characters:,} characters take {longer:.1f} s"
    # Memory that the system hands out for the first time can make one size look slow, but not the next one, too.
    ratios = []
    for size in (n_characters, 2 * n_characters):
        ratios.append(growth(step, make(size), make(4 * size)))
        if ratios[-1] <= LARGEST_RATIO:
            return
    pytest.fail(f"{min(ratios):.2f} times as long for twice {2 * n_characters:,} characters")


def growth(step, given, four_times):
    """How many times as long a step takes for every doubling, from two doublings at once.

    Of several runs in turns the best counts: what else the machine does can only slow a run down.
    """
    singles, fours = [], []
    while not fours or (len(fours) < MOST_RUNS and min(fours) > LARGEST_RATIO**2 * min(singles)):
        fours.append(cost(step, four_times)[0])
        singles += [cost(step, given)[0] for _ in range(2)]
    return (min(fours) / min(singles)) ** 0.5
