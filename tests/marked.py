"""Examples with «marks»: the page they stand for, and the evidence they name."""

from scorer.parse import parse
from scorer.types import Article, Page, Signal

# The plain headline above the examples of body signals: it fires nothing.
HEADLINE = "Council meets on new library plan\n\n"
WHOLE_PAGE = ("headline", "provenance", "surround")


def read_example(signal: Signal, example: str) -> tuple[Article, list[str], list[tuple[int, int]]]:
    """The article an example stands for, the marked words, and their places in its text."""
    lead = "" if signal.group in WHOLE_PAGE else HEADLINE
    text, places, at = lead, [], len(lead)
    for number, piece in enumerate(example.replace("»", "«").split("«")):
        if number % 2:
            places.append((at, at + len(piece)))
        text += piece
        at += len(piece)
    return parse(Page(id="example", content=text)), [text[a:b] for a, b in places], places
