"""How fast `scorer serve` answers: clients that paste 5 KB with pauses between, against `score_table` on the same text.

Run on a machine that does nothing else: `python benchmarks/serve.py`. The floor of the work is `score_page` itself, what
an answer is held to is a table of one row; beyond it an answer pays for HTTP, the JSON, and waiting for another's turn.
"""

import argparse
import http.client
import json
import multiprocessing
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from scorer.model import DEFAULT, load
from scorer.pipeline import score_page, score_table
from scorer.types import Page

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
TEXT = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("s[34]*.txt")))[:5000]


def client(port: int, n_answers: int, pause: float, seed: int, times: multiprocessing.Queue) -> None:
    """Ask so many times, with pauses as people make them, and report how long each answer took."""
    rng = random.Random(seed)  # noqa: S311
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps({"content": TEXT})
    for _ in range(n_answers):
        if pause:
            time.sleep(rng.expovariate(1 / pause))
        begin = time.perf_counter()
        connection.request("POST", "/api/score", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        times.put(time.perf_counter() - begin)
        if response.status != 200:
            raise SystemExit(f"answered {response.status}")


def percentiles(times: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile, in milliseconds."""
    times = sorted(times)
    return 1000 * times[len(times) // 2], 1000 * times[int(0.99 * len(times))]


def main() -> None:
    """Print one line for the floor, one for the server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--answers", type=int, default=60, help="by each client")
    parser.add_argument("--pause", type=float, default=0.5, help="mean seconds between two pastes of a client; 0: none")
    options = parser.parse_args()

    model = load(DEFAULT)
    alone = []
    for _ in range(300):
        begin = time.perf_counter()
        score_page(Page("text", TEXT), model)
        alone.append(time.perf_counter() - begin)
    floor, floor_99 = percentiles(alone)
    print(f"score_page       median {floor:6.2f} ms   p99 {floor_99:6.2f} ms")
    frame = pd.DataFrame({"content": [TEXT]})
    in_table = []
    for _ in range(300):
        begin = time.perf_counter()
        score_table(frame)
        in_table.append(time.perf_counter() - begin)
    table, table_99 = percentiles(in_table)
    print(f"score_table      median {table:6.2f} ms   p99 {table_99:6.2f} ms")

    command = [sys.executable, "-c", "from scorer.cli import verbs_main; verbs_main()", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            port = int(re.search(r":(\d+)/", server.stdout.readline())[1])
            time.sleep(1)
            times: multiprocessing.Queue = multiprocessing.Queue()
            asked = (options.answers, options.pause)
            clients = [multiprocessing.Process(target=client, args=(port, *asked, n, times)) for n in range(options.clients)]
            for one in clients:
                one.start()
            taken = [times.get() for _ in range(options.clients * options.answers)]
            for one in clients:
                one.join()
        finally:
            server.terminate()
    median, p99 = percentiles(taken)
    print(f"{options.clients} clients served  median {median:6.2f} ms   p99 {p99:6.2f} ms")
    print(f"p99 served: {p99 / table:.1f} times score_table, {p99 / floor:.1f} times score_page")


if __name__ == "__main__":
    main()
