"""Conditions: the tree, and the one fold through which everything interprets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from cloudrules.core.errors import Place
from cloudrules.core.slips import KEYWORDS


@dataclass(frozen=True, slots=True)
class Constant:
    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Compare:
    """A test of a context fact; `value` is text until the fact's type is known."""

    name: str
    op: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Waived:
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Range:
    """Every item from `first` to `last` in the rulebook's order, ends included."""

    first: str
    last: str
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    part: Expr


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Arg, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Arg, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The weights of the parts that hold sum to `threshold` or more."""

    threshold: int
    parts: tuple[tuple[int, Arg], ...]


Expr: TypeAlias = "Constant | Name | Compare | Waived | Not | And | Or | AtLeast"
Arg: TypeAlias = "Expr | Range"
T = TypeVar("T")

TRUE, FALSE = Constant(True), Constant(False)


class Algebra(Protocol[T]):
    """What an interpreter says of each kind of node; `items` spreads a range over its items."""

    def constant(self, value: bool) -> T: ...
    def name(self, leaf: Name) -> T: ...
    def compare(self, leaf: Compare) -> T: ...
    def waived(self, leaf: Waived) -> T: ...
    def items(self, leaf: Range) -> list[T]: ...
    def negation(self, part: T) -> T: ...
    def conjunction(self, parts: list[T]) -> T: ...
    def disjunction(self, parts: list[T]) -> T: ...
    def at_least(self, threshold: int, parts: list[tuple[int, T]]) -> T: ...


def fold(expr: Expr, algebra: Algebra[T]) -> T:
    """Interpret `expr` bottom-up."""

    def spread(parts: tuple[Arg, ...]) -> list[T]:
        values: list[T] = []
        for part in parts:
            values += algebra.items(part) if isinstance(part, Range) else [fold(part, algebra)]
        return values

    match expr:
        case Constant(value):
            return algebra.constant(value)
        case Name():
            return algebra.name(expr)
        case Compare():
            return algebra.compare(expr)
        case Waived():
            return algebra.waived(expr)
        case Not(part):
            return algebra.negation(fold(part, algebra))
        case And(parts):
            return algebra.conjunction(spread(parts))
        case Or(parts):
            return algebra.disjunction(spread(parts))
        case AtLeast(threshold, weighed):
            return algebra.at_least(
                threshold,
                [(weight, value) for weight, part in weighed for value in spread((part,))],
            )


def leaves(expr: Arg) -> Iterator[Name | Compare | Waived | Range]:
    """Every leaf that refers to something, from left to right."""
    match expr:
        case Name() | Compare() | Waived() | Range():
            yield expr
        case Not(part):
            yield from leaves(part)
        case And(parts) | Or(parts):
            for each in parts:
                yield from leaves(each)
        case AtLeast(_, weighed):
            for _, each in weighed:
                yield from leaves(each)


WORD = r"[\w-]+(?:\.[\w-]+)*"
_PLAIN = re.compile(WORD)


def is_plain(name: str) -> bool:
    """Whether a condition spells a name as it is, without quotes."""
    return bool(_PLAIN.fullmatch(name)) and name not in KEYWORDS


def quoted(name: str) -> str:
    """`name` as a condition spells it: bare where it can be, else in double quotes."""
    return name if is_plain(name) else f'"{name}"'
