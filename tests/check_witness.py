"""Whether the service that a finding shows is what it claims, by the oracle alone.

As oracle.py and check_oracle.py, it shares no code with the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import check_oracle
import oracle
from check_oracle import Check, Table
from oracle import Expression, Situation, World

WITHOUT = ("requires-circle", "evidence-unused", "fact-unused", "source-unquoted")


@dataclass(frozen=True)
class Shown:
    """A finding as told: its clauses as (entry, field, text), its service, what that holds beside.

    `alone`: it was asked for in one reading, so that no smaller service can be of another.
    """

    rule: str
    id: str
    parts: Sequence[tuple[str, str, str]]
    service: dict
    besides: Sequence[str]
    alone: bool = True


class Witness:
    """The service of a finding in its world, and what the definition says of it."""

    def __init__(self, shown: Shown, rulebook: dict, catalogues: Sequence[dict], on: date) -> None:
        self.shown = shown
        readings = oracle.chosen_readings(shown.service)
        self.world = World(rulebook, catalogues, readings, on)
        self.check = Check(self.world)
        inputs = oracle.present_inputs(self.world, shown.service)
        self.held = set(oracle.holdings(oracle.normalised(shown.service), on))
        self.now = Situation(self.world, inputs)
        more = dict.fromkeys(shown.besides, True)
        self.then = Situation(self.world, {**inputs, **more})

    def confirmed(self) -> bool:
        named: dict[str, Callable[[], bool]] = {
            "rulebook-unsatisfiable": self.unsatisfiable,
            "condition-contradiction": self.contradiction,
            "item-unmeetable": self.unmeetable,
            "item-never-owed": self.never_owed,
            "item-moot": self.moot,
            "waiver-never": self.never_fires,
            "waiver-always": self.always_fires,
            "waiver-own-item": self.own_item,
            "clause-idle": self.idle,
            "reading-idle": self.nothing,
            "holding-harms": self.harms,
        }
        return named[self.shown.rule]()

    # What witnesses have in common

    def nothing(self) -> bool:
        return not self.held and not self.shown.besides

    def smallest(self, bits: int) -> bool:
        """Whether no service of these holds fewer things."""
        return not self.shown.alone or len(self.held) == self.check.space.fewest(bits)

    def fewest_missing(self) -> bool:
        """Whether it is a planner's, and none of these misses fewer items."""
        planners = all("met_by" not in e for i, e in self.world.items.items() if i in self.held)
        missing = sum(self.now.missing(item) is True for item in self.world.items)
        alone = not self.shown.alone or missing == self.check.fewest_missing()
        return planners and alone and not self.shown.besides

    def holds_all(self, conditions: Iterable[Expression]) -> bool:
        """Whether all evidence and items that conditions name are held."""
        names: set[str] = set()
        for condition in conditions:
            for leaf in check_oracle.leaves(condition):
                if leaf[0] == "range":
                    names.update(self.world.between(leaf[1], leaf[2]))
                elif leaf[0] == "name" and leaf[1] not in self.world.facts:
                    names.add(leaf[1])
        there = {*self.world.items, *self.world.evidence}
        return names & there <= self.held and not self.shown.besides

    # The definitions

    def unsatisfiable(self) -> bool:
        conflict = {entry for entry, _, _ in self.shown.parts}
        minimal = not self.shown.alone or conflict in self.check.minimal_conflicts()
        return self.now.compliant() is False and minimal and self.fewest_missing()

    def unmeetable(self) -> bool:
        return self.now.missing(self.shown.id) is True and self.fewest_missing()

    def contradiction(self) -> bool:
        ((entry, _, text),) = self.shown.parts
        return entry == self.shown.id and self.holds_all([part_of(text)])

    def never_owed(self) -> bool:
        return self.now.owed(self.shown.id) is False and self.nothing()

    def moot(self) -> bool:
        item, table = self.shown.id, self.check.table
        return (
            list(self.shown.besides) == [item]
            and self.now.missing(item) is True
            and self.now.compliant() is self.then.compliant()
            and self.smallest(table.missing(item))
        )

    def never_fires(self) -> bool:
        when = self.check.rules.conditions[self.shown.id, "when"]
        return self.now.fires(self.shown.id) is False and self.holds_all([when])

    def always_fires(self) -> bool:
        return self.now.fires(self.shown.id) is True and self.nothing()

    def own_item(self) -> bool:
        (item,) = self.shown.besides
        waiver, space = self.shown.id, self.check.space
        fires = self.check.table.fires(waiver)
        turning = (space.turned_on(item, fires) ^ fires) & ~space.on(item)
        return (
            item in self.world.waives[waiver]
            and item not in self.held
            and self.now.fires(waiver) is not self.then.fires(waiver)
            and self.smallest(turning)
        )

    def idle(self) -> bool:
        """The first clause holds, and no smaller service has it hold; or nothing is held."""
        entry, field, text = self.shown.parts[0]
        part = part_of(text) if field else self.check.rules.conditions[entry, "when"]
        table = Table(self.check.rules, self.check.space)
        bits = 0
        for value in table.spread(part):
            bits |= value
        if not bits:
            return self.nothing()
        holds = self.now.value(("any", self.expanded(part))) is True
        return holds and self.smallest(bits) and not self.shown.besides

    def expanded(self, part: Expression) -> list[Expression]:
        if part[0] == "range":
            return [("name", item) for item in self.world.between(part[1], part[2])]
        return [self.world.expanded(part)]

    def harms(self) -> bool:
        thing = self.shown.id
        return (
            list(self.shown.besides) == [thing]
            and thing not in self.held
            and self.now.compliant() is True
            and self.then.compliant() is False
            and self.smallest(self.check.harms()[thing])
        )


def part_of(text: str) -> Expression:
    """A part of a condition, which may be a range as well."""
    tree: Expression = oracle.parse(f"any({text})")[1][0]
    return tree
