"""Conditions judged by themselves: parts of them that hold whatever their names stand for never."""

from __future__ import annotations

from collections.abc import Iterator

from cloudrules.core.clauses import Path, walk
from cloudrules.core.errors import TooLarge
from cloudrules.core.expression import Arg, Compare, Constant, Expr, Name, Or, Range, Waived, fold
from cloudrules.core.gates import Builder, Input
from cloudrules.core.inquiry import Inquiry
from cloudrules.core.names import value_of
from cloudrules.core.rulebook import Rulebook

_FREE = "\x00free\x00"  # in no id: what an item's name says, taken by itself


def contradictions(inquiry: Inquiry, condition: Expr, rulebook: Rulebook) -> Iterator[Path]:
    """The paths of the outermost parts that can never hold; `false` as written is meant so."""
    found: list[Path] = []
    for path, part in walk(condition):
        if any(path[: len(above)] == above for above in found) or not _may_contradict(part):
            continue
        try:
            gate = free_gate(inquiry.builder, part, rulebook)
        except TooLarge:
            continue
        if inquiry.prover.find([gate], inquiry.clock) is None:
            found.append(path)
            yield path


def _may_contradict(part: Arg) -> bool:
    """A name by itself may be true, and a constant says what it is meant to."""
    return not isinstance(part, Constant | Name | Waived | Range)


def free_gate(builder: Builder, part: Arg, rulebook: Rulebook) -> int:
    """That a part holds, each name in it standing for itself. Raises TooLarge."""
    whole = Or((part,)) if isinstance(part, Range) else part
    return fold(whole, _Free(builder, rulebook))


class _Free:
    """The interpreter of conditions for which items are not what other rules make of them."""

    def __init__(self, builder: Builder, rulebook: Rulebook) -> None:
        self.builder, self.rulebook = builder, rulebook
        self.constant = builder.constant
        self.negation = builder.negation
        self.conjunction = builder.conjunction
        self.disjunction = builder.disjunction
        self.at_least = builder.at_least

    def name(self, leaf: Name) -> int:
        kind = self.rulebook.kind_of(leaf.name)
        if kind == "fact":
            return self.builder.input(Input("fact", leaf.name))
        return self._free("met" if kind == "item" else "held", leaf.name)

    def compare(self, leaf: Compare) -> int:
        value = value_of(self.rulebook.facts[leaf.name], leaf.value)
        return self.builder.input(Input("test", leaf.name, leaf.op, value))

    def waived(self, leaf: Waived) -> int:
        return self._free("waived", leaf.name)

    def items(self, leaf: Range) -> list[int]:
        return [self._free("met", item) for item in self.rulebook.span(leaf.first, leaf.last)]

    def _free(self, what: str, name: str) -> int:
        return self.builder.input(Input("item", f"{_FREE}{what}\x00{name}"))
