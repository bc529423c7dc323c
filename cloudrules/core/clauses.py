"""The clauses of conditions: their parts, and conditions without one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from cloudrules.core.expression import (
    And,
    Arg,
    AtLeast,
    Compare,
    Constant,
    Expr,
    Name,
    Not,
    Or,
    Range,
    Waived,
    quoted,
)

Path: TypeAlias = tuple[int, ...]  # which part of which part


def parts(condition: Arg) -> tuple[Arg, ...]:
    """The parts that a condition is made of, in order."""
    match condition:
        case Not(part):
            return (part,)
        case And(found) | Or(found):
            return found
        case AtLeast(_, weighed):
            return tuple(part for _, part in weighed)
    return ()


def at(condition: Expr, path: Path) -> Arg:
    """The part at a path."""
    found: Arg = condition
    for step in path:
        found = parts(found)[step]
    return found


def walk(condition: Arg, path: Path = ()) -> Iterator[tuple[Path, Arg]]:
    """Every part with its path, the whole first."""
    yield path, condition
    for step, part in enumerate(parts(condition)):
        yield from walk(part, (*path, step))


def with_part(condition: Expr, path: Path, part: Arg) -> Expr:
    """The condition with another part at a path."""
    if not path:
        assert not isinstance(part, Range)
        return part
    step, rest = path[0], path[1:]
    old = parts(condition)[step]
    new = part if not rest else with_part(_whole(old), rest, part)
    match condition:
        case Not():
            return Not(_whole(new))
        case And(found) | Or(found):
            return type(condition)((*found[:step], new, *found[step + 1 :]))
        case AtLeast(_, weighed):
            weight = weighed[step][0]
            return replace(condition, parts=(*weighed[:step], (weight, new), *weighed[step + 1 :]))
    raise AssertionError("a leaf has no parts")


def without(condition: Expr, path: Path) -> Expr:
    """The condition without one part of an `and` or an `or` that has others."""
    whole = at(condition, path[:-1])
    assert isinstance(whole, And | Or)
    kept = (*whole.parts[: path[-1]], *whole.parts[path[-1] + 1 :])
    alone = kept[0] if len(kept) == 1 and not isinstance(kept[0], Range) else type(whole)(kept)
    return with_part(condition, path[:-1], alone)


def _whole(part: Arg) -> Expr:
    assert not isinstance(part, Range)
    return part


def written(part: Arg) -> str:
    """A condition as rules spell it."""
    return _written(part, 0)


def _written(part: Arg, around: int) -> str:
    """`around` is how tightly what stands around it binds: 1 or, 2 and, 3 not."""
    match part:
        case Constant(value):
            return "true" if value else "false"
        case Name(name):
            return quoted(name)
        case Compare(name, op, value):
            return f"{quoted(name)} {op} {quoted(value)}"
        case Waived(name):
            return f"waived({quoted(name)})"
        case Range(first, last):
            return f"{quoted(first)}..{quoted(last)}"
        case Not(inner):
            return f"not {_written(inner, 3)}"
        case AtLeast(threshold, weighed):
            args = (
                _written(each, 0) if weight == 1 else f"{weight}*{_written(each, 0)}"
                for weight, each in weighed
            )
            return f"at_least({', '.join((str(threshold), *args))})"
        case And(found) | Or(found):
            both = isinstance(part, And)
            if len(found) < 2 or any(isinstance(each, Range) for each in found):
                listed = ", ".join(_written(each, 0) for each in found)
                return f"{'all' if both else 'any'}({listed})"
            binds = 2 if both else 1
            text = (" and " if both else " or ").join(_written(each, binds) for each in found)
            return f"({text})" if around >= binds else text
