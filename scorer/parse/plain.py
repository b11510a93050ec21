"""Plain text -> blocks: a block is a line, or a paragraph where the text is wrapped to a width."""

from __future__ import annotations

import itertools
import re

from scorer.parse.furniture import MOST_BLOCKS, Block

# E-mail and print views wrap at 60-80 columns, some at 100; paragraphs of unwrapped text are far longer. An address is not
# broken, so one line in twenty may be longer.
_WIDEST_WRAP = 100
_UNBROKEN = 0.05
_FEWEST_LINES = 8

# A line without the white space around it and without the sign that makes it a heading in Markdown, which is no more of its
# words than <h1> would be. "#1" and "# # #" are no headings.
_LINE = re.compile(r"(?:#{1,6}[ \t]++(?=[^\s#]))?(\S(?:.*\S)?)")


def plain_blocks(text: str) -> tuple[list[Block], bool]:
    """The blocks of `text` in order, without blank lines, and whether the text is wrapped to a width.

    Of a text with more than `MOST_BLOCKS` lines, no more than one above are returned.
    """
    lines = list(itertools.islice(_LINE.finditer(text), MOST_BLOCKS + 1))
    blocks = [Block(*line.span(1)) for line in lines]
    if len(blocks) <= MOST_BLOCKS and _is_wrapped(text, blocks):
        headings = {line.start(1) for line in lines if line.start() < line.start(1)}
        return _paragraphs(text, blocks, headings), True
    return blocks, False


def _is_wrapped(text: str, lines: list[Block]) -> bool:
    """Whether most lines that are followed at once by another break off in mid-sentence."""
    if len(lines) < _FEWEST_LINES or _width(lines) > _WIDEST_WRAP:
        return False
    joined = [(a, b) for a, b in itertools.pairwise(lines) if text.count("\n", a.end, b.start) == 1]
    broken = sum(text[a.end - 1] not in '.!?:"”’' and not text[b.start].isupper() for a, b in joined)
    return len(joined) >= len(lines) // 2 and broken > 0.4 * len(joined)


def _width(lines: list[Block]) -> int:
    """The length of the longest line but for those that could not be broken."""
    lengths = sorted(line.end - line.start for line in lines)
    return lengths[-1 - int(_UNBROKEN * len(lengths))]


def _paragraphs(text: str, lines: list[Block], headings: set[int]) -> list[Block]:
    """Join the lines of a wrapped text: a blank line, a line well short of the width or a heading, given by where it begins,
    ends a paragraph.
    """
    width = _width(lines)
    blocks, start = [], lines[0].start
    for line, following in itertools.pairwise([*lines, None]):
        assert line
        if (
            following is None
            or text.count("\n", line.end, following.start) > 1
            or line.end - line.start < 0.6 * width
            or not headings.isdisjoint((line.start, following.start))
        ):
            blocks.append(Block(start, line.end))
            start = following.start if following else line.end
    return blocks
