"""A rulebook evaluated as its definitions read, with nothing compiled: slow, and easy to trust.

For whoever checks an answer. It shares the expressions with the circuit, and nothing after them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any, TypeAlias

from cloudrules.core.entries import Waiver
from cloudrules.core.expression import Compare, Expr, Name, Range, Waived, fold, leaves
from cloudrules.core.names import value_of
from cloudrules.core.rulebook import Rulebook
from cloudrules.core.situation import Situation

Truth: TypeAlias = bool | None  # None: not known
_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass
class Evaluation:
    """What holds of each item, by id, and of each waiver (`fires`)."""

    met: dict[str, Truth] = field(default_factory=dict)
    applies: dict[str, Truth] = field(default_factory=dict)
    fires: dict[str, Truth] = field(default_factory=dict)
    waived: dict[str, Truth] = field(default_factory=dict)
    owed: dict[str, Truth] = field(default_factory=dict)
    missing: dict[str, Truth] = field(default_factory=dict)
    compliant: Truth = None


def evaluated(rulebook: Rulebook, situation: Situation) -> Evaluation:
    """What holds under a rulebook that stands in one reading, on its day.

    Raises graphlib.CycleError where its definitions rest on one another.
    """
    items = {name: each for name, each in rulebook.items.items() if name not in rulebook.absent}
    waivers = [each for name, each in rulebook.waivers.items() if name not in rulebook.absent]
    releasing: dict[str, list[Waiver]] = {name: [] for name in items}
    for waiver in waivers:
        for name in rulebook.listed(waiver.waives):
            if name in releasing:
                releasing[name].append(waiver)
    found = Evaluation()
    says = _Says(rulebook, situation, found)
    graph: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, item in items.items():
        graph["met", name] = _rests_on(rulebook, item.met_by)
        graph["waived", name] = [("fires", waiver.id) for waiver in releasing[name]]
    for waiver in waivers:
        graph["fires", waiver.id] = _rests_on(rulebook, waiver.when)
    for kind, name in TopologicalSorter(graph).static_order():
        if kind == "fires":
            found.fires[name] = fold(rulebook.waivers[name].when, says)
        elif name not in items:
            continue  # it does not exist on this day
        elif kind == "met":
            met_by = items[name].met_by
            given = says.held(name)
            found.met[name] = any_of([given, False if met_by is None else fold(met_by, says)])
        else:
            found.waived[name] = any_of(found.fires[each.id] for each in releasing[name])
    for name, item in items.items():
        found.applies[name] = fold(item.applies_when, says)
        due = [item.need == "mandatory", found.applies[name], negated(found.waived[name])]
        found.owed[name] = all_of(due)
        found.missing[name] = all_of([found.owed[name], negated(found.met[name])])
    found.compliant = all_of(negated(each) for each in found.missing.values())
    return found


def said(condition: Expr, rulebook: Rulebook, situation: Situation, found: Evaluation) -> Truth:
    """What a condition of a rulebook comes to, where it is known what holds of the items."""
    return fold(condition, _Says(rulebook, situation, found))


def _rests_on(rulebook: Rulebook, condition: Expr | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for leaf in leaves(condition) if condition is not None else ():
        if isinstance(leaf, Waived):
            found.append(("waived", leaf.name))
        elif isinstance(leaf, Range):
            found += [("met", name) for name in rulebook.span(leaf.first, leaf.last)]
        elif isinstance(leaf, Name) and leaf.name in rulebook.items:
            found.append(("met", leaf.name))
    return found


def negated(value: Truth) -> Truth:
    return None if value is None else not value


def all_of(values: Iterable[Truth]) -> Truth:
    """False where one is false; else unknown where one is unknown."""
    found = list(values)
    return False if False in found else None if None in found else True


def any_of(values: Iterable[Truth]) -> Truth:
    found = list(values)
    return True if True in found else None if None in found else False


class _Says:
    """The interpreter of conditions that gives their truth."""

    def __init__(self, rulebook: Rulebook, situation: Situation, found: Evaluation) -> None:
        self.rulebook, self.situation, self.found = rulebook, situation, found

    def held(self, name: str) -> Truth:
        if name in self.situation.held:
            return True
        return None if name in self.situation.unknown else False

    def constant(self, value: bool) -> Truth:
        return value

    def name(self, leaf: Name) -> Truth:
        if leaf.name in self.rulebook.evidence:
            return self.held(leaf.name)
        if leaf.name in self.rulebook.facts:
            value = self.situation.facts.get(leaf.name)
            return None if value is None else bool(value)
        return self.found.met.get(leaf.name, False)

    def compare(self, leaf: Compare) -> Truth:
        value = self.situation.facts.get(leaf.name)
        other = value_of(self.rulebook.facts[leaf.name], leaf.value)
        return None if value is None else _TESTS[leaf.op](value, other)

    def waived(self, leaf: Waived) -> Truth:
        return self.found.waived.get(leaf.name, False)

    def items(self, leaf: Range) -> list[Truth]:
        span = self.rulebook.span(leaf.first, leaf.last)
        return [self.found.met[name] for name in span if name in self.found.met]

    def negation(self, part: Truth) -> Truth:
        return negated(part)

    def conjunction(self, parts: list[Truth]) -> Truth:
        return all_of(parts)

    def disjunction(self, parts: list[Truth]) -> Truth:
        return any_of(parts)

    def at_least(self, threshold: int, parts: list[tuple[int, Truth]]) -> Truth:
        sure = sum(weight for weight, part in parts if part)
        most = sum(weight for weight, part in parts if part is not False)
        return True if sure >= threshold else False if most < threshold else None
