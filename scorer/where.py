"""`--where "sensationalism < 0.4 and abstained is null"`: a text -> an expression over the columns of the table of scores.

Python's own parser reads it, and only comparisons of columns with numbers and texts, joined by and, or, not, get through;
Arrow evaluates them. Nothing of the text is ever run. What is null compares as in SQL: neither true nor not true.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from difflib import get_close_matches

import pyarrow.compute as pc

from scorer.table import COLUMNS, TEXTS

# Words of SQL in capitals are taken, too; not within quotes. All replacements are as long as what they replace, so that a
# position in the one text is the position in the other.
_QUOTED_OR_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|\b(?:AND|OR|NOT|IS|NULL|IN|Null)\b")
_COMPARISONS: dict[type[ast.cmpop], Callable[[pc.Expression, pc.Expression], pc.Expression]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_LONGEST = 10_000  # characters; a person writes a hundred
_SHAPE = "write comparisons such as sensationalism < 0.4, abstained is null, joined by and, or, not"


class WhereError(ValueError):
    """A condition that cannot be used; the message is one line with the position in it."""


def condition(text: str) -> pc.Expression:
    """Read a condition on the columns of `scorer.table`. Raises WhereError."""
    if len(text) > _LONGEST:
        raise WhereError(f"longer than {_LONGEST:,} characters")
    plain = _QUOTED_OR_WORD.sub(lambda word: word[0] if word[0][0] in "'\"" else word[0].lower(), text)
    try:
        # In brackets a condition may be written over several lines; they move what follows in the first by one.
        tree = ast.parse(f"({plain}\n)", mode="eval")
    except SyntaxError as error:
        hint = "; an equality is written ==" if re.search(r"(?<![<>=!])=(?!=)", plain) else ""
        raise WhereError(f"at character {max(1, (error.offset or 2) - 1)}: not a condition{hint}; {_SHAPE}") from None
    except (ValueError, RecursionError, MemoryError):
        raise WhereError(f"at character 1: not a condition that can be read; {_SHAPE}") from None
    try:
        return _truth(tree.body)
    except RecursionError:
        raise WhereError("at character 1: nested too deeply") from None


def _truth(node: ast.expr) -> pc.Expression:
    if isinstance(node, ast.BoolOp):
        joined = _truth(node.values[0])
        for value in node.values[1:]:
            joined = joined & _truth(value) if isinstance(node.op, ast.And) else joined | _truth(value)
        return joined
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ~_truth(node.operand)
    if isinstance(node, ast.Compare):
        return _comparison(node)
    raise _error(node, _SHAPE)


def _comparison(node: ast.Compare) -> pc.Expression:
    sides = [node.left, *node.comparators]
    if len(node.ops) == 1 and isinstance(node.ops[0], ast.Is | ast.IsNot):
        if not (isinstance(sides[1], ast.Name) and sides[1].id == "null"):
            raise _error(sides[1], "after is comes null or not null")
        missing = pc.field(_column(node.left)).is_null()
        return ~missing if isinstance(node.ops[0], ast.IsNot) else missing
    result = None
    for left, comparison, right in zip(sides, node.ops, sides[1:], strict=False):
        compare = _COMPARISONS.get(type(comparison))
        if compare is None:
            raise _error(node, "compare with <, <=, >, >=, ==, != or is null")
        (left_value, left_kind), (right_value, right_kind) = _value(left), _value(right)
        if left_kind != right_kind:
            raise _error(right, f"a {left_kind} is compared with a {right_kind}")
        step = compare(left_value, right_value)
        result = step if result is None else result & step
    if not any(isinstance(side, ast.Name) for side in sides):
        raise _error(node, f"no column in it; {_SHAPE}")
    return result


def _value(node: ast.expr) -> tuple[pc.Expression, str]:
    """A column, a number or a text, and which of the last two it holds."""
    if isinstance(node, ast.Name):
        name = _column(node)
        return pc.field(name), "text" if name in TEXTS else "number"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value, sign = node.operand.value, -1
    elif isinstance(node, ast.Constant):
        value, sign = node.value, 1
    else:
        raise _error(node, "a column, a number or a text in quotes is expected")
    if isinstance(value, str) and sign == 1:
        return pc.scalar(value), "text"
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return pc.scalar(sign * float(value)), "number"
        except OverflowError:
            raise _error(node, "a number without bounds") from None
    raise _error(node, "a number or a text in quotes is expected")


def _column(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise _error(node, "the name of a column is expected")
    if node.id not in COLUMNS:
        near = get_close_matches(node.id, COLUMNS, n=1)
        said = f"; did you mean {near[0]}?" if near else "; docs/batch.md lists them"
        raise _error(node, f"no column {node.id!r:.60}{said}")
    return node.id


def _error(node: ast.expr, reason: str) -> WhereError:
    # One back for the bracket, one on as people count from one.
    line = f"line {node.lineno}, " if node.lineno > 1 else ""
    return WhereError(f"at {line}character {node.col_offset + (node.lineno > 1)}: {reason}")
