"""What one slip of the pen makes of a condition, or of a range of items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from cloudrules.core.clauses import Path, with_part, without, written
from cloudrules.core.expression import And, Arg, AtLeast, Compare, Expr, Name, Not, Or, Range
from cloudrules.core.rulebook import Rulebook

Edit: TypeAlias = tuple[str, str, Expr]  # the kind, the part it is about, the condition it leaves
TURNED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "="}


def edits(rulebook: Rulebook, condition: Expr, path: Path, part: Arg) -> Iterator[Edit]:
    """What can be done at one node of a condition."""

    def put(kind: str, new: Arg) -> Edit:
        return kind, written(part), with_part(condition, path, new)

    match part:
        case Not(inner):
            yield put("negation-dropped", inner)
        case Compare(name, op, value, place):
            yield put("comparison-turned", Compare(name, TURNED[op], value, place))
        case Range():
            for shorter in shortened(rulebook, part):
                yield put("range-shortened", shorter)
        case And(parts) | Or(parts):
            several = len(parts) > 1
            if several or isinstance(parts[0], Range):
                yield put("join-swapped", Or(parts) if isinstance(part, And) else And(parts))
            for step, operand in enumerate(parts if several else ()):
                yield "operand-dropped", written(operand), without(condition, (*path, step))
        case AtLeast(threshold, weighed):
            for moved in (threshold - 1, threshold + 1):
                if moved >= 0:
                    yield put("threshold-moved", AtLeast(moved, weighed))
            for step, (_, operand) in enumerate(weighed if len(weighed) > 1 else ()):
                rest = AtLeast(threshold, (*weighed[:step], *weighed[step + 1 :]))
                yield "operand-dropped", written(operand), with_part(condition, path, rest)


def shortened(rulebook: Rulebook, part: Range) -> Iterator[Arg]:
    """A range without its first, and without its last item."""
    span = rulebook.span(part.first, part.last)
    for kept in (span[1:], span[:-1]) if len(span) > 1 else ():
        alone = len(kept) == 1
        yield Name(kept[0], part.place) if alone else Range(kept[0], kept[-1], part.place)


def alternatives(rulebook: Rulebook, whole: Arg) -> Iterator[tuple[str, Expr]]:
    """Each operand of an `or`, with what is left without it; a lone operand is no alternative."""
    if not isinstance(whole, Or):
        return
    spread: list[list[Arg]] = []
    for part in whole.parts:
        if isinstance(part, Range):
            span = rulebook.span(part.first, part.last)
            spread.append([Name(item, part.place) for item in span])
        else:
            spread.append([part])
    if sum(len(parts) for parts in spread) < 2:
        return
    for at, parts in enumerate(spread):
        for within, part in enumerate(parts):
            rest = [*_run(parts[:within]), *_run(parts[within + 1 :])]
            kept = (*whole.parts[:at], *rest, *whole.parts[at + 1 :])
            alone = kept[0] if len(kept) == 1 and not isinstance(kept[0], Range) else Or(kept)
            yield written(part), alone


def _run(parts: list[Arg]) -> list[Arg]:
    """Items in a row as a range."""
    names = [part for part in parts if isinstance(part, Name)]
    if len(names) < 2 or len(names) < len(parts):
        return parts
    return [Range(names[0].name, names[-1].name, names[0].place)]
