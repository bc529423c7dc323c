"""A rulebook in one reading, on its day, under other names, its ranges spelt out.

Two such rulebooks can be compared condition by condition: the same rules have the same trees,
wherever they stand and however their items are numbered and ordered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cloudrules.core.errors import Place
from cloudrules.core.expression import (
    And,
    AtLeast,
    Compare,
    Constant,
    Expr,
    Name,
    Not,
    Or,
    Range,
    Waived,
    fold,
)
from cloudrules.core.rulebook import Rulebook

NOWHERE = Place("")


def renamed(
    rulebook: Rulebook, names: Mapping[str, str], facts: Mapping[str, str] | None = None
) -> Rulebook:
    """The rulebook with its items and waivers, and its facts, under new names where they have some.

    Ranges stand as the items that exist on the rulebook's day, so that what is between them in
    another order does not matter. Conditions have no places; entries keep theirs.
    """
    other = facts or {}
    plain = _Plain(rulebook, names, other)

    def condition(expr: Expr) -> Expr:
        return fold(expr, plain)

    def name(old: str) -> str:
        return names.get(old, old)

    return replace(
        rulebook,
        items={
            name(item.id): replace(
                item,
                id=name(item.id),
                applies_when=condition(item.applies_when),
                met_by=None if item.met_by is None else condition(item.met_by),
            )
            for item in rulebook.items.values()
        },
        waivers={
            name(waiver.id): replace(
                waiver,
                id=name(waiver.id),
                when=condition(waiver.when),
                waives=tuple(
                    Name(name(item), NOWHERE)
                    for item in rulebook.listed(waiver.waives)
                    if item not in rulebook.absent
                ),
            )
            for waiver in rulebook.waivers.values()
        },
        facts={other.get(fact, fact): each for fact, each in rulebook.facts.items()},
        readings=(),
        overrides=(),
    )


class _Plain:
    """The interpreter of conditions that writes them out under new names."""

    def __init__(
        self, rulebook: Rulebook, names: Mapping[str, str], facts: Mapping[str, str]
    ) -> None:
        self.rulebook, self.names, self.facts = rulebook, names, facts
        self.constant = Constant

    def _item(self, old: str) -> str:
        return self.names.get(old, old)

    def name(self, leaf: Name) -> Expr:
        # A waiver may have the name of evidence or of a fact; conditions speak of these.
        is_item = leaf.name in self.rulebook.items
        name = self._item(leaf.name) if is_item else self.facts.get(leaf.name, leaf.name)
        return Name(name, NOWHERE)

    def compare(self, leaf: Compare) -> Expr:
        return replace(leaf, name=self.facts.get(leaf.name, leaf.name), place=NOWHERE)

    def waived(self, leaf: Waived) -> Expr:
        return Waived(self._item(leaf.name), NOWHERE)

    def items(self, leaf: Range) -> list[Expr]:
        span = self.rulebook.span(leaf.first, leaf.last)
        there = (item for item in span if item not in self.rulebook.absent)
        return [Name(self._item(item), NOWHERE) for item in there]

    def negation(self, part: Expr) -> Expr:
        return Not(part)

    def conjunction(self, parts: list[Expr]) -> Expr:
        return And(tuple(parts))

    def disjunction(self, parts: list[Expr]) -> Expr:
        return Or(tuple(parts))

    def at_least(self, threshold: int, parts: list[tuple[int, Expr]]) -> Expr:
        return AtLeast(threshold, tuple(parts))
