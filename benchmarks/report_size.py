"""How large the report of many articles is: `python benchmarks/report_size.py ../shared/datasets/articles.jsonl.gz`.

Takes the texts that `score` would read there, 4 KB of each that is as long, and writes their report to nowhere. Its size is in
proportion to their number, since texts are packed in chunks of some hundred: so it is given for 10,000, too.
"""

import argparse
import itertools

from scorer.model import DEFAULT, load
from scorer.pipeline import score_page
from scorer.read import Unreadable, read
from scorer.report import html
from scorer.types import Page

SIZE = 4000


def main() -> None:
    """Print the number of articles, their text, and the report's size. Raises ZeroDivisionError without an article."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    model = load(DEFAULT)
    found = (page.content for page in read(options.paths) if not isinstance(page, Unreadable) and page.media == "text")
    long = (content for content in found if len(content) >= SIZE)
    texts = [content[:SIZE] for content in itertools.islice(long, 10_000)]
    scores = (score_page(Page(f"pages/{n:05}.txt", text, path=f"pages/{n:05}.txt"), model) for n, text in enumerate(texts))
    n_bytes = sum(len(piece.encode()) for piece in html.report(scores))
    n_text = sum(map(len, texts))
    for_10_000 = n_bytes / len(texts) * 10_000
    print(f"{len(texts)} articles, {n_text / 1e6:.1f} MB of text: {n_bytes / 1e6:.1f} MB; for 10,000 {for_10_000 / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
