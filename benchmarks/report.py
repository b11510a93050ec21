"""How large the report of 10,000 articles is, and how soon and how smoothly a browser shows it.

`python benchmarks/report.py ../shared/datasets/*.jsonl.gz` takes the texts that `score` would read there, cut into different
pieces of 4 KB under the headline of each, and writes their report. Where chromium and chromedriver are, it opens it a few
times and prints, in milliseconds: from the address to the sorted table (`ready`), then for each thing a person does the time
until the next picture is drawn, the longest stretch of work that nothing could interrupt, and what the page's thread computed
in all, which does not grow with what else the machine does; at last the pictures per second of scrolling.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.model import DEFAULT, load
from scorer.pipeline import score_page
from scorer.read import Unreadable, read
from scorer.report import html
from scorer.types import Page

if TYPE_CHECKING:
    from selenium import webdriver

SIZE = 4000
LEEWAY = 100  # an article may be shorter by so much
N_ARTICLES = 10_000

# Does what stands for %s, waits until what it did is drawn (two frames), and gives the time and the longest task.
ACT = """
const done = arguments[arguments.length - 1];
let longest = 0;
const watch = new PerformanceObserver((list) => {
  for (const one of list.getEntries()) longest = Math.max(longest, one.duration);
});
watch.observe({ type: "longtask" });
requestAnimationFrame(() => {
  const begin = performance.now();
  %s
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const taken = performance.now() - begin;
    setTimeout(() => { watch.disconnect(); done([taken, longest]); }, 120);
  }));
});
"""
# Scrolls the table for a second, a screenful every few frames; gives the frames in that second and the longest between two.
SCROLL = """
const done = arguments[arguments.length - 1];
const table = document.querySelector(".articles");
const begin = performance.now();
let [last, most, n] = [begin, 0, 0];
(function frame(now) {
  if (n) most = Math.max(most, now - last);
  [last, n] = [now, n + 1];
  table.scrollTop += 260;
  if (now - begin < 1000) requestAnimationFrame(frame);
  else done([n, most]);
})(begin);
"""
SEARCH = "const s = document.querySelector('input[type=search]'); s.value = '%s'; s.dispatchEvent(new Event('input'));"
ACTS = {
    "sort by headline": "document.querySelectorAll('.articles thead button')[0].click()",
    "sort by reliability": "document.querySelectorAll('.articles thead button')[2].click()",
    "type a letter": SEARCH % "s",
    "type a word": SEARCH % "senate",
    "clear filters": "document.querySelector('.filters .quiet').click()",
    "filter by a score": "const low = document.querySelector('.range input'); low.value = 0.5;"
    "low.dispatchEvent(new Event('change'));",
    "clear it": "document.querySelector('.filters .quiet').click()",
    "open an article": "document.querySelector('.articles tbody a').click()",
    "go back": "history.back()",
}


def texts(paths: list[str]) -> Iterator[tuple[str, str]]:
    """Yield address and text of different articles of SIZE characters: pieces of the texts under `paths`, headlines kept."""
    for page in read(paths):
        if isinstance(page, Unreadable) or page.media != "text":
            continue
        headline, _, rest = page.content.partition("\n")
        size = SIZE - len(headline) - 1
        for at in range(0, len(rest) - size + LEEWAY, size) if size > SIZE // 2 else ():
            yield page.url, f"{headline}\n{rest[at : at + size]}"


def computed(driver: webdriver.Chrome) -> float:
    """How long the page's thread has computed so far, in milliseconds; time in which others had the core does not count."""
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def measure(report: Path, n_times: int) -> None:
    """Open the report in chromium and print what is measured there."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for switch in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(switch)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        ready = []
        for _ in range(n_times):
            driver.get("about:blank")
            begin = time.perf_counter()
            driver.get(report.as_uri())
            while not driver.execute_script("return document.documentElement.dataset.ready"):
                time.sleep(0.01)
            ready.append(time.perf_counter() - begin)
        print(f"ready               median {1000 * statistics.median(ready):5.0f}   worst {1000 * max(ready):5.0f}")
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ACTS}
        for _ in range(n_times):
            for name, act in ACTS.items():
                before = computed(driver)
                drawn, longest = driver.execute_async_script(ACT % act)
                time.sleep(0.3)  # for what an act sets going: a chunk that is unpacked, an address that changes
                taken[name].append((drawn, longest, computed(driver) - before))
        for name, times in taken.items():
            drawn, longest, work = zip(*times, strict=True)
            told = f"drawn  {statistics.median(drawn):5.0f}   worst {max(drawn):5.0f}   longest task {max(longest):5.0f}"
            print(f"{name:20}{told}   computed {statistics.median(work):5.0f}")
        frames, gap = driver.execute_async_script(SCROLL)
        print(f"scroll              {frames} pictures a second, the longest wait {gap:.0f}")
        heap = driver.execute_script("return performance.memory.usedJSHeapSize")
        print(f"memory              {heap / 1e6:.0f} MB of script")
    finally:
        driver.quit()


def main() -> None:
    """Write the report, print its size, look at it. Raises SystemExit where there are too few texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--look-at", type=Path, help="a report that was kept, instead of a new one")
    parser.add_argument("--keep", type=Path, help="write the report here, and keep it")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    if options.look_at:
        return measure(options.look_at.resolve(), options.times)
    model = load(DEFAULT)
    found = dict.fromkeys(itertools.islice(texts(options.paths), 2 * N_ARTICLES))
    some = list(found)[:N_ARTICLES]
    if len(some) < N_ARTICLES:
        raise SystemExit(f"{len(some)} different articles in {' '.join(options.paths)}; give more")
    scores = (
        score_page(Page(f"pages/{n:05}.txt", text, url=url, path=f"pages/{n:05}.txt"), model)
        for n, (url, text) in enumerate(some)
    )
    with tempfile.TemporaryDirectory() as folder:
        report = (options.keep or Path(folder) / "report.html").resolve()
        report.write_text("".join(html.report(scores)), encoding="utf-8")
        n_text = sum(len(text) for _, text in some)
        print(f"{len(some):,} articles, {n_text / 1e6:.1f} million characters: {report.stat().st_size / 1e6:.1f} MB")
        if shutil.which("chromium") and shutil.which("chromedriver"):
            measure(report, options.times)
        else:
            print("no chromium and chromedriver: not opened")
    return None


if __name__ == "__main__":
    main()
