"""How fast `scorer serve` answers a paste of 5 KB, against `score_table` on the same text: `python benchmarks/serve.py`.

Eight clients ask at once, each again as soon as it is answered (`--pause 0`, the default) or after a pause as people make
them. Three times are given: what the server worked on an answer, and how long the request waited in it for a core (both as it
says in `Server-Timing`, from the body's arrival to the answer's sending), and the whole as the client sees it. The clients run
on the same machine: what they take of its cores is in all of these. With more clients than cores somebody waits: the least
that eight clients on two cores can see is four times the work.

Rounds of `score_table` alone and of clients take turns, so that what else the machine does weighs on both; a ratio is of times
of the same round, and the median over the rounds is given, with the least and the most.
"""

import argparse
import base64
import http.client
import json
import multiprocessing
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from scorer.pipeline import score_table

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
TEXT = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("s[34]*.txt")))[:5000]
PARTS = ("work", "work + wait", "as the client sees it")


def client(port: int, n_answers: int, pause: float, seed: int, results: multiprocessing.Queue) -> None:
    """Ask so many times; put the times of each answer, by `PARTS`, in milliseconds."""
    rng = random.Random(seed)  # noqa: S311
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps({"pages": [{"name": "pasted", "file": base64.b64encode(TEXT.encode()).decode()}]})  # as the page asks
    found = []
    for _ in range(n_answers):
        if pause:
            time.sleep(rng.expovariate(1 / pause))
        begin = time.perf_counter()
        connection.request("POST", "/api/view", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        seen = 1000 * (time.perf_counter() - begin)
        if response.status != 200:
            raise SystemExit(f"answered {response.status}")
        wait, work = (float(number) for number in re.findall(r"dur=([\d.]+)", response.headers["Server-Timing"]))
        found.append((work, work + wait, seen))
    results.put(found)


def table_times(n_times: int) -> list[float]:
    """What `score_table` takes on the text, in milliseconds."""
    frame = pd.DataFrame({"content": [TEXT]})
    times = []
    for _ in range(n_times):
        begin = time.perf_counter()
        score_table(frame)
        times.append(1000 * (time.perf_counter() - begin))
    return times


def p99(times: list[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[int(0.99 * len(times))]


def main() -> None:
    """Print medians and 99th percentiles, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--answers", type=int, default=60, help="by each client in a round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pause", type=float, default=0.0, help="mean seconds between two pastes of a client")
    options = parser.parse_args()

    table_times(20)
    command = [sys.executable, "-c", "from scorer.cli import verbs_main; verbs_main()", "serve", "--port", "0"]
    rounds = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            port = int(re.search(r":(\d+)/", server.stdout.readline())[1])
            results: multiprocessing.Queue = multiprocessing.Queue()
            client(port, 20, 0.0, 0, results)
            results.get()
            for number in range(options.rounds):
                table = table_times(150)
                asked = (options.answers, options.pause)
                clients = [
                    multiprocessing.Process(target=client, args=(port, *asked, number * 100 + n, results))
                    for n in range(options.clients)
                ]
                for one in clients:
                    one.start()
                answers = [answer for _ in clients for answer in results.get()]
                for one in clients:
                    one.join()
                rounds.append((table, list(zip(*answers, strict=True))))
        finally:
            server.terminate()
    tables = [time for table, _ in rounds for time in table]
    print(f"{'score_table':24}median {statistics.median(tables):6.2f} ms   p99 {p99(tables):6.2f} ms")
    for k, part in enumerate(PARTS):
        times = [time for _, parts in rounds for time in parts[k]]
        ratios = sorted(p99(parts[k]) / statistics.median(table) for table, parts in rounds)
        alike = sorted(p99(parts[k]) / p99(table) for table, parts in rounds)
        print(
            f"{part:24}median {statistics.median(times):6.2f} ms   p99 {p99(times):6.2f} ms   "
            f"p99 : median of score_table {statistics.median(ratios):5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})   "
            f"p99 : p99 {statistics.median(alike):5.2f}"
        )


if __name__ == "__main__":
    main()
