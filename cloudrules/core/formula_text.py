"""Conditions as they are built and spelled: names and ranges joined by and, or, not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cloudrules.core.expression import quoted


@dataclass(frozen=True)
class Item:
    """An item is met; with `last`, all from it to that one are, unless `Some` takes them singly."""

    first: str
    last: str = ""


@dataclass(frozen=True)
class Words:
    """A condition that could not be read, as it is written."""

    said: str


@dataclass(frozen=True)
class Negation:
    part: Formula


@dataclass(frozen=True)
class Every:
    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Some:
    """At least `least` of the parts hold, of which a range counts as its items."""

    parts: tuple[Formula, ...]
    least: int = 1


Formula: TypeAlias = "Item | Words | Negation | Every | Some"


def joined(kind: type[Every] | type[Some], parts: list[Formula]) -> Formula:
    """The parts joined, each once; one alone stands for itself, unless it is a range of items."""
    once = list(dict.fromkeys(parts))
    ranged = isinstance(once[0], Item) and once[0].last
    return once[0] if len(once) == 1 and not ranged else kind(tuple(once))


def words_in(formula: Formula) -> Iterator[str]:
    """What of a condition could not be read."""
    match formula:
        case Words(said):
            yield said
        case Negation(part):
            yield from words_in(part)
        case Every(parts) | Some(parts, _):
            for each in parts:
                yield from words_in(each)


def items_in(formula: Formula) -> Iterator[str]:
    """The items that a condition names, the ends of ranges among them."""
    match formula:
        case Item(first, last):
            yield from (first, last) if last else (first,)
        case Negation(part):
            yield from items_in(part)
        case Every(parts) | Some(parts, _):
            for each in parts:
                yield from items_in(each)


def spelled(formula: Formula, facts: Mapping[str, str]) -> str:
    """The condition in the rule language; `facts` names what could not be read."""
    match formula:
        case Item(_, last):
            return f"all({_arg(formula)})" if last else _arg(formula)
        case Words(said):
            return quoted(facts[said])
        case Negation(part):
            inner = spelled(part, facts)
            return f"not ({inner})" if _loose(part) else f"not {inner}"
        case Every(parts):
            return " and ".join(_inside(each, facts) for each in parts)
        case Some(parts, least):
            if least == 1 and not _ranged(parts):
                return " or ".join(_inside(each, facts) for each in parts)
            args = ", ".join(
                _arg(each) if isinstance(each, Item) else spelled(each, facts) for each in parts
            )
            return f"any({args})" if least == 1 else f"at_least({least}, {args})"
    raise AssertionError(formula)


def _arg(item: Item) -> str:
    first = quoted(item.first)
    return f"{first}..{quoted(item.last)}" if item.last else first


def _inside(part: Formula, facts: Mapping[str, str]) -> str:
    """A part of a longer condition; brackets also where they only help the reader."""
    said = spelled(part, facts)
    return f"({said})" if _loose(part) else said


def _loose(part: Formula) -> bool:
    """Whether a condition is spelled with `and` or `or` that are not in brackets."""
    if isinstance(part, Every):
        return len(part.parts) > 1
    return isinstance(part, Some) and part.least == 1 and not _ranged(part.parts)


def _ranged(parts: tuple[Formula, ...]) -> bool:
    return any(isinstance(each, Item) and each.last for each in parts)
