"""Quotations in the body: straight, curly, single, nested, unclosed, running over several paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from scorer.types import Span

_APOSTROPHES = "’'"
# The marks of double quotations; ‘ and the apostrophes are those of single ones, and '' stands for a double mark.
_DOUBLES = '“”"„«»'
_OPENERS = "“„«"
_CLOSERS = "”»"
# What stands right before an opening mark besides white space.
_BEFORE_OPENING = frozenset("([{<—–-‘'“\"„«/:=>…")

# An apostrophe that opens no quotation, by what follows it: the '90s, '08, 'tis, rock 'n' roll.
_ELISION = re.compile(r"(?:\d\ds?|[Tt]is|[Tt]was|[Tt]were|em|till?|cause|cuz|bout|n)\b")

# How far ahead a possessive looks for the mark that really closes: a quoted sentence is seldom longer.
_LOOK_AHEAD = 200


def find_quotes(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Find the quotations in `paragraphs`, marks included, in order of start; a nested one follows the one it lies in.

    A quotation that no mark closes ends where the next begins, or with its paragraph; it goes on in the next paragraph,
    as a span of its own, if that opens with a mark (the convention of English print) or has a closing mark first.
    """
    quotes: list[Span] = []
    if not paragraphs:
        return quotes
    marks = _marks(text, paragraphs[0].start, paragraphs[-1].end)
    first, unclosed = 0, False
    for paragraph in paragraphs:
        first = bisect_left(marks, paragraph.start, first)
        last = bisect_left(marks, paragraph.end, first)
        unclosed = first < last and _in_paragraph(text, paragraph, marks[first:last], quotes, goes_on=unclosed)
        first = last
    quotes.sort()
    return quotes


def _marks(text: str, start: int, end: int) -> list[int]:
    """Where quotation marks stand, but for apostrophes inside words. One search a mark is faster than one regex."""
    marks = []
    for mark in _DOUBLES:
        at = text.find(mark, start, end)
        while at >= 0:
            marks.append(at)
            at = text.find(mark, at + 1, end)
    at = text.find("‘", start, end)
    while at >= 0:
        if not text[at - 1].isalnum() or at == start:
            marks.append(at)
        at = text.find("‘", at + 1, end)
    last = len(text) - 1
    for mark in _APOSTROPHES:
        at = text.find(mark, start, end)
        while at >= 0:
            if at in (start, last) or not (text[at + 1].isalnum() and text[at - 1].isalnum()):
                marks.append(at)
            at = text.find(mark, at + 1, end)
    marks.sort()
    return marks


def _in_paragraph(text: str, paragraph: Span, marks: list[int], quotes: list[Span], *, goes_on: bool) -> bool:
    """Add the quotations of one paragraph to `quotes`; return whether its last one is unclosed."""
    start, end, _ = paragraph
    stack: list[tuple[int, bool]] = []  # what is open: (where, whether by a double mark)
    n_double, skip = 0, -1
    closed: list[int] = []  # where the closed double quotations begin
    for number, at in enumerate(marks):
        if at == skip:
            continue
        mark, after = text[at], at + 1
        double = mark in _DOUBLES
        if mark == "'" and text[after : after + 1] == "'" and after < end:
            double, skip, after = True, after, after + 1
        before = text[at - 1] if at > start else " "
        following = text[after] if after < end else " "
        may_open = not following.isspace() and (before.isspace() or before in _BEFORE_OPENING)
        if double:
            if n_double and before in "0123456789" and before and ("'" in text[at - 3 : at] or "’" in text[at - 3 : at]):
                continue  # 5'10"
            if n_double:
                opens = (mark in _OPENERS and (may_open or following.isalnum())) or (mark not in _CLOSERS and may_open)
            else:
                opens = may_open or mark in _OPENERS or not (following.isspace() or before.isalnum() or mark in _CLOSERS)
            if opens:
                if not (stack and stack[-1] == (at - 1, True)):  # two opening marks at once are one
                    stack.append((at, True))
                    n_double += 1
            elif n_double:
                where, was_double = stack.pop()
                while not was_double:  # a single mark inside that was none
                    where, was_double = stack.pop()
                n_double -= 1
                quotes.append(Span(where, after, "quote"))
                closed.append(where)
            elif goes_on and not stack and not closed and not before.isspace():
                quotes.append(Span(start, after, "quote"))
                closed.append(start)
        elif may_open and mark != "’":
            if not _ELISION.match(text, after, end):
                if stack and not stack[-1][1]:
                    stack.pop()  # the one before was no quotation mark
                stack.append((at, False))
        elif (
            stack
            and not stack[-1][1]
            and mark != "‘"
            and not before.isspace()
            and not following.isalnum()
            and not (before in "sSzx" and following == " " and _closes_later(text, at, marks, number, end))
        ):
            quotes.append(Span(stack.pop()[0], after, "quote"))
    return bool(stack) and _close_rest(text, paragraph, stack, sorted(closed), quotes)


def _closes_later(text: str, at: int, marks: list[int], number: int, end: int) -> bool:
    """Whether the mark after an s is a plural's ("Belarus’ role"), because the quotation closes later."""
    if not text[at + 2 : at + 3].islower():
        return False
    for later in marks[number + 1 : number + 4]:
        if later > at + _LOOK_AHEAD:
            return False
        if text[later] == "‘":
            return False
        if text[later] in _APOSTROPHES:
            return not text[later - 1].isspace() and (later + 1 >= end or not text[later + 1].isalnum())
    return False


def _close_rest(text: str, paragraph: Span, stack: list[tuple[int, bool]], closed: list[int], quotes: list[Span]) -> bool:
    """End what no mark closed: at the next double quotation after it, or with the paragraph."""
    begins = sorted(closed + [at for at, double in stack if double])
    unclosed = False
    for at, double in stack:
        if not double and at != paragraph.start:
            continue  # a single mark that nothing closes was an apostrophe
        later = bisect_left(begins, at + 1)
        end = begins[later] if later < len(begins) else paragraph.end
        unclosed = end == paragraph.end
        while text[end - 1].isspace():
            end -= 1
        quotes.append(Span(at, end, "quote"))
    return unclosed
