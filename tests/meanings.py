"""Conditions as worlds in which they hold, to compare with what was read of a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cloudrules.core import expression, parser
from cloudrules.core.entry import Scalar
from cloudrules.core.errors import Place
from cloudrules.core.expression import And, AtLeast, Name, Not, Or, Range
from cloudrules.core.formula_text import Formula, spelled

ITEMS = ["1.1", "1.2", "1.9", "1.10", "2.1"]
World: TypeAlias = dict[str, bool]
Meaning: TypeAlias = Callable[[World], bool]
Said: TypeAlias = tuple[str, Meaning]  # what is written, and what it means


def holds(formula: Formula, world: World) -> bool:
    """The condition as it is spelled, parsed and evaluated in the plainest way."""
    return value(parser.parse(Scalar(spelled(formula, {}), Place(""))), world)


def value(expr: expression.Arg, world: World) -> bool:
    match expr:
        case Name(name):
            return world[name]
        case Not(part):
            return not value(part, world)
        case And(parts):
            return all(each for part in parts for each in spread(part, world))
        case Or(parts):
            return any(each for part in parts for each in spread(part, world))
        case AtLeast(threshold, weighed):
            return sum(each for _, part in weighed for each in spread(part, world)) >= threshold
    raise AssertionError(expr)


def spread(part: expression.Arg, world: World) -> list[bool]:
    if isinstance(part, Range):
        first, last = ITEMS.index(part.first), ITEMS.index(part.last)
        return [world[name] for name in ITEMS[first : last + 1]]
    return [value(part, world)]
